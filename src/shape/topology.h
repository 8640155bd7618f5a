/* Topology through GEOS: assembling, validity, unions. Coordinates that are not
 * finite never reach it. */
#ifndef HOWFAR_SHAPE_TOPOLOGY_H
#define HOWFAR_SHAPE_TOPOLOGY_H

#include "shape/rings.h"

/* A valid polygon, and what was found on the way. */
typedef struct hf__assembled {
    hf__polygon polygon;
    hf__measures measures;
    bool was_repaired; /* GEOS had to change the shape */
    bool is_as_filed;  /* valid as it stood, and wound as shapefiles wind */
    char why[200];     /* what was wrong with it, and where */
} hf__assembled;

/* Makes one valid polygon of the rings of `n` records: rings with fewer than
 * three different points are dropped; holes are told from outer rings by
 * nesting, whatever their winding; records are united. HF_ERR_RANGE when a
 * coordinate is not finite, HF_ERR_GEOMETRY when nothing is left,
 * HF_ERR_MEMORY. */
hf_status hf__topology_assemble(hf_context *ctx, const hf__rings *records,
                                size_t n, hf__assembled *out);

/* The same of the rings of one record that are known to be as filed: nothing is
 * looked at again. */
hf_status hf__topology_adopt(hf_context *ctx, const hf__rings *record,
                             hf__assembled *out);

/* Whether GEOS finds a polygon valid; `why` says what is wrong and where. */
hf_status hf__topology_is_valid(hf_context *ctx, const hf__polygon *polygon,
                                bool *out_valid, char *why, size_t why_size);

/* "3.11.1-CAPI-1.17.1", of GEOS as it runs. */
const char *hf__topology_library_version(void);

#endif
