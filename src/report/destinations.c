/* The table of destinations. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/document.h"
#include "report/writing.h"

/* Fewer destinations that are withheld have rows of their own. */
#define FEWEST_FOLDED 4

typedef struct ranked {
    const char *name;
    size_t destination;
    uint64_t printed;
    bool is_withheld;
} ranked;

/* The most first; what is withheld last, by name, so that the order tells
 * nothing. */
static int by_rank(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->is_withheld != y->is_withheld) {
        return x->is_withheld ? 1 : -1;
    }
    if (!x->is_withheld && x->printed != y->printed) {
        return x->printed > y->printed ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

static ranked *rank(const hf__writing *w) {
    ranked *ranks = hf__calloc(w->f->n_destinations, sizeof *ranks);
    for (size_t d = 0; ranks && d < w->f->n_destinations; d++) {
        size_t cell = hf__destination_total(w->f, d);
        ranks[d] =
            (ranked){w->report->destinations.texts[d], d,
                     hf__printed(w->f, cell), hf__is_withheld(w->f, cell)};
    }
    if (ranks) {
        qsort(ranks, w->f->n_destinations, sizeof *ranks, by_rank);
    } else {
        w->document->failed = true;
    }
    return ranks;
}

/* One row of the table of destinations; cells[v] by value.
 * Where the total is withheld, all of the row is: which reasons the few have
 * would be told by the zeros otherwise. */
static void put_destination(const hf__writing *w, const char *name,
                            const size_t *cells, size_t total,
                            const size_t *order, size_t n) {
    hf_document_text(w->document, name);
    for (size_t i = 0; i < n; i++) {
        if (hf__is_withheld(w->f, total)) {
            hf_document_symbol(w->document, "c");
        } else {
            hf__put_count(w->document, w->f, cells[order[i]]);
        }
    }
    hf__put_count(w->document, w->f, total);
    hf__put_percent(w->document, w->f, total, hf__total_of(w, HF__WHERE_ALL));
}

static void add_value_columns(const hf__writing *w, const size_t *order,
                              size_t n) {
    for (size_t i = 0; i < n; i++) {
        const char *name = hf__value_name(w, order[i]);
        hf__buf key;
        hf__buf_init(&key);
        hf__buf_add_format(&key, "%s: %s", w->report->breakdown, name);
        hf_document_column(w->document, key.text ? key.text : "", name,
                           HF_COLUMN_COUNT, 0);
        hf__buf_reset(&key);
    }
}

/* Those of `n` values that occur outside the county, moved to the front. */
static size_t keep_outside(const hf__writing *w, size_t *order, size_t n) {
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t cell = hf__where_cell(w->f, HF__WHERE_OUTSIDE, order[i]);
        if (hf__is_withheld(w->f, cell) || w->f->counts.cells[cell].value) {
            order[n_kept++] = order[i];
        }
    }
    return n_kept;
}

/* What is withheld comes last: from where on people read one row for all of it,
 * or the number of destinations. What it comes to is the rest of what is shown,
 * which any reader can work out. */
static size_t find_fold(const hf__writing *w, const ranked *ranks) {
    size_t first = 0, n = w->f->n_destinations;
    while (first < n && !ranks[first].is_withheld) {
        first++;
    }
    return n - first >= FEWEST_FOLDED ? first : n;
}

static void put_rest(const hf__writing *w, bool is_known, uint64_t rest) {
    if (is_known) {
        hf_document_count(w->document, rest);
    } else {
        hf_document_symbol(w->document, "c");
    }
}

static void put_folded(const hf__writing *w, const ranked *ranks, size_t first,
                       size_t n_values) {
    hf_document *d = w->document;
    size_t outside = hf__total_of(w, HF__WHERE_OUTSIDE);
    uint64_t rest = hf__printed(w->f, outside);
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add_format(&text, "%zu others", w->f->n_destinations - first);
    hf_document_rows_for(d, HF_ROWS_FOR_PEOPLE);
    hf_document_text(d, text.text ? text.text : "");
    for (size_t i = 0; i < n_values; i++) {
        hf_document_symbol(d, "c");
    }
    for (size_t i = 0; i < first; i++) {
        rest -= ranks[i].printed;
    }
    size_t all = hf__total_of(w, HF__WHERE_ALL);
    bool is_known = !hf__is_withheld(w->f, outside) && !w->report->round_to;
    put_rest(w, is_known, rest);
    put_rest(
        w, is_known && !hf__is_withheld(w->f, all),
        (200 * rest + hf__printed(w->f, all)) / (2 * hf__printed(w->f, all)));
    hf_document_rows_for(d, HF_ROWS_FOR_ALL);
    hf__buf_reset(&text);
}

static void note_folded(const hf__writing *w, const ranked *ranks,
                        size_t first) {
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add_text(&text, "Others, the number of each withheld: ");
    for (size_t i = first; i < w->f->n_destinations; i++) {
        hf__buf_add_text(&text, i > first ? ", " : "");
        hf__buf_add_text(&text, ranks[i].name[0] ? ranks[i].name : "elsewhere");
    }
    hf__buf_add_char(&text, '.');
    hf_document_note(w->document, text.text ? text.text : "");
    w->document->failed |= text.failed;
    hf__buf_reset(&text);
}

static void put_destinations(const hf__writing *w, const ranked *ranks,
                             const size_t *order, size_t n_values) {
    size_t across = w->f->n_crossed + 1, n = w->f->n_destinations;
    size_t fold = find_fold(w, ranks);
    for (size_t i = 0; i < n; i++) {
        if (i == fold) {
            hf_document_rows_for(w->document, HF_ROWS_FOR_PROGRAMS);
        }
        put_destination(w, ranks[i].name[0] ? ranks[i].name : "Elsewhere",
                        w->f->destination + ranks[i].destination * across,
                        hf__destination_total(w->f, ranks[i].destination),
                        order, n_values);
    }
    if (fold < n) {
        put_folded(w, ranks, fold, n_values);
        note_folded(w, ranks, fold);
    }
}

/* Reorders `order`, which may be NULL. */
void hf__put_by_destination(const hf__writing *w, size_t *order) {
    hf_document *d = w->document;
    size_t wide = w->f->n_values + 1;
    size_t n = order ? keep_outside(w, order, w->f->n_crossed) : 0;
    hf__buf caption;
    hf__buf_init(&caption);
    hf__buf_add_format(&caption, "Placements outside %s by destination",
                       w->report->home);
    hf_document_table(d, "destinations", caption.text ? caption.text : "");
    hf__buf_reset(&caption);
    hf_document_column(d, "destination", "Destination", HF_COLUMN_TEXT, 0);
    add_value_columns(w, order, n);
    hf_document_column(d, "placements", n ? "All" : "Placements",
                       HF_COLUMN_COUNT, 0);
    hf_document_column(d, "percent", "% of all", HF_COLUMN_COUNT, 0);
    ranked *ranks = rank(w);
    if (ranks) {
        put_destinations(w, ranks, order, n);
    }
    hf_document_totals(d);
    put_destination(w, "All outside", w->f->side + HF__WHERE_OUTSIDE * wide,
                    hf__total_of(w, HF__WHERE_OUTSIDE), order, n);
    hf__free(ranks);
}
