/* Tables as CSV: commas, quotes where needed, LF, UTF-8, keys as the header. */
#include "report/document.h"

/* What a spreadsheet would take for a formula. A number is none, whatever its
 * sign. */
static bool starts_formula(const char *text) {
    double number;
    switch (text[0]) {
        case '=':
        case '+':
        case '-':
        case '@':
        case '\t':
        case '\r':
            return !hf__parse_double(hf__str_of(text), &number);
        default:
            return false;
    }
}

static void add_text(hf__buf *out, const char *text) {
    bool is_quoted = false;
    for (const char *c = text; *c; c++) {
        is_quoted |= *c == ',' || *c == '"' || *c == '\n' || *c == '\r';
    }
    is_quoted |= text[0] == ' ';
    hf__buf_add_text(out, is_quoted ? "\"" : "");
    hf__buf_add_text(out, starts_formula(text) ? "'" : "");
    for (const char *c = text; *c; c++) {
        hf__buf_add_text(out, *c == '"' ? "\"" : "");
        hf__buf_add_char(out, *c);
    }
    hf__buf_add_text(out, is_quoted ? "\"" : "");
}

static void add_cell(hf__buf *out, const hf__cell *cell,
                     const hf__column *column) {
    switch (cell->type) {
        case HF__CELL_BLANK:
            break;
        case HF__CELL_TEXT:
        case HF__CELL_SYMBOL:
            add_text(out, cell->text);
            break;
        case HF__CELL_NUMBER:
            hf__add_full(out, cell->number, column->decimals);
            break;
        case HF__CELL_COUNT:
            hf__add_cell(out, cell, column);
            break;
    }
}

static void add_table(hf__buf *out, const hf__table *table) {
    for (size_t c = 0; c < table->n_columns; c++) {
        hf__buf_add_text(out, c ? "," : "");
        add_text(out, table->columns[c].key);
    }
    hf__buf_add_char(out, '\n');
    for (size_t i = 0; table->n_columns && i < table->n_cells; i++) {
        size_t c = i % table->n_columns;
        hf__buf_add_text(out, c ? "," : "");
        add_cell(out, &table->cells[i], &table->columns[c]);
        if (c + 1 == table->n_columns) {
            hf__buf_add_char(out, '\n');
        }
    }
}

static void add_facts(hf__buf *out, const hf_document *document) {
    hf__buf_add_text(out, "fact,value\n");
    for (size_t i = 0; i < document->n_facts; i++) {
        const hf__fact *fact = &document->facts[i];
        add_text(out, fact->key);
        hf__buf_add_char(out, ',');
        if (fact->text) {
            add_text(out, fact->text);
        } else {
            hf__add_full(out, fact->number, fact->decimals);
        }
        hf__buf_add_char(out, '\n');
    }
}

void hf__write_csv(const hf_document *document, hf__buf *out) {
    for (size_t i = 0; i < document->n_tables; i++) {
        hf__buf_add_text(out, i ? "\n" : "");
        add_table(out, &document->tables[i]);
    }
    hf__buf_add_text(out,
                     document->n_tables > 1 && document->n_facts ? "\n" : "");
    if (document->n_tables != 1 && (document->n_facts || !document->n_tables)) {
        add_facts(out, document);
    }
}
