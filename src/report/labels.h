/* Texts numbered in the order in which they come. */
#ifndef HOWFAR_REPORT_LABELS_H
#define HOWFAR_REPORT_LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hf__labels {
    char **texts;
    size_t n, capacity;
    uint32_t *order; /* the numbers, by text */
    size_t order_capacity;
} hf__labels;

void hf__labels_reset(hf__labels *labels);

/* The number of a text, new or old. False without memory. */
bool hf__labels_find(hf__labels *labels, const char *text, uint32_t *out);

#endif
