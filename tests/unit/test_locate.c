#include <math.h>

#include "check.h"
#include "sketch.h"

static hf_context *ctx;
static const hf_xy origin = {500000, 200000};

static int set_up(void **state) {
    (void)state;
    return (int)hf_context_new(&ctx);
}

static int tear_down(void **state) {
    (void)state;
    hf_context_free(ctx);
    return 0;
}

typedef struct place_case {
    double x, y; /* kilometres */
    size_t authority;
} place_case;

static void finds_the_authority_that_covers_a_point(void **state) {
    (void)state;
    static const place_case cases[] = {
        {5, 5, 0},           {15, 5, 1},   {2, 20, 2},
        {10, 20, 2},         {6.5, 20, 3}, {13, 20, HF_NOWHERE},
        {-3, 5, HF_NOWHERE}, {5, 12, 2},   {19.999, 9.999, 1},
    };
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hf_lonlat p = sketch_point(ctx, origin, 1000, cases[i].x, cases[i].y);
        hf_location at;
        assert_ok(ctx, hf_locate(ctx, set, p, 0, &at));
        assert_int_equal(at.authority, cases[i].authority);
        bool is_within;
        for (size_t k = 0; k < 4; k++) {
            assert_ok(ctx, hf_locate_is_within(ctx, set, k, p, &is_within));
            assert_int_equal(is_within, k == cases[i].authority);
        }
    }
    hf_boundaries_close(set);
}

static void gives_a_point_off_the_coast_to_the_nearest_within_reach(
    void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    hf_lonlat p = sketch_point(ctx, origin, 1000, -1.5, 5);
    hf_location at;
    assert_ok(ctx, hf_locate(ctx, set, p, HF_LOCATE_COAST_M, &at));
    assert_int_equal(at.authority, 0);
    /* A kilometre of the grid here is 1.0004 on the ground at most. */
    assert_near(at.offshore_m, 1500, 0.7);
    assert_ok(ctx, hf_locate(ctx, set, p, 1400, &at));
    assert_int_equal(at.authority, HF_NOWHERE);
    assert_true(isinf(at.offshore_m));
    /* Inside the hole, nearest the enclave that fills a part of it. */
    p = sketch_point(ctx, origin, 1000, 8.2, 17);
    assert_ok(ctx, hf_locate(ctx, set, p, HF_LOCATE_COAST_M, &at));
    assert_int_equal(at.authority, 3);
    assert_near(at.offshore_m, 200, 0.1);
    hf_boundaries_close(set);
}

static void gives_equally_near_authorities_by_the_first_code(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    hf_location at;
    /* Due south of the corner that the first two share. */
    hf_lonlat p = sketch_point(ctx, origin, 1000, 10, -1);
    assert_ok(ctx, hf_locate(ctx, set, p, HF_LOCATE_COAST_M, &at));
    assert_int_equal(at.authority, 0);
    hf_boundaries_close(set);
}

static void refuses_what_is_no_point_and_no_tolerance(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    static const hf_lonlat bad[] = {
        {NAN, 51}, {0, NAN}, {INFINITY, 51}, {181, 51}, {0, -90.5}};
    hf_location at = {77, 5};
    bool is_within;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_status(ctx, hf_locate(ctx, set, bad[i], 0, &at), HF_ERR_RANGE);
        assert_status(ctx, hf_locate_is_within(ctx, set, 0, bad[i], &is_within),
                      HF_ERR_RANGE);
    }
    hf_lonlat p = {0, 51};
    assert_status(ctx, hf_locate(ctx, set, p, -1, &at), HF_ERR_RANGE);
    assert_status(ctx, hf_locate(ctx, set, p, NAN, &at), HF_ERR_RANGE);
    assert_status(ctx, hf_locate(ctx, set, p, INFINITY, &at), HF_ERR_RANGE);
    assert_int_equal(at.authority, 77);
    hf_boundaries_close(set);
}

static void finds_nothing_on_the_other_side_of_the_earth(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    static const hf_lonlat far[] = {{179, -51}, {-0.5, -51.7}, {90, 0},
                                    {0, 90},    {0, -90},      {180, 0}};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        hf_location at;
        assert_ok(ctx, hf_locate(ctx, set, far[i], HF_LOCATE_COAST_M, &at));
        assert_int_equal(at.authority, HF_NOWHERE);
    }
    hf_boundaries_close(set);
}

/* Wherever the shared border runs, a point on it belongs to one, and to the
 * first. */
static void gives_a_point_of_a_shared_border_to_the_first_code(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 5, 4, 20000, origin);
    for (int i = 0; i < 2000; i++) {
        hf_lonlat p =
            sketch_point(ctx, origin, 20000, check_random_in(0.3, 4.7),
                         check_random_in(0.3, 3.7));
        hf_location at;
        assert_ok(ctx, hf_locate(ctx, set, p, 0, &at));
        for (size_t k = 0; k < hf_boundaries_count(set); k++) {
            bool is_within;
            assert_ok(ctx, hf_locate_is_within(ctx, set, k, p, &is_within));
            if (is_within) {
                assert_true(at.authority <= k);
            }
            assert_true(is_within || at.authority != k);
        }
    }
    hf_boundaries_close(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_authority_that_covers_a_point),
        cmocka_unit_test(
            gives_a_point_off_the_coast_to_the_nearest_within_reach),
        cmocka_unit_test(gives_equally_near_authorities_by_the_first_code),
        cmocka_unit_test(refuses_what_is_no_point_and_no_tolerance),
        cmocka_unit_test(finds_nothing_on_the_other_side_of_the_earth),
        cmocka_unit_test(gives_a_point_of_a_shared_border_to_the_first_code),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
