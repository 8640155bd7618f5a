/* The directory of postcodes as rows need it: opened once, its authorities'
 * codes turned into those of the boundary set once, so that a postcode costs
 * its lookup and nothing more. */
#ifndef HOWFAR_TABLE_POSTAL_H
#define HOWFAR_TABLE_POSTAL_H

#include "atlas/place.h"
#include "table/location.h"

typedef struct hf__postal {
    const hf_places *places;
    const hf_postcodes *index; /* NULL until opened, and where there is none */
    hf_status status;          /* why there is none: HF_ERR_IO ... */
    char *why;                 /* the same in a line; owned */
    bool is_asked;             /* hf__postal_open was called */
    const char *first_code;    /* of the index's table of codes */
    size_t n_codes;
    size_t *authorities; /* for each pair of codes: of the set, or HF_NOWHERE */
} hf__postal;

/* Opens the index, the first time it is called: by one thread, before there are
 * others. That there is none is no failure. HF_ERR_MEMORY. */
hf_status hf__postal_open(hf_context *ctx, hf__postal *postal);
void hf__postal_reset(hf__postal *postal);

/* Reads a cell (UTF-8, without quotes). HF__PLACED for a postcode or a part of
 * one that is not an area's letters; HF__NO_POSTCODE, HF__POSTCODE_PSEUDO,
 * HF__POSTCODE_UNREADABLE otherwise. */
hf__reason hf__postal_read(hf__str text, hf_postcode *out);

/* The authority of the set that a code of the index means, or HF_NOWHERE. */
size_t hf__postal_authority(const hf__postal *postal,
                            const char *authority_code);

/* Has what a cell's postcode will be looked up in fetched from memory. */
void hf__postal_fetch(const hf__postal *postal, hf__str text);

/* Looks up a full postcode. *out_reason is HF__PLACED, HF__NO_POSTCODES or
 * HF__POSTCODE_NOT_FOUND; or HF__POSTCODE_NO_POINT, with an entry. Fails only
 * where the index is damaged. */
hf_status hf__postal_find(hf_context *ctx, const hf__postal *postal,
                          const hf_postcode *postcode, hf_postcode_entry *out,
                          hf__reason *out_reason);

/* The reason with a hint where a letter typed for a digit, or the reverse,
 * would explain it. */
hf__reason hf__postal_explain(const hf__postal *postal, hf__reason reason,
                              hf__str text);

/* "ONSPD 2025-11" */
void hf__postal_add_name(const hf__postal *postal, hf__buf *out);

#endif
