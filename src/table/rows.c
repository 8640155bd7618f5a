#include "table/rows.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/units.h"
#include "table/worker.h"

/* Decimals of miles in files. */
#define DECIMALS 4

/* What is written into the added columns of a row. */
typedef struct answer {
    hf__str cells;       /* delimiter, code, delimiter, name */
    size_t authority;    /* where it is one; HF_NOWHERE otherwise */
    unsigned categories; /* as a set; empty: unknown */
    hf__reason reason;
    double miles, border_miles, home_miles; /* NaN: empty */
    hf_lonlat at;                           /* what they are measured to */
    double offshore_m;
    hf_ssda903_row official; /* of a return only */
} answer;

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
    worker->all_cells = hf__calloc(HF__TOGETHER * plan->columns.n_needed,
                                   sizeof *worker->all_cells);
    worker->homes =
        hf__calloc(hf_boundaries_count(plan->set) + 1, sizeof *worker->homes);
    if (!worker->all_cells || !worker->homes) {
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
    hf__buf_reset(&worker->scratch);
    hf__buf_reset(&worker->remarks);
    hf__histogram_reset(&worker->histogram);
    hf__free(worker->all_cells);
    hf__free((void *)worker->homes);
    hf__free(worker);
}

const hf__histogram *hf__worker_histogram(const hf__worker *worker) {
    return &worker->histogram;
}

/* ---- reading ---- */

static void keep_cells(hf__worker *worker) {
    const hf__columns *columns = &worker->plan->columns;
    for (size_t k = 0; k < columns->n_kept; k++) {
        if (columns->kept[k] == HF__NO_COLUMN) {
            hf__found_add_lacking(worker->found);
        } else {
            hf__found_add_cell(worker->found, &worker->plan->dialect,
                               worker->cells[columns->kept[k]]);
        }
    }
}

/* The cells of row i of the batch; those of the rows just before it are kept.
 */
static hf__str *cells_of(const hf__worker *worker, size_t i) {
    return worker->all_cells +
           i % HF__TOGETHER * worker->plan->columns.n_needed;
}

/* Reads the cells of row i. False at the end of the records. *out_open: the row
 * ends within quotes. */
static bool read_row(hf__worker *worker, hf__csv_reader *reader, size_t i,
                     bool *out_open) {
    size_t n_needed = worker->plan->columns.n_needed;
    hf__csv_record *record = &worker->rows[i].record;
    hf__str *cells = cells_of(worker, i);
    if (!hf__csv_next(reader, cells, n_needed, record)) {
        return false;
    }
    *out_open = record->is_open;
    for (size_t k = record->n_cells; k < n_needed; k++) {
        cells[k] = (hf__str){"", 0};
    }
    return !record->is_open;
}

static hf_status find_row(hf__worker *worker, size_t i) {
    hf__row *it = &worker->rows[i];
    worker->cells = cells_of(worker, i);
    it->place = HF__ROW_BLANK;
    if (it->record.n_cells) {
        hf_status status = hf__worker_find(worker, it);
        if (status) {
            return status;
        }
        keep_cells(worker);
    }
    return HF_OK;
}

/* Reads rows into the batch. *out_open: the row after them ends within quotes.
 * A row with postcodes is found some rows after it was read, for what it needs
 * to be fetched from memory meanwhile. */
static hf_status read_batch(hf__worker *worker, hf__csv_reader *reader,
                            bool *out_open) {
    bool has_postcodes = worker->plan->columns.has_postcodes, is_more = true;
    size_t n_read = 0, behind = has_postcodes ? HF__TOGETHER - 1 : 0;
    worker->n_rows = worker->n_points = worker->n_grid = 0;
    worker->remarks.len = 0;
    while (is_more || worker->n_rows < n_read) {
        is_more = is_more && n_read < HF__BATCH &&
                  read_row(worker, reader, n_read, out_open);
        if (is_more && has_postcodes) {
            hf__worker_fetch(worker, cells_of(worker, n_read));
        }
        n_read += is_more;
        if (worker->n_rows + (is_more ? behind : 0) < n_read) {
            hf_status status = find_row(worker, worker->n_rows);
            if (status) {
                return status;
            }
            worker->n_rows++;
        }
    }
    return HF_OK;
}

/* ---- answers ---- */

static void set_authority(const hf__worker *worker, size_t authority,
                          answer *a) {
    a->authority = authority;
    a->cells = worker->plan->authority_cells[authority];
}

/* What the directory says of a postcode, and of the middle of several. */
static void assign(const hf__worker *worker, const hf__row *it, answer *a) {
    if (it->assigned != HF_NOWHERE) {
        set_authority(worker, it->assigned, a);
    }
    a->categories =
        it->is_part ? it->categories : it->home->categories[it->assigned];
    a->reason = it->is_part ? it->part_reason : HF__PLACED;
}

static void answer_point(const hf__worker *worker, const hf__row *it,
                         answer *a) {
    const hf__plan *plan = worker->plan;
    const hf__measure *measure = &worker->measures[it->point];
    size_t authority = measure->location.authority;
    a->at = worker->points[it->point];
    a->border_miles = hf_miles_from_m(measure->border_m);
    a->miles = plan->origin == HF_ORIGIN_BORDER
                   ? a->border_miles
                   : hf_miles_from_m(measure->origin_m);
    if (it->assigned != HF_NOWHERE || it->is_part) {
        assign(worker, it, a);
    } else if (authority == HF_NOWHERE) {
        a->reason = HF__OUTSIDE;
    } else {
        set_authority(worker, authority, a);
        a->offshore_m = measure->location.offshore_m;
        /* A point on the border of the home authority is covered by its area,
         * even if the neighbour's code sorts first. */
        a->categories = measure->border_m == 0
                            ? hf_category_set(HF_CATEGORY_IN_COUNTY)
                            : it->home->categories[authority];
    }
}

static void answer_area(const hf__area *area, answer *a) {
    a->cells = area->cells;
    a->categories = area->categories;
    a->miles = area->miles;
    a->border_miles = area->border_miles;
    a->at = area->centre;
}

static void answer_row(const hf__worker *worker, const hf__row *it, answer *a) {
    a->cells = worker->no_cells;
    a->authority = HF_NOWHERE;
    a->categories = 0;
    a->reason = HF__PLACED;
    a->miles = a->border_miles = a->home_miles = NAN;
    a->offshore_m = 0;
    if (it->place == HF__ROW_POINT) {
        answer_point(worker, it, a);
    } else if (it->place == HF__ROW_AREA) {
        answer_area(it->area, a);
    } else {
        if (it->assigned != HF_NOWHERE) {
            assign(worker, it, a);
        }
        a->reason = it->reason;
        return;
    }
    if (a->reason == HF__PLACED) {
        a->reason = it->home_reason;
    }
    if (worker->plan->columns.home_postcode != HF__NO_COLUMN &&
        it->from_reason == HF__PLACED) {
        a->home_miles = hf_miles_from_m(hf_geodesic_dist_m(it->from, a->at));
    }
}

/* ---- returns ---- */

/* What the derived fields of a return should say. */
static void derive(const hf__worker *worker, const hf__row *it, answer *a) {
    const hf__plan *plan = worker->plan;
    const hf__return *official = &plan->columns.official;
    bool is_episode = official->kind == HF__RETURN_EPISODES;
    size_t column = plan->columns.sources[it->source].column;
    bool is_told =
        it->place == HF__ROW_NOWHERE ||
        column == (is_episode ? official->pl_post : official->la_placement);
    hf__return_place place = {.la = ""};
    a->official.home = it->home_end;
    a->official.placement = it->placement_end;
    a->official.home.lonlat = it->from;
    if (is_told && a->authority != HF_NOWHERE) {
        place.la =
            hf__return_la(hf_boundaries_authority(plan->set, a->authority));
    } else if (is_told && it->place == HF__ROW_AREA) {
        place.la = hf__return_la_of_all(plan->set, it->area->authorities,
                                        it->area->n_authorities);
    } else if (is_told) {
        place.la = it->country_la;
    }
    if (is_told) {
        place.categories = a->categories;
        a->official.placement.lonlat = a->at;
    }
    hf__return_derive(official->kind, &it->says, &place, &a->official);
}

/* ---- notes ---- */

static void start_remark(hf__buf *note) {
    if (note->len) {
        hf__buf_add_text(note, "; ");
    }
}

static void note_source(const hf__plan *plan, const hf__row *it,
                        hf__buf *note) {
    if (it->place == HF__ROW_NOWHERE || !it->source) {
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

static void note_area(const hf__worker *worker, const hf__row *it,
                      hf__buf *note) {
    if (it->place == HF__ROW_AREA) {
        start_remark(note);
        hf__buf_add(note, it->area->note.at, it->area->note.len);
    } else if (it->place == HF__ROW_POINT && it->remark_len) {
        start_remark(note);
        hf__buf_add(note, worker->remarks.text + it->remark, it->remark_len);
    }
}

/* A directory's word goes before that of the boundaries, but not in silence. */
static void note_disagreement(const hf__worker *worker, const hf__row *it,
                              hf__buf *note) {
    if (it->place != HF__ROW_POINT || it->assigned == HF_NOWHERE) {
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

/* From this quality on a point is no place of the postcode's own. */
#define QUALITY_POOR 5

static void note_quality(const hf__row *it, hf__buf *note) {
    if (it->place == HF__ROW_POINT && it->quality >= QUALITY_POOR) {
        start_remark(note);
        hf__buf_add_format(note, "the postcode's point: %s",
                           hf_postcode_quality_text(it->quality));
    }
}

/* Whatever else there is to say of homes, when the reason was another. */
static void note_homes(const hf__row *it, const answer *a, hf__buf *note) {
    if (it->home_reason != HF__PLACED && a->reason != it->home_reason) {
        start_remark(note);
        hf__buf_add_text(note, hf__reason_text(it->home_reason));
    }
    if (it->from_reason != HF__PLACED && it->place != HF__ROW_NOWHERE) {
        start_remark(note);
        hf__buf_add_format(note, "home: %s", hf__reason_text(it->from_reason));
    }
}

static void note_official(const hf__plan *plan, const answer *a,
                          hf__buf *note) {
    hf__return_kind kind = plan->columns.official.kind;
    const char *text = kind ? hf__return_note(kind, &a->official) : "";
    if (*text) {
        start_remark(note);
        hf__buf_add_text(note, text);
    }
}

static void note_width(const hf__plan *plan, const hf__row *it, hf__buf *note) {
    if (it->record.n_cells != plan->columns.width) {
        start_remark(note);
        hf__buf_add_format(
            note, "row has %zu cell%s, the header %zu", it->record.n_cells,
            it->record.n_cells == 1 ? "" : "s", plan->columns.width);
    }
}

static hf__str write_note(hf__worker *worker, const hf__row *it,
                          const answer *a) {
    hf__buf *note = &worker->note;
    note->len = 0;
    if (a->reason != HF__PLACED) {
        hf__buf_add_text(note, hf__reason_text(a->reason));
    }
    note_source(worker->plan, it, note);
    note_offshore(a->offshore_m, note);
    note_area(worker, it, note);
    note_quality(it, note);
    note_disagreement(worker, it, note);
    note_homes(it, a, note);
    note_official(worker->plan, a, note);
    note_width(worker->plan, it, note);
    return (hf__str){note->text ? note->text : "", note->len};
}

/* ---- writing ---- */

/* Room for `len` more bytes; NULL without memory. */
static char *room(hf__buf *out, size_t len) {
    if (len < out->capacity - out->len && !out->failed) { /* nearly always */
        return out->text + out->len;
    }
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

/* Most that category, numbers and the line end take. */
#define NUMBERS_MOST 300

static void write_row(hf__worker *worker, const hf__row *it, const answer *a,
                      hf__buf *out) {
    const hf__plan *plan = worker->plan;
    const hf__csv_record *record = &it->record;
    char delimiter = plan->dialect.delimiter;
    size_t padding = record->n_cells < plan->columns.width
                         ? plan->columns.width - record->n_cells
                         : 0;
    hf__str note = write_note(worker, it, a);
    char *to =
        room(out, record->bytes.len + padding + a->cells.len + NUMBERS_MOST);
    if (!to) {
        return;
    }
    to = put(to, record->bytes.at, record->bytes.len);
    if (padding) {
        memset(to, delimiter, padding);
        to += padding;
    }
    to = put(to, a->cells.at, a->cells.len);
    hf__str category = plan->category_cells[a->categories];
    *to++ = delimiter;
    to = put(to, category.at, category.len);
    *to++ = delimiter;
    to += hf__format_fixed(to, a->miles, DECIMALS);
    *to++ = delimiter;
    to += hf__format_fixed(to, a->border_miles, DECIMALS);
    *to++ = delimiter;
    if (plan->columns.home_postcode != HF__NO_COLUMN) {
        to += hf__format_fixed(to, a->home_miles, DECIMALS);
        *to++ = delimiter;
    }
    if (plan->columns.official.kind) {
        to = hf__return_put(to, plan->columns.official.kind, &a->official,
                            delimiter);
    }
    const char *line_end = record->bytes.at + record->bytes.len;
    if (!note.len) { /* nearly always */
        for (size_t i = 0; i < record->line_end; i++) {
            *to++ = line_end[i];
        }
        *to = '\0';
        out->len = (size_t)(to - out->text);
        return;
    }
    out->len = (size_t)(to - out->text);
    hf__csv_add_cell(out, note, delimiter);
    hf__buf_add(out, line_end, record->line_end);
}

/* ---- telling ---- */

static void keep_row(hf__worker *worker, const hf__row *it, const answer *a,
                     size_t i) {
    hf_annotated_row row = {
        .home = it->home->authority,
        .categories = a->categories,
        .area = "",
        .miles = a->miles,
        .border_miles = a->border_miles,
        .home_miles = a->home_miles,
        .children = 1,
        .is_counted = true,
        .reason = a->reason == HF__PLACED ? "" : hf__reason_text(a->reason)};
    if (it->place == HF__ROW_AREA) {
        row.area = it->area->name;
        row.authorities = it->area->authorities;
        row.n_authorities = it->area->n_authorities;
    } else if (it->place == HF__ROW_POINT && it->is_part) {
        row.authorities = it->authorities;
        row.n_authorities = it->n_authorities;
    }
    if (worker->plan->columns.count != HF__NO_COLUMN) {
        row.is_counted = worker->is_counted[i];
        row.children = row.is_counted ? worker->children[i] : 0;
    }
    if (worker->plan->columns.official.kind) {
        hf__found_add_official(worker->found, &a->official);
    }
    hf__found_add_row(worker->found, &row, a->authority);
}

/* ---- all of it ---- */

static void answer_batch(hf__worker *worker, hf__buf *out, hf__tally *tally) {
    const hf__plan *plan = worker->plan;
    size_t n_miles = 0;
    answer a = {.cells = {"", 0}};
    for (size_t i = 0; i < worker->n_rows; i++) {
        const hf__row *it = &worker->rows[i];
        if (it->place == HF__ROW_BLANK) {
            if (plan->writes) {
                hf__buf_add(out, it->record.bytes.at, it->record.line_end);
            }
            continue;
        }
        answer_row(worker, it, &a);
        if (plan->columns.official.kind) {
            derive(worker, it, &a);
        }
        if (plan->writes) {
            write_row(worker, it, &a, out);
        }
        if (plan->tells) {
            keep_row(worker, it, &a, i);
        }
        hf__tally_row(tally, a.categories, a.reason, a.miles);
        if (plan->columns.count == HF__NO_COLUMN) {
            /* Rows are what is counted. */
        } else if (worker->is_counted[i]) {
            tally->children[a.categories] += worker->children[i];
        } else {
            tally->rows_blank++;
        }
        if (!isnan(a.miles)) {
            worker->miles[n_miles++] = a.miles;
        }
        tally->ragged += it->record.n_cells != plan->columns.width;
        tally->near_coast += a.offshore_m > 0;
    }
    hf__histogram_count(&worker->histogram, worker->miles, n_miles);
}

hf_status hf__worker_annotate(hf__worker *worker, hf__str records, hf__buf *out,
                              hf__found *found, hf__tally *tally) {
    *tally = (hf__tally){0};
    out->len = 0;
    /* Room for most: a buffer that grows is copied from page to fresh page. */
    room(out, records.len * 2 + records.len / 2);
    hf__found_clear(found);
    worker->found = found;
    hf__csv_reader reader;
    hf__csv_reader_init(&reader, records.at, records.len,
                        worker->plan->dialect.delimiter);
    bool is_open = false;
    do {
        hf_status status = read_batch(worker, &reader, &is_open);
        if (!status) {
            status = hf__worker_convert(worker);
        }
        if (!status) {
            status = hf__measure_points(
                worker->ctx, worker->plan->set, worker->plan->coast_m,
                worker->points, worker->planar, worker->point_homes,
                worker->origins, worker->n_points, worker->measures);
        }
        if (status) {
            return status;
        }
        answer_batch(worker, out, tally);
    } while (worker->n_rows == HF__BATCH);
    if (out->failed || worker->note.failed || worker->remarks.failed ||
        worker->scratch.failed || worker->histogram.failed) {
        return hf__fail_memory(worker->ctx);
    }
    return is_open ? HF_ERR_DAMAGED : HF_OK;
}
