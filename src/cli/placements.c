#include "cli/placements.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Points into the one set of placements of the process. */
static cli_option reading_table[15];

void placements_init(placements *p) {
    *p = (placements){.fd = -1};
    session_init(&p->s);
    hf_annotate_options_init(&p->options);
    hf_place_init(&p->home_place);
    hf_place_init(&p->origin_place);
}

const cli_option *placements_options(placements *p) {
    hf_annotate_options *o = &p->options;
    const cli_option table[] = {
        {"origin", 0, CLI_TEXT, (void *)&p->origin, "WHERE",
         p->takes_home
             ? "miles from: centre (default), border, home, or a place"
             : "miles from: centre (default), border, or a place"},
        {"home-postcode", 0, CLI_TEXT, (void *)&o->home_postcode_column,
         "COLUMN", "column of the postcodes that children are from"},
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
        {"header", 0, CLI_TEXT, (void *)&p->returns.header, "FILE",
         RETURNS_HEADER_HELP},
        {"uasc", 0, CLI_TEXT, (void *)&p->returns.uasc, "FILE",
         RETURNS_UASC_HELP},
        {"delimiter", 'd', CLI_TEXT, (void *)&p->delimiter, "CHAR",
         "between cells: , ; or tab (default: found out)"},
        {"coast", 0, CLI_NUMBER, &o->coast_m, "METRES",
         "points this far off count as ashore (default 2000)"},
        {"threads", 'j', CLI_COUNT, &o->threads, "N",
         "default: all processors"},
        {0}};
    memcpy(reading_table, table, sizeof table);
    return reading_table;
}

/* ---- opening ---------------------------------------------------------------
 */

static bool set_delimiter(placements *p) {
    if (!p->delimiter) {
        return true;
    }
    bool is_tab = !strcmp(p->delimiter, "tab") || !strcmp(p->delimiter, "\\t");
    if (!is_tab && strlen(p->delimiter) != 1) {
        cli_error("--delimiter: one character, or tab");
        return false;
    }
    p->options.delimiter = is_tab ? '\t' : p->delimiter[0];
    return true;
}

static bool open_file(placements *p, const char *path) {
    bool is_stdin = !strcmp(path, "-");
    p->label = is_stdin ? "standard input" : path;
    p->path = is_stdin ? NULL : path;
    p->s.in_path = p->path;
    p->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (p->fd < 0) {
        cli_error("%s: %s", path, strerror(errno));
    }
    return p->fd >= 0;
}

/* With a column of homes, --home is for rows whose cell is empty. */
static bool set_home(placements *p, int *status) {
    if (!p->home) {
        return true;
    }
    if (!session_resolve_authority(&p->s, p->home, "--home", &p->home_place,
                                   status)) {
        return false;
    }
    p->options.home = p->home_place.members[0];
    if (*p->home_place.note && !p->s.quiet) {
        fprintf(stderr, "howfar: note: %s\n", p->home_place.note);
    }
    return true;
}

static bool set_origin(placements *p, int *status) {
    if (!p->origin || !strcmp(p->origin, "centre")) {
        return true;
    }
    if (!strcmp(p->origin, "border")) {
        p->options.origin = HF_ORIGIN_BORDER;
        return true;
    }
    if (p->takes_home && !strcmp(p->origin, "home")) {
        p->from_home = true;
        return true;
    }
    p->options.origin = HF_ORIGIN_PLACE;
    p->options.origin_place = &p->origin_place;
    return session_resolve(&p->s, p->origin, &p->origin_place, status);
}

bool placements_open(placements *p, const char *path, int *exit_out) {
    progress_start(&p->progress, p->s.quiet);
    if (!set_delimiter(p)) {
        *exit_out = CLI_WRONG_USAGE;
        return false;
    }
    if (path && !open_file(p, path)) {
        *exit_out = CLI_COULD_NOT;
        return false;
    }
    return session_open(&p->s, true, exit_out) && set_home(p, exit_out) &&
           set_origin(p, exit_out) &&
           returns_open(&p->returns, &p->s, &p->options, exit_out);
}

void placements_close(placements *p) {
    if (p->path && p->fd >= 0) {
        close(p->fd);
    }
    p->fd = -1;
    returns_close(&p->returns);
    hf_place_reset(&p->origin_place);
    hf_place_reset(&p->home_place);
    session_close(&p->s);
}

/* ---- reading ---------------------------------------------------------------
 */

static void show_columns(void *user, const char *message) {
    const placements *p = user;
    if (!p->s.quiet) {
        fprintf(stderr, "howfar: %s\n", message);
    }
}

hf_status placements_read(placements *p, int out_fd,
                          hf_annotate_summary **out) {
    p->options.progress = progress_show;
    p->options.progress_user = &p->progress;
    p->options.columns = show_columns;
    p->options.columns_user = p;
    hf_status status =
        hf_annotate(p->s.ctx, p->s.set, p->s.places, p->s.adjacency,
                    &p->options, p->fd, p->label, out_fd, out);
    progress_end(&p->progress);
    return status;
}

/* ---- the summary -----------------------------------------------------------
 */

/* "1 row", "2 rows" */
static void print_rows(uint64_t n) {
    fprintf(stderr, "%" PRIu64 " row%s", n, n == 1 ? "" : "s");
}

static void print_reason(const hf_annotate_reason *reason) {
    fprintf(stderr, "  %" PRIu64 " %s: row%s", reason->rows, reason->text,
            reason->rows == 1 ? "" : "s");
    for (uint64_t i = 0; i < reason->rows && i < 10; i++) {
        fprintf(stderr, "%s %" PRIu64, i ? "," : "", reason->first_rows[i]);
    }
    fputs(reason->rows > 10 ? ", ...\n" : "\n", stderr);
}

void placements_print_rows(const hf_annotate_summary *sum) {
    fputs("howfar: ", stderr);
    print_rows(sum->rows);
    fprintf(stderr, ": %" PRIu64 " placed, %" PRIu64 " unknown\n", sum->placed,
            sum->unknown);
    for (size_t i = 0; i < sum->n_reasons; i++) {
        print_reason(&sum->reasons[i]);
    }
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
static void print_outside(const placements *p, uint64_t outside) {
    bool is_one = p->home_place.n_members && !p->options.home_column;
    fprintf(stderr, "; %" PRIu64 " outside %s\n", outside,
            is_one ? p->home_place.name : "the home authority");
}

static void print_children(const placements *p,
                           const hf_annotate_children *children) {
    if (!children->is_counted) {
        return;
    }
    fprintf(stderr, "  %" PRIu64 " %s:", children->all,
            children->all == 1 ? "child" : "children");
    print_categories(children->by_category, children->by_set);
    uint64_t unknown = children->by_category[HF_CATEGORY_UNKNOWN];
    if (unknown) {
        fprintf(stderr, ", %" PRIu64 " unknown", unknown);
    }
    print_outside(p, children->outside);
    if (children->rows_blank) {
        fputs("  ", stderr);
        print_rows(children->rows_blank);
        fputs(children->rows_blank == 1 ? " has" : " have", stderr);
        fputs(" no whole number of children\n", stderr);
    }
}

void placements_origin_text(const placements *p, char *out, size_t size) {
    if (p->from_home) {
        snprintf(out, size, "each child's home postcode");
        return;
    }
    const char *home =
        p->options.home_column ? "the home authority" : p->home_place.name;
    switch (p->options.origin) {
        case HF_ORIGIN_CENTRE:
            snprintf(out, size, "the centre of %s", home);
            break;
        case HF_ORIGIN_BORDER:
            snprintf(out, size, "the border of %s", home);
            break;
        case HF_ORIGIN_PLACE:
            snprintf(out, size, "%s", p->origin_place.name);
            break;
    }
}

void placements_print_summary(const placements *p,
                              const hf_annotate_summary *sum) {
    placements_print_rows(sum);
    fputc(' ', stderr);
    print_categories(sum->by_category, sum->by_set);
    print_outside(p, sum->outside);
    print_children(p, &sum->children);
    if (!isnan(sum->median_miles)) {
        char origin[512];
        placements_origin_text(p, origin, sizeof origin);
        fprintf(
            stderr,
            "  miles from %s: median %.1f, greatest %.1f (row %" PRIu64 ")\n",
            origin, sum->median_miles, sum->greatest_miles, sum->greatest_row);
    }
    if (sum->near_coast) {
        fprintf(stderr,
                "  %" PRIu64
                " lay off the coast and %s given to the nearest authority\n",
                sum->near_coast, sum->near_coast == 1 ? "was" : "were");
    }
    if (sum->ragged_rows) {
        fputs("  ", stderr);
        print_rows(sum->ragged_rows);
        fputs(sum->ragged_rows == 1 ? " has" : " have", stderr);
        fputs(" more or fewer cells than the header\n", stderr);
    }
    fprintf(stderr, "  straight lines on WGS84; boundaries %s\n",
            hf_boundaries_get_info(p->s.set)->citation);
}
