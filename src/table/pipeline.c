#include "table/pipeline.h"

#include <pthread.h>
#include <stdint.h>

#include "base/context.h"
#include "base/memory.h"

/* Blocks are numbered; block i is in slot i % n_slots. Blocks below `drained`
 * are gone, those from there below `taken` are worked on or done, those from
 * there below `filled` wait. */
typedef struct run {
    const hf__pipeline *pipeline;
    pthread_mutex_t mutex;
    pthread_cond_t work_waits, block_done;
    uint64_t drained, taken, filled;
    bool *done; /* per slot */
    bool stop;
    size_t n_started; /* threads beside the calling one */
    pthread_t *threads;
} run;

/* Takes the next block and works on it; the mutex is held before and after. */
static void work_on_next(run *r, size_t thread) {
    size_t slot = r->taken++ % r->pipeline->n_slots;
    pthread_mutex_unlock(&r->mutex);
    r->pipeline->work(r->pipeline->user, thread, slot);
    pthread_mutex_lock(&r->mutex);
    r->done[slot] = true;
    pthread_cond_signal(&r->block_done);
}

typedef struct start {
    run *r;
    size_t thread;
} start;

static void *thread_main(void *argument) {
    start s = *(start *)argument;
    hf__free(argument);
    pthread_mutex_lock(&s.r->mutex);
    for (;;) {
        while (!s.r->stop && s.r->taken == s.r->filled) {
            pthread_cond_wait(&s.r->work_waits, &s.r->mutex);
        }
        if (s.r->stop) {
            break;
        }
        work_on_next(s.r, s.thread);
    }
    pthread_mutex_unlock(&s.r->mutex);
    return NULL;
}

static void start_thread(run *r) {
    start *s = hf__calloc(1, sizeof *s);
    if (!s) {
        return;
    }
    *s = (start){r, r->n_started + 1};
    if (pthread_create(&r->threads[r->n_started], NULL, thread_main, s)) {
        hf__free(s);
        return;
    }
    r->n_started++;
}

/* Fills the next slot; the mutex is held before and after. */
static hf__filled fill_next(run *r) {
    size_t slot = r->filled % r->pipeline->n_slots;
    pthread_mutex_unlock(&r->mutex);
    hf__filled filled = r->pipeline->fill(r->pipeline->user, slot);
    pthread_mutex_lock(&r->mutex);
    if (filled == HF__FILLED) {
        r->filled++;
        size_t in_use = (size_t)(r->filled - r->drained);
        if (in_use > 1 && r->n_started + 1 < r->pipeline->n_threads) {
            start_thread(r);
        }
        pthread_cond_signal(&r->work_waits);
    }
    return filled;
}

static hf_status drain_next(run *r) {
    size_t slot = r->drained % r->pipeline->n_slots;
    pthread_mutex_unlock(&r->mutex);
    hf_status status = r->pipeline->drain(r->pipeline->user, slot);
    pthread_mutex_lock(&r->mutex);
    r->done[slot] = false;
    r->drained++;
    return status;
}

/* What the calling thread does: drain first, then fill, then work. */
static hf_status conduct(run *r) {
    hf__filled last = HF__FILLED;
    hf_status status = HF_OK;
    while (!status) {
        size_t n_slots = r->pipeline->n_slots;
        bool is_in_use = r->drained < r->filled;
        if (is_in_use && r->done[r->drained % n_slots]) {
            status = drain_next(r);
            last = last == HF__FILL_LATER ? HF__FILLED : last;
        } else if (last == HF__FILLED && r->filled - r->drained < n_slots) {
            last = fill_next(r);
        } else if (r->taken < r->filled) {
            work_on_next(r, 0);
        } else if (is_in_use) {
            pthread_cond_wait(&r->block_done, &r->mutex);
        } else {
            break;
        }
    }
    return status;
}

hf_status hf__pipeline_run(hf_context *ctx, const hf__pipeline *pipeline) {
    run r = {.pipeline = pipeline};
    r.done = hf__calloc(pipeline->n_slots, sizeof *r.done);
    r.threads = hf__calloc(pipeline->n_threads, sizeof *r.threads);
    hf_status status = HF_OK;
    if (!r.done || !r.threads) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    pthread_mutex_init(&r.mutex, NULL);
    pthread_cond_init(&r.work_waits, NULL);
    pthread_cond_init(&r.block_done, NULL);
    pthread_mutex_lock(&r.mutex);
    status = conduct(&r);
    r.stop = true;
    pthread_cond_broadcast(&r.work_waits);
    pthread_mutex_unlock(&r.mutex);
    for (size_t i = 0; i < r.n_started; i++) {
        pthread_join(r.threads[i], NULL);
    }
    pthread_cond_destroy(&r.block_done);
    pthread_cond_destroy(&r.work_waits);
    pthread_mutex_destroy(&r.mutex);
done:
    hf__free(r.done);
    hf__free(r.threads);
    return status;
}
