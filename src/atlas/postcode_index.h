/* The rows of an open index, for what looks at many of them. */
#ifndef HOWFAR_ATLAS_POSTCODE_INDEX_H
#define HOWFAR_ATLAS_POSTCODE_INDEX_H

#include "atlas/postcode.h"

/* The rows of a sector, district or area, one after another, checked.
 * HF_ERR_NOT_FOUND, HF_ERR_DAMAGED. */
hf_status hf__postcodes_rows(hf_context *ctx, const hf_postcodes *index,
                             hf_postcode_kind kind, const hf__postcode_key *key,
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
