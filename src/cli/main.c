#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/heap.h"
#include "howfar/howfar.h"

static const cli_command *const commands[] = {
    &command_to,         &command_annotate, &command_reconcile,
    &command_table,      &command_map,      &command_check,
    &command_neighbours, &command_places,   &command_authorities,
    &command_postcodes,  &command_info};

static void print_overview(FILE *out) {
    fputs(
        "howfar tells how far placements are from a home authority.\n\n"
        "  howfar Scotland --from Hertfordshire\n"
        "  howfar annotate placements.csv --home Hertfordshire -o out.csv\n\n",
        out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        fprintf(out, "  %-14s%s\n", commands[i]->name, commands[i]->summary);
    }
    fputs("\nhowfar COMMAND --help tells more.\n", out);
}

/* A file opened while one of these is closed would take its place, and be
 * written over. Held the wrong way round, reading or writing it still fails. */
static bool hold_standard_files(void) {
    bool is_held = true;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO && is_held; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            int way = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
            is_held = open("/dev/null", way) == fd;
        }
    }
    return is_held;
}

int main(int argc, char **argv) {
    if (!hold_standard_files()) {
        return CLI_COULD_NOT;
    }
    cli_prepare_heap();
    /* A closed pipe is an error of writing, told in one line. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        print_overview(stderr);
        return CLI_WRONG_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
        (!strcmp(argv[1], "help") && argc == 2)) {
        print_overview(stdout);
        return CLI_DONE;
    }
    if (!strcmp(argv[1], "--version")) {
        puts("howfar " HF_VERSION);
        return CLI_DONE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (!strcmp(argv[1], commands[i]->name)) {
            return commands[i]->run(argc - 1, argv + 1);
        }
    }
    /* No command: the question itself. */
    return command_to.run(argc, argv);
}
