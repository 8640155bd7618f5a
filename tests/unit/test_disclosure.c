#include "report/disclosure.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

#define MOST_CELLS 64

/* The attacker of the tests: every table of whole numbers that fits what is
 * shown, by exhaustive search. Cells are taken in order; a sum is checked when
 * the last of its cells is set. */
typedef struct attacker {
    const hf__counts *counts;
    int64_t low[MOST_CELLS], high[MOST_CELLS];
    int64_t value[MOST_CELLS];
    int64_t least[MOST_CELLS], most[MOST_CELLS];
    uint64_t steps;
} attacker;

/* What is left of each cell after cells 0..c are set: by each sum in which c
 * is the last cell, exactly one value. */
static bool fixes(const attacker *a, size_t c, int64_t *only) {
    const hf__counts *counts = a->counts;
    bool is_fixed = false;
    for (size_t i = 0; i < counts->n_terms;) {
        size_t sum = counts->terms[i].sum, last = 0;
        int64_t rest = 0;
        int sign = 0;
        for (; i < counts->n_terms && counts->terms[i].sum == sum; i++) {
            const hf__term *term = &counts->terms[i];
            last = term->cell > last ? term->cell : last;
            if (term->cell == c) {
                sign = term->sign;
            } else {
                rest += term->sign * a->value[term->cell];
            }
        }
        if (last == c && sign) {
            int64_t needed = -sign * rest;
            if (is_fixed && needed != *only) {
                *only = -1; /* two sums ask for different values */
                return true;
            }
            *only = needed;
            is_fixed = true;
        }
    }
    return is_fixed;
}

static void attack_from(attacker *a, size_t c) {
    if (c == a->counts->n_cells) {
        for (size_t i = 0; i < c; i++) {
            a->least[i] = a->value[i] < a->least[i] ? a->value[i] : a->least[i];
            a->most[i] = a->value[i] > a->most[i] ? a->value[i] : a->most[i];
        }
        return;
    }
    a->steps++;
    int64_t only = 0;
    int64_t low = a->low[c], high = a->high[c];
    if (fixes(a, c, &only)) {
        low = only > low ? only : low;
        high = only < high ? only : high;
        if (only < 0) {
            return;
        }
    }
    for (int64_t v = low; v <= high; v++) {
        a->value[c] = v;
        attack_from(a, c + 1);
    }
}

#define FAR 7 /* how far above the truth the search goes */

static void attack(attacker *a, const hf__counts *counts, int64_t threshold,
                   bool is_insider) {
    *a = (attacker){.counts = counts};
    int64_t least = counts->zeros_too ? 0 : 1;
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        bool is_small = cell->value <= threshold;
        if (cell->shown == HF__SHOWN) {
            a->low[c] = a->high[c] = cell->value;
        } else if (!is_insider) {
            a->low[c] = least;
            a->high[c] = cell->value + FAR;
        } else {
            a->low[c] = is_small ? least : threshold + 1;
            a->high[c] = is_small ? threshold : cell->value + FAR;
        }
        a->least[c] = INT64_MAX;
        a->most[c] = -1;
    }
    attack_from(a, 0);
}

/* Counts as they are met: mostly small, many zeros. */
static uint64_t random_count(void) {
    switch (check_random() % 4) {
        case 0:
            return 0;
        case 1:
            return check_random() % 4;
        case 2:
            return check_random() % 8;
        default:
            return check_random() % 12;
    }
}

static void random_table(hf__counts *counts, size_t rows, size_t columns) {
    uint64_t values[16];
    size_t ids[25];
    for (size_t i = 0; i < rows * columns; i++) {
        values[i] = random_count();
    }
    for (size_t i = 0; i < (rows + 1) * (columns + 1); i++) {
        ids[i] = HF__NEW_CELL;
    }
    hf__counts_table(counts, values, rows, columns, ids);
}

static size_t count_shown(const hf__counts *counts, hf__shown shown) {
    size_t n = 0;
    for (size_t c = 0; c < counts->n_cells; c++) {
        n += counts->cells[c].shown == shown;
    }
    return n;
}

/* What must hold of every outcome. */
static void check_outcome(const hf__counts *counts, int64_t threshold) {
    attacker a;
    attack(&a, counts, threshold, false);
    bool is_whole = true; /* the search met no limit of its own */
    for (size_t c = 0; c < counts->n_cells; c++) {
        is_whole &= counts->cells[c].shown == HF__SHOWN ||
                    a.most[c] < counts->cells[c].value + FAR;
    }
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        if (cell->shown == HF__SHOWN) {
            assert_true(cell->value == 0 || cell->value > threshold);
            continue;
        }
        if (is_whole) { /* the auditor claims what there is */
            assert_int_equal(cell->least, a.least[c]);
            assert_int_equal(cell->most, a.most[c]);
        }
        assert_true(a.most[c] - a.least[c] >= threshold);
    }
    if (threshold > 1 && count_shown(counts, HF__SHOWN)) {
        attack(&a, counts, threshold, true);
        for (size_t c = 0; c < counts->n_cells; c++) {
            if (counts->cells[c].shown != HF__SHOWN) {
                assert_true(a.most[c] - a.least[c] >= 1);
            }
        }
    }
}

/* Destinations by reason beside destinations by band: the tables share their
 * row totals. */
static void random_linked_tables(hf__counts *counts) {
    uint64_t values[4], other[4];
    size_t ids[9], other_ids[9];
    for (size_t i = 0; i < 9; i++) {
        ids[i] = other_ids[i] = HF__NEW_CELL;
    }
    for (size_t r = 0; r < 2; r++) {
        for (size_t c = 0; c < 2; c++) {
            values[r * 2 + c] = random_count();
        }
        uint64_t total = values[r * 2] + values[r * 2 + 1];
        other[r * 2] = total ? check_random() % (total + 1) : 0;
        other[r * 2 + 1] = total - other[r * 2];
    }
    hf__counts_table(counts, values, 2, 2, ids);
    for (size_t r = 0; r < 3; r++) {
        other_ids[r * 3 + 2] = ids[r * 3 + 2];
    }
    hf__counts_table(counts, other, 2, 2, other_ids);
}

/* A list with totals of groups: a tree of sums. */
static void random_tree(hf__counts *counts) {
    size_t groups[3];
    uint64_t total = 0;
    size_t n_groups = 2 + check_random() % 2;
    for (size_t g = 0; g < n_groups; g++) {
        size_t parts[3];
        uint64_t sum = 0;
        size_t n = 1 + check_random() % 3;
        for (size_t i = 0; i < n; i++) {
            uint64_t value = random_count();
            parts[i] = hf__counts_add(counts, value, HF__WEIGHT_CELL);
            sum += value;
        }
        groups[g] = hf__counts_add(counts, sum, HF__WEIGHT_TOTAL);
        hf__counts_sum(counts, groups[g], parts, n);
        total += sum;
    }
    size_t grand = hf__counts_add(counts, total, HF__WEIGHT_GRAND);
    hf__counts_sum(counts, grand, groups, n_groups);
}

static void random_small_table(hf__counts *counts) {
    size_t rows = 1 + check_random() % 3;
    random_table(counts, rows, 1 + check_random() % 2);
}

static void suppress_many(void (*make)(hf__counts *counts), int n) {
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    for (int i = 0; i < n; i++) {
        hf__counts counts;
        hf__counts_init(&counts);
        int64_t threshold = 1 + (int64_t)(check_random() % 5);
        make(&counts);
        assert_ok(ctx, hf__suppress(ctx, &counts, threshold));
        check_outcome(&counts, threshold);
        hf__counts_reset(&counts);
    }
    hf_context_free(ctx);
}

static void no_cell_of_a_random_table_can_be_worked_out(void **state) {
    (void)state;
    suppress_many(random_small_table, 3000);
}

static void no_cell_of_linked_tables_can_be_worked_out(void **state) {
    (void)state;
    suppress_many(random_linked_tables, 1000);
}

static void no_cell_of_a_tree_of_sums_can_be_worked_out(void **state) {
    (void)state;
    suppress_many(random_tree, 1500);
}

static void table_of(hf__counts *counts, const uint64_t *values, size_t rows,
                     size_t columns, size_t *ids) {
    hf__counts_init(counts);
    for (size_t i = 0; i < (rows + 1) * (columns + 1); i++) {
        ids[i] = HF__NEW_CELL;
    }
    hf__counts_table(counts, values, rows, columns, ids);
}

static void one_small_count_takes_three_others_with_it(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf__counts counts;
    size_t ids[16];
    const uint64_t values[] = {20, 50, 10, 8, 19, 22, 17, 32, 3};
    table_of(&counts, values, 3, 3, ids);
    assert_ok(ctx, hf__suppress(ctx, &counts, 5));
    assert_int_equal(count_shown(&counts, HF__HELD_SMALL), 1);
    assert_int_equal(count_shown(&counts, HF__HELD_FURTHER), 3);
    for (size_t i = 0; i < 4; i++) { /* no total is among them */
        assert_int_equal(counts.cells[ids[i * 4 + 3]].shown, HF__SHOWN);
        assert_int_equal(counts.cells[ids[12 + i]].shown, HF__SHOWN);
    }
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

static void zeros_stay_and_nothing_is_withheld_without_need(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf__counts counts;
    size_t ids[9];
    const uint64_t values[] = {0, 6, 7, 0};
    table_of(&counts, values, 2, 2, ids);
    assert_ok(ctx, hf__suppress(ctx, &counts, 5));
    assert_int_equal(count_shown(&counts, HF__SHOWN), 9);
    assert_ok(ctx, hf__suppress(ctx, &counts, 6));
    assert_int_equal(counts.cells[ids[0]].shown, HF__SHOWN);
    assert_int_equal(counts.cells[ids[1]].shown, HF__HELD_SMALL);
    assert_ok(ctx, hf__suppress(ctx, &counts, 0));
    assert_int_equal(count_shown(&counts, HF__SHOWN), 9);
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

static void the_auditor_refuses_what_can_be_worked_out(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf__counts counts;
    size_t ids[9];
    /* 3 of 23: by subtraction. */
    const uint64_t values[] = {3, 20, 30, 40};
    table_of(&counts, values, 2, 2, ids);
    counts.cells[ids[0]].shown = HF__HELD_SMALL;
    assert_status(ctx, hf__audit(ctx, &counts, 5), HF_ERR_UNSUITABLE);
    assert_int_equal(counts.cells[ids[0]].least, 3);
    assert_int_equal(counts.cells[ids[0]].most, 3);
    /* Two cells of one row: their columns still tell. */
    counts.cells[ids[1]].shown = HF__HELD_FURTHER;
    assert_status(ctx, hf__audit(ctx, &counts, 5), HF_ERR_UNSUITABLE);
    /* With the other row it is a square: 3 can be 1 to 22. */
    counts.cells[ids[3]].shown = HF__HELD_FURTHER;
    counts.cells[ids[4]].shown = HF__HELD_FURTHER;
    assert_ok(ctx, hf__audit(ctx, &counts, 5));
    assert_int_equal(counts.cells[ids[0]].least, 1);
    assert_int_equal(counts.cells[ids[0]].most, 22);
    hf__counts_reset(&counts);
    /* Two counts of 1 in a shown total of 2 can be nothing else. */
    const uint64_t ones[] = {1, 1, 0, 9, 9, 9};
    size_t more[12];
    table_of(&counts, ones, 2, 3, more);
    counts.cells[more[0]].shown = HF__HELD_SMALL;
    counts.cells[more[1]].shown = HF__HELD_SMALL;
    counts.cells[more[4]].shown = HF__HELD_FURTHER;
    counts.cells[more[5]].shown = HF__HELD_FURTHER;
    assert_status(ctx, hf__audit(ctx, &counts, 5), HF_ERR_UNSUITABLE);
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

static void an_insider_is_reckoned_with(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf__counts counts;
    hf__counts_init(&counts);
    /* 1 + 6 = 7: any reader is left with 1 to 6; who knows which of them is
     * the small one knows both, for the other is at least 6. */
    size_t parts[3] = {hf__counts_add(&counts, 1, HF__WEIGHT_CELL),
                       hf__counts_add(&counts, 6, HF__WEIGHT_CELL),
                       hf__counts_add(&counts, 40, HF__WEIGHT_CELL)};
    size_t total = hf__counts_add(&counts, 47, HF__WEIGHT_TOTAL);
    hf__counts_sum(&counts, total, parts, 3);
    counts.cells[parts[0]].shown = HF__HELD_SMALL;
    counts.cells[parts[1]].shown = HF__HELD_FURTHER;
    assert_status(ctx, hf__audit(ctx, &counts, 5), HF_ERR_UNSUITABLE);
    assert_int_equal(counts.cells[parts[0]].most, 6);
    assert_ok(ctx, hf__suppress(ctx, &counts, 5));
    assert_int_equal(counts.cells[parts[2]].shown, HF__HELD_FURTHER);
    assert_int_equal(counts.cells[total].shown, HF__SHOWN);
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

static void five_lone_children_hide_behind_zeros(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf__counts counts;
    size_t ids[3 * 7];
    const uint64_t values[] = {1, 1, 1, 1, 1, 0, 30, 40, 50, 60, 70, 80};
    table_of(&counts, values, 2, 6, ids);
    assert_ok(ctx, hf__suppress(ctx, &counts, 5));
    assert_true(counts.zeros_too);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(counts.cells[ids[i]].shown, HF__HELD_SMALL);
        assert_int_equal(counts.cells[ids[i]].least, 0);
    }
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

static void rounding_goes_half_up(void **state) {
    (void)state;
    static const struct {
        int64_t value, base, rounded;
    } cases[] = {
        {0, 5, 0},   {2, 5, 0},      {3, 5, 5},      {7, 5, 5},    {8, 5, 10},
        {5, 10, 10}, {4, 10, 0},     {15, 10, 20},   {25, 10, 30}, {1, 3, 0},
        {2, 3, 3},   {934, 10, 930}, {935, 10, 940}, {1, 2, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(hf__round_to_base(cases[i].value, cases[i].base),
                         cases[i].rounded);
    }
}

/* The same search as above over what rounding leaves open. */
static void check_rounded(const hf__counts *counts, int64_t base) {
    attacker a = {.counts = counts};
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        a.low[c] = 0;
        a.high[c] = cell->value + FAR;
        if (cell->shown == HF__SHOWN_ROUNDED) {
            while (hf__round_to_base(a.low[c], base) != cell->rounded) {
                a.low[c]++;
            }
            a.high[c] = a.low[c];
            while (hf__round_to_base(a.high[c] + 1, base) == cell->rounded) {
                a.high[c]++;
            }
        }
        a.least[c] = INT64_MAX;
        a.most[c] = -1;
    }
    attack_from(&a, 0);
    for (size_t c = 0; c < counts->n_cells; c++) {
        assert_true(a.most[c] - a.least[c] >= 1);
    }
}

static void no_rounded_cell_can_be_worked_out(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    for (int i = 0; i < 300; i++) {
        hf__counts counts;
        hf__counts_init(&counts);
        int64_t base = 2 + (int64_t)(check_random() % 4);
        random_table(&counts, 1 + check_random() % 3, 2);
        assert_ok(ctx, hf__round(ctx, &counts, base));
        assert_ok(ctx, hf__audit_rounded(ctx, &counts, base));
        check_rounded(&counts, base);
        hf__counts_reset(&counts);
    }
    /* 2 + 2 + 2 + 2 = 8, to 5: four 0s whose total of 10 tells all. */
    hf__counts counts;
    hf__counts_init(&counts);
    size_t parts[4];
    for (size_t i = 0; i < 4; i++) {
        parts[i] = hf__counts_add(&counts, 2, HF__WEIGHT_CELL);
    }
    size_t total = hf__counts_add(&counts, 8, HF__WEIGHT_TOTAL);
    hf__counts_sum(&counts, total, parts, 4);
    assert_ok(ctx, hf__round(ctx, &counts, 5));
    assert_int_equal(counts.cells[total].shown, HF__HELD_FURTHER);
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

/* As large as reports get: every authority by reason and by band. */
static void large_linked_tables_are_done_in_a_moment(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    enum { rows = 150, columns = 5, bands = 6 };
    uint64_t values[rows * columns], other[rows * bands] = {0};
    size_t ids[(rows + 1) * (columns + 1)], others[(rows + 1) * (bands + 1)];
    for (size_t r = 0; r < rows; r++) {
        size_t total = 0;
        for (size_t c = 0; c < columns; c++) {
            uint64_t most = check_random() % 6 ? 4 : 60;
            values[r * columns + c] =
                check_random() % 3 ? 0 : check_random() % most;
            total += values[r * columns + c];
        }
        while (total--) {
            other[r * bands + check_random() % 2 + r % 5]++;
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        others[i] = HF__NEW_CELL;
    }
    hf__counts counts;
    table_of(&counts, values, rows, columns, ids);
    for (size_t r = 0; r <= rows; r++) {
        others[r * (bands + 1) + bands] = ids[r * (columns + 1) + columns];
    }
    hf__counts_table(&counts, other, rows, bands, others);
    assert_ok(ctx, hf__suppress(ctx, &counts, 5));
    assert_ok(ctx, hf__audit(ctx, &counts, 5));
    print_message("%zu cells: %zu small, %zu further\n", counts.n_cells,
                  count_shown(&counts, HF__HELD_SMALL),
                  count_shown(&counts, HF__HELD_FURTHER));
    hf__counts_reset(&counts);
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cell_of_a_random_table_can_be_worked_out),
        cmocka_unit_test(no_cell_of_linked_tables_can_be_worked_out),
        cmocka_unit_test(no_cell_of_a_tree_of_sums_can_be_worked_out),
        cmocka_unit_test(one_small_count_takes_three_others_with_it),
        cmocka_unit_test(zeros_stay_and_nothing_is_withheld_without_need),
        cmocka_unit_test(the_auditor_refuses_what_can_be_worked_out),
        cmocka_unit_test(an_insider_is_reckoned_with),
        cmocka_unit_test(five_lone_children_hide_behind_zeros),
        cmocka_unit_test(rounding_goes_half_up),
        cmocka_unit_test(no_rounded_cell_can_be_worked_out),
        cmocka_unit_test(large_linked_tables_are_done_in_a_moment),
    };
    return run_tests(tests);
}
