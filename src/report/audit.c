#include "report/audit.h"

#include "base/context.h"

static bool is_withheld(const hf__count *cell) {
    return cell->shown == HF__HELD_SMALL || cell->shown == HF__HELD_FURTHER;
}

size_t hf__unknowns_of(const hf__counts *counts, int64_t threshold,
                       hf__reader reader, hf__unknown *unknowns) {
    size_t n = 0;
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        if (!is_withheld(cell)) {
            continue;
        }
        int64_t least = hf__least_of(counts, cell);
        hf__unknown *u = &unknowns[n++];
        *u = (hf__unknown){
            .cell = c, .low = least, .high = HF__NO_LIMIT, .need = threshold};
        if (reader == HF__INSIDER) {
            bool is_small = cell->value <= threshold;
            u->low = is_small ? least : threshold + 1;
            u->high = is_small ? threshold : HF__NO_LIMIT;
            u->need = 1;
        }
    }
    return n;
}

size_t hf__unknowns_of_rounded(const hf__counts *counts, int64_t base,
                               hf__unknown *unknowns) {
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        unknowns[c] = (hf__unknown){
            .cell = c, .low = cell->floor, .high = HF__NO_LIMIT, .need = 1};
        if (cell->is_void) {
            unknowns[c].high = unknowns[c].need = 0;
        } else if (!is_withheld(cell)) {
            /* Half up: 2x + base lies in [2r, 2r + 2 base). */
            int64_t low = cell->rounded - base / 2;
            unknowns[c].low = low < cell->floor ? cell->floor : low;
            unknowns[c].high = cell->rounded + (base + 1) / 2 - 1;
        }
    }
    return counts->n_cells;
}

/* A publication without a figure gives nothing away, and no reader knows which
 * of its cells are small. */
static bool shows_nothing(const hf__counts *counts) {
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        if (!is_withheld(cell) && !cell->is_void) {
            return false;
        }
    }
    return true;
}

/* A sum with one withheld cell gives it away: no need to look further. */
static bool has_lone_cell(const hf__counts *counts) {
    for (size_t i = 0; i < counts->n_terms;) {
        size_t sum = counts->terms[i].sum;
        size_t n = 0;
        for (; i < counts->n_terms && counts->terms[i].sum == sum; i++) {
            n += is_withheld(&counts->cells[counts->terms[i].cell]);
        }
        if (n == 1) {
            return true;
        }
    }
    return false;
}

bool hf__is_safe(const hf__counts *counts, int64_t threshold,
                 hf__unknown *unknowns, hf__proofs *proofs, bool *is_safe) {
    bool is_empty = shows_nothing(counts);
    if (is_empty || has_lone_cell(counts)) {
        *is_safe = is_empty;
        return true;
    }
    size_t n = hf__unknowns_of(counts, threshold, HF__ANY_READER, unknowns);
    bool is_wide;
    if (!hf__ranges(counts, unknowns, n, true,
                    proofs ? &proofs[HF__ANY_READER] : NULL, &is_wide)) {
        return false;
    }
    if (is_wide && threshold > 1) {
        n = hf__unknowns_of(counts, threshold, HF__INSIDER, unknowns);
        if (!hf__ranges(counts, unknowns, n, true,
                        proofs ? &proofs[HF__INSIDER] : NULL, &is_wide)) {
            return false;
        }
    }
    *is_safe = is_wide;
    return true;
}

void hf__keep_ranges(hf__counts *counts, const hf__unknown *unknowns,
                     size_t n) {
    for (size_t i = 0; i < n; i++) {
        counts->cells[unknowns[i].cell].least = unknowns[i].least;
        counts->cells[unknowns[i].cell].most = unknowns[i].most;
    }
}

hf_status hf__too_narrow(hf_context *ctx) {
    return hf__fail(ctx, HF_ERR_UNSUITABLE,
                    "a withheld count could be worked out from the others: "
                    "group more coarsely, or round instead");
}
