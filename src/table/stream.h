/* Reading a table in blocks of whole records, from a file descriptor or from
 * what makes its bytes, and writing all of a buffer to a descriptor.
 *
 * Files and pipes are read alike, with read(): mapping a file that another
 * program shortens ends in a signal, and the copy costs a fraction of what the
 * rest does. */
#ifndef HOWFAR_TABLE_STREAM_H
#define HOWFAR_TABLE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "howfar/context.h"

/* The longest record that is read, bytes. */
#define HF__RECORD_MOST ((size_t)64 << 20)

/* Asked when a signal interrupts reading or writing, and now and then: false
 * to give up with HF_ERR_CANCELLED. */
typedef bool (*hf__go_on)(void *user);

/* Makes up to `len` bytes; *out_len is 0 only at the end. */
typedef hf_status (*hf__make_bytes)(hf_context *ctx, void *source, char *to,
                                    size_t len, size_t *out_len);

typedef struct hf__stream {
    int fd;
    const char *label;
    hf__make_bytes make; /* instead of the descriptor, unless NULL */
    void *source;
    hf__go_on go_on; /* may be NULL */
    void *user;
    char *ahead; /* read, but not handed out yet */
    size_t ahead_start, ahead_len, ahead_capacity;
    bool at_end;         /* everything is read */
    uint64_t bytes_read; /* so far */
} hf__stream;

/* `label` must outlive the stream; the descriptor is not closed. */
void hf__stream_init(hf__stream *stream, int fd, const char *label,
                     hf__go_on go_on, void *user);
void hf__stream_reset(hf__stream *stream);

/* A stream of what `make` makes, which must outlive it. */
void hf__stream_init_made(hf__stream *stream, hf__make_bytes make, void *source,
                          const char *label);

/* Reads ahead until `len` bytes are there, or the end. HF_ERR_IO,
 * HF_ERR_MEMORY, HF_ERR_CANCELLED; what `make` fails with. */
hf_status hf__stream_fill(hf_context *ctx, hf__stream *stream, size_t len);

/* What has been read ahead. Borrowed until the next call. */
hf__str hf__stream_ahead(const hf__stream *stream);

/* Drops `len` bytes of it. */
void hf__stream_skip(hf__stream *stream, size_t len);

/* Replaces `out` by the next whole records: as many as `block` bytes hold, one
 * at least; none at the end. Whole is everything up to the last line end
 * outside quotes, and what is left at the end of the input. HF_ERR_DAMAGED when
 * a record is longer than HF__RECORD_MOST, without naming its row: the caller
 * counts them. */
hf_status hf__stream_next(hf_context *ctx, hf__stream *stream, size_t block,
                          char delimiter, hf__buf *out);

/* Writes all of it, whatever a single write takes. HF_ERR_IO,
 * HF_ERR_CANCELLED. */
hf_status hf__write_all(hf_context *ctx, int fd, hf__str bytes, hf__go_on go_on,
                        void *user);

#endif
