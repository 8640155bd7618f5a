/* Inside the choice of columns: candidates, what speaks for them, and how to
 * say it. */
#ifndef HOWFAR_TABLE_CHOOSER_H
#define HOWFAR_TABLE_CHOOSER_H

#include "table/columns.h"
#include "table/header.h"

/* What the work of choosing needs at hand. */
typedef struct hf__chooser {
    hf_context *ctx;
    const char *label;
    const hf__sample *sample;
    const hf__area_oracle *oracle;
    hf__names names;
    hf__heading *headings; /* one for each name */
    bool shows_names;      /* the first line reads like names of columns */
    hf__buf chosen;        /* sources that were accepted, in words */
    hf__buf refused;       /* sources whose content does not serve */
    hf_status lacking;     /* HF_OK, or why a source of postcodes, which would
                              serve otherwise, can't be used: */
    const char *lacking_why;
    hf__columns columns;
} hf__chooser;

/* A source that is considered. */
typedef struct hf__candidate {
    hf__source source;
    int rank; /* 0 is best */
    hf__evidence evidence;
} hf__candidate;

/* Added to the rank of columns that are empty, or say the same in every row. */
#define HF__RANK_SAYS_NOTHING 4

/* Whether the first line may be shown: most of it reads like names of columns.
 * A file without such a line begins with a child. */
bool hf__chooser_may_show_names(const hf__chooser *c);

/* Two columns make one source. */
bool hf__chooser_is_pair(hf__source_kind kind);

/* Looks at the content. A column without any is a last resort. Tells codes from
 * names. */
hf_status hf__chooser_weigh(const hf__chooser *c, hf__candidate *it);

/* At least half of what is there serves; nothing there is no objection. */
bool hf__chooser_serves(const hf__evidence *e);

/* HF_ERR_AMBIGUOUS with the fix where axes seem swapped, or are those of the
 * other kind of coordinate. */
hf_status hf__chooser_check_axes(const hf__chooser *c, const hf__candidate *it);

/* Sees to it that the cells of a column are read. */
void hf__chooser_need(hf__chooser *c, size_t column);

/* Takes a candidate as the next source, or keeps it for the message. */
void hf__chooser_accept(hf__chooser *c, const hf__candidate *it);
void hf__chooser_refuse(hf__chooser *c, const hf__candidate *it);

/* Whether a source is of postcodes. */
bool hf__chooser_is_postcode(hf__source_kind kind);

/* Whether there is a directory of postcodes. Otherwise a source of them, in
 * `it` unless that is NULL, is kept for the message as not used. Called only
 * when one would serve. */
hf_status hf__chooser_ask_postcodes(hf__chooser *c, const hf__candidate *it,
                                    bool *out_has);

/* Takes a further column: `words` says what it is. */
void hf__chooser_accept_extra(hf__chooser *c, const char *words, size_t column,
                              const hf__evidence *e, size_t *out);
/* Of full postcodes in a column. */
hf__evidence hf__chooser_evidence_of_postcode(const hf__chooser *c,
                                              size_t column);
bool hf__chooser_is_source(const hf__chooser *c, size_t column);

/* Takes the postcodes of a return as where its rows are, whatever they hold:
 * the return says so, and how many are usable is told. */
hf_status hf__chooser_take_return(hf__chooser *c,
                                  const hf_annotate_options *options);
/* The ends of PL_DISTANCE are the postcodes that were chosen; without them it
 * is no return. */
void hf__chooser_settle_return(hf__chooser *c,
                               const hf_annotate_options *options);

/* "authority "x" (3 of the first 4 rows usable, 1 empty)" */
void hf__chooser_describe_one(const hf__chooser *c, const char *words,
                              size_t column, const hf__evidence *e,
                              hf__buf *out);

/* Words for messages: a source with its numbers; all names; the options that
 * name a pair. */
void hf__chooser_describe(const hf__chooser *c, const hf__candidate *it,
                          hf__buf *out);
void hf__chooser_add_all_names(const hf__chooser *c, hf__buf *out);
void hf__chooser_say_how(const hf__chooser *c, size_t first, size_t second,
                         bool is_grid, hf__buf *why);

/* ---- the steps, in this order ---- */

/* Sources that the caller names, or that are found by their names. */
hf_status hf__choose_named(hf__chooser *c, const hf_annotate_options *options);
hf_status hf__choose_found(hf__chooser *c);

/* Homes, home postcodes, numbers of children, cells to be kept. */
hf_status hf__choose_further(hf__chooser *c,
                             const hf_annotate_options *options);

/* The first columns of a role, at most HF__CHOOSER_MOST; how many. */
#define HF__CHOOSER_MOST 8
size_t hf__chooser_columns_of(const hf__chooser *c, hf__role role, size_t *out);

/* The column that the caller calls so, or by its number. HF_ERR_NOT_FOUND,
 * HF_ERR_AMBIGUOUS. */
hf_status hf__chooser_find(const hf__chooser *c, const char *wanted,
                           size_t *out);

/* Only postcodes would serve, and none are imported. */
hf_status hf__chooser_fail_lacking(const hf__chooser *c);

/* Fails with what a buffer holds, and frees it. */
hf_status hf__chooser_fail_with(const hf__chooser *c, hf_status status,
                                hf__buf *why);

#endif
