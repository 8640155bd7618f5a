/* The inside of reconciling: one row's fields against what they should be, and
 * the mistakes that are known by what they give. */
#ifndef HOWFAR_TABLE_RECONCILE_H
#define HOWFAR_TABLE_RECONCILE_H

#include "base/text.h"
#include "howfar/reconcile.h"

/* Rules by their index. */
typedef enum hf__rule {
    HF__RULE_392A = 0,
    HF__RULE_398,
    HF__RULE_406,
    HF__RULE_164,
    HF__RULE_DISTANCE,
    HF__RULE_UNKNOWN,
    HF__RULE_169,
    HF__RULE_420,
    HF__RULE_AUTHORITY,
    HF__RULE_179,
    HF__RULE_411,
    HF__RULE_LOCATION,
    HF__RULE_453,
    HF__RULE_503G
} hf__rule;

/* Distances agree within this, miles; and what decimals leave of it. */
#define HF__MILES_APART (0.2 + 1e-6)

/* ---- distances ---- */

/* Which known mistake makes `miles` of the ends of a distance; "" for none. */
const char *hf__mistake_of_distance(const hf_ssda903_row *official,
                                    double miles);

/* ---- codes ---- */

/* What a PL_LA means. */
typedef enum hf__la_kind {
    HF__LA_NONE = 0,     /* nothing */
    HF__LA_AUTHORITY,    /* of England, by a code of its own time or later */
    HF__LA_COUNTRY,      /* SCO, WAL, NIR */
    HF__LA_ABROAD,       /* NUK */
    HF__LA_CONFIDENTIAL, /* CON */
    HF__LA_DISTRICT,     /* of a county */
    HF__LA_ABOLISHED,
    HF__LA_NOT_ENGLAND, /* an authority of another country, which its country's
                           code should stand for */
    HF__LA_NAME         /* a name, not a code */
} hf__la_kind;

typedef struct hf__la {
    hf__la_kind kind;
    const char *country;   /* "SCO" ... for those and authorities in them; "" */
    const size_t *members; /* authorities of the set that it is, or is in */
    size_t n_members;
} hf__la;

typedef struct hf__las hf__las;

/* Remembers what codes mean. HF_ERR_MEMORY. */
hf_status hf__las_new(hf_context *ctx, const hf_boundaries *set,
                      const hf_places *places, hf__las **out);
void hf__las_free(hf__las *las);

/* What a text means; *out is valid until the next call. HF_ERR_MEMORY. */
hf_status hf__las_find(hf_context *ctx, hf__las *las, hf__str text,
                       hf__la *out);

bool hf__la_is(const hf__la *la, size_t authority);

/* Which known mistake it is; "" for none. */
const char *hf__mistake_of_la(hf__la_kind kind);

/* Whether a text is formed like a code of PL_LA, and so may be shown. */
bool hf__la_is_code(hf__str text);

/* ---- last year ---- */

typedef struct hf__last_year hf__last_year;

typedef struct hf__open_episode {
    double miles;  /* NaN: blank */
    char reason;   /* first letter of RNE, or NUL */
    bool is_found; /* again, this year */
} hf__open_episode;

/* Reads the episodes that are open. */
hf_status hf__last_year_read(hf_context *ctx, const hf_boundaries *set,
                             const hf_places *places,
                             const hf_adjacency *adjacency,
                             const hf_annotate_options *options, int fd,
                             const char *label, hf__last_year **out);
void hf__last_year_free(hf__last_year *last);
size_t hf__last_year_count(const hf__last_year *last);

/* The open episode of a child that began on a day, or NULL; `scratch` is lost.
 */
hf__open_episode *hf__last_year_find(hf__last_year *last, hf__str child,
                                     hf__str start, hf__buf *scratch);

#endif
