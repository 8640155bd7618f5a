/* Importing postcode directories. Archives in tests/data/postcodes are made by
 * tools/make-postcode-fixtures. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/postcode_import.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/text.h"
#include "check.h"

#define FIXTURES "tests/data/postcodes/"

/* ---- from memory ------------------------------------------------------- */

typedef struct imported {
    hf_context *ctx;
    unsigned char *bytes;
    hf_postcodes *index;
    hf_postcodes_summary *summary;
} imported;

static imported import_as(const char *text, const char *label) {
    imported im = {0};
    assert_ok(NULL, hf_context_new(&im.ctx));
    size_t len;
    assert_ok(im.ctx,
              hf__postcodes_import_bytes(im.ctx, text, strlen(text), label,
                                         NULL, &im.bytes, &len, &im.summary));
    assert_ok(im.ctx,
              hf_postcodes_open_bytes(im.ctx, im.bytes, len, "x", &im.index));
    return im;
}

static imported import_text(const char *text) {
    return import_as(text, "x.csv");
}

static void done_with(imported *im) {
    hf_postcodes_close(im->index);
    hf_postcodes_summary_free(im->summary);
    hf__free(im->bytes);
    hf_context_free(im->ctx);
}

static hf_postcode_entry found_in(hf_context *ctx, const hf_postcodes *index,
                                  const char *text) {
    hf_postcode postcode;
    hf_postcode_entry entry = {.quality = -1};
    assert_true(hf_postcode_parse(text, strlen(text), &postcode));
    assert_ok(ctx, hf_postcodes_find(ctx, index, &postcode, &entry));
    return entry;
}

static hf_postcode_entry found(const imported *im, const char *text) {
    return found_in(im->ctx, im->index, text);
}

static void refuse(const char *text, hf_status status, const char *message) {
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    unsigned char *bytes;
    size_t len;
    hf_postcodes_summary *summary;
    assert_status(ctx,
                  hf__postcodes_import_bytes(ctx, text, strlen(text), "x.csv",
                                             NULL, &bytes, &len, &summary),
                  status);
    assert_contains(hf_context_message(ctx), message);
    hf_context_free(ctx);
}

static void takes_the_columns_of_any_issue(void **state) {
    (void)state;
    static const char *const files[] = {
        "pcd,oseast1m,osnrth1m,laua\nSG13 8DE,532414,211995,E07000242\n",
        "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,oseast1m,osnrth1m,osgrdind\n"
        "SG138DE,SG13 8DE,SG13 8DE,198001,,E10000015,E07000242,0532414,0211995,"
        "1\n",
        "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,east1m,north1m,gridind\n"
        "SG138DE,SG13 8DE,SG13 8DE,198001,,E10000015,E07000242,532414,211995,1"
        "\n",
        "LAD24CD,NORTH1M,EAST1M,PCD8\nE07000242,211995,532414,SG13 8DE\n",
        "\xEF\xBB\xBF\"pcds\",\"oseast1m\",\"osnrth1m\",\"laua\"\r\n"
        "\"SG13 8DE\",\"532414\",\"211995\",\"E07000242\"\r\n",
        "laua,x,pcd,osnrth1m,oseast1m\r\n"
        "E07000242,\"a \"\"b\"\", c\",sg138de,211995,532414", /* no last end */
        "\n\npcd , oseast1m,osnrth1m ,laua\n\n"
        " SG13 8DE , 532414 ,211995.0, E07000242 \n\n",
        "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n"
        "SG13 8DE,10,532414,211995,E92000001,E19000001,E18000006,E10000015,"
        "E07000242,E05009040\n",
        "\"SG138DE\",10,532414,211995,\"E92000001\",\"\",\"\",\"E10000015\","
        "\"E07000242\",\"E05009040\"\r\n",
        "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,"
        "Admin_county_code,Admin_district_code\n"
        "SG13 8DE,10,532414,211995,E92000001,E10000015,E07000242\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        imported im = import_text(files[i]);
        assert_int_equal(im.summary->rows, 1);
        assert_int_equal(im.summary->damaged, 0);
        hf_postcode_entry entry = found(&im, "SG13 8DE");
        assert_true(entry.has_point);
        assert_near(entry.grid.x_m, 532414, 0);
        assert_near(entry.grid.y_m, 211995, 0);
        assert_string_equal(entry.authority_code, "E07000242");
        done_with(&im);
    }
}

static void keeps_county_quality_and_life(void **state) {
    (void)state;
    imported im = import_text(
        "pcds,dointr,doterm,cty25cd,lad25cd,east1m,north1m,gridind\n"
        "SG13 8DE,198001,,E10000015,E07000242,532414,211995,1\n"
        "IV1 1AA,198001,201506,S99999999,S12000017,266758,845637,8\n");
    hf_postcode_entry entry = found(&im, "SG13 8DE");
    assert_string_equal(entry.county_code, "E10000015");
    assert_int_equal(entry.quality, 1);
    assert_int_equal(entry.life, HF_POSTCODE_LIVE);
    entry = found(&im, "IV1 1AA");
    assert_string_equal(entry.county_code, ""); /* stands for none */
    assert_int_equal(entry.quality, 8);
    assert_int_equal(entry.life, HF_POSTCODE_TERMINATED);
    assert_true(im.summary->info.has_life);
    assert_int_equal(im.summary->info.terminated, 1);
    assert_int_equal(im.summary->info.year, 2015); /* the newest date */
    assert_int_equal(im.summary->info.month, 6);
    assert_contains(im.summary->columns, "authority: lad25cd");
    done_with(&im);

    im = import_text("pcd,oseast1m,osnrth1m,laua\nM1 1AA,384000,398000,x\n");
    assert_int_equal(found(&im, "M1 1AA").life, HF_POSTCODE_LIFE_UNKNOWN);
    assert_false(im.summary->info.has_life);
    assert_int_equal(im.summary->info.year, 0);
    assert_string_equal(im.summary->info.product, "postcode directory");
    done_with(&im);
}

static void keeps_rows_without_a_grid_reference(void **state) {
    (void)state;
    imported im = import_text(
        "pcd,oseast1m,osnrth1m,osgrdind,laua\n"
        "M1 1AA,,,9,E08000003\n"
        "M1 1AB,0,0,9,E08000003\n"
        "M1 1AD,0000000,0000000,,E08000003\n"
        "M1 1AE,384000,398000,9,E08000003\n"
        "IM1 1AA,,,9,M99999999\n");
    static const char *const texts[] = {"M1 1AA", "M1 1AB", "M1 1AD", "M1 1AE",
                                        "IM1 1AA"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf_postcode_entry entry = found(&im, texts[i]);
        assert_false(entry.has_point);
        assert_true(isnan(entry.grid.x_m) && isnan(entry.grid.y_m));
    }
    assert_string_equal(found(&im, "M1 1AA").authority_code, "E08000003");
    assert_string_equal(found(&im, "IM1 1AA").authority_code, "M99999999");
    assert_int_equal(im.summary->info.without_point, 5);
    done_with(&im);

    im = import_text(
        "pcd,oseast1m,osnrth1m,lat,long,laua\n"
        "M1 1AA,1,1,99.999999,0.000000,E08000003\n"
        "M1 1AB,384000,398000,53.478,-2.242,E08000003\n");
    assert_false(found(&im, "M1 1AA").has_point);
    assert_true(found(&im, "M1 1AB").has_point);
    done_with(&im);
}

static void reads_northern_ireland_on_the_irish_grid(void **state) {
    (void)state;
    imported im = import_text(
        "pcd,oseast1m,osnrth1m,laua\n"
        "BT1 5GS,333832,374014,N09000003\n"
        "B1 1AA,406000,286000,E08000025\n");
    assert_int_equal(found(&im, "BT1 5GS").kind, HF_COORDINATE_IRISH_GRID);
    assert_int_equal(found(&im, "B1 1AA").kind, HF_COORDINATE_GRID);
    done_with(&im);
    /* Belfast as the British grid has it: read as Irish it would lie in the
     * sea. */
    refuse("pcd,oseast1m,osnrth1m,laua\nBT1 5GS,146000,529000,N09000003\n",
           HF_ERR_DAMAGED, "not on the Irish Grid");
}

static void takes_the_last_of_duplicates(void **state) {
    (void)state;
    imported im = import_text(
        "pcd,oseast1m,osnrth1m,laua\n"
        "M1 1AA,384000,398000,E08000003\n"
        "M11AA,384001,398001,E08000004\n"
        "m1 1aa,384002,398002,E08000005\n");
    assert_int_equal(im.summary->rows, 3);
    assert_int_equal(im.summary->duplicates, 2);
    assert_int_equal(im.summary->info.postcodes, 1);
    assert_near(found(&im, "M1 1AA").grid.x_m, 384002, 0);
    assert_string_equal(found(&im, "M1 1AA").authority_code, "E08000005");
    done_with(&im);
}

/* 200 sound rows and the given ones behind them. */
static char *with_sound_rows(const char *header, const char *rows) {
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add_text(&text, header);
    for (int i = 0; i < 200; i++) {
        hf__buf_add_format(&text, "M%d 1A%c,384000,398000,E08000003,1,\n",
                           i / 20 + 1, 'A' + i % 20);
    }
    hf__buf_add_text(&text, rows);
    return hf__buf_take(&text);
}

static void counts_unusable_rows_with_their_lines(void **state) {
    (void)state;
    static const struct {
        const char *row;
        const char *reason;
    } cases[] = {
        {"M1 1AA,384000", "fewer cells"},
        {"\"M1 1AA,384000,398000,E08000003,1,", "quote"},
        {"\"M1\"1AA,384000,398000,E08000003,1,", "quote"},
        {"M1 1A,384000,398000,E08000003,1,", "not a full postcode"},
        {",384000,398000,E08000003,1,", "not a full postcode"},
        {"Hertford,384000,398000,E08000003,1,", "not a full postcode"},
        {"M1 1AA,x,398000,E08000003,1,", "whole number"},
        {"M1 1AA,-1,398000,E08000003,1,", "whole number"},
        {"M1 1AA,384000.5,398000,E08000003,1,", "whole number"},
        {"M1 1AA,99999999999,398000,E08000003,1,", "whole number"},
        {"M1 1AA,384000,,E08000003,1,", "without a northing"},
        {"M1 1AA,,398000,E08000003,1,", "without a northing"},
        {"M1 1AA,784000,398000,E08000003,1,", "British National Grid"},
        {"M1 1AA,384000,1398000,E08000003,1,", "British National Grid"},
        {"M1 1AA,384000,398000,not a code,1,", "authority code"},
        {"M1 1AA,384000,398000,E08000003E08000003,1,", "authority code"},
        {"M1 1AA,384000,398000,E08000003,10,", "positional quality"},
        {"M1 1AA,384000,398000,E08000003,1,soon", "date"},
        {"M1 1AA,384000,398000,E08000003,1,201513", "date"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[128];
        snprintf(rows, sizeof rows, "%s\nM99 9ZZ,1,1,E08000003,1,\n",
                 cases[i].row);
        char *text = with_sound_rows(
            "pcd,oseast1m,osnrth1m,laua,osgrdind,doterm\n", rows);
        imported im = import_text(text);
        assert_int_equal(im.summary->rows, 202);
        assert_int_equal(im.summary->damaged, 1);
        assert_int_equal(im.summary->n_reasons, 1);
        assert_contains(im.summary->reasons[0].text, cases[i].reason);
        assert_int_equal(im.summary->reasons[0].rows, 1);
        assert_string_equal(im.summary->reasons[0].where, "x.csv:202");
        found(&im, "M99 9ZZ"); /* the row behind is not lost with it */
        done_with(&im);
        hf__free(text);
    }
}

static void lists_the_commonest_reason_first(void **state) {
    (void)state;
    char *text = with_sound_rows(
        "pcd,oseast1m,osnrth1m,laua,osgrdind,doterm\n",
        "x,1,1,E08000003,1,\nx,1,1,E08000003,1,\nx,1,1,E08000003,1,\n"
        "x,1,1,E08000003,1,\nx,1,1,E08000003,1,\nx,1,1,E08000003,1,\n"
        "x,1,1,E08000003,1,\nx,1,1,E08000003,1,\nx,1,1,E08000003,1,\n"
        "M1 1AA,1,,E08000003,1,\n");
    imported im = import_text(text);
    assert_int_equal(im.summary->n_reasons, 2);
    assert_int_equal(im.summary->reasons[0].rows, 9); /* commonest first */
    assert_string_equal(im.summary->reasons[1].where, "x.csv:211");
    assert_int_equal(im.summary->damaged, 10);
    done_with(&im);
    hf__free(text);
}

static void refuses_what_is_no_directory(void **state) {
    (void)state;
    refuse("", HF_ERR_UNSUITABLE, "no rows");
    refuse("pcd,oseast1m,osnrth1m,laua\n", HF_ERR_UNSUITABLE, "no rows");
    refuse("name,age\nx,1\n", HF_ERR_NOT_FOUND, "postcodes (pcds");
    refuse("pcd,laua\nM1 1AA,E08000003\n", HF_ERR_NOT_FOUND, "eastings");
    refuse("pcd,oseast1m,laua\n", HF_ERR_NOT_FOUND, "northings");
    refuse("pcd,oseast1m,osnrth1m,lad24cd,lad25cd\nM1 1AA,1,1,a,b\n",
           HF_ERR_AMBIGUOUS, "authority codes");
    refuse("pcd,oseast1m,osnrth1m,laua\nx,1,1,a\ny,1,1,a\nM1 1AA,1,1,a\n",
           HF_ERR_DAMAGED, "2 of 3 rows");
    refuse("pcd,oseast1m,osnrth1m,laua\nSG13 8D,1,1,a\n", HF_ERR_DAMAGED,
           "x.csv:2");
}

static void refuses_a_line_beyond_measure(void **state) {
    (void)state;
    hf__buf line;
    hf__buf_init(&line);
    hf__buf_add_text(&line, "pcd,oseast1m,osnrth1m,laua\n");
    for (int i = 0; i < 100000; i++) {
        hf__buf_add_text(&line, "xxxxxxxxxx");
    }
    char *text = hf__buf_take(&line);
    refuse(text, HF_ERR_DAMAGED, "x.csv:2: a line of more than");
    hf__free(text);
}

static void remember(void *user, const char *message) {
    snprintf(user, 256, "%s", message);
}

static void warns_where_no_column_has_authorities(void **state) {
    (void)state;
    static const char text[] = "pcd,oseast1m,osnrth1m\nM1 1AA,384000,398000\n";
    char warning[256] = "";
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    hf_context_set_warning_handler(ctx, remember, warning);
    unsigned char *bytes;
    size_t len;
    hf_postcodes_summary *summary;
    assert_ok(ctx, hf__postcodes_import_bytes(ctx, text, strlen(text), "x.csv",
                                              NULL, &bytes, &len, &summary));
    assert_contains(warning, "no column of authority codes");
    hf_postcodes_summary_free(summary);
    hf__free(bytes);
    hf_context_free(ctx);
}

static void reads_the_month_from_names(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int year, month;
    } cases[] = {
        {"ONSPD_NOV_2025_UK.csv", 2025, 11},
        {"onspd_nov2025_gb.csv.gz", 2025, 11},
        {"NSPL21_MAY_2025_UK.csv", 2025, 5},
        {"NSPL_FEB_2024_UK.zip", 2024, 2},
        {"ONS Postcode Directory (August 2023).zip", 2023, 8},
        {"codepo-2024-02.zip", 2024, 2},
        {"pc_202511.csv", 2025, 11},
        {"codepo_gb.zip", 0, 0},
        {"ab.csv", 0, 0},
        {"marchand2025.csv", 0, 0},
        {"x202599.csv", 0, 0},
        {"may.csv", 0, 0},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int year = 0, month = 0;
        assert_int_equal(hf__postcode_vintage(cases[i].name, &year, &month),
                         cases[i].year != 0);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(month, cases[i].month);
    }
}

static void survives_any_damage_to_a_row(void **state) {
    (void)state;
    char *text =
        with_sound_rows("pcd,oseast1m,osnrth1m,laua,osgrdind,doterm\n", "");
    size_t len = strlen(text);
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    for (int i = 0; i < 3000; i++) {
        size_t at = check_random() % len;
        char kept = text[at];
        text[at] = (char)(check_random() % 256);
        unsigned char *bytes = NULL;
        size_t index_len;
        hf_postcodes_summary *summary = NULL;
        if (!hf__postcodes_import_bytes(ctx, text, len, "x.csv", NULL, &bytes,
                                        &index_len, &summary)) {
            assert_int_equal(
                summary->rows - summary->damaged - summary->duplicates,
                summary->info.postcodes);
        }
        hf_postcodes_summary_free(summary);
        hf__free(bytes);
        text[at] = kept;
    }
    hf_context_free(ctx);
    hf__free(text);
}

/* ---- files ------------------------------------------------------------- */

static char folder[64];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/howfar-test-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

/* A folder and what is in it. */
static void remove_all(const char *path) {
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char below[512];
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0 && unlink(below)) {
            remove_all(below);
        }
    }
    if (dir) {
        closedir(dir);
    }
    rmdir(path);
}

static int remove_folder(void **state) {
    (void)state;
    remove_all(folder);
    return access(folder, F_OK) ? 0 : 1;
}

static const char *in_folder(const char *name) {
    static char paths[4][512];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const char *text, size_t len) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static size_t count_files(const char *path) {
    DIR *dir = opendir(path);
    assert_non_null(dir);
    size_t n = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        n += entry->d_name[0] != '.';
    }
    closedir(dir);
    return n;
}

static void imports_archives_as_distributed(void **state) {
    (void)state;
    static const struct {
        const char *file;
        const char *product;
        int year, month;
        size_t postcodes, without_point;
    } cases[] = {
        {"ONSPD_NOV_2025.zip", "ONSPD", 2025, 11, 4, 1},
        {"NSPL_parts.zip", "NSPL", 2024, 5, 3, 0},
        {"codepo_gb.zip", "Code-Point Open", 0, 0, 3, 1},
        {"onspd.csv.gz", "ONSPD", 2015, 6, 4, 1},
        {"onspd-two-members.csv.gz", "ONSPD", 2015, 6, 4, 1},
    };
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[256];
        snprintf(path, sizeof path, FIXTURES "%s", cases[i].file);
        const char *paths[] = {path};
        const char *target = in_folder("p.index");
        hf_postcodes_summary *summary;
        assert_ok(ctx,
                  hf_postcodes_import(ctx, paths, 1, target, NULL, &summary));
        hf_postcodes *index;
        assert_ok(ctx, hf_postcodes_open(ctx, target, &index));
        const hf_postcodes_info *info = hf_postcodes_get_info(index);
        assert_string_equal(info->product, cases[i].product);
        assert_string_equal(info->source, cases[i].file);
        assert_int_equal(info->year, cases[i].year);
        assert_int_equal(info->month, cases[i].month);
        assert_int_equal(info->postcodes, cases[i].postcodes);
        assert_int_equal(info->without_point, cases[i].without_point);
        assert_string_equal(summary->info.source, info->source);
        hf_postcode_entry entry = found_in(ctx, index, "SG13 8DE");
        assert_near(entry.grid.x_m, 532414, 0);
        assert_string_equal(entry.authority_code, "E07000242");
        assert_string_equal(entry.county_code, "E10000015");
        assert_int_equal(entry.life, HF_POSTCODE_LIVE);
        hf_postcodes_close(index);
        hf_postcodes_summary_free(summary);
    }
    hf_context_free(ctx);
}

static void refuses_archives_that_do_not_say_what_to_take(void **state) {
    (void)state;
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    const char *paths[] = {FIXTURES "two.zip"};
    hf_postcodes_summary *summary;
    assert_status(ctx,
                  hf_postcodes_import(ctx, paths, 1, in_folder("p.index"), NULL,
                                      &summary),
                  HF_ERR_AMBIGUOUS);
    paths[0] = FIXTURES "none.zip";
    assert_status(ctx,
                  hf_postcodes_import(ctx, paths, 1, in_folder("p.index"), NULL,
                                      &summary),
                  HF_ERR_NOT_FOUND);
    paths[0] = in_folder("missing.csv");
    assert_status(ctx,
                  hf_postcodes_import(ctx, paths, 1, in_folder("p.index"), NULL,
                                      &summary),
                  HF_ERR_IO);
    assert_contains(hf_context_message(ctx), "missing.csv");
    hf_context_free(ctx);
}

static char *read_fixture(const char *name, size_t *len) {
    char path[256];
    snprintf(path, sizeof path, FIXTURES "%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = hf__calloc(65536, 1);
    *len = fread(bytes, 1, 65536, file);
    fclose(file);
    return bytes;
}

/* Cut off anywhere, or with any byte changed: an error, or the same rows. */
static void refuses_damaged_archives(void **state) {
    (void)state;
    static const char *const names[] = {"onspd.csv.gz", "ONSPD_NOV_2025.zip",
                                        "onspd-two-members.csv.gz"};
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        size_t len, index_len;
        char *bytes = read_fixture(names[k], &len);
        for (size_t at = 0; at < 2 * len; at++) {
            char *copy = hf__calloc(len, 1);
            memcpy(copy, bytes, len);
            size_t kept = at < len ? at : len;
            if (at >= len) {
                copy[at - len] = (char)~copy[at - len];
            }
            unsigned char *index = NULL;
            hf_postcodes_summary *summary = NULL;
            hf_status status =
                hf__postcodes_import_bytes(ctx, copy, kept, "ONSPD.csv", NULL,
                                           &index, &index_len, &summary);
            if (!status) {
                /* What gzip and zip say about a file besides its bytes; and a
                 * whole first member is a whole file. */
                bool is_part = k == 2 && at < len;
                assert_true(is_part || summary->info.postcodes == 4);
                assert_true(is_part || at >= len);
            }
            hf_postcodes_summary_free(summary);
            hf__free(index);
            hf__free(copy);
        }
        hf__free(bytes);
    }
    hf_context_free(ctx);
}

static void joins_several_files(void **state) {
    (void)state;
    static const char sg[] =
        "SG138DE,10,532414,211995,E92000001,,,E10000015,E07000242,E05009040\n";
    static const char ze[] =
        "ZE1 0AA,10,447759,1141280,S92000003,,,,S12000027,S13002771\n";
    write_file(in_folder("sg.csv"), sg, strlen(sg));
    write_file(in_folder("ze.csv"), ze, strlen(ze));
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    const char *paths[] = {in_folder("sg.csv"), in_folder("ze.csv")};
    hf_postcodes_import_options options;
    hf_postcodes_import_options_init(&options);
    options.year = 2024;
    options.month = 2;
    hf_postcodes_summary *summary;
    assert_ok(ctx, hf_postcodes_import(ctx, paths, 2, in_folder("p.index"),
                                       &options, &summary));
    assert_int_equal(summary->info.postcodes, 2);
    assert_string_equal(summary->info.source, "sg.csv and 1 more");
    assert_string_equal(summary->info.product, "Code-Point Open");
    assert_int_equal(summary->info.year, 2024);
    assert_true(summary->info.has_life);
    hf_postcodes_summary_free(summary);
    hf_context_free(ctx);
}

static void writes_below_the_data_folder(void **state) {
    (void)state;
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    char path[512], expected[512];
    setenv("XDG_DATA_HOME", in_folder("deep/share"), 1);
    assert_ok(ctx, hf_postcodes_default_path(ctx, path, sizeof path));
    snprintf(expected, sizeof expected, "%s/deep/share/howfar/postcodes.index",
             folder);
    assert_string_equal(path, expected);

    const char *paths[] = {FIXTURES "onspd.csv.gz"};
    hf_postcodes_summary *summary;
    mode_t before = umask(022);
    assert_ok(ctx, hf_postcodes_import(ctx, paths, 1, NULL, NULL, &summary));
    umask(before);
    assert_string_equal(summary->info.path, expected);
    hf_postcodes_summary_free(summary);
    struct stat status;
    assert_int_equal(stat(expected, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);
    assert_int_equal(count_files(in_folder("deep/share/howfar")), 1);

    setenv("XDG_DATA_HOME", "relative", 1); /* ignored, as XDG has it */
    setenv("HOME", "/home/x", 1);
    assert_ok(ctx, hf_postcodes_default_path(ctx, path, sizeof path));
    assert_string_equal(path, "/home/x/.local/share/howfar/postcodes.index");
    assert_status(ctx, hf_postcodes_default_path(ctx, path, 10), HF_ERR_RANGE);
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    assert_status(ctx, hf_postcodes_default_path(ctx, path, sizeof path),
                  HF_ERR_NOT_FOUND);
    hf_context_free(ctx);
}

static bool stop(void *user, uint64_t rows, uint64_t bytes, uint64_t total) {
    ++*(int *)user;
    (void)rows;
    assert_true(bytes <= total);
    return false;
}

/* Whatever goes wrong, the index that was there stays, and nothing is left. */
static void leaves_the_old_index_alone(void **state) {
    (void)state;
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    const char *paths[] = {FIXTURES "onspd.csv.gz"};
    const char *target = in_folder("p.index");
    hf_postcodes_summary *summary;
    assert_ok(ctx, hf_postcodes_import(ctx, paths, 1, target, NULL, &summary));
    hf_postcodes_summary_free(summary);
    size_t n_files = count_files(folder);

    int calls = 0;
    hf_postcodes_import_options options;
    hf_postcodes_import_options_init(&options);
    options.progress = stop;
    options.progress_user = &calls;
    assert_status(
        ctx, hf_postcodes_import(ctx, paths, 1, target, &options, &summary),
        HF_ERR_CANCELLED);
    assert_int_equal(calls, 1);
    const char *wrong[] = {"Makefile"};
    assert_status(ctx,
                  hf_postcodes_import(ctx, wrong, 1, target, NULL, &summary),
                  HF_ERR_NOT_FOUND);
    hf_postcodes *index;
    assert_ok(ctx, hf_postcodes_open(ctx, target, &index));
    assert_int_equal(hf_postcodes_get_info(index)->postcodes, 4);
    hf_postcodes_close(index);
    assert_int_equal(count_files(folder), n_files);

    /* A folder that is a file. */
    char below[512];
    snprintf(below, sizeof below, "%s/x/y.index", target);
    assert_status(ctx,
                  hf_postcodes_import(ctx, paths, 1, below, NULL, &summary),
                  HF_ERR_IO);
    hf_context_free(ctx);
}

/* ---- the real directory ------------------------------------------------ */

/* Whether the index says what a line of the directory does: postcode, easting,
 * northing, lower-tier code. */
static bool agrees(hf_context *ctx, const hf_postcodes *index, hf__str line) {
    hf__str cells[4] = {{"", 0}};
    for (int i = 0; i < 4; i++) {
        size_t len = 0;
        while (len < line.len && line.at[len] != ',') {
            len++;
        }
        cells[i] = (hf__str){line.at, len};
        len += len < line.len;
        line.at += len;
        line.len -= len;
    }
    double easting, northing;
    hf_postcode postcode;
    hf_postcode_entry entry;
    return hf__parse_double(cells[1], &easting) &&
           hf__parse_double(cells[2], &northing) &&
           hf_postcode_parse(cells[0].at, cells[0].len, &postcode) &&
           !hf_postcodes_find(ctx, index, &postcode, &entry) &&
           entry.grid.x_m == easting && entry.grid.y_m == northing &&
           hf__str_is(hf__str_trim(cells[3]), entry.authority_code);
}

/* How many lines of a file agree; the first is its header. */
static size_t count_right(hf_context *ctx, const hf_postcodes *index,
                          const char *path, size_t *out_rows) {
    hf__source *source;
    assert_ok(ctx, hf__source_open(ctx, path, &source));
    static char buffer[65536];
    size_t right = 0, lines = 0, have = 0, n;
    do {
        assert_ok(ctx, hf__source_read(ctx, source, buffer + have,
                                       sizeof buffer - have, &n));
        const char *line = buffer, *end = buffer + have + n, *stop;
        while ((stop = memchr(line, '\n', (size_t)(end - line)))) {
            hf__str text = {line, (size_t)(stop - line)};
            right += lines && agrees(ctx, index, text);
            lines++;
            line = stop + 1;
        }
        have = (size_t)(end - line);
        memmove(buffer, line, have);
    } while (n);
    hf__source_close(source);
    *out_rows = lines - 1;
    return right;
}

static void finds_every_row_of_the_real_directory(void **state) {
    (void)state;
    const char *source = check_data("postcodes/onspd_nov2025_gb.csv.gz");
    const char *sample = check_data("postcodes/onspd_sample_40k_gb.csv");
    hf_context *ctx;
    assert_ok(NULL, hf_context_new(&ctx));
    const char *target = in_folder("real.index");
    hf_postcodes_summary *summary;
    assert_ok(ctx,
              hf_postcodes_import(ctx, &source, 1, target, NULL, &summary));
    assert_int_equal(summary->rows, 2636121);
    assert_int_equal(summary->info.postcodes, 2636121);
    assert_int_equal(summary->damaged, 0);
    assert_int_equal(summary->duplicates, 0);
    assert_int_equal(summary->info.year, 2025);
    assert_int_equal(summary->info.month, 11);
    assert_true(summary->info.bytes < 40000000);
    hf_postcodes_summary_free(summary);

    hf_postcodes *index;
    assert_ok(ctx, hf_postcodes_open(ctx, target, &index));
    assert_ok(ctx, hf_postcodes_verify(ctx, index));
    size_t rows;
    assert_int_equal(count_right(ctx, index, sample, &rows), 40000);
    assert_int_equal(rows, 40000);

    assert_int_equal(count_right(ctx, index, source, &rows), 2636121);
    hf_postcodes_close(index);
    hf_context_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_columns_of_any_issue),
        cmocka_unit_test(keeps_county_quality_and_life),
        cmocka_unit_test(keeps_rows_without_a_grid_reference),
        cmocka_unit_test(reads_northern_ireland_on_the_irish_grid),
        cmocka_unit_test(takes_the_last_of_duplicates),
        cmocka_unit_test(counts_unusable_rows_with_their_lines),
        cmocka_unit_test(lists_the_commonest_reason_first),
        cmocka_unit_test(refuses_what_is_no_directory),
        cmocka_unit_test(refuses_a_line_beyond_measure),
        cmocka_unit_test(warns_where_no_column_has_authorities),
        cmocka_unit_test(reads_the_month_from_names),
        cmocka_unit_test(survives_any_damage_to_a_row),
        cmocka_unit_test(imports_archives_as_distributed),
        cmocka_unit_test(refuses_archives_that_do_not_say_what_to_take),
        cmocka_unit_test(refuses_damaged_archives),
        cmocka_unit_test(joins_several_files),
        cmocka_unit_test(writes_below_the_data_folder),
        cmocka_unit_test(leaves_the_old_index_alone),
        cmocka_unit_test(finds_every_row_of_the_real_directory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
