#include "report/tally.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/breakdown.h"

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
    status = options->breakdown
                 ? hf__check_breakdown_name(ctx, options->breakdown)
                 : HF_OK;
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
    hf__labels_reset(&report->reasons);
    hf__free(report->placements);
    hf__free(report->bands);
    hf__free(report->home);
    hf__free(report->breakdown);
    hf__free(report);
}

hf__where hf__where_of(unsigned categories) {
    unsigned inside = hf_category_set(HF_CATEGORY_IN_COUNTY);
    return categories == inside                   ? HF__WHERE_INSIDE
           : categories && !(categories & inside) ? HF__WHERE_OUTSIDE
                                                  : HF__WHERE_UNKNOWN;
}

hf__lack hf__lack_of(const hf__placement *placement) {
    bool has_no_category =
        hf__where_of(placement->categories) == HF__WHERE_UNKNOWN;
    bool has_no_miles = isnan(placement->miles);
    return has_no_category && has_no_miles ? HF__LACKS_BOTH
           : has_no_category               ? HF__LACKS_CATEGORY
           : has_no_miles                  ? HF__LACKS_MILES
                                           : HF__LACKS_NOTHING;
}

/* ---- adding ----------------------------------------------------------------
 */

static hf_status add_value(hf_context *ctx, hf_report *report,
                           const char *value, uint32_t *out) {
    size_t n = report->values.n;
    if (!hf__labels_find(&report->values, value, out)) {
        return hf__fail_memory(ctx);
    }
    if (report->values.n == n) {
        return HF_OK;
    }
    report->is_unfit |= hf__names_somebody(value);
    /* How often each value occurs is not known yet. */
    return report->is_unfit || n == HF_REPORT_MOST_VALUES
               ? hf__check_breakdown(ctx, report, false)
               : HF_OK;
}

hf_status hf_report_add(hf_context *ctx, hf_report *report,
                        const hf_placement *placement) {
    assert(placement->categories < HF_CATEGORY_SETS);
    hf__placement own = {
        .categories = placement->categories,
        .authority = placement->authority,
        .miles = isfinite(placement->miles) ? placement->miles : NAN,
        .measured_to = placement->measured_to,
        .children = placement->children};
    void *array = report->placements;
    const char *value = placement->breakdown ? placement->breakdown : "";
    const char *reason = placement->reason ? placement->reason : "";
    if (!placement->children) {
        return HF_OK;
    }
    if ((hf__where_of(placement->categories) == HF__WHERE_OUTSIDE &&
         !hf__labels_find(&report->destinations, placement->destination,
                          &own.destination)) ||
        (hf__lack_of(&own) != HF__LACKS_NOTHING &&
         !hf__labels_find(&report->reasons, reason, &own.reason))) {
        return hf__fail_memory(ctx);
    }
    hf_status status =
        report->breakdown ? add_value(ctx, report, value, &own.value) : HF_OK;
    if (!status && !hf__reserve(&array, &report->placements_capacity,
                                report->n_placements + 1, sizeof own)) {
        status = hf__fail_memory(ctx);
    }
    if (!status) {
        report->placements = array;
        report->placements[report->n_placements++] = own;
    }
    return status;
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

/* ---- distances -------------------------------------------------------------
 */

typedef struct distance {
    double miles;
    uint64_t children;
} distance;

static void swap(distance *a, distance *b) {
    distance was = *a;
    *a = *b;
    *b = was;
}

/* The distance of the child at `rank`, from 0, in order of distance. The rest
 * is put in order around it as far as that takes: a sort of everything would
 * cost more than reading the file. */
static double miles_at(distance *list, size_t n, uint64_t rank) {
    uint64_t state = n;
    while (n) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double pivot = list[(state >> 33) % n].miles;
        size_t low = 0, high = n; /* below, equal, above the pivot */
        uint64_t below = 0, equal = 0;
        for (size_t i = 0; i < high;) {
            if (list[i].miles < pivot) {
                below += list[i].children;
                swap(&list[low++], &list[i++]);
            } else if (list[i].miles > pivot) {
                swap(&list[--high], &list[i]);
            } else {
                equal += list[i++].children;
            }
        }
        if (rank < below) {
            n = low;
        } else if (rank < below + equal) {
            return pivot;
        } else {
            rank -= below + equal;
            list += high;
            n -= high;
        }
    }
    return NAN;
}

static bool is_of(const hf__placement *p, hf__where side) {
    return !isnan(p->miles) &&
           (side == HF__WHERE_ALL || hf__where_of(p->categories) == side);
}

static void find_farthest(const hf_report *report, hf__where side,
                          hf__spread *out) {
    const hf__placement *last = NULL;
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        if (is_of(p, side) && (!last || p->miles > last->miles)) {
            last = p;
        }
    }
    if (!last) {
        return;
    }
    hf__where where = hf__where_of(last->categories);
    out->farthest = last->miles;
    out->farthest_to = last->measured_to;
    out->farthest_in = where == HF__WHERE_OUTSIDE
                           ? report->destinations.texts[last->destination]
                       : where == HF__WHERE_INSIDE ? report->home
                                                   : "";
    double whole = hf__round_half_up(last->miles, 0);
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        if (is_of(p, side) && p->miles >= whole - 0.5 &&
            hf__round_half_up(p->miles, 0) == whole &&
            hf__where_of(p->categories) == where &&
            p->destination == last->destination) {
            out->farthest_rests_on += p->children;
        }
    }
}

bool hf__spread_of(const hf_report *report, hf__where side, hf__spread *out) {
    *out = (hf__spread){
        .median = NAN, .mean = NAN, .farthest = NAN, .farthest_in = ""};
    distance *list = hf__calloc(report->n_placements, sizeof *list);
    if (!list) {
        return false;
    }
    size_t n = 0;
    double sum = 0;
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        if (is_of(p, side)) {
            list[n++] = (distance){p->miles, p->children};
            out->known += p->children;
            sum += p->miles * (double)p->children;
            out->has_points |= p->measured_to == HF_TO_PLACEMENT;
            if (p->measured_to != HF_TO_PLACEMENT) {
                out->has_areas = true;
                out->areas_to = p->measured_to;
            }
        }
    }
    if (n) {
        out->mean = sum / (double)out->known;
        out->median = (miles_at(list, n, (out->known - 1) / 2) +
                       miles_at(list, n, out->known / 2)) /
                      2;
        find_farthest(report, side, out);
    }
    hf__free(list);
    return true;
}
