#include "earth/wkt.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *code;
    hf__known_system known;
} codes[] = {
    {"EPSG:27700", HF__KNOWN_BRITISH_GRID},
    {"27700", HF__KNOWN_BRITISH_GRID},
    {"urn:ogc:def:crs:EPSG::27700", HF__KNOWN_BRITISH_GRID},
    {"+init=epsg:27700", HF__KNOWN_BRITISH_GRID},
    {"EPSG:29903", HF__KNOWN_IRISH_GRID_TM75},
    {"29903", HF__KNOWN_IRISH_GRID_TM75},
    {"EPSG:29902", HF__KNOWN_IRISH_GRID_TM65},
    {"29902", HF__KNOWN_IRISH_GRID_TM65},
    {"EPSG:4326", HF__KNOWN_WGS84},
    {"4326", HF__KNOWN_WGS84},
    {"urn:ogc:def:crs:EPSG::4326", HF__KNOWN_WGS84},
    {"+init=epsg:4326", HF__KNOWN_WGS84},
    {"OGC:CRS84", HF__KNOWN_WGS84},
    {"CRS84", HF__KNOWN_WGS84},
    {"WGS84", HF__KNOWN_WGS84},
    {"urn:ogc:def:crs:OGC:1.3:CRS84", HF__KNOWN_WGS84},
    {"EPSG:4258", HF__KNOWN_ETRS89},
    {"4258", HF__KNOWN_ETRS89},
};

/* ---- reading WKT into a small tree ----------------------------------------
 */

#define MAX_NODES 512
#define MAX_DEPTH 16
#define NO_NODE (-1)

typedef enum node_kind {
    NODE_LIST,
    NODE_TEXT,
    NODE_NUMBER,
    NODE_WORD
} node_kind;

/* KEYWORD[children], "text", a number or a bare word (an axis's direction). */
typedef struct node {
    node_kind kind;
    hf__str text; /* the keyword, what stands between quotes, the word */
    double number;
    int first; /* child, or NO_NODE */
    int next;  /* sibling, or NO_NODE */
} node;

typedef struct tree {
    hf__str left; /* not yet read */
    int n;
    node nodes[MAX_NODES];
} tree;

static char peek(tree *wkt) {
    wkt->left = hf__str_trim(wkt->left);
    return wkt->left.len ? wkt->left.at[0] : '\0';
}

static void skip(tree *wkt, size_t n) {
    wkt->left.at += n;
    wkt->left.len -= n;
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_of_number(char c) {
    return is_digit(c) || c == '+' || c == '-' || c == '.' || c == 'e' ||
           c == 'E';
}

/* The run at the cursor for which `is` holds, skipped. */
static hf__str take_run(tree *wkt, bool (*is)(char)) {
    size_t n = 0;
    while (n < wkt->left.len && is(wkt->left.at[n])) {
        n++;
    }
    hf__str run = {wkt->left.at, n};
    skip(wkt, n);
    return run;
}

static bool is_of_word(char c) {
    return is_letter(c) || is_digit(c);
}

/* A doubled quote inside stays doubled: no name sought here has one. */
static bool read_quoted(tree *wkt, hf__str *out) {
    size_t n = 1;
    for (; n < wkt->left.len; n++) {
        if (wkt->left.at[n] != '"') {
            continue;
        }
        if (n + 1 < wkt->left.len && wkt->left.at[n + 1] == '"') {
            n++;
            continue;
        }
        *out = (hf__str){wkt->left.at + 1, n - 1};
        skip(wkt, n + 1);
        return true;
    }
    return false;
}

static int read_node(tree *wkt, int depth);

static bool read_children(tree *wkt, int parent, int depth) {
    char close = peek(wkt) == '[' ? ']' : ')';
    skip(wkt, 1);
    int last = NO_NODE;
    for (;;) {
        int child = read_node(wkt, depth + 1);
        if (child == NO_NODE) {
            return false;
        }
        if (last == NO_NODE) {
            wkt->nodes[parent].first = child;
        } else {
            wkt->nodes[last].next = child;
        }
        last = child;
        char c = peek(wkt);
        if (c != ',' && c != close) {
            return false;
        }
        skip(wkt, 1);
        if (c == close) {
            return true;
        }
    }
}

/* NO_NODE for anything that isn't WKT, or is too large. */
static int read_node(tree *wkt, int depth) {
    if (wkt->n == MAX_NODES || depth > MAX_DEPTH) {
        return NO_NODE;
    }
    int at = wkt->n++;
    wkt->nodes[at] = (node){.first = NO_NODE, .next = NO_NODE};
    char c = peek(wkt);
    if (c == '"') {
        wkt->nodes[at].kind = NODE_TEXT;
        return read_quoted(wkt, &wkt->nodes[at].text) ? at : NO_NODE;
    }
    if (is_letter(c)) {
        wkt->nodes[at].kind = NODE_WORD;
        wkt->nodes[at].text = take_run(wkt, is_of_word);
        char open = peek(wkt);
        if (open != '[' && open != '(') {
            return at;
        }
        wkt->nodes[at].kind = NODE_LIST;
        return read_children(wkt, at, depth) ? at : NO_NODE;
    }
    wkt->nodes[at].kind = NODE_NUMBER;
    hf__str number = take_run(wkt, is_of_number);
    return hf__parse_double(number, &wkt->nodes[at].number) ? at : NO_NODE;
}

/* ---- finding one's way in the tree ------------------------------------------
 */

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Is the keyword one of those in `names`, parted by blanks? */
static bool is_keyword(hf__str keyword, const char *names) {
    while (*names) {
        size_t len = strcspn(names, " ");
        size_t same = 0;
        while (same < len && same < keyword.len &&
               lower(names[same]) == lower(keyword.at[same])) {
            same++;
        }
        if (same == len && same == keyword.len) {
            return true;
        }
        names += len + (names[len] == ' ');
    }
    return false;
}

/* The only child list with one of these keywords; NO_NODE for none or two. */
static int find_only(const tree *wkt, int parent, const char *names) {
    int found = NO_NODE;
    for (int i = wkt->nodes[parent].first; i != NO_NODE;
         i = wkt->nodes[i].next) {
        if (wkt->nodes[i].kind == NODE_LIST &&
            is_keyword(wkt->nodes[i].text, names)) {
            if (found != NO_NODE) {
                return NO_NODE;
            }
            found = i;
        }
    }
    return found;
}

static bool has_child(const tree *wkt, int parent, const char *names) {
    for (int i = wkt->nodes[parent].first; i != NO_NODE;
         i = wkt->nodes[i].next) {
        if (wkt->nodes[i].kind == NODE_LIST &&
            is_keyword(wkt->nodes[i].text, names)) {
            return true;
        }
    }
    return false;
}

/* The n-th child, when it is of that kind. */
static const node *get_child(const tree *wkt, int parent, int n,
                             node_kind kind) {
    int i = wkt->nodes[parent].first;
    for (; i != NO_NODE && n > 0; n--) {
        i = wkt->nodes[i].next;
    }
    return i != NO_NODE && wkt->nodes[i].kind == kind ? &wkt->nodes[i] : NULL;
}

static bool is_number(const tree *wkt, int parent, int n, double value,
                      double tolerance) {
    const node *child = get_child(wkt, parent, n, NODE_NUMBER);
    return child && fabs(child->number - value) <= tolerance;
}

/* The name of a list: its first text, in lower case, letters and digits
 * only: "D_OSGB_1936" gives "dosgb1936". */
static void get_name(const tree *wkt, int list, char out[64]) {
    const node *child = get_child(wkt, list, 0, NODE_TEXT);
    size_t n = 0;
    for (size_t i = 0; child && i < child->text.len && n < 63; i++) {
        char c = lower(child->text.at[i]);
        if ((c >= 'a' && c <= 'z') || is_digit(c)) {
            out[n++] = c;
        }
    }
    out[n] = '\0';
}

/* ---- the systems
 * --------------------------------------------------------------- */

#define DEGREE 0.017453292519943295

typedef struct datum {
    const char *names; /* as get_name gives them */
    double a_m;
    double inverse_flattening;
    double to_wgs84[7]; /* what the WKT may say, if it says anything */
} datum;

static const datum osgb36 = {
    "osgb1936 dosgb1936 osgb36 ordnancesurveyofgreatbritain1936",
    6377563.396,
    299.3249646,
    {446.448, -125.157, 542.06, 0.15, 0.247, 0.842, -20.489}};
static const datum tm75 = {
    "tm75 dtm75 geodeticdatumof1965",
    6377340.189,
    299.3249646,
    {482.5, -130.6, 564.6, -1.042, -0.214, -0.631, 8.15}};
static const datum tm65 = {
    "tm65 dtm65",
    6377340.189,
    299.3249646,
    {482.5, -130.6, 564.6, -1.042, -0.214, -0.631, 8.15}};
static const datum wgs84 = {
    "wgs1984 dwgs1984 wgs84 worldgeodeticsystem1984 "
    "worldgeodeticsystem1984ensemble",
    6378137,
    298.257223563,
    {0}};
static const datum etrs89 = {
    "etrs1989 detrs1989 etrs89 europeanterrestrialreferencesystem1989 "
    "europeanterrestrialreferencesystem1989ensemble",
    6378137,
    298.257222101,
    {0}};

/* A transverse Mercator in metres. */
typedef struct plane {
    hf__known_system known;
    const datum *datum;
    double lat_deg, lon_deg, scale, east_m, north_m;
} plane;

static const plane planes[] = {
    {HF__KNOWN_BRITISH_GRID, &osgb36, 49, -2, 0.9996012717, 400000, -100000},
    {HF__KNOWN_IRISH_GRID_TM75, &tm75, 53.5, -8, 1.000035, 200000, 250000},
    {HF__KNOWN_IRISH_GRID_TM65, &tm65, 53.5, -8, 1.000035, 200000, 250000},
};

#define DATUM_LISTS "DATUM GEODETICDATUM TRF ENSEMBLE"
#define ELLIPSOID_LISTS "SPHEROID ELLIPSOID"

/* Units in their places, axes to the east and north, and no list that could
 * change the meaning: a keyword that isn't known here ends the matter. */
static bool is_plain(const tree *wkt, int list) {
    const hf__str keyword = wkt->nodes[list].text;
    bool is_geographic = is_keyword(
        keyword,
        "GEOGCS GEOGCRS GEOGRAPHICCRS GEODCRS GEODETICCRS BASEGEOGCRS "
        "BASEGEODCRS");
    bool is_projected = is_keyword(keyword, "PROJCS PROJCRS PROJECTEDCRS");
    if (is_keyword(keyword, "ANGLEUNIT")) {
        return is_number(wkt, list, 1, DEGREE, 1e-12);
    }
    if (is_keyword(keyword, "LENGTHUNIT SCALEUNIT")) {
        return is_number(wkt, list, 1, 1, 0);
    }
    if (is_keyword(keyword, "AXIS")) {
        const node *direction = get_child(wkt, list, 1, NODE_WORD);
        if (!direction || !is_keyword(direction->text, "east north")) {
            return false;
        }
    } else if (!is_geographic && !is_projected &&
               !is_keyword(keyword,
                           DATUM_LISTS " " ELLIPSOID_LISTS
                                       " TOWGS84 PRIMEM PROJECTION METHOD "
                                       "CONVERSION PARAMETER CS ORDER "
                                       "MEMBER ENSEMBLEACCURACY AUTHORITY ID "
                                       "URI CITATION USAGE SCOPE AREA BBOX "
                                       "REMARK")) {
        return false;
    }
    for (int i = wkt->nodes[list].first; i != NO_NODE; i = wkt->nodes[i].next) {
        if (wkt->nodes[i].kind != NODE_LIST) {
            continue;
        }
        if (is_keyword(wkt->nodes[i].text, "UNIT")) {
            /* In WKT1 the place tells an angle from a length. */
            if (!(is_geographic && is_number(wkt, i, 1, DEGREE, 1e-12)) &&
                !(is_projected && is_number(wkt, i, 1, 1, 0))) {
                return false;
            }
        } else if (!is_plain(wkt, i)) {
            return false;
        }
    }
    return true;
}

/* Is this geographic system on that datum, in degrees from Greenwich? */
static bool is_on_datum(const tree *wkt, int geographic, const datum *on) {
    int list = find_only(wkt, geographic, DATUM_LISTS);
    if (list == NO_NODE) {
        return false;
    }
    char name[64];
    get_name(wkt, list, name);
    int ellipsoid = find_only(wkt, list, ELLIPSOID_LISTS);
    if (!name[0] || !is_keyword(hf__str_of(name), on->names) ||
        ellipsoid == NO_NODE || !is_number(wkt, ellipsoid, 1, on->a_m, 1e-4) ||
        !is_number(wkt, ellipsoid, 2, on->inverse_flattening, 1e-7)) {
        return false;
    }
    if (has_child(wkt, list, "TOWGS84")) {
        int shift = find_only(wkt, list, "TOWGS84");
        for (int i = 0; i < 7; i++) {
            if (shift == NO_NODE ||
                !is_number(wkt, shift, i, on->to_wgs84[i], 1e-9)) {
                return false;
            }
        }
    }
    if (!has_child(wkt, geographic, "PRIMEM")) {
        return true; /* WKT2: Greenwich */
    }
    int meridian = find_only(wkt, geographic, "PRIMEM");
    return meridian != NO_NODE && is_number(wkt, meridian, 1, 0, 0);
}

static double *get_parameter(plane *of, const char *name) {
    hf__str text = hf__str_of(name);
    if (is_keyword(text, "falseeasting")) {
        return &of->east_m;
    }
    if (is_keyword(text, "falsenorthing")) {
        return &of->north_m;
    }
    if (is_keyword(text, "scalefactor scalefactoratnaturalorigin")) {
        return &of->scale;
    }
    if (is_keyword(text, "centralmeridian longitudeofnaturalorigin")) {
        return &of->lon_deg;
    }
    if (is_keyword(text, "latitudeoforigin latitudeofnaturalorigin")) {
        return &of->lat_deg;
    }
    return NULL;
}

/* Reads all five parameters, each once and no other. */
static bool read_plane(const tree *wkt, int list, plane *out) {
    *out = (plane){.lat_deg = NAN,
                   .lon_deg = NAN,
                   .scale = NAN,
                   .east_m = NAN,
                   .north_m = NAN};
    int n = 0;
    for (int i = wkt->nodes[list].first; i != NO_NODE; i = wkt->nodes[i].next) {
        if (wkt->nodes[i].kind != NODE_LIST ||
            !is_keyword(wkt->nodes[i].text, "PARAMETER")) {
            continue;
        }
        char name[64];
        get_name(wkt, i, name);
        double *parameter = get_parameter(out, name);
        const node *value = get_child(wkt, i, 1, NODE_NUMBER);
        if (!parameter || !value || !isnan(*parameter)) {
            return false;
        }
        *parameter = value->number;
        n++;
    }
    return n == 5;
}

static bool is_near(double a, double b) {
    return fabs(a - b) <= 1e-9;
}

static hf__known_system known_plane(const tree *wkt, int root) {
    int base = find_only(wkt, root, "GEOGCS BASEGEOGCRS BASEGEODCRS");
    /* WKT2 has its parameters one level down. */
    int conversion = has_child(wkt, root, "CONVERSION")
                         ? find_only(wkt, root, "CONVERSION")
                         : root;
    if (base == NO_NODE || conversion == NO_NODE) {
        return HF__KNOWN_NONE;
    }
    int method = find_only(wkt, conversion, "PROJECTION METHOD");
    char name[64];
    plane read;
    if (method == NO_NODE || !read_plane(wkt, conversion, &read)) {
        return HF__KNOWN_NONE;
    }
    get_name(wkt, method, name);
    if (strcmp(name, "transversemercator") != 0) {
        return HF__KNOWN_NONE;
    }
    for (size_t i = 0; i < sizeof planes / sizeof *planes; i++) {
        const plane *known = &planes[i];
        if (is_near(read.lat_deg, known->lat_deg) &&
            is_near(read.lon_deg, known->lon_deg) &&
            is_near(read.scale, known->scale) &&
            is_near(read.east_m, known->east_m) &&
            is_near(read.north_m, known->north_m) &&
            is_on_datum(wkt, base, known->datum)) {
            return known->known;
        }
    }
    return HF__KNOWN_NONE;
}

/* WKT2 of 2015 has one keyword for these and for earth-centred systems. */
static bool is_longitude_latitude(const tree *wkt, int root) {
    if (is_keyword(wkt->nodes[root].text, "GEODCRS GEODETICCRS")) {
        int system = find_only(wkt, root, "CS");
        const node *kind =
            system == NO_NODE ? NULL : get_child(wkt, system, 0, NODE_WORD);
        return kind && is_keyword(kind->text, "ellipsoidal");
    }
    return is_keyword(wkt->nodes[root].text, "GEOGCS GEOGCRS GEOGRAPHICCRS");
}

static hf__known_system known_wkt(hf__str text) {
    tree wkt;
    wkt.left = text;
    wkt.n = 0;
    int root = read_node(&wkt, 0);
    if (root == NO_NODE || peek(&wkt) || wkt.left.len ||
        wkt.nodes[root].kind != NODE_LIST || !is_plain(&wkt, root)) {
        return HF__KNOWN_NONE;
    }
    if (is_keyword(wkt.nodes[root].text, "PROJCS PROJCRS PROJECTEDCRS")) {
        return known_plane(&wkt, root);
    }
    if (is_longitude_latitude(&wkt, root)) {
        return is_on_datum(&wkt, root, &wgs84)    ? HF__KNOWN_WGS84
               : is_on_datum(&wkt, root, &etrs89) ? HF__KNOWN_ETRS89
                                                  : HF__KNOWN_NONE;
    }
    return HF__KNOWN_NONE;
}

hf__known_system hf__known_system_of(hf__str text) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (hf__str_is_nocase(text, codes[i].code)) {
            return codes[i].known;
        }
    }
    return known_wkt(text);
}
