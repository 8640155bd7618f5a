#include "table/header.h"

#include <string.h>

/* Longer names are no names. */
#define NAME_MOST 200

/* Lists of words between blanks. */
static const char lat_words[] = " lat latitude latitudes ";
static const char lon_words[] = " lon long lng longitude longitudes ";
static const char easting_words[] =
    " easting eastings east oseast oseast1m east1m ";
static const char northing_words[] =
    " northing northings north osnrth osnrth1m north1m ";
static const char x_words[] = " x xcoord xcoordinate ";
static const char y_words[] = " y ycoord ycoordinate ";

/* "post" and "code" may be two words. */
static const char postcode_words[] =
    " postcode postcodes post postal pcode pcd pcds pcd2 pcd7 pcd8 pc ";
static const char postcode_part_words[] = " sector outcode outward ";

/* Names of authorities for certain, and what may hold them. */
static const char authority_words[] =
    " authority authorities council la ua laua oslaua ctyua utla lad gss "
    "borough county ";
static const char area_words[] =
    " destination area district region country nation location place town ";

/* Words that say nothing more. */
static const char neutral_words[] =
    " deg degrees decimal dd wgs wgs84 84 4326 epsg etrs89 gps coord coords "
    "coordinate coordinates m metre metres os osgb osgb36 bng 27700 grid value "
    "pos position geo geocode geocoded point pt ref reference of the in local "
    "name nm code cd codes names ons new upper tier 1m ";

static const char placement_words[] =
    " placement pl place placed destination dest provider provision carer "
    "carers current to location loc postcode ";

static const char home_words[] =
    " home origin original responsible from family parent parents birth born "
    "mother father previous prev last former old school office worker social "
    "hospital gp own child childs ";

/* Whose postcode that of the home is: the child's, or its family's. */
static const char own_home_words[] =
    " home origin original from family parent parents own child childs ";

/* Whole names of columns that count. */
static const char *const count_names[] = {"children",
                                          "child count",
                                          "number of children",
                                          "n children",
                                          "placements",
                                          "count",
                                          "counts",
                                          "number",
                                          "n",
                                          "count of children",
                                          "placement count",
                                          "no of children",
                                          "total",
                                          "number of placements",
                                          "count of placements"};

/* Whole names of columns of points in one cell. */
static const char *const point_names[] = {
    "coordinates",       "coords",      "latlong", "latlon",        "lat long",
    "lat lon",           "gridref",     "ngr",     "os ref",        "grid ref",
    "os grid reference", "os grid ref", "osgr",    "grid reference"};

static const char count_words[] =
    " children child count counts placements total ";

/* What else columns of placements are called by. */
static const char other_words[] =
    " id ids urn upn number no type status reason category legal kind date day "
    "month year start started end ended decom dec rec rne ls cin dob age sex "
    "gender ethnicity team cost notes note comment comments address street "
    "post postal zip distance miles km band surname forename firstname "
    "lastname row index key uasc ";

static bool is_in(const char *list, hf__str word) {
    for (const char *at = list + 1; *at;) {
        const char *end = strchr(at, ' ');
        if ((size_t)(end - at) == word.len && !memcmp(at, word.at, word.len)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* ONS's field names: ctyua24cd, LAD25NM, areanm. */
static bool is_field_name(hf__str word) {
    static const char *const stems[] = {"ctyua", "utla", "lad", "cty",
                                        "ctry",  "rgn",  "area"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        size_t len = strlen(stems[i]);
        if (word.len <= len || memcmp(word.at, stems[i], len)) {
            continue;
        }
        hf__str rest = {word.at + len, word.len - len};
        while (rest.len && rest.at[0] >= '0' && rest.at[0] <= '9') {
            rest.at++;
            rest.len--;
        }
        if (hf__str_is(rest, "cd") || hf__str_is(rest, "nm")) {
            return true;
        }
    }
    return false;
}

/* The role of one word; *certain is false where a word may mean much else. */
static hf__role role_of(hf__str word, bool *certain) {
    *certain = true;
    if (is_in(lat_words, word)) {
        return HF__ROLE_LAT;
    }
    if (is_in(lon_words, word)) {
        return HF__ROLE_LON;
    }
    if (is_in(easting_words, word)) {
        return HF__ROLE_EASTING;
    }
    if (is_in(northing_words, word)) {
        return HF__ROLE_NORTHING;
    }
    if (is_in(x_words, word)) {
        return HF__ROLE_X;
    }
    if (is_in(y_words, word)) {
        return HF__ROLE_Y;
    }
    if (is_in(authority_words, word) || is_field_name(word)) {
        return HF__ROLE_AUTHORITY;
    }
    *certain = false;
    if (is_in(postcode_words, word) || is_in(postcode_part_words, word)) {
        return HF__ROLE_POSTCODE;
    }
    return is_in(area_words, word) ? HF__ROLE_AUTHORITY : HF__ROLE_NONE;
}

/* placementLatitude as "placement Latitude". */
static void part_humps(hf__str name, hf__buf *out) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        char before = i ? name.at[i - 1] : ' ';
        if (c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z') {
            hf__buf_add_char(out, ' ');
        }
        hf__buf_add_char(out, c);
    }
}

static bool next_word(hf__str *text, hf__str *word) {
    if (!text->len) {
        return false;
    }
    const char *blank = memchr(text->at, ' ', text->len);
    size_t len = blank ? (size_t)(blank - text->at) : text->len;
    *word = (hf__str){text->at, len};
    size_t used = blank ? len + 1 : len;
    *text = (hf__str){text->at + used, text->len - used};
    return true;
}

static void add_to_key(hf__heading *heading, hf__str word) {
    size_t len = strlen(heading->key);
    if (len + word.len + 2 <= sizeof heading->key) {
        heading->key[len] = ' ';
        memcpy(heading->key + len + 1, word.at, word.len);
        heading->key[len + 1 + word.len] = '\0';
    }
}

/* A name of folded words. */
static hf__heading read_words(hf__str text) {
    hf__heading heading = {.role = HF__ROLE_NONE};
    bool of_placement = false, of_home = false, of_own_home = true;
    bool is_certain = false;
    int strange = 0;
    hf__str word;
    while (next_word(&text, &word)) {
        bool certain;
        hf__role role = role_of(word, &certain);
        bool is_place_word = is_in(placement_words, word);
        bool is_home_word = is_in(home_words, word);
        of_placement |= is_place_word && !is_in(postcode_words, word);
        of_home |= is_home_word;
        of_own_home &= !is_home_word || is_in(own_home_words, word);
        if (role && (!heading.role || (certain && !is_certain) ||
                     (!is_certain && role == HF__ROLE_POSTCODE))) {
            heading.role = role;
            is_certain = certain;
        } else if (!role && !is_in(neutral_words, word) && !is_place_word &&
                   !is_home_word) {
            strange++;
        }
        if ((role != heading.role || role == HF__ROLE_POSTCODE) &&
            !is_in(neutral_words, word)) {
            add_to_key(&heading, word);
        }
    }
    bool is_postcode = heading.role == HF__ROLE_POSTCODE;
    if (of_home) {
        /* A children's home, or a placement's, is not where a child is from. */
        heading.role = is_postcode && of_own_home && !strange && !of_placement
                           ? HF__ROLE_HOME_POSTCODE
                           : HF__ROLE_NONE;
    }
    /* "destination" alone is a role of its own and not of a placement. */
    heading.rank = (of_placement && (is_certain || is_postcode) ? 0 : 1) +
                   (heading.role == HF__ROLE_AUTHORITY && !is_certain) +
                   2 * (strange > 0);
    return heading;
}

static bool is_listed(const char *text, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(text, list[i])) {
            return true;
        }
    }
    return false;
}

/* What only the whole name says. */
static void read_whole(const char *text, hf__heading *heading) {
    if (is_listed(text, point_names,
                  sizeof point_names / sizeof *point_names)) {
        *heading = (hf__heading){.role = HF__ROLE_AUTHORITY, .rank = 2};
    } else if (!heading->role &&
               is_listed(text, count_names,
                         sizeof count_names / sizeof *count_names)) {
        heading->role = HF__ROLE_COUNT;
    }
}

/* One word as programs write it: placement_id, c17. */
static bool is_identifier(hf__str name) {
    bool has_joint = false, has_big = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool is_small = c >= 'a' && c <= 'z', is_big = c >= 'A' && c <= 'Z';
        bool is_digit = c >= '0' && c <= '9';
        has_joint |= c == '_';
        has_big |= is_big;
        if (!(is_small || is_big || (i && (is_digit || c == '_')))) {
            return false;
        }
    }
    return name.len && name.len <= HF__HEADER_KEY && (has_joint || !has_big);
}

bool hf__heading_is_usual(hf__str name, bool *out) {
    static const char *const lists[] = {lat_words,       lon_words,
                                        easting_words,   northing_words,
                                        x_words,         y_words,
                                        authority_words, area_words,
                                        home_words,      neutral_words,
                                        placement_words, other_words,
                                        postcode_words,  postcode_part_words,
                                        count_words};
    hf__buf humps, folded;
    hf__buf_init(&humps);
    hf__buf_init(&folded);
    size_t n_words = 0, n_known = 0;
    bool is_short = name.len <= HF__HEADER_KEY;
    if (is_short) {
        part_humps(name, &humps);
        hf__fold((hf__str){humps.text ? humps.text : "", humps.len}, &folded);
    }
    bool is_read = !humps.failed && !folded.failed;
    hf__str text = {folded.text ? folded.text : "", folded.len}, word;
    while (is_read && next_word(&text, &word)) {
        bool is_known = is_field_name(word);
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
            is_known |= is_in(lists[i], word);
        }
        n_words++;
        n_known += is_known;
    }
    hf__buf_reset(&humps);
    hf__buf_reset(&folded);
    if (is_read) {
        *out = is_identifier(name) || (n_known && 2 * n_known >= n_words);
    }
    return is_read;
}

bool hf__heading_read(hf__str name, hf__heading *out) {
    *out = (hf__heading){.role = HF__ROLE_NONE};
    if (name.len > NAME_MOST) {
        return true;
    }
    hf__buf humps, folded;
    hf__buf_init(&humps);
    hf__buf_init(&folded);
    part_humps(name, &humps);
    hf__fold((hf__str){humps.text ? humps.text : "", humps.len}, &folded);
    bool is_done = !humps.failed && !folded.failed;
    if (is_done) {
        *out =
            read_words((hf__str){folded.text ? folded.text : "", folded.len});
        read_whole(folded.text ? folded.text : "", out);
    }
    hf__buf_reset(&humps);
    hf__buf_reset(&folded);
    return is_done;
}
