#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "check.h"

static void parses_numbers_as_strtod_does(void **state) {
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "1",
                                        "+1.5",
                                        "51.465736",
                                        ".5",
                                        "5.",
                                        "-3.193634",
                                        "1e3",
                                        "1E-7",
                                        "532414",
                                        "1e308",
                                        "0.1",
                                        "123456789012345678",
                                        "00012.5",
                                        "9007199254740993",
                                        "  7.25\t",
                                        "0.000000000000000000000000000001",
                                        "123456789012345678901234567890",
                                        "51.46573600000000000000000000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value;
        assert_true(hf__parse_double(hf__str_of(texts[i]), &value));
        assert_true(value == strtod(texts[i], NULL));
    }
    for (int i = 0; i < 20000; i++) {
        char text[64];
        snprintf(text, sizeof text, "%.*f", (int)(check_random() % 17),
                 check_random_in(-1e6, 1e6));
        double value;
        assert_true(hf__parse_double(hf__str_of(text), &value));
        assert_true(value == strtod(text, NULL));
    }
}

static void refuses_what_is_no_number(void **state) {
    (void)state;
    static const char *const texts[] = {"",    "-",   ".",   "1.2.3", "1,5",
                                        "0x1", "nan", "inf", "1e",    "1e+",
                                        "12a", "1 2", "--1", "1e999", "e5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 42;
        assert_false(hf__parse_double(hf__str_of(texts[i]), &value));
        assert_true(value == 42);
    }
}

static void prints_fixed_decimals_half_up(void **state) {
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {{0, 0, "0"},
                 {0.5, 0, "1"},
                 {2.5, 0, "3"},
                 {-2.5, 0, "-3"},
                 {20.05, 1, "20.1"},
                 {20.04, 1, "20.0"},
                 {-0.04, 1, "0.0"},
                 {1234.56785, 4, "1234.5679"},
                 {0.25, 1, "0.3"},
                 {999.95, 1, "1000.0"},
                 {428.99999, 4, "429.0000"},
                 {1e14, 2, "100000000000000.00"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__buf buf;
        hf__buf_init(&buf);
        hf__buf_add_fixed(&buf, cases[i].value, cases[i].decimals);
        assert_string_equal(buf.text, cases[i].text);
        hf__buf_reset(&buf);
    }
    char out[HF__FIXED_ROOM];
    assert_int_equal(hf__format_fixed(out, NAN, 2), 0);
    assert_int_equal(hf__format_fixed(out, INFINITY, 2), 0);
    assert_int_equal(hf__format_fixed(out, 1e15, 2), 0);
}

/* Whether `number`, its last `decimals` digits behind a point, is written so.
 */
static void check_fixed(uint64_t number, int decimals, bool is_negative) {
    char out[HF__FIXED_ROOM], expected[HF__FIXED_ROOM], digits[32];
    double scale = pow(10, decimals), value = (double)number / scale;
    int n = snprintf(digits, sizeof digits, "%0*" PRIu64, decimals + 1, number);
    int len = snprintf(expected, sizeof expected, "%s%.*s%s%s",
                       is_negative && number ? "-" : "", n - decimals, digits,
                       decimals ? "." : "", digits + n - decimals);
    assert_int_equal(
        hf__format_fixed(out, is_negative ? -value : value, decimals), len);
    assert_memory_equal(out, expected, (size_t)len);
}

static void prints_all_digits(void **state) {
    (void)state;
    for (uint64_t four = 0; four < 10000; four++) {
        check_fixed(four * 10000 + (9999 - four), 4, four % 2);
        check_fixed(four, 4, four % 2);
    }
    for (int i = 0; i < 100000; i++) {
        uint64_t below = (uint64_t)pow(10, check_random_in(0, 12));
        check_fixed(check_random() % (below + 1), (int)(check_random() % 10),
                    i % 2);
    }
}

static void rounds_half_up(void **state) {
    (void)state;
    assert_near(hf__round_half_up(20.05, 1), 20.1, 1e-12);
    assert_near(hf__round_half_up(-0.5, 0), -1, 0);
    assert_near(hf__round_half_up(2.5, 0), 3, 0);
}

static void folds_names(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Hertfordshire", "hertfordshire"},
        {"  Bristol, City of ", "bristol city of"},
        {"St. Helens", "st helens"},
        {"Ynys M\xC3\xB4n", "ynys mon"},
        {"Perth & Kinross", "perth and kinross"},
        {"Perth&Kinross", "perth and kinross"},
        {"King\xE2\x80\x99s Lynn", "kings lynn"},
        {"Stockton-on-Tees", "stockton on tees"},
        {"", ""},
        {"&", "and"},
        {"\xFF\xFE", "yth"}}; /* taken as single bytes */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__buf buf;
        hf__buf_init(&buf);
        hf__fold(hf__str_of(cases[i][0]), &buf);
        if (i + 1 < sizeof cases / sizeof *cases) {
            assert_string_equal(buf.text, cases[i][1]);
        } else {
            assert_true(buf.len > 0 && hf__utf8_is_valid(buf.text, buf.len));
        }
        hf__buf_reset(&buf);
    }
}

/* What a buffer holds already has no part in the name that is added. */
static void folds_behind_other_text(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Hull", "x-hull"},
        {" & Co", "x-and co"},
        {"\xC3\x89ire & N.I.", "x-eire and n i"},
        {"Ynys M\xC3\xB4n\xE2\x80\x99s", "x-ynys mons"},
        {"", "x-"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__buf buf;
        hf__buf_init(&buf);
        hf__buf_add_text(&buf, "x-");
        hf__fold(hf__str_of(cases[i][0]), &buf);
        assert_string_equal(buf.text, cases[i][1]);
        hf__buf_reset(&buf);
    }
}

/* A bad byte is found wherever it stands among plain ones. */
static void finds_what_is_not_utf8(void **state) {
    (void)state;
    char text[32];
    for (size_t len = 1; len < sizeof text; len++) {
        for (size_t at = 0; at < len; at++) {
            memset(text, 'a', sizeof text);
            assert_true(hf__utf8_is_valid(text, len));
            text[at] = '\xA0'; /* no letter begins with it */
            assert_false(hf__utf8_is_valid(text, len));
            text[at] = '\xC3';
            assert_false(hf__utf8_is_valid(text, len));
            if (at + 1 < len) {
                text[at + 1] = '\xB4';
                assert_true(hf__utf8_is_valid(text, len));
                assert_false(hf__utf8_is_valid(text, at + 1));
            }
        }
    }
}

static void converts_encodings(void **state) {
    (void)state;
    hf__buf buf;
    hf__buf_init(&buf);
    assert_int_equal(hf__to_utf8(hf__str_of("Ynys M\xF4n"), "CP1252", &buf),
                     HF_OK);
    assert_string_equal(buf.text, "Ynys M\xC3\xB4n");
    assert_int_equal(hf__to_utf8(hf__str_of("x"), "no-such-code", &buf),
                     HF_ERR_NOT_FOUND);
    assert_int_equal(hf__to_utf8(hf__str_of("a\xFF"), "UTF-8", &buf),
                     HF_ERR_DAMAGED);
    /* Found by fuzzing: glibc's iconv takes this for UTF-8. */
    assert_int_equal(
        hf__to_utf8(hf__str_of("\xFA\xA0\xA0\xA0\xA0"), "UTF-8", &buf),
        HF_ERR_DAMAGED);
    assert_string_equal(buf.text, "Ynys M\xC3\xB4n");
    hf__buf_reset(&buf);
}

static void measures_edit_distance(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        size_t distance;
    } cases[] = {{"hertfordshre", "hertfordshire", 1},
                 {"hertfordshre", "herefordshire", 2},
                 {"kitten", "sitting", 3},
                 {"ab", "ba", 1},
                 {"", "abc", 3},
                 {"same", "same", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__str a = hf__str_of(cases[i].a), b = hf__str_of(cases[i].b);
        assert_int_equal(hf__edit_distance(a, b, 5), cases[i].distance);
        assert_int_equal(hf__edit_distance(b, a, 5), cases[i].distance);
    }
    assert_int_equal(
        hf__edit_distance(hf__str_of("abcdef"), hf__str_of("uvwxyz"), 2), 3);
}

static void trims_and_compares(void **state) {
    (void)state;
    hf__str text = hf__str_trim(hf__str_of(" \xC2\xA0 a b\t\r\n\xC2\xA0"));
    assert_true(hf__str_is(text, "a b"));
    assert_true(hf__str_is_nocase(text, "A B"));
    assert_false(hf__str_is(text, "a"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_numbers_as_strtod_does),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(prints_fixed_decimals_half_up),
        cmocka_unit_test(prints_all_digits),
        cmocka_unit_test(rounds_half_up),
        cmocka_unit_test(folds_names),
        cmocka_unit_test(folds_behind_other_text),
        cmocka_unit_test(finds_what_is_not_utf8),
        cmocka_unit_test(converts_encodings),
        cmocka_unit_test(measures_edit_distance),
        cmocka_unit_test(trims_and_compares),
    };
    return run_tests(tests);
}
