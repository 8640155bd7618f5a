/* The inside of a document, for the writers. */
#ifndef HOWFAR_REPORT_DOCUMENT_H
#define HOWFAR_REPORT_DOCUMENT_H

#include "base/text.h"
#include "howfar/document.h"

typedef enum hf__cell_type {
    HF__CELL_BLANK = 0,
    HF__CELL_TEXT = 1,
    HF__CELL_NUMBER = 2,
    HF__CELL_COUNT = 3
} hf__cell_type;

typedef struct hf__cell {
    hf__cell_type type;
    char *text;
    double number;
    uint64_t count;
} hf__cell;

typedef struct hf__column {
    char *key;
    char *heading;
    hf_column_type type;
    int decimals;
} hf__column;

typedef struct hf__table {
    char *key;
    char *caption;
    hf__column *columns;
    size_t n_columns, columns_capacity;
    hf__cell *cells; /* row by row */
    size_t n_cells, cells_capacity;
} hf__table;

typedef struct hf__fact {
    char *key;
    char *label;
    char *text; /* NULL for a number */
    char *unit;
    double number;
    int decimals;
} hf__fact;

struct hf_document {
    bool failed; /* memory ran out while it was built */
    char **sentences;
    size_t n_sentences, sentences_capacity;
    hf__table *tables;
    size_t n_tables, tables_capacity;
    hf__fact *facts;
    size_t n_facts, facts_capacity;
};

/* Writers: append the document to `out`. */
void hf__write_text(const hf_document *document, hf__buf *out);
hf_status hf__write_json(const hf_document *document, hf__buf *out);

#endif
