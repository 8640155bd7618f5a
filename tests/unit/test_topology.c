/* Nesting and validity, against GEOS and against the slow loop. */
#include <math.h>
#include <string.h>

#include "check.h"
#include "shape/simple.h"
#include "shape/topology.h"

static int setup(void **state) {
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    *state = ctx;
    return 0;
}

static int teardown(void **state) {
    hf_context_free(*state);
    return 0;
}

/* Nests the rings of a polygon and asks whether it is simple. */
static bool is_simple(hf_context *ctx, const hf__polygon *polygon,
                      size_t *depth, size_t *parent) {
    hf__edge_tree tree;
    bool simple;
    assert_ok(ctx, hf__edge_tree_init(ctx, polygon, &tree));
    assert_ok(ctx, hf__rings_nest(ctx, &tree, depth, parent));
    assert_ok(ctx, hf__polygon_is_simple(ctx, &tree, depth, parent, &simple));
    hf__edge_tree_reset(&tree);
    return simple;
}

static void a_ring_is_simple_just_when_geos_finds_it_valid(void **state) {
    hf_context *ctx = *state;
    size_t n_simple = 0, n_rest = 0;
    for (int round = 0; round < 20000; round++) {
        /* A small grid makes touching and folding edges common. */
        size_t n = 3 + check_random() % 30;
        uint64_t grid = round % 2 ? 6 : 1000000;
        hf_xy points[33];
        for (size_t i = 0; i < n; i++) {
            points[i] = (hf_xy){(double)(check_random() % grid),
                                (double)(check_random() % grid)};
        }
        if (round % 3) { /* round a centre: mostly simple */
            for (size_t i = 0; i < n; i++) {
                double angle = 2 * 3.14159265358979 * (double)i / (double)n;
                double r = check_random_in(6, round % 3 == 1 ? 8 : 20);
                points[i] =
                    (hf_xy){floor(r * cos(angle)), floor(r * sin(angle))};
            }
        }
        size_t starts[] = {0, n};
        hf__rings rings = {points, starts, 1};
        hf__polygon polygon;
        assert_ok(ctx, hf__rings_clean(ctx, &rings, &polygon));
        if (polygon.n_rings) {
            bool is_valid;
            char why[200];
            size_t depth, parent;
            bool simple = is_simple(ctx, &polygon, &depth, &parent);
            assert_ok(ctx, hf__topology_is_valid(ctx, &polygon, &is_valid, why,
                                                 sizeof why));
            if (simple != is_valid) {
                fail_msg("round %d: simple %d, valid %d (%s)", round, simple,
                         is_valid, is_valid ? "" : why);
            }
            n_simple += simple;
            n_rest += !simple;
        }
        hf__polygon_reset(&polygon);
    }
    assert_true(n_simple > 2000 && n_rest > 2000);
}

/* Whether ring a lies within ring b, for squares. */
static bool square_within(const hf_xy *a, const hf_xy *b) {
    return a[0].x_m > b[0].x_m && a[0].y_m > b[0].y_m && a[2].x_m < b[2].x_m &&
           a[2].y_m < b[2].y_m;
}

static bool squares_meet(const hf_xy *a, const hf_xy *b) {
    return a[0].x_m <= b[2].x_m && b[0].x_m <= a[2].x_m &&
           a[0].y_m <= b[2].y_m && b[0].y_m <= a[2].y_m;
}

enum { MOST_SQUARES = 60 };

/* Random squares that lie apart or within each other. */
static size_t make_squares(hf_xy *points) {
    size_t n = 0;
    for (size_t i = 0; i < MOST_SQUARES; i++) {
        double x = check_random_in(0, 100), y = check_random_in(0, 100);
        double side = pow(check_random_in(0, 1), 3) * 60 + 0.001;
        hf_xy ring[] = {
            {x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
        bool crosses = false;
        for (size_t q = 0; q < n; q++) {
            const hf_xy *other = points + 4 * q;
            crosses |= squares_meet(ring, other) &&
                       !square_within(ring, other) &&
                       !square_within(other, ring);
        }
        if (!crosses) {
            memcpy(points + 4 * n++, ring, sizeof ring);
        }
    }
    return n;
}

/* How many squares lie around one, and the innermost of them. */
static size_t count_around(const hf_xy *points, size_t n, size_t r,
                           size_t *innermost) {
    size_t around = 0;
    *innermost = HF__NO_RING;
    for (size_t q = 0; q < n; q++) {
        if (q != r && square_within(points + 4 * r, points + 4 * q)) {
            around++;
            if (*innermost == HF__NO_RING ||
                square_within(points + 4 * q, points + 4 * *innermost)) {
                *innermost = q;
            }
        }
    }
    return around;
}

static void squares_nest_as_the_slow_loop_says(void **state) {
    hf_context *ctx = *state;
    for (int round = 0; round < 200; round++) {
        hf_xy points[4 * (size_t)MOST_SQUARES];
        size_t starts[MOST_SQUARES + 1], depth[MOST_SQUARES];
        size_t parent[MOST_SQUARES], n = make_squares(points);
        for (size_t r = 0; r <= n; r++) {
            starts[r] = 4 * r;
        }
        hf__polygon polygon = {points, starts, n, hf__box_of(points, 4 * n)};
        assert_true(is_simple(ctx, &polygon, depth, parent));
        for (size_t r = 0; r < n; r++) {
            size_t innermost;
            assert_int_equal(depth[r], count_around(points, n, r, &innermost));
            assert_int_equal(parent[r], innermost);
        }
    }
}

static void simple_rings_together_are_valid(void **state) {
    hf_context *ctx = *state;
    size_t n_simple = 0;
    for (int round = 0; round < 3000; round++) {
        hf_xy points[3 * 6];
        size_t starts[] = {0, 3, 6, 9, 12, 15, 18};
        for (size_t i = 0; i < 18; i++) {
            double spread = i / 3 % 2 ? 4 : 12;
            points[i] = (hf_xy){floor(check_random_in(0, spread)),
                                floor(check_random_in(0, spread))};
        }
        hf__rings rings = {points, starts, 1 + (size_t)(round % 3)};
        hf__polygon polygon;
        bool is_valid;
        char why[200];
        size_t depth[6], parent[6];
        assert_ok(ctx, hf__rings_clean(ctx, &rings, &polygon));
        bool simple = is_simple(ctx, &polygon, depth, parent);
        assert_ok(ctx, hf__topology_is_valid(ctx, &polygon, &is_valid, why,
                                             sizeof why));
        assert_true(is_valid || !simple);
        n_simple += simple;
        hf__polygon_reset(&polygon);
    }
    assert_true(n_simple > 100);
}

/* Black squares of a chessboard, some of them left out, meet in their corners:
 * areas of their own, or holes that may cut the area around them in two. */
static void rings_that_meet_in_vertices_are_judged_as_geos_does(void **state) {
    hf_context *ctx = *state;
    size_t n_valid = 0, n_rest = 0;
    for (int round = 0; round < 3000; round++) {
        enum { SIDE = 6, MOST = SIDE * SIDE / 2 + 1 };
        hf_xy points[4 * MOST] = {{-9, -9}, {19, -9}, {19, 19}, {-9, 19}};
        size_t starts[MOST + 1], depth[MOST], parent[MOST];
        size_t n = round % 3 ? 1 : 0; /* with an area around them */
        double share = check_random_in(0.1, 0.9);
        for (int i = 0; i < SIDE * SIDE; i++) {
            double x = i % SIDE, y = (double)i / SIDE - x / SIDE;
            hf_xy ring[] = {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
            if ((i % SIDE + i / SIDE) % 2 == 0 &&
                check_random_in(0, 1) < share) {
                memcpy(points + 4 * n++, ring, sizeof ring);
            }
        }
        if (!n) {
            continue;
        }
        for (size_t r = 0; r <= n; r++) {
            starts[r] = 4 * r;
        }
        hf__polygon polygon = {points, starts, n, hf__box_of(points, 4 * n)};
        bool is_valid;
        char why[200];
        assert_ok(ctx, hf__topology_is_valid(ctx, &polygon, &is_valid, why,
                                             sizeof why));
        assert_int_equal(is_simple(ctx, &polygon, depth, parent), is_valid);
        n_valid += is_valid;
        n_rest += !is_valid;
    }
    assert_true(n_valid > 500 && n_rest > 500);
}

/* A star of rays from one vertex: rings that cross there, or don't. */
static void rings_that_cross_in_a_vertex_are_not_simple(void **state) {
    hf_context *ctx = *state;
    size_t n_valid = 0, n_rest = 0;
    for (int round = 0; round < 3000; round++) {
        size_t starts[] = {0, 3, 6, 9}, depth[3], parent[3];
        hf_xy points[9] = {{0, 0}};
        for (size_t i = 0; i < 9; i++) {
            if (i % 3) {
                points[i] = (hf_xy){floor(check_random_in(-9, 10)),
                                    floor(check_random_in(-9, 10))};
            }
        }
        hf__rings rings = {points, starts, 2 + (size_t)(round % 2)};
        hf__polygon polygon;
        bool is_valid;
        char why[200];
        assert_ok(ctx, hf__rings_clean(ctx, &rings, &polygon));
        bool simple = is_simple(ctx, &polygon, depth, parent);
        assert_ok(ctx, hf__topology_is_valid(ctx, &polygon, &is_valid, why,
                                             sizeof why));
        assert_true(is_valid || !simple);
        n_valid += simple;
        n_rest += !is_valid;
        hf__polygon_reset(&polygon);
    }
    assert_true(n_valid > 300 && n_rest > 300);
}

/* What is known to be as filed comes out as what is looked at. */
static void assert_adopted_alike(hf_context *ctx, const hf__rings *rings,
                                 const hf__assembled *expected) {
    hf__assembled it;
    const hf__polygon *a = &expected->polygon, *b = &it.polygon;
    assert_ok(ctx, hf__topology_adopt(ctx, rings, &it));
    assert_int_equal(a->n_rings, b->n_rings);
    assert_memory_equal(a->ring_start, b->ring_start,
                        (a->n_rings + 1) * sizeof *a->ring_start);
    assert_memory_equal(a->points, b->points,
                        hf__polygon_n_points(a) * sizeof *a->points);
    assert_memory_equal(&a->box, &b->box, sizeof a->box);
    assert_memory_equal(&expected->measures, &it.measures, sizeof it.measures);
    hf__polygon_reset(&it.polygon);
}

static void what_is_assembled_is_valid_and_turned(void **state) {
    hf_context *ctx = *state;
    size_t n_as_filed = 0;
    for (int round = 0; round < 2000; round++) {
        hf_xy points[24];
        size_t starts[] = {0, 5, 9, 14, 18, 24};
        for (size_t i = 0; i < 24; i++) {
            points[i] = (hf_xy){floor(check_random_in(0, 12)),
                                floor(check_random_in(0, 12))};
        }
        hf__rings rings = {points, starts, 1 + check_random() % 5};
        hf__assembled it;
        bool is_valid = false;
        char why[200];
        hf_status status = hf__topology_assemble(ctx, &rings, 1, &it);
        if (status) {
            assert_int_equal(status, HF_ERR_GEOMETRY);
            continue;
        }
        assert_ok(ctx, hf__topology_is_valid(ctx, &it.polygon, &is_valid, why,
                                             sizeof why));
        assert_true(is_valid);
        assert_true(it.measures.area_m2 > 0);
        assert_false(it.was_repaired && it.is_as_filed);
        if (it.is_as_filed) {
            assert_adopted_alike(ctx, &rings, &it);
        }
        n_as_filed += it.is_as_filed;
        hf__polygon_reset(&it.polygon);
    }
    assert_true(n_as_filed > 0);
}

static void refuses_what_is_not_finite(void **state) {
    hf_context *ctx = *state;
    hf_xy points[] = {{0, 0}, {1, NAN}, {1, 1}};
    size_t starts[] = {0, 3};
    hf__rings rings = {points, starts, 1};
    hf__assembled it;
    assert_status(ctx, hf__topology_assemble(ctx, &rings, 1, &it),
                  HF_ERR_RANGE);
    assert_true(*hf__topology_library_version() >= '3');
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_ring_is_simple_just_when_geos_finds_it_valid),
        TEST(squares_nest_as_the_slow_loop_says),
        TEST(simple_rings_together_are_valid),
        TEST(rings_that_meet_in_vertices_are_judged_as_geos_does),
        TEST(rings_that_cross_in_a_vertex_are_not_simple),
        TEST(what_is_assembled_is_valid_and_turned),
        TEST(refuses_what_is_not_finite),
    };
    return run_tests(tests);
}
