#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/options.h"

/* The unfinished file, for the handler of an interrupt. */
static char *volatile unfinished;

static void on_interrupt(int number) {
    if (unfinished) {
        static const char text[] = "howfar: interrupted; no file is written\n";
        unlink(unfinished);
        (void)!write(STDERR_FILENO, text, sizeof text - 1);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static bool is_same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_same_file(const char *a, const char *b) {
    struct stat first, second;
    return !stat(a, &first) && !stat(b, &second) && is_same(&first, &second);
}

/* As in `howfar annotate in.csv >>in.csv`, which would read what it writes. */
static bool is_stdout(const char *input) {
    struct stat first, second;
    return !stat(input, &first) && S_ISREG(first.st_mode) &&
           !fstat(STDOUT_FILENO, &second) && is_same(&first, &second);
}

bool output_open(output *out, const char *path, const char *input) {
    *out = (output){.path = path, .fd = STDOUT_FILENO};
    if (!path || !strcmp(path, "-")) {
        out->path = NULL;
        if (input && is_stdout(input)) {
            cli_error("%s is the input: it is never overwritten", input);
            return false;
        }
        return true;
    }
    if (!*path) {
        cli_error("--output: the name of a file is missing");
        return false;
    }
    if (input && is_same_file(path, input)) {
        cli_error("%s is the input: it is never overwritten", path);
        return false;
    }
    struct stat facts;
    bool is_there = !stat(path, &facts);
    if (is_there && !S_ISREG(facts.st_mode)) {
        /* A device or a pipe is written to as it is. */
        out->fd = open(path, O_WRONLY | O_CLOEXEC);
        if (out->fd < 0) {
            cli_error("%s: %s", path, strerror(errno));
        }
        return out->fd >= 0;
    }
    size_t size = strlen(path) + 16;
    out->beside = malloc(size);
    if (!out->beside) {
        cli_error("out of memory");
        return false;
    }
    snprintf(out->beside, size, "%s.XXXXXX", path);
    out->fd = mkstemp(out->beside); /* mode 0600 */
    if (out->fd < 0) {
        cli_error("%s: %s", path, strerror(errno));
        free(out->beside);
        out->beside = NULL;
        return false;
    }
    out->early = is_there ? writeback_start(out->fd) : NULL;
    unfinished = out->beside;
    signal(SIGINT, on_interrupt);
    signal(SIGTERM, on_interrupt);
    signal(SIGHUP, on_interrupt);
    return true;
}

bool output_close(output *out, bool keep) {
    bool is_good = true;
    writeback_stop(out->early);
    if (out->path && close(out->fd) && keep) {
        cli_error("%s: %s", out->path, strerror(errno));
        is_good = false;
    }
    if (out->beside) {
        if (keep && is_good && rename(out->beside, out->path)) {
            cli_error("%s: %s", out->path, strerror(errno));
            is_good = false;
        }
        if (!keep || !is_good) {
            unlink(out->beside);
        }
        unfinished = NULL;
        free(out->beside);
        out->beside = NULL;
    }
    return is_good;
}
