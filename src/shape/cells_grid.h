/* The inside of cells, as cells_build.c makes it and cells.c looks into it. */
#ifndef HOWFAR_SHAPE_CELLS_GRID_H
#define HOWFAR_SHAPE_CELLS_GRID_H

#include <math.h>

#include "shape/cells.h"

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
    uint32_t columns, rows;
    int32_t *owner;
    unit *units;    /* a mixed cell's number is where its head stands */
    uint32_t *ends; /* of units that are edges: the point of its area where the
                       edge ends */
};

static inline double column_of(const hf__cells *cells, double x_m) {
    return (x_m - cells->least.x_m) * cells->per_m;
}

static inline double row_of(const hf__cells *cells, double y_m) {
    return (y_m - cells->least.y_m) * cells->per_m;
}

static inline hf_xy centre_of(const hf__cells *cells, size_t cell) {
    size_t column = cell % cells->columns, row = cell / cells->columns;
    return (hf_xy){cells->least.x_m + ((double)column + 0.5) * cells->side_m,
                   cells->least.y_m + ((double)row + 0.5) * cells->side_m};
}

/* At least the length. */
static inline double span_of(const edge *e) {
    return fabs((double)e->bx - e->ax) + fabs((double)e->by - e->ay);
}

/* Twice the area of the triangle of an edge and the centre: products of floats
 * are exact in doubles, and so is their sum but for its last bit. */
static inline double of_centre(const edge *e) {
    return (double)e->ax * e->by - (double)e->ay * e->bx;
}

/* Fills the cells of areas that are set. False without memory. */
bool hf__cells_build(hf__cells *cells, size_t n_areas);

#endif
