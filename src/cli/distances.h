/* Tables of distances: from a home authority to others, or between all. */
#ifndef HOWFAR_CLI_DISTANCES_H
#define HOWFAR_CLI_DISTANCES_H

#include "cli/progress.h"
#include "cli/session.h"

typedef struct distances_row {
    size_t from, to; /* authorities */
    hf_distances d;
    hf_category category;
} distances_row;

typedef struct distances {
    session *s; /* open, with adjacency */
    const char *home;
    const char *to;      /* names, between commas; NULL: all */
    const char *sort;    /* a column */
    const char *measure; /* of the matrix of all */
    bool is_long;        /* a row per pair instead of a matrix */
    progress progress;
    distances_row *rows;
    size_t n;
} distances;

/* Print what is asked for; give the exit status. */
int distances_print_from(distances *t);
int distances_print_all(distances *t);

#endif
