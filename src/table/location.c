#include "table/location.h"

#include <math.h>
#include <string.h>

#include "earth/angle.h"

/* The British National Grid's extent, metres. */
#define GRID_WIDTH_M 700000.0
#define GRID_HEIGHT_M 1300000.0

const char *hf__reason_text(hf__reason reason) {
    switch (reason) {
        case HF__PLACED:
            return "";
        case HF__NO_LONLAT:
            return "no coordinates";
        case HF__LAT_EMPTY:
            return "latitude is empty";
        case HF__LON_EMPTY:
            return "longitude is empty";
        case HF__LAT_NO_NUMBER:
            return "latitude is not a number";
        case HF__LON_NO_NUMBER:
            return "longitude is not a number";
        case HF__LAT_RANGE:
            return "latitude is outside -90 to 90";
        case HF__LON_RANGE:
            return "longitude is outside -180 to 180";
        case HF__LONLAT_SWAPPED:
            return "latitude and longitude seem swapped";
        case HF__LONLAT_ZERO:
            return "coordinates are 0, 0";
        case HF__NO_GRID_REFERENCE:
            return "no grid reference";
        case HF__NO_GRID:
            return "no easting and northing";
        case HF__EASTING_EMPTY:
            return "easting is empty";
        case HF__NORTHING_EMPTY:
            return "northing is empty";
        case HF__EASTING_NO_NUMBER:
            return "easting is not a number";
        case HF__NORTHING_NO_NUMBER:
            return "northing is not a number";
        case HF__GRID_RANGE:
            return "easting or northing is outside the British National Grid";
        case HF__GRID_SWAPPED:
            return "easting and northing seem swapped";
        case HF__GRID_ZERO:
            return "easting and northing are 0, 0";
        case HF__NO_CODE:
            return "no authority code";
        case HF__NO_NAME:
            return "no authority";
        case HF__CODE_NOT_FOUND:
            return "code not found in the boundary set";
        case HF__NAME_NOT_FOUND:
            return "name not found";
        case HF__NAME_AMBIGUOUS:
            return "ambiguous name";
        case HF__NAME_IMPOSSIBLE:
            return "impossible coordinate or place";
        case HF__NO_POSTCODES:
            return "a postcode, and no postcodes are imported";
        case HF__NO_POSTCODE:
            return "no postcode";
        case HF__POSTCODE_PSEUDO:
            return "a pseudo-postcode: it stands for no place";
        case HF__POSTCODE_UNREADABLE:
            return "not a postcode";
        case HF__POSTCODE_UNREADABLE_SLIP:
            return "not a postcode: perhaps a letter stands for a digit, or "
                   "the reverse";
        case HF__POSTCODE_NOT_FOUND:
            return "no such postcode";
        case HF__POSTCODE_NOT_FOUND_SLIP:
            return "no such postcode: perhaps a letter stands for a digit, or "
                   "the reverse";
        case HF__POSTCODE_NOT_FULL:
            return "not a full postcode";
        case HF__POSTCODE_NO_POINT:
            return "the postcode has no grid reference";
        case HF__CONFIDENTIAL:
            return "confidential (CON)";
        case HF__ABROAD:
            return "outside the United Kingdom (NUK)";
        case HF__OUTSIDE:
            return "outside every authority of the boundary set";
        case HF__PART_OUTSIDE:
            return "some of its postcodes lie in authorities that the boundary "
                   "set lacks";
        case HF__NO_HOME:
            return "no home authority";
        case HF__HOME_NOT_FOUND:
            return "home authority not found";
        case HF__HOME_MANY:
            return "the home is not one authority";
        case HF__REASON_COUNT:
            break;
    }
    return "";
}

bool hf__reason_is_empty(hf__reason reason) {
    return reason == HF__NO_LONLAT || reason == HF__NO_GRID ||
           reason == HF__NO_CODE || reason == HF__NO_NAME ||
           reason == HF__NO_POSTCODE;
}

bool hf__is_in_uk(hf_lonlat p) {
    return p.lat_deg >= 49 && p.lat_deg <= 61.5 && p.lon_deg >= -9 &&
           p.lon_deg <= 2.5;
}

/* Without quotes and blanks. A quote left within is no part of a number. */
hf__str hf__cell_bare(hf__str cell) {
    if (cell.len >= 2 && cell.at[0] == '"' && cell.at[cell.len - 1] == '"') {
        cell = (hf__str){cell.at + 1, cell.len - 2};
    }
    return hf__str_trim(cell);
}

bool hf__cell_is_empty(hf__str cell) {
    return hf__cell_bare(cell).len == 0;
}

#define NUMBER_MOST 64

/* With one comma for the decimal point. */
static bool read_decimal_comma(hf__str text, double *out) {
    char copy[NUMBER_MOST];
    const char *comma = memchr(text.at, ',', text.len);
    if (!comma || text.len > sizeof copy || memchr(text.at, '.', text.len)) {
        return false;
    }
    memcpy(copy, text.at, text.len);
    copy[comma - text.at] = '.';
    return hf__parse_double((hf__str){copy, text.len}, out);
}

/* With commas between groups of three digits: 1,234,567.8 */
static bool read_thousands(hf__str text, double *out) {
    char copy[NUMBER_MOST];
    size_t len = 0, digits = 0;
    bool has_comma = false;
    if (text.len > sizeof copy) {
        return false;
    }
    size_t i = 0;
    for (; i < text.len && text.at[i] != '.'; i++) {
        if (text.at[i] != ',') {
            copy[len++] = text.at[i];
            digits++;
            continue;
        }
        if (has_comma ? digits != 3 : digits < 1 || digits > 3) {
            return false;
        }
        has_comma = true;
        digits = 0;
    }
    if (!has_comma || digits != 3) {
        return false;
    }
    memcpy(copy + len, text.at + i, text.len - i);
    return hf__parse_double((hf__str){copy, len + text.len - i}, out);
}

/* 51°48'36"N: with a degree sign, also of CP1252, or a direction. A quote in a
 * quoted cell is doubled. */
static bool read_angle(hf__str text, hf__axis axis, double *out) {
    char copy[NUMBER_MOST];
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i], before = i ? text.at[i - 1] : ' ';
        if (len + 2 > sizeof copy) {
            return false;
        }
        if (c == '\xB0' && before != '\xC2') {
            copy[len++] = '\xC2';
        }
        copy[len++] = c;
        i += c == '"' && i + 1 < text.len && text.at[i + 1] == '"';
    }
    hf__axis is;
    double read_deg;
    if (!hf__angle_parse((hf__str){copy, len}, &is, &read_deg) ||
        (is != HF__AXIS_NONE && is != axis)) {
        return false;
    }
    *out = read_deg;
    return true;
}

static bool read_plain_degrees(hf__str text, double *out) {
    return hf__parse_double(text, out) || read_decimal_comma(text, out);
}

static bool read_degrees(hf__str cell, hf__axis axis, double *out) {
    if (hf__parse_double(cell, out)) {
        return true; /* nearly always */
    }
    hf__str text = hf__cell_bare(cell);
    return read_plain_degrees(text, out) || read_angle(text, axis, out);
}

bool hf__read_degrees(hf__str cell, double *out) {
    return read_degrees(cell, HF__AXIS_NORTH, out) ||
           read_degrees(cell, HF__AXIS_EAST, out);
}

bool hf__read_metres(hf__str cell, double *out) {
    if (hf__parse_double(cell, out)) {
        return true; /* nearly always */
    }
    hf__str text = hf__cell_bare(cell);
    return hf__parse_double(text, out) || read_thousands(text, out) ||
           read_decimal_comma(text, out);
}

bool hf__read_count(hf__str cell, uint64_t *out) {
    double number;
    if (!hf__read_metres(cell, &number) ||
        !(number >= 0 && number < 1e9 && number == floor(number))) {
        return false;
    }
    *out = (uint64_t)number;
    return true;
}

hf__reason hf__read_lonlat(hf__str lat, hf__str lon, bool is_uk,
                           hf_lonlat *out) {
    hf_lonlat p;
    bool has_lat = read_degrees(lat, HF__AXIS_NORTH, &p.lat_deg);
    bool has_lon = read_degrees(lon, HF__AXIS_EAST, &p.lon_deg);
    if (!has_lat || !has_lon) {
        bool no_lat = hf__cell_is_empty(lat), no_lon = hf__cell_is_empty(lon);
        return no_lat && no_lon ? HF__NO_LONLAT
               : no_lat         ? HF__LAT_EMPTY
               : no_lon         ? HF__LON_EMPTY
               : !has_lat       ? HF__LAT_NO_NUMBER
                                : HF__LON_NO_NUMBER;
    }
    /* ONS writes latitude 99.999999 for postcodes without a reference. */
    if (p.lat_deg >= 99.99 && p.lat_deg < 100) {
        return HF__NO_GRID_REFERENCE;
    }
    if (p.lat_deg == 0 && p.lon_deg == 0) {
        return HF__LONLAT_ZERO;
    }
    if (!(fabs(p.lat_deg) <= 90)) {
        return HF__LAT_RANGE;
    }
    if (!(fabs(p.lon_deg) <= 180)) {
        return HF__LON_RANGE;
    }
    if (is_uk && !hf__is_in_uk(p) &&
        hf__is_in_uk((hf_lonlat){.lon_deg = p.lat_deg, .lat_deg = p.lon_deg})) {
        return HF__LONLAT_SWAPPED;
    }
    *out = p;
    return HF__PLACED;
}

hf__reason hf__read_grid(hf__str easting, hf__str northing, hf_xy *out) {
    hf_xy p;
    bool has_e = hf__read_metres(easting, &p.x_m);
    bool has_n = hf__read_metres(northing, &p.y_m);
    if (!has_e || !has_n) {
        bool no_e = hf__cell_is_empty(easting);
        bool no_n = hf__cell_is_empty(northing);
        return no_e && no_n ? HF__NO_GRID
               : no_e       ? HF__EASTING_EMPTY
               : no_n       ? HF__NORTHING_EMPTY
               : !has_e     ? HF__EASTING_NO_NUMBER
                            : HF__NORTHING_NO_NUMBER;
    }
    if (p.x_m == 0 && p.y_m == 0) {
        return HF__GRID_ZERO;
    }
    if (p.x_m >= 0 && p.x_m <= GRID_WIDTH_M && p.y_m >= 0 &&
        p.y_m <= GRID_HEIGHT_M) {
        *out = p;
        return HF__PLACED;
    }
    return p.y_m >= 0 && p.y_m <= GRID_WIDTH_M && p.x_m >= 0 &&
                   p.x_m <= GRID_HEIGHT_M
               ? HF__GRID_SWAPPED
               : HF__GRID_RANGE;
}
