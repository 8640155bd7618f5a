#include "cli/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE_PAGE ((uintptr_t)2 << 20)
/* Set aside, not used: addresses cost nothing. */
#define SET_ASIDE (256 << 20)
#define MORE (1 << 20) /* when that is used up */
/* The most that malloc allows; greater blocks ask for large pages themselves
 * (base/memory.c). */
#define OWN_MAPPING (32 << 20)

void cli_prepare_heap(void) {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
    if (!mallopt(M_MMAP_THRESHOLD, OWN_MAPPING) ||
        !mallopt(M_TRIM_THRESHOLD, 1 << 30) || !mallopt(M_TOP_PAD, SET_ASIDE) ||
        !mallopt(M_ARENA_MAX, 1)) {
        return;
    }
    /* The heap goes on at the next large page, ... */
    uintptr_t end = (uintptr_t)sbrk(0);
    if (sbrk((intptr_t)(-end & (LARGE_PAGE - 1))) == (void *)-1) {
        return;
    }
    char *start = sbrk(0);
    /* ... where this block does not fit into what is left before it. */
    void *volatile block = malloc(OWN_MAPPING / 2);
    free(block);
    (void)mallopt(M_TOP_PAD, MORE);
    char *stop = sbrk(0);
    if (stop > start) {
        (void)madvise(start, (size_t)(stop - start), MADV_HUGEPAGE);
    }
#endif
}
