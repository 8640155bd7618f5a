#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t random_state;

static void print_seed(void) {
    if (random_state) {
        const char *seed = getenv("HOWFAR_SEED");
        print_error("seed: HOWFAR_SEED=%s\n", seed ? seed : "1");
    }
}

void check_near(double actual, double expected, double tolerance,
                const char *what, const char *file, int line) {
    if (!(fabs(actual - expected) <= tolerance)) {
        print_error("%s is %.17g, not %.17g within %g\n", what, actual,
                    expected, tolerance);
        print_seed();
        _fail(file, line);
    }
}

void check_status(hf_context *ctx, hf_status actual, hf_status expected,
                  const char *what, const char *file, int line) {
    if (actual != expected) {
        print_error("%s: %s, not %s (%s)\n", what, hf_status_text(actual),
                    hf_status_text(expected),
                    ctx ? hf_context_message(ctx) : "");
        print_seed();
        _fail(file, line);
    }
}

void check_contains(const char *text, const char *part, const char *file,
                    int line) {
    if (!strstr(text, part)) {
        print_error("\"%s\" lacks \"%s\"\n", text, part);
        _fail(file, line);
    }
}

uint64_t check_random(void) {
    if (!random_state) {
        const char *seed = getenv("HOWFAR_SEED");
        random_state = seed ? strtoull(seed, NULL, 10) : 1;
        random_state = random_state * 0x9E3779B97F4A7C15u + 1;
    }
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545F4914F6CDD1Du;
}

double check_random_in(double low, double high) {
    double unit = (double)(check_random() >> 11) * 0x1p-53;
    return low + (high - low) * unit;
}

const char *check_data(const char *path) {
    static char paths[4][1024];
    static unsigned next;
    const char *folder = getenv("HOWFAR_DATA");
    char *full = paths[next++ % 4];
    snprintf(full, sizeof paths[0], "%s/%s",
             folder && *folder ? folder : "../shared/data", path);
    if (access(full, R_OK)) {
        print_message("no %s: skipped\n", full);
        skip();
    }
    return full;
}
