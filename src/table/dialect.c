#include "table/dialect.h"

#include <string.h>

#include "base/context.h"
#include "table/csv.h"

/* Records looked at to find the delimiter. */
#define RECORDS_MOST 200

static bool starts_with(const char *head, size_t len, const char *magic,
                        size_t magic_len) {
    return len >= magic_len && !memcmp(head, magic, magic_len);
}

/* ASCII text in UTF-16 without a byte order mark has a NUL in every pair. */
static bool is_bare_utf16(const char *head, size_t len) {
    if (len < 8) {
        return false;
    }
    size_t pairs = len < 64 ? len / 2 : 32;
    size_t high = 0, low = 0;
    for (size_t i = 0; i < pairs; i++) {
        high += !head[2 * i] && head[2 * i + 1];
        low += head[2 * i] && !head[2 * i + 1];
    }
    return high == pairs || low == pairs;
}

/* JSON and pages of the web, by how they begin after blanks. */
static const char *markup(const char *head, size_t len) {
    hf__str text = hf__str_trim((hf__str){head, len});
    if (text.len && (text.at[0] == '{' || text.at[0] == '[')) {
        hf__str rest = hf__str_trim((hf__str){text.at + 1, text.len - 1});
        bool is_json = rest.len && (rest.at[0] == '{' || rest.at[0] == '[' ||
                                    rest.at[0] == '"');
        return is_json ? "JSON" : NULL;
    }
    return starts_with(text.at, text.len, "<!", 2) ||
                   starts_with(text.at, text.len, "<html", 5) ||
                   starts_with(text.at, text.len, "<HTML", 5)
               ? "a page of the web"
               : NULL;
}

static hf_status refuse_other_formats(hf_context *ctx, const char *label,
                                      const char *head, size_t len) {
    static const struct {
        const char *magic;
        size_t len;
        const char *what, *remedy;
    } formats[] = {
        {"\xFF\xFE", 2, "text in UTF-16",
         "save it as \"CSV UTF-8\", or "
         "convert it with: iconv -f UTF-16 -t UTF-8"},
        {"\xFE\xFF", 2, "text in UTF-16",
         "save it as \"CSV UTF-8\", or "
         "convert it with: iconv -f UTF-16 -t UTF-8"},
        {"PK\x03\x04", 4, "a workbook or a zip file, not CSV",
         "save the sheet as \"CSV UTF-8\""},
        {"\xD0\xCF\x11\xE0", 4, "an Excel workbook, not CSV",
         "save the sheet as \"CSV UTF-8\""},
        {"\x1F\x8B", 2, "compressed", "decompress it: gunzip -c"},
        {"%PDF", 4, "a PDF document, not CSV", "ask for the table as CSV"},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (starts_with(head, len, formats[i].magic, formats[i].len)) {
            return hf__fail(ctx, HF_ERR_UNSUITABLE, "%s is %s: %s", label,
                            formats[i].what, formats[i].remedy);
        }
    }
    const char *language = markup(head, len);
    if (language) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s is %s, not CSV: ask for the table as CSV", label,
                        language);
    }
    if (is_bare_utf16(head, len)) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s is text in UTF-16 without a byte order mark: save "
                        "it as \"CSV UTF-8\", or convert it with iconv",
                        label);
    }
    return HF_OK;
}

/* "sep=;" and its line end, which spreadsheets read and write as the first
 * line; 0 without it. */
static size_t sep_line(const char *head, size_t len, char *delimiter) {
    if (len < 5 || memcmp(head, "sep=", 4) || head[4] == '\n' ||
        head[4] == '\r' || head[4] == '"') {
        return 0;
    }
    size_t line = 5;
    if (line < len && head[line] == '\r') {
        line++;
    }
    if (line < len && head[line] == '\n') {
        line++;
    }
    if (line == 5 && len > 5) {
        return 0;
    }
    *delimiter = head[4];
    return line;
}

/* How well a delimiter fits: the share of records with as many cells as the
 * first, which has at least two; 0 where it does not part the first. */
static double fit(const char *text, size_t len, bool at_end, char delimiter,
                  size_t *out_cells) {
    len = hf__csv_cut(text, len, delimiter, at_end);
    hf__csv_reader reader;
    hf__csv_record record;
    hf__csv_reader_init(&reader, text, len, delimiter);
    size_t cells = 0, records = 0, alike = 0;
    while (records < RECORDS_MOST && hf__csv_next(&reader, NULL, 0, &record)) {
        if (!record.n_cells) {
            continue;
        }
        if (!cells) {
            cells = record.n_cells;
        }
        records++;
        alike += record.n_cells == cells;
    }
    *out_cells = cells;
    return cells < 2 ? 0 : (double)alike / (double)records;
}

static char detect_delimiter(const char *text, size_t len, bool at_end) {
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    double best_fit = 0;
    size_t best_cells = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t cells;
        double f = fit(text, len, at_end, candidates[i], &cells);
        if (f > best_fit || (f > 0 && f == best_fit && cells > best_cells)) {
            best = candidates[i];
            best_fit = f;
            best_cells = cells;
        }
    }
    return best;
}

/* Whether bytes are UTF-8 as far as they go: the last character may be cut. */
static bool is_utf8(const char *text, size_t len, bool at_end) {
    if (hf__utf8_is_valid(text, len)) {
        return true;
    }
    for (size_t cut = 1; !at_end && cut <= 3 && cut <= len; cut++) {
        unsigned char c = (unsigned char)text[len - cut];
        if (c >= 0xC0) {
            return hf__utf8_is_valid(text, len - cut);
        }
    }
    return false;
}

hf_status hf__dialect_detect(hf_context *ctx, const char *label,
                             const char *head, size_t len, bool at_end,
                             char delimiter, hf__dialect *out) {
    hf_status status = refuse_other_formats(ctx, label, head, len);
    if (status) {
        return status;
    }
    bool has_mark = starts_with(head, len, "\xEF\xBB\xBF", 3);
    size_t preamble = has_mark ? 3 : 0;
    char said = 0;
    preamble += sep_line(head + preamble, len - preamble, &said);
    if (!delimiter) {
        delimiter = said;
    }
    if (!delimiter) {
        delimiter = detect_delimiter(head + preamble, len - preamble, at_end);
    }
    *out = (hf__dialect){.delimiter = delimiter,
                         .preamble = preamble,
                         .is_cp1252 = !has_mark && !is_utf8(head, len, at_end)};
    return HF_OK;
}

/* Windows-1252 from 0x80 to 0x9F; 0 where it has nothing. The rest is that of
 * Latin-1. Source: Unicode's CP1252.TXT. */
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static void add_utf8(hf__buf *out, unsigned c) {
    char bytes[3];
    size_t n = 0;
    if (c < 0x80) {
        bytes[n++] = (char)c;
    } else if (c < 0x800) {
        bytes[n++] = (char)(0xC0 | c >> 6);
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        bytes[n++] = (char)(0xE0 | c >> 12);
        bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    }
    hf__buf_add(out, bytes, n);
}

void hf__dialect_decode(const hf__dialect *dialect, hf__str text,
                        hf__buf *out) {
    if (!dialect->is_cp1252 && hf__utf8_is_valid(text.at, text.len)) {
        hf__buf_add(out, text.at, text.len);
        return;
    }
    for (size_t i = 0; i < text.len; i++) {
        unsigned c = (unsigned char)text.at[i];
        if (c >= 0x80 && c < 0xA0) {
            c = cp1252[c - 0x80] ? cp1252[c - 0x80] : 0xFFFD;
        }
        add_utf8(out, c);
    }
}

static char to_cp1252(unsigned c) {
    if (c < 0x80 || (c >= 0xA0 && c < 0x100)) {
        return (char)c;
    }
    for (size_t i = 0; i < 32; i++) {
        if (c == cp1252[i]) {
            return (char)(0x80 + i);
        }
    }
    return '?';
}

/* The code point at *at, which is moved behind it; the text is valid UTF-8. */
static unsigned next_code_point(const char **at, const char *end) {
    unsigned c = (unsigned char)*(*at)++;
    if (c >= 0xC0) {
        c &= c >= 0xF0 ? 0x07 : c >= 0xE0 ? 0x0F : 0x1F;
        while (*at < end && ((unsigned char)**at & 0xC0) == 0x80) {
            c = c << 6 | ((unsigned char)*(*at)++ & 0x3F);
        }
    }
    return c;
}

void hf__dialect_encode(const hf__dialect *dialect, hf__str text,
                        hf__buf *out) {
    if (!dialect->is_cp1252 || !text.len) {
        hf__buf_add(out, text.at, text.len);
        return;
    }
    const char *at = text.at;
    const char *end = text.at + text.len;
    while (at < end) {
        hf__buf_add_char(out, to_cp1252(next_code_point(&at, end)));
    }
}
