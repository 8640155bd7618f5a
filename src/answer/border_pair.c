/* Distances between two borders: see border.h. */
#include <math.h>

#include "answer/border.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"

static double gap_between(const hf__run *a, const hf__run *b) {
    return hf__xyz_dist_m(a->middle, b->middle) - a->radius_m - b->radius_m;
}

/* ---- nearest ---------------------------------------------------------------
 */

/* One direction of the search: from the ends of a to the pieces of b. */
typedef struct pair_search {
    hf_context *ctx;
    const hf__lanes *lanes;
    const hf__border *a, *b;
    double best_m; /* the least chord between the borders so far */
    hf__near_list list;
} pair_search;

static double cutoff_of(const pair_search *s) {
    return hf__index_cutoff_m(s->best_m, hf__index_bulge_m(s->b->index));
}

/* Lowers the best to the chord from `from` to b; *out_m is that chord, infinite
 * where it is more than most_m. */
static hf_status look_from(pair_search *s, hf__xyz from, double most_m,
                           double *out_m) {
    s->list.n = 0;
    *out_m = INFINITY;
    if (!hf__index_near(s->b->index, s->lanes, from, most_m, HF__NO_HINT,
                        &s->list)) {
        return hf__fail_memory(s->ctx);
    }
    for (size_t i = 0; i < s->list.n; i++) {
        *out_m = fmin(*out_m, sqrt(s->list.at[i].chord2));
    }
    return HF_OK;
}

/* The least chord from an end of a to b, where it is less than the best. Runs
 * whose middle is far enough from b are passed over. */
static hf_status lower_best(pair_search *s) {
    for (size_t r = 0; r < s->a->n_runs; r++) {
        const hf__run *run = &s->a->runs[r];
        double chord_m;
        if (gap_between(run, &s->b->all) > s->best_m) {
            continue;
        }
        hf_status status =
            look_from(s, run->middle, s->best_m + run->radius_m, &chord_m);
        if (status) {
            return status;
        }
        if (chord_m - run->radius_m > s->best_m) {
            continue;
        }
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            status = look_from(s, s->a->at[i], s->best_m, &chord_m);
            if (status) {
                return status;
            }
            s->best_m = fmin(s->best_m, chord_m);
        }
    }
    return HF_OK;
}

/* Measures every end of a that can be nearest to b. */
static hf_status measure_ends(pair_search *s, bool is_reversed,
                              hf__reach *best) {
    double cutoff_m = cutoff_of(s);
    for (size_t r = 0; r < s->a->n_runs; r++) {
        const hf__run *run = &s->a->runs[r];
        double chord_m;
        if (gap_between(run, &s->b->all) > cutoff_m) {
            continue;
        }
        for (size_t i = run->first; i <= run->first + run->count; i++) {
            hf_status status = look_from(s, s->a->at[i], cutoff_m, &chord_m);
            hf_lonlat end;
            hf__reach reach;
            if (!status && chord_m > cutoff_m) {
                continue;
            }
            if (!status) {
                status = hf__border_end(s->ctx, s->a, i, &end);
            }
            if (!status) {
                status =
                    hf__border_nearest(s->ctx, s->b, end, INFINITY, &reach);
            }
            if (status) {
                return status;
            }
            if (reach.dist_m < best->dist_m) {
                *best = reach;
                if (is_reversed) {
                    best->from = reach.to;
                    best->to = reach.from;
                }
            }
            if (best->dist_m < HF__TOUCH_M) {
                best->dist_m = 0;
                return HF_OK;
            }
        }
    }
    return HF_OK;
}

hf_status hf__border_nearest_border(hf_context *ctx, const hf__border *a,
                                    const hf__border *b, double most_m,
                                    hf__reach *out) {
    const hf__lanes *lanes = hf__lanes_best();
    hf__reach best = {INFINITY, {NAN, NAN}, {NAN, NAN}};
    pair_search there = {ctx, lanes, a, b, INFINITY, {0}};
    pair_search back = {ctx, lanes, b, a, INFINITY, {0}};
    hf_status status = HF_OK;
    there.best_m = most_m;
    if (gap_between(&a->all, &b->all) <= most_m) {
        status = lower_best(&there);
        back.best_m = there.best_m;
        if (!status) {
            status = lower_best(&back);
        }
        there.best_m = back.best_m;
        if (!status) {
            status = measure_ends(&there, false, &best);
        }
        if (!status && best.dist_m > 0) {
            status = measure_ends(&back, true, &best);
        }
    }
    hf__free(there.list.at);
    hf__free(back.list.at);
    if (!status) {
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

hf_status hf__border_farthest_border(hf_context *ctx, const hf__border *a,
                                     const hf__border *b, double least_m,
                                     hf__reach *out) {
    hf__reach best = {0, {NAN, NAN}, {NAN, NAN}};
    double best_m = hf__chord_least_m(least_m);
    double cutoff_m = 0;
    if (spread_of(&a->all, &b->all) < best_m) {
        *out = best;
        return HF_OK;
    }
    for (size_t i = 0; i < a->n_runs; i++) {
        for (size_t k = 0; k < b->n_runs; k++) {
            best_m = fmax(best_m, hf__xyz_dist_m(a->at[a->runs[i].first],
                                                 b->at[b->runs[k].first]));
        }
    }
    /* Twice over the pairs of runs: to find the greatest chord, then to
     * measure every pair of ends that can be farthest. */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < a->n_runs; i++) {
            for (size_t k = 0; k < b->n_runs; k++) {
                const hf__run *x = &a->runs[i], *y = &b->runs[k];
                double spread_m = spread_of(x, y);
                if (pass == 0 && spread_m > best_m) {
                    best_m = raise_best(a, x, b, y, best_m);
                } else if (pass == 1 && spread_m >= cutoff_m) {
                    hf_status status =
                        measure_far(ctx, a, x, b, y, cutoff_m, &best);
                    if (status) {
                        return status;
                    }
                }
            }
        }
        cutoff_m = hf__chord_least_m(hf__geodesic_least_m(best_m)) - 1e-6;
    }
    *out = best;
    return HF_OK;
}
