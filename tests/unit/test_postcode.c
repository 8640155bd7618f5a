/* Reading postcodes as people type them. */
#include <stdio.h>
#include <string.h>

#include "atlas/postcode.h"
#include "check.h"

static bool parse(const char *text, hf_postcode *out) {
    return hf_postcode_parse(text, strlen(text), out);
}

static void reads_full_postcodes_in_any_case_and_spacing(void **state) {
    (void)state;
    static const struct {
        const char *typed;
        const char *text;
    } cases[] = {
        {"SG13 8DE", "SG13 8DE"},
        {"sg138de", "SG13 8DE"},
        {"  Sg13  8dE\t", "SG13 8DE"},
        {"SG1 38DE", "SG13 8DE"},
        {"SG138 DE", "SG13 8DE"},
        {"s g 1 3 8 d e", "SG13 8DE"},
        {"SG13\xC2\xA0"
         "8DE", /* U+00A0 */
         "SG13 8DE"},
        {"SG13\xE2\x80\x89"
         "8DE", /* U+2009 */
         "SG13 8DE"},
        {"\xEF\xBB\xBFIV1 1AA", "IV1 1AA"}, /* U+FEFF */
        {"M11AA", "M1 1AA"},
        {"M60 1NW", "M60 1NW"},
        {"CR2 6XH", "CR2 6XH"},
        {"DN55 1PT", "DN55 1PT"},
        {"W1A 1HQ", "W1A 1HQ"},
        {"EC1A1BB", "EC1A 1BB"},
        {"AB1 0AA", "AB1 0AA"},
        {"TS122EJ", "TS12 2EJ"},
        {"BT1 5GS", "BT1 5GS"},
        {"GIR 0AA", "GIR 0AA"},
        {"NPT 9ZZ", "NPT 9ZZ"}, /* Newport's, before 1984 */
        {"GY1 1AA", "GY1 1AA"},
        {"IM1 1AA", "IM1 1AA"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_postcode postcode;
        assert_true(parse(cases[i].typed, &postcode));
        assert_int_equal(postcode.kind, HF_POSTCODE_FULL);
        assert_string_equal(postcode.text, cases[i].text);
        assert_false(postcode.is_pseudo);
    }
}

static void reads_parts_of_postcodes(void **state) {
    (void)state;
    static const struct {
        const char *typed;
        hf_postcode_kind kind;
        const char *text;
    } cases[] = {
        {"SG13 8", HF_POSTCODE_SECTOR, "SG13 8"},
        {"sg138", HF_POSTCODE_SECTOR, "SG13 8"},
        {"SG1 3", HF_POSTCODE_SECTOR, "SG1 3"},
        {"SG 1 3", HF_POSTCODE_SECTOR, "SG1 3"},
        {"W1A 1", HF_POSTCODE_SECTOR, "W1A 1"},
        {"W1A1", HF_POSTCODE_SECTOR, "W1A 1"},
        {"EC1A1", HF_POSTCODE_SECTOR, "EC1A 1"},
        {"SG13", HF_POSTCODE_DISTRICT, "SG13"},
        {" sg13 ", HF_POSTCODE_DISTRICT, "SG13"},
        {"SG 13", HF_POSTCODE_DISTRICT, "SG13"},
        {"E1", HF_POSTCODE_DISTRICT, "E1"},
        {"E 1", HF_POSTCODE_DISTRICT, "E1"},
        {"E1W", HF_POSTCODE_DISTRICT, "E1W"},
        {"EC1A", HF_POSTCODE_DISTRICT, "EC1A"},
        {"SG", HF_POSTCODE_AREA, "SG"},
        {"b", HF_POSTCODE_AREA, "B"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_postcode postcode;
        assert_true(parse(cases[i].typed, &postcode));
        assert_int_equal(postcode.kind, cases[i].kind);
        assert_string_equal(postcode.text, cases[i].text);
    }
}

static void refuses_what_is_no_postcode(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",          " ",          "K2",           "U4",
        "UK",        "No",         "ZZ",           "ZZ1",
        "Q1 1AA",    "SG13 8D",    "SG13 DE",      "SG13-8DE",
        "SG13 8DE.", "429",        "E06000001",    "E10000015",
        "919",       "TL 32 12",   "57.48",        "S G",
        "S G13",     "SG1 3 8",    "E1O 5AA",      "SG1A 8DE",
        "SG13 8DEX", "SG13 8DE 1", "8DE SG13",     "SG133 8DE",
        "SGA 8DE",   "1AA",        "SGI3 8DE",     "SG13 BDE",
        "Leicester", "\xC3\xA9",   "SG13\xFF 8DE", "SG13 8D\xC3\x89",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf_postcode postcode = {.kind = HF_POSTCODE_AREA, .text = "kept"};
        assert_false(parse(texts[i], &postcode));
        assert_string_equal(postcode.text, "kept");
    }
    hf_postcode postcode;
    assert_false(hf_postcode_parse("SG13\0008DE", 8, &postcode));
}

static void reads_no_further_than_its_length(void **state) {
    (void)state;
    hf_postcode postcode;
    assert_true(hf_postcode_parse("SG13 8DE", 6, &postcode));
    assert_int_equal(postcode.kind, HF_POSTCODE_SECTOR);
    assert_true(hf_postcode_parse("SG13 8DE", 4, &postcode));
    assert_int_equal(postcode.kind, HF_POSTCODE_DISTRICT);
    /* Half of a blank of several bytes. */
    assert_false(hf_postcode_parse("SG13\xE2\x80\x89", 6, &postcode));
}

/* Royal Mail's 121 areas, and Guernsey, Jersey and the Isle of Man. */
static void knows_124_areas(void **state) {
    (void)state;
    int n = 0;
    for (int a = 'A'; a <= 'Z'; a++) {
        hf_postcode postcode;
        char letter = (char)a;
        n += hf_postcode_parse(&letter, 1, &postcode);
        for (int b = 'A'; b <= 'Z'; b++) {
            char text[2] = {letter, (char)b};
            n += hf_postcode_parse(text, 2, &postcode);
        }
    }
    assert_int_equal(n, 124);
}

static void marks_pseudo_postcodes(void **state) {
    (void)state;
    static const char *const texts[] = {"ZZ99 3VZ", "zz993wz", "ZZ99 3",
                                        "ZZ99"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf_postcode postcode;
        assert_true(parse(texts[i], &postcode));
        assert_true(postcode.is_pseudo);
    }
}

/* Every well-formed text reads as itself, whatever its blanks and case. */
static void reads_back_what_it_writes(void **state) {
    (void)state;
    static const char *const outwards[] = {"M1",   "M60", "CR2",
                                           "SG13", "W1A", "EC1A"};
    for (int i = 0; i < 20000; i++) {
        char text[9], spaced[32];
        snprintf(text, sizeof text, "%s %d%c%c", outwards[check_random() % 6],
                 (int)(check_random() % 10), (int)('A' + check_random() % 26),
                 (int)('A' + check_random() % 26));
        bool is_tight = check_random() % 4 == 0;
        size_t n = 0;
        for (const char *c = text; *c; c++) {
            if (*c == ' ' && is_tight) {
                continue;
            }
            bool is_low = *c >= 'A' && check_random() % 2;
            spaced[n++] = is_low ? (char)(*c + 'a' - 'A') : *c;
            while (!is_tight && check_random() % 4 == 0 && n < 20) {
                spaced[n++] = ' ';
            }
        }
        hf_postcode postcode;
        assert_true(hf_postcode_parse(spaced, n, &postcode));
        assert_string_equal(postcode.text, text);
        assert_int_equal(postcode.kind, HF_POSTCODE_FULL);
    }
}

static void numbers_sort_as_texts_do(void **state) {
    (void)state;
    static const char *const texts[] = {"B1 1AA",  "B1 1AB",  "B1 2AA",
                                        "E10 0AA", "E1W 0AA", "EC1 0AA"};
    hf__postcode_key before = {0, 0, 0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf_postcode postcode;
        assert_true(parse(texts[i], &postcode));
        hf__postcode_key key = hf__postcode_key_of(&postcode);
        assert_true(key.outward > before.outward ||
                    (key.outward == before.outward &&
                     key.sector * HF__POSTCODE_UNITS + key.unit >
                         before.sector * HF__POSTCODE_UNITS + before.unit));
        before = key;
    }
}

static void suggests_letters_for_digits_and_the_reverse(void **state) {
    (void)state;
    static const struct {
        const char *typed;
        const char *first; /* NULL: nothing */
    } cases[] = {
        {"SGI3 8DE", "SG13 8DE"}, {"SGl3 8DE", "SG13 8DE"},
        {"SG13 BDE", "SG13 8DE"}, {"5G13 8DE", "SG13 8DE"},
        {"0X1 1AA", "OX1 1AA"},   {"OXI IAA", "OX1 1AA"},
        {"E1O 5AA", "E10 5AA"},   {"SG1O", "SG10"},
        {"SG1 O", "SG1 0"},       {"1V1 1AA", "IV1 1AA"},
        {"M1 IAA", "M1 1AA"},     {"SG13 8D", NULL},
        {"Hertford", NULL},       {"", NULL},
        {"SG13 80E", NULL}, /* no unit has an O */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_postcode out[5];
        size_t n = hf_postcode_suggest(NULL, cases[i].typed,
                                       strlen(cases[i].typed), out, 5);
        if (!cases[i].first) {
            assert_int_equal(n, 0);
            continue;
        }
        assert_true(n >= 1);
        assert_string_equal(out[0].text, cases[i].first);
        for (size_t k = 0; k < n; k++) { /* each is a postcode, none twice */
            hf_postcode again;
            assert_true(parse(out[k].text, &again));
            assert_int_equal(again.kind, out[k].kind);
            for (size_t j = 0; j < k; j++) {
                assert_string_not_equal(out[j].text, out[k].text);
            }
        }
    }
}

/* The best stay when there is room for few. */
static void suggests_the_fewest_changes_first(void **state) {
    (void)state;
    hf_postcode many[64], few[64];
    size_t n = hf_postcode_suggest(NULL, "8B1 1BB", 7, many, 64);
    assert_true(n > 1);
    for (size_t most = 1; most < n; most++) {
        assert_int_equal(hf_postcode_suggest(NULL, "8B1 1BB", 7, few, most),
                         most);
        for (size_t i = 0; i < most; i++) {
            assert_string_equal(few[i].text, many[i].text);
        }
    }
    assert_int_equal(hf_postcode_suggest(NULL, "8B1 1BB", 7, few, 0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_full_postcodes_in_any_case_and_spacing),
        cmocka_unit_test(reads_parts_of_postcodes),
        cmocka_unit_test(refuses_what_is_no_postcode),
        cmocka_unit_test(reads_no_further_than_its_length),
        cmocka_unit_test(knows_124_areas),
        cmocka_unit_test(marks_pseudo_postcodes),
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(numbers_sort_as_texts_do),
        cmocka_unit_test(suggests_letters_for_digits_and_the_reverse),
        cmocka_unit_test(suggests_the_fewest_changes_first),
    };
    return run_tests(tests);
}
