#include "shape/polygon.h"

#include <math.h>

#include "base/memory.h"

void hf__polygon_init(hf__polygon *polygon) {
    *polygon = (hf__polygon){.box = hf__box_of(NULL, 0)};
}

void hf__polygon_reset(hf__polygon *polygon) {
    hf__free(polygon->points);
    hf__free(polygon->ring_start);
    hf__polygon_init(polygon);
}

size_t hf__polygon_n_points(const hf__polygon *polygon) {
    return polygon->n_rings ? polygon->ring_start[polygon->n_rings] : 0;
}

size_t hf__polygon_before(const hf__polygon *polygon, size_t point) {
    size_t low = 0, high = polygon->n_rings; /* its ring: in low .. high - 1 */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (polygon->ring_start[middle] <= point) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return point > polygon->ring_start[low] ? point - 1
                                            : polygon->ring_start[low + 1] - 1;
}

hf__box hf__box_of(const hf_xy *points, size_t n) {
    hf__box box = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (size_t i = 0; i < n; i++) {
        hf__box_add(&box, points[i]);
    }
    return box;
}

void hf__box_widen(hf__box *box, const hf__box *by) {
    box->min.x_m = fmin(box->min.x_m, by->min.x_m);
    box->min.y_m = fmin(box->min.y_m, by->min.y_m);
    box->max.x_m = fmax(box->max.x_m, by->max.x_m);
    box->max.y_m = fmax(box->max.y_m, by->max.y_m);
}

bool hf__box_holds(const hf__box *outer, const hf__box *inner) {
    return hf__box_has(outer, inner->min) && hf__box_has(outer, inner->max);
}

bool hf__box_has(const hf__box *box, hf_xy p) {
    return p.x_m >= box->min.x_m && p.x_m <= box->max.x_m &&
           p.y_m >= box->min.y_m && p.y_m <= box->max.y_m;
}

bool hf__box_meets(const hf__box *a, const hf__box *b, double margin_m) {
    return a->min.x_m <= b->max.x_m + margin_m &&
           b->min.x_m <= a->max.x_m + margin_m &&
           a->min.y_m <= b->max.y_m + margin_m &&
           b->min.y_m <= a->max.y_m + margin_m;
}

static double outside(double low, double high, double value) {
    if (value < low) {
        return low - value;
    }
    return value > high ? value - high : 0;
}

double hf__box_dist2(const hf__box *box, hf_xy p) {
    double dx = outside(box->min.x_m, box->max.x_m, p.x_m);
    double dy = outside(box->min.y_m, box->max.y_m, p.y_m);
    return dx * dx + dy * dy;
}

double hf__ring_area2(const hf_xy *points, size_t n) {
    double sum = 0;
    for (size_t i = 2; i < n; i++) {
        double ax = points[i - 1].x_m - points[0].x_m;
        double ay = points[i - 1].y_m - points[0].y_m;
        double bx = points[i].x_m - points[0].x_m;
        double by = points[i].y_m - points[0].y_m;
        sum += ax * by - bx * ay;
    }
    return sum;
}

/* Twice the area, and six times the first moments about points[0]. */
static double ring_moments(const hf_xy *points, size_t n, hf_xy *out) {
    double sum = 0, mx = 0, my = 0;
    double ax = points[1].x_m - points[0].x_m;
    double ay = points[1].y_m - points[0].y_m;
    for (size_t i = 2; i < n; i++) {
        double bx = points[i].x_m - points[0].x_m;
        double by = points[i].y_m - points[0].y_m;
        double cross = ax * by - bx * ay;
        sum += cross;
        mx += cross * (ax + bx);
        my += cross * (ay + by);
        ax = bx;
        ay = by;
    }
    *out = (hf_xy){mx, my};
    return sum;
}

hf__measures hf__polygon_measure(const hf__polygon *polygon) {
    hf__measures out = {.centroid = {NAN, NAN}};
    if (!polygon->n_rings) {
        return out;
    }
    /* Each ring about its own first point, all about the polygon's first: no
     * sum holds the distance from the grid's origin. */
    hf_xy base = polygon->points[0];
    double area2 = 0, mx = 0, my = 0;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        const hf_xy *ring = polygon->points + polygon->ring_start[r];
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        hf_xy moment;
        double ring2 = ring_moments(ring, n, &moment);
        area2 += ring2;
        mx += moment.x_m + 3 * ring2 * (ring[0].x_m - base.x_m);
        my += moment.y_m + 3 * ring2 * (ring[0].y_m - base.y_m);
        *(ring2 > 0 ? &out.n_outer : &out.n_holes) += 1;
    }
    out.area_m2 = area2 / 2;
    if (area2 > 0) {
        out.centroid =
            (hf_xy){base.x_m + mx / (3 * area2), base.y_m + my / (3 * area2)};
    } else {
        hf__box box = polygon->box;
        out.centroid = (hf_xy){(box.min.x_m + box.max.x_m) / 2,
                               (box.min.y_m + box.max.y_m) / 2};
    }
    return out;
}

/* a + b as the rounded sum and its error, exactly (Knuth). */
static double two_sum(double a, double b, double *error) {
    double sum = a + b;
    double b_part = sum - a;
    *error = (a - (sum - b_part)) + (b - b_part);
    return sum;
}

/* Adds a term to an expansion: parts that do not overlap, in growing order,
 * whose sum is exact (Shewchuk 1997, Grow-Expansion). */
static size_t grow(double *parts, size_t n, double term) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double error;
        term = two_sum(term, parts[i], &error);
        if (error != 0) {
            parts[kept++] = error;
        }
    }
    if (term != 0) {
        parts[kept++] = term;
    }
    return kept;
}

static size_t grow_product(double *parts, size_t n, double a, double b) {
    double product = a * b;
    n = grow(parts, n, fma(a, b, -product));
    return grow(parts, n, product);
}

/* The determinant without its c.x * c.y, which cancels: six exact products.
 * Exact unless a product underflows, which takes coordinates of 1e-140. */
static int orientation_exact(hf_xy a, hf_xy b, hf_xy c) {
    double parts[12];
    size_t n = 0;
    n = grow_product(parts, n, a.x_m, b.y_m);
    n = grow_product(parts, n, -a.x_m, c.y_m);
    n = grow_product(parts, n, -c.x_m, b.y_m);
    n = grow_product(parts, n, -a.y_m, b.x_m);
    n = grow_product(parts, n, a.y_m, c.x_m);
    n = grow_product(parts, n, c.y_m, b.x_m);
    if (!n) {
        return 0;
    }
    return parts[n - 1] > 0 ? 1 : -1;
}

int hf__orientation(hf_xy a, hf_xy b, hf_xy c) {
    double left = (a.x_m - c.x_m) * (b.y_m - c.y_m);
    double right = (a.y_m - c.y_m) * (b.x_m - c.x_m);
    double det = left - right;
    /* (3 + 16 e) e with e = 2^-53: Shewchuk 1997, ccwerrboundA. */
    double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right));
    if (det > bound) {
        return 1;
    }
    if (det < -bound) {
        return -1;
    }
    return orientation_exact(a, b, c);
}

bool hf__cross_edge(hf_xy a, hf_xy b, hf_xy p, bool *inside) {
    if ((a.y_m > p.y_m && b.y_m > p.y_m) || (a.y_m < p.y_m && b.y_m < p.y_m) ||
        (a.x_m < p.x_m && b.x_m < p.x_m)) {
        return false;
    }
    bool crosses = (a.y_m > p.y_m) != (b.y_m > p.y_m);
    if (a.x_m > p.x_m && b.x_m > p.x_m) {
        *inside ^= crosses;
        return false;
    }
    int turn = hf__orientation(a, b, p);
    if (turn == 0) {
        return true; /* in line, and within the edge's box */
    }
    *inside ^= crosses && (turn > 0) == (b.y_m > a.y_m);
    return false;
}

hf__side hf__ring_side(const hf_xy *points, size_t n, hf_xy p) {
    bool inside = false;
    for (size_t i = 0, last = n - 1; i < n; last = i++) {
        if (hf__cross_edge(points[last], points[i], p, &inside)) {
            return HF__ON_BORDER;
        }
    }
    return inside ? HF__INSIDE : HF__OUTSIDE;
}

hf__side hf__polygon_side(const hf__polygon *polygon, hf_xy p) {
    if (!hf__box_has(&polygon->box, p)) {
        return HF__OUTSIDE;
    }
    bool inside = false;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        size_t start = polygon->ring_start[r];
        hf__side side = hf__ring_side(polygon->points + start,
                                      polygon->ring_start[r + 1] - start, p);
        if (side == HF__ON_BORDER) {
            return HF__ON_BORDER;
        }
        inside ^= side == HF__INSIDE;
    }
    return inside ? HF__INSIDE : HF__OUTSIDE;
}

double hf__segment_nearest(hf_xy a, hf_xy b, hf_xy p) {
    double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
    double length2 = dx * dx + dy * dy;
    double along = (p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy;
    if (!(along > 0) || !(length2 > 0)) {
        return 0;
    }
    return along >= length2 ? 1 : along / length2;
}
