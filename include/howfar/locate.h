/* Which authority a point lies in. */
#ifndef HOWFAR_LOCATE_H
#define HOWFAR_LOCATE_H

#include "howfar/boundary.h"

HF_BEGIN_DECLS

/* Points outside every authority are given to the nearest one when it is no
 * farther than this: piers, harbours, and what a generalised coast cuts off. */
#define HF_LOCATE_COAST_M 2000.0

typedef struct hf_location {
    size_t authority;  /* HF_NOWHERE when none is near enough */
    double offshore_m; /* 0 inside or on the border; otherwise how far outside
                          the nearest authority the point lies */
} hf_location;

/* The authority whose area covers `point`: inside or on its border. A point on
 * a border shared by several authorities goes to the one whose code sorts
 * first; where areas overlap likewise. Outside all, the nearest authority by
 * border distance if within coast_m (equal distances: first code), else
 * HF_NOWHERE. HF_ERR_RANGE unless the point is valid and coast_m finite and
 * >= 0; HF_ERR_PROJECTION. */
HF_API HF_WARN_UNUSED hf_status hf_locate(hf_context *ctx,
                                          const hf_boundaries *set,
                                          hf_lonlat point, double coast_m,
                                          hf_location *out);

/* Whether the authority's area covers the point (inside or on the border). */
HF_API HF_WARN_UNUSED hf_status hf_locate_is_within(hf_context *ctx,
                                                    const hf_boundaries *set,
                                                    size_t authority,
                                                    hf_lonlat point, bool *out);

HF_END_DECLS
#endif
