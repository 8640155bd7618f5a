/* The inside of the resolver. */
#ifndef HOWFAR_ATLAS_PLACE_H
#define HOWFAR_ATLAS_PLACE_H

#include "atlas/gazetteer.h"
#include "atlas/towns.h"
#include "base/lazy.h"
#include "howfar/place.h"

struct hf_places {
    const hf_boundaries *set;
    hf__gazetteer *gazetteer;
    char *postcodes_path; /* as the user named it; NULL: the default */
    hf__lazy postcodes;   /* hf_postcodes */
    hf__lazy towns;       /* hf__towns */
};

/* hf_place_resolve for files: without the nearest spellings, which take a
 * thousand times as long as the rest, and without saying that a town has the
 * name of an authority too. */
hf_status hf__place_look_up(hf_context *ctx, const hf_places *places,
                            hf__str text, hf_place *out);

/* The table of towns, read at its first use. HF_ERR_NOT_FOUND where there is
 * none. */
hf_status hf__place_towns(hf_context *ctx, const hf_places *places,
                          const hf__towns **out);

/* A postcode or a part of one as a point. HF_ERR_NOT_FOUND when it does not
 * exist, has no grid reference or stands for no place. Without an imported
 * directory it is its area's town when it `may_be_coarse`, else HF_ERR_IO. */
hf_status hf__place_of_postcode(hf_context *ctx, const hf_places *places,
                                const hf_postcode *postcode, bool may_be_coarse,
                                hf_place *out);

/* The authority of the set that a directory's codes mean, or HF_NOWHERE. */
size_t hf__place_authority_of_entry(const hf_places *places,
                                    const hf_postcode_entry *entry);

/* The postcode index where there is one; NULL without an error where none is
 * imported and none was named. */
hf_status hf__place_postcodes_if_any(hf_context *ctx, const hf_places *places,
                                     const hf_postcodes **out);

/* After a text was not found: adds the postcode that was perhaps meant to the
 * context's message. Returns HF_ERR_NOT_FOUND. */
hf_status hf__place_suggest_postcode(hf_context *ctx, const hf_places *places,
                                     hf__str typed);

#endif
