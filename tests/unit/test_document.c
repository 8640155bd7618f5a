#include <math.h>
#include <string.h>

#include "check.h"

static hf_document *sample(hf_context *ctx) {
    hf_document *document;
    assert_ok(ctx, hf_document_new(ctx, &document));
    hf_document_sentence(document, "Ynys M\xC3\xB4n is far.");
    hf_document_sentence(document, "So it is.");
    hf_document_table(document, "distances", "Distances");
    hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "miles", "miles", HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "n", "number", HF_COLUMN_COUNT, 0);
    hf_document_column(document, "lat", "latitude", HF_COLUMN_DETAIL, 5);
    hf_document_text(document, "Ynys M\xC3\xB4n");
    hf_document_number(document, 123.456);
    hf_document_count(document, 7);
    hf_document_number(document, 53.25);
    hf_document_text(document, "Bexley");
    hf_document_number(document, 9.05);
    hf_document_blank(document);
    hf_document_blank(document);
    hf_document_fact(document, "method", "Method", "a \"straight\" line");
    hf_document_fact_number(document, "accuracy", "Accuracy", 2, 0, "m");
    return document;
}

static void text_is_aligned_and_rounded(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf_document *document = sample(ctx);
    char *text;
    size_t len;
    assert_ok(ctx, hf_document_write(ctx, document, HF_FORMAT_TEXT, NULL, &text,
                                     &len));
    assert_string_equal(text,
                        "Ynys M\xC3\xB4n is far. So it is.\n"
                        "\n"
                        "Distances\n"
                        "  name      miles  number\n"
                        "  Ynys M\xC3\xB4n  123.5       7\n"
                        "  Bexley      9.1\n"
                        "\n"
                        "Method    a \"straight\" line\n"
                        "Accuracy  2 m\n");
    assert_int_equal(len, strlen(text));
    hf_text_free(text);
    hf_document_free(document);
    hf_context_free(ctx);
}

static void json_keeps_numbers_in_full(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf_document *document = sample(ctx);
    hf_document_fact_number(document, "nothing", "Nothing", NAN, 0, "");
    char *text;
    size_t len;
    assert_ok(ctx, hf_document_write(ctx, document, HF_FORMAT_JSON, NULL, &text,
                                     &len));
    assert_contains(text, "\"answer\": \"Ynys M\xC3\xB4n is far. So it is.\"");
    assert_contains(text, "\"miles\": 123.456");
    assert_contains(text, "\"n\": 7");
    assert_contains(text, "\"lat\": 53.25");
    assert_contains(text, "\"n\": null");
    assert_contains(text, "\"method\": \"a \\\"straight\\\" line\"");
    assert_contains(text, "\"nothing\": null");
    hf_text_free(text);
    hf_document_free(document);
    hf_context_free(ctx);
}

static void an_unknown_format_names_the_known_ones(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf_format format;
    assert_status(ctx, hf_format_parse(ctx, "xml", &format), HF_ERR_USAGE);
    assert_contains(hf_context_message(ctx), "text, json");
    assert_ok(ctx, hf_format_parse(ctx, "JSON", &format));
    assert_int_equal(format, HF_FORMAT_JSON);
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_aligned_and_rounded),
        cmocka_unit_test(json_keeps_numbers_in_full),
        cmocka_unit_test(an_unknown_format_names_the_known_ones),
    };
    return run_tests(tests);
}
