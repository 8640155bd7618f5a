#include "answer/span.h"

#include <math.h>
#include <stdlib.h>

/* See the header. */
#define EXTENT_MOST_M 3e6

static double gap(double a_min, double a_max, double b_min, double b_max) {
    double apart = fmax(b_min - a_max, a_min - b_max);
    return fmax(apart, 0);
}

static double reach(double a_min, double a_max, double b_min, double b_max) {
    return fmax(b_max - a_min, a_max - b_min);
}

hf__span hf__span_of(const hf__indexes *indexes, const hf__box *a,
                     const hf__box *b) {
    const hf__box *extent = &indexes->extent;
    double width = extent->max.x_m - extent->min.x_m;
    double height = extent->max.y_m - extent->min.y_m;
    if (!(hypot(width, height) <= EXTENT_MOST_M) || !hf__box_holds(extent, a) ||
        !hf__box_holds(extent, b)) {
        return (hf__span){0, INFINITY};
    }
    double near_x = gap(a->min.x_m, a->max.x_m, b->min.x_m, b->max.x_m);
    double near_y = gap(a->min.y_m, a->max.y_m, b->min.y_m, b->max.y_m);
    double far_x = reach(a->min.x_m, a->max.x_m, b->min.x_m, b->max.x_m);
    double far_y = reach(a->min.y_m, a->max.y_m, b->min.y_m, b->max.y_m);
    return (hf__span){hypot(near_x, near_y) * indexes->scale.least,
                      hypot(far_x, far_y) * indexes->scale.most};
}

static int by_order(const void *a, const void *b) {
    size_t x = ((const hf__pair *)a)->order, y = ((const hf__pair *)b)->order;
    return (x > y) - (x < y);
}

static int by_least(const void *a, const void *b) {
    double x = ((const hf__pair *)a)->span.least_m;
    double y = ((const hf__pair *)b)->span.least_m;
    return x != y ? (x > y) - (x < y) : by_order(a, b);
}

static int by_most(const void *a, const void *b) {
    double x = ((const hf__pair *)a)->span.most_m;
    double y = ((const hf__pair *)b)->span.most_m;
    return x != y ? (x < y) - (x > y) : by_order(a, b);
}

void hf__pairs_sort_near(hf__pair *pairs, size_t n) {
    qsort(pairs, n, sizeof *pairs, by_least);
}

void hf__pairs_sort_far(hf__pair *pairs, size_t n) {
    qsort(pairs, n, sizeof *pairs, by_most);
}

void hf__pairs_sort_listed(hf__pair *pairs, size_t n) {
    qsort(pairs, n, sizeof *pairs, by_order);
}
