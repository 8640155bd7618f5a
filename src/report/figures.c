#include "report/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "report/breakdown.h"

/* Columns of a breakdown by destination, and of its characters. */
#define MOST_COLUMNS 8
#define MOST_WIDE 80

size_t hf__destination_cell(const hf__figures *f, size_t destination,
                            size_t value) {
    return f->destination[destination * (f->n_crossed + 1) + value];
}

size_t hf__destination_total(const hf__figures *f, size_t destination) {
    return hf__destination_cell(f, destination, f->n_crossed);
}

size_t hf__reason_cell(const hf__figures *f, size_t reason, size_t lack) {
    return f->reason[reason * HF__LACKS_NOTHING + lack];
}

size_t hf__where_cell(const hf__figures *f, size_t side, size_t value) {
    return f->side[side * (f->n_values + 1) + value];
}

size_t hf__band_cell(const hf__figures *f, size_t band, size_t side) {
    return f->band[band * HF__WHERE_COUNT + side];
}

void hf__figures_reset(hf__figures *figures) {
    hf__counts_reset(&figures->counts);
    hf__free(figures->destination);
    hf__free(figures->side);
    hf__free(figures->band);
    hf__free(figures->reason);
    *figures = (hf__figures){0};
}

/* What is counted, before it becomes cells; shaped as hf__figures. */
typedef struct tallies {
    uint64_t *destination, *side, *band, *reason;
    uint64_t by_set[HF_CATEGORY_SETS];
} tallies;

static void free_tallies(tallies *t) {
    hf__free(t->destination);
    hf__free(t->side);
    hf__free(t->band);
    hf__free(t->reason);
}

static void count(const hf_report *report, const hf__figures *f,
                  const double *edges, tallies *t) {
    size_t wide = f->n_values + 1;
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        hf__where side = hf__where_of(p->categories);
        size_t band = hf__band_of(edges, f->n_bands, p->miles);
        for (size_t s = side;; s = HF__WHERE_ALL) { /* its side, then all */
            t->band[band * HF__WHERE_COUNT + s] += p->children;
            t->side[s * wide + f->n_values] += p->children;
            if (f->n_values) {
                t->side[s * wide + p->value] += p->children;
            }
            if (s == HF__WHERE_ALL) {
                break;
            }
        }
        if (side == HF__WHERE_OUTSIDE && f->n_destinations) {
            uint64_t *row =
                t->destination + p->destination * (f->n_crossed + 1);
            row[f->n_crossed] += p->children;
            if (f->n_crossed) {
                row[p->value] += p->children;
            }
        }
        t->by_set[p->categories] += p->children;
        hf__lack lack = hf__lack_of(p);
        if (lack != HF__LACKS_NOTHING) {
            t->reason[p->reason * HF__LACKS_NOTHING + lack] += p->children;
        }
    }
}

static void add_cells(hf__figures *f, const tallies *t) {
    size_t wide = f->n_values + 1;
    for (size_t i = 0; i < HF__WHERE_COUNT * wide; i++) {
        bool is_total = i % wide == f->n_values;
        bool is_all = i / wide == HF__WHERE_ALL;
        f->side[i] = hf__counts_add(
            &f->counts, t->side[i],
            is_total && is_all ? HF__WEIGHT_GRAND : HF__WEIGHT_TOTAL);
    }
    size_t across = f->n_crossed + 1;
    for (size_t i = 0; i < f->n_destinations * across; i++) {
        bool is_total = f->n_crossed && i % across == f->n_crossed;
        f->destination[i] =
            hf__counts_add(&f->counts, t->destination[i],
                           is_total ? HF__WEIGHT_TOTAL : HF__WEIGHT_CELL);
    }
    for (size_t i = 0; i < (f->n_bands + 2) * HF__WHERE_COUNT; i++) {
        f->band[i] = hf__counts_add(&f->counts, t->band[i],
                                    i % HF__WHERE_COUNT == HF__WHERE_ALL
                                        ? HF__WEIGHT_TOTAL
                                        : HF__WEIGHT_CELL);
    }
    for (size_t i = 0; i < f->n_reasons * HF__LACKS_NOTHING; i++) {
        f->reason[i] =
            hf__counts_add(&f->counts, t->reason[i], HF__WEIGHT_CELL);
    }
    unsigned near = hf_category_set(HF_CATEGORY_NEIGHBOURING);
    unsigned far = hf_category_set(HF_CATEGORY_DISTANT);
    f->neighbouring =
        hf__counts_add(&f->counts, t->by_set[near], HF__WEIGHT_TOTAL);
    f->distant = hf__counts_add(&f->counts, t->by_set[far], HF__WEIGHT_TOTAL);
    f->either =
        hf__counts_add(&f->counts, t->by_set[near | far], HF__WEIGHT_TOTAL);
}

/* parts[i] = cells[i * stride]. */
static void sum_every(hf__figures *f, size_t total, const size_t *cells,
                      size_t n, size_t stride, size_t *parts) {
    for (size_t i = 0; i < n; i++) {
        parts[i] = cells[i * stride];
    }
    hf__counts_sum(&f->counts, total, parts, n);
}

static void add_sums(hf__figures *f, size_t *parts) {
    size_t wide = f->n_values + 1;
    for (size_t v = 0; v < wide; v++) { /* down the columns */
        sum_every(f, hf__where_cell(f, HF__WHERE_ALL, v), f->side + v, 3, wide,
                  parts);
    }
    size_t across = f->n_crossed + 1;
    for (size_t v = 0; v < across && f->n_destinations; v++) {
        size_t total = v < f->n_crossed ? v : f->n_values;
        sum_every(f, hf__where_cell(f, HF__WHERE_OUTSIDE, total),
                  f->destination + v, f->n_destinations, across, parts);
    }
    for (size_t r = 0; r < HF__WHERE_COUNT && f->n_values;
         r++) { /* along the rows */
        hf__counts_sum(&f->counts, hf__where_cell(f, r, f->n_values),
                       f->side + r * wide, f->n_values);
    }
    for (size_t r = 0; r < f->n_destinations && f->n_crossed; r++) {
        hf__counts_sum(&f->counts, hf__destination_total(f, r),
                       f->destination + r * across, f->n_crossed);
    }
    for (size_t s = 0; s < HF__WHERE_COUNT; s++) {
        sum_every(f, hf__where_cell(f, s, f->n_values), f->band + s,
                  f->n_bands + 2, HF__WHERE_COUNT, parts);
    }
    for (size_t b = 0; b < f->n_bands + 2; b++) {
        hf__counts_sum(&f->counts, hf__band_cell(f, b, HF__WHERE_ALL),
                       f->band + b * HF__WHERE_COUNT, 3);
    }
    /* Reasons come to what lacks both, to all without a category, and to all
     * without a distance. */
    size_t both = hf__band_cell(f, f->n_bands + 1, HF__WHERE_UNKNOWN);
    const size_t totals[HF__LACKS_NOTHING] = {
        both, hf__where_cell(f, HF__WHERE_UNKNOWN, f->n_values),
        hf__band_cell(f, f->n_bands + 1, HF__WHERE_ALL)};
    for (size_t lack = 0; lack < HF__LACKS_NOTHING && f->n_reasons; lack++) {
        parts[f->n_reasons] = both;
        for (size_t r = 0; r < f->n_reasons; r++) {
            parts[r] = hf__reason_cell(f, r, lack);
        }
        hf__counts_sum(&f->counts, totals[lack], parts,
                       f->n_reasons + (lack != HF__LACKS_BOTH));
    }
    const size_t categories[] = {f->neighbouring, f->distant, f->either};
    hf__counts_sum(&f->counts,
                   hf__where_cell(f, HF__WHERE_OUTSIDE, f->n_values),
                   categories, 3);
}

static void set_floor(hf__figures *f, size_t cell) {
    hf__count *count = &f->counts.cells[cell];
    count->floor = count->value > 0;
    count->is_void = !count->value;
}

/* Children who lack something, whatever the reason. */
static int64_t count_lack(const hf__figures *f, hf__lack lack) {
    int64_t n = 0;
    for (size_t r = 0; r < f->n_reasons; r++) {
        n += f->counts.cells[hf__reason_cell(f, r, lack)].value;
    }
    return n;
}

static void set_band_void(hf__figures *f, size_t band, size_t side) {
    f->counts.cells[hf__band_cell(f, band, side)].is_void = true;
}

/* What the publication names has somebody; what may be unknown and is not, has
 * no row or column of its own, which tells that nobody is there. */
static void add_what_is_plain(hf__figures *f) {
    size_t unknown_band = f->n_bands + 1;
    for (size_t d = 0; d < f->n_destinations; d++) {
        set_floor(f, hf__destination_total(f, d));
    }
    for (size_t v = 0; v < f->n_values; v++) {
        set_floor(f, hf__where_cell(f, HF__WHERE_ALL, v));
    }
    for (size_t i = 0; i < f->n_reasons * HF__LACKS_NOTHING; i++) {
        set_floor(f, f->reason[i]);
    }
    set_floor(f, f->either);
    set_floor(f, hf__where_cell(f, HF__WHERE_UNKNOWN, f->n_values));
    set_floor(f, hf__band_cell(f, unknown_band, HF__WHERE_ALL));
    bool is_each_distance_known = !count_lack(f, HF__LACKS_MILES);
    bool is_each_category_known = !count_lack(f, HF__LACKS_CATEGORY);
    if (!count_lack(f, HF__LACKS_BOTH)) {
        set_band_void(f, unknown_band, HF__WHERE_UNKNOWN);
        for (size_t v = 0; v < f->n_values && is_each_category_known; v++) {
            size_t cell = hf__where_cell(f, HF__WHERE_UNKNOWN, v);
            f->counts.cells[cell].is_void = true;
        }
    }
    if (is_each_distance_known) {
        set_band_void(f, unknown_band, HF__WHERE_INSIDE);
        set_band_void(f, unknown_band, HF__WHERE_OUTSIDE);
    }
    for (size_t b = 0; b < unknown_band && is_each_category_known; b++) {
        set_band_void(f, b, HF__WHERE_UNKNOWN);
    }
}

static bool make_cells(const hf_report *report, const double *edges,
                       hf__figures *f) {
    size_t wide = f->n_values + 1;
    size_t n_band = (f->n_bands + 2) * HF__WHERE_COUNT;
    size_t n_reason = f->n_reasons * HF__LACKS_NOTHING;
    size_t longest = f->n_destinations + n_band + f->n_reasons + 1;
    size_t *parts = hf__calloc(longest, sizeof *parts);
    size_t n_destination = f->n_destinations * (f->n_crossed + 1);
    tallies t = {hf__calloc(n_destination, sizeof(uint64_t)),
                 hf__calloc(HF__WHERE_COUNT * wide, sizeof(uint64_t)),
                 hf__calloc(n_band, sizeof(uint64_t)),
                 hf__calloc(n_reason, sizeof(uint64_t)),
                 {0}};
    f->destination = hf__calloc(n_destination, sizeof(size_t));
    f->side = hf__calloc(HF__WHERE_COUNT * wide, sizeof(size_t));
    f->band = hf__calloc(n_band, sizeof(size_t));
    f->reason = hf__calloc(n_reason, sizeof(size_t));
    bool is_done = parts && t.destination && t.side && t.band && t.reason &&
                   f->destination && f->side && f->band && f->reason;
    if (is_done) {
        count(report, f, edges, &t);
        add_cells(f, &t);
        add_sums(f, parts);
    }
    if (is_done && !f->counts.failed) {
        add_what_is_plain(f);
    }
    hf__free(parts);
    free_tallies(&t);
    return is_done && !f->counts.failed;
}

hf_status hf__protect(hf_context *ctx, const hf_report *report,
                      hf__counts *counts) {
    return report->round_to
               ? hf__round(ctx, counts, (int64_t)report->round_to)
               : hf__suppress(ctx, counts, (int64_t)report->suppress);
}

/* People find a breakdown of more values, or wider ones, in its own table. What
 * nobody reads would only have more counts withheld to protect it. */
static bool is_wide(const hf_report *report) {
    size_t sum = 0;
    for (size_t i = 0; i < report->values.n; i++) {
        sum += strlen(report->values.texts[i]) + 2;
    }
    return report->values.n > MOST_COLUMNS || sum > MOST_WIDE;
}

hf_status hf__figures_make(hf_context *ctx, const hf_report *report,
                           hf__figures *out) {
    *out = (hf__figures){.n_destinations = report->destinations.n,
                         .n_values = report->values.n,
                         .n_bands = report->n_bands,
                         .n_reasons = report->reasons.n};
    out->n_crossed = is_wide(report) ? 0 : report->values.n;
    hf_status status = hf__check_breakdown(ctx, report, true);
    if (status) {
        return status;
    }
    if (!make_cells(report, report->bands, out)) {
        return hf__fail_memory(ctx);
    }
    return hf__protect(ctx, report, &out->counts);
}

static int by_size(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

bool hf__count_authorities(const hf_report *report, const hf__figures *f,
                           size_t *out) {
    size_t *found = hf__calloc(report->n_placements, sizeof *found);
    if (!found) {
        return false;
    }
    size_t n = 0, n_different = 0;
    bool is_known = true;
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        if (hf__where_of(p->categories) == HF__WHERE_OUTSIDE &&
            !hf__is_withheld(f, hf__destination_total(f, p->destination))) {
            is_known &= p->authority != HF_NOWHERE;
            found[n++] = p->authority;
        }
    }
    qsort(found, n, sizeof *found, by_size);
    for (size_t i = 0; i < n; i++) {
        n_different += i == 0 || found[i] != found[i - 1];
    }
    hf__free(found);
    *out = is_known ? n_different : 0;
    return true;
}

/* ---- what is printed -------------------------------------------------------
 */

bool hf__is_withheld(const hf__figures *f, size_t cell) {
    hf__shown shown = f->counts.cells[cell].shown;
    return shown == HF__HELD_SMALL || shown == HF__HELD_FURTHER;
}

uint64_t hf__printed(const hf__figures *f, size_t cell) {
    const hf__count *c = &f->counts.cells[cell];
    return (uint64_t)(c->shown == HF__SHOWN_ROUNDED ? c->rounded : c->value);
}

bool hf__percent(const hf__figures *f, size_t part, size_t whole,
                 uint64_t *out) {
    if (hf__is_withheld(f, part) || hf__is_withheld(f, whole) ||
        !hf__printed(f, whole)) {
        return false;
    }
    uint64_t a = hf__printed(f, part), b = hf__printed(f, whole);
    *out = (200 * a + b) / (2 * b);
    return true;
}

void hf__put_count(hf_document *document, const hf__figures *f, size_t cell) {
    if (hf__is_withheld(f, cell)) {
        hf_document_symbol(document, "c");
    } else {
        hf_document_count(document, hf__printed(f, cell));
    }
}

void hf__put_percent(hf_document *document, const hf__figures *f, size_t part,
                     size_t whole) {
    uint64_t percent = 0;
    if (hf__is_withheld(f, part) || hf__is_withheld(f, whole)) {
        hf_document_symbol(document, "c");
    } else if (!hf__percent(f, part, whole, &percent)) {
        hf_document_symbol(document, "z");
    } else if (!percent && hf__printed(f, part)) {
        hf_document_symbol(document, "k");
    } else {
        hf_document_count(document, percent);
    }
}

void hf__add_rule(hf__buf *out, const hf_report *report, const hf__figures *f) {
    unsigned long long n = report->suppress;
    if (report->round_to) {
        hf__buf_add_format(
            out,
            "each count is rounded to the nearest %llu, half up, for itself, "
            "so that rounded figures need not add up",
            (unsigned long long)report->round_to);
        return;
    }
    if (!n) {
        hf__buf_add_text(out,
                         "none: small counts are shown; not for publication");
        return;
    }
    hf__buf_add_format(out,
                       n == 1 ? "counts of %llu are withheld (c)"
                              : "counts of 1 to %llu are withheld (c)",
                       n);
    hf__buf_add_format(
        out,
        ", and further counts, so that no withheld one can be worked out from "
        "any figures of this report: each could be any of at least %llu "
        "values; %s",
        n + 1,
        f->counts.zeros_too
            ? "zeros are withheld too where they would give a count away"
            : "a 0 is a true zero");
}

hf_status hf_report_destinations(hf_context *ctx, const hf_report *report,
                                 hf_report_destination **out, size_t *out_n) {
    hf__figures f;
    hf_status status = hf__figures_make(ctx, report, &f);
    hf_report_destination *list = hf__calloc(f.n_destinations, sizeof *list);
    if (!status && !list) {
        status = hf__fail_memory(ctx);
    }
    for (size_t d = 0; d < f.n_destinations && !status; d++) {
        size_t cell = hf__destination_total(&f, d);
        bool is_withheld = hf__is_withheld(&f, cell);
        list[d] = (hf_report_destination){
            .name = report->destinations.texts[d],
            .count = is_withheld ? 0 : hf__printed(&f, cell),
            .is_withheld = is_withheld};
    }
    if (status) {
        hf__free(list);
    } else {
        *out = list;
        *out_n = f.n_destinations;
    }
    hf__figures_reset(&f);
    return status;
}

void hf_report_destinations_free(hf_report_destination *destinations) {
    hf__free(destinations);
}
