/* Real boundary files. */
#include <stdio.h>
#include <string.h>

#include "atlas/boundary.h"
#include "base/file.h"
#include "base/memory.h"
#include "check.h"

static void count_warning(void *user, const char *message) {
    size_t *n = user;
    *n += strstr(message, "made valid") != NULL;
}

/* Authorities, their area and their number of parts and holes: GeoPandas
 * (Shapely 1.8.5) on the same files; vertices: without closing points. */
static const struct {
    const char *folder;
    size_t authorities, records, repaired;
    size_t most_vertices;
    const char *vintage, *resolution, *code_field;
    bool is_lower_tier;
} sets[] = {{"ctyua_2024_buc", 218, 218, 0, 23964, "2024", "500 m (BUC)",
             "CTYUA24CD", false},
            {"ctyua_2024_buc_wgs84", 218, 218, 0, 23964, "2024", "500 m (BUC)",
             "CTYUA24CD", false},
            {"ctyua_2019_buc", 216, 216, 0, 19162, "2019", "500 m (BUC)",
             "ctyua19cd", false},
            {"ctyua_2024_bgc_ew", 174, 174, 0, 236248, "2024", "20 m (BGC)",
             "CTYUA24CD", false},
            {"utla_2014_2025", 218, 230, 13, 64877, "2014 to 2025",
             "200 m (BSC)", "areacd", false},
            {"lad_2024_buc", 361, 361, 0, 29150, "2024", "500 m (BUC)",
             "LAD24CD", true}};

static void loads_every_real_set(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char path[100];
        size_t n_warnings = 0, n_vertices = 0;
        hf_context *ctx;
        hf_boundaries *set;
        assert_int_equal(hf_context_new(&ctx), HF_OK);
        hf_context_set_warning_handler(ctx, count_warning, &n_warnings);
        snprintf(path, sizeof path, "boundaries/%s", sets[i].folder);
        assert_ok(ctx, hf_boundaries_open(ctx, check_data(path), NULL, &set));
        const hf_boundaries_info *info = hf_boundaries_get_info(set);
        assert_int_equal(info->authorities, sets[i].authorities);
        assert_int_equal(info->records, sets[i].records);
        assert_int_equal(info->repaired, sets[i].repaired);
        assert_int_equal(n_warnings, sets[i].repaired > 0);
        assert_true(info->vertices < sets[i].most_vertices);
        assert_true(info->vertices > sets[i].most_vertices * 96 / 100);
        assert_string_equal(info->vintage, sets[i].vintage);
        assert_string_equal(info->resolution_text, sets[i].resolution);
        assert_string_equal(info->code_field, sets[i].code_field);
        assert_string_equal(info->encoding, "UTF-8");
        assert_int_equal(info->is_lower_tier, sets[i].is_lower_tier);
        assert_true(info->accuracy_m >= 0 && info->accuracy_m <= 2);
        for (size_t k = 0; k < hf_boundaries_count(set); k++) {
            const hf_authority *a = hf_boundaries_authority(set, k);
            assert_true(a->country != HF_COUNTRY_OTHER);
            assert_true(*a->name && hf_lonlat_is_valid(a->centre));
            assert_true(a->area_m2 > 1e6 && a->parts > 0);
            n_vertices += a->vertices;
        }
        assert_int_equal(n_vertices, info->vertices);
        size_t mon = hf_boundaries_find_code(set, "W06000001", 9);
        assert_string_equal(hf_boundaries_authority(set, mon)->name,
                            "Isle of Anglesey");
        if (i < 3) {
            assert_string_equal(hf_boundaries_authority(set, mon)->name_cy,
                                "Ynys M\xC3\xB4n");
        }
        hf_boundaries_close(set);
        hf_context_free(ctx);
    }
}

static void selects_real_authorities_by_year(void **state) {
    (void)state;
    /* Counted with GeoPandas from the fields start and end. */
    static const struct {
        int as_of;
        size_t n;
        const char *has, *lacks;
    } cases[] = {{0, 218, "E06000066", "E10000027"},
                 {20150101, 217, "E10000002", "E06000060"},
                 {20190101, 216, "E06000058", "E06000028"},
                 {20210101, 217, "E06000061", "E10000021"},
                 {20230401, 218, "E06000063", "E10000006"},
                 {20250101, 218, "E08000038", "E08000016"}};
    const char *path = check_data("boundaries/utla_2014_2025");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hf_context *ctx;
        hf_boundaries *set;
        hf_boundaries_options options;
        hf_boundaries_options_init(&options);
        options.as_of = cases[i].as_of;
        assert_int_equal(hf_context_new(&ctx), HF_OK);
        assert_ok(ctx, hf_boundaries_open(ctx, path, &options, &set));
        assert_int_equal(hf_boundaries_count(set), cases[i].n);
        assert_true(hf_boundaries_find_code(set, cases[i].has, 9) !=
                    HF_NOWHERE);
        assert_true(hf_boundaries_find_code(set, cases[i].lacks, 9) ==
                    HF_NOWHERE);
        hf_boundaries_close(set);
        hf_context_free(ctx);
    }
}

static void longitude_and_latitude_give_the_same_set(void **state) {
    (void)state;
    hf_context *ctx;
    hf_boundaries *grid, *lonlat;
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    assert_ok(ctx,
              hf_boundaries_open(ctx, check_data("boundaries/ctyua_2024_buc"),
                                 NULL, &grid));
    assert_ok(ctx, hf_boundaries_open(
                       ctx, check_data("boundaries/ctyua_2024_buc_wgs84"), NULL,
                       &lonlat));
    for (size_t i = 0; i < hf_boundaries_count(grid); i++) {
        const hf_authority *a = hf_boundaries_authority(grid, i);
        const hf_authority *b = hf_boundaries_authority(lonlat, i);
        assert_string_equal(a->code, b->code);
        assert_int_equal(a->vertices, b->vertices);
        assert_near(a->centroid.x_m, b->centroid.x_m, 2.5);
        assert_near(a->centroid.y_m, b->centroid.y_m, 2.5);
        assert_near(b->area_m2 / a->area_m2, 1, 1e-4);
    }
    hf_boundaries_close(grid);
    hf_boundaries_close(lonlat);
    hf_context_free(ctx);
}

static void a_real_file_cut_anywhere_is_told(void **state) {
    (void)state;
    hf_context *ctx;
    char *parts[3];
    size_t lens[3];
    static const char *const names[] = {"shp", "dbf", "prj"};
    assert_int_equal(hf_context_new(&ctx), HF_OK);
    for (size_t i = 0; i < 3; i++) {
        char path[120];
        snprintf(path, sizeof path,
                 "boundaries/ctyua_2019_buc/CTYUA_DEC_2019_UK_BUC.%s",
                 names[i]);
        assert_ok(ctx,
                  hf__file_read(ctx, check_data(path), &parts[i], &lens[i]));
    }
    for (int i = 0; i < 300; i++) {
        size_t cut[2] = {lens[0], lens[1]};
        cut[i % 2] = check_random() % (lens[i % 2] - 1);
        hf_shapefile_bytes bytes = {.label = "cut.shp",
                                    .shp = parts[0],
                                    .shp_len = cut[0],
                                    .dbf = parts[1],
                                    .dbf_len = cut[1],
                                    .prj = parts[2],
                                    .prj_len = lens[2]};
        hf_boundaries *set;
        assert_status(ctx, hf_boundaries_open_bytes(ctx, &bytes, NULL, &set),
                      HF_ERR_DAMAGED);
        assert_contains(hf_context_message(ctx),
                        i % 2 ? "cut.dbf: cut short" : "cut.shp: cut short");
    }
    for (size_t i = 0; i < 3; i++) {
        hf__free(parts[i]);
    }
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_every_real_set),
        cmocka_unit_test(selects_real_authorities_by_year),
        cmocka_unit_test(longitude_and_latitude_give_the_same_set),
        cmocka_unit_test(a_real_file_cut_anywhere_is_told),
    };
    return run_tests(tests);
}
