/* A document as one HTML page that needs nothing else: no request leaves it,
 * which its own policy forbids besides. It reads without its script; the script
 * makes the columns of tables sortable. */
#include "report/document.h"
#include "report/html_parts.h"

static void add_text(hf__buf *out, const char *text) {
    for (const char *c = text; *c; c++) {
        switch (*c) {
            case '&':
                hf__buf_add_text(out, "&amp;");
                break;
            case '<':
                hf__buf_add_text(out, "&lt;");
                break;
            case '>':
                hf__buf_add_text(out, "&gt;");
                break;
            case '"':
                hf__buf_add_text(out, "&quot;");
                break;
            default:
                hf__buf_add_char(out, *c);
        }
    }
}

/* Text between two pieces of markup. */
static void add_in(hf__buf *out, const char *before, const char *text,
                   const char *after) {
    hf__buf_add_text(out, before);
    add_text(out, text);
    hf__buf_add_text(out, after);
}

static void add_header(hf__buf *out, const hf__table *table) {
    hf__buf_add_text(out, "<thead>\n<tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        const hf__column *column = &table->columns[c];
        if (!hf__is_for_people(column)) {
            continue;
        }
        hf__buf_add_text(out, column->type == HF_COLUMN_TEXT
                                  ? "<th scope=\"col\">"
                                  : "<th scope=\"col\" class=\"n\">");
        if (column->heading[0]) {
            add_text(out, column->heading);
        } else { /* for who hears the page */
            add_in(out, "<span class=\"unseen\">", column->key, "</span>");
        }
        hf__buf_add_text(out, "</th>");
    }
    hf__buf_add_text(out, "</tr>\n</thead>\n");
}

static void add_cell(hf__buf *out, const hf__cell *cell,
                     const hf__column *column, bool is_row_header,
                     hf__buf *scratch) {
    bool is_text = column->type == HF_COLUMN_TEXT;
    scratch->len = 0;
    hf__buf_add(scratch, "", 0);
    hf__add_cell(scratch, cell, column);
    hf__buf_add_text(out, is_row_header ? "<th scope=\"row\"" : "<td");
    hf__buf_add_text(out, is_text ? ">" : " class=\"n\">");
    if (cell->type == HF__CELL_SYMBOL) {
        add_in(out, "<span class=\"held\">", cell->text, "</span>");
    } else {
        add_text(out, scratch->text ? scratch->text : "");
    }
    hf__buf_add_text(out, is_row_header ? "</th>" : "</td>");
}

static void add_rows(hf__buf *out, const hf__table *table, size_t from,
                     size_t to, hf__buf *scratch) {
    bool is_first = true;
    for (size_t i = from; i < to; i++) {
        size_t c = i % table->n_columns;
        const hf__column *column = &table->columns[c];
        if (c == 0) {
            hf__buf_add_text(out, "<tr>");
            is_first = true;
        }
        if (hf__is_for_people(column)) {
            add_cell(out, &table->cells[i], column,
                     is_first && column->type == HF_COLUMN_TEXT, scratch);
            is_first = false;
        }
        if (c + 1 == table->n_columns) {
            hf__buf_add_text(out, "</tr>\n");
        }
    }
}

static void add_table(hf__buf *out, const hf__table *table, size_t number) {
    size_t totals = table->totals_from < table->n_cells ? table->totals_from
                                                        : table->n_cells;
    hf__buf scratch;
    hf__buf_init(&scratch);
    /* The frame scrolls by keyboard where a table is wider than the page. */
    hf__buf_add_format(out,
                       "<div class=\"frame\" role=\"region\" tabindex=\"0\" "
                       "aria-labelledby=\"t%zu\">\n<table>\n"
                       "<caption id=\"t%zu\">",
                       number, number);
    add_text(out, table->caption[0] ? table->caption : table->key);
    hf__buf_add_text(out, "</caption>\n");
    add_header(out, table);
    hf__buf_add_text(out, "<tbody>\n");
    add_rows(out, table, 0, totals, &scratch);
    hf__buf_add_text(out, "</tbody>\n");
    if (totals < table->n_cells) {
        hf__buf_add_text(out, "<tfoot>\n");
        add_rows(out, table, totals, table->n_cells, &scratch);
        hf__buf_add_text(out, "</tfoot>\n");
    }
    hf__buf_add_text(out, "</table>\n</div>\n");
    for (size_t i = 0; i < table->n_notes; i++) {
        add_in(out, "<p class=\"note\">", table->notes[i], "</p>\n");
    }
    out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
}

/* A picture that is read out as its words. The SVG comes from the program's
 * own drawing, without the XML declaration that HTML has no place for. */
static void add_picture(hf__buf *out, const hf__picture *picture) {
    const char *at = picture->svg, *end = at + picture->svg_len;
    for (const char *c = at; c + 4 < end; c++) {
        if (c[0] == '<' && c[1] == 's' && c[2] == 'v' && c[3] == 'g') {
            at = c;
            break;
        }
    }
    hf__buf_add_text(out, "<figure>\n");
    hf__buf_add(out, at, (size_t)(end - at));
    add_in(out, "\n<figcaption>", picture->words, "</figcaption>\n</figure>\n");
}

static void add_facts(hf__buf *out, const hf_document *document) {
    hf__buf scratch;
    hf__buf_init(&scratch);
    hf__buf_add_text(out, "<section>\n<h2>Method and data</h2>\n<dl>\n");
    for (size_t i = 0; i < document->n_facts; i++) {
        scratch.len = 0;
        hf__buf_add(&scratch, "", 0);
        hf__add_fact(&scratch, &document->facts[i]);
        add_in(out, "<div><dt>", document->facts[i].label, "</dt>");
        add_in(out, "<dd>", scratch.text ? scratch.text : "", "</dd></div>\n");
    }
    hf__buf_add_text(out, "</dl>\n</section>\n");
    out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
}

void hf__write_html(const hf_document *document, hf__buf *out) {
    hf__buf_add_text(out, HF__HTML_BEFORE_TITLE);
    add_text(out, hf__document_name(document));
    hf__buf_add_text(out, HF__HTML_AFTER_TITLE);
    add_in(out, "<h1>", hf__document_name(document), "</h1>\n");
    for (size_t i = 0; i < document->n_sentences; i++) {
        add_in(out, i ? "<p>" : "<p class=\"answer\">", document->sentences[i],
               "</p>\n");
    }
    for (size_t t = 0; t <= document->n_tables; t++) {
        size_t from = 0;
        const hf__picture *picture;
        while ((picture = hf__next_picture(document, t, &from))) {
            add_picture(out, picture);
        }
        if (t < document->n_tables && document->tables[t].n_cells) {
            add_table(out, &document->tables[t], t + 1);
        }
    }
    if (document->n_facts) {
        add_facts(out, document);
    }
    hf__buf_add_text(out, HF__HTML_END);
}
