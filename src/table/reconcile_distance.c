/* Mistakes that are known by the distance they give. */
#include <math.h>

#include "howfar/geodesic.h"
#include "howfar/units.h"
#include "table/reconcile.h"

#define PI 3.14159265358979323846

/* A value that a mistake explains is within the rounding of a tenth of it; and
 * of two roundings where tenths of miles were turned into kilometres. */
#define EXPLAINED 0.0501
#define EXPLAINED_KM (0.0501 + 0.05 * 1.6093)

static double flat_m(hf_xy a, hf_xy b) {
    return hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

static hf_xy as_listed(const hf_ssda903_end *end) {
    return end->is_irish ? end->irish : end->grid;
}

static bool is_near(double a, double b, double within) {
    return fabs(a - b) <= within;
}

/* The central angle between two points of a sphere. */
static double angle_between(hf_lonlat a, hf_lonlat b) {
    double rad = PI / 180;
    double lat = sin((b.lat_deg - a.lat_deg) * rad / 2);
    double lon = sin((b.lon_deg - a.lon_deg) * rad / 2);
    double h =
        lat * lat + cos(a.lat_deg * rad) * cos(b.lat_deg * rad) * lon * lon;
    return 2 * asin(fmin(1, sqrt(h)));
}

/* Radii of the earth that programs use, kilometres. */
static bool is_great_circle(hf_lonlat a, hf_lonlat b, double miles) {
    static const double radii_km[] = {
        6371.0,          6371.0088,       6372.8,
        6378.137,        3956 * 1.609344, 3958.8 * 1.609344,
        3959 * 1.609344, 3960 * 1.609344, 3963.2 * 1.609344};
    double angle = angle_between(a, b);
    for (size_t i = 0; i < sizeof radii_km / sizeof *radii_km; i++) {
        if (is_near(angle * radii_km[i] / 1.609344, miles, EXPLAINED)) {
            return true;
        }
    }
    return false;
}

const char *hf__mistake_of_distance(const hf_ssda903_row *official,
                                    double miles) {
    const hf_ssda903_end *a = &official->home, *b = &official->placement;
    double flat = flat_m(a->grid, b->grid);
    if ((a->is_irish || b->is_irish) &&
        is_near(flat_m(as_listed(a), as_listed(b)) / 1609.3, miles,
                EXPLAINED)) {
        return "an Irish Grid reference read as a British one";
    }
    bool has_points =
        hf_lonlat_is_valid(a->lonlat) && hf_lonlat_is_valid(b->lonlat);
    double geodesic_m =
        has_points ? hf_geodesic_dist_m(a->lonlat, b->lonlat) : NAN;
    if (is_near(flat / 1000, miles, EXPLAINED_KM) ||
        is_near(geodesic_m / 1000, miles, EXPLAINED_KM)) {
        return "kilometres for miles";
    }
    if (has_points && (is_near(hf_miles_from_m(geodesic_m), miles, EXPLAINED) ||
                       is_great_circle(a->lonlat, b->lonlat, miles))) {
        return "over the globe (haversine or geodesic) instead of the grid";
    }
    return "";
}
