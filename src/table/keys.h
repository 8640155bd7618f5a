/* A set of texts, each once, numbered from 0 as they come: identifiers of
 * children, which are compared as they stand and never shown. */
#ifndef HOWFAR_TABLE_KEYS_H
#define HOWFAR_TABLE_KEYS_H

#include "base/text.h"

/* Start with {0}. */
typedef struct hf__keys {
    hf__buf text; /* one after the other */
    size_t *ends; /* of each in `text` */
    size_t n, capacity;
    uint32_t *slots; /* number + 1 of a text, or 0; open addressing */
    size_t n_slots;  /* a power of two */
} hf__keys;

void hf__keys_reset(hf__keys *keys);

/* The number of a text, or SIZE_MAX. */
size_t hf__keys_find(const hf__keys *keys, hf__str text);

/* Adds it unless it is there; *out is its number. False without memory, or for
 * more than 4 billion. */
bool hf__keys_add(hf__keys *keys, hf__str text, size_t *out);

#endif
