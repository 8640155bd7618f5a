/* What the programs that measure share. */
#ifndef HOWFAR_TOOLS_BENCH_H
#define HOWFAR_TOOLS_BENCH_H

#include "howfar/howfar.h"

/* Prints the context's message and exits unless the call returned HF_OK. */
void bench_need(hf_context *ctx, hf_status status);
/* Prints a message and exits. */
_Noreturn void bench_stop(const char *where, const char *what);
/* Zeroed memory; exits when there is none. */
void *bench_alloc(size_t n, size_t size);
/* Seconds of the processor that this thread took: what else runs on the machine
 * does not count. */
double bench_now_s(void);

/* Random numbers, the same everywhere for a seed (xorshift64*). */
typedef struct bench_random {
    uint64_t state;
} bench_random;

bench_random bench_seed(uint64_t seed);
uint64_t bench_next(bench_random *random);
/* Uniform in [low, high). */
double bench_in(bench_random *random, double low, double high);

/* A context and a boundary set; exits when it can't be opened. */
typedef struct bench_set {
    hf_context *ctx;
    hf_boundaries *set;
    size_t count;
} bench_set;

bench_set bench_open(const char *path);
void bench_close(bench_set *open);
/* Index of an authority by its code; exits when there is none. */
size_t bench_home(const bench_set *open, const char *code);

#endif
