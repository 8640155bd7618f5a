/* SSDA903 returns in XML read as CSV, and documents that are none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotated.h"
#include "base/text.h"
#include "table/feed.h"

/* What a feed makes of bytes, read in steps; *out is freed by the caller. */
static hf_status read_feed(hf_context *ctx, const char *bytes, size_t len,
                           size_t step, hf__buf *out) {
    hf__feed feed;
    int fd = file_of(bytes, len);
    hf__buf_init(out);
    hf_status status = hf__feed_open(ctx, &feed, fd, "r.xml", 0, NULL, NULL);
    while (!status) {
        status = hf__stream_fill(ctx, &feed.records, step);
        hf__str ahead = hf__stream_ahead(&feed.records);
        if (status || !ahead.len) {
            break;
        }
        hf__buf_add(out, ahead.at, ahead.len);
        hf__stream_skip(&feed.records, ahead.len);
    }
    hf__feed_close(&feed);
    close(fd);
    assert_false(out->failed);
    return status;
}

static void assert_csv(const char *xml, size_t len, const char *csv) {
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    static const size_t steps[] = {600, 1, 7, 100000};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        hf__buf out;
        assert_ok(ctx, read_feed(ctx, xml, len, steps[i], &out));
        assert_string_equal(out.text ? out.text : "", csv);
        hf__buf_reset(&out);
    }
    hf_context_free(ctx);
}

static void assert_refused(const char *xml, size_t len, hf_status status,
                           const char *message) {
    hf_context *ctx;
    hf__buf out;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_status(ctx, read_feed(ctx, xml, len, 600, &out), status);
    assert_contains(hf_context_message(ctx), message);
    hf__buf_reset(&out);
    hf_context_free(ctx);
}

#define COLUMNS                                                               \
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE" \
    ",HOME_POST,PL_POST,URN,UASC"

static void episodes_become_rows(void **state) {
    (void)state;
    static const char xml[] =
        "<?xml version='1.0'?>\n"
        "<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><SEX>1</SEX>"
        "<UASC>1</UASC><AREVIEW><REVIEW>1</REVIEW></AREVIEW></HEADER>\n"
        "<EPISODE><DECOM>01/04/2024</DECOM><RNE>S</RNE><LS>C2</LS>"
        "<CIN>N1</CIN><PL>K2</PL><PL_POST>AL1 1AA</PL_POST>"
        "<HOME_POST>AL3 1AA</HOME_POST><URN/></EPISODE>"
        "<EPISODE><PLACE_PROVIDER> PR1\n</PLACE_PROVIDER></EPISODE></CHILD>"
        "<!-- nothing -->"
        "<CHILD><EPISODE><LS>a,\"b\" &amp;&#233;<![CDATA[<c>]]></LS></EPISODE>"
        "<HEADER><CHILDID>8</CHILDID></HEADER></CHILD>"
        "<CHILD><HEADER><CHILDID>9</CHILDID></HEADER></CHILD></EXPSSDA903>";
    assert_csv(xml, strlen(xml),
               COLUMNS
               "\n7,01/04/2024,S,C2,N1,K2,,,,,AL3 1AA,AL1 1AA,,1\n"
               "7,,,,,,PR1,,,,,,,1\n"
               "8,,,\"a,\"\"b\"\" &\xC3\xA9<c>\",,,,,,,,,,\n");
}

/* The first rows wait for them. */
static void what_else_episodes_have_gets_columns(void **state) {
    (void)state;
    static const char xml[] =
        "<r><CHILD><HEADER><CHILDID>7</CHILDID></HEADER>"
        "<EPISODE><PL_LA>E10000015</PL_LA></EPISODE>"
        "<EPISODE><PL_DISTANCE>1.5</PL_DISTANCE><pl_la>SCO</pl_la></EPISODE>"
        "</CHILD></r>";
    assert_csv(xml, strlen(xml),
               COLUMNS
               ",PL_LA,PL_DISTANCE\n7,,,,,,,,,,,,,,E10000015,\n"
               "7,,,,,,,,,,,,,,SCO,1.5\n");
}

static void encodings_are_read(void **state) {
    (void)state;
    static const char latin[] =
        "<?xml version='1.0' encoding='ISO-8859-1'?><r><CHILD><HEADER>"
        "<CHILDID>\xE9</CHILDID></HEADER><EPISODE/></CHILD></r>";
    assert_csv(latin, strlen(latin), COLUMNS "\n\xC3\xA9,,,,,,,,,,,,,\n");
    static const char marked[] =
        "\xEF\xBB\xBF<r><CHILD><HEADER><CHILDID>1</CHILDID></HEADER>"
        "<EPISODE/></CHILD></r>";
    assert_csv(marked, strlen(marked), COLUMNS "\n1,,,,,,,,,,,,,\n");
}

/* With and without a byte order mark; U+1F600 takes two units. */
static void utf16_is_read(void **state) {
    (void)state;
    static const char text[] =
        "<?xml version='1.0' encoding='utf-16'?><r><CHILD><HEADER>"
        "<CHILDID>$</CHILDID></HEADER><EPISODE/></CHILD></r>";
    for (int turn = 0; turn < 4; turn++) {
        bool is_big = turn & 1;
        unsigned units[200];
        size_t n = 0, len = 0;
        if (turn & 2) {
            units[n++] = 0xFEFF;
        }
        for (const char *at = text; *at; at++) {
            units[n++] = *at == '$' ? 0xD83D : (unsigned)*at;
            if (*at == '$') {
                units[n++] = 0xDE00;
            }
        }
        char wide[400];
        for (size_t i = 0; i < n; i++) {
            wide[len++] = (char)(is_big ? units[i] >> 8 : units[i]);
            wide[len++] = (char)(is_big ? units[i] : units[i] >> 8);
        }
        assert_csv(wide, len, COLUMNS "\n\xF0\x9F\x98\x80,,,,,,,,,,,,,\n");
        assert_refused(wide, len - 1, HF_ERR_DAMAGED, "ends in the middle");
        wide[is_big ? 60 : 61] = '\xDC';
        assert_refused(wide, len, HF_ERR_UNSUITABLE, "the wrong encoding");
    }
}

static void csv_is_left_alone(void **state) {
    (void)state;
    static const char csv[] = "CHILD,<PL>\n1,<a>\n";
    assert_csv(csv, strlen(csv), csv);
    static const char page[] = "<!DOCTYPE html><html></html>";
    assert_csv(page, strlen(page), page);
    assert_csv("<html>", 6, "<html>");
    assert_csv("", 0, "");
    assert_csv("<", 1, "<");
}

#define IN_CHILD(text)                                                \
    "<r>\n<CHILD><HEADER><CHILDID>1</CHILDID></HEADER><EPISODE>" text \
    "</EPISODE></CHILD></r>"

static void what_is_no_return_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *xml;
        hf_status status;
        const char *message;
    } cases[] = {
        {"<!DOCTYPE r [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]>\n"
         "<r><CHILD><EPISODE><LS>&c;</LS></EPISODE></CHILD></r>",
         HF_ERR_UNSUITABLE, "r.xml: line 1: it declares a document type"},
        {"<?xml version='1.0'?>\n<!DOCTYPE r SYSTEM \"file:///etc/passwd\">"
         "<r/>",
         HF_ERR_UNSUITABLE, "r.xml: line 2: it declares a document type"},
        {IN_CHILD("<LS>&xxe;</LS>"), HF_ERR_UNSUITABLE,
         "r.xml: line 2: an entity"},
        {"<r/>", HF_ERR_UNSUITABLE, "not an SSDA903 return"},
        {"<r><EPISODE/></r>", HF_ERR_UNSUITABLE, "not an SSDA903 return"},
        {"<r>\n<CHILD><EPISODE>", HF_ERR_DAMAGED,
         "r.xml: line 2: the document ends in the middle"},
        {"<r><CHILD><EPISODE><LS", HF_ERR_DAMAGED, "ends in the middle"},
        {"<?xml version='1.0'?>", HF_ERR_DAMAGED, "ends in the middle"},
        {"<r><CHILD></EPISODE></CHILD></r>", HF_ERR_UNSUITABLE,
         "an end tag that does not match"},
        {"<r>\xE9</r>", HF_ERR_UNSUITABLE, "the wrong encoding"},
        {"<?xml version='1.0' encoding='us-ascii'?><r>\xE9</r>",
         HF_ERR_UNSUITABLE, "the wrong encoding"},
        {"<?xml version='1.0' encoding='klingon'?><r/>", HF_ERR_UNSUITABLE,
         "its encoding is not known"},
        {"<?xml version='1.0' encoding='UTF-16'?><r/>", HF_ERR_UNSUITABLE,
         "its encoding is not known"},
        {IN_CHILD("<LS>\x01</LS>"), HF_ERR_UNSUITABLE,
         "r.xml: line 2: characters that XML"},
        {"<r><CHILD><EPISODE></EPISODE></CHILD></", HF_ERR_DAMAGED,
         "ends in the middle"},
        {"<r><CHILD><EPISODE></EPISODE></CHILD></r", HF_ERR_DAMAGED,
         "ends in the middle"},
        {"<r a='1' a='2'/>", HF_ERR_UNSUITABLE, "not well-formed XML"},
        {"<r><CHILD><CHILD/></CHILD></r>", HF_ERR_UNSUITABLE,
         "a CHILD stands within a CHILD"},
        {IN_CHILD("<LS>1</LS><LS>2</LS>"), HF_ERR_UNSUITABLE,
         "an element stands twice"},
        {IN_CHILD("<PL>1</PL><PLACE>2</PLACE>"), HF_ERR_UNSUITABLE,
         "an element stands twice"},
        {IN_CHILD("<LS><X/></LS>"), HF_ERR_UNSUITABLE, "holds elements"},
        {IN_CHILD("<UASC>1</UASC>"), HF_ERR_UNSUITABLE,
         "UASC stands in an EPISODE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(cases[i].xml, strlen(cases[i].xml), cases[i].status,
                       cases[i].message);
    }
}

/* Cut anywhere, it is refused; never half read as if it were whole. */
static void every_truncation_is_refused(void **state) {
    (void)state;
    static const char xml[] =
        "<?xml version='1.0'?><r>\n<CHILD><HEADER><CHILDID>1</CHILDID>"
        "</HEADER><EPISODE a='1'><LS>&amp;<![CDATA[x]]></LS><!-- c --><?p i?>"
        "</EPISODE></CHILD></r>";
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    for (size_t len = 10; len + 1 < sizeof xml; len++) {
        hf__buf out;
        assert_status(ctx, read_feed(ctx, xml, len, 600, &out), HF_ERR_DAMAGED);
        assert_contains(hf_context_message(ctx), "ends in the middle");
        hf__buf_reset(&out);
    }
    hf_context_free(ctx);
}

/* Repeats a text, between two others. */
static char *repeated(const char *before, const char *text, size_t n,
                      const char *after, size_t *out_len) {
    size_t len = strlen(text);
    char *all = malloc(strlen(before) + n * len + strlen(after) + 1);
    assert_non_null(all);
    size_t at = (size_t)sprintf(all, "%s", before);
    for (size_t i = 0; i < n; i++, at += len) {
        memcpy(all + at, text, len);
    }
    *out_len = at + (size_t)sprintf(all + at, "%s", after);
    return all;
}

static void what_grows_without_end_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *before, *text;
        size_t n;
        const char *message;
    } cases[] = {
        {"", "<a>", 1000000, "nested too deep"},
        {"<r><CHILD><EPISODE>", "<a>", 1000, "holds elements"},
        {"<r", " a", 1000000, "longer than 64 KB"},
        {"<r ", "abcdefgh", 100000, "longer than 64 KB"},
        {"<r a='", "abcdefgh", 100000, "longer than 64 KB"},
        {"<r><!--", "abcdefgh", 100000, "longer than 64 KB"},
        {"<r><CHILD><EPISODE><LS>", "abcdefgh", 100000, "10,000 bytes"},
        {"<r><CHILD>", "<EPISODE><LS/></EPISODE>", 1000000,
         "too many EPISODEs"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len;
        char *xml =
            repeated(cases[i].before, cases[i].text, cases[i].n, "", &len);
        assert_refused(xml, len, HF_ERR_UNSUITABLE, cases[i].message);
        free(xml);
    }
}

/* Eleven thousand attributes fit into a tag that is still read. */
static void attributes_cost_no_time(void **state) {
    (void)state;
    size_t len = 2;
    char *xml = malloc(200000);
    assert_non_null(xml);
    memcpy(xml, "<r", 2);
    for (unsigned i = 0; len < 64000; i++) {
        len += (size_t)sprintf(xml + len, " a%x=\"\"", i);
    }
    len += (size_t)sprintf(
        xml + len,
        "><CHILD><HEADER><CHILDID>1</CHILDID></HEADER><EPISODE/></CHILD></r>");
    assert_csv(xml, len, COLUMNS "\n1,,,,,,,,,,,,,\n");
    free(xml);
}

/* A new element is a column only as long as columns may still be added. */
static void columns_settle_after_a_megabyte(void **state) {
    (void)state;
    size_t len;
    char *xml = repeated(
        "<r>",
        "<CHILD><HEADER><CHILDID>1</CHILDID></HEADER>"
        "<EPISODE><URN>SC123456</URN></EPISODE></CHILD>",
        60000, "<CHILD><EPISODE><NEW>1</NEW></EPISODE></CHILD></r>", &len);
    assert_refused(xml, len, HF_ERR_UNSUITABLE, "there is no column for it");
    free(xml);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(episodes_become_rows),
        cmocka_unit_test(what_else_episodes_have_gets_columns),
        cmocka_unit_test(encodings_are_read),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(csv_is_left_alone),
        cmocka_unit_test(what_is_no_return_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(what_grows_without_end_is_refused),
        cmocka_unit_test(attributes_cost_no_time),
        cmocka_unit_test(columns_settle_after_a_megabyte)};
    return run_tests(tests);
}
