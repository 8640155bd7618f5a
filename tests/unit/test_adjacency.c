/* Adjoining authorities: lengths by hand, and the pairs of real files. */
#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/boundary.h"
#include "base/file.h"
#include "base/memory.h"
#include "check.h"
#include "fixture_shapefile.h"
#include "shape/contact.h"

static int setup(void **state) {
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_int_equal(hf_context_set_data_dir(ctx, "shapes"), HF_OK);
    *state = ctx;
    return 0;
}

static int teardown(void **state) {
    hf_context_free(*state);
    return 0;
}

static void intervals_agree_with_sampling(void **state) {
    (void)state;
    for (int round = 0; round < 5000; round++) {
        hf_xy v[4];
        for (int i = 0; i < 4; i++) {
            v[i] = (hf_xy){check_random_in(0, 4), check_random_in(0, 4)};
        }
        if (round % 5 == 0) {
            v[3] = v[2];             /* a segment that is a point */
        } else if (round % 5 == 1) { /* parallel */
            v[3] = (hf_xy){v[2].x_m + v[1].x_m - v[0].x_m,
                           v[2].y_m + v[1].y_m - v[0].y_m};
        }
        double tolerance = check_random_in(0.05, 1), from = 2, to = -1;
        bool found =
            hf__contact_interval(v[0], v[1], v[2], v[3], tolerance, &from, &to);
        for (int i = 0; i <= 100; i++) {
            double t = i / 100.0;
            hf_xy p = {v[0].x_m + t * (v[1].x_m - v[0].x_m),
                       v[0].y_m + t * (v[1].y_m - v[0].y_m)};
            double s = hf__segment_nearest(v[2], v[3], p);
            double dist = hypot(v[2].x_m + s * (v[3].x_m - v[2].x_m) - p.x_m,
                                v[2].y_m + s * (v[3].y_m - v[2].y_m) - p.y_m);
            if (fabs(dist - tolerance) > 1e-9) {
                bool is_near = found && t >= from - 1e-9 && t <= to + 1e-9;
                assert_int_equal(is_near, dist < tolerance);
            }
        }
    }
}

/* Polygons from rings of one part. */
static hf__polygon polygon_of(hf_xy *points, size_t *starts, size_t n) {
    starts[0] = 0;
    starts[1] = n;
    return (hf__polygon){points, starts, 1, hf__box_of(points, n)};
}

static void measures_shared_borders(void **state) {
    hf_context *ctx = *state;
    static const struct {
        hf_xy b[4]; /* beside the square 0 0, 100 100 */
        double length_m, tolerance_m;
    } cases[] = {
        {{{100, 0}, {200, 0}, {200, 100}, {100, 100}}, 100, 0.21},
        {{{100, 20}, {200, 20}, {200, 60}, {100, 60}}, 40, 0.21},
        {{{100.0001, 0}, {200, 0}, {200, 100}, {99.9999, 100}}, 100, 0.21},
        {{{100.05, 0}, {200, 0}, {200, 100}, {100.05, 100}}, 100, 0.21},
        {{{100.2, 0}, {200, 0}, {200, 100}, {100.2, 100}}, 0, 0},
        {{{123, 0}, {200, 0}, {200, 100}, {123, 100}}, 0, 0},
        {{{100, 100}, {200, 100}, {200, 200}, {100, 200}}, 0, 0.21},
        {{{25, 100}, {75, 100}, {75, 150}, {25, 150}}, 50, 0.21},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_xy a[] = {{0, 0}, {100, 0}, {100, 100}, {0, 100}}, b[4];
        size_t starts_a[2], starts_b[2];
        double one, two;
        memcpy(b, cases[i].b, sizeof b);
        hf__polygon pa = polygon_of(a, starts_a, 4);
        hf__polygon pb = polygon_of(b, starts_b, 4);
        assert_ok(ctx, hf__contact_length(ctx, &pa, &pb, 0.1, &one));
        assert_ok(ctx, hf__contact_length(ctx, &pb, &pa, 0.1, &two));
        assert_near(one, cases[i].length_m, cases[i].tolerance_m);
        assert_near(two, cases[i].length_m, cases[i].tolerance_m);
    }
}

/* Every edge against every edge, sampled: the slow truth. */
static double sampled_length(const hf__polygon *a, const hf__polygon *b,
                             double tolerance) {
    enum { SAMPLES = 400 };
    double total = 0;
    size_t n = hf__polygon_n_points(a), m = hf__polygon_n_points(b);
    for (size_t i = 0; i < n; i++) {
        hf_xy p = a->points[i], q = a->points[(i + 1) % n];
        int near = 0;
        for (int s = 0; s < SAMPLES; s++) {
            double t = (s + 0.5) / SAMPLES, least = INFINITY;
            hf_xy at = {p.x_m + t * (q.x_m - p.x_m),
                        p.y_m + t * (q.y_m - p.y_m)};
            for (size_t k = 0; k < m; k++) {
                hf_xy c = b->points[k], d = b->points[(k + 1) % m];
                double u = hf__segment_nearest(c, d, at);
                least =
                    fmin(least, hypot(c.x_m + u * (d.x_m - c.x_m) - at.x_m,
                                      c.y_m + u * (d.y_m - c.y_m) - at.y_m));
            }
            near += least <= tolerance;
        }
        total += hypot(q.x_m - p.x_m, q.y_m - p.y_m) * near / SAMPLES;
    }
    return total;
}

static void the_sweep_agrees_with_the_slow_loop(void **state) {
    hf_context *ctx = *state;
    for (int round = 0; round < 30; round++) {
        hf_xy a[24], b[24];
        size_t starts_a[2], starts_b[2];
        for (size_t i = 0; i < 24; i++) {
            double angle = 2 * 3.14159265358979 * (double)i / 24;
            double r = check_random_in(40, 60), s = check_random_in(40, 60);
            a[i] = (hf_xy){r * cos(angle), r * sin(angle)};
            b[i] =
                (hf_xy){(round % 2 ? 90 : 5) + s * cos(angle), s * sin(angle)};
        }
        hf__polygon pa = polygon_of(a, starts_a, 24);
        hf__polygon pb = polygon_of(b, starts_b, 24);
        double length_m;
        assert_ok(ctx, hf__contact_length(ctx, &pa, &pb, 2, &length_m));
        assert_near(length_m, sampled_length(&pa, &pb, 2), 2.5);
    }
}

/* The names of an authority's contacts of one kind, as one text. */
static void list_names(hf_context *ctx, const hf_boundaries *set,
                       const hf_adjacency *adjacency, const char *name,
                       hf_contact contact, hf__buf *out) {
    out->len = 0;
    hf__buf_add_text(out, "");
    for (size_t i = 0; i < hf_boundaries_count(set); i++) {
        if (strcmp(hf_boundaries_authority(set, i)->name, name) != 0) {
            continue;
        }
        const hf_neighbour *list;
        size_t n;
        assert_ok(ctx, hf_adjacency_neighbours(ctx, adjacency, i, &list, &n));
        for (size_t k = 0; k < n; k++) {
            if (list[k].contact == contact) {
                hf__buf_add_format(
                    out, "%s%s", out->len ? ", " : "",
                    hf_boundaries_authority(set, list[k].authority)->name);
            }
        }
    }
}

static void tells_land_point_and_water_apart(void **state) {
    hf_context *ctx = *state;
    char path[] = "/tmp/howfar-adjoining-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    static const char table[] =
        "code_a,code_b,kind,reason\n"
        "E06000001,E06000004,water,\"Across the river, by ferry.\"\n"
        "E06000001,E06000002,water,Land stays land.\n"
        "E06000001,E06999999,water,Not in the set.\n";
    assert_int_equal(write(fd, table, sizeof table - 1), sizeof table - 1);
    close(fd);
    fixture f;
    hf_boundaries *set;
    hf_adjacency *adjacency;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(&f, "E06000002|B", fixture_square(401000, 300000, 1000));
    fixture_add(&f, "E06000003|C", fixture_square(401000, 301000, 1000));
    fixture_add(&f, "E06000004|D", fixture_square(405000, 300000, 1000));
    /* meets A in its corner 400000, 301000 at an angle of 1.7 degrees: a
     * border of 3 m within the tolerance, but no border */
    fixture_add(&f, "E06000005|E",
                "400000 301000,400000 302000,401000 302000,401000 301030,"
                "400000 301000");
    fixture_finish(&f);
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    hf_adjacency_options options;
    hf_adjacency_options_init(&options);
    options.overrides_csv = path;
    assert_ok(ctx, hf_adjacency_new(ctx, set, &options, &adjacency));
    hf__buf names;
    hf__buf_init(&names);
    list_names(ctx, set, adjacency, "A", HF_CONTACT_LAND, &names);
    assert_string_equal(names.text, "B");
    list_names(ctx, set, adjacency, "A", HF_CONTACT_POINT, &names);
    assert_string_equal(names.text, "C, E");
    list_names(ctx, set, adjacency, "A", HF_CONTACT_WATER, &names);
    assert_string_equal(names.text, "D");
    const hf_neighbour *list;
    size_t n;
    assert_ok(ctx, hf_adjacency_neighbours(ctx, adjacency, 0, &list, &n));
    assert_int_equal(n, 4);
    assert_near(list[0].length_m, 1000, 0.21);
    assert_string_equal(list[0].reason, "");
    assert_string_equal(list[2].reason, "Across the river, by ferry.");
    assert_near(list[2].length_m, 0, 0);
    hf_adjacency_free(adjacency);

    static const struct {
        bool counts_point, counts_water, adjoins[5];
    } rules[] = {{false, true, {false, true, false, true, false}},
                 {true, false, {false, true, true, false, true}}};
    for (size_t i = 0; i < 2; i++) {
        options.counts_point = rules[i].counts_point;
        options.counts_water = rules[i].counts_water;
        assert_ok(ctx, hf_adjacency_new(ctx, set, &options, &adjacency));
        for (size_t b = 0; b < 5; b++) {
            bool adjoins;
            assert_ok(ctx, hf_adjacency_adjoins(ctx, adjacency, 0, b, &adjoins,
                                                NULL));
            assert_int_equal(adjoins, rules[i].adjoins[b]);
            assert_ok(ctx, hf_adjacency_adjoins(ctx, adjacency, b, 0, &adjoins,
                                                NULL));
            assert_int_equal(adjoins, rules[i].adjoins[b]);
        }
        hf_adjacency_free(adjacency);
    }
    hf__buf_reset(&names);
    hf_boundaries_close(set);
    fixture_reset(&f);
    assert_int_equal(remove(path), 0);
}

/* The rule that is printed: a border of a metre at least, within 0.1 m. */
static void a_border_counts_from_a_metre_on(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf_boundaries *set;
    hf_adjacency *adjacency;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(&f, "E06000002|B",
                "401000 300000.5,401000 299000,402000 299000,402000 300000.5,"
                "401000 300000.5");
    fixture_add(&f, "E06000003|C",
                "400000 300001.5,400000 299000,399000 299000,399000 300001.5,"
                "400000 300001.5");
    fixture_finish(&f);
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    assert_ok(ctx, hf_adjacency_new(ctx, set, NULL, &adjacency));
    hf__buf names;
    hf__buf_init(&names);
    list_names(ctx, set, adjacency, "A", HF_CONTACT_LAND, &names);
    assert_string_equal(names.text, "C");
    list_names(ctx, set, adjacency, "A", HF_CONTACT_POINT, &names);
    assert_string_equal(names.text, "B");
    hf__buf_reset(&names);
    hf_adjacency_free(adjacency);
    hf_boundaries_close(set);
    fixture_reset(&f);
}

static void refuses_bad_options_and_tables(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf_boundaries *set;
    hf_adjacency *adjacency;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_finish(&f);
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    static const double tolerances[] = {0, -1, NAN, INFINITY};
    for (size_t i = 0; i < 4; i++) {
        hf_adjacency_options options;
        hf_adjacency_options_init(&options);
        options.tolerance_m = tolerances[i];
        assert_status(ctx, hf_adjacency_new(ctx, set, &options, &adjacency),
                      HF_ERR_RANGE);
    }
    static const struct {
        const char *table;
        const char *said;
    } tables[] = {{"code_a,code_b,reason\n", "kind"},
                  {"code_a,code_b,kind,reason\nx,y,land,z\n", ":2: kind"},
                  {"code_a,code_b,kind,reason\nx,y\n", ":2"}};
    for (size_t i = 0; i < 3; i++) {
        char path[] = "/tmp/howfar-adjoining-XXXXXX";
        int fd = mkstemp(path);
        size_t len = strlen(tables[i].table);
        assert_int_equal(write(fd, tables[i].table, len), len);
        close(fd);
        hf_adjacency_options options;
        hf_adjacency_options_init(&options);
        options.overrides_csv = path;
        assert_status(ctx, hf_adjacency_new(ctx, set, &options, &adjacency),
                      HF_ERR_DAMAGED);
        assert_contains(hf_context_message(ctx), tables[i].said);
        assert_int_equal(remove(path), 0);
        assert_status(ctx, hf_adjacency_new(ctx, set, &options, &adjacency),
                      HF_ERR_IO);
    }
    hf_boundaries_close(set);
    fixture_reset(&f);
}

/* What DOMAIN facts say of every set since 2019. */
static void check_known_neighbours(hf_context *ctx, const hf_boundaries *set) {
    hf_adjacency *adjacency;
    hf__buf names;
    hf__buf_init(&names);
    assert_ok(ctx, hf_adjacency_new(ctx, set, NULL, &adjacency));
    list_names(ctx, set, adjacency, "Hertfordshire", HF_CONTACT_LAND, &names);
    assert_string_equal(names.text,
                        "Barnet, Buckinghamshire, Cambridgeshire, Central "
                        "Bedfordshire, Enfield, Essex, Harrow, Hillingdon, "
                        "Luton");
    list_names(ctx, set, adjacency, "Bexley", HF_CONTACT_LAND, &names);
    assert_string_equal(names.text, "Bromley, Greenwich, Kent");
    list_names(ctx, set, adjacency, "Bexley", HF_CONTACT_WATER, &names);
    assert_string_equal(names.text, "Barking and Dagenham, Havering, Thurrock");
    size_t n;
    const hf_neighbour *list;
    size_t wight = hf_boundaries_find_code(set, "E06000046", 9);
    assert_ok(ctx, hf_adjacency_neighbours(ctx, adjacency, wight, &list, &n));
    assert_int_equal(n, 0);
    bool adjoins;
    assert_ok(ctx,
              hf_adjacency_adjoins(
                  ctx, adjacency, hf_boundaries_find_code(set, "E06000017", 9),
                  hf_boundaries_find_code(set, "E06000031", 9), &adjoins,
                  NULL)); /* Rutland, Peterborough: 23 m apart */
    assert_false(adjoins);
    size_t north = hf_boundaries_find_code(set, "E06000061", 9);
    size_t lincolnshire = hf_boundaries_find_code(set, "E10000019", 9);
    if (north != HF_NOWHERE) {
        bool found = false;
        assert_ok(ctx,
                  hf_adjacency_neighbours(ctx, adjacency, north, &list, &n));
        for (size_t i = 0; i < n; i++) {
            if (list[i].authority == lincolnshire) {
                found = list[i].contact == HF_CONTACT_LAND;
                assert_near(list[i].length_m, 22, 4);
            }
        }
        assert_true(found);
    }
    hf__buf_reset(&names);
    hf_adjacency_free(adjacency);
}

static void finds_the_known_neighbours_in_every_file(void **state) {
    hf_context *ctx = *state;
    static const char *const sets[] = {
        "boundaries/ctyua_2024_buc", "boundaries/ctyua_2024_buc_wgs84",
        "boundaries/ctyua_2019_buc", "boundaries/ctyua_2024_bgc_ew",
        "boundaries/utla_2014_2025"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        hf_boundaries *set;
        assert_ok(ctx,
                  hf_boundaries_open(ctx, check_data(sets[i]), NULL, &set));
        check_known_neighbours(ctx, set);
        hf_boundaries_close(set);
    }
}

static uint32_t big_endian(const char *at) {
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
           b[3];
}

/* Moves every vertex of a .shp by up to 0.1 mm, differently in each record,
 * the same vertex of one record always alike. */
static void jitter(char *shp, size_t len, uint64_t seed) {
    uint64_t record = seed;
    for (size_t at = 100; at < len; record++) {
        size_t end = at + 8 + 2 * (size_t)big_endian(shp + at + 4);
        uint32_t n_parts, n_points;
        memcpy(&n_parts, shp + at + 8 + 36, 4);
        memcpy(&n_points, shp + at + 8 + 40, 4);
        size_t first = at + 8 + 44 + 4 * (size_t)n_parts;
        for (size_t i = 0; i < 2 * (size_t)n_points; i++) {
            uint64_t bits;
            double value;
            memcpy(&value, shp + first + 8 * i, 8);
            memcpy(&bits, &value, 8);
            uint64_t mix = (bits ^ record * 0x9E3779B97F4A7C15u);
            mix = (mix ^ mix >> 31) * 0xBF58476D1CE4E5B9u;
            mix ^= mix >> 29;
            value += ((double)(mix >> 11) * 0x1p-53 - 0.5) * 2e-4;
            memcpy(shp + first + 8 * i, &value, 8);
        }
        at = end;
    }
}

static void jittered_vertices_lose_no_neighbour(void **state) {
    hf_context *ctx = *state;
    static const char *const parts[] = {"shp", "dbf", "prj"};
    char *bytes[3];
    size_t lens[3];
    for (size_t i = 0; i < 3; i++) {
        char path[200];
        snprintf(path, sizeof path,
                 "boundaries/ctyua_2024_buc/CTYUA_DEC_2024_UK_BUC.%s",
                 parts[i]);
        assert_ok(ctx,
                  hf__file_read(ctx, check_data(path), &bytes[i], &lens[i]));
    }
    jitter(bytes[0], lens[0], check_random());
    hf_shapefile_bytes files = {.label = "jittered.shp",
                                .shp = bytes[0],
                                .shp_len = lens[0],
                                .dbf = bytes[1],
                                .dbf_len = lens[1],
                                .prj = bytes[2],
                                .prj_len = lens[2]};
    hf_boundaries *set;
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &files, NULL, &set));
    check_known_neighbours(ctx, set);
    hf_adjacency *adjacency;
    assert_ok(ctx, hf_adjacency_new(ctx, set, NULL, &adjacency));
    size_t n_land = 0;
    for (size_t i = 0; i < hf_boundaries_count(set); i++) {
        const hf_neighbour *list;
        size_t n;
        assert_ok(ctx, hf_adjacency_neighbours(ctx, adjacency, i, &list, &n));
        for (size_t k = 0; k < n; k++) {
            n_land += list[k].contact == HF_CONTACT_LAND;
        }
    }
    /* Shapely 1.8.5 on the file as it is: 509 pairs whose borders share more
     * than a metre within 0.1 m. */
    assert_int_equal(n_land, 2 * 509);
    hf_adjacency_free(adjacency);
    hf_boundaries_close(set);
    for (size_t i = 0; i < 3; i++) {
        hf__free(bytes[i]);
    }
}

/* Whether the statistics office lists `other` as adjoining `code`; -1 where it
 * doesn't know `code`. */
static int is_listed(const json_t *lists, const char *code, const char *other) {
    const json_t *all = json_object_get(lists, code);
    if (!all) {
        return -1;
    }
    size_t i;
    json_t *listed;
    json_array_foreach(json_array_get(all, 0), i, listed) {
        if (!strcmp(json_string_value(listed), other)) {
            return 1;
        }
    }
    return 0;
}

static void districts_meet_as_the_statistics_office_lists_them(void **state) {
    hf_context *ctx = *state;
    hf_boundaries *set;
    json_t *lists = json_load_file(
        check_data("reference/lad2021_neighbours_ons.json"), 0, NULL);
    assert_non_null(lists);
    assert_ok(ctx, hf_boundaries_open(
                       ctx, check_data("boundaries/lad_2024_buc"), NULL, &set));
    size_t n_both = 0, n_listed_only = 0;
    for (size_t a = 0; a < hf_boundaries_count(set); a++) {
        const char *code = hf_boundaries_authority(set, a)->code;
        for (size_t b = 0; b < a; b++) {
            const char *other = hf_boundaries_authority(set, b)->code;
            int one = is_listed(lists, code, other);
            int two = is_listed(lists, other, code);
            if (one < 0 || two < 0) {
                continue; /* a district of another year */
            }
            bool listed = one || two; /* some stand in one list only */
            double length_m;
            assert_ok(ctx, hf__contact_length(
                               ctx, hf__boundaries_polygon(set, a),
                               hf__boundaries_polygon(set, b), 0.1, &length_m));
            if (length_m >= 1 && !listed) {
                fail_msg("%s and %s share %.1f m and are not listed", code,
                         other, length_m);
            }
            n_both += length_m >= 1 && listed;
            n_listed_only += length_m < 1 && listed;
        }
    }
    /* The 22 are pairs across estuaries, whose border the clipped coast has
     * lost. */
    assert_int_equal(n_both, 878);
    assert_int_equal(n_listed_only, 22);
    json_decref(lists);
    hf_boundaries_close(set);
}

typedef struct job {
    const hf_boundaries *set;
    const hf_adjacency *adjacency;
    size_t first;
    double sum_m;
} job;

static void *walk_all(void *arg) {
    job *j = arg;
    hf_context *ctx;
    if (hf_context_new(&ctx)) {
        return NULL;
    }
    size_t n = hf_boundaries_count(j->set);
    for (size_t i = 0; i < n; i++) {
        const hf_neighbour *list;
        size_t n_list;
        if (hf_adjacency_neighbours(ctx, j->adjacency, (i + j->first) % n,
                                    &list, &n_list)) {
            break;
        }
        for (size_t k = 0; k < n_list; k++) {
            j->sum_m += floor(list[k].length_m);
        }
    }
    hf_context_free(ctx);
    return NULL;
}

static void serves_several_threads(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf_boundaries *set;
    hf_adjacency *adjacency;
    fixture_init(&f, "code,name");
    for (int i = 0; i < 100; i++) {
        char cells[40];
        int row = i / 10;
        double y = 300000 + row * 1000;
        snprintf(cells, sizeof cells, "E0600%04d|A%d", i, i);
        fixture_add(&f, cells, fixture_square(400000 + i % 10 * 1000, y, 1000));
    }
    fixture_finish(&f);
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    assert_ok(ctx, hf_adjacency_new(ctx, set, NULL, &adjacency));
    pthread_t threads[4];
    job jobs[4];
    for (size_t i = 0; i < 4; i++) {
        jobs[i] = (job){set, adjacency, i * 7, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, walk_all, &jobs[i]),
                         0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_near(jobs[i].sum_m, 360 * 1000, 0);
    }
    hf_adjacency_free(adjacency);
    hf_boundaries_close(set);
    fixture_reset(&f);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(intervals_agree_with_sampling),
        TEST(measures_shared_borders),
        TEST(the_sweep_agrees_with_the_slow_loop),
        TEST(tells_land_point_and_water_apart),
        TEST(a_border_counts_from_a_metre_on),
        TEST(refuses_bad_options_and_tables),
        TEST(finds_the_known_neighbours_in_every_file),
        TEST(jittered_vertices_lose_no_neighbour),
        TEST(districts_meet_as_the_statistics_office_lists_them),
        TEST(serves_several_threads),
    };
    return run_tests(tests);
}
