/* Topology through GEOS: assembling, validity, unions. Coordinates that are not
 * finite never reach it. */
#ifndef HOWFAR_SHAPE_TOPOLOGY_H
#define HOWFAR_SHAPE_TOPOLOGY_H

#include "shape/rings.h"

/* Makes one valid polygon of the rings of `n` records: rings with fewer than
 * three different points are dropped; holes are told from outer rings by
 * nesting, whatever their winding; records are united. *out_repaired says that
 * GEOS had to change the shape. HF_ERR_RANGE when a coordinate is not finite,
 * HF_ERR_GEOMETRY when nothing is left, HF_ERR_MEMORY. */
hf_status hf__topology_assemble(hf_context *ctx, const hf__rings *records,
                                size_t n, hf__polygon *out, bool *out_repaired,
                                char *why, size_t why_size);

/* Whether GEOS finds a polygon valid; `why` says what is wrong and where. */
hf_status hf__topology_is_valid(hf_context *ctx, const hf__polygon *polygon,
                                bool *out_valid, char *why, size_t why_size);

/* "3.11.1-CAPI-1.17.1", of GEOS as it runs. */
const char *hf__topology_library_version(void);

#endif
