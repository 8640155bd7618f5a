/* Fuzzes what every byte of every file goes through: numbers, folding,
 * encodings, edit distance. The first byte chooses. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) {
        abort();
    }
}

/* What is taken as a number is what strtod takes it for. */
static void fuzz_number(hf__str text) {
    double value, expected;
    if (!hf__parse_double(text, &value)) {
        return;
    }
    char *copy = hf__strndup(text.at, text.len);
    check(copy != NULL);
    /* What is trimmed may hold blanks that strtod does not know. */
    char *start = copy + strcspn(copy, "+-.0123456789");
    expected = strtod(start, NULL);
    check(isfinite(value) && value == expected);
    hf__free(copy);

    char out[HF__FIXED_ROOM];
    check(hf__format_fixed(out, value, (int)(text.len % 10)) <= sizeof out);
    double rounded = hf__round_half_up(value, 1);
    check(!(fabs(value) < 1e12) || fabs(rounded - value) <= 0.0501);
}

/* Folding gives valid UTF-8 and folds no further. */
static void fuzz_fold(hf__str text) {
    hf__buf once, twice;
    hf__buf_init(&once);
    hf__buf_init(&twice);
    hf__fold(text, &once);
    check(!once.failed && (!once.text || strlen(once.text) <= once.len));
    check(hf__utf8_is_valid(once.text ? once.text : "", once.len));
    hf__fold((hf__str){once.text ? once.text : "", once.len}, &twice);
    check(once.len == twice.len);
    check(!once.text || !once.len ||
          (twice.text && !memcmp(once.text, twice.text, once.len)));
    hf__buf_reset(&once);
    hf__buf_reset(&twice);
}

static void fuzz_encoding(hf__str text) {
    static const char *const names[] = {"CP1252", "ISO-8859-1", "UTF-8",
                                        "UTF-16LE", "CP850"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        hf__buf out;
        hf__buf_init(&out);
        hf__buf_add_text(&out, "kept");
        hf_status status = hf__to_utf8(text, names[i], &out);
        check(out.len >= 4 && !memcmp(out.text, "kept", 4));
        check(status == HF_OK ? hf__utf8_is_valid(out.text, out.len)
                              : out.len == 4);
        hf__buf_reset(&out);
    }
}

static void fuzz_distance(hf__str text) {
    hf__str a = {text.at, text.len / 2};
    hf__str b = {text.at + a.len, text.len - a.len};
    size_t distance = hf__edit_distance(a, b, 8);
    check(distance <= 9 && distance == hf__edit_distance(b, a, 8));
    check(a.len > 128 || hf__edit_distance(a, a, 8) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    hf__str text = {(const char *)data + 1, size - 1};
    switch (data[0] % 4) {
        case 0:
            fuzz_number(text);
            break;
        case 1:
            fuzz_fold(text);
            break;
        case 2:
            fuzz_encoding(text);
            break;
        default:
            fuzz_distance(text);
            break;
    }
    return 0;
}
