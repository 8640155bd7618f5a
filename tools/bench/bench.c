#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

_Noreturn void bench_stop(const char *where, const char *what) {
    fprintf(stderr, "bench: %s: %s\n", where, what);
    exit(1);
}

void bench_need(hf_context *ctx, hf_status status) {
    if (status) {
        bench_stop(hf_status_text(status), hf_context_message(ctx));
    }
}

void *bench_alloc(size_t n, size_t size) {
    void *block = calloc(n ? n : 1, size);
    if (!block) {
        bench_stop("memory", "not enough");
    }
    return block;
}

double bench_now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bench_random bench_seed(uint64_t seed) {
    return (bench_random){(seed + 1) * 0x9e3779b97f4a7c15u | 1};
}

uint64_t bench_next(bench_random *random) {
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * 0x2545f4914f6cdd1du;
}

double bench_in(bench_random *random, double low, double high) {
    return low + (high - low) * ((double)(bench_next(random) >> 11) * 0x1p-53);
}

bench_set bench_open(const char *path) {
    bench_set open = {NULL, NULL, 0};
    if (hf_context_new(&open.ctx)) {
        bench_stop("memory", "not enough");
    }
    bench_need(open.ctx, hf_boundaries_open(open.ctx, path, NULL, &open.set));
    open.count = hf_boundaries_count(open.set);
    return open;
}

void bench_close(bench_set *open) {
    hf_boundaries_close(open->set);
    hf_context_free(open->ctx);
}

size_t bench_home(const bench_set *open, const char *code) {
    size_t home = hf_boundaries_find_code(open->set, code, strlen(code));
    if (home == HF_NOWHERE) {
        bench_stop(code, "no such code in the boundary set");
    }
    return home;
}
