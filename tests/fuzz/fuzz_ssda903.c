/* Fuzzes SSDA903 returns as CSV: the file, a UASC file and last year's, parted
 * by NUL bytes. The derived fields are never out of range, and findings come in
 * order of rows and show no text of the file. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "howfar/howfar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

static hf_context *ctx;
static hf_boundaries *set;
static hf_places *places;
static hf_adjacency *adjacency;
static size_t home;

static void set_up(void) {
    static const char *const paths[] = {"tests/data/ssda903/directory.csv"};
    char index[] = "/tmp/howfar-fuzz-XXXXXX";
    int fd = mkstemp(index);
    hf_postcodes_summary *summary = NULL;
    hf_places_options options;
    check(fd >= 0 && !close(fd) && hf_context_new(&ctx) == HF_OK &&
          hf_context_set_data_dir(ctx, "shapes") == HF_OK &&
          hf_boundaries_open(ctx, "shapes/howfar.shp", NULL, &set) == HF_OK &&
          hf_adjacency_new(ctx, set, NULL, &adjacency) == HF_OK &&
          hf_postcodes_import(ctx, paths, 1, index, NULL, &summary) == HF_OK);
    hf_postcodes_summary_free(summary);
    hf_places_options_init(&options);
    options.postcodes = index;
    const hf_postcodes *postcodes;
    check(hf_places_open(ctx, set, &options, &places) == HF_OK &&
          hf_places_postcodes(ctx, places, &postcodes) == HF_OK);
    check(!unlink(index)); /* it stays mapped */
    home = hf_boundaries_find_code(set, "E10000015", 9);
}

/* A nameless file of the bytes up to a NUL, which are taken off. */
static int take_file(const char **at, size_t *left) {
    size_t len = strnlen(*at, *left);
    FILE *file = tmpfile();
    check(file != NULL);
    int fd = dup(fileno(file));
    check(fd >= 0 && pwrite(fd, *at, len, 0) == (ssize_t)len &&
          !lseek(fd, 0, SEEK_SET));
    fclose(file);
    len += len < *left;
    *at += len;
    *left -= len;
    return fd;
}

static bool is_shown(const char *text) {
    return strspn(text, "0123456789.-") == strlen(text) || strlen(text) <= 13 ||
           !strncmp(text, "IN, ", 4);
}

static hf_status check_finding(void *user,
                               const hf_reconcile_finding *finding) {
    uint64_t *row = user;
    check(finding->row >= *row && finding->rule < HF_RECONCILE_RULES);
    check(is_shown(finding->says) && is_shown(finding->should));
    *row = finding->row;
    return HF_OK;
}

static hf_status check_row(void *user, const hf_annotated_row *row) {
    (void)user;
    const hf_ssda903_row *official = row->ssda903;
    if (official) {
        double tenths = official->miles * 10;
        check(isnan(tenths) ||
              (official->has_miles && tenths >= 0 && tenths < 9999.5 &&
               fabs(tenths - round(tenths)) < 1e-9));
        check(strlen(official->la) < sizeof official->la);
        check(!official->is_short_break ||
              (!official->la[0] && !official->location));
    }
    return HF_OK;
}

static void reconcile(hf_reconcile_options *options, int fd) {
    uint64_t row = 0;
    hf_reconcile_summary *summary;
    options->found = check_finding;
    options->found_user = &row;
    if (hf_reconcile(ctx, set, places, adjacency, options, fd, "f.csv",
                     &summary)) {
        check(hf_context_message(ctx)[0]);
        return;
    }
    check(summary->rows_found <= summary->rows &&
          summary->rows_found <= summary->findings);
    hf_reconcile_summary_free(summary);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 20000) {
        return 0;
    }
    if (!ctx) {
        set_up();
    }
    const char *at = (const char *)data;
    int fd = take_file(&at, &size), uasc = take_file(&at, &size);
    hf_reconcile_options options;
    hf_annotate_summary *summary;
    hf_ssda903_children *children;
    hf_reconcile_options_init(&options);
    options.annotate.home = home;
    options.annotate.threads = 1;
    options.annotate.row = check_row;
    check(hf_ssda903_children_new(ctx, &children) == HF_OK);
    if (!hf_ssda903_children_read_uasc(ctx, children, uasc, "u.csv")) {
        options.annotate.uasc = children;
    }
    /* One or the other: each takes its time. */
    if (!size && !hf_annotate(ctx, set, places, adjacency, &options.annotate,
                              fd, "f.csv", -1, &summary)) {
        hf_annotate_summary_free(summary);
    }
    if (size) {
        options.previous_fd = take_file(&at, &size);
        options.previous_label = "p.csv";
    }
    check(!lseek(fd, 0, SEEK_SET));
    reconcile(&options, fd);
    hf_ssda903_children_free(children);
    if (options.previous_fd >= 0) {
        close(options.previous_fd);
    }
    close(uasc);
    close(fd);
    return 0;
}
