/* Rows placed by postcode, and homes that differ from row to row. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "annotated.h"
#include "howfar/geodesic.h"

static country land;

/* Invented: postcodes of these areas, but on the squares of the test country.
 * AL1 lies in Hertfordshire but for AL1 2; AL1 1AE is without a grid reference;
 * AL1 1AF stands in Hertfordshire and belongs to Central Bedfordshire; AL2 1AA
 * has no authority; AL3 lies beside Hertfordshire and far away; BS1 has a
 * district that no set knows. BT1 5GS is at the place of DOMAIN, section 2. */
static const char directory[] =
    "pcds,oseast1m,osnrth1m,oslaua,osgrdind\n"
    "AL1 1AA,505000,205000,E10000015,1\n"
    "AL1 1AB,505100,205000,E10000015,1\n"
    "AL1 1AE,,,E10000015,9\n"
    "AL1 1AF,505000,205500,E06000056,1\n"
    "AL1 2AA,495000,205000,E06000056,1\n"
    "AL2 1AA,495000,205000,,1\n"
    "AL3 1AA,495000,205000,E06000056,6\n"
    "AL3 1AB,365000,175000,E06000023,1\n"
    "AL4 1AA,365000,175000,E06000023,1\n"
    "AL4 1AB,365100,175000,E06000023,1\n"
    "BS1 1AA,365000,175000,X99999999,1\n"
    "OX1 0AA,365000,175000,E06000023,1\n"
    "BT1 5GS,333832,374014,N09000003,1\n";

static int set_up(void **state) {
    (void)state;
    country_open_with(&land, directory);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    country_close(&land);
    return 0;
}

/* The added cells of data row `number` (1 ...), as they are written. */
typedef struct cells {
    const char *at[16];
} cells;

/* The n cells after the first `skip`; those of the last four calls are kept. */
static cells cells_of(const run *r, size_t row, size_t skip, size_t n) {
    static char texts[4][1000];
    static size_t turn;
    char *text = texts[turn++ % 4];
    const char *line = r->out;
    for (size_t i = 0; i < row; i++) {
        line = strchr(line, '\n');
        assert_non_null(line);
        line++;
    }
    size_t len = strcspn(line, "\n");
    assert_true(len < sizeof texts[0]);
    memcpy(text, line, len);
    text[len] = '\0';
    cells c = {{NULL}};
    size_t cell = 0;
    bool is_quoted = false;
    c.at[0] = text;
    for (char *at = text; *at; at++) {
        is_quoted ^= *at == '"';
        if (*at == ',' && !is_quoted) {
            *at = '\0';
            cell++;
            assert_true(cell < skip + n);
            c.at[cell < skip ? 0 : cell - skip] = at + 1;
        }
    }
    assert_int_equal(cell + 1, skip + n);
    return c;
}

enum { CODE, AUTHORITY, CATEGORY, MILES, BORDER, NOTE };

static double number(const char *text) {
    double value = NAN;
    assert_int_equal(sscanf(text, "%lf", &value), 1);
    return value;
}

static void postcodes_have_the_authority_of_their_directory(void **state) {
    (void)state;
    static const struct {
        const char *cell, *code, *category, *note;
    } cases[] = {
        {"AL1 1AA", "E10000015", "in-county", ""},
        {"al11aa", "E10000015", "in-county", ""},
        {" \"Al1  1aB\"", NULL, NULL, NULL}, /* a stray quote: no postcode */
        {"\" AL1 1AB \"", "E10000015", "in-county", ""},
        {"AL1 1AF", "E06000056", "neighbouring",
         "the boundaries have it in another authority"},
        /* Nothing in the directory: the boundaries decide. */
        {"AL2 1AA", "E06000056", "neighbouring", ""},
        {"BS1 1AA", "E06000023", "distant", ""},
        {"AL3 1AA", "E06000056", "neighbouring",
         "the postcode's point: the mean of its sector"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        snprintf(text, sizeof text, "postcode\n%s\nAL1 1AA\nAL1 1AB\n",
                 cases[i].cell);
        run r = run_text(&land, text);
        assert_status(land.ctx, r.status, HF_OK);
        cells c = cells_of(&r, 1, 1, 6);
        if (!cases[i].code) {
            assert_string_equal(c.at[NOTE], "not a postcode");
        } else {
            assert_string_equal(c.at[CODE], cases[i].code);
            assert_string_equal(c.at[CATEGORY], cases[i].category);
            assert_string_equal(c.at[NOTE], cases[i].note);
        }
        run_reset(&r);
    }
}

/* A postcode is the same place as its coordinates. */
static void postcodes_are_measured_as_their_points_are(void **state) {
    (void)state;
    run by_code = run_text(&land, "postcode\nAL1 1AA\nAL4 1AA\nAL2 1AA\n");
    run by_grid = run_text(&land,
                           "easting,northing\n505000,205000\n365000,175000\n"
                           "495000,205000\n");
    assert_status(land.ctx, by_code.status, HF_OK);
    assert_status(land.ctx, by_grid.status, HF_OK);
    for (size_t i = 1; i <= 3; i++) {
        cells a = cells_of(&by_code, i, 1, 6);
        cells b = cells_of(&by_grid, i, 2, 6);
        for (size_t k = 0; k < 6; k++) {
            assert_string_equal(a.at[k], b.at[k]);
        }
    }
    assert_contains(by_code.columns, "; postcodes by ");
    assert_contains(by_code.columns, " 2025-11");
    run_reset(&by_code);
    run_reset(&by_grid);
}

static void a_northern_irish_postcode_is_on_the_irish_grid(void **state) {
    (void)state;
    hf_place origin;
    assert_ok(land.ctx, hf_place_resolve(land.ctx, land.places, "532414 211995",
                                         13, &origin));
    hf_annotate_options options = home_options(&land);
    options.origin = HF_ORIGIN_PLACE;
    options.origin_place = &origin;
    static const char text[] = "postcode\nBT1 5GS\n";
    run r = run_bytes(&land, text, sizeof text - 1, &options, NULL);
    assert_status(land.ctx, r.status, HF_OK);
    cells c = cells_of(&r, 1, 1, 6);
    assert_near(number(c.at[MILES]), 310.7, 0.05);
    assert_string_equal(c.at[CATEGORY], "unknown");
    run_reset(&r);
    hf_place_reset(&origin);
}

static void what_is_no_postcode_says_why(void **state) {
    (void)state;
    run r = run_text(&land,
                     "postcode\nAL1 1AA\nAL1 1ZZ\nAL1 1AE\nZZ99 3VZ\nhello\n"
                     "\nAL1 1AA\nAL1 1AB\nAL1 1AF\nAL1 2AA\nAL1 IAA\nOX1 OAA\n"
                     "AL1 1AB\nAL1 1AB\n\"\"\n");
    assert_status(land.ctx, r.status, HF_OK);
    static const struct {
        size_t row;
        const char *note;
    } cases[] = {
        {2, "no such postcode"},
        {3, "the postcode has no grid reference"},
        {4, "a pseudo-postcode: it stands for no place"},
        {5, "not a postcode"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cells c = cells_of(&r, cases[i].row, 1, 6);
        assert_string_equal(c.at[NOTE], cases[i].note);
        assert_string_equal(c.at[MILES], "");
        assert_string_equal(c.at[BORDER], "");
        bool is_known = cases[i].row == 3;
        assert_string_equal(c.at[CATEGORY], is_known ? "in-county" : "unknown");
        assert_string_equal(c.at[CODE], is_known ? "E10000015" : "");
    }
    /* After the empty line, which is no row. Never corrected, only hinted. */
    cells slip = cells_of(&r, 11, 1, 6);
    assert_contains(slip.at[NOTE], "perhaps a letter stands for a digit");
    assert_string_equal(slip.at[CODE], "");
    slip = cells_of(&r, 12, 1, 6);
    assert_contains(slip.at[NOTE], "perhaps a letter stands for a digit");
    cells empty = cells_of(&r, 15, 1, 6);
    assert_string_equal(empty.at[NOTE], "no postcode");
    assert_int_equal(r.summary->rows, 14);
    assert_int_equal(r.summary->unknown, 6);
    for (size_t i = 0; i < r.summary->n_reasons; i++) {
        assert_null(strstr(r.summary->reasons[i].text, "AL1"));
    }
    run_reset(&r);
}

static void parts_stand_at_their_middle(void **state) {
    (void)state;
    run r = run_text(&land, "postcode sector\nAL4 1\nAL4\nAL1 1\nAL3\nBS1\n");
    assert_status(land.ctx, r.status, HF_OK);
    for (size_t row = 1; row <= 2; row++) {
        cells c = cells_of(&r, row, 1, 6);
        assert_string_equal(c.at[CODE], "E06000023");
        assert_string_equal(c.at[CATEGORY], "distant");
        assert_contains(c.at[NOTE], "the middle of the postcodes of AL4");
        assert_contains(c.at[NOTE], "miles");
    }
    cells c = cells_of(&r, 3, 1, 6);
    assert_string_equal(c.at[CODE], "");
    assert_string_equal(c.at[CATEGORY], "in-county or neighbouring");
    c = cells_of(&r, 4, 1, 6);
    assert_string_equal(c.at[CATEGORY], "neighbouring or distant");
    c = cells_of(&r, 5, 1, 6);
    assert_string_equal(c.at[CATEGORY], "unknown");
    assert_contains(c.at[NOTE], "some of its postcodes lie in authorities");
    assert_int_equal(r.summary->by_set[3], 1);
    assert_int_equal(r.summary->by_set[6], 1);
    assert_int_equal(r.summary->by_category[HF_CATEGORY_DISTANT], 2);
    assert_int_equal(r.summary->outside, 3);
    run_reset(&r);
}

static void the_most_precise_that_tells_is_used(void **state) {
    (void)state;
    run r = run_text(&land,
                     "lat,lon,postcode,authority\n"
                     "51.733887,-0.480918,AL4 1AA,Luton\n"
                     ",,AL4 1AA,Luton\n"
                     ",,AL1 1ZZ,Luton\n"
                     ",,,AL4 1AA\n"
                     ",,AL1 1AE,Luton\n");
    assert_status(land.ctx, r.status, HF_OK);
    static const char *const expected[][2] = {
        {"E10000015", ""},
        {"E06000023", "placed by postcode (no coordinates)"},
        {"E06000032", "placed by authority (no such postcode); nearest"},
        {"E06000023", "placed by authority (no coordinates)"},
        {"E06000032",
         "placed by authority (the postcode has no grid reference)"}};
    for (size_t i = 0; i < 5; i++) {
        cells c = cells_of(&r, i + 1, 4, 6);
        assert_string_equal(c.at[CODE], expected[i][0]);
        assert_contains(c.at[NOTE], expected[i][1]);
    }
    run_reset(&r);
}

static void each_row_may_have_a_home_of_its_own(void **state) {
    (void)state;
    static const char text[] =
        "responsible,postcode\n"
        "Hertfordshire,AL4 1AA\n"
        "\"Bristol, City of\",AL4 1AA\n"
        "E06000056,AL1 1AA\n"
        ",AL1 1AA\n"
        "Nowhere,AL1 1AA\n"
        "England,AL1 1AA\n"
        "E06000056,Wales\n";
    hf_annotate_options options = home_options(&land);
    options.home_column = "responsible";
    run both = run_bytes(&land, text, sizeof text - 1, &options, NULL);
    options.home = HF_NOWHERE;
    options.threads = 3;
    hf__annotate_tuning tuning = {20, 1 << 20};
    run r = run_bytes(&land, text, sizeof text - 1, &options, &tuning);
    assert_status(land.ctx, both.status, HF_OK);
    assert_status(land.ctx, r.status, HF_OK);
    static const char *const categories[] = {"distant",      "in-county",
                                             "neighbouring", "unknown",
                                             "unknown",      "unknown"};
    static const char *const notes[] = {"",
                                        "",
                                        "",
                                        "no home authority",
                                        "home authority not found",
                                        "the home is not one authority"};
    for (size_t i = 0; i < 6; i++) {
        cells c = cells_of(&r, i + 1, 2, 6);
        assert_string_equal(c.at[CATEGORY], categories[i]);
        assert_string_equal(c.at[NOTE], notes[i]);
        assert_true(!*c.at[MILES] == (i >= 3));
        assert_true(!*c.at[BORDER] == (i >= 3));
    }
    /* Measured as with that home for all. */
    hf_annotate_options bedford = home_options(&land);
    bedford.home = hf_boundaries_find_code(land.set, "E06000056", 9);
    run one = run_bytes(&land, text, sizeof text - 1, &bedford, NULL);
    assert_status(land.ctx, one.status, HF_OK);
    for (size_t row = 3; row <= 7; row += 4) {
        cells a = cells_of(&r, row, 2, 6), b = cells_of(&one, row, 2, 6);
        for (size_t k = 0; k < 6; k++) {
            assert_string_equal(a.at[k], b.at[k]);
        }
    }
    /* An empty cell has the home of all, where there is one. */
    cells c = cells_of(&both, 4, 2, 6);
    assert_string_equal(c.at[CATEGORY], "in-county");
    assert_string_equal(cells_of(&both, 5, 2, 6).at[CATEGORY], "unknown");
    run_reset(&both);
    run_reset(&r);
    run_reset(&one);
}

/* Where the child is from does not place the row. */
static void a_home_column_is_no_place(void **state) {
    (void)state;
    static const char text[] =
        "authority,postcode\nHertfordshire,AL1 1AA\nHertfordshire,\n"
        "Luton,AL4 1AA\n";
    hf_annotate_options options = home_options(&land);
    options.home_column = "authority";
    run r = run_bytes(&land, text, sizeof text - 1, &options, NULL);
    assert_status(land.ctx, r.status, HF_OK);
    cells c = cells_of(&r, 2, 2, 6);
    assert_string_equal(c.at[CATEGORY], "unknown");
    assert_string_equal(c.at[NOTE], "no postcode");
    run_reset(&r);
}

static void no_home_at_all_is_wrong_usage(void **state) {
    (void)state;
    hf_annotate_options options = home_options(&land);
    options.home = HF_NOWHERE;
    run r = run_bytes(&land, "lat,lon\n1,1\n", 12, &options, NULL);
    assert_status(land.ctx, r.status, HF_ERR_USAGE);
    run_reset(&r);
}

static void home_postcodes_add_miles(void **state) {
    (void)state;
    run r = run_text(&land,
                     "home_postcode,postcode\n"
                     "AL1 1AA,AL4 1AA\n"
                     "AL4 1AA,AL4 1AA\n"
                     "AL1 1ZZ,AL4 1AA\n"
                     ",AL4 1AA\n"
                     "AL1 1,AL4 1AA\n"
                     "AL1 1AE,AL4 1AA\n"
                     "ZZ99 3VZ,AL4 1AA\n"
                     "AL1 1AA,\n"
                     "BT1 5GS,AL1 1AA\n"
                     "AL1 1AA,AL1 1AA\nAL1 1AA,AL1 1AA\nAL1 1AA,AL1 1AA\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_memory_equal(r.out,
                        "home_postcode,postcode,authority_code,authority,"
                        "category,miles,miles_border,miles_home,note\n",
                        90);
    enum { HOME = 5, HOME_NOTE = 6 };
    static const char *const notes[] = {
        "",
        "",
        "home: no such postcode",
        "home: no postcode",
        "home: not a full postcode",
        "home: the postcode has no grid reference",
        "home: a pseudo-postcode: it stands for no place",
        "no postcode",
        ""};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        cells c = cells_of(&r, i + 1, 2, 7);
        assert_string_equal(c.at[HOME_NOTE], notes[i]);
        assert_true(!*c.at[HOME] == (i >= 2 && i < 8));
    }
    /* cs2cs, EPSG:27700 to EPSG:4326, as in test_annotate.c. */
    hf_lonlat from = {-0.480918, 51.733887}, to = {-2.505309, 51.472873};
    assert_near(number(cells_of(&r, 1, 2, 7).at[HOME]),
                hf_miles_from_m(hf_geodesic_dist_m(from, to)), 0.0002);
    assert_string_equal(cells_of(&r, 2, 2, 7).at[HOME], "0.0000");
    run_reset(&r);
}

static void children_are_counted_by_destination(void **state) {
    (void)state;
    run r =
        run_text(&land,
                 "destination,children\n\"Bristol, City of\",3\nEngland,10\n"
                 "Hertfordshire,\"1,200\"\nLuton,c\nNowhere,2\n");
    assert_status(land.ctx, r.status, HF_OK);
    const hf_annotate_children *c = &r.summary->children;
    assert_true(c->is_counted);
    assert_int_equal(c->all, 1215);
    assert_int_equal(c->rows_blank, 1);
    assert_int_equal(c->by_category[HF_CATEGORY_IN_COUNTY], 1200);
    assert_int_equal(c->by_category[HF_CATEGORY_DISTANT], 3);
    assert_int_equal(c->by_category[HF_CATEGORY_UNKNOWN], 2);
    assert_int_equal(c->by_set[7], 10);
    assert_int_equal(c->outside, 3);
    run_reset(&r);
}

/* The same bytes, however the work is cut. */
static void cutting_and_threads_change_nothing(void **state) {
    (void)state;
    static const char text[] =
        "home_postcode,postcode,place\nAL1 1AA,AL4 1AA,\nAL4 1AA,AL1 1,\n"
        ",AL1 1AF,\nAL1 1AB,,Luton\n,BT1 5GS,\n,AL1 1ZZ,\nAL1 1AA,AL3,\n"
        "AL1 1AA,,AL4 1AB\n";
    run whole = run_text(&land, text);
    assert_status(land.ctx, whole.status, HF_OK);
    for (size_t block = 1; block < 300; block *= 3) {
        hf_annotate_options options = home_options(&land);
        options.threads = 1 + block % 4;
        hf__annotate_tuning tuning = {block, 1 << 20};
        run r = run_bytes(&land, text, sizeof text - 1, &options, &tuning);
        assert_status(land.ctx, r.status, HF_OK);
        assert_int_equal(r.len, whole.len);
        assert_memory_equal(r.out, whole.out, whole.len);
        run_reset(&r);
    }
    run_reset(&whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(postcodes_have_the_authority_of_their_directory),
        cmocka_unit_test(postcodes_are_measured_as_their_points_are),
        cmocka_unit_test(a_northern_irish_postcode_is_on_the_irish_grid),
        cmocka_unit_test(what_is_no_postcode_says_why),
        cmocka_unit_test(parts_stand_at_their_middle),
        cmocka_unit_test(the_most_precise_that_tells_is_used),
        cmocka_unit_test(each_row_may_have_a_home_of_its_own),
        cmocka_unit_test(a_home_column_is_no_place),
        cmocka_unit_test(no_home_at_all_is_wrong_usage),
        cmocka_unit_test(home_postcodes_add_miles),
        cmocka_unit_test(children_are_counted_by_destination),
        cmocka_unit_test(cutting_and_threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
