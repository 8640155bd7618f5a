/* What the name of a column says about its content. */
#ifndef HOWFAR_TABLE_HEADER_H
#define HOWFAR_TABLE_HEADER_H

#include <stdbool.h>

#include "base/text.h"

typedef enum hf__role {
    HF__ROLE_NONE = 0,
    HF__ROLE_LAT,
    HF__ROLE_LON,
    HF__ROLE_EASTING,
    HF__ROLE_NORTHING,
    HF__ROLE_X,        /* longitude or easting */
    HF__ROLE_Y,        /* latitude or northing */
    HF__ROLE_POSTCODE, /* or a part of one */
    HF__ROLE_AUTHORITY,
    HF__ROLE_HOME_POSTCODE, /* of the child, never of the placement */
    HF__ROLE_COUNT          /* of children, where a row is a destination */
} hf__role;

#define HF__HEADER_KEY 64

typedef struct hf__heading {
    hf__role role;
    int rank; /* how well the name fits: 0 best. It speaks of the placement;
                 of nothing in particular; of something else */
    char key[HF__HEADER_KEY]; /* the words that are not the role's: the two
                                 columns of a pair have the same */
    bool is_typed;            /* by the caller, who may see it */
} hf__heading;

/* Reads a column name (UTF-8). Columns about the home, the responsible
 * authority, the school and the like have no role, but for the postcode of the
 * child's home. False without memory. */
bool hf__heading_read(hf__str name, hf__heading *out);

/* Whether a text reads like a column's name at all, and not like a person's or
 * an address: one word as programs write it, or mostly words that columns are
 * called by. False without memory. */
bool hf__heading_is_usual(hf__str name, bool *out);

#endif
