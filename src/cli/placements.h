/* A file of placements and the home authority that it is looked at from: the
 * options that say how to read it, opening it, reading it. Shared by the
 * commands that take one. */
#ifndef HOWFAR_CLI_PLACEMENTS_H
#define HOWFAR_CLI_PLACEMENTS_H

#include "cli/progress.h"
#include "cli/returns.h"

typedef struct placements {
    session s;
    /* options */
    const char *home, *origin, *delimiter;
    bool takes_home;  /* --origin home: from the child's own home */
    bool from_home;   /* that was asked for */
    bool is_official; /* miles are PL_DISTANCE, as of a return */
    returns returns;
    hf_annotate_options options;
    /* what is open */
    const char *label; /* for messages: "places.csv", "standard input" */
    const char *path;  /* NULL for standard input */
    int fd;
    hf_place home_place, origin_place;
    progress progress;
} placements;

void placements_init(placements *p);

/* The options on reading a file; takes_home must be set before. The table lives
 * as long as the process. */
const cli_option *placements_options(placements *p);

/* Opens the file ("-": standard input; NULL: none), session, home and origin.
 * False after an error line; *exit_out is the status. Close it in any case. */
bool placements_open(placements *p, const char *path, int *exit_out);
void placements_close(placements *p);

/* Reads the file; out_fd as hf_annotate's. Columns, notes and progress go to
 * stderr unless they are not wanted. */
HF_WARN_UNUSED hf_status placements_read(placements *p, int out_fd,
                                         hf_annotate_summary **out);

/* How many rows were read and why some could not be placed, on stderr. */
void placements_print_rows(const hf_annotate_summary *sum);

/* The same, what they are, and from which boundaries. */
void placements_print_summary(const placements *p,
                              const hf_annotate_summary *sum);

/* What miles are measured from, for people: "the centre of Hertfordshire". */
void placements_origin_text(const placements *p, char *out, size_t size);

#endif
