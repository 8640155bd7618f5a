#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/session.h"

typedef struct request {
    session s;
    const char *home, *origin, *out_path, *delimiter;
    bool strict;
    hf_annotate_options options;
    progress progress;
} request;

static void show_columns(void *user, const char *message) {
    const request *r = user;
    if (!r->s.quiet) {
        fprintf(stderr, "howfar: %s\n", message);
    }
}

static void print_reason(const hf_annotate_reason *reason) {
    fprintf(stderr, "  %" PRIu64 " %s: row%s", reason->rows, reason->text,
            reason->rows == 1 ? "" : "s");
    for (uint64_t i = 0; i < reason->rows && i < 10; i++) {
        fprintf(stderr, "%s %" PRIu64, i ? "," : "", reason->first_rows[i]);
    }
    fputs(reason->rows > 10 ? ", ...\n" : "\n", stderr);
}

/* " 2 in-county, 3 neighbouring, 29 distant, 165 neighbouring or distant" */
static void print_categories(const uint64_t *by_category,
                             const uint64_t *by_set) {
    static const hf_category categories[] = {
        HF_CATEGORY_IN_COUNTY, HF_CATEGORY_NEIGHBOURING, HF_CATEGORY_DISTANT};
    for (size_t i = 0; i < 3; i++) {
        fprintf(stderr, "%s %" PRIu64 " %s", i ? "," : "",
                by_category[categories[i]], hf_category_name(categories[i]));
    }
    for (unsigned set = 0; set < HF_CATEGORY_SETS; set++) {
        if (by_set[set]) {
            fprintf(stderr, ", %" PRIu64 " %s", by_set[set],
                    hf_annotate_category_text(set));
        }
    }
}

/* "; 371 outside Hertfordshire" */
static void print_outside(const request *r, const hf_place *home,
                          uint64_t outside) {
    bool is_one = home->n_members && !r->options.home_column;
    fprintf(stderr, "; %" PRIu64 " outside %s\n", outside,
            is_one ? home->name : "the home authority");
}

static void print_children(const request *r, const hf_place *home,
                           const hf_annotate_children *children) {
    if (!children->is_counted) {
        return;
    }
    fprintf(stderr, "  %" PRIu64 " children:", children->all);
    print_categories(children->by_category, children->by_set);
    uint64_t unknown = children->by_category[HF_CATEGORY_UNKNOWN];
    if (unknown) {
        fprintf(stderr, ", %" PRIu64 " unknown", unknown);
    }
    print_outside(r, home, children->outside);
    if (children->rows_blank) {
        fprintf(stderr, "  %" PRIu64 " rows have no whole number of children\n",
                children->rows_blank);
    }
}

/* What miles are from, but for a border or a centre of its own. */
static const char *origin_name(const request *r, const hf_place *home) {
    return r->options.origin == HF_ORIGIN_PLACE ? r->options.origin_place->name
           : r->options.home_column             ? "the home authority"
                                                : home->name;
}

static void print_summary(const request *r, const hf_place *home,
                          const hf_annotate_summary *sum) {
    fprintf(stderr,
            "howfar: %" PRIu64 " rows: %" PRIu64 " placed, %" PRIu64
            " unknown\n",
            sum->rows, sum->placed, sum->unknown);
    for (size_t i = 0; i < sum->n_reasons; i++) {
        print_reason(&sum->reasons[i]);
    }
    fputc(' ', stderr);
    print_categories(sum->by_category, sum->by_set);
    print_outside(r, home, sum->outside);
    print_children(r, home, &sum->children);
    if (!isnan(sum->median_miles)) {
        fprintf(stderr,
                "  miles from %s%s: median %.1f, greatest %.1f (row %" PRIu64
                ")\n",
                r->options.origin == HF_ORIGIN_CENTRE   ? "the centre of "
                : r->options.origin == HF_ORIGIN_BORDER ? "the border of "
                                                        : "",
                origin_name(r, home), sum->median_miles, sum->greatest_miles,
                sum->greatest_row);
    }
    if (sum->near_coast) {
        fprintf(stderr,
                "  %" PRIu64
                " lay off the coast and were given to the nearest authority\n",
                sum->near_coast);
    }
    if (sum->ragged_rows) {
        fprintf(stderr,
                "  %" PRIu64 " rows have more or fewer cells than the header\n",
                sum->ragged_rows);
    }
}

static void print_data(const session *s) {
    fprintf(stderr, "  straight lines on WGS84; boundaries %s\n",
            hf_boundaries_get_info(s->set)->citation);
}

static int annotate_file(request *r, const hf_place *home, int in_fd,
                         const char *label, const char *in_path) {
    output out;
    if (!output_open(&out, r->out_path, in_path)) {
        return CLI_COULD_NOT;
    }
    session *s = &r->s;
    hf_annotate_summary *sum = NULL;
    hf_status status = hf_annotate(s->ctx, s->set, s->places, s->adjacency,
                                   &r->options, in_fd, label, out.fd, &sum);
    progress_end(&r->progress);
    if (status) {
        session_failed(s, status);
    }
    bool is_good = output_close(&out, !status) && !status;
    int exit_status = is_good ? CLI_DONE : CLI_COULD_NOT;
    if (is_good && !s->quiet) {
        print_summary(r, home, sum);
        print_data(s);
    }
    if (is_good && r->strict && sum->unknown) {
        exit_status = CLI_INCOMPLETE;
    }
    hf_annotate_summary_free(sum);
    return exit_status;
}

/* With a column of homes, --home is for rows whose cell is empty. */
static bool set_home(request *r, hf_place *home, int *status) {
    if (!r->home) {
        return true;
    }
    if (!session_resolve_authority(&r->s, r->home, "--home", home, status)) {
        return false;
    }
    r->options.home = home->members[0];
    return true;
}

static bool set_origin(request *r, hf_place *origin, int *status) {
    if (!r->origin || !strcmp(r->origin, "centre")) {
        return true;
    }
    if (!strcmp(r->origin, "border")) {
        r->options.origin = HF_ORIGIN_BORDER;
        return true;
    }
    r->options.origin = HF_ORIGIN_PLACE;
    r->options.origin_place = origin;
    return session_resolve(&r->s, r->origin, origin, status);
}

static bool set_delimiter(request *r) {
    if (!r->delimiter) {
        return true;
    }
    bool is_tab = !strcmp(r->delimiter, "tab") || !strcmp(r->delimiter, "\\t");
    if (!is_tab && strlen(r->delimiter) != 1) {
        cli_error("--delimiter: one character, or tab");
        return false;
    }
    r->options.delimiter = is_tab ? '\t' : r->delimiter[0];
    return true;
}

static int open_and_annotate(request *r, const char *path) {
    hf_place home, origin;
    hf_place_init(&home);
    hf_place_init(&origin);
    int status = CLI_DONE;
    bool is_stdin = !strcmp(path, "-");
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        cli_error("%s: %s", path, strerror(errno));
        return CLI_COULD_NOT;
    }
    if (session_open(&r->s, true, &status) && set_home(r, &home, &status) &&
        set_origin(r, &origin, &status)) {
        r->options.progress = progress_show;
        r->options.progress_user = &r->progress;
        r->options.columns = show_columns;
        r->options.columns_user = r;
        if (home.note && *home.note && !r->s.quiet) {
            fprintf(stderr, "howfar: note: %s\n", home.note);
        }
        status = annotate_file(r, &home, fd, is_stdin ? "standard input" : path,
                               is_stdin ? NULL : path);
    }
    if (!is_stdin) {
        close(fd);
    }
    hf_place_reset(&origin);
    hf_place_reset(&home);
    session_close(&r->s);
    return status;
}

static int run(int argc, char **argv) {
    request r = {.home = NULL};
    session_init(&r.s);
    hf_annotate_options_init(&r.options);
    hf_annotate_options *o = &r.options;
    const cli_option own[] = {
        {"home", 0, CLI_TEXT, (void *)&r.home, "NAME",
         "the responsible authority (this or --home-column)"},
        {"home-column", 0, CLI_TEXT, (void *)&o->home_column, "COLUMN",
         "column of each row's own responsible authority"},
        {"home-postcode", 0, CLI_TEXT, (void *)&o->home_postcode_column,
         "COLUMN", "column of home postcodes, for miles_home"},
        {"output", 'o', CLI_TEXT, (void *)&r.out_path, "FILE",
         "write here instead of to standard output"},
        {"origin", 0, CLI_TEXT, (void *)&r.origin, "WHERE",
         "miles from: centre (default), border, or a place"},
        {"lat", 0, CLI_TEXT, (void *)&o->lat_column, "COLUMN",
         "column of latitudes (a header, or #3)"},
        {"lon", 0, CLI_TEXT, (void *)&o->lon_column, "COLUMN",
         "column of longitudes"},
        {"easting", 0, CLI_TEXT, (void *)&o->easting_column, "COLUMN",
         "column of eastings, British National Grid"},
        {"northing", 0, CLI_TEXT, (void *)&o->northing_column, "COLUMN",
         "column of northings"},
        {"postcode", 0, CLI_TEXT, (void *)&o->postcode_column, "COLUMN",
         "column of postcodes, sectors or districts"},
        {"authority", 0, CLI_TEXT, (void *)&o->authority_column, "COLUMN",
         "column of names or codes"},
        {"delimiter", 'd', CLI_TEXT, (void *)&r.delimiter, "CHAR",
         "between cells: , ; or tab (default: found out)"},
        {"coast", 0, CLI_NUMBER, &o->coast_m, "METRES",
         "points this far off count as ashore (default 2000)"},
        {"threads", 'j', CLI_COUNT, &o->threads, "N",
         "default: all processors"},
        {"strict", 0, CLI_FLAG, &r.strict, NULL,
         "exit status 3 when rows could not be placed"},
        {0}};
    cli_options options = {
        {own, session_adjoining_options(&r.s), session_options(&r.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_annotate, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n != 1 || (!r.home && !o->home_column)) {
        cli_error(
            "annotate wants one file, or -, and --home NAME or --home-column "
            "COLUMN; see howfar annotate --help");
        return CLI_WRONG_USAGE;
    }
    progress_start(&r.progress, r.s.quiet);
    return set_delimiter(&r) ? open_and_annotate(&r, argv[0]) : CLI_WRONG_USAGE;
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
    "Where a row is, is told by the first of these that tells it: coordinates, "
    "a\n"
    "full postcode, its sector or district, an authority's code, a name.",
    run};
