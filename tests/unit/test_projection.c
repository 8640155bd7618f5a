#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "earth/projection.h"
#include "earth/wkt.h"

static hf_context *ctx;

/* PROJ 9.1.1, with and without the OSTN15 file in PROJ_DATA:
 *   echo "LAT LON" | cs2cs -f %.6f EPSG:4326 EPSG:27700 */
static const struct {
    hf_lonlat at;
    hf_xy helmert, ostn15;
} british[] = {
    {{-4.520739, 51.583916},
     {225454.449159, 190240.238814},
     {225456.481211, 190239.445208}},
    {{-1.511403, 50.760581},
     {434558.052372, 95779.037569},
     {434557.442482, 95780.097248}},
    {{-2.569886, 53.839734},
     {362597.552495, 438315.651870},
     {362597.512368, 438314.137424}},
    {{-6.966410, 55.328075},
     {85131.711560, 615018.926692},
     {85128.584498, 615019.390444}},
    {{-7.155040, 54.553280},
     {66821.552143, 529788.423557},
     {66819.584312, 529787.774958}},
    {{-6.857330, 50.952487},
     {58985.886174, 128248.636302},
     {58990.535819, 128247.163132}},
    {{-3.594423, 58.681947},
     {307655.738453, 978227.159934},
     {307656.269062, 978228.575394}},
    {{-6.361022, 52.344009},
     {103074.731629, 280728.138570},
     {103076.543816, 280726.899903}},
    {{-1.727614, 59.950944},
     {415316.126804, 1118473.716586},
     {415316.693780, 1118473.135076}},
    {{-2.190653, 54.165145},
     {387649.651257, 474388.250956},
     {387649.880024, 474386.891269}},
    {{1.481547, 50.489118},
     {647046.321678, 71269.523206},
     {647044.354933, 71269.458227}},
    {{0.397910, 53.040898},
     {560861.566843, 351980.002935},
     {560861.321756, 351977.067405}},
    {{-6.172853, 51.236818},
     {108829.216111, 156904.106294},
     {108833.029328, 156902.613509}},
    {{-4.661967, 58.569327},
     {245278.835432, 967658.148999},
     {245279.644950, 967659.781123}},
    {{-5.837317, 56.106802},
     {161494.236448, 697085.637213},
     {161492.304318, 697087.217889}},
    {{-1.621996, 53.910174},
     {424929.592270, 446068.299855},
     {424929.934929, 446066.636602}},
    {{-2.460751, 50.659284},
     {367528.486609, 84502.372466},
     {367528.326296, 84503.493748}},
    {{-6.951669, 52.162566},
     {61489.303405, 263157.612192},
     {61491.823007, 263156.397121}},
    {{-1.240320, 54.489719},
     {449309.229900, 510752.111846},
     {449310.103562, 510750.716939}},
    {{-4.609846, 56.148400},
     {237968.852316, 698146.317717},
     {237967.912142, 698147.269670}},
};

/*   echo "E N" | cs2cs -f %.11f EPSG:27700 EPSG:4326 */
static const struct {
    hf_xy at;
    hf_lonlat helmert, ostn15;
} british_back[] = {
    {{532414, 211995},
     {-0.08149349182, 51.79094518956},
     {-0.08146515009, 51.79095092840}},
    {{266758, 845637},
     {-4.22395029769, 57.48133169181},
     {-4.22394863437, 57.48131556293}},
    {{447759, 1141280},
     {-1.14159533484, 60.15322170295},
     {-1.14160226186, 60.15323133166}},
    {{80000, 5000},
     {-6.45409852030, 49.85957151878},
     {-6.45416521699, 49.85956631977}},
    {{655000, 293000},
     {1.75350872452, 52.47530479236},
     {1.75353406655, 52.47533038160}},
    {{0, 0},
     {-7.55715980691, 49.76680723514},
     {-7.55720727715, 49.76680681318}},
    {{325000, 673000},
     {-3.20238618150, 55.94416704714},
     {-3.20238729707, 55.94416267488}},
};

/*   echo "LAT LON" | cs2cs -f %.6f EPSG:4326 EPSG:29903 */
static const struct {
    hf_lonlat at;
    hf_xy irish;
} irish[] = {
    {{-8.929159, 53.568071}, {138488.277418, 257954.057249}},
    {{-8.335202, 53.794896}, {177959.056558, 282851.091230}},
    {{-7.184259, 51.749010}, {256387.858778, 55436.101608}},
    {{-9.940744, 54.682383}, {74876.428254, 383317.646865}},
    {{-8.832907, 52.390458}, {143344.793693, 126822.645613}},
    {{-5.519598, 53.287001}, {365461.218188, 229142.044896}},
    {{-6.235923, 53.310142}, {317632.791554, 230298.004445}},
    {{-7.124193, 52.072342}, {260103.104603, 91460.231538}},
};

/* The tables have six decimals of a metre, eleven of a degree. */
#define PLANE_TOLERANCE_M 1e-5
#define DEGREE_TOLERANCE 1e-10

static hf__projection *parse(const char *text) {
    hf__projection *made = NULL;
    assert_ok(ctx,
              hf__projection_parse(ctx, text, strlen(text), "x.prj", &made));
    return made;
}

static void check_british(const hf__projection *grid, bool has_ostn15) {
    for (size_t i = 0; i < sizeof british / sizeof *british; i++) {
        hf_xy p;
        hf_xy expected = has_ostn15 ? british[i].ostn15 : british[i].helmert;
        assert_ok(ctx,
                  hf__projection_forward(ctx, grid, &british[i].at, 1, &p));
        assert_near(p.x_m, expected.x_m, PLANE_TOLERANCE_M);
        assert_near(p.y_m, expected.y_m, PLANE_TOLERANCE_M);
    }
    for (size_t i = 0; i < sizeof british_back / sizeof *british_back; i++) {
        hf_lonlat p;
        hf_lonlat expected =
            has_ostn15 ? british_back[i].ostn15 : british_back[i].helmert;
        assert_ok(
            ctx, hf__projection_inverse(ctx, grid, &british_back[i].at, 1, &p));
        assert_near(p.lon_deg, expected.lon_deg, DEGREE_TOLERANCE);
        assert_near(p.lat_deg, expected.lat_deg, DEGREE_TOLERANCE);
    }
}

static void agrees_with_cs2cs_on_the_british_grid(void **state) {
    (void)state;
    hf__projection *grid = NULL;
    assert_ok(ctx, hf__projection_british_grid(ctx, &grid));
    const hf__projection_facts *facts = hf__projection_get_facts(grid);
    bool has_ostn15 = strstr(facts->operation, "OSTN15");
    assert_string_equal(facts->authority, "EPSG:27700");
    assert_contains(facts->operation, has_ostn15 ? "EPSG:7710" : "EPSG:1314");
    assert_near(facts->accuracy_m, has_ostn15 ? 1 : 2, 0);
    assert_false(facts->is_geographic);
    check_british(grid, has_ostn15);
    hf__projection_free(grid);
}

static void agrees_with_cs2cs_on_the_irish_grid(void **state) {
    (void)state;
    hf__projection *grid = NULL;
    assert_ok(ctx, hf__projection_irish_grid(ctx, &grid));
    for (size_t i = 0; i < sizeof irish / sizeof *irish; i++) {
        hf_xy p;
        assert_ok(ctx, hf__projection_forward(ctx, grid, &irish[i].at, 1, &p));
        assert_near(p.x_m, irish[i].irish.x_m, PLANE_TOLERANCE_M);
        assert_near(p.y_m, irish[i].irish.y_m, PLANE_TOLERANCE_M);
    }
    /* BT1 5GS: echo "333832 374014" | cs2cs -f %.11f EPSG:29903 EPSG:4326 */
    hf_lonlat belfast, hertford;
    assert_ok(ctx, hf__projection_inverse(ctx, grid, &(hf_xy){333832, 374014},
                                          1, &belfast));
    assert_near(belfast.lat_deg, 54.59663914327, DEGREE_TOLERANCE);
    assert_near(belfast.lon_deg, -5.93007680946, DEGREE_TOLERANCE);
    const hf__projection *lent;
    assert_ok(ctx, hf__projection_borrow_british_grid(ctx, &lent));
    assert_ok(ctx, hf__projection_inverse(ctx, lent, &(hf_xy){532414, 211995},
                                          1, &hertford));
    assert_near(hf_miles_from_m(hf_geodesic_dist_m(hertford, belfast)), 310.7,
                0.05);
    hf__projection_free(grid);
}

static hf__known_system known(const char *text) {
    return hf__known_system_of(hf__str_of(text));
}

#define ESRI_GEOGCS(datum, spheroid)                    \
    "GEOGCS[\"GCS\",DATUM[" datum ",SPHEROID[" spheroid \
    "]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
#define BRITISH_GEOGCS \
    ESRI_GEOGCS("\"D_OSGB_1936\"", "\"Airy_1830\",6377563.396,299.3249646")
#define ESRI_TM(geogcs, east, north, lon, scale, lat, more)                  \
    "PROJCS[\"British_National_Grid\"," geogcs                               \
    ",PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\"," east \
    "],PARAMETER[\"False_Northing\"," north                                  \
    "],PARAMETER[\"Central_Meridian\"," lon                                  \
    "],PARAMETER[\"Scale_Factor\"," scale                                    \
    "],PARAMETER[\"Latitude_Of_Origin\"," lat "]" more "]"
#define METRE ",UNIT[\"Meter\",1.0]"

static void recognises_the_known_systems_in_any_dialect(void **state) {
    (void)state;
    static const struct {
        const char *text;
        hf__known_system known;
    } cases[] = {
        {"EPSG:27700", HF__KNOWN_BRITISH_GRID},
        {"epsg:27700", HF__KNOWN_BRITISH_GRID},
        {"27700", HF__KNOWN_BRITISH_GRID},
        {"EPSG:29903", HF__KNOWN_IRISH_GRID_TM75},
        {"EPSG:29902", HF__KNOWN_IRISH_GRID_TM65},
        {"EPSG:4326", HF__KNOWN_WGS84},
        {"OGC:CRS84", HF__KNOWN_WGS84},
        {"EPSG:4258", HF__KNOWN_ETRS89},
        {ESRI_TM(BRITISH_GEOGCS, "400000.0", "-100000.0", "-2.0",
                 "0.9996012717", "49.0", METRE),
         HF__KNOWN_BRITISH_GRID},
        {ESRI_TM(BRITISH_GEOGCS, "4e5", "-1E5", " -2", "0.99960127170", "49",
                 " , UNIT [ \"m\" , 1 ] ,AUTHORITY[\"EPSG\",\"27700\"]"),
         HF__KNOWN_BRITISH_GRID},
        /* GDAL's, with TOWGS84 and axes. */
        {ESRI_TM("GEOGCS[\"OSGB36\",DATUM[\"Ordnance_Survey_of_Great_Britain_"
                 "1936\",SPHEROID[\"Airy 1830\",6377563.396,299.3249646,"
                 "AUTHORITY[\"EPSG\",\"7001\"]],TOWGS84[446.448,-125.157,"
                 "542.06,0.15,0.247,0.842,-20.489]],PRIMEM[\"Greenwich\",0],"
                 "UNIT[\"degree\",0.0174532925199433]]",
                 "400000", "-100000", "-2", "0.9996012717", "49",
                 METRE ",AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH]"),
         HF__KNOWN_BRITISH_GRID},
        /* WKT2. */
        {"PROJCRS[\"OSGB36 / British National Grid\",BASEGEOGCRS[\"OSGB36\","
         "DATUM[\"Ordnance Survey of Great Britain 1936\",ELLIPSOID[\"Airy "
         "1830\",6377563.396,299.3249646,LENGTHUNIT[\"metre\",1]]],"
         "PRIMEM[\"Greenwich\",0,ANGLEUNIT[\"degree\",0.0174532925199433]]],"
         "CONVERSION[\"British National Grid\",METHOD[\"Transverse "
         "Mercator\",ID[\"EPSG\",9807]],PARAMETER[\"Latitude of natural "
         "origin\",49,ANGLEUNIT[\"degree\",0.0174532925199433]],"
         "PARAMETER[\"Longitude of natural origin\",-2],PARAMETER[\"Scale "
         "factor at natural origin\",0.9996012717,SCALEUNIT[\"unity\",1]],"
         "PARAMETER[\"False easting\",400000],PARAMETER[\"False northing\","
         "-100000]],CS[Cartesian,2],AXIS[\"(E)\",east,ORDER[1],"
         "LENGTHUNIT[\"metre\",1]],AXIS[\"(N)\",north,ORDER[2],"
         "LENGTHUNIT[\"metre\",1]],USAGE[SCOPE[\"any \"\"use\"\"\"],"
         "AREA[\"Great Britain\"],BBOX[49.75,-9,61.01,2.01]],"
         "ID[\"EPSG\",27700]]",
         HF__KNOWN_BRITISH_GRID},
        {ESRI_TM(ESRI_GEOGCS("\"D_TM75\"",
                             "\"Airy_Modified\",6377340.189,299.3249646"),
                 "200000", "250000", "-8", "1.000035", "53.5", METRE),
         HF__KNOWN_IRISH_GRID_TM75},
        {ESRI_TM(ESRI_GEOGCS("\"D_TM65\"",
                             "\"Airy_Modified\",6377340.189,299.3249646"),
                 "200000", "250000", "-8", "1.000035", "53.5", METRE),
         HF__KNOWN_IRISH_GRID_TM65},
        {ESRI_GEOGCS("\"D_WGS_1984\"", "\"WGS_1984\",6378137.0,298.257223563"),
         HF__KNOWN_WGS84},
        {ESRI_GEOGCS("\"D_ETRS_1989\"", "\"GRS_1980\",6378137,298.257222101"),
         HF__KNOWN_ETRS89},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(known(cases[i].text), cases[i].known);
    }
}

static void is_not_fooled_by_what_is_nearly_the_same(void **state) {
    (void)state;
    static const char *const texts[] = {
        /* one parameter after the other, then one missing, one twice */
        ESRI_TM(BRITISH_GEOGCS, "400001", "-100000", "-2", "0.9996012717", "49",
                METRE),
        ESRI_TM(BRITISH_GEOGCS, "400000", "100000", "-2", "0.9996012717", "49",
                METRE),
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-3", "0.9996012717", "49",
                METRE),
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2", "0.9996", "49",
                METRE),
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2", "0.9996012717", "0",
                METRE),
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2", "0.9996012717",
                "49],PARAMETER[\"Azimuth\",1", METRE),
        ESRI_TM(BRITISH_GEOGCS, "400000],PARAMETER[\"False_Easting\",0",
                "-100000", "-2", "0.9996012717", "49", METRE),
        /* units, extensions, axes, datum, ellipsoid, meridian, shift */
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2", "0.9996012717", "49",
                ",UNIT[\"Foot\",0.3048]"),
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2", "0.9996012717", "49",
                METRE ",EXTENSION[\"PROJ4\",\"+proj=utm\"]"),
        ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2", "0.9996012717", "49",
                METRE ",AXIS[\"x\",WEST],AXIS[\"y\",NORTH]"),
        ESRI_TM(
            ESRI_GEOGCS("\"D_Other\"", "\"Airy_1830\",6377563.396,299.3249646"),
            "400000", "-100000", "-2", "0.9996012717", "49", METRE),
        ESRI_TM(ESRI_GEOGCS("\"D_OSGB_1936\"",
                            "\"Airy_1830\",6377340.189,299.3249646"),
                "400000", "-100000", "-2", "0.9996012717", "49", METRE),
        ESRI_TM("GEOGCS[\"g\",DATUM[\"D_OSGB_1936\",SPHEROID[\"Airy_1830\","
                "6377563.396,299.3249646]],PRIMEM[\"Paris\",2.33],"
                "UNIT[\"Degree\",0.0174532925199433]]",
                "400000", "-100000", "-2", "0.9996012717", "49", METRE),
        ESRI_TM("GEOGCS[\"g\",DATUM[\"D_OSGB_1936\",SPHEROID[\"Airy_1830\","
                "6377563.396,299.3249646],TOWGS84[375,-111,431,0,0,0,0]],"
                "PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]",
                "400000", "-100000", "-2", "0.9996012717", "49", METRE),
        ESRI_GEOGCS("\"D_WGS_1984\"", "\"WGS_1984\",6378137.0,298.26"),
        ESRI_GEOGCS("\"D_WGS_1972\"", "\"WGS_1984\",6378137.0,298.257223563"),
        ("GEODCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\","
         "ELLIPSOID[\"WGS 84\",6378137,298.257223563]],CS[Cartesian,3]]"),
        "",
        "[",
        "GEOGCS[",
        "GEOGCS[\"",
        "GEOGCS[]",
        "27700.",
        "PROJCS(((((",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(known(texts[i]), HF__KNOWN_NONE);
    }
    /* No prefix of a definition is one. */
    const char *whole = ESRI_TM(BRITISH_GEOGCS, "400000", "-100000", "-2",
                                "0.9996012717", "49", METRE);
    for (size_t n = 0; n < strlen(whole); n++) {
        assert_int_equal(hf__known_system_of((hf__str){whole, n}),
                         HF__KNOWN_NONE);
    }
    char deep[4000];
    for (size_t i = 0; i < sizeof deep; i += 2) {
        memcpy(deep + i, "A[", 2);
    }
    assert_int_equal(hf__known_system_of((hf__str){deep, sizeof deep}),
                     HF__KNOWN_NONE);
}

static void asks_proj_for_every_other_system(void **state) {
    (void)state;
    /* echo "LAT LON" | cs2cs -f %.6f EPSG:4326 EPSG:CODE; 2263 is in US
     * survey feet of 1200/3937 m. */
    hf__projection *utm = parse("EPSG:32630");
    hf_xy p;
    assert_ok(ctx,
              hf__projection_forward(ctx, utm, &(hf_lonlat){-2.5, 54}, 1, &p));
    assert_near(p.x_m, 532774.643504, PLANE_TOLERANCE_M);
    assert_near(p.y_m, 5983637.357812, PLANE_TOLERANCE_M);
    hf__projection_free(utm);
    hf__projection *feet = parse("EPSG:2263");
    assert_near(hf__projection_get_facts(feet)->metres_per_unit, 1200.0 / 3937,
                1e-12);
    assert_ok(
        ctx, hf__projection_forward(ctx, feet, &(hf_lonlat){-74, 40.7}, 1, &p));
    assert_near(p.x_m, 300000, 1e-3);
    assert_near(p.y_m, 194305.338941 * 1200 / 3937, 1);
    hf_lonlat back;
    assert_ok(ctx, hf__projection_inverse(ctx, feet, &p, 1, &back));
    assert_near(back.lon_deg, -74, 1e-8);
    assert_near(back.lat_deg, 40.7, 1e-8);
    hf__projection_free(feet);
    /* OSGB36 degrees differ from WGS84's by about 100 m. */
    hf__projection *osgb36 = parse("EPSG:4277");
    assert_true(hf__projection_get_facts(osgb36)->is_geographic);
    assert_ok(ctx, hf__projection_inverse(ctx, osgb36, &(hf_xy){-0.1, 51.5}, 1,
                                          &back));
    double shift_m = hf_geodesic_dist_m(back, (hf_lonlat){-0.1, 51.5});
    assert_true(shift_m > 80 && shift_m < 130);
    hf__projection_free(osgb36);
    hf__projection *compound = parse("EPSG:7405");
    assert_string_equal(hf__projection_get_facts(compound)->authority,
                        "EPSG:27700");
    hf__projection_free(compound);
    hf__projection *bare = parse("+proj=utm +zone=30 +datum=WGS84");
    hf__projection_free(bare);
}

static void refuses_with_one_line_and_the_option(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "  \n", "Bath", "garbage", "EPSG:999999", "EPSG:5701", "EPSG:4978",
        "12", "PROJCS[\"cut", "+proj=nonsense", "+proj=pipeline +step",
        /* nothing ties it to WGS84 but a guess */
        "+proj=tmerc +lat_0=49 +lon_0=-2 +ellps=airy",
        "LOCAL_CS[\"Nonearth\",UNIT[\"Meter\",1]]"};
    char name[] = "/tmp/howfar-test-XXXXXX";
    int file = mkstemp(name), kept = dup(STDERR_FILENO);
    assert_true(file >= 0 && kept >= 0);
    unlink(name);
    dup2(file, STDERR_FILENO);
    char messages[sizeof texts / sizeof *texts][1001];
    hf_status statuses[sizeof texts / sizeof *texts];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf__projection *made = NULL;
        statuses[i] = hf__projection_parse(ctx, texts[i], strlen(texts[i]),
                                           "x.prj", &made);
        hf__projection_free(made);
        snprintf(messages[i], sizeof messages[i], "%s",
                 hf_context_message(ctx));
    }
    off_t printed = lseek(STDERR_FILENO, 0, SEEK_END);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(file);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        print_message("%s\n", messages[i]);
        assert_int_equal(statuses[i], HF_ERR_PROJECTION);
        assert_contains(messages[i], "x.prj: ");
        assert_contains(messages[i], "--projection EPSG:27700");
    }
    assert_int_equal(printed, 0);
    hf__projection *made;
    char zeros[100000];
    memset(zeros, 0, sizeof zeros);
    assert_status(
        ctx, hf__projection_parse(ctx, zeros, sizeof zeros, "x.prj", &made),
        HF_ERR_PROJECTION);
}

static void gives_nan_for_what_has_no_place(void **state) {
    (void)state;
    static const hf_lonlat points[] = {{NAN, 51}, {0, NAN},  {INFINITY, 51},
                                       {0, 90.5}, {-181, 0}, {-2, 54}};
    static const hf_xy plane[] = {{NAN, 0},    {0, INFINITY}, {1e9, 0},
                                  {0, -1e300}, {NAN, NAN},    {4e5, 3e5}};
    static const char *const systems[] = {"EPSG:27700", "EPSG:29903",
                                          "EPSG:32630"};
    for (size_t s = 0; s < sizeof systems / sizeof *systems; s++) {
        hf__projection *grid = parse(systems[s]);
        hf_xy xy[6];
        hf_lonlat lonlat[6];
        assert_ok(ctx, hf__projection_forward(ctx, grid, points, 6, xy));
        assert_ok(ctx, hf__projection_inverse(ctx, grid, plane, 6, lonlat));
        for (int i = 0; i < 5; i++) {
            assert_true(isnan(xy[i].x_m) && isnan(xy[i].y_m));
            assert_true(isnan(lonlat[i].lon_deg) && isnan(lonlat[i].lat_deg));
        }
        assert_true(isfinite(xy[5].x_m) && hf_lonlat_is_valid(lonlat[5]));
        hf__projection_free(grid);
    }
    hf__projection *none = NULL;
    assert_ok(ctx, hf__projection_lonlat(ctx, &none));
    hf_xy xy[6];
    assert_ok(ctx, hf__projection_forward(ctx, none, points, 6, xy));
    assert_true(isnan(xy[0].x_m) && isnan(xy[4].x_m) && xy[5].y_m == 54);
    hf__projection_free(none);
}

static void comes_back_to_where_it_began(void **state) {
    (void)state;
    static const char *const systems[] = {"EPSG:27700", "EPSG:29903",
                                          "EPSG:4258", "EPSG:32630"};
    for (size_t s = 0; s < sizeof systems / sizeof *systems; s++) {
        hf__projection *grid = parse(systems[s]);
        for (int i = 0; i < 2000; i++) {
            hf_lonlat from = {check_random_in(-8, 2), check_random_in(50, 61)};
            hf_lonlat back;
            hf_xy p;
            assert_ok(ctx, hf__projection_forward(ctx, grid, &from, 1, &p));
            assert_ok(ctx, hf__projection_inverse(ctx, grid, &p, 1, &back));
            /* Seven parameters drop the height both ways: 1 to 2 mm. */
            assert_true(hf_geodesic_dist_m(from, back) < 0.003);
        }
        hf__projection_free(grid);
    }
}

static void keeps_true_scale_about_a_local_middle(void **state) {
    (void)state;
    /* More than the cache holds, used in turn. */
    enum { COUNT = 20 };
    hf__projection *local[COUNT] = {NULL};
    for (int i = 0; i < COUNT; i++) {
        hf_lonlat middle = {i * 9 - 90, i * 8 - 80};
        assert_ok(ctx, hf__projection_local(ctx, middle, &local[i]));
    }
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < COUNT; i++) {
            hf_lonlat middle = {i * 9 - 90, i * 8 - 80};
            hf_lonlat east = hf_geodesic_direct(middle, 90, 10000);
            hf_xy p[2];
            assert_ok(ctx,
                      hf__projection_forward(ctx, local[i], &middle, 1, p));
            assert_ok(ctx,
                      hf__projection_forward(ctx, local[i], &east, 1, p + 1));
            assert_near(p[0].x_m, 0, 1e-6);
            assert_near(p[0].y_m, 0, 1e-6);
            assert_near(hypot(p[1].x_m, p[1].y_m), 10000, 0.01);
        }
    }
    for (int i = 0; i < COUNT; i++) {
        hf__projection_free(local[i]);
    }
    hf__projection *bad;
    assert_status(ctx, hf__projection_local(ctx, (hf_lonlat){NAN, 0}, &bad),
                  HF_ERR_RANGE);
}

static void *project_in_a_thread(void *grid) {
    hf_context *own;
    if (hf_context_new(&own)) {
        return grid;
    }
    bool ok = true;
    for (int i = 0; i < 2000; i++) {
        hf_lonlat at = {-2, 54}, back = {NAN, NAN};
        hf_xy p;
        ok = ok && !hf__projection_forward(own, grid, &at, 1, &p) &&
             !hf__projection_inverse(own, grid, &p, 1, &back) &&
             hf_geodesic_dist_m(at, back) < 0.003;
    }
    hf_context_free(own);
    return ok ? NULL : grid;
}

static void is_shared_by_threads(void **state) {
    (void)state;
    hf__projection *grid = parse("EPSG:27700");
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, project_in_a_thread, grid), 0);
    }
    for (int i = 0; i < 3; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    hf__projection_free(grid);
}

/* ---- with other folders of PROJ's data, which PROJ reads once: in a child -
 */

static void uses_ostn15_where_proj_has_it(void **state) {
    (void)state;
    hf__projection *grid = parse("EPSG:27700");
    const hf__projection_facts *facts = hf__projection_get_facts(grid);
    assert_contains(facts->operation, "OSTN15");
    assert_near(facts->accuracy_m, 1, 0);
    check_british(grid, true);
    /* A batch gives what its points give one by one. */
    enum { COUNT = 40 };
    hf_lonlat from[COUNT], back[COUNT];
    hf_xy to[COUNT];
    for (int i = 0; i < COUNT; i++) {
        from[i] = (hf_lonlat){check_random_in(-10, 3), check_random_in(48, 62)};
    }
    from[3].lat_deg = NAN;
    assert_ok(ctx, hf__projection_forward(ctx, grid, from, COUNT, to));
    assert_ok(ctx, hf__projection_inverse(ctx, grid, to, COUNT, back));
    for (int i = 0; i < COUNT; i++) {
        hf_xy one;
        hf_lonlat one_back;
        assert_ok(ctx, hf__projection_forward(ctx, grid, &from[i], 1, &one));
        assert_ok(ctx, hf__projection_inverse(ctx, grid, &one, 1, &one_back));
        if (i == 3) {
            assert_true(isnan(to[i].x_m) && isnan(back[i].lon_deg));
            continue;
        }
        assert_true(one.x_m == to[i].x_m && one.y_m == to[i].y_m);
        assert_true(one_back.lon_deg == back[i].lon_deg &&
                    one_back.lat_deg == back[i].lat_deg);
        assert_near(hf_geodesic_dist_m(from[i], back[i]), 0, 0.01);
    }
    /* Outside the grid the seven parameters answer. */
    hf_lonlat at_sea = {5, 55};
    hf_xy p;
    assert_ok(ctx, hf__projection_forward(ctx, grid, &at_sea, 1, &p));
    assert_true(isfinite(p.x_m));
    hf__projection_free(grid);
}

static void works_without_a_database(void **state) {
    (void)state;
    hf__projection *grid = parse("EPSG:27700");
    bool has_ostn15 =
        strstr(hf__projection_get_facts(grid)->operation, "OSTN15");
    check_british(grid, has_ostn15);
    hf__projection_free(grid);
    hf__projection *made;
    assert_status(ctx,
                  hf__projection_parse(ctx, "EPSG:3035", 9, "x.prj", &made),
                  HF_ERR_PROJECTION);
    assert_contains(hf_context_message(ctx), "set PROJ_DATA");
}

static const char *self;

static void run_child(const char *proj_data, const char *which) {
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        setenv("PROJ_DATA", proj_data, 1);
        setenv("PROJ_LIB", proj_data, 1);
        setenv("PROJ_SKIP_READ_USER_WRITABLE_DIRECTORY", "YES", 1);
        execl(self, self, which, (char *)NULL);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void prefers_the_national_grid_file(void **state) {
    (void)state;
    check_data("grids/uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
    run_child(check_data("grids"), "ostn15");
}

static void needs_no_database_for_the_known_systems(void **state) {
    (void)state;
    run_child("/dev/null/nowhere", "no-database");
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_cs2cs_on_the_british_grid),
        cmocka_unit_test(agrees_with_cs2cs_on_the_irish_grid),
        cmocka_unit_test(recognises_the_known_systems_in_any_dialect),
        cmocka_unit_test(is_not_fooled_by_what_is_nearly_the_same),
        cmocka_unit_test(asks_proj_for_every_other_system),
        cmocka_unit_test(refuses_with_one_line_and_the_option),
        cmocka_unit_test(gives_nan_for_what_has_no_place),
        cmocka_unit_test(comes_back_to_where_it_began),
        cmocka_unit_test(keeps_true_scale_about_a_local_middle),
        cmocka_unit_test(is_shared_by_threads),
        cmocka_unit_test(prefers_the_national_grid_file),
        cmocka_unit_test(needs_no_database_for_the_known_systems),
    };
    const struct CMUnitTest with_ostn15[] = {
        cmocka_unit_test(uses_ostn15_where_proj_has_it),
    };
    const struct CMUnitTest without_database[] = {
        cmocka_unit_test(works_without_a_database),
    };
    self = argv[0];
    if (hf_context_new(&ctx)) {
        return 1;
    }
    int failed = argc < 2                     ? run_tests(tests)
                 : !strcmp(argv[1], "ostn15") ? run_tests(with_ostn15)
                                              : run_tests(without_database);
    hf_context_free(ctx);
    return failed;
}
