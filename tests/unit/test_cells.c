/* The edges that cells list near a point, against all edges of all areas. */
#include "shape/cells.h"

#include <math.h>
#include <stdlib.h>

#include "atlas/boundary.h"
#include "base/memory.h"
#include "check.h"
#include "sketch.h"

static hf_context *ctx;

typedef struct fixture_cells {
    hf_boundaries *set;
    const hf__polygon **areas;
    size_t n;
    hf__cells *cells;
    hf__near_edges near;
} fixture_cells;

static void open_cells(fixture_cells *f, hf_boundaries *set) {
    *f = (fixture_cells){.set = set, .n = hf_boundaries_count(set)};
    f->areas = calloc(f->n, sizeof *f->areas);
    for (size_t i = 0; i < f->n; i++) {
        f->areas[i] = hf__boundaries_polygon(set, i);
    }
    f->cells = hf__cells_new(f->areas, f->n);
    assert_non_null(f->cells);
}

static void close_cells(fixture_cells *f) {
    hf__free(f->near.at);
    hf__cells_free(f->cells);
    free(f->areas);
    hf_boundaries_close(f->set);
}

static double dist_m(hf_xy a, hf_xy b, hf_xy p) {
    double t = hf__segment_nearest(a, b, p);
    return hypot(a.x_m + t * (b.x_m - a.x_m) - p.x_m,
                 a.y_m + t * (b.y_m - a.y_m) - p.y_m);
}

/* Of all edges of all areas; and how many are within most_m. */
static double least_of_all(const fixture_cells *f, hf_xy p, double most_m,
                           size_t *n_within) {
    double least_m = INFINITY;
    *n_within = 0;
    for (size_t i = 0; i < f->n; i++) {
        const hf__polygon *area = f->areas[i];
        for (size_t r = 0; r < area->n_rings; r++) {
            size_t start = area->ring_start[r], end = area->ring_start[r + 1];
            for (size_t k = start; k < end; k++) {
                hf_xy from = area->points[k == start ? end - 1 : k - 1];
                double by_m = dist_m(from, area->points[k], p);
                least_m = fmin(least_m, by_m);
                *n_within += by_m <= most_m;
            }
        }
    }
    return least_m;
}

static int by_area_and_ends(const void *a, const void *b) {
    const hf__near_edge *p = a, *q = b;
    double x[] = {(double)p->area, p->from.x_m, p->from.y_m, p->to.x_m,
                  p->to.y_m};
    double y[] = {(double)q->area, q->from.x_m, q->from.y_m, q->to.x_m,
                  q->to.y_m};
    for (int k = 0; k < 5; k++) {
        if (x[k] != y[k]) {
            return x[k] < y[k] ? -1 : 1;
        }
    }
    return 0;
}

/* How many different edges are listed; each is near, and as far as it says. */
static size_t n_listed(hf__near_edges *near, hf_xy p) {
    size_t n = 0;
    if (near->n) {
        qsort(near->at, near->n, sizeof *near->at, by_area_and_ends);
    }
    for (size_t i = 0; i < near->n; i++) {
        const hf__near_edge *e = &near->at[i];
        assert_near(e->dist_m, dist_m(e->from, e->to, p), 1e-9);
        assert_true(e->dist_m <= near->most_m);
        n += i == 0 || by_area_and_ends(e - 1, e) != 0;
    }
    return n;
}

/* All edges within what is asked for, and no others, however much is known of
 * the way to the nearest. */
static void compare(fixture_cells *f, hf_xy p) {
    static const hf__nearness asked[] = {
        {300, 1.04, 0.01}, {2000, 1.04, 0.01}, {2000, 3, 50}, {50e3, 1, 0}};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        size_t n;
        double least_m = least_of_all(f, p, 0, &n);
        double most_m =
            fmin(asked[i].most_m, asked[i].ratio * least_m + asked[i].slack_m);
        least_of_all(f, p, most_m, &n);
        double known[] = {0, least_m / 2, least_m * (1 - 1e-9)};
        for (int k = 0; k < 3; k++) {
            assert_true(
                hf__cells_near(f->cells, p, known[k], &asked[i], &f->near));
            assert_int_equal(n_listed(&f->near, p), n);
            assert_near(f->near.most_m, most_m, 1e-9);
        }
    }
}

static void lists_all_edges_near_points_in_and_around(void **state) {
    (void)state;
    fixture_cells f;
    hf_xy origin = {300000, 400000};
    open_cells(&f, sketch_country(ctx, 4, 4, 15000, origin));
    size_t n_points = hf__polygon_n_points(f.areas[0]);
    for (size_t i = 0; i < 400; i++) {
        hf_xy at = {origin.x_m + check_random_in(-60e3, 120e3),
                    origin.y_m + check_random_in(-60e3, 120e3)};
        compare(&f, at);
        /* beside a vertex, and on it */
        at = f.areas[0]->points[i % n_points];
        at.x_m += i % 3 ? check_random_in(-20, 20) : 0;
        compare(&f, at);
    }
    close_cells(&f);
}

/* Edges of many cells, rings of islands and holes, an area in a hole. */
static void lists_long_edges_once_or_more(void **state) {
    (void)state;
    fixture_cells f;
    hf_xy origin = {500000, 200000};
    open_cells(&f, sketch(ctx, sketch_four, 4, origin, 1000));
    for (size_t i = 0; i < 400; i++) {
        compare(&f, (hf_xy){origin.x_m + check_random_in(-30e3, 60e3),
                            origin.y_m + check_random_in(-30e3, 60e3)});
    }
    close_cells(&f);
}

static int set_up(void **state) {
    (void)state;
    return (int)hf_context_new(&ctx);
}

static int tear_down(void **state) {
    (void)state;
    hf_context_free(ctx);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_all_edges_near_points_in_and_around),
        cmocka_unit_test(lists_long_edges_once_or_more),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
