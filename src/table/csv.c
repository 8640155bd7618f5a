#include "table/csv.h"

#include <string.h>

/* Cells are found by their marks: delimiters, quotes and line ends. 64 bytes
 * are compared at a time, 16 by 16, and the results are packed into one word.
 */
#if defined(__SSE2__) && !defined(HF_PORTABLE)
#include <emmintrin.h>

static uint64_t marks_of_64(const char *at, char delimiter) {
    const __m128i cell_end = _mm_set1_epi8(delimiter);
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 16) {
        __m128i text = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i is_mark = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(text, cell_end),
                         _mm_cmpeq_epi8(text, quote)),
            _mm_or_si128(_mm_cmpeq_epi8(text, lf), _mm_cmpeq_epi8(text, cr)));
        bits |= (uint64_t)_mm_movemask_epi8(is_mark) << i;
    }
    return bits;
}
#else
/* Compilers have vectors of bytes on every machine. */
typedef unsigned char bytes16 __attribute__((vector_size(16)));

/* Bytes of 0 or 1, packed into bits: the product moves byte i to bit 56 + i,
 * and no two of its other terms meet. */
static uint64_t pack(const unsigned char *flags) {
    uint64_t bits = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * (size_t)i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        eight = __builtin_bswap64(eight);
#endif
        bits |= (eight * 0x0102040810204080u) >> 56 << (8 * i);
    }
    return bits;
}

static uint64_t marks_of_64(const char *at, char delimiter) {
    unsigned char flags[64];
    const bytes16 zero = {0};
    const bytes16 cell_end = zero + (unsigned char)delimiter;
    const bytes16 quote = zero + '"', lf = zero + '\n', cr = zero + '\r';
    for (int i = 0; i < 64; i += 16) {
        bytes16 text;
        memcpy(&text, at + i, sizeof text);
        bytes16 is_mark = (bytes16)((text == cell_end) | (text == quote) |
                                    (text == lf) | (text == cr));
        is_mark &= 1;
        memcpy(flags + i, &is_mark, sizeof is_mark);
    }
    return pack(flags);
}
#endif

static void look_from(hf__csv_reader *reader, const char *at) {
    size_t left = (size_t)(reader->end - at);
    reader->window = at;
    if (left >= 64) {
        reader->marks = marks_of_64(at, reader->delimiter);
        return;
    }
    char last[64] = {0};
    if (left) {
        memcpy(last, at, left);
    }
    uint64_t within = ((uint64_t)1 << left) - 1;
    reader->marks = marks_of_64(last, reader->delimiter) & within;
}

/* The next mark, which is visited by that; the end where there is none. */
static const char *next_mark(hf__csv_reader *reader) {
    while (!reader->marks) {
        if (reader->end - reader->window <= 64) {
            reader->window = reader->end;
            return reader->end;
        }
        look_from(reader, reader->window + 64);
    }
    const char *mark = reader->window + __builtin_ctzll(reader->marks);
    reader->marks &= reader->marks - 1;
    return mark;
}

/* Goes on looking for marks at `at`, which no mark visited lies behind. */
static void skip_to(hf__csv_reader *reader, const char *at) {
    if (at - reader->window < 64 && reader->window < reader->end) {
        reader->marks &= UINT64_MAX << (at - reader->window);
    } else {
        look_from(reader, at);
    }
}

/* Behind the closing quote of a part that opens at `quote`; NULL where none
 * closes it. */
static const char *behind_quotes(const char *quote, const char *end) {
    for (const char *at = quote + 1; at < end; at += 2) {
        at = memchr(at, '"', (size_t)(end - at));
        if (!at) {
            return NULL;
        }
        if (at + 1 == end || at[1] != '"') {
            return at + 1;
        }
    }
    return NULL;
}

void hf__csv_reader_init(hf__csv_reader *reader, const char *text, size_t len,
                         char delimiter) {
    *reader =
        (hf__csv_reader){.at = text, .end = text + len, .delimiter = delimiter};
    look_from(reader, text);
}

bool hf__csv_next(hf__csv_reader *reader, hf__str *cells, size_t max_cells,
                  hf__csv_record *out) {
    const char *start = reader->at;
    const char *end = reader->end;
    if (start == end) {
        return false;
    }
    const char *cell = start;
    const char *mark;
    size_t n_cells = 0;
    bool is_open = false;
    for (;;) {
        mark = next_mark(reader);
        if (mark == end) {
            break;
        }
        if (*mark == reader->delimiter) {
            if (n_cells < max_cells) {
                cells[n_cells] = (hf__str){cell, (size_t)(mark - cell)};
            }
            n_cells++;
            cell = mark + 1;
        } else if (*mark != '"') {
            break;
        } else if (mark == cell) {
            const char *behind = behind_quotes(mark, end);
            is_open = !behind;
            skip_to(reader, behind ? behind : end);
        }
    }
    size_t line_end = mark < end;
    if (line_end && *mark == '\r' && mark + 1 < end && mark[1] == '\n') {
        line_end = 2;
        skip_to(reader, mark + 2);
    }
    if (mark > start) {
        if (n_cells < max_cells) {
            cells[n_cells] = (hf__str){cell, (size_t)(mark - cell)};
        }
        n_cells++;
    }
    reader->at = mark + line_end;
    *out = (hf__csv_record){.bytes = {start, (size_t)(mark - start)},
                            .line_end = line_end,
                            .n_cells = n_cells,
                            .is_open = is_open};
    return true;
}

/* Behind the last line end of a text without quotes; 0 without one. A CR as the
 * last byte may be half of a CRLF. */
static size_t cut_without_quotes(const char *text, size_t len) {
    for (size_t i = len; i > 0; i--) {
        if (text[i - 1] == '\n' || (text[i - 1] == '\r' && i < len)) {
            return i;
        }
    }
    return 0;
}

size_t hf__csv_cut(const char *text, size_t len, char delimiter, bool at_end) {
    if (at_end || !len) {
        return len;
    }
    if (!memchr(text, '"', len)) {
        return cut_without_quotes(text, len);
    }
    size_t cut = 0;
    hf__csv_reader reader;
    hf__csv_record record;
    hf__csv_reader_init(&reader, text, len, delimiter);
    while (hf__csv_next(&reader, NULL, 0, &record)) {
        bool may_go_on = record.line_end < 2 && reader.at == reader.end &&
                         (!record.line_end || reader.at[-1] == '\r');
        if (!may_go_on) {
            cut = (size_t)(reader.at - text);
        }
    }
    return cut;
}

hf__str hf__csv_unquote(hf__str cell, hf__buf *scratch) {
    if (!cell.len || cell.at[0] != '"') {
        return cell;
    }
    const char *end = cell.at + cell.len;
    const char *behind = behind_quotes(cell.at, end);
    if (behind == end &&
        !memchr(cell.at + 1, '"', (size_t)(behind - cell.at - 2))) {
        return (hf__str){cell.at + 1, cell.len - 2};
    }
    const char *quoted_end = behind ? behind - 1 : end;
    scratch->len = 0;
    hf__buf_add(scratch, "", 0);
    const char *at = cell.at + 1;
    while (at < quoted_end) {
        const char *quote = memchr(at, '"', (size_t)(quoted_end - at));
        if (!quote) {
            hf__buf_add(scratch, at, (size_t)(quoted_end - at));
            break;
        }
        hf__buf_add(scratch, at, (size_t)(quote + 1 - at));
        at = quote + 2;
    }
    if (behind) {
        hf__buf_add(scratch, behind, (size_t)(end - behind));
    }
    return (hf__str){scratch->text, scratch->failed ? 0 : scratch->len};
}

void hf__csv_add_cell(hf__buf *out, hf__str text, char delimiter) {
    bool needs_quotes = false;
    for (size_t i = 0; i < text.len && !needs_quotes; i++) {
        char c = text.at[i];
        needs_quotes = c == delimiter || c == '"' || c == '\n' || c == '\r';
    }
    if (!needs_quotes) {
        hf__buf_add(out, text.at, text.len);
        return;
    }
    hf__buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            hf__buf_add_char(out, '"');
        }
        hf__buf_add_char(out, text.at[i]);
    }
    hf__buf_add_char(out, '"');
}
