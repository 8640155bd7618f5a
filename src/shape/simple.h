/* A fast answer to most questions of validity: a polygon none of whose edges
 * touch, but for the ends of neighbours, is valid however its rings nest. */
#ifndef HOWFAR_SHAPE_SIMPLE_H
#define HOWFAR_SHAPE_SIMPLE_H

#include "shape/polygon.h"

/* Whether no two edges share a point other than the vertex between neighbours
 * of one ring. False says nothing: rings may touch in a point and be valid.
 * Exact. Points must be finite, and no two neighbouring points the same, as
 * hf__rings_clean leaves them. HF_ERR_MEMORY. */
hf_status hf__polygon_is_simple(hf_context *ctx, const hf__polygon *polygon,
                                bool *out_simple);

#endif
