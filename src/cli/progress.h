/* Progress on a terminal, when work lasts more than a second: rows, rows a
 * second, time left. Silent otherwise. */
#ifndef HOWFAR_CLI_PROGRESS_H
#define HOWFAR_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct progress {
    struct timespec start;
    bool is_wanted;
    bool is_shown; /* something stands on the line */
} progress;

void progress_start(progress *p, bool is_quiet);

/* Serves as hf_progress; `user` is the progress. */
bool progress_show(void *user, uint64_t rows, uint64_t bytes,
                   uint64_t bytes_total);

/* Clears the line. */
void progress_end(progress *p);

#endif
