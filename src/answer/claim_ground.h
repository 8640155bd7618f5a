/* What the parts of hf_claim_find share. */
#ifndef HOWFAR_ANSWER_CLAIM_GROUND_H
#define HOWFAR_ANSWER_CLAIM_GROUND_H

#include "atlas/towns.h"
#include "earth/geocentric.h"
#include "howfar/claim.h"

/* A search: ground->areas holds every member of the destination, in order,
 * until all is counted. */
typedef struct hf__claim_search {
    hf_context *ctx;
    const hf_boundaries *set;
    const hf_places *places;
    const hf_claim *claim;
    const hf_place *to;
    const hf__towns *towns; /* NULL: there are none */
    hf__xyz *town_at;       /* where they stand, earth-centred */
    hf_claim_ground *ground;
    hf_lonlat *middles; /* of the postcodes that fit, by district */
} hf__claim_search;

#define HF__NO_AREA ((size_t)-1)

/* The place of an authority in ground->areas, or HF__NO_AREA. */
size_t hf__claim_area_of(const hf_claim_ground *ground, size_t authority);

/* Counts postcodes by area and lists the districts, where there is an index;
 * sets search->middles. HF_ERR_DAMAGED, HF_ERR_PROJECTION, HF_ERR_MEMORY. */
hf_status hf__claim_count_postcodes(hf__claim_search *search);

/* The town nearest to a point; "" where there are none. */
const char *hf__claim_town_near(const hf__claim_search *search,
                                hf_lonlat point);

/* Sets ground->around, once areas are sorted. */
hf_status hf__claim_look_around(hf__claim_search *search);

#endif
