/* Where the index lies, and how it gets there. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/postcode_import.h"
#include "base/context.h"

hf_status hf_postcodes_default_path(hf_context *ctx, char *out, size_t size) {
    static const char name[] = "howfar/postcodes.index";
    char path[HF__POSTCODES_PATH];
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    int len;
    /* The XDG specification has relative paths ignored. */
    if (data && data[0] == '/') {
        len = snprintf(path, sizeof path, "%s/%s", data, name);
    } else if (home && home[0] == '/') {
        len = snprintf(path, sizeof path, "%s/.local/share/%s", home, name);
    } else {
        return hf__fail(ctx, HF_ERR_NOT_FOUND,
                        "no folder for the postcode index: set XDG_DATA_HOME "
                        "or HOME to an absolute path");
    }
    if (len < 0 || (size_t)len >= sizeof path || (size_t)len >= size) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "the path of the data folder is too long");
    }
    memcpy(out, path, (size_t)len + 1);
    return HF_OK;
}

/* Makes the folders above a file that are missing, as XDG asks: mode 0700. */
static hf_status make_folders(hf_context *ctx, const char *path) {
    char folder[HF__POSTCODES_PATH];
    size_t len = strlen(path);
    if (len >= sizeof folder) {
        return hf__fail(ctx, HF_ERR_RANGE, "the path of the index is too long");
    }
    memcpy(folder, path, len + 1);
    for (char *slash = strchr(folder + (len > 0), '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0700) && errno != EEXIST) {
            return hf__fail(ctx, HF_ERR_IO, "%s: can't make the folder: %s",
                            folder, strerror(errno));
        }
        *slash = '/';
    }
    return HF_OK;
}

static bool write_all(int fd, const unsigned char *bytes, size_t len) {
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        }
    }
    return true;
}

hf_status hf__postcodes_write(hf_context *ctx, const char *path,
                              const unsigned char *bytes, size_t len) {
    hf_status status = make_folders(ctx, path);
    if (status) {
        return status;
    }
    char beside[HF__POSTCODES_PATH + 32];
    snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid());
    /* A left-over of a process that had this number. */
    unlink(beside);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) {
        return hf__fail(ctx, HF_ERR_IO, "%s: %s", beside, strerror(errno));
    }
    bool is_written = write_all(fd, bytes, len) && !fsync(fd);
    int error = errno;
    if (close(fd) && is_written) {
        is_written = false;
        error = errno;
    }
    if (is_written && rename(beside, path)) {
        is_written = false;
        error = errno;
    }
    if (!is_written) {
        unlink(beside);
        return hf__fail(ctx, HF_ERR_IO, "%s: can't be written: %s", path,
                        strerror(error));
    }
    return HF_OK;
}
