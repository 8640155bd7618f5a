#include "answer/measure.h"

#include <math.h>

#include "howfar/geodesic.h"

static hf_status measure_point(hf_context *ctx, const hf_boundaries *set,
                               double coast_m, hf_lonlat point, size_t home,
                               const hf_lonlat *origin, hf__measure *out) {
    *out = (hf__measure){{HF_NOWHERE, NAN}, NAN, NAN};
    if (!hf_lonlat_is_valid(point)) {
        return HF_OK;
    }
    hf_status status = hf_locate(ctx, set, point, coast_m, &out->location);
    if (!status && home != HF_NOWHERE) {
        hf_line line;
        status = hf_distance_to_border(ctx, set, home, point, &line);
        out->border_m = status ? NAN : line.dist_m;
    }
    if (origin) {
        out->origin_m = hf_geodesic_dist_m(*origin, point);
    }
    return status;
}

hf_status hf__measure_points(hf_context *ctx, const hf_boundaries *set,
                             double coast_m, const hf_lonlat *points,
                             const size_t *homes, const hf_lonlat *origins,
                             size_t n, hf__measure *out) {
    for (size_t i = 0; i < n; i++) {
        hf_status status = measure_point(ctx, set, coast_m, points[i], homes[i],
                                         origins ? &origins[i] : NULL, &out[i]);
        if (status) {
            return status;
        }
    }
    return HF_OK;
}
