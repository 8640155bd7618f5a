#define LANES_NAME "baseline"
#define LANES_TABLE hf__lanes_baseline
#include "shape/lanes_body.h"

#include <stdlib.h>
#include <string.h>

#define MAX_VARIANTS 3

/* Widest first. */
static size_t list_variants(const hf__lanes **list) {
    size_t n = 0;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
        list[n++] = &hf__lanes_avx512;
    }
    if (__builtin_cpu_supports("avx2")) {
        list[n++] = &hf__lanes_avx2;
    }
#endif
    list[n++] = &hf__lanes_baseline;
    return n;
}

const hf__lanes *hf__lanes_variant(size_t i) {
    const hf__lanes *list[MAX_VARIANTS];
    return i < list_variants(list) ? list[i] : NULL;
}

const hf__lanes *hf__lanes_best(void) {
    const hf__lanes *list[MAX_VARIANTS];
    size_t n = list_variants(list);
    const char *wanted = getenv("HOWFAR_LANES");
    for (size_t i = 0; wanted && i < n; i++) {
        if (!strcmp(list[i]->name, wanted)) {
            return list[i];
        }
    }
    return list[0];
}
