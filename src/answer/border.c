#include "answer/border.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"

#define ROUGH_PIECE_M 50.0
/* How far pieces are from the border: see the header. */
#define ERROR_M 1e-6
#define ROUGH_ERROR_M 1.5e-3
#define RUN_PIECES 32

/* ---- making ---------------------------------------------------------------
 */

void hf__border_free(hf__border *border) {
    if (border) {
        hf__free(border->xy);
        hf__free(border->at);
        hf__free(border->end_of_piece);
        hf__free(border->middles);
        if (border->index) {
            hf__lazy_reset(border->index);
        }
        hf__free(border->index);
        hf__free(border->runs);
        hf__free(border);
    }
}

static hf_xy xy_between(hf_xy a, hf_xy b, double t) {
    return (hf_xy){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

size_t hf__pieces_of(hf_xy a, hf_xy b, double piece_m) {
    double x = b.x_m - a.x_m, y = b.y_m - a.y_m;
    double length_m = sqrt(x * x + y * y);
    return length_m > piece_m ? (size_t)ceil(length_m / piece_m) : 1;
}

/* Cuts a ring into `ends`, the first repeated at the end, or only counts them
 * where that is NULL. */
static size_t cut_ring(const hf_xy *points, size_t n, double piece_m,
                       hf_xy *ends) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        hf_xy a = points[i], b = points[i + 1 < n ? i + 1 : 0];
        size_t pieces = hf__pieces_of(a, b, piece_m);
        for (size_t k = 0; ends && k < pieces; k++) {
            ends[count + k] = xy_between(a, b, (double)k / (double)pieces);
        }
        count += pieces;
    }
    if (ends) {
        ends[count] = points[0];
    }
    return count + 1;
}

/* One point of the plane to the earth, through PROJ. */
static hf_status take_exactly(hf_context *ctx, const hf__projection *plane,
                              hf_xy xy, hf__xyz *out) {
    hf_lonlat p;
    hf_status status = hf__projection_inverse(ctx, plane, &xy, 1, &p);
    if (status) {
        return status;
    }
    if (!hf_lonlat_is_valid(p)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "a boundary has points that the working plane can't "
                        "take to longitude and latitude; name the projection "
                        "of the file");
    }
    *out = hf__xyz_of(p);
    return HF_OK;
}

/* Points taken through a chart together. */
#define BLOCK ((size_t)256)

/* Takes points of the plane to the earth: by the chart, through PROJ where that
 * is not smooth. *out_rough says whether that was so. */
static hf_status take_to_earth(hf_context *ctx, const hf__border *border,
                               const hf__chart *chart, const hf_xy *xy,
                               size_t n, hf__xyz *out, bool *out_rough) {
    const hf__lanes *lanes = hf__lanes_best();
    const hf__patch *patches[BLOCK];
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t some = n - first < BLOCK ? n - first : BLOCK;
        for (size_t i = 0; i < some; i++) {
            hf_xy at = xy[first + i];
            hf_status status =
                hf__chart_patch(ctx, chart, at.x_m, at.y_m, &patches[i]);
            if (!status && (!patches[i] || !patches[i]->is_smooth)) {
                patches[i] = NULL;
                *out_rough = true;
                status = take_exactly(ctx, border->plane, at, &out[first + i]);
            }
            if (status) {
                return status;
            }
        }
        lanes->to_earth(patches, xy + first, some, out + first);
    }
    return HF_OK;
}

static hf_status cut_rings(hf_context *ctx, hf__border *border,
                           const hf__polygon *area, double piece_m) {
    border->n_ends = border->n_runs = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r];
        size_t n = cut_ring(area->points + start,
                            area->ring_start[r + 1] - start, piece_m, NULL);
        border->n_ends += n;
        border->n_runs += (n - 1 + RUN_PIECES - 1) / RUN_PIECES;
    }
    hf__free(border->xy);
    hf__free(border->at);
    hf__free(border->runs);
    border->xy = hf__calloc(border->n_ends, sizeof *border->xy);
    border->at = hf__calloc(border->n_ends, sizeof *border->at);
    border->runs = hf__calloc(border->n_runs, sizeof *border->runs);
    if (!border->xy || !border->at || !border->runs ||
        border->n_ends > UINT32_MAX) {
        return hf__fail_memory(ctx);
    }
    size_t first = 0, run = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r];
        size_t n =
            cut_ring(area->points + start, area->ring_start[r + 1] - start,
                     piece_m, border->xy + first);
        for (size_t done = 0; done < n - 1; done += RUN_PIECES) {
            size_t left = n - 1 - done;
            border->runs[run].first = first + done;
            border->runs[run++].count = left < RUN_PIECES ? left : RUN_PIECES;
        }
        first += n;
    }
    return HF_OK;
}

/* A sphere around n ends. */
static void set_sphere(const hf__xyz *ends, size_t n, hf__run *of) {
    hf__xyz sum = {0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        sum.x_m += ends[i].x_m;
        sum.y_m += ends[i].y_m;
        sum.z_m += ends[i].z_m;
    }
    double count = (double)n;
    of->middle = (hf__xyz){sum.x_m / count, sum.y_m / count, sum.z_m / count};
    of->radius_m = 0;
    for (size_t i = 0; i < n; i++) {
        of->radius_m = fmax(of->radius_m, hf__xyz_dist_m(of->middle, ends[i]));
    }
}

void hf__piece_set(hf__xyz a, hf__xyz b, hf__xyz middle, double *out) {
    hf__xyz on_chord = hf__xyz_between(a, b, 0.5);
    double values[HF__PIECE_VALUES] = {a.x_m,
                                       a.y_m,
                                       a.z_m,
                                       b.x_m - a.x_m,
                                       b.y_m - a.y_m,
                                       b.z_m - a.z_m,
                                       middle.x_m - on_chord.x_m,
                                       middle.y_m - on_chord.y_m,
                                       middle.z_m - on_chord.z_m};
    memcpy(out, values, sizeof values);
}

/* The middles of pieces, runs of them, and the greatest bulge. */
static hf_status set_middles(hf_context *ctx, hf__border *border,
                             const hf__chart *chart, bool *out_rough) {
    hf_xy *xy = hf__calloc(border->n_ends, sizeof *xy);
    hf__free(border->end_of_piece);
    hf__free(border->middles);
    border->end_of_piece =
        hf__calloc(border->n_ends, sizeof *border->end_of_piece);
    border->middles = hf__calloc(border->n_ends, sizeof *border->middles);
    if (!xy || !border->end_of_piece || !border->middles) {
        hf__free(xy);
        return hf__fail_memory(ctx);
    }
    size_t n = 0;
    for (size_t r = 0; r < border->n_runs; r++) {
        hf__run *run = &border->runs[r];
        set_sphere(border->at + run->first, run->count + 1, run);
        for (size_t end = run->first; end < run->first + run->count; end++) {
            xy[n] = xy_between(border->xy[end], border->xy[end + 1], 0.5);
            border->end_of_piece[n++] = (uint32_t)end;
        }
    }
    border->n_pieces = n;
    set_sphere(border->at, border->n_ends, &border->all);
    hf_status status =
        take_to_earth(ctx, border, chart, xy, n, border->middles, out_rough);
    border->bulge_m = 0;
    for (size_t i = 0; !status && i < n; i++) {
        const hf__xyz *end = &border->at[border->end_of_piece[i]];
        double bulge_m = hf__xyz_dist_m(hf__xyz_between(end[0], end[1], 0.5),
                                        border->middles[i]);
        border->bulge_m = fmax(border->bulge_m, bulge_m);
    }
    hf__free(xy);
    return status;
}

static hf_status cut(hf_context *ctx, hf__border *border,
                     const hf__polygon *area, const hf__chart *chart,
                     double piece_m, bool *out_rough) {
    hf_status status = cut_rings(ctx, border, area, piece_m);
    if (!status) {
        status = take_to_earth(ctx, border, chart, border->xy, border->n_ends,
                               border->at, out_rough);
    }
    return status ? status : set_middles(ctx, border, chart, out_rough);
}

hf_status hf__border_new(hf_context *ctx, const hf__polygon *area,
                         const hf__projection *plane, const hf__chart *to_earth,
                         hf__border **out) {
    bool is_rough = false;
    hf__border *border = hf__calloc(1, sizeof *border);
    if (!border) {
        return hf__fail_memory(ctx);
    }
    border->plane = plane;
    border->index = hf__calloc(1, sizeof *border->index);
    if (!border->index) {
        hf__border_free(border);
        return hf__fail_memory(ctx);
    }
    hf__lazy_init(border->index);
    hf_status status = cut(ctx, border, area, to_earth, HF__PIECE_M, &is_rough);
    border->error_m = is_rough ? ROUGH_ERROR_M : ERROR_M;
    if (!status && is_rough) {
        status = cut(ctx, border, area, to_earth, ROUGH_PIECE_M, &is_rough);
    }
    if (status) {
        hf__border_free(border);
        return status;
    }
    *out = border;
    return HF_OK;
}

/* ---- the index ------------------------------------------------------------
 */

static hf_status make_index(hf_context *ctx, const void *recipe, void **out) {
    const hf__border *border = recipe;
    double(*pieces)[HF__PIECE_VALUES] =
        hf__calloc(border->n_pieces, sizeof *pieces);
    if (!pieces) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < border->n_pieces; i++) {
        const hf__xyz *end = &border->at[border->end_of_piece[i]];
        hf__piece_set(end[0], end[1], border->middles[i], pieces[i]);
    }
    hf__index *index = hf__index_new(pieces, border->n_pieces);
    if (!index) {
        return hf__fail_memory(ctx);
    }
    *out = index;
    return HF_OK;
}

static void free_index(void *thing) {
    hf__index_free(thing);
}

hf_status hf__border_index(hf_context *ctx, const hf__border *border,
                           const hf__index **out) {
    void *thing;
    hf_status status = hf__lazy_get(ctx, border->index, make_index, border,
                                    free_index, &thing);
    if (!status) {
        *out = thing;
    }
    return status;
}

/* ---- a point and a piece ----------------------------------------------------
 */

hf_status hf__border_end(hf_context *ctx, const hf__border *border, size_t end,
                         hf_lonlat *out) {
    return hf__projection_inverse(ctx, border->plane, &border->xy[end], 1, out);
}

hf_status hf__border_along(hf_context *ctx, const hf__border *border,
                           size_t piece, double t, hf_lonlat *out) {
    size_t end = border->end_of_piece[piece];
    hf_xy xy = xy_between(border->xy[end], border->xy[end + 1], t);
    return hf__projection_inverse(ctx, border->plane, &xy, 1, out);
}

/* The parameter at which the straight line between the ends is nearest. */
static double nearest_on_piece(const hf__border *border, size_t piece,
                               hf__xyz p) {
    size_t end = border->end_of_piece[piece];
    return hf__xyz_nearest(border->at[end], border->at[end + 1], p);
}

static hf_status look_along(hf_context *ctx, const hf__border *border,
                            size_t piece, double t, hf__reach *best,
                            double *out_square) {
    hf_lonlat p;
    hf_status status = hf__border_along(ctx, border, piece, t, &p);
    if (status) {
        return status;
    }
    double dist_m = hf_geodesic_dist_m(best->from, p);
    if (dist_m < best->dist_m) {
        best->dist_m = dist_m;
        best->to = p;
    }
    *out_square = dist_m * dist_m;
    return HF_OK;
}

/* Where the parabola through (0, y0), (1/2, y1), (1, y2) is least, in 0..1. */
static double least_of_parabola(double y0, double y1, double y2) {
    double bend = 2 * (y0 - 2 * y1 + y2), slope = -3 * y0 + 4 * y1 - y2;
    if (!(bend > 0)) {
        return y0 <= y2 ? 0 : 1;
    }
    return fmin(fmax(-slope / (2 * bend), 0), 1);
}

/* The least geodesic from a point to a piece.
 *
 * On a plane the squared distance to a point that moves evenly along a straight
 * line is a parabola. Around the nearest point by chord, over an eighth of the
 * piece (63 m), the point moves evenly but for the plane's change of scale
 * (63^2 / 8 times 1e-8 per metre for the national grid, 2.7e-7 for a worldwide
 * Mercator: e = 5 um to 0.14 mm), so the least of the parabola through three
 * geodesics stands within e of the nearest point, and the distance there
 * exceeds the least by e^2 / 2s, and by e at most: less than a micrometre for
 * the national grid. */
static hf_status measure_piece(hf_context *ctx, const hf__border *border,
                               size_t piece, hf_lonlat from, hf__xyz at,
                               hf__reach *best) {
    double y[3], t = nearest_on_piece(border, piece, at);
    double low = fmax(t - 1.0 / 16, 0), width = fmin(t + 1.0 / 16, 1) - low;
    hf__reach reach = {INFINITY, from, from};
    for (int i = 0; i < 3; i++) {
        hf_status status =
            look_along(ctx, border, piece, low + i * width / 2, &reach, &y[i]);
        if (status) {
            return status;
        }
    }
    t = low + width * least_of_parabola(y[0], y[1], y[2]);
    hf_status status = look_along(ctx, border, piece, t, &reach, &y[0]);
    if (!status && reach.dist_m < best->dist_m) {
        *best = reach;
    }
    return status;
}

/* Of equal pieces the first counts, whatever the order of the list. */
static int by_piece(const void *a, const void *b) {
    size_t x = ((const hf__near *)a)->piece, y = ((const hf__near *)b)->piece;
    return x < y ? -1 : x > y;
}

hf_status hf__border_nearest(hf_context *ctx, const hf__border *border,
                             hf_lonlat from, double most_m, hf__reach *out) {
    hf__near_list list = {0};
    hf__reach best = {INFINITY, from, from};
    hf__xyz at = hf__xyz_of(from);
    const hf__index *index;
    hf_status status = hf__border_index(ctx, border, &index);
    if (status) {
        return status;
    }
    if (!hf__index_near(index, hf__lanes_best(), at, most_m, &list)) {
        status = hf__fail_memory(ctx);
    } else if (list.n > 1) {
        qsort(list.at, list.n, sizeof *list.at, by_piece);
    }
    for (size_t i = 0; !status && i < list.n; i++) {
        status = measure_piece(ctx, border, list.at[i].piece, from, at, &best);
    }
    hf__free(list.at);
    if (!status) {
        *out = best;
    }
    return status;
}

hf_status hf__border_chord(hf_context *ctx, const hf__border *border,
                           hf__xyz from, double most_m, double *out_m) {
    hf__near_list list = {0};
    const hf__index *index;
    hf_status status = hf__border_index(ctx, border, &index);
    if (status) {
        return status;
    }
    bool ok = hf__index_near(index, hf__lanes_best(), from, most_m, &list);
    *out_m = hf__index_chord_m(index, list.at, list.n, from);
    hf__free(list.at);
    return ok ? HF_OK : hf__fail_memory(ctx);
}

/* ---- the farthest end -----------------------------------------------------
 */

static double greatest_chord(const hf__border *border, const hf__run *run,
                             hf__xyz from, double best_m) {
    if (hf__xyz_dist_m(run->middle, from) + run->radius_m <= best_m) {
        return best_m;
    }
    for (size_t i = 0; i <= run->count; i++) {
        best_m = fmax(best_m, hf__xyz_dist_m(border->at[run->first + i], from));
    }
    return best_m;
}

hf_status hf__border_farthest(hf_context *ctx, const hf__border *border,
                              hf_lonlat from, hf__reach *out) {
    hf__xyz at = hf__xyz_of(from);
    double best_m = 0;
    for (size_t i = 0; i < border->n_runs; i++) {
        best_m = greatest_chord(border, &border->runs[i], at, best_m);
    }
    double cutoff_m = hf__chord_least_m(hf__geodesic_least_m(best_m)) - 1e-6;
    hf__reach best = {-1, from, from};
    for (size_t i = 0; i < border->n_ends; i++) {
        if (hf__xyz_dist_m(border->at[i], at) >= cutoff_m) {
            hf_lonlat end;
            hf_status status = hf__border_end(ctx, border, i, &end);
            if (status) {
                return status;
            }
            double dist_m = hf_geodesic_dist_m(from, end);
            if (dist_m > best.dist_m) {
                best = (hf__reach){dist_m, from, end};
            }
        }
    }
    *out = best;
    return HF_OK;
}
