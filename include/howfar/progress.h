/* Progress of what may last: annotating a file, importing postcodes. */
#ifndef HOWFAR_PROGRESS_H
#define HOWFAR_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "howfar/status.h"

HF_BEGIN_DECLS

/* Called at most a few times a second. `bytes` of `bytes_total` of the input
 * are read; bytes_total is 0 where it can't be known (a pipe). Return false to
 * stop: the call then returns HF_ERR_CANCELLED. */
typedef bool (*hf_progress)(void *user, uint64_t rows, uint64_t bytes,
                            uint64_t bytes_total);

HF_END_DECLS
#endif
