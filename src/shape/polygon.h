/* Areas: rings of points in a plane, and what can be asked of them without a
 * library. Every polygon here is valid: its rings do not cross, outer rings run
 * counter-clockwise and holes clockwise, and the even-odd rule says what is
 * inside. An area may have any number of outer rings and holes. */
#ifndef HOWFAR_SHAPE_POLYGON_H
#define HOWFAR_SHAPE_POLYGON_H

#include <stdbool.h>
#include <stddef.h>

#include "howfar/coordinate.h"

typedef struct hf__box {
    hf_xy min, max;
} hf__box;

/* Ring r holds points ring_start[r] .. ring_start[r + 1] - 1; the first point
 * is not repeated at the end: the edge from last to first is implied. */
typedef struct hf__polygon {
    hf_xy *points;
    size_t *ring_start; /* n_rings + 1 */
    size_t n_rings;
    hf__box box;
} hf__polygon;

/* An empty polygon; frees what it holds. */
void hf__polygon_init(hf__polygon *polygon);
void hf__polygon_reset(hf__polygon *polygon);

size_t hf__polygon_n_points(const hf__polygon *polygon);
/* The point before `point` on its ring. */
size_t hf__polygon_before(const hf__polygon *polygon, size_t point);

/* The box of n points; min is +infinity and max -infinity for none. */
hf__box hf__box_of(const hf_xy *points, size_t n);
/* Makes a box large enough to hold a point. */
static inline void hf__box_add(hf__box *box, hf_xy p) {
    box->min.x_m = p.x_m < box->min.x_m ? p.x_m : box->min.x_m;
    box->min.y_m = p.y_m < box->min.y_m ? p.y_m : box->min.y_m;
    box->max.x_m = p.x_m > box->max.x_m ? p.x_m : box->max.x_m;
    box->max.y_m = p.y_m > box->max.y_m ? p.y_m : box->max.y_m;
}
/* Makes a box large enough to hold another. */
void hf__box_widen(hf__box *box, const hf__box *by);
/* Whether a box holds another, borders included. */
bool hf__box_holds(const hf__box *outer, const hf__box *inner);
bool hf__box_has(const hf__box *box, hf_xy p);
/* Whether two boxes come within `margin` of each other. */
bool hf__box_meets(const hf__box *a, const hf__box *b, double margin_m);
/* Least distance from a point to a box, squared; 0 inside. */
double hf__box_dist2(const hf__box *box, hf_xy p);

/* Twice the signed area of a ring: positive counter-clockwise. Computed about
 * the ring's first point, so that it is accurate far from the origin. */
double hf__ring_area2(const hf_xy *points, size_t n);

/* What all the rings of a polygon tell, in one go. */
typedef struct hf__measures {
    double area_m2;
    hf_xy centroid; /* of the area; of the box without one, NaN without rings */
    size_t n_outer, n_holes;
} hf__measures;

hf__measures hf__polygon_measure(const hf__polygon *polygon);

typedef enum hf__side {
    HF__OUTSIDE = 0,
    HF__ON_BORDER = 1,
    HF__INSIDE = 2
} hf__side;

/* Where a point lies. On the border means exactly on an edge, decided without
 * rounding error (orientation with an error bound, exact where in doubt). */
hf__side hf__polygon_side(const hf__polygon *polygon, hf_xy p);

/* Where a point lies of one ring. */
hf__side hf__ring_side(const hf_xy *points, size_t n, hf_xy p);

/* One edge's part in the even-odd count along the ray from p to the right:
 * flips *inside where it is crossed; true when p is on the edge. The lower end
 * of an edge belongs to it, the upper does not. */
bool hf__cross_edge(hf_xy a, hf_xy b, hf_xy p, bool *inside);

/* Sign of the area of the triangle a, b, c: positive when c lies left of a to
 * b; exactly 0 only when the three are in line. */
int hf__orientation(hf_xy a, hf_xy b, hf_xy c);

/* The point of segment a, b nearest to p in the plane: its parameter, 0 to 1.
 */
double hf__segment_nearest(hf_xy a, hf_xy b, hf_xy p);

#endif
