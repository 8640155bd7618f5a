/* What answers keep with a boundary set: charts of its plane, the border of
 * each authority, and the cells in which points are located. Each is made on
 * first use, so that a single question makes only what it needs, and shared by
 * all threads. */
#ifndef HOWFAR_ANSWER_INDEXES_H
#define HOWFAR_ANSWER_INDEXES_H

#include "answer/border.h"
#include "atlas/boundary.h"
#include "earth/chart.h"
#include "shape/cells.h"

/* How many metres of ground a metre of the working plane is, at least and at
 * most, over the set's extent. */
typedef struct hf__scale {
    double least, most;
} hf__scale;

typedef struct hf__indexes {
    hf__box extent; /* of all authorities, in the plane */
    hf__scale scale;
    hf__chart *to_plane; /* longitude, latitude to the working plane */
    hf__chart *to_earth; /* the working plane to earth-centred */
    hf__lazy *cells;
    size_t n_borders;
    hf__lazy *borders;
} hf__indexes;

/* HF_ERR_PROJECTION, HF_ERR_MEMORY, as for all below. */
hf_status hf__indexes_of(hf_context *ctx, const hf_boundaries *set,
                         const hf__indexes **out);

/* The border of an authority. */
hf_status hf__indexes_border(hf_context *ctx, const hf_boundaries *set,
                             size_t authority, const hf__border **out);

/* The cells of all authorities. */
hf_status hf__indexes_cells(hf_context *ctx, const hf_boundaries *set,
                            const hf__cells **out);

#endif
