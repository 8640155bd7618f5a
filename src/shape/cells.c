#include "shape/cells.h"

#include "base/memory.h"
#include "shape/cells_grid.h"

hf__cells *hf__cells_new(const hf__polygon *const *areas, size_t n) {
    hf__cells *cells = hf__calloc(1, sizeof *cells);
    if (!cells) {
        return NULL;
    }
    cells->areas = hf__calloc(n, sizeof *cells->areas);
    for (size_t i = 0; cells->areas && i < n; i++) {
        cells->areas[i] = areas[i];
    }
    if (!cells->areas || !hf__cells_build(cells, n)) {
        hf__cells_free(cells);
        return NULL;
    }
    return cells;
}

void hf__cells_free(hf__cells *cells) {
    if (cells) {
        hf__free(cells->areas);
        hf__free(cells->owner);
        hf__free(cells->units);
        hf__free(cells->ends);
        hf__free(cells);
    }
}

/* ---- finding --------------------------------------------------------------
 */

/* Two cache lines hold most cells. */
#define FETCHED_UNITS 8

uint32_t hf__cells_at(const hf__cells *cells, hf_xy p) {
    double column = column_of(cells, p.x_m), row = row_of(cells, p.y_m);
    if (!(column >= 0 && column < (double)cells->columns && row >= 0 &&
          row < (double)cells->rows)) {
        return HF__NO_CELL;
    }
    return (uint32_t)row * cells->columns + (uint32_t)column;
}

/* What is outside of the grid is in no area. */
static int32_t owner_of(const hf__cells *cells, uint32_t cell) {
    return cell == HF__NO_CELL ? -1 : cells->owner[cell];
}

static const unit *mixed_of(const hf__cells *cells, int32_t owner) {
    return &cells->units[-owner - MAX_WAY - 1];
}

void hf__cells_fetch(const hf__cells *cells, const hf_xy *points, size_t n,
                     uint32_t *out) {
    for (size_t i = 0; i < n; i++) {
        out[i] = hf__cells_at(cells, points[i]);
        if (out[i] != HF__NO_CELL) {
            __builtin_prefetch(&cells->owner[out[i]]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        int32_t owner = owner_of(cells, out[i]);
        if (IS_MIXED(owner)) {
            const unit *cell = mixed_of(cells, owner);
            __builtin_prefetch(cell);
            __builtin_prefetch(cell + FETCHED_UNITS / 2);
            __builtin_prefetch(cell + FETCHED_UNITS);
        }
    }
}

/* For a cell that is not mixed. */
static void answer_at_once(const hf__cells *cells, int32_t owner, hf_xy p,
                           size_t wanted, hf__covered *out) {
    if (owner >= 0) {
        *out = (hf__covered){(size_t)owner, (size_t)owner == wanted, 0};
    } else {
        double clear_m = sqrt(hf__box_dist2(&cells->box, p));
        double by_way_m = (double)(-owner - 1) * cells->side_m;
        *out = (hf__covered){HF__NO_AREA, false, fmax(clear_m, by_way_m)};
    }
}

/* Whether p is farther than doubt_m from an edge, whose line is nearer. */
static bool is_clear_of(const edge *e, hf_xy p, double doubt_m) {
    hf_xy a = {e->ax, e->ay}, b = {e->bx, e->by};
    double t = hf__segment_nearest(a, b, p);
    double x = a.x_m + t * (b.x_m - a.x_m) - p.x_m;
    double y = a.y_m + t * (b.y_m - a.y_m) - p.y_m;
    return sqrt(x * x + y * y) > doubt_m;
}

/* Whether the line from p to the centre crosses an odd number of edges; p is
 * relative to the centre. False where that is not sure. */
static bool count_crossings(const unit *edges, size_t n, hf_xy p,
                            double doubt_m, bool *out_odd) {
    bool is_odd = false;
    doubt_m += ROUNDING_M;
    for (size_t i = 0; i < n; i++) {
        const edge *e = &edges[i].edge;
        double side_a = p.x_m * e->ay - p.y_m * e->ax;
        double side_b = p.x_m * e->by - p.y_m * e->bx;
        double centre = of_centre(e);
        double point = centre + side_a - side_b;
        double span_m = span_of(e), off = fabs(point);
        if (off <= doubt_m * span_m &&
            (off <= ROUNDING_M * span_m || !is_clear_of(e, p, doubt_m))) {
            return false;
        }
        is_odd ^=
            ((side_a > 0) != (side_b > 0)) & ((centre > 0) != (point > 0));
    }
    *out_odd = is_odd;
    return true;
}

static void add_area(hf__covered *to, size_t area, size_t wanted) {
    to->first = to->first == HF__NO_AREA ? area : to->first;
    to->is_in_wanted |= area == wanted;
}

bool hf__cells_find(const hf__cells *cells, uint32_t cell, hf_xy p,
                    double doubt_m, size_t wanted, hf__covered *out) {
    int32_t owner = owner_of(cells, cell);
    if (!(doubt_m <= HF__CELLS_DOUBT_M)) {
        return false;
    }
    if (!IS_MIXED(owner)) {
        answer_at_once(cells, owner, p, wanted, out);
        out->clear_m = fmax(out->clear_m - doubt_m, 0);
        return true;
    }
    const unit *head = mixed_of(cells, owner), *e = head + 1;
    if (head->head.is_exact_only) {
        return false;
    }
    hf_xy centre = centre_of(cells, cell);
    hf_xy from = {p.x_m - centre.x_m, p.y_m - centre.y_m};
    hf__covered found = {HF__NO_AREA, false, 0};
    for (uint32_t i = 0; i < head->head.n_entries; i++) {
        bool is_odd;
        if (!count_crossings(e + 1, e->entry.n_edges, from, doubt_m, &is_odd)) {
            return false;
        }
        if (is_odd != e->entry.is_inside) {
            add_area(&found, e->entry.area, wanted);
        }
        e += 1 + e->entry.n_edges;
    }
    *out = found;
    return true;
}

void hf__cells_find_exactly(const hf__cells *cells, uint32_t cell, hf_xy p,
                            size_t wanted, hf__covered *out) {
    int32_t owner = owner_of(cells, cell);
    if (!IS_MIXED(owner)) {
        answer_at_once(cells, owner, p, wanted, out);
        return;
    }
    const unit *head = mixed_of(cells, owner), *e = head + 1;
    hf__covered found = {HF__NO_AREA, false, 0};
    for (uint32_t i = 0; i < head->head.n_entries; i++) {
        if (hf__polygon_side(cells->areas[e->entry.area], p)) {
            add_area(&found, e->entry.area, wanted);
        }
        e += 1 + e->entry.n_edges;
    }
    *out = found;
}

/* ---- edges near a point ---------------------------------------------------
 */

/* A search for the edges near a point. */
typedef struct near_search {
    const hf__cells *cells;
    hf_xy p;
    const hf__nearness *nearness;
    hf__near_edges *list;
} near_search;

static void drop_far(hf__near_edges *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (list->at[i].dist_m <= list->most_m) {
            list->at[kept++] = list->at[i];
        }
    }
    list->n = kept;
}

static bool add_edge(const near_search *s, size_t area, uint32_t end) {
    const hf__polygon *of = s->cells->areas[area];
    hf_xy a = of->points[hf__polygon_before(of, end)], b = of->points[end];
    double t = hf__segment_nearest(a, b, s->p);
    double dist_m = hypot(a.x_m + t * (b.x_m - a.x_m) - s->p.x_m,
                          a.y_m + t * (b.y_m - a.y_m) - s->p.y_m);
    hf__near_edges *list = s->list;
    if (!(dist_m <= list->most_m)) {
        return true;
    }
    void *at = list->at;
    if (!hf__reserve(&at, &list->capacity, list->n + 1, sizeof *list->at)) {
        return false;
    }
    list->at = at;
    list->at[list->n++] = (hf__near_edge){area, a, b, dist_m};
    double most_m = s->nearness->ratio * dist_m + s->nearness->slack_m;
    if (most_m < list->most_m) {
        list->most_m = most_m;
        drop_far(list);
    }
    return true;
}

static bool add_cell(const near_search *s, size_t number) {
    int32_t owner = s->cells->owner[number];
    if (!IS_MIXED(owner)) {
        return true;
    }
    const unit *cell = mixed_of(s->cells, owner), *e = cell + 1;
    for (uint32_t i = 0; i < cell->head.n_entries; i++) {
        const uint32_t *ends = &s->cells->ends[e + 1 - s->cells->units];
        for (uint32_t k = 0; k < e->entry.n_edges; k++) {
            if (!add_edge(s, e->entry.area, ends[k])) {
                return false;
            }
        }
        e += 1 + e->entry.n_edges;
    }
    return true;
}

/* Whole numbers of cells; points beside the grid have negative ones. */
typedef int64_t whole;

/* A cell, if there is one. */
static bool add_place(const near_search *s, whole row, whole column) {
    const hf__cells *cells = s->cells;
    bool is_there = row >= 0 && row < (whole)cells->rows && column >= 0 &&
                    column < (whole)cells->columns;
    return !is_there ||
           add_cell(s, (size_t)row * cells->columns + (size_t)column);
}

/* The cells that are `way` columns or rows from the one of the point. */
static bool add_ring(const near_search *s, whole row, whole column, whole way) {
    bool ok = true;
    for (whole by = -way; ok && by <= way; by++) {
        ok = add_place(s, row - way, column + by) &&
             (!way || add_place(s, row + way, column + by));
    }
    for (whole by = 1 - way; ok && by < way; by++) {
        ok = add_place(s, row + by, column - way) &&
             add_place(s, row + by, column + way);
    }
    return ok;
}

/* Ring after ring of cells. What lies in the ring after `way` others is at
 * least way - 1 cells away, and at most the diagonal of way + 1 cells. */
bool hf__cells_near(const hf__cells *cells, hf_xy p, double clear_m,
                    const hf__nearness *nearness, hf__near_edges *list) {
    near_search s = {cells, p, nearness, list};
    whole column = (whole)floor(column_of(cells, p.x_m));
    whole row = (whole)floor(row_of(cells, p.y_m));
    whole way = (whole)(clear_m / (sqrt(2) * cells->side_m)) - 1;
    list->n = 0;
    list->most_m = nearness->most_m;
    for (way = way > 0 ? way : 0;
         (double)(way - 1) * cells->side_m <= list->most_m; way++) {
        if (!add_ring(&s, row, column, way)) {
            return false;
        }
    }
    return true;
}
