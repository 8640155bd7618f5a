/* A document as Markdown, with the tables that GitHub and pandoc read. */
#include <string.h>

#include "report/document.h"

/* Text that means nothing but itself. */
static void add_text(hf__buf *out, const char *text) {
    bool is_number_before = false; /* "1." at the start would be a list */
    for (const char *c = text; *c; c++) {
        bool is_first = c == text && strchr("#+-=", *c);
        bool is_list = is_number_before && (*c == '.' || *c == ')');
        bool is_special = strchr("\\`*_[]<>|~$&", *c);
        is_number_before =
            (c == text || is_number_before) && *c >= '0' && *c <= '9';
        if (is_special || is_first || (is_list && (!c[1] || c[1] == ' '))) {
            hf__buf_add_char(out, '\\');
        }
        hf__buf_add_char(out, *c);
    }
}

static void add_cell(hf__buf *out, const hf__cell *cell,
                     const hf__column *column) {
    if (cell->type == HF__CELL_TEXT) {
        add_text(out, cell->text);
    } else {
        hf__add_cell(out, cell, column);
    }
}

static void add_header(hf__buf *out, const hf__table *table) {
    for (size_t c = 0; c < table->n_columns; c++) {
        if (hf__is_for_people(&table->columns[c])) {
            hf__buf_add_text(out, "| ");
            add_text(out, table->columns[c].heading);
            hf__buf_add_char(out, ' ');
        }
    }
    hf__buf_add_text(out, "|\n");
    for (size_t c = 0; c < table->n_columns; c++) {
        if (hf__is_for_people(&table->columns[c])) {
            hf__buf_add_text(out, table->columns[c].type == HF_COLUMN_TEXT
                                      ? "|---"
                                      : "|---:");
        }
    }
    hf__buf_add_text(out, "|\n");
}

static void add_rows(hf__buf *out, const hf__table *table) {
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t c = i % table->n_columns;
        const hf__column *column = &table->columns[c];
        if (hf__is_for_people(column)) {
            const hf__cell *cell = &table->cells[i];
            bool is_bold =
                i >= table->totals_from && cell->type != HF__CELL_BLANK;
            hf__buf_add_text(out, is_bold ? "| **" : "| ");
            add_cell(out, cell, column);
            hf__buf_add_text(out, is_bold ? "** " : " ");
        }
        if (c + 1 == table->n_columns) {
            hf__buf_add_text(out, "|\n");
        }
    }
}

static void add_table(hf__buf *out, const hf__table *table) {
    if (table->caption[0]) {
        hf__buf_add_text(out, "## ");
        add_text(out, table->caption);
        hf__buf_add_text(out, "\n\n");
    }
    add_header(out, table);
    add_rows(out, table);
    hf__buf_add_char(out, '\n');
    for (size_t i = 0; i < table->n_notes; i++) {
        add_text(out, table->notes[i]);
        hf__buf_add_text(out, "\n\n");
    }
}

static void add_facts(hf__buf *out, const hf_document *document) {
    hf__buf scratch;
    hf__buf_init(&scratch);
    hf__buf_add_text(out, "## Method and data\n\n");
    for (size_t i = 0; i < document->n_facts; i++) {
        scratch.len = 0;
        hf__buf_add(&scratch, "", 0);
        hf__add_fact(&scratch, &document->facts[i]);
        hf__buf_add_text(out, "- ");
        add_text(out, document->facts[i].label);
        hf__buf_add_text(out, ": ");
        add_text(out, scratch.text ? scratch.text : "");
        hf__buf_add_char(out, '\n');
    }
    out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
}

static void add_pictures(hf__buf *out, const hf_document *document, size_t t) {
    size_t from = 0;
    const hf__picture *picture;
    while ((picture = hf__next_picture(document, t, &from))) {
        add_text(out, picture->words);
        hf__buf_add_text(out, "\n\n");
    }
}

void hf__write_markdown(const hf_document *document, hf__buf *out) {
    if (document->title) {
        hf__buf_add_text(out, "# ");
        add_text(out, document->title);
        hf__buf_add_text(out, "\n\n");
    }
    for (size_t i = 0; i < document->n_sentences; i++) {
        hf__buf_add_text(out, i ? " " : "");
        add_text(out, document->sentences[i]);
    }
    hf__buf_add_text(out, document->n_sentences ? "\n\n" : "");
    for (size_t t = 0; t <= document->n_tables; t++) {
        add_pictures(out, document, t);
        if (t < document->n_tables) {
            add_table(out, &document->tables[t]);
        }
    }
    if (document->n_facts) {
        add_facts(out, document);
    }
    while (out->len > 1 && out->text[out->len - 1] == '\n' &&
           out->text[out->len - 2] == '\n') {
        out->text[--out->len] = '\0';
    }
}
