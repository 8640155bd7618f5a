#include "answer/indexes.h"

#include <math.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"

/* Points of each side of the set's box that say how far it reaches in longitude
 * and latitude. */
#define SIDE_POINTS ((size_t)17)
/* Beyond it, so that places off the coast are in the chart as well. */
#define CHART_MARGIN_DEG 1.0

static void free_borders(hf__indexes *all) {
    for (size_t i = 0; i < all->n_borders; i++) {
        hf__lazy_reset(&all->borders[i]);
    }
    hf__free(all->borders);
}

static void free_indexes(void *thing) {
    hf__indexes *all = thing;
    if (all) {
        free_borders(all);
        if (all->cells) {
            hf__lazy_reset(all->cells);
        }
        hf__free(all->cells);
        hf__chart_free(all->to_plane);
        hf__chart_free(all->to_earth);
        hf__free(all);
    }
}

static hf__box box_of_set(const hf_boundaries *set) {
    hf__box box = hf__box_of(NULL, 0);
    for (size_t i = 0; i < hf_boundaries_count(set); i++) {
        hf__box_widen(&box, &hf__boundaries_polygon(set, i)->box);
    }
    return box;
}

/* Steps of a thousandth of the extent in four directions at 9 x 9 places; what
 * lies between them differs by less than the 2 % added at both ends, the scale
 * of a projection being smooth. */
static hf_status measure_scale(hf_context *ctx, const hf__projection *plane,
                               const hf__box *box, hf__scale *out) {
    double width = box->max.x_m - box->min.x_m;
    double height = box->max.y_m - box->min.y_m;
    double step = fmax(width, height) / 1000;
    hf__scale scale = {INFINITY, 0};
    for (int i = 0; i < 81; i++) {
        int column = i % 9, row = i / 9;
        hf_xy p = {box->min.x_m + width * column / 8,
                   box->min.y_m + height * row / 8};
        hf_xy xy[5] = {p,
                       {p.x_m + step, p.y_m},
                       {p.x_m, p.y_m + step},
                       {p.x_m + step, p.y_m + step},
                       {p.x_m + step, p.y_m - step}};
        hf_lonlat at[5];
        hf_status status = hf__projection_inverse(ctx, plane, xy, 5, at);
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

/* The box of the set in longitude and latitude, widened. */
static hf_status find_lonlat_box(hf_context *ctx, const hf__projection *plane,
                                 const hf__box *box, hf_lonlat *least,
                                 hf_lonlat *most) {
    hf_xy xy[4 * SIDE_POINTS];
    hf_lonlat at[4 * SIDE_POINTS];
    hf_xy a = box->min, b = box->max;
    for (size_t i = 0; i < SIDE_POINTS; i++) {
        double t = (double)i / (SIDE_POINTS - 1);
        double x = a.x_m + t * (b.x_m - a.x_m);
        double y = a.y_m + t * (b.y_m - a.y_m);
        xy[4 * i] = (hf_xy){x, a.y_m};
        xy[4 * i + 1] = (hf_xy){x, b.y_m};
        xy[4 * i + 2] = (hf_xy){a.x_m, y};
        xy[4 * i + 3] = (hf_xy){b.x_m, y};
    }
    hf_status status =
        hf__projection_inverse(ctx, plane, xy, sizeof xy / sizeof *xy, at);
    *least = (hf_lonlat){180, 90};
    *most = (hf_lonlat){-180, -90};
    for (size_t i = 0; !status && i < sizeof at / sizeof *at; i++) {
        if (hf_lonlat_is_valid(at[i])) {
            least->lon_deg = fmin(least->lon_deg, at[i].lon_deg);
            least->lat_deg = fmin(least->lat_deg, at[i].lat_deg);
            most->lon_deg = fmax(most->lon_deg, at[i].lon_deg);
            most->lat_deg = fmax(most->lat_deg, at[i].lat_deg);
        }
    }
    least->lon_deg = fmax(least->lon_deg - CHART_MARGIN_DEG, -180);
    least->lat_deg = fmax(least->lat_deg - CHART_MARGIN_DEG, -90);
    most->lon_deg = fmin(most->lon_deg + CHART_MARGIN_DEG, 180);
    most->lat_deg = fmin(most->lat_deg + CHART_MARGIN_DEG, 90);
    return status;
}

static hf_status make_charts(hf_context *ctx, const hf_boundaries *set,
                             hf__indexes *all) {
    const hf__projection *plane = hf__boundaries_plane(set);
    hf__box box = all->extent;
    hf_lonlat least, most;
    hf_status status = measure_scale(ctx, plane, &box, &all->scale);
    if (!status) {
        status = find_lonlat_box(ctx, plane, &box, &least, &most);
    }
    if (!status) {
        status = hf__chart_to_plane(ctx, plane, least, most, &all->to_plane);
    }
    if (!status) {
        status =
            hf__chart_to_earth(ctx, plane, box.min, box.max, &all->to_earth);
    }
    return status;
}

static hf_status make_indexes(hf_context *ctx, const void *recipe, void **out) {
    const hf_boundaries *set = recipe;
    size_t n = hf_boundaries_count(set);
    hf__indexes *all = hf__calloc(1, sizeof *all);
    hf__lazy *cells = hf__calloc(1, sizeof *cells);
    hf__lazy *borders = hf__calloc(n, sizeof *borders);
    if (!all || !cells || !borders) {
        hf__free(all);
        hf__free(cells);
        hf__free(borders);
        return hf__fail_memory(ctx);
    }
    hf__lazy_init(cells);
    for (size_t i = 0; i < n; i++) {
        hf__lazy_init(&borders[i]);
    }
    *all = (hf__indexes){.extent = box_of_set(set),
                         .cells = cells,
                         .borders = borders,
                         .n_borders = n};
    hf_status status = make_charts(ctx, set, all);
    if (status) {
        free_indexes(all);
        return status;
    }
    *out = all;
    return HF_OK;
}

hf_status hf__indexes_of(hf_context *ctx, const hf_boundaries *set,
                         const hf__indexes **out) {
    void *thing;
    hf_status status = hf__lazy_get(ctx, hf__boundaries_derived(set),
                                    make_indexes, set, free_indexes, &thing);
    if (!status) {
        *out = thing;
    }
    return status;
}

/* ---- borders --------------------------------------------------------------
 */

typedef struct border_recipe {
    const hf_boundaries *set;
    const hf__indexes *all;
    size_t authority;
} border_recipe;

static hf_status make_border(hf_context *ctx, const void *recipe, void **out) {
    const border_recipe *from = recipe;
    hf__border *border;
    hf_status status = hf__border_new(
        ctx, hf__boundaries_polygon(from->set, from->authority),
        hf__boundaries_plane(from->set), from->all->to_earth, &border);
    if (!status) {
        *out = border;
    }
    return status;
}

static void free_border(void *thing) {
    hf__border_free(thing);
}

hf_status hf__indexes_border(hf_context *ctx, const hf_boundaries *set,
                             size_t authority, const hf__border **out) {
    const hf__indexes *all;
    void *thing;
    hf_status status = hf__indexes_of(ctx, set, &all);
    if (!status) {
        border_recipe recipe = {set, all, authority};
        status = hf__lazy_get(ctx, &all->borders[authority], make_border,
                              &recipe, free_border, &thing);
    }
    if (!status) {
        *out = thing;
    }
    return status;
}

/* ---- cells ----------------------------------------------------------------
 */

static hf_status make_cells(hf_context *ctx, const void *recipe, void **out) {
    const hf_boundaries *set = recipe;
    size_t n = hf_boundaries_count(set);
    const hf__polygon **areas = hf__calloc(n, sizeof *areas);
    for (size_t i = 0; areas && i < n; i++) {
        areas[i] = hf__boundaries_polygon(set, i);
    }
    hf__cells *cells = areas ? hf__cells_new(areas, n) : NULL;
    hf__free(areas);
    if (!cells) {
        return hf__fail_memory(ctx);
    }
    *out = cells;
    return HF_OK;
}

static void free_cells(void *thing) {
    hf__cells_free(thing);
}

hf_status hf__indexes_cells(hf_context *ctx, const hf_boundaries *set,
                            const hf__cells **out) {
    const hf__indexes *all;
    void *thing;
    hf_status status = hf__indexes_of(ctx, set, &all);
    if (!status) {
        status =
            hf__lazy_get(ctx, all->cells, make_cells, set, free_cells, &thing);
    }
    if (!status) {
        *out = thing;
    }
    return status;
}
