/* A document as LaTeX, complete: pdflatex, lualatex or xelatex make a PDF of
 * it. Tables break over pages and repeat their heads. */
#include "report/document.h"

static const char *escape_of(char c) {
    switch (c) {
        case '\\':
            return "\\textbackslash{}";
        case '~':
            return "\\textasciitilde{}";
        case '^':
            return "\\textasciicircum{}";
        case '<':
            return "\\textless{}";
        case '>':
            return "\\textgreater{}";
        case '|':
            return "\\textbar{}";
        case '"':
            return "\\textquotedbl{}";
        case '&':
            return "\\&";
        case '%':
            return "\\%";
        case '$':
            return "\\$";
        case '#':
            return "\\#";
        case '_':
            return "\\_";
        case '{':
            return "\\{";
        case '}':
            return "\\}";
        case '[':
            return "{[}";
        case ']':
            return "{]}";
        case '-':
            return "{-}"; /* no dashes of "--" */
        default:
            return NULL;
    }
}

static void add_text(hf__buf *out, const char *text) {
    for (const char *c = text; *c; c++) {
        const char *escape = *c == '-' && c[1] != '-' ? NULL : escape_of(*c);
        if (escape) {
            hf__buf_add_text(out, escape);
        } else {
            hf__buf_add_char(out, *c);
        }
    }
}

static void add_cell(hf__buf *out, const hf__cell *cell,
                     const hf__column *column) {
    if (cell->type == HF__CELL_TEXT || cell->type == HF__CELL_SYMBOL) {
        add_text(out, cell->text);
    } else if (cell->type != HF__CELL_BLANK) {
        hf__buf_add_char(out, '$'); /* a minus sign, not a hyphen */
        hf__add_cell(out, cell, column);
        hf__buf_add_char(out, '$');
    }
}

static void add_header(hf__buf *out, const hf__table *table) {
    bool is_first = true;
    for (size_t c = 0; c < table->n_columns; c++) {
        if (hf__is_for_people(&table->columns[c])) {
            hf__buf_add_text(out, is_first ? "" : " & ");
            add_text(out, table->columns[c].heading);
            is_first = false;
        }
    }
    hf__buf_add_text(out, " \\\\\n\\midrule\n");
}

static void add_rows(hf__buf *out, const hf__table *table) {
    bool is_first = true;
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t c = i % table->n_columns;
        if (c == 0) {
            is_first = true;
            hf__buf_add_text(out, i == table->totals_from ? "\\midrule\n" : "");
        }
        if (hf__is_for_people(&table->columns[c])) {
            hf__buf_add_text(out, is_first ? "" : " & ");
            add_cell(out, &table->cells[i], &table->columns[c]);
            is_first = false;
        }
        if (c + 1 == table->n_columns) {
            hf__buf_add_text(out, " \\\\\n");
        }
    }
}

static size_t count_long_text(const hf__table *table) {
    size_t n = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        n += table->columns[c].type == HF_COLUMN_TEXT;
    }
    return n;
}

static void add_table(hf__buf *out, const hf__table *table) {
    /* Text columns share most of the line, so that they wrap in it. */
    size_t n_text = count_long_text(table);
    hf__buf_add_text(out, "\\begin{longtable}{@{}");
    for (size_t c = 0; c < table->n_columns; c++) {
        if (table->columns[c].type == HF_COLUMN_TEXT && n_text > 2) {
            hf__buf_add_format(out, "p{0.%02u\\linewidth}",
                               (unsigned)(70 / n_text));
        } else if (hf__is_for_people(&table->columns[c])) {
            hf__buf_add_char(
                out, table->columns[c].type == HF_COLUMN_TEXT ? 'l' : 'r');
        }
    }
    hf__buf_add_text(out, "@{}}\n");
    if (table->caption[0]) {
        hf__buf_add_text(out, "\\caption*{");
        add_text(out, table->caption);
        hf__buf_add_text(out, "} \\\\\n");
    }
    hf__buf_add_text(out, "\\toprule\n");
    add_header(out, table);
    hf__buf_add_text(out, "\\endhead\n\\bottomrule\n\\endfoot\n");
    add_rows(out, table);
    hf__buf_add_text(out, "\\end{longtable}\n\n");
    for (size_t i = 0; i < table->n_notes; i++) {
        hf__buf_add_text(out, "{\\small ");
        add_text(out, table->notes[i]);
        hf__buf_add_text(out, "\\par}\n\n");
    }
}

static void add_facts(hf__buf *out, const hf_document *document) {
    hf__buf scratch;
    hf__buf_init(&scratch);
    hf__buf_add_text(out,
                     "\\section*{Method and data}\n{\\small\n"
                     "\\begin{description}\n");
    for (size_t i = 0; i < document->n_facts; i++) {
        scratch.len = 0;
        hf__buf_add(&scratch, "", 0);
        hf__add_fact(&scratch, &document->facts[i]);
        hf__buf_add_text(out, "\\item[{");
        add_text(out, document->facts[i].label);
        hf__buf_add_text(out, "}] ");
        add_text(out, scratch.text ? scratch.text : "");
        hf__buf_add_char(out, '\n');
    }
    hf__buf_add_text(out, "\\end{description}\n}\n\n");
    out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
}

void hf__write_latex(const hf_document *document, hf__buf *out) {
    hf__buf_add_text(out,
                     "\\documentclass[a4paper]{article}\n"
                     "\\usepackage{iftex}\n"
                     "\\ifPDFTeX\\usepackage[T1]{fontenc}"
                     "\\usepackage[utf8]{inputenc}\\fi\n"
                     "\\usepackage[british]{babel}\n"
                     "\\usepackage[margin=2cm]{geometry}\n"
                     "\\usepackage{booktabs,longtable,caption}\n"
                     "\\begin{document}\n\n");
    if (document->title) {
        hf__buf_add_text(out, "\\section*{");
        add_text(out, document->title);
        hf__buf_add_text(out, "}\n\n");
    }
    for (size_t i = 0; i < document->n_sentences; i++) {
        add_text(out, document->sentences[i]);
        hf__buf_add_char(out, '\n');
    }
    hf__buf_add_text(out, document->n_sentences ? "\n" : "");
    for (size_t t = 0; t <= document->n_tables; t++) {
        size_t from = 0;
        const hf__picture *picture;
        while ((picture = hf__next_picture(document, t, &from))) {
            add_text(out, picture->words);
            hf__buf_add_text(out, "\n\n");
        }
        if (t < document->n_tables && document->tables[t].n_cells) {
            add_table(out, &document->tables[t]);
        }
    }
    if (document->n_facts) {
        add_facts(out, document);
    }
    hf__buf_add_text(out, "\\end{document}\n");
}
