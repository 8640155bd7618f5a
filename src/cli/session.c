#include "cli/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/paths.h"

/* Tables of options point into the one session of the process. */
static cli_option common_table[12];
static cli_option adjoining_table[6];

void session_init(session *s) {
    memset(s, 0, sizeof *s);
    hf_boundaries_options_init(&s->boundaries);
    hf_adjacency_options_init(&s->adjoining);
}

const cli_option *session_options(session *s) {
    const cli_option table[] = {
        {"shapes", 's', CLI_TEXT, (void *)&s->shapes, "PATH",
         "boundary set: .shp, folder with one, or installed name"},
        {"postcodes", 0, CLI_TEXT, (void *)&s->postcodes, "FILE",
         "postcode index (default: the imported one)"},
        {"as-of", 0, CLI_DAY, &s->boundaries.as_of, "DATE",
         "authorities as on this day (2019-12-31, or a year)"},
        {"output", 'o', CLI_TEXT, (void *)&s->out_path, "FILE",
         "write here instead of to standard output"},
        {"format", 'f', CLI_TEXT, (void *)&s->format_name, "FORMAT",
         s->format_help ? s->format_help
                        : "text, json, csv, md, html, xlsx or latex"},
        {"code-field", 0, CLI_TEXT, (void *)&s->boundaries.code_field, "NAME",
         "field of the boundary file that holds codes"},
        {"name-field", 0, CLI_TEXT, (void *)&s->boundaries.name_field, "NAME",
         "field that holds names"},
        {"projection", 0, CLI_TEXT, (void *)&s->boundaries.projection, "CRS",
         "of a file without .prj: EPSG:27700, WKT, PROJ"},
        {"encoding", 0, CLI_TEXT, (void *)&s->boundaries.encoding, "NAME",
         "of the .dbf: UTF-8, CP1252"},
        {"quiet", 'q', CLI_FLAG, &s->quiet, NULL,
         "no warnings, no progress, no summary"},
        {0}};
    memcpy(common_table, table, sizeof table);
    return common_table;
}

const cli_option *session_adjoining_options(session *s) {
    const cli_option table[] = {
        {"water", 0, CLI_FLAG, &s->adjoining.counts_water, NULL,
         "meeting in tidal water adjoins (default; --no-water)"},
        {"corners", 0, CLI_FLAG, &s->adjoining.counts_point, NULL,
         "touching in a corner adjoins (default not)"},
        {"tolerance", 0, CLI_NUMBER, &s->adjoining.tolerance_m, "METRES",
         "borders this near are shared (default 0.1)"},
        {"adjoining", 0, CLI_TEXT, (void *)&s->adjoining.overrides_csv, "FILE",
         "table of neighbours across water"},
        {0}};
    memcpy(adjoining_table, table, sizeof table);
    return adjoining_table;
}

static void print_warning(void *user, const char *message) {
    const session *s = user;
    if (!s->quiet) {
        fprintf(stderr, "howfar: note: %s\n", message);
    }
}

static int exit_of(hf_status status) {
    return status == HF_ERR_USAGE ? CLI_WRONG_USAGE
           : status               ? CLI_COULD_NOT
                                  : CLI_DONE;
}

int session_failed(const session *s, hf_status status) {
    const char *message = s->ctx ? hf_context_message(s->ctx) : "";
    cli_error("%s", *message ? message : hf_status_text(status));
    return exit_of(status);
}

static hf_status open_all(session *s, bool with_adjacency) {
    hf_status status = HF_OK;
    char path[PATHS_MOST];
    if (paths_data_dir(path)) {
        status = hf_context_set_data_dir(s->ctx, path);
    }
    char problem[PATHS_MOST];
    if (!status && !paths_shapes(s->shapes, path, problem)) {
        cli_error("%s", problem);
        return HF_ERR_NOT_FOUND;
    }
    if (!status) {
        status = hf_boundaries_open(s->ctx, path, &s->boundaries, &s->set);
    }
    if (!status) {
        hf_places_options options;
        hf_places_options_init(&options);
        options.as_of = s->boundaries.as_of;
        const char *from_env = getenv("HOWFAR_POSTCODES");
        options.postcodes = s->postcodes            ? s->postcodes
                            : from_env && *from_env ? from_env
                                                    : NULL;
        status = hf_places_open(s->ctx, s->set, &options, &s->places);
    }
    if (!status && with_adjacency) {
        status = hf_adjacency_new(s->ctx, s->set, &s->adjoining, &s->adjacency);
    }
    if (status) {
        session_failed(s, status);
    }
    return status;
}

/* A suffix that is no format's leaves it at text. */
static hf_status set_format(session *s) {
    if (s->format_help) {
        return HF_OK;
    }
    if (s->format_name) {
        return hf_format_parse(s->ctx, s->format_name, &s->format);
    }
    const char *dot = s->out_path ? strrchr(s->out_path, '.') : NULL;
    if (dot && hf_format_parse(s->ctx, dot + 1, &s->format)) {
        s->format = HF_FORMAT_TEXT;
    }
    return HF_OK;
}

bool session_open_context(session *s, int *exit_out) {
    hf_status status = hf_context_new(&s->ctx);
    if (!status) {
        hf_context_set_warning_handler(s->ctx, print_warning, s);
        status = set_format(s);
    }
    if (status) {
        session_failed(s, status);
        session_close(s);
    }
    *exit_out = exit_of(status);
    return !status;
}

bool session_open(session *s, bool with_adjacency, int *exit_out) {
    if (!session_open_context(s, exit_out)) {
        return false;
    }
    hf_status status = open_all(s, with_adjacency);
    *exit_out = exit_of(status);
    if (status) {
        session_close(s);
    }
    return !status;
}

void session_close(session *s) {
    hf_adjacency_free(s->adjacency);
    hf_places_close(s->places);
    hf_boundaries_close(s->set);
    hf_context_free(s->ctx);
    s->adjacency = NULL;
    s->places = NULL;
    s->set = NULL;
    s->ctx = NULL;
}

bool session_resolve(session *s, const char *text, hf_place *out,
                     int *exit_out) {
    hf_status status =
        hf_place_resolve(s->ctx, s->places, text, strlen(text), out);
    if (status) {
        *exit_out = session_failed(s, status);
    }
    return !status;
}

bool session_resolve_authority(session *s, const char *text, const char *role,
                               hf_place *out, int *exit_out) {
    if (!session_resolve(s, text, out, exit_out)) {
        return false;
    }
    if (out->kind != HF_PLACE_AUTHORITY) {
        cli_error(
            "%s: %s is %s; name one authority", role, out->name,
            out->kind == HF_PLACE_GROUP ? "several authorities" : "a point");
        hf_place_reset(out);
        *exit_out = CLI_COULD_NOT;
        return false;
    }
    return true;
}

void session_rule_text(const session *s, const char *home, char *out,
                       size_t size) {
    snprintf(out, size,
             "distant is outside %s and every adjoining authority (2010 "
             "Regulations, reg 11(5)); land borders%s count",
             home, s->adjoining.counts_water ? " and tidal water" : "");
}

void session_add_method(bool is_official, hf_document *document) {
    hf_document_fact(
        document, "method", "Method",
        is_official ? "straight lines, not roads: in the plane of the National "
                      "Grid; 1 mile = 1609.3 m"
                    : "straight lines, not roads: geodesics on the WGS84 "
                      "ellipsoid; 1 mile = 1609.344 m");
}

void session_add_boundaries(const session *s, hf_document *document) {
    hf_document_fact(document, "boundaries", "Boundaries",
                     hf_boundaries_get_info(s->set)->citation);
}

void session_add_facts(const session *s, hf_document *document) {
    session_add_method(false, document);
    session_add_boundaries(s, document);
}

/* A terminal's width, and colour unless it is not wanted. */
static hf_write_options terminal_options(void) {
    hf_write_options options;
    hf_write_options_init(&options);
    struct winsize size;
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (isatty(STDOUT_FILENO)) {
        options.width =
            !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? size.ws_col : 0;
        options.colour = !(no_colour && *no_colour) && terminal &&
                         strcmp(terminal, "dumb") != 0;
    }
    return options;
}

int session_write_to(const char *path, const char *input, const char *bytes,
                     size_t len) {
    output out;
    if (!output_open(&out, path, input)) {
        return CLI_COULD_NOT;
    }
    bool is_written = true;
    for (size_t at = 0; at < len && is_written;) {
        ssize_t n = write(out.fd, bytes + at, len - at);
        is_written = n > 0 || (n < 0 && errno == EINTR);
        at += n > 0 ? (size_t)n : 0;
    }
    if (!is_written) {
        cli_error("%s: %s", out.path ? out.path : "standard output",
                  strerror(errno));
    }
    return output_close(&out, is_written) && is_written ? CLI_DONE
                                                        : CLI_COULD_NOT;
}

int session_print(session *s, hf_document *document) {
    char *text = NULL;
    size_t len = 0;
    bool is_terminal = !s->out_path && isatty(STDOUT_FILENO);
    if (is_terminal && hf_format_is_binary(s->format)) {
        hf_document_free(document);
        cli_error("this format is not for a terminal: --output FILE");
        return CLI_WRONG_USAGE;
    }
    hf_write_options options = terminal_options();
    hf_status status =
        hf_document_write(s->ctx, document, s->format,
                          s->out_path ? NULL : &options, &text, &len);
    hf_document_free(document);
    if (status) {
        return session_failed(s, status);
    }
    int result = session_write_to(s->out_path, s->in_path, text, len);
    hf_text_free(text);
    return result;
}

char *session_join(char **words, size_t n) {
    size_t len = 1;
    for (size_t i = 0; i < n; i++) {
        len += strlen(words[i]) + 1;
    }
    char *text = n ? calloc(len, 1) : NULL;
    for (size_t i = 0, at = 0; text && i < n; i++) {
        at += (size_t)snprintf(text + at, len - at, "%s%s", i ? " " : "",
                               words[i]);
    }
    return text;
}
