/* An ordered pipeline: blocks are filled in order by the calling thread, worked
 * on by any thread, and drained in order by the calling thread again. The
 * number of blocks is fixed: when all are full, filling waits for draining, so
 * memory stays bounded however slow either end is. */
#ifndef HOWFAR_TABLE_PIPELINE_H
#define HOWFAR_TABLE_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "howfar/context.h"

typedef enum hf__filled {
    HF__FILLED = 0, /* the slot holds a block */
    HF__FILL_LATER, /* not before a block has been drained */
    HF__FILL_END    /* nothing is left: fill is not called again */
} hf__filled;

typedef struct hf__pipeline {
    void *user;
    size_t n_threads; /* the calling thread among them; at least 1 */
    size_t n_slots;   /* at least 1 */
    /* Fills a slot. HF__FILL_LATER only while another slot is in use. */
    hf__filled (*fill)(void *user, size_t slot);
    /* Works on a slot; `thread` is below n_threads and this thread's own. */
    void (*work)(void *user, size_t thread, size_t slot);
    /* Takes what came out of a slot, which is free afterwards. A failure ends
     * the run. */
    hf_status (*drain)(void *user, size_t slot);
} hf__pipeline;

/* Runs until everything is drained, or draining fails. Threads are started when
 * there is work for a second one; where that fails, the others do it. */
hf_status hf__pipeline_run(hf_context *ctx, const hf__pipeline *pipeline);

#endif
