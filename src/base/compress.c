#include "base/compress.h"

#include <zlib.h>

#include "base/memory.h"

struct hf__gunzip {
    z_stream stream;
    bool is_whole;
};

static size_t at_most(size_t n, size_t most) {
    return n < most ? n : most;
}

uint32_t hf__crc32(uint32_t crc, const void *bytes, size_t len) {
    return (uint32_t)crc32_z(crc, bytes, len);
}

bool hf__gzip_is(const void *bytes, size_t len) {
    const unsigned char *b = bytes;
    return len >= 2 && b[0] == 0x1f && b[1] == 0x8b;
}

hf__gunzip *hf__gunzip_new(void) {
    hf__gunzip *gunzip = hf__calloc(1, sizeof *gunzip);
    /* 16: gzip only, not zlib's own wrapping. */
    if (gunzip && inflateInit2(&gunzip->stream, 16 + MAX_WBITS) != Z_OK) {
        hf__free(gunzip);
        return NULL;
    }
    return gunzip;
}

void hf__gunzip_free(hf__gunzip *gunzip) {
    if (gunzip) {
        inflateEnd(&gunzip->stream);
        hf__free(gunzip);
    }
}

hf_status hf__gunzip_step(hf__gunzip *gunzip, const unsigned char *in,
                          size_t in_len, size_t *in_at, void *out,
                          size_t out_size, size_t *out_len) {
    const size_t most = 1u << 30; /* zlib counts in unsigned int */
    z_stream *z = &gunzip->stream;
    size_t in_now = at_most(in_len - *in_at, most);
    size_t out_now = at_most(out_size, most);
    z->next_in = (unsigned char *)(uintptr_t)(in + *in_at);
    z->avail_in = (uInt)in_now;
    z->next_out = out;
    z->avail_out = (uInt)out_now;
    while (z->avail_in && z->avail_out) {
        if (gunzip->is_whole) {
            if (inflateReset(z) != Z_OK) {
                return HF_ERR_DAMAGED;
            }
            gunzip->is_whole = false;
        }
        int result = inflate(z, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            gunzip->is_whole = true;
        } else if (result == Z_MEM_ERROR) {
            return HF_ERR_MEMORY;
        } else if (result != Z_OK) {
            return HF_ERR_DAMAGED;
        }
    }
    *in_at += in_now - z->avail_in;
    *out_len = out_now - z->avail_out;
    return HF_OK;
}

bool hf__gunzip_is_whole(const hf__gunzip *gunzip) {
    return gunzip->is_whole;
}
