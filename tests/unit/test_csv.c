#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "check.h"
#include "table/csv.h"

/* A slow reader with the same rules, one byte and one state at a time, as the
 * oracle: gives records as "<cell|cell>" with line ends after them. */
static void read_slowly(const char *text, size_t len, char delimiter,
                        hf__buf *out) {
    enum { CELL_START, PLAIN, QUOTED, QUOTE_IN_QUOTED } at = CELL_START;
    bool in_record = false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (!in_record) {
            hf__buf_add_char(out, '<');
            in_record = true;
        }
        if (at == QUOTE_IN_QUOTED) {
            at = c == '"' ? QUOTED : PLAIN;
            if (c == '"') {
                hf__buf_add_char(out, c);
                continue;
            }
        }
        if (at == QUOTED) {
            hf__buf_add_char(out, c);
            at = c == '"' ? QUOTE_IN_QUOTED : QUOTED;
        } else if (c == delimiter) {
            hf__buf_add_char(out, '|');
            at = CELL_START;
        } else if (c == '\n' || c == '\r') {
            hf__buf_add_char(out, '>');
            hf__buf_add_char(out, c);
            if (c == '\r' && i + 1 < len && text[i + 1] == '\n') {
                hf__buf_add_char(out, text[++i]);
            }
            in_record = false;
            at = CELL_START;
        } else {
            hf__buf_add_char(out, c);
            at = at == CELL_START && c == '"' ? QUOTED : PLAIN;
        }
    }
    if (in_record) {
        hf__buf_add_text(out, at == QUOTED ? "...>" : ">");
    }
}

/* The same of the real reader. The text is copied, so that tools see every byte
 * read beyond it. */
static void read_text(const char *text, size_t len, char delimiter,
                      hf__buf *out) {
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    hf__csv_reader reader;
    hf__csv_record record;
    hf__str cells[256];
    hf__csv_reader_init(&reader, copy, len, delimiter);
    while (hf__csv_next(&reader, cells, 256, &record)) {
        hf__buf_add_char(out, '<');
        for (size_t i = 0; i < record.n_cells; i++) {
            assert_in_range(i, 0, 255);
            hf__buf_add(out, "|", i > 0);
            hf__buf_add(out, cells[i].at, cells[i].len);
        }
        hf__buf_add_text(out, record.is_open ? "...>" : ">");
        hf__buf_add(out, record.bytes.at + record.bytes.len, record.line_end);
    }
    free(copy);
}

static void finds_records_and_cells(void **state) {
    (void)state;
    static const struct {
        char delimiter;
        const char *text, *records;
    } cases[] = {
        {',', "", ""},
        {',', "a", "<a>"},
        {',', "a,b\n", "<a|b>\n"},
        {',', "a,b\r\nc,d", "<a|b>\r\n<c|d>"},
        {',', "a\rb\r", "<a>\r<b>\r"},
        {',', "a\nb\r\nc\rd", "<a>\n<b>\r\n<c>\r<d>"},
        {',', ",\n", "<|>\n"},
        {',', ",,", "<||>"},
        {',', "\n\n\r\n", "<>\n<>\n<>\r\n"},
        {',', "a\r\r\nb", "<a>\r<>\r\n<b>"},
        {',', "\"a,b\",c\n", "<\"a,b\"|c>\n"},
        {',', "\"a\r\nb\",c\n", "<\"a\r\nb\"|c>\n"},
        {',', "\"a\"\"b\",c\n", "<\"a\"\"b\"|c>\n"},
        {',', "\"\"\"\",c\n", "<\"\"\"\"|c>\n"},
        {',', "\"\",c\n", "<\"\"|c>\n"},
        /* A quote within a cell is text: inches, feet. */
        {',', "5\" pipe,6\" pipe\nx", "<5\" pipe|6\" pipe>\n<x>"},
        {',', "\"a\"b,c\n", "<\"a\"b|c>\n"},
        {',', "\"a\"b\"c,d\"\n", "<\"a\"b\"c|d\">\n"},
        {',', " \"a,b\"\n", "< \"a|b\">\n"},
        {';', "a,b;c\n", "<a,b|c>\n"},
        {'\t', "a b\tc;\n", "<a b|c;>\n"},
        {',', "a,\"b\nc", "<a|\"b\nc...>"},
        {',', "\"", "<\"...>"},
        {',', "\"\"\"", "<\"\"\"...>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__buf found, slow;
        hf__buf_init(&found);
        hf__buf_init(&slow);
        size_t len = strlen(cases[i].text);
        read_text(cases[i].text, len, cases[i].delimiter, &found);
        read_slowly(cases[i].text, len, cases[i].delimiter, &slow);
        assert_string_equal(found.text ? found.text : "", cases[i].records);
        assert_string_equal(slow.text ? slow.text : "", cases[i].records);
        hf__buf_reset(&found);
        hf__buf_reset(&slow);
    }
}

/* Text of the bytes that matter, and of few others. */
static size_t random_text(char *text, size_t most) {
    static const char bytes[] = ",,;\t\"\"\n\r\n\r\nab\0 ";
    size_t len = check_random() % (most + 1);
    bool is_sparse = check_random() % 2;
    for (size_t i = 0; i < len; i++) {
        text[i] = is_sparse && check_random() % 8
                      ? 'x'
                      : bytes[check_random() % (sizeof bytes - 1)];
    }
    return len;
}

static void reads_as_one_byte_at_a_time_does(void **state) {
    (void)state;
    static const char delimiters[] = ",;\t";
    for (int round = 0; round < 20000; round++) {
        char text[300];
        size_t len = random_text(text, sizeof text);
        char delimiter = delimiters[check_random() % 3];
        hf__buf found, slow;
        hf__buf_init(&found);
        hf__buf_init(&slow);
        hf__buf_add(&found, "", 0);
        hf__buf_add(&slow, "", 0);
        read_text(text, len, delimiter, &found);
        read_slowly(text, len, delimiter, &slow);
        assert_int_equal(found.len, slow.len);
        assert_memory_equal(found.text, slow.text, slow.len);
        hf__buf_reset(&found);
        hf__buf_reset(&slow);
    }
}

static void cuts_only_between_records(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t cut, cut_at_end;
    } cases[] = {
        {"", 0, 0},         {"abc", 0, 3},
        {"a\nbc", 2, 4},    {"a\n", 2, 2},
        {"a\r", 0, 2},      {"a\rb", 2, 3},
        {"a\r\n", 3, 3},    {"\"a\nb", 0, 4},
        {"a\n\"b\n", 2, 5}, {"\"a\nb\"\nc", 6, 7},
        {"x\"\ny", 3, 4},   {"\"a\"", 0, 3},
        {"\"a\"\r", 0, 4},  {"\"a\"\r\n\"b\"\r", 5, 9},
        {"\n\n", 2, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = strlen(cases[i].text);
        assert_int_equal(hf__csv_cut(cases[i].text, len, ',', false),
                         cases[i].cut);
        assert_int_equal(hf__csv_cut(cases[i].text, len, ',', true),
                         cases[i].cut_at_end);
    }
}

/* Any text, taken in pieces that are cut, gives the records of the whole. */
static void pieces_give_the_records_of_the_whole(void **state) {
    (void)state;
    for (int round = 0; round < 5000; round++) {
        char text[300];
        size_t len = random_text(text, sizeof text);
        size_t step = 1 + check_random() % 40;
        hf__buf whole, pieces;
        hf__buf_init(&whole);
        hf__buf_init(&pieces);
        hf__buf_add(&whole, "", 0);
        hf__buf_add(&pieces, "", 0);
        read_text(text, len, ',', &whole);
        size_t start = 0, seen = 0;
        while (start < len) {
            seen = seen + step < len ? seen + step : len;
            size_t cut =
                hf__csv_cut(text + start, seen - start, ',', seen == len);
            assert_in_range(cut, 0, seen - start);
            read_text(text + start, cut, ',', &pieces);
            start += cut;
        }
        assert_int_equal(pieces.len, whole.len);
        assert_memory_equal(pieces.text, whole.text, whole.len);
        hf__buf_reset(&whole);
        hf__buf_reset(&pieces);
    }
}

static void takes_quotes_off(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"a", "a"},
        {"\"a\"", "a"},
        {"\"\"", ""},
        {"\"a\"\"b\"", "a\"b"},
        {"\"\"\"\"", "\""},
        {"\"a\"b", "ab"},
        {"\"a\"\"\"b\"", "a\"b\""},
        {"a\"b\"", "a\"b\""},
        {"\"open", "open"},
        {"\"op\"\"en", "op\"en"},
        {"\"", ""},
        {"\"a,b\nc\"", "a,b\nc"},
    };
    hf__buf scratch;
    hf__buf_init(&scratch);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__str text = hf__csv_unquote(hf__str_of(cases[i][0]), &scratch);
        assert_true(hf__str_is(text, cases[i][1]));
    }
    hf__buf_reset(&scratch);
}

static void added_cells_read_back(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "plain", "Bristol, City of", "a\"b", "a\nb\rc", "\"", "a;b\tc"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf__buf out, scratch;
        hf__buf_init(&out);
        hf__buf_init(&scratch);
        hf__buf_add_char(&out, ',');
        hf__csv_add_cell(&out, hf__str_of(texts[i]), ',');
        hf__csv_reader reader;
        hf__csv_record record;
        hf__str cells[3];
        hf__csv_reader_init(&reader, out.text, out.len, ',');
        assert_true(hf__csv_next(&reader, cells, 3, &record));
        assert_int_equal(record.n_cells, 2);
        assert_int_equal(record.line_end, 0);
        assert_true(hf__str_is(hf__csv_unquote(cells[1], &scratch), texts[i]));
        hf__buf_reset(&out);
        hf__buf_reset(&scratch);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_records_and_cells),
        cmocka_unit_test(reads_as_one_byte_at_a_time_does),
        cmocka_unit_test(cuts_only_between_records),
        cmocka_unit_test(pieces_give_the_records_of_the_whole),
        cmocka_unit_test(takes_quotes_off),
        cmocka_unit_test(added_cells_read_back),
    };
    return run_tests(tests);
}
