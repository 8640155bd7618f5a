/* How far two borders run together. */
#ifndef HOWFAR_SHAPE_CONTACT_H
#define HOWFAR_SHAPE_CONTACT_H

#include "shape/polygon.h"

/* The length of that part of a's border which lies within tolerance_m of b's
 * border. Borders that only meet in a point give a little: an edge that ends
 * there is within tolerance for tolerance_m / sin(angle). HF_ERR_MEMORY. */
hf_status hf__contact_length(hf_context *ctx, const hf__polygon *a,
                             const hf__polygon *b, double tolerance_m,
                             double *out_length_m);

/* The part of segment p..q, as parameters 0 to 1, that lies within tolerance_m
 * of segment c..d; false where there is none. Distance to a segment is convex,
 * so it is one interval. */
bool hf__contact_interval(hf_xy p, hf_xy q, hf_xy c, hf_xy d,
                          double tolerance_m, double *out_from, double *out_to);

#endif
