#include <string.h>

#include "atlas/names.h"
#include "base/memory.h"
#include "check.h"

static bool shares_a_key(const char *typed, const char *official) {
    hf__name_keys a, b;
    assert_int_equal(hf__name_keys_make(hf__str_of(typed), &a), HF_OK);
    assert_int_equal(hf__name_keys_make(hf__str_of(official), &b), HF_OK);
    bool same = !strcmp(a.full, b.full) || !strcmp(a.core, b.full) ||
                !strcmp(a.bare, b.bare);
    hf__name_keys_reset(&a);
    hf__name_keys_reset(&b);
    return same;
}

static void usual_spellings_share_a_key(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"hertfordshire", "Hertfordshire"},
        {"Hertfordshire County Council", "Hertfordshire"},
        {"London Borough of Bexley", "Bexley"},
        {"LB Bexley", "Bexley"},
        {"Bexley Council", "Bexley"},
        {"Bristol", "Bristol, City of"},
        {"City of Bristol", "Bristol, City of"},
        {"Bristol City Council", "Bristol, City of"},
        {"Herefordshire", "Herefordshire, County of"},
        {"Durham", "County Durham"},
        {"Durham County Council", "County Durham"},
        {"St Helens", "St. Helens"},
        {"Saint Helens Metropolitan Borough Council", "St. Helens"},
        {"Newcastle Upon Tyne", "Newcastle upon Tyne"},
        {"NEWCASTLE-ON-TYNE CITY COUNCIL", "Newcastle upon Tyne"},
        {"Perth & Kinross", "Perth and Kinross"},
        {"Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"},
        {"The Highland Council", "Highland"},
        {"City of York Council", "York"},
        {"City and County of Swansea", "Swansea"},
        {"Council of the Isles of Scilly", "Isles of Scilly"},
        {"ynys mon", "Ynys M\xC3\xB4n"},
        {"City of London Corporation", "City of London"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool same = shares_a_key(pairs[i][0], pairs[i][1]);
        if (!same) {
            print_error("%s / %s\n", pairs[i][0], pairs[i][1]);
        }
        assert_true(same);
    }
}

static void different_names_stay_apart(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Hertfordshire", "Herefordshire"},
        {"North Yorkshire", "York"},
        {"West Northamptonshire", "North Northamptonshire"},
        {"East Sussex", "West Sussex"},
        {"Council", "Bexley"},
        {"City of", "City of London"},
        {"", "Bexley"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_false(shares_a_key(pairs[i][0], pairs[i][1]));
    }
}

static void inverted_names_are_turned_for_people(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Bristol, City of", "Bristol"},
        {"Herefordshire, County of", "Herefordshire"},
        {"Bournemouth, Christchurch and Poole",
         "Bournemouth, Christchurch and Poole"},
        {"Highland", "Highland"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *name = hf__name_for_people(pairs[i][0]);
        assert_string_equal(name, pairs[i][1]);
        hf__free(name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_spellings_share_a_key),
        cmocka_unit_test(different_names_stay_apart),
        cmocka_unit_test(inverted_names_are_turned_for_people),
    };
    return run_tests(tests);
}
