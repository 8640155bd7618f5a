#include "report/document.h"

#include <assert.h>
#include <stdlib.h>

#include "base/context.h"
#include "base/memory.h"

hf_status hf_document_new(hf_context *ctx, hf_document **out) {
    hf_document *document = hf__calloc(1, sizeof *document);
    if (!document) {
        return hf__fail_memory(ctx);
    }
    *out = document;
    return HF_OK;
}

static void free_table(hf__table *table) {
    for (size_t i = 0; i < table->n_columns; i++) {
        hf__free(table->columns[i].key);
        hf__free(table->columns[i].heading);
    }
    for (size_t i = 0; i < table->n_cells; i++) {
        hf__free(table->cells[i].text);
    }
    for (size_t i = 0; i < table->n_notes; i++) {
        hf__free(table->notes[i]);
    }
    hf__free(table->notes);
    hf__free(table->spans);
    hf__free(table->columns);
    hf__free(table->cells);
    hf__free(table->key);
    hf__free(table->caption);
}

void hf_document_free(hf_document *document) {
    if (!document) {
        return;
    }
    for (size_t i = 0; i < document->n_sentences; i++) {
        hf__free(document->sentences[i]);
    }
    for (size_t i = 0; i < document->n_tables; i++) {
        free_table(&document->tables[i]);
    }
    for (size_t i = 0; i < document->n_facts; i++) {
        hf__free(document->facts[i].key);
        hf__free(document->facts[i].label);
        hf__free(document->facts[i].text);
        hf__free(document->facts[i].unit);
    }
    for (size_t i = 0; i < document->n_pictures; i++) {
        hf__free(document->pictures[i].svg);
        hf__free(document->pictures[i].words);
    }
    hf__free(document->title);
    hf__free(document->pictures);
    hf__free(document->sentences);
    hf__free(document->tables);
    hf__free(document->facts);
    hf__free(document);
}

/* Room for one more of *array; marks the document as failed without memory. */
static bool one_more(hf_document *document, void **array, size_t *capacity,
                     size_t n, size_t size) {
    if (!document->failed && !hf__reserve(array, capacity, n + 1, size)) {
        document->failed = true;
    }
    return !document->failed;
}

/* A copy in which nothing can upset a terminal or a file format. */
static char *copy(hf_document *document, const char *text) {
    hf__buf clean;
    hf__buf_init(&clean);
    hf__add_clean(&clean, text);
    char *copied = hf__buf_take(&clean);
    if (!copied) {
        document->failed = true;
    }
    return copied;
}

void hf_document_title(hf_document *document, const char *text) {
    hf__free(document->title);
    document->title = copy(document, text);
}

void hf_document_sentence(hf_document *document, const char *text) {
    void *array = document->sentences;
    if (!one_more(document, &array, &document->sentences_capacity,
                  document->n_sentences, sizeof *document->sentences)) {
        return;
    }
    document->sentences = array;
    document->sentences[document->n_sentences++] = copy(document, text);
}

void hf_document_table(hf_document *document, const char *key,
                       const char *caption) {
    void *array = document->tables;
    if (!one_more(document, &array, &document->tables_capacity,
                  document->n_tables, sizeof *document->tables)) {
        return;
    }
    document->tables = array;
    document->tables[document->n_tables++] =
        (hf__table){.key = copy(document, key),
                    .caption = copy(document, caption),
                    .totals_from = HF__NO_TOTALS};
}

static hf__table *last_table(hf_document *document) {
    if (document->failed) {
        return NULL;
    }
    assert(document->n_tables);
    return &document->tables[document->n_tables - 1];
}

void hf_document_column(hf_document *document, const char *key,
                        const char *heading, hf_column_type type,
                        int decimals) {
    hf__table *table = last_table(document);
    if (!table) {
        return;
    }
    assert(!table->n_cells);
    void *array = table->columns;
    if (!one_more(document, &array, &table->columns_capacity, table->n_columns,
                  sizeof *table->columns)) {
        return;
    }
    table->columns = array;
    table->columns[table->n_columns++] =
        (hf__column){.key = copy(document, key),
                     .heading = copy(document, heading),
                     .type = type,
                     .decimals = decimals};
}

static void add_cell(hf_document *document, hf__cell cell, const char *text) {
    hf__table *table = last_table(document);
    if (!table) {
        return;
    }
    assert(table->n_columns);
    void *array = table->cells;
    if (!one_more(document, &array, &table->cells_capacity, table->n_cells,
                  sizeof *table->cells)) {
        return;
    }
    table->cells = array;
    if (text) {
        cell.text = copy(document, text);
    }
    table->cells[table->n_cells++] = cell;
}

void hf_document_text(hf_document *document, const char *text) {
    add_cell(document, (hf__cell){.type = HF__CELL_TEXT}, text);
}

void hf_document_number(hf_document *document, double value) {
    add_cell(document, (hf__cell){.type = HF__CELL_NUMBER, .number = value},
             NULL);
}

void hf_document_count(hf_document *document, uint64_t value) {
    add_cell(document, (hf__cell){.type = HF__CELL_COUNT, .count = value},
             NULL);
}

void hf_document_blank(hf_document *document) {
    add_cell(document, (hf__cell){.type = HF__CELL_BLANK}, NULL);
}

void hf_document_symbol(hf_document *document, const char *symbol) {
    add_cell(document, (hf__cell){.type = HF__CELL_SYMBOL}, symbol);
}

void hf_document_totals(hf_document *document) {
    hf__table *table = last_table(document);
    if (table) {
        assert(table->n_columns && table->n_cells % table->n_columns == 0);
        table->totals_from = table->n_cells;
    }
}

void hf_document_rows_for(hf_document *document, hf_rows_for whom) {
    hf__table *table = last_table(document);
    if (!table) {
        return;
    }
    assert(table->n_columns && table->n_cells % table->n_columns == 0);
    void *array = table->spans;
    if (one_more(document, &array, &table->spans_capacity, table->n_spans,
                 sizeof *table->spans)) {
        table->spans = array;
        table->spans[table->n_spans++] = (hf__span){table->n_cells, whom};
    }
}

void hf_document_note(hf_document *document, const char *text) {
    hf__table *table = last_table(document);
    if (!table) {
        return;
    }
    void *array = table->notes;
    if (one_more(document, &array, &table->notes_capacity, table->n_notes,
                 sizeof *table->notes)) {
        table->notes = array;
        table->notes[table->n_notes++] = copy(document, text);
    }
}

void hf_document_picture(hf_document *document, const char *svg, size_t svg_len,
                         const char *words) {
    void *array = document->pictures;
    if (!one_more(document, &array, &document->pictures_capacity,
                  document->n_pictures, sizeof *document->pictures)) {
        return;
    }
    document->pictures = array;
    char *copied = hf__strndup(svg, svg_len);
    document->failed |= !copied;
    document->pictures[document->n_pictures++] =
        (hf__picture){.svg = copied,
                      .svg_len = svg_len,
                      .words = copy(document, words),
                      .after = document->n_tables};
}

static void add_fact(hf_document *document, const char *key, const char *label,
                     const char *text, const char *unit, double number,
                     int decimals) {
    void *array = document->facts;
    if (!one_more(document, &array, &document->facts_capacity,
                  document->n_facts, sizeof *document->facts)) {
        return;
    }
    document->facts = array;
    document->facts[document->n_facts++] =
        (hf__fact){.key = copy(document, key),
                   .label = copy(document, label),
                   .text = text ? copy(document, text) : NULL,
                   .unit = copy(document, unit),
                   .number = number,
                   .decimals = decimals};
}

void hf_document_fact(hf_document *document, const char *key, const char *label,
                      const char *text) {
    add_fact(document, key, label, text, "", 0, 0);
}

void hf_document_fact_number(hf_document *document, const char *key,
                             const char *label, double value, int decimals,
                             const char *unit) {
    add_fact(document, key, label, NULL, unit, value, decimals);
}
