/* Every count that a report shows, as cells linked by sums, so that disclosure
 * control sees all of its tables at once. */
#ifndef HOWFAR_REPORT_FIGURES_H
#define HOWFAR_REPORT_FIGURES_H

#include "report/disclosure.h"
#include "report/document.h"
#include "report/tally.h"

#define HF__WHERE_COUNT 4 /* inside, outside, unknown, all */

/* Indexes of cells. The breakdown has n_values values; index n_values is the
 * total. The bands have n_bands + 2 rows: above the last edge, unknown. */
typedef struct hf__figures {
    hf__counts counts;
    size_t n_destinations, n_values, n_bands, n_reasons;
    /* Values by which destinations are broken down: all, or none where such a
     * table would be too wide to read. */
    size_t n_crossed;
    size_t *destination; /* n_destinations x (n_crossed + 1) */
    size_t *side;        /* HF__WHERE_COUNT x (n_values + 1) */
    size_t *band;        /* (n_bands + 2) x HF__WHERE_COUNT */
    size_t *reason;      /* n_reasons x HF__LACKS_NOTHING */
    size_t neighbouring, distant;
    size_t either; /* of these two, which is not known */
} hf__figures;

size_t hf__destination_cell(const hf__figures *f, size_t destination,
                            size_t value);
size_t hf__destination_total(const hf__figures *f, size_t destination);
size_t hf__where_cell(const hf__figures *f, size_t side, size_t value);
size_t hf__band_cell(const hf__figures *f, size_t band, size_t side);
size_t hf__reason_cell(const hf__figures *f, size_t reason, size_t lack);

/* Counts a report's placements and decides what is shown. HF_ERR_MEMORY,
 * HF_ERR_UNSUITABLE. Reset in any case. */
HF_WARN_UNUSED hf_status hf__figures_make(hf_context *ctx,
                                          const hf_report *report,
                                          hf__figures *out);
/* Decides what is shown of counts, as the report's options ask. */
HF_WARN_UNUSED hf_status hf__protect(hf_context *ctx, const hf_report *report,
                                     hf__counts *counts);
void hf__figures_reset(hf__figures *figures);

/* Different authorities of the destinations whose number is shown; 0 where a
 * placement there has none. False without memory. */
bool hf__count_authorities(const hf_report *report, const hf__figures *f,
                           size_t *out);

bool hf__is_withheld(const hf__figures *f, size_t cell);
/* What is printed of a cell that is not withheld. */
uint64_t hf__printed(const hf__figures *f, size_t cell);
/* Whole percent of one cell in another, half up, from what is printed; false
 * where one of them is withheld or the whole is 0. */
bool hf__percent(const hf__figures *f, size_t part, size_t whole,
                 uint64_t *out);

/* Cells as a document has them: the count, or "c". */
void hf__put_count(hf_document *document, const hf__figures *f, size_t cell);
/* The percentage, "c", "k" where it rounds to zero, "z" of nothing. */
void hf__put_percent(hf_document *document, const hf__figures *f, size_t part,
                     size_t whole);

/* What was done for confidentiality, as a sentence. */
void hf__add_rule(hf__buf *out, const hf_report *report, const hf__figures *f);

#endif
