/* Opening an index: nothing in it is believed before it is checked. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/postcode_index.h"
#include "base/compress.h"
#include "base/context.h"
#include "base/memory.h"

hf_status hf__postcodes_fail_damaged(hf_context *ctx, const char *label,
                                     const char *what) {
    return hf__fail(ctx, HF_ERR_DAMAGED,
                    "%s: the postcode index is damaged (%s): import the "
                    "postcodes again",
                    label, what);
}

/* Sizes, version and checksum, before anything else is believed. */
static hf_status check_header(hf_context *ctx, const char *label,
                              const unsigned char *bytes, size_t len) {
    if (len < sizeof hf__postcodes_magic ||
        memcmp(bytes, hf__postcodes_magic, sizeof hf__postcodes_magic) != 0) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s: not a postcode index: make one with 'howfar "
                        "postcodes import FILE'",
                        label);
    }
    if (len < HF__POSTCODES_HEADER) {
        return hf__postcodes_fail_damaged(ctx, label, "it is cut off");
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
        return hf__postcodes_fail_damaged(ctx, label, "header");
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
        return hf__postcodes_fail_damaged(ctx, label, "counts");
    }
    if (whole != len) {
        return hf__postcodes_fail_damaged(
            ctx, label, len < whole ? "it is cut off" : "bytes at its end");
    }
    out->codes = bytes + HF__POSTCODES_HEADER;
    out->districts = out->codes + n_codes * HF__POSTCODES_CODE;
    out->sectors = out->districts + n_districts * HF__POSTCODES_DISTRICT;
    out->rows = bytes + HF__POSTCODES_HEADER + directory_len;
    if (hf__crc32(0, out->codes, (size_t)directory_len) !=
        hf__get32(bytes + HF__POSTCODES_AT_DIRECTORY_CRC)) {
        return hf__postcodes_fail_damaged(ctx, label, "directory");
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
    for (size_t w = 0; w < HF__SECTOR_WORDS; w++) {
        if (hf__sector_rank(sector, w) != rank) {
            return false;
        }
        uint64_t bits = hf__sector_bits(sector, w);
        if (w == HF__SECTOR_WORDS - 1 && bits >> (HF__POSTCODE_UNITS % 64)) {
            return false;
        }
        rank += hf__count_bits(bits);
    }
    *row += rank;
    return hf__sector_rank(sector, HF__SECTOR_WORDS) == rank;
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
        if (outward <= before || hf__area_slot(outward) < 0 || digits >> 10 ||
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
    for (int slot = 0; slot < HF__AREA_SLOTS; slot++) {
        index->area_start[slot] = (uint32_t)d;
        while (d < index->info.districts &&
               hf__area_slot(hf__get32(index->districts +
                                       d * HF__POSTCODES_DISTRICT)) == slot) {
            d++;
        }
    }
    index->area_start[HF__AREA_SLOTS] = (uint32_t)d;
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
        return hf__postcodes_fail_damaged(ctx, index->label, "structure");
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
