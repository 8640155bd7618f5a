/* Columns that are no breakdown, as their values name persons or places. */
#ifndef HOWFAR_REPORT_BREAKDOWN_H
#define HOWFAR_REPORT_BREAKDOWN_H

#include "report/tally.h"

/* Whether a value is of a kind that names somebody: it holds a full postcode,
 * an e-mail address or a number of seven digits or more. */
bool hf__names_somebody(const char *value);

/* Fails with HF_ERR_UNSUITABLE for a name that says so: "child_id",
 * "postcode". */
HF_WARN_UNUSED hf_status hf__check_breakdown_name(hf_context *ctx,
                                                  const char *name);

/* Fails with HF_ERR_UNSUITABLE for values that could name persons: of such a
 * kind, or too many; with `all_added` also where most are of one child each. */
HF_WARN_UNUSED hf_status hf__check_breakdown(hf_context *ctx,
                                             const hf_report *report,
                                             bool all_added);

#endif
