#include "report/disclosure.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/context.h"
#include "base/memory.h"
#include "report/audit.h"
#include "report/cheapest.h"

/* Below this many candidates every choice is looked at. */
#define MOST_TO_TRY_ALL 10

typedef struct search {
    hf__counts *counts;
    int64_t threshold;
    hf__unknown *unknowns;
    hf__change_cost *costs;
    double *change;
    double *other_change;
    hf__proofs proofs[HF__READERS];
} search;

/* A cell that has room for a part of the step costs more, or is ruled out where
 * one cell must take it all (`whole`). */
static double price_of(double cost, int64_t room, int64_t step, bool whole) {
    if (room <= 0 || (whole && room < step)) {
        return INFINITY;
    }
    return room < step ? cost * (double)step / (double)room : cost;
}

/* What it costs to change a cell by one when `step` are asked for: little for
 * what is withheld already; nothing goes beyond what the reader knows. */
static hf__change_cost cost_for(const search *s, const hf__count *cell,
                                hf__reader reader, int64_t step, bool whole) {
    bool is_shown = cell->shown == HF__SHOWN;
    double cost = hf__cost_of(cell) * (is_shown ? 1 : 1e-3);
    hf__change_cost result = {INFINITY, INFINITY};
    if (is_shown && !hf__can_withhold(s->counts, cell)) {
        return result;
    }
    int64_t low = hf__least_of(s->counts, cell);
    int64_t high = HF__NO_LIMIT;
    if (reader == HF__INSIDER) {
        bool is_small = cell->value <= s->threshold;
        low = is_small ? low : s->threshold + 1;
        high = is_small ? s->threshold : high;
    }
    result.down = price_of(cost, cell->value - low, step, whole);
    result.up = price_of(cost, high - cell->value, step, whole);
    return result;
}

static double price(const search *s, const double *change) {
    double sum = 0;
    for (size_t c = 0; c < s->counts->n_cells; c++) {
        if (fabs(change[c]) > 1e-6 && s->counts->cells[c].shown == HF__SHOWN) {
            sum += hf__cost_of(&s->counts->cells[c]);
        }
    }
    return sum;
}

static size_t withhold(search *s, const double *change) {
    size_t n = 0;
    for (size_t c = 0; c < s->counts->n_cells; c++) {
        hf__count *cell = &s->counts->cells[c];
        if (fabs(change[c]) > 1e-6 && cell->shown == HF__SHOWN) {
            cell->shown = HF__HELD_FURTHER;
            n++;
        }
    }
    return n;
}

/* The cheapest shown neighbour in a sum: for what the linear programme takes
 * for safe and the auditor does not. */
static size_t withhold_neighbour(search *s, size_t cell) {
    hf__counts *counts = s->counts;
    hf__count *best = NULL;
    for (size_t i = 0; i < counts->n_terms; i++) {
        if (counts->terms[i].cell != cell) {
            continue;
        }
        for (size_t k = 0; k < counts->n_terms; k++) {
            hf__count *other = &counts->cells[counts->terms[k].cell];
            if (counts->terms[k].sum == counts->terms[i].sum &&
                other->shown == HF__SHOWN && hf__can_withhold(counts, other) &&
                (!best || hf__cost_of(other) < hf__cost_of(best))) {
                best = other;
            }
        }
    }
    if (best) {
        best->shown = HF__HELD_FURTHER;
    }
    return best != NULL;
}

/* Withholds what lets unknown `u` change as much as it still needs, up or
 * down, whichever is cheaper. *n is how many; 0: there is no way. */
static bool grow_by(search *s, const hf__unknown *u, hf__reader reader,
                    bool whole, size_t *n) {
    hf__counts *counts = s->counts;
    int64_t value = counts->cells[u->cell].value;
    int64_t step = u->need - (u->most - u->least);
    double *ways[2] = {s->change, s->other_change};
    bool found[2] = {false, false};
    for (int way = 0; way < 2; way++) {
        /* Beyond what is proven: up from the most, down from the least. */
        int64_t far = way ? value - u->least + step : u->most - value + step;
        int64_t by = way ? -far : far;
        if (value + by < u->low || value + by > u->high) {
            continue;
        }
        for (size_t c = 0; c < counts->n_cells; c++) {
            s->costs[c] = cost_for(s, &counts->cells[c], reader, far, whole);
        }
        if (!hf__cheapest(counts, u->cell, by, s->costs, ways[way],
                          &found[way])) {
            return false;
        }
    }
    int best = !found[0] || (found[1] && price(s, ways[1]) < price(s, ways[0]));
    *n = found[best] ? withhold(s, ways[best]) : 0;
    return true;
}

/* First so that several cells may share the change; where that asks for
 * nothing new, and yet the range is narrow, in whole steps. */
static bool grow(search *s, const hf__unknown *u, hf__reader reader,
                 size_t *n) {
    if (!grow_by(s, u, reader, false, n) ||
        (!*n && !grow_by(s, u, reader, true, n))) {
        return false;
    }
    if (!*n) {
        *n = withhold_neighbour(s, u->cell);
    }
    return true;
}

/* One round: each cell that `reader` could work out gets company. *n is the
 * number of cells withheld; *is_wide: none could. */
static bool grow_all(search *s, hf__reader reader, size_t *n, bool *is_wide) {
    size_t n_unknowns =
        hf__unknowns_of(s->counts, s->threshold, reader, s->unknowns);
    *n = 0;
    if (!hf__ranges(s->counts, s->unknowns, n_unknowns, false,
                    &s->proofs[reader], is_wide)) {
        return false;
    }
    for (size_t i = 0; i < n_unknowns; i++) {
        const hf__unknown *u = &s->unknowns[i];
        size_t more = 0;
        if (u->most - u->least < u->need && !grow(s, u, reader, &more)) {
            return false;
        }
        *n += more;
    }
    return true;
}

/* Withholds until both readers are kept out. *is_safe is false where nothing
 * more can be withheld. */
static bool grow_until_safe(search *s, bool *is_safe) {
    for (;;) {
        size_t n, n_inside = 0;
        bool is_wide, is_wide_inside = true;
        if (!grow_all(s, HF__ANY_READER, &n, &is_wide)) {
            return false;
        }
        if (!n && s->threshold > 1 &&
            !grow_all(s, HF__INSIDER, &n_inside, &is_wide_inside)) {
            return false;
        }
        if (!n && !n_inside) {
            *is_safe = is_wide && is_wide_inside;
            return true;
        }
    }
}

static void withhold_small(search *s) {
    for (size_t c = 0; c < s->counts->n_cells; c++) {
        hf__count *cell = &s->counts->cells[c];
        cell->shown = cell->value > 0 && cell->value <= s->threshold
                          ? HF__HELD_SMALL
                          : HF__SHOWN;
    }
}

static void withhold_everything(search *s) {
    for (size_t c = 0; c < s->counts->n_cells; c++) {
        hf__count *cell = &s->counts->cells[c];
        if (cell->shown == HF__SHOWN && hf__can_withhold(s->counts, cell)) {
            cell->shown = HF__HELD_FURTHER;
        }
    }
}

typedef struct candidate {
    double cost;
    size_t what;
} candidate;

static int by_cost(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->cost != y->cost) {
        return x->cost < y->cost ? -1 : 1;
    }
    return x->what < y->what ? -1 : x->what > y->what;
}

/* The first cell that is alone withheld in some sum, or NULL. */
static hf__count *find_lone(hf__counts *counts) {
    for (size_t i = 0; i < counts->n_terms;) {
        size_t sum = counts->terms[i].sum, n = 0;
        hf__count *lone = NULL;
        for (; i < counts->n_terms && counts->terms[i].sum == sum; i++) {
            hf__count *cell = &counts->cells[counts->terms[i].cell];
            if (cell->shown != HF__SHOWN) {
                lone = cell;
                n++;
            }
        }
        if (n == 1) {
            return lone;
        }
    }
    return NULL;
}

/* Shows cells, and with them those that they would leave alone in a sum, unless
 * that is unsafe. `shown` is scratch. */
static bool try_to_show(search *s, const candidate *cells, size_t n_cells,
                        hf__count **shown, bool *is_safe) {
    size_t n = 0;
    bool is_done = true;
    for (size_t i = 0; i < n_cells; i++) {
        hf__count *cell = &s->counts->cells[cells[i].what];
        if (cell->shown == HF__HELD_FURTHER) {
            cell->shown = HF__SHOWN;
            shown[n++] = cell;
        }
    }
    *is_safe = true;
    for (hf__count *cell; n && *is_safe && (cell = find_lone(s->counts));) {
        *is_safe = cell->shown == HF__HELD_FURTHER;
        if (*is_safe) {
            cell->shown = HF__SHOWN;
            shown[n++] = cell;
        }
    }
    if (n && *is_safe) {
        is_done = hf__is_safe(s->counts, s->threshold, s->unknowns, s->proofs,
                              is_safe);
    }
    while (n && !(is_done && *is_safe)) {
        shown[--n]->shown = HF__HELD_FURTHER;
    }
    return is_done;
}

/* Shows again, the dearest first, what is not needed after all: more and more
 * at once as long as that is safe, as each look at all ranges takes its time.
 */
static bool show_what_can_be(search *s) {
    hf__counts *counts = s->counts;
    candidate *order = hf__calloc(counts->n_cells, sizeof *order);
    hf__count **shown = hf__calloc(counts->n_cells, sizeof *shown);
    size_t n = 0;
    bool is_done = order && shown;
    for (size_t c = 0; c < counts->n_cells && is_done; c++) {
        if (counts->cells[c].shown == HF__HELD_FURTHER) {
            order[n++] = (candidate){-hf__cost_of(&counts->cells[c]), c};
        }
    }
    if (is_done) {
        qsort(order, n, sizeof *order, by_cost);
    }
    for (size_t i = 0, step = 1; i < n && is_done;) {
        bool is_safe;
        step = step < n - i ? step : n - i;
        is_done = try_to_show(s, order + i, step, shown, &is_safe);
        i += is_safe || step == 1 ? step : 0;
        step = is_safe ? 2 * step : step > 1 ? step / 2 : 1;
    }
    hf__free(order);
    hf__free(shown);
    return is_done;
}

static void choose(search *s, const size_t *cells, size_t n, size_t mask) {
    for (size_t i = 0; i < n; i++) {
        s->counts->cells[cells[i]].shown =
            mask >> i & 1 ? HF__HELD_FURTHER : HF__SHOWN;
    }
}

/* Small tables: the cheapest of all choices that are safe, if it is cheaper
 * than the present one. */
static bool try_all(search *s) {
    hf__counts *counts = s->counts;
    size_t cells[MOST_TO_TRY_ALL];
    size_t n = 0, now = 0;
    for (size_t c = 0; c < counts->n_cells; c++) {
        const hf__count *cell = &counts->cells[c];
        if (cell->shown == HF__HELD_SMALL || !hf__can_withhold(counts, cell)) {
            continue;
        }
        if (n == MOST_TO_TRY_ALL) {
            return true;
        }
        now |= (size_t)(cell->shown == HF__HELD_FURTHER) << n;
        cells[n++] = c;
    }
    size_t n_choices = (size_t)1 << n;
    candidate *choices = hf__calloc(n_choices, sizeof *choices);
    if (!choices) {
        return false;
    }
    for (size_t mask = 0; mask < n_choices; mask++) {
        choices[mask].what = mask;
        for (size_t i = 0; i < n; i++) {
            choices[mask].cost +=
                mask >> i & 1 ? hf__cost_of(&counts->cells[cells[i]]) : 0;
        }
    }
    qsort(choices, n_choices, sizeof *choices, by_cost);
    bool is_safe = false, is_done = true;
    for (size_t i = 0; choices[i].what != now && !is_safe && is_done; i++) {
        choose(s, cells, n, choices[i].what);
        is_done =
            hf__is_safe(counts, s->threshold, s->unknowns, s->proofs, &is_safe);
    }
    if (!is_safe) {
        choose(s, cells, n, now);
    }
    hf__free(choices);
    return is_done;
}

/* One attempt, without or with zeros. */
static bool attempt(search *s, bool *is_safe) {
    withhold_small(s);
    if (!grow_until_safe(s, is_safe)) {
        return false;
    }
    if (!*is_safe) {
        withhold_everything(s);
        if (!hf__is_safe(s->counts, s->threshold, s->unknowns, s->proofs,
                         is_safe)) {
            return false;
        }
    }
    return !*is_safe || (show_what_can_be(s) && try_all(s));
}

hf_status hf__suppress(hf_context *ctx, hf__counts *counts, int64_t threshold) {
    size_t n = counts->n_cells;
    search s = {.counts = counts, .threshold = threshold};
    bool is_safe = false;
    hf_status status = HF_ERR_MEMORY;
    s.unknowns = hf__calloc(n, sizeof *s.unknowns);
    s.costs = hf__calloc(n, sizeof *s.costs);
    s.change = hf__calloc(n, sizeof *s.change);
    s.other_change = hf__calloc(n, sizeof *s.other_change);
    if (counts->failed || !s.unknowns || !s.costs || !s.change ||
        !s.other_change ||
        !hf__proofs_init(&s.proofs[HF__ANY_READER], counts) ||
        !hf__proofs_init(&s.proofs[HF__INSIDER], counts)) {
        goto done;
    }
    counts->zeros_too = false;
    if (!attempt(&s, &is_safe)) {
        goto done;
    }
    if (!is_safe) {
        counts->zeros_too = true;
        if (!attempt(&s, &is_safe)) {
            goto done;
        }
    }
    status = HF_OK;
done:
    hf__free(s.unknowns);
    hf__free(s.costs);
    hf__free(s.change);
    hf__free(s.other_change);
    hf__proofs_reset(&s.proofs[HF__ANY_READER]);
    hf__proofs_reset(&s.proofs[HF__INSIDER]);
    return status ? hf__fail_memory(ctx) : hf__audit(ctx, counts, threshold);
}

hf_status hf__audit(hf_context *ctx, hf__counts *counts, int64_t threshold) {
    hf__unknown *unknowns = hf__calloc(counts->n_cells, sizeof *unknowns);
    bool is_safe = false, is_wide;
    bool is_done = unknowns && !counts->failed &&
                   hf__is_safe(counts, threshold, unknowns, NULL, &is_safe);
    if (is_done) {
        size_t n = hf__unknowns_of(counts, threshold, HF__ANY_READER, unknowns);
        for (size_t i = 0; i < n; i++) {
            unknowns[i].need = HF__ALL;
        }
        is_done = hf__ranges(counts, unknowns, n, false, NULL, &is_wide);
        hf__keep_ranges(counts, unknowns, is_done ? n : 0);
    }
    hf__free(unknowns);
    if (!is_done) {
        return hf__fail_memory(ctx);
    }
    return is_safe ? HF_OK : hf__too_narrow(ctx);
}
