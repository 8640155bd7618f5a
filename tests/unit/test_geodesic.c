#include <math.h>
#include <pthread.h>

#include "check.h"
#include "earth/geocentric.h"

/* Karney's solution is good to 15 nm; the table is printed to 1 nm. */
#define MICROMETRE 1e-6

static const struct {
    double lat1, lon1, lat2, lon2, dist_m, azimuth1, azimuth2;
} lines[] = {
    /* GeographicLib 2.1.2: echo "LAT1 LON1 LAT2 LON2" | GeodSolve -i -p 9 */
    {51.790945, -0.081493, 57.477773, -4.224721, 686941.248238130,
     -21.23629407604263, -24.61965665004512},
    {51.790945, -0.081493, 60.154, -1.149, 933497.821734032, -3.65432041459244,
     -4.54140952029365},
    {51.830034, -0.217568, 51.830034, -0.217568, 0.000000000,
     180.00000000000000, 180.00000000000000},
    {0, 0, 0, 90, 10018754.171394622, 90.00000000000000, 90.00000000000000},
    {0, 0, 0, 179, 19926188.851995971, 90.00000000000000, 90.00000000000000},
    {0, 0, 0.5, 179.5, 19936288.578965314, 25.67187286829188,
     154.32708546994161},
    {0, 0, 0.5, 179.7, 19944127.420750458, 15.55688279349054,
     164.44251389085494},
    {90, 12, 51.5, -0.1, 4294253.477642252, -167.90000000000001,
     -180.00000000000000},
    {30, 0, -30, 179.8, 20000239.437724669, 22.49666240965778,
     157.50333759034223},
    {51.5, -0.1, 51.500000001, -0.1, 0.000111257, 0.00000000000000,
     0.00000000000000},
    {51.5, -0.1, 51.5, -0.099999999, 0.000069441, 89.99999999960869,
     90.00000000039131},
    {51.5, -0.1, 51.5000001, -0.0999999, 0.013114988, 31.96995588558292,
     31.96995596384373},
    {10, -180, 10, 180, 0.000000000, 180.00000000000000, 180.00000000000000},
    {10, 179.5, 10, -179.5, 109639.322105462, 89.91317375958018,
     90.08682624041982},
    {40.6, -73.8, 51.6, -0.5, 5551759.400318678, 51.19888284557983,
     107.82177673551426},
    {49.9, -6.3, 60.85, -0.85, 1265997.634278326, 13.60399936943403,
     18.11040219699721},
    {0, 0, 0, 180, 20003931.458625447, 0.00000000000000, 180.00000000000000},
    {90, 0, -90, 0, 20003931.458625447, 180.00000000000000, 180.00000000000000},
    {30, 0, -30, 180, 20003931.458625447, 0.00000000000000, 180.00000000000000},
};

static hf_lonlat at(double lat_deg, double lon_deg) {
    return (hf_lonlat){lon_deg, lat_deg};
}

static hf_lonlat random_point(void) {
    return at(check_random_in(-90, 90), check_random_in(-180, 180));
}

/* Azimuths mean nothing where the points coincide, where every meridian is
 * shortest, and little over a few centimetres. */
static bool has_azimuth(double dist_m) {
    return dist_m > 1 && dist_m < 20003931.4;
}

static void agrees_with_geographiclib_to_a_micrometre(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        hf_lonlat from = at(lines[i].lat1, lines[i].lon1);
        hf_lonlat to = at(lines[i].lat2, lines[i].lon2);
        hf_geodesic line = hf_geodesic_inverse(from, to);
        assert_near(line.dist_m, lines[i].dist_m, MICROMETRE);
        assert_near(hf_geodesic_dist_m(from, to), lines[i].dist_m, MICROMETRE);
        if (has_azimuth(lines[i].dist_m)) {
            /* 1e-9 degree; the pole's azimuth 180 may come as -180. */
            assert_near(remainder(line.azimuth1_deg - lines[i].azimuth1, 360),
                        0, 1e-9);
            assert_near(remainder(line.azimuth2_deg - lines[i].azimuth2, 360),
                        0, 1e-9);
        }
    }
}

static void solves_published_examples(void **state) {
    (void)state;
    /* The worked examples of Karney 2013. */
    hf_lonlat to = hf_geodesic_direct(at(40, 0), 30, 10000000);
    assert_near(to.lat_deg, 41.79331020506, 1e-11);
    assert_near(to.lon_deg, 137.84490004377, 1e-11);
    assert_near(hf_geodesic_dist_m(at(-30.12345, 0), at(-30.12344, 0.00005)),
                4.944208, MICROMETRE);
    assert_near(hf_geodesic_dist_m(at(-30, 0), at(29.9, 179.8)),
                19989832.827610, MICROMETRE);
    /* GeodSolve -p 9: echo "40.64 -73.78 53.5 5850000" | GeodSolve -p 9 */
    to = hf_geodesic_direct(at(40.64, -73.78), 53.5, 5850000);
    assert_near(to.lat_deg, 49.01473418924886, 1e-12);
    assert_near(to.lon_deg, 2.56026031988625, 1e-12);
    /* Across a pole. */
    to = hf_geodesic_direct(at(-89, 10), 200, 1000000);
    assert_near(to.lat_deg, -81.97889382890732, 1e-12);
    assert_near(to.lon_deg, -147.57488718730457, 1e-11);
    /* A quarter of the equator. */
    assert_near(hf_geodesic_dist_m(at(0, 0), at(0, 90)),
                HF_WGS84_A_M * acos(-1) / 2, MICROMETRE);
}

static void is_symmetric_and_zero_only_in_place(void **state) {
    (void)state;
    for (int i = 0; i < 2000; i++) {
        hf_lonlat a = random_point(), b = random_point();
        double there = hf_geodesic_dist_m(a, b);
        assert_near(hf_geodesic_dist_m(b, a), there, MICROMETRE);
        assert_true(there > 0);
        assert_true(hf_geodesic_dist_m(a, a) == 0);
    }
}

static void keeps_the_triangle_inequality(void **state) {
    (void)state;
    for (int i = 0; i < 2000; i++) {
        hf_lonlat a = random_point(), b = random_point(), c = random_point();
        assert_true(hf_geodesic_dist_m(a, c) <= hf_geodesic_dist_m(a, b) +
                                                    hf_geodesic_dist_m(b, c) +
                                                    MICROMETRE);
    }
}

static void arrives_where_the_inverse_points(void **state) {
    (void)state;
    for (int i = 0; i < 2000; i++) {
        hf_lonlat a = random_point(), b = random_point();
        hf_geodesic line = hf_geodesic_inverse(a, b);
        hf_lonlat reached =
            hf_geodesic_direct(a, line.azimuth1_deg, line.dist_m);
        assert_near(hf_geodesic_dist_m(b, reached), 0, MICROMETRE);
        hf_lonlat back = hf_geodesic_direct(b, line.azimuth2_deg, -line.dist_m);
        assert_near(hf_geodesic_dist_m(a, back), 0, MICROMETRE);
    }
}

static void gives_nan_for_what_is_no_point(void **state) {
    (void)state;
    static const hf_lonlat bad[] = {{NAN, 0},       {0, NAN},   {INFINITY, 0},
                                    {0, -INFINITY}, {180.1, 0}, {0, 91}};
    hf_lonlat good = {0, 51};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_true(isnan(hf_geodesic_dist_m(good, bad[i])));
        assert_true(isnan(hf_geodesic_dist_m(bad[i], good)));
        hf_geodesic line = hf_geodesic_inverse(bad[i], good);
        assert_true(isnan(line.dist_m) && isnan(line.azimuth1_deg) &&
                    isnan(line.azimuth2_deg));
        assert_true(isnan(hf_geodesic_direct(bad[i], 0, 1).lat_deg));
    }
    assert_true(isnan(hf_geodesic_direct(good, NAN, 1).lon_deg));
    assert_true(isnan(hf_geodesic_direct(good, 0, INFINITY).lon_deg));
}

static void *measure(void *result) {
    *(double *)result = hf_geodesic_dist_m(at(0, 0), at(0.5, 179.5));
    return NULL;
}

static void serves_threads_alike(void **state) {
    (void)state;
    pthread_t threads[4];
    double results[4] = {0};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, measure, &results[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    for (int i = 0; i < 4; i++) {
        assert_near(results[i], 19936288.578965314, MICROMETRE);
    }
}

static void comes_back_from_earth_centred_coordinates(void **state) {
    (void)state;
    for (int i = 0; i < 1000; i++) {
        hf_lonlat p = {check_random_in(-180, 180), check_random_in(-90, 90)};
        hf__xyz at = hf__xyz_of(p);
        assert_near(hf_geodesic_dist_m(p, hf__lonlat_of(at)), 0, 5e-9);
        /* A metre below, along the normal. */
        double lon = p.lon_deg * M_PI / 180, lat = p.lat_deg * M_PI / 180;
        hf__xyz below = {at.x_m - cos(lat) * cos(lon),
                         at.y_m - cos(lat) * sin(lon), at.z_m - sin(lat)};
        assert_near(hf_geodesic_dist_m(p, hf__lonlat_of(below)), 0, 4e-3);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_threads_alike),
        cmocka_unit_test(agrees_with_geographiclib_to_a_micrometre),
        cmocka_unit_test(solves_published_examples),
        cmocka_unit_test(is_symmetric_and_zero_only_in_place),
        cmocka_unit_test(keeps_the_triangle_inequality),
        cmocka_unit_test(arrives_where_the_inverse_points),
        cmocka_unit_test(gives_nan_for_what_is_no_point),
        cmocka_unit_test(comes_back_from_earth_centred_coordinates),
    };
    return run_tests(tests);
}
