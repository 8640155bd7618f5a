/* Damaged shapefiles: a clear line or the right answer, at every byte. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "fixture_shapefile.h"
#include "shape/shapefile.h"

static hf__buf warnings;

static void keep_warning(void *user, const char *message) {
    (void)user;
    hf__buf_add_text(&warnings, message);
}

static int setup(void **state) {
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf_context_set_warning_handler(ctx, keep_warning, NULL);
    hf__buf_reset(&warnings);
    *state = ctx;
    return 0;
}

static int teardown(void **state) {
    hf_context_free(*state);
    hf__buf_reset(&warnings);
    return 0;
}

static void three_records(fixture *f) {
    fixture_init(f, "code,name");
    fixture_add(f, "E06000001|A", fixture_square(400000, 300000, 1000));
    fixture_add(f, "E06000002|B", "");
    fixture_add(f, "E06000003|C",
                "0 0,0 9,9 9,9 0,0 0;2 2,4 2,4 4,2 2;5 5,6 5,6 6,5 5");
    fixture_finish(f);
}

/* A copy of `len` bytes in memory of their own, so that reading past the end
 * is seen by the sanitizer. */
static void *exact_copy(const void *bytes, size_t len) {
    void *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    return copy;
}

static void reads_rings_and_cells(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf__shapefile *file;
    hf__rings rings;
    hf__str cell;
    three_records(&f);
    assert_ok(ctx, hf__shapefile_open(ctx, &f.bytes, &file));
    assert_int_equal(hf__shapefile_n_records(file), 3);
    assert_int_equal(hf__shapefile_n_fields(file), 2);
    assert_string_equal(hf__shapefile_field_name(file, 1), "name");
    assert_string_equal(hf__shapefile_dbf_encoding(file), "");
    assert_ok(ctx, hf__shapefile_rings(ctx, file, 2, &rings));
    assert_int_equal(rings.n_rings, 3);
    assert_int_equal(rings.ring_start[1], 5);
    assert_int_equal(rings.ring_start[3], 13);
    assert_near(rings.points[6].x_m, 4, 0);
    assert_near(rings.points[6].y_m, 2, 0);
    assert_ok(ctx, hf__shapefile_rings(ctx, file, 1, &rings));
    assert_int_equal(rings.n_rings, 0);
    assert_ok(ctx, hf__shapefile_cell(ctx, file, 2, 0, &cell));
    assert_true(hf__str_is(cell, "E06000003"));
    assert_false(hf__shapefile_is_deleted(file, 0));
    hf__shapefile_close(file);
    fixture_reset(&f);
}

static void every_truncation_is_told_or_harmless(void **state) {
    hf_context *ctx = *state;
    fixture f;
    three_records(&f);
    const size_t lens[] = {f.shp.len, f.shx.len, f.dbf.len};
    const void *const all[] = {f.shp.text, f.shx.text, f.dbf.text};
    static const char *const names[] = {"test.shp", "test.shx", "test.dbf"};
    for (size_t part = 0; part < 3; part++) {
        for (size_t len = 0; len < lens[part]; len++) {
            hf_shapefile_bytes bytes = f.bytes;
            void *copy = exact_copy(all[part], len);
            *(part == 0   ? &bytes.shp
              : part == 1 ? &bytes.shx
                          : &bytes.dbf) = copy;
            *(part == 0   ? &bytes.shp_len
              : part == 1 ? &bytes.shx_len
                          : &bytes.dbf_len) = len;
            hf__shapefile *file;
            hf__buf_reset(&warnings);
            hf_status status = hf__shapefile_open(ctx, &bytes, &file);
            if (part == 1) { /* the index is rebuilt */
                assert_int_equal(status, HF_OK);
                assert_contains(warnings.text, "test.shx: contradicts");
            } else if (part == 2 && len == lens[part] - 1) {
                assert_int_equal(status, HF_OK); /* all but the end mark */
            } else {
                assert_int_equal(status, HF_ERR_DAMAGED);
                assert_contains(hf_context_message(ctx), names[part]);
                assert_contains(hf_context_message(ctx), "cut short");
            }
            if (!status) {
                assert_int_equal(hf__shapefile_n_records(file), 3);
                hf__shapefile_close(file);
            }
            free(copy);
        }
    }
    fixture_reset(&f);
}

static void a_missing_index_is_rebuilt_without_a_word(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf__shapefile *file;
    hf__rings rings;
    three_records(&f);
    f.bytes.shx = NULL;
    f.bytes.shx_len = 0;
    assert_ok(ctx, hf__shapefile_open(ctx, &f.bytes, &file));
    assert_null(warnings.text);
    assert_ok(ctx, hf__shapefile_rings(ctx, file, 2, &rings));
    assert_int_equal(rings.n_rings, 3);
    hf__shapefile_close(file);
    fixture_reset(&f);
}

static void an_index_in_another_order_is_believed(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf__shapefile *file;
    hf__rings rings;
    three_records(&f);
    char first[8];
    memcpy(first, f.shx.text + 100, 8);
    memcpy(f.shx.text + 100, f.shx.text + 116, 8);
    memcpy(f.shx.text + 116, first, 8);
    assert_ok(ctx, hf__shapefile_open(ctx, &f.bytes, &file));
    assert_null(warnings.text);
    assert_ok(ctx, hf__shapefile_rings(ctx, file, 0, &rings));
    assert_int_equal(rings.n_rings, 3);
    hf__shapefile_close(file);
    /* but not one that lists a record twice */
    memcpy(f.shx.text + 100, f.shx.text + 116, 8);
    assert_ok(ctx, hf__shapefile_open(ctx, &f.bytes, &file));
    assert_contains(warnings.text, "test.shx: contradicts the .shp");
    assert_ok(ctx, hf__shapefile_rings(ctx, file, 2, &rings));
    assert_int_equal(rings.n_rings, 3);
    hf__shapefile_close(file);
    fixture_reset(&f);
}

/* Record 1 begins at byte 100 and takes 8 + 128; record 3 at 248. */
static void says_where_a_file_is_damaged(void **state) {
    hf_context *ctx = *state;
    static const struct {
        size_t at;
        hf_status status;
        char part; /* p, d */
        unsigned char byte;
        const char *said;
    } cases[] = {
        {0, HF_ERR_DAMAGED, 'p', 9, "not a shapefile"},
        {28, HF_ERR_DAMAGED, 'p', 1, "version 769"},
        {32, HF_ERR_UNSUITABLE, 'p', 1, "holds points"},
        {32, HF_ERR_UNSUITABLE, 'p', 13, "holds lines"},
        {32, HF_ERR_UNSUITABLE, 'p', 28, "holds multipoints"},
        {32, HF_ERR_UNSUITABLE, 'p', 31, "holds multipatches"},
        {32, HF_ERR_DAMAGED, 'p', 99, "shape type 99"},
        {24, HF_ERR_DAMAGED, 'p', 1, "cut short or damaged"},
        {27, HF_ERR_DAMAGED, 'p', 0, "cut short"},
        {107, HF_ERR_DAMAGED, 'p', 1, "record 1, at byte 100"},
        {104, HF_ERR_DAMAGED, 'p', 1, "record 1, at byte 100"},
        {108, HF_ERR_DAMAGED, 'p', 3, "it is no polygon"},
        {108 + 36, HF_ERR_DAMAGED, 'p', 9, "more points than its length"},
        {108 + 39, HF_ERR_DAMAGED, 'p', 255, "more points than its length"},
        {108 + 40, HF_ERR_DAMAGED, 'p', 9, "more points than its length"},
        {108 + 43, HF_ERR_DAMAGED, 'p', 255, "more points than its length"},
        {108 + 40, HF_ERR_DAMAGED, 'p', 0, "parts without points"},
        {108 + 44, HF_ERR_DAMAGED, 'p', 1, "parts don't follow"},
        {256 + 48, HF_ERR_DAMAGED, 'p', 0, "record 3, at byte 248"},
        {256 + 48, HF_ERR_DAMAGED, 'p', 200, "parts don't follow"},
        {256 + 52, HF_ERR_DAMAGED, 'p', 5, "parts don't follow"},
        {4, HF_ERR_DAMAGED, 'd', 2, "test.shp has 3 records and test.dbf 2"},
        {4, HF_ERR_DAMAGED, 'd', 4, "declares 4 records"},
        {7, HF_ERR_DAMAGED, 'd', 255, "cut short or damaged"},
        {8, HF_ERR_DAMAGED, 'd', 200, "damaged"},
        {8, HF_ERR_DAMAGED, 'd', 96, "field list has no end"},
        {10, HF_ERR_DAMAGED, 'd', 20, "fields don't fit"},
        {32 + 16, HF_ERR_DAMAGED, 'd', 200, "fields don't fit"},
        {32 + 16, HF_ERR_DAMAGED, 'd', 0, "no width"},
        {32, HF_ERR_DAMAGED, 'd', '\r', "no fields"},
        {97, HF_ERR_DAMAGED, 'd', 'E', "record 1, at byte 97"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        hf__shapefile *file;
        three_records(&f);
        hf__buf *part = cases[i].part == 'p' ? &f.shp : &f.dbf;
        part->text[cases[i].at] = (char)cases[i].byte;
        assert_status(ctx, hf__shapefile_open(ctx, &f.bytes, &file),
                      cases[i].status);
        assert_contains(hf_context_message(ctx), cases[i].said);
        assert_contains(hf_context_message(ctx),
                        cases[i].part == 'p' ? "test.shp" : "test.dbf");
        fixture_reset(&f);
    }
}

static void ignores_what_follows_the_declared_end(void **state) {
    hf_context *ctx = *state;
    fixture f;
    hf__shapefile *file;
    three_records(&f);
    hf__buf_add_text(&f.shp, "and more");
    f.bytes.shp = f.shp.text;
    f.bytes.shp_len = f.shp.len;
    assert_ok(ctx, hf__shapefile_open(ctx, &f.bytes, &file));
    assert_contains(warnings.text, "8 bytes after its declared end");
    hf__shapefile_close(file);
    fixture_reset(&f);
}

static void any_changed_byte_is_survived(void **state) {
    hf_context *ctx = *state;
    fixture f;
    three_records(&f);
    hf__buf *const parts[] = {&f.shp, &f.shx, &f.dbf};
    for (int i = 0; i < 20000; i++) {
        hf__buf *part = parts[check_random() % 3];
        size_t at = check_random() % part->len;
        char before = part->text[at];
        part->text[at] = (char)check_random();
        hf__shapefile *file;
        if (!hf__shapefile_open(ctx, &f.bytes, &file)) {
            for (size_t r = 0; r < hf__shapefile_n_records(file); r++) {
                hf__rings rings;
                hf__str cell;
                assert_ok(ctx, hf__shapefile_rings(ctx, file, r, &rings));
                for (size_t c = 0; c < hf__shapefile_n_fields(file); c++) {
                    assert_ok(ctx, hf__shapefile_cell(ctx, file, r, c, &cell));
                }
            }
            hf__shapefile_close(file);
        } else {
            assert_true(*hf_context_message(ctx) != '\0');
        }
        part->text[at] = before;
    }
    fixture_reset(&f);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(reads_rings_and_cells),
        TEST(every_truncation_is_told_or_harmless),
        TEST(a_missing_index_is_rebuilt_without_a_word),
        TEST(an_index_in_another_order_is_believed),
        TEST(says_where_a_file_is_damaged),
        TEST(ignores_what_follows_the_declared_end),
        TEST(any_changed_byte_is_survived),
    };
    return run_tests(tests);
}
