/* A stream of bytes to read: a plain or gzip file, bytes in memory of either
 * kind, or a member of a zip archive. */
#ifndef HOWFAR_BASE_SOURCE_H
#define HOWFAR_BASE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/archive.h"
#include "howfar/context.h"

typedef struct hf__source hf__source;

/* Opens a file; gzip is known by its first bytes. HF_ERR_IO, HF_ERR_MEMORY. */
hf_status hf__source_open(hf_context *ctx, const char *path, hf__source **out);

/* Bytes that must outlive the source; `label` stands for them in messages. */
hf_status hf__source_open_bytes(hf_context *ctx, const void *bytes, size_t len,
                                const char *label, hf__source **out);

/* A member of an archive, which must outlive the source. */
hf_status hf__source_open_member(hf_context *ctx, hf__archive *archive,
                                 size_t index, hf__source **out);

void hf__source_close(hf__source *source);

/* Reads up to `size` bytes; *out_len is 0 only at the end. HF_ERR_IO,
 * HF_ERR_DAMAGED (a cut-off or broken archive), HF_ERR_MEMORY. */
hf_status hf__source_read(hf_context *ctx, hf__source *source, void *out,
                          size_t size, size_t *out_len);

/* How far it is read and how much there is, for progress: in bytes as stored
 * for files, as unpacked for members. The size is 0 where it is not known. */
uint64_t hf__source_position(const hf__source *source);
uint64_t hf__source_size(const hf__source *source);

/* The path, label or name of the member, as given. */
const char *hf__source_label(const hf__source *source);

#endif
