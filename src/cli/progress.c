#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

void progress_start(progress *p, bool is_quiet) {
    *p = (progress){.is_wanted = !is_quiet && isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &p->start);
}

bool progress_show(void *user, uint64_t rows, uint64_t bytes,
                   uint64_t bytes_total) {
    progress *p = user;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)(now.tv_sec - p->start.tv_sec) +
                     (double)(now.tv_nsec - p->start.tv_nsec) / 1e9;
    if (!p->is_wanted || seconds < 1) {
        return true;
    }
    fprintf(stderr, "\r%" PRIu64 " rows, %.0f a second", rows,
            (double)rows / seconds);
    if (bytes_total && bytes) {
        double left = seconds * (double)(bytes_total - bytes) / (double)bytes;
        fprintf(stderr, ", %.0f s left   ", left);
    }
    fflush(stderr);
    p->is_shown = true;
    return true;
}

void progress_end(progress *p) {
    if (p->is_shown) {
        fputs("\r\033[K", stderr);
        p->is_shown = false;
    }
}
