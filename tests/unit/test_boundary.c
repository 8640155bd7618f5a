/* Boundary sets made by hand: what a loader meets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/boundary.h"
#include "atlas/boundary_about.h"
#include "check.h"
#include "fixture_shapefile.h"

/* A context that keeps its warnings, one per line. */
typedef struct watched {
    hf_context *ctx;
    hf__buf warnings;
} watched;

static void keep_warning(void *user, const char *message) {
    watched *w = user;
    hf__buf_add_text(&w->warnings, message);
    hf__buf_add_char(&w->warnings, '\n');
}

static int setup(void **state) {
    watched *w = calloc(1, sizeof *w);
    assert_non_null(w);
    assert_int_equal(hf_context_new(&w->ctx), HF_OK);
    hf_context_set_warning_handler(w->ctx, keep_warning, w);
    *state = w;
    return 0;
}

static int teardown(void **state) {
    watched *w = *state;
    hf_context_free(w->ctx);
    hf__buf_reset(&w->warnings);
    free(w);
    return 0;
}

static const char *warnings(const watched *w) {
    return w->warnings.text ? w->warnings.text : "";
}

/* Two squares that share an edge, the second with a hole. */
static void two_squares(fixture *f) {
    fixture_init(f, "CTYUA24CD,CTYUA24NM,CTYUA24NMW");
    fixture_add(f, "W06000002|Second|Ail", fixture_square(410000, 300000, 1e4));
    char holed[600];
    snprintf(holed, sizeof holed, "%s;%s", fixture_square(400000, 300000, 1e4),
             "402000 302000,404000 302000,404000 304000,402000 304000,"
             "402000 302000");
    fixture_add(f, "E06000001|First|", holed);
    fixture_finish(f);
}

static void loads_and_describes(void **state) {
    watched *w = *state;
    fixture f;
    hf_boundaries *set;
    two_squares(&f);
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
    assert_string_equal(warnings(w), "");
    const hf_boundaries_info *info = hf_boundaries_get_info(set);
    assert_string_equal(info->path, "test.shp");
    assert_string_equal(info->set_name, "test");
    assert_string_equal(info->vintage, "2024");
    assert_string_equal(info->code_field, "CTYUA24CD");
    assert_string_equal(info->name_field, "CTYUA24NM");
    assert_string_equal(info->encoding, "UTF-8");
    assert_string_equal(info->plane, "EPSG:27700");
    assert_true(info->resolution_is_guess ||
                info->resolution == HF_RESOLUTION_UNKNOWN);
    assert_false(info->is_lower_tier);
    assert_int_equal(info->vertices, 12);
    assert_int_equal(info->records, 2);
    assert_near(info->median_edge_m, 10000, 0);

    assert_int_equal(hf_boundaries_count(set), 2);
    const hf_authority *first = hf_boundaries_authority(set, 0);
    assert_string_equal(first->code, "E06000001");
    assert_string_equal(first->name, "First");
    assert_string_equal(first->name_cy, "");
    assert_int_equal(first->country, HF_ENGLAND);
    assert_int_equal(first->parts, 1);
    assert_int_equal(first->holes, 1);
    assert_int_equal(first->vertices, 8);
    assert_near(first->area_m2, 1e8 - 4e6, 1e-6);
    assert_near(first->centroid.x_m, (405000 * 1e8 - 403000 * 4e6) / 96e6,
                1e-6);
    assert_true(first->centre_is_within);
    assert_false(first->was_repaired);
    const hf_authority *second = hf_boundaries_authority(set, 1);
    assert_string_equal(second->name_cy, "Ail");
    assert_int_equal(second->country, HF_WALES);
    /* echo 415000 305000 | cs2cs -d 9 EPSG:27700 EPSG:4326 (PROJ 9.1.1,
     * without a grid file); 5e-5 degrees leave room for one. */
    assert_near(second->centre.lon_deg, -1.779755417, 5e-5);
    assert_near(second->centre.lat_deg, 52.642536977, 5e-5);
    assert_int_equal(hf_boundaries_find_code(set, "w06000002", 9), 1);
    assert_int_equal(hf_boundaries_find_code(set, "W0600000", 8), HF_NOWHERE);
    const hf__polygon *polygon = hf__boundaries_polygon(set, 0);
    assert_int_equal(hf__polygon_side(polygon, (hf_xy){403000, 303000}),
                     HF__OUTSIDE);
    assert_int_equal(hf__polygon_side(polygon, (hf_xy){401000, 301000}),
                     HF__INSIDE);
    hf_boundaries_close(set);
    fixture_reset(&f);
}

/* Shapes by their rings alone: {rings, parts, holes, area, repaired}. */
static void an_about_file_gives_title_and_accuracy(void **state) {
    watched *w = *state;
    hf_context *ctx = w->ctx;
    static const char text[] =
        "Our boundaries, 2024\r\nabout 50 m\nOurs, 2024\n";
    fixture f;
    two_squares(&f);
    f.bytes.about = text;
    f.bytes.about_len = strlen(text);
    hf_boundaries *set;
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    const hf_boundaries_info *info = hf_boundaries_get_info(set);
    assert_string_equal(info->set_name, "Our boundaries, 2024");
    assert_string_equal(info->resolution_text, "about 50 m");
    assert_string_equal(info->attribution, "Ours, 2024");
    assert_false(info->resolution_is_guess);
    assert_contains(info->citation,
                    "Our boundaries, 2024, about 50 m, 2 areas, CRC-32 ");
    hf_boundaries_close(set);
    f.bytes.about = "\xFF";
    f.bytes.about_len = 1;
    assert_ok(ctx, hf_boundaries_open_bytes(ctx, &f.bytes, NULL, &set));
    assert_string_equal(hf_boundaries_get_info(set)->set_name, "test");
    hf_boundaries_close(set);
    fixture_reset(&f);
}

/* Opens a fixture whose .about file says that `checksum` was found valid. */
static hf_boundaries *open_marked(watched *w, fixture *f, uint32_t checksum) {
    char text[64];
    int len = snprintf(text, sizeof text, "\n\n\nvalid CRC-32 %08lx\n",
                       (unsigned long)checksum);
    f->bytes.about = text;
    f->bytes.about_len = (size_t)len;
    hf_boundaries *set;
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f->bytes, NULL, &set));
    f->bytes.about = NULL;
    f->bytes.about_len = 0;
    return set;
}

/* The outer rings of its first authority. */
static size_t parts_marked(watched *w, fixture *f, uint32_t checksum) {
    hf_boundaries *set = open_marked(w, f, checksum);
    size_t parts = hf_boundaries_authority(set, 0)->parts;
    hf_boundaries_close(set);
    return parts;
}

static uint32_t checksum_of(watched *w, fixture *f, bool *out_valid) {
    hf_boundaries *set;
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f->bytes, NULL, &set));
    uint32_t checksum = hf_boundaries_get_info(set)->checksum;
    *out_valid = hf_boundaries_get_info(set)->is_valid;
    hf_boundaries_close(set);
    return checksum;
}

/* A hole that is wound as outer rings are shows who looked: whoever believes
 * the mark takes it for a part. */
static void a_mark_counts_for_these_very_bytes_alone(void **state) {
    watched *w = *state;
    fixture f;
    fixture_init(&f, "CTYUA24CD,CTYUA24NM");
    char holed[600];
    snprintf(holed, sizeof holed, "%s;%s", fixture_square(400000, 300000, 1e4),
             fixture_square(402000, 302000, 2e3));
    fixture_add(&f, "E06000001|First", holed);
    fixture_finish(&f);
    bool is_valid;
    uint32_t checksum = checksum_of(w, &f, &is_valid);
    assert_false(is_valid);
    assert_int_equal(parts_marked(w, &f, checksum), 2);
    for (size_t i = 0; i < 32; i++) {
        assert_int_equal(parts_marked(w, &f, checksum ^ (uint32_t)1 << i), 1);
    }
    /* Other bytes, of either file. */
    f.shp.text[f.shp.len - 1] ^= 1;
    assert_int_equal(parts_marked(w, &f, checksum), 1);
    f.shp.text[f.shp.len - 1] ^= 1;
    char *first = memchr(f.dbf.text, 'F', f.dbf.len);
    assert_non_null(first);
    *first = 'f';
    assert_int_equal(parts_marked(w, &f, checksum), 1);
    fixture_reset(&f);
}

/* What is known of longitude and latitude says nothing of the plane. */
static void a_mark_does_not_count_in_another_plane(void **state) {
    watched *w = *state;
    fixture f;
    fixture_init(&f, "CTYUA24CD,CTYUA24NM");
    f.prj = "EPSG:4326";
    fixture_add(&f, "E06000001|First",
                "-1 52,-1 53,0 53,0 52,-1 52;"
                "-0.6 52.4,-0.6 52.6,-0.4 52.6,-0.4 52.4,-0.6 52.4");
    fixture_finish(&f);
    bool is_valid;
    uint32_t checksum = checksum_of(w, &f, &is_valid);
    assert_false(is_valid);
    assert_int_equal(parts_marked(w, &f, checksum), 1);
    fixture_reset(&f);
}

static void marks_that_are_not_whole_are_none(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool has_valid;
        uint32_t valid;
    } cases[] = {
        {"a\nb\nc\nvalid CRC-32 0123abcd\n", true, 0x0123abcd},
        {"\n\n\nfurther\r\nvalid CRC-32 ffffffff\r\n", true, 0xffffffff},
        {"\n\n\nvalid CRC-32 00000000", true, 0},
        {"valid CRC-32 0123abcd\n\n\n", false, 0}, /* a title */
        {"\n\n\nvalid CRC-32 0123abc\n", false, 0},
        {"\n\n\nvalid CRC-32 0123abcde\n", false, 0},
        {"\n\n\nvalid CRC-32 0123ABCD\n", false, 0},
        {"\n\n\nvalid CRC-32 \n", false, 0},
        {"\n\n\nvalid CRC-32", false, 0},
        {"\n\n\ninvalid CRC-32 0123abcd", false, 0},
        {"\n\n\nvalid CRC-32 0123abc\xFF", false, 0},
        {"", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__about about;
        hf__about_read(hf__str_of(cases[i].text), &about);
        assert_int_equal(about.has_valid, cases[i].has_valid);
        assert_int_equal(about.valid, cases[i].valid);
    }
}

/* What a file must be, as it stands, to be marked. */
static void knows_a_file_that_is_valid_as_it_stands(void **state) {
    watched *w = *state;
    fixture f;
    bool is_valid;
    two_squares(&f);
    uint32_t checksum = checksum_of(w, &f, &is_valid);
    assert_true(is_valid);
    hf_boundaries *plain;
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &plain));
    hf_boundaries *marked = open_marked(w, &f, checksum);
    for (size_t i = 0; i < 2; i++) {
        const hf__polygon *a = hf__boundaries_polygon(plain, i);
        const hf__polygon *b = hf__boundaries_polygon(marked, i);
        assert_int_equal(a->n_rings, b->n_rings);
        assert_memory_equal(a->points, b->points,
                            hf__polygon_n_points(a) * sizeof *a->points);
        assert_true(hf_boundaries_authority(plain, i)->holes ==
                    hf_boundaries_authority(marked, i)->holes);
    }
    assert_true(hf_boundaries_get_info(marked)->is_valid);
    hf_boundaries_close(plain);
    hf_boundaries_close(marked);
    fixture_reset(&f);
    static const char *const rings[] = {
        /* crossing itself; the wrong way round; without a shape */
        "0 0,9000 9000,9000 0,0 9000,0 0", "0 0,9000 0,9000 9000,0 9000,0 0",
        ""};
    for (size_t i = 0; i < 3; i++) {
        fixture_init(&f, "CTYUA24CD,CTYUA24NM");
        fixture_add(&f, "E06000001|First", fixture_square(2e4, 3e4, 1e3));
        fixture_add(&f, "E06000002|Second", rings[i]);
        fixture_finish(&f);
        checksum_of(w, &f, &is_valid);
        assert_true(is_valid == (i == 2));
        fixture_reset(&f);
    }
}

static void tells_holes_from_parts_whatever_their_winding(void **state) {
    watched *w = *state;
    static const struct {
        const char *what, *rings;
        size_t parts, holes;
        double area_m2;
        bool repaired;
    } cases[] = {
        {"counter-clockwise", "0 0,10 0,10 10,0 10,0 0", 1, 0, 100, false},
        {"not closed", "0 0,10 0,10 10,0 10", 1, 0, 100, false},
        {"hole wound as its outer ring",
         "0 0,0 10,10 10,10 0,0 0;2 2,2 4,4 4,4 2,2 2", 1, 1, 96, false},
        {"hole before its outer ring",
         "2 2,4 2,4 4,2 4,2 2;0 0,0 10,10 10,10 0,0 0", 1, 1, 96, false},
        {"island in a hole",
         "0 0,0 10,10 10,10 0,0 0;2 2,8 2,8 8,2 8,2 2;4 4,4 6,6 6,6 4,4 4", 2,
         1, 68, false},
        {"two parts that touch in a corner",
         "0 0,0 5,5 5,5 0,0 0;5 5,5 9,9 9,9 5,5 5", 2, 0, 41, false},
        {"hole that touches its outer ring",
         "0 0,0 10,10 10,10 0,0 0;0 0,6 2,2 6,0 0", 1, 1, 84, false},
        {"repeated vertices", "0 0,0 0,0 10,0 10,0 10,10 10,10 0,10 0,0 0,0 0",
         1, 0, 100, false},
        {"a ring of two points", "0 0,0 10,10 10,10 0,0 0;3 3,4 4,3 3", 1, 0,
         100, false},
        {"a bow tie", "0 0,10 10,10 0,0 10,0 0", 2, 0, 50, true},
        {"a spike", "0 0,0 10,10 10,10 0,20 0,10 0,0 0", 1, 0, 100, true},
        {"parts that overlap", "0 0,0 6,6 6,6 0,0 0;4 4,4 10,10 10,10 4,4 4", 1,
         0, 68, true},
        {"parts that share an edge", "0 0,0 5,5 5,5 0,0 0;5 0,5 5,9 5,9 0,5 0",
         1, 0, 45, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        hf_boundaries *set;
        fixture_init(&f, "code,name");
        fixture_add(&f, "E06000001|A", cases[i].rings);
        /* so that the extent is no longitude and latitude */
        fixture_add(&f, "E06000002|B", fixture_square(400000, 300000, 1000));
        fixture_finish(&f);
        w->warnings.len = 0;
        assert_ok(w->ctx,
                  hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
        const hf_authority *a = hf_boundaries_authority(set, 0);
        if (a->parts != cases[i].parts || a->holes != cases[i].holes ||
            a->was_repaired != cases[i].repaired) {
            fail_msg("%s: %zu parts, %zu holes, repaired %d", cases[i].what,
                     a->parts, a->holes, a->was_repaired);
        }
        assert_near(a->area_m2, cases[i].area_m2, 1e-9);
        assert_int_equal(hf_boundaries_get_info(set)->repaired,
                         cases[i].repaired);
        if (cases[i].repaired) {
            assert_contains(warnings(w), "E06000001 A: ");
            assert_contains(warnings(w), "made valid");
        }
        hf_boundaries_close(set);
        fixture_reset(&f);
    }
}

static void unites_records_of_one_code(void **state) {
    watched *w = *state;
    fixture f;
    hf_boundaries *set;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000002|B", fixture_square(405000, 300000, 1000));
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(&f, "E06000001|A", fixture_square(401000, 300000, 1000));
    fixture_add(&f, "E06000001|A", fixture_square(410000, 300000, 1000));
    fixture_finish(&f);
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
    assert_int_equal(hf_boundaries_count(set), 2);
    const hf_authority *a = hf_boundaries_authority(set, 0);
    assert_int_equal(a->parts, 2);
    assert_near(a->area_m2, 3e6, 1e-6);
    assert_false(a->was_repaired);
    assert_string_equal(warnings(w), "");
    hf_boundaries_close(set);
    fixture_reset(&f);
}

static void calls_what_has_no_name_by_its_code(void **state) {
    watched *w = *state;
    fixture f;
    hf_boundaries *set;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(&f, "E06000002|", fixture_square(402000, 300000, 1000));
    fixture_finish(&f);
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
    assert_int_equal(hf_boundaries_count(set), 2);
    assert_string_equal(hf_boundaries_authority(set, 1)->name, "E06000002");
    assert_contains(warnings(w), "record 2 (E06000002) has no name in name");
    hf_boundaries_close(set);
    fixture_reset(&f);
}

static void leaves_out_what_has_no_code_or_shape_and_says_so(void **state) {
    watched *w = *state;
    fixture f;
    hf_boundaries *set;
    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(&f, "E06000002|B", "");
    fixture_add(&f, "|C", fixture_square(402000, 300000, 1000));
    fixture_add(&f, "E06000001|A", "");
    fixture_add(&f, "E06000004|D", "0 0,1 1,0 0");
    fixture_add(&f, "E06000005|E", "1e-310 0,0 0,0 5e-312,1e-310 1e-312");
    fixture_finish(&f);
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
    assert_int_equal(hf_boundaries_count(set), 1);
    assert_near(hf_boundaries_authority(set, 0)->area_m2, 1e6, 1e-6);
    assert_contains(warnings(w), "record 2 (E06000002 B) has no shape");
    assert_contains(warnings(w), "E06000002 B has no shape in any record");
    assert_contains(warnings(w), "record 3 has no code in code; left out");
    assert_contains(warnings(w), "record 4 (E06000001 A) has no shape");
    assert_contains(warnings(w), "E06000004 D: no ring encloses an area");
    assert_contains(warnings(w), "E06000005 E: no ring encloses an area");
    hf_boundaries_close(set);
    fixture_reset(&f);

    fixture_init(&f, "code,name");
    fixture_add(&f, "E06000002|B", "");
    fixture_finish(&f);
    assert_status(w->ctx,
                  hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set),
                  HF_ERR_GEOMETRY);
    fixture_reset(&f);
    fixture_init(&f, "code,name");
    fixture_finish(&f);
    assert_status(w->ctx,
                  hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set),
                  HF_ERR_NOT_FOUND);
    fixture_reset(&f);
}

static void reads_polygons_with_z_and_m(void **state) {
    watched *w = *state;
    static const int types[] = {15, 25};
    for (size_t i = 0; i < 2; i++) {
        fixture f;
        hf_boundaries *set;
        fixture_init(&f, "code,name");
        f.shape_type = types[i];
        fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
        fixture_add(&f, "E06000002|B", fixture_square(401000, 300000, 1000));
        fixture_finish(&f);
        assert_ok(w->ctx,
                  hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
        assert_near(hf_boundaries_authority(set, 1)->area_m2, 1e6, 1e-6);
        hf_boundaries_close(set);
        fixture_reset(&f);
    }
}

static void finds_the_fields(void **state) {
    watched *w = *state;
    static const struct {
        const char *fields; /* of which the cells are code, name, and one of
                               `third` */
        const char *third, *code_option, *name_option;
        hf_status status;
        const char *code_field, *name_field, *vintage; /* or the message */
    } cases[] = {
        {"ctyua19cd,ctyua19nm,x", "", 0, 0, HF_OK, "ctyua19cd", "ctyua19nm",
         "2019"},
        {"UTLA21CD,UTLA21NM,x", "", 0, 0, HF_OK, "UTLA21CD", "UTLA21NM",
         "2021"},
        {"LAD24CD,LAD24NM,x", "", 0, 0, HF_OK, "LAD24CD", "LAD24NM", "2024"},
        {"CTRY11CD,CTRY11NM,x", "", 0, 0, HF_OK, "CTRY11CD", "CTRY11NM",
         "2011"},
        {"areacd,areanm,x", "", 0, 0, HF_OK, "areacd", "areanm", ""},
        {"GSS_CODE,NAME,x", "", 0, 0, HF_OK, "GSS_CODE", "NAME", ""},
        {"la_code,la_name,x", "", 0, 0, HF_OK, "la_code", "la_name", ""},
        /* the upper tier wins in a lookup of both */
        {"CTYUA24CD,CTYUA24NM,LAD24CD", "E07000001", 0, 0, HF_OK, "CTYUA24CD",
         "CTYUA24NM", "2024"},
        {"CTYUA24CD,CTYUA24NM,CTYUA19CD", "E07000001", 0, 0, HF_ERR_AMBIGUOUS,
         "CTYUA24CD, CTYUA19CD", "--code-field", 0},
        {"LAD24CD,LAD24NM,RGN24CD", "E12000001", 0, 0, HF_ERR_AMBIGUOUS,
         "LAD24CD, RGN24CD", "--code-field", 0},
        {"LAD24CD,LAD24NM,RGN24CD", "E12000001", "lad24cd", 0, HF_OK, "LAD24CD",
         "LAD24NM", "2024"},
        /* by content */
        {"first,council,x", "", 0, 0, HF_OK, "first", "council", ""},
        {"first,council,x", "E12000001", 0, 0, HF_ERR_AMBIGUOUS, "first, x",
         "--code-field", 0},
        {"first,second,x", "", 0, 0, HF_ERR_NOT_FOUND, "first, second, x",
         "--name-field", 0},
        {"first,second,x", "", 0, "SECOND", HF_OK, "first", "second", ""},
        {"first,second,x", "", "third", 0, HF_ERR_NOT_FOUND, "first, second, x",
         "--code-field", 0},
        {"first,second,x", "", 0, "third", HF_ERR_NOT_FOUND, "first, second, x",
         "--name-field", 0},
        {"ctyua2cd,ctyua24n,x", "", 0, "x", HF_OK, "ctyua2cd", "x", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        hf_boundaries *set;
        hf_boundaries_options options;
        hf_boundaries_options_init(&options);
        options.code_field = cases[i].code_option;
        options.name_field = cases[i].name_option;
        char cells[100];
        snprintf(cells, sizeof cells, "E06000001|A|%s", cases[i].third);
        fixture_init(&f, cases[i].fields);
        fixture_add(&f, cells, fixture_square(400000, 300000, 1000));
        fixture_finish(&f);
        hf_status status =
            hf_boundaries_open_bytes(w->ctx, &f.bytes, &options, &set);
        assert_status(w->ctx, status, cases[i].status);
        if (status) {
            assert_contains(hf_context_message(w->ctx), cases[i].code_field);
            assert_contains(hf_context_message(w->ctx), cases[i].name_field);
        } else {
            const hf_boundaries_info *info = hf_boundaries_get_info(set);
            assert_string_equal(info->code_field, cases[i].code_field);
            assert_string_equal(info->name_field, cases[i].name_field);
            assert_string_equal(info->vintage, cases[i].vintage);
            hf_boundaries_close(set);
        }
        fixture_reset(&f);
    }
}

static void decides_the_encoding_and_checks_it(void **state) {
    watched *w = *state;
    static const char utf8[] = "Ynys M\xC3\xB4n", latin[] = "Ynys M\xF4n";
    static const struct {
        const char *cpg, *name, *option, *encoding, *read, *warning;
        int language;
        hf_status status;
    } cases[] = {
        {"UTF-8\r\n", utf8, 0, "UTF-8", utf8, 0, 0, HF_OK},
        {" 65001 ", utf8, 0, "UTF-8", utf8, 0, 0, HF_OK},
        {"1252", latin, 0, "CP1252", utf8, 0, 0, HF_OK},
        {"ANSI 1252", latin, 0, "CP1252", utf8, 0, 0, HF_OK},
        {"88591", latin, 0, "ISO-8859-1", utf8, 0, 0, HF_OK},
        {"LATIN1", latin, 0, "ISO-8859-1", utf8, 0, 0, HF_OK},
        {"UTF-8", latin, 0, "CP1252", utf8, "test.cpg: says UTF-8", 0, HF_OK},
        {"CP1252", utf8, 0, "UTF-8", utf8, "test.cpg: says CP1252", 0, HF_OK},
        {"ISO-8859-1", utf8, 0, "UTF-8", utf8, "test.cpg: says ISO-8859-1", 0,
         HF_OK},
        {"nonsense", utf8, 0, "UTF-8", utf8, "names no known encoding", 0,
         HF_OK},
        {"", latin, 0, "CP1252", utf8, "names no known encoding", 0, HF_OK},
        {0, utf8, 0, "UTF-8", utf8, 0, 0, HF_OK},
        {0, latin, 0, "CP1252", utf8, 0, 0, HF_OK},
        {0, latin, 0, "CP1252", utf8, 0, 0x57, HF_OK},
        {0, "Ynys M\x93n", 0, "CP850", utf8, 0, 0x02, HF_OK},
        {0, utf8, 0, "UTF-8", utf8, "test.dbf: says CP1252", 0x57, HF_OK},
        {"UTF-8", "Ynys M\x93n", "CP850", "CP850", utf8, 0, 0, HF_OK},
        {"UTF-8", latin, "UTF-8", 0, "--encoding", 0, 0, HF_ERR_DAMAGED},
        {0, "Ynys M\x81n", 0, 0, "--encoding", 0, 0, HF_ERR_DAMAGED},
        {0, utf8, "klingon", 0, "klingon", 0, 0, HF_ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        hf_boundaries *set;
        hf_boundaries_options options;
        hf_boundaries_options_init(&options);
        options.encoding = cases[i].option;
        char cells[100];
        snprintf(cells, sizeof cells, "W06000001|%s", cases[i].name);
        fixture_init(&f, "code,name");
        fixture_add(&f, cells, fixture_square(240000, 380000, 1000));
        f.cpg = cases[i].cpg;
        fixture_finish(&f);
        f.dbf.text[29] = (char)cases[i].language;
        w->warnings.len = 0;
        if (w->warnings.text) {
            w->warnings.text[0] = '\0';
        }
        assert_status(
            w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, &options, &set),
            cases[i].status);
        if (cases[i].status) {
            assert_contains(hf_context_message(w->ctx), cases[i].read);
        } else {
            assert_string_equal(hf_boundaries_authority(set, 0)->name,
                                cases[i].read);
            assert_string_equal(hf_boundaries_get_info(set)->encoding,
                                cases[i].encoding);
            hf_boundaries_close(set);
        }
        if (cases[i].warning) {
            assert_contains(warnings(w), cases[i].warning);
        } else {
            assert_string_equal(warnings(w), "");
        }
        fixture_reset(&f);
    }
}

/* As ArcGIS writes it: without an authority's code. */
static const char web_mercator_esri[] =
    "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",GEOGCS[\"GCS_WGS_1984\","
    "DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],"
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],"
    "PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0.0]"
    ","
    "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",0.0],"
    "PARAMETER[\"Standard_Parallel_1\",0.0],"
    "PARAMETER[\"Auxiliary_Sphere_Type\",0.0],UNIT[\"Meter\",1.0]]";

static void asks_for_a_projection_that_fits(void **state) {
    watched *w = *state;
    static const struct {
        const char *prj, *option;
        double x, y, side;
        hf_status status;
        const char *said; /* the plane, or part of the message */
    } cases[] = {
        {"EPSG:27700", 0, 400000, 300000, 1000, HF_OK, "EPSG:27700"},
        {0, "EPSG:27700", 400000, 300000, 1000, HF_OK, "EPSG:27700"},
        {0, 0, 400000, 300000, 1000, HF_ERR_PROJECTION,
         "test.prj: no such file, so the projection is unknown; name it with "
         "--projection EPSG:27700"},
        {0, 0, -2, 52, 0.1, HF_ERR_PROJECTION, "--projection EPSG:4326"},
        {"", 0, 400000, 300000, 1000, HF_ERR_PROJECTION, "test.prj"},
        {"no projection at all", 0, 400000, 300000, 1000, HF_ERR_PROJECTION,
         "test.prj"},
        {"EPSG:4326", 0, -2, 52, 0.1, HF_OK, "EPSG:27700"},
        {"EPSG:4326", 0, 400000, 300000, 1000, HF_ERR_PROJECTION,
         "--projection EPSG:27700"},
        {"EPSG:4326", 0, 52, -2, 0.1, HF_ERR_PROJECTION, "latitude comes"},
        {"EPSG:27700", 0, -2, 52, 0.1, HF_ERR_PROJECTION,
         "--projection EPSG:4326"},
        {"EPSG:27700", 0, -222639, 6800125, 1000, HF_ERR_PROJECTION,
         "--projection"},
        {"EPSG:3857", 0, -222639, 6800125, 1000, HF_OK, "EPSG:27700"},
        {web_mercator_esri, 0, -222639, 6800125, 1000, HF_OK, "EPSG:27700"},
        {"EPSG:3395", 0, -222639, 6800125, 1000, HF_OK, "EPSG:27700"},
        {"EPSG:32630", 0, 568000, 5760000, 1000, HF_OK, "EPSG:32630"},
        {"EPSG:3035", 0, 3500000, 3300000, 1000, HF_OK, "EPSG:3035"},
        /* The British grid read as something else. */
        {"EPSG:32630", 0, 400000, 300000, 1000, HF_ERR_PROJECTION,
         "test.prj: WGS 84 / UTM zone 30N would put record 1 of "},
        {web_mercator_esri, 0, 400000, 300000, 1000, HF_ERR_PROJECTION,
         "outside the United Kingdom; name the right projection with "
         "--projection EPSG:27700"},
        {0, "EPSG:29902", 450000, 1150000, 70000, HF_ERR_PROJECTION,
         "--projection: TM65 / Irish Grid would put"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        hf_boundaries *set;
        hf_boundaries_options options;
        hf_boundaries_options_init(&options);
        options.projection = cases[i].option;
        fixture_init(&f, "code,name");
        fixture_add(&f, "E06000001|A",
                    fixture_square(cases[i].x, cases[i].y, cases[i].side));
        f.prj = cases[i].prj;
        fixture_finish(&f);
        assert_status(
            w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, &options, &set),
            cases[i].status);
        if (cases[i].status) {
            assert_contains(hf_context_message(w->ctx), cases[i].said);
        } else {
            assert_string_equal(hf_boundaries_get_info(set)->plane,
                                cases[i].said);
            hf_boundaries_close(set);
        }
        fixture_reset(&f);
    }
}

static void takes_other_countries_to_a_plane_of_their_own(void **state) {
    watched *w = *state;
    fixture f;
    hf_boundaries *set;
    fixture_init(&f, "code,name");
    fixture_add(&f, "FR1|Paris", fixture_square(2, 48, 0.5));
    f.prj = "EPSG:4326";
    fixture_finish(&f);
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
    const hf_authority *a = hf_boundaries_authority(set, 0);
    /* Planimeter of GeographicLib 2.1.2: 2064.4369 km2 between geodesics; our
     * edges are straight in a transverse Mercator, the other side of 7 m. */
    assert_near(a->area_m2 / 1e6, 2064.4369, 0.05);
    assert_int_equal(a->country, HF_COUNTRY_OTHER);
    assert_near(a->centre.lon_deg, 2.25, 0.001);
    assert_near(a->centre.lat_deg, 48.25, 0.002);
    hf_boundaries_close(set);
    fixture_reset(&f);
}

static void refuses_coordinates_that_are_no_numbers(void **state) {
    watched *w = *state;
    static const char *const bad[] = {"nan", "inf", "-inf", "1e300",
                                      "-1.8e308"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fixture f;
        hf_boundaries *set;
        char rings[200];
        snprintf(rings, sizeof rings, "0 0,0 1000,1000 %s,1000 0,0 0", bad[i]);
        fixture_init(&f, "code,name");
        fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
        fixture_add(&f, "E06000002|B", rings);
        fixture_finish(&f);
        assert_status(w->ctx,
                      hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set),
                      HF_ERR_DAMAGED);
        assert_contains(hf_context_message(w->ctx),
                        "record 2 (E06000002 B): point 3 is");
        fixture_reset(&f);
    }
}

static void selects_by_date(void **state) {
    watched *w = *state;
    static const struct {
        int as_of;
        hf_status status;
        const char *codes;
    } cases[] = {{0, HF_OK, "A,C,D,"},
                 {20180101, HF_OK, "A,B,D,"},
                 {20191231, HF_OK, "A,C,D,"},
                 {20251231, HF_OK, "A,C,D,"},
                 {2019, HF_ERR_RANGE, "2019 is no date"},
                 {20191301, HF_ERR_RANGE, "20191301 is no date"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        hf_boundaries *set;
        hf_boundaries_options options;
        hf_boundaries_options_init(&options);
        options.as_of = cases[i].as_of;
        fixture_init(&f, "code,name,start,end");
        const char *square = fixture_square(400000, 300000, 1000);
        fixture_add(&f, "A|A||", square);
        fixture_add(&f, "B|Same||2018", square);
        fixture_add(&f, "C|Same|2019|", square);
        fixture_add(&f, "D|D|2014|9999", square);
        fixture_finish(&f);
        assert_status(
            w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, &options, &set),
            cases[i].status);
        if (cases[i].status) {
            assert_contains(hf_context_message(w->ctx), cases[i].codes);
        } else {
            hf__buf codes;
            hf__buf_init(&codes);
            for (size_t k = 0; k < hf_boundaries_count(set); k++) {
                hf__buf_add_format(&codes, "%s,",
                                   hf_boundaries_authority(set, k)->code);
            }
            assert_string_equal(codes.text, cases[i].codes);
            assert_string_equal(hf_boundaries_get_info(set)->vintage,
                                "2014 to 2019");
            hf__buf_reset(&codes);
            hf_boundaries_close(set);
        }
        fixture_reset(&f);
    }
}

static void recognises_districts(void **state) {
    watched *w = *state;
    fixture f;
    hf_boundaries *set;
    hf_adjacency *adjacency;
    fixture_init(&f, "LAD24CD,LAD24NM");
    fixture_add(&f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(&f, "E07000002|B", fixture_square(401000, 300000, 1000));
    fixture_finish(&f);
    assert_ok(w->ctx, hf_boundaries_open_bytes(w->ctx, &f.bytes, NULL, &set));
    assert_true(hf_boundaries_get_info(set)->is_lower_tier);
    assert_status(w->ctx, hf_adjacency_new(w->ctx, set, NULL, &adjacency),
                  HF_ERR_UNSUITABLE);
    assert_contains(hf_context_message(w->ctx), "E07");
    hf_boundaries_close(set);
    fixture_reset(&f);
}

/* Writes bytes to a file of a temporary folder. */
static void write_file(const char *folder, const char *name, const void *bytes,
                       size_t len) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void remove_file(const char *folder, const char *name) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(remove(path), 0);
}

static void open_in(watched *w, const char *folder, const char *name,
                    hf_status status, const char *said) {
    char path[300];
    hf_boundaries *set;
    snprintf(path, sizeof path, "%s%s%s", folder, *name ? "/" : "", name);
    assert_status(w->ctx, hf_boundaries_open(w->ctx, path, NULL, &set), status);
    if (status) {
        assert_contains(hf_context_message(w->ctx), said);
    } else {
        assert_contains(hf_boundaries_get_info(set)->path, said);
        assert_int_equal(hf_boundaries_count(set), 2);
        hf_boundaries_close(set);
    }
}

static void finds_the_files(void **state) {
    watched *w = *state;
    char folder[] = "/tmp/howfar-test-XXXXXX";
    fixture f;
    two_squares(&f);
    assert_non_null(mkdtemp(folder));
    open_in(w, folder, "", HF_ERR_IO, "no .shp in this folder");
    open_in(w, folder, "a.shp", HF_ERR_IO, "a.shp");
    open_in(w, folder, "a", HF_ERR_IO, "no such file or folder");
    write_file(folder, "a.shp", f.shp.text, f.shp.len);
    open_in(w, folder, "a.shp", HF_ERR_IO, "a.dbf: no such file");
    write_file(folder, "a.dbf", f.dbf.text, f.dbf.len);
    open_in(w, folder, "a.shp", HF_ERR_PROJECTION, "a.prj: no such file");
    write_file(folder, "a.prj", f.prj, strlen(f.prj));
    open_in(w, folder, "a.shp", HF_OK, "/a.shp");
    open_in(w, folder, "a", HF_OK, "/a.shp");
    open_in(w, folder, "", HF_OK, "/a.shp");
    assert_string_equal(warnings(w), ""); /* no .shx is no cause for one */
    open_in(w, folder, "a.dbf", HF_ERR_IO, "ends in .shp");
    write_file(folder, "B.SHP", f.shp.text, f.shp.len);
    write_file(folder, "B.DBF", f.dbf.text, f.dbf.len);
    write_file(folder, "B.PRJ", f.prj, strlen(f.prj));
    write_file(folder, "B.SHX", f.shx.text, f.shx.len);
    open_in(w, folder, "B.SHP", HF_OK, "/B.SHP");
    open_in(w, folder, "B", HF_OK, "/B.SHP");
    open_in(w, folder, "", HF_ERR_AMBIGUOUS, "B.SHP, a.shp");
    static const char *const names[] = {"a.shp", "a.dbf", "a.prj", "B.SHP",
                                        "B.DBF", "B.PRJ", "B.SHX"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        remove_file(folder, names[i]);
    }
    assert_int_equal(rmdir(folder), 0);
    fixture_reset(&f);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(loads_and_describes),
        TEST(an_about_file_gives_title_and_accuracy),
        TEST(a_mark_counts_for_these_very_bytes_alone),
        TEST(a_mark_does_not_count_in_another_plane),
        TEST(marks_that_are_not_whole_are_none),
        TEST(knows_a_file_that_is_valid_as_it_stands),
        TEST(tells_holes_from_parts_whatever_their_winding),
        TEST(unites_records_of_one_code),
        TEST(calls_what_has_no_name_by_its_code),
        TEST(leaves_out_what_has_no_code_or_shape_and_says_so),
        TEST(reads_polygons_with_z_and_m),
        TEST(finds_the_fields),
        TEST(decides_the_encoding_and_checks_it),
        TEST(asks_for_a_projection_that_fits),
        TEST(takes_other_countries_to_a_plane_of_their_own),
        TEST(refuses_coordinates_that_are_no_numbers),
        TEST(selects_by_date),
        TEST(recognises_districts),
        TEST(finds_the_files),
    };
    return run_tests(tests);
}
