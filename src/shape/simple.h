/* A fast answer to most questions of validity: a polygon none of whose edges
 * touch, but for the ends of neighbours and for rings that meet in a vertex
 * without crossing, is valid, if its interior stays in one piece. */
#ifndef HOWFAR_SHAPE_SIMPLE_H
#define HOWFAR_SHAPE_SIMPLE_H

#include "shape/edge_tree.h"

/* Whether the polygon of a tree is certainly valid; false says nothing. Exact.
 *
 * No two edges share a point other than the vertex between neighbours of one
 * ring, or a vertex of two rings. Where rings share a vertex both edges of the
 * one lie on the same side of the other. And the meetings of an outer ring and
 * its holes close no circle, which would cut the interior: a graph of rings and
 * of the points where they meet is a forest.
 *
 * `depth` and `parent` are those of hf__rings_nest. Points must be finite, and
 * no two neighbouring points the same, as hf__rings_clean leaves them.
 * HF_ERR_MEMORY. */
hf_status hf__polygon_is_simple(hf_context *ctx, const hf__edge_tree *tree,
                                const size_t *depth, const size_t *parent,
                                bool *out_simple);

#endif
