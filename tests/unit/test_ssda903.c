/* The official distance and the codes of SSDA903. */
#include <math.h>
#include <string.h>

#include "check.h"

typedef struct distance {
    hf_xy home, placement;
    double miles;
} distance;

/* Worked out by hand, and published figures. */
static void the_formula_gives_the_official_figures(void **state) {
    (void)state;
    static const distance cases[] = {
        /* SG13 8DE to IV1 1AA and to ZE1 0AA */
        {{532414, 211995}, {266758, 845637}, 426.9},
        {{532414, 211995}, {447759, 1141280}, 579.8},
        /* BT1 5GS, its Irish Grid reference read as a British one: wrong */
        {{532414, 211995}, {333832, 374014}, 159.3},
        {{500000, 200000}, {500000, 200000}, 0.0},
        {{500000, 200000}, {500080, 200000}, 0.0},          /* 0.0497 */
        {{500000, 200000}, {500081, 200000}, 0.1},          /* 0.0503 */
        {{500000, 200000}, {500000, 216093}, 10.0},         /* 16.093 km */
        {{500000, 200000}, {500000, 200000 + 32266}, 20.0}, /* 20.0497 */
        {{500000, 200000}, {500000, 200000 + 32267}, 20.1}, /* 20.0503 */
        {{0, 0}, {1136550.4, 1136550.4}, 998.8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const distance *it = &cases[i];
        assert_near(hf_ssda903_miles(it->home, it->placement), it->miles, 0);
        assert_near(hf_ssda903_miles(it->placement, it->home), it->miles, 0);
    }
}

/* Whole metres whose distance lies nearest to a boundary between two tenths,
 * found and rounded half up with 60 decimal digits. */
static void a_hair_decides_as_it_should(void **state) {
    (void)state;
    static const struct {
        double east, north, miles;
    } cases[] = {
        {622861, 66680, 389.2}, /* 389.249999999999690 */
        {399946, 6034, 248.6},  /* 248.550000000003709 */
        {371648, 38131, 232.1}, /* 232.149999999991663 */
        {351540, 2854, 218.4},  /* 218.449999999989195 */
        {578577, 28276, 360.0}, /* 359.950000000012752 */
        {23300, 7179, 15.1},    /* 15.149999999986938 */
        {361989, 39189, 226.2}, /* 226.249999999986667 */
        {199329, 27689, 125.1}, /* 125.050000000013548 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_xy home = {1000, 2000};
        hf_xy there = {1000 + cases[i].east, 2000 + cases[i].north};
        assert_near(hf_ssda903_miles(home, there), cases[i].miles, 0);
    }
}

/* Elsewhere floating point is good enough to agree with. */
static void it_is_the_formula_everywhere(void **state) {
    (void)state;
    for (int i = 0; i < 100000; i++) {
        hf_xy a = {round(check_random_in(0, 700000)),
                   round(check_random_in(0, 1300000))};
        hf_xy b = {round(check_random_in(0, 700000)),
                   round(check_random_in(0, 1300000))};
        double miles = hypot(a.x_m - b.x_m, a.y_m - b.y_m) / 1000 / 1.6093;
        double official = hf_ssda903_miles(a, b);
        assert_near(official, floor(miles * 10 + 0.5) / 10,
                    fabs(fmod(miles * 10, 1) - 0.5) < 1e-9 ? 0.1000001 : 0);
    }
}

static void what_is_no_place_is_unknown(void **state) {
    (void)state;
    hf_xy home = {500000, 200000};
    const hf_xy none[] = {{NAN, 200000},      {500000, NAN}, {INFINITY, 0},
                          {0, -INFINITY},     {1e300, 0},    {500000, 1e7},
                          {1900000, 1200000}, {-1e9, 0}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_near(hf_ssda903_miles(home, none[i]), 999.9, 0);
        assert_near(hf_ssda903_miles(none[i], home), 999.9, 0);
    }
}

static void codes_have_words(void **state) {
    (void)state;
    static const char *const place[] = {
        "A3", "A4", "A5", "A6", "H5", "K1", "K2", "M2", "M3", "P1", "P2",
        "P3", "Q1", "Q2", "R1", "R2", "R3", "R4", "R5", "S1", "T0", "T1",
        "T2", "T3", "T4", "U1", "U2", "U3", "U4", "U5", "U6", "Z1"};
    for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
        assert_non_null(hf_ssda903_code_text(HF_SSDA903_PLACE, place[i]));
        assert_null(hf_ssda903_code_text(HF_SSDA903_PLACE_PROVIDER, place[i]));
    }
    assert_string_equal(hf_ssda903_code_text(HF_SSDA903_PLACE, " k2 "),
                        "children's home");
    assert_string_equal(hf_ssda903_code_text(HF_SSDA903_LS, "C2"),
                        "full care order");
    assert_string_equal(hf_ssda903_code_text(HF_SSDA903_PLACE_PROVIDER, "PR1"),
                        "own provision");
    assert_null(hf_ssda903_code_text(HF_SSDA903_LS, "C9"));
    assert_null(hf_ssda903_code_text(HF_SSDA903_LS, ""));
    assert_null(hf_ssda903_code_text(HF_SSDA903_LS, "C"));
}

static void columns_tell_the_field(void **state) {
    (void)state;
    hf_ssda903_field field;
    assert_true(hf_ssda903_field_of(" place ", &field));
    assert_int_equal(field, HF_SSDA903_PLACE);
    assert_true(hf_ssda903_field_of("PL", &field));
    assert_int_equal(field, HF_SSDA903_PLACE);
    assert_true(hf_ssda903_field_of("Place_Provider", &field));
    assert_int_equal(field, HF_SSDA903_PLACE_PROVIDER);
    assert_false(hf_ssda903_field_of("PLACEMENT", &field));
    assert_false(hf_ssda903_field_of("", &field));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula_gives_the_official_figures),
        cmocka_unit_test(a_hair_decides_as_it_should),
        cmocka_unit_test(it_is_the_formula_everywhere),
        cmocka_unit_test(what_is_no_place_is_unknown),
        cmocka_unit_test(codes_have_words),
        cmocka_unit_test(columns_tell_the_field)};
    return run_tests(tests);
}
