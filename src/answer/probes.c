#include "answer/probes.h"

#include <math.h>

#include "base/context.h"
#include "base/memory.h"

/* Arrays that the lanes read: a point and a piece; and write: parameter, chord
 * and distance. */
#define N_READ (3 + HF__PIECE_VALUES)
#define N_ARRAYS (N_READ + 3)

void hf__probes_reset(hf__probes *probes) {
    hf__free(probes->at);
    hf__free(probes->near.at);
    hf__free(probes->values);
    *probes = (hf__probes){0};
}

void hf__probes_clear(hf__probes *probes) {
    probes->n = 0;
    probes->near.n = 0;
}

hf_status hf__probe_to(hf_context *ctx, const hf__border *border,
                       hf__probe *out) {
    *out = (hf__probe){.border = border};
    return hf__border_index(ctx, border, &out->index);
}

static hf_status make_room(hf_context *ctx, hf__probes *probes) {
    void *at = probes->at;
    bool ok =
        hf__reserve(&at, &probes->capacity, probes->n + 1, sizeof *probes->at);
    probes->at = at;
    return ok ? HF_OK : hf__fail_memory(ctx);
}

/* The place of one more probe, which holds no pieces yet. */
static inline hf_status begin(hf_context *ctx, hf__probes *probes,
                              const hf__probe *probe) {
    hf_status status =
        probes->n < probes->capacity ? HF_OK : make_room(ctx, probes);
    if (!status) {
        hf__probe *to = &probes->at[probes->n];
        *to = *probe;
        to->first_piece = probes->near.n;
        to->dist_m = INFINITY;
    }
    return status;
}

static inline hf_status end(hf_context *ctx, hf__probes *probes,
                            bool is_found) {
    probes->n += is_found;
    return is_found ? HF_OK : hf__fail_memory(ctx);
}

hf_status hf__probes_add(hf_context *ctx, hf__probes *probes,
                         const hf__lanes *lanes, const hf__probe *probe,
                         hf__xyz at, double most_m) {
    hf_status status = begin(ctx, probes, probe);
    return status ? status
                  : end(ctx, probes,
                        hf__index_near(probe->index, lanes, at, most_m,
                                       &probes->near));
}

hf_status hf__probes_add_around(hf_context *ctx, hf__probes *probes,
                                const hf__lanes *lanes, const hf__probe *probe,
                                hf__xyz at, const hf__around *around) {
    hf_status status = begin(ctx, probes, probe);
    return status ? status
                  : end(ctx, probes,
                        hf__index_near_around(probe->index, lanes, at, around,
                                              &probes->near));
}

double hf__probes_last_chord_m(const hf__probes *probes, hf__xyz at) {
    const hf__probe *last = &probes->at[probes->n - 1];
    return hf__index_chord_m(last->index, probes->near.at + last->first_piece,
                             probes->near.n - last->first_piece, at);
}

static size_t end_of(const hf__probes *probes, size_t i) {
    return i + 1 < probes->n ? probes->at[i + 1].first_piece : probes->near.n;
}

/* Copies points and pieces to where the lanes read them: `n` of each value. */
static void gather(const hf__probes *probes, hf__points points, size_t n) {
    double *to = probes->values;
    for (size_t i = 0; i < probes->n; i++) {
        const hf__probe *probe = &probes->at[i];
        const double(*pieces)[HF__PIECE_VALUES] =
            hf__index_pieces(probe->index);
        double x = points.x[probe->point], y = points.y[probe->point];
        double z = points.z[probe->point];
        size_t end = end_of(probes, i);
        for (size_t k = probe->first_piece; k < end; k++) {
            const double *piece = pieces[probes->near.at[k].piece];
            double *value = to++;
            *value = x;
            *(value += n) = y;
            *(value += n) = z;
            for (size_t m = 0; m < HF__PIECE_VALUES; m++) {
                *(value += n) = piece[m];
            }
        }
    }
}

hf_status hf__probes_measure(hf_context *ctx, hf__probes *probes,
                             const hf__lanes *lanes, hf__points points) {
    size_t n = probes->near.n;
    if (!n) {
        return HF_OK;
    }
    void *values = probes->values;
    if (!hf__reserve(&values, &probes->value_capacity, N_ARRAYS * n,
                     sizeof *probes->values)) {
        return hf__fail_memory(ctx);
    }
    probes->values = values;
    gather(probes, points, n);
    double *v = probes->values;
    hf__points from = {v, v + n, v + 2 * n};
    hf__arcs arcs = {{v + 3 * n, v + 4 * n, v + 5 * n},
                     {v + 6 * n, v + 7 * n, v + 8 * n},
                     {v + 9 * n, v + 10 * n, v + 11 * n}};
    double *t = v + 12 * n, *chord_m = v + 13 * n, *dist_m = v + 14 * n;
    lanes->arc(from, arcs, n, t, chord_m, dist_m);
    for (size_t i = 0; i < probes->n; i++) {
        hf__probe *probe = &probes->at[i];
        size_t end = end_of(probes, i);
        for (size_t k = probe->first_piece; k < end; k++) {
            if (chord_m[k] <= HF__LANES_MOST_M && dist_m[k] < probe->dist_m) {
                probe->dist_m = dist_m[k];
                probe->piece = probes->near.at[k].piece;
                probe->t = t[k];
            }
        }
    }
    return HF_OK;
}
