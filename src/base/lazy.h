/* Things made on first use and shared by threads from then on. */
#ifndef HOWFAR_BASE_LAZY_H
#define HOWFAR_BASE_LAZY_H

#include <pthread.h>

#include "howfar/context.h"

/* One such thing. What is made never changes afterwards and lives as long as
 * its slot; the maker knows its type, the slot does not. */
typedef struct hf__lazy {
    _Atomic(void *) thing;
    pthread_mutex_t mutex; /* held while the thing is made */
    void (*destroy)(void *thing);
} hf__lazy;

/* Makes the thing; `recipe` is what the caller of hf__lazy_get gave. */
typedef hf_status (*hf__lazy_make)(hf_context *ctx, const void *recipe,
                                   void **out);

void hf__lazy_init(hf__lazy *lazy);
/* Destroys the thing, if it was made. */
void hf__lazy_reset(hf__lazy *lazy);

/* The thing, made now if it was not yet: by one thread, while others that ask
 * wait. A failure is returned, and the next call tries again. `destroy` belongs
 * to `make`. */
hf_status hf__lazy_get(hf_context *ctx, hf__lazy *lazy, hf__lazy_make make,
                       const void *recipe, void (*destroy)(void *thing),
                       void **out);

#endif
