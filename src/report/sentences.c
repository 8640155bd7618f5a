/* What a report says first: its sentences. */
#include <string.h>

#include "base/text.h"
#include "report/document.h"
#include "report/writing.h"

size_t hf__total_of(const hf__writing *w, size_t side) {
    return hf__where_cell(w->f, side, w->f->n_values);
}

/* A distance may be known only if it is that of enough children. */
bool hf__may_show(const hf__writing *w, uint64_t rests_on) {
    uint64_t least =
        w->report->round_to ? HF_REPORT_SUPPRESS : w->report->suppress;
    return rests_on > least;
}

static bool is_destination_withheld(const hf__writing *w, const char *name) {
    for (size_t d = 0; d < w->f->n_destinations; d++) {
        if (!strcmp(w->report->destinations.texts[d], name)) {
            return hf__is_withheld(w->f, hf__destination_total(w->f, d));
        }
    }
    return false;
}

bool hf__shows_farthest(const hf__writing *w, const hf__spread *spread) {
    return spread->known && hf__may_show(w, spread->farthest_rests_on) &&
           !is_destination_withheld(w, spread->farthest_in);
}

static void add_farthest(const hf__writing *w, hf__buf *out) {
    if (!w->all.known) {
        hf__buf_add_text(out, "; no distance is known");
    } else if (hf__shows_farthest(w, &w->all)) {
        hf__buf_add_text(out, "; the farthest is ");
        hf__buf_add_fixed(out, w->all.farthest, 0);
        hf__buf_add_format(out, " miles away%s%s",
                           w->all.farthest_in[0] ? ", in " : "",
                           w->all.farthest_in);
        if (w->all.farthest_to != HF_TO_PLACEMENT) {
            hf__buf_add_format(out, ", measured to the %s of the area named",
                               w->all.farthest_to == HF_TO_CENTRE
                                   ? "centre"
                                   : "nearest border");
        }
    } else {
        hf__buf_add_text(out,
                         "; the farthest distance is withheld, as it rests on "
                         "few placements");
    }
}

static void add_headline(const hf__writing *w, hf__buf *out) {
    size_t outside = hf__total_of(w, HF__WHERE_OUTSIDE),
           all = hf__total_of(w, HF__WHERE_ALL);
    uint64_t percent;
    if (hf__is_withheld(w->f, outside) || hf__is_withheld(w->f, all)) {
        hf__buf_add_format(out,
                           "The number of placements outside %s is withheld; "
                           "they are in %zu destination%s",
                           w->report->home, w->f->n_destinations,
                           w->f->n_destinations == 1 ? "" : "s");
    } else {
        hf__buf_add_format(out, "%llu of %llu placements",
                           (unsigned long long)hf__printed(w->f, outside),
                           (unsigned long long)hf__printed(w->f, all));
        if (hf__percent(w->f, outside, all, &percent)) {
            hf__buf_add_format(out, " (%llu %%)", (unsigned long long)percent);
        }
        hf__buf_add_format(out, " are outside %s", w->report->home);
        if (w->f->n_destinations) {
            hf__buf_add_format(out, ", in %zu destination%s",
                               w->f->n_destinations,
                               w->f->n_destinations == 1 ? "" : "s");
        }
    }
    add_farthest(w, out);
    hf__buf_add_char(out, '.');
}

static void add_categories(const hf__writing *w, hf__buf *out) {
    const hf__figures *f = w->f;
    if (!hf__is_withheld(f, f->neighbouring) &&
        !hf__is_withheld(f, f->distant)) {
        hf__buf_add_format(
            out, "%llu %s in an adjoining authority, %llu at a distance",
            (unsigned long long)hf__printed(f, f->neighbouring),
            hf__printed(f, f->neighbouring) == 1 ? "is" : "are",
            (unsigned long long)hf__printed(f, f->distant));
        if (w->has_either && !hf__is_withheld(f, f->either)) {
            hf__buf_add_format(out, ", %llu in one or the other",
                               (unsigned long long)hf__printed(f, f->either));
        }
        hf__buf_add_char(out, '.');
    }
    size_t unknown = hf__total_of(w, HF__WHERE_UNKNOWN);
    if (w->has_unknown && !hf__is_withheld(f, unknown)) {
        hf__buf_add_format(out, "%s%llu could not be placed.",
                           out->len ? " " : "",
                           (unsigned long long)hf__printed(f, unknown));
    }
}

/* The most distant band, where it is shown and not empty. */
static void add_last_band(const hf__writing *w, hf__buf *out) {
    size_t n = w->f->n_bands;
    size_t cell = hf__band_cell(w->f, n, HF__WHERE_ALL);
    if (!n || hf__is_withheld(w->f, cell) || !hf__printed(w->f, cell)) {
        return;
    }
    hf__buf_add_format(out, "%llu %s over ",
                       (unsigned long long)hf__printed(w->f, cell),
                       hf__printed(w->f, cell) == 1 ? "is" : "are");
    hf__add_full(out, w->report->bands[n - 1], 0);
    hf__buf_add_text(out, " miles away.");
}

void hf__put_sentences(const hf__writing *w) {
    hf__buf text;
    hf__buf_init(&text);
    add_headline(w, &text);
    hf_document_sentence(w->document, text.text ? text.text : "");
    hf__buf_reset(&text);
    add_categories(w, &text);
    if (text.text) {
        hf_document_sentence(w->document, text.text);
    }
    hf__buf_reset(&text);
    add_last_band(w, &text);
    if (text.text) {
        hf_document_sentence(w->document, text.text);
    }
    hf__buf_reset(&text);
}
