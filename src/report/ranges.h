/* The attacker: what whole numbers can withheld counts be, given everything
 * that is published?
 *
 * Each sum whose cells are partly withheld is an equation over the withheld
 * ones. From the true counts, which solve them, a primal simplex with bounded
 * variables walks to where one cell is least and greatest. Every point on the
 * way that consists of whole numbers is checked in integers against every
 * equation and bound, and only what such points show is counted: a range is
 * proven by two whole tables that both fit the publication. The arithmetic of
 * the walk can make a range too narrow, never too wide.
 *
 * Where the equations are those of a table with totals, each corner of the
 * walk consists of whole numbers, and the ranges are exact. */
#ifndef HOWFAR_REPORT_RANGES_H
#define HOWFAR_REPORT_RANGES_H

#include "report/counts.h"

/* The unknowns: for each cell of `counts` that is one, its bounds; all else is
 * known. */
typedef struct hf__unknown {
    size_t cell;
    int64_t low, high; /* HF__NO_LIMIT for none; the true count is within */
    int64_t need;      /* stop when most - least reaches this; HF__ALL: go on */
    int64_t least, most; /* the result */
} hf__unknown;

#define HF__ALL ((int64_t)1 << 40)

/* Whole tables that have proven something, to be tried first when cells are
 * shown or withheld and the rest is as it was. The latest are kept. */
#define HF__MOST_PROOFS 2048

typedef struct hf__proofs {
    int64_t *values; /* by cell, one table after the other */
    size_t n, next;
} hf__proofs;

/* For the cells and sums of `counts` as they are now; false without memory. */
bool hf__proofs_init(hf__proofs *proofs, const hf__counts *counts);
void hf__proofs_reset(hf__proofs *proofs);

/* Fills least and most, of all unknowns, or with `stop_early` until one of them
 * can't have what it needs. *is_wide: all have it. `proofs`, or NULL, are used
 * and added to. False without memory. */
bool hf__ranges(const hf__counts *counts, hf__unknown *unknowns, size_t n,
                bool stop_early, hf__proofs *proofs, bool *is_wide);

#endif
