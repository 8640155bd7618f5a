#include "earth/geocentric.h"

#include <math.h>

#include "howfar/geodesic.h"

/* Radii of circles that bound every geodesic's curvature: see the header. */
#define R_LEAST_M 6335439.0
#define R_MOST_M 6400000.0
/* Up to this chord the bound below is proven with R_MOST_M. */
#define CHORD_PROVEN_M 8e6
/* Half a meridian: no geodesic is longer (20,003,931.46 m). */
#define DIST_MOST_M 20003932.0

hf__xyz hf__xyz_of(hf_lonlat p) {
    const double e2 = HF_WGS84_F * (2 - HF_WGS84_F);
    double lon = p.lon_deg * (M_PI / 180), lat = p.lat_deg * (M_PI / 180);
    double sin_lat = sin(lat), cos_lat = cos(lat);
    double n_m = HF_WGS84_A_M / sqrt(1 - e2 * sin_lat * sin_lat);
    return (hf__xyz){n_m * cos_lat * cos(lon), n_m * cos_lat * sin(lon),
                     n_m * (1 - e2) * sin_lat};
}

hf_lonlat hf__lonlat_of(hf__xyz p) {
    const double e2 = HF_WGS84_F * (2 - HF_WGS84_F);
    double from_axis_m = sqrt(p.x_m * p.x_m + p.y_m * p.y_m);
    return (hf_lonlat){atan2(p.y_m, p.x_m) * (180 / M_PI),
                       atan2(p.z_m, (1 - e2) * from_axis_m) * (180 / M_PI)};
}

double hf__xyz_nearest(hf__xyz a, hf__xyz b, hf__xyz p) {
    double x = b.x_m - a.x_m, y = b.y_m - a.y_m, z = b.z_m - a.z_m;
    double along =
        x * (p.x_m - a.x_m) + y * (p.y_m - a.y_m) + z * (p.z_m - a.z_m);
    double length2 = x * x + y * y + z * z;
    if (!(along > 0)) {
        return 0;
    }
    return along >= length2 ? 1 : along / length2;
}

double hf__geodesic_least_m(double chord_m) {
    return chord_m > CHORD_PROVEN_M
               ? chord_m
               : 2 * R_MOST_M * asin(chord_m / (2 * R_MOST_M));
}

double hf__geodesic_most_m(double chord_m) {
    double sine = chord_m / (2 * R_LEAST_M);
    return sine < 1 ? fmin(2 * R_LEAST_M * asin(sine), DIST_MOST_M)
                    : DIST_MOST_M;
}

double hf__chord_most_m(double dist_m) {
    double chord_m = 2 * R_MOST_M * sin(dist_m / (2 * R_MOST_M));
    return dist_m < 1e7 && chord_m <= CHORD_PROVEN_M
               ? chord_m
               : fmax(dist_m, CHORD_PROVEN_M);
}

double hf__chord_least_m(double dist_m) {
    double angle = dist_m / (2 * R_LEAST_M);
    return angle < M_PI / 2 ? 2 * R_LEAST_M * sin(angle) : 2 * R_LEAST_M;
}
