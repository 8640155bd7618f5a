/* An SSDA903 return's derived fields against what they should be. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/returns.h"

/* Findings listed unless the user says otherwise: to people, to programs. */
#define LISTED 1000
#define LISTED_TO_PROGRAMS 100000
/* --limit was not given. */
#define NO_LIMIT_GIVEN ((size_t)-1)

typedef struct request {
    session s;
    returns returns;
    const char *home, *previous;
    size_t limit; /* 0: none */
    hf_reconcile_options options;
    progress progress;
    hf_document *document;
    size_t listed;
} request;

/* ---- the document ---- */

static void begin_findings(hf_document *d) {
    hf_document_table(d, "findings", "Findings");
    hf_document_column(d, "row", "row", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "rule", "rule", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "field", "field", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "says", "file says", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "should_be", "should be", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "what", "what", HF_COLUMN_TEXT, 0);
}

/* Blank cells are findings too: shown as such. */
static void add_value(hf_document *d, const char *text) {
    hf_document_text(d, *text ? text : "(blank)");
}

static hf_status add_finding(void *user, const hf_reconcile_finding *finding) {
    request *r = user;
    hf_document *d = r->document;
    if (r->limit && r->listed == r->limit) {
        return HF_OK;
    }
    if (!r->listed++) {
        begin_findings(d);
    }
    const hf_reconcile_rule *rule = hf_reconcile_get_rule(finding->rule);
    hf_document_count(d, finding->row);
    hf_document_text(d, rule->id);
    hf_document_text(d, rule->field);
    add_value(d, finding->says);
    add_value(d, finding->should);
    hf_document_text(d, *finding->mistake ? finding->mistake : rule->text);
    return HF_OK;
}

/* Whether the file has what a rule looks at. */
static bool is_checked(const hf_reconcile_summary *sum, bool has_last_year,
                       size_t rule) {
    const hf_reconcile_rule *it = hf_reconcile_get_rule(rule);
    bool is_of_last_year = strstr(it->id, "503G") != NULL;
    bool has_field = !strcmp(it->field, "PL_DISTANCE") ? sum->has_distance
                     : !strcmp(it->field, "PL_LA")     ? sum->has_la
                                                       : sum->has_location;
    return is_of_last_year ? has_last_year : has_field;
}

static void add_rules(request *r, const hf_reconcile_summary *sum) {
    hf_document *d = r->document;
    hf_document_table(d, "rules", "Rules");
    hf_document_column(d, "rule", "rule", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "field", "field", HF_COLUMN_TEXT, 0);
    hf_document_column(d, "findings", "findings", HF_COLUMN_COUNT, 0);
    hf_document_column(d, "what", "what", HF_COLUMN_TEXT, 0);
    for (size_t i = 0; i < HF_RECONCILE_RULES; i++) {
        const hf_reconcile_rule *rule = hf_reconcile_get_rule(i);
        if (is_checked(sum, r->previous != NULL, i)) {
            hf_document_text(d, rule->id);
            hf_document_text(d, rule->field);
            hf_document_count(d, sum->by_rule[i]);
            hf_document_text(d, rule->text);
        }
    }
}

static const char *plural(uint64_t n) {
    return n == 1 ? "" : "s";
}

static void add_sentences(request *r, const hf_reconcile_summary *sum) {
    char text[300];
    snprintf(text, sizeof text,
             "%" PRIu64 " finding%s in %" PRIu64 " of %" PRIu64 " row%s.",
             sum->findings, plural(sum->findings), sum->rows_found, sum->rows,
             plural(sum->rows));
    hf_document_sentence(r->document, text);
    if (sum->findings > r->listed) {
        snprintf(text, sizeof text,
                 "The first %zu are listed; --limit 0 lists all.", r->listed);
        hf_document_sentence(r->document, text);
        if (r->s.format == HF_FORMAT_CSV && !r->s.quiet) {
            fprintf(stderr, "howfar: note: %" PRIu64 " findings. %s\n",
                    sum->findings, text);
        }
    }
    if (r->previous) {
        snprintf(text, sizeof text,
                 "%" PRIu64 " of %" PRIu64
                 " episode%s open at the end of last year %s found again.",
                 sum->matched, sum->open_before, plural(sum->open_before),
                 sum->matched == 1 ? "was" : "were");
        hf_document_sentence(r->document, text);
    }
}

static void add_facts(request *r, const hf_reconcile_summary *sum) {
    hf_document *d = r->document;
    char text[300];
    const char *lacking[] = {sum->has_distance ? "" : "PL_DISTANCE",
                             sum->has_location ? "" : "PL_LOCATION",
                             sum->has_la ? "" : "PL_LA"};
    hf_document_fact(d, "method", "Method",
                     "PL_DISTANCE is hypot(E - E', N - N') / 1000 / 1.6093 of "
                     "1 m grid references, half up to one decimal; straight "
                     "lines, not roads");
    static const char label[] = "columns: ";
    size_t skipped =
        strncmp(sum->columns, label, sizeof label - 1) ? 0 : sizeof label - 1;
    hf_document_fact(d, "columns", "Columns", sum->columns + skipped);
    if (!sum->knows_uasc && sum->has_distance) {
        hf_document_fact(d, "uasc", "UASC",
                         "not known: 392a may be one of them; --uasc FILE "
                         "tells");
    }
    if (sum->unknown) {
        snprintf(text, sizeof text,
                 "%" PRIu64
                 " distance%s given, but a postcode is missing or "
                 "not known",
                 sum->unknown, plural(sum->unknown));
        hf_document_fact(d, "not_compared", "Not compared", text);
    }
    size_t len = 0;
    for (size_t i = 0; i < 3; i++) {
        if (*lacking[i]) {
            len += (size_t)snprintf(text + len, sizeof text - len, "%s%s",
                                    len ? ", " : "", lacking[i]);
        }
    }
    if (len) {
        snprintf(text + len, sizeof text - len,
                 ": the file has no such column");
        hf_document_fact(d, "not_checked", "Not checked", text);
    }
    hf_document_fact(d, "boundaries", "Boundaries",
                     hf_boundaries_get_info(r->s.set)->citation);
}

/* ---- all of it ---- */

static int reconcile_file(request *r, int fd, const char *label) {
    session *s = &r->s;
    hf_reconcile_summary *sum = NULL;
    bool is_for_people = s->format != HF_FORMAT_CSV &&
                         s->format != HF_FORMAT_JSON &&
                         s->format != HF_FORMAT_XLSX;
    if (r->limit == NO_LIMIT_GIVEN) {
        r->limit = is_for_people ? LISTED : LISTED_TO_PROGRAMS;
    }
    hf_status status = hf_document_new(s->ctx, &r->document);
    if (!status) {
        status = hf_reconcile(s->ctx, s->set, s->places, s->adjacency,
                              &r->options, fd, label, &sum);
    }
    progress_end(&r->progress);
    if (status) {
        hf_document_free(r->document);
        return session_failed(s, status);
    }
    add_sentences(r, sum);
    add_rules(r, sum);
    add_facts(r, sum);
    int exit_status = session_print(s, r->document);
    if (exit_status == CLI_DONE && sum->findings) {
        exit_status = CLI_INCOMPLETE;
    }
    hf_reconcile_summary_free(sum);
    return exit_status;
}

/* A descriptor of a file, or of standard input; negative after an error line.
 */
static int open_input(const char *path) {
    int fd =
        !strcmp(path, "-") ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        cli_error("%s: %s", path, strerror(errno));
    }
    return fd;
}

static const char *label_of(const char *path) {
    return strcmp(path, "-") ? path : "standard input";
}

static int open_and_reconcile(request *r, const char *path) {
    hf_place home;
    hf_place_init(&home);
    int status = CLI_COULD_NOT;
    int fd = open_input(path);
    r->s.in_path = fd > STDIN_FILENO ? path : NULL;
    if (fd >= 0 && r->previous) {
        r->options.previous_fd = open_input(r->previous);
        r->options.previous_label = r->previous;
    }
    bool is_open = fd >= 0 && (!r->previous || r->options.previous_fd >= 0);
    if (is_open && session_open(&r->s, true, &status) &&
        session_resolve_authority(&r->s, r->home, "--home", &home, &status) &&
        returns_open(&r->returns, &r->s, &r->options.annotate, &status)) {
        r->options.annotate.home = home.members[0];
        r->options.annotate.progress = progress_show;
        r->options.annotate.progress_user = &r->progress;
        r->options.found = add_finding;
        r->options.found_user = r;
        status = reconcile_file(r, fd, label_of(path));
    }
    if (r->options.previous_fd > STDIN_FILENO) {
        close(r->options.previous_fd);
    }
    if (fd > STDIN_FILENO) {
        close(fd);
    }
    returns_close(&r->returns);
    hf_place_reset(&home);
    session_close(&r->s);
    return status;
}

static int run(int argc, char **argv) {
    request r = {.limit = NO_LIMIT_GIVEN};
    session_init(&r.s);
    hf_reconcile_options_init(&r.options);
    const cli_option own[] = {
        {"home", 0, CLI_TEXT, (void *)&r.home, "NAME",
         "the responsible authority"},
        {"previous", 0, CLI_TEXT, (void *)&r.previous, "FILE",
         "last year's file, for episodes that were open"},
        {"limit", 0, CLI_COUNT, &r.limit, "N",
         "list at most N findings (0: all)"},
        {"header", 0, CLI_TEXT, (void *)&r.returns.header, "FILE",
         RETURNS_HEADER_HELP},
        {"uasc", 0, CLI_TEXT, (void *)&r.returns.uasc, "FILE",
         RETURNS_UASC_HELP},
        {"threads", 'j', CLI_COUNT, &r.options.annotate.threads, "N",
         "default: all processors"},
        {0}};
    cli_options options = {{own, session_options(&r.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_reconcile, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n != 1 || !r.home) {
        cli_error(
            "reconcile wants one file, or -, and --home NAME; see howfar "
            "reconcile --help");
        return CLI_WRONG_USAGE;
    }
    progress_start(&r.progress, r.s.quiet);
    return open_and_reconcile(&r, argv[0]);
}

const cli_command command_reconcile = {
    "reconcile", "reconcile FILE --home NAME [--previous FILE]",
    "check an SSDA903 return's distances and places",
    "What PL_DISTANCE, PL_LOCATION and PL_LA say against what the postcodes "
    "give,\n"
    "by row number and rule: 392a, 398, 406, 164, 169, 420, 179, 411, 453, "
    "503G, and\n"
    "comparisons with the official formula. Known mistakes of other tools are "
    "named.\n"
    "FILE is the return's Episodes as CSV, or its XML. Exit status 3: there "
    "are "
    "findings.\n"
    "The listing holds distances and authorities of rows: it is for the "
    "authority, not\n"
    "for publication.",
    run};
