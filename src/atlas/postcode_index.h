/* The inside of an open index. */
#ifndef HOWFAR_ATLAS_POSTCODE_INDEX_H
#define HOWFAR_ATLAS_POSTCODE_INDEX_H

#include <stdatomic.h>

#include "atlas/postcode.h"

/* First letter, then a digit or letter: 26 * 36. */
enum { HF__AREA_SLOTS = 936 };

struct hf_postcodes {
    hf_postcodes_info info;
    char *label;
    void *mapped; /* NULL: the bytes are the caller's */
    size_t mapped_len;
    const unsigned char *codes;
    const unsigned char *districts;
    const unsigned char *sectors;
    const unsigned char *rows;
    size_t n_codes;
    /* Districts that begin with the two characters of slot s:
     * area_start[s] .. area_start[s + 1] - 1. */
    uint32_t area_start[HF__AREA_SLOTS + 1];
    /* Per district: whether its rows have been checked. */
    atomic_uchar *is_checked;
};

/* The slot of an outward code, -1 if it can't be one. Slots ascend as outward
 * codes do. */
static inline int hf__area_slot(uint32_t outward) {
    int first = (int)(outward >> 24) - 'A';
    int second = (int)(outward >> 16 & 0xff);
    if (first < 0 || first > 25) {
        return -1;
    }
    if (second >= '0' && second <= '9') {
        return first * 36 + second - '0';
    }
    if (second >= 'A' && second <= 'Z') {
        return first * 36 + second - 'A' + 10;
    }
    return -1;
}

/* Fails with a line that says what is damaged and what to do. */
hf_status hf__postcodes_fail_damaged(hf_context *ctx, const char *label,
                                     const char *what);

/* The rows of a sector, district or area, one after another, checked.
 * HF_ERR_NOT_FOUND, HF_ERR_DAMAGED. */
hf_status hf__postcodes_rows(hf_context *ctx, const hf_postcodes *index,
                             hf_postcode_kind kind, const hf__postcode_key *key,
                             const unsigned char **out_rows, size_t *out_n);

/* The rows of district d, below info.districts, checked, and its outward code.
 * HF_ERR_DAMAGED. */
hf_status hf__postcodes_district(hf_context *ctx, const hf_postcodes *index,
                                 size_t d, uint32_t *out_outward,
                                 const unsigned char **out_rows, size_t *out_n);

/* Pairs of codes, as rows number them. */
size_t hf__postcodes_n_codes(const hf_postcodes *index);
const char *hf__postcodes_authority(const hf_postcodes *index, size_t code);
const char *hf__postcodes_county(const hf_postcodes *index, size_t code);

static inline uint32_t hf__row_easting(uint64_t row) {
    return (uint32_t)(row & 0xfffff);
}

static inline uint32_t hf__row_northing(uint64_t row) {
    return (uint32_t)(row >> HF__ROW_NORTHING & 0x1fffff);
}

static inline size_t hf__row_code(uint64_t row) {
    return (size_t)(row >> HF__ROW_CODE & 0xfff);
}

static inline int hf__row_quality(uint64_t row) {
    return (int)(row >> HF__ROW_QUALITY & 15);
}

static inline hf_postcode_life hf__row_life(uint64_t row) {
    return (hf_postcode_life)(row >> HF__ROW_LIFE & 3);
}

static inline bool hf__row_has_point(uint64_t row) {
    return row >> HF__ROW_POINT & 1;
}

#endif
