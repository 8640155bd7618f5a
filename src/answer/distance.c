#include "howfar/distance.h"
#include "answer/measure.h"

#include <assert.h>
#include <math.h>

#include "answer/indexes.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/locate.h"

/* Areas share an area where one reaches farther than this into the other;
 * less is the slack between neighbours in official files. */
#define OVERLAP_M 1.0
#define NO_END ((size_t)-1)
/* More than chords to straight pieces and to the border differ by. */
#define CHORD_SLACK_M 0.1
/* Pieces that cross have ends no farther apart than this, whatever the scale of
 * the plane: a piece is at most 500 m long there (border.h). */
#define CROSSING_M 1500.0

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

/* Nearest and farthest from a point to the members of a place. */
static hf_status point_to_area(hf_context *ctx, const hf_boundaries *set,
                               hf_lonlat point, const hf_place *area,
                               hf_distances *d) {
    d->nearest.dist_m = INFINITY;
    d->farthest.dist_m = -1;
    for (size_t i = 0; i < area->n_members; i++) {
        size_t member = area->members[i];
        const hf__border *border;
        hf__reach reach = {0, point, point};
        bool is_within;
        hf_status status =
            hf_locate_is_within(ctx, set, member, point, &is_within);
        if (!status) {
            status = hf__indexes_border(ctx, set, member, &border);
        }
        if (!status && !is_within) {
            status = hf__border_nearest(ctx, border, point, d->nearest.dist_m,
                                        &reach);
        }
        if (status) {
            return status;
        }
        d->overlap |= is_within;
        if (reach.dist_m < d->nearest.dist_m) {
            d->nearest =
                (hf_line){reach.dist_m, point, reach.to, HF_NOWHERE, member};
        }
        status = hf__border_farthest(ctx, border, point, &reach);
        if (status) {
            return status;
        }
        if (reach.dist_m > d->farthest.dist_m) {
            d->farthest =
                (hf_line){reach.dist_m, point, reach.to, HF_NOWHERE, member};
        }
    }
    return HF_OK;
}

/* ---- two areas ------------------------------------------------------------
 */

/* Two areas of a set, one of each place. */
typedef struct area_pair {
    hf_context *ctx;
    const hf_boundaries *set;
    size_t a, b;
    const hf__border *border_a, *border_b;
} area_pair;

/* Whether the border stays farther from p than OVERLAP_M, in the plane. */
static bool is_deep(const hf__polygon *area, hf_xy p) {
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r];
        size_t n = area->ring_start[r + 1] - start;
        const hf_xy *ring = area->points + start;
        for (size_t i = 0, last = n - 1; i < n; last = i++) {
            double t = hf__segment_nearest(ring[last], ring[i], p);
            double x = ring[last].x_m + t * (ring[i].x_m - ring[last].x_m);
            double y = ring[last].y_m + t * (ring[i].y_m - ring[last].y_m);
            if (hypot(p.x_m - x, p.y_m - y) <= OVERLAP_M) {
                return false;
            }
        }
    }
    return true;
}

/* An end of a piece of a border, if any, that lies well within an area. */
static size_t reaches_into(const hf__border *border, const hf__polygon *area) {
    for (size_t i = 0; i < border->n_ends; i++) {
        hf_xy p = border->xy[i];
        if (hf__polygon_side(area, p) == HF__INSIDE && is_deep(area, p)) {
            return i;
        }
    }
    return NO_END;
}

/* The first end of a ring of a border, if any, that lies within an area. */
static size_t begins_within(const hf__border *border, const hf__polygon *area) {
    for (size_t r = 0; r < border->n_runs; r++) {
        size_t end = border->runs[r].first;
        if (hf__polygon_side(area, border->xy[end]) == HF__INSIDE) {
            return end;
        }
    }
    return NO_END;
}

/* Whether two areas whose borders are gap_m apart share an area: they are the
 * same, one holds a ring of the other, or their borders cross. Every overlap
 * wider than a piece, and deeper than OVERLAP_M, has an end of a piece in it.
 */
static hf_status find_overlap(const area_pair *pair, double gap_m,
                              bool *out_overlap, hf_lonlat *out) {
    const hf__polygon *a = hf__boundaries_polygon(pair->set, pair->a);
    const hf__polygon *b = hf__boundaries_polygon(pair->set, pair->b);
    const hf__border *of = pair->border_a;
    bool can_cross = gap_m <= CROSSING_M;
    size_t end = NO_END;
    if (pair->a == pair->b) {
        end = 0;
    } else if (hf__box_meets(&a->box, &b->box, 0)) {
        end = can_cross ? reaches_into(of, b) : begins_within(of, b);
        if (end == NO_END) {
            of = pair->border_b;
            end = can_cross ? reaches_into(of, a) : begins_within(of, a);
        }
    }
    *out_overlap = end != NO_END;
    return end == NO_END ? HF_OK : hf__border_end(pair->ctx, of, end, out);
}

/* The nearest distance of a pair, if below most_m. */
static hf_status nearest_of_pair(const area_pair *pair, double most_m,
                                 hf__reach *out, bool *out_overlap) {
    hf__reach reach;
    hf_lonlat shared;
    /* Unlike the distance, the overlap is wanted whatever most_m is. */
    const hf__run *a = &pair->border_a->all, *b = &pair->border_b->all;
    bool may_meet = hf__xyz_dist_m(a->middle, b->middle) <=
                    a->radius_m + b->radius_m + CROSSING_M;
    hf_status status =
        hf__border_nearest_border(pair->ctx, pair->border_a, pair->border_b,
                                  may_meet ? INFINITY : most_m, &reach);
    if (!status) {
        status = find_overlap(pair, reach.dist_m, out_overlap, &shared);
    }
    if (!status) {
        *out = *out_overlap ? (hf__reach){0, shared, shared} : reach;
    }
    return status;
}

static hf_status measure_pair(const area_pair *pair, hf_distances *d) {
    hf__reach reach;
    bool overlap;
    hf_status status =
        nearest_of_pair(pair, d->nearest.dist_m, &reach, &overlap);
    if (status) {
        return status;
    }
    d->overlap |= overlap;
    if (reach.dist_m < d->nearest.dist_m) {
        d->nearest =
            (hf_line){reach.dist_m, reach.from, reach.to, pair->a, pair->b};
    }
    status =
        hf__border_farthest_border(pair->ctx, pair->border_a, pair->border_b,
                                   fmax(d->farthest.dist_m, 0), &reach);
    if (!status && reach.dist_m > d->farthest.dist_m) {
        d->farthest =
            (hf_line){reach.dist_m, reach.from, reach.to, pair->a, pair->b};
    }
    return status;
}

static hf_status get_borders(area_pair *pair) {
    hf_status status =
        hf__indexes_border(pair->ctx, pair->set, pair->a, &pair->border_a);
    return status ? status
                  : hf__indexes_border(pair->ctx, pair->set, pair->b,
                                       &pair->border_b);
}

hf_status hf_distance_between_borders(hf_context *ctx, const hf_boundaries *set,
                                      size_t a, size_t b, hf_line *out) {
    area_pair pair = {.ctx = ctx, .set = set, .a = a, .b = b};
    hf__reach reach;
    bool overlap;
    hf_status status = get_borders(&pair);
    if (!status) {
        status = nearest_of_pair(&pair, INFINITY, &reach, &overlap);
    }
    if (!status) {
        *out = (hf_line){reach.dist_m, reach.from, reach.to, a, b};
    }
    return status;
}

static hf_status area_to_area(hf_context *ctx, const hf_boundaries *set,
                              const hf_place *from, const hf_place *to,
                              hf_distances *d) {
    d->nearest.dist_m = INFINITY;
    d->farthest.dist_m = -1;
    for (size_t i = 0; i < from->n_members; i++) {
        for (size_t k = 0; k < to->n_members; k++) {
            area_pair pair = {.ctx = ctx,
                              .set = set,
                              .a = from->members[i],
                              .b = to->members[k]};
            hf_status status = get_borders(&pair);
            if (!status) {
                status = measure_pair(&pair, d);
            }
            if (status) {
                return status;
            }
        }
    }
    return HF_OK;
}

/* ---- reach ----------------------------------------------------------------
 */

/* A place to measure from: a point, or the borders of its members. */
typedef struct origin {
    hf_context *ctx;
    const hf_boundaries *set;
    const hf_place *place;
} origin;

/* The nearest point of a place to the ground under a point of the plane. */
static hf_status from_place(const origin *from, hf_xy xy, hf_lonlat to,
                            hf_line *out) {
    const hf_place *place = from->place;
    if (place->kind == HF_PLACE_POINT) {
        *out = (hf_line){hf_geodesic_dist_m(place->point, to), place->point, to,
                         HF_NOWHERE, HF_NOWHERE};
        return HF_OK;
    }
    hf_line best = {INFINITY, to, to, HF_NOWHERE, HF_NOWHERE};
    for (size_t i = 0; i < place->n_members && best.dist_m > 0; i++) {
        size_t member = place->members[i];
        const hf__border *border;
        hf__reach reach = {0, to, to};
        hf_status status =
            hf__indexes_border(from->ctx, from->set, member, &border);
        if (!status &&
            !hf__polygon_side(hf__boundaries_polygon(from->set, member), xy)) {
            status =
                hf__border_nearest(from->ctx, border, to, best.dist_m, &reach);
        }
        if (status) {
            return status;
        }
        if (reach.dist_m < best.dist_m) {
            best = (hf_line){reach.dist_m, reach.to, to, member, HF_NOWHERE};
        }
    }
    *out = best;
    return HF_OK;
}

/* The chord from a point to the nearest of a place's borders; 0 within. Where
 * it is certainly above most_m, that or more. */
static hf_status chord_from_place(const origin *from, hf_xy xy, hf__xyz at,
                                  double most_m, double *out_m) {
    const hf_place *place = from->place;
    double least_m = most_m;
    if (place->kind == HF_PLACE_POINT) {
        *out_m = hf__xyz_dist_m(hf__xyz_of(place->point), at);
        return HF_OK;
    }
    for (size_t i = 0; i < place->n_members && least_m > 0; i++) {
        size_t member = place->members[i];
        const hf__border *border;
        double chord_m;
        hf_status status =
            hf__indexes_border(from->ctx, from->set, member, &border);
        if (!status) {
            status = hf__border_chord(from->ctx, border, at, least_m, &chord_m);
        }
        if (status) {
            return status;
        }
        least_m = fmin(least_m, chord_m);
        if (hf__polygon_side(hf__boundaries_polygon(from->set, member), xy)) {
            least_m = 0;
        }
    }
    *out_m = least_m;
    return HF_OK;
}

/* Raises *best to the end of a border whose chord from a place is greatest; the
 * chord grows by no more than the radius of a run from its middle, or its
 * diameter from its first end. */
static hf_status raise_chord(const origin *from, const hf__border *border,
                             double *best_m) {
    for (size_t r = 0; r < border->n_runs; r++) {
        const hf__run *run = &border->runs[r];
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            double chord_m;
            hf_status status = chord_from_place(
                from, border->xy[i], border->at[i], INFINITY, &chord_m);
            if (status) {
                return status;
            }
            *best_m = fmax(*best_m, chord_m);
            if (i == run->first && chord_m + 2 * run->radius_m <= *best_m) {
                break;
            }
        }
    }
    return HF_OK;
}

/* Measures every end that can be the farthest, given the greatest chord. */
static hf_status measure_reach(const origin *from, const hf__border *border,
                               size_t member, double cutoff_m, hf_line *best) {
    for (size_t r = 0; r < border->n_runs; r++) {
        const hf__run *run = &border->runs[r];
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            double chord_m;
            hf_lonlat end;
            hf_line line;
            hf_status status = chord_from_place(
                from, border->xy[i], border->at[i], INFINITY, &chord_m);
            if (!status && chord_m < cutoff_m) {
                if (i == run->first && chord_m + 2 * run->radius_m < cutoff_m) {
                    break;
                }
                continue;
            }
            if (!status) {
                status = hf__border_end(from->ctx, border, i, &end);
            }
            if (!status) {
                status = from_place(from, border->xy[i], end, &line);
            }
            if (status) {
                return status;
            }
            if (line.dist_m > best->dist_m) {
                *best = line;
                best->to_authority = member;
            }
        }
    }
    return HF_OK;
}

static hf_status find_reach(hf_context *ctx, const hf_boundaries *set,
                            const hf_place *from, const hf_place *to,
                            hf_line *out) {
    origin at = {ctx, set, from};
    hf_line best = {.dist_m = -1};
    if (to->kind == HF_PLACE_POINT) {
        hf_xy xy;
        hf_status status = hf__projection_forward(
            ctx, hf__boundaries_plane(set), &to->point, 1, &xy);
        return status ? status : from_place(&at, xy, to->point, out);
    }
    /* First the greatest chord, then all that can be as far. */
    double chord_m = 0, cutoff_m = 0;
    for (size_t k = 0; k < 2 * to->n_members; k++) {
        size_t member = to->members[k % to->n_members];
        const hf__border *border;
        hf_status status = hf__indexes_border(ctx, set, member, &border);
        if (k == to->n_members) {
            cutoff_m = hf__chord_least_m(hf__geodesic_least_m(chord_m)) -
                       CHORD_SLACK_M;
        }
        if (!status) {
            status = k < to->n_members
                         ? raise_chord(&at, border, &chord_m)
                         : measure_reach(&at, border, member, cutoff_m, &best);
        }
        if (status) {
            return status;
        }
    }
    *out = best;
    return HF_OK;
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
        status = area_to_area(ctx, set, from, to, &d);
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
        status = find_reach(ctx, set, from, to, &d.reach);
    }
    if (!status) {
        *out = d;
    }
    return status;
}

hf_status hf__measure_nearest(hf_context *ctx, const hf_boundaries *set,
                              const hf_place *from, const hf_place *to,
                              double *out_m) {
    assert(from->kind != HF_PLACE_POINT && to->kind != HF_PLACE_POINT);
    double least_m = INFINITY;
    for (size_t i = 0; i < from->n_members; i++) {
        for (size_t k = 0; k < to->n_members; k++) {
            area_pair pair = {.ctx = ctx,
                              .set = set,
                              .a = from->members[i],
                              .b = to->members[k]};
            hf__reach reach = {.dist_m = INFINITY};
            bool overlap;
            hf_status status = get_borders(&pair);
            if (!status) {
                status = nearest_of_pair(&pair, least_m, &reach, &overlap);
            }
            if (status) {
                return status;
            }
            least_m = fmin(least_m, reach.dist_m);
        }
    }
    *out_m = least_m;
    return HF_OK;
}
