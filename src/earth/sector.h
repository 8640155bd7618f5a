/* Areas on the ellipsoid in geodesic polar coordinates: by distance and azimuth
 * from a point.
 *
 * Between neighbouring geodesics of a point the ground widens by the reduced
 * length m(s) per radian of azimuth (Karney 2013, section 3), so that what
 * lies between the distances s1 and s2 is the integral of m from s1 to s2, per
 * radian. m satisfies m'' = -K m with K the Gaussian curvature, which is
 * smooth: Gauss-Legendre quadrature with three nodes over steps of at most
 * 1,000 km misses less than 1e-11 of it. */
#ifndef HOWFAR_EARTH_SECTOR_H
#define HOWFAR_EARTH_SECTOR_H

#include "howfar/coordinate.h"

/* The area, in m2 per radian of azimuth, between two distances from a point in
 * one direction; negative where from_m > to_m. NaN unless the point is valid,
 * the azimuth finite and both distances at most 10,000 km. */
double hf__sector_m2(hf_lonlat point, double azimuth_deg, double from_m,
                     double to_m);

#endif
