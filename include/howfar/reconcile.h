/* Reconciling an SSDA903 return: what its PL_DISTANCE, PL_LOCATION and PL_LA
 * say against what they should say, see howfar/ssda903.h.
 *
 * Rules that the department's own validation has keep their numbers; those that
 * compare with the postcodes have names. A row has at most one finding for each
 * of the three fields and one for last year: what follows from a mistake is not
 * reported again.
 *
 *   392a       PL_DISTANCE is missing
 *   398        PL_DISTANCE is given for short breaks (V3 or V4)
 *   406        PL_DISTANCE is given for a UASC
 *   164        PL_DISTANCE is not a number between 0.0 and 999.9
 *   distance   PL_DISTANCE is more than 0.2 mile off the official formula
 *   unknown    PL_DISTANCE is 999.9, though both places are known
 *   169        PL_LA is missing or no code of a return
 *   420        PL_LA is given for short breaks
 *   authority  PL_LA is not the authority of the placement's postcode
 *   179        PL_LOCATION is missing or neither IN nor OUT
 *   411        PL_LOCATION is IN, but PL_LA is not the responsible authority
 *   location   PL_LOCATION is not where the placement's postcode lies, or is
 *              given for short breaks
 *   453, 503G  PL_DISTANCE is more than 0.2 mile off that of the same episode,
 *              open at the end of last year
 *   503G       PL_DISTANCE of that episode is blank in one of the years (or
 *              differs while its reason, RNE, does too)
 *
 * The same episode is one of the same CHILD that began on the same day (DECOM).
 *
 * Where the file's value is what a known mistake gives, the finding names it:
 * Irish Grid references read as British, kilometres for miles, a great circle
 * instead of the grid, the code of a district or of an authority abolished
 * since. */
#ifndef HOWFAR_RECONCILE_H
#define HOWFAR_RECONCILE_H

#include "howfar/annotate.h"

HF_BEGIN_DECLS

/* Index of a rule, in the order of the list above. */
#define HF_RECONCILE_RULES 14

typedef struct hf_reconcile_rule {
    const char *id;    /* "392a" */
    const char *field; /* "PL_DISTANCE" */
    const char *text;  /* what it finds, for people */
} hf_reconcile_rule;

/* `rule` is below HF_RECONCILE_RULES. */
HF_API const hf_reconcile_rule *hf_reconcile_get_rule(size_t rule);

/* A finding. Strings are valid until the call returns. They hold numbers, IN
 * and OUT, and codes of authorities: never another text of the file. */
typedef struct hf_reconcile_finding {
    uint64_t row; /* from 1, after the header */
    size_t rule;
    const char *says;    /* what the file has; "" where it is blank, "(text)"
                            for what is no value of the field */
    const char *should;  /* what it should have, or last year's; "" for a blank,
                            "?" where that can't be told */
    const char *mistake; /* which known one; "" */
} hf_reconcile_finding;

/* Called for each, in order of rows. As hf_annotate_row. */
typedef hf_status (*hf_reconcile_found)(void *user,
                                        const hf_reconcile_finding *finding);

typedef struct hf_reconcile_options {
    /* How the file is read: home, uasc, threads, progress. Its `row` and
     * kept_columns are not the caller's. */
    hf_annotate_options annotate;
    int previous_fd; /* last year's file of the same kinds; negative: none */
    const char *previous_label;
    hf_reconcile_found found; /* NULL: only counted */
    void *found_user;
} hf_reconcile_options;

HF_API void hf_reconcile_options_init(hf_reconcile_options *options);

/* Owned: hf_reconcile_summary_free. */
typedef struct hf_reconcile_summary {
    uint64_t rows;
    uint64_t rows_found; /* with a finding */
    uint64_t findings;
    uint64_t by_rule[HF_RECONCILE_RULES];
    uint64_t first_rows[HF_RECONCILE_RULES][10];
    uint64_t unknown;     /* distances that can't be computed: not compared */
    uint64_t open_before; /* episodes open at the end of last year */
    uint64_t matched;     /* of these, found again */
    bool has_distance, has_location, has_la; /* columns there to check */
    bool knows_uasc;     /* by a column or file: otherwise 392a may be one */
    const char *columns; /* see hf_annotate_summary */
} hf_reconcile_summary;

HF_API void hf_reconcile_summary_free(hf_reconcile_summary *summary);

/* Reads `in_fd` to its end, and previous_fd before it; closes neither.
 * HF_ERR_UNSUITABLE where the file is no return, or has none of the three
 * columns and there is no last year's; HF_ERR_NOT_FOUND where episodes of two
 * years can't be matched for want of CHILD, DECOM or DEC; otherwise as
 * hf_annotate. */
HF_API HF_WARN_UNUSED hf_status
hf_reconcile(hf_context *ctx, const hf_boundaries *set, const hf_places *places,
             const hf_adjacency *adjacency, const hf_reconcile_options *options,
             int in_fd, const char *in_label, hf_reconcile_summary **out);

HF_END_DECLS
#endif
