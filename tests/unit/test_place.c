/* What people type, against real boundary files of two vintages. */
#include <stdio.h>
#include <string.h>

#include "check.h"

typedef struct fixture {
    hf_context *ctx;
    hf_boundaries *set;
    hf_places *places;
} fixture;

static void open_fixture(fixture *f, const char *path, int as_of) {
    const char *full = check_data(path);
    assert_int_equal(hf_context_new(&f->ctx), HF_OK);
    assert_ok(f->ctx, hf_context_set_data_dir(f->ctx, "shapes"));
    assert_ok(f->ctx, hf_boundaries_open(f->ctx, full, NULL, &f->set));
    hf_places_options options;
    hf_places_options_init(&options);
    options.as_of = as_of;
    assert_ok(f->ctx, hf_places_open(f->ctx, f->set, &options, &f->places));
}

static void close_fixture(fixture *f) {
    hf_places_close(f->places);
    hf_boundaries_close(f->set);
    hf_context_free(f->ctx);
}

#define SET_2024 "boundaries/ctyua_2024_buc/CTYUA_DEC_2024_UK_BUC.shp"
#define SET_2019 "boundaries/ctyua_2019_buc/CTYUA_DEC_2019_UK_BUC.shp"

static hf_status resolve(fixture *f, const char *text, hf_place *out) {
    return hf_place_resolve(f->ctx, f->places, text, strlen(text), out);
}

/* Codes of the members, joined by blanks; "N members" above four. */
static void describe(const fixture *f, const hf_place *place, char *out,
                     size_t size) {
    out[0] = '\0';
    if (place->n_members > 4) {
        snprintf(out, size, "%zu members", place->n_members);
        return;
    }
    for (size_t i = 0; i < place->n_members; i++) {
        size_t len = strlen(out);
        snprintf(out + len, size - len, "%s%s", i ? " " : "",
                 hf_boundaries_authority(f->set, place->members[i])->code);
    }
}

typedef struct expectation {
    const char *text;
    const char *members;
    const char *note; /* a part of it; NULL: there is none */
} expectation;

static void check_all(fixture *f, const expectation *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        hf_place place;
        hf_place_init(&place);
        assert_ok(f->ctx, resolve(f, cases[i].text, &place));
        char members[256];
        describe(f, &place, members, sizeof members);
        if (strcmp(members, cases[i].members) != 0) {
            print_error("%s: %s, not %s\n", cases[i].text, members,
                        cases[i].members);
            fail();
        }
        if (cases[i].note) {
            assert_contains(place.note, cases[i].note);
        } else {
            assert_string_equal(place.note, "");
        }
        hf_place_reset(&place);
    }
}

static void usual_spellings_of_2024(void **state) {
    (void)state;
    static const expectation cases[] = {
        {"Bedfordshire", "E06000032 E06000055 E06000056", NULL},
        {"London", "33 members", NULL},
        {"Scotland", "32 members", NULL},
        {"WALES", "22 members", NULL},
        {"Northumberland", "E06000057", NULL},
        {"Cumbria", "E06000063 E06000064",
         "Cumbria: Cumberland and Westmorland and Furness since 2023-04-01"},
        {"Lincolnshire", "E10000019", NULL},
        {"Kent", "E10000016", NULL},
        {"kent county council", "E10000016", NULL},
        {"Isle of Wight", "E06000046", NULL},
        {"Leicester", "E06000016", NULL},
        {"Liverpool", "E08000012", NULL},
        {"Greenwich", "E09000011", NULL},
        {"Royal Borough of Greenwich", "E09000011", NULL},
        {"Derby", "E06000015", NULL},
        {"Gloucestershire", "E10000013", NULL},
        {"Norfolk", "E10000020", NULL},
        {"Lancashire", "E10000017", NULL},
        {"Newcastle Upon Tyne", "E08000021", NULL},
        {"Oldham", "E08000004", NULL},
        {"St Helens", "E08000013", NULL},
        {"Saint Helens", "E08000013", NULL},
        {"Bexley", "E09000004", NULL},
        {"London Borough of Bexley", "E09000004", NULL},
        {"Hertfordshire", "E10000015", NULL},
        {"Hull", "E06000010", NULL},
        {"Bristol", "E06000023", NULL},
        {"Bristol, City of", "E06000023", NULL},
        {"City of Bristol", "E06000023", NULL},
        {"Durham", "E06000047", NULL},
        {"Ynys M\xC3\xB4n", "W06000001", NULL},
        {"ynys mon", "W06000001", NULL},
        {"Anglesey", "W06000001", NULL},
        {"Rhondda Cynon Taff", "W06000016", NULL},
        {"Western Isles", "S12000013", NULL},
        {"Perth & Kinross", "S12000048", NULL},
        {"Southend", "E06000033", NULL},
        {"Telford", "E06000020", NULL},
        {"BCP", "E06000058", NULL},
        {"City of London", "E09000001", NULL},
        {"City of London Corporation", "E09000001", NULL},
        {"E10000015", "E10000015", NULL},
        {"e10000015", "E10000015", NULL},
        {"919", "E10000015", NULL},
        {"940 / 941", "E06000061 E06000062", NULL},
        {"Dorset", "E06000059", NULL},
        {"E10000009", "E06000058 E06000059", "Bournemouth and Poole"},
        {"Bournemouth", "E06000058",
         "Bournemouth: Bournemouth, Christchurch and Poole since 2019-04-01"},
        {"E08000038", "E08000016", NULL},
        {"E08000020", "E08000037", NULL},
        {"E07000098", "E10000015", "Hertsmere is a district of Hertfordshire"},
        {"Aylesbury Vale", "E06000060", "Aylesbury Vale"},
        {"Great Britain", "207 members", NULL},
        {"Bath", "E06000022", NULL},
        {"Ashford", "E10000016", "Ashford is a district of Kent"},
    };
    fixture f;
    open_fixture(&f, SET_2024, 0);
    check_all(&f, cases, sizeof cases / sizeof *cases);
    close_fixture(&f);
}

/* Scotland's S12000017 reads as a square of the Irish Grid, too. */
static void every_code_of_a_set_is_its_authority(void **state) {
    (void)state;
    fixture f;
    assert_int_equal(hf_context_new(&f.ctx), HF_OK);
    assert_ok(f.ctx, hf_context_set_data_dir(f.ctx, "shapes"));
    assert_ok(f.ctx, hf_boundaries_open(f.ctx, "shapes", NULL, &f.set));
    assert_ok(f.ctx, hf_places_open(f.ctx, f.set, NULL, &f.places));
    size_t n = hf_boundaries_count(f.set);
    assert_true(n > 200);
    for (size_t i = 0; i < n; i++) {
        char lower[10] = "";
        const char *code = hf_boundaries_authority(f.set, i)->code;
        snprintf(lower, sizeof lower, "%c%s", code[0] + 'a' - 'A', code + 1);
        check_all(&f, (expectation[]){{code, code, NULL}, {lower, code, NULL}},
                  2);
    }
    hf_place place;
    hf_place_init(&place);
    assert_ok(f.ctx, resolve(&f, "S92000003", &place));
    assert_int_equal(place.kind, HF_PLACE_GROUP);
    hf_place_reset(&place);
    assert_status(f.ctx, resolve(&f, "S12000999", &place), HF_ERR_NOT_FOUND);
    /* Belfast is in square J, and blanks make a reference of any. */
    assert_ok(f.ctx, resolve(&f, "J33837402", &place));
    assert_int_equal(place.kind, HF_PLACE_POINT);
    hf_place_reset(&place);
    assert_ok(f.ctx, resolve(&f, "S 1200 0017", &place));
    assert_int_equal(place.kind, HF_PLACE_POINT);
    hf_place_reset(&place);
    close_fixture(&f);
}

static void names_of_another_time_than_the_set(void **state) {
    (void)state;
    static const expectation cases[] = {
        {"Cumbria", "E10000006", NULL},
        {"Cumberland", "E10000006", "Cumberland: part of Cumbria"},
        {"Northamptonshire", "E10000021", NULL},
        {"North Northamptonshire", "E10000021", "part of Northamptonshire"},
        {"Buckinghamshire", "E10000002", NULL},
        {"E06000060", "E10000002", NULL},
        {"Bournemouth", "E06000058", "since 2019-04-01"},
    };
    fixture f;
    open_fixture(&f, SET_2019, 0);
    check_all(&f, cases, sizeof cases / sizeof *cases);
    close_fixture(&f);
}

static void as_of_changes_what_a_name_means(void **state) {
    (void)state;
    static const expectation cases[] = {
        {"Dorset", "E06000058 E06000059", "since 2019-04-01"},
        {"Cumbria", "E06000063 E06000064", "since 2023-04-01"},
    };
    fixture f;
    open_fixture(&f, SET_2024, 20181231);
    check_all(&f, cases, sizeof cases / sizeof *cases);
    close_fixture(&f);
}

static void what_is_not_found_gets_the_nearest_spellings(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Hertfordshre", "did you mean Hertfordshire, Herefordshire"},
        {"Bexly", "Bexley"},
        {"Northants North", "no place called"},
        {"Qqqqq", "no place called \"Qqqqq\""},
    };
    fixture f;
    open_fixture(&f, SET_2024, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_place place;
        assert_status(f.ctx, resolve(&f, cases[i][0], &place),
                      HF_ERR_NOT_FOUND);
        assert_contains(hf_context_message(f.ctx), cases[i][1]);
    }
    close_fixture(&f);
}

static void a_name_of_two_groups_is_the_county_and_says_so(void **state) {
    (void)state;
    static const expectation cases[] = {
        {"West Midlands", "7 members", "West Midlands region"},
        {"West Midlands region", "14 members", NULL},
        {"E12000005", "14 members", NULL},
    };
    fixture f;
    open_fixture(&f, SET_2024, 0);
    check_all(&f, cases, sizeof cases / sizeof *cases);
    close_fixture(&f);
}

static void towns_are_points(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double lat_deg, lon_deg; /* plain knowledge, to a tenth of a degree */
    } cases[] = {{"Inverness", 57.5, -4.2},
                 {"Stevenage", 51.9, -0.2},
                 {"Leicester town", 52.6, -1.1},
                 {"Newport, Essex", 52.0, 0.2},
                 {"Newport (Isle of Wight)", 50.7, -1.3},
                 {"bury saint edmunds", 52.2, 0.7}};
    fixture f;
    open_fixture(&f, SET_2024, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_place place;
        hf_place_init(&place);
        assert_ok(f.ctx, resolve(&f, cases[i].text, &place));
        assert_int_equal(place.kind, HF_PLACE_POINT);
        assert_near(place.point.lat_deg, cases[i].lat_deg, 0.1);
        assert_near(place.point.lon_deg, cases[i].lon_deg, 0.1);
        assert_contains(place.note, "GeoNames, CC BY 4.0");
        hf_place_reset(&place);
    }
    hf_place place;
    hf_place_init(&place);
    assert_ok(f.ctx, resolve(&f, "Bath", &place));
    assert_true(place.is_also_town);
    hf_place_reset(&place);
    assert_ok(f.ctx, resolve(&f, "Hertfordshire", &place));
    assert_false(place.is_also_town);
    hf_place_reset(&place);
    assert_status(f.ctx, resolve(&f, "Sutton, Nowhere", &place),
                  HF_ERR_NOT_FOUND);
    assert_status(f.ctx, resolve(&f, "Newport (Wales)", &place),
                  HF_ERR_AMBIGUOUS);
    assert_contains(hf_context_message(f.ctx), "\"Newport, Pembrokeshire\"");
    close_fixture(&f);
}

static void coordinates_are_points(void **state) {
    (void)state;
    fixture f;
    open_fixture(&f, SET_2024, 0);
    hf_place place;
    hf_place_init(&place);
    assert_ok(f.ctx, resolve(&f, "57.48,-4.22", &place));
    assert_int_equal(place.kind, HF_PLACE_POINT);
    assert_near(place.point.lat_deg, 57.48, 1e-12);
    assert_near(place.point.lon_deg, -4.22, 1e-12);
    hf_place_reset(&place);
    assert_status(f.ctx, resolve(&f, "", &place), HF_ERR_NOT_FOUND);
    assert_status(f.ctx, resolve(&f, "\xFF\xFE", &place), HF_ERR_NOT_FOUND);
    close_fixture(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_spellings_of_2024),
        cmocka_unit_test(every_code_of_a_set_is_its_authority),
        cmocka_unit_test(names_of_another_time_than_the_set),
        cmocka_unit_test(as_of_changes_what_a_name_means),
        cmocka_unit_test(what_is_not_found_gets_the_nearest_spellings),
        cmocka_unit_test(a_name_of_two_groups_is_the_county_and_says_so),
        cmocka_unit_test(towns_are_points),
        cmocka_unit_test(coordinates_are_points),
    };
    return run_tests(tests);
}
