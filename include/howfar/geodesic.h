/* Geodesics on the WGS84 ellipsoid.
 *
 * Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013),
 * doi:10.1007/s00190-012-0578-z, as implemented by PROJ's geodesic.h; accurate
 * to about 15 nanometres. Thread-safe. */
#ifndef HOWFAR_GEODESIC_H
#define HOWFAR_GEODESIC_H

#include "howfar/coordinate.h"

HF_BEGIN_DECLS

/* WGS84 (NIMA TR8350.2). */
#define HF_WGS84_A_M 6378137.0
#define HF_WGS84_F (1.0 / 298.257223563)

/* The shortest line between two points. */
typedef struct hf_geodesic {
    double dist_m;
    double azimuth1_deg; /* direction at the start, clockwise from north */
    double azimuth2_deg; /* direction onwards at the end */
} hf_geodesic;

/* The inverse problem. Points must be valid (hf_lonlat_is_valid); otherwise
 * every field is NaN. */
HF_API hf_geodesic hf_geodesic_inverse(hf_lonlat from, hf_lonlat to);

/* Length of the shortest line, metres; NaN unless both points are valid. */
HF_API double hf_geodesic_dist_m(hf_lonlat from, hf_lonlat to);

/* The direct problem: where one arrives after dist_m in direction
 * azimuth_deg. Coordinates are NaN unless all inputs are finite and the point
 * valid. */
HF_API hf_lonlat hf_geodesic_direct(hf_lonlat from, double azimuth_deg,
                                    double dist_m);

HF_END_DECLS
#endif
