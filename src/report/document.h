/* The inside of a document, for the writers. */
#ifndef HOWFAR_REPORT_DOCUMENT_H
#define HOWFAR_REPORT_DOCUMENT_H

#include "base/text.h"
#include "howfar/document.h"

typedef enum hf__cell_type {
    HF__CELL_BLANK = 0,
    HF__CELL_TEXT = 1,
    HF__CELL_NUMBER = 2,
    HF__CELL_COUNT = 3,
    HF__CELL_SYMBOL = 4
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

/* For whom the cells from `from` on are. */
typedef struct hf__span {
    size_t from;
    hf_rows_for whom;
} hf__span;

typedef struct hf__table {
    char *key;
    char *caption;
    hf__column *columns;
    size_t n_columns, columns_capacity;
    hf__cell *cells; /* row by row */
    size_t n_cells, cells_capacity;
    hf__span *spans;
    size_t n_spans, spans_capacity;
    size_t totals_from; /* the first cell of the totals; HF__NO_TOTALS */
    char **notes;
    size_t n_notes, notes_capacity;
} hf__table;

#define HF__NO_TOTALS ((size_t)-1)

typedef struct hf__picture {
    char *svg;
    size_t svg_len;
    char *words;
    size_t after; /* tables before it */
} hf__picture;

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
    char *title; /* or NULL */
    char **sentences;
    size_t n_sentences, sentences_capacity;
    hf__table *tables;
    size_t n_tables, tables_capacity;
    hf__fact *facts;
    size_t n_facts, facts_capacity;
    hf__picture *pictures;
    size_t n_pictures, pictures_capacity;
};

/* What the writers share. */

/* The title, or what comes nearest to one. */
const char *hf__document_name(const hf_document *document);
/* Whether formats for people show the column. */
bool hf__is_for_people(const hf__column *column);
/* A cell as people read it; nothing for a blank or what is not
 * finite. */
void hf__add_cell(hf__buf *out, const hf__cell *cell, const hf__column *column);
/* A number in full, for programs: up to four decimals, or as many as its column
 * has; nothing for what is not finite. */
void hf__add_full(hf__buf *out, double value, int decimals);
/* A fact without its label. */
void hf__add_fact(hf__buf *out, const hf__fact *fact);
/* All sentences, one behind the other. */
void hf__add_sentences(hf__buf *out, const hf_document *document);
/* A picture before the tables with this index, or NULL; *from goes on. */
const hf__picture *hf__next_picture(const hf_document *document, size_t table,
                                    size_t *from);

/* Writers: append the document to `out`. */
void hf__write_text(const hf_document *document,
                    const hf_write_options *options, hf__buf *out);
hf_status hf__write_json(const hf_document *document, hf__buf *out);
void hf__write_csv(const hf_document *document, hf__buf *out);
void hf__write_markdown(const hf_document *document, hf__buf *out);
void hf__write_html(const hf_document *document, hf__buf *out);
hf_status hf__write_xlsx(hf_context *ctx, const hf_document *document,
                         hf__buf *out);
void hf__write_latex(const hf_document *document, hf__buf *out);

#endif
