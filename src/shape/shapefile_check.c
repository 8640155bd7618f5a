#include "shape/shapefile_check.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/context.h"
#include "base/memory.h"

/* Source of every offset: ESRI Shapefile Technical Description, July 1998; for
 * the .dbf, the dBASE III PLUS table structure. */
#define HEADER_SIZE 100
#define RECORD_HEADER_SIZE 8
#define FILE_CODE 9994
#define VERSION 1000
/* Type, box, part count, point count. */
#define POLYGON_FIXED_SIZE 44

enum {
    TYPE_NULL = 0,
    TYPE_POLYGON = 5,
    TYPE_POLYGON_Z = 15,
    TYPE_POLYGON_M = 25
};

static uint32_t big_endian(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static uint32_t little_endian(const unsigned char *at) {
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 |
           (uint32_t)at[1] << 8 | at[0];
}

const char *hf__shapefile_part_name(const char *label, const char *extension,
                                    char out[HF__PART_NAME_SIZE]) {
    size_t len = strlen(label);
    bool has_shp = len >= 4 && !strcasecmp(label + len - 4, ".shp");
    bool is_upper = has_shp && label[len - 1] == 'P';
    int stem = (int)(has_shp ? len - 4 : len);
    snprintf(out, HF__PART_NAME_SIZE, "%.*s.%s", stem, label, extension);
    if (is_upper) {
        for (char *c = out + strlen(out) - strlen(extension); *c; c++) {
            *c = (char)(*c >= 'a' && *c <= 'z' ? *c - ('a' - 'A') : *c);
        }
    }
    return out;
}

static bool is_polygon(uint32_t type) {
    return type == TYPE_POLYGON || type == TYPE_POLYGON_Z ||
           type == TYPE_POLYGON_M;
}

static const char *type_name(uint32_t type) {
    static const struct {
        uint32_t type;
        const char *name;
    } names[] = {{1, "points"},        {11, "points"},      {21, "points"},
                 {3, "lines"},         {13, "lines"},       {23, "lines"},
                 {8, "multipoints"},   {18, "multipoints"}, {28, "multipoints"},
                 {31, "multipatches"}, {0, "null shapes"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].type == type) {
            return names[i].name;
        }
    }
    return NULL;
}

static hf_status check_shp_header(hf_context *ctx, const char *name,
                                  const unsigned char *shp, size_t len,
                                  size_t *out_end) {
    if (len < HEADER_SIZE) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: cut short: %zu bytes, and the header alone takes "
                        "%d; get the file again",
                        name, len, HEADER_SIZE);
    }
    if (big_endian(shp) != FILE_CODE) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: not a shapefile: it begins with %u, not %d", name,
                        big_endian(shp), FILE_CODE);
    }
    if (little_endian(shp + 28) != VERSION) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: damaged: version %u, not %d; get the file again",
                        name, little_endian(shp + 28), VERSION);
    }
    size_t declared = (size_t)big_endian(shp + 24) * 2;
    if (declared > len || declared < HEADER_SIZE) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: cut short or damaged: its header declares %zu "
                        "bytes, and it has %zu; get the file again",
                        name, declared, len);
    }
    uint32_t type = little_endian(shp + 32);
    if (!is_polygon(type)) {
        const char *what = type_name(type);
        return what ? hf__fail(ctx, HF_ERR_UNSUITABLE,
                               "%s: holds %s; a boundary file holds polygons",
                               name, what)
                    : hf__fail(ctx, HF_ERR_DAMAGED,
                               "%s: damaged: shape type %u is unknown; get the "
                               "file again",
                               name, type);
    }
    *out_end = declared;
    return HF_OK;
}

/* What is wrong with a polygon's content, or NULL. */
static const char *polygon_fault(const unsigned char *content, size_t len) {
    uint32_t type = little_endian(content);
    if (!is_polygon(type)) {
        return "it is no polygon";
    }
    if (len < POLYGON_FIXED_SIZE) {
        return "its length leaves no room for a polygon";
    }
    uint64_t parts = little_endian(content + 36);
    uint64_t points = little_endian(content + 40);
    /* Two 32-bit counts: no overflow in 64 bits. */
    uint64_t need = POLYGON_FIXED_SIZE + 4 * parts + 16 * points;
    if (type == TYPE_POLYGON_Z) {
        need += 16 + 8 * points;
    }
    if (need > len) {
        return "it declares more points than its length holds";
    }
    if ((parts == 0) != (points == 0)) {
        return "it has parts without points, or points without parts";
    }
    uint32_t before = 0;
    for (uint64_t i = 0; i < parts; i++) {
        uint32_t start = little_endian(content + POLYGON_FIXED_SIZE + 4 * i);
        if (start >= points || (i ? start <= before : start != 0)) {
            return "its parts don't follow one another";
        }
        before = start;
    }
    return NULL;
}

/* Checks the record at `at` and moves past it. */
static hf_status check_record(hf_context *ctx, const char *name,
                              const unsigned char *shp, size_t end,
                              size_t number, size_t *at) {
    const char *fault = "it is cut short";
    size_t length = 0;
    if (end - *at >= RECORD_HEADER_SIZE) {
        length = (size_t)big_endian(shp + *at + 4) * 2;
        if (length < 4) {
            fault = "its length leaves no room for a shape";
        } else if (length <= end - *at - RECORD_HEADER_SIZE) {
            const unsigned char *content = shp + *at + RECORD_HEADER_SIZE;
            fault = little_endian(content) == TYPE_NULL
                        ? NULL
                        : polygon_fault(content, length);
        }
    }
    if (fault) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: record %zu, at byte %zu, is damaged: %s; get the "
                        "file again",
                        name, number, *at, fault);
    }
    *at += RECORD_HEADER_SIZE + length;
    return HF_OK;
}

hf_status hf__shapefile_check_shp(hf_context *ctx,
                                  const hf_shapefile_bytes *bytes,
                                  size_t **out_starts, size_t *out_n) {
    char name[HF__PART_NAME_SIZE];
    hf__shapefile_part_name(bytes->label, "shp", name);
    const unsigned char *shp = bytes->shp;
    size_t end = 0, n = 0, capacity = 0;
    void *starts = NULL;
    hf_status status = check_shp_header(ctx, name, shp, bytes->shp_len, &end);
    size_t at = HEADER_SIZE;
    while (!status) {
        if (!hf__reserve(&starts, &capacity, n + 1, sizeof(size_t))) {
            status = hf__fail_memory(ctx);
            break;
        }
        ((size_t *)starts)[n] = at;
        if (at == end) {
            break;
        }
        n++;
        status = check_record(ctx, name, shp, end, n, &at);
    }
    if (status) {
        hf__free(starts);
        return status;
    }
    if (end < bytes->shp_len) {
        hf__warn(ctx, "%s: %zu bytes after its declared end are ignored", name,
                 bytes->shp_len - end);
    }
    *out_starts = starts;
    *out_n = n;
    return HF_OK;
}

/* Field descriptors: 32 bytes each up to a carriage return; together with the
 * deletion mark they must fit the record. */
static const char *fields_fault(const unsigned char *dbf, size_t header_len,
                                size_t record_len) {
    size_t width = 1, n = 0, at = 32;
    for (; at < header_len && dbf[at] != '\r'; at += 32) {
        if (at + 32 > header_len) {
            return "its field list is cut short";
        }
        if (dbf[at + 16] == 0) {
            return "a field has no width";
        }
        width += dbf[at + 16];
        n++;
    }
    if (at >= header_len) {
        return "its field list has no end";
    }
    if (!n) {
        return "it has no fields";
    }
    return width > record_len ? "its fields don't fit its records" : NULL;
}

hf_status hf__shapefile_check_dbf(hf_context *ctx,
                                  const hf_shapefile_bytes *bytes,
                                  size_t *out_n) {
    char name[HF__PART_NAME_SIZE];
    hf__shapefile_part_name(bytes->label, "dbf", name);
    const unsigned char *dbf = bytes->dbf;
    size_t len = bytes->dbf_len;
    if (len < 33) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: cut short: %zu bytes, and the header alone takes "
                        "more; get the file again",
                        name, len);
    }
    size_t n = little_endian(dbf + 4);
    size_t header_len = (size_t)dbf[8] | (size_t)dbf[9] << 8;
    size_t record_len = (size_t)dbf[10] | (size_t)dbf[11] << 8;
    if (header_len > len || n * record_len > len - header_len) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: cut short or damaged: its header declares %zu "
                        "records of %zu bytes after %zu, and it has %zu bytes; "
                        "get the file again",
                        name, n, record_len, header_len, len);
    }
    const char *fault = fields_fault(dbf, header_len, record_len);
    if (fault) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: damaged: %s; get the file again", name, fault);
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char mark = dbf[header_len + i * record_len];
        if (mark != ' ' && mark != '*' && mark != '\0') {
            return hf__fail(ctx, HF_ERR_DAMAGED,
                            "%s: record %zu, at byte %zu, is damaged: it "
                            "doesn't begin with a blank; get the file again",
                            name, i + 1, header_len + i * record_len);
        }
    }
    *out_n = n;
    return HF_OK;
}

/* The index in `starts` of the record that begins at `offset`, or n. */
static size_t find_start(const size_t *starts, size_t n, size_t offset) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && starts[low] == offset ? low : n;
}

/* Whether the file's own index can be believed: then out_order has the starts
 * in its order. `seen` has n_shp zeros. */
static bool shx_fits(const hf_shapefile_bytes *bytes, const size_t *starts,
                     size_t n_shp, size_t n_dbf, bool *seen,
                     size_t *out_order) {
    const unsigned char *shx = bytes->shx;
    if (bytes->shx_len < HEADER_SIZE || big_endian(shx) != FILE_CODE ||
        (size_t)big_endian(shx + 24) * 2 != HEADER_SIZE + 8 * n_dbf ||
        bytes->shx_len < HEADER_SIZE + 8 * n_dbf) {
        return false;
    }
    for (size_t i = 0; i < n_dbf; i++) {
        const unsigned char *entry = shx + HEADER_SIZE + 8 * i;
        size_t offset = (size_t)big_endian(entry) * 2;
        size_t length = (size_t)big_endian(entry + 4) * 2;
        size_t record = find_start(starts, n_shp, offset);
        if (record == n_shp || seen[record] ||
            starts[record + 1] - offset != length + RECORD_HEADER_SIZE) {
            return false;
        }
        seen[record] = true;
        out_order[i] = offset;
    }
    return true;
}

hf_status hf__shapefile_order(hf_context *ctx, const hf_shapefile_bytes *bytes,
                              const size_t *starts, size_t n_shp, size_t n_dbf,
                              size_t **out_order, size_t *out_n) {
    bool *seen = hf__calloc(n_shp, sizeof *seen);
    size_t *order = hf__calloc(n_shp > n_dbf ? n_shp : n_dbf, sizeof *order);
    if (!seen || !order) {
        hf__free(seen);
        hf__free(order);
        return hf__fail_memory(ctx);
    }
    *out_n = n_dbf;
    if (!bytes->shx || !shx_fits(bytes, starts, n_shp, n_dbf, seen, order)) {
        *out_n = n_shp;
        if (n_shp) {
            memcpy(order, starts, n_shp * sizeof *order);
        }
        if (bytes->shx) {
            char name[HF__PART_NAME_SIZE];
            hf__warn(ctx, "%s: contradicts the .shp, and was rebuilt in memory",
                     hf__shapefile_part_name(bytes->label, "shx", name));
        }
    }
    hf__free(seen);
    *out_order = order;
    return HF_OK;
}

/* One load, where the machine is little-endian: compilers see through it. */
static inline double little_endian_double(const unsigned char *at) {
    uint64_t bits = (uint64_t)at[7] << 56 | (uint64_t)at[6] << 48 |
                    (uint64_t)at[5] << 40 | (uint64_t)at[4] << 32 |
                    (uint64_t)at[3] << 24 | (uint64_t)at[2] << 16 |
                    (uint64_t)at[1] << 8 | at[0];
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void hf__shapefile_count(const unsigned char *record, size_t *out_rings,
                         size_t *out_points) {
    const unsigned char *content = record + RECORD_HEADER_SIZE;
    bool is_null = little_endian(content) == TYPE_NULL;
    *out_rings = is_null ? 0 : little_endian(content + 36);
    *out_points = is_null ? 0 : little_endian(content + 40);
}

void hf__shapefile_copy(const unsigned char *record, size_t *ring_start,
                        hf_xy *points) {
    size_t n_rings, n_points;
    hf__shapefile_count(record, &n_rings, &n_points);
    const unsigned char *at = record + RECORD_HEADER_SIZE + POLYGON_FIXED_SIZE;
    for (size_t r = 0; r < n_rings; r++, at += 4) {
        ring_start[r] = little_endian(at);
    }
    ring_start[n_rings] = n_points;
    for (size_t i = 0; i < n_points; i++, at += 16) {
        points[i] =
            (hf_xy){little_endian_double(at), little_endian_double(at + 8)};
    }
}
