#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "shape/cells_grid.h"

/* Cells for each edge, and the fewest and most of them: fine enough that a cell
 * that borders run through holds a handful of edges. */
#define CELLS_PER_EDGE 8
#define MIN_CELLS 65536.0
#define MAX_CELLS 1048576.0
/* Sides are no shorter, so that HF__CELLS_DOUBT_M stays small beside them. */
#define MIN_SIDE_M 200.0

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
    cells->columns = (uint32_t)(width * cells->per_m) + 3;
    cells->rows = (uint32_t)(height * cells->per_m) + 3;
}

static size_t clamp_to(double value, size_t n) {
    return value <= 0 ? 0 : value >= (double)(n - 1) ? n - 1 : (size_t)value;
}

/* ---- building --------------------------------------------------------------
 * Areas are gone through twice, edge by edge: to count what each cell will
 * hold, and to put it there. */

/* Where an edge crosses the line through the centres of a row. */
typedef struct crossing {
    size_t area, row;
    double x_m;
} crossing;

/* A cell whose centre an area covers. */
typedef struct cover {
    uint32_t cell, area;
} cover;

/* Where a vertex is, in cells. */
typedef struct spot {
    hf_xy at;
    size_t cell;
    uint32_t point; /* of its area */
    uint32_t half;  /* of the rows' halves, from the bottom */
    bool is_inside; /* well within the cell */
} spot;

typedef struct builder {
    hf__cells *cells;
    size_t n_areas;
    /* Of each cell: how many units it needs, then where the next one goes. */
    uint32_t *next;
    /* Of each cell: the area that came last, plus one; then where the last
     * entry stands, or 0. */
    uint32_t *last;
    bool is_placing;
    crossing *crossings; /* by area */
    size_t n_crossings, crossing_capacity;
    cover *covers; /* by area; only of cells that are mixed */
    size_t n_covers, cover_capacity;
    bool failed; /* for want of memory */
} builder;

/* ---- edges to cells -------------------------------------------------------
 */

static edge edge_from(hf_xy centre, hf_xy a, hf_xy b) {
    return (edge){(float)(a.x_m - centre.x_m), (float)(a.y_m - centre.y_m),
                  (float)(b.x_m - centre.x_m), (float)(b.y_m - centre.y_m)};
}

static bool is_far_reaching(const edge *e) {
    return fabsf(e->ax) > ROUNDED_TO_M || fabsf(e->ay) > ROUNDED_TO_M ||
           fabsf(e->bx) > ROUNDED_TO_M || fabsf(e->by) > ROUNDED_TO_M;
}

/* The entry of an area in a mixed cell, made if it is not the last one. */
static unit *entry_of(builder *b, size_t cell, uint32_t area) {
    unit *units = b->cells->units;
    unit *entry = &units[b->last[cell]];
    if (b->last[cell] && entry->entry.area == area) {
        return entry;
    }
    units[-b->cells->owner[cell] - MAX_WAY - 1].head.n_entries++;
    b->last[cell] = b->next[cell]++;
    entry = &units[b->last[cell]];
    entry->entry.area = area;
    entry->entry.n_edges = 0;
    entry->entry.is_inside = false;
    return entry;
}

static void place_edge(builder *b, size_t cell, uint32_t area, const spot *from,
                       const spot *to) {
    hf__cells *cells = b->cells;
    edge at = edge_from(centre_of(cells, cell), from->at, to->at);
    entry_of(b, cell, area)->entry.n_edges++;
    cells->ends[b->next[cell]] = to->point;
    cells->units[b->next[cell]++].edge = at;
    if (fabs(of_centre(&at)) <= HF__CELLS_CENTRE_M * span_of(&at) ||
        is_far_reaching(&at)) {
        cells->units[-cells->owner[cell] - MAX_WAY - 1].head.is_exact_only =
            true;
    }
}

static void meet_cell(builder *b, size_t cell, uint32_t area, const spot *from,
                      const spot *to) {
    if (b->is_placing) {
        place_edge(b, cell, area, from, to);
    } else {
        b->next[cell] += b->last[cell] == area + 1 ? 1 : 2;
        b->last[cell] = area + 1;
    }
}

static double lesser(double a, double b) {
    return a < b ? a : b;
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

/* Every cell within HF__CELLS_DOUBT_M of an edge, and a few more: row by row
 * those between the least and the greatest x of the edge there. */
static void meet_cells(builder *b, uint32_t area, const spot *from,
                       const spot *to) {
    const hf__cells *cells = b->cells;
    bool rises = from->at.y_m <= to->at.y_m;
    hf_xy low = rises ? from->at : to->at, high = rises ? to->at : from->at;
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
        size_t left = clamp_to(column_of(cells, lesser(x0, x1) - 2 * margin),
                               cells->columns);
        size_t right = clamp_to(column_of(cells, greater(x0, x1) + 2 * margin),
                                cells->columns);
        for (size_t column = left; column <= right; column++) {
            meet_cell(b, row * cells->columns + column, area, from, to);
        }
    }
}

static void add_crossing(builder *b, crossing it) {
    void *list = b->crossings;
    if (!hf__reserve(&list, &b->crossing_capacity, b->n_crossings + 1,
                     sizeof *b->crossings)) {
        b->failed = true;
        return;
    }
    b->crossings = list;
    b->crossings[b->n_crossings++] = it;
}

static void add_crossings(builder *b, uint32_t area, hf_xy from, hf_xy to) {
    const hf__cells *cells = b->cells;
    double low = lesser(from.y_m, to.y_m), high = greater(from.y_m, to.y_m);
    size_t row = clamp_to(row_of(cells, low) - 1, cells->rows);
    for (; row < cells->rows; row++) {
        double y = cells->least.y_m + ((double)row + 0.5) * cells->side_m;
        if (y >= high) {
            break;
        }
        if (y >= low) {
            double t = (y - from.y_m) / (to.y_m - from.y_m);
            add_crossing(
                b, (crossing){area, row, from.x_m + t * (to.x_m - from.x_m)});
        }
    }
}

/* Most edges are short: both ends stand well within one cell, and so does all
 * that comes near the edge; and in one half of its row, so that it does not
 * cross the middle. */
static spot spot_of(const hf__cells *cells, const hf_xy *points, size_t point) {
    hf_xy at = points[point];
    double column = column_of(cells, at.x_m), row = row_of(cells, at.y_m);
    uint32_t whole_column = (uint32_t)column, whole_row = (uint32_t)row;
    double right = column - whole_column, up = row - whole_row;
    double margin = HF__CELLS_DOUBT_M * cells->per_m, middle = up - 0.5;
    return (spot){at, (size_t)whole_row * cells->columns + whole_column,
                  (uint32_t)point, 2 * whole_row + (middle > 0),
                  right > 2 * margin && right < 1 - 2 * margin && up > margin &&
                      up < 1 - margin && fabs(middle) > 1e-6};
}

static void meet_edge(builder *b, uint32_t area, const spot *from,
                      const spot *to) {
    if (from->cell == to->cell && from->half == to->half && from->is_inside &&
        to->is_inside) {
        meet_cell(b, from->cell, area, from, to);
        return;
    }
    meet_cells(b, area, from, to);
    if (!b->is_placing) {
        add_crossings(b, area, from->at, to->at);
    }
}

static void meet_area(builder *b, uint32_t number) {
    const hf__polygon *area = b->cells->areas[number];
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r], end = area->ring_start[r + 1];
        spot before = spot_of(b->cells, area->points, end - 1);
        for (size_t k = start; k < end; k++) {
            spot here = spot_of(b->cells, area->points, k);
            meet_edge(b, number, &before, &here);
            before = here;
        }
    }
}

/* ---- centres inside -------------------------------------------------------
 */

static int by_area_row_and_x(const void *a, const void *b) {
    const crossing *p = a, *q = b;
    if (p->area != q->area) {
        return p->area < q->area ? -1 : 1;
    }
    if (p->row != q->row) {
        return p->row < q->row ? -1 : 1;
    }
    return p->x_m < q->x_m ? -1 : p->x_m > q->x_m;
}

static int by_area(const void *a, const void *b) {
    const cover *p = a, *q = b;
    if (p->area != q->area) {
        return p->area < q->area ? -1 : 1;
    }
    return p->cell < q->cell ? -1 : p->cell > q->cell;
}

static void add_cover(builder *b, size_t cell, size_t area) {
    void *list = b->covers;
    if (!hf__reserve(&list, &b->cover_capacity, b->n_covers + 1,
                     sizeof *b->covers)) {
        b->failed = true;
        return;
    }
    b->covers = list;
    b->covers[b->n_covers++] = (cover){(uint32_t)cell, (uint32_t)area};
    b->next[cell]++;
}

/* A cell whose centre an area covers: its own, where no edge comes near. Where
 * edges do, or another area was there before, it is listed. */
static void cover_cell(builder *b, size_t cell, size_t area) {
    int32_t *owner = &b->cells->owner[cell];
    if (!b->next[cell] && *owner < 0) {
        *owner = (int32_t)area;
        return;
    }
    if (!b->next[cell]) {
        add_cover(b, cell, (size_t)*owner);
    }
    add_cover(b, cell, area);
}

static void cover_cells(builder *b) {
    const hf__cells *cells = b->cells;
    if (b->n_crossings) {
        qsort(b->crossings, b->n_crossings, sizeof *b->crossings,
              by_area_row_and_x);
    }
    /* An area crosses the line of a row an even number of times. */
    for (size_t i = 0; i + 1 < b->n_crossings && !b->failed; i += 2) {
        const crossing *in = &b->crossings[i], *out = in + 1;
        double from = column_of(cells, in->x_m) - 0.5;
        double to = column_of(cells, out->x_m) - 0.5;
        for (size_t column = (size_t)greater(ceil(from), 0);
             column < cells->columns && (double)column < to; column++) {
            cover_cell(b, in->row * cells->columns + column, in->area);
        }
    }
    if (b->n_covers) {
        qsort(b->covers, b->n_covers, sizeof *b->covers, by_area);
    }
}

/* ---- mixed cells ----------------------------------------------------------
 */

/* Gives every mixed cell its room. */
static bool make_room(builder *b) {
    hf__cells *cells = b->cells;
    size_t n_cells = (size_t)cells->columns * cells->rows, n = 0;
    for (size_t i = 0; i < n_cells; i++) {
        b->last[i] = 0;
        if (b->next[i]) {
            size_t size = 1 + (size_t)b->next[i];
            if (n + size > INT32_MAX - MAX_WAY - 1) {
                return false;
            }
            cells->owner[i] = MIXED(n);
            b->next[i] = (uint32_t)n + 1;
            n += size;
        }
    }
    cells->units = hf__calloc(n, sizeof *cells->units);
    cells->ends = hf__calloc(n, sizeof *cells->ends);
    return cells->units && cells->ends;
}

/* Area by area, so that entries stand in their order. */
static void fill_mixed(builder *b) {
    size_t next = 0;
    b->is_placing = true;
    for (size_t i = 0; i < b->n_areas; i++) {
        meet_area(b, (uint32_t)i);
        for (; next < b->n_covers && b->covers[next].area == i; next++) {
            entry_of(b, b->covers[next].cell, (uint32_t)i)->entry.is_inside =
                true;
        }
    }
}

/* ---- the way to the nearest mixed cell ------------------------------------
 */

/* Lowers the ways of a row by those of the row beside it. */
static void lower_by_row(uint32_t *row, const uint32_t *beside, size_t n) {
    uint32_t before = MAX_WAY;
    for (size_t k = 0; k < n; k++) {
        uint32_t after = k + 1 < n ? beside[k + 1] : MAX_WAY;
        uint32_t least = before < after ? before : after;
        least = least < beside[k] ? least : beside[k];
        row[k] = row[k] <= least ? row[k] : least + 1;
        before = beside[k];
    }
}

/* Lowers each way by its neighbours' in the row. */
static void lower_along(uint32_t *row, size_t n) {
    for (size_t k = 1; k < n; k++) {
        row[k] = row[k] <= row[k - 1] ? row[k] : row[k - 1] + 1;
    }
    for (size_t k = n - 1; k-- > 0;) {
        row[k] = row[k] <= row[k + 1] ? row[k] : row[k + 1] + 1;
    }
}

/* Two sweeps over the eight neighbours give the chessboard distance. Covered
 * cells take part: between them and open ones there are mixed cells, so that no
 * way leads through them. */
static void set_ways(hf__cells *cells, uint32_t *ways) {
    size_t n = cells->columns, rows = cells->rows;
    for (size_t i = 0; i < n * rows; i++) {
        ways[i] = IS_MIXED(cells->owner[i]) ? 0 : MAX_WAY;
    }
    for (size_t row = 0; row < rows; row++) {
        if (row > 0) {
            lower_by_row(ways + row * n, ways + (row - 1) * n, n);
        }
        lower_along(ways + row * n, n);
    }
    for (size_t row = rows - 1; row-- > 0;) {
        lower_by_row(ways + row * n, ways + (row + 1) * n, n);
        lower_along(ways + row * n, n);
    }
    for (size_t i = 0; i < n * rows; i++) {
        if (cells->owner[i] == -1) {
            cells->owner[i] = -(int32_t)ways[i];
        }
    }
}

/* ---- all of it ------------------------------------------------------------
 */

bool hf__cells_build(hf__cells *cells, size_t n_areas) {
    set_grid(cells, n_areas);
    size_t n_cells = (size_t)cells->columns * cells->rows;
    builder b = {.cells = cells, .n_areas = n_areas};
    cells->owner = hf__calloc(n_cells, sizeof *cells->owner);
    b.next = hf__calloc(n_cells, sizeof *b.next);
    b.last = hf__calloc(n_cells, sizeof *b.last);
    bool ok = cells->owner && b.next && b.last;
    for (size_t i = 0; ok && i < n_cells; i++) {
        cells->owner[i] = -1;
    }
    for (size_t i = 0; ok && i < n_areas; i++) {
        meet_area(&b, (uint32_t)i);
        ok = !b.failed;
    }
    if (ok) {
        cover_cells(&b);
        ok = !b.failed && make_room(&b);
    }
    if (ok) {
        fill_mixed(&b);
        set_ways(cells, b.last);
    }
    hf__free(b.next);
    hf__free(b.last);
    hf__free(b.crossings);
    hf__free(b.covers);
    return ok;
}
