/* Zip archives: listing members and reading them as streams. */
#ifndef HOWFAR_BASE_ARCHIVE_H
#define HOWFAR_BASE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "howfar/context.h"

typedef struct hf__archive hf__archive;
typedef struct hf__member hf__member;

/* Whether bytes begin as a zip archive does. */
bool hf__archive_is(const void *bytes, size_t len);

/* Opens a file, or bytes that must outlive the archive. `label` stands for it
 * in messages. HF_ERR_IO, HF_ERR_DAMAGED, HF_ERR_MEMORY. */
hf_status hf__archive_open(hf_context *ctx, const char *path,
                           hf__archive **out);
hf_status hf__archive_open_bytes(hf_context *ctx, const void *bytes, size_t len,
                                 const char *label, hf__archive **out);
void hf__archive_close(hf__archive *archive);

size_t hf__archive_n_members(const hf__archive *archive);
/* "Data/ONSPD_NOV_2025_UK.csv", in UTF-8; folders end in '/'. Never NULL. */
const char *hf__archive_member_name(const hf__archive *archive, size_t index);
/* Bytes when unpacked, as the archive claims. */
uint64_t hf__archive_member_size(const hf__archive *archive, size_t index);

/* Opens a member for reading; close it before the archive. HF_ERR_DAMAGED,
 * HF_ERR_UNSUITABLE (encrypted, or packed in a way that libzip does not know),
 * HF_ERR_MEMORY. */
hf_status hf__member_open(hf_context *ctx, hf__archive *archive, size_t index,
                          hf__member **out);
void hf__member_close(hf__member *member);

/* Reads up to `size` bytes; *out_len is 0 at the end, where the checksum has
 * been compared. HF_ERR_DAMAGED. */
hf_status hf__member_read(hf_context *ctx, hf__member *member, void *out,
                          size_t size, size_t *out_len);

#endif
