#include "earth/chart.h"

#include <math.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/context.h"
#include "base/memory.h"

#define N ((size_t)HF__PATCH_TERMS)
#define N_NODES (N * N)
#define N_CHECKS ((size_t)9)
/* Sides of patches. */
#define PLANE_M 1e5
#define LON_DEG 2.0
#define LAT_DEG 1.0
/* A chart of more patches than this is no chart of a country. */
#define MAX_SIDE 512
/* What a datum grid can do between the points compared: see the header. */
#define ROUGH_M 5.0

struct hf__chart {
    const hf__projection *plane;
    bool is_to_plane;
    double least[2], side[2], per_side[2];
    uint32_t n[2];
    _Atomic(hf__patch *) *patches;
};

static hf_status new_chart(hf_context *ctx, hf__chart from, const double *most,
                           hf__chart **out) {
    for (int k = 0; k < 2; k++) {
        double n = ceil((most[k] - from.least[k]) / from.side[k]);
        from.n[k] = n >= 1 && n <= MAX_SIDE ? (uint32_t)n : 1;
        if (n > MAX_SIDE) {
            from.side[k] *= n / MAX_SIDE;
            from.n[k] = MAX_SIDE;
        }
        from.per_side[k] = 1 / from.side[k];
    }
    hf__chart *chart = hf__calloc(1, sizeof *chart);
    void *patches =
        hf__calloc((size_t)from.n[0] * from.n[1], sizeof *chart->patches);
    if (!chart || !patches) {
        hf__free(chart);
        hf__free(patches);
        return hf__fail_memory(ctx);
    }
    *chart = from;
    chart->patches = patches;
    for (size_t i = 0; i < (size_t)from.n[0] * from.n[1]; i++) {
        atomic_init(&chart->patches[i], NULL);
    }
    *out = chart;
    return HF_OK;
}

hf_status hf__chart_to_plane(hf_context *ctx, const hf__projection *plane,
                             hf_lonlat least, hf_lonlat most, hf__chart **out) {
    hf__chart from = {.plane = plane,
                      .is_to_plane = true,
                      .least = {least.lon_deg, least.lat_deg},
                      .side = {LON_DEG, LAT_DEG}};
    double to[2] = {most.lon_deg, most.lat_deg};
    return new_chart(ctx, from, to, out);
}

hf_status hf__chart_to_earth(hf_context *ctx, const hf__projection *plane,
                             hf_xy least, hf_xy most, hf__chart **out) {
    hf__chart from = {.plane = plane,
                      .least = {least.x_m, least.y_m},
                      .side = {PLANE_M, PLANE_M}};
    double to[2] = {most.x_m, most.y_m};
    return new_chart(ctx, from, to, out);
}

void hf__chart_free(hf__chart *chart) {
    if (chart) {
        for (size_t i = 0; i < (size_t)chart->n[0] * chart->n[1]; i++) {
            hf__free(atomic_load(&chart->patches[i]));
        }
        hf__free(chart->patches);
        hf__free(chart);
    }
}

/* What PROJ says of n <= N_NODES points; NaN where it has no answer. */
static hf_status sample(hf_context *ctx, const hf__chart *chart,
                        double (*in)[2], size_t n, double (*out)[3]) {
    hf_lonlat lonlat[N_NODES];
    hf_xy xy[N_NODES];
    hf_status status;
    for (size_t i = 0; i < n; i++) {
        lonlat[i] = (hf_lonlat){in[i][0], in[i][1]};
        xy[i] = (hf_xy){in[i][0], in[i][1]};
    }
    if (chart->is_to_plane) {
        status = hf__projection_forward(ctx, chart->plane, lonlat, n, xy);
    } else {
        status = hf__projection_inverse(ctx, chart->plane, xy, n, lonlat);
    }
    for (size_t i = 0; !status && i < n; i++) {
        hf__xyz at = {xy[i].x_m, xy[i].y_m, 0};
        if (!chart->is_to_plane) {
            at = hf__xyz_of(lonlat[i]);
        }
        out[i][0] = at.x_m;
        out[i][1] = at.y_m;
        out[i][2] = at.z_m;
    }
    return status;
}

static double node_at(size_t i) {
    return cos((2 * (double)i + 1) / (2 * N) * M_PI);
}

/* Coefficients of the polynomial that is 1 at node i and 0 at the others. */
static void set_lagrange(size_t i, double *terms) {
    for (size_t k = 0; k < N; k++) {
        terms[k] = k == 0 ? 1 : 0;
    }
    for (size_t j = 0, degree = 0; j < N; j++) {
        if (j == i) {
            continue;
        }
        double scale = 1 / (node_at(i) - node_at(j));
        degree++;
        for (size_t k = degree + 1; k-- > 0;) {
            double below = k > 0 ? terms[k - 1] : 0;
            terms[k] = (below - node_at(j) * terms[k]) * scale;
        }
    }
}

static void interpolate(double (*samples)[3], size_t n, hf__patch *out) {
    double lagrange[N][N];
    for (size_t i = 0; i < N; i++) {
        set_lagrange(i, lagrange[i]);
    }
    for (size_t k = 0; k < n; k++) {
        out->base[k] = samples[0][k];
    }
    for (size_t node = 0; node < N_NODES; node++) {
        const double *x = lagrange[node / N], *y = lagrange[node % N];
        for (size_t term = 0; term < N_NODES; term++) {
            for (size_t k = 0; k < n; k++) {
                out->terms[term % N][n * (term / N) + k] +=
                    (samples[node][k] - out->base[k]) * x[term / N] *
                    y[term % N];
            }
        }
    }
}

/* Between the nodes, where interpolation errs most, and near the corners. */
static const double checks[N_CHECKS][2] = {
    {0.123, -0.071}, {-0.99, -0.98}, {0.98, -0.99},
    {-0.98, 0.99},   {0.99, 0.98},   {-0.51, 0.49},
    {0.52, -0.48},   {-0.84, -0.12}, {0.11, 0.85}};

static hf_status fill(hf_context *ctx, const hf__chart *chart, size_t column,
                      size_t row, hf__patch *out) {
    double in[N_NODES][2], samples[N_NODES][3], half[2];
    size_t at[2] = {column, row};
    for (int k = 0; k < 2; k++) {
        half[k] = chart->side[k] / 2;
        out->middle[k] =
            chart->least[k] + ((double)at[k] + 0.5) * chart->side[k];
        out->inverse_half[k] = 1 / half[k];
    }
    for (size_t i = 0; i < N_NODES; i++) {
        in[i][0] = out->middle[0] + half[0] * node_at(i / N);
        in[i][1] = out->middle[1] + half[1] * node_at(i % N);
    }
    hf_status status = sample(ctx, chart, in, N_NODES, samples);
    if (status) {
        return status;
    }
    size_t n_out = chart->is_to_plane ? 2 : 3;
    interpolate(samples, n_out, out);
    for (size_t i = 0; i < N_CHECKS; i++) {
        in[i][0] = out->middle[0] + half[0] * checks[i][0];
        in[i][1] = out->middle[1] + half[1] * checks[i][1];
    }
    status = sample(ctx, chart, in, N_CHECKS, samples);
    double error_m = 0;
    for (size_t i = 0; !status && i < N_CHECKS; i++) {
        double value[3];
        hf__patch_at(out, in[i][0], in[i][1], (int)n_out, value);
        for (size_t k = 0; k < n_out; k++) {
            double by = fabs(value[k] - samples[i][k]);
            if (!(by <= error_m)) {
                error_m = isnan(by) ? INFINITY : by;
            }
        }
    }
    out->is_smooth = error_m <= HF__CHART_M;
    out->error_m = out->is_smooth       ? HF__CHART_M
                   : error_m <= ROUGH_M ? 2 * error_m + ROUGH_M
                                        : INFINITY;
    return status;
}

/* Fills a patch, unless another thread is first. Not within its caller, which
 * nearly always has less to do. */
__attribute__((noinline)) static hf_status make_patch(
    hf_context *ctx, const hf__chart *chart, size_t column, size_t row,
    _Atomic(hf__patch *) *slot, const hf__patch **out) {
    hf__patch *made = hf__calloc(1, sizeof *made), *before = NULL;
    if (!made) {
        return hf__fail_memory(ctx);
    }
    hf_status status = fill(ctx, chart, column, row, made);
    if (status) {
        hf__free(made);
        return status;
    }
    if (atomic_compare_exchange_strong(slot, &before, made)) {
        *out = made;
    } else {
        hf__free(made);
        *out = before;
    }
    return HF_OK;
}

hf_status hf__chart_patch(hf_context *ctx, const hf__chart *chart, double x,
                          double y, const hf__patch **out) {
    double column = (x - chart->least[0]) * chart->per_side[0];
    double row = (y - chart->least[1]) * chart->per_side[1];
    *out = NULL;
    if (!(column >= 0 && column < (double)chart->n[0] && row >= 0 &&
          row < (double)chart->n[1])) {
        return HF_OK;
    }
    _Atomic(hf__patch *) *slot =
        &chart->patches[(size_t)row * chart->n[0] + (size_t)column];
    *out = atomic_load_explicit(slot, memory_order_acquire);
    return *out
               ? HF_OK
               : make_patch(ctx, chart, (size_t)column, (size_t)row, slot, out);
}
