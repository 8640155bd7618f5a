#include "earth/gridref.h"

#include <string.h>

#include "base/context.h"

/* A reference taken apart. */
typedef struct reference {
    char letters[3]; /* upper case; 1 or 2 of them */
    size_t n_letters;
    char digits[24];
    size_t n_digits;
    size_t n_groups; /* of digits, parted by blanks or a comma */
    size_t first_group;
} reference;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static bool is_letter(char c) {
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

/* One or two letters, then digits in groups; nothing else. */
static bool take_apart(hf__str text, reference *out) {
    *out = (reference){0};
    size_t i = 0;
    while (i < text.len && is_letter(text.at[i])) {
        if (out->n_letters == 2) {
            return false;
        }
        out->letters[out->n_letters++] = upper(text.at[i++]);
    }
    bool in_group = false;
    for (; i < text.len; i++) {
        char c = text.at[i];
        if (is_digit(c)) {
            if (out->n_digits == sizeof out->digits) {
                return false;
            }
            out->n_groups += !in_group;
            in_group = true;
            out->digits[out->n_digits++] = c;
            out->first_group += out->n_groups == 1;
        } else if (c == ' ' || (c == ',' && out->n_groups == 1)) {
            in_group = false;
        } else {
            return false;
        }
    }
    return out->n_letters && out->n_digits;
}

/* Postcode areas that are squares of the British grid as well. */
static bool is_postcode_area(const char *letters) {
    static const char areas[] =
        "HA HD HG HP HR HS HU HX NE NG NN NP NR NW OL OX SA SE SG SK SL SM SN "
        "SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW ";
    for (const char *at = areas; *at; at += 3) {
        if (!memcmp(at, letters, 2)) {
            return true;
        }
    }
    return false;
}

/* "SG13", "SG13 8", "SG1 3": a district or a sector, whatever else it could
 * be. */
static bool may_be_postcode(const reference *ref) {
    if (ref->n_letters != 2 || !is_postcode_area(ref->letters)) {
        return false;
    }
    bool is_district = ref->n_groups == 1 && ref->n_digits <= 3;
    bool is_sector = ref->n_groups == 2 && ref->first_group <= 2 &&
                     ref->n_digits - ref->first_group == 1;
    return is_district || is_sector;
}

/* Place in the alphabet without I, 0 to 24; -1 for I. */
static int letter_index(char c) {
    return c == 'I' ? -1 : c - 'A' - (c > 'I');
}

/* Side of the square, metres, and its corner within the 100 km square. */
static double read_digits(const reference *ref, hf_xy *corner) {
    double side_m = 100000;
    *corner = (hf_xy){0, 0};
    size_t half = ref->n_digits / 2;
    for (size_t i = 0; i < half; i++) {
        side_m /= 10;
        corner->x_m += side_m * (ref->digits[i] - '0');
        corner->y_m += side_m * (ref->digits[half + i] - '0');
    }
    return side_m;
}

static hf_status check_digits(hf_context *ctx, const reference *ref) {
    const char *letters = ref->letters;
    if (ref->n_digits > 10) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "grid reference %s: more than ten digits", letters);
    }
    if (ref->n_digits % 2) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "grid reference %s: an odd number of digits (%d); "
                        "easting and northing need the same number",
                        letters, (int)ref->n_digits);
    }
    if (ref->n_groups > 2 ||
        (ref->n_groups == 2 && ref->first_group * 2 != ref->n_digits)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "grid reference %s: easting and northing differ in "
                        "their number of digits",
                        letters);
    }
    return HF_OK;
}

static hf_coordinate middle_of(const reference *ref, hf_coordinate_kind kind,
                               int east_100km, int north_100km) {
    hf_xy corner;
    double side_m = read_digits(ref, &corner);
    hf_coordinate made = {.kind = kind, .precision_m = side_m / 2};
    made.grid.x_m = east_100km * 100000.0 + corner.x_m + side_m / 2;
    made.grid.y_m = north_100km * 100000.0 + corner.y_m + side_m / 2;
    return made;
}

static hf_status read_british(hf_context *ctx, const reference *ref,
                              hf_coordinate *out) {
    if (may_be_postcode(ref) || ref->n_digits < 2) {
        return HF_ERR_NOT_FOUND;
    }
    /* 500 km squares count from four squares north and two west of the
     * grid's origin, letters run eastwards, then southwards. */
    int large = letter_index(ref->letters[0]);
    int small = letter_index(ref->letters[1]);
    if (large < 0 || small < 0) {
        return HF_ERR_NOT_FOUND;
    }
    int east = (large % 5 - 2) * 5 + small % 5;
    int north = (3 - large / 5) * 5 + 4 - small / 5;
    bool is_in_grid = east >= 0 && east < 7 && north >= 0 && north < 13;
    if (!is_in_grid && (ref->n_digits < 4 || ref->n_digits % 2)) {
        return HF_ERR_NOT_FOUND; /* likelier a postcode or a road */
    }
    if (!is_in_grid) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "grid reference %s: the British National Grid has no "
                        "square %s",
                        ref->letters, ref->letters);
    }
    hf_status status = check_digits(ctx, ref);
    if (!status) {
        *out = middle_of(ref, HF_COORDINATE_GRID, east, north);
    }
    return status;
}

/* Fewer than four digits would be a district or sector of the postcode areas
 * of one letter, or of IG, IM, IP and IV. */
static hf_status read_irish(hf_context *ctx, const reference *ref,
                            hf_coordinate *out) {
    static const char squares_with_land[] = "ABCDFGHJLMNOQRSTVWX";
    char letter = ref->letters[ref->n_letters - 1];
    if (ref->n_digits < 4 || !strchr(squares_with_land, letter)) {
        return HF_ERR_NOT_FOUND;
    }
    hf_status status = check_digits(ctx, ref);
    if (!status) {
        int index = letter_index(letter);
        *out =
            middle_of(ref, HF_COORDINATE_IRISH_GRID, index % 5, 4 - index / 5);
    }
    return status;
}

hf_status hf__gridref_parse(hf_context *ctx, hf__str text, hf_coordinate *out) {
    reference ref;
    if (!take_apart(text, &ref)) {
        return HF_ERR_NOT_FOUND;
    }
    bool is_irish = ref.n_letters == 1 || ref.letters[0] == 'I';
    return is_irish ? read_irish(ctx, &ref, out) : read_british(ctx, &ref, out);
}
