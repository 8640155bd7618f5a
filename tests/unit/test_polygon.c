#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "check.h"
#include "shape/polygon.h"

/* A polygon that borrows its arrays. */
static hf__polygon polygon_of(hf_xy *points, size_t *ring_start, size_t n) {
    return (hf__polygon){points, ring_start, n,
                         hf__box_of(points, ring_start[n])};
}

static void orientation_is_exact_where_doubles_fail(void **state) {
    (void)state;
    /* The classic failure (Kettner et al. 2008): points one unit in the last
     * place apart, near a line through (12,12) and (24,24). With exact
     * arithmetic the sign is that of y - x. */
    hf_xy b = {12, 12}, c = {24, 24};
    for (int i = 0; i < 64; i++) {
        for (int j = 0; j < 64; j++) {
            hf_xy p = {0.5 + i * 0x1p-53, 0.5 + j * 0x1p-53};
            int expected = (p.y_m > p.x_m) - (p.y_m < p.x_m);
            assert_int_equal(hf__orientation(b, c, p), expected);
            assert_int_equal(hf__orientation(c, b, p), -expected);
            assert_int_equal(hf__orientation(p, b, c), expected);
            assert_int_equal(hf__orientation(b, p, c), -expected);
        }
    }
}

static void orientation_agrees_with_whole_numbers(void **state) {
    (void)state;
    /* On whole numbers below 2^20 the determinant fits 64 bits. */
    for (int i = 0; i < 20000; i++) {
        int64_t v[6];
        for (int k = 0; k < 6; k++) {
            v[k] = (int64_t)(check_random() % (i % 2 ? 8 : 1 << 20));
        }
        int64_t det =
            (v[2] - v[0]) * (v[5] - v[1]) - (v[3] - v[1]) * (v[4] - v[0]);
        int sign = (det > 0) - (det < 0);
        hf_xy a = {(double)v[0], (double)v[1]};
        hf_xy b = {(double)v[2], (double)v[3]};
        hf_xy c = {(double)v[4], (double)v[5]};
        assert_int_equal(hf__orientation(a, b, c), sign);
        /* A common shift by a power of two large enough to cost bits. */
        hf_xy shift = {0x1p52, 0x1p52};
        hf_xy as = {a.x_m + shift.x_m, a.y_m + shift.y_m};
        hf_xy bs = {b.x_m + shift.x_m, b.y_m + shift.y_m};
        hf_xy cs = {c.x_m + shift.x_m, c.y_m + shift.y_m};
        assert_int_equal(hf__orientation(as, bs, cs), sign);
    }
}

/* 10 x 10 with a hole 2 x 2, and an island within the hole. */
static hf_xy holed_points[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10},
                               {4, 4}, {4, 8},  {8, 8},   {8, 4},
                               {5, 5}, {7, 5},  {6, 7}};
static size_t holed_starts[] = {0, 4, 8, 11};

static void says_which_side_a_point_lies(void **state) {
    (void)state;
    hf__polygon holed = polygon_of(holed_points, holed_starts, 3);
    static const struct {
        hf_xy p;
        hf__side side;
    } cases[] = {
        {{1, 1}, HF__INSIDE},         {{-1, 1}, HF__OUTSIDE},
        {{11, 5}, HF__OUTSIDE},       {{5, 4.5}, HF__OUTSIDE}, /* in the hole */
        {{6, 6}, HF__INSIDE}, /* on the island */
        {{0, 0}, HF__ON_BORDER},      {{10, 10}, HF__ON_BORDER},
        {{5, 0}, HF__ON_BORDER},      {{10, 5}, HF__ON_BORDER},
        {{4, 6}, HF__ON_BORDER},      {{6, 7}, HF__ON_BORDER},
        {{-5, 0}, HF__OUTSIDE}, /* in line with the lower edge */
        {{-5, 10}, HF__OUTSIDE},      {{15, 10}, HF__OUTSIDE},
        {{2, 4}, HF__INSIDE}, /* in line with the hole's lower edge */
        {{9, 8}, HF__INSIDE},         {{2, 7}, HF__INSIDE},
        {{4.5, 5}, HF__OUTSIDE}, /* in line with the island's lower edge */
        {{0, 1e-300}, HF__ON_BORDER}, {{-1e-300, 5}, HF__OUTSIDE},
        {{1e-300, 5}, HF__INSIDE},    {{NAN, 5}, HF__OUTSIDE},
        {{5, INFINITY}, HF__OUTSIDE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(hf__polygon_side(&holed, cases[i].p), cases[i].side);
    }
}

static void every_point_of_a_grid_has_one_owner(void **state) {
    (void)state;
    /* A random star, and the ring of its complement in a box: a point is
     * inside one, inside the other, or on the border of both. */
    for (int round = 0; round < 50; round++) {
        hf_xy points[4 + 24] = {{-8, -8}, {8, -8}, {8, 8}, {-8, 8}};
        size_t n = 24;
        for (size_t i = 0; i < n; i++) {
            double angle = 2 * 3.14159265358979 * (double)i / (double)n;
            double r = floor(check_random_in(2, 7));
            points[4 + i] = (hf_xy){floor(r * cos(angle) * 4) / 4,
                                    floor(r * sin(angle) * 4) / 4};
        }
        size_t one_start[] = {0, n}, rest_start[] = {0, 4, 4 + n};
        hf__polygon star = polygon_of(points + 4, one_start, 1);
        hf__polygon rest = polygon_of(points, rest_start, 2);
        for (int x = -31; x < 32; x++) {
            for (int y = -31; y < 32; y++) {
                hf_xy p = {x / 4.0, y / 4.0};
                assert_int_equal((int)hf__polygon_side(&star, p) +
                                     (int)hf__polygon_side(&rest, p),
                                 2);
            }
        }
    }
}

static void finds_area_and_centroid_far_from_the_origin(void **state) {
    (void)state;
    hf_xy points[8];
    for (int far = 0; far < 2; far++) {
        double shift = far ? 0x1p40 : 0;
        for (size_t i = 0; i < 8; i++) {
            points[i] = (hf_xy){holed_points[i].x_m + shift,
                                holed_points[i].y_m - shift};
        }
        hf__polygon holed = polygon_of(points, holed_starts, 2);
        hf__measures it = hf__polygon_measure(&holed);
        /* 100 at (5,5) less 16 at (6,6): (500 - 96) / 84. */
        assert_near(it.area_m2, 84, 1e-9);
        assert_int_equal(it.n_outer, 1);
        assert_int_equal(it.n_holes, 1);
        assert_near(it.centroid.x_m - shift, 404.0 / 84, far ? 3e-4 : 1e-12);
        assert_near(it.centroid.y_m + shift, 404.0 / 84, far ? 3e-4 : 1e-12);
    }
    hf__polygon none;
    hf__polygon_init(&none);
    hf__measures nothing = hf__polygon_measure(&none);
    assert_near(nothing.area_m2, 0, 0);
    assert_true(isnan(nothing.centroid.x_m));
}

static void ring_area_is_positive_counter_clockwise(void **state) {
    (void)state;
    hf_xy ring[] = {{0, 0}, {2, 0}, {2, 3}, {0, 3}};
    assert_near(hf__ring_area2(ring, 4), 12, 0);
    hf_xy back[] = {{0, 3}, {2, 3}, {2, 0}, {0, 0}};
    assert_near(hf__ring_area2(back, 4), -12, 0);
    assert_near(hf__ring_area2(ring, 2), 0, 0);
    assert_near(hf__ring_area2(ring, 0), 0, 0);
}

static void boxes_measure_and_meet(void **state) {
    (void)state;
    hf__box a = {{0, 0}, {2, 1}}, b = {{3, 1}, {4, 5}};
    assert_true(hf__box_has(&a, (hf_xy){2, 1}));
    assert_false(hf__box_has(&a, (hf_xy){2.001, 1}));
    assert_near(hf__box_dist2(&a, (hf_xy){1, 0.5}), 0, 0);
    assert_near(hf__box_dist2(&a, (hf_xy){5, 5}), 25, 0);
    assert_near(hf__box_dist2(&a, (hf_xy){-3, 0.5}), 9, 0);
    assert_false(hf__box_meets(&a, &b, 0.9));
    assert_true(hf__box_meets(&a, &b, 1));
    hf__box none = hf__box_of(NULL, 0);
    assert_false(hf__box_meets(&a, &none, 1e9));
    assert_false(hf__box_has(&none, (hf_xy){0, 0}));
}

static void nearest_of_a_segment_is_clamped(void **state) {
    (void)state;
    hf_xy a = {1, 1}, b = {5, 1};
    assert_near(hf__segment_nearest(a, b, (hf_xy){2, 9}), 0.25, 0);
    assert_near(hf__segment_nearest(a, b, (hf_xy){-2, 1}), 0, 0);
    assert_near(hf__segment_nearest(a, b, (hf_xy){7, 0}), 1, 0);
    assert_near(hf__segment_nearest(a, a, (hf_xy){7, 0}), 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orientation_is_exact_where_doubles_fail),
        cmocka_unit_test(orientation_agrees_with_whole_numbers),
        cmocka_unit_test(says_which_side_a_point_lies),
        cmocka_unit_test(every_point_of_a_grid_has_one_owner),
        cmocka_unit_test(finds_area_and_centroid_far_from_the_origin),
        cmocka_unit_test(ring_area_is_positive_counter_clockwise),
        cmocka_unit_test(boxes_measure_and_meet),
        cmocka_unit_test(nearest_of_a_segment_is_clamped),
    };
    return run_tests(tests);
}
