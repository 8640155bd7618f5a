#include "base/checksum.h"

#include <zlib.h>

uint32_t hf__crc32(uint32_t crc, const void *bytes, size_t len) {
    return (uint32_t)crc32_z(crc, bytes, len);
}
