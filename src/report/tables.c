/* A report as a document: sentences, tables, notes, facts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/document.h"
#include "report/writing.h"

/* ---- tables ----------------------------------------------------------------
 */

static void put_row(const hf__writing *w, const char *name, size_t cell) {
    hf_document_text(w->document, name);
    hf__put_count(w->document, w->f, cell);
    hf__put_percent(w->document, w->f, cell, hf__total_of(w, HF__WHERE_ALL));
}

static void add_outside(const hf__writing *w, hf__buf *out) {
    hf__buf_add_format(out, "Outside %s", w->report->home);
}

static void put_outside_row(const hf__writing *w) {
    hf__buf name;
    hf__buf_init(&name);
    add_outside(w, &name);
    put_row(w, name.text ? name.text : "", hf__total_of(w, HF__WHERE_OUTSIDE));
    hf__buf_reset(&name);
}

static void put_by_category(const hf__writing *w) {
    hf_document *d = w->document;
    hf_document_table(d, "categories", "Placements by category");
    hf_document_column(d, "category", "Category", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "placements", "Placements", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "percent", "% of all", HF_COLUMN_COUNT, 0);
    put_row(w, "In county", hf__total_of(w, HF__WHERE_INSIDE));
    put_row(w, "Neighbouring", w->f->neighbouring);
    put_row(w, "Distant", w->f->distant);
    if (w->has_either) {
        put_row(w, "Neighbouring or distant", w->f->either);
    }
    if (w->has_unknown) {
        put_row(w, "Not known", hf__total_of(w, HF__WHERE_UNKNOWN));
    }
    hf_document_totals(d);
    put_outside_row(w);
    put_row(w, "All", hf__total_of(w, HF__WHERE_ALL));
}

const char *hf__value_name(const hf__writing *w, size_t value) {
    const char *name = w->report->values.texts[value];
    return name[0] ? name : "(none given)";
}

/* Values of the breakdown by name, those without one last. */
static int by_value(const void *a, const void *b) {
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    if (!*x != !*y) {
        return *x ? -1 : 1;
    }
    return strcmp(x, y);
}

static size_t index_of(const hf__labels *labels, const char *text) {
    size_t i = 0;
    while (labels->texts[i] != text) {
        i++;
    }
    return i;
}

/* The breakdown's values in the order in which they are printed; to be freed.
 */
static size_t *order_of_values(const hf__writing *w) {
    const hf__labels *labels = &w->report->values;
    size_t *order = hf__calloc(labels->n, sizeof *order);
    char **texts = hf__calloc(labels->n, sizeof *texts);
    if (order && texts) {
        memcpy(texts, labels->texts, labels->n * sizeof *texts);
        qsort(texts, labels->n, sizeof *texts, by_value);
        for (size_t i = 0; i < labels->n; i++) {
            order[i] = index_of(labels, texts[i]);
        }
    } else {
        w->document->failed = true;
    }
    hf__free(texts);
    return order;
}

static void put_by_value(const hf__writing *w, const size_t *order) {
    hf_document *d = w->document;
    hf__buf caption;
    hf__buf_init(&caption);
    hf__buf_add_format(&caption, "Placements by %s", w->report->breakdown);
    hf_document_table(d, "breakdown", caption.text ? caption.text : "");
    hf__buf_reset(&caption);
    hf_document_column(d, "value", w->report->breakdown, HF_COLUMN_TEXT, 0);
    hf_document_column(d, "in_county", "Inside", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "outside", "Outside", HF_COLUMN_COUNT, 0);
    if (w->has_unknown) {
        hf_document_column(d, "unknown", "Not known", HF_COLUMN_COUNT, 0);
    }
    hf_document_column(d, "placements", "All", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "percent", "% of all", HF_COLUMN_COUNT, 0);
    for (size_t i = 0; i <= w->f->n_values; i++) {
        size_t v = i < w->f->n_values ? order[i] : i;
        if (i == w->f->n_values) {
            hf_document_totals(d);
        }
        hf_document_text(d, i < w->f->n_values ? hf__value_name(w, v) : "All");
        for (size_t side = 0; side < HF__WHERE_COUNT; side++) {
            if (side != HF__WHERE_UNKNOWN || w->has_unknown) {
                hf__put_count(d, w->f, hf__where_cell(w->f, side, v));
            }
        }
        hf__put_percent(d, w->f, hf__where_cell(w->f, HF__WHERE_ALL, v),
                        hf__total_of(w, HF__WHERE_ALL));
    }
}

static void add_band_name(hf__buf *out, const double *edges, size_t n,
                          size_t band) {
    if (band > n) {
        hf__buf_add_text(out, "Not known");
    } else if (band == n) {
        hf__buf_add_text(out, n ? "Over " : "Known");
        if (n) {
            hf__add_full(out, edges[n - 1], 0);
            hf__buf_add_text(out, " miles");
        }
    } else {
        if (band) {
            hf__buf_add_text(out, "Over ");
            hf__add_full(out, edges[band - 1], 0);
            hf__buf_add_text(out, " to ");
        }
        hf__add_full(out, edges[band], 0);
        hf__buf_add_text(out, band ? " miles" : " miles or less");
    }
}

/* Where some distances lead to an area instead of a placement. */
static void note_areas(const hf__writing *w) {
    if (!w->all.has_areas) {
        return;
    }
    hf__buf note;
    hf__buf_init(&note);
    hf__buf_add_format(
        &note,
        w->all.has_points
            ? "Measured to the %s of its area where a placement is known by "
              "that only."
            : "Measured to the %s of the area that a placement is known by, "
              "not to the placement.",
        w->all.areas_to == HF_TO_BORDER ? "nearest border" : "centre");
    hf_document_note(w->document, note.text ? note.text : "");
    hf__buf_reset(&note);
}

static void put_by_band(const hf__writing *w) {
    hf_document *d = w->document;
    size_t n = w->f->n_bands;
    size_t all_unknown = hf__band_cell(w->f, n + 1, HF__WHERE_ALL);
    hf_document_table(d, "bands", "Placements by distance");
    hf_document_column(d, "band", "Distance", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "in_county", "Inside", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "outside", "Outside", HF_COLUMN_COUNT, 0);
    if (w->has_unknown) {
        hf_document_column(d, "unknown", "Not known", HF_COLUMN_COUNT, 0);
    }
    hf_document_column(d, "placements", "All", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "percent", "% of all", HF_COLUMN_COUNT, 0);
    for (size_t b = 0; b <= n + 2; b++) {
        if (b == n + 1 && !w->f->counts.cells[all_unknown].value) {
            continue;
        }
        if (b == n + 2) {
            hf_document_totals(d);
        }
        hf__buf name;
        hf__buf_init(&name);
        add_band_name(&name, w->report->bands, n, b);
        hf_document_text(d, b == n + 2 ? "All" : name.text ? name.text : "");
        hf__buf_reset(&name);
        for (size_t s = 0; s < HF__WHERE_COUNT; s++) {
            if (s != HF__WHERE_UNKNOWN || w->has_unknown) {
                hf__put_count(d, w->f,
                              b == n + 2 ? hf__total_of(w, s)
                                         : hf__band_cell(w->f, b, s));
            }
        }
        hf__put_percent(d, w->f,
                        b == n + 2 ? hf__total_of(w, HF__WHERE_ALL)
                                   : hf__band_cell(w->f, b, HF__WHERE_ALL),
                        hf__total_of(w, HF__WHERE_ALL));
    }
    note_areas(w);
}

static void put_miles(const hf__writing *w, bool is_shown, double miles) {
    if (is_shown) {
        hf_document_count(w->document, (uint64_t)hf__round_half_up(miles, 0));
    } else {
        hf_document_symbol(w->document, "c");
    }
}

static void put_spread(const hf__writing *w, const char *name,
                       const hf__spread *spread, bool is_shown) {
    hf_document_text(w->document, name);
    put_miles(w, is_shown, spread->median);
    put_miles(w, is_shown, spread->mean);
    put_miles(w, is_shown && hf__shows_farthest(w, spread), spread->farthest);
}

static void put_distances(const hf__writing *w) {
    hf_document *d = w->document;
    if (!w->all.known) {
        return;
    }
    /* Medians and means of all and of those outside would tell about the few
     * that make the difference. */
    uint64_t rest = w->all.known - w->outside.known;
    bool has_outside =
        hf__may_show(w, w->outside.known) && (!rest || hf__may_show(w, rest));
    hf_document_table(d, "distances", "Distances in miles");
    hf_document_column(d, "placements", "Placements", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "median_miles", "Median", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "mean_miles", "Mean", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "farthest_miles", "Farthest", HF_COLUMN_COUNT, 0);
    put_spread(w, "All with a known distance", &w->all,
               hf__may_show(w, w->all.known));
    if (w->outside.known) {
        hf__buf name;
        hf__buf_init(&name);
        add_outside(w, &name);
        put_spread(w, name.text ? name.text : "", &w->outside, has_outside);
        hf__buf_reset(&name);
    }
    note_areas(w);
}

static void put_unknown(const hf__writing *w) {
    static const char *const lacks[HF__LACKS_NOTHING] = {
        "category and distance", "category", "distance"};
    hf_document *d = w->document;
    if (!w->f->n_reasons) {
        return;
    }
    hf_document_table(d, "unknown", "What is not known, and why");
    hf_document_column(d, "unknown", "Not known", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "reason", "Reason", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "placements", "Placements", HF_COLUMN_COUNT, 0);
    for (size_t lack = 0; lack < HF__LACKS_NOTHING; lack++) {
        for (size_t r = 0; r < w->f->n_reasons; r++) {
            size_t cell = hf__reason_cell(w->f, r, lack);
            if (!w->f->counts.cells[cell].is_void) {
                const char *reason = w->report->reasons.texts[r];
                hf_document_text(d, lacks[lack]);
                hf_document_text(d, reason[0] ? reason : "(none given)");
                hf__put_count(d, w->f, cell);
            }
        }
    }
}

static void put_facts(const hf__writing *w) {
    hf__buf rule;
    hf__buf_init(&rule);
    hf__add_rule(&rule, w->report, w->f);
    hf_document_fact(w->document, "disclosure", "Confidentiality",
                     rule.text ? rule.text : "");
    w->document->failed |= rule.failed;
    hf__buf_reset(&rule);
    hf_document_fact(w->document, "figures", "Figures",
                     "distances in whole miles and percentages whole, rounded "
                     "half up; a band closes on its upper edge, on the "
                     "distance rounded to one decimal; the farthest distance "
                     "is shown where enough placements share it");
    if (w->n_authorities) {
        hf_document_fact_number(w->document, "authorities",
                                "Authorities outside", (double)w->n_authorities,
                                0,
                                w->report->suppress || w->report->round_to
                                    ? "different ones, in destinations whose "
                                      "number is shown"
                                    : "different ones");
    }
}

static void note_symbols(const hf__writing *w) {
    if (w->report->suppress && !w->report->round_to) {
        hf__buf note;
        hf__buf_init(&note);
        hf__buf_add_format(
            &note,
            "c: withheld to protect confidentiality (%s%llu, "
            "or what would give such a count away). k: rounds "
            "to zero.",
            w->report->suppress == 1 ? "a count of " : "a count of 1 to ",
            (unsigned long long)w->report->suppress);
        hf_document_note(w->document, note.text ? note.text : "");
        hf__buf_reset(&note);
    } else if (!w->report->round_to) {
        hf_document_note(w->document,
                         "Small counts are shown: not for publication.");
    } else {
        hf_document_note(w->document,
                         "Counts are rounded and need not add up. c: withheld, "
                         "as it would undo the rounding. k: rounds to zero.");
    }
}

hf_status hf_report_write(hf_context *ctx, const hf_report *report,
                          hf_document *document) {
    hf__figures figures;
    hf__writing w = {.report = report, .f = &figures, .document = document};
    size_t *order = NULL;
    hf_status status = hf__figures_make(ctx, report, &figures);
    if (status) {
        goto done;
    }
    status = HF_ERR_MEMORY;
    if (!hf__spread_of(report, HF__WHERE_ALL, &w.all) ||
        !hf__spread_of(report, HF__WHERE_OUTSIDE, &w.outside) ||
        !hf__count_authorities(report, &figures, &w.n_authorities)) {
        goto done;
    }
    w.has_unknown =
        figures.counts.cells[hf__total_of(&w, HF__WHERE_UNKNOWN)].value > 0;
    w.has_either = figures.counts.cells[figures.either].value > 0;
    hf__buf title;
    hf__buf_init(&title);
    hf__buf_add_format(&title, "Placements of %s", report->home);
    hf_document_title(document, title.text ? title.text : "");
    hf__buf_reset(&title);
    hf__put_sentences(&w);
    put_by_category(&w);
    note_symbols(&w);
    if (report->breakdown && figures.n_values) {
        order = order_of_values(&w);
        if (document->failed) {
            goto done;
        }
        put_by_value(&w, order);
    }
    if (figures.n_destinations) {
        hf__put_by_destination(&w, order);
    }
    put_by_band(&w);
    put_distances(&w);
    put_unknown(&w);
    put_facts(&w);
    status = document->failed ? HF_ERR_MEMORY : HF_OK;
done:
    hf__free(order);
    hf__figures_reset(&figures);
    return status == HF_ERR_MEMORY ? hf__fail_memory(ctx) : status;
}
