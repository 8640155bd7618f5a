/* Many points at a time.
 *
 * What is shown of a distance is four decimals of a mile, half up. Fast values
 * are within 0.2 mm of the exact ones (shape/index.h, shape/lanes.h); where one
 * stands that near to a place where the fourth decimal turns, in 1 row of 400,
 * it is measured again the slow way, through PROJ and Karney's inverse. So what
 * is shown is what the slow way gives, on every processor. */
#include "answer/measure.h"

#include <math.h>

#include "answer/indexes.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/units.h"

/* Points taken through all steps together; arrays of them fit a near cache. */
#define BLOCK 512
/* No fast value is farther from the exact one. */
#define ERROR_M 2e-4
/* Decimals of a mile that are shown: a ten-thousandth, half up. */
#define SHOWN_M (HF_METRES_PER_MILE / 1e4)

/* ---- scratch --------------------------------------------------------------
 */

/* Places in which one thread works; kept in its context. */
typedef struct scratch {
    double at[3][BLOCK];   /* of the points, earth-centred */
    double from[3][BLOCK]; /* of the origins */
    double chord_m[BLOCK], dist_m[BLOCK];
    hf__near_list near; /* pieces to measure, ... */
    uint32_t *point;    /* ... for which point of the block, ... */
    size_t point_capacity;
    double *values; /* ... gathered, 15 arrays of them */
    size_t value_capacity;
} scratch;

static void free_scratch(void *thing) {
    scratch *s = thing;
    hf__free(s->near.at);
    hf__free(s->point);
    hf__free(s->values);
    hf__free(s);
}

static scratch *get_scratch(hf_context *ctx) {
    scratch *s = hf__context_get(ctx, HF__SLOT_LOCATE);
    if (!s) {
        s = hf__calloc(1, sizeof *s);
        if (s) {
            hf__context_set(ctx, HF__SLOT_LOCATE, s, free_scratch);
        }
    }
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
    const size_t *homes;
    const hf_lonlat *origins; /* or NULL */
    size_t n;
    hf__measure *out;
    scratch *s;
} block;

static hf__points points_of(double (*arrays)[BLOCK]) {
    return (hf__points){arrays[0], arrays[1], arrays[2]};
}

static bool is_near_turn(double dist_m) {
    double halves = dist_m / SHOWN_M + 0.5;
    return fabs(halves - round(halves)) * SHOWN_M <= ERROR_M;
}

/* ---- where points lie -----------------------------------------------------
 */

/* The point in the plane, and how far off it may be; NaN for a point that PROJ
 * can't take there. */
static hf_status to_plane(const block *b, hf_lonlat p, hf_xy *out,
                          double *out_doubt_m) {
    const hf__patch *patch;
    hf_status status = hf__chart_patch(b->ctx, b->indexes->to_plane, p.lon_deg,
                                       p.lat_deg, &patch);
    if (!status && patch && patch->error_m <= HF__CELLS_DOUBT_M) {
        double xy[2];
        hf__patch_at(patch, p.lon_deg, p.lat_deg, 2, xy);
        *out = (hf_xy){xy[0], xy[1]};
        *out_doubt_m = patch->error_m;
        return HF_OK;
    }
    *out_doubt_m = 0;
    return status ? status
                  : hf__projection_forward(b->ctx, hf__boundaries_plane(b->set),
                                           &p, 1, out);
}

/* Where a point lies: by the cells, exactly where they are in doubt. */
static hf_status find_covered(const block *b, hf_lonlat p, size_t home,
                              hf__covered *out) {
    hf_xy xy;
    double doubt_m;
    hf_status status = to_plane(b, p, &xy, &doubt_m);
    if (status || hf__cells_find(b->cells, xy, doubt_m, home, out)) {
        return status;
    }
    status = hf__projection_forward(b->ctx, hf__boundaries_plane(b->set), &p, 1,
                                    &xy);
    if (!status && !hf__cells_find(b->cells, xy, 0, home, out)) {
        hf__cells_find_exactly(b->cells, xy, home, out);
    }
    return status;
}

/* Locates a point, and says whether its home covers it. */
static hf_status locate(const block *b, size_t i, bool *out_at_home) {
    hf__covered covered;
    hf_location *out = &b->out[i].location;
    hf_status status = find_covered(b, b->points[i], b->homes[i], &covered);
    if (status) {
        return status;
    }
    *out_at_home = covered.is_in_wanted;
    if (covered.first != HF__NO_AREA) {
        *out = (hf_location){covered.first, 0};
    } else if (!(b->coast_m > 0) ||
               covered.clear_m * b->indexes->scale.least > b->coast_m) {
        *out = (hf_location){HF_NOWHERE, INFINITY};
    } else {
        status = hf_locate(b->ctx, b->set, b->points[i], b->coast_m, out);
    }
    return status;
}

/* ---- how far the border is ------------------------------------------------
 */

/* Lists the pieces of its home's border that can be nearest to point i. */
static hf_status list_pieces(const block *b, size_t i,
                             const hf__border **border) {
    scratch *s = b->s;
    hf__xyz at = {s->at[0][i], s->at[1][i], s->at[2][i]};
    size_t first = s->near.n;
    hf_status status = hf__indexes_border(b->ctx, b->set, b->homes[i], border);
    if (status) {
        return status;
    }
    void *point = s->point;
    if (!hf__index_near((*border)->index, b->lanes, at, INFINITY, &s->near) ||
        !hf__reserve(&point, &s->point_capacity, s->near.n, sizeof *s->point)) {
        return hf__fail_memory(b->ctx);
    }
    s->point = point;
    for (size_t k = first; k < s->near.n; k++) {
        s->point[k] = (uint32_t)i;
    }
    return HF_OK;
}

/* The slow way. */
static hf_status measure_exactly(const block *b, size_t i) {
    hf_line line;
    hf_status status =
        hf_distance_to_border(b->ctx, b->set, b->homes[i], b->points[i], &line);
    if (!status) {
        b->out[i].border_m = line.dist_m;
    }
    return status;
}

#define N_VALUES 15

/* Copies piece k of the list, and its point, to where the lanes read them. */
static void gather(const block *b, const hf__border *border, size_t k,
                   size_t n) {
    const scratch *s = b->s;
    hf__xyz from, along, bulge;
    hf__index_piece(border->index, s->near.at[k].piece, &from, &along, &bulge);
    size_t i = s->point[k];
    const double values[] = {s->at[0][i], s->at[1][i], s->at[2][i], from.x_m,
                             from.y_m,    from.z_m,    along.x_m,   along.y_m,
                             along.z_m,   bulge.x_m,   bulge.y_m,   bulge.z_m};
    for (size_t m = 0; m < sizeof values / sizeof values[0]; m++) {
        s->values[m * n + k] = values[m];
    }
}

/* Measures all pieces listed, and keeps the least for each point. */
static hf_status measure_pieces(const block *b) {
    scratch *s = b->s;
    size_t n = s->near.n;
    const hf__border *border = NULL;
    size_t home = HF_NOWHERE;
    void *values = s->values;
    if (!hf__reserve(&values, &s->value_capacity, N_VALUES * n,
                     sizeof *s->values)) {
        return hf__fail_memory(b->ctx);
    }
    s->values = values;
    for (size_t k = 0; k < n; k++) {
        if (b->homes[s->point[k]] != home) {
            home = b->homes[s->point[k]];
            hf_status status =
                hf__indexes_border(b->ctx, b->set, home, &border);
            if (status) {
                return status;
            }
        }
        gather(b, border, k, n);
    }
    double *v = s->values;
    hf__points at = {v, v + n, v + 2 * n};
    hf__arcs arcs = {{v + 3 * n, v + 4 * n, v + 5 * n},
                     {v + 6 * n, v + 7 * n, v + 8 * n},
                     {v + 9 * n, v + 10 * n, v + 11 * n}};
    double *chord_m = v + 13 * n, *dist_m = v + 14 * n;
    b->lanes->arc(at, arcs, n, v + 12 * n, chord_m, dist_m);
    for (size_t k = 0; k < n; k++) {
        double *border_m = &b->out[s->point[k]].border_m;
        /* Beyond what is proven: infinite, to be measured exactly. */
        double least_m = chord_m[k] <= HF__LANES_MOST_M ? dist_m[k] : INFINITY;
        *border_m = !(*border_m <= least_m) ? least_m : *border_m;
    }
    return HF_OK;
}

static hf_status measure_borders(const block *b) {
    const hf__border *border;
    b->s->near.n = 0;
    for (size_t i = 0; i < b->n; i++) {
        /* NaN stands for what is still to be measured. */
        bool is_wanted = b->homes[i] != HF_NOWHERE &&
                         isnan(b->out[i].border_m) &&
                         hf_lonlat_is_valid(b->points[i]);
        hf_status status = is_wanted ? list_pieces(b, i, &border) : HF_OK;
        if (status) {
            return status;
        }
    }
    hf_status status = measure_pieces(b);
    for (size_t i = 0; !status && i < b->n; i++) {
        double border_m = b->out[i].border_m;
        if (isinf(border_m) || (border_m > 0 && is_near_turn(border_m))) {
            status = measure_exactly(b, i);
        }
    }
    return status;
}

/* ---- how far the origin is ------------------------------------------------
 */

static void measure_origins(const block *b) {
    scratch *s = b->s;
    hf__points from = points_of(s->from), at = points_of(s->at);
    b->lanes->xyz(b->origins, b->n, from);
    b->lanes->geodesic(from, at, b->n, s->chord_m, s->dist_m);
    for (size_t i = 0; i < b->n; i++) {
        double dist_m = s->dist_m[i];
        if (!(s->chord_m[i] <= HF__LANES_MOST_M) || is_near_turn(dist_m) ||
            !hf_lonlat_is_valid(b->origins[i])) {
            dist_m = hf_geodesic_dist_m(b->origins[i], b->points[i]);
        }
        b->out[i].origin_m = dist_m;
    }
}

/* ---- all of it ------------------------------------------------------------
 */

static hf_status measure_block(const block *b) {
    for (size_t i = 0; i < b->n; i++) {
        bool at_home = false;
        b->out[i] = (hf__measure){{HF_NOWHERE, NAN}, NAN, NAN};
        if (hf_lonlat_is_valid(b->points[i])) {
            hf_status status = locate(b, i, &at_home);
            if (status) {
                return status;
            }
        }
        if (at_home) {
            b->out[i].border_m = 0;
        }
    }
    b->lanes->xyz(b->points, b->n, points_of(b->s->at));
    if (b->origins) {
        measure_origins(b);
    }
    return measure_borders(b);
}

hf_status hf__measure_points(hf_context *ctx, const hf_boundaries *set,
                             double coast_m, const hf_lonlat *points,
                             const size_t *homes, const hf_lonlat *origins,
                             size_t n, hf__measure *out) {
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
    for (size_t done = 0; !status && done < n; done += b.n) {
        b.n = n - done < BLOCK ? n - done : BLOCK;
        b.points = points + done;
        b.homes = homes + done;
        b.origins = origins ? origins + done : NULL;
        b.out = out + done;
        status = measure_block(&b);
    }
    return status;
}
