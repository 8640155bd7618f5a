#include "report/counts.h"

#include <assert.h>
#include <math.h>

#include "base/memory.h"

void hf__counts_init(hf__counts *counts) {
    *counts = (hf__counts){0};
}

void hf__counts_reset(hf__counts *counts) {
    hf__free(counts->cells);
    hf__free(counts->terms);
    hf__counts_init(counts);
}

size_t hf__counts_add(hf__counts *counts, uint64_t value, double weight) {
    void *array = counts->cells;
    if (counts->failed ||
        !hf__reserve(&array, &counts->cells_capacity, counts->n_cells + 1,
                     sizeof *counts->cells)) {
        counts->failed = true;
        return 0;
    }
    counts->cells = array;
    counts->cells[counts->n_cells] =
        (hf__count){.value = (int64_t)value, .weight = weight};
    return counts->n_cells++;
}

static void add_term(hf__counts *counts, size_t cell, int sign) {
    void *array = counts->terms;
    if (counts->failed ||
        !hf__reserve(&array, &counts->terms_capacity, counts->n_terms + 1,
                     sizeof *counts->terms)) {
        counts->failed = true;
        return;
    }
    counts->terms = array;
    counts->terms[counts->n_terms++] = (hf__term){
        .sum = (uint32_t)counts->n_sums, .cell = (uint32_t)cell, .sign = sign};
}

void hf__counts_sum(hf__counts *counts, size_t total, const size_t *parts,
                    size_t n_parts) {
    int64_t rest = counts->failed ? 0 : counts->cells[total].value;
    add_term(counts, total, 1);
    for (size_t i = 0; i < n_parts && !counts->failed; i++) {
        rest -= counts->cells[parts[i]].value;
        add_term(counts, parts[i], -1);
    }
    assert(counts->failed || !rest);
    (void)rest;
    counts->n_sums++;
}

/* The value at a row and column of a table with totals in its last ones. */
static uint64_t value_at(const uint64_t *values, size_t rows, size_t columns,
                         size_t r, size_t c) {
    uint64_t sum = 0;
    for (size_t i = r == rows ? 0 : r; i < (r == rows ? rows : r + 1); i++) {
        for (size_t j = c == columns ? 0 : c;
             j < (c == columns ? columns : c + 1); j++) {
            sum += values[i * columns + j];
        }
    }
    return sum;
}

void hf__counts_table(hf__counts *counts, const uint64_t *values, size_t rows,
                      size_t columns, size_t *ids) {
    size_t wide = columns + 1;
    for (size_t r = 0; r <= rows; r++) {
        for (size_t c = 0; c <= columns; c++) {
            size_t *id = &ids[r * wide + c];
            if (*id == HF__NEW_CELL) {
                int totals = (r == rows) + (c == columns);
                *id = hf__counts_add(counts,
                                     value_at(values, rows, columns, r, c),
                                     totals == 0   ? HF__WEIGHT_CELL
                                     : totals == 1 ? HF__WEIGHT_TOTAL
                                                   : HF__WEIGHT_GRAND);
            }
        }
    }
    size_t longest = rows > columns ? rows : columns;
    size_t *parts = hf__calloc(longest, sizeof *parts);
    if (!parts) {
        counts->failed = true;
        return;
    }
    for (size_t r = 0; r <= rows; r++) {
        hf__counts_sum(counts, ids[r * wide + columns], &ids[r * wide],
                       columns);
    }
    for (size_t c = 0; c <= columns; c++) {
        for (size_t r = 0; r < rows; r++) {
            parts[r] = ids[r * wide + c];
        }
        hf__counts_sum(counts, ids[rows * wide + c], parts, rows);
    }
    hf__free(parts);
}

bool hf__can_withhold(const hf__counts *counts, const hf__count *cell) {
    return !cell->is_void && (cell->value || counts->zeros_too);
}

int64_t hf__least_of(const hf__counts *counts, const hf__count *cell) {
    int64_t least = counts->zeros_too ? 0 : 1;
    return cell->floor > least ? cell->floor : least;
}

double hf__cost_of(const hf__count *cell) {
    return cell->weight * (1 + log2(1 + (double)cell->value) / 32);
}
