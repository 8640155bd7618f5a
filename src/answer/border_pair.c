/* Distances between two borders: see border.h. */
#include <math.h>

#include "answer/border.h"
#include "answer/probes.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"

/* Whether a run may come within most_m of a sphere. */
static bool is_near(const hf__run *run, hf__xyz middle, double radius_m,
                    double most_m) {
    double reach_m = most_m + run->radius_m + radius_m;
    return hf__xyz_dist2(run->middle, middle) <= reach_m * reach_m;
}

/* ---- nearest ---------------------------------------------------------------
 */

/* One direction of the search: from the ends of one border to another. */
typedef struct direction {
    const hf__border *from, *to;
    hf__probes probes; /* point k of which is end ends[k] */
    size_t *ends;
    size_t n_ends, capacity;
} direction;

typedef struct pair_search {
    hf_context *ctx;
    const hf__lanes *lanes;
    double best_m; /* the least chord between the borders so far */
    bool is_touching;
} pair_search;

static void free_direction(direction *d) {
    hf__probes_reset(&d->probes);
    hf__free(d->ends);
}

/* How far apart pieces may be, by chord, and still be nearest. */
static double cutoff_of(const pair_search *s, const direction *d) {
    return hf__index_cutoff_m(s->best_m, d->to->bulge_m);
}

static bool is_any_run_near(const hf__border *border, hf__xyz p,
                            double radius_m, double most_m) {
    for (size_t i = 0; i < border->n_runs; i++) {
        if (is_near(&border->runs[i], p, radius_m, most_m)) {
            return true;
        }
    }
    return false;
}

static hf_status probe_end(pair_search *s, direction *d, size_t end,
                           double *out_chord_m) {
    void *ends = d->ends;
    *out_chord_m = INFINITY;
    if (!hf__reserve(&ends, &d->capacity, d->n_ends + 1, sizeof *d->ends)) {
        return hf__fail_memory(s->ctx);
    }
    d->ends = ends;
    hf__probe probe;
    hf_status status = hf__probe_to(s->ctx, d->to, &probe);
    if (!status) {
        probe.point = d->n_ends;
        status = hf__probes_add(s->ctx, &d->probes, s->lanes, &probe,
                                d->from->at[end], s->best_m);
    }
    if (!status) {
        d->ends[d->n_ends++] = end;
        *out_chord_m = hf__probes_last_chord_m(&d->probes, d->from->at[end]);
        s->best_m = fmin(s->best_m, *out_chord_m);
    }
    return status;
}

/* Probes every end that can be nearest to the other border. Once they touch,
 * nothing more is looked for. */
static hf_status probe_ends(pair_search *s, direction *d) {
    double chord_m;
    for (size_t r = 0; r < d->from->n_runs; r++) {
        const hf__run *run = &d->from->runs[r];
        double cutoff_m = cutoff_of(s, d);
        if (!is_near(run, d->to->all.middle, d->to->all.radius_m, cutoff_m) ||
            !is_any_run_near(d->to, run->middle, run->radius_m, cutoff_m)) {
            continue;
        }
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            if (!is_any_run_near(d->to, d->from->at[i], 0, cutoff_of(s, d))) {
                continue;
            }
            hf_status status = probe_end(s, d, i, &chord_m);
            if (status || chord_m < HF__TOUCH_M / 2) {
                s->is_touching = !status;
                return status;
            }
        }
    }
    return HF_OK;
}

/* A good first bound: from the nearest run's first end to the other border and
 * from there back, by ends of pieces. */
static double first_bound_m(const hf__border *a, const hf__border *b) {
    hf__xyz at = a->all.middle;
    double best_m = INFINITY;
    for (int turn = 0; turn < 4; turn++) {
        const hf__border *to = turn % 2 ? a : b;
        double least_m = INFINITY;
        hf__xyz nearest = at;
        for (size_t i = 0; i < to->n_runs; i++) {
            hf__xyz first = to->at[to->runs[i].first];
            double dist_m = hf__xyz_dist_m(first, at);
            if (dist_m < least_m) {
                least_m = dist_m;
                nearest = first;
            }
        }
        at = nearest;
        best_m = turn > 0 ? fmin(best_m, least_m) : best_m;
    }
    return best_m;
}

/* Measures the probes of a direction; *best is the probe with the least. */
static hf_status measure_probes(pair_search *s, direction *d,
                                const hf__probe **best) {
    double *at = hf__calloc(3 * d->n_ends, sizeof *at);
    if (!at) {
        return hf__fail_memory(s->ctx);
    }
    hf__points points = {at, at + d->n_ends, at + 2 * d->n_ends};
    for (size_t i = 0; i < d->n_ends; i++) {
        hf__xyz end = d->from->at[d->ends[i]];
        points.x[i] = end.x_m;
        points.y[i] = end.y_m;
        points.z[i] = end.z_m;
    }
    hf_status status = hf__probes_measure(s->ctx, &d->probes, s->lanes, points);
    hf__free(at);
    for (size_t i = 0; !status && i < d->probes.n; i++) {
        if (!*best || d->probes.at[i].dist_m < (*best)->dist_m) {
            *best = &d->probes.at[i];
        }
    }
    return status;
}

/* The geodesic between an end and the nearest point of the other border. */
static hf_status reach_of(hf_context *ctx, const direction *d,
                          const hf__probe *probe, hf__reach *out) {
    hf__reach reach;
    hf_status status =
        hf__border_end(ctx, d->from, d->ends[probe->point], &reach.from);
    if (!status && isinf(probe->dist_m)) { /* beyond the lanes */
        return hf__border_nearest(ctx, d->to, reach.from, INFINITY, out);
    }
    if (!status) {
        status =
            hf__border_along(ctx, d->to, probe->piece, probe->t, &reach.to);
    }
    if (!status) {
        reach.dist_m = hf_geodesic_dist_m(reach.from, reach.to);
        *out = reach;
    }
    return status;
}

/* Lowers *best to the least of a direction: its best probe, or, where that is
 * beyond the lanes, the least of all its probes that came near. */
static hf_status settle(pair_search *s, direction *d, bool is_back,
                        hf__reach *best) {
    const hf__probe *least = NULL;
    hf_status status = measure_probes(s, d, &least);
    for (size_t i = 0; !status && i < d->probes.n; i++) {
        const hf__probe *probe = &d->probes.at[i];
        hf__reach reach;
        if (probe != least && !isinf(least->dist_m)) {
            continue;
        }
        status = reach_of(s->ctx, d, probe, &reach);
        if (!status && reach.dist_m < best->dist_m) {
            *best = is_back ? (hf__reach){reach.dist_m, reach.to, reach.from}
                            : reach;
        }
    }
    return status;
}

hf_status hf__border_nearest_border(hf_context *ctx, const hf__border *a,
                                    const hf__border *b, double most_m,
                                    hf__reach *out) {
    hf__reach best = {INFINITY, {NAN, NAN}, {NAN, NAN}};
    direction there = {.from = a, .to = b}, back = {.from = b, .to = a};
    pair_search s = {.ctx = ctx, .lanes = hf__lanes_best()};
    s.best_m = fmin(most_m, first_bound_m(a, b));
    hf_status status = probe_ends(&s, &there);
    if (!status && !s.is_touching) {
        status = probe_ends(&s, &back);
    }
    if (!status) {
        status = settle(&s, &there, false, &best);
    }
    if (!status && !s.is_touching) {
        status = settle(&s, &back, true, &best);
    }
    free_direction(&there);
    free_direction(&back);
    if (!status) {
        best.dist_m = best.dist_m < HF__TOUCH_M ? 0 : best.dist_m;
        *out = best;
    }
    return status;
}

/* ---- farthest --------------------------------------------------------------
 */

static double spread_of(const hf__run *a, const hf__run *b) {
    return hf__xyz_dist_m(a->middle, b->middle) + a->radius_m + b->radius_m;
}

/* The greatest chord between ends of two runs, if above best_m. */
static double raise_best(const hf__border *a, const hf__run *x,
                         const hf__border *b, const hf__run *y, double best_m) {
    for (size_t i = x->first; i <= x->first + x->count; i++) {
        for (size_t k = y->first; k <= y->first + y->count; k++) {
            best_m = fmax(best_m, hf__xyz_dist_m(a->at[i], b->at[k]));
        }
    }
    return best_m;
}

static hf_status measure_far(hf_context *ctx, const hf__border *a,
                             const hf__run *x, const hf__border *b,
                             const hf__run *y, double cutoff_m,
                             hf__reach *best) {
    for (size_t i = x->first; i <= x->first + x->count; i++) {
        for (size_t k = y->first; k <= y->first + y->count; k++) {
            hf_lonlat from, to;
            if (hf__xyz_dist_m(a->at[i], b->at[k]) < cutoff_m) {
                continue;
            }
            hf_status status = hf__border_end(ctx, a, i, &from);
            if (!status) {
                status = hf__border_end(ctx, b, k, &to);
            }
            if (status) {
                return status;
            }
            double dist_m = hf_geodesic_dist_m(from, to);
            if (dist_m > best->dist_m) {
                *best = (hf__reach){dist_m, from, to};
            }
        }
    }
    return HF_OK;
}

/* The greatest chord between ends of pieces, from `best_m` upwards. */
static double farthest_chord(const hf__border *a, const hf__border *b,
                             double best_m) {
    for (size_t i = 0; i < a->n_runs; i++) {
        for (size_t k = 0; k < b->n_runs; k++) {
            best_m = fmax(best_m, hf__xyz_dist_m(a->at[a->runs[i].first],
                                                 b->at[b->runs[k].first]));
        }
    }
    for (size_t i = 0; i < a->n_runs; i++) {
        for (size_t k = 0; k < b->n_runs; k++) {
            const hf__run *x = &a->runs[i], *y = &b->runs[k];
            if (spread_of(x, y) > best_m) {
                best_m = raise_best(a, x, b, y, best_m);
            }
        }
    }
    return best_m;
}

/* The greatest chord first, then every pair of ends that can be farthest is
 * measured. */
hf_status hf__border_farthest_border(hf_context *ctx, const hf__border *a,
                                     const hf__border *b, double least_m,
                                     hf__reach *out) {
    hf__reach best = {0, {NAN, NAN}, {NAN, NAN}};
    double best_m = hf__chord_least_m(least_m);
    if (spread_of(&a->all, &b->all) < best_m) {
        *out = best;
        return HF_OK;
    }
    best_m = farthest_chord(a, b, best_m);
    double cutoff_m = hf__chord_least_m(hf__geodesic_least_m(best_m)) - 1e-6;
    for (size_t i = 0; i < a->n_runs; i++) {
        for (size_t k = 0; k < b->n_runs; k++) {
            const hf__run *x = &a->runs[i], *y = &b->runs[k];
            hf_status status =
                spread_of(x, y) >= cutoff_m
                    ? measure_far(ctx, a, x, b, y, cutoff_m, &best)
                    : HF_OK;
            if (status) {
                return status;
            }
        }
    }
    *out = best;
    return HF_OK;
}
