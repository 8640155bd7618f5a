#include "howfar/coordinate.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "earth/angle.h"
#include "earth/gridref.h"
#include "earth/projection.h"

#define MAX_TEXT 200
#define MAX_NUMBERS 6
#define METRES_PER_DEGREE 111195.0 /* of latitude, on the mean sphere */
/* The British National Grid's extent. */
#define MAX_EAST_M 700000.0
#define MAX_NORTH_M 1300000.0
/* An easting and northing without a word to say so have four digits at least;
 * two smaller numbers are more likely something else, such as two codes. */
#define MIN_BARE_GRID_M 1000.0

bool hf_lonlat_is_valid(hf_lonlat p) {
    /* False for NaN as well. */
    return fabs(p.lon_deg) <= 180 && fabs(p.lat_deg) <= 90;
}

/* ---- taking the text apart
 * --------------------------------------------------- */

typedef enum unit { UNIT_NONE, UNIT_DEGREE, UNIT_MINUTE, UNIT_SECOND } unit;

/* A number and what stood around it. */
typedef struct number {
    hf__str text; /* with its sign */
    double value;
    int decimals;
    bool has_sign;
    bool after_separator;
    bool after_letter;  /* a letter of direction stands before it */
    bool before_letter; /* and one behind it */
    unit unit;
} number;

/* Which way a half counts: north and east, or south and west. */
typedef struct direction {
    hf__axis axis;
    bool is_negative;
    bool is_letter; /* N, S, E, W: allows no sign */
    bool is_grid;   /* "easting" */
} direction;

typedef struct cursor {
    hf__str left;
    char decimal_comma; /* ',' where ';' parts the halves, or 0 */
    bool letters_first; /* "N 57 W 4", not "57 N 4 W" */
    bool separator;     /* seen since the last number */
    bool letter;
    size_t n;
    number numbers[MAX_NUMBERS];
    size_t n_directions;
    direction directions[2];
    size_t direction_at[2]; /* numbers read when the direction came */
} cursor;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void skip(cursor *at, size_t n) {
    at->left.at += n;
    at->left.len -= n;
}

static bool starts_with(const cursor *at, const char *text) {
    size_t len = strlen(text);
    return at->left.len >= len && !memcmp(at->left.at, text, len);
}

/* U+2212, the minus sign proper. */
static size_t sign_length(const cursor *at) {
    if (starts_with(at, "\xE2\x88\x92")) {
        return 3;
    }
    return starts_with(at, "-") || starts_with(at, "+") ? 1 : 0;
}

static bool read_number(cursor *at) {
    if (at->n == MAX_NUMBERS) {
        return false;
    }
    number read = {.after_separator = at->separator,
                   .after_letter = at->letter};
    const char *start = at->left.at;
    char plain[64];
    size_t len = 0;
    size_t sign = sign_length(at);
    if (sign) {
        plain[len++] = *start == '+' ? '+' : '-';
        read.has_sign = true;
        skip(at, sign);
    }
    bool after_point = false;
    while (at->left.len && len < sizeof plain) {
        char c = at->left.at[0];
        bool is_point =
            !after_point &&
            (c == '.' || (at->decimal_comma && c == ',' && at->left.len > 1 &&
                          is_digit(at->left.at[1])));
        if (!is_digit(c) && !is_point) {
            break;
        }
        read.decimals += after_point;
        after_point |= is_point;
        plain[len++] = is_point ? '.' : c;
        skip(at, 1);
    }
    /* 12-13 is a range or a date. */
    if (len == sizeof plain || sign_length(at) ||
        !hf__parse_double((hf__str){plain, len}, &read.value)) {
        return false;
    }
    read.text = (hf__str){start, (size_t)(at->left.at - start)};
    at->numbers[at->n++] = read;
    at->separator = at->letter = false;
    return true;
}

/* A unit behind the last number: false when it doesn't follow from the one
 * before. */
static bool take_unit(cursor *at, unit is, size_t len) {
    if (!at->n || at->numbers[at->n - 1].unit || at->separator || at->letter ||
        at->numbers[at->n - 1].before_letter) {
        return false;
    }
    at->numbers[at->n - 1].unit = is;
    skip(at, len);
    return true;
}

static bool read_mark(cursor *at, bool *ok) {
    static const struct {
        const char *text;
        unit unit;
    } marks[] = {
        {"\xC2\xB0", UNIT_DEGREE}, /* degree sign */
        {"\xC2\xBA", UNIT_DEGREE}, /* masculine ordinal, as typed */
        {"\xCB\x9A", UNIT_DEGREE}, /* ring above */
        {"''", UNIT_SECOND},
        {"'", UNIT_MINUTE},
        {"\xE2\x80\xB2", UNIT_MINUTE}, /* prime */
        {"\xE2\x80\x99", UNIT_MINUTE}, /* right single quote */
        {"\xC2\xB4", UNIT_MINUTE},     /* acute accent */
        {"\"", UNIT_SECOND},
        {"\xE2\x80\xB3", UNIT_SECOND}, /* double prime */
        {"\xE2\x80\x9D", UNIT_SECOND}, /* right double quote */
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (starts_with(at, marks[i].text)) {
            *ok = take_unit(at, marks[i].unit, strlen(marks[i].text));
            return true;
        }
    }
    return false;
}

static bool take_direction(cursor *at, direction is, size_t len) {
    if (at->n_directions == 2) {
        return false;
    }
    if (!at->n && !at->n_directions) {
        at->letters_first = true;
    }
    if (at->letters_first) {
        at->letter = true;
    } else if (at->n && !at->separator) {
        at->numbers[at->n - 1].before_letter = true;
    } else {
        return false;
    }
    at->direction_at[at->n_directions] = at->n;
    at->directions[at->n_directions++] = is;
    skip(at, len);
    return true;
}

/* A direction, a unit in letters, or a label. */
static bool read_word(cursor *at, bool touches_number) {
    static const struct {
        const char *word;
        direction is;
    } words[] = {
        {"n", {HF__AXIS_NORTH, false, true, false}},
        {"north", {HF__AXIS_NORTH, false, true, false}},
        {"s", {HF__AXIS_NORTH, true, true, false}},
        {"south", {HF__AXIS_NORTH, true, true, false}},
        {"e", {HF__AXIS_EAST, false, true, false}},
        {"east", {HF__AXIS_EAST, false, true, false}},
        {"w", {HF__AXIS_EAST, true, true, false}},
        {"west", {HF__AXIS_EAST, true, true, false}},
        {"lat", {HF__AXIS_NORTH, false, false, false}},
        {"latitude", {HF__AXIS_NORTH, false, false, false}},
        {"lon", {HF__AXIS_EAST, false, false, false}},
        {"long", {HF__AXIS_EAST, false, false, false}},
        {"lng", {HF__AXIS_EAST, false, false, false}},
        {"longitude", {HF__AXIS_EAST, false, false, false}},
        {"easting", {HF__AXIS_EAST, false, false, true}},
        {"northing", {HF__AXIS_NORTH, false, false, true}},
    };
    size_t len = 0;
    while (len < at->left.len && is_letter(at->left.at[len])) {
        len++;
    }
    if (len == 2 && strchr("dms", at->left.at[0]) &&
        strchr("NSEWnsew", at->left.at[1])) {
        len = 1; /* "48sN" */
    }
    hf__str word = {at->left.at, len};
    unit before = at->n > 1 ? at->numbers[at->n - 2].unit : UNIT_NONE;
    if (hf__str_is_nocase(word, "d") || hf__str_is_nocase(word, "deg") ||
        hf__str_is_nocase(word, "degrees")) {
        return take_unit(at, UNIT_DEGREE, len);
    }
    if (hf__str_is_nocase(word, "m") || hf__str_is_nocase(word, "min")) {
        return before == UNIT_DEGREE && take_unit(at, UNIT_MINUTE, len);
    }
    /* "48s" after minutes counts seconds; "48 S" points south. */
    if (hf__str_is_nocase(word, "sec") ||
        (hf__str_is(word, "s") && touches_number && before == UNIT_MINUTE)) {
        return before == UNIT_MINUTE && take_unit(at, UNIT_SECOND, len);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (hf__str_is_nocase(word, words[i].word)) {
            return take_direction(at, words[i].is, len);
        }
    }
    return false;
}

/* All of the text into numbers and directions; false when it holds anything
 * else. */
static bool read_all(cursor *at) {
    bool touches_number = false;
    while (at->left.len) {
        char c = at->left.at[0];
        bool ok = true;
        if (c == ' ' || c == '\t') {
            skip(at, 1);
            touches_number = false;
            continue;
        }
        if (starts_with(at, "\xC2\xA0")) { /* no-break space */
            skip(at, 2);
            touches_number = false;
            continue;
        }
        if (is_digit(c) || c == '.' || sign_length(at)) {
            ok = read_number(at);
            touches_number = true;
        } else if (c == ',' || c == ';') {
            ok = at->n && !at->separator;
            at->separator = true;
            skip(at, 1);
        } else if ((c == ':' || c == '=') && at->letter) {
            skip(at, 1); /* "Lat: 57.48" */
        } else if (is_letter(c)) {
            ok = read_word(at, touches_number);
            touches_number = false;
        } else if (!read_mark(at, &ok)) {
            return false;
        }
        if (!ok) {
            return false;
        }
    }
    return !at->separator && (!at->letter);
}

/* ---- the two halves
 * --------------------------------------------------------------- */

/* One coordinate: up to three numbers and its direction. */
typedef struct half {
    const number *numbers;
    size_t n;
    direction is;
    double value;
    double step; /* what one of the last digit is worth */
} half;

/* Where the second half begins: at the separator, the letter, the degree
 * sign, or in the middle. 0 where that isn't clear. */
static size_t find_second(const cursor *at) {
    size_t found = 0;
    for (size_t i = 1; i < at->n; i++) {
        if (at->numbers[i].after_separator) {
            if (found) {
                return 0;
            }
            found = i;
        }
    }
    for (size_t i = 1; i < at->n && !found; i++) {
        if (at->numbers[i].after_letter || at->numbers[i - 1].before_letter ||
            (at->numbers[i].unit == UNIT_DEGREE) || (at->numbers[i].has_sign)) {
            found = i;
        }
    }
    if (!found && at->n % 2 == 0) {
        found = at->n / 2;
    }
    return found;
}

static direction direction_of(const cursor *at, size_t first, size_t last) {
    for (size_t i = 0; i < at->n_directions; i++) {
        /* In front of its first number, or behind its last. */
        size_t n_read = at->direction_at[i];
        if (n_read == (at->letters_first ? first : last)) {
            return at->directions[i];
        }
    }
    return (direction){HF__AXIS_NONE, false, false, false};
}

/* Degrees, minutes and seconds into one number. False when they can't be,
 * with the reason where it is worth telling. */
static bool add_up(half *of, const char **reason) {
    static const double parts[] = {1, 60, 3600};
    of->value = 0;
    for (size_t i = 0; i < of->n; i++) {
        const number *part = &of->numbers[i];
        bool is_last = i + 1 == of->n;
        if ((i && part->has_sign) || (!is_last && part->decimals) ||
            (part->unit && part->unit != (unit)(UNIT_DEGREE + i))) {
            return false;
        }
        if (i && part->value >= 60) {
            *reason = "minutes and seconds run from 0 to 60";
            return false;
        }
        of->value += fabs(part->value) / parts[i];
        of->step = pow(10, -part->decimals) / parts[i];
    }
    if (of->numbers[0].text.at[0] != '+' && of->numbers[0].has_sign) {
        of->value = -of->value;
    }
    if (of->is.is_letter && of->numbers[0].has_sign) {
        *reason = "a sign and a letter of direction together";
        return false;
    }
    if (of->is.is_negative) {
        of->value = -of->value;
    }
    return true;
}

static bool split(const cursor *at, half *first, half *second,
                  const char **reason) {
    /* "N1 2" and "E14 5" are postcode sectors. */
    bool is_half_lettered = at->letters_first && at->n_directions == 1;
    size_t middle = at->n >= 2 && !is_half_lettered ? find_second(at) : 0;
    if (!middle || middle > 3 || at->n - middle > 3) {
        return false;
    }
    *first = (half){
        .numbers = at->numbers, .n = middle, .is = direction_of(at, 0, middle)};
    *second = (half){.numbers = at->numbers + middle,
                     .n = at->n - middle,
                     .is = direction_of(at, middle, at->n)};
    size_t n_found = (first->is.axis != HF__AXIS_NONE) +
                     (size_t)(second->is.axis != HF__AXIS_NONE);
    if (n_found != at->n_directions) {
        return false;
    }
    if (n_found == 2 && first->is.axis == second->is.axis) {
        *reason = "both numbers lie on the same axis";
        return false;
    }
    return add_up(first, reason) && add_up(second, reason);
}

/* ---- what they mean
 * ------------------------------------------------------------------ */

static bool is_bare(const half *of) {
    return of->n == 1 && of->numbers[0].unit == UNIT_NONE;
}

static bool is_in_grid(double east_m, double north_m) {
    return east_m >= 0 && east_m <= MAX_EAST_M && north_m >= 0 &&
           north_m <= MAX_NORTH_M;
}

static bool is_in_uk(double lat_deg, double lon_deg) {
    return lat_deg >= 49.8 && lat_deg <= 60.95 && lon_deg >= -8.75 &&
           lon_deg <= 1.85;
}

#define SPELL(half) (int)(half)->numbers[0].text.len, (half)->numbers[0].text.at

static hf_status make_grid(hf_context *ctx, const half *east, const half *north,
                           bool is_labelled, hf_coordinate *out) {
    if (!is_in_grid(east->value, north->value)) {
        if (!is_labelled && is_in_grid(north->value, east->value)) {
            return hf__fail(ctx, HF_ERR_RANGE,
                            "easting %.*s is outside 0..700000; easting and "
                            "northing swapped? did you mean %.*s,%.*s?",
                            SPELL(east), SPELL(north), SPELL(east));
        }
        return hf__fail(ctx, HF_ERR_RANGE,
                        "easting %.*s, northing %.*s is outside the British "
                        "National Grid (0..700000, 0..1300000 metres)",
                        SPELL(east), SPELL(north));
    }
    *out = (hf_coordinate){.kind = HF_COORDINATE_GRID,
                           .grid = {east->value, north->value},
                           .precision_m = fmax(east->step, north->step) / 2};
    return HF_OK;
}

static hf_status make_lonlat(hf_context *ctx, const half *lat, const half *lon,
                             bool is_labelled, hf_coordinate *out) {
    if (!is_labelled && !is_in_uk(lat->value, lon->value) &&
        is_in_uk(lon->value, lat->value)) {
        if (lat->n > 1 || lon->n > 1) {
            return hf__fail(ctx, HF_ERR_RANGE,
                            "longitude before latitude; put the latitude "
                            "first, or add N, E and W");
        }
        return hf__fail(ctx, HF_ERR_RANGE,
                        "latitude %.*s, longitude %.*s is far from the United "
                        "Kingdom; did you mean %.*s,%.*s?",
                        SPELL(lat), SPELL(lon), SPELL(lon), SPELL(lat));
    }
    if (!(fabs(lat->value) <= 90)) {
        return hf__fail(ctx, HF_ERR_RANGE, "latitude %.*s is outside -90..90",
                        SPELL(lat));
    }
    if (!(fabs(lon->value) <= 180)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "longitude %.*s is outside -180..180", SPELL(lon));
    }
    double shrink = cos(lat->value * (M_PI / 180));
    *out = (hf_coordinate){.kind = HF_COORDINATE_LONLAT,
                           .lonlat = {lon->value, lat->value},
                           .precision_m = fmax(lat->step, lon->step * shrink) *
                                          METRES_PER_DEGREE / 2};
    return HF_OK;
}

static hf_status not_found(hf_context *ctx) {
    return hf__fail(ctx, HF_ERR_NOT_FOUND,
                    "no coordinate: give latitude,longitude (57.48,-4.22), "
                    "easting,northing or a grid reference (TL 32 12)");
}

static hf_status interpret(hf_context *ctx, const half *first,
                           const half *second, hf_coordinate *out) {
    bool is_labelled =
        first->is.axis != HF__AXIS_NONE || second->is.axis != HF__AXIS_NONE;
    bool is_labelled_grid = first->is.is_grid || second->is.is_grid;
    bool is_pair = is_bare(first) && is_bare(second);
    bool is_large = fabs(first->value) > 360 || fabs(second->value) > 360;
    if (is_labelled_grid && !is_pair) {
        return not_found(ctx);
    }
    if (is_labelled_grid || (is_pair && is_large)) {
        if (!is_labelled && fabs(first->value) < MIN_BARE_GRID_M &&
            fabs(second->value) < MIN_BARE_GRID_M) {
            return not_found(ctx);
        }
        bool is_north_first = first->is.axis == HF__AXIS_NORTH ||
                              second->is.axis == HF__AXIS_EAST;
        return is_north_first ? make_grid(ctx, second, first, true, out)
                              : make_grid(ctx, first, second, is_labelled, out);
    }
    bool is_east_first =
        first->is.axis == HF__AXIS_EAST || second->is.axis == HF__AXIS_NORTH;
    return is_east_first ? make_lonlat(ctx, second, first, true, out)
                         : make_lonlat(ctx, first, second, is_labelled, out);
}

bool hf__angle_parse(hf__str text, hf__axis *out_axis, double *out_deg) {
    cursor at = {.left = hf__str_trim(text)};
    const char *reason = NULL;
    if (at.left.len > MAX_TEXT || !read_all(&at) || !at.n || at.n > 3 ||
        at.n_directions > 1) {
        return false;
    }
    half all = {
        .numbers = at.numbers, .n = at.n, .is = direction_of(&at, 0, at.n)};
    bool is_marked =
        at.numbers[0].unit == UNIT_DEGREE || all.is.axis != HF__AXIS_NONE;
    for (size_t i = 1; i < at.n; i++) {
        is_marked &= !at.numbers[i].after_separator;
    }
    if (!is_marked || all.is.is_grid || !add_up(&all, &reason)) {
        return false;
    }
    *out_axis = all.is.axis;
    *out_deg = all.value;
    return true;
}

/* ---- the public calls
 * -------------------------------------------------------------------- */

/* Without "geo:" and its altitude and parameters (RFC 5870), without brackets
 * around the whole. */
static hf__str strip(hf__str text) {
    text = hf__str_trim(text);
    if (text.len > 4 && hf__str_is_nocase((hf__str){text.at, 4}, "geo:")) {
        text.at += 4;
        text.len -= 4;
        size_t n_commas = 0;
        for (size_t i = 0; i < text.len; i++) {
            n_commas += text.at[i] == ',';
            if (text.at[i] == ';' || text.at[i] == '?' || n_commas == 2) {
                text.len = i;
            }
        }
    }
    if (text.len >= 2 &&
        ((text.at[0] == '(' && text.at[text.len - 1] == ')') ||
         (text.at[0] == '[' && text.at[text.len - 1] == ']'))) {
        text = (hf__str){text.at + 1, text.len - 2};
    }
    return hf__str_trim(text);
}

hf_status hf_coordinate_parse(hf_context *ctx, const char *text, size_t len,
                              hf_coordinate *out) {
    hf__str stripped = strip((hf__str){text, len});
    if (!stripped.len || stripped.len > MAX_TEXT) {
        return not_found(ctx);
    }
    hf_coordinate read;
    hf_status status = hf__gridref_parse(ctx, stripped, &read);
    if (status == HF_ERR_NOT_FOUND) {
        cursor at = {.left = stripped};
        half first, second;
        if (memchr(stripped.at, ';', stripped.len)) {
            at.decimal_comma = ',';
        }
        const char *reason = NULL;
        if (read_all(&at) && split(&at, &first, &second, &reason)) {
            status = interpret(ctx, &first, &second, &read);
        } else if (reason) {
            status = hf__fail(ctx, HF_ERR_RANGE, "coordinate: %s", reason);
        } else {
            status = not_found(ctx);
        }
    }
    if (!status) {
        *out = read;
    }
    return status;
}

hf_status hf_coordinate_to_lonlat(hf_context *ctx,
                                  const hf_coordinate *coordinate,
                                  hf_lonlat *out) {
    hf_lonlat made = coordinate->lonlat;
    if (coordinate->kind != HF_COORDINATE_LONLAT) {
        const hf__projection *grid;
        hf_status status = coordinate->kind == HF_COORDINATE_GRID
                               ? hf__projection_borrow_british_grid(ctx, &grid)
                               : hf__projection_borrow_irish_grid(ctx, &grid);
        if (!status) {
            status =
                hf__projection_inverse(ctx, grid, &coordinate->grid, 1, &made);
        }
        if (status) {
            return status;
        }
    }
    if (!hf_lonlat_is_valid(made)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "the coordinate lies outside what its grid covers");
    }
    *out = made;
    return HF_OK;
}
