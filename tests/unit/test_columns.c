#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "check.h"
#include "table/columns.h"
#include "table/csv.h"
#include "table/header.h"

/* An oracle that knows two codes and a few names, and land: a box of southern
 * England, which is not land when its axes are swapped. */
static hf__area_kind knows_area(void *user, hf__str cell) {
    (void)user;
    static const char *const names[] = {"Kent", "Essex", "London", "Cardiff",
                                        "Hertfordshire"};
    hf__buf scratch;
    hf__buf_init(&scratch);
    hf__str text = hf__str_trim(hf__csv_unquote(cell, &scratch));
    hf__area_kind kind = HF__AREA_NONE;
    hf_postcode postcode;
    if (hf_postcode_parse(text.at, text.len, &postcode) &&
        postcode.kind != HF_POSTCODE_AREA) {
        kind = postcode.kind == HF_POSTCODE_FULL ? HF__AREA_POSTCODE
                                                 : HF__AREA_POSTCODE_PART;
    }
    if (hf__str_is(text, "E10000015") || hf__str_is(text, "W06000015")) {
        kind = HF__AREA_CODE;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (hf__str_is(text, names[i])) {
            kind = HF__AREA_NAME;
        }
    }
    hf__buf_reset(&scratch);
    return kind;
}

static hf_status has_directory(void *user, const char **why) {
    *why = user;
    return user ? HF_ERR_IO : HF_OK;
}

static size_t counts_land(void *user, const hf_xy *grid, size_t n) {
    (void)user;
    size_t within = 0;
    for (size_t i = 0; i < n; i++) {
        within += grid[i].x_m > 300000 && grid[i].x_m < 640000 &&
                  grid[i].y_m > 90000 && grid[i].y_m < 280000;
    }
    return within;
}

typedef struct choice {
    hf_context *ctx;
    hf_status status;
    hf__columns columns;
} choice;

/* `no_directory` says why there is none, or is NULL. */
static choice choose_in(const char *text, const hf_annotate_options *options,
                        const char *no_directory) {
    hf__area_oracle oracle = {(void *)(uintptr_t)no_directory, knows_area,
                              counts_land, true, has_directory};
    choice c = {.columns = {.message = NULL}};
    assert_int_equal(hf_context_new(&c.ctx), HF_OK);
    hf__dialect dialect;
    hf__sample sample;
    size_t len = strlen(text);
    assert_ok(c.ctx,
              hf__dialect_detect(c.ctx, "t.csv", text, len, true, 0, &dialect));
    assert_ok(c.ctx, hf__sample_take(c.ctx,
                                     (hf__str){text + dialect.preamble,
                                               len - dialect.preamble},
                                     dialect.delimiter, 1000, &sample));
    c.status = hf__columns_choose(c.ctx, "t.csv", &sample, &dialect, options,
                                  &oracle, &c.columns);
    hf__sample_reset(&sample);
    return c;
}

static choice choose_with(const char *text,
                          const hf_annotate_options *options) {
    return choose_in(text, options, NULL);
}

static choice choose(const char *text) {
    hf_annotate_options options = {0};
    return choose_with(text, &options);
}

static void reset(choice *c) {
    hf__columns_reset(&c->columns);
    hf_context_free(c->ctx);
}

/* ---- names ---- */

static void column_names_tell_their_role(void **state) {
    (void)state;
    static const struct {
        const char *name;
        hf__role role;
        int rank;
    } cases[] = {
        {"latitude", HF__ROLE_LAT, 1},
        {"LAT", HF__ROLE_LAT, 1},
        {"Latitude (WGS84)", HF__ROLE_LAT, 1},
        {"placementLatitude", HF__ROLE_LAT, 0},
        {"PL_Lat", HF__ROLE_LAT, 0},
        {"long", HF__ROLE_LON, 1},
        {"lng", HF__ROLE_LON, 1},
        {"Placement longitude", HF__ROLE_LON, 0},
        {"oseast1m", HF__ROLE_EASTING, 1},
        {"osnrth1m", HF__ROLE_NORTHING, 1},
        {"Easting (m)", HF__ROLE_EASTING, 1},
        {"Northings", HF__ROLE_NORTHING, 1},
        {"X", HF__ROLE_X, 1},
        {"y_coord", HF__ROLE_Y, 1},
        {"authority", HF__ROLE_AUTHORITY, 1},
        {"Local Authority Name", HF__ROLE_AUTHORITY, 1},
        {"la_code", HF__ROLE_AUTHORITY, 1},
        {"new_la_code", HF__ROLE_AUTHORITY, 1},
        {"PL_LA", HF__ROLE_AUTHORITY, 0},
        {"LA_PLACEMENT", HF__ROLE_AUTHORITY, 0},
        {"ctyua24cd", HF__ROLE_AUTHORITY, 1},
        {"LAD25NM", HF__ROLE_AUTHORITY, 1},
        {"areanm", HF__ROLE_AUTHORITY, 1},
        {"GSS code", HF__ROLE_AUTHORITY, 1},
        {"destination", HF__ROLE_AUTHORITY, 2},
        {"council", HF__ROLE_AUTHORITY, 1},
        {"postcode", HF__ROLE_POSTCODE, 1},
        {"Post Code", HF__ROLE_POSTCODE, 1},
        {"pcds", HF__ROLE_POSTCODE, 1},
        {"PL_POST", HF__ROLE_POSTCODE, 0},
        {"placementPostcode", HF__ROLE_POSTCODE, 0},
        {"postcode_district", HF__ROLE_POSTCODE, 1},
        {"postcode sector", HF__ROLE_POSTCODE, 1},
        {"contact postcode", HF__ROLE_POSTCODE, 3},
        {"postcode_lat", HF__ROLE_LAT, 1},
        {"postcode authority", HF__ROLE_AUTHORITY, 1},
        {"HOME_POST", HF__ROLE_HOME_POSTCODE, 1},
        {"home_postcode", HF__ROLE_HOME_POSTCODE, 1},
        {"Home post code", HF__ROLE_HOME_POSTCODE, 1},
        {"child's home postcode", HF__ROLE_HOME_POSTCODE, 1},
        {"children", HF__ROLE_COUNT, 3},
        {"Number of children", HF__ROLE_COUNT, 3},
        /* Something else, or somebody else's. */
        {"home_latitude", HF__ROLE_NONE, 0},
        {"Home Lat", HF__ROLE_NONE, 0},
        {"responsible_authority", HF__ROLE_NONE, 0},
        {"school longitude", HF__ROLE_NONE, 0},
        {"placement_id", HF__ROLE_NONE, 0},
        {"school postcode", HF__ROLE_NONE, 0},
        {"name", HF__ROLE_NONE, 0},
        {"children's home postcode", HF__ROLE_NONE, 0},
        {"placement home postcode", HF__ROLE_NONE, 0},
        {"previous_postcode", HF__ROLE_NONE, 0},
        {"", HF__ROLE_NONE, 0},
        {"latitudinal", HF__ROLE_NONE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__heading h;
        assert_true(hf__heading_read(hf__str_of(cases[i].name), &h));
        if (h.role != cases[i].role || (h.role && h.rank != cases[i].rank)) {
            print_error("%s: role %d rank %d\n", cases[i].name, (int)h.role,
                        h.rank);
            fail();
        }
    }
}

static void pairs_have_the_same_other_words(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"lat", "lon"},
        {"placement_lat", "placement_long"},
        {"lat_2", "lon_2"},
        {"Location Latitude", "Location Longitude"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        hf__heading a, b;
        assert_true(hf__heading_read(hf__str_of(pairs[i][0]), &a));
        assert_true(hf__heading_read(hf__str_of(pairs[i][1]), &b));
        assert_string_equal(a.key, b.key);
    }
    hf__heading a, b;
    assert_true(hf__heading_read(hf__str_of("lat_1"), &a));
    assert_true(hf__heading_read(hf__str_of("lon_2"), &b));
    assert_string_not_equal(a.key, b.key);
}

/* ---- what is found ---- */

static void finds_columns_by_name_and_content(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"id,latitude,longitude\n1,51.5,-0.1\n2,52,0.5\n",
         "columns: latitude \"latitude\", longitude \"longitude\" (2 of the "
         "first 2 rows usable)"},
        {"lon;lat\n-0,1;51,5\n", "latitude \"lat\", longitude \"lon\" (1 of"},
        {"\"X\"\t\"Y\"\n-0.1\t51.5\n", "latitude \"Y\", longitude \"X\" (1 of"},
        {"x,y\n532414,211995\n", "easting \"x\", northing \"y\" (1 of"},
        {"Eastings,Northings\n\"532,414\",\"211,995\"\n,\n",
         "easting \"Eastings\", northing \"Northings\" (1 of the first 2 rows "
         "usable, 1 empty)"},
        {"pcd,oseast1m,osnrth1m,laua\nSG1,532414,211995,E10000015\n",
         "easting \"oseast1m\", northing \"osnrth1m\" (1 of 1 row "
         "usable); else postcode sector or district \"pcd\" (1 of 1 row "
         "usable); "
         "else authority code \"laua\" (1 of"},
        {"destination\nKent\nLondon\n",
         "columns: authority \"destination\" (2 of the first 2 rows usable)"},
        {"authority,destination\nKent,London\nEssex,London\n",
         "columns: authority \"authority\" (2 of"},
        /* The responsible authority: the same in every row. */
        {"local_authority,destination\nKent,London\nKent,Essex\nKent,Kent\n"
         "Kent,Cardiff\nKent,London\n",
         "columns: authority \"destination\" (5 of"},
        {"lat,lon,placement_lat,placement_lon\n51,0,52,-1\n50,1,52,-1\n",
         "latitude \"placement_lat\", longitude \"placement_lon\""},
        {"home_lat,home_lon,lat,lon\n51,0,52,-1\n",
         "latitude \"lat\", longitude \"lon\""},
        /* No rows, or empty cells, are no objection. */
        {"lat,lon\n", "latitude \"lat\", longitude \"lon\" (no rows)"},
        {"lat,lon\n,\n,\n", "(0 of the first 2 rows usable, 2 empty)"},
        /* 51.5 and below 90 per cent are said. */
        {"lat,lon\n51.5,0\n51.5,0\nx,0\n", "(only 2 of the first 3 rows"},
        /* What does not hold what its name says is left out, and said. */
        {"place,lat,lon\nU4,51.5,0\nK2,51.5,0\n",
         "; not used: authority \"place\" (only 0 of"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        choice c = choose(cases[i].text);
        assert_status(c.ctx, c.status, HF_OK);
        assert_contains(c.columns.message, cases[i].message);
        reset(&c);
    }
}

/* The most precise first; what is a home's is not the placement's. */
static void finds_postcodes_and_further_columns(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
        size_t home_postcode, count;
    } cases[] = {
        {"home_postcode,postcode\nSG1 1AA,SG13 8DE\n",
         "columns: postcode \"postcode\" (1 of 1 row usable); home "
         "postcode \"home_postcode\" (1 of 1 row usable)",
         0, HF__NO_COLUMN},
        {"HOME_POST,PL_POST,URN\n,SG13 8DE,\nSG1 1AA,,\n",
         "postcode \"PL_POST\" (1 of the first 2 rows usable, 1 empty); home "
         "postcode \"HOME_POST\" (1 of the first 2 rows usable, 1 empty)",
         0, HF__NO_COLUMN},
        /* A place may be a postcode. */
        {"authority,location\nKent,SG13 8DE\nEssex,SG1 1AA\n",
         "postcode \"location\" (2 of the first 2 rows usable); else authority "
         "\"authority\"",
         HF__NO_COLUMN, HF__NO_COLUMN},
        {"pcds,postcode district,provider place\nSG13 8DE,SG13,PR0\n",
         "postcode \"pcds\" (1 of 1 row usable); else postcode "
         "sector or district \"postcode district\" (1 of 1 row "
         "usable); not used: authority \"provider place\" (only 0 of",
         HF__NO_COLUMN, HF__NO_COLUMN},
        /* What its name says is borne out by what it holds. */
        {"postcode,authority\nx,Kent\ny,Essex\n",
         "not used: postcode \"postcode\" (only 0 of the first 2",
         HF__NO_COLUMN, HF__NO_COLUMN},
        {"destination,children\nKent,14\nEssex,51\n",
         "; children by \"children\" (2 of the first 2 rows usable)",
         HF__NO_COLUMN, 1},
        /* Numbers of rows, or of points, are not children. */
        {"number,destination\n1,Kent\n2,Essex\n3,Kent\n",
         "columns:", HF__NO_COLUMN, HF__NO_COLUMN},
        {"children,lat,lon\n5,51.5,0\n2,51.6,0\n", "columns:", HF__NO_COLUMN,
         HF__NO_COLUMN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        choice c = choose(cases[i].text);
        assert_status(c.ctx, c.status, HF_OK);
        assert_contains(c.columns.message, cases[i].message);
        assert_int_equal(c.columns.home_postcode, cases[i].home_postcode);
        assert_int_equal(c.columns.count, cases[i].count);
        reset(&c);
    }
}

static void without_a_directory_other_columns_serve_or_none(void **state) {
    (void)state;
    hf_annotate_options none = {0};
    const char *why = "there is none";
    choice c = choose_in("postcode,lat,lon\nSG13 8DE,51.5,0\n", &none, why);
    assert_status(c.ctx, c.status, HF_OK);
    assert_int_equal(c.columns.n_sources, 1);
    assert_contains(c.columns.message,
                    "; not used: postcode \"postcode\" (1 of 1 row "
                    "usable), because no postcodes are imported");
    reset(&c);
    c = choose_in("home_postcode,lat,lon\nSG13 8DE,51.5,0\n", &none, why);
    assert_status(c.ctx, c.status, HF_OK);
    assert_int_equal(c.columns.home_postcode, HF__NO_COLUMN);
    assert_contains(c.columns.message, "not used: home postcode");
    reset(&c);
    c = choose_in("postcode\nSG13 8DE\n", &none, why);
    assert_status(c.ctx, c.status, HF_ERR_IO);
    assert_string_equal(hf_context_message(c.ctx), "t.csv: there is none");
    reset(&c);
    hf_annotate_options named = {.authority_column = "la",
                                 .home_postcode_column = "p"};
    c = choose_in("p,la\nSG13 8DE,Kent\n", &named, why);
    assert_status(c.ctx, c.status, HF_ERR_IO);
    reset(&c);
}

static void prefers_the_most_precise(void **state) {
    (void)state;
    choice c = choose(
        "authority,code,easting,northing,lat,lon\n"
        "Kent,E10000015,532414,211995,51.5,0\n");
    assert_status(c.ctx, c.status, HF_OK);
    assert_int_equal(c.columns.n_sources, 3);
    assert_int_equal(c.columns.sources[0].kind, HF__SOURCE_LONLAT);
    assert_int_equal(c.columns.sources[0].column, 4);
    assert_int_equal(c.columns.sources[0].column2, 5);
    assert_int_equal(c.columns.sources[1].kind, HF__SOURCE_GRID);
    assert_int_equal(c.columns.sources[2].kind, HF__SOURCE_NAME);
    assert_int_equal(c.columns.n_needed, 6);
    assert_int_equal(c.columns.width, 6);
    reset(&c);
}

static void width_is_that_of_rows_that_all_are_longer(void **state) {
    (void)state;
    choice c = choose("lat,lon\n51,0,\n52,0,\n");
    assert_status(c.ctx, c.status, HF_OK);
    assert_int_equal(c.columns.width, 3);
    reset(&c);
    c = choose("lat,lon\n51,0,\n52,0\n");
    assert_status(c.ctx, c.status, HF_OK);
    assert_int_equal(c.columns.width, 2);
    reset(&c);
}

/* ---- what is refused ---- */

static void refuses_with_the_fix(void **state) {
    (void)state;
    static const struct {
        const char *text;
        hf_status status;
        const char *message;
    } cases[] = {
        {"latitude,longitude\n-0.1,51.5\n0.2,52\n", HF_ERR_AMBIGUOUS,
         "t.csv: column \"latitude\" holds longitudes and \"longitude\" "
         "latitudes: use --lat \"longitude\" --lon \"latitude\""},
        {"easting,northing\n211995,532414\n174761,520000\n", HF_ERR_AMBIGUOUS,
         "column \"easting\" holds northings and \"northing\" eastings: use "
         "--easting \"northing\" --northing \"easting\""},
        {"easting,northing\n1141280,447759\n", HF_ERR_AMBIGUOUS,
         "holds northings"},
        {"lat,long\n211995,532414\n", HF_ERR_AMBIGUOUS,
         "columns \"lat\" and \"long\" hold eastings and northings: use "
         "--easting \"long\" --northing \"lat\""},
        {"easting,northing\n-0.1,51.5\n", HF_ERR_AMBIGUOUS,
         "hold latitudes and longitudes: use --lat \"northing\" --lon "
         "\"easting\""},
        {"lat,lon,lat,lon\n51,0,52,1\n", HF_ERR_AMBIGUOUS,
         "two pairs of columns fit alike"},
        {"lat,lon,lat,lon\n51,0,52,1\n", HF_ERR_AMBIGUOUS, "--lat '#1'"},
        {"lat,lon\nabc,def\n51,0\nx,y\n", HF_ERR_NOT_FOUND,
         "latitude \"lat\", longitude \"lon\" (only 1 of the first 3 rows"},
        {"destination\nNowhere\nElsewhere\n", HF_ERR_NOT_FOUND,
         "authority \"destination\" (only 0 of the first 2 rows usable)"},
        {"a,b\n1,2\n", HF_ERR_NOT_FOUND,
         "no column says where the rows are: name them with --lat and --lon, "
         "--easting and --northing, --postcode, or --authority; the columns "
         "are \"a\", "
         "\"b\""},
        {"id,p,q\n1,-0.1,51.5\n", HF_ERR_NOT_FOUND,
         "; these look like it: use --lat \"q\" --lon \"p\""},
        {"", HF_ERR_NOT_FOUND, "t.csv is empty: a line of column names"},
        {"\n\r\n", HF_ERR_NOT_FOUND, "t.csv is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        choice c = choose(cases[i].text);
        assert_status(c.ctx, c.status, cases[i].status);
        assert_contains(hf_context_message(c.ctx), cases[i].message);
        reset(&c);
    }
}

/* A file without a header: its first row is not to be seen in a message. */
static void first_line_of_data_is_not_shown(void **state) {
    (void)state;
    choice c = choose("P0001,SG13 8DE,51.5,-0.1\nP0002,SG1 1AA,52,0\n");
    assert_status(c.ctx, c.status, HF_ERR_UNSUITABLE);
    assert_contains(hf_context_message(c.ctx), "first line looks like data");
    assert_null(strstr(hf_context_message(c.ctx), "SG13"));
    assert_null(strstr(hf_context_message(c.ctx), "51.5"));
    reset(&c);
    static const char *const headless[] = {
        "John Smith,SG13 8DE,foster\nAnn Other,AL1 3JE,kin\n",
        "John Smith;12 Acacia Avenue, Hertford;K2\nAnn Other;9 High St;K2\n",
        "SMITH,K2\nOTHER,K2\n", "John Smith\nAnn Other\n"};
    for (size_t i = 0; i < sizeof headless / sizeof *headless; i++) {
        for (int named = 0; named < 2; named++) {
            hf_annotate_options o = {.authority_column = named ? "to" : NULL};
            c = choose_with(headless[i], &o);
            assert_true(c.status != HF_OK);
            const char *message = hf_context_message(c.ctx);
            assert_contains(message, "first line");
            assert_contains(message, "add a line of names");
            assert_null(strstr(message, "mith"));
            assert_null(strstr(message, "SMITH"));
            assert_null(strstr(message, "SG13"));
            assert_null(strstr(message, "Acacia"));
            reset(&c);
        }
    }
    hf_annotate_options options = {.lat_column = "#1", .lon_column = "#2"};
    c = choose_with("51.5,-0.1\n52,0\n", &options);
    assert_status(c.ctx, c.status, HF_ERR_UNSUITABLE);
    reset(&c);
}

/* ---- columns that the caller names ---- */

static void takes_columns_that_the_caller_names(void **state) {
    (void)state;
    static const struct {
        hf_annotate_options options;
        hf_status status;
        const char *message;
    } cases[] = {
        {{.lat_column = "p", .lon_column = "q"},
         HF_OK,
         "latitude \"p\", longitude \"q\""},
        {{.lat_column = "#2", .lon_column = "#3"},
         HF_OK,
         "latitude \"p\", longitude \"q\""},
        {{.lat_column = " P ", .lon_column = "Q"}, HF_OK, "latitude \"p\""},
        {{.authority_column = "where to"}, HF_OK, "authority \"Where-to\""},
        {{.authority_column = "twice"},
         HF_ERR_AMBIGUOUS,
         "2 columns are called \"twice\": say which by its number, '#5' for "
         "the first"},
        {{.authority_column = "#6"}, HF_OK, "authority \"twice\""},
        {{.authority_column = "#9"},
         HF_ERR_NOT_FOUND,
         "no column \"#9\": the columns are \"id\", \"p\""},
        {{.lat_column = "nothing", .lon_column = "q"},
         HF_ERR_NOT_FOUND,
         "no column \"nothing\""},
        {{.lat_column = "p"}, HF_ERR_USAGE, "--lat and --lon go together"},
        {{.northing_column = "p"},
         HF_ERR_USAGE,
         "--easting and --northing go together"},
        {{.lat_column = "p", .lon_column = "p"},
         HF_ERR_USAGE,
         "name the same column"},
        {{.lat_column = "q", .lon_column = "p"},
         HF_ERR_AMBIGUOUS,
         "use --lat \"p\" --lon \"q\""},
        {{.authority_column = "id"}, HF_ERR_NOT_FOUND, "authority \"id\""},
        {{.postcode_column = "id"}, HF_ERR_NOT_FOUND, "postcode \"id\""},
        {{.authority_column = "q", .home_column = "id"},
         HF_ERR_NOT_FOUND,
         "authority \"q\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        choice c = choose_with(
            "id,p,q,Where-to,twice,twice\na,51.5,-0.1,Kent,Essex,London\n"
            "b,52,0,London,Kent,Kent\n",
            &cases[i].options);
        assert_status(c.ctx, c.status, cases[i].status);
        assert_contains(
            c.status ? hf_context_message(c.ctx) : c.columns.message,
            cases[i].message);
        reset(&c);
    }
}

/* ---- cells ---- */

static void reads_numbers_of_cells(void **state) {
    (void)state;
    static const struct {
        const char *lat, *lon;
        hf__reason reason;
    } degrees[] = {
        {"51.5", "-0.1", HF__PLACED},
        {"\"51.5\"", " -0.1 ", HF__PLACED},
        {"51,5", "-0,1", HF__PLACED},
        {"", "", HF__NO_LONLAT},
        {" ", "\"\"", HF__NO_LONLAT},
        {"", "1", HF__LAT_EMPTY},
        {"51", "", HF__LON_EMPTY},
        {"NaN", "1", HF__LAT_NO_NUMBER},
        {"51", "inf", HF__LON_NO_NUMBER},
        {"51N", "1W", HF__PLACED},
        {"51E", "1", HF__LAT_NO_NUMBER},
        {"51\xB0", "-1\xC2\xB0", HF__PLACED}, /* CP1252, UTF-8 */
        {"5\"1", "1", HF__LAT_NO_NUMBER},
        {"91.2", "1", HF__LAT_RANGE},
        {"51", "180.5", HF__LON_RANGE},
        {"0", "0.0", HF__LONLAT_ZERO},
        {"99.999999", "0.000000", HF__NO_GRID_REFERENCE},
        {"-0.1", "51.5", HF__LONLAT_SWAPPED},
        {"48.85", "2.35", HF__PLACED}, /* abroad is a place */
    };
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++) {
        hf_lonlat p = {7, 7};
        assert_int_equal(hf__read_lonlat(hf__str_of(degrees[i].lat),
                                         hf__str_of(degrees[i].lon), true, &p),
                         degrees[i].reason);
        assert_true((p.lat_deg == 7) == (degrees[i].reason != HF__PLACED));
    }
    static const struct {
        const char *easting, *northing;
        hf__reason reason;
    } metres[] = {
        {"532414", "211995", HF__PLACED},
        {"532,414", "1,211,995.5", HF__PLACED},
        {"532414,5", "211995", HF__PLACED},
        {"", "", HF__NO_GRID},
        {"", "1", HF__EASTING_EMPTY},
        {"1", "", HF__NORTHING_EMPTY},
        {"x", "1", HF__EASTING_NO_NUMBER},
        {"5,32,414", "1", HF__EASTING_NO_NUMBER},
        {"1", "nan", HF__NORTHING_NO_NUMBER},
        {"0", "0", HF__GRID_ZERO},
        {"-1", "5", HF__GRID_RANGE},
        {"9999999", "9999999", HF__GRID_RANGE},
        {"1141280", "447759", HF__GRID_SWAPPED},
    };
    for (size_t i = 0; i < sizeof metres / sizeof *metres; i++) {
        hf_xy p;
        assert_int_equal(hf__read_grid(hf__str_of(metres[i].easting),
                                       hf__str_of(metres[i].northing), &p),
                         metres[i].reason);
    }
    hf_xy p;
    assert_int_equal(
        hf__read_grid(hf__str_of("\"532,414\""), hf__str_of("1,211,995.5"), &p),
        HF__PLACED);
    assert_near(p.x_m, 532414, 0);
    assert_near(p.y_m, 1211995.5, 0);
}

/* Outside the United Kingdom a pair the other way round may be right. */
static void swaps_are_seen_only_where_the_extent_is_known(void **state) {
    (void)state;
    hf_lonlat p;
    assert_int_equal(
        hf__read_lonlat(hf__str_of("-4.6"), hf__str_of("55.4"), false, &p),
        HF__PLACED);
    assert_near(p.lat_deg, -4.6, 0);
    assert_near(p.lon_deg, 55.4, 0);
}

/* ---- dialects ---- */

static void tells_dialects(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
        size_t preamble;
        bool is_cp1252;
    } cases[] = {
        {"a,b\n1,2\n", ',', 0, false},
        {"a;b\n1,5;2,5\n", ';', 0, false},
        {"a\tb\n1\t2\n", '\t', 0, false},
        {"a|b\n1|2\n", '|', 0, false},
        {"a\nb, c\n", ',', 0, false},
        {"\"a;b\",c\n1,2\n", ',', 0, false},
        {"\"x (a, b)\";c\n1;2\n", ';', 0, false},
        {"x (a, b);c;d\n1;2;3\n", ';', 0, false},
        {"\xEF\xBB\xBF"
         "a;b\n",
         ';', 3, false},
        {"sep=;\r\na,b;c\r\n", ';', 7, false},
        {"\xEF\xBB\xBFsep=\t\na,b\tc\n", '\t', 9, false},
        {"sep=x,y\n1,2\n", ',', 0, false},
        {"a,b\nYnys M\xF4n,1\n", ',', 0, true},
        {"a,b\nYnys M\xC3\xB4n,1\n", ',', 0, false},
        {"a,b\n\0,1\n", ',', 0, false},
        {"", ',', 0, false},
    };
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__dialect d;
        assert_ok(ctx, hf__dialect_detect(ctx, "t.csv", cases[i].text,
                                          strlen(cases[i].text), true, 0, &d));
        assert_int_equal(d.delimiter, cases[i].delimiter);
        assert_int_equal(d.preamble, cases[i].preamble);
        assert_int_equal(d.is_cp1252, cases[i].is_cp1252);
    }
    hf__dialect d;
    assert_ok(ctx,
              hf__dialect_detect(ctx, "t.csv", "a,b;c\n", 6, true, ':', &d));
    assert_int_equal(d.delimiter, ':');
    /* A character cut by the end of what was read is no other encoding. */
    assert_ok(ctx,
              hf__dialect_detect(ctx, "t.csv", "a,b\nM\xC3", 6, false, 0, &d));
    assert_false(d.is_cp1252);
    assert_ok(ctx,
              hf__dialect_detect(ctx, "t.csv", "a,b\nM\xC3", 6, true, 0, &d));
    assert_true(d.is_cp1252);
    hf_context_free(ctx);
}

static void refuses_what_is_no_csv(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *message;
    } cases[] = {
        {"\xFF\xFEl\0a\0t\0", 8, "t.csv is text in UTF-16: save it as "},
        {"\xFE\xFF\0l\0a\0t", 8, "iconv -f UTF-16 -t UTF-8"},
        {"l\0a\0t\0,\0l\0o\0", 12, "UTF-16 without a byte order mark"},
        {"PK\x03\x04....", 8, "a workbook or a zip file"},
        {"\xD0\xCF\x11\xE0....", 8, "Excel workbook"},
        {"\x1F\x8B......", 8, "compressed"},
        {"%PDF-1.4", 8, "PDF"},
    };
    hf_context *ctx;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf__dialect d;
        assert_status(ctx,
                      hf__dialect_detect(ctx, "t.csv", cases[i].bytes,
                                         cases[i].len, true, 0, &d),
                      HF_ERR_UNSUITABLE);
        assert_contains(hf_context_message(ctx), cases[i].message);
    }
    hf_context_free(ctx);
}

/* Against iconv, byte by byte. */
static void reads_and_writes_windows_1252(void **state) {
    (void)state;
    hf__dialect d = {.delimiter = ',', .is_cp1252 = true};
    for (int byte = 1; byte < 256; byte++) {
        char c = (char)byte;
        hf__buf ours, theirs, back;
        hf__buf_init(&ours);
        hf__buf_init(&theirs);
        hf__buf_init(&back);
        hf__dialect_decode(&d, (hf__str){&c, 1}, &ours);
        if (hf__to_utf8((hf__str){&c, 1}, "CP1252", &theirs) == HF_OK) {
            assert_string_equal(ours.text, theirs.text);
            hf__dialect_encode(&d, (hf__str){ours.text, ours.len}, &back);
            assert_int_equal(back.len, 1);
            assert_int_equal(back.text[0], c);
        } else {
            assert_string_equal(ours.text, "\xEF\xBF\xBD");
        }
        hf__buf_reset(&ours);
        hf__buf_reset(&theirs);
        hf__buf_reset(&back);
    }
    hf__buf out;
    hf__buf_init(&out);
    hf__dialect_encode(&d, hf__str_of("t\xC5\xB7 \xF0\x9F\x8F\xA0"), &out);
    assert_string_equal(out.text, "t? ?");
    hf__buf_reset(&out);
    /* In a file that looked like UTF-8, a cell that is not is Windows-1252. */
    d.is_cp1252 = false;
    hf__dialect_decode(&d, hf__str_of("M\xF4n"), &out);
    assert_string_equal(out.text, "M\xC3\xB4n");
    hf__buf_reset(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(column_names_tell_their_role),
        cmocka_unit_test(pairs_have_the_same_other_words),
        cmocka_unit_test(finds_columns_by_name_and_content),
        cmocka_unit_test(finds_postcodes_and_further_columns),
        cmocka_unit_test(without_a_directory_other_columns_serve_or_none),
        cmocka_unit_test(prefers_the_most_precise),
        cmocka_unit_test(width_is_that_of_rows_that_all_are_longer),
        cmocka_unit_test(refuses_with_the_fix),
        cmocka_unit_test(first_line_of_data_is_not_shown),
        cmocka_unit_test(takes_columns_that_the_caller_names),
        cmocka_unit_test(reads_numbers_of_cells),
        cmocka_unit_test(swaps_are_seen_only_where_the_extent_is_known),
        cmocka_unit_test(tells_dialects),
        cmocka_unit_test(refuses_what_is_no_csv),
        cmocka_unit_test(reads_and_writes_windows_1252),
    };
    return run_tests(tests);
}
