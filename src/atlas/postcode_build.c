/* Every sector that occurs has a table with a place for each of its 676
 * possible units, so that rows need no sorting and a postcode that comes again
 * is seen at once: some 12,500 tables of 5.4 kB for the whole country. */
#include "atlas/postcode_build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/compress.h"
#include "base/context.h"
#include "base/memory.h"

const unsigned char hf__postcodes_magic[8] = {0x89, 'H',  'F',  'P',
                                              '\r', '\n', 0x1a, '\n'};

/* In a table: a row is there. Bits that a row in the file does not use. */
#define IS_SET ((uint64_t)1 << 63)

typedef struct sector_table {
    uint32_t outward;
    int digit;
    uint32_t n_rows;
    uint64_t *rows; /* HF__POSTCODE_UNITS */
} sector_table;

typedef struct code_pair {
    char text[HF__POSTCODES_CODE]; /* authority, county */
} code_pair;

/* Slots of an open hash hold a number plus one. */
enum { SECTOR_SLOTS = 1 << 16, CODE_SLOTS = 1 << 13 };

struct hf__postcode_builder {
    sector_table *sectors;
    size_t n_sectors, sector_capacity;
    code_pair *codes;
    size_t n_codes, code_capacity;
    uint32_t *sector_slots;
    uint32_t *code_slots;
    size_t last_sector, last_code; /* rows mostly come in order */
    size_t n_rows;
};

hf__postcode_builder *hf__postcode_builder_new(void) {
    hf__postcode_builder *b = hf__calloc(1, sizeof *b);
    if (!b) {
        return NULL;
    }
    b->sector_slots = hf__calloc(SECTOR_SLOTS, sizeof *b->sector_slots);
    b->code_slots = hf__calloc(CODE_SLOTS, sizeof *b->code_slots);
    if (!b->sector_slots || !b->code_slots) {
        hf__postcode_builder_free(b);
        return NULL;
    }
    return b;
}

void hf__postcode_builder_free(hf__postcode_builder *b) {
    if (!b) {
        return;
    }
    for (size_t i = 0; i < b->n_sectors; i++) {
        hf__free(b->sectors[i].rows);
    }
    hf__free(b->sectors);
    hf__free(b->codes);
    hf__free(b->sector_slots);
    hf__free(b->code_slots);
    hf__free(b);
}

size_t hf__postcode_builder_n_rows(const hf__postcode_builder *b) {
    return b->n_rows;
}

static size_t hash_bytes(const char *bytes, size_t len) {
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < len; i++) {
        h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    }
    return (size_t)(h ^ h >> 32);
}

/* The table of a sector, made when it is new. */
static hf_status find_sector(hf_context *ctx, hf__postcode_builder *b,
                             uint32_t outward, int digit, sector_table **out) {
    if (b->n_sectors) {
        sector_table *last = &b->sectors[b->last_sector];
        if (last->outward == outward && last->digit == digit) {
            *out = last;
            return HF_OK;
        }
    }
    uint64_t h =
        ((uint64_t)outward * 10 + (unsigned)digit) * 0x9E3779B97F4A7C15u;
    size_t slot = (size_t)(h >> 48) % SECTOR_SLOTS;
    for (; b->sector_slots[slot]; slot = (slot + 1) % SECTOR_SLOTS) {
        sector_table *there = &b->sectors[b->sector_slots[slot] - 1];
        if (there->outward == outward && there->digit == digit) {
            b->last_sector = b->sector_slots[slot] - 1;
            *out = there;
            return HF_OK;
        }
    }
    if (b->n_sectors == HF__POSTCODES_MOST_SECTORS) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "more than %d postcode sectors: not a postcode "
                        "directory of the United Kingdom",
                        HF__POSTCODES_MOST_SECTORS);
    }
    void *sectors = b->sectors;
    bool has_room = hf__reserve(&sectors, &b->sector_capacity, b->n_sectors + 1,
                                sizeof *b->sectors);
    b->sectors = sectors;
    uint64_t *rows = hf__calloc(HF__POSTCODE_UNITS, sizeof *rows);
    if (!has_room || !rows) {
        hf__free(rows);
        return hf__fail_memory(ctx);
    }
    b->last_sector = b->n_sectors++;
    b->sectors[b->last_sector] = (sector_table){outward, digit, 0, rows};
    b->sector_slots[slot] = (uint32_t)b->n_sectors;
    *out = &b->sectors[b->last_sector];
    return HF_OK;
}

/* The number of a pair of codes, made when it is new. */
static hf_status find_code(hf_context *ctx, hf__postcode_builder *b,
                           hf__str authority, hf__str county, size_t *out) {
    assert(authority.len < HF__POSTCODES_CODE_SIZE &&
           county.len < HF__POSTCODES_CODE_SIZE);
    code_pair wanted = {{0}};
    if (authority.len) {
        memcpy(wanted.text, authority.at, authority.len);
    }
    if (county.len) {
        memcpy(wanted.text + HF__POSTCODES_CODE_SIZE, county.at, county.len);
    }
    if (b->n_codes &&
        !memcmp(&b->codes[b->last_code], &wanted, sizeof wanted)) {
        *out = b->last_code;
        return HF_OK;
    }
    size_t slot = hash_bytes(wanted.text, sizeof wanted.text) % CODE_SLOTS;
    for (; b->code_slots[slot]; slot = (slot + 1) % CODE_SLOTS) {
        size_t there = b->code_slots[slot] - 1;
        if (!memcmp(&b->codes[there], &wanted, sizeof wanted)) {
            *out = b->last_code = there;
            return HF_OK;
        }
    }
    if (b->n_codes == HF__POSTCODES_MOST_CODES) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "more than %d authority codes: not a postcode "
                        "directory of the United Kingdom",
                        HF__POSTCODES_MOST_CODES);
    }
    void *codes = b->codes;
    bool has_room = hf__reserve(&codes, &b->code_capacity, b->n_codes + 1,
                                sizeof *b->codes);
    b->codes = codes;
    if (!has_room) {
        return hf__fail_memory(ctx);
    }
    *out = b->last_code = b->n_codes++;
    b->codes[b->last_code] = wanted;
    b->code_slots[slot] = (uint32_t)b->n_codes;
    return HF_OK;
}

hf_status hf__postcode_builder_add(hf_context *ctx, hf__postcode_builder *b,
                                   const hf__postcode_row *row,
                                   bool *out_is_again) {
    assert(row->key.sector >= 0 && row->key.unit >= 0);
    assert(row->easting < 1u << 20 && row->northing < 1u << 21);
    sector_table *table = NULL;
    size_t code = 0;
    hf_status status =
        find_sector(ctx, b, row->key.outward, row->key.sector, &table);
    if (!status) {
        status = find_code(ctx, b, row->authority, row->county, &code);
    }
    if (status) {
        return status;
    }
    uint64_t *place = &table->rows[row->key.unit];
    *out_is_again = *place != 0;
    if (!*place) {
        table->n_rows++;
        b->n_rows++;
    }
    *place = IS_SET | (uint64_t)row->has_point << HF__ROW_POINT |
             (uint64_t)row->life << HF__ROW_LIFE |
             (uint64_t)row->quality << HF__ROW_QUALITY |
             (uint64_t)code << HF__ROW_CODE |
             (uint64_t)row->northing << HF__ROW_NORTHING | row->easting;
    return HF_OK;
}

/* ---- the file ---------------------------------------------------------- */

static int compare_sectors(const void *a, const void *b) {
    const sector_table *x = a, *y = b;
    if (x->outward != y->outward) {
        return x->outward < y->outward ? -1 : 1;
    }
    return x->digit - y->digit;
}

static size_t count_districts(const hf__postcode_builder *b) {
    size_t n = 0;
    for (size_t i = 0; i < b->n_sectors; i++) {
        n += !i || b->sectors[i].outward != b->sectors[i - 1].outward;
    }
    return n;
}

/* Writes a sector and its rows; returns behind the last of them. */
static unsigned char *write_sector(const sector_table *table, size_t first_row,
                                   unsigned char *at, unsigned char *row) {
    hf__put32(at + HF__SECTOR_FIRST_ROW, (uint32_t)first_row);
    uint32_t rank = 0;
    for (size_t w = 0; w < HF__SECTOR_WORDS; w++) {
        uint64_t bits = 0;
        hf__put16(at + HF__SECTOR_RANKS + 2 * w, rank);
        for (size_t unit = 64 * w;
             unit < 64 * (w + 1) && unit < HF__POSTCODE_UNITS; unit++) {
            if (table->rows[unit]) {
                bits |= (uint64_t)1 << (unit - 64 * w);
                rank++;
                hf__put64(row, table->rows[unit] & ~IS_SET);
                row += HF__POSTCODES_ROW;
            }
        }
        hf__put64(at + HF__SECTOR_BITS + 8 * w, bits);
    }
    hf__put16(at + HF__SECTOR_RANKS + (size_t)2 * HF__SECTOR_WORDS, rank);
    return row;
}

typedef struct row_counts {
    uint32_t without_point;
    uint32_t terminated;
} row_counts;

static row_counts count_rows(const unsigned char *row,
                             const unsigned char *end) {
    row_counts counts = {0, 0};
    for (; row < end; row += HF__POSTCODES_ROW) {
        uint64_t bits = hf__get64(row);
        counts.without_point += !(bits >> HF__ROW_POINT & 1);
        counts.terminated +=
            (bits >> HF__ROW_LIFE & 3) == HF_POSTCODE_TERMINATED;
    }
    return counts;
}

static void write_districts(const hf__postcode_builder *b,
                            unsigned char *district, unsigned char *at,
                            unsigned char *rows) {
    unsigned char *row = rows;
    for (size_t i = 0; i < b->n_sectors;) {
        uint32_t outward = b->sectors[i].outward;
        const unsigned char *first = row;
        size_t first_row = (size_t)(row - rows) / HF__POSTCODES_ROW;
        uint32_t digits = 0;
        hf__put32(district + HF__DISTRICT_OUTWARD, outward);
        hf__put32(district + HF__DISTRICT_FIRST_SECTOR, (uint32_t)i);
        hf__put32(district + HF__DISTRICT_FIRST_ROW, (uint32_t)first_row);
        for (; i < b->n_sectors && b->sectors[i].outward == outward; i++) {
            digits |= 1u << b->sectors[i].digit;
            row =
                write_sector(&b->sectors[i],
                             (size_t)(row - rows) / HF__POSTCODES_ROW, at, row);
            at += HF__POSTCODES_SECTOR;
        }
        size_t len = (size_t)(row - first);
        hf__put32(district + HF__DISTRICT_N_ROWS,
                  (uint32_t)(len / HF__POSTCODES_ROW));
        hf__put32(district + HF__DISTRICT_SECTORS, digits);
        hf__put32(district + HF__DISTRICT_CRC, hf__crc32(0, first, len));
        district += HF__POSTCODES_DISTRICT;
    }
}

static void put_text(unsigned char *at, size_t size, const char *text) {
    size_t len = strlen(text);
    memcpy(at, text, len < size ? len : size - 1);
}

/* Last: it holds the checksums of what follows it. */
static void write_header(const hf__postcode_builder *b,
                         const hf__postcode_origin *origin, size_t n_districts,
                         size_t directory_len, unsigned char *bytes,
                         size_t len) {
    const unsigned char *directory = bytes + HF__POSTCODES_HEADER;
    row_counts counts = count_rows(directory + directory_len, bytes + len);
    memcpy(bytes, hf__postcodes_magic, sizeof hf__postcodes_magic);
    hf__put32(bytes + HF__POSTCODES_AT_VERSION, HF__POSTCODES_VERSION);
    hf__put32(bytes + HF__POSTCODES_AT_FLAGS, origin->has_life);
    hf__put64(bytes + HF__POSTCODES_AT_BYTES, len);
    hf__put32(bytes + HF__POSTCODES_AT_N_CODES, (uint32_t)b->n_codes);
    hf__put32(bytes + HF__POSTCODES_AT_N_DISTRICTS, (uint32_t)n_districts);
    hf__put32(bytes + HF__POSTCODES_AT_N_SECTORS, (uint32_t)b->n_sectors);
    hf__put32(bytes + HF__POSTCODES_AT_N_ROWS, (uint32_t)b->n_rows);
    hf__put32(bytes + HF__POSTCODES_AT_WITHOUT_POINT, counts.without_point);
    hf__put32(bytes + HF__POSTCODES_AT_TERMINATED, counts.terminated);
    hf__put32(bytes + HF__POSTCODES_AT_VINTAGE,
              (uint32_t)(origin->year * 100 + origin->month));
    hf__put32(bytes + HF__POSTCODES_AT_DIRECTORY_CRC,
              hf__crc32(0, directory, directory_len));
    put_text(bytes + HF__POSTCODES_AT_PRODUCT, HF__POSTCODES_PRODUCT_SIZE,
             origin->product);
    put_text(bytes + HF__POSTCODES_AT_SOURCE, HF__POSTCODES_SOURCE_SIZE,
             origin->source);
    hf__put32(bytes + HF__POSTCODES_AT_CRC,
              hf__crc32(0, bytes, HF__POSTCODES_AT_CRC));
}

hf_status hf__postcode_builder_finish(hf_context *ctx, hf__postcode_builder *b,
                                      const hf__postcode_origin *origin,
                                      unsigned char **out_bytes,
                                      size_t *out_len) {
    if (b->n_sectors) {
        qsort(b->sectors, b->n_sectors, sizeof *b->sectors, compare_sectors);
    }
    size_t n_districts = count_districts(b);
    size_t codes_len = b->n_codes * HF__POSTCODES_CODE;
    size_t directory_len = codes_len + n_districts * HF__POSTCODES_DISTRICT +
                           b->n_sectors * HF__POSTCODES_SECTOR;
    size_t rows_len = b->n_rows * HF__POSTCODES_ROW;
    size_t len = HF__POSTCODES_HEADER + directory_len + rows_len;
    unsigned char *bytes = hf__calloc(len, 1);
    if (!bytes) {
        return hf__fail_memory(ctx);
    }
    unsigned char *directory = bytes + HF__POSTCODES_HEADER;
    unsigned char *districts = directory + codes_len;
    unsigned char *sectors = districts + n_districts * HF__POSTCODES_DISTRICT;
    unsigned char *rows = directory + directory_len;
    if (codes_len) {
        memcpy(directory, b->codes, codes_len);
    }
    write_districts(b, districts, sectors, rows);
    write_header(b, origin, n_districts, directory_len, bytes, len);
    *out_bytes = bytes;
    *out_len = len;
    return HF_OK;
}
