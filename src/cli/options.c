#include "cli/options.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define TABLES (sizeof((cli_options *)NULL)->tables / sizeof(cli_option *))

void cli_error(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("howfar: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

static int wrong_usage(const cli_command *command, const char *what,
                       const char *which) {
    cli_error("%s %s; see howfar %s --help", what, which, command->name);
    return CLI_WRONG_USAGE;
}

static void print_option(const cli_option *option) {
    char left[64];
    int len = option->letter
                  ? snprintf(left, sizeof left, "-%c, --%s", option->letter,
                             option->name)
                  : snprintf(left, sizeof left, "    --%s", option->name);
    if (option->argument && len > 0 && (size_t)len < sizeof left) {
        snprintf(left + len, sizeof left - (size_t)len, " %s",
                 option->argument);
    }
    printf("  %-26s  %s\n", left, option->help);
}

/* Taken by cli_parse before the tables are looked at. */
static const cli_option help_option = {
    .name = "help", .letter = 'h', .type = CLI_FLAG, .help = "this help"};

static void print_help(const cli_command *command, const cli_options *options) {
    printf("howfar %s\n\n%s\n", command->usage, command->summary);
    if (command->text[0]) {
        printf("\n%s\n", command->text);
    }
    for (size_t t = 0; t < TABLES && options->tables[t]; t++) {
        putchar('\n');
        for (const cli_option *o = options->tables[t]; o->name; o++) {
            print_option(o);
        }
    }
    print_option(&help_option);
}

static const cli_option *find_name(const cli_options *options, const char *name,
                                   size_t len, bool *is_negated) {
    *is_negated = false;
    bool has_no = len > 3 && !strncmp(name, "no-", 3);
    for (size_t t = 0; t < TABLES && options->tables[t]; t++) {
        for (const cli_option *o = options->tables[t]; o->name; o++) {
            if (strlen(o->name) == len && !strncmp(o->name, name, len)) {
                return o;
            }
            if (has_no && o->type == CLI_FLAG && strlen(o->name) == len - 3 &&
                !strncmp(o->name, name + 3, len - 3)) {
                *is_negated = true;
                return o;
            }
        }
    }
    return NULL;
}

static const cli_option *find_letter(const cli_options *options, char letter) {
    for (size_t t = 0; t < TABLES && options->tables[t]; t++) {
        for (const cli_option *o = options->tables[t]; o->name; o++) {
            if (o->letter == letter) {
                return o;
            }
        }
    }
    return NULL;
}

static bool parse_day(const char *text, int *out) {
    char digits[9];
    size_t n = 0;
    for (const char *c = text; *c; c++) {
        if (*c == '-' && (n == 4 || n == 6)) {
            continue;
        }
        if (*c < '0' || *c > '9' || n == 8) {
            return false;
        }
        digits[n++] = *c;
    }
    digits[n] = '\0';
    if (n == 4) { /* a year: its last day */
        *out = (int)strtol(digits, NULL, 10) * 10000 + 1231;
        return true;
    }
    *out = n == 8 ? (int)strtol(digits, NULL, 10) : 0;
    return n == 8;
}

/* The command sets no locale, so strtod reads a point. */
static bool set_value(const cli_option *option, const char *text) {
    char *end = NULL;
    switch (option->type) {
        case CLI_TEXT:
            *(const char **)option->value = text;
            return true;
        case CLI_NUMBER:
            *(double *)option->value = strtod(text, &end);
            return *text && !*end;
        case CLI_COUNT:
            *(size_t *)option->value = strtoul(text, &end, 10);
            return *text >= '0' && *text <= '9' && !*end;
        case CLI_DAY:
            return parse_day(text, option->value);
        case CLI_FLAG:
            break;
    }
    return false;
}

/* Takes one option at argv[*i], with its value. */
static int take_option(const cli_command *command, const cli_options *options,
                       int argc, char **argv, int *i) {
    const char *arg = argv[*i];
    const cli_option *option;
    const char *value = NULL;
    bool is_negated = false;
    if (arg[1] == '-') {
        const char *name = arg + 2;
        size_t len = strcspn(name, "=");
        value = name[len] ? name + len + 1 : NULL;
        option = find_name(options, name, len, &is_negated);
    } else {
        option = find_letter(options, arg[1]);
        value = arg[2] ? arg + 2 : NULL;
    }
    if (!option) {
        return wrong_usage(command, "no option", arg);
    }
    if (option->type == CLI_FLAG) {
        if (value) {
            return wrong_usage(command, "no value belongs to", arg);
        }
        *(bool *)option->value = !is_negated;
        return CLI_DONE;
    }
    if (!value) {
        if (*i + 1 >= argc) {
            return wrong_usage(command, "a value is missing after", arg);
        }
        value = argv[++*i];
    }
    return set_value(option, value)
               ? CLI_DONE
               : wrong_usage(command, "the value does not fit", arg);
}

static bool is_option(const char *arg) {
    bool is_number =
        arg[0] == '-' && ((arg[1] >= '0' && arg[1] <= '9') || arg[1] == '.');
    return arg[0] == '-' && arg[1] && !is_number;
}

bool cli_parse(const cli_command *command, const cli_options *options, int argc,
               char **argv, size_t *n_out, int *exit_out) {
    size_t n = 0;
    bool only_texts = false;
    for (int i = 1; i < argc; i++) {
        char *arg = argv[i];
        if (only_texts || !is_option(arg)) {
            argv[n++] = arg;
        } else if (!strcmp(arg, "--")) {
            only_texts = true;
        } else if (!strcmp(arg, "--help") || !strcmp(arg, "-h")) {
            print_help(command, options);
            *exit_out = CLI_DONE;
            return false;
        } else {
            *exit_out = take_option(command, options, argc, argv, &i);
            if (*exit_out) {
                return false;
            }
        }
    }
    *n_out = n;
    return true;
}
