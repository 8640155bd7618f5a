#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *hf__calloc(size_t count, size_t size) {
    return calloc(count ? count : 1, size);
}

void *hf__realloc_array(void *old, size_t count, size_t size) {
    if (count && size > SIZE_MAX / count) {
        return NULL;
    }
    size_t bytes = count * size;
    return realloc(old, bytes ? bytes : 1);
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
