/* Tables: the distances of authorities, or a report on placements. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/distances.h"
#include "cli/picture.h"
#include "cli/provenance.h"
#include "cli/summary.h"

typedef struct request {
    placements p;
    summary sum;
    picture map;
    distances d;
    const char *template, *year;
    bool is_all;
} request;

/* ---- the report on placements ----------------------------------------------
 */

static const char *text_or_null(const char *text) {
    return *text ? text : NULL;
}

/* "2024", or "202324". */
static bool is_year(const char *text) {
    size_t len = strlen(text);
    return strspn(text, "0123456789") == len && (len == 4 || len == 6);
}

static hf_status write_report(request *r, hf_document *document) {
    hf_context *ctx = r->p.s.ctx;
    if (!r->template) {
        return hf_report_write(ctx, r->sum.report, document);
    }
    hf_template kind;
    hf_authority_codes codes;
    size_t home = r->p.options.home;
    hf_status status = hf_template_parse(ctx, r->template, &kind);
    status = status ? status
                    : hf_authority_find_codes(ctx, r->p.s.set, home, &codes);
    if (status) {
        return status;
    }
    const hf_authority *a = hf_boundaries_authority(r->p.s.set, home);
    const hf_template_place place = {
        .time_period = r->year,
        .time_identifier = "Reporting year",
        .country_code = text_or_null(codes.country_code),
        .country_name = text_or_null(codes.country),
        .region_code = text_or_null(codes.region_code),
        .region_name = text_or_null(codes.region),
        .old_la_code = text_or_null(codes.dfe_code),
        .new_la_code = a->code,
        .la_name = a->name};
    return hf_report_write_template(ctx, r->sum.report, kind, &place, document);
}

static int print_report(request *r) {
    hf_document *document;
    int exit_status;
    hf_status status = hf_document_new(r->p.s.ctx, &document);
    if (!status && r->p.s.format == HF_FORMAT_HTML && !r->template &&
        !picture_add(&r->map, document, &exit_status)) {
        hf_document_free(document);
        return exit_status;
    }
    status = status ? status : write_report(r, document);
    if (status) {
        hf_document_free(document);
        return session_failed(&r->p.s, status);
    }
    if (!r->p.s.quiet) {
        placements_print_rows(r->sum.read);
        summary_print_rule(&r->sum);
    }
    summary_add_facts(&r->sum, document);
    provenance_add_read(&r->p, r->sum.read, document);
    return session_print(&r->p.s, document);
}

static int run_report(request *r, const char *path) {
    int status;
    if (!r->p.home) {
        cli_error("table FILE wants --home NAME; see howfar table --help");
        return CLI_WRONG_USAGE;
    }
    if (r->year && !is_year(r->year)) {
        cli_error("--year: 2024, or 202324");
        return CLI_WRONG_USAGE;
    }
    r->sum.is_dfe = r->template != NULL;
    if (placements_open(&r->p, path, &status) &&
        summary_read(&r->sum, &status)) {
        status = print_report(r);
    }
    summary_close(&r->sum);
    placements_close(&r->p);
    return status;
}

/* ---- distances -------------------------------------------------------------
 */

static int run_distances(request *r) {
    int status;
    if ((r->p.home != NULL) == r->is_all) {
        cli_error(
            "table wants a file, or --home NAME, or --all; see howfar table "
            "--help");
        return CLI_WRONG_USAGE;
    }
    r->d.s = &r->p.s;
    r->d.home = r->p.home;
    progress_start(&r->d.progress, r->p.s.quiet);
    if (session_open(&r->p.s, true, &status)) {
        status = r->is_all ? distances_print_all(&r->d)
                           : distances_print_from(&r->d);
    }
    session_close(&r->p.s);
    return status;
}

static int run(int argc, char **argv) {
    request r = {.d = {.sort = "nearest", .measure = "centre"}};
    placements_init(&r.p);
    summary_init(&r.sum, &r.p);
    picture_init(&r.map, &r.p);
    r.map.sum = &r.sum;
    r.p.takes_home = true;
    const cli_option own[] = {
        {"home", 0, CLI_TEXT, (void *)&r.p.home, "NAME", "the home authority"},
        {"template", 0, CLI_TEXT, (void *)&r.template, "NAME",
         "of a file: the Department's table, dfe-locality or dfe-bands"},
        {"year", 0, CLI_TEXT, (void *)&r.year, "YEAR",
         "the template's time_period, such as 2024"},
        {"to", 0, CLI_TEXT, (void *)&r.d.to, "LIST",
         "distances to these only: Kent,Scotland (default: all)"},
        {"sort", 0, CLI_TEXT, (void *)&r.d.sort, "COLUMN",
         "nearest (default), centre, farthest, name, code, category"},
        {"all", 0, CLI_FLAG, &r.is_all, NULL,
         "distances of every authority with every other"},
        {"measure", 0, CLI_TEXT, (void *)&r.d.measure, "WHICH",
         "of --all: centre (default) or nearest"},
        {"long", 0, CLI_FLAG, &r.d.is_long, NULL,
         "of --all: a row per pair, with every measure"},
        {0}};
    cli_options options = {{own, summary_options(&r.sum),
                            picture_options(&r.map), placements_options(&r.p),
                            session_adjoining_options(&r.p.s),
                            session_options(&r.p.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_table, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n > 1) {
        cli_error("table takes one file; see howfar table --help");
        return CLI_WRONG_USAGE;
    }
    return n ? run_report(&r, argv[0]) : run_distances(&r);
}

const cli_command command_table = {
    "table", "table FILE --home NAME | table --home NAME | table --all",
    "a report on a file of placements, or a table of distances",
    "With a FILE (anything that annotate reads, or -): how many placements are "
    "in\n"
    "and outside the home authority, in which category, where, how far away, "
    "fit\n"
    "to be published: counts of 1 to 5 are withheld, and further ones until "
    "none can\n"
    "be worked out. Without: nearest, centre and farthest miles between "
    "authorities.",
    run};
