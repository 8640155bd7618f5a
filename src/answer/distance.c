#include "howfar/distance.h"

#include <assert.h>
#include <math.h>

#include "answer/areas.h"
#include "answer/farthest.h"
#include "answer/span.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/locate.h"

static hf_status check_point(hf_context *ctx, hf_lonlat point) {
    if (hf_lonlat_is_valid(point)) {
        return HF_OK;
    }
    return hf__fail(ctx, HF_ERR_RANGE,
                    "a point is outside longitude -180..180, latitude "
                    "-90..90");
}

hf_status hf_distance_centre(hf_context *ctx, const hf_boundaries *set,
                             const hf_place *place, hf_lonlat *out) {
    if (place->kind == HF_PLACE_POINT) {
        hf_status status = check_point(ctx, place->point);
        if (!status) {
            *out = place->point;
        }
        return status;
    }
    assert(place->n_members > 0);
    if (place->n_members == 1) {
        *out = hf_boundaries_authority(set, place->members[0])->centre;
        return HF_OK;
    }
    /* Weighted about the first centroid, so that sums stay small. */
    hf_xy base = hf_boundaries_authority(set, place->members[0])->centroid;
    double area_m2 = 0, x = 0, y = 0;
    for (size_t i = 0; i < place->n_members; i++) {
        const hf_authority *member =
            hf_boundaries_authority(set, place->members[i]);
        area_m2 += member->area_m2;
        x += member->area_m2 * (member->centroid.x_m - base.x_m);
        y += member->area_m2 * (member->centroid.y_m - base.y_m);
    }
    hf_xy centroid = {base.x_m + x / area_m2, base.y_m + y / area_m2};
    hf_lonlat centre;
    hf_status status = hf__projection_inverse(ctx, hf__boundaries_plane(set),
                                              &centroid, 1, &centre);
    if (status) {
        return status;
    }
    if (!hf_lonlat_is_valid(centre)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "the centre of %s can't be taken from the working "
                        "plane to longitude and latitude",
                        place->name);
    }
    *out = centre;
    return HF_OK;
}

hf_status hf_distance_to_border(hf_context *ctx, const hf_boundaries *set,
                                size_t authority, hf_lonlat point,
                                hf_line *out) {
    bool is_within;
    hf_status status =
        hf_locate_is_within(ctx, set, authority, point, &is_within);
    if (status) {
        return status;
    }
    if (is_within) {
        *out = (hf_line){0, point, point, authority, HF_NOWHERE};
        return HF_OK;
    }
    const hf__border *border;
    hf__reach reach;
    status = hf__indexes_border(ctx, set, authority, &border);
    if (!status) {
        status = hf__border_nearest(ctx, border, point, INFINITY, &reach);
    }
    if (!status) {
        *out = (hf_line){reach.dist_m, reach.to, point, authority, HF_NOWHERE};
    }
    return status;
}

static hf_line reverse(hf_line line) {
    return (hf_line){line.dist_m, line.to, line.from, line.to_authority,
                     line.from_authority};
}

/* ---- a point and an area ------------------------------------------------ */

/* The members of a place, as seen from a point. */
typedef struct view {
    hf_context *ctx;
    const hf_boundaries *set;
    hf_lonlat point;
    hf__pair *list;
    size_t n;
    size_t nearest, farthest; /* orders of those found */
} view;

static hf_status list_members(view *from, const hf_place *area) {
    const hf__indexes *indexes;
    hf_xy xy;
    hf_status status = hf__indexes_of(from->ctx, from->set, &indexes);
    if (!status) {
        status = hf__projection_forward(
            from->ctx, hf__boundaries_plane(from->set), &from->point, 1, &xy);
    }
    if (status) {
        return status;
    }
    from->list = hf__calloc(area->n_members, sizeof *from->list);
    if (!from->list) {
        return hf__fail_memory(from->ctx);
    }
    hf__box at = {xy, xy};
    for (; from->n < area->n_members; from->n++) {
        size_t b = area->members[from->n];
        from->list[from->n] =
            (hf__pair){HF_NOWHERE, b, from->n,
                       hf__span_of(indexes, &at,
                                   &hf__boundaries_polygon(from->set, b)->box)};
    }
    return HF_OK;
}

static hf_status look_near(view *from, const hf__pair *it, hf_distances *d) {
    const hf__border *border;
    hf__reach reach = {0, from->point, from->point};
    bool is_within;
    hf_status status = hf_locate_is_within(from->ctx, from->set, it->b,
                                           from->point, &is_within);
    if (!status && !is_within) {
        status = hf__indexes_border(from->ctx, from->set, it->b, &border);
        if (!status) {
            status = hf__border_nearest(from->ctx, border, from->point,
                                        d->nearest.dist_m, &reach);
        }
    }
    if (status) {
        return status;
    }
    d->overlap |= is_within;
    if (reach.dist_m < d->nearest.dist_m ||
        (reach.dist_m == d->nearest.dist_m && it->order < from->nearest)) {
        d->nearest =
            (hf_line){reach.dist_m, from->point, reach.to, HF_NOWHERE, it->b};
        from->nearest = it->order;
    }
    return HF_OK;
}

static hf_status look_far(view *from, const hf__pair *it, hf_distances *d) {
    const hf__border *border;
    hf__reach reach;
    hf_status status = hf__indexes_border(from->ctx, from->set, it->b, &border);
    if (!status) {
        status = hf__border_farthest(from->ctx, border, from->point, &reach);
    }
    if (status) {
        return status;
    }
    if (reach.dist_m > d->farthest.dist_m ||
        (reach.dist_m == d->farthest.dist_m && it->order < from->farthest)) {
        d->farthest =
            (hf_line){reach.dist_m, from->point, reach.to, HF_NOWHERE, it->b};
        from->farthest = it->order;
    }
    return HF_OK;
}

/* Nearest and farthest from a point to the members of a place, as far as their
 * boxes leave it open; of equal ones the first counts. */
static hf_status point_to_area(hf_context *ctx, const hf_boundaries *set,
                               hf_lonlat point, const hf_place *area,
                               hf_distances *d) {
    view from = {.ctx = ctx, .set = set, .point = point};
    d->nearest.dist_m = INFINITY;
    d->farthest.dist_m = -1;
    hf_status status = list_members(&from, area);
    if (status) {
        return status;
    }
    hf__pairs_sort_near(from.list, from.n);
    for (size_t i = 0; !status && i < from.n &&
                       from.list[i].span.least_m <= d->nearest.dist_m;
         i++) {
        status = look_near(&from, &from.list[i], d);
    }
    hf__pairs_sort_far(from.list, from.n);
    for (size_t i = 0; !status && i < from.n &&
                       from.list[i].span.most_m >= d->farthest.dist_m;
         i++) {
        status = look_far(&from, &from.list[i], d);
    }
    hf__free(from.list);
    return status;
}

/* ---- any two places -------------------------------------------------------
 */

static size_t only_member(const hf_place *place) {
    return place->n_members == 1 ? place->members[0] : HF_NOWHERE;
}

static hf_status set_centre(hf_context *ctx, const hf_boundaries *set,
                            const hf_place *from, const hf_place *to,
                            hf_line *out) {
    hf_line line = {.from_authority = only_member(from),
                    .to_authority = only_member(to)};
    hf_status status = hf_distance_centre(ctx, set, from, &line.from);
    if (!status) {
        status = hf_distance_centre(ctx, set, to, &line.to);
    }
    if (!status) {
        line.dist_m = hf_geodesic_dist_m(line.from, line.to);
        *out = line;
    }
    return status;
}

/* Nearest and farthest, where the centres are known. */
static hf_status set_borders(hf_context *ctx, const hf_boundaries *set,
                             const hf_place *from, const hf_place *to,
                             hf_distances *out) {
    hf_distances d = *out;
    hf_status status = HF_OK;
    bool from_point = from->kind == HF_PLACE_POINT;
    bool to_point = to->kind == HF_PLACE_POINT;
    if (from_point && to_point) {
        d.nearest = d.farthest = d.centre;
    } else if (from_point) {
        status = point_to_area(ctx, set, from->point, to, &d);
    } else if (to_point) {
        status = point_to_area(ctx, set, to->point, from, &d);
        d.nearest = reverse(d.nearest);
        d.farthest = reverse(d.farthest);
    } else {
        status = hf__areas_measure(ctx, set, from, to, &d);
    }
    if (!status) {
        *out = d;
    }
    return status;
}

hf_status hf_distance_between(hf_context *ctx, const hf_boundaries *set,
                              const hf_place *from, const hf_place *to,
                              hf_distances *out) {
    hf_distances d = {0};
    hf_status status = set_centre(ctx, set, from, to, &d.centre);
    if (!status) {
        status = set_borders(ctx, set, from, to, &d);
    }
    if (!status) {
        status = hf__farthest_from_border(ctx, set, from, to, &d.reach);
    }
    if (!status) {
        *out = d;
    }
    return status;
}
