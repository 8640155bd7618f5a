#include "table/keys.h"

#include <string.h>

#include "base/memory.h"

#define SLOTS_LEAST 64

void hf__keys_reset(hf__keys *keys) {
    hf__buf_reset(&keys->text);
    hf__free(keys->ends);
    hf__free(keys->slots);
    *keys = (hf__keys){.n = 0};
}

/* FNV-1a, its bits mixed once more, for slots are taken from the low ones. */
static uint64_t hash_of(hf__str text) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211u;
    }
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

static hf__str key_at(const hf__keys *keys, size_t number) {
    size_t start = number ? keys->ends[number - 1] : 0;
    return (hf__str){keys->text.text + start, keys->ends[number] - start};
}

/* The slot that holds a text, or the free one where it would be. */
static size_t slot_of(const hf__keys *keys, hf__str text) {
    size_t at = (size_t)hash_of(text) & (keys->n_slots - 1);
    while (keys->slots[at]) {
        hf__str key = key_at(keys, keys->slots[at] - 1);
        if (key.len == text.len && !memcmp(key.at, text.at, text.len)) {
            break;
        }
        at = (at + 1) & (keys->n_slots - 1);
    }
    return at;
}

size_t hf__keys_find(const hf__keys *keys, hf__str text) {
    if (!keys->n || !text.len) {
        return SIZE_MAX;
    }
    uint32_t number = keys->slots[slot_of(keys, text)];
    return number ? number - 1 : SIZE_MAX;
}

/* At most half of the slots are taken. */
static bool make_slots(hf__keys *keys) {
    if (keys->n_slots && keys->n < keys->n_slots / 2) {
        return true;
    }
    size_t n_slots = keys->n_slots ? keys->n_slots * 2 : SLOTS_LEAST;
    uint32_t *slots = hf__calloc(n_slots, sizeof *slots);
    if (!slots) {
        return false;
    }
    hf__free(keys->slots);
    keys->slots = slots;
    keys->n_slots = n_slots;
    for (size_t i = 0; i < keys->n; i++) {
        slots[slot_of(keys, key_at(keys, i))] = (uint32_t)(i + 1);
    }
    return true;
}

bool hf__keys_add(hf__keys *keys, hf__str text, size_t *out) {
    void *ends = keys->ends;
    if (keys->n >= UINT32_MAX - 1 || !make_slots(keys) ||
        !hf__reserve(&ends, &keys->capacity, keys->n + 1, sizeof *keys->ends)) {
        return false;
    }
    keys->ends = ends;
    size_t slot = slot_of(keys, text);
    if (keys->slots[slot]) {
        *out = keys->slots[slot] - 1;
        return true;
    }
    hf__buf_add(&keys->text, text.at, text.len);
    if (keys->text.failed) {
        return false;
    }
    keys->ends[keys->n] = keys->text.len;
    keys->slots[slot] = (uint32_t)(keys->n + 1);
    *out = keys->n++;
    return true;
}
