/* Where rows are. */
#include <math.h>

#include "base/context.h"
#include "table/ssda903_children.h"
#include "table/worker.h"

static void set_point(hf__worker *worker, hf__row *it, hf_lonlat point) {
    size_t i = worker->n_points++;
    it->place = HF__ROW_POINT;
    it->point = i;
    worker->points[i] = point;
    worker->planar[i] = (hf_xy){NAN, NAN};
    worker->point_homes[i] = it->home->authority;
    worker->origins[i] = it->home->origin;
}

/* Grid coordinates are kept, and converted together at the end of the batch. */
static void keep_grid(hf__worker *worker, const hf__row *it, hf_xy grid,
                      bool is_home) {
    size_t i = worker->n_grid++;
    worker->grid[i] = grid;
    worker->grid_of[i] = (hf__row_grid){(size_t)(it - worker->rows), is_home};
}

static void set_grid(hf__worker *worker, hf__row *it, hf_xy grid) {
    keep_grid(worker, it, grid, false);
    set_point(worker, it, (hf_lonlat){NAN, NAN});
}

/* ---- postcodes ---- */

/* A cell without quotes, as UTF-8. */
static hf__str postcode_text(hf__worker *worker, hf__str cell) {
    hf__str text = hf__cell_bare(cell);
    bool is_ascii = true;
    for (size_t i = 0; i < text.len && is_ascii; i++) {
        is_ascii = (unsigned char)text.at[i] < 0x80;
    }
    if (is_ascii || !worker->plan->dialect.is_cp1252) {
        return text;
    }
    worker->scratch.len = 0;
    hf__dialect_decode(&worker->plan->dialect, text, &worker->scratch);
    return hf__str_trim((hf__str){
        worker->scratch.text ? worker->scratch.text : "", worker->scratch.len});
}

static hf_status irish_point(hf__worker *worker, const hf_postcode_entry *entry,
                             hf_lonlat *out) {
    const hf__projection *irish;
    hf_status status = hf__projection_borrow_irish_grid(worker->ctx, &irish);
    return status ? status
                  : hf__projection_inverse(worker->ctx, irish, &entry->grid, 1,
                                           out);
}

/* The rows are those of a return, which gives a distance between two
 * postcodes. */
static bool has_ends(const hf__worker *worker) {
    return worker->plan->columns.official.kind == HF__RETURN_EPISODES;
}

/* An end of that distance; `irish` is the point of an Irish entry. */
static hf_status set_end(hf__worker *worker, const hf_postcode_entry *entry,
                         hf_lonlat irish, hf_ssda903_end *out) {
    out->grid = entry->grid;
    out->is_irish = entry->kind == HF_COORDINATE_IRISH_GRID;
    if (!out->is_irish) {
        return HF_OK;
    }
    out->irish = entry->grid;
    out->lonlat = irish;
    hf_status status = hf__projection_forward(worker->ctx, worker->plan->grid,
                                              &irish, 1, &out->grid);
    out->grid = (hf_xy){round(out->grid.x_m), round(out->grid.y_m)};
    return status;
}

/* The point and the authority of a full postcode. */
static hf_status place_postcode(hf__worker *worker, hf__row *it,
                                const hf_postcode_entry *entry) {
    hf_lonlat point = {NAN, NAN};
    hf_status status = HF_OK;
    if (entry->kind == HF_COORDINATE_GRID) {
        set_grid(worker, it, entry->grid);
    } else {
        status = irish_point(worker, entry, &point);
        if (!status) {
            set_point(worker, it, point);
        }
    }
    if (!status && has_ends(worker)) {
        status = set_end(worker, entry, point, &it->placement_end);
    }
    return status;
}

static hf_status ask_full(hf__worker *worker, hf__row *it,
                          const hf_postcode *postcode, hf__reason *out) {
    const hf__postal *postal = &worker->plan->postal;
    hf_postcode_entry entry;
    hf_status status =
        hf__postal_find(worker->ctx, postal, postcode, &entry, out);
    if (status || (*out != HF__PLACED && *out != HF__POSTCODE_NO_POINT)) {
        return status;
    }
    it->assigned = hf__postal_authority(postal, entry.authority_code);
    it->quality = entry.quality;
    return *out == HF__PLACED ? place_postcode(worker, it, &entry) : HF_OK;
}

/* ---- areas ---- */

static hf_status ask_area(hf__worker *worker, hf__row *it, hf__str cell,
                          bool is_code, hf__reason *out) {
    hf__named named;
    size_t remark = worker->remarks.len;
    hf_status status =
        hf__areas_find(worker->ctx, it->home->areas, &worker->cache, cell,
                       &named, &worker->remarks);
    if (status) {
        return status;
    }
    *out = named.reason == HF__NAME_NOT_FOUND && is_code ? HF__CODE_NOT_FOUND
           : named.reason == HF__NO_NAME && is_code      ? HF__NO_CODE
                                                         : named.reason;
    if (named.reason == HF__PLACED && named.area) {
        it->place = HF__ROW_AREA;
        it->area = named.area;
    } else if (named.reason == HF__PLACED) {
        set_point(worker, it, named.point);
        it->assigned = named.assigned;
        it->is_part = named.is_part;
        it->categories = named.categories;
        it->authorities = named.authorities;
        it->n_authorities = named.n_authorities;
        it->part_reason = named.part_reason;
        it->remark = remark;
        it->remark_len = worker->remarks.len - remark;
    }
    return HF_OK;
}

/* A postcode, or a part of one, wherever it stands. */
static hf_status ask_postcode(hf__worker *worker, hf__row *it, hf__str cell,
                              const hf_postcode *postcode, hf__reason *out) {
    if (!worker->plan->postal.index) {
        *out = HF__NO_POSTCODES;
        return HF_OK;
    }
    if (postcode->kind == HF_POSTCODE_FULL) {
        return ask_full(worker, it, postcode, out);
    }
    hf_status status = ask_area(worker, it, cell, false, out);
    if (*out == HF__NAME_NOT_FOUND) {
        *out = HF__POSTCODE_NOT_FOUND;
    }
    return status;
}

/* ---- sources ---- */

/* What a return says in place of an authority. */
static bool is_no_area(hf__row *it, hf__str text, hf__reason *out) {
    bool is_confidential = hf__str_is_nocase(text, "CON");
    if (!is_confidential && !hf__str_is_nocase(text, "NUK")) {
        return false;
    }
    it->country_la = is_confidential ? "CON" : "NUK";
    *out = is_confidential ? HF__CONFIDENTIAL : HF__ABROAD;
    return true;
}

/* Asks one source of a single column; *out is HF__PLACED when it told. */
static hf_status ask_single(hf__worker *worker, hf__row *it,
                            const hf__source *source, hf__reason *out) {
    hf__str cell = worker->cells[source->column];
    hf__str text = postcode_text(worker, cell);
    hf_postcode postcode;
    bool wants_postcode = source->kind == HF__SOURCE_POSTCODE ||
                          source->kind == HF__SOURCE_POSTCODE_PART;
    if (worker->plan->columns.official.kind == HF__RETURN_EXTENDED &&
        is_no_area(it, text, out)) {
        return HF_OK;
    }
    *out = hf__postal_read(text, &postcode);
    bool is_postcode = *out == HF__PLACED || *out == HF__POSTCODE_PSEUDO;
    hf_status status = HF_OK;
    if (*out == HF__PLACED) {
        status = ask_postcode(worker, it, cell, &postcode, out);
    } else if (!wants_postcode && *out != HF__POSTCODE_PSEUDO) {
        return ask_area(worker, it, cell, source->kind == HF__SOURCE_CODE, out);
    }
    if (is_postcode && *out != HF__PLACED && has_ends(worker)) {
        it->country_la = hf__return_la_of_postcode(&postcode);
    }
    *out = hf__postal_explain(&worker->plan->postal, *out, text);
    return status;
}

static hf_status ask(hf__worker *worker, hf__row *it, const hf__source *source,
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
        return ask_single(worker, it, source, out);
    }
    return HF_OK;
}

/* The first source that tells. The reason kept is the first that is more than
 * an empty cell. */
static hf_status ask_all(hf__worker *worker, hf__row *it) {
    const hf__columns *columns = &worker->plan->columns;
    size_t known = HF_NOWHERE; /* the authority of a postcode without a point */
    for (size_t i = 0; i < columns->n_sources; i++) {
        hf__reason reason;
        it->assigned = HF_NOWHERE;
        hf_status status = ask(worker, it, &columns->sources[i], &reason);
        if (status) {
            return status;
        }
        if (reason == HF__PLACED) {
            it->source = i;
            return HF_OK;
        }
        known = known == HF_NOWHERE ? it->assigned : known;
        if (it->reason == HF__PLACED ||
            (hf__reason_is_empty(it->reason) && !hf__reason_is_empty(reason))) {
            it->reason = reason;
        }
    }
    it->assigned = known;
    return HF_OK;
}

/* ---- homes ---- */

/* The home of a row: of its own column, or that of all. */
static hf_status find_home(hf__worker *worker, hf__row *it) {
    const hf__plan *plan = worker->plan;
    it->home = plan->home;
    if (plan->columns.home == HF__NO_COLUMN) {
        return HF_OK;
    }
    size_t authority;
    hf_status status =
        hf__homes_read(worker->ctx, plan->homes, &worker->cache,
                       worker->cells[plan->columns.home], &worker->scratch,
                       &authority, &it->home_reason);
    if (status) {
        return status;
    }
    if (it->home_reason == HF__NO_HOME && plan->home_authority != HF_NOWHERE) {
        it->home_reason = HF__PLACED;
        return HF_OK;
    }
    size_t n = hf_boundaries_count(plan->set);
    const hf__home **known = &worker->homes[authority < n ? authority : n];
    if (!*known) {
        status = hf__homes_get(worker->ctx, plan->homes, authority, known);
    }
    it->home = *known;
    return status;
}

/* Where the child is from. */
static hf_status find_from(hf__worker *worker, hf__row *it) {
    const hf__plan *plan = worker->plan;
    if (plan->columns.home_postcode == HF__NO_COLUMN) {
        return HF_OK;
    }
    hf_postcode postcode;
    hf_postcode_entry entry;
    it->from = (hf_lonlat){NAN, NAN};
    hf__str text =
        postcode_text(worker, worker->cells[plan->columns.home_postcode]);
    it->from_reason = hf__postal_read(text, &postcode);
    if (it->from_reason == HF__PLACED && postcode.kind != HF_POSTCODE_FULL) {
        it->from_reason = HF__POSTCODE_NOT_FULL;
    }
    hf_status status = HF_OK;
    if (it->from_reason == HF__PLACED) {
        status = hf__postal_find(worker->ctx, &plan->postal, &postcode, &entry,
                                 &it->from_reason);
    }
    if (!status && it->from_reason == HF__PLACED) {
        if (entry.kind == HF_COORDINATE_GRID) {
            keep_grid(worker, it, entry.grid, true);
        } else {
            status = irish_point(worker, &entry, &it->from);
        }
        if (!status && has_ends(worker)) {
            status = set_end(worker, &entry, it->from, &it->home_end);
        }
    }
    it->from_reason = hf__postal_explain(&plan->postal, it->from_reason, text);
    return status;
}

/* ---- returns ---- */

static const hf_ssda903_end no_end = {
    .grid = {NAN, NAN}, .irish = {NAN, NAN}, .lonlat = {NAN, NAN}};

/* A cell without quotes and blanks; empty where there is no such column. */
static hf__str cell_of(hf__worker *worker, size_t column) {
    return column == HF__NO_COLUMN
               ? (hf__str){"", 0}
               : postcode_text(worker, worker->cells[column]);
}

static hf__return_says read_says(hf__worker *worker) {
    const hf__return *official = &worker->plan->columns.official;
    hf__str status = cell_of(worker, official->ls);
    hf__return_says says = {.is_short_break = hf__str_is_nocase(status, "V3") ||
                                              hf__str_is_nocase(status, "V4")};
    says.is_uasc = hf__ssda903_says_uasc(cell_of(worker, official->uasc)) ||
                   (worker->plan->uasc &&
                    hf__ssda903_is_uasc(worker->plan->uasc,
                                        cell_of(worker, official->child)));
    return says;
}

/* Where the placement's postcode was not what placed the row, it is looked up
 * for the distance alone. */
static hf_status find_placement_end(hf__worker *worker, hf__row *it) {
    const hf__columns *columns = &worker->plan->columns;
    bool is_told =
        it->place != HF__ROW_POINT ||
        columns->sources[it->source].column == columns->official.pl_post;
    if (is_told) {
        return HF_OK;
    }
    hf_postcode postcode;
    hf_postcode_entry entry;
    hf_lonlat point = {NAN, NAN};
    it->placement_end = no_end;
    hf__reason reason =
        hf__postal_read(cell_of(worker, columns->official.pl_post), &postcode);
    hf_status status = HF_OK;
    if (reason == HF__PLACED && postcode.kind == HF_POSTCODE_FULL) {
        status = hf__postal_find(worker->ctx, &worker->plan->postal, &postcode,
                                 &entry, &reason);
        if (!status && reason == HF__PLACED) {
            if (entry.kind == HF_COORDINATE_IRISH_GRID) {
                status = irish_point(worker, &entry, &point);
            }
            status = status
                         ? status
                         : set_end(worker, &entry, point, &it->placement_end);
        }
    }
    return status;
}

/* ---- all of it ---- */

static void find_children(hf__worker *worker, const hf__row *it) {
    size_t column = worker->plan->columns.count;
    size_t i = (size_t)(it - worker->rows);
    if (column != HF__NO_COLUMN) {
        worker->is_counted[i] =
            hf__read_count(worker->cells[column], &worker->children[i]);
    }
}

void hf__worker_fetch(const hf__worker *worker, const hf__str *cells) {
    const hf__columns *columns = &worker->plan->columns;
    const hf__postal *postal = &worker->plan->postal;
    for (size_t i = 0; i < columns->n_sources; i++) {
        if (columns->sources[i].kind == HF__SOURCE_POSTCODE) {
            hf__postal_fetch(postal,
                             hf__cell_bare(cells[columns->sources[i].column]));
        }
    }
    if (columns->home_postcode != HF__NO_COLUMN) {
        hf__postal_fetch(postal, hf__cell_bare(cells[columns->home_postcode]));
    }
}

hf_status hf__worker_find(hf__worker *worker, hf__row *it) {
    it->place = HF__ROW_NOWHERE;
    it->reason = it->home_reason = it->from_reason = HF__PLACED;
    it->quality = 0;
    it->is_part = false;
    it->remark_len = 0;
    find_children(worker, it);
    if (worker->plan->columns.official.kind) {
        it->says = read_says(worker);
        it->home_end = it->placement_end = no_end;
        it->country_la = "";
    }
    hf_status status = find_home(worker, it);
    if (!status) {
        status = ask_all(worker, it);
    }
    if (!status) {
        status = find_from(worker, it);
    }
    return status || !has_ends(worker) ? status
                                       : find_placement_end(worker, it);
}

/* Whether a placement can be measured where the grid has it; whose longitude
 * and latitude are wanted for another distance can't. */
static hf_status stays_planar(hf__worker *worker, size_t i, bool *out) {
    const hf__plan *plan = worker->plan;
    *out = false;
    return plan->grid_is_plane && !worker->grid_of[i].is_home &&
                   plan->columns.home_postcode == HF__NO_COLUMN
               ? hf__measure_takes(worker->ctx, plan->set, worker->grid[i], out)
               : HF_OK;
}

/* Sets those aside that stay in the plane. */
static hf_status keep_planar(hf__worker *worker) {
    size_t n = 0;
    for (size_t i = 0; i < worker->n_grid; i++) {
        bool stays;
        hf_status status = stays_planar(worker, i, &stays);
        if (status) {
            return status;
        }
        if (stays) {
            size_t row = worker->grid_of[i].row;
            worker->planar[worker->rows[row].point] = worker->grid[i];
        } else {
            worker->grid[n] = worker->grid[i];
            worker->grid_of[n++] = worker->grid_of[i];
        }
    }
    worker->n_grid = n;
    return HF_OK;
}

hf_status hf__worker_convert(hf__worker *worker) {
    hf_status status = keep_planar(worker);
    if (!status && worker->n_grid) {
        status = hf__projection_inverse(worker->ctx, worker->plan->grid,
                                        worker->grid, worker->n_grid,
                                        worker->grid_points);
    }
    for (size_t i = 0; i < worker->n_grid && !status; i++) {
        hf__row *it = &worker->rows[worker->grid_of[i].row];
        hf_lonlat point = worker->grid_points[i];
        bool is_valid = hf_lonlat_is_valid(point);
        if (worker->grid_of[i].is_home) {
            it->from = point;
            it->from_reason = is_valid ? HF__PLACED : HF__GRID_RANGE;
        } else {
            worker->points[it->point] = point;
            if (!is_valid) {
                it->place = HF__ROW_NOWHERE;
                it->reason = HF__GRID_RANGE;
            }
        }
    }
    return status;
}
