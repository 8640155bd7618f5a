/* Distances between areas: see areas.h. */
#include "answer/areas.h"

#include <assert.h>
#include <math.h>

#include "answer/measure.h"
#include "answer/span.h"
#include "base/context.h"
#include "base/memory.h"

/* Areas share an area where one reaches farther than this into the other;
 * less is the slack between neighbours in official files. */
#define OVERLAP_M 1.0
#define NO_END ((size_t)-1)
/* Pieces that cross have ends no farther apart than this, whatever the scale of
 * the plane: a piece is at most 500 m long there (border.h). */
#define CROSSING_M 1500.0

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

/* ---- two places -----------------------------------------------------------
 */

/* The pairs of the members of two places, and what is known of them. */
typedef struct all_pairs {
    hf_context *ctx;
    const hf_boundaries *set;
    hf__pair *list;
    size_t n;
    size_t nearest, farthest; /* orders of those found */
} all_pairs;

static hf_status list_pairs(all_pairs *all, const hf_place *from,
                            const hf_place *to) {
    const hf__indexes *indexes;
    hf_status status = hf__indexes_of(all->ctx, all->set, &indexes);
    if (status) {
        return status;
    }
    all->list =
        from->n_members <= SIZE_MAX / to->n_members
            ? hf__calloc(from->n_members * to->n_members, sizeof *all->list)
            : NULL;
    if (!all->list) {
        return hf__fail_memory(all->ctx);
    }
    for (size_t i = 0; i < from->n_members; i++) {
        size_t a = from->members[i];
        const hf__box *box = &hf__boundaries_polygon(all->set, a)->box;
        for (size_t k = 0; k < to->n_members; k++) {
            size_t b = to->members[k];
            all->list[all->n] = (hf__pair){
                a, b, all->n,
                hf__span_of(indexes, box,
                            &hf__boundaries_polygon(all->set, b)->box)};
            all->n++;
        }
    }
    return HF_OK;
}

static hf_status open_pair(const all_pairs *all, size_t i, area_pair *out) {
    *out = (area_pair){.ctx = all->ctx,
                       .set = all->set,
                       .a = all->list[i].a,
                       .b = all->list[i].b};
    return get_borders(out);
}

/* The nearest of all pairs; of equal ones the first listed. Areas overlap only
 * where their boxes meet, and those pairs are all looked at. */
static hf_status find_nearest(all_pairs *all, hf_line *best,
                              bool *out_overlap) {
    hf__pairs_sort_near(all->list, all->n);
    best->dist_m = INFINITY;
    for (size_t i = 0; i < all->n; i++) {
        const hf__pair *it = &all->list[i];
        area_pair pair;
        hf__reach reach;
        bool overlap;
        if (it->span.least_m > best->dist_m) {
            break;
        }
        hf_status status = open_pair(all, i, &pair);
        if (!status) {
            status = nearest_of_pair(&pair, best->dist_m, &reach, &overlap);
        }
        if (status) {
            return status;
        }
        *out_overlap |= overlap;
        if (reach.dist_m < best->dist_m ||
            (reach.dist_m == best->dist_m && it->order < all->nearest)) {
            *best = (hf_line){reach.dist_m, reach.from, reach.to, it->a, it->b};
            all->nearest = it->order;
        }
    }
    return HF_OK;
}

/* The farthest in the same way. */
static hf_status find_farthest(all_pairs *all, hf_line *best) {
    hf__pairs_sort_far(all->list, all->n);
    best->dist_m = -1;
    for (size_t i = 0; i < all->n; i++) {
        const hf__pair *it = &all->list[i];
        area_pair pair;
        hf__reach reach;
        if (it->span.most_m < best->dist_m) {
            break;
        }
        hf_status status = open_pair(all, i, &pair);
        if (!status) {
            status = hf__border_farthest_border(all->ctx, pair.border_a,
                                                pair.border_b,
                                                fmax(best->dist_m, 0), &reach);
        }
        if (status) {
            return status;
        }
        if (reach.dist_m > best->dist_m ||
            (reach.dist_m == best->dist_m && it->order < all->farthest)) {
            *best = (hf_line){reach.dist_m, reach.from, reach.to, it->a, it->b};
            all->farthest = it->order;
        }
    }
    return HF_OK;
}

hf_status hf__areas_measure(hf_context *ctx, const hf_boundaries *set,
                            const hf_place *from, const hf_place *to,
                            hf_distances *out) {
    all_pairs all = {.ctx = ctx, .set = set};
    hf_distances d = *out;
    hf_status status = list_pairs(&all, from, to);
    if (!status) {
        status = find_nearest(&all, &d.nearest, &d.overlap);
    }
    if (!status) {
        status = find_farthest(&all, &d.farthest);
    }
    hf__free(all.list);
    if (!status) {
        *out = d;
    }
    return status;
}

hf_status hf__measure_nearest(hf_context *ctx, const hf_boundaries *set,
                              const hf_place *from, const hf_place *to,
                              double *out_m) {
    assert(from->kind != HF_PLACE_POINT && to->kind != HF_PLACE_POINT);
    all_pairs all = {.ctx = ctx, .set = set};
    hf_line nearest = {.dist_m = INFINITY};
    bool overlap = false;
    hf_status status = list_pairs(&all, from, to);
    if (!status) {
        status = find_nearest(&all, &nearest, &overlap);
    }
    hf__free(all.list);
    if (!status) {
        *out_m = nearest.dist_m;
    }
    return status;
}
