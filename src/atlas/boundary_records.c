#include "atlas/boundary_records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "shape/shapefile_check.h"

/* What the calls below share. */
typedef struct reader {
    hf_context *ctx;
    hf__shapefile *file;
    const hf_shapefile_bytes *bytes;
    const hf__boundary_fields *fields;
    const char *encoding;
} reader;

static bool is_known_encoding(const char *encoding) {
    hf__buf nothing;
    hf__buf_init(&nothing);
    hf_status status = hf__to_utf8(hf__str_of(""), encoding, &nothing);
    hf__buf_reset(&nothing);
    return status != HF_ERR_NOT_FOUND;
}

/* The spelling of iconv for what .cpg files say. */
static bool read_cpg(const hf_shapefile_bytes *bytes, char *out, size_t size) {
    static const struct {
        const char *said, *encoding;
    } spellings[] = {{"UTF8", "UTF-8"},
                     {"UTF-8", "UTF-8"},
                     {"65001", "UTF-8"},
                     {"CP65001", "UTF-8"},
                     {"1252", "CP1252"},
                     {"CP1252", "CP1252"},
                     {"ANSI 1252", "CP1252"},
                     {"ANSI1252", "CP1252"},
                     {"ANSI", "CP1252"},
                     {"WINDOWS-1252", "CP1252"},
                     {"88591", "ISO-8859-1"},
                     {"ISO88591", "ISO-8859-1"},
                     {"ISO-8859-1", "ISO-8859-1"},
                     {"8859-1", "ISO-8859-1"},
                     {"ISO 8859-1", "ISO-8859-1"},
                     {"LATIN1", "ISO-8859-1"},
                     {"LATIN-1", "ISO-8859-1"},
                     {"US-ASCII", "CP1252"},
                     {"ASCII", "CP1252"}};
    hf__str text = {bytes->cpg, bytes->cpg_len};
    if (text.len >= 3 && !memcmp(text.at, "\xEF\xBB\xBF", 3)) {
        text = (hf__str){text.at + 3, text.len - 3};
    }
    text = hf__str_trim(text);
    if (!text.len || text.len >= size) {
        return false;
    }
    memcpy(out, text.at, text.len);
    out[text.len] = '\0';
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (hf__str_is_nocase(text, spellings[i].said)) {
            snprintf(out, size, "%s", spellings[i].encoding);
            return true;
        }
    }
    return strlen(out) == text.len && is_known_encoding(out);
}

/* All bytes whose encoding matters: the cells of code, name and Welsh name. */
static hf_status gather_text(const reader *in, hf__buf *out) {
    const size_t wanted[] = {in->fields->code, in->fields->name,
                             in->fields->name_cy};
    for (size_t i = 0; i < hf__shapefile_n_records(in->file); i++) {
        for (size_t k = 0; k < 3; k++) {
            hf__str cell;
            if (wanted[k] == HF__NO_FIELD) {
                continue;
            }
            hf_status status =
                hf__shapefile_cell(in->ctx, in->file, i, wanted[k], &cell);
            if (status) {
                return status;
            }
            hf__buf_add(out, cell.at, cell.len);
            hf__buf_add_char(out, '\n');
        }
    }
    return out->failed ? hf__fail_memory(in->ctx) : HF_OK;
}

static bool has_accents(const hf__buf *text) {
    for (size_t i = 0; i < text->len; i++) {
        if ((unsigned char)text->text[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

/* The encoding by what the file says, checked against its bytes: text that is
 * valid UTF-8 with accents in it is never anything else by chance. */
static const char *choose_encoding(const reader *in, const hf__buf *text,
                                   char *said, size_t size) {
    char name[HF__PART_NAME_SIZE];
    const char *source = "cpg";
    if (!in->bytes->cpg || !read_cpg(in->bytes, said, size)) {
        if (in->bytes->cpg) {
            hf__warn(in->ctx, "%s: names no known encoding; the bytes decide",
                     hf__shapefile_part_name(in->bytes->label, "cpg", name));
        }
        source = "dbf";
        snprintf(said, size, "%s", hf__shapefile_dbf_encoding(in->file));
    }
    bool is_utf8 = hf__utf8_is_valid(text->text, text->len);
    if (!*said) {
        return is_utf8 ? "UTF-8" : "CP1252";
    }
    bool says_utf8 = !strcmp(said, "UTF-8");
    if (!has_accents(text) || says_utf8 == is_utf8) {
        return said;
    }
    hf__warn(in->ctx, "%s: says %s, but the text is %s; read as %s",
             hf__shapefile_part_name(in->bytes->label, source, name), said,
             is_utf8 ? "UTF-8" : "not", is_utf8 ? "UTF-8" : "CP1252");
    return is_utf8 ? "UTF-8" : "CP1252";
}

static hf_status decide_encoding(const reader *in,
                                 const hf_boundaries_options *options,
                                 char **out) {
    char said[64] = "";
    const char *encoding = options->encoding;
    hf_status status = HF_OK;
    hf__buf text;
    hf__buf_init(&text);
    if (encoding) {
        if (!is_known_encoding(encoding)) {
            return hf__fail(in->ctx, HF_ERR_NOT_FOUND,
                            "\"%s\" is no known encoding; UTF-8, CP1252 and "
                            "ISO-8859-1 are usual",
                            encoding);
        }
    } else {
        if ((status = gather_text(in, &text))) {
            goto done;
        }
        encoding = choose_encoding(in, &text, said, sizeof said);
    }
    *out = hf__strdup(encoding);
    if (!*out) {
        status = hf__fail_memory(in->ctx);
    }
done:
    hf__buf_reset(&text);
    return status;
}

/* A cell in UTF-8, to be freed; "" where there is no such field. */
static hf_status read_text(const reader *in, size_t index, size_t field,
                           char **out) {
    hf__str cell = hf__str_of("");
    hf_status status = HF_OK;
    if (field != HF__NO_FIELD &&
        (status = hf__shapefile_cell(in->ctx, in->file, index, field, &cell))) {
        return status;
    }
    hf__buf text;
    hf__buf_init(&text);
    if (!strcmp(in->encoding, "UTF-8")) {
        status = hf__utf8_is_valid(cell.at, cell.len) ? HF_OK : HF_ERR_DAMAGED;
        hf__buf_add(&text, cell.at, cell.len);
    } else {
        status = hf__to_utf8(cell, in->encoding, &text);
    }
    if (status == HF_ERR_DAMAGED) {
        char name[HF__PART_NAME_SIZE];
        hf__fail(in->ctx, status,
                 "%s: record %zu: field %s holds bytes that %s does not have; "
                 "name the encoding with --encoding",
                 hf__shapefile_part_name(in->bytes->label, "dbf", name),
                 index + 1, hf__shapefile_field_name(in->file, field),
                 in->encoding);
    } else if (status) {
        hf__fail_memory(in->ctx);
    } else {
        hf__str trimmed =
            hf__str_trim((hf__str){text.text ? text.text : "", text.len});
        *out = hf__strndup(trimmed.at, trimmed.len);
        status = *out ? HF_OK : hf__fail_memory(in->ctx);
    }
    hf__buf_reset(&text);
    return status;
}

static void reset_record(hf__boundary_record *record) {
    hf__free(record->code);
    hf__free(record->name);
    hf__free(record->name_cy);
    *record = (hf__boundary_record){0};
}

static hf_status read_years(const reader *in, size_t index,
                            hf__boundary_record *record) {
    const size_t fields[] = {in->fields->start, in->fields->end};
    int *const years[] = {&record->first_year, &record->last_year};
    for (size_t i = 0; i < 2 && fields[i] != HF__NO_FIELD; i++) {
        hf__str cell;
        hf_status status =
            hf__shapefile_cell(in->ctx, in->file, index, fields[i], &cell);
        if (status) {
            return status;
        }
        hf__boundary_year(cell, years[i]); /* the field was checked whole */
    }
    return HF_OK;
}

/* Reads a record; its code is NULL where it is left out. */
static hf_status read_record(const reader *in, size_t index,
                             hf__boundary_record *out) {
    hf_status status;
    hf__boundary_record record = {.index = index};
    char name[HF__PART_NAME_SIZE];
    if (hf__shapefile_is_deleted(in->file, index)) {
        hf__warn(in->ctx, "%s: record %zu is marked as deleted; left out",
                 hf__shapefile_part_name(in->bytes->label, "dbf", name),
                 index + 1);
        *out = record;
        return HF_OK;
    }
    if ((status = read_text(in, index, in->fields->code, &record.code)) ||
        (status = read_text(in, index, in->fields->name, &record.name)) ||
        (status = read_text(in, index, in->fields->name_cy, &record.name_cy)) ||
        (status = read_years(in, index, &record))) {
        reset_record(&record);
        return status;
    }
    if (!*record.code) {
        hf__warn(in->ctx, "%s: record %zu has no code in %s; left out",
                 hf__shapefile_part_name(in->bytes->label, "dbf", name),
                 index + 1,
                 hf__shapefile_field_name(in->file, in->fields->code));
        reset_record(&record);
    }
    if (record.code && !*record.name) {
        hf__warn(in->ctx,
                 "%s: record %zu (%s) has no name in %s; called by "
                 "its code",
                 hf__shapefile_part_name(in->bytes->label, "dbf", name),
                 index + 1, record.code,
                 hf__shapefile_field_name(in->file, in->fields->name));
        hf__free(record.name);
        record.name = hf__strdup(record.code);
        if (!record.name) {
            reset_record(&record);
            return hf__fail_memory(in->ctx);
        }
    }
    *out = record;
    return HF_OK;
}

static void widen(int *earliest, int *latest, int year) {
    if (year && (!*earliest || year < *earliest)) {
        *earliest = year;
    }
    if (year > *latest) {
        *latest = year;
    }
}

static int compare_records(const void *a, const void *b) {
    const hf__boundary_record *one = a, *two = b;
    int order = strcmp(one->code, two->code);
    if (order) {
        return order;
    }
    return (one->index > two->index) - (one->index < two->index);
}

/* Keeps the records in operation in a year; year 0 keeps those that have not
 * ended, or where all have, those that ended last. */
static void select_by_year(hf__boundary_records *records, int year) {
    bool any_open = false;
    int last = 0;
    for (size_t i = 0; i < records->n; i++) {
        any_open |= records->list[i].last_year == 0;
        widen(&(int){0}, &last, records->list[i].last_year);
    }
    size_t kept = 0;
    for (size_t i = 0; i < records->n; i++) {
        hf__boundary_record *record = &records->list[i];
        bool keeps = year
                         ? record->first_year <= year &&
                               (!record->last_year || record->last_year >= year)
                         : record->last_year == (any_open ? 0 : last);
        if (keeps) {
            hf__boundary_record moved = *record;
            *record = (hf__boundary_record){0};
            records->list[kept++] = moved;
        } else {
            reset_record(record);
        }
    }
    records->n = kept;
}

static hf_status read_all(const reader *in, hf__boundary_records *records) {
    size_t n = hf__shapefile_n_records(in->file);
    records->list = hf__calloc(n, sizeof *records->list);
    if (!records->list) {
        return hf__fail_memory(in->ctx);
    }
    for (size_t i = 0; i < n; i++) {
        hf__boundary_record record;
        hf_status status = read_record(in, i, &record);
        if (status) {
            return status;
        }
        if (record.code) {
            widen(&records->earliest_year, &records->latest_year,
                  record.first_year);
            widen(&records->earliest_year, &records->latest_year,
                  record.last_year);
            records->list[records->n++] = record;
        }
    }
    return HF_OK;
}

hf_status hf__boundary_records_read(hf_context *ctx, hf__shapefile *file,
                                    const hf_shapefile_bytes *bytes,
                                    const hf_boundaries_options *options,
                                    const hf__boundary_fields *fields,
                                    hf__boundary_records *out) {
    hf__boundary_records records = {0};
    reader in = {ctx, file, bytes, fields, NULL};
    hf_status status = decide_encoding(&in, options, &records.encoding);
    in.encoding = records.encoding;
    if (status || (status = read_all(&in, &records))) {
        goto done;
    }
    select_by_year(&records, options->as_of / 10000);
    if (!records.n) {
        status = options->as_of
                     ? hf__fail(ctx, HF_ERR_NOT_FOUND,
                                "%s: no authority of the file existed in %d",
                                bytes->label, options->as_of / 10000)
                     : hf__fail(ctx, HF_ERR_NOT_FOUND,
                                "%s: no record with a code", bytes->label);
        goto done;
    }
    qsort(records.list, records.n, sizeof *records.list, compare_records);
    *out = records;
    records = (hf__boundary_records){0};
done:
    hf__boundary_records_reset(&records);
    return status;
}

void hf__boundary_records_reset(hf__boundary_records *records) {
    for (size_t i = 0; i < records->n; i++) {
        reset_record(&records->list[i]);
    }
    hf__free(records->list);
    hf__free(records->encoding);
    *records = (hf__boundary_records){0};
}
