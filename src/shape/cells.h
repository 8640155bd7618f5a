/* Which areas cover a point: a grid of cells over many polygons in a plane.
 *
 * A cell that no edge comes near lies wholly in one area, or in none, and
 * answers at once. Any other cell knows, for each area that has edges in it or
 * covers it, whether the cell's centre is inside, and the edges: a point is
 * inside if the centre is, changed by every edge that the straight line from
 * point to centre crosses.
 *
 * What is certain. The point is given with a doubt: how far it may be from the
 * true one. Cells are filled with every edge within HF__CELLS_DOUBT_M of them,
 * so while the doubt is no greater, moving the point within its doubt meets
 * only edges of its cell. It crosses none of them, and the count is exact, if
 * the point is farther than the doubt from the line through each edge; the
 * orientations that are compared then stand far above their rounding error. The
 * centre keeps HF__CELLS_CENTRE_M from all those lines. On which side of the
 * line from point to centre a vertex is held to lie does not matter as long as
 * both of its edges take the same, which they do, from the same numbers. Where
 * the condition fails the cell says so, and the caller decides exactly. */
#ifndef HOWFAR_SHAPE_CELLS_H
#define HOWFAR_SHAPE_CELLS_H

#include <stdint.h>

#include "shape/polygon.h"

/* The greatest doubt that cells take. */
#define HF__CELLS_DOUBT_M 20.0
#define HF__CELLS_CENTRE_M 0.1

/* No area. */
#define HF__NO_AREA ((size_t)-1)

typedef struct hf__cells hf__cells;

/* Areas are numbered as in `areas`; the polygons must outlive the cells. NULL
 * without memory. */
hf__cells *hf__cells_new(const hf__polygon *const *areas, size_t n);
void hf__cells_free(hf__cells *cells);

/* What a cell says of a point. */
typedef struct hf__covered {
    size_t first;      /* the first area that covers it, or HF__NO_AREA */
    bool is_in_wanted; /* whether area `wanted` covers it */
    double clear_m;    /* where none does: no edge is nearer, in the plane */
} hf__covered;

/* The cell of a point, HF__NO_CELL beside all of them. */
#define HF__NO_CELL UINT32_MAX
uint32_t hf__cells_at(const hf__cells *cells, hf_xy p);

/* The cells of n points; they are fetched from memory side by side, not one
 * after the other when they are looked into. */
void hf__cells_fetch(const hf__cells *cells, const hf_xy *points, size_t n,
                     uint32_t *out);

/* What the cell of a point says of it. False where the point is too near an
 * edge, or its doubt too great, to say. */
bool hf__cells_find(const hf__cells *cells, uint32_t cell, hf_xy p,
                    double doubt_m, size_t wanted, hf__covered *out);

/* The same exactly, for a point known exactly. */
void hf__cells_find_exactly(const hf__cells *cells, uint32_t cell, hf_xy p,
                            size_t wanted, hf__covered *out);

/* An edge of an area, and how far it is from a point, in the plane. */
typedef struct hf__near_edge {
    size_t area;
    hf_xy from, to;
    double dist_m;
} hf__near_edge;

/* How far edges may be to be near: most_m, and `ratio` times the distance of
 * the nearest one and slack_m more. */
typedef struct hf__nearness {
    double most_m, ratio, slack_m;
} hf__nearness;

/* A growing list of edges near a point. */
typedef struct hf__near_edges {
    hf__near_edge *at;
    size_t n, capacity;
    double most_m; /* none of them is farther */
} hf__near_edges;

/* Lists the edges near a point, of whichever areas; some of them twice. No edge
 * is nearer than clear_m. The point may lie beside the areas. False without
 * memory. */
bool hf__cells_near(const hf__cells *cells, hf_xy p, double clear_m,
                    const hf__nearness *nearness, hf__near_edges *list);

#endif
