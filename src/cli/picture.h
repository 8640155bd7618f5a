/* Maps of a home authority and of what a summary shows of its placements. */
#ifndef HOWFAR_CLI_PICTURE_H
#define HOWFAR_CLI_PICTURE_H

#include "cli/summary.h"

typedef struct picture {
    placements *p;
    const summary *sum; /* what was read; NULL for home and neighbours only */
    /* options */
    const char *rings;
    double width, scale;
} picture;

void picture_init(picture *m, placements *p);

/* The options on drawing. The table lives as long as the process. */
const cli_option *picture_options(picture *m);

/* Draws the map; free the bytes with hf_text_free. False after an error line;
 * *exit_out is the status. */
bool picture_draw(picture *m, hf_map_format format, char **out, size_t *out_len,
                  int *exit_out);

/* The map as a picture of a document, with the same in words. */
bool picture_add(picture *m, hf_document *document, int *exit_out);

#endif
