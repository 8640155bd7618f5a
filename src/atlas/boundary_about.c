#include "atlas/boundary_about.h"

#include <string.h>

/* Takes the next line off a text, trimmed. */
static hf__str next_line(hf__str *text) {
    const char *end = text->len ? memchr(text->at, '\n', text->len) : NULL;
    size_t len = end ? (size_t)(end - text->at) : text->len;
    hf__str line = hf__str_trim((hf__str){text->at, len});
    text->at += len + (end != NULL);
    text->len -= len + (end != NULL);
    return line;
}

/* Eight hexadecimal digits in lower case, as they are written everywhere. */
static bool read_checksum(hf__str text, uint32_t *out) {
    uint32_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c >= '0' && c <= '9') {
            value = value << 4 | (uint32_t)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value = value << 4 | (uint32_t)(c - 'a' + 10);
        } else {
            return false;
        }
    }
    if (text.len != 8) {
        return false;
    }
    *out = value;
    return true;
}

bool hf__about_read(hf__str text, hf__about *out) {
    static const char valid[] = "valid CRC-32 ";
    const size_t len = sizeof valid - 1;
    hf__about about = {.has_valid = false};
    bool is_text = hf__utf8_is_valid(text.at, text.len);
    if (is_text) {
        about.title = next_line(&text);
        about.accuracy = next_line(&text);
        about.attribution = next_line(&text);
    }
    while (is_text && text.len && !about.has_valid) {
        hf__str line = next_line(&text);
        about.has_valid =
            line.len > len && hf__str_is((hf__str){line.at, len}, valid) &&
            read_checksum((hf__str){line.at + len, line.len - len},
                          &about.valid);
    }
    *out = about;
    return is_text;
}
