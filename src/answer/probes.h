/* Probes: distances from points to borders, many at a time.
 *
 * A probe is one point and one border. Adding one looks up the pieces that can
 * be nearest; measuring goes over the pieces of all probes together with the
 * vector loops of shape/lanes.h. */
#ifndef HOWFAR_ANSWER_PROBES_H
#define HOWFAR_ANSWER_PROBES_H

#include "answer/border.h"

typedef struct hf__probe {
    size_t point, authority; /* as the caller numbers them */
    const hf__border *border;
    const hf__index *index; /* the border's */
    size_t first_piece;     /* in `near`; up to the next probe's */
    double dist_m; /* within 0.2 mm once measured; infinite where no piece is
                      near enough, or beyond what the lanes can measure */
    size_t piece;  /* where the nearest point is: in which piece, ... */
    double t;      /* ... and where along it, 0 to 1 */
} hf__probe;

typedef struct hf__probes {
    hf__probe *at;
    size_t n, capacity;
    hf__near_list near;
    double *values; /* of the pieces and their points, for the lanes */
    size_t value_capacity;
} hf__probes;

void hf__probes_reset(hf__probes *probes);

/* Forgets the probes, keeps the room. */
void hf__probes_clear(hf__probes *probes);

/* A probe to `border`, which may be added any number of times. Errors are those
 * of hf__border_index. */
hf_status hf__probe_to(hf_context *ctx, const hf__border *border,
                       hf__probe *out);

/* Adds a probe from `at`. Its distance is found if the chord is at most
 * most_m. HF_ERR_MEMORY. */
hf_status hf__probes_add(hf_context *ctx, hf__probes *probes,
                         const hf__lanes *lanes, const hf__probe *probe,
                         hf__xyz at, double most_m);

/* The same, whatever the chord, by what is known around `at`. */
hf_status hf__probes_add_around(hf_context *ctx, hf__probes *probes,
                                const hf__lanes *lanes, const hf__probe *probe,
                                hf__xyz at, const hf__around *around);

/* Measures all probes; point k stands at place k of `points`, earth-centred.
 * HF_ERR_MEMORY. */
hf_status hf__probes_measure(hf_context *ctx, hf__probes *probes,
                             const hf__lanes *lanes, hf__points points);

/* The least chord from `at` to a piece of the last probe added, which was from
 * there; infinite where there is none. */
double hf__probes_last_chord_m(const hf__probes *probes, hf__xyz at);

#endif
