#include "howfar/geodesic.h"

#include <geodesic.h>
#include <math.h>
#include <pthread.h>

#include "earth/sector.h"

/* Filled once and only read afterwards, so every thread may share it. */
static struct geod_geodesic wgs84;
static pthread_once_t wgs84_once = PTHREAD_ONCE_INIT;

static void make_wgs84(void) {
    geod_init(&wgs84, HF_WGS84_A_M, HF_WGS84_F);
}

static const struct geod_geodesic *get_wgs84(void) {
    pthread_once(&wgs84_once, make_wgs84);
    return &wgs84;
}

hf_geodesic hf_geodesic_inverse(hf_lonlat from, hf_lonlat to) {
    hf_geodesic line = {NAN, NAN, NAN};
    if (hf_lonlat_is_valid(from) && hf_lonlat_is_valid(to)) {
        geod_inverse(get_wgs84(), from.lat_deg, from.lon_deg, to.lat_deg,
                     to.lon_deg, &line.dist_m, &line.azimuth1_deg,
                     &line.azimuth2_deg);
    }
    return line;
}

double hf_geodesic_dist_m(hf_lonlat from, hf_lonlat to) {
    double dist_m = NAN;
    if (hf_lonlat_is_valid(from) && hf_lonlat_is_valid(to)) {
        geod_inverse(get_wgs84(), from.lat_deg, from.lon_deg, to.lat_deg,
                     to.lon_deg, &dist_m, NULL, NULL);
    }
    return dist_m;
}

hf_lonlat hf_geodesic_direct(hf_lonlat from, double azimuth_deg,
                             double dist_m) {
    hf_lonlat to = {NAN, NAN};
    if (hf_lonlat_is_valid(from) && isfinite(azimuth_deg) && isfinite(dist_m)) {
        geod_direct(get_wgs84(), from.lat_deg, from.lon_deg, azimuth_deg,
                    dist_m, &to.lat_deg, &to.lon_deg, NULL);
    }
    return to;
}

/* Steps of the quadrature are no longer. */
#define SECTOR_STEP_M 1e6
#define SECTOR_MOST_M 1e7

static double reduced_length_m(const struct geod_geodesicline *ray,
                               double dist_m) {
    double m12_m;
    geod_genposition(ray, GEOD_NOFLAGS, dist_m, NULL, NULL, NULL, NULL, &m12_m,
                     NULL, NULL, NULL);
    return m12_m;
}

double hf__sector_m2(hf_lonlat point, double azimuth_deg, double from_m,
                     double to_m) {
    if (!hf_lonlat_is_valid(point) || !isfinite(azimuth_deg) ||
        !(fabs(from_m) <= SECTOR_MOST_M) || !(fabs(to_m) <= SECTOR_MOST_M)) {
        return NAN;
    }
    struct geod_geodesicline ray;
    geod_lineinit(&ray, get_wgs84(), point.lat_deg, point.lon_deg, azimuth_deg,
                  GEOD_REDUCEDLENGTH | GEOD_DISTANCE_IN);
    size_t steps = 1 + (size_t)(fabs(to_m - from_m) / SECTOR_STEP_M);
    double half_m = (to_m - from_m) / (double)steps / 2;
    double node_m = half_m * sqrt(0.6);
    double sum = 0;
    for (size_t k = 0; k < steps; k++) {
        double middle_m = from_m + half_m * (double)(2 * k + 1);
        sum += 5 * reduced_length_m(&ray, middle_m - node_m) +
               8 * reduced_length_m(&ray, middle_m) +
               5 * reduced_length_m(&ray, middle_m + node_m);
    }
    return sum * half_m / 9;
}
