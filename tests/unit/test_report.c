#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

typedef struct fixture {
    hf_context *ctx;
    hf_report *report;
    hf_report_options options;
} fixture;

static fixture start(void) {
    fixture f = {0};
    assert_int_equal(hf_context_new(&f.ctx), HF_OK);
    hf_report_options_init(&f.options);
    f.options.home = "Bexley";
    return f;
}

static void open_report(fixture *f) {
    assert_ok(f->ctx, hf_report_new(f->ctx, &f->options, &f->report));
}

static void finish(fixture *f) {
    hf_report_free(f->report);
    hf_context_free(f->ctx);
}

static void add(fixture *f, hf_category category, const char *destination,
                double miles, uint64_t children, const char *value) {
    hf_placement p = {.categories = hf_category_set(category),
                      .authority = HF_NOWHERE,
                      .destination = destination,
                      .miles = miles,
                      .children = children,
                      .breakdown = value};
    assert_ok(f->ctx, hf_report_add(f->ctx, f->report, &p));
}

static char *write_report(fixture *f, hf_format format) {
    hf_document *document;
    char *text;
    size_t len;
    assert_ok(f->ctx, hf_document_new(f->ctx, &document));
    assert_ok(f->ctx, hf_report_write(f->ctx, f->report, document));
    assert_ok(f->ctx,
              hf_document_write(f->ctx, document, format, NULL, &text, &len));
    hf_document_free(document);
    return text;
}

static void assert_lacks(const char *text, const char *part) {
    if (strstr(text, part)) {
        print_error("\"%s\" holds \"%s\"\n", text, part);
        fail();
    }
}

/* ---- the real placements ---------------------------------------------------
 */

/* Cells of a line without quotes, cut in place. */
static size_t cut(char *line, char **cells, size_t most) {
    size_t n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at && n < most;) {
        char *comma = strchr(at, ',');
        cells[n++] = at;
        if (comma) {
            *comma = '\0';
        }
        at = comma ? comma + 1 : NULL;
    }
    return n;
}

static bool adjoins_hertfordshire(const char *name) {
    static const char *const neighbours[] = {
        "Barnet",  "Buckinghamshire", "Cambridgeshire", "Central Bedfordshire",
        "Enfield", "Essex",           "Harrow",         "Hillingdon",
        "Luton"};
    for (size_t i = 0; i < sizeof neighbours / sizeof *neighbours; i++) {
        if (!strcmp(name, neighbours[i])) {
            return true;
        }
    }
    return false;
}

/* The placements of a published report: 934, 371 of them outside the county.
 * Columns 7 to 10 and 12: latitude, longitude, authority, destination, reason.
 */
static void add_hertfordshire(fixture *f) {
    const hf_lonlat centre = {-0.217568, 51.830034};
    FILE *file = fopen(check_data("placements/hertfordshire_full.csv"), "r");
    assert_non_null(file);
    char line[1024];
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char *cells[12];
        assert_int_equal(cut(line, cells, 12), 12);
        hf_lonlat point = {strtod(cells[7], NULL), strtod(cells[6], NULL)};
        hf_category category =
            !strcmp(cells[8], "Hertfordshire") ? HF_CATEGORY_IN_COUNTY
            : adjoins_hertfordshire(cells[8])  ? HF_CATEGORY_NEIGHBOURING
                                               : HF_CATEGORY_DISTANT;
        add(f, category, cells[9],
            hf_miles_from_m(hf_geodesic_dist_m(centre, point)), 1, cells[11]);
    }
    fclose(file);
}

static fixture hertfordshire(uint64_t suppress) {
    fixture f = start();
    f.options.home = "Hertfordshire";
    f.options.breakdown = "reason";
    f.options.suppress = suppress;
    check_data("placements/hertfordshire_full.csv");
    open_report(&f);
    add_hertfordshire(&f);
    return f;
}

/* The figures of the published report. */
static void the_published_figures_come_out(void **state) {
    (void)state;
    fixture f = hertfordshire(0);
    char *text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text,
                    "371 of 934 placements (40 %) are outside Hertfordshire, "
                    "in 34 destinations; the farthest is 429 miles away, in "
                    "Scotland. 175 are in an adjoining authority, 196 at a "
                    "distance.");
    hf_text_free(text);
    text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\nIn county,563,60\n");
    assert_contains(text, "\nlack of provision,0,168,168,18\n");
    assert_contains(text, "\nLondon,");
    assert_contains(text, ",88,9\n");
    assert_contains(text, ",77,8\n");
    assert_contains(text, ",51,5\n");
    assert_contains(text, "\nOver 100 miles,0,");
    hf_text_free(text);
    text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "not for publication");
    hf_text_free(text);
    finish(&f);
}

static void the_three_in_scotland_are_withheld_with_their_miles(void **state) {
    (void)state;
    fixture f = hertfordshire(HF_REPORT_SUPPRESS);
    for (int format = HF_FORMAT_TEXT; format <= HF_FORMAT_LATEX; format++) {
        if (!hf_format_is_binary((hf_format)format)) {
            char *text = write_report(&f, (hf_format)format);
            assert_lacks(text, "429");
            hf_text_free(text);
        }
    }
    char *text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\nScotland,c,c,c,c,c,c,c,c\n");
    assert_contains(text, "\nAll,934,100\n");
    hf_text_free(text);
    text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "the farthest distance is withheld");
    assert_contains(text, "counts of 1 to 5 are withheld (c)");
    hf_text_free(text);
    finish(&f);
}

/* ---- small reports ---------------------------------------------------------
 */

static void bands_close_on_their_upper_edge_at_one_decimal(void **state) {
    (void)state;
    fixture f = start();
    f.options.suppress = 0;
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 20.04, 1, NULL);    /* 20.0 */
    add(&f, HF_CATEGORY_DISTANT, "Kent", 20.05, 10, NULL); /* 20.1 */
    add(&f, HF_CATEGORY_DISTANT, "Kent", 100.0, 100, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", NAN, 1000, NULL);
    char *text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\n20 miles or less,1,0,1,k\n");
    assert_contains(text, "\nOver 20 to 50 miles,0,10,10,1\n");
    assert_contains(text, "\nOver 50 to 100 miles,0,100,100,9\n");
    assert_contains(text, "\nOver 100 miles,0,0,0,0\n");
    assert_contains(text, "\nNot known,0,1000,1000,90\n");
    hf_text_free(text);
    finish(&f);
}

static void averages_are_of_children_and_half_up(void **state) {
    (void)state;
    fixture f = start();
    f.options.suppress = 0;
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 2, 3, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 3, 2, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Fife", 300.5, 1, NULL);
    /* Median (2 + 3) / 2 = 2.5, mean 312.5 / 6 = 52.1; outside 3 and
     * 306.5 / 3 = 102.2; farthest 300.5. */
    char *text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\nAll with a known distance,3,52,301\n");
    assert_contains(text, "\nOutside Bexley,3,102,301\n");
    hf_text_free(text);
    finish(&f);
}

static void the_order_of_withheld_rows_is_that_of_names(void **state) {
    (void)state;
    fixture f = start();
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 2, 300, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Zeeland", 90, 5, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Avon", 90, 1, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 90, 40, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Leeds", 90, 3, NULL);
    char *text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\nKent,40,11\nAvon,c,c\nLeeds,c,c\nZeeland,c,c\n");
    hf_text_free(text);
    finish(&f);
}

static void a_distance_of_few_is_withheld_and_one_of_many_is_not(void **state) {
    (void)state;
    fixture f = start();
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 2, 300, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Fife", 380.2, 5, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Fife", 340.2, 30, NULL);
    char *text = write_report(&f, HF_FORMAT_TEXT);
    assert_lacks(text, "380");
    hf_text_free(text);
    add(&f, HF_CATEGORY_DISTANT, "Fife", 379.6, 1, NULL);
    text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "the farthest is 380 miles away, in Fife");
    hf_text_free(text);
    finish(&f);
}

static void what_is_measured_to_an_area_is_said(void **state) {
    (void)state;
    static const char *const words[] = {
        [HF_TO_CENTRE] = "centre", [HF_TO_BORDER] = "nearest border"};
    for (hf_measured_to to = HF_TO_CENTRE; to <= HF_TO_BORDER; to++) {
        fixture f = start();
        char expected[160];
        open_report(&f);
        hf_placement p = {.categories = hf_category_set(HF_CATEGORY_DISTANT),
                          .authority = HF_NOWHERE,
                          .destination = "Fife",
                          .miles = 380,
                          .measured_to = to,
                          .children = 9};
        assert_ok(f.ctx, hf_report_add(f.ctx, f.report, &p));
        char *text = write_report(&f, HF_FORMAT_TEXT);
        snprintf(expected, sizeof expected,
                 "380 miles away, in Fife, measured to the %s of the area "
                 "named.",
                 words[to]);
        assert_contains(text, expected);
        snprintf(expected, sizeof expected,
                 "  Measured to the %s of the area that a placement is known "
                 "by, not to the placement.",
                 words[to]);
        assert_contains(text, expected);
        hf_text_free(text);
        /* A placement that is known is farther. */
        add(&f, HF_CATEGORY_DISTANT, "Moray", 420, 9, NULL);
        text = write_report(&f, HF_FORMAT_TEXT);
        assert_contains(text, "the farthest is 420 miles away, in Moray.");
        snprintf(expected, sizeof expected,
                 "  Measured to the %s of its area where a placement is known "
                 "by that only.",
                 words[to]);
        assert_contains(text, expected);
        hf_text_free(text);
        finish(&f);
    }
}

static void rounding_is_the_alternative(void **state) {
    (void)state;
    fixture f = start();
    f.options.round_to = 5;
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 2, 303, NULL);
    add(&f, HF_CATEGORY_NEIGHBOURING, "Kent", 9, 42, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Fife", 380, 2, NULL);
    char *text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "45 of 345 placements (13 %) are outside Bexley");
    assert_contains(text, "rounded to the nearest 5");
    assert_lacks(text, "303");
    assert_lacks(text, "380");
    hf_text_free(text);
    finish(&f);
}

/* What adding `n` children comes to whose values are `text`, or `text` and a
 * number. */
static void assert_no_breakdown(const char *name, const char *text,
                                bool is_numbered, int n, const char *message) {
    fixture f = start();
    f.options.breakdown = name;
    hf_status status = hf_report_new(f.ctx, &f.options, &f.report);
    for (int i = 0; i < n && !status; i++) {
        char value[64];
        int len = snprintf(value, sizeof value, "%s", text);
        if (is_numbered) {
            snprintf(value + len, sizeof value - (size_t)len, " %d", i);
        }
        hf_placement p = {.categories = hf_category_set(HF_CATEGORY_IN_COUNTY),
                          .authority = HF_NOWHERE,
                          .destination = "",
                          .miles = 2,
                          .children = 1,
                          .breakdown = value};
        status = hf_report_add(f.ctx, f.report, &p);
    }
    hf_document *document;
    assert_ok(f.ctx, hf_document_new(f.ctx, &document));
    status = status ? status : hf_report_write(f.ctx, f.report, document);
    assert_status(f.ctx, status, HF_ERR_UNSUITABLE);
    assert_contains(hf_context_message(f.ctx), message);
    hf_document_free(document);
    finish(&f);
}

static void columns_that_name_persons_are_no_breakdown(void **state) {
    (void)state;
    assert_no_breakdown("who", "child", true, 100, "has more than 40");
    assert_no_breakdown("who", "child", true, 3,
                        "value of \"who\" of their own");
    assert_no_breakdown("child_id", "a", false, 1,
                        "\"child_id\" names children");
    assert_no_breakdown("Home Postcode", "a", false, 1, "or addresses");
    assert_no_breakdown("where", "SG13 8DE", false, 100, "holds postcodes");
    assert_no_breakdown("where", "at SG13 8DE, Ely", false, 100, "postcodes");
    assert_no_breakdown("where", "sg138de", false, 100, "holds postcodes");
    assert_no_breakdown("no", "UPN 1234567", false, 100, "long numbers");
    assert_no_breakdown("mail", "a@b.example", false, 100, "addresses");
}

static void codes_and_districts_are_a_breakdown(void **state) {
    (void)state;
    fixture f = start();
    f.options.breakdown = "CIN";
    f.options.suppress = 0;
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 2, 7, "N1");
    add(&f, HF_CATEGORY_IN_COUNTY, "", 2, 8, "2023-24");
    char *text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\n2023-24,8,0,8,53\nN1,7,0,7,47\nAll,");
    hf_text_free(text);
    finish(&f);
}

/* It has a table of its own; more cells would only have more withheld. */
static void a_wide_breakdown_does_not_cross_destinations(void **state) {
    (void)state;
    for (int n = 8; n <= 9; n++) {
        fixture f = start();
        f.options.breakdown = "kind";
        open_report(&f);
        for (int i = 0; i < n; i++) {
            char value[16];
            snprintf(value, sizeof value, "k%d", i);
            add(&f, HF_CATEGORY_DISTANT, "Kent", 40, 20, value);
        }
        char *text = write_report(&f, HF_FORMAT_CSV);
        assert_contains(text, "\nk7,0,20,20,");
        if (n == 8) {
            assert_contains(text, "\ndestination,kind: k0,kind: k1,");
        } else {
            assert_contains(text,
                            "\ndestination,placements,percent\nKent,180,");
        }
        hf_text_free(text);
        finish(&f);
    }
}

static void add_set(fixture *f, unsigned categories, const char *destination,
                    uint64_t children) {
    hf_placement p = {.categories = categories,
                      .authority = HF_NOWHERE,
                      .destination = destination,
                      .miles = NAN,
                      .children = children};
    assert_ok(f->ctx, hf_report_add(f->ctx, f->report, &p));
}

/* London is outside Hertfordshire for certain, and neighbouring or distant; a
 * sector on the border is neither in nor out. */
static void what_may_have_several_categories_is_counted_for_what_is_certain(
    void **state) {
    (void)state;
    fixture f = start();
    f.options.suppress = 0;
    open_report(&f);
    add_set(&f, 1, "", 50);
    add_set(&f, 2, "Kent", 10);
    add_set(&f, 2 | 4, "Kent", 30);
    add_set(&f, 1 | 2, "", 10);
    char *text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "40 of 100 placements (40 %) are outside Bexley");
    assert_contains(text,
                    "10 are in an adjoining authority, 0 at a distance, 30 in "
                    "one or the other. 10 could not be placed.");
    hf_text_free(text);
    text = write_report(&f, HF_FORMAT_CSV);
    assert_contains(text, "\nNeighbouring or distant,30,30\nNot known,10,10\n");
    hf_text_free(text);
    finish(&f);
}

/* Otherwise the number of authorities would tell the least number of children
 * in a destination that is withheld. */
static void authorities_are_those_of_what_is_shown(void **state) {
    (void)state;
    fixture f = start();
    open_report(&f);
    for (size_t i = 0; i < 48; i++) {
        hf_placement p = {.categories = hf_category_set(HF_CATEGORY_DISTANT),
                          .authority = i < 3 ? i : 100 + i % 2,
                          .destination = i < 3    ? "Wales"
                                         : i < 23 ? "Devon"
                                                  : "Essex",
                          .miles = 90,
                          .children = 1};
        assert_ok(f.ctx, hf_report_add(f.ctx, f.report, &p));
    }
    char *text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "\nAuthorities outside  2 different ones, in dest");
    hf_text_free(text);
    finish(&f);
}

/* Whatever is added, a report comes out: protected, or the call would fail, as
 * the auditor has the last word. */
static void every_random_report_can_be_protected(void **state) {
    (void)state;
    static const char *const places[] = {"Kent", "Fife", "Leeds", "Hull",
                                         "Devon"};
    static const char *const values[] = {"school", "safety", "family", ""};
    int n_written = 0;
    for (int i = 0; i < 300; i++) {
        fixture f = start();
        f.options.suppress = check_random() % 7;
        f.options.round_to = check_random() % 4 ? 0 : 2 + check_random() % 9;
        f.options.breakdown = check_random() % 3 ? "reason" : NULL;
        open_report(&f);
        for (uint64_t k = check_random() % 40; k > 0; k--) {
            add(&f, (hf_category)(check_random() % HF_CATEGORY_COUNT),
                places[check_random() % 5],
                check_random() % 5 ? check_random_in(0, 200) : NAN,
                1 + check_random() % (check_random() % 4 ? 2 : 30),
                values[check_random() % 4]);
        }
        hf_document *document;
        assert_ok(f.ctx, hf_document_new(f.ctx, &document));
        hf_status status = hf_report_write(f.ctx, f.report, document);
        if (status) { /* every child with a reason of its own */
            assert_contains(hf_context_message(f.ctx), "of their own");
        } else {
            n_written++;
        }
        hf_document_free(document);
        finish(&f);
    }
    assert_true(n_written > 280);
}

static void options_are_checked(void **state) {
    (void)state;
    fixture f = start();
    const double descending[] = {50, 20};
    f.options.bands = descending;
    f.options.n_bands = 2;
    assert_status(f.ctx, hf_report_new(f.ctx, &f.options, &f.report),
                  HF_ERR_USAGE);
    f.options.bands = NULL;
    f.options.round_to = 1;
    assert_status(f.ctx, hf_report_new(f.ctx, &f.options, &f.report),
                  HF_ERR_USAGE);
    f.options.round_to = 0;
    f.options.home = NULL;
    assert_status(f.ctx, hf_report_new(f.ctx, &f.options, &f.report),
                  HF_ERR_USAGE);
    finish(&f);
}

static void a_report_of_nothing_says_so(void **state) {
    (void)state;
    fixture f = start();
    open_report(&f);
    char *text = write_report(&f, HF_FORMAT_TEXT);
    assert_contains(text, "0 of 0 placements are outside Bexley; no distance");
    hf_text_free(text);
    finish(&f);
}

/* ---- templates -------------------------------------------------------------
 */

static char *write_template(fixture *f, hf_template kind) {
    const hf_template_place place = {.time_period = "2024",
                                     .time_identifier = "Reporting year",
                                     .country_code = "E92000001",
                                     .country_name = "England",
                                     .old_la_code = "303",
                                     .new_la_code = "E09000004",
                                     .la_name = "Bexley"};
    hf_document *document;
    char *text;
    size_t len;
    assert_ok(f->ctx, hf_document_new(f->ctx, &document));
    assert_ok(f->ctx, hf_report_write_template(f->ctx, f->report, kind, &place,
                                               document));
    assert_ok(f->ctx, hf_document_write(f->ctx, document, HF_FORMAT_CSV, NULL,
                                        &text, &len));
    hf_document_free(document);
    return text;
}

#define PLACE_COLUMNS                                               \
    "time_period,time_identifier,geographic_level,country_code,"    \
    "country_name,region_code,region_name,old_la_code,new_la_code," \
    "la_name,"
#define PLACE                                                        \
    "2024,Reporting year,Local authority,E92000001,England,x,x,303," \
    "E09000004,Bexley,"

static void the_table_of_locality_is_tidy(void **state) {
    (void)state;
    fixture f = start();
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 3, 95, NULL);
    add(&f, HF_CATEGORY_IN_COUNTY, "", NAN, 20, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 20.04, 30, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 20.05, 55, NULL);
    char *text = write_template(&f, HF_TEMPLATE_DFE_LOCALITY);
    assert_string_equal(
        text,
        PLACE_COLUMNS "locality,distance,number,percentage\n" PLACE
                      "Inside boundary,20 miles or less,95,48\n" /* 47.5 */
        PLACE "Inside boundary,Over 20 miles,0,0\n" PLACE
                      "Inside boundary,Not known or not recorded,20,10\n" PLACE
                      "Inside boundary,Total,115,58\n" /* 57.5 */
        PLACE "Outside boundary,20 miles or less,30,15\n" PLACE
                      "Outside boundary,Over 20 miles,55,28\n" /* 27.5 */
        PLACE "Outside boundary,Not known or not recorded,0,0\n" PLACE
                      "Outside boundary,Total,85,43\n" /* 42.5 */
        PLACE "Total,20 miles or less,125,63\n"        /* 62.5 */
        PLACE "Total,Over 20 miles,55,28\n" PLACE
                      "Total,Not known or not recorded,20,10\n" PLACE
                      "Total,Total,200,100\n");
    hf_text_free(text);
    finish(&f);
}

static void the_table_of_bands_withholds_and_rounds_to_k(void **state) {
    (void)state;
    fixture f = start();
    open_report(&f);
    add(&f, HF_CATEGORY_IN_COUNTY, "", 20.04, 2000, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 40.04, 9, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 60.1, 3, NULL);
    add(&f, HF_CATEGORY_DISTANT, "Kent", 100.05, 8, NULL);
    char *text = write_template(&f, HF_TEMPLATE_DFE_BANDS);
    assert_string_equal(
        text, PLACE_COLUMNS
        "distance,number,percentage\n" PLACE "Under 20 miles,2000,99\n" PLACE
        "21 to 40 miles,9,k\n" PLACE "41 to 60 miles,0,0\n" PLACE
        "61 to 80 miles,c,c\n" PLACE "81 to 100 miles,0,0\n" PLACE
        "Over 100 miles,c,c\n" PLACE "Not known or not recorded,0,0\n" PLACE
        "Total,2020,100\n");
    hf_text_free(text);
    finish(&f);
}

static void templates_have_names(void **state) {
    (void)state;
    fixture f = start();
    hf_template kind;
    assert_ok(f.ctx, hf_template_parse(f.ctx, "DfE-bands", &kind));
    assert_int_equal(kind, HF_TEMPLATE_DFE_BANDS);
    assert_status(f.ctx, hf_template_parse(f.ctx, "dfe", &kind), HF_ERR_USAGE);
    assert_contains(hf_context_message(f.ctx), "dfe-locality, dfe-bands");
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_figures_come_out),
        cmocka_unit_test(the_three_in_scotland_are_withheld_with_their_miles),
        cmocka_unit_test(bands_close_on_their_upper_edge_at_one_decimal),
        cmocka_unit_test(averages_are_of_children_and_half_up),
        cmocka_unit_test(the_order_of_withheld_rows_is_that_of_names),
        cmocka_unit_test(a_distance_of_few_is_withheld_and_one_of_many_is_not),
        cmocka_unit_test(what_is_measured_to_an_area_is_said),
        cmocka_unit_test(rounding_is_the_alternative),
        cmocka_unit_test(columns_that_name_persons_are_no_breakdown),
        cmocka_unit_test(codes_and_districts_are_a_breakdown),
        cmocka_unit_test(a_wide_breakdown_does_not_cross_destinations),
        cmocka_unit_test(
            what_may_have_several_categories_is_counted_for_what_is_certain),
        cmocka_unit_test(authorities_are_those_of_what_is_shown),
        cmocka_unit_test(every_random_report_can_be_protected),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(a_report_of_nothing_says_so),
        cmocka_unit_test(the_table_of_locality_is_tidy),
        cmocka_unit_test(the_table_of_bands_withholds_and_rounds_to_k),
        cmocka_unit_test(templates_have_names),
    };
    return run_tests(tests);
}
