#include <string.h>

#include "check.h"

typedef struct fixture {
    hf_context *ctx;
    hf_boundaries *set;
} fixture;

static fixture start(void) {
    fixture f;
    assert_int_equal(hf_context_new(&f.ctx), HF_OK);
    assert_ok(f.ctx, hf_context_set_data_dir(f.ctx, "shapes"));
    assert_ok(f.ctx,
              hf_boundaries_open(f.ctx, "shapes/howfar.shp", NULL, &f.set));
    return f;
}

static void finish(fixture *f) {
    hf_boundaries_close(f->set);
    hf_context_free(f->ctx);
}

static void authorities_count_as_readers_think(void **state) {
    (void)state;
    static const struct {
        const char *code, *county, *region, *country;
    } cases[] = {
        {"E06000032", "Bedfordshire", "East of England", "England"},
        {"E06000016", "Leicestershire", "East Midlands", "England"},
        {"E08000025", "West Midlands", "West Midlands", "England"},
        {"E09000004", "London", "London", "England"},
        {"E09000001", "London", "London", "England"},
        {"E10000015", "Hertfordshire", "East of England", "England"},
        {"W06000015", "Wales", "Wales", "Wales"},
        {"S12000017", "Scotland", "Scotland", "Scotland"},
        {"N09000003", "Northern Ireland", "Northern Ireland",
         "Northern Ireland"},
    };
    fixture f = start();
    for (int by = HF_GROUP_BY_AUTHORITY; by <= HF_GROUP_BY_COUNTRY; by++) {
        hf_grouping *grouping;
        assert_ok(f.ctx,
                  hf_grouping_new(f.ctx, f.set, (hf_group_by)by, &grouping));
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            size_t at = hf_boundaries_find_code(f.set, cases[i].code, 9);
            if (at == HF_NOWHERE) {
                continue; /* the default set has another code for it */
            }
            const char *expected[] = {hf_boundaries_authority(f.set, at)->name,
                                      cases[i].county, cases[i].region,
                                      cases[i].country};
            assert_string_equal(hf_grouping_name(grouping, at), expected[by]);
        }
        hf_grouping_free(grouping);
    }
    finish(&f);
}

static void every_authority_has_a_group(void **state) {
    (void)state;
    fixture f = start();
    hf_grouping *grouping;
    assert_ok(f.ctx,
              hf_grouping_new(f.ctx, f.set, HF_GROUP_BY_COUNTY, &grouping));
    for (size_t i = 0; i < hf_boundaries_count(f.set); i++) {
        assert_true(*hf_grouping_name(grouping, i));
    }
    hf_grouping_free(grouping);
    finish(&f);
}

static void groupings_have_names(void **state) {
    (void)state;
    fixture f = start();
    hf_group_by by;
    assert_ok(f.ctx, hf_group_by_parse(f.ctx, "County", &by));
    assert_int_equal(by, HF_GROUP_BY_COUNTY);
    assert_status(f.ctx, hf_group_by_parse(f.ctx, "town", &by), HF_ERR_USAGE);
    assert_contains(hf_context_message(f.ctx), "county, region, country");
    finish(&f);
}

/* The destinations of the published report are the counties of its true
 * authorities. */
static void the_published_destinations_are_counties(void **state) {
    (void)state;
    hf_context *ctx;
    hf_boundaries *set;
    hf_grouping *grouping;
    const char *path = check_data("boundaries/ctyua_2024_buc");
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_ok(ctx, hf_context_set_data_dir(ctx, "shapes"));
    assert_ok(ctx, hf_boundaries_open(ctx, path, NULL, &set));
    assert_ok(ctx, hf_grouping_new(ctx, set, HF_GROUP_BY_COUNTY, &grouping));
    static const struct {
        const char *name, *county;
    } cases[] = {{"Highland", "Scotland"},
                 {"Conwy", "Wales"},
                 {"Bradford", "West Yorkshire"},
                 {"Manchester", "Greater Manchester"},
                 {"Birmingham", "West Midlands"},
                 {"Luton", "Bedfordshire"},
                 {"West Northamptonshire", "Northamptonshire"},
                 {"Westmorland and Furness", "Cumbria"},
                 {"County Durham", "Durham"},
                 {"Windsor and Maidenhead", "Berkshire"},
                 {"Southend-on-Sea", "Essex"},
                 {"Kingston upon Hull, City of", "East Riding of Yorkshire"},
                 {"Croydon", "London"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 0;
        while (strcmp(hf_boundaries_authority(set, at)->name, cases[i].name)) {
            assert_true(++at < hf_boundaries_count(set));
        }
        assert_string_equal(hf_grouping_name(grouping, at), cases[i].county);
    }
    hf_grouping_free(grouping);
    hf_boundaries_close(set);
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(authorities_count_as_readers_think),
        cmocka_unit_test(every_authority_has_a_group),
        cmocka_unit_test(groupings_have_names),
        cmocka_unit_test(the_published_destinations_are_counties),
    };
    return run_tests(tests);
}
