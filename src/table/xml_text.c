#include "table/xml_text.h"

#include <string.h>

#include "table/dialect.h"

/* The encoding that the XML declaration names, which `head` begins with, as
 * text of one byte a character; "" where it names none. */
static hf__str declared(hf__str head) {
    static const char key[] = "encoding";
    size_t len = sizeof key - 1;
    size_t end = 0;
    while (end < head.len && head.at[end] != '>') {
        end++;
    }
    for (size_t i = 0; i + len < end; i++) {
        if (memcmp(head.at + i, key, len)) {
            continue;
        }
        size_t at = i + len;
        while (at < end && strchr(" \t\r\n=", head.at[at])) {
            at++;
        }
        char quote = at < end ? head.at[at++] : '\0';
        size_t start = at;
        while (at < end && head.at[at] != quote) {
            at++;
        }
        return (hf__str){head.at + start, at - start};
    }
    return (hf__str){"", 0};
}

static bool begins(hf__str head, const char *bytes, size_t len) {
    return head.len >= len && !memcmp(head.at, bytes, len);
}

bool hf__xml_encoding_of(hf__str head, hf__xml_encoding *out) {
    static const struct {
        const char *name;
        hf__xml_encoding encoding;
    } names[] = {{"", HF__XML_UTF8},         {"UTF-8", HF__XML_UTF8},
                 {"UTF8", HF__XML_UTF8},     {"US-ASCII", HF__XML_ASCII},
                 {"ASCII", HF__XML_ASCII},   {"ISO-8859-1", HF__XML_CP1252},
                 {"LATIN1", HF__XML_CP1252}, {"WINDOWS-1252", HF__XML_CP1252},
                 {"CP1252", HF__XML_CP1252}};
    if (begins(head, "\xFF\xFE", 2) || begins(head, "<\0", 2)) {
        *out = HF__XML_UTF16LE;
        return true;
    }
    if (begins(head, "\xFE\xFF", 2) || begins(head, "\0<", 2)) {
        *out = HF__XML_UTF16BE;
        return true;
    }
    hf__str name = {"", 0};
    if (begins(head, "\xEF\xBB\xBF", 3)) {
        head = (hf__str){head.at + 3, head.len - 3};
    }
    if (begins(head, "<?xml", 5)) {
        name = declared(head);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (hf__str_is_nocase(name, names[i].name)) {
            *out = names[i].encoding;
            return true;
        }
    }
    return false;
}

static void add_code_point(hf__buf *out, unsigned c) {
    char utf8[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; c >>= 6) {
        utf8[i] = (char)(0x80 | (c & 0x3F));
    }
    utf8[0] = (char)(lead[n] | c);
    hf__buf_add(out, utf8, n);
}

static unsigned unit_at(hf__str bytes, size_t at, bool is_big) {
    unsigned first = (unsigned char)bytes.at[at];
    unsigned second = (unsigned char)bytes.at[at + 1];
    return is_big ? first << 8 | second : second << 8 | first;
}

static bool decode_utf16(hf__str bytes, bool is_big, hf__buf *out,
                         size_t *out_used) {
    size_t at = 0;
    while (at + 2 <= bytes.len) {
        unsigned c = unit_at(bytes, at, is_big);
        size_t len = 2;
        if (c >= 0xD800 && c < 0xDC00) {
            if (at + 4 > bytes.len) {
                break;
            }
            unsigned low = unit_at(bytes, at + 2, is_big);
            if (low < 0xDC00 || low > 0xDFFF) {
                return false;
            }
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            len = 4;
        } else if (c >= 0xDC00 && c < 0xE000) {
            return false;
        }
        if (c != 0xFEFF) {
            add_code_point(out, c);
        }
        at += len;
    }
    *out_used = at;
    return true;
}

bool hf__xml_decode(hf__xml_encoding encoding, hf__str bytes, hf__buf *out,
                    size_t *out_used) {
    hf__dialect one_byte = {.is_cp1252 = true};
    *out_used = bytes.len;
    switch (encoding) {
        case HF__XML_UTF8:
            hf__buf_add(out, bytes.at, bytes.len);
            return true;
        case HF__XML_ASCII:
            for (size_t i = 0; i < bytes.len; i++) {
                if ((unsigned char)bytes.at[i] >= 0x80) {
                    return false;
                }
            }
            hf__buf_add(out, bytes.at, bytes.len);
            return true;
        case HF__XML_CP1252:
            hf__dialect_decode(&one_byte, bytes, out);
            return true;
        case HF__XML_UTF16LE:
        case HF__XML_UTF16BE:
            return decode_utf16(bytes, encoding == HF__XML_UTF16BE, out,
                                out_used);
    }
    return false;
}
