/* Tables of facts: the project's own small CSV files (authorities, groups,
 * adjoining ...), read whole. UTF-8, comma, a header line, RFC 4180 quoting. */
#ifndef HOWFAR_BASE_FACTS_H
#define HOWFAR_BASE_FACTS_H

#include <stddef.h>

#include "howfar/context.h"

typedef struct hf__facts hf__facts;

/* Reads `path`. HF_ERR_IO; HF_ERR_DAMAGED with file and line: a row whose
 * number of cells is not the header's, an open quote, invalid UTF-8. */
hf_status hf__facts_open(hf_context *ctx, const char *path, hf__facts **out);

/* Reads `name` in the context's data folder. */
hf_status hf__facts_open_named(hf_context *ctx, const char *name,
                               hf__facts **out);

void hf__facts_close(hf__facts *facts);

const char *hf__facts_path(const hf__facts *facts);

/* Rows without the header. */
size_t hf__facts_n_rows(const hf__facts *facts);

/* The column with this very name. HF_ERR_DAMAGED where there is none. */
hf_status hf__facts_column(hf_context *ctx, const hf__facts *facts,
                           const char *name, size_t *out);

/* A cell without its quotes; borrowed. */
const char *hf__facts_cell(const hf__facts *facts, size_t row, size_t column);

/* The line on which a row begins, for messages. */
size_t hf__facts_line(const hf__facts *facts, size_t row);

#endif
