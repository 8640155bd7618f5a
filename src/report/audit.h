/* The two readers that a publication must stand against, as bounds on what is
 * withheld; see disclosure.h. */
#ifndef HOWFAR_REPORT_AUDIT_H
#define HOWFAR_REPORT_AUDIT_H

#include "howfar/context.h"
#include "report/ranges.h"

typedef enum hf__reader { HF__ANY_READER = 0, HF__INSIDER = 1 } hf__reader;
#define HF__READERS 2

/* Fills one unknown per withheld cell; returns their number. There is room for
 * n_cells. */
size_t hf__unknowns_of(const hf__counts *counts, int64_t threshold,
                       hf__reader reader, hf__unknown *unknowns);

/* The same for rounded figures: all of them, and what is withheld. */
size_t hf__unknowns_of_rounded(const hf__counts *counts, int64_t base,
                               hf__unknown *unknowns);

/* Whether every withheld cell is safe from both readers. `unknowns` is scratch
 * with room for n_cells; `proofs` are those of each reader, or NULL. False
 * without memory. */
bool hf__is_safe(const hf__counts *counts, int64_t threshold,
                 hf__unknown *unknowns, hf__proofs *proofs, bool *is_safe);

/* Notes in the cells what the unknowns turned out to allow. */
void hf__keep_ranges(hf__counts *counts, const hf__unknown *unknowns, size_t n);

/* Fails with HF_ERR_UNSUITABLE. */
hf_status hf__too_narrow(hf_context *ctx);

#endif
