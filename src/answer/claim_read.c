/* Reading claims. */
#include "howfar/claim.h"

#include <math.h>
#include <string.h>

#include "answer/claim_text.h"
#include "base/context.h"
#include "base/text.h"
#include "howfar/units.h"

/* Bytes of a claim as typed, and in plain letters. */
#define MOST_TYPED 64
#define MOST_PLAIN (2 * MOST_TYPED)
#define MOST_DIGITS 12
/* The equator, 2 pi a, a metre more. */
#define MOST_M 40075018.0

#define UNDERSTOOD                                                           \
    "understood are 429, 429.3 miles, 690km, about 430, over 400, at least " \
    "400, under 300, up to 300, nearly 400, 400-450"

/* ---- plain text --------------------------------------------------------- */

/* How a sequence of UTF-8 is written in ASCII. */
static const struct {
    const char *bytes, *plain;
} signs[] = {
    {"\xc2\xa0", " "},      {"\xe2\x80\x89", " "}, {"\xe2\x80\xaf", " "},
    {"\xe2\x80\x90", "-"},  {"\xe2\x80\x91", "-"}, {"\xe2\x80\x93", "-"},
    {"\xe2\x80\x94", "-"},  {"\xe2\x88\x92", "-"}, {"\xe2\x89\x88", "~"},
    {"\xe2\x89\xa5", ">="}, {"\xe2\x89\xa4", "<="}};

/* The length of a sign at the start of `text`, or 0. */
static size_t find_sign(hf__str text, const char **out_plain) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t len = strlen(signs[i].bytes);
        if (text.len >= len && !memcmp(text.at, signs[i].bytes, len)) {
            *out_plain = signs[i].plain;
            return len;
        }
    }
    return 0;
}

/* Small letters, single blanks, ASCII dashes. False where it is too long. */
static bool make_plain(hf__str typed, char out[MOST_PLAIN]) {
    typed = hf__str_trim(typed);
    if (typed.len > MOST_TYPED) {
        return false;
    }
    size_t n = 0;
    while (typed.len) {
        char one[2] = {*typed.at, '\0'};
        const char *plain = one;
        size_t used = find_sign(typed, &plain);
        if (!used) {
            used = 1;
            if (one[0] >= 'A' && one[0] <= 'Z') {
                one[0] = (char)(one[0] - 'A' + 'a');
            } else if (one[0] >= '\0' && one[0] < ' ') {
                one[0] = one[0] == '\t' ? ' ' : '?';
            }
        }
        typed.at += used;
        typed.len -= used;
        if (*plain == ' ' && (!n || out[n - 1] == ' ')) {
            continue;
        }
        memcpy(out + n, plain, strlen(plain));
        n += strlen(plain);
    }
    out[n] = '\0';
    return true;
}

/* ---- a cursor over it --------------------------------------------------- */

typedef struct cursor {
    const char *at;
    const char *problem; /* what was wrong, NULL if nothing particular */
} cursor;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static void skip_blanks(cursor *c) {
    while (*c->at == ' ') {
        c->at++;
    }
}

/* Takes a word, phrase or sign and the blanks behind it. */
static bool take(cursor *c, const char *phrase) {
    size_t len = strlen(phrase);
    if (strncmp(c->at, phrase, len) != 0 ||
        (is_letter(phrase[len - 1]) && is_letter(c->at[len]))) {
        return false;
    }
    c->at += len;
    skip_blanks(c);
    return true;
}

typedef struct phrase {
    const char *text;
    hf_claim_kind kind;
} phrase;

/* Of two that begin alike the longer comes first. */
static const phrase leads[] = {
    {"about", HF_CLAIM_ABOUT},
    {"around", HF_CLAIM_ABOUT},
    {"approximately", HF_CLAIM_ABOUT},
    {"approx.", HF_CLAIM_ABOUT},
    {"approx", HF_CLAIM_ABOUT},
    {"roughly", HF_CLAIM_ABOUT},
    {"some", HF_CLAIM_ABOUT},
    {"circa", HF_CLAIM_ABOUT},
    {"c.", HF_CLAIM_ABOUT},
    {"ca.", HF_CLAIM_ABOUT},
    {"~", HF_CLAIM_ABOUT},
    {"just over", HF_CLAIM_JUST_OVER},
    {"a little over", HF_CLAIM_JUST_OVER},
    {"just under", HF_CLAIM_NEARLY},
    {"a little under", HF_CLAIM_NEARLY},
    {"nearly", HF_CLAIM_NEARLY},
    {"almost", HF_CLAIM_NEARLY},
    {"at least", HF_CLAIM_AT_LEAST},
    {"no less than", HF_CLAIM_AT_LEAST},
    {"not less than", HF_CLAIM_AT_LEAST},
    {">=", HF_CLAIM_AT_LEAST},
    {"at most", HF_CLAIM_UP_TO},
    {"up to", HF_CLAIM_UP_TO},
    {"within", HF_CLAIM_UP_TO},
    {"as far as", HF_CLAIM_UP_TO},
    {"no more than", HF_CLAIM_UP_TO},
    {"not more than", HF_CLAIM_UP_TO},
    {"<=", HF_CLAIM_UP_TO},
    {"over", HF_CLAIM_OVER},
    {"well over", HF_CLAIM_OVER},
    {"more than", HF_CLAIM_OVER},
    {"greater than", HF_CLAIM_OVER},
    {"in excess of", HF_CLAIM_OVER},
    {"above", HF_CLAIM_OVER},
    {"beyond", HF_CLAIM_OVER},
    {">", HF_CLAIM_OVER},
    {"under", HF_CLAIM_UNDER},
    {"less than", HF_CLAIM_UNDER},
    {"below", HF_CLAIM_UNDER},
    {"<", HF_CLAIM_UNDER},
    {"between", HF_CLAIM_RANGE},
    {"from", HF_CLAIM_RANGE},
    {"exactly", HF_CLAIM_FIGURE},
};

/* Behind the figure. */
static const phrase tails[] = {
    {"+", HF_CLAIM_AT_LEAST},       {"plus", HF_CLAIM_AT_LEAST},
    {"or more", HF_CLAIM_AT_LEAST}, {"or over", HF_CLAIM_AT_LEAST},
    {"or less", HF_CLAIM_UP_TO},    {"or under", HF_CLAIM_UP_TO},
    {"or so", HF_CLAIM_ABOUT},
};

static bool take_phrase(cursor *c, const phrase *list, size_t n,
                        hf_claim_kind *kind) {
    for (size_t i = 0; i < n; i++) {
        if (take(c, list[i].text)) {
            *kind = list[i].kind;
            return true;
        }
    }
    return false;
}

/* ---- figures and units -------------------------------------------------- */

typedef struct figure {
    char digits[MOST_DIGITS + 2]; /* as typed, without commas */
    double value;
    double last; /* one unit of the last digit */
} figure;

/* Takes whole digits, in groups of three where commas part them. */
static bool take_whole(cursor *c, char *digits, size_t *n) {
    bool has_commas = false;
    size_t group = 0;
    for (;; c->at++) {
        bool ends_group = !is_digit(*c->at);
        bool is_long = *c->at == ',' && is_digit(c->at[1]) && group > 3;
        if (is_long || (ends_group && has_commas && group != 3)) {
            c->problem =
                "commas part groups of three digits (1,200), and a "
                "point the decimals (429.3)";
            return false;
        }
        if (*c->at == ',' && group > 0) {
            has_commas = true;
            group = 0;
            continue;
        }
        if (ends_group) {
            return group > 0;
        }
        group++;
        if (*n == 1 && digits[0] == '0') {
            *n = 0; /* leading zeros */
        }
        if (*n == MOST_DIGITS) {
            c->problem = "too many digits";
            return false;
        }
        digits[(*n)++] = *c->at;
    }
}

static bool take_figure(cursor *c, figure *out) {
    *out = (figure){.last = 1};
    if (*c->at == '-') {
        c->problem = "no distance is below 0";
        return false;
    }
    size_t n = 0;
    if (!take_whole(c, out->digits, &n)) {
        return false;
    }
    if (*c->at == '.' && is_digit(c->at[1])) {
        out->digits[n++] = *c->at++;
        for (; is_digit(*c->at); c->at++) {
            if (n > MOST_DIGITS) {
                c->problem = "too many digits";
                return false;
            }
            out->digits[n++] = *c->at;
            out->last /= 10;
        }
    }
    skip_blanks(c);
    return hf__parse_double((hf__str){out->digits, n}, &out->value);
}

static bool take_unit(cursor *c, double *unit_m) {
    static const struct {
        const char *text;
        double unit_m;
    } units[] = {{"miles", HF_METRES_PER_MILE},
                 {"mile", HF_METRES_PER_MILE},
                 {"mi.", HF_METRES_PER_MILE},
                 {"mi", HF_METRES_PER_MILE},
                 {"kilometres", 1000},
                 {"kilometre", 1000},
                 {"kilometers", 1000},
                 {"kilometer", 1000},
                 {"kms", 1000},
                 {"km", 1000}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (take(c, units[i].text)) {
            *unit_m = units[i].unit_m;
            return true;
        }
    }
    if (*c->at == 'm' && !is_letter(c->at[1])) {
        c->problem = "m may be miles or metres: write miles or km";
    }
    return false;
}

/* ---- the whole ---------------------------------------------------------- */

typedef struct reading {
    hf_claim_kind kind;
    figure first, second; /* the second of a range */
    double unit_m;        /* 0: not given */
} reading;

static bool take_second(cursor *c, reading *out) {
    bool is_between = out->kind == HF_CLAIM_RANGE;
    if (!(take(c, "-") || take(c, "to") || (is_between && take(c, "and")))) {
        return !is_between;
    }
    if (out->kind != HF_CLAIM_FIGURE && out->kind != HF_CLAIM_ABOUT &&
        !is_between) {
        c->problem = "a range has two ends of its own";
        return false;
    }
    out->kind = HF_CLAIM_RANGE;
    if (!take_figure(c, &out->second)) {
        return false;
    }
    double unit_m = 0;
    if (take_unit(c, &unit_m)) {
        if (out->unit_m > 0 && unit_m != out->unit_m) {
            c->problem = "a range is in miles or in km, not in both";
            return false;
        }
        out->unit_m = unit_m;
    }
    if (out->second.value < out->first.value) {
        c->problem = "a range goes from the lower to the higher figure";
        return false;
    }
    return true;
}

/* "About 400 or so" says it twice; "about 400+" can't be both. */
static void take_tail(cursor *c, reading *out) {
    hf_claim_kind kind = out->kind;
    cursor before = *c;
    if (kind != HF_CLAIM_FIGURE && kind != HF_CLAIM_ABOUT) {
        return;
    }
    if (take_phrase(c, tails, sizeof tails / sizeof *tails, &out->kind) &&
        kind == HF_CLAIM_ABOUT && out->kind != HF_CLAIM_ABOUT) {
        *c = before;
        out->kind = kind;
    }
}

static bool read_claim(cursor *c, reading *out) {
    *out = (reading){.kind = HF_CLAIM_FIGURE};
    take_phrase(c, leads, sizeof leads / sizeof *leads, &out->kind);
    if (!take_figure(c, &out->first)) {
        return false;
    }
    take_tail(c, out);
    take_unit(c, &out->unit_m);
    if (!take_second(c, out)) {
        return false;
    }
    take_tail(c, out);
    if (!take(c, "away")) {
        take(c, "apart");
    }
    if (*c->at && !c->problem && is_letter(*c->at) && out->unit_m == 0) {
        c->problem = "the unit may be miles or km";
    }
    return !*c->at;
}

/* Half of what a figure is rounded to where it was said to be rounded. */
static double half_round(const figure *f) {
    static const double steps[] = {50, 10, 5};
    for (size_t i = 0; f->last == 1 && i < 3; i++) {
        if (fmod(f->value, steps[i]) == 0 && steps[i] * 4 <= f->value) {
            return steps[i] / 2;
        }
    }
    return f->last / 2;
}

static void set_limits(const reading *from, hf_claim *out) {
    double value = from->first.value, round = half_round(&from->first);
    double low = 0, high = INFINITY;
    out->has_low = out->has_high = true;
    switch (from->kind) {
        case HF_CLAIM_FIGURE:
            round = from->first.last / 2;
            /* fall through */
        case HF_CLAIM_ABOUT:
            low = fmax(value - round, 0);
            high = value + round;
            out->has_high = false;
            break;
        case HF_CLAIM_OVER:
            out->has_low = false;
            low = value;
            break;
        case HF_CLAIM_AT_LEAST:
            low = value;
            break;
        case HF_CLAIM_UNDER:
            out->has_high = false;
            high = value;
            break;
        case HF_CLAIM_UP_TO:
            high = value;
            break;
        case HF_CLAIM_NEARLY:
            low = fmax(value - round, 0);
            high = value;
            out->has_high = false;
            break;
        case HF_CLAIM_JUST_OVER:
            low = value;
            high = value + round;
            out->has_low = false;
            break;
        case HF_CLAIM_RANGE:
            low = value;
            high = from->second.value;
            break;
    }
    out->low_m = low * out->unit_m;
    out->high_m = high * out->unit_m;
}

static hf_status fail(hf_context *ctx, hf_status status, hf__str typed,
                      const char *problem) {
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add(&text, typed.at,
                typed.len < MOST_TYPED ? typed.len : MOST_TYPED);
    hf__buf clean;
    hf__buf_init(&clean);
    hf__add_clean(&clean, text.text ? text.text : "");
    if (text.failed || clean.failed) {
        status = hf__fail_memory(ctx);
    } else {
        status = hf__fail(ctx, status, "claim \"%s\": %s",
                          clean.text ? clean.text : "",
                          problem ? problem : UNDERSTOOD);
    }
    hf__buf_reset(&text);
    hf__buf_reset(&clean);
    return status;
}

hf_status hf_claim_parse(hf_context *ctx, const char *text, size_t len,
                         hf_claim *out) {
    hf__str typed = {text, len};
    char plain[MOST_PLAIN];
    reading read;
    if (!make_plain(typed, plain)) {
        return fail(ctx, HF_ERR_USAGE, typed, "too long");
    }
    cursor c = {plain, NULL};
    if (!read_claim(&c, &read)) {
        return fail(ctx, HF_ERR_USAGE, typed, c.problem);
    }
    hf_claim claim = {.kind = read.kind, .unit_m = read.unit_m};
    if (!(claim.unit_m > 0)) {
        claim.unit_m = HF_METRES_PER_MILE;
    }
    bool is_range = claim.kind == HF_CLAIM_RANGE;
    claim.figure_m = read.first.value * claim.unit_m;
    claim.most_m = is_range ? read.second.value * claim.unit_m : claim.figure_m;
    if (claim.most_m > MOST_M) {
        return fail(ctx, HF_ERR_RANGE, typed,
                    "more than once around the earth");
    }
    set_limits(&read, &claim);
    if (claim.high_m <= 0 && !claim.has_high) {
        return fail(ctx, HF_ERR_USAGE, typed, "no distance is below 0");
    }
    hf__claim_write_text(&claim, read.first.digits, read.second.digits);
    if (!claim.text[0]) {
        return hf__fail_memory(ctx);
    }
    *out = claim;
    return HF_OK;
}
