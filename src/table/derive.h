/* The derived fields of an SSDA903 return: which file is one, and what its
 * PL_DISTANCE, PL_LOCATION and PL_LA should say of a row. See
 * howfar/ssda903.h. */
#ifndef HOWFAR_TABLE_DERIVE_H
#define HOWFAR_TABLE_DERIVE_H

#include "howfar/boundary.h"
#include "howfar/ssda903.h"
#include "table/columns.h"

/* Recognises a return by the names of its columns, in any case. A file with two
 * columns of a name that counts is none. */
void hf__return_recognise(const hf__names *names, hf__return *out);

/* What a row of a return says of itself. */
typedef struct hf__return_says {
    bool is_uasc, is_short_break;
} hf__return_says;

/* The country's code where an authority is not in England, else its own; ""
 * outside the United Kingdom. */
const char *hf__return_la(const hf_authority *authority);

/* The same for several, where they lie in one country; "" otherwise. */
const char *hf__return_la_of_all(const hf_boundaries *set,
                                 const size_t *authorities, size_t n);

/* PL_LA of a postcode that stands for a country or lies in a Crown dependency:
 * "SCO", "WAL", "NIR", "NUK"; "" for any other. */
const char *hf__return_la_of_postcode(const hf_postcode *postcode);

/* Where a placement is, for its derived fields. */
typedef struct hf__return_place {
    const char *la;      /* PL_LA; "" unknown */
    unsigned categories; /* as a set; 0 unknown */
} hf__return_place;

/* Settles the derived fields from the ends, which are set in *out, and where
 * the placement is. */
void hf__return_derive(hf__return_kind kind, const hf__return_says *says,
                       const hf__return_place *place, hf_ssda903_row *out);

/* Writes PL_DISTANCE (of Episodes), PL_LOCATION and PL_LA, each before its
 * delimiter: writes over at most 24 bytes and HF__FIXED_ROOM. Returns their
 * end.
 */
char *hf__return_put(char *to, hf__return_kind kind,
                     const hf_ssda903_row *official, char delimiter);

/* Why a derived field is blank, or where it is from; "" where that is plain. */
const char *hf__return_note(hf__return_kind kind,
                            const hf_ssda903_row *official);

#endif
