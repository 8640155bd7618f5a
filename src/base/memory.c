#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Blocks from this size on ask for large pages: a page of 4 kB at a time, the
 * kernel takes as long to hand out a block as we do to fill it. */
#define LARGE ((size_t)8 << 20)

static void *prepare(void *memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
    if (memory && bytes >= LARGE) {
        uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
        uintptr_t start = ((uintptr_t)memory + page - 1) / page * page;
        uintptr_t end = ((uintptr_t)memory + bytes) / page * page;
        /* Only a wish: nothing depends on whether it is granted. */
        (void)madvise((void *)start, end - start, MADV_HUGEPAGE);
    }
#else
    (void)bytes;
#endif
    return memory;
}

void *hf__calloc(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    return memory ? prepare(memory, count * size) : NULL;
}

void *hf__realloc_array(void *old, size_t count, size_t size) {
    if (count && size > SIZE_MAX / count) {
        return NULL;
    }
    size_t bytes = count * size;
    return prepare(realloc(old, bytes ? bytes : 1), bytes);
}

void hf__free(void *memory) {
    free(memory);
}

bool hf__reserve(void **array, size_t *capacity, size_t need, size_t size) {
    if (need <= *capacity) {
        return true;
    }
    size_t grown = *capacity + *capacity / 2;
    if (grown < need) {
        grown = need;
    }
    if (grown < 8) {
        grown = 8;
    }
    void *moved = hf__realloc_array(*array, grown, size);
    if (!moved) {
        return false;
    }
    *array = moved;
    *capacity = grown;
    return true;
}

char *hf__strndup(const char *text, size_t len) {
    char *copy = hf__calloc(len + 1, 1);
    if (copy && len) {
        memcpy(copy, text, len);
    }
    return copy;
}

char *hf__strdup(const char *text) {
    return hf__strndup(text, strlen(text));
}
