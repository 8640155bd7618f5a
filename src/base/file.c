#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/context.h"
#include "base/memory.h"

static hf_status io_error(hf_context *ctx, const char *path) {
    int number = errno;
    char reason[128];
    if (strerror_r(number, reason, sizeof reason)) {
        reason[0] = '\0';
    }
    return hf__fail(ctx, HF_ERR_IO, "%s: %s", path, reason);
}

/* Reads to the end, whatever the size said: a file may grow, a pipe has none.
 */
static hf_status read_all(hf_context *ctx, const char *path, int fd,
                          size_t expected, char **out, size_t *out_len) {
    char *bytes = NULL;
    size_t len = 0, capacity = 0;
    size_t room = expected + 2;
    for (;;) {
        void *array = bytes;
        if (!hf__reserve(&array, &capacity, len + room, 1)) {
            hf__free(bytes);
            return hf__fail_memory(ctx);
        }
        bytes = array;
        ssize_t got = read(fd, bytes + len, capacity - len - 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            hf_status status = io_error(ctx, path);
            hf__free(bytes);
            return status;
        }
        if (got == 0) {
            bytes[len] = '\0';
            *out = bytes;
            *out_len = len;
            return HF_OK;
        }
        len += (size_t)got;
        room = 2;
    }
}

hf_status hf__file_read(hf_context *ctx, const char *path, char **out,
                        size_t *out_len) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return io_error(ctx, path);
    }
    struct stat facts;
    size_t expected = 0;
    if (!fstat(fd, &facts) && facts.st_size > 0) {
        expected = (size_t)facts.st_size;
    }
    hf_status status = read_all(ctx, path, fd, expected, out, out_len);
    close(fd);
    return status;
}
