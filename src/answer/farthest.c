/* The farthest from a place's border: see farthest.h. */
#include "answer/farthest.h"

#include <math.h>

#include "answer/span.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"

/* More than chords to straight pieces and to the border differ by. */
#define CHORD_SLACK_M 0.1

/* A place to measure from: a point, or the borders of its members. */
typedef struct origin {
    hf_context *ctx;
    const hf_boundaries *set;
    const hf__indexes *indexes;
    const hf_place *place;
    size_t last; /* position of the member that was nearest to the last point */
} origin;

/* No point of a member is nearer to a point of the plane than this. */
static double least_to(const origin *from, size_t member, hf_xy xy) {
    hf__box at = {xy, xy};
    return hf__span_of(from->indexes, &at,
                       &hf__boundaries_polygon(from->set, member)->box)
        .least_m;
}

/* The nearest point of a place to the ground under a point of the plane, given
 * the chord to it. */
static hf_status from_place(const origin *from, hf_xy xy, hf_lonlat to,
                            double chord_m, hf_line *out) {
    const hf_place *place = from->place;
    if (place->kind == HF_PLACE_POINT) {
        *out = (hf_line){hf_geodesic_dist_m(place->point, to), place->point, to,
                         HF_NOWHERE, HF_NOWHERE};
        return HF_OK;
    }
    double most_m = hf__geodesic_most_m(chord_m) + CHORD_SLACK_M;
    hf_line best = {INFINITY, to, to, HF_NOWHERE, HF_NOWHERE};
    for (size_t i = 0; i < place->n_members && best.dist_m > 0; i++) {
        size_t member = place->members[i];
        const hf__border *border;
        hf__reach reach = {0, to, to};
        if (least_to(from, member, xy) > most_m) {
            continue;
        }
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

/* Lowers *least_m to the chord from a point to a member's border; 0 within. */
static hf_status lower_chord(const origin *from, size_t member, hf_xy xy,
                             hf__xyz at, double *least_m) {
    const hf__border *border;
    double chord_m = INFINITY;
    if (hf__polygon_side(hf__boundaries_polygon(from->set, member), xy)) {
        *least_m = 0;
        return HF_OK;
    }
    hf_status status =
        hf__indexes_border(from->ctx, from->set, member, &border);
    if (!status) {
        status = hf__border_chord(from->ctx, border, at, *least_m, &chord_m);
    }
    if (!status) {
        *least_m = fmin(*least_m, chord_m);
    }
    return status;
}

/* The chord from a point to the nearest of a place's borders; 0 within. The
 * member that was nearest to the last point comes first: few others are then
 * near enough to be asked. */
static hf_status chord_from_place(origin *from, hf_xy xy, hf__xyz at,
                                  double *out_m) {
    const hf_place *place = from->place;
    if (place->kind == HF_PLACE_POINT) {
        *out_m = hf__xyz_dist_m(hf__xyz_of(place->point), at);
        return HF_OK;
    }
    size_t first = from->last;
    double least_m = INFINITY;
    hf_status status =
        lower_chord(from, place->members[first], xy, at, &least_m);
    for (size_t i = 0; !status && i < place->n_members && least_m > 0; i++) {
        size_t member = place->members[i];
        double before_m = least_m;
        if (i != first && least_to(from, member, xy) <=
                              hf__geodesic_most_m(least_m) + CHORD_SLACK_M) {
            status = lower_chord(from, member, xy, at, &least_m);
            from->last = least_m < before_m ? i : from->last;
        }
    }
    *out_m = least_m;
    return status;
}

/* Raises *best to the end of a border whose chord from a place is greatest; the
 * chord grows by no more than the radius of a run from its middle, or its
 * diameter from its first end. */
static hf_status raise_chord(origin *from, const hf__border *border,
                             double *best_m) {
    for (size_t r = 0; r < border->n_runs; r++) {
        const hf__run *run = &border->runs[r];
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            double chord_m;
            hf_status status =
                chord_from_place(from, border->xy[i], border->at[i], &chord_m);
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
static hf_status measure_reach(origin *from, const hf__border *border,
                               size_t member, double cutoff_m, hf_line *best) {
    for (size_t r = 0; r < border->n_runs; r++) {
        const hf__run *run = &border->runs[r];
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            double chord_m;
            hf_lonlat end = {NAN, NAN};
            hf_line line;
            hf_status status =
                chord_from_place(from, border->xy[i], border->at[i], &chord_m);
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
                status = from_place(from, border->xy[i], end, chord_m, &line);
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

/* ---- members in the order of what they can reach --------------------------
 */

/* The point of an area's border, a vertex, that is nearest to the middle of a
 * box. */
static hf_xy vertex_towards(const hf__polygon *area, const hf__box *box) {
    hf_xy middle = {(box->min.x_m + box->max.x_m) / 2,
                    (box->min.y_m + box->max.y_m) / 2};
    hf_xy nearest = area->points[0];
    double least2 = INFINITY;
    for (size_t i = 0; i < hf__polygon_n_points(area); i++) {
        double x = area->points[i].x_m - middle.x_m;
        double y = area->points[i].y_m - middle.y_m;
        if (x * x + y * y < least2) {
            least2 = x * x + y * y;
            nearest = area->points[i];
        }
    }
    return nearest;
}

/* No point in a box is farther from a place than this: than from one vertex of
 * it, of the member that is as a whole least far. */
static double most_from(const origin *from, const hf__box *box) {
    const hf_place *place = from->place;
    double least_m = INFINITY;
    const hf__polygon *nearest = NULL;
    for (size_t i = 0; i < place->n_members; i++) {
        const hf__polygon *member =
            hf__boundaries_polygon(from->set, place->members[i]);
        double most_m = hf__span_of(from->indexes, &member->box, box).most_m;
        if (most_m < least_m) {
            least_m = most_m;
            nearest = member;
        }
    }
    if (!nearest) {
        return INFINITY;
    }
    hf_xy xy = vertex_towards(nearest, box);
    hf__box at = {xy, xy};
    return hf__span_of(from->indexes, &at, box).most_m;
}

static hf_status list_members(const origin *from, const hf_place *to,
                              hf__pair **out) {
    hf__pair *list = hf__calloc(to->n_members, sizeof *list);
    if (!list) {
        return hf__fail_memory(from->ctx);
    }
    for (size_t k = 0; k < to->n_members; k++) {
        size_t b = to->members[k];
        const hf__box *box = &hf__boundaries_polygon(from->set, b)->box;
        list[k] = (hf__pair){HF_NOWHERE, b, k, {0, most_from(from, box)}};
    }
    *out = list;
    return HF_OK;
}

/* First the greatest chord, then all that can be as far. */
static hf_status search(origin *from, hf__pair *list, size_t n, hf_line *best) {
    double chord_m = 0;
    const hf__border *border;
    hf_status status = HF_OK;
    hf__pairs_sort_far(list, n);
    for (size_t k = 0; k < n && list[k].span.most_m > chord_m; k++) {
        status = hf__indexes_border(from->ctx, from->set, list[k].b, &border);
        if (!status) {
            status = raise_chord(from, border, &chord_m);
        }
        if (status) {
            return status;
        }
    }
    double cutoff_m =
        hf__chord_least_m(hf__geodesic_least_m(chord_m)) - CHORD_SLACK_M;
    hf__pairs_sort_listed(list, n);
    for (size_t k = 0; k < n && !status; k++) {
        if (list[k].span.most_m < cutoff_m) {
            continue;
        }
        status = hf__indexes_border(from->ctx, from->set, list[k].b, &border);
        if (!status) {
            status = measure_reach(from, border, list[k].b, cutoff_m, best);
        }
    }
    return status;
}

static hf_status measure_point(origin *from, hf_lonlat point, hf_line *out) {
    hf_xy xy;
    double chord_m;
    hf_status status = hf__projection_forward(
        from->ctx, hf__boundaries_plane(from->set), &point, 1, &xy);
    if (!status) {
        status = chord_from_place(from, xy, hf__xyz_of(point), &chord_m);
    }
    return status ? status : from_place(from, xy, point, chord_m, out);
}

hf_status hf__farthest_from_border(hf_context *ctx, const hf_boundaries *set,
                                   const hf_place *from, const hf_place *to,
                                   hf_line *out) {
    origin at = {.ctx = ctx, .set = set, .place = from};
    hf_line best = {.dist_m = -1};
    hf__pair *list = NULL;
    hf_status status = hf__indexes_of(ctx, set, &at.indexes);
    if (!status && to->kind == HF_PLACE_POINT) {
        status = measure_point(&at, to->point, &best);
    } else if (!status) {
        status = list_members(&at, to, &list);
        if (!status) {
            status = search(&at, list, to->n_members, &best);
        }
        hf__free(list);
    }
    if (!status) {
        *out = best;
    }
    return status;
}
