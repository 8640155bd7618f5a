/* What every command needs: a context, the boundary set, its resolver and who
 * adjoins whom; opened from common options, with one line on stderr where that
 * fails. */
#ifndef HOWFAR_CLI_SESSION_H
#define HOWFAR_CLI_SESSION_H

#include "cli/options.h"
#include "howfar/howfar.h"

typedef struct session {
    /* options */
    const char *shapes;
    const char *postcodes;
    const char *format_name; /* NULL: by the suffix of out_path, or text */
    const char *format_help; /* of a command that has formats of its own, and
                                reads format_name itself; NULL otherwise */
    const char *out_path;    /* NULL: standard output */
    const char *in_path;     /* never overwritten; NULL: none */
    hf_boundaries_options boundaries;
    hf_adjacency_options adjoining;
    bool quiet;
    /* what is open */
    hf_context *ctx;
    hf_boundaries *set;
    hf_places *places;
    hf_adjacency *adjacency;
    hf_format format;
} session;

void session_init(session *s);

/* The options that all commands share, and those on adjoining. The tables live
 * as long as the session. */
const cli_option *session_options(session *s);
const cli_option *session_adjoining_options(session *s);

/* Opens context and format only. */
bool session_open_context(session *s, int *exit_out);

/* Opens context and format, then what is asked for. False after an error line;
 * *exit_out is the status. */
bool session_open(session *s, bool with_adjacency, int *exit_out);
void session_close(session *s);

/* Reports the context's last message; gives the exit status of `status`. */
int session_failed(const session *s, hf_status status);

/* Resolves a place; false after an error line. */
bool session_resolve(session *s, const char *text, hf_place *out,
                     int *exit_out);

/* Resolves a place that must be one authority (`role`: "--home"). */
bool session_resolve_authority(session *s, const char *text, const char *role,
                               hf_place *out, int *exit_out);

/* The rule that decides a category, for people. */
void session_rule_text(const session *s, const char *home, char *out,
                       size_t size);

/* Adds the lines on method and data that every answer ends with; each by
 * itself, where the distance may be the official one of SSDA903. */
void session_add_facts(const session *s, hf_document *document);
void session_add_method(bool is_official, hf_document *document);
void session_add_boundaries(const session *s, hf_document *document);

/* Writes a document to out_path or stdout and frees it; gives the exit status.
 */
int session_print(session *s, hf_document *document);

/* Writes bytes to a file, or stdout where it is NULL, never over the input;
 * gives the exit status. */
int session_write_to(const char *path, const char *input, const char *bytes,
                     size_t len);

/* Words of argv joined by blanks; free it. NULL without memory or words. */
char *session_join(char **words, size_t n);

#endif
