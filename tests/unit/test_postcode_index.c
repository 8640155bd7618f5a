/* The index of postcodes: what was put in is found, and damage is seen. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/postcode_build.h"
#include "base/compress.h"
#include "base/memory.h"
#include "check.h"

typedef struct made {
    hf_context *ctx;
    unsigned char *bytes;
    size_t len;
    hf_postcodes *index;
} made;

static hf_postcode parsed(const char *text) {
    hf_postcode postcode;
    assert_true(hf_postcode_parse(text, strlen(text), &postcode));
    return postcode;
}

typedef struct fact {
    const char *postcode;
    uint32_t easting, northing;
    bool has_point;
    hf_postcode_life life;
    const char *authority, *county;
    unsigned quality;
} fact;

static void put(hf_context *ctx, hf__postcode_builder *builder, const fact *f) {
    hf_postcode postcode = parsed(f->postcode);
    hf__postcode_row row = {.key = hf__postcode_key_of(&postcode),
                            .has_point = f->has_point,
                            .easting = f->easting,
                            .northing = f->northing,
                            .quality = f->quality,
                            .life = f->life,
                            .authority = hf__str_of(f->authority),
                            .county = hf__str_of(f->county)};
    bool is_again;
    assert_ok(ctx, hf__postcode_builder_add(ctx, builder, &row, &is_again));
}

static made make(const fact *facts, size_t n) {
    made m = {0};
    assert_ok(NULL, hf_context_new(&m.ctx));
    hf__postcode_builder *builder = hf__postcode_builder_new();
    assert_non_null(builder);
    for (size_t i = 0; i < n; i++) {
        put(m.ctx, builder, &facts[i]);
    }
    hf__postcode_origin origin = {"ONSPD", "made.csv", 2025, 11, true};
    assert_ok(m.ctx, hf__postcode_builder_finish(m.ctx, builder, &origin,
                                                 &m.bytes, &m.len));
    hf__postcode_builder_free(builder);
    assert_ok(m.ctx, hf_postcodes_open_bytes(m.ctx, m.bytes, m.len, "x.index",
                                             &m.index));
    return m;
}

static void unmake(made *m) {
    hf_postcodes_close(m->index);
    hf__free(m->bytes);
    hf_context_free(m->ctx);
}

static const fact few[] = {
    {"SG13 8DE", 532414, 211995, true, HF_POSTCODE_LIVE, "E07000242",
     "E10000015", 1},
    {"SG13 8DF", 532514, 211995, true, HF_POSTCODE_LIVE, "E07000242",
     "E10000015", 1},
    {"SG13 8ZZ", 532614, 212295, true, HF_POSTCODE_TERMINATED, "E07000242",
     "E10000015", 8},
    {"SG13 9AA", 533000, 213000, true, HF_POSTCODE_LIVE, "E07000241",
     "E10000015", 1},
    {"SG13 9AB", 0, 0, false, HF_POSTCODE_LIVE, "", "", 9},
    {"SG1 3AA", 523000, 224000, true, HF_POSTCODE_LIVE, "E07000243",
     "E10000015", 4},
    {"ZE1 0AA", 447759, 1141280, true, HF_POSTCODE_LIVE, "S12000027", "", 1},
    {"BT1 5GS", 333832, 374014, true, HF_POSTCODE_LIVE, "N09000003", "", 1},
    {"S1 1AA", 435000, 387000, true, HF_POSTCODE_LIVE, "E08000039", "", 1},
};
#define N_FEW (sizeof few / sizeof *few)

static void finds_what_was_put_in(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    for (size_t i = 0; i < N_FEW; i++) {
        hf_postcode postcode = parsed(few[i].postcode);
        hf_postcode_entry entry;
        assert_ok(m.ctx, hf_postcodes_find(m.ctx, m.index, &postcode, &entry));
        assert_int_equal(entry.has_point, few[i].has_point);
        if (few[i].has_point) {
            assert_near(entry.grid.x_m, few[i].easting, 0);
            assert_near(entry.grid.y_m, few[i].northing, 0);
        } else {
            assert_true(isnan(entry.grid.x_m) && isnan(entry.grid.y_m));
        }
        assert_int_equal(entry.life, few[i].life);
        assert_int_equal(entry.quality, few[i].quality);
        assert_string_equal(entry.authority_code, few[i].authority);
        assert_string_equal(entry.county_code, few[i].county);
        bool is_irish = !strncmp(few[i].postcode, "BT", 2);
        assert_int_equal(entry.kind, is_irish ? HF_COORDINATE_IRISH_GRID
                                              : HF_COORDINATE_GRID);
    }
    const hf_postcodes_info *info = hf_postcodes_get_info(m.index);
    assert_int_equal(info->postcodes, N_FEW);
    assert_int_equal(info->without_point, 1);
    assert_int_equal(info->terminated, 1);
    assert_int_equal(info->districts, 5);
    assert_int_equal(info->sectors, 6);
    assert_int_equal(info->year, 2025);
    assert_int_equal(info->month, 11);
    assert_true(info->has_life);
    assert_string_equal(info->product, "ONSPD");
    assert_string_equal(info->source, "made.csv");
    assert_string_equal(info->path, "x.index");
    unmake(&m);
}

static void says_what_it_does_not_have(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    static const char *const absent[] = {"SG13 8DD", "SG13 7DE", "SG14 8DE",
                                         "SG1 8DE",  "AB1 0AA",  "ZE9 9ZZ",
                                         "SG13 8AA", "B1 1AA",   "S1 1AB"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        hf_postcode postcode = parsed(absent[i]);
        hf_postcode_entry entry = {.quality = 42};
        assert_status(m.ctx,
                      hf_postcodes_find(m.ctx, m.index, &postcode, &entry),
                      HF_ERR_NOT_FOUND);
        assert_int_equal(entry.quality, 42);
        assert_contains(hf_context_message(m.ctx), "no such postcode");
        assert_null(strstr(hf_context_message(m.ctx), absent[i]));
    }
    hf_postcode sector = parsed("SG13 8");
    hf_postcode_entry entry;
    assert_status(m.ctx, hf_postcodes_find(m.ctx, m.index, &sector, &entry),
                  HF_ERR_USAGE);
    unmake(&m);
}

static void suggests_only_what_it_holds(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    hf_postcode out[4];
    assert_int_equal(hf_postcode_suggest(m.index, "5GI3 8DE", 8, out, 4), 1);
    assert_string_equal(out[0].text, "SG13 8DE");
    assert_int_equal(hf_postcode_suggest(m.index, "SGI3 8DD", 8, out, 4), 0);
    assert_int_equal(hf_postcode_suggest(m.index, "SGI3 8", 6, out, 4), 1);
    assert_int_equal(hf_postcode_suggest(m.index, "SGI3", 4, out, 4), 1);
    assert_int_equal(hf_postcode_suggest(m.index, "SGI4", 4, out, 4), 0);
    unmake(&m);
}

static void surveys_those_in_use(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    hf_postcode_spread spread;
    hf_postcode sector = parsed("SG13 8");
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &sector, &spread));
    assert_int_equal(spread.postcodes, 2); /* SG13 8ZZ is terminated */
    assert_int_equal(spread.points, 2);
    assert_true(spread.is_live);
    assert_near(spread.mean.x_m, 532464, 0);
    assert_near(spread.mean.y_m, 211995, 0);
    assert_near(spread.radius_m, 50, 1e-9);
    assert_near(spread.radius_95_m, 50, 1e-9);
    assert_int_equal(spread.n_authorities, 1);
    assert_string_equal(spread.authorities[0].authority_code, "E07000242");
    assert_string_equal(spread.authorities[0].county_code, "E10000015");
    assert_int_equal(spread.authorities[0].postcodes, 2);

    hf_postcode district = parsed("SG13");
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &district, &spread));
    assert_int_equal(spread.postcodes, 4);
    assert_int_equal(spread.points, 3); /* SG13 9AB has none */
    assert_int_equal(spread.n_authorities, 2);
    assert_string_equal(spread.authorities[0].authority_code, "E07000242");
    assert_string_equal(spread.authorities[1].authority_code, "E07000241");
    assert_near(spread.mean.x_m, (532414 + 532514 + 533000) / 3.0, 1e-9);

    hf_postcode area = parsed("SG");
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &area, &spread));
    assert_int_equal(spread.postcodes, 5);
    area = parsed("S"); /* not SG nor SE */
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &area, &spread));
    assert_int_equal(spread.postcodes, 1);
    assert_near(spread.radius_m, 0, 0);
    hf_postcode irish = parsed("BT1");
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &irish, &spread));
    assert_int_equal(spread.kind, HF_COORDINATE_IRISH_GRID);

    static const char *const absent[] = {"SG13 7", "SG14", "AB", "B"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        hf_postcode part = parsed(absent[i]);
        assert_status(m.ctx,
                      hf_postcodes_survey(m.ctx, m.index, &part, &spread),
                      HF_ERR_NOT_FOUND);
    }
    hf_postcode full = parsed("SG13 8DE");
    assert_status(m.ctx, hf_postcodes_survey(m.ctx, m.index, &full, &spread),
                  HF_ERR_USAGE);
    unmake(&m);
}

static void surveys_all_where_none_is_in_use(void **state) {
    (void)state;
    static const fact old[] = {
        {"NPT 9ZZ", 331000, 188000, true, HF_POSTCODE_TERMINATED, "W06000022",
         "", 8},
        {"NPT 9ZY", 0, 0, false, HF_POSTCODE_TERMINATED, "", "", 9}};
    made m = make(old, 2);
    hf_postcode_spread spread;
    hf_postcode district = parsed("NPT");
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &district, &spread));
    assert_int_equal(spread.postcodes, 2);
    assert_int_equal(spread.points, 1);
    assert_false(spread.is_live);
    assert_int_equal(spread.n_authorities, 1);
    unmake(&m);

    made none = make(old + 1, 1); /* known, without any point */
    assert_ok(none.ctx,
              hf_postcodes_survey(none.ctx, none.index, &district, &spread));
    assert_int_equal(spread.points, 0);
    assert_true(isnan(spread.mean.x_m) && isnan(spread.radius_m));
    unmake(&none);
}

/* More authorities than a spread holds: the commonest are kept, in order. */
static void keeps_the_commonest_authorities(void **state) {
    (void)state;
    enum { N_CODES = 20 };
    fact *facts = hf__calloc(N_CODES * (N_CODES + 1) / 2, sizeof *facts);
    char(*texts)[9] = hf__calloc(N_CODES * (N_CODES + 1) / 2, 9);
    char codes[N_CODES][10];
    assert_true(facts && texts);
    size_t n = 0;
    for (int c = 0; c < N_CODES; c++) { /* code c has c + 1 postcodes */
        snprintf(codes[c], sizeof codes[c], "E070000%02d", c);
        for (int i = 0; i <= c; i++, n++) {
            snprintf(texts[n], 9, "AB1 %d%c%c", (int)(n % 10),
                     (int)('A' + n / 10 % 26), (int)('A' + n / 260));
            facts[n] = (fact){texts[n],         400000,   800000, true,
                              HF_POSTCODE_LIVE, codes[c], "",     1};
        }
    }
    made m = make(facts, n);
    hf_postcode_spread spread;
    hf_postcode district = parsed("AB1");
    assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &district, &spread));
    assert_int_equal(spread.n_authorities, N_CODES);
    for (int i = 0; i < HF_POSTCODE_SHARES; i++) {
        assert_int_equal(spread.authorities[i].postcodes, N_CODES - i);
        assert_string_equal(spread.authorities[i].authority_code,
                            codes[N_CODES - 1 - i]);
    }
    unmake(&m);
    hf__free(facts);
    hf__free(texts);
}

/* ---- against a slow table ---------------------------------------------- */

enum { N_RANDOM = 4000 };

static fact random_fact(char *text) {
    static const char *const outwards[] = {"SG1", "SG13", "S1",   "E1W",
                                           "E1",  "BT7",  "EC1A", "ZE3"};
    static const char *const codes[] = {"E07000242", "E06000015", "",
                                        "N09000003"};
    snprintf(text, 9, "%s %d%c%c", outwards[check_random() % 8],
             (int)(check_random() % 10), (int)('A' + check_random() % 26),
             (int)('A' + check_random() % 26));
    bool has_point = check_random() % 8 != 0;
    return (fact){.postcode = text,
                  .easting = has_point ? (uint32_t)(check_random() >> 44) : 0,
                  .northing = has_point ? (uint32_t)(check_random() >> 43) : 0,
                  .has_point = has_point,
                  .life = (hf_postcode_life)(check_random() % 3),
                  .authority = codes[check_random() % 4],
                  .county = codes[check_random() % 4],
                  .quality = (unsigned)(check_random() % 10)};
}

/* The last fact of a postcode, by looking at all of them. */
static const fact *slow_find(const fact *facts, const char *text) {
    for (size_t i = N_RANDOM; i-- > 0;) {
        if (!strcmp(facts[i].postcode, text)) {
            return &facts[i];
        }
    }
    return NULL;
}

static void finds_as_a_slow_table_does(void **state) {
    (void)state;
    static fact facts[N_RANDOM];
    static char texts[N_RANDOM][9];
    for (size_t i = 0; i < N_RANDOM; i++) {
        facts[i] = random_fact(texts[i]);
    }
    made m = make(facts, N_RANDOM);
    for (int i = 0; i < 2 * N_RANDOM; i++) {
        char other[9];
        random_fact(other);
        const char *text = i < N_RANDOM ? texts[i] : other;
        const fact *expected = slow_find(facts, text);
        hf_postcode postcode = parsed(text);
        hf_postcode_entry entry;
        hf_status status = hf_postcodes_find(m.ctx, m.index, &postcode, &entry);
        assert_int_equal(status, expected ? HF_OK : HF_ERR_NOT_FOUND);
        if (expected) {
            assert_int_equal(entry.has_point, expected->has_point);
            assert_true(!entry.has_point ||
                        (entry.grid.x_m == expected->easting &&
                         entry.grid.y_m == expected->northing));
            assert_int_equal(entry.life, expected->life);
            assert_int_equal(entry.quality, expected->quality);
            assert_string_equal(entry.authority_code, expected->authority);
            assert_string_equal(entry.county_code, expected->county);
        }
    }
    assert_ok(m.ctx, hf_postcodes_verify(m.ctx, m.index));
    unmake(&m);
}

static void surveys_as_a_slow_loop_does(void **state) {
    (void)state;
    static fact facts[N_RANDOM];
    static char texts[N_RANDOM][9];
    for (size_t i = 0; i < N_RANDOM; i++) {
        facts[i] = random_fact(texts[i]);
    }
    made m = make(facts, N_RANDOM);
    static const char *const parts[] = {"SG1 3", "SG13", "S1", "E1",
                                        "BT7 0", "E",    "SG", "EC1A 9"};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        hf_postcode part = parsed(parts[p]);
        size_t len = strlen(parts[p]);
        size_t n = 0, points = 0;
        double x = 0, y = 0, radius = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (size_t i = 0; i < N_RANDOM; i++) {
                const fact *f = slow_find(facts, texts[i]);
                char next = texts[i][len];
                bool is_in = !strncmp(texts[i], parts[p], len) &&
                             f == &facts[i] && f->life == HF_POSTCODE_LIVE;
                is_in =
                    is_in && (part.kind != HF_POSTCODE_DISTRICT || next == ' ');
                is_in = is_in && (part.kind != HF_POSTCODE_AREA ||
                                  (next >= '0' && next <= '9'));
                if (is_in && pass == 0) {
                    n++;
                    points += f->has_point;
                    x += f->easting;
                    y += f->northing;
                } else if (is_in && f->has_point) {
                    radius =
                        fmax(radius, hypot(f->easting - x / (double)points,
                                           f->northing - y / (double)points));
                }
            }
        }
        hf_postcode_spread spread;
        assert_ok(m.ctx, hf_postcodes_survey(m.ctx, m.index, &part, &spread));
        assert_int_equal(spread.postcodes, n);
        assert_int_equal(spread.points, points);
        assert_near(spread.mean.x_m, x / (double)points, 1e-6);
        assert_near(spread.mean.y_m, y / (double)points, 1e-6);
        assert_near(spread.radius_m, radius, 1e-6);
        assert_true(spread.radius_95_m <= spread.radius_m);
    }
    unmake(&m);
}

/* ---- damage ------------------------------------------------------------ */

/* Opens bytes and looks at everything: HF_OK, or the first failure. */
static hf_status use(hf_context *ctx, const unsigned char *bytes, size_t len) {
    hf_postcodes *index;
    hf_status status = hf_postcodes_open_bytes(ctx, bytes, len, "x", &index);
    if (status) {
        return status;
    }
    status = hf_postcodes_verify(ctx, index);
    for (size_t i = 0; i < N_FEW && !status; i++) {
        hf_postcode postcode = parsed(few[i].postcode);
        hf_postcode_entry entry;
        status = hf_postcodes_find(ctx, index, &postcode, &entry);
    }
    hf_postcodes_close(index);
    return status;
}

static void refuses_every_cut(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    for (size_t len = 0; len < m.len; len++) {
        /* In memory of its own, so that reading beyond is seen. */
        unsigned char *cut = hf__calloc(len, 1);
        memcpy(cut, m.bytes, len);
        hf_status status = use(m.ctx, cut, len);
        assert_true(status == HF_ERR_DAMAGED || status == HF_ERR_UNSUITABLE);
        hf__free(cut);
    }
    unsigned char *longer = hf__calloc(m.len + 8, 1);
    memcpy(longer, m.bytes, m.len);
    assert_status(m.ctx, use(m.ctx, longer, m.len + 8), HF_ERR_DAMAGED);
    hf__free(longer);
    unmake(&m);
}

static void sees_every_changed_bit(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    for (size_t at = 0; at < m.len; at++) {
        for (int bit = 0; bit < 8; bit++) {
            m.bytes[at] ^= (unsigned char)(1 << bit);
            hf_status status = use(m.ctx, m.bytes, m.len);
            assert_true(status == HF_ERR_DAMAGED ||
                        status == HF_ERR_UNSUITABLE);
            m.bytes[at] ^= (unsigned char)(1 << bit);
        }
    }
    assert_ok(m.ctx, use(m.ctx, m.bytes, m.len));
    unmake(&m);
}

/* With the checksums made right again, nothing is read from where it should
 * not be, whatever else comes out. */
static void survives_forged_checksums(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    size_t n_refused = 0;
    for (size_t at = HF__POSTCODES_AT_FLAGS; at < m.len; at++) {
        for (int value = 0; value < 256; value += 17) {
            unsigned char kept = m.bytes[at];
            unsigned char header[HF__POSTCODES_HEADER];
            memcpy(header, m.bytes, sizeof header);
            m.bytes[at] = (unsigned char)value;
            size_t rows = N_FEW * HF__POSTCODES_ROW;
            hf__put32(m.bytes + HF__POSTCODES_AT_DIRECTORY_CRC,
                      hf__crc32(0, m.bytes + HF__POSTCODES_HEADER,
                                m.len - rows - HF__POSTCODES_HEADER));
            hf__put32(m.bytes + HF__POSTCODES_AT_CRC,
                      hf__crc32(0, m.bytes, HF__POSTCODES_AT_CRC));
            n_refused += use(m.ctx, m.bytes, m.len) != HF_OK;
            memcpy(m.bytes, header, sizeof header);
            m.bytes[at] = at < sizeof header ? header[at] : kept;
        }
    }
    assert_true(n_refused > 1000);
    unmake(&m);
}

static void refuses_damaged_rows_when_they_are_used(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    m.bytes[m.len - 1] ^= 1; /* of the last district, ZE1 */
    hf_postcodes *index;
    assert_ok(m.ctx, hf_postcodes_open_bytes(m.ctx, m.bytes, m.len, "x.index",
                                             &index));
    hf_postcode sound = parsed("SG13 8DE"), damaged = parsed("ZE1 0AA");
    hf_postcode_entry entry;
    hf_postcode_spread spread;
    assert_ok(m.ctx, hf_postcodes_find(m.ctx, index, &sound, &entry));
    for (int i = 0; i < 2; i++) {
        assert_status(m.ctx, hf_postcodes_find(m.ctx, index, &damaged, &entry),
                      HF_ERR_DAMAGED);
    }
    assert_contains(hf_context_message(m.ctx), "x.index");
    assert_contains(hf_context_message(m.ctx), "import the postcodes again");
    damaged = parsed("ZE1");
    assert_status(m.ctx, hf_postcodes_survey(m.ctx, index, &damaged, &spread),
                  HF_ERR_DAMAGED);
    assert_status(m.ctx, hf_postcodes_verify(m.ctx, index), HF_ERR_DAMAGED);
    hf_postcodes_close(index);
    unmake(&m);
}

static void says_what_is_wrong_with_a_file(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    hf_postcodes *index;
    assert_status(m.ctx,
                  hf_postcodes_open(m.ctx, "/nonexistent/p.index", &index),
                  HF_ERR_IO);
    assert_contains(hf_context_message(m.ctx), "howfar postcodes import");
    assert_status(m.ctx, hf_postcodes_open(m.ctx, "/dev/null", &index),
                  HF_ERR_UNSUITABLE);
    assert_status(m.ctx, hf_postcodes_open(m.ctx, "Makefile", &index),
                  HF_ERR_UNSUITABLE);
    assert_contains(hf_context_message(m.ctx), "not a postcode index");
    hf__put32(m.bytes + HF__POSTCODES_AT_VERSION, 2);
    assert_status(m.ctx,
                  hf_postcodes_open_bytes(m.ctx, m.bytes, m.len, "x", &index),
                  HF_ERR_UNSUITABLE);
    assert_contains(hf_context_message(m.ctx), "format 2");
    unmake(&m);
}

static void holds_nothing_when_empty(void **state) {
    (void)state;
    made m = make(NULL, 0);
    hf_postcode postcode = parsed("SG13 8DE"), area = parsed("SG");
    hf_postcode_entry entry;
    hf_postcode_spread spread;
    assert_status(m.ctx, hf_postcodes_find(m.ctx, m.index, &postcode, &entry),
                  HF_ERR_NOT_FOUND);
    assert_status(m.ctx, hf_postcodes_survey(m.ctx, m.index, &area, &spread),
                  HF_ERR_NOT_FOUND);
    unmake(&m);
}

/* ---- threads ----------------------------------------------------------- */

static void *look_up(void *user) {
    const hf_postcodes *index = user;
    hf_context *ctx;
    size_t *n = hf__calloc(1, sizeof *n);
    if (hf_context_new(&ctx)) {
        return n;
    }
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < N_FEW; i++) {
            hf_postcode postcode;
            hf_postcode_entry entry;
            *n += hf_postcode_parse(few[i].postcode, strlen(few[i].postcode),
                                    &postcode) &&
                  !hf_postcodes_find(ctx, index, &postcode, &entry) &&
                  !strcmp(entry.authority_code, few[i].authority);
        }
    }
    hf_context_free(ctx);
    return n;
}

static void serves_several_threads(void **state) {
    (void)state;
    made m = make(few, N_FEW);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, look_up, m.index),
                         0);
    }
    for (int i = 0; i < 4; i++) {
        void *n;
        pthread_join(threads[i], &n);
        assert_int_equal(*(size_t *)n, 200 * N_FEW);
        hf__free(n);
    }
    unmake(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_put_in),
        cmocka_unit_test(says_what_it_does_not_have),
        cmocka_unit_test(suggests_only_what_it_holds),
        cmocka_unit_test(surveys_those_in_use),
        cmocka_unit_test(surveys_all_where_none_is_in_use),
        cmocka_unit_test(keeps_the_commonest_authorities),
        cmocka_unit_test(finds_as_a_slow_table_does),
        cmocka_unit_test(surveys_as_a_slow_loop_does),
        cmocka_unit_test(refuses_every_cut),
        cmocka_unit_test(sees_every_changed_bit),
        cmocka_unit_test(survives_forged_checksums),
        cmocka_unit_test(refuses_damaged_rows_when_they_are_used),
        cmocka_unit_test(says_what_is_wrong_with_a_file),
        cmocka_unit_test(holds_nothing_when_empty),
        cmocka_unit_test(serves_several_threads),
    };
    return run_tests(tests);
}
