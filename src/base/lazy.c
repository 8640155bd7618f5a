#include "base/lazy.h"

#include <stdatomic.h>
#include <stddef.h>

void hf__lazy_init(hf__lazy *lazy) {
    atomic_init(&lazy->thing, NULL);
    pthread_mutex_init(&lazy->mutex, NULL); /* always 0 without attributes */
    lazy->destroy = NULL;
}

void hf__lazy_reset(hf__lazy *lazy) {
    void *thing = atomic_load_explicit(&lazy->thing, memory_order_acquire);
    if (thing) {
        lazy->destroy(thing);
        atomic_store_explicit(&lazy->thing, NULL, memory_order_relaxed);
    }
    pthread_mutex_destroy(&lazy->mutex);
}

hf_status hf__lazy_get(hf_context *ctx, hf__lazy *lazy, hf__lazy_make make,
                       const void *recipe, void (*destroy)(void *thing),
                       void **out) {
    void *thing = atomic_load_explicit(&lazy->thing, memory_order_acquire);
    if (thing) {
        *out = thing;
        return HF_OK;
    }
    hf_status status = HF_OK;
    pthread_mutex_lock(&lazy->mutex);
    thing = atomic_load_explicit(&lazy->thing, memory_order_relaxed);
    if (!thing) {
        status = make(ctx, recipe, &thing);
        if (!status) {
            lazy->destroy = destroy;
            atomic_store_explicit(&lazy->thing, thing, memory_order_release);
        }
    }
    pthread_mutex_unlock(&lazy->mutex);
    if (!status) {
        *out = thing;
    }
    return status;
}
