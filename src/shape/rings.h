/* Rings as a file has them, made into a polygon in the sense of polygon.h:
 * cleaned, nested and turned the right way. No library, and no judgement on
 * validity: that is topology's. */
#ifndef HOWFAR_SHAPE_RINGS_H
#define HOWFAR_SHAPE_RINGS_H

#include "shape/edge_tree.h"

/* Any winding, holes anywhere, closing vertex there or not, repeated points. */
typedef struct hf__rings {
    const hf_xy *points;
    const size_t *ring_start; /* n_rings + 1 */
    size_t n_rings;
} hf__rings;

/* Copies the rings without repeated neighbouring points, closing vertices and
 * rings of fewer than three points; the box is set. HF_ERR_MEMORY. */
hf_status hf__rings_clean(hf_context *ctx, const hf__rings *rings,
                          hf__polygon *out);

/* No ring. */
#define HF__NO_RING ((size_t)-1)

/* For each ring of a tree's polygon the number of rings around it, and the
 * innermost of them (or HF__NO_RING). Arrays of n_rings. HF_ERR_MEMORY. */
hf_status hf__rings_nest(hf_context *ctx, const hf__edge_tree *tree,
                         size_t *out_depth, size_t *out_parent);

/* Turns rings of even depth counter-clockwise and the others clockwise. True
 * where every ring had to be turned: shapefiles have them the other way round.
 */
bool hf__rings_turn(hf__polygon *polygon, const size_t *depth);
/* Turns every ring. */
void hf__rings_turn_all(hf__polygon *polygon);

#endif
