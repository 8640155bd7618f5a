/* Areas between two distances, against an oracle and against counting. */
#include <math.h>
#include <string.h>

#include "answer/annulus.h"
#include "answer/indexes.h"
#include "check.h"
#include "earth/sector.h"
#include "howfar/geodesic.h"
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

static const hf__border *border_of(const hf_boundaries *set, size_t authority) {
    const hf__border *border;
    assert_ok(ctx, hf__indexes_border(ctx, set, authority, &border));
    return border;
}

static bool has_datum_grid(const hf_boundaries *set) {
    return strstr(hf_boundaries_get_info(set)->operation, "OSTN") != NULL;
}

/* ---- sectors ------------------------------------------------------------ */

static void a_whole_circle_has_the_area_of_a_geodesic_polygon(void **state) {
    (void)state;
    /* By pyproj 3.4, Geod.polygon_area_perimeter of 2,000,000 points at the
     * distance, which misses 2e-12 of it; the first by pi s2 (1 - K s2 / 12)
     * with the Gaussian curvature there. */
    static const struct {
        hf_lonlat point;
        double dist_m, area_m2;
    } cases[] = {
        {{-0.2, 51.8}, 1000, 3141592.647164},
        {{-0.2, 51.8}, 690000, 1494256358479.581299},
        {{0, 0}, 2.5e+06, 19383226304578.105469},
        {{10, -89}, 1.5e+06, 7036276286315.312500},
        {{-170, 60}, 5e+06, 74608365054300.031250},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double sum = 0;
        for (int k = 0; k < 3600; k++) {
            sum += hf__sector_m2(cases[i].point, k * 0.1, 0, cases[i].dist_m);
        }
        double area_m2 = sum / 3600 * 2 * M_PI;
        assert_near(area_m2 / cases[i].area_m2, 1, 2e-11);
    }
}

static void sectors_add_up_and_turn_their_sign(void **state) {
    (void)state;
    hf_lonlat point = {-0.2, 51.8};
    double whole = hf__sector_m2(point, 33, 0, 3.3e6);
    double inner = hf__sector_m2(point, 33, 0, 1.2e6);
    double outer = hf__sector_m2(point, 33, 1.2e6, 3.3e6);
    assert_near((inner + outer) / whole, 1, 1e-11);
    assert_near(hf__sector_m2(point, 33, 3.3e6, 1.2e6), -outer, 1e-3);
    assert_near(hf__sector_m2(point, 33, 5, 5), 0, 0);
    assert_true(isnan(hf__sector_m2((hf_lonlat){0, 91}, 0, 0, 1)));
    assert_true(isnan(hf__sector_m2(point, 0, 0, INFINITY)));
}

/* ---- rings -------------------------------------------------------------- */

/* By tools/oracle-areas: shapely, pyproj, circles of 360,000 points in an
 * equal-area projection. */
static const struct {
    size_t authority;
    hf_lonlat point;
    double low_m, high_m, area_m2;
} ring_cases[] = {
    {0, {-0.48, 51.74}, 0, INFINITY, 100047102.093},
    {1, {-0.48, 51.74}, 0, INFINITY, 100041701.395},
    {2, {-0.48, 51.74}, 0, INFINITY, 304134913.139},
    {3, {-0.48, 51.74}, 0, INFINITY, 30013901.565},
    {0, {-0.48, 51.74}, 0, 5000, 76179155.156},
    {1, {-0.48, 51.74}, 0, 5000, 44404.813},
    {2, {-0.48, 51.74}, 0, 5000, 2316252.351},
    {3, {-0.48, 51.74}, 0, 5000, 0.000},
    {0, {-0.48, 51.74}, 4000, 12000, 49781621.283},
    {1, {-0.48, 51.74}, 4000, 12000, 66711722.650},
    {2, {-0.48, 51.74}, 4000, 12000, 85386432.078},
    {3, {-0.48, 51.74}, 4000, 12000, 7678435.092},
    {0, {-0.4789, 51.7396}, 500, 1500, 6283185.275},
    {1, {-0.4789, 51.7396}, 500, 1500, 0.000},
    {2, {-0.4789, 51.7396}, 500, 1500, 0.000},
    {3, {-0.4789, 51.7396}, 500, 1500, 0.000},
    {0, {-3.5, 55.9}, 490000, 491609, 0.000},
    {1, {-3.5, 55.9}, 490000, 491609, 0.000},
    {2, {-3.5, 55.9}, 490000, 491609, 17851211.503},
    {3, {-3.5, 55.9}, 490000, 491609, 5287856.087},
    {0, {-3.5, 55.9}, 504000, INFINITY, 54608587.702},
    {1, {-3.5, 55.9}, 504000, INFINITY, 93715562.638},
    {2, {-3.5, 55.9}, 504000, INFINITY, 5088275.756},
    {3, {-3.5, 55.9}, 504000, INFINITY, 0.000},
    {0, {-4.2, 57.48}, 0, 670000, 0.000},
    {1, {-4.2, 57.48}, 0, 670000, 0.000},
    {2, {-4.2, 57.48}, 0, 670000, 141718878.672},
    {3, {-4.2, 57.48}, 0, 670000, 16567624.799},
    {0, {-0.2, 51.83}, 20000, 21609, 17527312.148},
    {1, {-0.2, 51.83}, 20000, 21609, 2181547.417},
    {2, {-0.2, 51.83}, 20000, 21609, 32745301.509},
    {3, {-0.2, 51.83}, 20000, 21609, 1709935.859},
    {0, {-5.9, 54.6}, 470000, 480000, 20454207.258},
    {1, {-5.9, 54.6}, 470000, 480000, 0.000},
    {2, {-5.9, 54.6}, 470000, 480000, 144440552.959},
    {3, {-5.9, 54.6}, 470000, 480000, 29537400.145},
    {0, {-0.42, 51.95}, 1000, 9000, 0.000},
    {1, {-0.42, 51.95}, 1000, 9000, 0.000},
    {2, {-0.42, 51.95}, 1000, 9000, 97967286.795},
    {3, {-0.42, 51.95}, 1000, 9000, 13682270.583},
    {0, {2.35, 48.85}, 380000, 390000, 36645973.307},
    {1, {2.35, 48.85}, 380000, 390000, 61766.745},
    {2, {2.35, 48.85}, 380000, 390000, 139627993.326},
    {3, {2.35, 48.85}, 380000, 390000, 13126505.219},
};

/* The promise is a millimetre along the border, here 120 m2; a twentieth of it
 * is seen, the oracle's own error included. */
#define SEEN_M2 6.0

static void measures_rings_as_the_oracle_does(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    /* The table's figures are without OSTN15, which moves circles by 2 m. */
    double tolerance_m2 = has_datum_grid(set) ? 2e5 : SEEN_M2;
    for (size_t i = 0; i < sizeof ring_cases / sizeof *ring_cases; i++) {
        double area_m2 = hf__annulus_area_m2(
            border_of(set, ring_cases[i].authority), ring_cases[i].point,
            ring_cases[i].low_m, ring_cases[i].high_m);
        assert_near(area_m2, ring_cases[i].area_m2, tolerance_m2);
    }
    hf_boundaries_close(set);
}

static void measures_the_whole_as_the_oracle_does(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    for (size_t i = 0; i < 4; i++) {
        double area_m2 = hf__border_area_m2(border_of(set, i));
        assert_near(area_m2, ring_cases[i].area_m2,
                    has_datum_grid(set) ? 2e4 : SEEN_M2);
        assert_near(hf__annulus_area_m2(border_of(set, i), (hf_lonlat){-4, 57},
                                        0, INFINITY),
                    area_m2, 1e-3);
    }
    hf_boundaries_close(set);
}

/* Opposite sides of a square bend alike; those of a triangle do not. */
static void measures_a_triangle_as_the_oracle_does(void **state) {
    (void)state;
    static const char *const triangle[] = {"E06000001 0 0, 10 17.3, 20 0"};
    hf_boundaries *set = sketch(ctx, triangle, 1, origin, 1000);
    assert_near(hf__border_area_m2(border_of(set, 0)), 173076885.520,
                has_datum_grid(set) ? 2e4 : SEEN_M2);
    hf_boundaries_close(set);
}

static void a_ring_without_width_and_one_out_of_reach_hold_nothing(
    void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    const hf__border *border = border_of(set, 0);
    hf_lonlat middle = sketch_point(ctx, origin, 1000, 5, 5);
    assert_near(hf__annulus_area_m2(border, middle, 3000, 3000), 0, 0);
    assert_near(hf__annulus_area_m2(border, middle, 9000, 20000), 0, 0);
    assert_near(hf__annulus_area_m2(border, (hf_lonlat){-4, 57}, 0, 1000), 0,
                0);
    hf_boundaries_close(set);
}

/* From corners and edges, where angles and distances are 0. */
static void measures_from_points_on_the_border(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    const hf__border *border = border_of(set, 0);
    hf_lonlat corner = sketch_point(ctx, origin, 1000, 0, 0);
    hf_lonlat edge = sketch_point(ctx, origin, 1000, 5, 0);
    double quarter_m2 = M_PI * 3e3 * 3e3 / 4;
    assert_near(hf__annulus_area_m2(border, corner, 0, 3000), quarter_m2, 60);
    assert_near(hf__annulus_area_m2(border, edge, 0, 3000), 2 * quarter_m2, 60);
    assert_near(hf__annulus_area_m2(border, edge, 1000, 3000),
                2 * quarter_m2 * 8 / 9, 60);
    hf_boundaries_close(set);
}

static void rings_of_a_country_add_up_to_its_areas(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 6, 5, 12000, origin);
    for (int round = 0; round < 5; round++) {
        hf_lonlat point = {check_random_in(-2, 2), check_random_in(51, 53)};
        for (size_t i = 0; i < hf_boundaries_count(set); i++) {
            const hf__border *border = border_of(set, i);
            double whole_m2 = hf__border_area_m2(border), sum_m2 = 0;
            double low_m = 0;
            while (low_m < 3e5) {
                double high_m = low_m + check_random_in(10, 20000);
                sum_m2 += hf__annulus_area_m2(border, point, low_m, high_m);
                low_m = high_m;
            }
            double length_m = (double)border->n_ends * 500;
            assert_near(sum_m2, whole_m2, length_m * 1e-3);
        }
    }
    hf_boundaries_close(set);
}

/* Counts points of a lattice: in the area, and of those in the ring. */
static double count_share(const hf_boundaries *set, size_t authority,
                          hf_lonlat point, double low_m, double high_m) {
    const hf__polygon *area = hf__boundaries_polygon(set, authority);
    double step_x = (area->box.max.x_m - area->box.min.x_m) / 200;
    double step_y = (area->box.max.y_m - area->box.min.y_m) / 200;
    size_t within = 0, fitting = 0;
    for (int i = 0; i < 200 * 200; i++) {
        int column = i % 200, row = i / 200;
        hf_xy at = {area->box.min.x_m + (column + 0.5) * step_x,
                    area->box.min.y_m + (row + 0.5) * step_y};
        hf_lonlat there;
        if (hf__polygon_side(area, at)) {
            assert_ok(ctx, hf__projection_inverse(
                               ctx, hf__boundaries_plane(set), &at, 1, &there));
            double dist_m = hf_geodesic_dist_m(point, there);
            within++;
            fitting += dist_m >= low_m && dist_m < high_m;
        }
    }
    return (double)fitting / (double)within;
}

static void agrees_with_counting_in_a_random_country(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 4, 3, 15000, origin);
    for (size_t i = 0; i < hf_boundaries_count(set); i++) {
        hf_lonlat centre = hf_boundaries_authority(set, i)->centre;
        hf_lonlat point = {centre.lon_deg + check_random_in(-0.2, 0.2),
                           centre.lat_deg + check_random_in(-0.2, 0.2)};
        double low_m = check_random_in(0, 15000);
        double high_m = low_m + check_random_in(1000, 10000);
        const hf__border *border = border_of(set, i);
        double share = hf__annulus_area_m2(border, point, low_m, high_m) /
                       hf__border_area_m2(border);
        assert_near(share, count_share(set, i, point, low_m, high_m), 0.01);
    }
    hf_boundaries_close(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_circle_has_the_area_of_a_geodesic_polygon),
        cmocka_unit_test(sectors_add_up_and_turn_their_sign),
        cmocka_unit_test_setup_teardown(measures_rings_as_the_oracle_does,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(measures_the_whole_as_the_oracle_does,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(measures_a_triangle_as_the_oracle_does,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_ring_without_width_and_one_out_of_reach_hold_nothing, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(measures_from_points_on_the_border,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(rings_of_a_country_add_up_to_its_areas,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            agrees_with_counting_in_a_random_country, set_up, tear_down),
    };
    return run_tests(tests);
}
