/* Output files: written beside the target and renamed when complete, so that no
 * partial file ever stands under the final name. Mode 0600. */
#ifndef HOWFAR_CLI_OUTPUT_H
#define HOWFAR_CLI_OUTPUT_H

#include <stdbool.h>

#include "cli/writeback.h"

typedef struct output {
    const char *path; /* NULL or "-": standard output */
    char *beside;     /* the name it has until it is complete */
    int fd;
    writeback *early; /* where a file is replaced */
} output;

/* False after an error line. Refuses `input` (NULL for none) as the target. */
bool output_open(output *out, const char *path, const char *input);

/* Renames when `keep`, otherwise removes; false after an error line. */
bool output_close(output *out, bool keep);

#endif
