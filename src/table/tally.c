#include "table/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"

/* Bins of 0.01 mile, up to beyond half of the earth's circumference. */
#define BINS_PER_MILE 100.0
#define PAGE_BINS 1024
#define BINS ((size_t)HF__HISTOGRAM_PAGES * PAGE_BINS)

const char *hf_annotate_category_text(unsigned set) {
    static const char *const texts[HF_CATEGORY_SETS] = {
        "unknown",
        "in-county",
        "neighbouring",
        "in-county or neighbouring",
        "distant",
        "in-county or distant",
        "neighbouring or distant",
        "in-county or neighbouring or distant"};
    return texts[set];
}

void hf__tally_row(hf__tally *tally, unsigned categories, hf__reason reason,
                   double miles) {
    tally->rows++;
    tally->by_set[categories]++;
    if (reason != HF__PLACED) {
        uint64_t seen = tally->reasons[reason].rows++;
        if (seen < 10) {
            tally->reasons[reason].first_rows[seen] = tally->rows;
        }
    }
    if (isnan(miles)) {
        return;
    }
    if (!tally->greatest_row || miles > tally->greatest_miles) {
        tally->greatest_miles = miles;
        tally->greatest_row = tally->rows;
    }
}

void hf__tally_add(hf__tally *tally, const hf__tally *following) {
    if (following->greatest_row &&
        (!tally->greatest_row ||
         following->greatest_miles > tally->greatest_miles)) {
        tally->greatest_miles = following->greatest_miles;
        tally->greatest_row = tally->rows + following->greatest_row;
    }
    for (int i = 0; i < HF__REASON_COUNT; i++) {
        uint64_t has = tally->reasons[i].rows;
        uint64_t more = following->reasons[i].rows;
        for (uint64_t j = 0; j < more && j < 10 && has + j < 10; j++) {
            tally->reasons[i].first_rows[has + j] =
                tally->rows + following->reasons[i].first_rows[j];
        }
        tally->reasons[i].rows += more;
    }
    for (int i = 0; i < HF_CATEGORY_SETS; i++) {
        tally->by_set[i] += following->by_set[i];
        tally->children[i] += following->children[i];
    }
    tally->rows_blank += following->rows_blank;
    tally->ragged += following->ragged;
    tally->near_coast += following->near_coast;
    tally->rows += following->rows;
}

void hf__histogram_reset(hf__histogram *histogram) {
    for (size_t i = 0; i < HF__HISTOGRAM_PAGES; i++) {
        hf__free(histogram->pages[i]);
    }
    *histogram = (hf__histogram){.failed = false};
}

/* The page, made now if it was not before; NULL without memory. */
static uint64_t *page_of(hf__histogram *histogram, size_t page) {
    if (!histogram->pages[page]) {
        histogram->pages[page] = hf__calloc(PAGE_BINS, sizeof(uint64_t));
        histogram->failed |= !histogram->pages[page];
    }
    return histogram->pages[page];
}

void hf__histogram_count(hf__histogram *histogram, const double *miles,
                         size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t bin = (size_t)(miles[i] * BINS_PER_MILE + 0.5);
        bin = bin < BINS ? bin : BINS - 1;
        uint64_t *page = page_of(histogram, bin / PAGE_BINS);
        if (page) {
            page[bin % PAGE_BINS]++;
        }
    }
}

void hf__histogram_add(hf__histogram *histogram, const hf__histogram *other) {
    for (size_t i = 0; i < HF__HISTOGRAM_PAGES; i++) {
        uint64_t *page = other->pages[i] ? page_of(histogram, i) : NULL;
        for (size_t j = 0; page && j < PAGE_BINS; j++) {
            page[j] += other->pages[i][j];
        }
    }
    histogram->failed |= other->failed;
}

/* The bin of the value of a rank, counted from 1; no bin is beyond all. */
static size_t bin_of_rank(const hf__histogram *histogram, uint64_t rank) {
    uint64_t seen = 0;
    for (size_t bin = 0; bin < BINS; bin++) {
        const uint64_t *page = histogram->pages[bin / PAGE_BINS];
        if (!page) {
            bin += PAGE_BINS - 1;
            continue;
        }
        seen += page[bin % PAGE_BINS];
        if (seen >= rank) {
            return bin;
        }
    }
    return BINS;
}

static uint64_t count_all(const hf__histogram *histogram) {
    uint64_t n = 0;
    for (size_t i = 0; i < HF__HISTOGRAM_PAGES; i++) {
        for (size_t j = 0; histogram->pages[i] && j < PAGE_BINS; j++) {
            n += histogram->pages[i][j];
        }
    }
    return n;
}

double hf__histogram_median(const hf__histogram *histogram) {
    uint64_t n = count_all(histogram);
    if (!n) {
        return NAN;
    }
    size_t lower = bin_of_rank(histogram, (n + 1) / 2);
    size_t upper = bin_of_rank(histogram, n / 2 + 1);
    return (double)(lower + upper) / 2 / BINS_PER_MILE;
}

static int by_rows(const void *a, const void *b) {
    const hf_annotate_reason *x = a, *y = b;
    if (x->rows != y->rows) {
        return x->rows < y->rows ? 1 : -1;
    }
    return strcmp(x->text, y->text);
}

/* Parts what was counted by sets: into categories, and sets of several. */
static void part(const uint64_t *counted, uint64_t *by_category,
                 uint64_t *by_set, uint64_t *outside) {
    for (unsigned set = 0; set < HF_CATEGORY_SETS; set++) {
        bool is_one = !(set & (set - 1)); /* or none */
        int category = set == 4 ? HF_CATEGORY_DISTANT : (int)set;
        if (is_one) {
            by_category[category] = counted[set];
        } else {
            by_set[set] = counted[set];
        }
        *outside += set && !(set & 1) ? counted[set] : 0;
    }
}

hf_status hf__tally_summarise(hf_context *ctx, const hf__tally *tally,
                              const hf__histogram *histogram,
                              const char *columns, bool counts_children,
                              hf_annotate_summary **out) {
    hf_annotate_summary *summary = hf__calloc(1, sizeof *summary);
    hf_annotate_reason *reasons = hf__calloc(HF__REASON_COUNT, sizeof *reasons);
    char *text = hf__strdup(columns);
    if (!summary || !reasons || !text) {
        hf__free(summary);
        hf__free(reasons);
        hf__free(text);
        return hf__fail_memory(ctx);
    }
    size_t n = 0;
    for (int i = 0; i < HF__REASON_COUNT; i++) {
        if (tally->reasons[i].rows) {
            reasons[n].text = hf__reason_text((hf__reason)i);
            reasons[n].rows = tally->reasons[i].rows;
            memcpy(reasons[n].first_rows, tally->reasons[i].first_rows,
                   sizeof reasons[n].first_rows);
            n++;
        }
    }
    qsort(reasons, n, sizeof *reasons, by_rows);
    *summary = (hf_annotate_summary){
        .rows = tally->rows,
        .placed = tally->rows - tally->by_set[0],
        .unknown = tally->by_set[0],
        .median_miles = hf__histogram_median(histogram),
        .greatest_miles = tally->greatest_row ? tally->greatest_miles : NAN,
        .greatest_row = tally->greatest_row,
        .columns = text,
        .n_reasons = n,
        .reasons = reasons,
        .ragged_rows = tally->ragged,
        .near_coast = tally->near_coast};
    part(tally->by_set, summary->by_category, summary->by_set,
         &summary->outside);
    hf_annotate_children *children = &summary->children;
    children->is_counted = counts_children;
    children->rows_blank = tally->rows_blank;
    for (int i = 0; i < HF_CATEGORY_SETS; i++) {
        children->all += tally->children[i];
    }
    part(tally->children, children->by_category, children->by_set,
         &children->outside);
    *out = summary;
    return HF_OK;
}

void hf_annotate_summary_free(hf_annotate_summary *summary) {
    if (!summary) {
        return;
    }
    hf__free((void *)(uintptr_t)summary->columns);
    hf__free((void *)(uintptr_t)summary->reasons);
    hf__free(summary);
}
