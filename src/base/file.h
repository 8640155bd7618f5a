/* Reading whole files. */
#ifndef HOWFAR_BASE_FILE_H
#define HOWFAR_BASE_FILE_H

#include <stddef.h>

#include "howfar/context.h"

/* The bytes of a file and a NUL behind them; free with hf__free. HF_ERR_IO with
 * path and reason, HF_ERR_MEMORY. */
hf_status hf__file_read(hf_context *ctx, const char *path, char **out,
                        size_t *out_len);

#endif
