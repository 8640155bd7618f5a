#include "oracle_border.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"

#define PIECE_M 200.0

struct oracle_border {
    const hf__projection *plane;
    const hf__polygon *area;
    size_t n;
    hf_xy (*pieces)[2];
    hf_lonlat (*ends)[2];
    hf__xyz (*at)[2];
};

static hf_xy xy_between(hf_xy a, hf_xy b, double t) {
    return (hf_xy){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

/* Pieces of an edge; only counted where `out` is NULL. */
static size_t cut(hf_xy a, hf_xy b, hf_xy (*out)[2]) {
    size_t n = (size_t)ceil(hypot(b.x_m - a.x_m, b.y_m - a.y_m) / PIECE_M);
    n = n ? n : 1;
    for (size_t i = 0; out && i < n; i++) {
        out[i][0] = xy_between(a, b, (double)i / (double)n);
        out[i][1] = xy_between(a, b, (double)(i + 1) / (double)n);
    }
    return n;
}

static size_t cut_all(const hf__polygon *area, hf_xy (*out)[2]) {
    size_t n = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r], end = area->ring_start[r + 1];
        for (size_t k = start, before = end - 1; k < end; before = k++) {
            n += cut(area->points[before], area->points[k],
                     out ? out + n : NULL);
        }
    }
    return n;
}

oracle_border *oracle_border_new(hf_context *ctx, const hf_boundaries *set,
                                 size_t authority) {
    oracle_border *border = calloc(1, sizeof *border);
    assert_non_null(border);
    border->plane = hf__boundaries_plane(set);
    border->area = hf__boundaries_polygon(set, authority);
    border->n = cut_all(border->area, NULL);
    border->pieces = calloc(border->n, sizeof *border->pieces);
    border->ends = calloc(border->n, sizeof *border->ends);
    border->at = calloc(border->n, sizeof *border->at);
    assert_true(border->pieces && border->ends && border->at);
    cut_all(border->area, border->pieces);
    for (size_t i = 0; i < border->n; i++) {
        assert_ok(ctx,
                  hf__projection_inverse(ctx, border->plane, border->pieces[i],
                                         2, border->ends[i]));
        border->at[i][0] = hf__xyz_of(border->ends[i][0]);
        border->at[i][1] = hf__xyz_of(border->ends[i][1]);
    }
    return border;
}

void oracle_border_free(oracle_border *border) {
    if (border) {
        free(border->pieces);
        free(border->ends);
        free(border->at);
        free(border);
    }
}

static double dist_at(hf_context *ctx, const oracle_border *border,
                      size_t piece, double t, hf_lonlat point) {
    hf_xy xy =
        xy_between(border->pieces[piece][0], border->pieces[piece][1], t);
    hf_lonlat p;
    assert_ok(ctx, hf__projection_inverse(ctx, border->plane, &xy, 1, &p));
    return hf_geodesic_dist_m(point, p);
}

/* By thirds, to 20 micrometres of the way; at the least, the distance changes
 * by the square of that. */
static double piece_m(hf_context *ctx, const oracle_border *border,
                      size_t piece, hf_lonlat point) {
    double low = 0, high = 1;
    double least = fmin(hf_geodesic_dist_m(point, border->ends[piece][0]),
                        hf_geodesic_dist_m(point, border->ends[piece][1]));
    while (high - low > 1e-7) {
        double t1 = low + (high - low) / 3, t2 = high - (high - low) / 3;
        double d1 = dist_at(ctx, border, piece, t1, point);
        double d2 = dist_at(ctx, border, piece, t2, point);
        least = fmin(least, fmin(d1, d2));
        low = d1 <= d2 ? low : t1;
        high = d1 <= d2 ? t2 : high;
    }
    return least;
}

double oracle_border_m(hf_context *ctx, const oracle_border *border,
                       hf_lonlat point) {
    hf_xy xy;
    assert_ok(ctx, hf__projection_forward(ctx, border->plane, &point, 1, &xy));
    if (isfinite(xy.x_m) && hf__polygon_side(border->area, xy)) {
        return 0;
    }
    hf__xyz p = hf__xyz_of(point);
    double least_chord = INFINITY, least = INFINITY;
    for (size_t i = 0; i < border->n; i++) {
        least_chord = fmin(least_chord, hf__xyz_dist_m(p, border->at[i][0]));
    }
    /* A piece with its first end this far off is not nearer: bounds of
     * earth/geocentric.h, and the length of a piece with room for scale. */
    double most =
        hf__chord_most_m(hf__geodesic_most_m(least_chord)) + 4 * PIECE_M;
    /* The nearest of those by chord first, so that few are searched. */
    double best_chord = INFINITY;
    for (int pass = 0; pass < 2; pass++) {
        double cutoff = hf__chord_most_m(hf__geodesic_most_m(best_chord)) + 0.1;
        for (size_t i = 0; i < border->n; i++) {
            hf__xyz a = border->at[i][0], b = border->at[i][1];
            if (hf__xyz_dist_m(p, a) > most) {
                continue;
            }
            double t = hf__xyz_nearest(a, b, p);
            double chord = hf__xyz_dist_m(p, hf__xyz_between(a, b, t));
            if (pass == 0) {
                best_chord = fmin(best_chord, chord);
            } else if (chord <= cutoff) {
                least = fmin(least, piece_m(ctx, border, i, point));
            }
        }
    }
    return least;
}

size_t oracle_locate(hf_context *ctx, const hf_boundaries *set,
                     hf_lonlat point) {
    hf_xy xy;
    assert_ok(ctx, hf__projection_forward(ctx, hf__boundaries_plane(set),
                                          &point, 1, &xy));
    for (size_t i = 0; isfinite(xy.x_m) && i < hf_boundaries_count(set); i++) {
        if (hf__polygon_side(hf__boundaries_polygon(set, i), xy)) {
            return i;
        }
    }
    return HF_NOWHERE;
}
