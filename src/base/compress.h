/* zlib: checksums and the unpacking of gzip, from memory to memory. */
#ifndef HOWFAR_BASE_COMPRESS_H
#define HOWFAR_BASE_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "howfar/context.h"

/* CRC-32 (as in gzip and zip) of more bytes; begin with 0. */
uint32_t hf__crc32(uint32_t crc, const void *bytes, size_t len);

/* Whether bytes begin as gzip does. */
bool hf__gzip_is(const void *bytes, size_t len);

/* Unpacks a gzip stream of any number of members, checking each member's length
 * and CRC-32. */
typedef struct hf__gunzip hf__gunzip;

/* NULL without memory. */
hf__gunzip *hf__gunzip_new(void);
void hf__gunzip_free(hf__gunzip *gunzip);

/* Unpacks from in[*in_at .. in_len) to out[0 .. out_size) as far as either
 * lasts: *in_at moves on and *out_len says how much was written. HF_ERR_DAMAGED
 * (no message) when the bytes are no gzip. */
hf_status hf__gunzip_step(hf__gunzip *gunzip, const unsigned char *in,
                          size_t in_len, size_t *in_at, void *out,
                          size_t out_size, size_t *out_len);

/* Whether the bytes so far end with a whole member. */
bool hf__gunzip_is_whole(const hf__gunzip *gunzip);

#endif
