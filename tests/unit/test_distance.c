#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/boundary.h"
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

typedef struct point_case {
    size_t authority;
    hf_lonlat point;
    double border_m, farthest_m, centre_m;
} point_case;

/* By tools/oracle-distances: densified edges, pyproj 3.4 (EPSG:1314 by its
 * parameters), Karney's inverse, a search by thirds; printed to a micrometre.
 */
static const point_case point_cases[] = {
    {0, {-0.1275, 51.5072}, 28073.226666, 42218.190349, 35145.612825},
    {1, {-0.1275, 51.5072}, 22067.451498, 35792.865749, 28879.517273},
    {2, {-0.1275, 51.5072}, 31304.649532, 58040.489892, 44432.306818},
    {3, {-0.1275, 51.5072}, 41072.042106, 51199.950746, 46118.445857},
    {0, {-3.5000, 55.9000}, 497851.775922, 510984.874347, 504411.555031},
    {1, {-3.5000, 55.9000}, 501827.170319, 515052.609859, 508433.779146},
    {2, {-3.5000, 55.9000}, 479485.711734, 505968.636666, 492702.351375},
    {3, {-3.5000, 55.9000}, 486087.567507, 496444.596211, 491265.634990},
    {0, {-8.0000, 58.5000}, 885007.243443, 898711.259383, 891857.594937},
    {1, {-8.0000, 58.5000}, 890130.753223, 903867.193819, 896997.456588},
    {2, {-8.0000, 58.5000}, 867836.274976, 895336.016876, 881580.160341},
    {3, {-8.0000, 58.5000}, 874706.682199, 884815.396756, 879760.071670},
    {0, {-7.9000, 54.1000}, 557050.292288, 570684.604913, 563864.340690},
    {1, {-7.9000, 54.1000}, 565789.326058, 579390.388028, 572586.604895},
    {2, {-7.9000, 54.1000}, 547520.163751, 574569.224617, 561029.552853},
    {3, {-7.9000, 54.1000}, 554270.931205, 561633.679168, 557940.033267},
    {0, {2.3500, 48.8500}, 371929.369845, 385835.824794, 378880.334802},
    {1, {2.3500, 48.8500}, 366392.699063, 380238.240682, 373312.606622},
    {2, {2.3500, 48.8500}, 374823.948795, 402453.587620, 388626.668241},
    {3, {2.3500, 48.8500}, 385515.983145, 395537.261475, 390523.865001},
    {0, {12.5000, 41.9000}, 1463853.492177, 1477975.631417, 1470914.463914},
    {1, {12.5000, 41.9000}, 1456399.817507, 1470525.061801, 1463462.345426},
    {2, {12.5000, 41.9000}, 1463104.588505, 1491362.800090, 1477233.360861},
    {3, {12.5000, 41.9000}, 1475359.072991, 1484297.999691, 1479826.127569},
    {0, {-21.9000, 64.1000}, 1848036.827888, 1861971.374335, 1855003.766001},
    {1, {-21.9000, 64.1000}, 1853799.729189, 1867744.172334, 1860771.640485},
    {2, {-21.9000, 64.1000}, 1831696.550877, 1859597.402535, 1845645.754951},
    {3, {-21.9000, 64.1000}, 1838670.840942, 1848562.646074, 1843616.003917},
    {0, {25.0000, 60.2000}, 1825124.434383, 1839250.992026, 1832187.634580},
    {1, {25.0000, 60.2000}, 1817706.565138, 1831835.261123, 1824770.834802},
    {2, {25.0000, 60.2000}, 1804319.945782, 1832566.399776, 1818442.826042},
    {3, {25.0000, 60.2000}, 1816607.469524, 1825504.528723, 1821054.012299},
    {0, {0.0500, 51.7000}, 31771.890111, 42509.702895, 36885.035531},
    {1, {0.0500, 51.7000}, 21769.805134, 32732.835410, 26924.447381},
    {2, {0.0500, 51.7000}, 23149.687863, 50221.653072, 36454.944250},
    {3, {0.0500, 51.7000}, 36142.923366, 43307.761941, 39543.337376},
    {0, {-0.5000, 51.9000}, 13450.021663, 24390.338715, 18529.171633},
    {1, {-0.5000, 51.9000}, 15026.046209, 28791.170577, 21848.078770},
    {2, {-0.5000, 51.9000}, 0.000000, 21443.763787, 7534.455166},
    {3, {-0.5000, 51.9000}, 1698.266687, 9667.573312, 4702.888051},
    {0, {0.0000, 51.8500}, 29190.111408, 42234.977205, 35607.621468},
    {1, {0.0000, 51.8500}, 19869.822598, 33562.315328, 26657.018957},
    {2, {0.0000, 51.8500}, 17856.715434, 39508.298641, 27888.507459},
    {3, {0.0000, 51.8500}, 29859.250373, 33456.136093, 31385.989067},
};

static hf_place point_place(hf_lonlat point) {
    return (hf_place){.kind = HF_PLACE_POINT, .point = point};
}

static hf_place area_place(size_t *members, size_t n) {
    return (hf_place){.kind = n > 1 ? HF_PLACE_GROUP : HF_PLACE_AUTHORITY,
                      .members = members,
                      .n_members = n};
}

static bool has_datum_grid(const hf_boundaries *set) {
    return strstr(hf_boundaries_get_info(set)->operation, "OSTN") != NULL;
}

static void measures_a_point_as_the_oracle_does(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    double tolerance_m = 1e-5;
    if (has_datum_grid(set)) {
        tolerance_m = 5; /* the table's figures are without OSTN15 */
    }
    for (size_t i = 0; i < sizeof point_cases / sizeof point_cases[0]; i++) {
        const point_case *c = &point_cases[i];
        hf_line line;
        hf_distances d;
        size_t member = c->authority;
        hf_place from = point_place(c->point), to = area_place(&member, 1);
        assert_ok(ctx,
                  hf_distance_to_border(ctx, set, member, c->point, &line));
        assert_near(line.dist_m, c->border_m, tolerance_m);
        assert_near(hf_geodesic_dist_m(line.from, line.to), line.dist_m, 1e-6);
        assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
        assert_near(d.nearest.dist_m, c->border_m, tolerance_m);
        assert_near(d.farthest.dist_m, c->farthest_m, tolerance_m);
        assert_near(d.reach.dist_m, c->farthest_m, tolerance_m);
        assert_near(d.centre.dist_m, c->centre_m, tolerance_m);
        assert_int_equal(d.overlap, c->border_m == 0);
        assert_ok(ctx, hf_distance_between(ctx, set, &to, &from, &d));
        assert_near(d.nearest.dist_m, c->border_m, tolerance_m);
        assert_near(d.reach.dist_m, c->border_m, tolerance_m);
        assert_near(d.farthest.dist_m, c->farthest_m, tolerance_m);
        assert_int_equal(d.nearest.from_authority, member);
        assert_int_equal(d.nearest.to_authority, HF_NOWHERE);
    }
    hf_boundaries_close(set);
}

static void areas_that_share_a_border_touch_and_do_not_overlap(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    static const size_t pairs[][2] = {{0, 1}, {0, 2}, {1, 2}, {2, 3}};
    for (size_t i = 0; i < 4; i++) {
        size_t a = pairs[i][0], b = pairs[i][1];
        hf_place from = area_place(&a, 1), to = area_place(&b, 1);
        hf_distances d;
        assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
        assert_true(d.nearest.dist_m == 0);
        assert_false(d.overlap);
        assert_int_equal(d.nearest.from_authority, a);
        assert_int_equal(d.nearest.to_authority, b);
    }
    hf_boundaries_close(set);
}

/* The same with the slack of official files: vertices 0.1 mm apart. */
static void areas_a_tenth_of_a_millimetre_apart_touch(void **state) {
    (void)state;
    static const char *const slack[] = {
        "E06000001 0 0, 0 10, 10 10, 10 0",
        "E06000002 10.0000001 0, 10.0000001 10, 20 10, 20 0",
        "E06000003 0 9.9999999, 0 20, 10 20, 10 9.9999999",
        "E06000004 0 20.000023, 0 30, 10 30, 10 20.000023",
    };
    hf_boundaries *set = sketch(ctx, slack, 4, origin, 1000);
    size_t a = 0, b = 1, c = 2, e = 3;
    hf_place first = area_place(&a, 1), apart = area_place(&b, 1);
    hf_place over = area_place(&c, 1), beyond = area_place(&e, 1);
    hf_distances d;
    assert_ok(ctx, hf_distance_between(ctx, set, &first, &apart, &d));
    assert_true(d.nearest.dist_m == 0);
    assert_false(d.overlap);
    assert_ok(ctx, hf_distance_between(ctx, set, &first, &over, &d));
    assert_true(d.nearest.dist_m == 0);
    assert_false(d.overlap);
    /* 23 mm is a gap. */
    assert_ok(ctx, hf_distance_between(ctx, set, &over, &beyond, &d));
    assert_near(d.nearest.dist_m, 0.023, 0.0002);
    hf_boundaries_close(set);
}

static void areas_that_cross_or_hold_each_other_overlap(void **state) {
    (void)state;
    static const char *const heap[] = {
        "E06000001 0 0, 0 10, 10 10, 10 0",
        "E06000002 5 5, 5 15, 15 15, 15 5",
        "E06000003 2 2, 2 3, 3 3, 3 2",
        "E06000004 -5 4, -5 6, 15 6, 15 4",
    };
    hf_boundaries *set = sketch(ctx, heap, 4, origin, 1000);
    for (size_t b = 0; b < 4; b++) {
        size_t a = 0;
        hf_place from = area_place(&a, 1), to = area_place(&b, 1);
        hf_distances d;
        assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
        assert_true(d.nearest.dist_m == 0);
        assert_true(d.overlap);
    }
    hf_boundaries_close(set);
}

/* Nearest, reach and farthest of two squares by hand: corners and sides. */
static void measures_between_areas_at_corners_and_sides(void **state) {
    (void)state;
    static const char *const apart[] = {
        "E06000001 0 0, 0 10, 10 10, 10 0",
        "E06000002 30 5, 30 40, 70 40, 70 5",
    };
    hf_boundaries *set = sketch(ctx, apart, 2, origin, 1000);
    size_t a = 0, b = 1;
    hf_place from = area_place(&a, 1), to = area_place(&b, 1);
    hf_distances d, back;
    assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
    hf_lonlat far_a = sketch_point(ctx, origin, 1000, 0, 0);
    hf_lonlat far_b = sketch_point(ctx, origin, 1000, 70, 40);
    hf_lonlat near_a = sketch_point(ctx, origin, 1000, 10, 10);
    assert_near(d.farthest.dist_m, hf_geodesic_dist_m(far_a, far_b), 1e-6);
    assert_near(d.reach.dist_m, hf_geodesic_dist_m(near_a, far_b), 1e-6);
    /* 20 km of the grid, whose scale here is 1.0000 to 1.0004. */
    assert_near(d.nearest.dist_m, 20000, 8);
    assert_ok(ctx, hf_distance_between(ctx, set, &to, &from, &back));
    assert_near(back.nearest.dist_m, d.nearest.dist_m, 1e-6);
    assert_near(back.farthest.dist_m, d.farthest.dist_m, 1e-6);
    assert_near(back.centre.dist_m, d.centre.dist_m, 1e-6);
    assert_int_equal(back.nearest.from_authority, 1);
    hf_boundaries_close(set);
}

/* Against every end of a piece and every sample: what the pruning leaves out
 * is nothing. */
static void measures_between_random_areas_as_every_pair_does(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 4, 3, 15000, origin);
    size_t n = hf_boundaries_count(set);
    for (int i = 0; i < 30; i++) {
        size_t a = check_random() % n, b = check_random() % n;
        hf_place from = area_place(&a, 1), to = area_place(&b, 1);
        hf_distances d, back;
        assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
        assert_ok(ctx, hf_distance_between(ctx, set, &to, &from, &back));
        assert_near(back.nearest.dist_m, d.nearest.dist_m, 1e-4);
        assert_near(back.farthest.dist_m, d.farthest.dist_m, 1e-6);
        assert_true(d.nearest.dist_m <= d.centre.dist_m + 1e-6 || a == b);
        assert_true(d.nearest.dist_m <= d.reach.dist_m);
        assert_true(d.reach.dist_m <= d.farthest.dist_m);
        assert_true(d.centre.dist_m <= d.farthest.dist_m);
        /* No point of one is nearer to the other than the nearest, or
         * farther than the reach. */
        const hf_authority *area = hf_boundaries_authority(set, b);
        for (int k = 0; k < 50; k++) {
            hf_lonlat p =
                sketch_point(ctx, (hf_xy){0, 0}, 1,
                             check_random_in(area->min.x_m, area->max.x_m),
                             check_random_in(area->min.y_m, area->max.y_m));
            bool is_within;
            hf_line line;
            assert_ok(ctx, hf_locate_is_within(ctx, set, b, p, &is_within));
            assert_ok(ctx, hf_distance_to_border(ctx, set, a, p, &line));
            if (is_within) {
                assert_true(line.dist_m >= d.nearest.dist_m - 1e-4);
                assert_true(line.dist_m <= d.reach.dist_m + 100);
            }
        }
    }
    hf_boundaries_close(set);
}

/* Members of a set, chosen at random, in any order. */
static size_t choose_members(size_t *members, size_t n_set, size_t most) {
    size_t n = 0, start = check_random() % n_set;
    size_t step = check_random() % 2 ? 1 : n_set - 1;
    for (size_t i = 0; i < n_set && n < most; i++) {
        if (check_random() % 3) {
            members[n++] = (start + i * step) % n_set;
        }
    }
    members[n] = start;
    return n ? n : 1;
}

/* What no pair of single areas leaves out: a group is as near and as far as its
 * members are, by the first of them that is. */
static void assert_as_members(hf_boundaries *set, const hf_place *from,
                              const hf_place *to) {
    hf_distances d, one;
    hf_line nearest = {.dist_m = INFINITY}, farthest = {.dist_m = -1};
    hf_line reach = {.dist_m = -1};
    bool overlap = false;
    assert_ok(ctx, hf_distance_between(ctx, set, from, to, &d));
    size_t n_from = from->n_members ? from->n_members : 1;
    size_t n_to = to->n_members ? to->n_members : 1;
    for (size_t i = 0; i < n_from; i++) {
        hf_place a = from->n_members ? area_place(&from->members[i], 1) : *from;
        for (size_t k = 0; k < n_to; k++) {
            hf_place b = to->n_members ? area_place(&to->members[k], 1) : *to;
            assert_ok(ctx, hf_distance_between(ctx, set, &a, &b, &one));
            nearest =
                one.nearest.dist_m < nearest.dist_m ? one.nearest : nearest;
            farthest =
                one.farthest.dist_m > farthest.dist_m ? one.farthest : farthest;
            reach = one.reach.dist_m > reach.dist_m ? one.reach : reach;
            overlap |= one.overlap;
        }
    }
    assert_true(d.nearest.dist_m == nearest.dist_m);
    assert_int_equal(d.nearest.from_authority, nearest.from_authority);
    assert_int_equal(d.nearest.to_authority, nearest.to_authority);
    assert_true(d.farthest.dist_m == farthest.dist_m);
    assert_int_equal(d.farthest.from_authority, farthest.from_authority);
    assert_int_equal(d.farthest.to_authority, farthest.to_authority);
    assert_int_equal(d.overlap, overlap);
    if (n_from == 1) { /* else the nearest of them counts for each point */
        assert_true(d.reach.dist_m == reach.dist_m);
        assert_int_equal(d.reach.to_authority, reach.to_authority);
    } else {
        assert_true(d.reach.dist_m <= reach.dist_m);
    }
}

static void measures_groups_as_their_members(void **state) {
    (void)state;
    hf_xy corner = {100000, 50000};
    hf_boundaries *set = sketch_country(ctx, 5, 4, 90000, corner);
    size_t n = hf_boundaries_count(set), a[64], b[64];
    assert_true(n < 64);
    for (int i = 0; i < 12; i++) {
        hf_place from = area_place(a, choose_members(a, n, i % 2 ? 1 : 6));
        hf_place to = area_place(b, choose_members(b, n, n));
        assert_as_members(set, &from, &to);
        /* A point inside the set's extent, and one beyond it. */
        double most = i % 2 ? 500000 : 2000000;
        hf_place point = point_place(
            sketch_point(ctx, corner, 1, check_random_in(-most / 9, most),
                         check_random_in(-most / 9, most)));
        assert_as_members(set, &point, &to);
        hf_distances there, back;
        assert_ok(ctx, hf_distance_between(ctx, set, &point, &to, &there));
        assert_ok(ctx, hf_distance_between(ctx, set, &to, &point, &back));
        assert_true(there.nearest.dist_m == back.nearest.dist_m);
        assert_true(there.farthest.dist_m == back.farthest.dist_m);
        assert_near(back.reach.dist_m, there.nearest.dist_m, 1e-6);
    }
    hf_boundaries_close(set);
}

/* For every point of a place, the nearest of a group counts. */
static void reaches_from_the_nearest_member_of_a_group(void **state) {
    (void)state;
    hf_xy corner = {100000, 50000};
    hf_boundaries *set = sketch_country(ctx, 5, 4, 90000, corner);
    size_t n = hf_boundaries_count(set), a[64];
    for (int i = 0; i < 12; i++) {
        hf_place from = area_place(a, choose_members(a, n, 5));
        size_t b = check_random() % n;
        hf_place to = area_place(&b, 1);
        hf_distances d;
        assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
        const hf__polygon *area = hf__boundaries_polygon(set, b);
        double most_m = 0;
        for (size_t v = 0; v < hf__polygon_n_points(area); v++) {
            hf_lonlat p =
                sketch_point(ctx, (hf_xy){0, 0}, 1, area->points[v].x_m,
                             area->points[v].y_m);
            double least_m = INFINITY;
            for (size_t k = 0; k < from.n_members; k++) {
                hf_line line;
                assert_ok(ctx, hf_distance_to_border(ctx, set, a[k], p, &line));
                least_m = fmin(least_m, line.dist_m);
            }
            most_m = fmax(most_m, least_m);
        }
        /* Ends of pieces, 500 m apart at most, stand between the vertices. */
        assert_true(d.reach.dist_m >= most_m - 0.1);
        assert_true(d.reach.dist_m <= most_m + 500);
    }
    hf_boundaries_close(set);
}

static void matrix_holds_every_pair_both_ways(void **state) {
    (void)state;
    hf_boundaries *set = sketch_country(ctx, 4, 3, 15000, origin);
    size_t n = hf_boundaries_count(set);
    double *dist_m = calloc(n * n, sizeof *dist_m);
    assert_non_null(dist_m);
    assert_ok(ctx, hf_distance_matrix(ctx, set, dist_m));
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            hf_line line = {0};
            if (a != b) {
                assert_ok(ctx,
                          hf_distance_between_borders(ctx, set, a, b, &line));
            }
            assert_near(dist_m[a * n + b], line.dist_m, 1e-4);
            assert_true(dist_m[a * n + b] == dist_m[b * n + a]);
        }
    }
    free(dist_m);
    hf_boundaries_close(set);
}

static void centre_of_a_group_is_that_of_its_areas_together(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    size_t members[] = {0, 1};
    hf_place group = area_place(members, 2);
    hf_lonlat centre;
    assert_ok(ctx, hf_distance_centre(ctx, set, &group, &centre));
    hf_lonlat expected = sketch_point(ctx, origin, 1000, 10, 5);
    assert_near(hf_geodesic_dist_m(centre, expected), 0, 1e-6);
    hf_boundaries_close(set);
}

static void refuses_what_is_no_point(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    static const hf_lonlat bad[] = {{NAN, 51}, {0, INFINITY}, {200, 0}};
    size_t a = 0;
    hf_place area = area_place(&a, 1);
    for (size_t i = 0; i < 3; i++) {
        hf_place point = point_place(bad[i]);
        hf_line line;
        hf_distances d;
        assert_status(ctx, hf_distance_to_border(ctx, set, 0, bad[i], &line),
                      HF_ERR_RANGE);
        assert_status(ctx, hf_distance_between(ctx, set, &area, &point, &d),
                      HF_ERR_RANGE);
        assert_status(ctx, hf_distance_between(ctx, set, &point, &area, &d),
                      HF_ERR_RANGE);
    }
    hf_boundaries_close(set);
}

/* Any valid point of the earth has a distance. */
static void measures_from_the_other_side_of_the_earth(void **state) {
    (void)state;
    hf_boundaries *set = sketch(ctx, sketch_four, 4, origin, 1000);
    static const hf_lonlat far[] = {{179.6, -51.7}, {0, -90}, {0, 90},
                                    {180, 10},      {-90, 0}, {151, -33.9}};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        hf_line line;
        assert_ok(ctx, hf_distance_to_border(ctx, set, 0, far[i], &line));
        double least_m = INFINITY;
        for (int k = 0; k < 400; k++) {
            double t = k % 100 / 10.0;
            hf_lonlat p = sketch_point(ctx, origin, 1000,
                                       k < 200 ? (k < 100 ? 0 : 10) : t,
                                       k < 200 ? t : (k < 300 ? 0 : 10));
            least_m = fmin(least_m, hf_geodesic_dist_m(far[i], p));
        }
        assert_true(line.dist_m <= least_m + 1e-6);
        assert_true(line.dist_m >= least_m - 100);
    }
    hf_boundaries_close(set);
}

/* The 2024 500 m file: geodesics between borders straight in the national grid,
 * by tools/oracle-distances and by vertices; DOMAIN's rounded figures. */
static void hertfordshire_to_the_nations(void **state) {
    (void)state;
    static const struct {
        const char *prefix;
        double nearest, centre, reach, tolerance;
    } cases[] = {
        {"S12", 233.702, 379.546, 608.122, 0.0006},
        {"W06", 81.581, 154.947, 211.257, 0.0006},
        {"N09", 262.121, 329.791, 357.972, 0.0006},
        {"E09", 0, 23.216, 0, 0.0006},
        {"S12000017", 361.761, 436.762, 491.161, 0.0006},
    };
    const char *path = check_data("boundaries/ctyua_2024_buc");
    hf_boundaries *set;
    assert_ok(ctx, hf_boundaries_open(ctx, path, NULL, &set));
    size_t home = hf_boundaries_find_code(set, "E10000015", 9);
    size_t members[256];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t n = 0;
        for (size_t k = 0; k < hf_boundaries_count(set); k++) {
            const char *code = hf_boundaries_authority(set, k)->code;
            if (!strncmp(code, cases[i].prefix, strlen(cases[i].prefix))) {
                members[n++] = k;
            }
        }
        hf_place from = area_place(&home, 1), to = area_place(members, n);
        hf_distances d;
        double tolerance = has_datum_grid(set) ? 0.003 : cases[i].tolerance;
        assert_ok(ctx, hf_distance_between(ctx, set, &from, &to, &d));
        assert_near(hf_miles_from_m(d.nearest.dist_m), cases[i].nearest,
                    tolerance);
        assert_near(hf_miles_from_m(d.centre.dist_m), cases[i].centre,
                    tolerance);
        if (cases[i].reach > 0) {
            assert_near(hf_miles_from_m(d.reach.dist_m), cases[i].reach,
                        tolerance);
        }
    }
    hf_boundaries_close(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_a_point_as_the_oracle_does),
        cmocka_unit_test(areas_that_share_a_border_touch_and_do_not_overlap),
        cmocka_unit_test(areas_a_tenth_of_a_millimetre_apart_touch),
        cmocka_unit_test(areas_that_cross_or_hold_each_other_overlap),
        cmocka_unit_test(measures_between_areas_at_corners_and_sides),
        cmocka_unit_test(measures_between_random_areas_as_every_pair_does),
        cmocka_unit_test(measures_groups_as_their_members),
        cmocka_unit_test(reaches_from_the_nearest_member_of_a_group),
        cmocka_unit_test(matrix_holds_every_pair_both_ways),
        cmocka_unit_test(centre_of_a_group_is_that_of_its_areas_together),
        cmocka_unit_test(refuses_what_is_no_point),
        cmocka_unit_test(measures_from_the_other_side_of_the_earth),
        cmocka_unit_test(hertfordshire_to_the_nations),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
