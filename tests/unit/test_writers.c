#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

/* A document with everything that can go wrong in a format. */
static hf_document *awkward(hf_context *ctx) {
    hf_document *d;
    assert_ok(ctx, hf_document_new(ctx, &d));
    hf_document_title(d, "Placements <of> A & B | 100 %");
    hf_document_sentence(d, "12 of 30 are outside_home \x1b[31m{now}.");
    hf_document_sentence(d, "# no heading");
    hf_document_table(d, "destinations", "Where \"they\" are");
    hf_document_column(d, "=key", "Destination", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "placements", "Placements", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "miles", "Miles", HF_COLUMN_NUMBER, 1);
    hf_document_column(d, "lat", "", HF_COLUMN_DETAIL, 5);
    hf_document_text(d, "=cmd|' /C calc'!A1");
    hf_document_count(d, 7);
    hf_document_number(d, -12.25);
    hf_document_number(d, 51.123456);
    hf_document_text(d, "Bristol, City \"of\" <b>");
    hf_document_symbol(d, "c");
    hf_document_symbol(d, "c");
    hf_document_blank(d);
    hf_document_text(d, "-5");
    hf_document_count(d, 0);
    hf_document_number(d, NAN);
    hf_document_blank(d);
    hf_document_totals(d);
    hf_document_text(d, "All");
    hf_document_count(d, 30);
    hf_document_blank(d);
    hf_document_blank(d);
    hf_document_note(d, "c: withheld");
    hf_document_fact(d, "method", "Method", "straight lines -- not roads");
    hf_document_fact_number(d, "accuracy", "Accuracy", 2, 0, "m");
    return d;
}

static char *write_awkward(hf_format format, const hf_write_options *options,
                           size_t *len) {
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf_document *d = awkward(ctx);
    char *text;
    assert_ok(ctx, hf_document_write(ctx, d, format, options, &text, len));
    hf_document_free(d);
    hf_context_free(ctx);
    return text;
}

static void check_written(hf_format format, const hf_write_options *options,
                          const char *expected) {
    size_t len;
    char *text = write_awkward(format, options, &len);
    assert_string_equal(text, expected);
    assert_int_equal(len, strlen(text));
    hf_text_free(text);
}

static void csv_quotes_and_disarms_formulas_and_keeps_numbers(void **state) {
    (void)state;
    check_written(HF_FORMAT_CSV, NULL,
                  "'=key,placements,miles,lat\n"
                  "'=cmd|' /C calc'!A1,7,-12.25,51.12346\n"
                  "\"Bristol, City \"\"of\"\" <b>\",c,c,\n"
                  "-5,0,,\n"
                  "All,30,,\n");
}

static void markdown_says_what_was_meant(void **state) {
    (void)state;
    check_written(HF_FORMAT_MARKDOWN, NULL,
                  "# Placements \\<of\\> A \\& B \\| 100 %\n\n"
                  "12 of 30 are outside\\_home  \\[31m{now}. \\# no heading\n\n"
                  "## Where \"they\" are\n\n"
                  "| Destination | Placements | Miles |\n"
                  "|---|---:|---:|\n"
                  "| \\=cmd\\|' /C calc'!A1 | 7 | -12.3 |\n"
                  "| Bristol, City \"of\" \\<b\\> | c | c |\n"
                  "| \\-5 | 0 |  |\n"
                  "| **All** | **30** |  |\n\n"
                  "c: withheld\n\n"
                  "## Method and data\n\n"
                  "- Method: straight lines -- not roads\n"
                  "- Accuracy: 2 m\n");
}

static void text_wraps_to_a_width(void **state) {
    (void)state;
    hf_write_options options;
    hf_write_options_init(&options);
    options.width = 36;
    check_written(HF_FORMAT_TEXT, &options,
                  "Placements <of> A & B | 100 %\n\n"
                  "12 of 30 are outside_home\n"
                  "[31m{now}. # no heading\n\n"
                  "Where \"they\" are\n"
                  "  Destination      Placements  Miles\n"
                  "  =cmd|' /C                 7  -12.3\n"
                  "  calc'!A1\n"
                  "  Bristol, City             c      c\n"
                  "  \"of\" <b>\n"
                  "  -5                        0\n"
                  "  ---------------  ----------  -----\n"
                  "  All                      30\n"
                  "  c: withheld\n\n"
                  "Method    straight lines -- not\n"
                  "          roads\n"
                  "Accuracy  2 m\n");
}

static void a_narrow_table_closes_its_gaps_before_it_breaks_words(
    void **state) {
    (void)state;
    hf_write_options options;
    hf_write_options_init(&options);
    size_t len;
    options.width = 30;
    char *text = write_awkward(HF_FORMAT_TEXT, &options, &len);
    assert_contains(text,
                    " Destination  Placements Miles\n"
                    " =cmd|' /C             7 -12.3\n"
                    " calc'!A1\n"
                    " Bristol,              c     c\n"
                    " City \"of\"\n"
                    " <b>\n");
    hf_text_free(text);
    options.width = 28;
    text = write_awkward(HF_FORMAT_TEXT, &options, &len);
    assert_contains(text, " Destinatio Placements Miles\n n\n");
    hf_text_free(text);
}

static void colour_comes_only_when_asked_for(void **state) {
    (void)state;
    hf_write_options options;
    hf_write_options_init(&options);
    size_t len;
    char *plain = write_awkward(HF_FORMAT_TEXT, &options, &len);
    assert_null(strchr(plain, '\033'));
    options.colour = true;
    char *coloured = write_awkward(HF_FORMAT_TEXT, &options, &len);
    assert_contains(coloured, "\033[1mWhere \"they\" are\n\033[0m");
    assert_null(strstr(coloured, "\033[31m"));
    hf_text_free(plain);
    hf_text_free(coloured);
}

static void html_has_real_headers_and_asks_nobody(void **state) {
    (void)state;
    size_t len;
    char *text = write_awkward(HF_FORMAT_HTML, NULL, &len);
    assert_contains(text, "<html lang=\"en-GB\">");
    assert_contains(text,
                    "<title>Placements &lt;of&gt; A &amp; B | 100 %</title>");
    assert_contains(text, "default-src 'none'");
    assert_contains(text, "<th scope=\"col\">Destination</th>");
    assert_contains(text, "<th scope=\"col\" class=\"n\">Placements</th>");
    assert_contains(text,
                    "<th scope=\"row\">Bristol, City &quot;of&quot; "
                    "&lt;b&gt;</th><td class=\"n\"><span class=\"held\">c");
    assert_contains(text, "<caption id=\"t1\">Where &quot;they&quot; are<");
    assert_contains(text, "<tfoot>\n<tr><th scope=\"row\">All</th>");
    assert_contains(text, "<p class=\"answer\">12 of 30");
    assert_null(strstr(text, "51.1")); /* detail is not for people */
    assert_null(strstr(text, "http:"));
    assert_null(strstr(text, "https:"));
    assert_null(strstr(text, " src="));
    hf_text_free(text);
}

static void html_carries_pictures_and_their_words(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    hf_document *d;
    assert_ok(ctx, hf_document_new(ctx, &d));
    const char *svg = "<?xml version=\"1.0\"?>\n<svg width=\"1\"/>";
    hf_document_picture(d, svg, strlen(svg), "A map of <nothing>.");
    char *text;
    size_t len;
    assert_ok(ctx,
              hf_document_write(ctx, d, HF_FORMAT_HTML, NULL, &text, &len));
    assert_contains(text,
                    "<figure>\n<svg width=\"1\"/>\n<figcaption>A map of "
                    "&lt;nothing&gt;.</figcaption>");
    assert_null(strstr(text, "<?xml"));
    hf_text_free(text);
    assert_ok(ctx,
              hf_document_write(ctx, d, HF_FORMAT_TEXT, NULL, &text, &len));
    assert_string_equal(text, "A map of <nothing>.\n");
    hf_text_free(text);
    hf_document_free(d);
    hf_context_free(ctx);
}

static void latex_escapes_what_means_something_to_it(void **state) {
    (void)state;
    size_t len;
    char *text = write_awkward(HF_FORMAT_LATEX, NULL, &len);
    assert_contains(text,
                    "Placements \\textless{}of\\textgreater{} A \\& B "
                    "\\textbar{} 100 \\%");
    assert_contains(text, "outside\\_home  {[}31m\\{now\\}.");
    assert_contains(text, "\\# no heading");
    assert_contains(text, "All & $30$ &  \\\\");
    assert_contains(text, "$-12.3$");
    assert_contains(text, "lines {-}- not");
    assert_contains(text, "\\end{document}\n");
    hf_text_free(text);
}

static void json_keeps_symbols_and_the_title(void **state) {
    (void)state;
    size_t len;
    char *text = write_awkward(HF_FORMAT_JSON, NULL, &len);
    assert_contains(text, "\"title\": \"Placements <of> A & B | 100 %\"");
    assert_contains(text, "\"placements\": \"c\"");
    assert_contains(text, "\"c: withheld\"");
    hf_text_free(text);
}

/* Runs a command on bytes, in the file $FILE, and returns whether it ended with
 * 0. */
static bool passes(const char *bytes, size_t len, const char *command) {
    char path[] = "/tmp/howfar-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_true(write(fd, bytes, len) == (ssize_t)len);
    close(fd);
    setenv("FILE", path, 1);
    int status = system(command);
    unlink(path);
    return status == 0;
}

static const char has_cells[] =
    "python3 - <<'END'\n"
    "import os, zipfile\n"
    "z = zipfile.ZipFile(os.environ['FILE'])\n"
    "assert z.testzip() is None\n"
    "first = z.read('xl/worksheets/sheet1.xml').decode()\n"
    "sheet = z.read('xl/worksheets/sheet2.xml').decode()\n"
    "strings = z.read('xl/sharedStrings.xml').decode()\n"
    "book = z.read('xl/workbook.xml').decode()\n"
    "assert '<f>' not in sheet\n"
    "assert '=cmd|' in strings\n"
    "assert '<v>-12.25</v>' in sheet and '<v>7</v>' in sheet\n"
    "assert 'state=\"frozen\"' in sheet and '<cols>' in sheet\n"
    "assert book.index('name=\"Summary\"') < book.index('name=\"Method\"')\n"
    "assert 'paperSize=\"9\"' in first and 'pane' not in first\n"
    "assert 'straight lines' in strings and '51.1234' in sheet\n"
    "END";

static void xlsx_has_typed_cells_and_no_formula(void **state) {
    (void)state;
    size_t len, len_again;
    char *bytes = write_awkward(HF_FORMAT_XLSX, NULL, &len);
    assert_memory_equal(bytes, "PK\3\4", 4);
    assert_true(hf_format_is_binary(HF_FORMAT_XLSX));
    if (system("command -v python3 > /dev/null") == 0) {
        assert_true(passes(bytes, len, has_cells));
    }
    char *again = write_awkward(HF_FORMAT_XLSX, NULL, &len_again);
    assert_int_equal(len, len_again);
    assert_memory_equal(bytes, again, len);
    hf_text_free(bytes);
    hf_text_free(again);
}

static const char has_high_row[] =
    "python3 - << 'END'\n"
    "import os, zipfile\n"
    "z = zipfile.ZipFile(os.environ['FILE'])\n"
    "sheet = z.read('xl/worksheets/sheet1.xml').decode()\n"
    "assert 'ht=\"45\" customHeight=\"1\"' in sheet\n"
    "END";

static void xlsx_rows_are_as_high_as_their_text(void **state) {
    (void)state;
    hf_context *ctx;
    hf_document *d;
    char *text;
    size_t len;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_ok(ctx, hf_document_new(ctx, &d));
    hf_document_title(d, "Method");
    hf_document_fact(d, "why", "Three lines",
                     "of some eighty characters each, so that the row of a "
                     "spreadsheet has to be higher than usual to show them all "
                     "at once to whoever wants to read what it says of method");
    assert_ok(ctx,
              hf_document_write(ctx, d, HF_FORMAT_XLSX, NULL, &text, &len));
    if (system("command -v python3 > /dev/null") == 0) {
        assert_true(passes(text, len, has_high_row));
    }
    hf_text_free(text);
    hf_document_free(d);
    hf_context_free(ctx);
}

static void xlsx_says_where_it_could_not_be_put_together(void **state) {
    (void)state;
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    const char *before = getenv("TMPDIR");
    char *kept = before ? strdup(before) : NULL;
    setenv("TMPDIR", "/nowhere/at/all", 1);
    hf_document *d = awkward(ctx);
    char *text;
    size_t len;
    assert_status(ctx,
                  hf_document_write(ctx, d, HF_FORMAT_XLSX, NULL, &text, &len),
                  HF_ERR_IO);
    assert_contains(hf_context_message(ctx), "TMPDIR");
    if (kept) {
        setenv("TMPDIR", kept, 1);
    } else {
        unsetenv("TMPDIR");
    }
    free(kept);
    hf_document_free(d);
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_quotes_and_disarms_formulas_and_keeps_numbers),
        cmocka_unit_test(markdown_says_what_was_meant),
        cmocka_unit_test(text_wraps_to_a_width),
        cmocka_unit_test(a_narrow_table_closes_its_gaps_before_it_breaks_words),
        cmocka_unit_test(colour_comes_only_when_asked_for),
        cmocka_unit_test(html_has_real_headers_and_asks_nobody),
        cmocka_unit_test(html_carries_pictures_and_their_words),
        cmocka_unit_test(latex_escapes_what_means_something_to_it),
        cmocka_unit_test(json_keeps_symbols_and_the_title),
        cmocka_unit_test(xlsx_has_typed_cells_and_no_formula),
        cmocka_unit_test(xlsx_rows_are_as_high_as_their_text),
        cmocka_unit_test(xlsx_says_where_it_could_not_be_put_together),
    };
    return run_tests(tests);
}
