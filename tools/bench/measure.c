/* Runs a command and writes what it took.
 *
 *     bench-measure RESULT COMMAND [ARGUMENT...]
 *
 * RESULT gets one line: seconds on the clock, seconds of the processors, most
 * memory in kB, exit status. All but the first include the command's children.
 * A program this small starts the command so that the memory of what starts it
 * is not taken for its own. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval t) {
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: bench-measure RESULT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    double start = now_s();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror("bench-measure");
        return 1;
    }
    double wall = now_s() - start;
    int exit_status =
        WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    FILE *file = fopen(argv[1], "w");
    if (!file) {
        perror(argv[1]);
        return 1;
    }
    fprintf(file, "%.6f %.6f %ld %d\n", wall,
            seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            usage.ru_maxrss, exit_status);
    return fclose(file) ? 1 : exit_status;
}
