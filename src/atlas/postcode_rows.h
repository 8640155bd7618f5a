/* Reading the rows of a postcode directory into a builder. */
#ifndef HOWFAR_ATLAS_POSTCODE_ROWS_H
#define HOWFAR_ATLAS_POSTCODE_ROWS_H

#include "atlas/postcode_build.h"
#include "base/source.h"

/* Why a row is left out. */
typedef enum hf__row_fault {
    HF__ROW_OK,
    HF__ROW_CELLS,
    HF__ROW_QUOTE,
    HF__ROW_POSTCODE,
    HF__ROW_NUMBER,
    HF__ROW_HALF,
    HF__ROW_OFF_GRID,
    HF__ROW_OFF_IRISH_GRID,
    HF__ROW_CODES,
    HF__ROW_INDICATOR,
    HF__ROW_DATE,
    HF__ROW_N_FAULTS
} hf__row_fault;

/* "not a full postcode" */
const char *hf__row_fault_text(hf__row_fault fault);

/* What has been read so far, over all files. */
typedef struct hf__postcode_tally {
    uint64_t rows;
    uint64_t duplicates;
    uint64_t faults[HF__ROW_N_FAULTS];
    hf__buf where[HF__ROW_N_FAULTS]; /* the first ten of each */
    int newest;                      /* date in the rows, yyyymm; 0: none */
    bool has_life;      /* every file says which postcodes are in use */
    bool has_no_life;   /* some file does not */
    bool is_code_point; /* the last file's columns are Code-Point Open's */
    hf__buf columns;    /* of the first file: which were used */
} hf__postcode_tally;

void hf__postcode_tally_init(hf__postcode_tally *tally);
void hf__postcode_tally_reset(hf__postcode_tally *tally);

/* Called every few thousand rows; what it returns ends the reading unless
 * HF_OK. */
typedef hf_status (*hf__postcode_tick)(void *user, const hf__source *source);

/* Reads a source to its end. `label` stands for it in messages. HF_ERR_DAMAGED
 * (the source; or a line beyond all measure), HF_ERR_NOT_FOUND and
 * HF_ERR_AMBIGUOUS (columns), HF_ERR_UNSUITABLE, HF_ERR_MEMORY. */
hf_status hf__postcode_rows_read(hf_context *ctx, hf__source *source,
                                 const char *label,
                                 hf__postcode_builder *builder,
                                 hf__postcode_tick tick, void *user,
                                 hf__postcode_tally *tally);

#endif
