/* Claims held against places: which definitions fit, and where. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotated.h"
#include "answer/annulus.h"
#include "answer/indexes.h"
#include "fixture_shapefile.h"
#include "howfar/geodesic.h"

static country land;

/* Authorities that invented postcodes belong to. */
static const char *const codes[] = {"E10000015", "E06000056", "E06000023",
                                    "E06000032", "N09000003", "X99999999"};
#define N_CODES ((size_t)5) /* those that the set knows */
#define N_ROWS ((size_t)3000)

/* Invented postcodes of twelve districts, all over the squares of the country
 * and beyond, and of Northern Ireland; some without a point, a third no longer
 * in use. */
static struct row {
    char text[9];
    size_t code;
    bool has_point, is_terminated;
    hf_coordinate at;
} rows[N_ROWS];

static void invent_rows(void) {
    for (size_t i = 0; i < N_ROWS; i++) {
        struct row *r = &rows[i];
        bool is_irish = i % 40 == 0;
        char last = (char)('A' + i / 13 % 13), first = (char)('A' + i % 13);
        snprintf(r->text, sizeof r->text, "%s%d %d%c%c", is_irish ? "BT" : "AL",
                 (int)(1 + i / 1690 * 6 + check_random() % 6),
                 (int)(i / 169 % 10), first, last);
        r->code = is_irish ? 4 : (size_t)(check_random() % 6);
        r->code = r->code == 4 && !is_irish ? 5 : r->code;
        r->has_point = check_random() % 50 > 0;
        r->is_terminated = check_random() % 3 == 0;
        r->at = (hf_coordinate){
            .kind = is_irish ? HF_COORDINATE_IRISH_GRID : HF_COORDINATE_GRID,
            .grid = {round(is_irish ? check_random_in(250000, 350000)
                                    : check_random_in(340000, 540000)),
                     round(is_irish ? check_random_in(330000, 440000)
                                    : check_random_in(150000, 260000))}};
    }
}

/* A later row of the same postcode counts. */
static bool is_last(size_t i) {
    for (size_t k = i + 1; k < N_ROWS; k++) {
        if (!strcmp(rows[k].text, rows[i].text)) {
            return false;
        }
    }
    return true;
}

/* The country with a square of Northern Ireland. */
static void add_belfast(void) {
    hf_adjacency_free(land.adjacency);
    hf_places_close(land.places);
    hf_boundaries_close(land.set);
    land.adjacency = NULL;
    fixture f;
    fixture_init(&f, "CTYUA24CD,CTYUA24NM");
    fixture_add(&f, "E10000015|Hertfordshire",
                fixture_square(500000, 200000, 10000));
    fixture_add(&f, "E06000056|Central Bedfordshire",
                fixture_square(490000, 200000, 10000));
    fixture_add(&f, "E06000023|Bristol, City of",
                fixture_square(360000, 170000, 10000));
    fixture_add(&f, "E06000032|Luton", fixture_square(508000, 208000, 5000));
    fixture_add(&f, "N09000003|Belfast", fixture_square(140000, 520000, 10000));
    fixture_finish(&f);
    assert_ok(land.ctx,
              hf_boundaries_open_bytes(land.ctx, &f.bytes, NULL, &land.set));
    fixture_reset(&f);
    char index[100];
    snprintf(index, sizeof index, "%s/postcodes.index", land.folder);
    hf_places_options options;
    hf_places_options_init(&options);
    options.postcodes = index;
    assert_ok(land.ctx,
              hf_places_open(land.ctx, land.set, &options, &land.places));
}

static int set_up(void **state) {
    (void)state;
    invent_rows();
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    fputs("pcds,oseast1m,osnrth1m,oslaua,doterm\n", out);
    for (size_t i = 0; i < N_ROWS; i++) {
        const char *doterm = rows[i].is_terminated ? "201506" : "";
        if (rows[i].has_point) {
            fprintf(out, "%s,%.0f,%.0f,%s,%s\n", rows[i].text,
                    rows[i].at.grid.x_m, rows[i].at.grid.y_m,
                    codes[rows[i].code], doterm);
        } else {
            fprintf(out, "%s,,,%s,%s\n", rows[i].text, codes[rows[i].code],
                    doterm);
        }
    }
    assert_int_equal(fclose(out), 0);
    country_open_with(&land, text);
    free(text);
    add_belfast();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    country_close(&land);
    return 0;
}

static hf_claim parse(const char *text) {
    hf_claim claim;
    assert_ok(land.ctx, hf_claim_parse(land.ctx, text, strlen(text), &claim));
    return claim;
}

static hf_place resolve(const char *text) {
    hf_place place;
    assert_ok(land.ctx, hf_place_resolve(land.ctx, land.places, text,
                                         strlen(text), &place));
    return place;
}

/* ---- definitions -------------------------------------------------------- */

static hf_claim_fits fits_of(const char *claimed, const char *from,
                             const char *to) {
    hf_claim claim = parse(claimed);
    hf_place home = resolve(from), there = resolve(to);
    hf_claim_fits fits;
    assert_ok(land.ctx, hf_claim_measure(land.ctx, land.set, &claim, &home,
                                         &there, &fits));
    hf_place_reset(&home);
    hf_place_reset(&there);
    return fits;
}

static void definitions_have_the_values_of_the_distances(void **state) {
    (void)state;
    hf_claim_fits fits = fits_of("90", "Hertfordshire", "Bristol");
    hf_place home = resolve("Hertfordshire"), there = resolve("Bristol");
    hf_distances d, of_centre;
    hf_place centre = {.kind = HF_PLACE_POINT};
    assert_ok(land.ctx,
              hf_distance_between(land.ctx, land.set, &home, &there, &d));
    assert_ok(land.ctx,
              hf_distance_centre(land.ctx, land.set, &home, &centre.point));
    assert_ok(land.ctx, hf_distance_between(land.ctx, land.set, &centre, &there,
                                            &of_centre));
    const struct {
        hf_claim_measure_kind kind;
        double least_m, most_m;
    } expected[] = {{HF_CLAIM_NEAREST, d.nearest.dist_m, d.nearest.dist_m},
                    {HF_CLAIM_CENTRE, d.centre.dist_m, d.centre.dist_m},
                    {HF_CLAIM_REACH, d.reach.dist_m, d.reach.dist_m},
                    {HF_CLAIM_FARTHEST, d.farthest.dist_m, d.farthest.dist_m},
                    {HF_CLAIM_ANY, d.nearest.dist_m, d.farthest.dist_m},
                    {HF_CLAIM_FROM_CENTRE, of_centre.nearest.dist_m,
                     of_centre.farthest.dist_m},
                    {HF_CLAIM_FROM_BORDER, d.nearest.dist_m, d.reach.dist_m}};
    for (size_t i = 0; i < HF_CLAIM_MEASURES; i++) {
        const hf_claim_fit *fit = &fits.of[expected[i].kind];
        assert_true(fit->applies);
        assert_near(fit->least_m, expected[i].least_m, 1e-9);
        assert_near(fit->most_m, expected[i].most_m, 1e-9);
    }
    /* Squares 140 km apart, 130 between them: 80.9 and 88.8 miles. */
    assert_near(fits.of[HF_CLAIM_NEAREST].most_m, 131500, 1000);
    assert_near(fits.of[HF_CLAIM_CENTRE].most_m, 143100, 1000);
    hf_place_reset(&home);
    hf_place_reset(&there);
}

static void what_does_not_fit_says_by_how_much(void **state) {
    (void)state;
    hf_claim_fits fits = fits_of("200", "Hertfordshire", "Bristol");
    assert_false(fits.fits);
    for (size_t i = 0; i < HF_CLAIM_MEASURES; i++) {
        const hf_claim_fit *fit = &fits.of[i];
        assert_false(fit->fits);
        assert_near(fit->off_m, 200 * 1609.344 - fit->most_m, 1e-6);
    }
    fits = fits_of("10 km", "Hertfordshire", "Bristol");
    for (size_t i = 0; i < HF_CLAIM_MEASURES; i++) {
        const hf_claim_fit *fit = &fits.of[i];
        assert_false(fit->fits);
        assert_near(fit->off_m, 10e3 - fit->least_m, 1e-6);
    }
    fits = fits_of("200-300 km", "Hertfordshire", "Bristol");
    assert_near(fits.of[HF_CLAIM_CENTRE].off_m,
                200e3 - fits.of[HF_CLAIM_CENTRE].most_m, 1e-6);
    fits = fits_of("50-100 km", "Hertfordshire", "Bristol");
    assert_near(fits.of[HF_CLAIM_CENTRE].off_m,
                100e3 - fits.of[HF_CLAIM_CENTRE].most_m, 1e-6);
}

static void each_definition_fits_its_own_value_alone(void **state) {
    (void)state;
    hf_claim_fits fits = fits_of("0", "Hertfordshire", "Bristol");
    for (int i = 0; i <= HF_CLAIM_FARTHEST; i++) {
        char text[40];
        snprintf(text, sizeof text, "%.3f km", fits.of[i].most_m / 1000);
        hf_claim claim = parse(text);
        hf_claim_hold(&claim, &fits);
        for (int k = 0; k <= HF_CLAIM_FARTHEST; k++) {
            assert_int_equal(fits.of[k].fits, k == i);
            assert_true(!fits.of[k].fits == (fits.of[k].off_m != 0));
        }
        assert_true(fits.fits && fits.of[HF_CLAIM_ANY].fits);
    }
}

static void points_leave_out_what_says_the_same(void **state) {
    (void)state;
    hf_claim_fits fits = fits_of("1", "E505000 N205000", "E506000 N205000");
    for (int i = 0; i < HF_CLAIM_MEASURES; i++) {
        assert_int_equal(fits.of[i].applies, i == HF_CLAIM_CENTRE);
    }
    fits = fits_of("1", "Hertfordshire", "E365000 N175000");
    static const bool applies[] = {true, true, false, true, true, false, false};
    for (int i = 0; i < HF_CLAIM_MEASURES; i++) {
        assert_int_equal(fits.of[i].applies, applies[i]);
    }
}

/* ST 65 75 is a square kilometre: half a kilometre either way. */
static void a_rough_point_widens_every_value(void **state) {
    (void)state;
    hf_claim_fits exact = fits_of("1", "Hertfordshire", "E365500 N175500");
    hf_claim_fits rough = fits_of("1", "Hertfordshire", "ST 65 75");
    for (int i = 0; i < HF_CLAIM_MEASURES; i++) {
        bool applies = exact.of[i].applies;
        double by_m = applies ? 500 : 0;
        assert_int_equal(rough.of[i].applies, applies);
        assert_near(rough.of[i].least_m, exact.of[i].least_m - by_m, 1e-6);
        assert_near(rough.of[i].most_m, exact.of[i].most_m + by_m, 1e-6);
    }
}

/* ---- where -------------------------------------------------------------- */

static hf_claim_ground *find(const char *claimed, const char *from,
                             const hf_place *to) {
    hf_claim claim = parse(claimed);
    hf_place home = resolve(from);
    hf_claim_ground *ground;
    assert_ok(land.ctx, hf_claim_find(land.ctx, land.set, land.places, &claim,
                                      &home, to, &ground));
    hf_place_reset(&home);
    return ground;
}

/* Every authority of the set. */
static hf_place everywhere(void) {
    static size_t members[8];
    size_t n = hf_boundaries_count(land.set);
    for (size_t i = 0; i < n; i++) {
        members[i] = i;
    }
    return (hf_place){
        .kind = HF_PLACE_GROUP, .members = members, .n_members = n};
}

/* Counts one by one, through PROJ and Karney's inverse. */
static void count_slowly(const hf_claim *claim, hf_lonlat centre, size_t *total,
                         size_t *fitting, size_t districts[2][8]) {
    for (size_t i = 0; i < N_ROWS; i++) {
        hf_lonlat there;
        if (!rows[i].has_point || rows[i].is_terminated || !is_last(i) ||
            rows[i].code >= N_CODES) {
            continue;
        }
        assert_ok(land.ctx,
                  hf_coordinate_to_lonlat(land.ctx, &rows[i].at, &there));
        bool fits = hf_claim_holds(claim, hf_geodesic_dist_m(centre, there));
        size_t d = (size_t)(rows[i].text[2] - '0');
        if (rows[i].code < 4 && rows[i].text[3] == ' ') { /* AL1 to AL9 */
            districts[0][d % 8] += d < 8;
            districts[1][d % 8] += d < 8 && fits;
        }
        total[rows[i].code]++;
        fitting[rows[i].code] += fits;
    }
}

static void counts_postcodes_as_one_by_one(void **state) {
    (void)state;
    static const char *const claims[] = {"60",       "about 20", "over 10 km",
                                         "up to 90", "85.3",     "150-470 km"};
    static const char *const homes[] = {"Hertfordshire", "E365000 N175000",
                                        "48.8, 2.3", "51.5, -8.2"};
    hf_place all = everywhere();
    for (size_t i = 0; i < 6 * 4; i++) {
        hf_claim claim = parse(claims[i % 6]);
        hf_claim_ground *ground = find(claims[i % 6], homes[i / 6], &all);
        size_t total[N_CODES] = {0}, fitting[N_CODES] = {0};
        size_t districts[2][8] = {{0}};
        count_slowly(&claim, ground->centre, total, fitting, districts);
        assert_true(ground->has_postcodes);
        for (size_t c = 0; c < N_CODES; c++) {
            size_t authority = hf_boundaries_find_code(land.set, codes[c], 9);
            size_t found = 0;
            for (size_t a = 0; a < ground->n_areas; a++) {
                if (ground->areas[a].authority == authority) {
                    assert_int_equal(ground->areas[a].postcodes, total[c]);
                    found = ground->areas[a].fitting_postcodes;
                }
            }
            assert_int_equal(found, fitting[c]);
        }
        size_t left_out = 0, listed = 0;
        for (size_t d = 1; d < 8; d++) {
            char name[5];
            snprintf(name, sizeof name, "AL%zu", d);
            left_out += districts[1][d] > 0 && districts[1][d] < 6;
            for (size_t k = 0; k < ground->n_districts; k++) {
                if (!strcmp(ground->districts[k].name, name)) {
                    assert_int_equal(ground->districts[k].postcodes,
                                     districts[0][d]);
                    assert_int_equal(ground->districts[k].fitting_postcodes,
                                     districts[1][d]);
                    listed++;
                }
            }
            listed += districts[1][d] < 6;
        }
        assert_int_equal(listed, 7);
        assert_true(ground->left_out >= left_out);
        hf_claim_ground_free(ground);
    }
}

static void areas_are_those_of_the_ring_and_come_in_order(void **state) {
    (void)state;
    hf_place all = everywhere();
    hf_claim claim = parse("about 20 km");
    hf_claim_ground *ground = find("about 20 km", "Hertfordshire", &all);
    assert_true(ground->n_areas > 1);
    double sum_m2 = 0;
    for (size_t i = 0; i < ground->n_areas; i++) {
        const hf_claim_area *area = &ground->areas[i];
        const hf__border *border;
        assert_ok(land.ctx, hf__indexes_border(land.ctx, land.set,
                                               area->authority, &border));
        assert_near(area->area_m2, hf__border_area_m2(border), 0);
        assert_near(area->fitting_m2,
                    hf__annulus_area_m2(border, ground->centre, claim.low_m,
                                        claim.high_m),
                    1);
        assert_true(i == 0 ||
                    area->fitting_postcodes <= area[-1].fitting_postcodes);
        sum_m2 += area->fitting_m2;
    }
    assert_near(ground->fitting_m2, sum_m2, 1e-3);
    for (size_t i = 1; i < ground->n_districts; i++) {
        assert_true(ground->districts[i].fitting_postcodes <=
                    ground->districts[i - 1].fitting_postcodes);
    }
    hf_claim_ground_free(ground);
}

/* A town that stands within its authority, and not near the centre. */
static const hf_claim_town *find_inland(const hf_claim_ground *ground) {
    for (size_t i = 0; i < ground->n_towns; i++) {
        bool is_within;
        const hf_claim_town *town = &ground->towns[i];
        assert_ok(land.ctx,
                  hf_locate_is_within(land.ctx, land.set, town->authority,
                                      town->point, &is_within));
        if (is_within && town->dist_m > 1100) {
            return town;
        }
    }
    fail_msg("no town is inland");
    return NULL;
}

/* St Albans stands at 51.75, -0.33 in the tables, on Hertfordshire's square,
 * and Bristol on its own. */
static void finds_towns_and_where_they_are(void **state) {
    (void)state;
    hf_place all = everywhere();
    hf_claim_ground *ground = find("under 10000", "Hertfordshire", &all);
    assert_true(ground->n_towns > 3);
    for (size_t i = 0; i < ground->n_towns; i++) {
        hf_location location;
        const hf_claim_town *town = &ground->towns[i];
        assert_near(town->dist_m,
                    hf_geodesic_dist_m(ground->centre, town->point), 0);
        assert_ok(land.ctx, hf_locate(land.ctx, land.set, town->point,
                                      HF_LOCATE_COAST_M, &location));
        assert_int_equal(location.authority, town->authority);
    }
    /* Within a kilometre of the claim, no farther. */
    const hf_claim_town *town = find_inland(ground);
    static const struct {
        double off_m;
        bool is_there;
    } claims[] = {
        {-1010, false}, {-990, true}, {0, true}, {990, true}, {1010, false}};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        char text[40];
        snprintf(text, sizeof text, "%.3f km",
                 (town->dist_m + claims[i].off_m) / 1000);
        hf_claim_ground *other = find(text, "Hertfordshire", &all);
        bool was_found = false;
        for (size_t k = 0; k < other->n_towns; k++) {
            was_found |= !strcmp(other->towns[k].name, town->name);
        }
        /* Near the edge of its area, the claim may miss that altogether. */
        bool has_area = false;
        for (size_t k = 0; k < other->n_areas; k++) {
            has_area |= other->areas[k].authority == town->authority;
        }
        assert_true(has_area || fabs(claims[i].off_m) > 0);
        assert_int_equal(was_found, claims[i].is_there && has_area);
        hf_claim_ground_free(other);
    }
    hf_claim_ground_free(ground);
}

static void a_point_and_what_is_out_of_reach_have_no_ground(void **state) {
    (void)state;
    hf_place point = resolve("E365000 N175000"), all = everywhere();
    hf_claim_ground *ground = find("90", "Hertfordshire", &point);
    assert_int_equal(ground->n_areas + ground->n_towns + ground->n_districts,
                     0);
    assert_string_equal(ground->around, "");
    hf_claim_ground_free(ground);
    ground = find("5000", "Hertfordshire", &all);
    assert_int_equal(ground->n_areas + ground->n_towns + ground->n_districts,
                     0);
    assert_string_equal(ground->around, "");
    hf_claim_ground_free(ground);
    hf_place_reset(&point);
}

/* An index that was named must be there. */
static void a_named_index_that_is_missing_is_an_error(void **state) {
    (void)state;
    country bare;
    country_open(&bare);
    hf_claim claim = parse("90");
    hf_place home, there;
    hf_claim_ground *ground = NULL;
    assert_ok(bare.ctx, hf_place_of_authority(bare.ctx, bare.set, 0, &home));
    assert_ok(bare.ctx, hf_place_of_authority(bare.ctx, bare.set, 1, &there));
    assert_status(bare.ctx,
                  hf_claim_find(bare.ctx, bare.set, bare.places, &claim, &home,
                                &there, &ground),
                  HF_ERR_IO);
    assert_null(ground);
    hf_place_reset(&home);
    hf_place_reset(&there);
    country_close(&bare);
}

int main(void) {
#define CASE(name) cmocka_unit_test(name)
    const struct CMUnitTest tests[] = {
        CASE(definitions_have_the_values_of_the_distances),
        CASE(what_does_not_fit_says_by_how_much),
        CASE(each_definition_fits_its_own_value_alone),
        CASE(points_leave_out_what_says_the_same),
        CASE(a_rough_point_widens_every_value),
        CASE(counts_postcodes_as_one_by_one),
        CASE(areas_are_those_of_the_ring_and_come_in_order),
        CASE(finds_towns_and_where_they_are),
        CASE(a_point_and_what_is_out_of_reach_have_no_ground),
        CASE(a_named_index_that_is_missing_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
