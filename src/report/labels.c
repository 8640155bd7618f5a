#include "report/labels.h"

#include <string.h>

#include "base/memory.h"

void hf__labels_reset(hf__labels *labels) {
    for (size_t i = 0; i < labels->n; i++) {
        hf__free(labels->texts[i]);
    }
    hf__free(labels->texts);
    hf__free(labels->order);
    *labels = (hf__labels){0};
}

static bool add(hf__labels *labels, const char *text, size_t at) {
    void *texts = labels->texts, *order = labels->order;
    bool has_room = hf__reserve(&texts, &labels->capacity, labels->n + 1,
                                sizeof *labels->texts);
    labels->texts = texts;
    has_room = has_room && hf__reserve(&order, &labels->order_capacity,
                                       labels->n + 1, sizeof *labels->order);
    labels->order = order;
    char *copy = has_room ? hf__strdup(text) : NULL;
    if (!copy) {
        return false;
    }
    memmove(labels->order + at + 1, labels->order + at,
            (labels->n - at) * sizeof *labels->order);
    labels->order[at] = (uint32_t)labels->n;
    labels->texts[labels->n++] = copy;
    return true;
}

bool hf__labels_find(hf__labels *labels, const char *text, uint32_t *out) {
    size_t low = 0, high = labels->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(labels->texts[labels->order[middle]], text);
        if (order == 0) {
            *out = labels->order[middle];
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (!add(labels, text, low)) {
        return false;
    }
    *out = labels->order[low];
    return true;
}
