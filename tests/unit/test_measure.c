/* The fast engine against the slow, obvious one. HOWFAR_LONG=1 makes it long.
 */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "answer/measure.h"
#include "check.h"
#include "earth/projection.h"
#include "oracle_border.h"
#include "shape/lanes.h"
#include "sketch.h"

static hf_context *ctx;
static const hf_xy origin = {400000, 300000};

static int set_up(void **state) {
    (void)state;
    return (int)hf_context_new(&ctx);
}

static int tear_down(void **state) {
    (void)state;
    hf_context_free(ctx);
    return 0;
}

static size_t n_points(size_t usual) {
    const char *is_long = getenv("HOWFAR_LONG");
    return is_long && *is_long == '1' ? 20 * usual : usual;
}

static hf_lonlat lonlat_of(const hf_boundaries *set, hf_xy xy) {
    hf_lonlat p;
    assert_ok(ctx, hf__projection_inverse(ctx, hf__boundaries_plane(set), &xy,
                                          1, &p));
    return p;
}

/* A point of a border: a vertex, or a place on an edge. */
static hf_xy on_border(const hf__polygon *area, bool is_vertex) {
    size_t r = check_random() % area->n_rings;
    size_t start = area->ring_start[r], end = area->ring_start[r + 1];
    size_t k = start + check_random() % (end - start);
    hf_xy a = area->points[k], b = area->points[k + 1 < end ? k + 1 : start];
    double t = is_vertex ? 0 : check_random_in(0, 1);
    return (hf_xy){a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
}

/* Points of every kind: on vertices and edges, 0.1 mm to 10 km from a border,
 * anywhere in and around the country, out to 1,500 km, and anywhere. */
static hf_lonlat random_point(const hf_boundaries *set) {
    size_t n = hf_boundaries_count(set);
    size_t which = check_random() % n;
    const hf__polygon *area = hf__boundaries_polygon(set, which);
    double turn = check_random_in(0, 2 * M_PI), off;
    hf_xy xy = on_border(area, check_random() % 2);
    switch (check_random() % 8) {
        case 0:
            return lonlat_of(set, xy);
        case 1:
        case 2:
        case 3:
            off = pow(10, check_random_in(-4, 4));
            return lonlat_of(set, (hf_xy){xy.x_m + off * cos(turn),
                                          xy.y_m + off * sin(turn)});
        case 4:
        case 5:
            return lonlat_of(
                set, (hf_xy){check_random_in(area->box.min.x_m - 5000,
                                             area->box.max.x_m + 5000),
                             check_random_in(area->box.min.y_m - 5000,
                                             area->box.max.y_m + 5000)});
        case 6:
            return hf_geodesic_direct(lonlat_of(set, xy),
                                      check_random_in(-180, 180),
                                      check_random_in(0, 1.5e6));
        default:
            return check_random() % 4
                       ? hf_geodesic_direct(lonlat_of(set, xy),
                                            check_random_in(-180, 180),
                                            check_random_in(0, 3e5))
                       : (hf_lonlat){check_random_in(-180, 180),
                                     check_random_in(-90, 90)};
    }
}

#define BLOCK 400

/* Blocks of random points: authority and border as the oracle has them. */
static void compare(const hf_boundaries *set, size_t n_blocks,
                    size_t n_oracles) {
    hf_lonlat points[BLOCK], origins[BLOCK];
    size_t homes[BLOCK], n = hf_boundaries_count(set);
    hf__measure *out = calloc(BLOCK, sizeof *out);
    for (size_t b = 0; b < n_blocks; b++) {
        size_t chosen[4];
        oracle_border *oracles[4];
        for (size_t k = 0; k < n_oracles; k++) {
            chosen[k] = check_random() % n;
            oracles[k] = oracle_border_new(ctx, set, chosen[k]);
        }
        for (size_t i = 0; i < BLOCK; i++) {
            points[i] = random_point(set);
            origins[i] = random_point(set);
            homes[i] = chosen[check_random() % n_oracles];
        }
        assert_ok(ctx, hf__measure_points(ctx, set, 0, points, NULL, homes,
                                          origins, BLOCK, out));
        for (size_t i = 0; i < BLOCK; i++) {
            assert_int_equal(out[i].location.authority,
                             oracle_locate(ctx, set, points[i]));
            assert_near(out[i].origin_m,
                        hf_geodesic_dist_m(origins[i], points[i]), 1e-4);
            for (size_t k = 0; k < n_oracles; k++) {
                if (chosen[k] == homes[i]) {
                    assert_near(out[i].border_m,
                                oracle_border_m(ctx, oracles[k], points[i]),
                                2e-4);
                    break;
                }
            }
        }
        for (size_t k = 0; k < n_oracles; k++) {
            oracle_border_free(oracles[k]);
        }
    }
    free(out);
}

static void measures_a_country_as_the_oracle_does(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 6, 7, 23456, origin);
    compare(set, n_points(4), 2);
    hf_boundaries_close(set);
}

/* Cells of whole numbers, edges along their lines, corners on them. */
static void measures_areas_on_a_grid_as_the_oracle_does(void **state) {
    (void)state;
    static const char *const squares[] = {
        "E06000001 0 0, 0 1, 1 1, 1 0",
        "E06000002 1 0, 1 1, 2 1, 2 0",
        "E06000003 0 1, 0 2, 1 2, 1 1",
        "E06000004 1 1, 1 2, 2 2, 2 1",
        "E06000005 2 0, 2 2, 3 2, 3 0; 2.2 .5, 2.7 .5, 2.7 1, 2.2 1",
    };
    hf_boundaries *set = sketch(ctx, squares, 5, origin, 8192);
    compare(set, n_points(2), 2);
    hf_boundaries_close(set);
}

/* Areas that overlap: the first code has the point, and each its border. */
static void measures_overlapping_areas_as_the_oracle_does(void **state) {
    (void)state;
    static const char *const heap[] = {
        "E06000001 0 0, 0 10, 10 10, 10 0",
        "E06000002 5 5, 5 15, 15 15, 15 5",
        "E06000003 2 2, 2 3, 3 3, 3 2",
        "E06000004 -5 4, -5 6, 15 6, 15 4",
        "E06000005 -9 -9, -9 20, 20 20, 20 -9",
    };
    hf_boundaries *set = sketch(ctx, heap, 5, origin, 10000);
    compare(set, n_points(2), 2);
    hf_boundaries_close(set);
}

static void measures_real_files_as_the_oracle_does(void **state) {
    (void)state;
    static const char *const files[] = {
        "boundaries/ctyua_2024_buc", "boundaries/ctyua_2024_buc_wgs84",
        "boundaries/ctyua_2019_buc", "boundaries/utla_2014_2025",
        "boundaries/ctyua_2024_bgc_ew"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        hf_boundaries *set;
        assert_ok(ctx,
                  hf_boundaries_open(ctx, check_data(files[i]), NULL, &set));
        compare(set, n_points(1), 2);
        hf_boundaries_close(set);
    }
}

/* Off the coast: as hf_locate, which asks every authority. */
static void gives_points_off_the_coast_as_hf_locate_does(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 4, 4, 15000, origin);
    static const double coasts[] = {0, 0.5, 200, HF_LOCATE_COAST_M, 30000, 1e5};
    hf_lonlat points[BLOCK];
    size_t homes[BLOCK];
    hf__measure *out = calloc(BLOCK, sizeof *out);
    for (size_t c = 0; c < sizeof coasts / sizeof coasts[0]; c++) {
        for (size_t i = 0; i < BLOCK; i++) {
            points[i] = random_point(set);
            homes[i] = HF_NOWHERE;
        }
        assert_ok(ctx, hf__measure_points(ctx, set, coasts[c], points, NULL,
                                          homes, NULL, BLOCK, out));
        for (size_t i = 0; i < BLOCK; i++) {
            hf_location at;
            assert_ok(ctx, hf_locate(ctx, set, points[i], coasts[c], &at));
            assert_int_equal(out[i].location.authority, at.authority);
            if (at.authority != HF_NOWHERE) {
                assert_near(out[i].location.offshore_m, at.offshore_m, 2e-4);
            }
            assert_true(isnan(out[i].border_m) && isnan(out[i].origin_m));
        }
    }
    free(out);
    hf_boundaries_close(set);
}

/* Given in the plane, or in longitude and latitude: the same is shown. */
static void measures_points_of_the_plane_as_where_they_are(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 5, 5, 30000, origin);
    const hf__projection *plane = hf__boundaries_plane(set);
    hf_lonlat points[BLOCK], origins[BLOCK];
    hf_xy xy[BLOCK], planar[BLOCK];
    size_t homes[BLOCK], n_planar = 0;
    hf__measure *out = calloc(BLOCK, sizeof *out);
    hf__measure *as_planar = calloc(BLOCK, sizeof *as_planar);
    for (size_t b = 0; b < n_points(4); b++) {
        for (size_t i = 0; i < BLOCK; i++) {
            points[i] = random_point(set);
            origins[i] = random_point(set);
            homes[i] = check_random() % hf_boundaries_count(set);
        }
        assert_ok(ctx, hf__projection_forward(ctx, plane, points, BLOCK, xy));
        for (size_t i = 0; i < BLOCK; i++) {
            double unit = i % 2 ? 1 : 1e-3; /* on corners and edges, too */
            xy[i] = (hf_xy){floor(xy[i].x_m / unit) * unit,
                            floor(xy[i].y_m / unit) * unit};
            bool takes;
            assert_ok(ctx, hf__measure_takes(ctx, set, xy[i], &takes));
            planar[i] = takes ? xy[i] : (hf_xy){NAN, NAN};
            n_planar += takes;
        }
        assert_ok(ctx, hf__projection_inverse(ctx, plane, xy, BLOCK, points));
        assert_ok(ctx, hf__measure_points(ctx, set, 1000, points, NULL, homes,
                                          origins, BLOCK, out));
        for (size_t i = 0; i < BLOCK; i++) {
            if (!isnan(planar[i].x_m)) {
                points[i] = (hf_lonlat){NAN, NAN};
            }
        }
        assert_ok(ctx, hf__measure_points(ctx, set, 1000, points, planar, homes,
                                          origins, BLOCK, as_planar));
        for (size_t i = 0; i < BLOCK; i++) {
            const hf__measure *a = &out[i], *p = &as_planar[i];
            assert_int_equal(a->location.authority, p->location.authority);
            if (isnan(a->border_m)) {
                assert_true(isnan(p->border_m) && isnan(p->origin_m));
                continue;
            }
            assert_near(a->border_m, p->border_m, 2e-4);
            assert_near(a->origin_m, p->origin_m, 2e-4);
            assert_true((a->border_m == 0) == (p->border_m == 0));
            assert_true(floor(hf_miles_from_m(a->border_m) * 1e4 + 0.5) ==
                        floor(hf_miles_from_m(p->border_m) * 1e4 + 0.5));
            assert_true(floor(hf_miles_from_m(a->origin_m) * 1e4 + 0.5) ==
                        floor(hf_miles_from_m(p->origin_m) * 1e4 + 0.5));
        }
    }
    assert_true(n_planar > BLOCK / 4);
    free(out);
    free(as_planar);
    hf_boundaries_close(set);
}

static void points_and_origins_that_are_none_give_nan(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 2, 2, 15000, origin);
    hf_lonlat points[] = {
        {NAN, 52}, {INFINITY, 52}, {-2, 91}, {-2, 52.6}, {-2, 52.6}};
    hf_lonlat origins[] = {{0, 51}, {0, 51}, {0, 51}, {NAN, 51}, {0, 51}};
    size_t homes[] = {0, 0, 0, HF_NOWHERE, 0};
    hf__measure out[5];
    assert_ok(ctx, hf__measure_points(ctx, set, HF_LOCATE_COAST_M, points, NULL,
                                      homes, origins, 5, out));
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(out[i].location.authority, HF_NOWHERE);
        assert_true(isnan(out[i].location.offshore_m));
        assert_true(isnan(out[i].border_m) && isnan(out[i].origin_m));
    }
    assert_true(isnan(out[3].border_m) && isnan(out[3].origin_m));
    assert_true(isfinite(out[4].border_m) && isfinite(out[4].origin_m));
    assert_ok(ctx, hf__measure_points(ctx, set, 0, points, NULL, homes, NULL, 0,
                                      out));
    hf_boundaries_close(set);
}

/* ---- the same for all ------------------------------------------------------
 */

#define MANY 5000

typedef struct job {
    const hf_boundaries *set;
    const hf_lonlat *points, *origins;
    const size_t *homes;
    size_t block;
    hf__measure *out;
} job;

static void *run_job(void *argument) {
    const job *j = argument;
    hf_context *own;
    hf_status status = hf_context_new(&own);
    for (size_t i = 0; !status && i < MANY; i += j->block) {
        size_t n = MANY - i < j->block ? MANY - i : j->block;
        status = hf__measure_points(own, j->set, HF_LOCATE_COAST_M,
                                    j->points + i, NULL, j->homes + i,
                                    j->origins + i, n, j->out + i);
    }
    hf_context_free(own);
    return status ? argument : NULL;
}

/* Bits, not values: threads that race for the indexes, blocks of any size, and
 * every variant of the lanes. */
static void gives_the_same_bits_to_all(void **state) {
    (void)state;
    static const size_t blocks[] = {1000, 1, 37, 4999};
    hf_lonlat *points = calloc(MANY, sizeof *points);
    hf_lonlat *origins = calloc(MANY, sizeof *origins);
    size_t *homes = calloc(MANY, sizeof *homes);
    hf__measure *first = calloc(MANY, sizeof *first);
    hf_boundaries *set = sketch_country(ctx, 6, 6, 20000, origin);
    size_t n = hf_boundaries_count(set);
    for (size_t i = 0; i < MANY; i++) {
        points[i] = random_point(set);
        origins[i] = random_point(set);
        homes[i] = check_random() % n;
    }
    job whole = {set, points, origins, homes, 1000, first};
    assert_null(run_job(&whole));
    hf__measure *out[4];
    for (size_t v = 0; hf__lanes_variant(v); v++) {
        setenv("HOWFAR_LANES", hf__lanes_variant(v)->name, 1);
        assert_ptr_equal(hf__lanes_best(), hf__lanes_variant(v));
        hf_boundaries *again = sketch_country(ctx, 6, 6, 20000, origin);
        pthread_t threads[4];
        job jobs[4];
        for (size_t t = 0; t < 4; t++) {
            out[t] = calloc(MANY, sizeof *out[t]);
            jobs[t] = (job){again, points, origins, homes, blocks[t], out[t]};
            assert_int_equal(
                pthread_create(&threads[t], NULL, run_job, &jobs[t]), 0);
        }
        for (size_t t = 0; t < 4; t++) {
            void *failed;
            assert_int_equal(pthread_join(threads[t], &failed), 0);
            assert_null(failed);
            assert_memory_equal(out[t], first, MANY * sizeof *first);
            free(out[t]);
        }
        hf_boundaries_close(again);
    }
    unsetenv("HOWFAR_LANES");
    hf_boundaries_close(set);
    free(points);
    free(origins);
    free(homes);
    free(first);
}

/* What is shown, four decimals of a mile half up, is what the exact value
 * shows. */
static void shows_what_the_slow_way_shows(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 5, 5, 30000, origin);
    hf_lonlat points[BLOCK], origins[BLOCK];
    size_t homes[BLOCK];
    hf__measure *out = calloc(BLOCK, sizeof *out);
    for (size_t b = 0; b < n_points(4); b++) {
        for (size_t i = 0; i < BLOCK; i++) {
            points[i] = random_point(set);
            origins[i] = random_point(set);
            homes[i] = check_random() % hf_boundaries_count(set);
        }
        assert_ok(ctx, hf__measure_points(ctx, set, 0, points, NULL, homes,
                                          origins, BLOCK, out));
        for (size_t i = 0; i < BLOCK; i++) {
            hf_line line;
            assert_ok(ctx, hf_distance_to_border(ctx, set, homes[i], points[i],
                                                 &line));
            double exact_m[] = {line.dist_m,
                                hf_geodesic_dist_m(origins[i], points[i])};
            double fast_m[] = {out[i].border_m, out[i].origin_m};
            for (int k = 0; k < 2; k++) {
                assert_true(floor(hf_miles_from_m(exact_m[k]) * 1e4 + 0.5) ==
                            floor(hf_miles_from_m(fast_m[k]) * 1e4 + 0.5));
            }
        }
    }
    free(out);
    hf_boundaries_close(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_a_country_as_the_oracle_does),
        cmocka_unit_test(measures_areas_on_a_grid_as_the_oracle_does),
        cmocka_unit_test(measures_overlapping_areas_as_the_oracle_does),
        cmocka_unit_test(gives_points_off_the_coast_as_hf_locate_does),
        cmocka_unit_test(measures_points_of_the_plane_as_where_they_are),
        cmocka_unit_test(points_and_origins_that_are_none_give_nan),
        cmocka_unit_test(gives_the_same_bits_to_all),
        cmocka_unit_test(shows_what_the_slow_way_shows),
        cmocka_unit_test(measures_real_files_as_the_oracle_does),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
