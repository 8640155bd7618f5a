/* How many postcodes of each authority and district fit a claim. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer/claim_ground.h"
#include "atlas/place.h"
#include "atlas/postcode_index.h"
#include "base/context.h"
#include "base/memory.h"
#include "earth/projection.h"
#include "howfar/geodesic.h"

/* Where both ends lie between 11 W and 4 E and 48 N and 62 N, a distance in the
 * plane of the British or the Irish Grid is between these times the geodesic:
 * the scale is 0.9996 or 1.000035 in the grid's middle and below 1.0056 at
 * 680 km from it, and the datums differ by 25 parts in a million. What they
 * leave open is measured. */
#define SCALE_LEAST 0.9994
#define SCALE_MOST 1.006
static const hf_lonlat least = {-11, 48}, most = {4, 62};

/* A national grid, and where the centre stands in it. */
typedef struct grid {
    const hf__projection *plane;
    hf_xy centre;
    bool is_near; /* the bounds above hold */
} grid;

/* A district while it is counted. */
typedef struct tally {
    hf_claim_district district;
    hf_coordinate_kind kind;
    double sum_x, sum_y; /* of those that fit */
    hf_lonlat middle;
} tally;

typedef struct counter {
    hf__claim_search *search;
    const hf_postcodes *index;
    size_t *area_of_code; /* place in ground->areas, or HF__NO_AREA */
    size_t *fitting;      /* of the district, by area */
    grid grids[2];        /* British, Irish */
    tally *tallies;
    size_t n, capacity;
} counter;

/* ---- one postcode ------------------------------------------------------- */

static hf_status get_grid(counter *c, bool is_irish, const grid **out) {
    grid *g = &c->grids[is_irish];
    hf_context *ctx = c->search->ctx;
    if (!g->plane) {
        hf_lonlat centre = c->search->ground->centre;
        hf_status status =
            is_irish ? hf__projection_borrow_irish_grid(ctx, &g->plane)
                     : hf__projection_borrow_british_grid(ctx, &g->plane);
        if (!status) {
            status =
                hf__projection_forward(ctx, g->plane, &centre, 1, &g->centre);
        }
        if (status) {
            return status;
        }
        g->is_near =
            centre.lon_deg >= least.lon_deg && centre.lon_deg <= most.lon_deg &&
            centre.lat_deg >= least.lat_deg && centre.lat_deg <= most.lat_deg;
    }
    *out = g;
    return HF_OK;
}

/* Whether a point of a grid fits. */
static hf_status judge(const counter *c, const grid *g, hf_xy at, bool *out) {
    const hf_claim *claim = c->search->claim;
    double plane_m = hypot(at.x_m - g->centre.x_m, at.y_m - g->centre.y_m);
    double least_m = plane_m / SCALE_MOST, most_m = plane_m / SCALE_LEAST;
    if (g->is_near) {
        bool can_fit = hf_claim_meets(claim, least_m, most_m);
        bool must_fit =
            hf_claim_holds(claim, least_m) && hf_claim_holds(claim, most_m);
        if (!can_fit || must_fit) {
            *out = must_fit;
            return HF_OK;
        }
    }
    hf_lonlat point;
    hf_status status =
        hf__projection_inverse(c->search->ctx, g->plane, &at, 1, &point);
    if (!status) { /* NaN fits nothing */
        *out = hf_claim_holds(
            claim, hf_geodesic_dist_m(c->search->ground->centre, point));
    }
    return status;
}

/* ---- one district ------------------------------------------------------- */

static bool has_live(const unsigned char *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint64_t row = hf__get64(rows + i * HF__POSTCODES_ROW);
        if (hf__row_life(row) == HF_POSTCODE_LIVE) {
            return true;
        }
    }
    return false;
}

static hf_status count_row(counter *c, const grid *g, uint64_t row,
                           tally *into) {
    size_t area = c->area_of_code[hf__row_code(row)];
    if (area == HF__NO_AREA) {
        return HF_OK;
    }
    bool fits = false;
    hf_xy at = {(double)hf__row_easting(row), (double)hf__row_northing(row)};
    hf_status status = judge(c, g, at, &fits);
    hf_claim_area *counted = &c->search->ground->areas[area];
    counted->postcodes++;
    into->district.postcodes++;
    if (fits) {
        counted->fitting_postcodes++;
        into->district.fitting_postcodes++;
        c->fitting[area]++;
        into->sum_x += at.x_m;
        into->sum_y += at.y_m;
    }
    return status;
}

static void name_district(uint32_t outward, char name[5]) {
    for (int i = 0; i < 4; i++) {
        name[i] = (char)(outward >> (24 - 8 * i) & 0xff);
    }
    name[4] = '\0';
}

/* The area with the most postcodes of the district that fit. */
static size_t find_most(const counter *c) {
    size_t best = 0;
    for (size_t i = 1; i < c->search->ground->n_areas; i++) {
        best = c->fitting[i] > c->fitting[best] ? i : best;
    }
    return best;
}

static hf_status keep(counter *c, const grid *g, tally *counted) {
    hf__claim_search *search = c->search;
    double n = (double)counted->district.fitting_postcodes;
    hf_xy middle = {counted->sum_x / n, counted->sum_y / n};
    hf_status status = hf__projection_inverse(search->ctx, g->plane, &middle, 1,
                                              &counted->middle);
    if (status) {
        return status;
    }
    void *list = c->tallies;
    if (!hf__reserve(&list, &c->capacity, c->n + 1, sizeof *c->tallies)) {
        return hf__fail_memory(search->ctx);
    }
    c->tallies = list;
    counted->district.authority = search->ground->areas[find_most(c)].authority;
    counted->district.near = hf__claim_town_near(search, counted->middle);
    c->tallies[c->n++] = *counted;
    return HF_OK;
}

static hf_status count_district(counter *c, size_t d) {
    uint32_t outward;
    const unsigned char *rows;
    size_t n_rows;
    const grid *g;
    hf__claim_search *search = c->search;
    hf_status status = hf__postcodes_district(search->ctx, c->index, d,
                                              &outward, &rows, &n_rows);
    status = status ? status : get_grid(c, hf__outward_is_irish(outward), &g);
    if (status) {
        return status;
    }
    memset(c->fitting, 0, search->ground->n_areas * sizeof *c->fitting);
    tally counted = {.sum_x = 0};
    name_district(outward, counted.district.name);
    bool is_live = has_live(rows, n_rows);
    for (size_t i = 0; !status && i < n_rows; i++) {
        uint64_t row = hf__get64(rows + i * HF__POSTCODES_ROW);
        if (hf__row_has_point(row) &&
            (!is_live || hf__row_life(row) == HF_POSTCODE_LIVE)) {
            status = count_row(c, g, row, &counted);
        }
    }
    if (status || !counted.district.fitting_postcodes) {
        return status;
    }
    if (counted.district.fitting_postcodes < HF_CLAIM_POSTCODES_LEAST) {
        search->ground->left_out++;
        return HF_OK;
    }
    return keep(c, g, &counted);
}

/* ---- all of them -------------------------------------------------------- */

static int compare_tallies(const void *a, const void *b) {
    const hf_claim_district *first = &((const tally *)a)->district;
    const hf_claim_district *second = &((const tally *)b)->district;
    if (first->fitting_postcodes != second->fitting_postcodes) {
        return first->fitting_postcodes < second->fitting_postcodes ? 1 : -1;
    }
    return strcmp(first->name, second->name);
}

static hf_status take_over(counter *c) {
    hf__claim_search *search = c->search;
    hf_claim_ground *ground = search->ground;
    ground->districts = hf__calloc(c->n, sizeof *ground->districts);
    search->middles = hf__calloc(c->n, sizeof *search->middles);
    if (!ground->districts || !search->middles) {
        return hf__fail_memory(search->ctx);
    }
    if (c->n) {
        qsort(c->tallies, c->n, sizeof *c->tallies, compare_tallies);
    }
    for (size_t i = 0; i < c->n; i++) {
        ground->districts[i] = c->tallies[i].district;
        search->middles[i] = c->tallies[i].middle;
    }
    ground->n_districts = c->n;
    return HF_OK;
}

static hf_status count_all(counter *c) {
    hf__claim_search *search = c->search;
    size_t n_codes = hf__postcodes_n_codes(c->index);
    c->area_of_code = hf__calloc(n_codes, sizeof *c->area_of_code);
    c->fitting = hf__calloc(search->ground->n_areas, sizeof *c->fitting);
    if (!c->area_of_code || !c->fitting) {
        return hf__fail_memory(search->ctx);
    }
    for (size_t i = 0; i < n_codes; i++) {
        hf_postcode_entry entry = {
            .authority_code = hf__postcodes_authority(c->index, i),
            .county_code = hf__postcodes_county(c->index, i)};
        c->area_of_code[i] = hf__claim_area_of(
            search->ground,
            hf__place_authority_of_entry(search->places, &entry));
    }
    size_t n = hf_postcodes_get_info(c->index)->districts;
    for (size_t d = 0; d < n; d++) {
        hf_status status = count_district(c, d);
        if (status) {
            return status;
        }
    }
    return take_over(c);
}

hf_status hf__claim_count_postcodes(hf__claim_search *search) {
    counter c = {.search = search};
    hf_status status =
        hf__place_postcodes_if_any(search->ctx, search->places, &c.index);
    if (status || !c.index) {
        return status;
    }
    search->ground->has_postcodes = true;
    status = count_all(&c);
    hf__free(c.area_of_code);
    hf__free(c.fitting);
    hf__free(c.tallies);
    return status;
}
