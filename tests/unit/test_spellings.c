/* Spellings as they stand in public lists, replies, spreadsheets and the press,
 * each with what it means in the boundary set that comes with the program. The
 * table is tests/data/spellings.csv; what each line means was decided by hand:
 *   E06000001 E06000002     these authorities
 *   33 members              that many
 *   point                   a town
 *   ambiguous: words        refused, with these words in the message
 *   not found: words        refused, with these words in the message */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/facts.h"
#include "check.h"

/* Authorities listed one by one; above it the table gives their number. */
#define MOST_LISTED 6

static void describe(const hf_boundaries *set, const hf_place *place, char *out,
                     size_t size) {
    out[0] = '\0';
    if (place->kind == HF_PLACE_POINT) {
        snprintf(out, size, "point");
    } else if (place->n_members > MOST_LISTED) {
        snprintf(out, size, "%zu members", place->n_members);
    }
    for (size_t i = 0; i < place->n_members && place->n_members <= MOST_LISTED;
         i++) {
        size_t len = strlen(out);
        snprintf(out + len, size - len, "%s%s", i ? " " : "",
                 hf_boundaries_authority(set, place->members[i])->code);
    }
}

static bool is_as_decided(hf_context *ctx, const hf_boundaries *set,
                          const hf_places *places, const char *spelling,
                          const char *meaning, char *got, size_t size) {
    hf_place place;
    hf_place_init(&place);
    hf_status status =
        hf_place_resolve(ctx, places, spelling, strlen(spelling), &place);
    static const struct {
        hf_status status;
        const char *start;
    } refusals[] = {{HF_ERR_NOT_FOUND, "not found: "},
                    {HF_ERR_AMBIGUOUS, "ambiguous: "}};
    if (status) {
        const char *message = hf_context_message(ctx);
        snprintf(got, size, "%d: %s", (int)status, message);
        for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
            size_t len = strlen(refusals[i].start);
            if (status == refusals[i].status &&
                !strncmp(meaning, refusals[i].start, len) &&
                strstr(message, meaning + len)) {
                return true;
            }
        }
        return false;
    }
    describe(set, &place, got, size);
    char *end;
    long members = strtol(meaning, &end, 10);
    bool is_right = !strcmp(end, " members")
                        ? (size_t)members == place.n_members
                        : !strcmp(got, meaning);
    hf_place_reset(&place);
    return is_right;
}

static void every_spelling_means_what_was_decided(void **state) {
    (void)state;
    hf_context *ctx;
    hf_boundaries *set;
    hf_places *places;
    hf__facts *table;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_ok(ctx, hf_context_set_data_dir(ctx, "shapes"));
    assert_ok(ctx, hf_boundaries_open(ctx, "shapes/howfar.shp", NULL, &set));
    hf_places_options options;
    hf_places_options_init(&options);
    options.postcodes = "build/no-such.index";
    assert_ok(ctx, hf_places_open(ctx, set, &options, &places));
    assert_ok(ctx, hf__facts_open(ctx, "tests/data/spellings.csv", &table));
    size_t spelling, meaning, wrong = 0, n = hf__facts_n_rows(table);
    assert_ok(ctx, hf__facts_column(ctx, table, "spelling", &spelling));
    assert_ok(ctx, hf__facts_column(ctx, table, "meaning", &meaning));
    for (size_t i = 0; i < n; i++) {
        const char *text = hf__facts_cell(table, i, spelling);
        const char *decided = hf__facts_cell(table, i, meaning);
        char got[512];
        if (!is_as_decided(ctx, set, places, text, decided, got, sizeof got)) {
            print_error("%s:%zu: %s is %s, not %s\n", hf__facts_path(table),
                        hf__facts_line(table, i), text, got, decided);
            wrong++;
        }
    }
    assert_true(n > 1000);
    assert_int_equal(wrong, 0);
    hf__facts_close(table);
    hf_places_close(places);
    hf_boundaries_close(set);
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_means_what_was_decided),
    };
    return run_tests(tests);
}
