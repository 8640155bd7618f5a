/* The inside of a report: placements as they were added. */
#ifndef HOWFAR_REPORT_TALLY_H
#define HOWFAR_REPORT_TALLY_H

#include "howfar/report.h"
#include "report/labels.h"

/* How a report divides placements first. */
typedef enum hf__where {
    HF__WHERE_INSIDE = 0,
    HF__WHERE_OUTSIDE = 1,
    HF__WHERE_UNKNOWN = 2,
    HF__WHERE_ALL = 3
} hf__where;

typedef struct hf__placement {
    unsigned categories;
    uint32_t destination; /* label; for what is outside */
    uint32_t value;       /* label of the breakdown */
    uint32_t reason;      /* label, of what is unknown */
    size_t authority;
    double miles; /* NaN: unknown */
    hf_measured_to measured_to;
    uint64_t children;
} hf__placement;

struct hf_report {
    bool is_unfit; /* the breakdown has values of a kind that names somebody */
    char *home;
    char *breakdown; /* or NULL */
    double *bands;
    size_t n_bands;
    uint64_t suppress, round_to;
    hf__labels destinations, values, reasons;
    hf__placement *placements;
    size_t n_placements, placements_capacity;
};

hf__where hf__where_of(unsigned categories);

/* What is not known of a placement. */
typedef enum hf__lack {
    HF__LACKS_BOTH = 0, /* category and distance */
    HF__LACKS_CATEGORY = 1,
    HF__LACKS_MILES = 2,
    HF__LACKS_NOTHING = 3
} hf__lack;

hf__lack hf__lack_of(const hf__placement *placement);

/* The band of a distance: 0 up to the first edge, n_bands above the last,
 * n_bands + 1 for an unknown one. */
size_t hf__band_of(const double *edges, size_t n_bands, double miles);

/* Distances of the placements of a side (or all). */
typedef struct hf__spread {
    uint64_t known;                /* children with a known distance */
    double median, mean, farthest; /* miles; NaN where none is known */
    const char *farthest_in;       /* destination, or the home's name */
    uint64_t farthest_rests_on;    /* children there at the same whole mile */
    bool has_points, has_areas;    /* what is measured to */
    hf_measured_to areas_to, farthest_to;
} hf__spread;

/* False without memory. */
bool hf__spread_of(const hf_report *report, hf__where side, hf__spread *out);

#endif
