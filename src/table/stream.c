#include "table/stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/csv.h"

/* The most that one read or write is asked for. */
#define STEP_MOST ((size_t)1 << 20)

void hf__stream_init(hf__stream *stream, int fd, const char *label,
                     hf__go_on go_on, void *user) {
    *stream =
        (hf__stream){.fd = fd, .label = label, .go_on = go_on, .user = user};
}

void hf__stream_init_made(hf__stream *stream, hf__make_bytes make, void *source,
                          const char *label) {
    *stream =
        (hf__stream){.fd = -1, .label = label, .make = make, .source = source};
}

void hf__stream_reset(hf__stream *stream) {
    hf__free(stream->ahead);
    *stream = (hf__stream){.fd = -1};
}

/* What to do after a failed read or write: HF_OK is to try again. */
static hf_status after_errno(hf_context *ctx, int error, int fd, short event,
                             const char *doing, const char *label,
                             hf__go_on go_on, void *user) {
    if (error == EINTR || error == EAGAIN || error == EWOULDBLOCK) {
        if (error != EINTR) {
            struct pollfd wait = {.fd = fd, .events = event};
            poll(&wait, 1, 200);
        }
        return !go_on || go_on(user)
                   ? HF_OK
                   : hf__fail(ctx, HF_ERR_CANCELLED, "stopped");
    }
    if (error == EPIPE) {
        return hf__fail(ctx, HF_ERR_IO,
                        "%s %s: the program that reads it has closed it", doing,
                        label);
    }
    char why[128];
    if (strerror_r(error, why, sizeof why)) {
        why[0] = '\0';
    }
    return hf__fail(ctx, HF_ERR_IO, "%s %s: %s", doing, label, why);
}

/* One read into `to`; *out_len is 0 at the end. */
static hf_status read_some(hf_context *ctx, hf__stream *stream, char *to,
                           size_t len, size_t *out_len) {
    if (stream->make) {
        hf_status status = stream->make(ctx, stream->source, to, len, out_len);
        if (!status) {
            stream->bytes_read += *out_len;
            stream->at_end = *out_len == 0;
        }
        return status;
    }
    for (;;) {
        ssize_t got = read(stream->fd, to, len < STEP_MOST ? len : STEP_MOST);
        if (got >= 0) {
            stream->bytes_read += (uint64_t)got;
            stream->at_end = got == 0;
            *out_len = (size_t)got;
            return HF_OK;
        }
        hf_status status =
            after_errno(ctx, errno, stream->fd, POLLIN, "reading",
                        stream->label, stream->go_on, stream->user);
        if (status) {
            return status;
        }
    }
}

hf__str hf__stream_ahead(const hf__stream *stream) {
    return (hf__str){stream->ahead ? stream->ahead + stream->ahead_start : "",
                     stream->ahead_len};
}

void hf__stream_skip(hf__stream *stream, size_t len) {
    stream->ahead_start += len;
    stream->ahead_len -= len;
}

hf_status hf__stream_fill(hf_context *ctx, hf__stream *stream, size_t len) {
    if (stream->ahead_start) {
        memmove(stream->ahead, stream->ahead + stream->ahead_start,
                stream->ahead_len);
        stream->ahead_start = 0;
    }
    void *ahead = stream->ahead;
    if (!hf__reserve(&ahead, &stream->ahead_capacity, len, 1)) {
        return hf__fail_memory(ctx);
    }
    stream->ahead = ahead;
    while (stream->ahead_len < len && !stream->at_end) {
        size_t got;
        hf_status status =
            read_some(ctx, stream, stream->ahead + stream->ahead_len,
                      len - stream->ahead_len, &got);
        if (status) {
            return status;
        }
        stream->ahead_len += got;
    }
    return HF_OK;
}

/* Fills `out` up to `len` bytes from what was read ahead and then the file. */
static hf_status fill_block(hf_context *ctx, hf__stream *stream, size_t len,
                            hf__buf *out) {
    void *text = out->text;
    if (!hf__reserve(&text, &out->capacity, len + 1, 1)) {
        return hf__fail_memory(ctx);
    }
    out->text = text;
    hf__str ahead = hf__stream_ahead(stream);
    size_t from_ahead = ahead.len < len - out->len ? ahead.len : len - out->len;
    memcpy(out->text + out->len, ahead.at, from_ahead);
    hf__stream_skip(stream, from_ahead);
    out->len += from_ahead;
    while (out->len < len && !stream->at_end) {
        size_t got;
        hf_status status =
            read_some(ctx, stream, out->text + out->len, len - out->len, &got);
        if (status) {
            return status;
        }
        out->len += got;
    }
    out->text[out->len] = '\0';
    return HF_OK;
}

/* Puts bytes back before what is read ahead. */
static hf_status put_back(hf_context *ctx, hf__stream *stream, hf__str bytes) {
    if (!bytes.len) {
        return HF_OK;
    }
    if (stream->ahead_start < bytes.len) {
        size_t shift = bytes.len - stream->ahead_start;
        size_t end = stream->ahead_start + stream->ahead_len;
        void *ahead = stream->ahead;
        if (!hf__reserve(&ahead, &stream->ahead_capacity, end + shift, 1)) {
            return hf__fail_memory(ctx);
        }
        stream->ahead = ahead;
        memmove(stream->ahead + stream->ahead_start + shift,
                stream->ahead + stream->ahead_start, stream->ahead_len);
        stream->ahead_start += shift;
    }
    stream->ahead_start -= bytes.len;
    stream->ahead_len += bytes.len;
    memcpy(stream->ahead + stream->ahead_start, bytes.at, bytes.len);
    return HF_OK;
}

hf_status hf__stream_next(hf_context *ctx, hf__stream *stream, size_t block,
                          char delimiter, hf__buf *out) {
    out->len = 0;
    for (size_t len = block;;) {
        hf_status status = fill_block(ctx, stream, len, out);
        if (status) {
            return status;
        }
        bool at_end = stream->at_end && !stream->ahead_len;
        size_t cut = hf__csv_cut(out->text, out->len, delimiter, at_end);
        if (cut || at_end) {
            hf__str rest = {out->text + cut, out->len - cut};
            out->len = cut;
            return put_back(ctx, stream, rest);
        }
        if (len >= HF__RECORD_MOST) {
            return hf__fail(ctx, HF_ERR_DAMAGED,
                            "a row is longer than %zu MB: a quote in it may "
                            "lack its closing quote",
                            HF__RECORD_MOST >> 20);
        }
        /* Doubling keeps the work in proportion to the bytes. */
        len = len < HF__RECORD_MOST / 2 ? len * 2 : HF__RECORD_MOST;
    }
}

hf_status hf__write_all(hf_context *ctx, int fd, hf__str bytes, hf__go_on go_on,
                        void *user) {
    while (bytes.len) {
        ssize_t done =
            write(fd, bytes.at, bytes.len < STEP_MOST ? bytes.len : STEP_MOST);
        if (done > 0) {
            bytes.at += done;
            bytes.len -= (size_t)done;
            continue;
        }
        /* Writing nothing without an error is no progress either. */
        hf_status status =
            after_errno(ctx, done < 0 ? errno : ENOSPC, fd, POLLOUT, "writing",
                        "the output", go_on, user);
        if (status) {
            return status;
        }
    }
    return HF_OK;
}
