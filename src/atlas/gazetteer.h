/* Names and codes of authorities, groups and districts through time, and what
 * of a boundary set each of them means. From the tables authorities.csv,
 * groups.csv and districts.csv; shapes/README.md describes them. */
#ifndef HOWFAR_ATLAS_GAZETTEER_H
#define HOWFAR_ATLAS_GAZETTEER_H

#include "base/text.h"
#include "howfar/place.h"

typedef struct hf__gazetteer hf__gazetteer;

/* `as_of` is YYYYMMDD, or 0 for the day of the set. */
hf_status hf__gazetteer_open(hf_context *ctx, const hf_boundaries *set,
                             int as_of, hf__gazetteer **out);
void hf__gazetteer_close(hf__gazetteer *gazetteer);

/* The day for which names are understood. */
int hf__gazetteer_as_of(const hf__gazetteer *gazetteer);

/* What a name may mean. */
typedef enum hf__names_wanted {
    HF__AUTHORITIES_AND_GROUPS, /* HF_ERR_NOT_FOUND is without a message */
    HF__DISTRICTS_TOO,          /* likewise */
    HF__DISTRICTS_OR_SPELLINGS  /* HF_ERR_NOT_FOUND has the nearest spellings,
                                   which take a thousand times as long */
} hf__names_wanted;

/* Finds a code (districts' too) or a name. HF_ERR_NOT_FOUND; HF_ERR_AMBIGUOUS
 * with the candidates. */
hf_status hf__gazetteer_find(hf_context *ctx, const hf__gazetteer *gazetteer,
                             hf__str text, hf__names_wanted wanted,
                             hf_place *out);

/* The authority of the set that a GSS code of any time and tier lies in, or
 * HF_NOWHERE: E07 districts are raised, codes of other times follow their
 * successors when these are one authority. */
size_t hf__gazetteer_authority_of_code(const hf__gazetteer *gazetteer,
                                       hf__str code);

/* What a GSS code is on the day; three-digit codes and names are unknown. */
typedef enum hf__code_life {
    HF__CODE_UNKNOWN = 0,
    HF__CODE_IN_FORCE, /* an authority's, now or later */
    HF__CODE_ABOLISHED,
    HF__CODE_DISTRICT
} hf__code_life;

hf__code_life hf__gazetteer_life_of_code(const hf__gazetteer *gazetteer,
                                         hf__str code);

#endif
