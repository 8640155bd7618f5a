#include "table/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"

/* 0.01 mile each, up to beyond half of the earth's circumference. Memory that
 * is never touched costs nothing. */
#define BINS ((size_t)1300000)
#define BINS_PER_MILE 100.0

void hf__tally_row(hf__tally *tally, hf_category category, hf__reason reason,
                   double miles) {
    tally->rows++;
    tally->by_category[category]++;
    if (reason != HF__PLACED) {
        uint64_t seen = tally->reasons[reason].rows++;
        if (seen < 10) {
            tally->reasons[reason].first_rows[seen] = tally->rows;
        }
    }
    if (isnan(miles)) {
        return;
    }
    tally->placed++;
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
    for (int i = 0; i < HF_CATEGORY_COUNT; i++) {
        tally->by_category[i] += following->by_category[i];
    }
    tally->placed += following->placed;
    tally->ragged += following->ragged;
    tally->near_coast += following->near_coast;
    tally->rows += following->rows;
}

hf_status hf__histogram_init(hf_context *ctx, hf__histogram *histogram) {
    uint64_t *bins = hf__calloc(BINS, sizeof *bins);
    if (!bins) {
        return hf__fail_memory(ctx);
    }
    histogram->bins = bins;
    return HF_OK;
}

void hf__histogram_reset(hf__histogram *histogram) {
    hf__free(histogram->bins);
    histogram->bins = NULL;
}

void hf__histogram_count(hf__histogram *histogram, double miles) {
    size_t bin = (size_t)(miles * BINS_PER_MILE + 0.5);
    histogram->bins[bin < BINS ? bin : BINS - 1]++;
}

void hf__histogram_add(hf__histogram *histogram, const hf__histogram *other) {
    for (size_t i = 0; i < BINS; i++) {
        if (other->bins[i]) {
            histogram->bins[i] += other->bins[i];
        }
    }
}

double hf__histogram_median(const hf__histogram *histogram) {
    uint64_t n = 0;
    for (size_t i = 0; i < BINS; i++) {
        n += histogram->bins[i];
    }
    if (!n) {
        return NAN;
    }
    /* The values of ranks (n + 1) / 2 and n / 2 + 1, counted from 1. */
    uint64_t seen = 0;
    double lower = NAN;
    for (size_t i = 0; i < BINS; i++) {
        seen += histogram->bins[i];
        if (isnan(lower) && seen >= (n + 1) / 2) {
            lower = (double)i;
        }
        if (seen >= n / 2 + 1) {
            return (lower + (double)i) / 2 / BINS_PER_MILE;
        }
    }
    return NAN;
}

static int by_rows(const void *a, const void *b) {
    const hf_annotate_reason *x = a, *y = b;
    if (x->rows != y->rows) {
        return x->rows < y->rows ? 1 : -1;
    }
    return strcmp(x->text, y->text);
}

hf_status hf__tally_summarise(hf_context *ctx, const hf__tally *tally,
                              const hf__histogram *histogram,
                              const char *columns, hf_annotate_summary **out) {
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
        .placed = tally->placed,
        .unknown = tally->rows - tally->placed,
        .median_miles = hf__histogram_median(histogram),
        .greatest_miles = tally->greatest_row ? tally->greatest_miles : NAN,
        .greatest_row = tally->greatest_row,
        .columns = text,
        .n_reasons = n,
        .reasons = reasons,
        .ragged_rows = tally->ragged,
        .near_coast = tally->near_coast};
    memcpy(summary->by_category, tally->by_category,
           sizeof summary->by_category);
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
