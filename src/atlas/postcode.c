/* Looking postcodes up in the mapped index. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/postcode_index.h"
#include "base/compress.h"
#include "base/context.h"
#include "base/memory.h"

/* First letter, then a digit or letter. */
#define AREA_SLOTS (26 * 36)

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
    uint32_t area_start[AREA_SLOTS + 1];
    /* Per district: whether its rows have been checked. */
    atomic_uchar *is_checked;
};

/* ---- opening ----------------------------------------------------------- */

static hf_status fail_damaged(hf_context *ctx, const char *label,
                              const char *what) {
    return hf__fail(ctx, HF_ERR_DAMAGED,
                    "%s: the postcode index is damaged (%s): import the "
                    "postcodes again",
                    label, what);
}

/* The slot of an outward code, -1 if it can't be one. Slots ascend as outward
 * codes do. */
static int area_slot(uint32_t outward) {
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

/* Sizes, version and checksum, before anything else is believed. */
static hf_status check_header(hf_context *ctx, const char *label,
                              const unsigned char *bytes, size_t len) {
    if (len < sizeof hf__postcodes_magic ||
        memcmp(bytes, hf__postcodes_magic, sizeof hf__postcodes_magic)) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s: not a postcode index: make one with 'howfar "
                        "postcodes import FILE'",
                        label);
    }
    if (len < HF__POSTCODES_HEADER) {
        return fail_damaged(ctx, label, "it is cut off");
    }
    uint32_t version = hf__get32(bytes + HF__POSTCODES_AT_VERSION);
    if (version != HF__POSTCODES_VERSION) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s: a postcode index of format %u, and this howfar "
                        "reads format %d: import the postcodes again",
                        label, version, HF__POSTCODES_VERSION);
    }
    if (hf__get32(bytes + HF__POSTCODES_AT_CRC) !=
        hf__crc32(0, bytes, HF__POSTCODES_AT_CRC)) {
        return fail_damaged(ctx, label, "header");
    }
    return HF_OK;
}

/* Finds the parts; the file must be exactly as long as they are. */
static hf_status find_parts(hf_context *ctx, const char *label,
                            const unsigned char *bytes, size_t len,
                            hf_postcodes *out) {
    uint64_t n_codes = hf__get32(bytes + HF__POSTCODES_AT_N_CODES);
    uint64_t n_districts = hf__get32(bytes + HF__POSTCODES_AT_N_DISTRICTS);
    uint64_t n_sectors = hf__get32(bytes + HF__POSTCODES_AT_N_SECTORS);
    uint64_t n_rows = hf__get32(bytes + HF__POSTCODES_AT_N_ROWS);
    uint64_t directory_len = n_codes * HF__POSTCODES_CODE +
                             n_districts * HF__POSTCODES_DISTRICT +
                             n_sectors * HF__POSTCODES_SECTOR;
    uint64_t whole =
        HF__POSTCODES_HEADER + directory_len + n_rows * HF__POSTCODES_ROW;
    if (whole != hf__get64(bytes + HF__POSTCODES_AT_BYTES)) {
        return fail_damaged(ctx, label, "counts");
    }
    if (whole != len) {
        return fail_damaged(ctx, label,
                            len < whole ? "it is cut off" : "bytes at its end");
    }
    out->codes = bytes + HF__POSTCODES_HEADER;
    out->districts = out->codes + n_codes * HF__POSTCODES_CODE;
    out->sectors = out->districts + n_districts * HF__POSTCODES_DISTRICT;
    out->rows = bytes + HF__POSTCODES_HEADER + directory_len;
    if (hf__crc32(0, out->codes, (size_t)directory_len) !=
        hf__get32(bytes + HF__POSTCODES_AT_DIRECTORY_CRC)) {
        return fail_damaged(ctx, label, "directory");
    }
    out->n_codes = (size_t)n_codes;
    out->info.districts = (size_t)n_districts;
    out->info.sectors = (size_t)n_sectors;
    out->info.postcodes = (size_t)n_rows;
    out->info.bytes = whole;
    return HF_OK;
}

/* A sector whose ranks and bits agree; adds its rows to *row. */
static bool sector_is_sound(const unsigned char *sector, uint64_t *row) {
    if (hf__get32(sector + HF__SECTOR_FIRST_ROW) != *row) {
        return false;
    }
    uint32_t rank = 0;
    for (int w = 0; w < HF__SECTOR_WORDS; w++) {
        if (hf__get16(sector + HF__SECTOR_RANKS + 2 * w) != rank) {
            return false;
        }
        uint64_t bits = hf__get64(sector + HF__SECTOR_BITS + 8 * w);
        if (w == HF__SECTOR_WORDS - 1 && bits >> (HF__POSTCODE_UNITS % 64)) {
            return false;
        }
        rank += hf__count_bits(bits);
    }
    *row += rank;
    return hf__get16(sector + HF__SECTOR_RANKS + 2 * HF__SECTOR_WORDS) == rank;
}

/* Districts ascend and sectors and rows follow one another, so that no lookup
 * can leave the file, even in one whose checksums were forged. */
static bool directory_is_sound(const hf_postcodes *index) {
    uint64_t n_sectors = 0, n_rows = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < index->info.districts; i++) {
        const unsigned char *d = index->districts + i * HF__POSTCODES_DISTRICT;
        uint32_t outward = hf__get32(d + HF__DISTRICT_OUTWARD);
        uint32_t digits = hf__get32(d + HF__DISTRICT_SECTORS);
        unsigned n = hf__count_bits(digits);
        uint64_t first_row = n_rows;
        if (outward <= before || area_slot(outward) < 0 || digits >> 10 ||
            n > index->info.sectors - n_sectors ||
            hf__get32(d + HF__DISTRICT_FIRST_SECTOR) != n_sectors ||
            hf__get32(d + HF__DISTRICT_FIRST_ROW) != n_rows) {
            return false;
        }
        for (unsigned s = 0; s < n; s++, n_sectors++) {
            if (!sector_is_sound(
                    index->sectors + n_sectors * HF__POSTCODES_SECTOR,
                    &n_rows)) {
                return false;
            }
        }
        if (hf__get32(d + HF__DISTRICT_N_ROWS) != n_rows - first_row) {
            return false;
        }
        before = outward;
    }
    return n_sectors == index->info.sectors && n_rows == index->info.postcodes;
}

/* Both texts of each code end within their twelve bytes. */
static bool codes_are_sound(const hf_postcodes *index) {
    for (size_t i = 0; i < index->n_codes; i++) {
        const unsigned char *code = index->codes + i * HF__POSTCODES_CODE;
        if (code[HF__POSTCODES_CODE_SIZE - 1] || code[HF__POSTCODES_CODE - 1]) {
            return false;
        }
    }
    return true;
}

static void fill_area_starts(hf_postcodes *index) {
    size_t d = 0;
    for (int slot = 0; slot < AREA_SLOTS; slot++) {
        index->area_start[slot] = (uint32_t)d;
        while (d < index->info.districts &&
               area_slot(hf__get32(index->districts +
                                   d * HF__POSTCODES_DISTRICT)) == slot) {
            d++;
        }
    }
    index->area_start[AREA_SLOTS] = (uint32_t)d;
}

static bool fill_info(hf_postcodes *index, const unsigned char *bytes) {
    hf_postcodes_info *info = &index->info;
    const unsigned char *product = bytes + HF__POSTCODES_AT_PRODUCT;
    const unsigned char *source = bytes + HF__POSTCODES_AT_SOURCE;
    uint32_t vintage = hf__get32(bytes + HF__POSTCODES_AT_VINTAGE);
    if (product[HF__POSTCODES_PRODUCT_SIZE - 1] ||
        source[HF__POSTCODES_SOURCE_SIZE - 1] || vintage > 999912 ||
        vintage % 100 > 12) {
        return false;
    }
    info->path = index->label;
    info->product = (const char *)product;
    info->source = (const char *)source;
    info->year = (int)(vintage / 100);
    info->month = (int)(vintage % 100);
    info->without_point = hf__get32(bytes + HF__POSTCODES_AT_WITHOUT_POINT);
    info->terminated = hf__get32(bytes + HF__POSTCODES_AT_TERMINATED);
    info->has_life = hf__get32(bytes + HF__POSTCODES_AT_FLAGS) & 1;
    return true;
}

static hf_status open_index(hf_context *ctx, const unsigned char *bytes,
                            size_t len, hf_postcodes *index) {
    hf_status status = check_header(ctx, index->label, bytes, len);
    if (!status) {
        status = find_parts(ctx, index->label, bytes, len, index);
    }
    if (status) {
        return status;
    }
    if (!fill_info(index, bytes) || !directory_is_sound(index) ||
        !codes_are_sound(index)) {
        return fail_damaged(ctx, index->label, "structure");
    }
    fill_area_starts(index);
    index->is_checked =
        hf__calloc(index->info.districts, sizeof *index->is_checked);
    return index->is_checked ? HF_OK : hf__fail_memory(ctx);
}

static hf_postcodes *index_new(const char *label) {
    hf_postcodes *index = hf__calloc(1, sizeof *index);
    if (!index) {
        return NULL;
    }
    index->label = hf__strdup(label);
    if (!index->label) {
        hf__free(index);
        return NULL;
    }
    return index;
}

hf_status hf_postcodes_open_bytes(hf_context *ctx, const void *bytes,
                                  size_t len, const char *label,
                                  hf_postcodes **out) {
    hf_postcodes *index = index_new(label);
    if (!index) {
        return hf__fail_memory(ctx);
    }
    hf_status status = open_index(ctx, bytes, len, index);
    if (status) {
        hf_postcodes_close(index);
        return status;
    }
    *out = index;
    return HF_OK;
}

static hf_status map_file(hf_context *ctx, hf_postcodes *index) {
    int fd = open(index->label, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        return hf__fail(ctx, HF_ERR_IO,
                        "%s: no postcodes are imported yet: 'howfar postcodes "
                        "import FILE' makes this index from ONSPD, NSPL or "
                        "Code-Point Open",
                        index->label);
    }
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat)) {
        int error = errno;
        if (fd >= 0) {
            close(fd);
        }
        return hf__fail(ctx, HF_ERR_IO, "%s: %s", index->label,
                        strerror(error));
    }
    if (!S_ISREG(stat.st_mode) || stat.st_size <= 0 ||
        (uintmax_t)stat.st_size > SIZE_MAX) {
        close(fd);
        return check_header(ctx, index->label, NULL, 0);
    }
    size_t len = (size_t)stat.st_size;
    void *mapped = mmap(NULL, len, PROT_READ, MAP_SHARED, fd, 0);
    int error = errno;
    close(fd);
    if (mapped == MAP_FAILED) {
        return hf__fail(ctx, HF_ERR_IO, "%s: can't be mapped: %s", index->label,
                        strerror(error));
    }
    index->mapped = mapped;
    index->mapped_len = len;
    return HF_OK;
}

hf_status hf_postcodes_open(hf_context *ctx, const char *path,
                            hf_postcodes **out) {
    hf_postcodes *index = index_new(path);
    if (!index) {
        return hf__fail_memory(ctx);
    }
    hf_status status = map_file(ctx, index);
    if (!status) {
        status = open_index(ctx, index->mapped, index->mapped_len, index);
    }
    if (status) {
        hf_postcodes_close(index);
        return status;
    }
    *out = index;
    return HF_OK;
}

void hf_postcodes_close(hf_postcodes *index) {
    if (!index) {
        return;
    }
    if (index->mapped) {
        munmap(index->mapped, index->mapped_len);
    }
    hf__free(index->is_checked);
    hf__free(index->label);
    hf__free(index);
}

const hf_postcodes_info *hf_postcodes_get_info(const hf_postcodes *index) {
    return &index->info;
}

/* ---- looking up -------------------------------------------------------- */

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
    int slot = area_slot(outward);
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
    int w = unit / 64;
    uint64_t bits = hf__get64(sector + HF__SECTOR_BITS + 8 * w);
    uint64_t bit = (uint64_t)1 << (unit % 64);
    if (!(bits & bit)) {
        return NULL;
    }
    size_t row = hf__get32(sector + HF__SECTOR_FIRST_ROW) +
                 hf__get16(sector + HF__SECTOR_RANKS + 2 * w) +
                 hf__count_bits(bits & (bit - 1));
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
        return fail_damaged(ctx, index->label, "rows");
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

hf_status hf_postcodes_find(hf_context *ctx, const hf_postcodes *index,
                            const hf_postcode *postcode,
                            hf_postcode_entry *out) {
    if (postcode->kind != HF_POSTCODE_FULL) {
        return hf__fail(ctx, HF_ERR_USAGE, "not a full postcode");
    }
    hf__postcode_key key = hf__postcode_key_of(postcode);
    size_t d = find_district(index, key.outward);
    if (d == NONE) {
        return fail_not_found(ctx, index);
    }
    const unsigned char *sector = find_sector(index, d, key.sector);
    const unsigned char *row =
        sector ? find_row(index, sector, key.unit) : NULL;
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
        int slot = area_slot(letters);
        *out_first = index->area_start[slot];
        *out_end = index->area_start[slot + 1];
    } else {
        *out_first = index->area_start[first * 36];
        *out_end = index->area_start[first * 36 + 10];
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
        n_rows = hf__get16(sector + HF__SECTOR_RANKS + 2 * HF__SECTOR_WORDS);
    }
    if (!n_rows) {
        return fail_not_found(ctx, index);
    }
    *out_rows = index->rows + first_row * HF__POSTCODES_ROW;
    *out_n = n_rows;
    return HF_OK;
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
