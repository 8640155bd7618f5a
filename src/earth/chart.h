/* Charts: a projection as polynomials, patch by patch.
 *
 * A projection that is smooth is, over a hundred kilometres, a polynomial to
 * within a micrometre: a patch of width w is interpolated at 6 x 6 Chebyshev
 * nodes, and the error is below r (w / 2r)^6 / (6! 2^5) times a small number,
 * 0.1 nm for w = 100 km. Patches are filled through PROJ on first use and
 * compared with it at nine other points; where a patch is not within
 * HF__CHART_M of PROJ there (a datum grid's cells are not smooth, nor is a
 * projection near its singular points), it is rough: error_m is then twice the
 * greatest deviation found and five metres, more than a datum grid, which
 * changes by less than 1e-4 of the way, can add between the points compared.
 * Callers that can't live with that ask PROJ point by point.
 *
 * A chart never changes for its users: threads fill patches side by side, and
 * the first to finish a patch keeps it. */
#ifndef HOWFAR_EARTH_CHART_H
#define HOWFAR_EARTH_CHART_H

#include "earth/geocentric.h"
#include "earth/projection.h"

/* A smooth patch is within this of PROJ. */
#define HF__CHART_M 1e-6

#define HF__PATCH_TERMS 6

typedef struct hf__chart hf__chart;

/* A patch, once filled. */
typedef struct hf__patch {
    double middle[2], inverse_half[2]; /* of the patch, in the units of input */
    double base[3];
    /* By powers of y; in each row by powers of x, and then by output: of two
     * outputs x0, y0, x1, y1 ..., so that a row is a run of vectors. */
    double terms[HF__PATCH_TERMS][3 * HF__PATCH_TERMS];
    bool is_smooth;
    double error_m; /* infinite where the patch is of no use */
} hf__patch;

/* Longitude and latitude to the plane, for points in the box of longitude (x)
 * and latitude (y) that the four numbers give. HF_ERR_MEMORY. */
hf_status hf__chart_to_plane(hf_context *ctx, const hf__projection *plane,
                             hf_lonlat least, hf_lonlat most, hf__chart **out);
/* The plane to earth-centred coordinates. */
hf_status hf__chart_to_earth(hf_context *ctx, const hf__projection *plane,
                             hf_xy least, hf_xy most, hf__chart **out);
void hf__chart_free(hf__chart *chart);

/* The patch that holds a point; NULL outside the chart. HF_ERR_PROJECTION,
 * HF_ERR_MEMORY. */
hf_status hf__chart_patch(hf_context *ctx, const hf__chart *chart, double x,
                          double y, const hf__patch **out);

/* The n outputs of the patch at a point: x, y of the plane, or x, y, z of the
 * earth. Row by row, so that compilers take the terms of a row together. */
static inline void hf__patch_at(const hf__patch *patch, double x, double y,
                                int n, double *out) {
    double s = (x - patch->middle[0]) * patch->inverse_half[0];
    double t = (y - patch->middle[1]) * patch->inverse_half[1];
    double row[3 * HF__PATCH_TERMS] = {0};
    for (int j = HF__PATCH_TERMS; j-- > 0;) {
        for (int m = 0; m < n * HF__PATCH_TERMS; m++) {
            row[m] = row[m] * t + patch->terms[j][m];
        }
    }
    double sum[3] = {0, 0, 0};
    for (int i = HF__PATCH_TERMS; i-- > 0;) {
        for (int k = 0; k < n; k++) {
            sum[k] = sum[k] * s + row[n * i + k];
        }
    }
    for (int k = 0; k < n; k++) {
        out[k] = patch->base[k] + sum[k];
    }
}

#endif
