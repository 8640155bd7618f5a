#include "howfar/locate.h"

#include <math.h>

#include "answer/indexes.h"
#include "answer/nearness.h"
#include "base/context.h"

static hf_status check_point(hf_context *ctx, hf_lonlat point) {
    if (hf_lonlat_is_valid(point)) {
        return HF_OK;
    }
    return hf__fail(ctx, HF_ERR_RANGE,
                    "a point is outside longitude -180..180, latitude "
                    "-90..90");
}

/* One search for the nearest authority of a point outside all. */
typedef struct coast_search {
    hf_context *ctx;
    const hf_boundaries *set;
    hf_lonlat point;
    hf_xy xy;
    double coast_m;
    double least_scale;
} coast_search;

/* Distance to the border of an authority; infinite where it is certainly above
 * most_m. */
static hf_status dist_to(const coast_search *s, size_t authority, double most_m,
                         double *out_m) {
    const hf_authority *at = hf_boundaries_authority(s->set, authority);
    hf__box box = {at->min, at->max};
    *out_m = INFINITY;
    if (s->coast_m <= HF__PRUNED_COAST_M &&
        sqrt(hf__box_dist2(&box, s->xy)) * s->least_scale >
            most_m + HF__ROUND_TRIP_M) {
        return HF_OK;
    }
    const hf__border *border;
    hf__reach reach;
    hf_status status = hf__indexes_border(s->ctx, s->set, authority, &border);
    if (!status) {
        status = hf__border_nearest(s->ctx, border, s->point, most_m, &reach);
    }
    if (!status) {
        *out_m = reach.dist_m;
    }
    return status;
}

static hf_status find_nearest(const coast_search *s, hf_location *out) {
    size_t n = hf_boundaries_count(s->set);
    double least_m = INFINITY, dist_m;
    for (size_t i = 0; i < n; i++) {
        hf_status status = dist_to(s, i, fmin(least_m, s->coast_m), &dist_m);
        if (status) {
            return status;
        }
        least_m = fmin(least_m, dist_m);
    }
    *out = (hf_location){HF_NOWHERE, least_m};
    if (!(least_m <= s->coast_m)) {
        out->offshore_m = INFINITY;
        return HF_OK;
    }
    for (size_t i = 0; i < n; i++) {
        hf_status status = dist_to(s, i, least_m + HF__EQUAL_M, &dist_m);
        if (status) {
            return status;
        }
        if (dist_m <= least_m + HF__EQUAL_M) {
            *out = (hf_location){i, dist_m};
            return HF_OK;
        }
    }
    return HF_OK;
}

hf_status hf_locate(hf_context *ctx, const hf_boundaries *set, hf_lonlat point,
                    double coast_m, hf_location *out) {
    coast_search s = {
        .ctx = ctx, .set = set, .point = point, .coast_m = coast_m};
    hf_status status = check_point(ctx, point);
    if (status) {
        return status;
    }
    if (!(coast_m >= 0) || !isfinite(coast_m)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "the tolerance at the coast must be 0 metres or more");
    }
    status = hf__projection_forward(ctx, hf__boundaries_plane(set), &point, 1,
                                    &s.xy);
    if (status) {
        return status;
    }
    hf_location found = {HF_NOWHERE, INFINITY};
    if (isfinite(s.xy.x_m) && isfinite(s.xy.y_m)) {
        /* Authorities are sorted by code: the first that covers it is it. */
        for (size_t i = 0; i < hf_boundaries_count(set); i++) {
            if (hf__polygon_side(hf__boundaries_polygon(set, i), s.xy)) {
                *out = (hf_location){i, 0};
                return HF_OK;
            }
        }
        const hf__indexes *indexes;
        status = hf__indexes_of(ctx, set, &indexes);
        if (!status && coast_m > 0) {
            s.least_scale = indexes->scale.least;
            status = find_nearest(&s, &found);
        }
    }
    if (!status) {
        *out = found;
    }
    return status;
}

hf_status hf_locate_is_within(hf_context *ctx, const hf_boundaries *set,
                              size_t authority, hf_lonlat point, bool *out) {
    hf_xy xy;
    hf_status status = check_point(ctx, point);
    if (!status) {
        status = hf__projection_forward(ctx, hf__boundaries_plane(set), &point,
                                        1, &xy);
    }
    if (!status) {
        *out = isfinite(xy.x_m) && isfinite(xy.y_m) &&
               hf__polygon_side(hf__boundaries_polygon(set, authority), xy) !=
                   HF__OUTSIDE;
    }
    return status;
}
