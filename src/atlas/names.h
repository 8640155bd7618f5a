/* Names of authorities as people write them, brought to one form. */
#ifndef HOWFAR_ATLAS_NAMES_H
#define HOWFAR_ATLAS_NAMES_H

#include "base/text.h"

/* Three keys of one name, each plainer than the one before; equal keys mean the
 * same name.
 *   full    folded (case, accents, punctuation, &), "saint" as "st", "upon" as
 *           "on", "X, City of" as "city of X"
 *   core    without what an office adds at the end: "council", "county council"
 *   bare    without what comes before either: "london borough of", "city of",
 *           "county" */
typedef struct hf__name_keys {
    char *full, *core, *bare;
} hf__name_keys;

/* HF_ERR_MEMORY (no message). Reset frees. */
hf_status hf__name_keys_make(hf__str name, hf__name_keys *out);
void hf__name_keys_reset(hf__name_keys *keys);

/* The name for people: "Bristol, City of" is "Bristol"; a copy, NULL without
 * memory. */
char *hf__name_for_people(const char *official);

#endif
