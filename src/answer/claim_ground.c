/* Where in its destination a claim fits. */
#include "answer/claim_ground.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer/annulus.h"
#include "answer/indexes.h"
#include "atlas/place.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/locate.h"

/* Less is what rounding leaves of areas that do not fit. */
#define LEAST_M2 1.0

size_t hf__claim_area_of(const hf_claim_ground *ground, size_t authority) {
    for (size_t i = 0; i < ground->n_areas; i++) {
        if (ground->areas[i].authority == authority) {
            return i;
        }
    }
    return HF__NO_AREA;
}

/* ---- areas -------------------------------------------------------------- */

static hf_status measure_areas(const hf__claim_search *search) {
    hf_claim_ground *ground = search->ground;
    const hf_claim *claim = search->claim;
    ground->areas = hf__calloc(search->to->n_members, sizeof *ground->areas);
    if (!ground->areas) {
        return hf__fail_memory(search->ctx);
    }
    for (size_t i = 0; i < search->to->n_members; i++) {
        const hf__border *border;
        hf_status status = hf__indexes_border(search->ctx, search->set,
                                              search->to->members[i], &border);
        if (status) {
            return status;
        }
        hf_claim_area *area = &ground->areas[ground->n_areas++];
        area->authority = search->to->members[i];
        area->area_m2 = hf__border_area_m2(border);
        double fitting_m2 = hf__annulus_area_m2(border, ground->centre,
                                                claim->low_m, claim->high_m);
        if (fitting_m2 >= LEAST_M2) {
            area->fitting_m2 = fmin(fitting_m2, area->area_m2);
        }
        ground->area_m2 += area->area_m2;
        ground->fitting_m2 += area->fitting_m2;
    }
    return HF_OK;
}

static int compare_areas(const void *a, const void *b) {
    const hf_claim_area *first = a, *second = b;
    if (first->fitting_postcodes != second->fitting_postcodes) {
        return first->fitting_postcodes < second->fitting_postcodes ? 1 : -1;
    }
    if (first->fitting_m2 != second->fitting_m2) {
        return first->fitting_m2 < second->fitting_m2 ? 1 : -1;
    }
    return (first->authority > second->authority) -
           (first->authority < second->authority);
}

/* Leaves those that fit, in order. */
static void sort_areas(hf_claim_ground *ground) {
    size_t n = 0;
    for (size_t i = 0; i < ground->n_areas; i++) {
        if (ground->areas[i].fitting_m2 > 0 ||
            ground->areas[i].fitting_postcodes) {
            ground->areas[n++] = ground->areas[i];
        }
    }
    ground->n_areas = n;
    qsort(ground->areas, n, sizeof *ground->areas, compare_areas);
}

/* ---- towns -------------------------------------------------------------- */

static hf_status open_towns(hf__claim_search *search) {
    hf_status status =
        hf__place_towns(search->ctx, search->places, &search->towns);
    if (status) {
        return status == HF_ERR_NOT_FOUND ? HF_OK : status;
    }
    size_t n = hf__towns_count(search->towns);
    search->town_at = hf__calloc(n, sizeof *search->town_at);
    if (!search->town_at) {
        return hf__fail_memory(search->ctx);
    }
    for (size_t i = 0; i < n; i++) {
        hf_lonlat point;
        hf__towns_at(search->towns, i, &point);
        search->town_at[i] = hf__xyz_of(point);
    }
    return HF_OK;
}

const char *hf__claim_town_near(const hf__claim_search *search,
                                hf_lonlat point) {
    double least_m = INFINITY;
    size_t n = search->towns ? hf__towns_count(search->towns) : 0, nearest = n;
    hf__xyz at = hf__xyz_of(point);
    for (size_t i = 0; i < n; i++) {
        double chord_m = hf__xyz_dist_m(at, search->town_at[i]);
        if (chord_m < least_m) {
            least_m = chord_m;
            nearest = i;
        }
    }
    hf_lonlat unused;
    return nearest < n ? hf__towns_at(search->towns, nearest, &unused) : "";
}

/* By the place of their authority, then as in the table. */
static int compare_towns(const void *a, const void *b) {
    const hf_claim_town *first = a, *second = b;
    if (first->authority != second->authority) {
        return first->authority < second->authority ? -1 : 1;
    }
    return strcmp(first->name, second->name);
}

static hf_status find_towns(const hf__claim_search *search) {
    hf_claim_ground *ground = search->ground;
    size_t count = search->towns ? hf__towns_count(search->towns) : 0;
    ground->towns = hf__calloc(count, sizeof *ground->towns);
    if (!ground->towns) {
        return hf__fail_memory(search->ctx);
    }
    for (size_t i = 0; i < count; i++) {
        hf_lonlat point;
        hf_location location;
        const char *name = hf__towns_at(search->towns, i, &point);
        double dist_m = hf_geodesic_dist_m(ground->centre, point);
        if (!hf_claim_meets(search->claim,
                            fmax(dist_m - HF__TOWN_PRECISION_M, 0),
                            dist_m + HF__TOWN_PRECISION_M)) {
            continue;
        }
        hf_status status = hf_locate(search->ctx, search->set, point,
                                     HF_LOCATE_COAST_M, &location);
        if (status) {
            return status;
        }
        size_t area = hf__claim_area_of(ground, location.authority);
        if (area != HF__NO_AREA) {
            ground->towns[ground->n_towns++] =
                (hf_claim_town){name, area, point, dist_m};
        }
    }
    qsort(ground->towns, ground->n_towns, sizeof *ground->towns, compare_towns);
    for (size_t i = 0; i < ground->n_towns; i++) {
        ground->towns[i].authority =
            ground->areas[ground->towns[i].authority].authority;
    }
    return HF_OK;
}

/* ---- all of it ---------------------------------------------------------- */

static hf_status search_all(hf__claim_search *search) {
    hf_status status = measure_areas(search);
    if (!status) {
        status = open_towns(search);
    }
    if (!status) {
        status = hf__claim_count_postcodes(search);
    }
    if (!status) {
        sort_areas(search->ground);
        status = find_towns(search);
    }
    return status ? status : hf__claim_look_around(search);
}

hf_status hf_claim_find(hf_context *ctx, const hf_boundaries *set,
                        const hf_places *places, const hf_claim *claim,
                        const hf_place *from, const hf_place *to,
                        hf_claim_ground **out) {
    hf_claim_ground *ground = hf__calloc(1, sizeof *ground);
    if (!ground) {
        return hf__fail_memory(ctx);
    }
    hf__claim_search search = {.ctx = ctx,
                               .set = set,
                               .places = places,
                               .claim = claim,
                               .to = to,
                               .ground = ground};
    hf_status status = hf_distance_centre(ctx, set, from, &ground->centre);
    if (!status && to->kind != HF_PLACE_POINT) {
        status = search_all(&search);
    }
    hf__free(search.middles);
    hf__free(search.town_at);
    if (status) {
        hf_claim_ground_free(ground);
        return status;
    }
    *out = ground;
    return HF_OK;
}

void hf_claim_ground_free(hf_claim_ground *ground) {
    if (ground) {
        hf__free(ground->areas);
        hf__free(ground->towns);
        hf__free(ground->districts);
        hf__free(ground);
    }
}
