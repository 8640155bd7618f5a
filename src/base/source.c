#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/compress.h"
#include "base/context.h"
#include "base/memory.h"

#define BLOCK_SIZE ((size_t)256 * 1024)

struct hf__source {
    char *label;
    uint64_t position;
    uint64_t size;
    int fd;                  /* -1 for bytes and members */
    unsigned char *own;      /* the block read from fd */
    const unsigned char *in; /* bytes as stored: of the file or given */
    size_t in_len;
    size_t in_at;
    hf__gunzip *gunzip; /* NULL: as they are */
    hf__member *member;
};

static hf__source *source_new(const char *label) {
    hf__source *source = hf__calloc(1, sizeof *source);
    if (!source) {
        return NULL;
    }
    source->fd = -1;
    source->label = hf__strdup(label);
    if (!source->label) {
        hf__free(source);
        return NULL;
    }
    return source;
}

void hf__source_close(hf__source *source) {
    if (!source) {
        return;
    }
    hf__member_close(source->member);
    hf__gunzip_free(source->gunzip);
    if (source->fd >= 0) {
        close(source->fd);
    }
    hf__free(source->own);
    hf__free(source->label);
    hf__free(source);
}

/* Fills the block from the file when it is used up. */
static hf_status refill(hf_context *ctx, hf__source *source) {
    if (source->fd < 0 || source->in_at < source->in_len) {
        return HF_OK;
    }
    ssize_t n;
    do {
        n = read(source->fd, source->own, BLOCK_SIZE);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        return hf__fail(ctx, HF_ERR_IO, "%s: %s", source->label,
                        strerror(errno));
    }
    source->in = source->own;
    source->in_len = (size_t)n;
    source->in_at = 0;
    source->position += (uint64_t)n;
    return HF_OK;
}

static hf_status look_for_gzip(hf_context *ctx, hf__source *source) {
    if (hf__gzip_is(source->in, source->in_len)) {
        source->gunzip = hf__gunzip_new();
        if (!source->gunzip) {
            return hf__fail_memory(ctx);
        }
    }
    return HF_OK;
}

static hf_status open_file(hf_context *ctx, hf__source *source) {
    source->fd = open(source->label, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    if (source->fd < 0 || fstat(source->fd, &stat)) {
        return hf__fail(ctx, HF_ERR_IO, "%s: %s", source->label,
                        strerror(errno));
    }
    source->size = S_ISREG(stat.st_mode) ? (uint64_t)stat.st_size : 0;
    source->own = hf__calloc(BLOCK_SIZE, 1);
    if (!source->own) {
        return hf__fail_memory(ctx);
    }
    hf_status status = refill(ctx, source);
    return status ? status : look_for_gzip(ctx, source);
}

hf_status hf__source_open(hf_context *ctx, const char *path, hf__source **out) {
    hf__source *source = source_new(path);
    if (!source) {
        return hf__fail_memory(ctx);
    }
    hf_status status = open_file(ctx, source);
    if (status) {
        hf__source_close(source);
        return status;
    }
    *out = source;
    return HF_OK;
}

hf_status hf__source_open_bytes(hf_context *ctx, const void *bytes, size_t len,
                                const char *label, hf__source **out) {
    hf__source *source = source_new(label);
    if (!source) {
        return hf__fail_memory(ctx);
    }
    source->in = bytes;
    source->in_len = len;
    source->size = len;
    hf_status status = look_for_gzip(ctx, source);
    if (status) {
        hf__source_close(source);
        return status;
    }
    *out = source;
    return HF_OK;
}

hf_status hf__source_open_member(hf_context *ctx, hf__archive *archive,
                                 size_t index, hf__source **out) {
    hf__source *source = source_new(hf__archive_member_name(archive, index));
    if (!source) {
        return hf__fail_memory(ctx);
    }
    source->size = hf__archive_member_size(archive, index);
    hf_status status = hf__member_open(ctx, archive, index, &source->member);
    if (status) {
        hf__source_close(source);
        return status;
    }
    *out = source;
    return HF_OK;
}

static hf_status read_gzip(hf_context *ctx, hf__source *source, void *out,
                           size_t size, size_t *out_len) {
    size_t n = 0;
    do {
        hf_status status = refill(ctx, source);
        if (status) {
            return status;
        }
        if (source->in_at == source->in_len) {
            if (!hf__gunzip_is_whole(source->gunzip)) {
                return hf__fail(ctx, HF_ERR_DAMAGED,
                                "%s: the gzip file ends too early: fetch it "
                                "again",
                                source->label);
            }
            break;
        }
        status = hf__gunzip_step(source->gunzip, source->in, source->in_len,
                                 &source->in_at, out, size, &n);
        if (status == HF_ERR_MEMORY) {
            return hf__fail_memory(ctx);
        }
        if (status) {
            return hf__fail(ctx, HF_ERR_DAMAGED,
                            "%s: the gzip file is damaged: fetch it again",
                            source->label);
        }
    } while (!n);
    *out_len = n;
    return HF_OK;
}

hf_status hf__source_read(hf_context *ctx, hf__source *source, void *out,
                          size_t size, size_t *out_len) {
    if (source->member) {
        hf_status status =
            hf__member_read(ctx, source->member, out, size, out_len);
        source->position += status ? 0 : *out_len;
        return status;
    }
    if (source->gunzip) {
        return read_gzip(ctx, source, out, size, out_len);
    }
    hf_status status = refill(ctx, source);
    if (status) {
        return status;
    }
    size_t left = source->in_len - source->in_at;
    size_t n = left < size ? left : size;
    if (n) {
        memcpy(out, source->in + source->in_at, n);
    }
    source->in_at += n;
    *out_len = n;
    return HF_OK;
}

uint64_t hf__source_position(const hf__source *source) {
    return source->fd < 0 && !source->member ? source->in_at : source->position;
}

uint64_t hf__source_size(const hf__source *source) {
    return source->size;
}

const char *hf__source_label(const hf__source *source) {
    return source->label;
}
