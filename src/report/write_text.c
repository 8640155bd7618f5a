/* A document as text for a terminal: the answer, aligned tables, then method
 * and data. */
#include <assert.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/document.h"

#define GAP "  "

static void cell_text(const hf__cell *cell, const hf__column *column,
                      hf__buf *out) {
    switch (cell->type) {
        case HF__CELL_BLANK:
            break;
        case HF__CELL_TEXT:
            hf__buf_add_text(out, cell->text);
            break;
        case HF__CELL_NUMBER:
            hf__buf_add_fixed(out, cell->number, column->decimals);
            break;
        case HF__CELL_COUNT:
            hf__buf_add_format(out, "%llu", (unsigned long long)cell->count);
            break;
    }
}

static void pad(hf__buf *out, size_t n) {
    while (n--) {
        hf__buf_add_char(out, ' ');
    }
}

static void add_aligned(hf__buf *out, const char *text, size_t width,
                        bool right, bool last) {
    size_t own = hf__utf8_width(hf__str_of(text));
    size_t blank = width > own ? width - own : 0;
    if (right) {
        pad(out, blank);
    }
    hf__buf_add_text(out, text);
    if (!right && !last) {
        pad(out, blank);
    }
}

static size_t column_width(const hf__table *table, size_t c, hf__buf *scratch) {
    size_t width = hf__utf8_width(hf__str_of(table->columns[c].heading));
    for (size_t i = c; i < table->n_cells; i += table->n_columns) {
        scratch->len = 0;
        hf__buf_add(scratch, "", 0);
        cell_text(&table->cells[i], &table->columns[c], scratch);
        if (scratch->failed) {
            return width;
        }
        size_t own = hf__utf8_width((hf__str){scratch->text, scratch->len});
        width = own > width ? own : width;
    }
    return width;
}

/* The last column that people see; columns of detail are for programs. */
static size_t last_shown(const hf__table *table) {
    size_t c = table->n_columns;
    while (c && table->columns[c - 1].type == HF_COLUMN_DETAIL) {
        c--;
    }
    return c ? c - 1 : 0;
}

static void end_line(hf__buf *out) {
    while (out->len && out->text[out->len - 1] == ' ') {
        out->text[--out->len] = '\0';
    }
    hf__buf_add_char(out, '\n');
}

static void write_table(const hf__table *table, hf__buf *out) {
    assert(table->n_columns > 0);
    hf__buf scratch;
    hf__buf_init(&scratch);
    size_t *widths = hf__calloc(table->n_columns, sizeof *widths);
    if (!widths) {
        out->failed = true;
        return;
    }
    if (table->caption[0]) {
        hf__buf_add_format(out, "%s\n", table->caption);
    }
    size_t last = last_shown(table);
    for (size_t c = 0; c < table->n_columns; c++) {
        const hf__column *column = &table->columns[c];
        if (column->type != HF_COLUMN_DETAIL) {
            widths[c] = column_width(table, c, &scratch);
            hf__buf_add_text(out, GAP);
            add_aligned(out, column->heading, widths[c],
                        column->type != HF_COLUMN_TEXT, c == last);
        }
    }
    end_line(out);
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t c = i % table->n_columns;
        const hf__column *column = &table->columns[c];
        if (column->type != HF_COLUMN_DETAIL) {
            scratch.len = 0;
            hf__buf_add(&scratch, "", 0);
            cell_text(&table->cells[i], column, &scratch);
            hf__buf_add_text(out, GAP);
            add_aligned(out, scratch.text ? scratch.text : "", widths[c],
                        column->type != HF_COLUMN_TEXT, c == last);
        }
        if (c + 1 == table->n_columns) {
            end_line(out);
        }
    }
    out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
    hf__free(widths);
}

static void write_facts(const hf_document *document, hf__buf *out) {
    size_t width = 0;
    for (size_t i = 0; i < document->n_facts; i++) {
        size_t own = hf__utf8_width(hf__str_of(document->facts[i].label));
        width = own > width ? own : width;
    }
    for (size_t i = 0; i < document->n_facts; i++) {
        const hf__fact *fact = &document->facts[i];
        add_aligned(out, fact->label, width, false, false);
        hf__buf_add_text(out, GAP);
        if (fact->text) {
            hf__buf_add_text(out, fact->text);
        } else {
            hf__buf_add_fixed(out, fact->number, fact->decimals);
            hf__buf_add_format(out, "%s%s", fact->unit[0] ? " " : "",
                               fact->unit);
        }
        hf__buf_add_char(out, '\n');
    }
}

void hf__write_text(const hf_document *document, hf__buf *out) {
    for (size_t i = 0; i < document->n_sentences; i++) {
        hf__buf_add_format(out, "%s%s", i ? " " : "", document->sentences[i]);
    }
    if (document->n_sentences) {
        hf__buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < document->n_tables; i++) {
        if (document->tables[i].n_cells) {
            hf__buf_add_text(out, out->len ? "\n" : "");
            write_table(&document->tables[i], out);
        }
    }
    if (document->n_facts) {
        hf__buf_add_text(out, out->len ? "\n" : "");
        write_facts(document, out);
    }
}
