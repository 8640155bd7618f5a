/* Points of the WGS84 ellipsoid in earth-centred coordinates, and what the
 * chord between two of them says about the geodesic.
 *
 * Let c be the chord and s the geodesic between two points. Both bounds follow
 * from the geodesic being a curve in space whose curvature is the normal
 * curvature of the surface, between 1 / (a^2 / b) = 1 / 6,399,593.63 m and
 * 1 / (b^2 / a) = 1 / 6,335,439.32 m, and whose torsion t is at most
 * (1/M - 1/N) / 2 < 5.3e-10 per metre (M, N: the principal radii).
 *
 * Above. Schur's theorem: of two arcs of the same length, the one that is
 * nowhere more curved has the longer chord. The circle of radius 6,335,439 m is
 * nowhere less curved than the geodesic, so c >= 2 r sin(s / 2r) for it.
 *
 * Below. Let f be the angle between the tangents at two places w apart. In the
 * moving frame (tangent, normal, binormal) a fixed vector changes so that
 * f' = k cos(p), with p the angle by which torsion has turned it out of the
 * plane, and sin(p) <= t w as long as f <= 90 degrees. Up to 10,000 km t w is
 * at most 0.0053, so the tangents turn at least as fast as those of a circle of
 * radius 6,399,594 / (1 - 1.4e-5) = 6,399,684 m < 6,400,000 m; and as c^2 is
 * the double integral of cos(f), c <= 2 r sin(s / 2r) for that circle.
 *
 * Beyond 8,000 km of chord the bound below is c itself. */
#ifndef HOWFAR_EARTH_GEOCENTRIC_H
#define HOWFAR_EARTH_GEOCENTRIC_H

#include <math.h>
#include <stdbool.h>

#include "howfar/coordinate.h"

/* Metres from the middle of the earth: x to longitude 0, z to the pole. */
typedef struct hf__xyz {
    double x_m, y_m, z_m;
} hf__xyz;

/* Of a valid point, on the ellipsoid; within 3 nm. */
hf__xyz hf__xyz_of(hf_lonlat p);
/* The other way round, for what stands on the ellipsoid or within a metre of
 * it; within 2 nm there, and to 4 mm per metre off it. */
hf_lonlat hf__lonlat_of(hf__xyz p);

static inline double hf__xyz_dist2(hf__xyz a, hf__xyz b) {
    double x = b.x_m - a.x_m, y = b.y_m - a.y_m, z = b.z_m - a.z_m;
    return x * x + y * y + z * z;
}

static inline double hf__xyz_dist_m(hf__xyz a, hf__xyz b) {
    return sqrt(hf__xyz_dist2(a, b));
}

/* a + t (b - a) */
static inline hf__xyz hf__xyz_between(hf__xyz a, hf__xyz b, double t) {
    return (hf__xyz){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m),
                     a.z_m + t * (b.z_m - a.z_m)};
}

/* The parameter, 0 to 1, at which the segment a, b comes nearest to p. */
double hf__xyz_nearest(hf__xyz a, hf__xyz b, hf__xyz p);

/* Least and greatest length of a geodesic whose chord is chord_m. */
double hf__geodesic_least_m(double chord_m);
double hf__geodesic_most_m(double chord_m);

/* Greatest and least chord of a geodesic whose length is dist_m: what
 * hf__geodesic_least_m and hf__geodesic_most_m say, the other way round. */
double hf__chord_most_m(double dist_m);
double hf__chord_least_m(double dist_m);

#endif
