/* The loops of lanes.h: included by one file per variant, which defines
 * LANES_NAME and LANES_TABLE. */
#include <math.h>

#include "howfar/geodesic.h"
#include "shape/index.h"
#include "shape/lanes.h"
#include "shape/lanes_search.h"

#define E2 (HF_WGS84_F * (2 - HF_WGS84_F))
/* The ellipsoid in units of its equatorial radius is x^2 + y^2 + G z^2 = 1. */
#define G (1 / ((1 - HF_WGS84_F) * (1 - HF_WGS84_F)))

/* Sine and cosine of an angle of at most 45 degrees, in radians: Taylor's
 * series, whose next terms are below 2^-54. */
static inline double small_sin(double x) {
    double y = x * x;
    return x + x * y *
                   (-1.0 / 6 +
                    y * (1.0 / 120 +
                         y * (-1.0 / 5040 +
                              y * (1.0 / 362880 +
                                   y * (-1.0 / 39916800 +
                                        y * (1.0 / 6227020800 +
                                             y * (-1.0 / 1307674368e3 +
                                                  y / 355687428096e3)))))));
}

static inline double small_cos(double x) {
    double y = x * x;
    return 1 + y * (-1.0 / 2 +
                    y * (1.0 / 24 +
                         y * (-1.0 / 720 +
                              y * (1.0 / 40320 +
                                   y * (-1.0 / 3628800 +
                                        y * (1.0 / 479001600 +
                                             y * (-1.0 / 871782912e2 +
                                                  y / 20922789888e3)))))));
}

/* Of -180..180 degrees. The nearest multiple of a right angle is taken off
 * exactly; what is left is at most 45 degrees. */
static inline void sin_cos(double deg, double *sine, double *cosine) {
    const double round = 6755399441055744.0; /* 1.5 * 2^52 */
    double quarters = (deg * (1.0 / 90) + round) - round;
    double x = (deg - 90 * quarters) * (M_PI / 180);
    double s = small_sin(x), c = small_cos(x);
    double swap = quarters * quarters == 1 ? 1 : 0;
    double sign = quarters * quarters == 4 ? -1 : 1;
    *sine = sign * (s + swap * (quarters * c - s));
    *cosine = sign * (c + swap * (-quarters * s - c));
}

static void lanes_to_plane(const hf__patch *const *patches, const hf_lonlat *p,
                           size_t n, hf_xy *out) {
    for (size_t i = 0; i < n; i++) {
        double at[2];
        if (patches[i]) {
            hf__patch_at(patches[i], p[i].lon_deg, p[i].lat_deg, 2, at);
            out[i] = (hf_xy){at[0], at[1]};
        }
    }
}

static void lanes_to_earth(const hf__patch *const *patches, const hf_xy *p,
                           size_t n, hf__xyz *out) {
    for (size_t i = 0; i < n; i++) {
        double at[3];
        if (patches[i]) {
            hf__patch_at(patches[i], p[i].x_m, p[i].y_m, 3, at);
            out[i] = (hf__xyz){at[0], at[1], at[2]};
        }
    }
}

static void lanes_xyz(const hf_lonlat *restrict p, size_t n, hf__points out) {
    double *restrict x = out.x, *restrict y = out.y, *restrict z = out.z;
    for (size_t i = 0; i < n; i++) {
        double sin_lon, cos_lon, sin_lat, cos_lat;
        sin_cos(p[i].lon_deg, &sin_lon, &cos_lon);
        sin_cos(p[i].lat_deg, &sin_lat, &cos_lat);
        double radius = HF_WGS84_A_M / sqrt(1 - E2 * sin_lat * sin_lat);
        x[i] = radius * cos_lat * cos_lon;
        y[i] = radius * cos_lat * sin_lon;
        z[i] = radius * (1 - E2) * sin_lat;
    }
}

/* sqrt(1 + x) - 1 for x below 0.015: the binomial series, whose next term is
 * below 3e-13. Roots are what costs most here. */
static inline double root_less_one(double x) {
    return x * (1.0 / 2 +
                x * (-1.0 / 8 +
                     x * (1.0 / 16 + x * (-5.0 / 128 + x * (7.0 / 256)))));
}

/* With the chord as axis, from -h to h, the ellipse is
 * a (u^2 - h^2) + 2 v (b + c u) + e v^2 = 0. How much longer the arc is than
 * the chord at u: sqrt(1 + (dv/du)^2) - 1. */
static inline double stretch(double a, double b, double c, double inverse_e,
                             double q, double u) {
    double bu = b + c * u;
    double root2 = bu * bu + q; /* q is a e (h^2 - u^2) */
    double inverse = 1 / (bu * root2);
    double inverse_bu = inverse * root2;
    double v = bu * root_less_one(q * inverse_bu * inverse_bu) * inverse_e;
    double rise = a * u + c * v;
    return root_less_one(rise * rise * inverse * bu);
}

/* Five nodes of Gauss-Legendre: 1/3 sqrt(5 -+ 2 sqrt(10/7)), and their weights,
 * halved. */
#define NODE_1 0.53846931010568309104
#define NODE_2 0.90617984593866399280
#define WEIGHT_0 (64.0 / 225)
#define WEIGHT_1 0.23931433524968323402
#define WEIGHT_2 0.11846344252809454376

static inline double arc_length(double px, double py, double pz, double qx,
                                double qy, double qz, double *chord_m) {
    const double scale = 1 / HF_WGS84_A_M;
    double dx = qx - px, dy = qy - py, dz = qz - pz;
    double chord = sqrt(dx * dx + dy * dy + dz * dz);
    double nx = (px + qx) * (scale / 2), ny = (py + qy) * (scale / 2);
    double nz = (pz + qz) * (G * scale / 2);
    double b2 = nx * nx + ny * ny + nz * nz;
    double b = sqrt(b2);
    double dz_unit = dz / (chord + 1e-100); /* 0 for one and the same point */
    double nz_unit = nz / b;
    double a = 1 + (G - 1) * dz_unit * dz_unit;
    double c = (G - 1) * dz_unit * nz_unit;
    double e = 1 + (G - 1) * nz_unit * nz_unit;
    double h = chord * (scale / 2);
    double aeh2 = a * e * h * h, f = 1 / e;
    double q1 = aeh2 * (1 - NODE_1 * NODE_1);
    double q2 = aeh2 * (1 - NODE_2 * NODE_2);
    double sum = WEIGHT_0 * stretch(a, b, c, f, aeh2, 0) +
                 WEIGHT_1 * (stretch(a, b, c, f, q1, -NODE_1 * h) +
                             stretch(a, b, c, f, q1, NODE_1 * h)) +
                 WEIGHT_2 * (stretch(a, b, c, f, q2, -NODE_2 * h) +
                             stretch(a, b, c, f, q2, NODE_2 * h));
    *chord_m = chord;
    return chord + chord * sum;
}

static void lanes_geodesic(hf__points p, hf__points q, size_t n,
                           double *restrict chord_m, double *restrict dist_m) {
    const double *restrict px = p.x, *restrict py = p.y, *restrict pz = p.z;
    const double *restrict qx = q.x, *restrict qy = q.y, *restrict qz = q.z;
    for (size_t i = 0; i < n; i++) {
        dist_m[i] =
            arc_length(px[i], py[i], pz[i], qx[i], qy[i], qz[i], &chord_m[i]);
    }
}

static inline double clamp(double t) {
    t = t > 0 ? t : 0;
    return t < 1 ? t : 1;
}

/* One axis of an arc. */
static inline double arc_at(double from, double along, double bulge, double t) {
    return from + t * along + 4 * t * (1 - t) * bulge;
}

/* The parameter of the point of the arc nearest to the origin by chord: that of
 * the straight segment, then a step of Newton's method. The bulge is at most a
 * ten-thousandth of the length, so another step would move it by less than
 * 1e-10. */
static inline double nearest_on_arc(const double *f, const double *d,
                                    const double *s) {
    double length2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
    double towards = -(f[0] * d[0] + f[1] * d[1] + f[2] * d[2]);
    double t = clamp(towards / (length2 + 1e-100));
    double gradient = 0, second = 0;
    for (int k = 0; k < 3; k++) {
        double at = arc_at(f[k], d[k], s[k], t);
        double velocity = d[k] + 4 * (1 - 2 * t) * s[k];
        gradient += at * velocity;
        second += velocity * velocity - 8 * at * s[k];
    }
    return clamp(t - gradient / (second + 1e-100));
}

static void lanes_arc(hf__points p, hf__arcs arcs, size_t n, double *restrict t,
                      double *restrict chord_m, double *restrict dist_m) {
    const double *restrict px = p.x, *restrict py = p.y, *restrict pz = p.z;
    const double *restrict fx = arcs.from.x, *restrict fy = arcs.from.y,
                           *restrict fz = arcs.from.z;
    const double *restrict dx = arcs.along.x, *restrict dy = arcs.along.y,
                           *restrict dz = arcs.along.z;
    const double *restrict sx = arcs.bulge.x, *restrict sy = arcs.bulge.y,
                           *restrict sz = arcs.bulge.z;
    for (size_t i = 0; i < n; i++) {
        double from[3] = {fx[i] - px[i], fy[i] - py[i], fz[i] - pz[i]};
        double along[3] = {dx[i], dy[i], dz[i]};
        double bulge[3] = {sx[i], sy[i], sz[i]};
        double at = nearest_on_arc(from, along, bulge);
        t[i] = at;
        dist_m[i] =
            arc_length(px[i], py[i], pz[i], arc_at(fx[i], dx[i], sx[i], at),
                       arc_at(fy[i], dy[i], sy[i], at),
                       arc_at(fz[i], dz[i], sz[i], at), &chord_m[i]);
    }
}

const hf__lanes LANES_TABLE = {LANES_NAME, lanes_to_plane,   lanes_to_earth,
                               lanes_xyz,  lanes_geodesic,   lanes_arc,
                               lanes_near, lanes_near_around};
