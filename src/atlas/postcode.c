/* Looking postcodes up in the mapped index. */
#include <assert.h>
#include <math.h>

#include "atlas/postcode_index.h"
#include "base/compress.h"
#include "base/context.h"

/* The first district of the area whose outward code is not below `outward`. */
static size_t lower_bound(const hf_postcodes *index, size_t low, size_t high,
                          uint32_t outward) {
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hf__get32(index->districts + middle * HF__POSTCODES_DISTRICT) <
            outward) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

#define NONE ((size_t)-1)

/* The number of a district, or NONE. */
static size_t find_district(const hf_postcodes *index, uint32_t outward) {
    int slot = hf__area_slot(outward);
    if (slot < 0) {
        return NONE;
    }
    size_t end = index->area_start[slot + 1];
    size_t d = lower_bound(index, index->area_start[slot], end, outward);
    bool is_there = d < end && hf__get32(index->districts +
                                         d * HF__POSTCODES_DISTRICT) == outward;
    return is_there ? d : NONE;
}

/* A sector of a district, or NULL. */
static const unsigned char *find_sector(const hf_postcodes *index, size_t d,
                                        int digit) {
    const unsigned char *district =
        index->districts + d * HF__POSTCODES_DISTRICT;
    uint32_t digits = hf__get32(district + HF__DISTRICT_SECTORS);
    if (!(digits >> digit & 1)) {
        return NULL;
    }
    size_t number = hf__get32(district + HF__DISTRICT_FIRST_SECTOR) +
                    hf__count_bits(digits & ((1u << digit) - 1));
    return index->sectors + number * HF__POSTCODES_SECTOR;
}

/* The row of a unit of a sector, or NULL. */
static const unsigned char *find_row(const hf_postcodes *index,
                                     const unsigned char *sector, int unit) {
    size_t w = (size_t)unit / 64;
    uint64_t bits = hf__sector_bits(sector, w);
    uint64_t bit = (uint64_t)1 << (unit % 64);
    if (!(bits & bit)) {
        return NULL;
    }
    size_t row = hf__get32(sector + HF__SECTOR_FIRST_ROW) +
                 hf__sector_rank(sector, w) + hf__count_bits(bits & (bit - 1));
    return index->rows + row * HF__POSTCODES_ROW;
}

/* Checks the rows of a district when they are first used. Two threads may both
 * do it, with the same result. */
static hf_status check_rows(hf_context *ctx, const hf_postcodes *index,
                            size_t d) {
    if (atomic_load_explicit(&index->is_checked[d], memory_order_relaxed)) {
        return HF_OK;
    }
    const unsigned char *district =
        index->districts + d * HF__POSTCODES_DISTRICT;
    const unsigned char *rows =
        index->rows + (size_t)hf__get32(district + HF__DISTRICT_FIRST_ROW) *
                          HF__POSTCODES_ROW;
    size_t n = hf__get32(district + HF__DISTRICT_N_ROWS);
    bool is_sound = hf__crc32(0, rows, n * HF__POSTCODES_ROW) ==
                    hf__get32(district + HF__DISTRICT_CRC);
    for (size_t i = 0; is_sound && i < n; i++) {
        uint64_t bits = hf__get64(rows + i * HF__POSTCODES_ROW);
        is_sound = hf__row_code(bits) < index->n_codes &&
                   hf__row_life(bits) <= HF_POSTCODE_TERMINATED;
    }
    if (!is_sound) {
        return hf__postcodes_fail_damaged(ctx, index->label, "rows");
    }
    atomic_store_explicit(&index->is_checked[d], 1, memory_order_relaxed);
    return HF_OK;
}

hf_status hf_postcodes_verify(hf_context *ctx, const hf_postcodes *index) {
    for (size_t d = 0; d < index->info.districts; d++) {
        hf_status status = check_rows(ctx, index, d);
        if (status) {
            return status;
        }
    }
    return HF_OK;
}

static hf_status fail_not_found(hf_context *ctx, const hf_postcodes *index) {
    return hf__fail(ctx, HF_ERR_NOT_FOUND, "%s has no such postcode",
                    index->info.product);
}

static void read_row(const hf_postcodes *index, const unsigned char *row,
                     bool is_irish, hf_postcode_entry *out) {
    uint64_t bits = hf__get64(row);
    size_t code = hf__row_code(bits);
    out->has_point = hf__row_has_point(bits);
    out->kind = is_irish ? HF_COORDINATE_IRISH_GRID : HF_COORDINATE_GRID;
    out->grid.x_m = out->has_point ? (double)hf__row_easting(bits) : NAN;
    out->grid.y_m = out->has_point ? (double)hf__row_northing(bits) : NAN;
    out->quality = hf__row_quality(bits);
    out->life = hf__row_life(bits);
    out->authority_code = hf__postcodes_authority(index, code);
    out->county_code = hf__postcodes_county(index, code);
}

/* The row of a full postcode, and the number of its district; NULL where there
 * is no such postcode. */
static const unsigned char *find(const hf_postcodes *index,
                                 const hf__postcode_key *key,
                                 size_t *out_district) {
    size_t d = find_district(index, key->outward);
    const unsigned char *sector =
        d == NONE ? NULL : find_sector(index, d, key->sector);
    *out_district = d;
    return sector ? find_row(index, sector, key->unit) : NULL;
}

void hf__postcodes_fetch(const hf_postcodes *index,
                         const hf_postcode *postcode) {
    size_t ignored;
    hf__postcode_key key = hf__postcode_key_of(postcode);
    const unsigned char *row =
        postcode->kind == HF_POSTCODE_FULL ? find(index, &key, &ignored) : NULL;
    if (row) {
        __builtin_prefetch(row);
    }
}

hf_status hf_postcodes_find(hf_context *ctx, const hf_postcodes *index,
                            const hf_postcode *postcode,
                            hf_postcode_entry *out) {
    if (postcode->kind != HF_POSTCODE_FULL) {
        return hf__fail(ctx, HF_ERR_USAGE, "not a full postcode");
    }
    size_t d;
    hf__postcode_key key = hf__postcode_key_of(postcode);
    const unsigned char *row = find(index, &key, &d);
    if (!row) {
        return fail_not_found(ctx, index);
    }
    hf_status status = check_rows(ctx, index, d);
    if (status) {
        return status;
    }
    read_row(index, row, hf__outward_is_irish(key.outward), out);
    return HF_OK;
}

bool hf__postcodes_has(const hf_postcodes *index, const hf_postcode *postcode) {
    hf__postcode_key key = hf__postcode_key_of(postcode);
    size_t d = find_district(index, key.outward);
    if (d == NONE || key.sector < 0) {
        return d != NONE;
    }
    const unsigned char *sector = find_sector(index, d, key.sector);
    return sector && (key.unit < 0 || find_row(index, sector, key.unit));
}

size_t hf__postcodes_n_codes(const hf_postcodes *index) {
    return index->n_codes;
}

const char *hf__postcodes_authority(const hf_postcodes *index, size_t code) {
    return (const char *)(index->codes + code * HF__POSTCODES_CODE);
}

const char *hf__postcodes_county(const hf_postcodes *index, size_t code) {
    return hf__postcodes_authority(index, code) + HF__POSTCODES_CODE_SIZE;
}

/* The districts of an area: those whose outward code begins with its letters
 * and a digit. Outward codes that break the rule (NPT) are areas of their own.
 */
static void find_area(const hf_postcodes *index, uint32_t letters,
                      size_t *out_first, size_t *out_end) {
    int first = (int)(letters >> 24) - 'A';
    if (letters & 0xff0000) {
        int slot = hf__area_slot(letters);
        *out_first = index->area_start[slot];
        *out_end = index->area_start[slot + 1];
    } else {
        *out_first = index->area_start[(size_t)first * 36];
        *out_end = index->area_start[(size_t)first * 36 + 10];
    }
}

static size_t rows_of_district(const hf_postcodes *index, size_t d,
                               size_t *out_first) {
    const unsigned char *district =
        index->districts + d * HF__POSTCODES_DISTRICT;
    *out_first = hf__get32(district + HF__DISTRICT_FIRST_ROW);
    return hf__get32(district + HF__DISTRICT_N_ROWS);
}

hf_status hf__postcodes_rows(hf_context *ctx, const hf_postcodes *index,
                             hf_postcode_kind kind, const hf__postcode_key *key,
                             const unsigned char **out_rows, size_t *out_n) {
    size_t first_district, end_district;
    if (kind == HF_POSTCODE_AREA) {
        find_area(index, key->outward, &first_district, &end_district);
    } else {
        first_district = find_district(index, key->outward);
        end_district = first_district == NONE ? NONE : first_district + 1;
    }
    if (first_district == end_district) {
        return fail_not_found(ctx, index);
    }
    size_t first_row, n_rows = 0;
    for (size_t d = end_district; d-- > first_district;) {
        hf_status status = check_rows(ctx, index, d);
        if (status) {
            return status;
        }
        n_rows += rows_of_district(index, d, &first_row);
    }
    if (kind == HF_POSTCODE_SECTOR) {
        const unsigned char *sector =
            find_sector(index, first_district, key->sector);
        if (!sector) {
            return fail_not_found(ctx, index);
        }
        first_row = hf__get32(sector + HF__SECTOR_FIRST_ROW);
        n_rows = hf__sector_rank(sector, HF__SECTOR_WORDS);
    }
    if (!n_rows) {
        return fail_not_found(ctx, index);
    }
    *out_rows = index->rows + first_row * HF__POSTCODES_ROW;
    *out_n = n_rows;
    return HF_OK;
}

hf_status hf__postcodes_district(hf_context *ctx, const hf_postcodes *index,
                                 size_t d, uint32_t *out_outward,
                                 const unsigned char **out_rows,
                                 size_t *out_n) {
    hf_status status = check_rows(ctx, index, d);
    if (!status) {
        size_t first_row;
        *out_n = rows_of_district(index, d, &first_row);
        *out_rows = index->rows + first_row * HF__POSTCODES_ROW;
        *out_outward = hf__get32(index->districts + d * HF__POSTCODES_DISTRICT);
    }
    return status;
}

hf_coordinate hf_postcode_entry_coordinate(const hf_postcode_entry *entry) {
    assert(entry->has_point);
    return (hf_coordinate){.kind = entry->kind,
                           .lonlat = {NAN, NAN},
                           .grid = entry->grid,
                           .precision_m = 0.5};
}

const char *hf_postcode_quality_text(int quality) {
    switch (quality) {
        case 1:
        case 2:
            return "a building of the postcode, the nearest to its middle";
        case 3:
            return "within about 50 m";
        case 4:
            return "the mean of the postcode's addresses";
        case 5:
            return "estimated from the postcodes around it";
        case 6:
            return "the mean of its sector";
        case 8:
            return "the last known point of a postcode no longer in use";
        case 9:
            return "no grid reference";
        default:
            return "";
    }
}
