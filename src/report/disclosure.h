/* Disclosure control: which counts a publication may show.
 *
 * Counts of 1 to the threshold are withheld (a true zero stays 0), and further
 * counts until nobody can work a withheld one out from what is shown. Two
 * readers are reckoned with, and the publication must stand against both:
 *
 *   any reader, who knows every published figure, every sum, and that what is
 *   withheld is at least 1. For each withheld count the published figures must
 *   allow at least threshold + 1 values, so that it isn't even certain to be a
 *   small one;
 *
 *   an insider, who knows besides which counts are withheld for being small
 *   (1 to the threshold) and which to protect others (above it). For each
 *   withheld count at least two values must remain. (At a threshold of 1 the
 *   rule itself tells an insider the count, so this reader is left out.)
 *
 * Where no choice of counts achieves that (five children, each the only one in
 * a category), the publication says that zeros are withheld as well
 * (counts.zeros_too): both readers have to reckon with a zero behind each small
 * count then, and zeros are withheld where that is needed.
 *
 * Rounding to a base is the alternative: each figure for itself, half up, so
 * that rounded figures need not add up. Figures from whose sums a count could
 * be worked out in spite of the rounding are withheld. */
#ifndef HOWFAR_REPORT_DISCLOSURE_H
#define HOWFAR_REPORT_DISCLOSURE_H

#include "howfar/context.h"
#include "report/counts.h"

/* Decides what is shown; 0 shows everything. Runs the auditor. HF_ERR_MEMORY;
 * HF_ERR_UNSUITABLE where even withholding everything would not do. */
HF_WARN_UNUSED hf_status hf__suppress(hf_context *ctx, hf__counts *counts,
                                      int64_t threshold);

/* Rounds every figure to `base`, at least 2. Runs the auditor. HF_ERR_MEMORY,
 * HF_ERR_UNSUITABLE. */
HF_WARN_UNUSED hf_status hf__round(hf_context *ctx, hf__counts *counts,
                                   int64_t base);

/* The auditor: judges what is shown now, however it was decided, and sets least
 * and most of each withheld cell to the range that any reader is left with.
 * HF_ERR_UNSUITABLE where a range is too narrow; HF_ERR_MEMORY. */
HF_WARN_UNUSED hf_status hf__audit(hf_context *ctx, hf__counts *counts,
                                   int64_t threshold);
HF_WARN_UNUSED hf_status hf__audit_rounded(hf_context *ctx, hf__counts *counts,
                                           int64_t base);

/* Half up: 12 to base 5 is 10, 13 is 15; 5 to base 10 is 10. */
int64_t hf__round_to_base(int64_t value, int64_t base);

#endif
