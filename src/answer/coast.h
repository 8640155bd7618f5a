/* Which authority is nearest to a point off the coast: hf_locate for many
 * points, without the borders of all authorities near by. Edges that can hold
 * the nearest point are found in the cells, and only pieces of these are taken
 * to the earth.
 *
 * What is certain. Within the extent, and 50 km beside it, a metre of the plane
 * is scale.least to scale.most metres of ground (indexes.h). So an edge that is
 * d away in the plane is at least scale.least d away on the ground, and the
 * nearest one, at d0, at most scale.most d0: of the others only those count
 * with d <= d0 scale.most / scale.least, where both may be off by the doubt of
 * the point and by HF__ROUND_TRIP_M. The same holds for the pieces of an edge.
 * Pieces are cut and measured like those of a border (border.h). */
#ifndef HOWFAR_ANSWER_COAST_H
#define HOWFAR_ANSWER_COAST_H

#include "answer/indexes.h"
#include "shape/lanes.h"

/* What a search needs, and its room; one per thread. */
typedef struct hf__coast {
    const hf__indexes *indexes;
    const hf__cells *cells;
    const hf__lanes *lanes;
    hf__near_edges edges;
} hf__coast;

/* A point off the coast. */
typedef struct hf__castaway {
    hf_xy xy;                /* in the plane, ... */
    double doubt_m, clear_m; /* ... within doubt_m; no edge is nearer */
    hf__xyz at;
} hf__castaway;

typedef struct hf__nearest_coast {
    size_t authority;        /* HF_NOWHERE: none within the tolerance */
    double dist_m, second_m; /* of the nearest two, within 0.2 mm */
    bool is_known; /* false: the plane is not smooth there, nothing is set */
} hf__nearest_coast;

void hf__coast_reset(hf__coast *coast);

/* The nearest authority within most_m metres of ground, at most 50 km; the
 * distance of the second nearest is true where it is less than equal_m above
 * that of the nearest. HF_ERR_PROJECTION, HF_ERR_MEMORY. */
hf_status hf__coast_nearest(hf_context *ctx, hf__coast *coast,
                            const hf__castaway *from, double most_m,
                            double equal_m, hf__nearest_coast *out);

#endif
