#include "atlas/postcode_columns.h"

#include <string.h>

#include "base/context.h"
#include "howfar/postcode.h"

/* Columns of Code-Point Open, which comes without a header. */
enum {
    CODE_POINT_CELLS = 10,
    CODE_POINT_QUALITY = 1,
    CODE_POINT_EASTING = 2,
    CODE_POINT_NORTHING = 3,
    CODE_POINT_COUNTY = 7,
    CODE_POINT_DISTRICT = 8
};

typedef enum role {
    POSTCODE,
    EASTING,
    NORTHING,
    AUTHORITY,
    COUNTY,
    QUALITY,
    INTRODUCED,
    TERMINATED,
    LATITUDE,
    N_ROLES
} role;

/* Names of each thing, the preferred first; "##" stands for a year's two
 * digits. ONSPD and NSPL since 2011, then Code-Point Open's long and short
 * headers. */
static const struct {
    role role;
    const char *name;
} names[] = {
    {POSTCODE, "pcds"},
    {POSTCODE, "pcd8"},
    {POSTCODE, "pcd7"},
    {POSTCODE, "pcd"},
    {POSTCODE, "pcd2"},
    {POSTCODE, "postcode"},
    {POSTCODE, "pc"},
    {EASTING, "oseast1m"},
    {EASTING, "east1m"},
    {EASTING, "eastings"},
    {EASTING, "easting"},
    {EASTING, "ea"},
    {NORTHING, "osnrth1m"},
    {NORTHING, "north1m"},
    {NORTHING, "northings"},
    {NORTHING, "northing"},
    {NORTHING, "no"},
    {AUTHORITY, "oslaua"},
    {AUTHORITY, "laua"},
    {AUTHORITY, "lad##cd"},
    {AUTHORITY, "ladcd"},
    {AUTHORITY, "admin_district_code"},
    {AUTHORITY, "dc"},
    {COUNTY, "oscty"},
    {COUNTY, "cty"},
    {COUNTY, "cty##cd"},
    {COUNTY, "admin_county_code"},
    {COUNTY, "cc"},
    {QUALITY, "osgrdind"},
    {QUALITY, "gridind"},
    {QUALITY, "positional_quality_indicator"},
    {QUALITY, "pq"},
    {INTRODUCED, "dointr"},
    {TERMINATED, "doterm"},
    {LATITUDE, "lat"},
    {LATITUDE, "latitude"},
};

static const char *const role_names[N_ROLES] = {
    "postcodes (pcds, pcd7, pcd8, pcd)",
    "eastings (oseast1m, east1m)",
    "northings (osnrth1m, north1m)",
    "authority codes (oslaua, laua, lad25cd)",
    "county codes",
    "positional quality",
    "dates of introduction",
    "dates of termination",
    "latitudes"};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool fits(hf__str cell, const char *name) {
    if (cell.len != strlen(name)) {
        return false;
    }
    for (size_t i = 0; i < cell.len; i++) {
        char c = lower(cell.at[i]);
        if (name[i] == '#' ? c < '0' || c > '9' : c != name[i]) {
            return false;
        }
    }
    return true;
}

/* The column with a name, HF__NO_COLUMN, or -2 where two have it: as two years
 * of the same code would, of which neither is the right one for certain. */
static int find_name(const hf__str *cells, size_t n, const char *name) {
    int found = HF__NO_COLUMN;
    for (size_t i = 0; i < n; i++) {
        if (fits(hf__str_trim(cells[i]), name)) {
            if (found != HF__NO_COLUMN) {
                return -2;
            }
            found = (int)i;
        }
    }
    return found;
}

static hf_status find_roles(hf_context *ctx, const hf__str *cells, size_t n,
                            const char *label, int *found) {
    for (int r = 0; r < N_ROLES; r++) {
        found[r] = HF__NO_COLUMN;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        role r = names[i].role;
        if (found[r] != HF__NO_COLUMN) {
            continue;
        }
        int column = find_name(cells, n, names[i].name);
        if (column == -2) {
            return hf__fail(ctx, HF_ERR_AMBIGUOUS,
                            "%s: two columns could hold the %s: leave one of "
                            "them out",
                            label, role_names[r]);
        }
        found[r] = column;
    }
    return HF_OK;
}

/* A row of data: its first cell is a full postcode. */
static bool is_code_point_row(const hf__str *cells, size_t n) {
    hf_postcode postcode;
    double number;
    return n == CODE_POINT_CELLS &&
           hf_postcode_parse(cells[0].at, cells[0].len, &postcode) &&
           postcode.kind == HF_POSTCODE_FULL &&
           hf__parse_double(cells[CODE_POINT_QUALITY], &number) &&
           hf__parse_double(cells[CODE_POINT_EASTING], &number) &&
           hf__parse_double(cells[CODE_POINT_NORTHING], &number);
}

hf_status hf__postcode_columns_find(hf_context *ctx, const hf__str *cells,
                                    size_t n, const char *label,
                                    hf__postcode_columns *out) {
    if (is_code_point_row(cells, n)) {
        *out = (hf__postcode_columns){.postcode = 0,
                                      .easting = CODE_POINT_EASTING,
                                      .northing = CODE_POINT_NORTHING,
                                      .authority = CODE_POINT_DISTRICT,
                                      .county = CODE_POINT_COUNTY,
                                      .quality = CODE_POINT_QUALITY,
                                      .introduced = HF__NO_COLUMN,
                                      .terminated = HF__NO_COLUMN,
                                      .latitude = HF__NO_COLUMN,
                                      .quality_in_tens = true,
                                      .is_code_point = true};
        return HF_OK;
    }
    int found[N_ROLES];
    hf_status status = find_roles(ctx, cells, n, label, found);
    if (status) {
        return status;
    }
    for (int r = POSTCODE; r <= NORTHING; r++) {
        if (found[r] == HF__NO_COLUMN) {
            return hf__fail(ctx, HF_ERR_NOT_FOUND,
                            "%s: no column of %s in the first line: ONSPD, "
                            "NSPL and Code-Point Open have one",
                            label, role_names[r]);
        }
    }
    hf__str quality = {"", 0};
    if (found[QUALITY] >= 0) {
        quality = hf__str_trim(cells[found[QUALITY]]);
    }
    bool in_tens =
        fits(quality, "pq") || fits(quality, "positional_quality_indicator");
    *out = (hf__postcode_columns){.postcode = found[POSTCODE],
                                  .easting = found[EASTING],
                                  .northing = found[NORTHING],
                                  .authority = found[AUTHORITY],
                                  .county = found[COUNTY],
                                  .quality = found[QUALITY],
                                  .introduced = found[INTRODUCED],
                                  .terminated = found[TERMINATED],
                                  .latitude = found[LATITUDE],
                                  .quality_in_tens = in_tens,
                                  .is_header = true,
                                  .is_code_point = in_tens};
    return HF_OK;
}

/* Unquotes a cell in place, from behind its opening quote; returns where the
 * cell ends in the line, or NULL. */
static char *unquote(char *at, const char *end, hf__str *cell) {
    char *to = at;
    cell->at = at;
    for (;; at++) {
        if (at == end) {
            return NULL;
        }
        if (*at == '"') {
            at++;
            if (at == end || *at != '"') {
                break;
            }
        }
        *to++ = *at;
    }
    cell->len = (size_t)(to - cell->at);
    return at == end || *at == ',' ? at : NULL;
}

size_t hf__postcode_split(char *line, size_t len, hf__str *cells, size_t most) {
    char *at = line;
    char *end = line + len;
    for (size_t n = 0;;) {
        hf__str cell = {at, 0};
        if (at < end && *at == '"') {
            at = unquote(at + 1, end, &cell);
            if (!at) {
                return 0;
            }
        } else {
            char *comma = at;
            while (comma < end && *comma != ',') {
                comma++;
            }
            cell.len = (size_t)(comma - at);
            at = comma;
        }
        cells[n++] = cell;
        if (at == end || n == most) {
            return n;
        }
        at++;
    }
}
