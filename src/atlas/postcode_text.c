/* Reading postcodes as people type them, and what they perhaps meant. */
#include <assert.h>
#include <string.h>

#include "atlas/postcode.h"

#define MOST_CHARS 7

/* A text without its blanks. */
typedef struct squeezed {
    char chars[MOST_CHARS + 1];
    size_t n;
    unsigned gaps; /* bit i: blanks before character i, i > 0 */
} squeezed;

/* The second letters of the postcode areas that begin with each letter; a
 * blank for the area of that letter alone. Royal Mail's 121 areas, and those of
 * Guernsey, Jersey and the Isle of Man. */
static const char *const area_letters[26] = {"BL",
                                             " ABDHLNRST",
                                             "ABFHMORTVW",
                                             "ADEGHLNTY",
                                             " CHNX",
                                             "KY",
                                             " LUY",
                                             "ADGPRSUX",
                                             "GMPV",
                                             "E",
                                             "ATWY",
                                             " ADELNSU",
                                             " EKL",
                                             " EGNPRW",
                                             "LX",
                                             "AEHLOR",
                                             "",
                                             "GHM",
                                             " AEGKLMNOPRSTWY",
                                             "ADFNQRSW",
                                             "B",
                                             "",
                                             " ACDFNRSV",
                                             "",
                                             "O",
                                             "E"};

static bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Length of the blank at the start: ASCII or the Unicode spaces that documents
 * and spreadsheets leave behind; 0 if there is none. */
static size_t blank_len(hf__str text) {
    char c = text.at[0];
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        return 1;
    }
    if (text.len >= 2 && !memcmp(text.at, "\xC2\xA0", 2)) {
        return 2; /* U+00A0 */
    }
    if (text.len < 3) {
        return 0;
    }
    unsigned char last = (unsigned char)text.at[2];
    bool is_general = !memcmp(text.at, "\xE2\x80", 2) &&
                      ((last >= 0x80 && last <= 0x8B) || last == 0xAF);
    bool is_other = !memcmp(text.at, "\xEF\xBB\xBF", 3) || /* U+FEFF */
                    !memcmp(text.at, "\xE3\x80\x80", 3);   /* U+3000 */
    return is_general || is_other ? 3 : 0;
}

static bool squeeze(hf__str text, squeezed *out) {
    *out = (squeezed){0};
    unsigned gap = 0;
    while (text.len) {
        size_t blank = blank_len(text);
        if (blank) {
            gap = 1;
            text.at += blank;
            text.len -= blank;
            continue;
        }
        char c = *text.at++;
        text.len--;
        if (c >= 'a' && c <= 'z') {
            c = (char)(c - 'a' + 'A');
        }
        if ((!is_letter(c) && !is_digit(c)) || out->n == MOST_CHARS) {
            return false;
        }
        if (out->n) {
            out->gaps |= gap << out->n;
        }
        gap = 0;
        out->chars[out->n++] = c;
    }
    return out->n > 0;
}

/* How many letters name the area at the start, 0 if it is none. */
static size_t area_len(const char *chars, size_t n) {
    if (!n || !is_letter(chars[0])) {
        return 0;
    }
    const char *seconds = area_letters[chars[0] - 'A'];
    if (n >= 2 && is_letter(chars[1])) {
        return strchr(seconds, chars[1]) ? 2 : 0;
    }
    return strchr(seconds, ' ') ? 1 : 0;
}

/* Areas that are no places: forces, business, returns, and ZZ99. Districts of
 * them exist; they are not areas for hf_postcode_parse. */
static size_t special_len(const char *chars, size_t n) {
    if (n >= 4 && !memcmp(chars, "ZZ99", 4)) {
        return 2;
    }
    bool is_known = n >= 3 && is_digit(chars[2]) &&
                    (!memcmp(chars, "BF", 2) || !memcmp(chars, "BX", 2) ||
                     !memcmp(chars, "XX", 2));
    return is_known ? 2 : 0;
}

/* Inner London alone has districts that end in a letter (W1A, EC1A, SW1P),
 * never in I or O. */
static bool ends_in_letter(const char *chars, size_t letters, char last) {
    static const char *const areas[] = {"E",  "EC", "N", "NW",
                                        "SE", "SW", "W", "WC"};
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        if (strlen(areas[i]) == letters && !memcmp(chars, areas[i], letters)) {
            return last != 'I' && last != 'O';
        }
    }
    return false;
}

/* A9, A99, A9A, AA9, AA99, AA9A, and the two that break the rule: the old Giro
 * bank's GIR and, before 1984, Newport's NPT. */
static bool is_outward(const char *chars, size_t n) {
    if (n == 3 && (!memcmp(chars, "GIR", 3) || !memcmp(chars, "NPT", 3))) {
        return true;
    }
    size_t letters = area_len(chars, n);
    if (!letters) {
        letters = special_len(chars, n);
    }
    if (!letters || n <= letters || n > letters + 2 ||
        !is_digit(chars[letters])) {
        return false;
    }
    return n == letters + 1 || is_digit(chars[n - 1]) ||
           ends_in_letter(chars, letters, chars[n - 1]);
}

static bool is_inward(const char *chars) {
    return is_digit(chars[0]) && is_letter(chars[1]) && is_letter(chars[2]);
}

/* Blanks mean nothing in a full postcode, but for one case: in "SG13 DE" a
 * digit is missing behind a whole district, and SG1 3DE would be a guess. */
static bool lacks_sector(const squeezed *text) {
    for (size_t at = text->n - 2; at < text->n; at++) {
        if (text->gaps == 1u << at && is_outward(text->chars, at)) {
            return true;
        }
    }
    return false;
}

/* The kind of a text, or 0. */
static hf_postcode_kind kind_of(const squeezed *text) {
    const char *chars = text->chars;
    size_t n = text->n;
    if (n >= 5 && is_inward(chars + n - 3) && is_outward(chars, n - 3)) {
        return lacks_sector(text) ? 0 : HF_POSTCODE_FULL;
    }
    size_t letters = 0;
    while (letters < n && is_letter(chars[letters])) {
        letters++;
    }
    if (n == letters && !text->gaps && area_len(chars, n) == n) {
        return HF_POSTCODE_AREA;
    }
    /* Blanks may follow the area's letters and precede a sector. */
    unsigned last_gap = 1u << (n - 1);
    if (text->gaps & ~(1u << letters | last_gap)) {
        return 0;
    }
    bool is_sector = is_digit(chars[n - 1]) && is_outward(chars, n - 1);
    bool has_gap = (text->gaps & last_gap) && n - 1 > letters;
    if (has_gap) {
        return is_sector ? HF_POSTCODE_SECTOR : 0;
    }
    if (is_outward(chars, n)) {
        return HF_POSTCODE_DISTRICT;
    }
    return is_sector ? HF_POSTCODE_SECTOR : 0;
}

static void write_text(const squeezed *text, hf_postcode_kind kind, char *out) {
    size_t outward = text->n;
    if (kind == HF_POSTCODE_FULL) {
        outward -= 3;
    } else if (kind == HF_POSTCODE_SECTOR) {
        outward -= 1;
    }
    memcpy(out, text->chars, outward);
    out += outward;
    if (outward < text->n) {
        *out++ = ' ';
        memcpy(out, text->chars + outward, text->n - outward);
        out += text->n - outward;
    }
    *out = '\0';
}

bool hf_postcode_parse(const char *text, size_t len, hf_postcode *out) {
    squeezed chars;
    if (!squeeze((hf__str){text, len}, &chars)) {
        return false;
    }
    hf_postcode_kind kind = kind_of(&chars);
    if (!kind) {
        return false;
    }
    *out = (hf_postcode){.kind = kind};
    write_text(&chars, kind, out->text);
    out->is_pseudo = !memcmp(out->text, "ZZ99", 4);
    return true;
}

hf__postcode_key hf__postcode_key_of(const hf_postcode *postcode) {
    hf__postcode_key key = {0, -1, -1};
    const char *c = postcode->text;
    for (int shift = 24; *c && *c != ' ' && shift >= 0; shift -= 8) {
        key.outward |= (uint32_t)(unsigned char)*c++ << shift;
    }
    if (*c == ' ') {
        key.sector = c[1] - '0';
        if (c[2]) {
            key.unit = (c[2] - 'A') * 26 + (c[3] - 'A');
        }
    }
    assert(key.sector < 10 && key.unit < HF__POSTCODE_UNITS);
    return key;
}

/* ---- corrections ------------------------------------------------------- */

/* What a character may stand for, as seen or heard; NUL-terminated. */
static const char *looks_like(char c) {
    switch (c) {
        case 'O':
            return "0";
        case '0':
            return "O";
        case 'I':
        case 'L':
            return "1";
        case '1':
            return "IL";
        case 'S':
            return "5";
        case '5':
            return "S";
        case 'Z':
            return "2";
        case '2':
            return "Z";
        case 'B':
            return "8";
        case '8':
            return "B";
        case 'G':
            return "6";
        case '6':
            return "G";
        default:
            return "";
    }
}

typedef struct suggestions {
    const hf_postcodes *index;
    const squeezed *typed;
    hf_postcode *out;
    size_t changes[MOST_CHARS + 1]; /* how many of `out` have how many */
    size_t n;
    size_t most;
} suggestions;

/* Letters that no unit has; typed ones are left alone. */
static bool has_odd_unit(const squeezed *typed, const squeezed *text) {
    for (size_t i = text->n - 2; i < text->n; i++) {
        if (text->chars[i] != typed->chars[i] &&
            strchr("CIKMOV", text->chars[i])) {
            return true;
        }
    }
    return false;
}

static bool exists(const hf_postcodes *index, const hf_postcode *postcode) {
    return !index || hf__postcodes_has(index, postcode);
}

/* A single blank stays where it was typed. */
static bool keeps_gap(const squeezed *text, hf_postcode_kind kind) {
    if (!text->gaps || text->gaps & (text->gaps - 1)) {
        return true;
    }
    size_t at = text->n;
    if (kind == HF_POSTCODE_DISTRICT) {
        at = area_len(text->chars, text->n);
    } else {
        at -= kind == HF_POSTCODE_FULL ? 3 : 1;
    }
    return text->gaps == 1u << at;
}

static void offer(suggestions *s, const squeezed *text, size_t changes) {
    hf_postcode postcode = {.kind = kind_of(text)};
    if (!postcode.kind || postcode.kind == HF_POSTCODE_AREA ||
        !keeps_gap(text, postcode.kind) ||
        (postcode.kind == HF_POSTCODE_FULL && has_odd_unit(s->typed, text))) {
        return;
    }
    write_text(text, postcode.kind, postcode.text);
    postcode.is_pseudo = !memcmp(postcode.text, "ZZ99", 4);
    if (!exists(s->index, &postcode)) {
        return;
    }
    size_t at = 0; /* behind those with as few changes */
    for (size_t i = 0; i <= changes; i++) {
        at += s->changes[i];
    }
    if (at >= s->most) {
        return;
    }
    if (s->n == s->most) { /* the last falls off */
        size_t worst = MOST_CHARS;
        while (!s->changes[worst]) {
            worst--;
        }
        s->changes[worst]--;
        s->n--;
    }
    memmove(s->out + at + 1, s->out + at, (s->n - at) * sizeof *s->out);
    s->out[at] = postcode;
    s->n++;
    s->changes[changes]++;
}

/* Tries every reading of the characters from `at` on: at most 3^7. */
static void try_from(suggestions *s, squeezed *text, size_t at,
                     size_t changes) {
    if (at == text->n) {
        if (changes) {
            offer(s, text, changes);
        }
        return;
    }
    try_from(s, text, at + 1, changes);
    char kept = text->chars[at];
    for (const char *other = looks_like(kept); *other; other++) {
        text->chars[at] = *other;
        try_from(s, text, at + 1, changes + 1);
    }
    text->chars[at] = kept;
}

size_t hf_postcode_suggest(const hf_postcodes *index, const char *text,
                           size_t len, hf_postcode *out, size_t most) {
    squeezed typed;
    if (!most || !squeeze((hf__str){text, len}, &typed)) {
        return 0;
    }
    squeezed changed = typed;
    suggestions s = {.index = index, .typed = &typed, .out = out, .most = most};
    try_from(&s, &changed, 0, 0);
    return s.n;
}
