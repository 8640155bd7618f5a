/* Names of authorities as people write them, brought to one form. */
#ifndef HOWFAR_ATLAS_NAMES_H
#define HOWFAR_ATLAS_NAMES_H

#include "base/text.h"

/* What the words that were taken off a name say of it. */
enum { HF__SAYS_COUNTY = 1, HF__SAYS_CITY = 2, HF__SAYS_LONDON = 4 };

/* Three keys of one name, each plainer than the one before; equal keys mean the
 * same name.
 *   full    folded (case, accents, punctuation, & and +), "the" dropped,
 * "saint" as "st", "N Yorks" as "north yorkshire", "X, City of" as "city of X"
 *   core    without what an office adds at the end: "council", "county council"
 *   bare    without what else tells its kind, before or behind: "london borough
 *           of", "city of", "county", "city" */
typedef struct hf__name_keys {
    char *full, *core, *bare;
    int says; /* HF__SAYS_... of what core and bare are without */
} hf__name_keys;

/* HF_ERR_MEMORY (no message). Reset frees. */
hf_status hf__name_keys_make(hf__str name, hf__name_keys *out);
void hf__name_keys_reset(hf__name_keys *keys);

/* The full key alone; NULL without memory. */
char *hf__name_key(hf__str name);

/* The name for people: "Bristol, City of" is "Bristol"; a copy, NULL without
 * memory. */
char *hf__name_for_people(const char *official);

#endif
