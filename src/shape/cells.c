#include "shape/cells.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* Cells for each edge, and the fewest and most of them: fine enough that a cell
 * that borders run through holds a handful of edges. */
#define CELLS_PER_EDGE 4
#define MIN_CELLS 65536.0
#define MAX_CELLS 4194304.0
/* Sides are no shorter, so that HF__CELLS_DOUBT_M stays small beside them. */
#define MIN_SIDE_M 200.0

/* How far rounding may move an edge: floats of up to ROUNDED_TO_M have 24 bits.
 * An edge that reaches farther from its cell makes the cell exact only. */
#define ROUNDING_M 4e-3
#define ROUNDED_TO_M 32768.0

/* What `owner` holds: an area; the way to the nearest mixed cell, in cells, as
 * -1 to -MAX_WAY, where no area covers the cell; or a mixed cell. */
#define MAX_WAY 100
#define IS_MIXED(owner) ((owner) < -MAX_WAY)
#define MIXED(number) (-MAX_WAY - 1 - (int32_t)(number))

/* Ends relative to the centre of the cell, as floats: half the memory to fetch.
 * An end that two edges share is rounded alike for both, so that a ring stays
 * closed; ROUNDING_M covers by how much it moves. */
typedef struct edge {
    float ax, ay, bx, by;
} edge;

/* A mixed cell is a run of these, so that all of it is fetched together: the
 * head, and for each area in it an entry, followed by its edges. */
typedef union unit {
    struct {
        uint32_t n_entries;
        bool is_exact_only; /* a line through an edge comes near the centre */
    } head;
    struct {
        uint32_t area, n_edges;
        bool is_inside; /* the centre */
    } entry;
    edge edge;
} unit;

struct hf__cells {
    const hf__polygon **areas;
    hf__box box; /* of the areas */
    hf_xy least; /* of the grid */
    double side_m, per_m;
    size_t columns, rows;
    int32_t *owner;
    size_t n_mixed;
    unit *units; /* a mixed cell's number is where its head stands */
    size_t n_units;
};

/* ---- the grid -------------------------------------------------------------
 */

static void set_grid(hf__cells *cells, size_t n_areas) {
    size_t n_edges = 0;
    cells->box = hf__box_of(NULL, 0);
    for (size_t i = 0; i < n_areas; i++) {
        hf__box_widen(&cells->box, &cells->areas[i]->box);
        n_edges += hf__polygon_n_points(cells->areas[i]);
    }
    double width = cells->box.max.x_m - cells->box.min.x_m;
    double height = cells->box.max.y_m - cells->box.min.y_m;
    double n =
        fmin(fmax(CELLS_PER_EDGE * (double)n_edges, MIN_CELLS), MAX_CELLS);
    cells->side_m = fmax(sqrt(width * height / n), MIN_SIDE_M);
    cells->side_m = fmax(cells->side_m, fmax(width, height) / 16384);
    cells->per_m = 1 / cells->side_m;
    /* Off the round numbers on which people draw. */
    cells->least = (hf_xy){cells->box.min.x_m - 0.81 * cells->side_m,
                           cells->box.min.y_m - 0.73 * cells->side_m};
    cells->columns = (size_t)(width * cells->per_m) + 3;
    cells->rows = (size_t)(height * cells->per_m) + 3;
}

static double column_of(const hf__cells *cells, double x_m) {
    return (x_m - cells->least.x_m) * cells->per_m;
}

static double row_of(const hf__cells *cells, double y_m) {
    return (y_m - cells->least.y_m) * cells->per_m;
}

static hf_xy centre_of(const hf__cells *cells, size_t cell) {
    size_t column = cell % cells->columns, row = cell / cells->columns;
    return (hf_xy){cells->least.x_m + ((double)column + 0.5) * cells->side_m,
                   cells->least.y_m + ((double)row + 0.5) * cells->side_m};
}

static size_t clamp_to(double value, size_t n) {
    return value <= 0 ? 0 : value >= (double)(n - 1) ? n - 1 : (size_t)value;
}

/* ---- edges to cells -------------------------------------------------------
 */

/* What is done with an edge and a cell that it comes near. */
typedef struct painter painter;
struct painter {
    const hf__cells *cells;
    uint32_t *counts; /* edges per cell, or where the next one goes */
    uint32_t *areas;  /* of the edges, in their places; NULL: only count */
    hf_xy (*ends)[2];
};

static void paint_cell(const painter *to, size_t cell, uint32_t area, hf_xy a,
                       hf_xy b) {
    uint32_t place = to->counts[cell]++;
    if (to->areas) {
        to->areas[place] = area;
        to->ends[place][0] = a;
        to->ends[place][1] = b;
    }
}

/* Every cell within HF__CELLS_DOUBT_M of an edge, and a few more: row by row
 * those between the least and the greatest x of the edge there. */
static void paint_edge(const painter *to, uint32_t area, hf_xy a, hf_xy b) {
    const hf__cells *cells = to->cells;
    hf_xy low = a.y_m <= b.y_m ? a : b, high = a.y_m <= b.y_m ? b : a;
    double margin = HF__CELLS_DOUBT_M;
    size_t first = clamp_to(row_of(cells, low.y_m - margin), cells->rows);
    size_t last = clamp_to(row_of(cells, high.y_m + margin), cells->rows);
    double slope =
        high.y_m > low.y_m ? (high.x_m - low.x_m) / (high.y_m - low.y_m) : 0;
    for (size_t row = first; row <= last; row++) {
        double bottom =
            cells->least.y_m + (double)row * cells->side_m - 2 * margin;
        double top = bottom + cells->side_m + 4 * margin;
        double x0 = low.x_m, x1 = high.x_m;
        if (slope != 0 && low.y_m < bottom) {
            x0 = low.x_m + (bottom - low.y_m) * slope;
        }
        if (slope != 0 && high.y_m > top) {
            x1 = low.x_m + (top - low.y_m) * slope;
        }
        size_t left = clamp_to(column_of(cells, fmin(x0, x1) - 2 * margin),
                               cells->columns);
        size_t right = clamp_to(column_of(cells, fmax(x0, x1) + 2 * margin),
                                cells->columns);
        for (size_t column = left; column <= right; column++) {
            paint_cell(to, row * cells->columns + column, area, a, b);
        }
    }
}

static void paint_areas(const painter *to, size_t n_areas) {
    for (size_t i = 0; i < n_areas; i++) {
        const hf__polygon *area = to->cells->areas[i];
        for (size_t r = 0; r < area->n_rings; r++) {
            size_t start = area->ring_start[r], end = area->ring_start[r + 1];
            for (size_t k = start, before = end - 1; k < end; before = k++) {
                paint_edge(to, (uint32_t)i, area->points[before],
                           area->points[k]);
            }
        }
    }
}

/* ---- centres inside -------------------------------------------------------
 */

/* Where an edge crosses the line through the centres of a row. */
typedef struct crossing {
    size_t row;
    double x_m;
} crossing;

typedef struct crossing_list {
    crossing *at;
    size_t n, capacity;
} crossing_list;

static bool add_crossings(const hf__cells *cells, hf_xy a, hf_xy b,
                          crossing_list *list) {
    double low = fmin(a.y_m, b.y_m), high = fmax(a.y_m, b.y_m);
    size_t row = clamp_to(row_of(cells, low) - 1, cells->rows);
    for (; row < cells->rows; row++) {
        double y = cells->least.y_m + ((double)row + 0.5) * cells->side_m;
        if (y >= high) {
            break;
        }
        if (y < low) {
            continue;
        }
        void *at = list->at;
        if (!hf__reserve(&at, &list->capacity, list->n + 1, sizeof *list->at)) {
            return false;
        }
        list->at = at;
        double t = (y - a.y_m) / (b.y_m - a.y_m);
        list->at[list->n++] = (crossing){row, a.x_m + t * (b.x_m - a.x_m)};
    }
    return true;
}

static int by_row_and_x(const void *a, const void *b) {
    const crossing *p = a, *q = b;
    if (p->row != q->row) {
        return p->row < q->row ? -1 : 1;
    }
    return p->x_m < q->x_m ? -1 : p->x_m > q->x_m;
}

/* Crossings of all edges of an area, row by row from left to right. */
static bool list_crossings(const hf__cells *cells, const hf__polygon *area,
                           crossing_list *list) {
    list->n = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r], end = area->ring_start[r + 1];
        for (size_t k = start, before = end - 1; k < end; before = k++) {
            if (!add_crossings(cells, area->points[before], area->points[k],
                               list)) {
                return false;
            }
        }
    }
    if (list->n) {
        qsort(list->at, list->n, sizeof *list->at, by_row_and_x);
    }
    return true;
}

/* A cell whose centre an area covers. */
typedef struct cover {
    uint32_t cell, area;
} cover;

typedef struct cover_list {
    cover *at;
    size_t n, capacity;
} cover_list;

static bool add_cover(cover_list *list, size_t cell, size_t area) {
    void *at = list->at;
    if (!hf__reserve(&at, &list->capacity, list->n + 1, sizeof *list->at)) {
        return false;
    }
    list->at = at;
    list->at[list->n++] = (cover){(uint32_t)cell, (uint32_t)area};
    return true;
}

/* Gives cells without edges to the area that covers them, and lists the cells
 * with edges whose centre it covers. Of areas that overlap, the second and
 * later are listed for cells without edges as well. */
static bool cover_cells(hf__cells *cells, size_t area, const uint32_t *counts,
                        const crossing_list *crossings, cover_list *list) {
    for (size_t i = 0; i + 1 < crossings->n; i += 2) {
        size_t row = crossings->at[i].row;
        double from = column_of(cells, crossings->at[i].x_m) - 0.5;
        double to = column_of(cells, crossings->at[i + 1].x_m) - 0.5;
        for (size_t column = (size_t)fmax(ceil(from), 0);
             column < cells->columns && (double)column < to; column++) {
            size_t cell = row * cells->columns + column;
            if (!counts[cell] && cells->owner[cell] < 0) {
                cells->owner[cell] = (int32_t)area;
            } else if (!add_cover(list, cell, area)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- mixed cells ----------------------------------------------------------
 */

/* Cells with edges, or covered more than once, become mixed. The first area of
 * those covered more than once joins the list. */
static bool mark_mixed(hf__cells *cells, const uint32_t *counts,
                       cover_list *list) {
    size_t n_cells = cells->columns * cells->rows, n_listed = list->n;
    for (size_t i = 0; i < n_listed; i++) {
        size_t cell = list->at[i].cell;
        int32_t owner = cells->owner[cell];
        if (!counts[cell] && owner >= 0) {
            if (!add_cover(list, cell, (size_t)owner)) {
                return false;
            }
            cells->owner[cell] = MIXED(0);
        }
    }
    cells->n_mixed = 0;
    for (size_t i = 0; i < n_cells; i++) {
        if (counts[i] || IS_MIXED(cells->owner[i])) {
            cells->owner[i] = MIXED(0);
            cells->n_mixed++;
        }
    }
    return true;
}

static int by_cell_and_area(const void *a, const void *b) {
    const cover *p = a, *q = b;
    if (p->cell != q->cell) {
        return p->cell < q->cell ? -1 : 1;
    }
    return p->area < q->area ? -1 : p->area > q->area;
}

/* What mixed cells are made of: edges cell by cell, in order of areas, and the
 * areas that cover centres in the same order. */
typedef struct parts {
    const uint32_t *starts; /* of a cell's edges; one more than cells */
    const uint32_t *areas;
    hf_xy (*ends)[2];
    const cover_list *covers;
    size_t next_cover;
} parts;

static edge edge_from(hf_xy centre, hf_xy a, hf_xy b) {
    return (edge){(float)(a.x_m - centre.x_m), (float)(a.y_m - centre.y_m),
                  (float)(b.x_m - centre.x_m), (float)(b.y_m - centre.y_m)};
}

/* At least the length. */
static double span_of(const edge *e) {
    return fabs((double)e->bx - e->ax) + fabs((double)e->by - e->ay);
}

/* Twice the area of the triangle of an edge and the centre: products of floats
 * are exact in doubles, and so is their sum but for its last bit. */
static double of_centre(const edge *e) {
    return (double)e->ax * e->by - (double)e->ay * e->bx;
}

static bool is_far_reaching(const edge *e) {
    return fmaxf(fmaxf(fabsf(e->ax), fabsf(e->ay)),
                 fmaxf(fabsf(e->bx), fabsf(e->by))) > ROUNDED_TO_M;
}

/* The next area of a cell, from its edges or covers: whichever is first. */
static bool take_entry(const parts *from, size_t cell, uint32_t next_edge,
                       size_t next_cover, unit *out) {
    bool has_edge = next_edge < from->starts[cell + 1];
    bool has_cover = next_cover < from->covers->n &&
                     from->covers->at[next_cover].cell == cell;
    uint32_t by_edge = has_edge ? from->areas[next_edge] : UINT32_MAX;
    uint32_t by_cover =
        has_cover ? from->covers->at[next_cover].area : UINT32_MAX;
    out->entry.area = by_edge < by_cover ? by_edge : by_cover;
    out->entry.n_edges = 0;
    out->entry.is_inside = has_cover && by_cover <= by_edge;
    return has_edge || has_cover;
}

static void fill_mixed(hf__cells *cells, parts *from, size_t cell) {
    unit *head = &cells->units[cells->n_units], *to = head + 1;
    hf_xy centre = centre_of(cells, cell);
    uint32_t next = from->starts[cell];
    cells->owner[cell] = MIXED(cells->n_units);
    head->head.n_entries = 0;
    head->head.is_exact_only = false;
    for (unit *e = to; take_entry(from, cell, next, from->next_cover, e);
         e = to) {
        head->head.n_entries++;
        from->next_cover += e->entry.is_inside;
        for (to++; next < from->starts[cell + 1] &&
                   from->areas[next] == e->entry.area;
             next++, to++) {
            edge at =
                edge_from(centre, from->ends[next][0], from->ends[next][1]);
            to->edge = at;
            e->entry.n_edges++;
            if (fabs(of_centre(&at)) <= HF__CELLS_CENTRE_M * span_of(&at) ||
                is_far_reaching(&at)) {
                head->head.is_exact_only = true;
            }
        }
    }
    cells->n_units = (size_t)(to - cells->units);
}

static bool fill_cells(hf__cells *cells, parts *from) {
    size_t n_cells = cells->columns * cells->rows;
    size_t n_edges = from->starts[n_cells];
    /* Each entry has an edge or a cover; one more is tried for in vain. */
    size_t most = cells->n_mixed + 2 * n_edges + from->covers->n + 1;
    if (most > INT32_MAX - MAX_WAY - 1) {
        return false;
    }
    cells->units = hf__calloc(most, sizeof *cells->units);
    if (!cells->units) {
        return false;
    }
    for (size_t i = 0; i < n_cells; i++) {
        if (IS_MIXED(cells->owner[i])) {
            fill_mixed(cells, from, i);
        }
    }
    void *fewer = hf__realloc_array(cells->units, cells->n_units + 1,
                                    sizeof *cells->units);
    if (fewer) {
        cells->units = fewer;
    }
    return true;
}

/* ---- the way to the nearest mixed cell ------------------------------------
 */

static void lower_way(hf__cells *cells, size_t cell, size_t beside) {
    int32_t other = cells->owner[beside], *owner = &cells->owner[cell];
    if (*owner >= 0 || IS_MIXED(*owner) || other >= 0) {
        return; /* between two open cells there is no area without an edge */
    }
    int32_t way = IS_MIXED(other) ? 1 : 1 - other;
    if (way < -*owner) {
        *owner = -way;
    }
}

/* Lowers the ways of a row by those of the row beside it, and of each cell by
 * its neighbour's on the side from which the sweep comes. */
static void sweep_row(hf__cells *cells, size_t row, bool has_beside,
                      size_t beside, bool is_leftwards) {
    size_t columns = cells->columns;
    for (size_t k = 0; k < columns; k++) {
        size_t column = is_leftwards ? columns - 1 - k : k;
        size_t cell = row * columns + column;
        if (cells->owner[cell] >= 0 || IS_MIXED(cells->owner[cell])) {
            continue;
        }
        if (k > 0) {
            lower_way(cells, cell, is_leftwards ? cell + 1 : cell - 1);
        }
        if (has_beside) {
            size_t near = beside * columns + column;
            lower_way(cells, cell, near);
            if (column > 0) {
                lower_way(cells, cell, near - 1);
            }
            if (column + 1 < columns) {
                lower_way(cells, cell, near + 1);
            }
        }
    }
}

/* Two sweeps over the eight neighbours give the chessboard distance. */
static void set_ways(hf__cells *cells) {
    size_t rows = cells->rows;
    for (size_t i = 0; i < cells->columns * rows; i++) {
        if (cells->owner[i] == -1) {
            cells->owner[i] = -MAX_WAY;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        sweep_row(cells, row, row > 0, row - 1, false);
    }
    for (size_t row = rows; row-- > 0;) {
        sweep_row(cells, row, row + 1 < rows, row + 1, true);
    }
}

/* ---- all of it ------------------------------------------------------------
 */

static bool cover_all(hf__cells *cells, size_t n_areas, const uint32_t *counts,
                      cover_list *covers) {
    crossing_list crossings = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < n_areas; i++) {
        ok = list_crossings(cells, cells->areas[i], &crossings) &&
             cover_cells(cells, i, counts, &crossings, covers);
    }
    hf__free(crossings.at);
    if (!ok || !mark_mixed(cells, counts, covers)) {
        return false;
    }
    if (covers->n) {
        qsort(covers->at, covers->n, sizeof *covers->at, by_cell_and_area);
    }
    return true;
}

static bool build(hf__cells *cells, size_t n_areas) {
    size_t n_cells = cells->columns * cells->rows;
    bool ok = false;
    uint32_t *starts = hf__calloc(n_cells + 1, sizeof *starts);
    uint32_t *areas = NULL;
    hf_xy(*ends)[2] = NULL;
    cover_list covers = {0};
    cells->owner = hf__calloc(n_cells, sizeof *cells->owner);
    if (!starts || !cells->owner) {
        goto done;
    }
    for (size_t i = 0; i < n_cells; i++) {
        cells->owner[i] = -1;
    }
    painter counter = {cells, starts, NULL, NULL};
    paint_areas(&counter, n_areas);
    if (!cover_all(cells, n_areas, starts, &covers)) {
        goto done;
    }
    uint32_t n_edges = 0;
    for (size_t i = 0; i <= n_cells; i++) {
        uint32_t count = starts[i];
        starts[i] = n_edges;
        n_edges += count;
    }
    areas = hf__calloc(n_edges, sizeof *areas);
    ends = hf__calloc(n_edges, sizeof *ends);
    if (!areas || !ends) {
        goto done;
    }
    painter placer = {cells, starts, areas, ends};
    paint_areas(&placer, n_areas);
    /* Each start now stands where the next one was. */
    for (size_t i = n_cells; i > 0; i--) {
        starts[i] = starts[i - 1];
    }
    starts[0] = 0;
    parts from = {starts, areas, ends, &covers, 0};
    ok = fill_cells(cells, &from);
    if (ok) {
        set_ways(cells);
    }
done:
    hf__free(starts);
    hf__free(areas);
    hf__free(ends);
    hf__free(covers.at);
    return ok;
}

hf__cells *hf__cells_new(const hf__polygon *const *areas, size_t n) {
    hf__cells *cells = hf__calloc(1, sizeof *cells);
    if (!cells) {
        return NULL;
    }
    cells->areas = hf__calloc(n, sizeof *cells->areas);
    for (size_t i = 0; cells->areas && i < n; i++) {
        cells->areas[i] = areas[i];
    }
    if (cells->areas) {
        set_grid(cells, n);
    }
    if (!cells->areas || !build(cells, n)) {
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
        hf__free(cells);
    }
}

/* ---- finding --------------------------------------------------------------
 */

#define NO_CELL ((size_t)-1)
/* Two cache lines hold most cells. */
#define FETCHED_UNITS 8

static size_t cell_at(const hf__cells *cells, hf_xy p) {
    double column = column_of(cells, p.x_m), row = row_of(cells, p.y_m);
    if (!(column >= 0 && column < (double)cells->columns && row >= 0 &&
          row < (double)cells->rows)) {
        return NO_CELL;
    }
    return (size_t)row * cells->columns + (size_t)column;
}

/* What is outside of the grid is in no area. */
static int32_t owner_of(const hf__cells *cells, size_t cell) {
    return cell == NO_CELL ? -1 : cells->owner[cell];
}

static const unit *mixed_of(const hf__cells *cells, int32_t owner) {
    return &cells->units[-owner - MAX_WAY - 1];
}

void hf__cells_fetch(const hf__cells *cells, const hf_xy *points, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t number = cell_at(cells, points[i]);
        if (number != NO_CELL) {
            __builtin_prefetch(&cells->owner[number]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        int32_t owner = owner_of(cells, cell_at(cells, points[i]));
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

bool hf__cells_find(const hf__cells *cells, hf_xy p, double doubt_m,
                    size_t wanted, hf__covered *out) {
    size_t number = cell_at(cells, p);
    int32_t owner = owner_of(cells, number);
    if (!(doubt_m <= HF__CELLS_DOUBT_M)) {
        return false;
    }
    if (!IS_MIXED(owner)) {
        answer_at_once(cells, owner, p, wanted, out);
        out->clear_m = fmax(out->clear_m - doubt_m, 0);
        return true;
    }
    const unit *cell = mixed_of(cells, owner), *e = cell + 1;
    if (cell->head.is_exact_only) {
        return false;
    }
    hf_xy centre = centre_of(cells, number);
    hf_xy from = {p.x_m - centre.x_m, p.y_m - centre.y_m};
    hf__covered found = {HF__NO_AREA, false, 0};
    for (uint32_t i = 0; i < cell->head.n_entries; i++) {
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

void hf__cells_find_exactly(const hf__cells *cells, hf_xy p, size_t wanted,
                            hf__covered *out) {
    int32_t owner = owner_of(cells, cell_at(cells, p));
    if (!IS_MIXED(owner)) {
        answer_at_once(cells, owner, p, wanted, out);
        return;
    }
    const unit *cell = mixed_of(cells, owner), *e = cell + 1;
    hf__covered found = {HF__NO_AREA, false, 0};
    for (uint32_t i = 0; i < cell->head.n_entries; i++) {
        if (hf__polygon_side(cells->areas[e->entry.area], p)) {
            add_area(&found, e->entry.area, wanted);
        }
        e += 1 + e->entry.n_edges;
    }
    *out = found;
}
