/* The town that readers know near what fits. */
#include <string.h>

#include "answer/claim_ground.h"
#include "base/context.h"
#include "base/facts.h"
#include "base/memory.h"
#include "base/text.h"
#include "howfar/locate.h"
#include "howfar/units.h"

#define TABLE "postcode-areas.csv"
#define AROUND_M (25 * HF_METRES_PER_MILE)

typedef struct postal_town {
    const char *name;
    hf_lonlat point;
    hf__xyz at;
    size_t weight; /* of what it is nearest to */
} postal_town;

static hf_status read_towns(hf_context *ctx, const hf__facts *facts,
                            postal_town *list) {
    static const char *const names[] = {"town", "latitude", "longitude"};
    size_t column[3];
    for (size_t i = 0; i < 3; i++) {
        hf_status status = hf__facts_column(ctx, facts, names[i], &column[i]);
        if (status) {
            return status;
        }
    }
    for (size_t i = 0; i < hf__facts_n_rows(facts); i++) {
        list[i].name = hf__facts_cell(facts, i, column[0]);
        hf__str lat = hf__str_of(hf__facts_cell(facts, i, column[1]));
        hf__str lon = hf__str_of(hf__facts_cell(facts, i, column[2]));
        hf_lonlat *point = &list[i].point;
        if (!hf__parse_double(lat, &point->lat_deg) ||
            !hf__parse_double(lon, &point->lon_deg) ||
            !hf_lonlat_is_valid(*point)) {
            return hf__fail(ctx, HF_ERR_DAMAGED, "%s:%zu: no coordinate",
                            hf__facts_path(facts), hf__facts_line(facts, i));
        }
        list[i].at = hf__xyz_of(*point);
    }
    return HF_OK;
}

static void add_weight(postal_town *list, size_t n, hf_lonlat point,
                       size_t weight) {
    size_t nearest = n;
    double least_m = AROUND_M;
    hf__xyz at = hf__xyz_of(point);
    for (size_t i = 0; i < n; i++) {
        double chord_m = hf__xyz_dist_m(at, list[i].at);
        if (chord_m < least_m) {
            least_m = chord_m;
            nearest = i;
        }
    }
    if (nearest < n) {
        list[nearest].weight += weight;
    }
}

/* Weighs what fits in the first area: districts by their postcodes, without
 * them towns. Returns the whole weight. */
static size_t weigh(const hf__claim_search *search, postal_town *list,
                    size_t n) {
    const hf_claim_ground *ground = search->ground;
    size_t first = ground->areas[0].authority, whole = 0;
    for (size_t i = 0; i < ground->n_districts; i++) {
        if (ground->districts[i].authority == first) {
            size_t weight = ground->districts[i].fitting_postcodes;
            whole += weight;
            add_weight(list, n, search->middles[i], weight);
        }
    }
    for (size_t i = 0; !ground->has_postcodes && i < ground->n_towns; i++) {
        if (ground->towns[i].authority == first) {
            whole++;
            add_weight(list, n, ground->towns[i].point, 1);
        }
    }
    return whole;
}

/* A town of the first area serves, no other. */
static hf_status take(hf__claim_search *search, const postal_town *town) {
    hf_claim_ground *ground = search->ground;
    hf_location location;
    hf_status status = hf_locate(search->ctx, search->set, town->point,
                                 HF_LOCATE_COAST_M, &location);
    size_t len = strlen(town->name);
    if (!status && location.authority == ground->areas[0].authority &&
        len < sizeof ground->around) {
        memcpy(ground->around, town->name, len + 1);
    }
    return status;
}

hf_status hf__claim_look_around(hf__claim_search *search) {
    hf_claim_ground *ground = search->ground;
    hf__facts *facts;
    if (!ground->n_areas) {
        return HF_OK;
    }
    hf_status status = hf__facts_open_named(search->ctx, TABLE, &facts);
    if (status) {
        return status == HF_ERR_IO ? HF_OK : status;
    }
    size_t n = hf__facts_n_rows(facts);
    postal_town *list = hf__calloc(n, sizeof *list);
    status = list ? read_towns(search->ctx, facts, list)
                  : hf__fail_memory(search->ctx);
    size_t whole = status ? 0 : weigh(search, list, n);
    for (size_t i = 0; whole && !status && i < n; i++) {
        if (2 * list[i].weight > whole) {
            status = take(search, &list[i]);
        }
    }
    hf__free(list);
    hf__facts_close(facts);
    return status;
}
