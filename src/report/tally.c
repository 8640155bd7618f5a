#include "report/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"

static const double usual_bands[] = {20, 50, 100};

void hf_report_options_init(hf_report_options *options) {
    *options = (hf_report_options){.suppress = HF_REPORT_SUPPRESS};
}

static hf_status check_options(hf_context *ctx,
                               const hf_report_options *options) {
    if (!options->home) {
        return hf__fail(ctx, HF_ERR_USAGE, "a report needs a home authority");
    }
    if (options->round_to == 1) {
        return hf__fail(ctx, HF_ERR_USAGE,
                        "rounding to 1 changes nothing: round to 2 or more");
    }
    for (size_t i = 0; options->bands && i < options->n_bands; i++) {
        double before = i ? options->bands[i - 1] : 0;
        if (!isfinite(options->bands[i]) || !(options->bands[i] > before)) {
            return hf__fail(ctx, HF_ERR_USAGE,
                            "bands of miles are above 0 and ascend: 20,50,100");
        }
    }
    return HF_OK;
}

hf_status hf_report_new(hf_context *ctx, const hf_report_options *options,
                        hf_report **out) {
    hf_status status = check_options(ctx, options);
    if (status) {
        return status;
    }
    hf_report *report = hf__calloc(1, sizeof *report);
    if (!report) {
        return hf__fail_memory(ctx);
    }
    const double *bands = options->bands ? options->bands : usual_bands;
    report->n_bands = options->bands ? options->n_bands : 3;
    report->suppress = options->suppress;
    report->round_to = options->round_to;
    report->home = hf__strdup(options->home);
    report->breakdown =
        options->breakdown ? hf__strdup(options->breakdown) : NULL;
    report->bands = hf__calloc(report->n_bands, sizeof *report->bands);
    if (!report->home || !report->bands ||
        (options->breakdown && !report->breakdown)) {
        hf_report_free(report);
        return hf__fail_memory(ctx);
    }
    memcpy(report->bands, bands, report->n_bands * sizeof *bands);
    *out = report;
    return HF_OK;
}

void hf_report_free(hf_report *report) {
    if (!report) {
        return;
    }
    hf__labels_reset(&report->destinations);
    hf__labels_reset(&report->values);
    hf__free(report->placements);
    hf__free(report->bands);
    hf__free(report->home);
    hf__free(report->breakdown);
    hf__free(report);
}

hf__where hf__where_of(hf_category category) {
    switch (category) {
        case HF_CATEGORY_IN_COUNTY:
            return HF__WHERE_INSIDE;
        case HF_CATEGORY_NEIGHBOURING:
        case HF_CATEGORY_DISTANT:
            return HF__WHERE_OUTSIDE;
        case HF_CATEGORY_UNKNOWN:
            break;
    }
    return HF__WHERE_UNKNOWN;
}

void hf_report_add(hf_report *report, const hf_placement *placement) {
    hf__placement own = {
        .category = placement->category,
        .authority = placement->authority,
        .miles = isfinite(placement->miles) ? placement->miles : NAN,
        .children = placement->children};
    void *array = report->placements;
    const char *value = placement->breakdown ? placement->breakdown : "";
    if (report->failed || !placement->children) {
        return;
    }
    if ((hf__where_of(placement->category) == HF__WHERE_OUTSIDE &&
         !hf__labels_find(&report->destinations, placement->destination,
                          &own.destination)) ||
        (report->breakdown &&
         !hf__labels_find(&report->values, value, &own.value)) ||
        !hf__reserve(&array, &report->placements_capacity,
                     report->n_placements + 1, sizeof own)) {
        report->failed = true;
        return;
    }
    report->placements = array;
    report->placements[report->n_placements++] = own;
}

size_t hf__band_of(const double *edges, size_t n_bands, double miles) {
    if (isnan(miles)) {
        return n_bands + 1;
    }
    double shown = hf__round_half_up(miles, 1);
    size_t band = 0;
    while (band < n_bands && shown > edges[band]) {
        band++;
    }
    return band;
}

static int by_miles(const void *a, const void *b) {
    const hf__placement *x = *(hf__placement *const *)a;
    const hf__placement *y = *(hf__placement *const *)b;
    return x->miles < y->miles ? -1 : x->miles > y->miles;
}

/* The distance of the child at `rank`, from 0, in order of distance. */
static double miles_at(hf__placement *const *sorted, size_t n, uint64_t rank) {
    uint64_t before = 0;
    for (size_t i = 0; i < n; i++) {
        before += sorted[i]->children;
        if (rank < before) {
            return sorted[i]->miles;
        }
    }
    return NAN;
}

static void measure(const hf_report *report, hf__placement *const *sorted,
                    size_t n, hf__spread *out) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        out->known += sorted[i]->children;
        sum += sorted[i]->miles * (double)sorted[i]->children;
    }
    out->mean = sum / (double)out->known;
    out->median = (miles_at(sorted, n, (out->known - 1) / 2) +
                   miles_at(sorted, n, out->known / 2)) /
                  2;
    const hf__placement *last = sorted[n - 1];
    hf__where side = hf__where_of(last->category);
    out->farthest = last->miles;
    out->farthest_in = side == HF__WHERE_OUTSIDE
                           ? report->destinations.texts[last->destination]
                       : side == HF__WHERE_INSIDE ? report->home
                                                  : "";
    for (size_t i = n; i-- > 0 && hf__round_half_up(sorted[i]->miles, 0) ==
                                      hf__round_half_up(last->miles, 0);) {
        if (hf__where_of(sorted[i]->category) == side &&
            sorted[i]->destination == last->destination) {
            out->farthest_rests_on += sorted[i]->children;
        }
    }
}

bool hf__spread_of(const hf_report *report, hf__where side, hf__spread *out) {
    *out = (hf__spread){
        .median = NAN, .mean = NAN, .farthest = NAN, .farthest_in = ""};
    hf__placement **sorted = hf__calloc(report->n_placements, sizeof *sorted);
    if (!sorted) {
        return false;
    }
    size_t n = 0;
    for (size_t i = 0; i < report->n_placements; i++) {
        hf__placement *p = &report->placements[i];
        if (!isnan(p->miles) &&
            (side == HF__WHERE_ALL || hf__where_of(p->category) == side)) {
            sorted[n++] = p;
        }
    }
    if (n) {
        qsort(sorted, n, sizeof *sorted, by_miles);
        measure(report, sorted, n, out);
    }
    hf__free(sorted);
    return true;
}

static int by_size(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

bool hf__count_authorities(const hf_report *report, size_t *out) {
    size_t *found = hf__calloc(report->n_placements, sizeof *found);
    if (!found) {
        return false;
    }
    size_t n = 0, n_different = 0;
    bool is_known = true;
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        if (hf__where_of(p->category) == HF__WHERE_OUTSIDE) {
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
