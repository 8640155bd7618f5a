#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/facts.h"
#include "check.h"

static char path[] = "/tmp/howfar-facts-XXXXXX";

static hf_status open_text(hf_context *ctx, const char *text, size_t len,
                           hf__facts **out) {
    snprintf(path, sizeof path, "/tmp/howfar-facts-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, len), len);
    close(fd);
    hf_status status = hf__facts_open(ctx, path, out);
    unlink(path);
    return status;
}

static void reads_cells_quotes_and_newlines(void **state) {
    hf_context *ctx = *state;
    static const char text[] =
        "\xEF\xBB\xBF"
        "code,name,note\r\n"
        "E1,\"Bristol, City of\",\"a \"\"b\"\"\nc\"\r\n"
        "E2,,last";
    hf__facts *facts;
    assert_ok(ctx, open_text(ctx, text, strlen(text), &facts));
    assert_int_equal(hf__facts_n_rows(facts), 2);
    size_t name, note;
    assert_ok(ctx, hf__facts_column(ctx, facts, "name", &name));
    assert_ok(ctx, hf__facts_column(ctx, facts, "note", &note));
    assert_string_equal(hf__facts_cell(facts, 0, 0), "E1");
    assert_string_equal(hf__facts_cell(facts, 0, name), "Bristol, City of");
    assert_string_equal(hf__facts_cell(facts, 0, note), "a \"b\"\nc");
    assert_string_equal(hf__facts_cell(facts, 1, name), "");
    assert_string_equal(hf__facts_cell(facts, 1, note), "last");
    assert_int_equal(hf__facts_line(facts, 0), 2);
    assert_int_equal(hf__facts_line(facts, 1), 4);
    size_t none;
    assert_status(ctx, hf__facts_column(ctx, facts, "region", &none),
                  HF_ERR_DAMAGED);
    assert_contains(hf_context_message(ctx), "no column \"region\"");
    hf__facts_close(facts);
}

static void refuses_damaged_tables_with_file_and_line(void **state) {
    hf_context *ctx = *state;
    static const struct {
        const char *text;
        size_t len;
        const char *message;
    } cases[] = {{"a,b\n1\n", 6, ":2: 1 cells where the header has 2"},
                 {"a,b\n1,2,3\n", 10, ":2: 3 cells"},
                 {"a\n\"open\n", 8, "a quote is not closed"},
                 {"a\n\"x\"y\n", 7, ":2: text behind a closing quote"},
                 {"a\nx\0y\n", 6, "not text in UTF-8"},
                 {"a\n\xFF\n", 4, "not text in UTF-8"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__facts *facts = NULL;
        assert_status(ctx, open_text(ctx, cases[i].text, cases[i].len, &facts),
                      HF_ERR_DAMAGED);
        assert_contains(hf_context_message(ctx), cases[i].message);
        assert_null(facts);
    }
}

static void a_missing_table_is_named(void **state) {
    hf_context *ctx = *state;
    hf__facts *facts = NULL;
    assert_status(ctx, hf__facts_open(ctx, "/no/such.csv", &facts), HF_ERR_IO);
    assert_contains(hf_context_message(ctx), "/no/such.csv: No such file");
}

static int set_up(void **state) {
    return hf_context_new((hf_context **)state) != HF_OK;
}

static int tear_down(void **state) {
    hf_context_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_cells_quotes_and_newlines),
        cmocka_unit_test(refuses_damaged_tables_with_file_and_line),
        cmocka_unit_test(a_missing_table_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
