/* The children known as UASC, and the set of texts that holds them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "annotated.h"
#include "table/keys.h"
#include "table/ssda903_children.h"

static void texts_keep_their_numbers(void **state) {
    (void)state;
    hf__keys keys = {.n = 0};
    char text[20];
    size_t number;
    assert_true(hf__keys_find(&keys, hf__str_of("a")) == SIZE_MAX);
    for (unsigned i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "%u", i * 7);
        assert_true(hf__keys_add(&keys, hf__str_of(text), &number));
        assert_int_equal(number, i);
        assert_true(hf__keys_add(&keys, hf__str_of(text), &number));
        assert_int_equal(number, i);
    }
    for (unsigned i = 0; i < 70000; i++) {
        snprintf(text, sizeof text, "%u", i);
        number = hf__keys_find(&keys, hf__str_of(text));
        assert_true(i % 7 ? number == SIZE_MAX : number == i / 7);
    }
    assert_true(hf__keys_find(&keys, hf__str_of("007")) == SIZE_MAX);
    hf__keys_reset(&keys);
}

static hf_status read_text(hf_context *ctx, hf_ssda903_children *children,
                           const char *text, bool is_header) {
    int fd = file_of(text, strlen(text));
    hf_status status =
        is_header ? hf_ssda903_children_read_header(ctx, children, fd, "h.csv")
                  : hf_ssda903_children_read_uasc(ctx, children, fd, "u.csv");
    close(fd);
    return status;
}

static bool is_uasc(const hf_ssda903_children *children, const char *child) {
    return hf__ssda903_is_uasc(children, hf__str_of(child));
}

static void children_are_known_by_either_file(void **state) {
    (void)state;
    hf_context *ctx;
    hf_ssda903_children *children;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_ok(ctx, hf_ssda903_children_new(ctx, &children));
    assert_false(is_uasc(children, "1"));
    assert_false(is_uasc(NULL, "1"));
    /* UTF-8 with a mark; Windows-1252 and semicolons; quotes, blanks; XML */
    assert_ok(ctx, read_text(ctx, children,
                             "\xEF\xBB\xBFuasc,child\r\n1, 1 \r\n0,2\r\n,3\r\n",
                             true));
    assert_ok(ctx,
              read_text(ctx, children,
                        "CHILD;SEX;DOB;DUC\n\"\xE9\"\"4\";1;;\n5;;;\n", false));
    assert_ok(ctx, read_text(ctx, children,
                             "<r><CHILD><HEADER><CHILDID>6</CHILDID>"
                             "<UASC>1</UASC></HEADER><EPISODE/></CHILD></r>",
                             true));
    assert_ok(ctx, read_text(ctx, children, "CHILD\n7\n", false));
    assert_true(is_uasc(children, "1"));
    assert_false(is_uasc(children, "2"));
    assert_false(is_uasc(children, "3"));
    assert_true(is_uasc(children, "\xC3\xA9\"4"));
    assert_false(is_uasc(children, "5"));
    assert_true(is_uasc(children, "6"));
    assert_true(is_uasc(children, "7"));
    assert_false(is_uasc(children, ""));
    assert_int_equal(hf_ssda903_children_count(children), 4);
    hf_ssda903_children_free(children);
    hf_context_free(ctx);
}

static void files_that_do_not_tell_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool is_header;
        hf_status status;
        const char *message;
    } cases[] = {
        {"", false, HF_ERR_NOT_FOUND, "u.csv is empty"},
        {"SEX\n1\n", false, HF_ERR_NOT_FOUND, "no column CHILD"},
        {"CHILD,SEX\n1,1\n", true, HF_ERR_NOT_FOUND, "no column UASC"},
        {"CHILD,SEX\n1,\"1\n", false, HF_ERR_DAMAGED, "u.csv: row 1: a quote"},
        {"\"CHILD,SEX\n1,1\n", false, HF_ERR_DAMAGED, "opens in the header"},
        {"<r><CHILD>", true, HF_ERR_DAMAGED, "ends in the middle"},
        {"PK\x03\x04", false, HF_ERR_UNSUITABLE, "u.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_context *ctx;
        hf_ssda903_children *children;
        assert_int_equal(hf_context_new(&ctx), HF_OK);
        assert_ok(ctx, hf_ssda903_children_new(ctx, &children));
        assert_status(
            ctx, read_text(ctx, children, cases[i].text, cases[i].is_header),
            cases[i].status);
        assert_contains(hf_context_message(ctx), cases[i].message);
        hf_ssda903_children_free(children);
        hf_context_free(ctx);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_keep_their_numbers),
        cmocka_unit_test(children_are_known_by_either_file),
        cmocka_unit_test(files_that_do_not_tell_are_refused)};
    return run_tests(tests);
}
