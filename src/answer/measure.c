/* Many points at a time.
 *
 * What is shown of a distance is four decimals of a mile, half up. Fast values
 * are within 0.2 mm of the exact ones (shape/index.h, shape/lanes.h); where one
 * stands that near to a place where the fourth decimal turns, in 1 row of 400,
 * it is measured again the slow way, through PROJ and Karney's inverse. So what
 * is shown is what the slow way gives, on every processor. */
#include "answer/measure.h"

#include <math.h>

#include "answer/coast.h"
#include "answer/nearness.h"
#include "answer/probes.h"
#include "answer/vicinities.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/units.h"

/* Points taken through all steps together; arrays of them fit a near cache. */
#define BLOCK 512
/* No fast value up to HF__LANES_MOST_M is farther from the exact one. */
#define ERROR_M 2e-4
/* Decimals of a mile that are shown: a ten-thousandth, half up. */
#define SHOWN_M (HF_METRES_PER_MILE / 1e4)

/* ---- scratch --------------------------------------------------------------
 */

/* Places in which one thread works; kept in its context. */
typedef struct scratch {
    bool is_valid[BLOCK];
    const hf__patch *patches[BLOCK]; /* of the chart; NULL: not by the chart */
    hf_xy xy[BLOCK];                 /* of the points, in the plane, ... */
    double doubt_m[BLOCK];           /* ... and how far off that may be */
    uint32_t cells[BLOCK], squares[BLOCK]; /* that they lie in */
    hf__xyz earth[BLOCK];                  /* ... of those given in the plane */
    double at[3][BLOCK];                   /* of the points, earth-centred */
    double from[3][BLOCK];                 /* of the origins; ... */
    hf_lonlat origin; /* ... the first n_same are all this */
    size_t n_same;
    double chord_m[BLOCK], dist_m[BLOCK];
    hf__probes borders; /* from points to their homes */
    hf__coast coast;
    hf__vicinities vicinities;
} scratch;

static void free_scratch(void *thing) {
    scratch *s = thing;
    hf__probes_reset(&s->borders);
    hf__coast_reset(&s->coast);
    hf__vicinities_reset(&s->vicinities);
    hf__free(s);
}

static scratch *get_scratch(hf_context *ctx) {
    scratch *s = hf__context_get(ctx, HF__SLOT_LOCATE);
    if (s) {
        return s;
    }
    s = hf__calloc(1, sizeof *s);
    if (!s || !hf__vicinities_init(&s->vicinities)) {
        hf__free(s);
        return NULL;
    }
    hf__context_set(ctx, HF__SLOT_LOCATE, s, free_scratch);
    return s;
}

/* ---- one block ------------------------------------------------------------
 */

/* A block of points and all that is needed to measure them. */
typedef struct block {
    hf_context *ctx;
    const hf_boundaries *set;
    const hf__indexes *indexes;
    const hf__cells *cells;
    const hf__lanes *lanes;
    double coast_m;
    const hf_lonlat *points;
    const hf_xy *planar; /* or NULL */
    const size_t *homes;
    const hf_lonlat *origins; /* or NULL */
    size_t n;
    hf__measure *out;
    scratch *s;
} block;

static hf__points points_of(double (*arrays)[BLOCK]) {
    return (hf__points){arrays[0], arrays[1], arrays[2]};
}

static hf__xyz place_of(const block *b, size_t i) {
    return (hf__xyz){b->s->at[0][i], b->s->at[1][i], b->s->at[2][i]};
}

static bool is_planar(const block *b, size_t i) {
    return b->planar && !isnan(b->planar[i].x_m);
}

/* Longitude and latitude of point i, as PROJ has them. */
static hf_status get_lonlat(const block *b, size_t i, hf_lonlat *out) {
    if (!is_planar(b, i)) {
        *out = b->points[i];
        return HF_OK;
    }
    return hf__projection_inverse(b->ctx, hf__boundaries_plane(b->set),
                                  &b->planar[i], 1, out);
}

/* hf_locate, for point i. */
static hf_status locate_exactly(const block *b, size_t i) {
    hf_lonlat p;
    hf_status status = get_lonlat(b, i, &p);
    return status
               ? status
               : hf_locate(b->ctx, b->set, p, b->coast_m, &b->out[i].location);
}

/* Whether the shown decimals of a distance hang on its error: that of the lanes
 * and of the nearest point of an arc, which grow with the fifth power of the
 * distance, and that of the arcs. */
static bool is_near_turn(double dist_m, double arc_error_m) {
    double far = dist_m * (1 / HF__LANES_MOST_M), far2 = far * far;
    double error_m = 3e-6 + arc_error_m + ERROR_M * far2 * far2;
    double units = dist_m * (1 / SHOWN_M) + 0.5;
    double off = units - (double)(int64_t)(units + 0.5);
    return fabs(off) * SHOWN_M <= error_m;
}

/* ---- where points lie -----------------------------------------------------
 */

/* Point i in the plane; NaN where PROJ can't take it there. */
static hf_status to_plane_exactly(const block *b, size_t i) {
    hf_lonlat p;
    b->s->doubt_m[i] = 0;
    hf_status status = get_lonlat(b, i, &p);
    return status ? status
                  : hf__projection_forward(b->ctx, hf__boundaries_plane(b->set),
                                           &p, 1, &b->s->xy[i]);
}

/* The points given in the plane to the earth, by the chart. */
static hf_status to_earth(const block *b) {
    scratch *s = b->s;
    for (size_t i = 0; i < b->n; i++) {
        s->patches[i] = NULL;
        if (is_planar(b, i)) {
            hf_xy xy = b->planar[i];
            hf_status status = hf__chart_patch(b->ctx, b->indexes->to_earth,
                                               xy.x_m, xy.y_m, &s->patches[i]);
            if (status) {
                return status;
            }
        }
    }
    b->lanes->to_earth(s->patches, b->planar, b->n, s->earth);
    for (size_t i = 0; i < b->n; i++) {
        if (s->patches[i]) {
            s->at[0][i] = s->earth[i].x_m;
            s->at[1][i] = s->earth[i].y_m;
            s->at[2][i] = s->earth[i].z_m;
        }
    }
    return HF_OK;
}

/* All points to the plane: by the chart, or exactly where that is of no use. */
static hf_status to_plane(const block *b) {
    scratch *s = b->s;
    for (size_t i = 0; i < b->n; i++) {
        hf_lonlat p = b->points[i];
        const hf__patch *patch = NULL;
        hf_status status = HF_OK;
        s->xy[i] = (hf_xy){NAN, NAN};
        s->is_valid[i] = true;
        if (is_planar(b, i)) {
            s->xy[i] = b->planar[i];
            s->doubt_m[i] = HF__ROUND_TRIP_M;
        } else if ((s->is_valid[i] = hf_lonlat_is_valid(p))) {
            status = hf__chart_patch(b->ctx, b->indexes->to_plane, p.lon_deg,
                                     p.lat_deg, &patch);
            if (patch && !(patch->error_m <= HF__CELLS_DOUBT_M)) {
                patch = NULL;
            }
            if (patch) {
                s->doubt_m[i] = patch->error_m;
            } else if (!status) {
                status = to_plane_exactly(b, i);
            }
        }
        if (status) {
            return status;
        }
        s->patches[i] = patch;
    }
    b->lanes->to_plane(s->patches, b->points, b->n, s->xy);
    return HF_OK;
}

/* By the cells; exactly where they are in doubt. */
static hf_status find_covered(const block *b, size_t i, hf__covered *out) {
    scratch *s = b->s;
    size_t home = b->homes[i];
    if (hf__cells_find(b->cells, s->cells[i], s->xy[i], s->doubt_m[i], home,
                       out)) {
        return HF_OK;
    }
    hf_status status = to_plane_exactly(b, i);
    if (!status) {
        uint32_t cell = hf__cells_at(b->cells, s->xy[i]);
        if (!hf__cells_find(b->cells, cell, s->xy[i], 0, home, out)) {
            hf__cells_find_exactly(b->cells, cell, s->xy[i], home, out);
        }
    }
    return status;
}

/* Locates a point off the coast: the slow way where two authorities are equally
 * near, or the nearest is as far as the tolerance. */
static hf_status locate_offshore(const block *b, size_t i, double clear_m) {
    hf__castaway from = {b->s->xy[i], b->s->doubt_m[i], clear_m,
                         place_of(b, i)};
    double equal_m = HF__EQUAL_M + 2 * ERROR_M;
    hf__nearest_coast near;
    hf_status status = hf__coast_nearest(b->ctx, &b->s->coast, &from,
                                         b->coast_m + ERROR_M, equal_m, &near);
    if (status || (near.is_known && near.authority == HF_NOWHERE)) {
        return status;
    }
    if (!near.is_known || near.dist_m >= b->coast_m - ERROR_M ||
        near.second_m <= near.dist_m + equal_m) {
        return locate_exactly(b, i);
    }
    b->out[i].location = (hf_location){near.authority, near.dist_m};
    return HF_OK;
}

static hf_status locate(const block *b, size_t i, bool *out_at_home) {
    hf__covered covered;
    hf_location *out = &b->out[i].location;
    hf_xy xy = b->s->xy[i];
    hf_status status = find_covered(b, i, &covered);
    if (status) {
        return status;
    }
    *out_at_home = covered.is_in_wanted;
    *out = (hf_location){HF_NOWHERE, INFINITY};
    if (covered.first != HF__NO_AREA) {
        *out = (hf_location){covered.first, 0};
    } else if (b->coast_m > 0 && isfinite(xy.x_m) && isfinite(xy.y_m) &&
               covered.clear_m * b->indexes->scale.least <=
                   b->coast_m + HF__ROUND_TRIP_M) {
        status = b->coast_m <= HF__PRUNED_COAST_M
                     ? locate_offshore(b, i, covered.clear_m)
                     : locate_exactly(b, i);
    }
    return status;
}

/* ---- how far the border is ------------------------------------------------
 */

/* Probes the border of point i's home; `probe` is the one before. */
static hf_status list_border(const block *b, size_t i, hf__probe *probe) {
    if (!probe->border || probe->authority != b->homes[i]) {
        const hf__border *border;
        hf_status status =
            hf__indexes_border(b->ctx, b->set, b->homes[i], &border);
        status = status ? status : hf__probe_to(b->ctx, border, probe);
        if (status) {
            return status;
        }
        probe->authority = b->homes[i];
    }
    probe->point = i;
    hf__around around = hf__vicinities_around(
        &b->s->vicinities, b->s->squares[i], probe->index, b->s->xy[i]);
    return hf__probes_add_around(b->ctx, &b->s->borders, b->lanes, probe,
                                 place_of(b, i), &around);
}

/* How far point i may be from where it is held to be. */
static double chart_error_of(const block *b, size_t i) {
    return is_planar(b, i) ? HF__CHART_M : 0;
}

static hf_status settle_borders(const block *b) {
    hf__probes *borders = &b->s->borders;
    hf_status status =
        hf__probes_measure(b->ctx, borders, b->lanes, points_of(b->s->at));
    for (size_t k = 0; !status && k < borders->n; k++) {
        size_t i = borders->at[k].point;
        double *border_m = &b->out[i].border_m;
        *border_m = borders->at[k].dist_m;
        if (!isfinite(*border_m) ||
            is_near_turn(*border_m, borders->at[k].border->error_m +
                                        chart_error_of(b, i))) {
            hf_lonlat p;
            hf_line line;
            status = get_lonlat(b, i, &p);
            if (!status) {
                status = hf_distance_to_border(b->ctx, b->set, b->homes[i], p,
                                               &line);
            }
            *border_m = status ? NAN : line.dist_m;
        }
    }
    return status;
}

/* ---- how far the origin is ------------------------------------------------
 */

/* Mostly all origins are the one that all were in the block before. */
static void origins_to_earth(const block *b) {
    scratch *s = b->s;
    hf_lonlat first = b->origins[0];
    bool are_same = true;
    for (size_t i = 0; i < b->n; i++) {
        are_same &= (b->origins[i].lon_deg == first.lon_deg) &
                    (b->origins[i].lat_deg == first.lat_deg);
    }
    bool is_done = are_same && s->n_same >= b->n &&
                   s->origin.lon_deg == first.lon_deg &&
                   s->origin.lat_deg == first.lat_deg;
    if (!is_done) {
        b->lanes->xyz(b->origins, b->n, points_of(s->from));
        s->origin = first;
        s->n_same = are_same ? b->n : 0;
    }
}

static hf_status measure_origins(const block *b) {
    scratch *s = b->s;
    hf__points from = points_of(s->from), at = points_of(s->at);
    origins_to_earth(b);
    b->lanes->geodesic(from, at, b->n, s->chord_m, s->dist_m);
    for (size_t i = 0; i < b->n; i++) {
        double dist_m = s->dist_m[i];
        if (!(s->chord_m[i] <= HF__LANES_MOST_M) ||
            is_near_turn(dist_m, chart_error_of(b, i)) || !s->is_valid[i] ||
            !hf_lonlat_is_valid(b->origins[i])) {
            hf_lonlat p;
            hf_status status = get_lonlat(b, i, &p);
            if (status) {
                return status;
            }
            dist_m = hf_geodesic_dist_m(b->origins[i], p);
        }
        b->out[i].origin_m = dist_m;
    }
    return HF_OK;
}

/* ---- all of it ------------------------------------------------------------
 */

/* Points whose cells and vicinities are fetched from memory together. */
#define FETCHED ((size_t)64)

static void fetch(const block *b, size_t first, size_t n) {
    scratch *s = b->s;
    hf__cells_fetch(b->cells, s->xy + first, n, s->cells + first);
    for (size_t i = first; i < first + n; i++) {
        s->squares[i] = hf__vicinities_fetch(&s->vicinities, s->xy[i]);
    }
}

static hf_status list_all(const block *b) {
    hf__probes_clear(&b->s->borders);
    hf__probe probe = {.border = NULL};
    hf_status status = to_plane(b);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < b->n; i++) {
        bool at_home = false;
        if (i % FETCHED == 0) {
            fetch(b, i, b->n - i < FETCHED ? b->n - i : FETCHED);
        }
        b->out[i] = (hf__measure){{HF_NOWHERE, NAN}, NAN, NAN};
        if (!b->s->is_valid[i]) {
            continue;
        }
        status = locate(b, i, &at_home);
        if (at_home) {
            b->out[i].border_m = 0;
        } else if (!status && b->homes[i] != HF_NOWHERE) {
            status = list_border(b, i, &probe);
        }
        if (status) {
            return status;
        }
    }
    return HF_OK;
}

static hf_status measure_block(const block *b) {
    b->lanes->xyz(b->points, b->n, points_of(b->s->at));
    hf_status status = b->planar ? to_earth(b) : HF_OK;
    if (!status) {
        status = list_all(b);
    }
    if (!status) {
        status = settle_borders(b);
    }
    return !status && b->origins ? measure_origins(b) : status;
}

bool hf__measure_is_plane(const hf_boundaries *set,
                          const hf__projection *projection) {
    return hf__projection_is_same(projection, hf__boundaries_plane(set));
}

hf_status hf__measure_takes(hf_context *ctx, const hf_boundaries *set, hf_xy xy,
                            bool *out) {
    const hf__indexes *indexes;
    const hf__patch *patch = NULL;
    hf_status status = hf__indexes_of(ctx, set, &indexes);
    if (!status) {
        status =
            hf__chart_patch(ctx, indexes->to_earth, xy.x_m, xy.y_m, &patch);
    }
    if (!status) {
        *out = patch && patch->is_smooth;
    }
    return status;
}

hf_status hf__measure_points(hf_context *ctx, const hf_boundaries *set,
                             double coast_m, const hf_lonlat *points,
                             const hf_xy *planar, const size_t *homes,
                             const hf_lonlat *origins, size_t n,
                             hf__measure *out) {
    block b = {.ctx = ctx,
               .set = set,
               .lanes = hf__lanes_best(),
               .coast_m = coast_m,
               .s = get_scratch(ctx)};
    if (!b.s) {
        return hf__fail_memory(ctx);
    }
    hf_status status = hf__indexes_of(ctx, set, &b.indexes);
    if (!status) {
        status = hf__indexes_cells(ctx, set, &b.cells);
    }
    if (!status) {
        b.s->coast.indexes = b.indexes;
        b.s->coast.cells = b.cells;
        b.s->coast.lanes = b.lanes;
    }
    for (size_t done = 0; !status && done < n; done += b.n) {
        b.n = n - done < BLOCK ? n - done : BLOCK;
        b.points = points + done;
        b.planar = planar ? planar + done : NULL;
        b.homes = homes + done;
        b.origins = origins ? origins + done : NULL;
        b.out = out + done;
        status = measure_block(&b);
    }
    return status;
}
