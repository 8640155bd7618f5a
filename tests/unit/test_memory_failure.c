/* The n-th allocation fails, for every n until the call succeeds: each time a
 * status and a message, nothing leaked (by the sanitizer), outputs untouched.
 * The linker sends the library's calloc and realloc here (--wrap). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotated.h"
#include "check.h"
#include "fixture_shapefile.h"

void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static size_t allocations_left = SIZE_MAX;
static bool has_failed;

static bool fails_now(void) {
    if (allocations_left == SIZE_MAX) {
        return false;
    }
    if (allocations_left == 0) {
        has_failed = true;
        return true;
    }
    allocations_left--;
    return false;
}

void *__wrap_calloc(size_t count, size_t size) {
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size) {
    return fails_now() ? NULL : __real_realloc(old, size);
}

/* One round of what is tested, from a new context on. */
typedef hf_status (*round_of)(hf_context *ctx, const fixture *f);

static size_t fail_every_allocation(const fixture *f, round_of one) {
    for (size_t n = 0;; n++) {
        hf_context *ctx = NULL;
        allocations_left = n;
        hf_status status = hf_context_new(&ctx);
        if (!status) {
            status = one(ctx, f);
        }
        bool was_enough = allocations_left > 0;
        allocations_left = SIZE_MAX;
        if (status) {
            assert_int_equal(status, HF_ERR_MEMORY);
            assert_true(!ctx || *hf_context_message(ctx));
        }
        hf_context_free(ctx);
        if (!status) {
            return n;
        }
        assert_false(was_enough);
        assert_true(n < 10000);
    }
}

static hf_status load(hf_context *ctx, const fixture *f) {
    hf_boundaries *set = NULL;
    hf_status status = hf_boundaries_open_bytes(ctx, &f->bytes, NULL, &set);
    assert_int_equal(!status, set != NULL);
    hf_boundaries_close(set);
    return status;
}

static hf_status load_and_ask_neighbours(hf_context *ctx, const fixture *f) {
    hf_boundaries *set = NULL;
    hf_adjacency *adjacency = NULL;
    hf_adjacency_options options;
    hf_adjacency_options_init(&options);
    options.overrides_csv = "shapes/adjoining.csv";
    hf_status status = hf_boundaries_open_bytes(ctx, &f->bytes, NULL, &set);
    if (!status) {
        status = hf_adjacency_new(ctx, set, &options, &adjacency);
    }
    if (!status) {
        const hf_neighbour *list = NULL;
        size_t n = 0;
        status = hf_adjacency_neighbours(ctx, adjacency, 0, &list, &n);
        assert_int_equal(!status, list != NULL);
    }
    hf_adjacency_free(adjacency);
    hf_boundaries_close(set);
    return status;
}

static void small_set(fixture *f, const char *prj) {
    double scale = strcmp(prj, "EPSG:4326") ? 1000 : 0.01;
    double x = scale < 1 ? -2 : 400000, y = scale < 1 ? 52 : 300000;
    fixture_init(f, "CTYUA24CD,CTYUA24NM,CTYUA24NMW");
    fixture_add(f, "W06000001|Ynys M\xF4n|Ynys M\xF4n",
                fixture_square(x, y, scale));
    fixture_add(f, "E06000002|B|", fixture_square(x + scale, y, scale));
    fixture_add(f, "E06000002|B|", fixture_square(x, y + scale, scale));
    fixture_add(f, "E06000003|C|", "");
    f->prj = prj;
    f->cpg = "CP1252";
    fixture_finish(f);
    f->bytes.shx = NULL;
    f->bytes.shx_len = 0;
}

static void loading_survives_each(void **state) {
    (void)state;
    static const char *const systems[] = {"EPSG:27700", "EPSG:4326"};
    for (size_t i = 0; i < 2; i++) {
        fixture f;
        small_set(&f, systems[i]);
        assert_true(fail_every_allocation(&f, load) > 20);
        fixture_reset(&f);
    }
}

static void repairing_survives_each(void **state) {
    (void)state;
    fixture f;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000001|A",
                "400000 300000,401000 301000,401000 300000,400000 301000,"
                "400000 300000;400400 300800,400600 300800,400500 300600");
    fixture_finish(&f);
    assert_true(fail_every_allocation(&f, load) > 20);
    fixture_reset(&f);
}

static void adjoining_survives_each(void **state) {
    (void)state;
    fixture f;
    small_set(&f, "EPSG:27700");
    assert_true(fail_every_allocation(&f, load_and_ask_neighbours) > 40);
    fixture_reset(&f);
}

/* A small report, withheld cells and all, in every format that is text. */
static hf_status report(hf_context *ctx, const fixture *f) {
    (void)f;
    hf_report *made = NULL;
    hf_document *document = NULL;
    hf_report_options options;
    hf_report_options_init(&options);
    options.home = "Bexley";
    options.breakdown = "reason";
    hf_status status = hf_report_new(ctx, &options, &made);
    for (uint64_t i = 0; i < 6 && !status; i++) {
        static const char *const names[] = {"Kent",  "Fife", "Kent",
                                            "Leeds", "Hull", "Fife"};
        hf_placement p = {.categories = hf_category_set(
                              i ? HF_CATEGORY_DISTANT : HF_CATEGORY_IN_COUNTY),
                          .authority = i,
                          .destination = names[i],
                          .miles = 10 + (double)i * 30,
                          .children = i * i * 2 + 1,
                          .breakdown = i % 2 ? "school" : "safety"};
        status = hf_report_add(ctx, made, &p);
    }
    status = status ? status : hf_document_new(ctx, &document);
    status = status ? status : hf_report_write(ctx, made, document);
    for (int format = HF_FORMAT_TEXT; format <= HF_FORMAT_LATEX && !status;
         format++) {
        char *text = NULL;
        size_t len;
        if (!hf_format_is_binary((hf_format)format)) {
            status = hf_document_write(ctx, document, (hf_format)format, NULL,
                                       &text, &len);
            assert_int_equal(!status, text != NULL);
            hf_text_free(text);
        }
    }
    hf_document_free(document);
    hf_report_free(made);
    return status;
}

static void reporting_survives_each(void **state) {
    (void)state;
    assert_true(fail_every_allocation(NULL, report) > 100);
}

static hf_status open_places(hf_context *ctx, const fixture *f) {
    hf_boundaries *set = NULL;
    hf_places *places = NULL;
    hf_status status = hf_context_set_data_dir(ctx, "tests/data/tables");
    if (!status) {
        status = hf_boundaries_open_bytes(ctx, &f->bytes, NULL, &set);
    }
    if (!status) {
        status = hf_places_open(ctx, set, NULL, &places);
        assert_int_equal(!status, places != NULL);
    }
    hf_places_close(places);
    hf_boundaries_close(set);
    return status;
}

static void opening_places_survives_each(void **state) {
    (void)state;
    fixture f;
    small_set(&f, "EPSG:27700");
    assert_true(fail_every_allocation(&f, open_places) > 40);
    fixture_reset(&f);
}

/* Every failure of one answer; HF_OK at last, or the refusal that is due.
 */
static void fail_every_allocation_of(const hf_places *places,
                                     const char *text) {
    for (size_t n = 0;; n++) {
        hf_context *ctx = NULL;
        hf_place place;
        hf_place_init(&place);
        assert_int_equal(hf_context_new(&ctx), HF_OK);
        assert_ok(ctx, hf_context_set_data_dir(ctx, "tests/data/tables"));
        has_failed = false;
        allocations_left = n;
        hf_status status =
            hf_place_resolve(ctx, places, text, strlen(text), &place);
        allocations_left = SIZE_MAX;
        if (status) {
            assert_true(*hf_context_message(ctx));
            assert_null(place.name);
        } else {
            assert_non_null(place.name);
            assert_non_null(place.note);
        }
        if (has_failed && status != HF_ERR_MEMORY) {
            print_error("%s: status %d when allocation %zu fails\n", text,
                        (int)status, n);
            fail();
        }
        hf_place_reset(&place);
        hf_context_free(ctx);
        if (!has_failed) {
            return;
        }
        assert_true(n < 10000);
    }
}

static void resolving_survives_each(void **state) {
    (void)state;
    static const char *const texts[] = {"W06000001",
                                        "Ynys Mon",
                                        "Isle of Anglesey County Council",
                                        "B, City of",
                                        "B",
                                        "Anglesey / Ynys Mon",
                                        "Nowhere",
                                        "St Somewhere",
                                        "52.1, -2.3",
                                        "660",
                                        "660 / 661",
                                        "Both",
                                        "S12000099",
                                        "Hometown",
                                        "Hometown, Kent",
                                        "Old Anglesey",
                                        "Part of Anglesey"};
    fixture f;
    small_set(&f, "EPSG:27700");
    hf_context *ctx;
    hf_boundaries *set;
    hf_places *places;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_ok(ctx, hf_context_set_data_dir(ctx, "tests/data/tables"));
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    assert_ok(ctx, hf_places_open(ctx, set, NULL, &places));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fail_every_allocation_of(places, texts[i]);
    }
    hf_places_close(places);
    hf_boundaries_close(set);
    hf_context_free(ctx);
    fixture_reset(&f);
}

/* A claim read, held against two authorities, and looked for on the ground. */
static char claim_index[100];

static hf_status check_claim(hf_context *ctx, const fixture *f) {
    hf_boundaries *set = NULL;
    hf_places *places = NULL;
    hf_place home, there;
    hf_claim claim;
    hf_claim_fits fits;
    hf_claim_ground *ground = NULL;
    hf_places_options options;
    hf_place_init(&home);
    hf_place_init(&there);
    hf_places_options_init(&options);
    options.postcodes = claim_index;
    hf_status status = hf_context_set_data_dir(ctx, "tests/data/tables");
    status =
        status ? status : hf_boundaries_open_bytes(ctx, &f->bytes, NULL, &set);
    status = status ? status : hf_places_open(ctx, set, &options, &places);
    status = status ? status : hf_place_of_authority(ctx, set, 1, &home);
    status = status ? status : hf_place_of_authority(ctx, set, 0, &there);
    status = status ? status : hf_claim_parse(ctx, "about 11", 8, &claim);
    status = status ? status
                    : hf_claim_measure(ctx, set, &claim, &home, &there, &fits);
    status = status ? status
                    : hf_claim_find(ctx, set, places, &claim, &home, &there,
                                    &ground);
    assert_int_equal(!status, ground != NULL);
    assert_true(status || (ground->n_districts == 1 && *ground->around));
    hf_claim_ground_free(ground);
    hf_place_reset(&home);
    hf_place_reset(&there);
    hf_places_close(places);
    hf_boundaries_close(set);
    return status;
}

static void checking_a_claim_survives_each(void **state) {
    (void)state;
    country land;
    fixture f;
    country_open_with(&land,
                      "pcds,oseast1m,osnrth1m,oslaua\n"
                      "AL1 1AA,507000,205000,E06000002\n"
                      "AL1 1AB,507001,205000,E06000002\n"
                      "AL1 1AD,507002,205000,E06000002\n"
                      "AL1 1AE,507003,205000,E06000002\n"
                      "AL1 1AF,507004,205000,E06000002\n"
                      "AL1 1AG,507005,205000,E06000002\n");
    snprintf(claim_index, sizeof claim_index, "%s/postcodes.index",
             land.folder);
    fixture_init(&f, "CTYUA24CD,CTYUA24NM");
    fixture_add(&f, "W06000001|Ynys Mon", fixture_square(490000, 200000, 1000));
    fixture_add(&f, "E06000002|B", fixture_square(507000, 204000, 2000));
    fixture_finish(&f);
    assert_true(fail_every_allocation(&f, check_claim) > 80);
    fixture_reset(&f);
    country_close(&land);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_survives_each),
        cmocka_unit_test(repairing_survives_each),
        cmocka_unit_test(adjoining_survives_each),
        cmocka_unit_test(reporting_survives_each),
        cmocka_unit_test(opening_places_survives_each),
        cmocka_unit_test(resolving_survives_each),
        cmocka_unit_test(checking_a_claim_survives_each),
    };
    return run_tests(tests);
}
