#include "shape/shapefile.h"

#include <assert.h>
#include <inttypes.h>
#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "shape/shapefile_check.h"

/* A file in memory, as shapelib's hooks see it. */
typedef struct memory_file {
    const unsigned char *at;
    size_t len;
    size_t position;
} memory_file;

struct hf__shapefile {
    const unsigned char *shp;
    size_t *record_at; /* in the .shp, of each record */
    memory_file dbf;
    DBFHandle table;
    size_t n_records;
    char (*field_names)[XBASE_FLDNAME_LEN_READ + 1];
    const char *label;
    hf_xy *points;
    size_t points_capacity;
    size_t *ring_start;
    size_t rings_capacity;
};

/* shapelib opens files by name, and its hooks know nothing else. The name that
 * it gets is the address of our struct in hexadecimal; it adds extensions. */
static SAFile open_by_address(const char *name, const char *access) {
    (void)access;
    char *extension;
    hf__shapefile *file =
        (hf__shapefile *)(uintptr_t)strtoumax(name, &extension, 16);
    return strcmp(extension, ".dbf") ? NULL : (SAFile)&file->dbf;
}

static SAOffset read_memory(void *to, SAOffset size, SAOffset count,
                            SAFile handle) {
    memory_file *file = (memory_file *)handle;
    if (!size || file->position >= file->len) {
        return 0;
    }
    size_t whole = (file->len - file->position) / size;
    size_t n = count < whole ? count : whole;
    memcpy(to, file->at + file->position, n * size);
    file->position += n * size;
    return n;
}

static SAOffset write_nothing(void *from, SAOffset size, SAOffset count,
                              SAFile handle) {
    (void)from;
    (void)size;
    (void)count;
    (void)handle;
    return 0;
}

static SAOffset seek_memory(SAFile handle, SAOffset offset, int whence) {
    memory_file *file = (memory_file *)handle;
    size_t from = whence == SEEK_END   ? file->len
                  : whence == SEEK_CUR ? file->position
                                       : 0;
    file->position = from + offset;
    return 0;
}

static SAOffset tell_memory(SAFile handle) {
    return ((memory_file *)handle)->position;
}

static int close_nothing(SAFile handle) {
    (void)handle;
    return 0;
}

static int remove_nothing(const char *name) {
    (void)name;
    return -1;
}

/* What shapelib has to say was said better by the checks before. */
static void ignore_error(const char *message) {
    (void)message;
}

static hf_status open_table(hf_context *ctx, hf__shapefile *file) {
    SAHooks hooks = {.FOpen = open_by_address,
                     .FRead = read_memory,
                     .FWrite = write_nothing,
                     .FSeek = seek_memory,
                     .FTell = tell_memory,
                     .FFlush = close_nothing,
                     .FClose = close_nothing,
                     .Remove = remove_nothing,
                     .Error = ignore_error,
                     .Atof = atof};
    char name[2 * sizeof(uintptr_t) + 5];
    snprintf(name, sizeof name, "%" PRIxPTR ".dbf", (uintptr_t)file);
    file->table = DBFOpenLL(name, "rb", &hooks);
    if (!file->table ||
        (size_t)DBFGetRecordCount(file->table) != file->n_records) {
        char dbf_name[HF__PART_NAME_SIZE];
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: shapelib can't read it; get the file again",
                        hf__shapefile_part_name(file->label, "dbf", dbf_name));
    }
    return HF_OK;
}

static hf_status read_field_names(hf_context *ctx, hf__shapefile *file) {
    size_t n = (size_t)DBFGetFieldCount(file->table);
    file->field_names = hf__calloc(n, sizeof *file->field_names);
    if (!file->field_names) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        DBFGetFieldInfo(file->table, (int)i, file->field_names[i], NULL, NULL);
    }
    return HF_OK;
}

hf_status hf__shapefile_open(hf_context *ctx, const hf_shapefile_bytes *bytes,
                             hf__shapefile **out) {
    hf_status status = HF_OK;
    size_t *starts = NULL;
    size_t n_shp = 0, n_dbf = 0;
    hf__shapefile *file = hf__calloc(1, sizeof *file);
    if (!file) {
        return hf__fail_memory(ctx);
    }
    file->label = bytes->label;
    if ((status = hf__shapefile_check_shp(ctx, bytes, &starts, &n_shp)) ||
        (status = hf__shapefile_check_dbf(ctx, bytes, &n_dbf)) ||
        (status = hf__shapefile_order(ctx, bytes, starts, n_shp, n_dbf,
                                      &file->record_at, &file->n_records))) {
        goto done;
    }
    if (file->n_records != n_dbf) {
        char shp_name[HF__PART_NAME_SIZE], dbf_name[HF__PART_NAME_SIZE];
        status = hf__fail(
            ctx, HF_ERR_DAMAGED,
            "%s has %zu records and %s %zu: one of them is damaged or belongs "
            "to another set; get both again",
            hf__shapefile_part_name(bytes->label, "shp", shp_name), n_shp,
            hf__shapefile_part_name(bytes->label, "dbf", dbf_name), n_dbf);
        goto done;
    }
    file->shp = bytes->shp;
    file->dbf = (memory_file){bytes->dbf, bytes->dbf_len, 0};
    if ((status = open_table(ctx, file)) ||
        (status = read_field_names(ctx, file))) {
        goto done;
    }
    *out = file;
    file = NULL;
done:
    hf__free(starts);
    hf__shapefile_close(file);
    return status;
}

void hf__shapefile_close(hf__shapefile *file) {
    if (!file) {
        return;
    }
    if (file->table) {
        DBFClose(file->table);
    }
    hf__free(file->record_at);
    hf__free(file->field_names);
    hf__free(file->points);
    hf__free(file->ring_start);
    hf__free(file);
}

size_t hf__shapefile_n_records(const hf__shapefile *file) {
    return file->n_records;
}

hf_status hf__shapefile_rings(hf_context *ctx, hf__shapefile *file,
                              size_t index, hf__rings *out) {
    assert(index < file->n_records);
    const unsigned char *record = file->shp + file->record_at[index];
    size_t n_points, n_rings;
    hf__shapefile_count(record, &n_rings, &n_points);
    void *points = file->points, *starts = file->ring_start;
    bool has_room = hf__reserve(&points, &file->points_capacity, n_points,
                                sizeof *file->points) &&
                    hf__reserve(&starts, &file->rings_capacity, n_rings + 1,
                                sizeof *file->ring_start);
    file->points = points;
    file->ring_start = starts;
    if (!has_room) {
        return hf__fail_memory(ctx);
    }
    hf__shapefile_copy(record, file->ring_start, file->points);
    *out = (hf__rings){file->points, file->ring_start, n_rings};
    return HF_OK;
}

size_t hf__shapefile_n_fields(const hf__shapefile *file) {
    return (size_t)DBFGetFieldCount(file->table);
}

const char *hf__shapefile_field_name(const hf__shapefile *file, size_t field) {
    return file->field_names[field];
}

bool hf__shapefile_is_deleted(const hf__shapefile *file, size_t index) {
    return DBFIsRecordDeleted(file->table, (int)index);
}

hf_status hf__shapefile_cell(hf_context *ctx, hf__shapefile *file, size_t index,
                             size_t field, hf__str *out) {
    assert(index < file->n_records && field < hf__shapefile_n_fields(file));
    if (DBFIsAttributeNULL(file->table, (int)index, (int)field)) {
        *out = hf__str_of("");
        return HF_OK;
    }
    const char *text =
        DBFReadStringAttribute(file->table, (int)index, (int)field);
    if (!text) {
        char dbf_name[HF__PART_NAME_SIZE];
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s: record %zu can't be read; get the file again",
                        hf__shapefile_part_name(file->label, "dbf", dbf_name),
                        index + 1);
    }
    *out = hf__str_trim(hf__str_of(text));
    return HF_OK;
}

const char *hf__shapefile_dbf_encoding(const hf__shapefile *file) {
    /* The bytes in use for languages of Latin script. ArcGIS writes 0x57 for
     * "ANSI". */
    static const struct {
        unsigned char id;
        const char *encoding;
    } languages[] = {
        {0x01, "CP437"},  {0x02, "CP850"},  {0x03, "CP1252"}, {0x08, "CP865"},
        {0x09, "CP437"},  {0x0A, "CP850"},  {0x0B, "CP437"},  {0x0D, "CP437"},
        {0x0E, "CP850"},  {0x10, "CP850"},  {0x11, "CP437"},  {0x12, "CP850"},
        {0x14, "CP850"},  {0x15, "CP437"},  {0x16, "CP850"},  {0x17, "CP865"},
        {0x18, "CP437"},  {0x19, "CP437"},  {0x1A, "CP850"},  {0x1B, "CP437"},
        {0x1D, "CP850"},  {0x1F, "CP852"},  {0x37, "CP850"},  {0x40, "CP852"},
        {0x57, "CP1252"}, {0x58, "CP1252"}, {0x59, "CP1252"}, {0x64, "CP852"},
        {0x66, "CP865"},  {0x67, "CP861"},  {0xC8, "CP1250"}, {0xCA, "CP1254"},
        {0xCC, "CP1257"}};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (languages[i].id == file->dbf.at[29]) {
            return languages[i].encoding;
        }
    }
    return "";
}
