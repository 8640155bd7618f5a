/* Recipes of projections: see projection.h. What they are made of, without
 * PROJ's objects, and those of the systems that are known here. */
#ifndef HOWFAR_EARTH_RECIPE_H
#define HOWFAR_EARTH_RECIPE_H

#include <stdint.h>

#include "earth/projection.h"
#include "earth/wkt.h"

struct hf__projection {
    hf__projection_facts facts;
    char *name;
    char *authority;
    char *operation;
    char *pipeline; /* plane to longitude, latitude in degrees; NULL where
                       the plane is longitude and latitude already */
    char *fallback; /* used where `pipeline` has no answer, or NULL */
    double plane_per_axis; /* metres or degrees per unit of PROJ's plane */
    bool is_plain;         /* needs neither proj.db nor PROJ's search path */
    uint64_t hash;         /* of the pipeline */
};

/* What a recipe is made of; texts are copied. */
typedef struct hf__ingredients {
    const char *name;
    const char *authority;
    const char *operation;
    const char *pipeline;
    const char *fallback;
    double accuracy_m;
    double metres_per_unit;
    double plane_per_axis;
    bool is_geographic;
    bool is_plain;
} hf__ingredients;

/* HF_ERR_MEMORY. */
hf_status hf__recipe_make(hf_context *ctx, const hf__ingredients *from,
                          hf__projection **out);

/* Of a system that is known without PROJ's database; none is WGS84. */
hf_status hf__recipe_known(hf_context *ctx, hf__known_system known,
                           hf__projection **out);

/* Where PROJ looks for files: folders with colons between, or NULL. */
const char *hf__proj_search_path(void);

/* Whether PROJ can carry out the operation here: HF_ERR_PROJECTION if not. */
hf_status hf__projection_check(hf_context *ctx,
                               const hf__projection *projection);

#endif
