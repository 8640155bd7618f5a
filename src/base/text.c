#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

hf__str hf__str_of(const char *text) {
    return (hf__str){text, strlen(text)};
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Neither a blank nor a part of one. */
static bool is_plain(char c) {
    return c > ' ' && c <= '~';
}

hf__str hf__str_trim(hf__str text) {
    if (text.len && is_plain(text.at[0]) && is_plain(text.at[text.len - 1])) {
        return text; /* nearly always */
    }
    for (;;) {
        if (text.len && is_blank(text.at[0])) {
            text.at++;
            text.len--;
        } else if (text.len >= 2 && !memcmp(text.at, "\xC2\xA0", 2)) {
            text.at += 2;
            text.len -= 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (text.len && is_blank(text.at[text.len - 1])) {
            text.len--;
        } else if (text.len >= 2 &&
                   !memcmp(text.at + text.len - 2, "\xC2\xA0", 2)) {
            text.len -= 2;
        } else {
            return text;
        }
    }
}

bool hf__str_is(hf__str text, const char *other) {
    if (text.len && text.at[0] != other[0]) {
        return false; /* nearly always */
    }
    return strlen(other) == text.len && !memcmp(text.at, other, text.len);
}

static char lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool hf__str_is_nocase(hf__str text, const char *other) {
    if (strlen(other) != text.len) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (lower_ascii(text.at[i]) != lower_ascii(other[i])) {
            return false;
        }
    }
    return true;
}

void hf__buf_init(hf__buf *buf) {
    *buf = (hf__buf){0};
}

void hf__buf_reset(hf__buf *buf) {
    hf__free(buf->text);
    hf__buf_init(buf);
}

void hf__buf_add(hf__buf *buf, const void *bytes, size_t len) {
    if (buf->failed || len > SIZE_MAX - buf->len - 1) {
        buf->failed = true;
        return;
    }
    void *text = buf->text;
    if (!hf__reserve(&text, &buf->capacity, buf->len + len + 1, 1)) {
        buf->failed = true;
        return;
    }
    buf->text = text;
    if (len) {
        memcpy(buf->text + buf->len, bytes, len);
    }
    buf->len += len;
    buf->text[buf->len] = '\0';
}

void hf__buf_add_text(hf__buf *buf, const char *text) {
    hf__buf_add(buf, text, strlen(text));
}

void hf__buf_add_char(hf__buf *buf, char c) {
    hf__buf_add(buf, &c, 1);
}

void hf__buf_add_format(hf__buf *buf, const char *format, ...) {
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len < 0) {
        buf->failed = true;
    } else if ((size_t)len < sizeof small) {
        hf__buf_add(buf, small, (size_t)len);
    } else {
        char *large = hf__calloc((size_t)len + 1, 1);
        if (large) {
            vsnprintf(large, (size_t)len + 1, format, again);
            hf__buf_add(buf, large, (size_t)len);
            hf__free(large);
        } else {
            buf->failed = true;
        }
    }
    va_end(again);
}

static bool is_harmless(utf8proc_int32_t c) {
    bool is_control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    bool is_direction = (c >= 0x202a && c <= 0x202e) ||
                        (c >= 0x2066 && c <= 0x2069) || c == 0x2028 ||
                        c == 0x2029;
    return !is_control && !is_direction && c != 0xfffe && c != 0xffff;
}

void hf__add_clean(hf__buf *buf, const char *text) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t left = strlen(text);
    while (left) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t used =
            utf8proc_iterate(at, left > 4 ? 4 : (utf8proc_ssize_t)left, &c);
        if (used <= 0) {
            hf__buf_add_text(buf, "\xEF\xBF\xBD");
            used = 1;
        } else if (is_harmless(c)) {
            hf__buf_add(buf, at, (size_t)used);
        } else {
            hf__buf_add_char(buf, ' ');
        }
        at += used;
        left -= (size_t)used;
    }
}

char *hf__buf_take(hf__buf *buf) {
    if (!buf->text) {
        hf__buf_add(buf, "", 0);
    }
    if (buf->failed) {
        hf__buf_reset(buf);
        return NULL;
    }
    char *text = buf->text;
    hf__buf_init(buf);
    return text;
}

static const double powers_of_10[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Eight bytes, that in the lowest bits first. */
static void put_eight(char *to, uint64_t bytes) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    memcpy(to, &bytes, sizeof bytes);
}

double hf__round_half_up(double value, int decimals) {
    double scale = powers_of_10[decimals];
    double scaled = floor(fabs(value) * scale + 0.5);
    return copysign(scaled / scale, value);
}

/* Writes the digits of a number from the right, two at a time, at least
 * `n_least` of them; returns where they begin. */
static char *put_digits(char *end, uint64_t digits, int n_least) {
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233"
        "34353637383940414243444546474849505152535455565758596061626364656667"
        "68697071727374757677787980818283848586878889909192939495969798"
        "99";
    char *at = end;
    for (; digits >= 10; digits /= 100) {
        at -= 2;
        memcpy(at, &pairs[2 * (digits % 100)], 2);
    }
    if (digits) {
        *--at = (char)('0' + digits);
    }
    while (end - at < n_least) {
        *--at = '0';
    }
    return at;
}

/* Digits of a number with fixed decimals, and more. */
#define DIGITS_MOST 24

/* The eight digits of a number below 10^8, the first in the lowest byte:
 * halves, quarters and eighths, all of a word at a time. The products divide
 * numbers below 10,000 by 100, and those below 100 by 10. */
static uint64_t eight_digits(uint32_t number) {
    uint64_t fours = number / 10000 | (uint64_t)(number % 10000) << 32;
    uint64_t hundreds = fours * 10486 >> 20 & 0x0000007f0000007f;
    uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
    uint64_t tens = twos * 103 >> 10 & 0x000f000f000f000f;
    return tens | (twos - 10 * tens) << 8;
}

/* A number below 10^8 with 1 to 7 decimals. */
static size_t format_short(char *out, uint32_t number, unsigned decimals) {
    uint64_t digits = eight_digits(number);
    unsigned whole = 8 - decimals;
    /* Zeros before the number, but for the last one before the point. */
    unsigned zeros = (unsigned)__builtin_ctzll(digits | 1ULL << 63) / 8;
    zeros = zeros < whole ? zeros : whole - 1;
    digits |= 0x3030303030303030;
    put_eight(out, digits >> 8 * zeros);
    out += whole - zeros;
    *out++ = '.';
    put_eight(out, digits >> 8 * whole);
    return 9 - zeros;
}

size_t hf__format_fixed(char *out, double value, int decimals) {
    /* Below 2^53 the scaled value is a whole number held exactly; above it
     * the digits asked for are beyond what a double holds. */
    double scaled = fabs(value) * powers_of_10[decimals] + 0.5;
    bool is_negative = value < 0 && scaled >= 1;
    if (scaled < 1e8 && decimals > 0 && decimals < 8) { /* nearly always */
        *out = '-';
        return is_negative + format_short(out + is_negative, (uint32_t)scaled,
                                          (unsigned)decimals);
    }
    if (!(fabs(value) < 1e15)) {
        return 0;
    }
    while (scaled >= 9e18) {
        scaled /= 10;
        decimals--;
    }
    /* Copies of a fixed length are not calls: more is copied than needed. */
    char text[3 * DIGITS_MOST];
    char *end = text + sizeof text - DIGITS_MOST;
    memset(end, 0, DIGITS_MOST);
    char *at = put_digits(end, (uint64_t)scaled, decimals + 1);
    char *to = out;
    *to = '-';
    to += is_negative;
    memcpy(to, at, DIGITS_MOST);
    to += end - at - decimals;
    if (decimals > 0) {
        *to++ = '.';
        memcpy(to, end - decimals, DIGITS_MOST);
        to += decimals;
    }
    return (size_t)(to - out);
}

void hf__buf_add_fixed(hf__buf *buf, double value, int decimals) {
    char text[HF__FIXED_ROOM];
    size_t len = hf__format_fixed(text, value, decimals);
    if (len) {
        hf__buf_add(buf, text, len);
    } else if (isnan(value)) {
        hf__buf_add_text(buf, "nan");
    } else if (isinf(value)) {
        hf__buf_add_text(buf, value < 0 ? "-inf" : "inf");
    } else {
        hf__buf_add_format(buf, "%.0f", value);
    }
}

/* The C locale for strtod: made once, kept for the life of the process. */
static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void make_c_locale(void) {
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* Correctly rounded, for what the short way below can't do exactly. */
static bool parse_slow(hf__str text, double *out) {
    char copy[512];
    if (text.len >= sizeof copy) {
        return false;
    }
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    pthread_once(&c_locale_once, make_c_locale);
    if (!c_locale) {
        return false;
    }
    char *end;
    locale_t before = uselocale(c_locale); /* this thread's only */
    double value = strtod(copy, &end);
    uselocale(before);
    if (end != copy + text.len || !isfinite(value)) {
        return false;
    }
    *out = value;
    return true;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Digits of a number that a double holds exactly, whatever they are. */
#define SHORT_DIGITS 15

/* Reads digits up to something else, or the end. */
static const char *read_digits(const char *c, const char *end,
                               uint64_t *number) {
    for (; c < end; c++) {
        unsigned digit = (unsigned char)*c - (unsigned)'0';
        if (digit > 9) {
            break;
        }
        *number = *number * 10 + digit;
    }
    return c;
}

/* A sign, digits and a point, not too many: nearly every number. */
static bool parse_short(hf__str text, double *out) {
    const char *c = text.at, *end = text.at + text.len;
    bool is_negative = c < end && *c == '-';
    c += is_negative;
    if (end - c < 2 || end - c > SHORT_DIGITS) {
        return false; /* two: so that a point is not all */
    }
    uint64_t mantissa = 0;
    c = read_digits(c, end, &mantissa);
    double value = (double)(int64_t)mantissa;
    if (c < end) {
        if (*c != '.' || read_digits(c + 1, end, &mantissa) != end) {
            return false;
        }
        value = (double)(int64_t)mantissa / powers_of_10[end - c - 1];
    }
    *out = is_negative ? -value : value;
    return true;
}

/* Not within its caller, which nearly always has less to do. */
__attribute__((noinline)) static bool parse_long(hf__str text, double *out) {
    text = hf__str_trim(text);
    const char *c = text.at;
    const char *end = text.at + text.len;
    bool is_negative = false;
    if (c < end && (*c == '-' || *c == '+')) {
        is_negative = *c == '-';
        c++;
    }
    uint64_t mantissa = 0;
    int n_significant = 0, n_digits = 0, exponent = 0;
    bool after_point = false;
    for (; c < end && (is_digit(*c) || *c == '.'); c++) {
        if (*c == '.') {
            if (after_point) {
                return false;
            }
            after_point = true;
            continue;
        }
        n_digits++;
        if (mantissa || *c != '0') {
            n_significant++;
        }
        if (n_significant <= 18) {
            mantissa = mantissa * 10 + (uint64_t)(*c - '0');
            exponent -= after_point;
        }
    }
    if (!n_digits) {
        return false;
    }
    bool has_exponent = false;
    if (c < end && (*c == 'e' || *c == 'E')) {
        has_exponent = true;
        c++;
        if (c < end && (*c == '-' || *c == '+')) {
            c++;
        }
        if (c == end) {
            return false;
        }
        while (c < end && is_digit(*c)) {
            c++;
        }
    }
    if (c != end) {
        return false;
    }
    /* Two exact doubles and one rounding: correctly rounded. */
    if (!has_exponent && n_significant <= 18 && mantissa <= (1ULL << 53) &&
        exponent >= -22) {
        double value = (double)mantissa / powers_of_10[-exponent];
        *out = is_negative ? -value : value;
        return true;
    }
    return parse_slow(text, out);
}

bool hf__parse_double(hf__str text, double *out) {
    return parse_short(text, out) || parse_long(text, out);
}

bool hf__utf8_is_valid(const void *bytes, size_t len) {
    const utf8proc_uint8_t *at = bytes;
    while (len) {
        uint64_t eight = 0;
        size_t n = len < sizeof eight ? len : sizeof eight;
        memcpy(&eight, at, n);
        if (!(eight & 0x8080808080808080)) { /* ASCII all: nearly always */
            at += n;
            len -= n;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t used =
            utf8proc_iterate(at, len > 4 ? 4 : (utf8proc_ssize_t)len, &c);
        if (used <= 0) {
            return false;
        }
        at += used;
        len -= (size_t)used;
    }
    return true;
}

size_t hf__utf8_width(hf__str text) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
    size_t width = 0, left = text.len;
    while (left) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t used =
            utf8proc_iterate(at, left > 4 ? 4 : (utf8proc_ssize_t)left, &c);
        if (used <= 0) {
            used = 1;
            width++;
        } else {
            int columns = utf8proc_charwidth(c);
            width += columns > 0 ? (size_t)columns : 0;
        }
        at += used;
        left -= (size_t)used;
    }
    return width;
}

hf_status hf__to_utf8(hf__str bytes, const char *encoding, hf__buf *out) {
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) {
        return errno == ENOMEM ? HF_ERR_MEMORY : HF_ERR_NOT_FOUND;
    }
    hf_status status = HF_OK;
    size_t start = out->len;
    char *in = (char *)(uintptr_t)bytes.at;
    size_t in_left = bytes.len;
    while (in_left) {
        char piece[256];
        char *to = piece;
        size_t room = sizeof piece;
        size_t result = iconv(converter, &in, &in_left, &to, &room);
        hf__buf_add(out, piece, sizeof piece - room);
        if (result == (size_t)-1 && errno != E2BIG) {
            status = HF_ERR_DAMAGED;
            break;
        }
    }
    iconv_close(converter);
    if (out->failed) {
        return HF_ERR_MEMORY;
    }
    /* glibc lets the five-byte sequences of old through. */
    if (out->len > start &&
        !hf__utf8_is_valid(out->text + start, out->len - start)) {
        status = HF_ERR_DAMAGED;
    }
    if (status) {
        out->len = start;
        if (out->text) {
            out->text[start] = '\0';
        }
    }
    return status;
}

/* A name being folded at the end of a buffer. */
typedef struct folding {
    hf__buf *out;
    size_t start; /* of the folded name */
    bool in_word;
} folding;

static bool is_begun(const folding *f) {
    return f->out->len > f->start;
}

/* Adds one code point of a decomposed, case-folded text: letters and digits
 * stay, marks vanish, anything else parts words. */
static void fold_code_point(utf8proc_int32_t c, folding *f) {
    utf8proc_category_t category = utf8proc_category(c);
    bool is_mark = category == UTF8PROC_CATEGORY_MN ||
                   category == UTF8PROC_CATEGORY_MC ||
                   category == UTF8PROC_CATEGORY_ME;
    bool is_word =
        (category >= UTF8PROC_CATEGORY_LU &&
         category <= UTF8PROC_CATEGORY_LO) ||
        (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
    if (c == '\'' || c == 0x2019 || c == 0x2bc || is_mark) {
        return; /* King's is kings */
    }
    if (!is_word) {
        f->in_word = false;
        if (c == '&') {
            hf__buf_add_text(f->out, is_begun(f) ? " and" : "and");
        }
        return;
    }
    if (!f->in_word && is_begun(f)) {
        hf__buf_add_char(f->out, ' ');
    }
    f->in_word = true;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(c, bytes);
    hf__buf_add(f->out, bytes, (size_t)len);
}

/* What one character may become: " and", or a blank and itself. */
#define FOLDED_MOST ((size_t)4)

/* The same for the ASCII that a text begins with, which decomposes into itself;
 * returns how much that is. */
static size_t fold_ascii(hf__str text, folding *f) {
    size_t n = 0;
    while (n < text.len && (unsigned char)text.at[n] < 0x80) {
        n++;
    }
    hf__buf *out = f->out;
    void *room = out->text;
    if (out->failed || !hf__reserve(&room, &out->capacity,
                                    out->len + FOLDED_MOST * n + 1, 1)) {
        out->failed = true;
        return n;
    }
    out->text = room;
    char *to = out->text + out->len, *start = out->text + f->start;
    for (size_t i = 0; i < n; i++) {
        char c = lower_ascii(text.at[i]);
        if ((c >= 'a' && c <= 'z') || is_digit(c)) {
            if (!f->in_word && to > start) {
                *to++ = ' ';
            }
            f->in_word = true;
            *to++ = c;
        } else if (c != '\'') {
            f->in_word = false;
            if (c == '&') {
                const char *word = to > start ? " and" : "and";
                size_t len = strlen(word);
                memcpy(to, word, len);
                to += len;
            }
        }
    }
    *to = '\0';
    out->len = (size_t)(to - out->text);
    return n;
}

void hf__fold(hf__str text, hf__buf *out) {
    folding f = {out, out->len, false};
    while (text.len) {
        size_t n = fold_ascii(text, &f);
        text = (hf__str){text.at + n, text.len - n};
        if (!text.len) {
            break;
        }
        const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.at;
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t used = utf8proc_iterate(
            at, text.len > 4 ? 4 : (utf8proc_ssize_t)text.len, &c);
        if (used <= 0) {
            c = *at;
            used = 1;
        }
        text = (hf__str){text.at + used, text.len - (size_t)used};
        utf8proc_int32_t parts[16];
        int boundary = 0;
        utf8proc_ssize_t n_parts = utf8proc_decompose_char(
            c, parts, 16,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD,
            &boundary);
        for (utf8proc_ssize_t i = 0; i < n_parts && i < 16; i++) {
            fold_code_point(parts[i], &f);
        }
    }
    hf__buf_add(out, "", 0);
}

#define EDIT_MOST 128

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t hf__edit_distance(hf__str a, hf__str b, size_t most) {
    if (a.len > EDIT_MOST || b.len > EDIT_MOST) {
        return most + 1;
    }
    /* Three rows of the usual table: this one, the last, and the one before
     * it for swaps. */
    size_t rows[3][EDIT_MOST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = last[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
                a.at[i - 2] == b.at[j - 1]) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b.len] > most ? most + 1 : last[b.len];
}
