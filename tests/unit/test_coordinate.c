#include <math.h>
#include <string.h>

#include "check.h"
#include "earth/angle.h"

static hf_context *ctx;

static hf_status parse(const char *text, hf_coordinate *out) {
    return hf_coordinate_parse(ctx, text, strlen(text), out);
}

static void reads_latitude_and_longitude_however_written(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double lat_deg, lon_deg, precision_m;
    } cases[] = {
        /* 0.01 degree of latitude is 1112 m; half of it 556. */
        {"57.48,-4.22", 57.48, -4.22, 556},
        {"57.48 -4.22", 57.48, -4.22, 556},
        {"  57.48 ,  -4.22 ", 57.48, -4.22, 556},
        {"57.48N 4.22W", 57.48, -4.22, 556},
        {"57.48 N, 4.22 W", 57.48, -4.22, 556},
        {"N57.48 W4.22", 57.48, -4.22, 556},
        {"4.22W 57.48N", 57.48, -4.22, 556},
        {"W 4.22, N 57.48", 57.48, -4.22, 556},
        {"57.48N, -4.22", 57.48, -4.22, 556},
        {"57.48\xC2\xB0 N 4.22\xC2\xB0 W", 57.48, -4.22, 556},
        /* One second is 30.9 m. */
        {"57\xC2\xB0"
         "28'48\"N 4\xC2\xB0"
         "13'12\"W",
         57.48, -4.22, 15.4},
        {"57\xC2\xB0 28\xE2\x80\xB2 48\xE2\x80\xB3 N, 4\xC2\xB0 13\xE2\x80\xB2 "
         "12\xE2\x80\xB3 W",
         57.48, -4.22, 15.4},
        {"57 28 48 N, 4 13 12 W", 57.48, -4.22, 15.4},
        {"57 28 48 N 4 13 12 W", 57.48, -4.22, 15.4},
        {"57 28 48 -4 13 12", 57.48, -4.22, 15.4},
        {"57d28m48sN 4d13m12sW", 57.48, -4.22, 15.4},
        {"57d28m48s 4d13m12s W", 57.48, -4.22, 15.4},
        {"57 28.8N 4 13.2W", 57.48, -4.22, 92.7},
        {"geo:57.48,-4.22", 57.48, -4.22, 556},
        {"geo:57.48,-4.22,12;u=35", 57.48, -4.22, 556},
        {"57,48; -4,22", 57.48, -4.22, 556},
        {"57.48; -4.22", 57.48, -4.22, 556},
        {"(57.48, -4.22)", 57.48, -4.22, 556},
        {"Lat: 57.48, Lon: -4.22", 57.48, -4.22, 556},
        {"longitude -4.22 latitude 57.48", 57.48, -4.22, 556},
        {"57.48,\xE2\x88\x92"
         "4.22",
         57.48, -4.22, 556},
        {"-0.5,-0.5", -0.5, -0.5, 5560},
        {"-0 30 0, 0 30 0", -0.5, 0.5, 15.4},
        {"57 28 48 S 4 13 12 S.", NAN, NAN, 0},
        /* Abroad, and not in the United Kingdom when swapped: as given. */
        {"48.85 2.35", 48.85, 2.35, 556},
        {"-33.87,151.21", -33.87, 151.21, 556},
        {"90,180", 90, 180, 55597},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_coordinate c;
        if (isnan(cases[i].lat_deg)) {
            assert_status(ctx, parse(cases[i].text, &c), HF_ERR_NOT_FOUND);
            continue;
        }
        assert_ok(ctx, parse(cases[i].text, &c));
        assert_int_equal(c.kind, HF_COORDINATE_LONLAT);
        assert_near(c.lonlat.lat_deg, cases[i].lat_deg, 1e-12);
        assert_near(c.lonlat.lon_deg, cases[i].lon_deg, 1e-12);
        assert_near(c.precision_m, cases[i].precision_m,
                    0.01 * cases[i].precision_m);
    }
}

static void reads_grids(void **state) {
    (void)state;
    static const struct {
        const char *text;
        hf_coordinate_kind kind;
        double east_m, north_m, precision_m;
    } cases[] = {
        {"532414 211995", HF_COORDINATE_GRID, 532414, 211995, 0.5},
        {"532414,211995", HF_COORDINATE_GRID, 532414, 211995, 0.5},
        {"532414.25, 211995.75", HF_COORDINATE_GRID, 532414.25, 211995.75,
         0.005},
        {"E532414 N211995", HF_COORDINATE_GRID, 532414, 211995, 0.5},
        {"N211995 E532414", HF_COORDINATE_GRID, 532414, 211995, 0.5},
        {"easting 532414 northing 211995", HF_COORDINATE_GRID, 532414, 211995,
         0.5},
        /* Lerwick lies further north than the grid is wide. */
        {"447759 1141280", HF_COORDINATE_GRID, 447759, 1141280, 0.5},
        {"TL 32 12", HF_COORDINATE_GRID, 532500, 212500, 500},
        {"TL3212", HF_COORDINATE_GRID, 532500, 212500, 500},
        {"tl 32414 11995", HF_COORDINATE_GRID, 532414.5, 211995.5, 0.5},
        {"TL 32414, 11995", HF_COORDINATE_GRID, 532414.5, 211995.5, 0.5},
        {"TL3241411995", HF_COORDINATE_GRID, 532414.5, 211995.5, 0.5},
        {"TL32", HF_COORDINATE_GRID, 535000, 225000, 5000},
        /* Ordnance Survey's corners of squares: SV is 0,0; Ben Nevis stands in
         * NN 16 71, Lerwick in HU 47 41, Greenwich in TQ 38 77. */
        {"SV 00 00", HF_COORDINATE_GRID, 500, 500, 500},
        {"NN 166 712", HF_COORDINATE_GRID, 216650, 771250, 50},
        {"HU 47 41", HF_COORDINATE_GRID, 447500, 1141500, 500},
        {"TQ 38 77", HF_COORDINATE_GRID, 538500, 177500, 500},
        {"NE12 34", HF_COORDINATE_GRID, 412500, 934500, 500},
        {"J 338 740", HF_COORDINATE_IRISH_GRID, 333850, 374050, 50},
        {"IJ 33832 74014", HF_COORDINATE_IRISH_GRID, 333832.5, 374014.5, 0.5},
        /* The Spire, Dublin: O 159 346; Valentia Island: V 37 77. */
        {"O 159 346", HF_COORDINATE_IRISH_GRID, 315950, 234650, 50},
        {"V 37 77", HF_COORDINATE_IRISH_GRID, 37500, 77500, 500},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_coordinate c;
        assert_ok(ctx, parse(cases[i].text, &c));
        assert_int_equal(c.kind, cases[i].kind);
        assert_near(c.grid.x_m, cases[i].east_m, 1e-9);
        assert_near(c.grid.y_m, cases[i].north_m, 1e-9);
        assert_near(c.precision_m, cases[i].precision_m, 1e-12);
    }
}

static void leaves_names_codes_and_postcodes_to_others(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",          " ",          "Bath",
        "NN1 4EB",   "NN1",        "SE1 9GF",
        "SE19GF",    "NE1",        "SG13",
        "SG13 8",    "SG13 8DE",   "TL3",
        "NH",        "N1 2",       "E14 5",
        "W1",        "S1",         "N1",
        "E1 6AN",    "IV1 1AA",    "IP4 1",
        "BT1 5GS",   "ZE1 0AA",    "919",
        "919 926",   "940 / 941",  "12-13",
        "2023-24",   "01/02/2003", "57.48",
        "57.48,",    ",57.48",     "1,2,3",
        "nan,nan",   "inf inf",    "0x10,0x20",
        "1e5,1e5",   "E09000004",  "N",
        "\xFF\xFE",  "- -",        "TL 3x 12",
        "St Helens", "57\xC2\xB0", "54 54 54 54 54 54 54",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf_coordinate c = {.precision_m = 42};
        assert_status(ctx, parse(texts[i], &c), HF_ERR_NOT_FOUND);
        assert_true(c.precision_m == 42);
    }
    char zeros[1000];
    memset(zeros, '0', sizeof zeros);
    hf_coordinate c;
    assert_status(ctx, hf_coordinate_parse(ctx, zeros, sizeof zeros, &c),
                  HF_ERR_NOT_FOUND);
    assert_status(ctx, hf_coordinate_parse(ctx, "1\0,2", 4, &c),
                  HF_ERR_NOT_FOUND);
}

static void says_why_a_coordinate_is_impossible(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"-4.22,57.48", "did you mean 57.48,-4.22?"},
        {"-0.08 51.79", "did you mean 51.79,-0.08?"},
        {"-4 13 12, 57 28 48", "longitude before latitude"},
        {"91.2,-4", "latitude 91.2 is outside -90..90"},
        {"51,-190", "longitude -190 is outside -180..180"},
        {"845637 266758", "did you mean 266758,845637?"},
        {"900000 900000", "outside the British National Grid"},
        {"-1000 211995", "outside the British National Grid"},
        {"57.48N 4.22N", "same axis"},
        {"-4.22W 57.48N", "a sign and a letter"},
        {"57 61 0 N 4 0 0 W", "minutes and seconds"},
        {"TL 321", "odd number of digits (3)"},
        {"TL 32 123", "odd number of digits (5)"},
        {"TL 32 1234", "differ in their number of digits"},
        {"TL 32 12 34", "differ in their number of digits"},
        {"TL 324141 119951", "more than ten digits"},
        {"XX 12 34", "has no square XX"},
        {"J 33 7401", "differ in their number of digits"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_coordinate c = {.precision_m = 42};
        assert_status(ctx, parse(cases[i].text, &c), HF_ERR_RANGE);
        assert_contains(hf_context_message(ctx), cases[i].message);
        assert_true(c.precision_m == 42);
    }
}

/* The letters as Ordnance Survey gives them, from the south-west. */
static void knows_every_letter_pair_of_the_grid(void **state) {
    (void)state;
    static const char *const rows[] = {
        "SV SW SX SY SZ TV TW", "SQ SR SS ST SU TQ TR", "SL SM SN SO SP TL TM",
        "SF SG SH SJ SK TF TG", "SA SB SC SD SE TA TB", "NV NW NX NY NZ OV OW",
        "NQ NR NS NT NU OQ OR", "NL NM NN NO NP OL OM", "NF NG NH NJ NK OF OG",
        "NA NB NC ND NE OA OB", "HV HW HX HY HZ JV JW", "HQ HR HS HT HU JQ JR",
        "HL HM HN HO HP JL JM"};
    for (int north = 0; north < 13; north++) {
        for (int east = 0; east < 7; east++) {
            char text[] = "XX 500 500";
            memcpy(text, rows[north] + 3 * east, 2);
            hf_coordinate c;
            assert_ok(ctx, parse(text, &c));
            assert_near(c.grid.x_m, east * 1e5 + 50050, 1e-9);
            assert_near(c.grid.y_m, north * 1e5 + 50050, 1e-9);
        }
    }
}

static void brings_grids_to_longitude_and_latitude(void **state) {
    (void)state;
    hf_coordinate c;
    hf_lonlat home, there;
    assert_ok(ctx, parse("532414 211995", &c));
    assert_ok(ctx, hf_coordinate_to_lonlat(ctx, &c, &home));
    /* SG13 8DE, 51.7909 N 0.0815 W; 5e-5 degree is under 6 m. */
    assert_near(home.lat_deg, 51.79094, 5e-5);
    assert_near(home.lon_deg, -0.08149, 5e-5);
    /* Belfast: 310.7 miles on the Irish Grid; read as British, 159.3. */
    assert_ok(ctx, parse("IJ 33832 74014", &c));
    assert_ok(ctx, hf_coordinate_to_lonlat(ctx, &c, &there));
    assert_near(hf_miles_from_m(hf_geodesic_dist_m(home, there)), 310.7, 0.05);
    assert_ok(ctx, parse("57.48,-4.22", &c));
    assert_ok(ctx, hf_coordinate_to_lonlat(ctx, &c, &there));
    assert_true(there.lon_deg == -4.22 && there.lat_deg == 57.48);
    c = (hf_coordinate){.kind = HF_COORDINATE_GRID, .grid = {NAN, 0}};
    assert_status(ctx, hf_coordinate_to_lonlat(ctx, &c, &there), HF_ERR_RANGE);
}

static void reads_one_angle(void **state) {
    (void)state;
    static const struct {
        const char *text;
        hf__axis axis;
        double deg;
    } cases[] = {
        {"51.5\xC2\xB0", HF__AXIS_NONE, 51.5},
        {"-0.25\xC2\xB0", HF__AXIS_NONE, -0.25},
        {"51.5N", HF__AXIS_NORTH, 51.5},
        {" 0.25 \xC2\xB0 W ", HF__AXIS_EAST, -0.25},
        {"S 51.5", HF__AXIS_NORTH, -51.5},
        {"51\xC2\xB0"
         "30'36\"N",
         HF__AXIS_NORTH, 51.51},
        {"51 30 36 N", HF__AXIS_NORTH, 51.51},
        {"long 0.25", HF__AXIS_EAST, 0.25},
    };
    hf__axis axis;
    double deg;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(hf__angle_parse(hf__str_of(cases[i].text), &axis, &deg));
        assert_int_equal(axis, cases[i].axis);
        assert_near(deg, cases[i].deg, 1e-12);
    }
    static const char *const others[] = {
        "",         "N",           "51.5",          "51 30 36",  "51,30 N",
        "-0.25W",   "51.5N 0.25W", "51.5,0.25W",    "51 60 0 N", "E532414m",
        "51.5 N x", "easting 51",  "51.5\xC2\xB0'",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        axis = HF__AXIS_EAST;
        deg = 7;
        assert_false(hf__angle_parse(hf__str_of(others[i]), &axis, &deg));
        assert_true(axis == HF__AXIS_EAST && deg == 7);
    }
}

static void tells_valid_points(void **state) {
    (void)state;
    assert_true(hf_lonlat_is_valid((hf_lonlat){180, -90}));
    assert_false(hf_lonlat_is_valid((hf_lonlat){180.0001, 0}));
    assert_false(hf_lonlat_is_valid((hf_lonlat){0, 90.0001}));
    assert_false(hf_lonlat_is_valid((hf_lonlat){NAN, 0}));
    assert_false(hf_lonlat_is_valid((hf_lonlat){0, INFINITY}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_latitude_and_longitude_however_written),
        cmocka_unit_test(reads_grids),
        cmocka_unit_test(leaves_names_codes_and_postcodes_to_others),
        cmocka_unit_test(says_why_a_coordinate_is_impossible),
        cmocka_unit_test(knows_every_letter_pair_of_the_grid),
        cmocka_unit_test(brings_grids_to_longitude_and_latitude),
        cmocka_unit_test(reads_one_angle),
        cmocka_unit_test(tells_valid_points),
    };
    if (hf_context_new(&ctx)) {
        return 1;
    }
    int failed = run_tests(tests);
    hf_context_free(ctx);
    return failed;
}
