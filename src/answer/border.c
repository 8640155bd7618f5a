#include "answer/border.h"

#include <math.h>

#include "base/context.h"
#include "base/memory.h"
#include "earth/geocentric.h"
#include "howfar/geodesic.h"

#define PIECE_M 200.0
/* Pieces looked at together, with one sphere around them. */
#define BLOCK_PIECES 32

/* Pieces first .. first + count - 1, all of one ring: piece i runs from end i
 * to end i + 1. */
typedef struct block {
    size_t first, count;
    hf__xyz middle;
    double radius_m;
} block;

struct hf__border {
    const hf__projection *plane;
    size_t n_ends;
    hf_xy *xy; /* ends of pieces; a ring's first end is repeated at its end */
    hf_lonlat *lonlat;
    hf__xyz *xyz;
    size_t n_blocks;
    block *blocks;
    double sagitta_m; /* no piece is farther from its chord */
};

/* All that answers keep with a set. */
typedef struct derived {
    hf__scale scale;
    size_t n_borders;
    hf__lazy borders[];
} derived;

typedef struct border_recipe {
    const hf_boundaries *set;
    size_t authority;
} border_recipe;

/* ---- making ------------------------------------------------------------- */

static void free_border(void *thing) {
    hf__border *border = thing;
    if (border) {
        hf__free(border->xy);
        hf__free(border->lonlat);
        hf__free(border->xyz);
        hf__free(border->blocks);
        hf__free(border);
    }
}

static size_t n_pieces_of(hf_xy a, hf_xy b) {
    double length_m = hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    return length_m > PIECE_M ? (size_t)ceil(length_m / PIECE_M) : 1;
}

static hf_xy xy_between(hf_xy a, hf_xy b, double t) {
    return (hf_xy){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

/* Cuts a ring into `ends`, or only counts them where that is NULL. */
static size_t cut_ring(const hf_xy *points, size_t n, hf_xy *ends) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        hf_xy a = points[i], b = points[i + 1 < n ? i + 1 : 0];
        size_t pieces = n_pieces_of(a, b);
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

static void add_blocks(hf__border *border, size_t first, size_t n_pieces) {
    for (size_t done = 0; done < n_pieces; done += BLOCK_PIECES) {
        size_t count = n_pieces - done;
        count = count < BLOCK_PIECES ? count : BLOCK_PIECES;
        border->blocks[border->n_blocks++] =
            (block){.first = first + done, .count = count};
    }
}

static void set_sphere(const hf__border *border, block *of) {
    const hf__xyz *ends = border->xyz + of->first;
    hf__xyz sum = {0, 0, 0};
    for (size_t i = 0; i <= of->count; i++) {
        sum.x_m += ends[i].x_m;
        sum.y_m += ends[i].y_m;
        sum.z_m += ends[i].z_m;
    }
    double n = (double)(of->count + 1);
    of->middle = (hf__xyz){sum.x_m / n, sum.y_m / n, sum.z_m / n};
    of->radius_m = 0;
    for (size_t i = 0; i <= of->count; i++) {
        of->radius_m = fmax(of->radius_m, hf__xyz_dist_m(of->middle, ends[i]));
    }
}

/* The sagitta of the middle piece of every block, doubled because the others
 * are not looked at. Two millimetres more: what a grid of datum shifts, whose
 * cells bend a straight line by up to 1e-5, adds to a piece. */
static hf_status set_sagitta(hf_context *ctx, hf__border *border) {
    double most_m = 0;
    for (size_t i = 0; i < border->n_blocks; i++) {
        size_t piece = border->blocks[i].first + border->blocks[i].count / 2;
        hf_xy xy = xy_between(border->xy[piece], border->xy[piece + 1], 0.5);
        hf_lonlat middle;
        hf_status status =
            hf__projection_inverse(ctx, border->plane, &xy, 1, &middle);
        if (status) {
            return status;
        }
        hf__xyz on_chord =
            hf__xyz_between(border->xyz[piece], border->xyz[piece + 1], 0.5);
        most_m = fmax(most_m, hf__xyz_dist_m(hf__xyz_of(middle), on_chord));
    }
    border->sagitta_m = 2 * most_m + 2e-3;
    return HF_OK;
}

static hf_status place_ends(hf_context *ctx, hf__border *border) {
    hf_status status = hf__projection_inverse(ctx, border->plane, border->xy,
                                              border->n_ends, border->lonlat);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < border->n_ends; i++) {
        if (!hf_lonlat_is_valid(border->lonlat[i])) {
            return hf__fail(ctx, HF_ERR_PROJECTION,
                            "a boundary has points that the working plane "
                            "can't take to longitude and latitude; name the "
                            "projection of the file");
        }
        border->xyz[i] = hf__xyz_of(border->lonlat[i]);
    }
    for (size_t i = 0; i < border->n_blocks; i++) {
        set_sphere(border, &border->blocks[i]);
    }
    return set_sagitta(ctx, border);
}

static hf_status make_border(hf_context *ctx, const void *recipe, void **out) {
    const border_recipe *from = recipe;
    const hf__polygon *area =
        hf__boundaries_polygon(from->set, from->authority);
    hf_status status = HF_ERR_MEMORY;
    hf__border *border = hf__calloc(1, sizeof *border);
    if (!border) {
        return hf__fail_memory(ctx);
    }
    border->plane = hf__boundaries_plane(from->set);
    size_t n_blocks = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r];
        size_t n = cut_ring(area->points + start,
                            area->ring_start[r + 1] - start, NULL);
        border->n_ends += n;
        n_blocks += (n - 1 + BLOCK_PIECES - 1) / BLOCK_PIECES;
    }
    border->xy = hf__calloc(border->n_ends, sizeof *border->xy);
    border->lonlat = hf__calloc(border->n_ends, sizeof *border->lonlat);
    border->xyz = hf__calloc(border->n_ends, sizeof *border->xyz);
    border->blocks = hf__calloc(n_blocks, sizeof *border->blocks);
    if (!border->xy || !border->lonlat || !border->xyz || !border->blocks) {
        hf__fail_memory(ctx);
        goto done;
    }
    size_t first = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r];
        size_t n =
            cut_ring(area->points + start, area->ring_start[r + 1] - start,
                     border->xy + first);
        add_blocks(border, first, n - 1);
        first += n;
    }
    status = place_ends(ctx, border);
done:
    if (status) {
        free_border(border);
        return status;
    }
    *out = border;
    return HF_OK;
}

/* ---- kept with the set -------------------------------------------------- */

static void free_derived(void *thing) {
    derived *all = thing;
    for (size_t i = 0; i < all->n_borders; i++) {
        hf__lazy_reset(&all->borders[i]);
    }
    hf__free(all);
}

/* Steps of a thousandth of the extent in four directions at 9 x 9 places; what
 * lies between them differs by less than the 2 % added at both ends, the scale
 * of a projection being smooth. */
static hf_status measure_scale(hf_context *ctx, const hf_boundaries *set,
                               hf__scale *out) {
    hf__box box = hf__box_of(NULL, 0);
    for (size_t i = 0; i < hf_boundaries_count(set); i++) {
        const hf_authority *authority = hf_boundaries_authority(set, i);
        box.min.x_m = fmin(box.min.x_m, authority->min.x_m);
        box.min.y_m = fmin(box.min.y_m, authority->min.y_m);
        box.max.x_m = fmax(box.max.x_m, authority->max.x_m);
        box.max.y_m = fmax(box.max.y_m, authority->max.y_m);
    }
    double width = box.max.x_m - box.min.x_m,
           height = box.max.y_m - box.min.y_m;
    double step = fmax(width, height) / 1000;
    hf__scale scale = {INFINITY, 0};
    for (int i = 0; i < 81; i++) {
        int column = i % 9, row = i / 9;
        hf_xy p = {box.min.x_m + width * column / 8,
                   box.min.y_m + height * row / 8};
        hf_xy xy[5] = {p,
                       {p.x_m + step, p.y_m},
                       {p.x_m, p.y_m + step},
                       {p.x_m + step, p.y_m + step},
                       {p.x_m + step, p.y_m - step}};
        hf_lonlat at[5];
        hf_status status =
            hf__projection_inverse(ctx, hf__boundaries_plane(set), xy, 5, at);
        if (status) {
            return status;
        }
        for (int k = 1; k < 5; k++) {
            double metres = hf_geodesic_dist_m(at[0], at[k]);
            double ratio = metres / (k < 3 ? step : step * sqrt(2));
            if (ratio > 0) { /* not NaN: outside what PROJ takes */
                scale.least = fmin(scale.least, ratio * 0.98);
                scale.most = fmax(scale.most, ratio * 1.02);
            }
        }
    }
    *out = scale;
    return HF_OK;
}

static hf_status make_derived(hf_context *ctx, const void *recipe, void **out) {
    const hf_boundaries *set = recipe;
    size_t n = hf_boundaries_count(set);
    derived *all = hf__calloc(1, sizeof *all + n * sizeof all->borders[0]);
    if (!all) {
        return hf__fail_memory(ctx);
    }
    hf_status status = measure_scale(ctx, set, &all->scale);
    if (status) {
        hf__free(all);
        return status;
    }
    all->n_borders = n;
    for (size_t i = 0; i < n; i++) {
        hf__lazy_init(&all->borders[i]);
    }
    *out = all;
    return HF_OK;
}

static hf_status get_derived(hf_context *ctx, const hf_boundaries *set,
                             derived **out) {
    void *thing = NULL;
    hf_status status = hf__lazy_get(ctx, hf__boundaries_derived(set),
                                    make_derived, set, free_derived, &thing);
    *out = thing;
    return status;
}

hf_status hf__border_of(hf_context *ctx, const hf_boundaries *set,
                        size_t authority, const hf__border **out) {
    derived *all;
    void *border;
    hf_status status = get_derived(ctx, set, &all);
    if (!status) {
        border_recipe recipe = {set, authority};
        status = hf__lazy_get(ctx, &all->borders[authority], make_border,
                              &recipe, free_border, &border);
    }
    if (!status) {
        *out = border;
    }
    return status;
}

hf_status hf__border_plane_scale(hf_context *ctx, const hf_boundaries *set,
                                 hf__scale *out) {
    derived *all;
    hf_status status = get_derived(ctx, set, &all);
    if (!status) {
        *out = all->scale;
    }
    return status;
}

/* ---- a point and a piece --------------------------------------------------
 */

/* One search for the point of a piece nearest to `from`. */
typedef struct search {
    hf_context *ctx;
    const hf__projection *plane;
    hf_xy a, b; /* the piece */
    hf_lonlat from;
    hf__reach best;
} search;

/* Squared geodesic to a point of the piece; keeps the least. */
static double look_at(search *s, hf_lonlat p) {
    double dist_m = hf_geodesic_dist_m(s->from, p);
    if (dist_m < s->best.dist_m) {
        s->best = (hf__reach){dist_m, s->from, p};
    }
    return dist_m * dist_m;
}

static hf_status look_along(search *s, double t, double *out_square) {
    hf_xy xy = xy_between(s->a, s->b, t);
    hf_lonlat p;
    hf_status status = hf__projection_inverse(s->ctx, s->plane, &xy, 1, &p);
    if (!status) {
        *out_square = look_at(s, p);
    }
    return status;
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
 * line is a parabola. Here the point moves evenly but for the plane's change of
 * scale along the piece (under 2 mm in 200 m for any conformal plane of the
 * size of a country), so the least of the parabola through three geodesics
 * stands within e = 2 mm of the nearest point, and the distance there exceeds
 * the least by e^2 / 2s at a distance s: under 2 um from a metre on. Nearer
 * than that a second parabola over an eighth of the piece divides e by 64. The
 * curvature of the earth changes the squares by s^2 L^2 / 3r^2 times a
 * parabola, and that not at all at its least. */
static hf_status measure_piece(hf_context *ctx, const hf__border *border,
                               size_t piece, hf_lonlat from, hf__reach *out) {
    search s = {.ctx = ctx,
                .plane = border->plane,
                .a = border->xy[piece],
                .b = border->xy[piece + 1],
                .from = from,
                .best = {.dist_m = INFINITY}};
    double y0 = look_at(&s, border->lonlat[piece]), y1, least;
    double y2 = look_at(&s, border->lonlat[piece + 1]);
    hf_status status = look_along(&s, 0.5, &y1);
    if (status) {
        return status;
    }
    double t = least_of_parabola(y0, y1, y2);
    status = look_along(&s, t, &least);
    if (!status && s.best.dist_m < 1) {
        double low = fmax(t - 1.0 / 16, 0), width = fmin(t + 1.0 / 16, 1) - low;
        if (!(status = look_along(&s, low, &y0)) &&
            !(status = look_along(&s, low + width / 2, &y1)) &&
            !(status = look_along(&s, low + width, &y2))) {
            t = low + width * least_of_parabola(y0, y1, y2);
            status = look_along(&s, t, &least);
        }
    }
    if (!status) {
        *out = s.best;
    }
    return status;
}

static double chord_to_piece(const hf__border *border, size_t piece,
                             hf__xyz from) {
    hf__xyz a = border->xyz[piece], b = border->xyz[piece + 1];
    return hf__xyz_dist_m(hf__xyz_between(a, b, hf__xyz_nearest(a, b, from)),
                          from);
}

/* ---- a point and a border -------------------------------------------------
 */

static double chord_to_block(const block *of, hf__xyz from) {
    return hf__xyz_dist_m(of->middle, from) - of->radius_m;
}

static double least_chord(const hf__border *border, const block *of,
                          hf__xyz from, double best_m) {
    for (size_t i = 0; i < of->count; i++) {
        best_m = fmin(best_m, chord_to_piece(border, of->first + i, from));
    }
    return best_m;
}

/* A piece with a chord above this is farther than one with best_m. */
static double cutoff_of(const hf__border *border, double best_m) {
    double sagitta_m = border->sagitta_m;
    return hf__chord_most_m(hf__geodesic_most_m(best_m + sagitta_m)) +
           sagitta_m;
}

hf_status hf__border_nearest(hf_context *ctx, const hf__border *border,
                             hf_lonlat from, double most_m, hf__reach *out) {
    hf__xyz at = hf__xyz_of(from);
    double best_m = most_m < INFINITY
                        ? hf__chord_most_m(most_m) + border->sagitta_m
                        : INFINITY;
    /* The nearest block first, so that few others have to be looked at. */
    size_t nearest = 0;
    double nearest_m = INFINITY;
    for (size_t i = 0; i < border->n_blocks; i++) {
        double chord_m = chord_to_block(&border->blocks[i], at);
        if (chord_m < nearest_m) {
            nearest_m = chord_m;
            nearest = i;
        }
    }
    hf__reach best = {INFINITY, from, from};
    if (nearest_m > best_m) {
        *out = best;
        return HF_OK;
    }
    best_m = least_chord(border, &border->blocks[nearest], at, best_m);
    for (size_t i = 0; i < border->n_blocks; i++) {
        if (chord_to_block(&border->blocks[i], at) < best_m) {
            best_m = least_chord(border, &border->blocks[i], at, best_m);
        }
    }
    double cutoff_m = cutoff_of(border, best_m);
    for (size_t i = 0; i < border->n_blocks; i++) {
        const block *of = &border->blocks[i];
        if (chord_to_block(of, at) > cutoff_m) {
            continue;
        }
        for (size_t piece = of->first; piece < of->first + of->count; piece++) {
            hf__reach reach;
            if (chord_to_piece(border, piece, at) > cutoff_m) {
                continue;
            }
            hf_status status = measure_piece(ctx, border, piece, from, &reach);
            if (status) {
                return status;
            }
            best = reach.dist_m < best.dist_m ? reach : best;
        }
    }
    *out = best;
    return HF_OK;
}

/* Ends of a block: one more than its pieces. */
static double greatest_chord(const hf__border *border, const block *of,
                             hf__xyz from, double best_m) {
    for (size_t i = 0; i <= of->count; i++) {
        best_m = fmax(best_m, hf__xyz_dist_m(border->xyz[of->first + i], from));
    }
    return best_m;
}

hf__reach hf__border_farthest(const hf__border *border, hf_lonlat from) {
    hf__xyz at = hf__xyz_of(from);
    double best_m = 0;
    for (size_t i = 0; i < border->n_blocks; i++) {
        best_m = greatest_chord(border, &border->blocks[i], at, best_m);
    }
    double cutoff_m = hf__chord_least_m(hf__geodesic_least_m(best_m));
    hf__reach best = {-1, from, from};
    for (size_t i = 0; i < border->n_ends; i++) {
        if (hf__xyz_dist_m(border->xyz[i], at) >= cutoff_m) {
            double dist_m = hf_geodesic_dist_m(from, border->lonlat[i]);
            if (dist_m > best.dist_m) {
                best = (hf__reach){dist_m, from, border->lonlat[i]};
            }
        }
    }
    return best;
}

/* ---- two borders ----------------------------------------------------------
 */

/* Two blocks, one of each border, and a bound of the chords between them. */
typedef struct block_pair {
    const block *a, *b;
    double bound_m;
} block_pair;

static double between_middles(const block *a, const block *b) {
    return hf__xyz_dist_m(a->middle, b->middle);
}

/* The pairs of blocks for which `keeps` holds, at the end of a growing list. */
typedef struct pair_list {
    block_pair *pairs;
    size_t n, capacity;
} pair_list;

static bool add_pair(pair_list *list, block_pair pair) {
    void *pairs = list->pairs;
    if (!hf__reserve(&pairs, &list->capacity, list->n + 1, sizeof pair)) {
        return false;
    }
    list->pairs = pairs;
    list->pairs[list->n++] = pair;
    return true;
}

/* Pairs that may hold a chord of most_m or less. */
static bool list_near(const hf__border *a, const hf__border *b, double most_m,
                      pair_list *list) {
    for (size_t i = 0; i < a->n_blocks; i++) {
        for (size_t k = 0; k < b->n_blocks; k++) {
            const block *x = &a->blocks[i], *y = &b->blocks[k];
            double bound_m = between_middles(x, y) - x->radius_m - y->radius_m;
            if (bound_m <= most_m &&
                !add_pair(list, (block_pair){x, y, bound_m})) {
                return false;
            }
        }
    }
    return true;
}

/* Least chord from the ends of one block to the pieces of another. */
static double least_chord_of_blocks(const hf__border *a, const block *x,
                                    const hf__border *b, const block *y,
                                    double best_m) {
    for (size_t i = 0; i <= x->count; i++) {
        hf__xyz end = a->xyz[x->first + i];
        if (chord_to_block(y, end) < best_m) {
            best_m = least_chord(b, y, end, best_m);
        }
    }
    return best_m;
}

/* Measures the ends of one block against the pieces of another. */
static hf_status measure_blocks(hf_context *ctx, const hf__border *a,
                                const block *x, const hf__border *b,
                                const block *y, double cutoff_m,
                                bool is_reversed, hf__reach *best) {
    for (size_t i = x->first; i <= x->first + x->count; i++) {
        if (chord_to_block(y, a->xyz[i]) > cutoff_m) {
            continue;
        }
        for (size_t piece = y->first; piece < y->first + y->count; piece++) {
            hf__reach reach;
            if (chord_to_piece(b, piece, a->xyz[i]) > cutoff_m) {
                continue;
            }
            hf_status status =
                measure_piece(ctx, b, piece, a->lonlat[i], &reach);
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
    pair_list list = {0};
    hf_status status = HF_OK;
    hf__reach best = {INFINITY, {NAN, NAN}, {NAN, NAN}};
    double best_m =
        most_m < INFINITY ? hf__chord_most_m(most_m) + a->sagitta_m : INFINITY;
    for (size_t i = 0; i < a->n_blocks; i++) {
        for (size_t k = 0; k < b->n_blocks; k++) {
            best_m = fmin(best_m, hf__xyz_dist_m(a->xyz[a->blocks[i].first],
                                                 b->xyz[b->blocks[k].first]));
        }
    }
    if (!list_near(a, b, cutoff_of(a, best_m) + b->sagitta_m, &list)) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    for (size_t i = 0; i < list.n; i++) {
        block_pair *pair = &list.pairs[i];
        if (pair->bound_m < best_m) {
            best_m = least_chord_of_blocks(a, pair->a, b, pair->b, best_m);
            best_m = least_chord_of_blocks(b, pair->b, a, pair->a, best_m);
        }
    }
    double cutoff_m = cutoff_of(a, best_m + b->sagitta_m) + b->sagitta_m;
    for (size_t i = 0; i < list.n && best.dist_m > 0; i++) {
        block_pair *pair = &list.pairs[i];
        if (pair->bound_m > cutoff_m) {
            continue;
        }
        if ((status = measure_blocks(ctx, a, pair->a, b, pair->b, cutoff_m,
                                     false, &best)) ||
            (status = measure_blocks(ctx, b, pair->b, a, pair->a, cutoff_m,
                                     true, &best))) {
            goto done;
        }
    }
    *out = best;
done:
    hf__free(list.pairs);
    return status;
}

/* Pairs that may hold a chord of least_m or more. */
static bool list_far(const hf__border *a, const hf__border *b, double least_m,
                     pair_list *list) {
    for (size_t i = 0; i < a->n_blocks; i++) {
        for (size_t k = 0; k < b->n_blocks; k++) {
            const block *x = &a->blocks[i], *y = &b->blocks[k];
            double bound_m = between_middles(x, y) + x->radius_m + y->radius_m;
            if (bound_m >= least_m &&
                !add_pair(list, (block_pair){x, y, bound_m})) {
                return false;
            }
        }
    }
    return true;
}

static void measure_far(const hf__border *a, const block *x,
                        const hf__border *b, const block *y, double cutoff_m,
                        hf__reach *best) {
    for (size_t i = x->first; i <= x->first + x->count; i++) {
        for (size_t k = y->first; k <= y->first + y->count; k++) {
            if (hf__xyz_dist_m(a->xyz[i], b->xyz[k]) < cutoff_m) {
                continue;
            }
            double dist_m = hf_geodesic_dist_m(a->lonlat[i], b->lonlat[k]);
            if (dist_m > best->dist_m) {
                *best = (hf__reach){dist_m, a->lonlat[i], b->lonlat[k]};
            }
        }
    }
}

hf_status hf__border_farthest_border(hf_context *ctx, const hf__border *a,
                                     const hf__border *b, double least_m,
                                     hf__reach *out) {
    pair_list list = {0};
    hf__reach best = {0, {NAN, NAN}, {NAN, NAN}};
    double best_m = hf__chord_least_m(least_m);
    for (size_t i = 0; i < a->n_blocks; i++) {
        for (size_t k = 0; k < b->n_blocks; k++) {
            best_m = fmax(best_m, hf__xyz_dist_m(a->xyz[a->blocks[i].first],
                                                 b->xyz[b->blocks[k].first]));
        }
    }
    double cutoff_m = hf__chord_least_m(hf__geodesic_least_m(best_m));
    if (!list_far(a, b, cutoff_m, &list)) {
        hf__free(list.pairs);
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < list.n; i++) {
        block_pair *pair = &list.pairs[i];
        for (size_t k = 0; pair->bound_m > best_m && k <= pair->a->count; k++) {
            hf__xyz end = a->xyz[pair->a->first + k];
            best_m = greatest_chord(b, pair->b, end, best_m);
        }
    }
    cutoff_m = hf__chord_least_m(hf__geodesic_least_m(best_m));
    for (size_t i = 0; i < list.n; i++) {
        block_pair *pair = &list.pairs[i];
        if (pair->bound_m >= cutoff_m) {
            measure_far(a, pair->a, b, pair->b, cutoff_m, &best);
        }
    }
    hf__free(list.pairs);
    *out = best;
    return HF_OK;
}

size_t hf__border_n_runs(const hf__border *border) {
    return border->n_blocks;
}

hf__run hf__border_run(const hf__border *border, size_t run) {
    const block *of = &border->blocks[run];
    return (hf__run){of->first, of->count,
                     hf__geodesic_most_m(2 * of->radius_m)};
}

size_t hf__border_n_ends(const hf__border *border) {
    return border->n_ends;
}

hf_xy hf__border_end_xy(const hf__border *border, size_t end) {
    return border->xy[end];
}

hf_lonlat hf__border_end(const hf__border *border, size_t end) {
    return border->lonlat[end];
}
