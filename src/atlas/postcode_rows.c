/* Every line ends a row: a directory has no line breaks within cells, and so a
 * stray quote costs one row and not the rest of the file. */
#include "atlas/postcode_rows.h"

#include <math.h>
#include <string.h>

#include "atlas/postcode_columns.h"
#include "base/context.h"
#include "base/memory.h"

#define BUFFER_SIZE ((size_t)512 * 1024)
#define MOST_WHERE 10
#define ROWS_PER_TICK 8192

/* Boxes of the two grids, in metres: generous, yet the Irish box holds no point
 * of Northern Ireland that is given on the British grid (whose northings there
 * begin at some 460 km). */
static const struct {
    uint32_t min_e, max_e, min_n, max_n;
} british = {0, 700000, 0, 1300000}, irish = {170000, 380000, 300000, 456000};

typedef struct reader {
    hf_context *ctx;
    const char *label;
    hf__postcode_builder *builder;
    hf__postcode_tally *tally;
    hf__postcode_columns columns;
    size_t n_needed; /* cells up to the last one that is used */
    uint64_t line;
    bool has_columns;
} reader;

const char *hf__row_fault_text(hf__row_fault fault) {
    switch (fault) {
        case HF__ROW_CELLS:
            return "fewer cells than columns";
        case HF__ROW_QUOTE:
            return "a quote is not closed";
        case HF__ROW_POSTCODE:
            return "not a full postcode";
        case HF__ROW_NUMBER:
            return "easting or northing is not a whole number of metres";
        case HF__ROW_HALF:
            return "an easting without a northing, or the reverse";
        case HF__ROW_OFF_GRID:
            return "outside the British National Grid";
        case HF__ROW_OFF_IRISH_GRID:
            return "a Northern Irish postcode that is not on the Irish Grid";
        case HF__ROW_CODES:
            return "not an authority code";
        case HF__ROW_INDICATOR:
            return "the positional quality is not one of the directory's";
        case HF__ROW_DATE:
            return "the date of introduction or termination is not a date";
        case HF__ROW_OK:
        case HF__ROW_N_FAULTS:
            break;
    }
    return "";
}

void hf__postcode_tally_init(hf__postcode_tally *tally) {
    *tally = (hf__postcode_tally){0};
}

void hf__postcode_tally_reset(hf__postcode_tally *tally) {
    for (int i = 0; i < HF__ROW_N_FAULTS; i++) {
        hf__buf_reset(&tally->where[i]);
    }
    hf__buf_reset(&tally->columns);
    hf__postcode_tally_init(tally);
}

/* ---- cells ------------------------------------------------------------- */

static hf__str cell_of(const hf__str *cells, int column) {
    return column < 0 ? (hf__str){"", 0} : hf__str_trim(cells[column]);
}

/* A whole number below ten million, however it is written. */
static bool read_metres(hf__str cell, uint32_t *out) {
    uint32_t value = 0;
    size_t i = 0;
    while (i < cell.len && i < 8 && cell.at[i] >= '0' && cell.at[i] <= '9') {
        value = value * 10 + (uint32_t)(cell.at[i++] - '0');
    }
    if (i == cell.len) {
        *out = value;
        return true;
    }
    double number; /* "385386.0", "4e5" */
    if (!hf__parse_double(cell, &number) || number < 0 || number > 1e7 ||
        number != floor(number)) {
        return false;
    }
    *out = (uint32_t)number;
    return true;
}

/* yyyymm, also with a sign between: 0 if it is none. */
static int read_month(hf__str cell) {
    int value = 0, digits = 0;
    for (size_t i = 0; i < cell.len && digits < 6; i++) {
        char c = cell.at[i];
        if (c >= '0' && c <= '9') {
            value = value * 10 + c - '0';
            digits++;
        } else if (digits != 4 || (c != '-' && c != '/')) {
            return 0;
        }
    }
    int month = value % 100;
    bool is_date = digits == 6 && value >= 190001 && month >= 1 && month <= 12;
    return is_date ? value : 0;
}

static hf__row_fault read_point(const reader *r, const hf__str *cells,
                                hf__postcode_row *row) {
    hf__str easting = cell_of(cells, r->columns.easting);
    hf__str northing = cell_of(cells, r->columns.northing);
    if (!easting.len && !northing.len) {
        return HF__ROW_OK;
    }
    if (!easting.len || !northing.len) {
        return HF__ROW_HALF;
    }
    uint32_t e, n;
    if (!read_metres(easting, &e) || !read_metres(northing, &n)) {
        return HF__ROW_NUMBER;
    }
    double latitude;
    hf__str cell = cell_of(cells, r->columns.latitude);
    bool is_nowhere = hf__parse_double(cell, &latitude) && latitude > 90;
    if ((!e && !n) || row->quality == 9 || is_nowhere) {
        return HF__ROW_OK;
    }
    if (hf__outward_is_irish(row->key.outward)) {
        if (e < irish.min_e || e > irish.max_e || n < irish.min_n ||
            n > irish.max_n) {
            return HF__ROW_OFF_IRISH_GRID;
        }
    } else if (e > british.max_e || n > british.max_n) {
        return HF__ROW_OFF_GRID;
    }
    row->has_point = true;
    row->easting = e;
    row->northing = n;
    return HF__ROW_OK;
}

static hf__row_fault read_quality(const reader *r, const hf__str *cells,
                                  hf__postcode_row *row) {
    hf__str cell = cell_of(cells, r->columns.quality);
    uint32_t value = 0;
    if (cell.len && !read_metres(cell, &value)) {
        return HF__ROW_INDICATOR;
    }
    if (r->columns.quality_in_tens) {
        value /= 10;
    }
    if (value > 9) {
        return HF__ROW_INDICATOR;
    }
    row->quality = value;
    return HF__ROW_OK;
}

static bool is_code(hf__str cell) {
    if (cell.len >= HF__POSTCODES_CODE_SIZE) {
        return false;
    }
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
              (c >= 'a' && c <= 'z'))) {
            return false;
        }
    }
    return true;
}

static hf__row_fault read_codes(const reader *r, const hf__str *cells,
                                hf__postcode_row *row) {
    row->authority = cell_of(cells, r->columns.authority);
    row->county = cell_of(cells, r->columns.county);
    /* E99999999 and its like stand for no county at all. */
    if (row->county.len == 9 && !memcmp(row->county.at + 1, "99999999", 8)) {
        row->county.len = 0;
    }
    return is_code(row->authority) && is_code(row->county) ? HF__ROW_OK
                                                           : HF__ROW_CODES;
}

static hf__row_fault read_life(const reader *r, const hf__str *cells,
                               hf__postcode_row *row) {
    hf__str introduced = cell_of(cells, r->columns.introduced);
    hf__str terminated = cell_of(cells, r->columns.terminated);
    int from = read_month(introduced), until = read_month(terminated);
    if ((introduced.len && !from) || (terminated.len && !until)) {
        return HF__ROW_DATE;
    }
    if (r->columns.terminated >= 0) {
        row->life = terminated.len ? HF_POSTCODE_TERMINATED : HF_POSTCODE_LIVE;
    } else if (r->columns.is_code_point) {
        row->life = HF_POSTCODE_LIVE; /* it has no others */
    }
    int newest = from > until ? from : until;
    if (newest > r->tally->newest) {
        r->tally->newest = newest;
    }
    return HF__ROW_OK;
}

static hf__row_fault read_cells(const reader *r, const hf__str *cells,
                                hf__postcode_row *row) {
    hf__str text = cell_of(cells, r->columns.postcode);
    hf_postcode postcode;
    if (!hf_postcode_parse(text.at, text.len, &postcode) ||
        postcode.kind != HF_POSTCODE_FULL) {
        return HF__ROW_POSTCODE;
    }
    row->key = hf__postcode_key_of(&postcode);
    hf__row_fault fault = read_quality(r, cells, row);
    if (!fault) {
        fault = read_point(r, cells, row);
    }
    if (!fault) {
        fault = read_codes(r, cells, row);
    }
    return fault ? fault : read_life(r, cells, row);
}

/* ---- rows -------------------------------------------------------------- */

static void count_fault(reader *r, hf__row_fault fault) {
    hf__postcode_tally *tally = r->tally;
    if (tally->faults[fault]++ < MOST_WHERE) {
        hf__buf *where = &tally->where[fault];
        hf__buf_add_format(where, "%s%s:%llu", where->len ? ", " : "", r->label,
                           (unsigned long long)r->line);
    }
}

static void describe_columns(reader *r, const hf__str *cells) {
    static const char *const none = "none";
    const struct {
        const char *what;
        int column;
    } used[] = {{"postcode", r->columns.postcode},
                {"easting", r->columns.easting},
                {"northing", r->columns.northing},
                {"authority", r->columns.authority},
                {"county", r->columns.county},
                {"quality", r->columns.quality},
                {"termination", r->columns.terminated}};
    hf__buf *out = &r->tally->columns;
    for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
        hf__buf_add_format(out, "%s%s: ", i ? ", " : "", used[i].what);
        if (used[i].column < 0) {
            hf__buf_add_text(out, none);
        } else if (r->columns.is_header) {
            hf__str name = hf__str_trim(cells[used[i].column]);
            hf__buf_add(out, name.at, name.len);
        } else {
            hf__buf_add_format(out, "#%d", used[i].column + 1);
        }
    }
}

static size_t count_needed(const hf__postcode_columns *columns) {
    const int used[] = {
        columns->postcode,   columns->easting,    columns->northing,
        columns->authority,  columns->county,     columns->quality,
        columns->introduced, columns->terminated, columns->latitude};
    int last = 0;
    for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
        last = used[i] > last ? used[i] : last;
    }
    return (size_t)last + 1;
}

static hf_status read_first_row(reader *r, const hf__str *cells, size_t n) {
    hf_status status =
        hf__postcode_columns_find(r->ctx, cells, n, r->label, &r->columns);
    if (status) {
        return status;
    }
    r->has_columns = true;
    r->n_needed = count_needed(&r->columns);
    if (!r->tally->columns.len) {
        describe_columns(r, cells);
    }
    if (r->columns.authority < 0) {
        hf__warn(r->ctx,
                 "%s: no column of authority codes (oslaua, laua, lad25cd): "
                 "the boundary file alone will tell where a postcode lies",
                 r->label);
    }
    r->tally->is_code_point = r->columns.is_code_point;
    if (r->columns.terminated >= 0 || r->columns.is_code_point) {
        r->tally->has_life = true;
    } else {
        r->tally->has_no_life = true;
    }
    return HF_OK;
}

static hf_status read_line(reader *r, char *line, size_t len) {
    r->line++;
    if (r->line == 1 && len >= 3 && !memcmp(line, "\xEF\xBB\xBF", 3)) {
        line += 3;
        len -= 3;
    }
    if (len && line[len - 1] == '\r') {
        len--;
    }
    if (!hf__str_trim((hf__str){line, len}).len) {
        return HF_OK;
    }
    hf__str cells[HF__POSTCODE_MOST_CELLS];
    size_t most = r->has_columns ? r->n_needed : HF__POSTCODE_MOST_CELLS;
    size_t n = hf__postcode_split(line, len, cells, most);
    if (!r->has_columns) {
        hf_status status = read_first_row(r, cells, n);
        if (status || r->columns.is_header) {
            return status;
        }
    }
    r->tally->rows++;
    hf__postcode_row row = {.has_point = false};
    hf__row_fault fault = HF__ROW_OK;
    if (n < r->n_needed) {
        fault = n ? HF__ROW_CELLS : HF__ROW_QUOTE;
    } else {
        fault = read_cells(r, cells, &row);
    }
    if (fault) {
        count_fault(r, fault);
        return HF_OK;
    }
    bool is_again;
    hf_status status =
        hf__postcode_builder_add(r->ctx, r->builder, &row, &is_again);
    if (!status && is_again) {
        r->tally->duplicates++;
    }
    return status;
}

static hf_status read_lines(reader *r, hf__source *source, char *buffer,
                            hf__postcode_tick tick, void *user) {
    size_t have = 0; /* bytes of a line that is not whole yet */
    for (;;) {
        size_t n;
        hf_status status = hf__source_read(r->ctx, source, buffer + have,
                                           BUFFER_SIZE - have, &n);
        if (status) {
            return status;
        }
        char *line = buffer;
        char *end = buffer + have + n;
        char *stop;
        while ((stop = memchr(line, '\n', (size_t)(end - line)))) {
            status = read_line(r, line, (size_t)(stop - line));
            if (!status && tick && r->line % ROWS_PER_TICK == 0) {
                status = tick(user, source);
            }
            if (status) {
                return status;
            }
            line = stop + 1;
        }
        have = (size_t)(end - line);
        if (!n) {
            return have ? read_line(r, line, have) : HF_OK;
        }
        if (have == BUFFER_SIZE) {
            return hf__fail(r->ctx, HF_ERR_DAMAGED,
                            "%s:%llu: a line of more than %zu bytes: not a "
                            "postcode directory",
                            r->label, (unsigned long long)r->line + 1,
                            BUFFER_SIZE);
        }
        memmove(buffer, line, have);
    }
}

hf_status hf__postcode_rows_read(hf_context *ctx, hf__source *source,
                                 const char *label,
                                 hf__postcode_builder *builder,
                                 hf__postcode_tick tick, void *user,
                                 hf__postcode_tally *tally) {
    char *buffer = hf__calloc(BUFFER_SIZE, 1);
    if (!buffer) {
        return hf__fail_memory(ctx);
    }
    reader r = {.ctx = ctx, .label = label, .builder = builder, .tally = tally};
    hf_status status = read_lines(&r, source, buffer, tick, user);
    hf__free(buffer);
    return status;
}
