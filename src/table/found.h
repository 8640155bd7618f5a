/* What was found of the rows of a block, kept until it is their turn: blocks
 * are worked on out of order, but rows are told in order. */
#ifndef HOWFAR_TABLE_FOUND_H
#define HOWFAR_TABLE_FOUND_H

#include "howfar/annotate.h"
#include "table/dialect.h"

typedef struct hf__found_row {
    hf_annotated_row row;
    size_t authority; /* where row.authorities is NULL and there is one */
} hf__found_row;

/* Start with {0}. */
typedef struct hf__found {
    hf__found_row *rows;
    size_t n_rows, rows_capacity;
    hf_ssda903_row *official; /* of each row of a return */
    size_t n_official, official_capacity;
    size_t *cells; /* where each kept cell begins in `text`, row by row;
                      SIZE_MAX: the file lacks its column */
    size_t n_cells, cells_capacity;
    hf__buf text; /* the cells, each with a NUL */
    hf__buf scratch;
    bool failed; /* memory ran out */
} hf__found;

void hf__found_reset(hf__found *found);
void hf__found_clear(hf__found *found);

/* Keeps a cell as it stands in the file: those of a row one after the other,
 * rows in order. */
void hf__found_add_cell(hf__found *found, const hf__dialect *dialect,
                        hf__str cell);

/* Keeps a cell of a column that the file lacks. */
void hf__found_add_lacking(hf__found *found);

/* Keeps what a row of a return should say, before the row itself. */
void hf__found_add_official(hf__found *found, const hf_ssda903_row *official);

/* Keeps a row, with `authority` where it is one that nothing else holds; its
 * cells were added, or will be. */
void hf__found_add_row(hf__found *found, const hf_annotated_row *row,
                       size_t authority);

/* Tells the rows, each with n_kept cells, the first as number `first`. The
 * first failure of `tell`; HF_ERR_MEMORY. */
hf_status hf__found_tell(hf_context *ctx, hf__found *found, size_t n_kept,
                         uint64_t first, hf_annotate_row tell, void *user);

#endif
