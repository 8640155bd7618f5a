/* The inside of a context: failing with a message, warning, and the slots in
 * which the layers above keep the handles of the libraries they wrap. */
#ifndef HOWFAR_BASE_CONTEXT_H
#define HOWFAR_BASE_CONTEXT_H

#include <stddef.h>

#include "howfar/context.h"

/* Sets the message (cut to one line of at most 1,000 bytes) and returns
 * `status`. */
hf_status hf__fail(hf_context *ctx, hf_status status, const char *format, ...)
    HF_PRINTF(3, 4);
#ifdef __clang_analyzer__
/* The analyser sees one file at a time: so it knows what is returned. */
#define hf__fail(ctx, status, ...) \
    (hf__fail((ctx), (status), __VA_ARGS__), (status))
#endif

/* hf__fail for a lack of memory. */
static inline hf_status hf__fail_memory(hf_context *ctx) {
    return hf__fail(ctx, HF_ERR_MEMORY, "out of memory");
}

/* Sends a one-line warning to the handler. */
void hf__warn(hf_context *ctx, const char *format, ...) HF_PRINTF(2, 3);

/* Handles kept with a context, one slot per wrapped library. */
typedef enum hf__slot {
    HF__SLOT_PROJ,   /* earth/projection */
    HF__SLOT_GEOS,   /* shape/topology */
    HF__SLOT_LOCATE, /* answer: scratch */
    HF__SLOT_COUNT
} hf__slot;

/* The handle in a slot, or NULL. */
void *hf__context_get(const hf_context *ctx, hf__slot slot);

/* Puts a handle into an empty slot; `destroy` is called with it when the
 * context is freed, in reverse order of slots. */
void hf__context_set(hf_context *ctx, hf__slot slot, void *handle,
                     void (*destroy)(void *handle));

#endif
