/* Postcodes as numbers, and the layout of the index file. */
#ifndef HOWFAR_ATLAS_POSTCODE_H
#define HOWFAR_ATLAS_POSTCODE_H

#include <stdint.h>

#include "base/text.h"
#include "howfar/postcode.h"

/* A postcode as numbers. */
typedef struct hf__postcode_key {
    uint32_t outward; /* "SG13" as four bytes, the first the highest, filled
                         with zeros behind: sorts as text does. An area has
                         its letters only. */
    int sector;       /* 0 to 9; -1: none */
    int unit;         /* two letters, 26 * first + second; -1: none */
} hf__postcode_key;

#define HF__POSTCODE_UNITS 676

/* The numbers of what hf_postcode_parse has read. */
hf__postcode_key hf__postcode_key_of(const hf_postcode *postcode);

/* The index file. All numbers are little-endian, every part begins at a
 * multiple of eight, and each part follows the one before without a gap:
 *
 *   header       256 bytes, as below
 *   codes        24 each: authority code, county code, 12 bytes with NULs
 *   districts    24 each, by outward code: outward code as above, number of its
 *                first sector, number of its first row, rows, a bit for
 *                each sector 0 to 9 that it has, CRC-32 of its rows
 *   sectors      120 each: number of the first row, 12 16-bit ranks (how many
 *                postcodes precede each word of the bitmap; the last is the
 *                total), four zeros, 11 64-bit words with a bit for each unit
 *   rows         8 each, one for each bit, in the same order
 *
 * A row: easting (20 bits from bit 0) and northing (21) in metres, number of
 * its codes (12), positional quality (4), life (2), whether it has a point (1).
 * What follows is zero. */
enum {
    HF__POSTCODES_VERSION = 1,

    HF__POSTCODES_HEADER = 256,
    HF__POSTCODES_CODE = 24,
    HF__POSTCODES_DISTRICT = 24,
    HF__POSTCODES_SECTOR = 120,
    HF__POSTCODES_ROW = 8,

    /* in the header */
    HF__POSTCODES_AT_VERSION = 8,
    HF__POSTCODES_AT_FLAGS = 12, /* 1: it is known which are in use */
    HF__POSTCODES_AT_BYTES = 16, /* 64 bits */
    HF__POSTCODES_AT_N_CODES = 24,
    HF__POSTCODES_AT_N_DISTRICTS = 28,
    HF__POSTCODES_AT_N_SECTORS = 32,
    HF__POSTCODES_AT_N_ROWS = 36,
    HF__POSTCODES_AT_WITHOUT_POINT = 40,
    HF__POSTCODES_AT_TERMINATED = 44,
    HF__POSTCODES_AT_VINTAGE = 48,       /* 100 * year + month, or 0 */
    HF__POSTCODES_AT_DIRECTORY_CRC = 52, /* of codes, districts, sectors */
    HF__POSTCODES_AT_PRODUCT = 56,       /* 32 bytes with a NUL */
    HF__POSTCODES_AT_SOURCE = 88,        /* 160 bytes with a NUL */
    HF__POSTCODES_AT_CRC = 252,          /* of the header before it */

    HF__POSTCODES_PRODUCT_SIZE = 32,
    HF__POSTCODES_SOURCE_SIZE = 160,
    HF__POSTCODES_CODE_SIZE = 12,

    /* in a district */
    HF__DISTRICT_OUTWARD = 0,
    HF__DISTRICT_FIRST_SECTOR = 4,
    HF__DISTRICT_FIRST_ROW = 8,
    HF__DISTRICT_N_ROWS = 12,
    HF__DISTRICT_SECTORS = 16,
    HF__DISTRICT_CRC = 20,

    /* in a sector */
    HF__SECTOR_FIRST_ROW = 0,
    HF__SECTOR_RANKS = 4,
    HF__SECTOR_BITS = 32,
    HF__SECTOR_WORDS = 11,

    /* in a row */
    HF__ROW_NORTHING = 20,
    HF__ROW_CODE = 41,
    HF__ROW_QUALITY = 53,
    HF__ROW_LIFE = 57,
    HF__ROW_POINT = 59,

    HF__POSTCODES_MOST_CODES = 4096,
    HF__POSTCODES_MOST_SECTORS = 32768
};

extern const unsigned char hf__postcodes_magic[8];

static inline uint32_t hf__get16(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t hf__get32(const unsigned char *at) {
    return hf__get16(at) | hf__get16(at + 2) << 16;
}

static inline uint64_t hf__get64(const unsigned char *at) {
    return hf__get32(at) | (uint64_t)hf__get32(at + 4) << 32;
}

static inline void hf__put16(unsigned char *at, uint32_t value) {
    at[0] = (unsigned char)(value & 0xff);
    at[1] = (unsigned char)(value >> 8 & 0xff);
}

static inline void hf__put32(unsigned char *at, uint32_t value) {
    hf__put16(at, value);
    hf__put16(at + 2, value >> 16);
}

static inline void hf__put64(unsigned char *at, uint64_t value) {
    hf__put32(at, (uint32_t)value);
    hf__put32(at + 4, (uint32_t)(value >> 32));
}

/* Rank and bits of word w of a sector; rank 11 is the total. */
static inline uint32_t hf__sector_rank(const unsigned char *sector, size_t w) {
    return hf__get16(sector + HF__SECTOR_RANKS + 2 * w);
}

static inline uint64_t hf__sector_bits(const unsigned char *sector, size_t w) {
    return hf__get64(sector + HF__SECTOR_BITS + 8 * w);
}

/* How many bits are set. */
static inline unsigned hf__count_bits(uint64_t word) {
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (unsigned)(word * 0x0101010101010101u >> 56);
}

/* Says that a postcode will be asked for: its row is fetched from memory, to be
 * there in time. */
void hf__postcodes_fetch(const hf_postcodes *index,
                         const hf_postcode *postcode);

/* Whether an index holds a postcode or any postcode of a sector or district. */
bool hf__postcodes_has(const hf_postcodes *index, const hf_postcode *postcode);

/* Whether a postcode lies in Northern Ireland: on the Irish Grid. */
static inline bool hf__outward_is_irish(uint32_t outward) {
    return outward >> 16 == ('B' << 8 | 'T');
}

#endif
