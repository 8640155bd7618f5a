#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/picture.h"

typedef struct request {
    placements p;
    summary sum;
    picture map;
} request;

/* By --format, or else by the suffix of the output. */
static bool find_format(request *r, hf_map_format *out, int *exit_out) {
    const char *path = r->p.s.out_path;
    const char *dot = path ? strrchr(path, '.') : NULL;
    const char *name = r->p.s.format_name ? r->p.s.format_name
                       : dot              ? dot + 1
                                          : "svg";
    hf_status status = hf_map_format_parse(r->p.s.ctx, name, out);
    if (status) {
        *exit_out = session_failed(&r->p.s, status);
    } else if (!path && *out != HF_MAP_SVG && isatty(STDOUT_FILENO)) {
        cli_error("this format is not for a terminal: --output FILE");
        *exit_out = CLI_WRONG_USAGE;
        return false;
    }
    return !status;
}

/* Two publications of the same placements can be subtracted. */
static void print_note(const request *r) {
    if (r->sum.suppress || r->sum.round_to) {
        fputs(
            "howfar: note: publish this map with the report of the same "
            "--group, --by, --bands, --origin and --suppress or --round, or "
            "without one: it withholds what that one does\n",
            stderr);
    }
}

static int draw(request *r) {
    char *bytes = NULL;
    size_t len = 0;
    int status;
    hf_map_format format;
    if (!find_format(r, &format, &status)) {
        return status;
    }
    if (r->p.path || r->p.fd >= 0) {
        if (!summary_read(&r->sum, &status)) {
            return status;
        }
        r->map.sum = &r->sum;
        if (!r->p.s.quiet) {
            placements_print_rows(r->sum.read);
            summary_print_rule(&r->sum);
            print_note(r);
        }
    }
    if (!picture_draw(&r->map, format, &bytes, &len, &status)) {
        return status;
    }
    status = session_write_to(r->p.s.out_path, r->p.path, bytes, len);
    hf_text_free(bytes);
    return status;
}

static int run(int argc, char **argv) {
    request r;
    placements_init(&r.p);
    summary_init(&r.sum, &r.p);
    picture_init(&r.map, &r.p);
    r.p.takes_home = true;
    r.p.s.format_help =
        "svg, png or pdf (default: by the name of the output, or svg)";
    const cli_option own[] = {
        {"home", 0, CLI_TEXT, (void *)&r.p.home, "NAME", "the home authority"},
        {0}};
    cli_options options = {{own, picture_options(&r.map),
                            summary_options(&r.sum), placements_options(&r.p),
                            session_adjoining_options(&r.p.s),
                            session_options(&r.p.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_map, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n > 1 || !r.p.home) {
        cli_error(
            "map wants --home NAME, and a file at most; see howfar map --help");
        return CLI_WRONG_USAGE;
    }
    if (placements_open(&r.p, n ? argv[0] : NULL, &status)) {
        status = draw(&r);
    }
    summary_close(&r.sum);
    placements_close(&r.p);
    return status;
}

const cli_command command_map = {
    "map", "map [FILE] --home NAME [-o FILE]",
    "a map of a home authority, its neighbours and its placements",
    "With a FILE (anything that annotate reads, or -) destinations are shaded "
    "by\n"
    "number, and hatched where the report of the same options withholds it. "
    "Lines lead to the "
    "centres "
    "of\n"
    "areas, never to a placement.",
    run};
