/* What to withhold besides, so that one count can be another.
 *
 * A change of one cell by `by` must be made up for in every sum that it stands
 * in, by changes of other cells. Among all ways the cheapest is sought: the
 * least sum of cost times change, a linear programme over the sums, solved by
 * the dual simplex from the slack basis, which is optimal for no change at
 * all. */
#ifndef HOWFAR_REPORT_CHEAPEST_H
#define HOWFAR_REPORT_CHEAPEST_H

#include "report/counts.h"

/* What it costs to change a cell by one; INFINITY for what can't be. */
typedef struct hf__change_cost {
    double up, down;
} hf__change_cost;

/* Sets change[c] for each cell, change[cell] = by among them. *found is false
 * where there is no way. False without memory. */
bool hf__cheapest(const hf__counts *counts, size_t cell, int64_t by,
                  const hf__change_cost *costs, double *change, bool *found);

#endif
