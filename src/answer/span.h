/* How near and how far areas can be, told by their boxes in the working plane:
 * what needs no border, so that borders are made only of areas that can hold
 * the nearest or the farthest point.
 *
 * What is certain. A metre of the plane is scale.least to scale.most metres of
 * ground over the set's extent, with 2 % at both ends (indexes.h). The straight
 * line between two points of the extent stays in it, so their geodesic is no
 * longer than scale.most times that line. A geodesic drawn in the plane is no
 * shorter than the line, so it is at least scale.least times as long; it can
 * leave the extent. In planes of the kinds that sets have, of D metres across,
 * the scale changes by D / r^2 a metre at most, a geodesic bends by as much,
 * stands off the line by D^3 / 8r^2 and finds a scale that differs by D^4 /
 * 8r^4 from the extent's: 0.6 % for 3,000 km. Sets that reach farther have no
 * bounds. */
#ifndef HOWFAR_ANSWER_SPAN_H
#define HOWFAR_ANSWER_SPAN_H

#include "answer/indexes.h"

/* No two points of two boxes are nearer than least_m on the ground, nor farther
 * than most_m. */
typedef struct hf__span {
    double least_m, most_m;
} hf__span;

/* 0 and infinity where nothing is certain: a box outside the set's extent. */
hf__span hf__span_of(const hf__indexes *indexes, const hf__box *a,
                     const hf__box *b);

/* Two areas of a set, one of each place; HF_NOWHERE for a point. `order` is
 * their place in the list of all pairs, by which ties are broken. */
typedef struct hf__pair {
    size_t a, b, order;
    hf__span span;
} hf__pair;

/* By least_m, least first; by most_m, greatest first; as they were listed. */
void hf__pairs_sort_near(hf__pair *pairs, size_t n);
void hf__pairs_sort_far(hf__pair *pairs, size_t n);
void hf__pairs_sort_listed(hf__pair *pairs, size_t n);

#endif
