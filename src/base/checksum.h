/* CRC-32 (ISO 3309, as in gzip): tells two files apart in provenance. */
#ifndef HOWFAR_BASE_CHECKSUM_H
#define HOWFAR_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Continues `crc` (0 to begin) with more bytes. */
uint32_t hf__crc32(uint32_t crc, const void *bytes, size_t len);

#endif
