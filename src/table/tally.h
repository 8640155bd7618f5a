/* Counting rows: per block, added up in order, and the summary made of it. */
#ifndef HOWFAR_TABLE_TALLY_H
#define HOWFAR_TABLE_TALLY_H

#include "howfar/annotate.h"
#include "table/location.h"

/* Rows are numbered from 1 within what was counted. */
typedef struct hf__tally {
    uint64_t rows, ragged, near_coast;
    uint64_t by_set[HF_CATEGORY_SETS]; /* of one or more; 0 is unknown */
    uint64_t children[HF_CATEGORY_SETS];
    uint64_t rows_blank;   /* without a number of children */
    double greatest_miles; /* of rows up to greatest_row, which is 0 if none */
    uint64_t greatest_row;
    struct {
        uint64_t rows;
        uint64_t first_rows[10];
    } reasons[HF__REASON_COUNT];
} hf__tally;

/* Counts the row that comes next; miles is NaN where nothing was measured. */
void hf__tally_row(hf__tally *tally, unsigned categories, hf__reason reason,
                   double miles);

/* Appends what was counted of the rows that follow those of `tally`. */
void hf__tally_add(hf__tally *tally, const hf__tally *following);

/* How many rows have which distance, to 0.01 mile; each thread has its own.
 * Start with {0}. Pages of bins are made when a distance first falls into them;
 * a lack of memory shows in `failed`. */
#define HF__HISTOGRAM_PAGES 1280
typedef struct hf__histogram {
    uint64_t *pages[HF__HISTOGRAM_PAGES];
    bool failed;
} hf__histogram;

void hf__histogram_reset(hf__histogram *histogram);
/* Counts n distances, none of them NaN. Together, because each touches a cache
 * line of its own: so they don't wait for one another. */
void hf__histogram_count(hf__histogram *histogram, const double *miles,
                         size_t n);
void hf__histogram_add(hf__histogram *histogram, const hf__histogram *other);
/* NaN when nothing was counted; half way between the two in the middle of an
 * even number. */
double hf__histogram_median(const hf__histogram *histogram);

/* HF_ERR_MEMORY. */
hf_status hf__tally_summarise(hf_context *ctx, const hf__tally *tally,
                              const hf__histogram *histogram,
                              const char *columns, bool counts_children,
                              hf_annotate_summary **out);

#endif
