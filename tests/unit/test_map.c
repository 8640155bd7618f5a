#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "report/map_parts.h"

/* fontconfig keeps what it read of the system's fonts until the process ends.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\n";
}

static const char *shapes(void) {
    return "shapes/howfar.shp";
}

typedef struct fixture {
    hf_context *ctx;
    hf_boundaries *set;
    hf_map_options options;
    hf_map_area areas[3];
} fixture;

static size_t find(const hf_boundaries *set, const char *name) {
    for (size_t i = 0; i < hf_boundaries_count(set); i++) {
        if (!strcmp(hf_boundaries_authority(set, i)->name, name)) {
            return i;
        }
    }
    fail_msg("no %s", name);
    return HF_NOWHERE;
}

static const double rings[] = {20, 50};

static fixture start(void) {
    fixture f = {0};
    assert_int_equal(hf_context_new(&f.ctx), HF_OK);
    assert_ok(f.ctx, hf_boundaries_open(f.ctx, shapes(), NULL, &f.set));
    f.areas[0] = (hf_map_area){.authority = find(f.set, "Kent"),
                               .count = 88,
                               .words = "Kent & coast: <88> placements"};
    f.areas[1] = (hf_map_area){.authority = find(f.set, "Bromley"),
                               .count = 7,
                               .words = "Bromley: 7 placements"};
    f.areas[2] = (hf_map_area){.authority = find(f.set, "Leicester"),
                               .is_withheld = true,
                               .words = "Leicester: withheld"};
    hf_map_options_init(&f.options);
    f.options.home = find(f.set, "Bexley");
    f.options.rings = rings;
    f.options.n_rings = 2;
    f.options.title = "Placements of Bexley";
    f.options.attribution = "Boundaries: somebody\nand somebody else";
    return f;
}

static void finish(fixture *f) {
    hf_boundaries_close(f->set);
    hf_context_free(f->ctx);
}

static char *draw(fixture *f, hf_map_format format, size_t *len) {
    char *bytes;
    f->options.areas = f->areas;
    f->options.n_areas = 3;
    assert_ok(f->ctx,
              hf_map_write(f->ctx, f->set, &f->options, format, &bytes, len));
    return bytes;
}

static void svg_has_hover_text_for_each_shaded_authority(void **state) {
    (void)state;
    fixture f = start();
    size_t len;
    char *svg = draw(&f, HF_MAP_SVG, &len);
    assert_int_equal(len, strlen(svg));
    assert_contains(svg, "<title>Kent &amp; coast: &lt;88&gt; placements<");
    assert_contains(svg, "<title>Leicester: withheld</title>");
    assert_contains(svg, "</g>\n</svg>\n");
    assert_contains(svg, "width=\"800px\"");
    assert_null(strstr(svg, "<image"));
    assert_null(strstr(svg, "<script"));
    hf_text_free(svg);
    finish(&f);
}

static unsigned big_endian(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 |
           b[3];
}

static void png_has_the_pixels_asked_for(void **state) {
    (void)state;
    fixture f = start();
    f.options.width = 400;
    f.options.scale = 1.5;
    size_t len;
    char *png = draw(&f, HF_MAP_PNG, &len);
    assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(big_endian(png + 16), 600);
    hf_text_free(png);
    finish(&f);
}

static void every_format_is_the_same_when_drawn_again(void **state) {
    (void)state;
    fixture f = start();
    for (int format = HF_MAP_SVG; format <= HF_MAP_PDF; format++) {
        size_t len, len_again;
        char *bytes = draw(&f, (hf_map_format)format, &len);
        char *again = draw(&f, (hf_map_format)format, &len_again);
        assert_int_equal(len, len_again);
        assert_memory_equal(bytes, again, len);
        hf_text_free(bytes);
        hf_text_free(again);
    }
    finish(&f);
}

/* A withheld count must not get out even by mistake: the picture is the same
 * whatever stands in `count`. */
static void a_withheld_count_leaves_no_trace(void **state) {
    (void)state;
    fixture f = start();
    size_t len, len_again;
    char *bytes = draw(&f, HF_MAP_SVG, &len);
    f.areas[2].count = 100000;
    char *again = draw(&f, HF_MAP_SVG, &len_again);
    assert_int_equal(len, len_again);
    assert_memory_equal(bytes, again, len);
    hf_text_free(bytes);
    hf_text_free(again);
    finish(&f);
}

static void classes_are_round_few_and_cover_every_count(void **state) {
    (void)state;
    for (int i = 0; i < 500; i++) {
        hf_map_area areas[20];
        size_t n = 1 + check_random() % 20;
        uint64_t most = 0;
        for (size_t k = 0; k < n; k++) {
            uint64_t size = (uint64_t)pow(10, check_random_in(0, 6));
            areas[k] = (hf_map_area){.count = 1 + check_random() % size};
            most = areas[k].count > most ? areas[k].count : most;
        }
        hf_map_options options;
        hf_map_options_init(&options);
        options.areas = areas;
        options.n_areas = n;
        hf__map_classes classes;
        hf__map_classify(&options, &classes);
        assert_true(classes.n >= 1 && classes.n <= HF__MAP_SHADES);
        assert_true(classes.edges[classes.n - 1] >= most);
        for (size_t k = 0; k < n; k++) {
            size_t at = hf__map_class_of(&classes, areas[k].count);
            assert_true(areas[k].count <= classes.edges[at]);
            assert_true(at == 0 || areas[k].count > classes.edges[at - 1]);
        }
    }
}

static void shades_grow_darker_by_class(void **state) {
    (void)state;
    for (size_t n = 1; n <= HF__MAP_SHADES; n++) {
        hf__map_classes classes = {.n = n};
        for (size_t i = 1; i < n; i++) {
            hf__colour a = hf__map_shade(&classes, i - 1);
            hf__colour b = hf__map_shade(&classes, i);
            assert_true(b.red + 0.1 < a.red && b.green + 0.1 < a.green);
        }
    }
}

static void names_do_not_overlap_and_stay_on_the_page(void **state) {
    (void)state;
    hf_context *ctx;
    hf__canvas *canvas;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf__view view = {.page = {0, 0, 300, 200}, .scale = 1};
    hf__map_labels labels = {.n = 0};
    hf__type type = {.size = 10};
    assert_ok(ctx, hf__canvas_new(ctx, HF_MAP_PNG, 300, 200, 1, "", &canvas));
    for (int i = 0; i < 300; i++) {
        hf__spot p = {check_random_in(0, 300), check_random_in(0, 200)};
        (void)hf__map_label(canvas, &view, &labels, p, &type,
                            "Ynys M\xC3\xB4n");
    }
    assert_true(labels.n > 10);
    for (size_t i = 0; i < labels.n; i++) {
        const hf__frame *a = &labels.taken[i];
        assert_true(a->left >= 0 && a->right <= 300);
        assert_true(a->top >= 0 && a->bottom <= 200);
        for (size_t k = 0; k < i; k++) {
            const hf__frame *b = &labels.taken[k];
            assert_true(a->left >= b->right || b->left >= a->right ||
                        a->top >= b->bottom || b->top >= a->bottom);
        }
    }
    hf__canvas_free(canvas);
    hf_context_free(ctx);
}

static void what_is_out_of_range_is_refused(void **state) {
    (void)state;
    fixture f = start();
    char *bytes;
    size_t len;
    f.options.width = 10;
    assert_status(
        f.ctx, hf_map_write(f.ctx, f.set, &f.options, HF_MAP_SVG, &bytes, &len),
        HF_ERR_RANGE);
    f.options.width = NAN;
    assert_status(
        f.ctx, hf_map_write(f.ctx, f.set, &f.options, HF_MAP_SVG, &bytes, &len),
        HF_ERR_RANGE);
    f.options.width = 800;
    f.options.home = HF_NOWHERE;
    assert_status(
        f.ctx, hf_map_write(f.ctx, f.set, &f.options, HF_MAP_SVG, &bytes, &len),
        HF_ERR_RANGE);
    const double none[] = {0};
    f.options.home = 0;
    f.options.rings = none;
    f.options.n_rings = 1;
    assert_status(
        f.ctx, hf_map_write(f.ctx, f.set, &f.options, HF_MAP_SVG, &bytes, &len),
        HF_ERR_RANGE);
    hf_map_format format;
    assert_status(f.ctx, hf_map_format_parse(f.ctx, "gif", &format),
                  HF_ERR_USAGE);
    assert_contains(hf_context_message(f.ctx), "svg, png, pdf");
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(svg_has_hover_text_for_each_shaded_authority),
        cmocka_unit_test(png_has_the_pixels_asked_for),
        cmocka_unit_test(every_format_is_the_same_when_drawn_again),
        cmocka_unit_test(a_withheld_count_leaves_no_trace),
        cmocka_unit_test(classes_are_round_few_and_cover_every_count),
        cmocka_unit_test(shades_grow_darker_by_class),
        cmocka_unit_test(names_do_not_overlap_and_stay_on_the_page),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return run_tests(tests);
}
