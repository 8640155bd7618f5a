/* Rounding, the alternative to withholding. */
#include <assert.h>

#include "base/context.h"
#include "base/memory.h"
#include "report/audit.h"
#include "report/disclosure.h"

int64_t hf__round_to_base(int64_t value, int64_t base) {
    return (value + base / 2) / base * base;
}

/* Audits rounded figures; *narrow is the first cell that could be worked out,
 * or n_cells. */
static bool find_narrow(hf__counts *counts, int64_t base, hf__unknown *unknowns,
                        size_t *narrow) {
    size_t n = hf__unknowns_of_rounded(counts, base, unknowns);
    bool is_wide;
    if (!hf__ranges(counts, unknowns, n, false, NULL, &is_wide)) {
        return false;
    }
    hf__keep_ranges(counts, unknowns, n);
    *narrow = n;
    for (size_t i = n; i-- > 0;) {
        if (unknowns[i].most - unknowns[i].least < unknowns[i].need) {
            *narrow = i;
        }
    }
    return true;
}

/* Whether `other` is a better figure than `best` to withhold for a rounded
 * cell: a total before a part, then the cheaper. */
static bool is_better(const hf__count *other, int sign, const hf__count *best,
                      int best_sign) {
    return other->shown == HF__SHOWN_ROUNDED && !other->is_void &&
           (!best || sign > best_sign ||
            (sign == best_sign && hf__cost_of(other) < hf__cost_of(best)));
}

/* A rounded figure in one of the sums of `cell`, or else in any; NULL where all
 * are withheld. */
static hf__count *rounded_beside(hf__counts *counts, size_t cell) {
    hf__count *best = NULL, *best_anywhere = NULL;
    int sign = 0, sign_anywhere = 0;
    for (size_t i = 0; i < counts->n_terms;) {
        size_t from = i, sum = counts->terms[i].sum;
        bool is_beside = false;
        for (; i < counts->n_terms && counts->terms[i].sum == sum; i++) {
            is_beside |= counts->terms[i].cell == cell;
        }
        for (size_t k = from; k < i; k++) {
            const hf__term *term = &counts->terms[k];
            hf__count *other = &counts->cells[term->cell];
            if (is_beside && term->cell != cell &&
                is_better(other, term->sign, best, sign)) {
                best = other;
                sign = term->sign;
            }
            if (is_better(other, term->sign, best_anywhere, sign_anywhere)) {
                best_anywhere = other;
                sign_anywhere = term->sign;
            }
        }
    }
    return best ? best : best_anywhere;
}

/* A figure that leaves one count by itself: a destination that is named, so has
 * somebody, and rounds to 0 where only 1 does. */
static void withhold_telling(hf__counts *counts, int64_t base,
                             hf__unknown *unknowns) {
    size_t n = hf__unknowns_of_rounded(counts, base, unknowns);
    for (size_t c = 0; c < n; c++) {
        if (unknowns[c].high - unknowns[c].low < unknowns[c].need) {
            counts->cells[c].shown = HF__HELD_FURTHER;
        }
    }
}

hf_status hf__round(hf_context *ctx, hf__counts *counts, int64_t base) {
    assert(base >= 2);
    hf__unknown *unknowns = hf__calloc(counts->n_cells, sizeof *unknowns);
    bool is_done = unknowns && !counts->failed;
    for (size_t c = 0; c < counts->n_cells && is_done; c++) {
        hf__count *cell = &counts->cells[c];
        cell->shown = HF__SHOWN_ROUNDED;
        cell->rounded = hf__round_to_base(cell->value, base);
    }
    if (is_done) {
        withhold_telling(counts, base, unknowns);
    }
    size_t narrow = 0;
    while (is_done) {
        is_done = find_narrow(counts, base, unknowns, &narrow);
        if (!is_done || narrow == counts->n_cells) {
            break;
        }
        hf__count *other = rounded_beside(counts, narrow);
        if (!other) {
            break;
        }
        other->shown = HF__HELD_FURTHER;
    }
    hf__free(unknowns);
    if (!is_done) {
        return hf__fail_memory(ctx);
    }
    return narrow == counts->n_cells ? HF_OK : hf__too_narrow(ctx);
}

hf_status hf__audit_rounded(hf_context *ctx, hf__counts *counts, int64_t base) {
    hf__unknown *unknowns = hf__calloc(counts->n_cells, sizeof *unknowns);
    size_t narrow = 0;
    bool is_done = unknowns && !counts->failed &&
                   find_narrow(counts, base, unknowns, &narrow);
    hf__free(unknowns);
    if (!is_done) {
        return hf__fail_memory(ctx);
    }
    return narrow == counts->n_cells ? HF_OK : hf__too_narrow(ctx);
}
