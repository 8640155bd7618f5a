/* Measuring many points at once: what annotate asks for a block of rows.
 * Answers are those of hf_locate, hf_distance_to_border and hf_geodesic_dist_m,
 * point by point. */
#ifndef HOWFAR_ANSWER_MEASURE_H
#define HOWFAR_ANSWER_MEASURE_H

#include "earth/projection.h"
#include "howfar/distance.h"
#include "howfar/locate.h"

typedef struct hf__measure {
    hf_location location; /* HF_NOWHERE, NaN for a point that is not valid */
    double border_m;      /* to the home authority's border, 0 within; NaN */
    double origin_m;      /* to the origin; NaN without one */
} hf__measure;

/* Measures n points. homes[i] is the home authority of point i, or HF_NOWHERE
 * (border_m is NaN then). origins[i] is where origin_m is measured from;
 * `origins` may be NULL, and an invalid origin gives NaN. A point that is not
 * valid is no error: its measures are NaN and HF_NOWHERE. `planar` may be NULL;
 * where planar[i] is not NaN, point i is that point of the set's plane, one
 * that hf__measure_takes, whatever points[i] says: answers are those of its
 * longitude and latitude, but these are rarely worked out. */
hf_status hf__measure_points(hf_context *ctx, const hf_boundaries *set,
                             double coast_m, const hf_lonlat *points,
                             const hf_xy *planar, const size_t *homes,
                             const hf_lonlat *origins, size_t n,
                             hf__measure *out);

/* Whether a projection is the set's plane. */
bool hf__measure_is_plane(const hf_boundaries *set,
                          const hf__projection *projection);

/* Whether a point of the set's plane can be measured as it is: within the set's
 * extent, and where the plane is smooth. */
hf_status hf__measure_takes(hf_context *ctx, const hf_boundaries *set, hf_xy xy,
                            bool *out);

/* Only the nearest of hf_distance_between, for two areas: a small part of its
 * time. */
hf_status hf__measure_nearest(hf_context *ctx, const hf_boundaries *set,
                              const hf_place *from, const hf_place *to,
                              double *out_m);

#endif
