#include "cli/commands.h"
#include "cli/output.h"
#include "cli/placements.h"
#include "cli/provenance.h"

typedef struct request {
    placements p;
    const char *provenance;
    bool strict;
} request;

static int annotate_file(request *r) {
    output out;
    if (!output_open(&out, r->p.s.out_path, r->p.path)) {
        return CLI_COULD_NOT;
    }
    hf_annotate_summary *sum = NULL;
    hf_status status = placements_read(&r->p, out.fd, &sum);
    if (status) {
        session_failed(&r->p.s, status);
    }
    bool is_good = output_close(&out, !status) && !status;
    int exit_status = is_good ? CLI_DONE : CLI_COULD_NOT;
    if (is_good && !r->p.s.quiet) {
        placements_print_summary(&r->p, sum);
    }
    if (is_good && r->provenance &&
        provenance_write(&r->p, sum, r->provenance)) {
        exit_status = CLI_COULD_NOT;
        is_good = false;
    }
    if (is_good && r->strict && sum->unknown) {
        exit_status = CLI_INCOMPLETE;
    }
    hf_annotate_summary_free(sum);
    return exit_status;
}

static int run(int argc, char **argv) {
    request r = {.strict = false};
    placements_init(&r.p);
    const cli_option own[] = {
        {"home", 0, CLI_TEXT, (void *)&r.p.home, "NAME",
         "the responsible authority (this or --home-column)"},
        {"home-column", 0, CLI_TEXT, (void *)&r.p.options.home_column, "COLUMN",
         "column of each row's own responsible authority"},
        {"provenance", 0, CLI_TEXT, (void *)&r.provenance, "FILE",
         "write here, as JSON, what the answers rest on"},
        {"strict", 0, CLI_FLAG, &r.strict, NULL,
         "exit status 3 when rows could not be placed"},
        {0}};
    cli_options options = {{own, placements_options(&r.p),
                            session_adjoining_options(&r.p.s),
                            session_options(&r.p.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_annotate, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n != 1 || (!r.p.home && !r.p.options.home_column)) {
        cli_error(
            "annotate wants one file, or -, and --home NAME or --home-column "
            "COLUMN; see howfar annotate --help");
        return CLI_WRONG_USAGE;
    }
    if (placements_open(&r.p, argv[0], &status)) {
        status = annotate_file(&r);
    }
    placements_close(&r.p);
    return status;
}

const cli_command command_annotate = {
    "annotate", "annotate FILE --home NAME [-o FILE]",
    "add authority, category and miles to each row of a CSV file",
    "Every row that goes in comes out, in order, its own bytes unchanged, "
    "with\n"
    "authority_code, authority, category, miles, miles_border, note added; "
    "and\n"
    "miles_home where there are home postcodes. FILE may be -. What was used "
    "and\n"
    "what could not be placed goes to standard error.\n"
    "An SSDA903 return (Episodes as CSV, or XML) also gets PL_DISTANCE, "
    "PL_LOCATION\n"
    "and PL_LA as they should be; XML comes out as CSV.\n"
    "Where a row is, is told by the first of these that tells it: coordinates, "
    "a\n"
    "full postcode, its sector or district, an authority's code, a name.",
    run};
