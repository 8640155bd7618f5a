/* Options of a command, declared in a table that also prints the help. */
#ifndef HOWFAR_CLI_OPTIONS_H
#define HOWFAR_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum cli_type {
    CLI_FLAG,   /* bool: --water; also --no-water */
    CLI_TEXT,   /* const char * */
    CLI_NUMBER, /* double */
    CLI_COUNT,  /* size_t */
    CLI_DAY     /* int, YYYYMMDD: 2019-12-31 or 20191231 */
} cli_type;

typedef struct cli_option {
    const char *name; /* without dashes */
    char letter;      /* 0 for none */
    cli_type type;
    void *value;
    const char *argument; /* for the help: "NAME" */
    const char *help;
} cli_option;

/* Exit statuses. */
enum {
    CLI_DONE = 0,
    CLI_COULD_NOT = 1,
    CLI_WRONG_USAGE = 2,
    CLI_INCOMPLETE = 3
};

typedef struct cli_command {
    const char *name;
    const char *usage;   /* behind "howfar " */
    const char *summary; /* one line for the list of commands */
    const char *text;    /* a paragraph for the help, "" if none */
    int (*run)(int argc, char **argv);
} cli_command;

/* Several tables make up the options of a command; the last has no name. */
typedef struct cli_options {
    const cli_option *tables[7];
} cli_options;

/* Parses argv[1..]: fills values and moves what is not an option to the front
 * of argv (from index 0); *n_out is their number. A text that begins with a
 * dash and a digit is a number, no option; "--" ends options. Prints help or
 * one line on wrong usage; *exit_out is then the exit status and false is
 * returned. */
bool cli_parse(const cli_command *command, const cli_options *options, int argc,
               char **argv, size_t *n_out, int *exit_out);

/* One line on stderr: "howfar: ...". */
void cli_error(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

#endif
