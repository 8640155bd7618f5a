#include "table/rows.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/units.h"
#include "table/csv.h"

/* Decimals of miles in files. */
#define DECIMALS 4

typedef enum row_place {
    ROW_BLANK,   /* a line without a byte: no row */
    ROW_NOWHERE, /* nothing says where it is: see reason */
    ROW_POINT,
    ROW_AREA
} row_place;

/* A row of a batch. */
typedef struct row {
    hf__csv_record record;
    row_place place;
    hf__reason reason; /* why it is nowhere, or not where the first source
                          should have said */
    size_t source;     /* which source told */
    size_t point;      /* index of a point */
    size_t
        assigned; /* the authority that a directory gives it, or HF_NOWHERE */
    size_t remark, remark_len; /* of a point: where in the worker's remarks */
    const hf__area *area;
} row;

/* What is written into the added columns of a row. */
typedef struct answer {
    hf__str cells; /* delimiter, code, delimiter, name */
    hf_category category;
    hf__reason reason;
    double miles, border_miles; /* NaN: empty */
    double offshore_m;
} answer;

struct hf__worker {
    hf_context *ctx;
    const hf__plan *plan;
    hf__histogram histogram;
    hf__area_cache cache;
    hf__str *cells; /* of one row, up to the last that is needed */
    hf__buf note;
    hf__buf remarks;  /* on points of this batch */
    hf__str no_cells; /* two delimiters */
    char no_cells_text[2];
    row rows[HF__BATCH];
    size_t n_rows, n_points, n_grid;
    hf_lonlat points[HF__BATCH];
    size_t homes[HF__BATCH];
    hf_lonlat origins[HF__BATCH];
    hf__measure measures[HF__BATCH];
    double miles[HF__BATCH]; /* for the histogram */
    hf_xy grid[HF__BATCH];
    size_t grid_row[HF__BATCH]; /* which row a grid coordinate is of */
    hf_lonlat grid_points[HF__BATCH];
};

hf_status hf__worker_new(hf_context *ctx, const hf__plan *plan,
                         hf__worker **out) {
    hf__worker *worker = hf__calloc(1, sizeof *worker);
    if (!worker) {
        return hf__fail_memory(ctx);
    }
    worker->ctx = ctx;
    worker->plan = plan;
    worker->no_cells_text[0] = worker->no_cells_text[1] =
        plan->dialect.delimiter;
    worker->no_cells = (hf__str){worker->no_cells_text, 2};
    for (size_t i = 0; i < HF__BATCH; i++) {
        worker->homes[i] = plan->home;
        worker->origins[i] = plan->origin_point;
    }
    worker->cells = hf__calloc(plan->columns.n_needed, sizeof *worker->cells);
    if (!worker->cells) {
        hf__worker_free(worker);
        return hf__fail_memory(ctx);
    }
    *out = worker;
    return HF_OK;
}

void hf__worker_free(hf__worker *worker) {
    if (!worker) {
        return;
    }
    hf__buf_reset(&worker->note);
    hf__buf_reset(&worker->remarks);
    hf__histogram_reset(&worker->histogram);
    hf__free(worker->cells);
    hf__free(worker);
}

const hf__histogram *hf__worker_histogram(const hf__worker *worker) {
    return &worker->histogram;
}

/* ---- where rows are ---- */

static void set_point(hf__worker *worker, row *it, hf_lonlat point) {
    it->place = ROW_POINT;
    it->assigned = HF_NOWHERE;
    it->remark_len = 0;
    it->point = worker->n_points;
    worker->points[worker->n_points++] = point;
}

/* Grid coordinates are kept, and converted together at the end of the batch. */
static void set_grid(hf__worker *worker, row *it, hf_xy grid) {
    worker->grid[worker->n_grid] = grid;
    worker->grid_row[worker->n_grid++] = (size_t)(it - worker->rows);
    set_point(worker, it, (hf_lonlat){NAN, NAN});
}

static hf_status ask_area(hf__worker *worker, row *it, const hf__source *source,
                          hf__reason *out) {
    hf__named named;
    size_t remark = worker->remarks.len;
    hf_status status =
        hf__areas_find(worker->ctx, worker->plan->areas, &worker->cache,
                       worker->cells[source->column], &named, &worker->remarks);
    if (status) {
        return status;
    }
    bool is_code = source->kind == HF__SOURCE_CODE;
    *out = named.reason == HF__NAME_NOT_FOUND && is_code ? HF__CODE_NOT_FOUND
           : named.reason == HF__NO_NAME && is_code      ? HF__NO_CODE
                                                         : named.reason;
    if (named.reason == HF__PLACED && named.area) {
        it->place = ROW_AREA;
        it->area = named.area;
    } else if (named.reason == HF__PLACED) {
        set_point(worker, it, named.point);
        it->assigned = named.assigned;
        it->remark = remark;
        it->remark_len = worker->remarks.len - remark;
    }
    return HF_OK;
}

/* Asks one source; *out is HF__PLACED when it told. */
static hf_status ask(hf__worker *worker, row *it, const hf__source *source,
                     hf__reason *out) {
    const hf__str *cells = worker->cells;
    hf_lonlat point;
    hf_xy grid;
    if (source->kind == HF__SOURCE_LONLAT) {
        *out = hf__read_lonlat(cells[source->column], cells[source->column2],
                               worker->plan->is_uk, &point);
        if (*out == HF__PLACED) {
            set_point(worker, it, point);
        }
    } else if (source->kind == HF__SOURCE_GRID) {
        *out =
            hf__read_grid(cells[source->column], cells[source->column2], &grid);
        if (*out == HF__PLACED) {
            set_grid(worker, it, grid);
        }
    } else {
        return ask_area(worker, it, source, out);
    }
    return HF_OK;
}

/* The first source that tells. The reason kept is the first that is more than
 * an empty cell. */
static hf_status find_place(hf__worker *worker, row *it) {
    const hf__columns *columns = &worker->plan->columns;
    it->place = ROW_NOWHERE;
    it->reason = HF__PLACED;
    for (size_t i = it->record.n_cells; i < columns->n_needed; i++) {
        worker->cells[i] = (hf__str){"", 0};
    }
    for (size_t i = 0; i < columns->n_sources; i++) {
        hf__reason reason;
        hf_status status = ask(worker, it, &columns->sources[i], &reason);
        if (status) {
            return status;
        }
        if (reason == HF__PLACED) {
            it->source = i;
            return HF_OK;
        }
        if (it->reason == HF__PLACED ||
            (hf__reason_is_empty(it->reason) && !hf__reason_is_empty(reason))) {
            it->reason = reason;
        }
    }
    return HF_OK;
}

/* Reads rows into the batch. *out_open: the row after them ends within quotes.
 */
static hf_status read_batch(hf__worker *worker, hf__csv_reader *reader,
                            bool *out_open) {
    size_t n_needed = worker->plan->columns.n_needed;
    worker->n_rows = worker->n_points = worker->n_grid = 0;
    worker->remarks.len = 0;
    while (worker->n_rows < HF__BATCH) {
        row *it = &worker->rows[worker->n_rows];
        if (!hf__csv_next(reader, worker->cells, n_needed, &it->record)) {
            return HF_OK;
        }
        if (it->record.is_open) {
            *out_open = true;
            return HF_OK;
        }
        it->place = ROW_BLANK;
        if (it->record.n_cells) {
            hf_status status = find_place(worker, it);
            if (status) {
                return status;
            }
        }
        worker->n_rows++;
    }
    return HF_OK;
}

static hf_status convert_grid(hf__worker *worker) {
    if (!worker->n_grid) {
        return HF_OK;
    }
    hf_status status =
        hf__projection_inverse(worker->ctx, worker->plan->grid, worker->grid,
                               worker->n_grid, worker->grid_points);
    for (size_t i = 0; i < worker->n_grid && !status; i++) {
        row *it = &worker->rows[worker->grid_row[i]];
        worker->points[it->point] = worker->grid_points[i];
        if (!hf_lonlat_is_valid(worker->grid_points[i])) {
            it->place = ROW_NOWHERE;
            it->reason = HF__GRID_RANGE;
        }
    }
    return status;
}

/* ---- answers ---- */

static answer answer_point(const hf__worker *worker, const row *it) {
    const hf__plan *plan = worker->plan;
    const hf__measure *measure = &worker->measures[it->point];
    size_t authority = measure->location.authority;
    answer a = {.cells = worker->no_cells,
                .reason = HF__OUTSIDE,
                .border_miles = hf_miles_from_m(measure->border_m),
                .miles = hf_miles_from_m(measure->origin_m)};
    if (plan->origin == HF_ORIGIN_BORDER) {
        a.miles = a.border_miles;
    }
    if (it->assigned != HF_NOWHERE) {
        a.reason = HF__PLACED;
        a.cells = plan->authority_cells[it->assigned];
        a.category = plan->categories[it->assigned];
        return a;
    }
    if (authority == HF_NOWHERE) {
        return a;
    }
    a.reason = HF__PLACED;
    a.cells = plan->authority_cells[authority];
    a.offshore_m = measure->location.offshore_m;
    /* A point on the border of the home authority is covered by its area, even
     * if the neighbour's code sorts first. */
    a.category = measure->border_m == 0 ? HF_CATEGORY_IN_COUNTY
                                        : plan->categories[authority];
    return a;
}

static answer answer_row(const hf__worker *worker, const row *it) {
    if (it->place == ROW_POINT) {
        return answer_point(worker, it);
    }
    if (it->place == ROW_AREA) {
        return (answer){.cells = it->area->cells,
                        .category = it->area->category,
                        .reason = it->area->reason,
                        .miles = it->area->miles,
                        .border_miles = it->area->border_miles};
    }
    return (answer){.cells = worker->no_cells,
                    .reason = it->reason,
                    .miles = NAN,
                    .border_miles = NAN};
}

/* ---- notes ---- */

static void start_remark(hf__buf *note) {
    if (note->len) {
        hf__buf_add_text(note, "; ");
    }
}

static void note_source(const hf__plan *plan, const row *it, hf__buf *note) {
    if (it->place == ROW_NOWHERE || !it->source) {
        return;
    }
    start_remark(note);
    hf__buf_add_format(
        note, "placed by %s (%s)",
        hf__source_kind_text(plan->columns.sources[it->source].kind),
        hf__reason_text(it->reason));
}

static void note_offshore(double offshore_m, hf__buf *note) {
    if (offshore_m > 0) {
        start_remark(note);
        hf__buf_add_format(note, "%.0f m outside the nearest authority",
                           ceil(offshore_m));
    }
}

static void note_area(const hf__worker *worker, const row *it, hf__buf *note) {
    if (it->place == ROW_AREA) {
        start_remark(note);
        hf__buf_add(note, it->area->note.at, it->area->note.len);
    } else if (it->place == ROW_POINT && it->remark_len) {
        start_remark(note);
        hf__buf_add(note, worker->remarks.text + it->remark, it->remark_len);
    }
}

/* A directory's word goes before that of the boundaries, but not in silence. */
static void note_disagreement(const hf__worker *worker, const row *it,
                              hf__buf *note) {
    if (it->place != ROW_POINT || it->assigned == HF_NOWHERE) {
        return;
    }
    size_t located = worker->measures[it->point].location.authority;
    if (located != it->assigned) {
        start_remark(note);
        hf__buf_add_text(note,
                         located == HF_NOWHERE
                             ? "the boundaries have it in no authority"
                             : "the boundaries have it in another authority");
    }
}

static void note_width(const hf__plan *plan, const row *it, hf__buf *note) {
    if (it->record.n_cells != plan->columns.width) {
        start_remark(note);
        hf__buf_add_format(note, "row has %zu cells, the header %zu",
                           it->record.n_cells, plan->columns.width);
    }
}

static hf__str write_note(hf__worker *worker, const row *it, const answer *a) {
    hf__buf *note = &worker->note;
    note->len = 0;
    bool explains_itself = it->place == ROW_AREA; /* its note says why */
    if (a->reason != HF__PLACED && !explains_itself) {
        hf__buf_add_text(note, hf__reason_text(a->reason));
    }
    note_source(worker->plan, it, note);
    note_offshore(a->offshore_m, note);
    note_area(worker, it, note);
    note_disagreement(worker, it, note);
    note_width(worker->plan, it, note);
    return (hf__str){note->text ? note->text : "", note->len};
}

/* ---- writing ---- */

/* Room for `len` more bytes; NULL without memory. */
static char *room(hf__buf *out, size_t len) {
    void *text = out->text;
    if (out->failed || len >= SIZE_MAX - out->len ||
        !hf__reserve(&text, &out->capacity, out->len + len + 1, 1)) {
        out->failed = true;
        return NULL;
    }
    out->text = text;
    return out->text + out->len;
}

static char *put(char *to, const char *bytes, size_t len) {
    memcpy(to, bytes, len);
    return to + len;
}

/* Most that category and numbers take. */
#define NUMBERS_MOST 128

static void write_row(hf__worker *worker, const row *it, const answer *a,
                      hf__buf *out) {
    const hf__plan *plan = worker->plan;
    const hf__csv_record *record = &it->record;
    char delimiter = plan->dialect.delimiter;
    size_t padding = record->n_cells < plan->columns.width
                         ? plan->columns.width - record->n_cells
                         : 0;
    char *to =
        room(out, record->bytes.len + padding + a->cells.len + NUMBERS_MOST);
    if (!to) {
        return;
    }
    to = put(to, record->bytes.at, record->bytes.len);
    memset(to, delimiter, padding);
    to = put(to + padding, a->cells.at, a->cells.len);
    const char *category = hf_category_name(a->category);
    *to++ = delimiter;
    to = put(to, category, strlen(category));
    *to++ = delimiter;
    to += hf__format_fixed(to, a->miles, DECIMALS);
    *to++ = delimiter;
    to += hf__format_fixed(to, a->border_miles, DECIMALS);
    *to++ = delimiter;
    out->len = (size_t)(to - out->text);
    hf__csv_add_cell(out, write_note(worker, it, a), delimiter);
    hf__buf_add(out, record->bytes.at + record->bytes.len, record->line_end);
}

static void write_batch(hf__worker *worker, hf__buf *out, hf__tally *tally) {
    size_t n_miles = 0;
    for (size_t i = 0; i < worker->n_rows; i++) {
        const row *it = &worker->rows[i];
        if (it->place == ROW_BLANK) {
            hf__buf_add(out, it->record.bytes.at, it->record.line_end);
            continue;
        }
        answer a = answer_row(worker, it);
        write_row(worker, it, &a, out);
        hf__tally_row(tally, a.category, a.reason, a.miles);
        if (!isnan(a.miles)) {
            worker->miles[n_miles++] = a.miles;
        }
        tally->ragged += it->record.n_cells != worker->plan->columns.width;
        tally->near_coast += a.offshore_m > 0;
    }
    hf__histogram_count(&worker->histogram, worker->miles, n_miles);
}

hf_status hf__worker_annotate(hf__worker *worker, hf__str records, hf__buf *out,
                              hf__tally *tally) {
    *tally = (hf__tally){0};
    out->len = 0;
    hf__csv_reader reader;
    hf__csv_reader_init(&reader, records.at, records.len,
                        worker->plan->dialect.delimiter);
    bool is_open = false;
    do {
        hf_status status = read_batch(worker, &reader, &is_open);
        if (!status) {
            status = convert_grid(worker);
        }
        if (!status) {
            status = hf__measure_points(worker->ctx, worker->plan->set,
                                        worker->plan->coast_m, worker->points,
                                        worker->homes, worker->origins,
                                        worker->n_points, worker->measures);
        }
        if (status) {
            return status;
        }
        write_batch(worker, out, tally);
    } while (worker->n_rows == HF__BATCH);
    if (out->failed || worker->note.failed || worker->remarks.failed ||
        worker->histogram.failed) {
        return hf__fail_memory(worker->ctx);
    }
    return is_open ? HF_ERR_DAMAGED : HF_OK;
}
