#include "answer/coast.h"

#include <math.h>

#include "answer/border.h"
#include "answer/nearness.h"
#include "base/context.h"
#include "base/memory.h"

/* Pieces measured together. */
#define BATCH 32

void hf__coast_reset(hf__coast *coast) {
    hf__free(coast->edges.at);
    coast->edges = (hf__near_edges){0};
}

/* Pieces of edges that wait to be measured. */
typedef struct batch {
    hf_context *ctx;
    const hf__coast *coast;
    const hf__castaway *from;
    hf__nearest_coast *out;
    size_t n, areas[BATCH];
    hf_xy xy[3 * BATCH]; /* of each piece: its ends and its middle */
} batch;

/* Takes the pieces to the earth; false where the plane is not smooth. */
static hf_status take_to_earth(const batch *b, hf__xyz *out, bool *out_smooth) {
    const hf__patch *patches[3 * BATCH];
    for (size_t i = 0; i < 3 * b->n; i++) {
        hf_status status =
            hf__chart_patch(b->ctx, b->coast->indexes->to_earth, b->xy[i].x_m,
                            b->xy[i].y_m, &patches[i]);
        if (status) {
            return status;
        }
        if (!patches[i] || !patches[i]->is_smooth) {
            *out_smooth = false;
            return HF_OK;
        }
    }
    b->coast->lanes->to_earth(patches, b->xy, 3 * b->n, out);
    *out_smooth = true;
    return HF_OK;
}

static void note(hf__nearest_coast *to, size_t area, double dist_m) {
    if (area == to->authority) {
        to->dist_m = fmin(to->dist_m, dist_m);
    } else if (dist_m < to->dist_m) {
        *to = (hf__nearest_coast){area, dist_m, to->dist_m, to->is_known};
    } else {
        to->second_m = fmin(to->second_m, dist_m);
    }
}

static hf_status measure(batch *b) {
    enum { N_VALUES = 3 + HF__PIECE_VALUES };
    hf__xyz earth[3 * BATCH];
    double v[N_VALUES][BATCH], t[BATCH], chord_m[BATCH], dist_m[BATCH];
    bool is_smooth;
    hf_status status = take_to_earth(b, earth, &is_smooth);
    if (status) {
        return status;
    }
    b->out->is_known &= is_smooth;
    if (!is_smooth) {
        return HF_OK;
    }
    for (size_t i = 0; i < b->n; i++) {
        double values[HF__PIECE_VALUES];
        hf__piece_set(earth[3 * i], earth[3 * i + 1], earth[3 * i + 2], values);
        v[0][i] = b->from->at.x_m;
        v[1][i] = b->from->at.y_m;
        v[2][i] = b->from->at.z_m;
        for (size_t k = 0; k < HF__PIECE_VALUES; k++) {
            v[3 + k][i] = values[k];
        }
    }
    hf__arcs arcs = {
        {v[3], v[4], v[5]}, {v[6], v[7], v[8]}, {v[9], v[10], v[11]}};
    b->coast->lanes->arc((hf__points){v[0], v[1], v[2]}, arcs, b->n, t, chord_m,
                         dist_m);
    for (size_t i = 0; i < b->n; i++) {
        note(b->out, b->areas[i], dist_m[i]);
    }
    b->n = 0;
    return HF_OK;
}

static hf_xy xy_between(hf_xy a, hf_xy b, double t) {
    return (hf_xy){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

/* Adds the pieces of an edge that are near enough. */
static hf_status add_edge(batch *b, const hf__near_edge *edge) {
    size_t n = hf__pieces_of(edge->from, edge->to, HF__PIECE_M);
    hf_status status = HF_OK;
    for (size_t k = 0; !status && k < n; k++) {
        hf_xy from = xy_between(edge->from, edge->to, (double)k / (double)n);
        hf_xy to = k + 1 < n ? xy_between(edge->from, edge->to,
                                          (double)(k + 1) / (double)n)
                             : edge->to;
        double t = hf__segment_nearest(from, to, b->from->xy);
        hf_xy near = xy_between(from, to, t);
        if (hypot(near.x_m - b->from->xy.x_m, near.y_m - b->from->xy.y_m) >
            b->coast->edges.most_m) {
            continue;
        }
        b->areas[b->n] = edge->area;
        b->xy[3 * b->n] = from;
        b->xy[3 * b->n + 1] = to;
        b->xy[3 * b->n + 2] = xy_between(from, to, 0.5);
        if (++b->n == BATCH) {
            status = measure(b);
        }
    }
    return status;
}

hf_status hf__coast_nearest(hf_context *ctx, hf__coast *coast,
                            const hf__castaway *from, double most_m,
                            double equal_m, hf__nearest_coast *out) {
    const hf__scale *scale = &coast->indexes->scale;
    double ratio = scale->most / scale->least;
    double doubt_m = from->doubt_m + HF__ROUND_TRIP_M;
    hf__nearness nearness = {
        .most_m = most_m / scale->least + doubt_m,
        .ratio = ratio,
        .slack_m = (1 + ratio) * doubt_m + equal_m / scale->least};
    batch b = {.ctx = ctx, .coast = coast, .from = from, .out = out};
    *out = (hf__nearest_coast){HF_NOWHERE, INFINITY, INFINITY, true};
    if (!hf__cells_near(coast->cells, from->xy, from->clear_m, &nearness,
                        &coast->edges)) {
        return hf__fail_memory(ctx);
    }
    hf_status status = HF_OK;
    for (size_t i = 0; !status && out->is_known && i < coast->edges.n; i++) {
        status = add_edge(&b, &coast->edges.at[i]);
    }
    if (!status && b.n) {
        status = measure(&b);
    }
    if (out->dist_m > most_m) {
        out->authority = HF_NOWHERE;
    }
    return status;
}
