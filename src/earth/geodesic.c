#include "howfar/geodesic.h"

#include <geodesic.h>
#include <math.h>
#include <pthread.h>

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
