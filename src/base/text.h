/* Text: slices, growing buffers, numbers without a locale, names folded for
 * comparing, encodings. */
#ifndef HOWFAR_BASE_TEXT_H
#define HOWFAR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "howfar/context.h"

/* A slice of somebody else's text; not NUL-terminated. */
typedef struct hf__str {
    const char *at;
    size_t len;
} hf__str;

hf__str hf__str_of(const char *text);
/* Without ASCII blanks (space, TAB, CR, LF, NBSP in UTF-8) at both ends. */
hf__str hf__str_trim(hf__str text);
bool hf__str_is(hf__str text, const char *other);
/* Without regard to ASCII case. */
bool hf__str_is_nocase(hf__str text, const char *other);

/* A growing buffer. Appends after a lack of memory do nothing; ask `failed` at
 * the end. The text is always NUL-terminated when not NULL. */
typedef struct hf__buf {
    char *text;
    size_t len;
    size_t capacity;
    bool failed;
} hf__buf;

void hf__buf_init(hf__buf *buf);
void hf__buf_reset(hf__buf *buf);
void hf__buf_add(hf__buf *buf, const void *bytes, size_t len);
void hf__buf_add_text(hf__buf *buf, const char *text);
void hf__buf_add_char(hf__buf *buf, char c);
void hf__buf_add_format(hf__buf *buf, const char *format, ...) HF_PRINTF(2, 3);
/* A number with fixed decimals (0 to 9), rounded half up (away from zero),
 * always with a point; "nan" and "inf" as such. */
void hf__buf_add_fixed(hf__buf *buf, double value, int decimals);
/* Adds text without what upsets terminals and file formats: control characters
 * and those that turn the direction of writing become blanks, invalid UTF-8
 * becomes U+FFFD. */
void hf__add_clean(hf__buf *buf, const char *text);
/* The text, to be freed with hf__free, and an empty buffer; NULL on failure. */
char *hf__buf_take(hf__buf *buf);

/* What hf__format_fixed may write over. */
#define HF__FIXED_ROOM 48

/* Writes a number with fixed decimals, up to 22, as above, into HF__FIXED_ROOM
 * bytes; no NUL. Returns the length, 0 for what is not finite or is not below
 * 1e15. */
size_t hf__format_fixed(char *out, double value, int decimals);

/* Reads all of `text` (trimmed) as a decimal number: sign, digits, point,
 * exponent. Independent of the locale; no hexadecimal, no "nan", no "inf";
 * correctly rounded. */
bool hf__parse_double(hf__str text, double *out);

/* Half up at `decimals`: 20.05 at 1 is 20.1, as people round. */
double hf__round_half_up(double value, int decimals);

bool hf__utf8_is_valid(const void *bytes, size_t len);

/* Columns that valid UTF-8 takes on a terminal. */
size_t hf__utf8_width(hf__str text);

/* Converts bytes of a named encoding (iconv's names) to UTF-8 at the end of
 * `out`. HF_ERR_NOT_FOUND for an unknown encoding, HF_ERR_DAMAGED for bytes
 * that it does not have; the context has no message then. */
hf_status hf__to_utf8(hf__str bytes, const char *encoding, hf__buf *out);

/* Folds a name for comparing: case folded, accents dropped, "&" as "and", every
 * run of anything but letters and digits one space, trimmed. Invalid UTF-8 is
 * taken byte by byte. */
void hf__fold(hf__str text, hf__buf *out);

/* Least number of insertions, deletions, changes and swaps of neighbouring
 * bytes that turn one into the other (optimal string alignment); anything above
 * `most` returns most + 1. Texts beyond 128 bytes count as most + 1. */
size_t hf__edit_distance(hf__str a, hf__str b, size_t most);

#endif
