#include "answer/annulus.h"

#include <math.h>

#include "earth/sector.h"
#include "howfar/geodesic.h"

/* More than the chords of a run's ends and of its pieces differ by. */
#define SLACK_M 0.1
/* Angles and stretches of a piece over which two nodes are exact enough:
 * radians, and times the distance from the point. */
#define ANGLE_STEP 0.1
#define STRETCH 0.1
/* The nodes of Gauss and Legendre, 0 to 1. */
#define NODE 0.21132486540518711775

/* A ring around a point. */
typedef struct annulus {
    hf_lonlat point;
    hf__xyz at;
    double low_m, high_m;
} annulus;

static double degrees(double radians) {
    return radians * (180 / M_PI);
}

/* A point of the plane of polar coordinates: x to the east. */
static hf_xy to_polar(const annulus *ring, hf__xyz at) {
    hf_geodesic line = hf_geodesic_inverse(ring->point, hf__lonlat_of(at));
    double azimuth = line.azimuth1_deg * (M_PI / 180);
    return (hf_xy){line.dist_m * sin(azimuth), line.dist_m * cos(azimuth)};
}

static double cross(hf_xy a, hf_xy b) {
    return a.x_m * b.y_m - a.y_m * b.x_m;
}

static double dot(hf_xy a, hf_xy b) {
    return a.x_m * b.x_m + a.y_m * b.y_m;
}

static hf_xy between(hf_xy a, hf_xy b, double t) {
    return (hf_xy){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

/* The angle from a to b seen from the point, counter-clockwise. */
static double angle_between(hf_xy a, hf_xy b) {
    return atan2(cross(a, b), dot(a, b));
}

/* ---- what lies beyond the ring ------------------------------------------ */

/* The whole width of the ring from the direction of a, counter-clockwise over
 * an angle. */
static double add_whole(const annulus *ring, hf_xy a, double angle) {
    double start_deg = degrees(atan2(a.x_m, a.y_m));
    size_t steps = 1 + (size_t)(fabs(angle) / ANGLE_STEP);
    double step = angle / (double)steps;
    double sum = 0;
    for (size_t k = 0; k < steps; k++) {
        double first_deg = start_deg - degrees(((double)k + NODE) * step);
        double second_deg = start_deg - degrees(((double)k + 1 - NODE) * step);
        sum +=
            hf__sector_m2(ring->point, first_deg, ring->low_m, ring->high_m) +
            hf__sector_m2(ring->point, second_deg, ring->low_m, ring->high_m);
    }
    return sum / 2 * step;
}

/* ---- what lies within it ------------------------------------------------ */

/* G(s) / s2. Near the point G is that of a plane. */
static double density(const annulus *ring, hf_xy p) {
    double s_m = hypot(p.x_m, p.y_m);
    if (s_m < 1) {
        double inner = s_m > 0 ? ring->low_m / s_m : 0;
        return (1 - inner * inner) / 2;
    }
    double azimuth_deg = degrees(atan2(p.x_m, p.y_m));
    return hf__sector_m2(ring->point, azimuth_deg, ring->low_m, s_m) /
           (s_m * s_m);
}

/* A stretch from a to b that lies within the ring. */
static double add_within(const annulus *ring, hf_xy a, hf_xy b) {
    double t = hf__segment_nearest(a, b, (hf_xy){0, 0});
    hf_xy nearest = between(a, b, t);
    double nearest_m = fmax(hypot(nearest.x_m, nearest.y_m), 1);
    double length_m = hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    size_t steps = 1 + (size_t)(length_m / (STRETCH * nearest_m));
    double step = 1 / (double)steps;
    double sum = 0;
    for (size_t k = 0; k < steps; k++) {
        double start = (double)k;
        sum += density(ring, between(a, b, (start + NODE) * step)) +
               density(ring, between(a, b, (start + 1 - NODE) * step));
    }
    return sum / 2 * cross(a, b) * step;
}

/* Adds to `cuts`, in order, where the straight line from a to b crosses a
 * circle. */
static size_t cut_at(hf_xy a, hf_xy b, double radius_m, double *cuts,
                     size_t n) {
    hf_xy along = {b.x_m - a.x_m, b.y_m - a.y_m};
    double length2 = dot(along, along);
    if (!(length2 > 0)) {
        return n;
    }
    double middle = -dot(a, along) / length2;
    double off = cross(a, along);
    double half2 =
        radius_m * radius_m / length2 - off * off / length2 / length2;
    if (!(half2 > 0)) {
        return n;
    }
    for (int sign = -1; sign <= 1; sign += 2) {
        double t = middle + sign * sqrt(half2);
        if (t > 0 && t < 1) {
            size_t at = n++;
            for (; at > 0 && cuts[at - 1] > t; at--) {
                cuts[at] = cuts[at - 1];
            }
            cuts[at] = t;
        }
    }
    return n;
}

static double add_piece(const annulus *ring, hf_xy a, hf_xy b) {
    double cuts[6] = {0};
    size_t n = cut_at(a, b, ring->low_m, cuts, 0);
    n = cut_at(a, b, ring->high_m, cuts, n);
    cuts[n++] = 1;
    double sum = 0;
    hf_xy start = a;
    for (size_t i = 0; i < n; i++) {
        hf_xy end = cuts[i] < 1 ? between(a, b, cuts[i]) : b;
        hf_xy middle = between(start, end, 0.5);
        double middle_m = hypot(middle.x_m, middle.y_m);
        if (middle_m >= ring->high_m) {
            sum += add_whole(ring, start, angle_between(start, end));
        } else if (middle_m > ring->low_m) {
            sum += add_within(ring, start, end);
        }
        start = end;
    }
    return sum;
}

/* ---- the border --------------------------------------------------------- */

/* How far the ends and pieces of a run are from the point, at least and at
 * most. */
static void bound(const annulus *ring, const hf__run *run, double *least_m,
                  double *most_m) {
    double chord_m = hf__xyz_dist_m(ring->at, run->middle);
    double reach_m = run->radius_m + SLACK_M;
    *least_m = hf__geodesic_least_m(fmax(chord_m - reach_m, 0));
    *most_m = hf__geodesic_most_m(chord_m + reach_m);
}

static double add_run(const annulus *ring, const hf__border *border,
                      const hf__run *run) {
    double least_m, most_m;
    bound(ring, run, &least_m, &most_m);
    if (most_m <= ring->low_m) {
        return 0;
    }
    const hf__xyz *ends = border->at + run->first;
    hf_xy a = to_polar(ring, ends[0]);
    if (least_m >= ring->high_m) {
        hf_xy b = to_polar(ring, ends[run->count]);
        return add_whole(ring, a, angle_between(a, b));
    }
    double sum = 0;
    for (size_t i = 0; i < run->count; i++) {
        hf_xy b = to_polar(ring, ends[i + 1]);
        sum += add_piece(ring, a, b);
        a = b;
    }
    return sum;
}

/* Whether all of an area lies within the ring: its border does, and the inner
 * circle is not in it. */
static bool is_all_within(const annulus *ring, const hf__border *border) {
    double least_m, most_m;
    bound(ring, &border->all, &least_m, &most_m);
    if (ring->low_m > 0 && !(least_m > 0)) {
        return false;
    }
    for (size_t r = 0; r < border->n_runs; r++) {
        bound(ring, &border->runs[r], &least_m, &most_m);
        if (least_m < ring->low_m || most_m > ring->high_m) {
            return false;
        }
    }
    return true;
}

double hf__annulus_area_m2(const hf__border *border, hf_lonlat point,
                           double low_m, double high_m) {
    annulus ring = {.point = point,
                    .at = hf__xyz_of(point),
                    .low_m = low_m,
                    .high_m = fmin(high_m, HF__ANNULUS_MOST_M)};
    double least_m, most_m;
    bound(&ring, &border->all, &least_m, &most_m);
    if (!(ring.low_m < ring.high_m) || most_m <= ring.low_m ||
        (least_m > 0 && least_m >= ring.high_m)) {
        return 0;
    }
    if (is_all_within(&ring, border)) {
        return hf__border_area_m2(border);
    }
    double sum = 0;
    for (size_t r = 0; r < border->n_runs; r++) {
        sum += add_run(&ring, border, &border->runs[r]);
    }
    return fmax(sum, 0);
}

/* ---- the whole of it ---------------------------------------------------- */

/* The area between the equator and a latitude, per radian of longitude, from
 * the tangent of the latitude: the authalic function
 *     b2 / 2 (sin / (1 - e2 sin2) + artanh(e sin) / e). */
static double below_m2(double tan_lat) {
    const double e2 = HF_WGS84_F * (2 - HF_WGS84_F), e = sqrt(e2);
    const double b_m = HF_WGS84_A_M * (1 - HF_WGS84_F);
    double sine = tan_lat / sqrt(1 + tan_lat * tan_lat);
    return b_m * b_m / 2 *
           (sine / (1 - e2 * sine * sine) + atanh(e * sine) / e);
}

/* The same at a point of the ellipsoid. */
static double below(hf__xyz p) {
    const double e2 = HF_WGS84_F * (2 - HF_WGS84_F);
    return below_m2(p.z_m / ((1 - e2) * hypot(p.x_m, p.y_m)));
}

/* The angle in longitude from a to b. */
static double turn(hf__xyz a, hf__xyz b) {
    return atan2(a.x_m * b.y_m - a.y_m * b.x_m, a.x_m * b.x_m + a.y_m * b.y_m);
}

/* Simpson's rule along a piece, for what lies below it times how fast its
 * longitude turns: exact where both are parabolas. The middle of the chord lies
 * 5 mm under that of the geodesic. */
double hf__border_area_m2(const hf__border *border) {
    double sum = 0;
    for (size_t r = 0; r < border->n_runs; r++) {
        const hf__run *run = &border->runs[r];
        const hf__xyz *ends = border->at + run->first;
        double first = below(ends[0]);
        for (size_t i = 0; i < run->count; i++) {
            hf__xyz middle = hf__xyz_between(ends[i], ends[i + 1], 0.5);
            double last = below(ends[i + 1]);
            double before = turn(ends[i], middle);
            double after = turn(middle, ends[i + 1]);
            sum -= ((3 * before - after) * first +
                    4 * (before + after) * below(middle) +
                    (3 * after - before) * last) /
                   6;
            first = last;
        }
    }
    return fmax(sum, 0);
}
