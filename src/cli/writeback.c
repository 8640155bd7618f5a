#define _GNU_SOURCE /* sync_file_range */
#include "cli/writeback.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#ifdef SYNC_FILE_RANGE_WRITE

/* Nanoseconds between two looks at the file. */
#define PAUSE_NS 10000000

struct writeback {
    int fd;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stopped;
    bool stop;
};

static struct timespec after_pause(void) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += PAUSE_NS;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

static void *write_back(void *argument) {
    writeback *of = argument;
    pthread_mutex_lock(&of->mutex);
    while (!of->stop) {
        struct timespec until = after_pause();
        pthread_cond_timedwait(&of->stopped, &of->mutex, &until);
        pthread_mutex_unlock(&of->mutex);
        (void)sync_file_range(of->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
        pthread_mutex_lock(&of->mutex);
    }
    pthread_mutex_unlock(&of->mutex);
    return NULL;
}

writeback *writeback_start(int fd) {
    writeback *of = calloc(1, sizeof *of);
    if (!of) {
        return NULL;
    }
    of->fd = fd;
    pthread_mutex_init(&of->mutex, NULL);
    pthread_cond_init(&of->stopped, NULL);
    if (pthread_create(&of->thread, NULL, write_back, of)) {
        pthread_cond_destroy(&of->stopped);
        pthread_mutex_destroy(&of->mutex);
        free(of);
        return NULL;
    }
    return of;
}

void writeback_stop(writeback *of) {
    if (!of) {
        return;
    }
    pthread_mutex_lock(&of->mutex);
    of->stop = true;
    pthread_cond_signal(&of->stopped);
    pthread_mutex_unlock(&of->mutex);
    pthread_join(of->thread, NULL);
    pthread_cond_destroy(&of->stopped);
    pthread_mutex_destroy(&of->mutex);
    free(of);
}

#else

writeback *writeback_start(int fd) {
    (void)fd;
    return NULL;
}

void writeback_stop(writeback *of) {
    (void)of;
}

#endif
