/* Counts that are linked by sums: the cells of every table of one report.
 *
 * A cell that stands in two tables (a row's total, say, in both a table by
 * reason and a table by band) is added once and used in the sums of both: what
 * a reader may add and subtract is then known in full. */
#ifndef HOWFAR_REPORT_COUNTS_H
#define HOWFAR_REPORT_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of a cell in print. */
typedef enum hf__shown {
    HF__SHOWN = 0,        /* as it is */
    HF__HELD_SMALL = 1,   /* withheld: 1 to the threshold */
    HF__HELD_FURTHER = 2, /* withheld to protect others */
    HF__SHOWN_ROUNDED = 3 /* to a base */
} hf__shown;

typedef struct hf__count {
    int64_t value;
    double weight; /* what withholding it costs; above 0 */
    int64_t floor; /* every reader knows that it is at least this: 1 where the
                      publication names what is counted */
    bool is_void;  /* a zero that every reader knows of, as the publication has
                      no place for it: never withheld */
    hf__shown shown;
    int64_t rounded; /* for HF__SHOWN_ROUNDED */
    /* Set by the auditor for what is withheld or rounded: the whole numbers
     * that the published figures are proven to allow at least; HF__NO_LIMIT
     * above where nothing bounds it. */
    int64_t least, most;
} hf__count;

#define HF__NO_LIMIT INT64_MAX

/* One term of a sum: total - parts = 0. */
typedef struct hf__term {
    uint32_t sum;
    uint32_t cell;
    int sign; /* 1 for the total, -1 for a part */
} hf__term;

typedef struct hf__counts {
    bool failed;    /* memory ran out while it was built */
    bool zeros_too; /* the publication says that zeros are withheld as well */
    hf__count *cells;
    size_t n_cells, cells_capacity;
    hf__term *terms; /* by sum, in order */
    size_t n_terms, terms_capacity;
    size_t n_sums;
} hf__counts;

/* Weights for the choice of what to withhold besides: a total tells more than
 * one of its parts, and a grand total opens the report. */
#define HF__WEIGHT_CELL 1.0
#define HF__WEIGHT_TOTAL 3.0
#define HF__WEIGHT_GRAND 12.0

/* Whether a cell may be withheld to protect others. */
bool hf__can_withhold(const hf__counts *counts, const hf__count *cell);

/* The least that every reader knows a withheld cell to be. */
int64_t hf__least_of(const hf__counts *counts, const hf__count *cell);

/* What withholding a cell costs: its weight, and a little by its size. */
double hf__cost_of(const hf__count *cell);

void hf__counts_init(hf__counts *counts);
void hf__counts_reset(hf__counts *counts);

/* Adds a cell and returns its index. */
size_t hf__counts_add(hf__counts *counts, uint64_t value, double weight);

/* States that `total` is the sum of `parts`. Asserted: it is. */
void hf__counts_sum(hf__counts *counts, size_t total, const size_t *parts,
                    size_t n_parts);

/* Adds a table of rows x columns with its totals. `values` is row by row
 * without totals; `ids` receives (rows + 1) x (columns + 1) indexes, totals
 * last. Cells of `ids` that are not HF__NEW_CELL on entry stand in another
 * table already and are taken from there. */
#define HF__NEW_CELL ((size_t)-1)
void hf__counts_table(hf__counts *counts, const uint64_t *values, size_t rows,
                      size_t columns, size_t *ids);

#endif
