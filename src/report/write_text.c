/* A document as text for a terminal: the answer, aligned tables, then method
 * and data; wrapped to a width where one is given. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/document.h"

#define GAP 2         /* before a column; 1 where that is too much */
#define LEAST_TEXT 10 /* columns that a text column keeps */

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

typedef struct page {
    hf__buf *out;
    size_t width; /* 0: any */
    bool colour;
} page;

static void pad(hf__buf *out, size_t n) {
    while (n--) {
        hf__buf_add_char(out, ' ');
    }
}

static size_t width_of(const char *text) {
    return hf__utf8_width(hf__str_of(text));
}

static size_t next_character(hf__str text, size_t at) {
    do {
        at++;
    } while (at < text.len && (text.at[at] & 0xc0) == 0x80);
    return at;
}

/* The piece of `text` that fits into `width` columns, up to a blank where there
 * is one; *rest is what follows. Width 0 takes all. */
static hf__str take_line(hf__str text, size_t width, hf__str *rest) {
    size_t fits = 0, after_blank = 0;
    while (fits < text.len) {
        size_t next = next_character(text, fits);
        if (width && fits && hf__utf8_width((hf__str){text.at, next}) > width) {
            break;
        }
        fits = next;
        if (fits < text.len && text.at[fits] == ' ') {
            after_blank = fits;
        }
    }
    size_t end = fits < text.len && after_blank ? after_blank : fits;
    size_t start = end;
    while (start < text.len && text.at[start] == ' ') {
        start++;
    }
    *rest = (hf__str){text.at + start, text.len - start};
    while (end && start < text.len && text.at[end - 1] == ' ') {
        end--;
    }
    return (hf__str){text.at, end};
}

/* Wraps `text`, which begins behind `indent` columns, as do its other lines. */
static void add_wrapped(page *p, const char *text, size_t indent) {
    size_t width = p->width > indent + LEAST_TEXT ? p->width - indent : 0;
    hf__str rest = hf__str_of(text);
    bool is_first = true;
    do {
        hf__str line = take_line(rest, width, &rest);
        pad(p->out, is_first ? 0 : indent);
        hf__buf_add(p->out, line.at, line.len);
        hf__buf_add_char(p->out, '\n');
        is_first = false;
    } while (rest.len);
}

static void begin(page *p, const char *look) {
    hf__buf_add_text(p->out, p->colour ? look : "");
}

static void end(page *p) {
    hf__buf_add_text(p->out, p->colour ? PLAIN : "");
}

/* ---- tables ----------------------------------------------------------------
 */

typedef struct layout {
    const hf__table *table;
    size_t *widths;
    size_t *full;  /* what a column takes */
    size_t *words; /* without breaking a word */
    size_t *least; /* what it keeps when the table is squeezed */
    size_t gap;
    char **cells; /* as text, row by row, the header first */
    hf__str *rests;
    size_t n_rows;
    size_t last; /* the last column that people see */
} layout;

static void reset_layout(layout *l) {
    for (size_t i = 0; l->cells && i < l->n_rows * l->table->n_columns; i++) {
        hf__free(l->cells[i]);
    }
    hf__free(l->cells);
    hf__free(l->widths);
    hf__free(l->full);
    hf__free(l->words);
    hf__free(l->least);
    hf__free(l->rests);
}

static size_t longest_word(const char *text) {
    size_t most = 0;
    while (*text) {
        size_t len = strcspn(text, " ");
        size_t own = hf__utf8_width((hf__str){text, len});
        most = own > most ? own : most;
        text += len;
        text += strspn(text, " ");
    }
    return most;
}

static void grow(size_t *width, size_t to) {
    *width = to > *width ? to : *width;
}

static bool set_cells(layout *l) {
    size_t n = l->table->n_columns;
    for (size_t i = 0; i < l->n_rows * n; i++) {
        const hf__column *column = &l->table->columns[i % n];
        hf__buf text;
        hf__buf_init(&text);
        if (i < n) {
            hf__buf_add_text(&text, column->heading);
        } else {
            hf__add_cell(&text, &l->table->cells[i - n], column);
        }
        l->cells[i] = hf__buf_take(&text);
        if (!l->cells[i]) {
            return false;
        }
        size_t own = width_of(l->cells[i]);
        if (hf__is_for_people(column)) {
            bool is_text = column->type == HF_COLUMN_TEXT;
            /* Figures don't break. */
            size_t word = is_text || i < n ? longest_word(l->cells[i]) : own;
            grow(&l->full[i % n], own);
            grow(&l->words[i % n], word);
            grow(&l->least[i % n],
                 is_text && word > LEAST_TEXT ? LEAST_TEXT : word);
            grow(&l->last, i % n);
        }
    }
    return true;
}

/* The widest column of text, or of figures, that can still give way;
 * n_columns for none. */
static size_t find_widest(const layout *l, const size_t *least, bool is_text) {
    const hf__table *table = l->table;
    size_t widest = table->n_columns;
    for (size_t c = 0; c < table->n_columns; c++) {
        if (hf__is_for_people(&table->columns[c]) &&
            (table->columns[c].type == HF_COLUMN_TEXT) == is_text &&
            l->widths[c] > least[c] &&
            (widest == table->n_columns || l->widths[c] > l->widths[widest])) {
            widest = c;
        }
    }
    return widest;
}

/* Narrows columns down to `least` until the table fits: first the heads of
 * figures, which wrap well, then texts. */
static bool squeeze(layout *l, size_t width, size_t gap, const size_t *least) {
    size_t n = l->table->n_columns, sum = 0;
    l->gap = gap;
    for (size_t c = 0; c < n; c++) {
        l->widths[c] = l->full[c];
        sum += hf__is_for_people(&l->table->columns[c]) ? gap + l->full[c] : 0;
    }
    while (width && sum > width) {
        size_t widest = find_widest(l, least, false);
        widest = widest < n ? widest : find_widest(l, least, true);
        if (widest == n) {
            return false;
        }
        l->widths[widest]--;
        sum--;
    }
    return true;
}

/* Words break last. */
static void fit(layout *l, size_t width) {
    if (!squeeze(l, width, GAP, l->words) && !squeeze(l, width, 1, l->words)) {
        (void)squeeze(l, width, 1, l->least);
    }
}

static void end_line(hf__buf *out) {
    while (out->len && out->text[out->len - 1] == ' ') {
        out->text[--out->len] = '\0';
    }
    hf__buf_add_char(out, '\n');
}

/* One line of a row: what fits of each cell. Returns whether more is left. */
static bool add_row_line(page *p, layout *l) {
    const hf__table *table = l->table;
    bool is_more = false;
    for (size_t c = 0; c <= l->last; c++) {
        if (!hf__is_for_people(&table->columns[c])) {
            continue;
        }
        bool is_right = table->columns[c].type != HF_COLUMN_TEXT;
        hf__str line = take_line(l->rests[c], l->widths[c], &l->rests[c]);
        size_t own = hf__utf8_width(line);
        size_t blank = l->widths[c] > own ? l->widths[c] - own : 0;
        pad(p->out, l->gap + (is_right ? blank : 0));
        hf__buf_add(p->out, line.at, line.len);
        pad(p->out, is_right || c == l->last ? 0 : blank);
        is_more |= l->rests[c].len > 0;
    }
    end_line(p->out);
    return is_more;
}

static void add_rule(page *p, const layout *l) {
    for (size_t c = 0; c <= l->last; c++) {
        if (hf__is_for_people(&l->table->columns[c])) {
            pad(p->out, l->gap);
            for (size_t i = 0; i < l->widths[c]; i++) {
                hf__buf_add_char(p->out, '-');
            }
        }
    }
    hf__buf_add_char(p->out, '\n');
}

static void add_rows(page *p, layout *l) {
    size_t n = l->table->n_columns;
    for (size_t r = 0; r < l->n_rows; r++) {
        bool is_bold = r == 0 || (r - 1) * n >= l->table->totals_from;
        if (r && (r - 1) * n == l->table->totals_from) {
            add_rule(p, l);
        }
        for (size_t c = 0; c < n; c++) {
            l->rests[c] = hf__str_of(l->cells[r * n + c]);
        }
        if (is_bold) {
            begin(p, BOLD);
        }
        while (add_row_line(p, l)) {
        }
        if (is_bold) {
            end(p);
        }
    }
}

static void add_table(page *p, const hf__table *table) {
    layout l = {.table = table,
                .n_rows = table->n_cells / table->n_columns + 1};
    l.widths = hf__calloc(table->n_columns, sizeof *l.widths);
    l.full = hf__calloc(table->n_columns, sizeof *l.full);
    l.words = hf__calloc(table->n_columns, sizeof *l.words);
    l.least = hf__calloc(table->n_columns, sizeof *l.least);
    l.rests = hf__calloc(table->n_columns, sizeof *l.rests);
    l.cells = hf__calloc(l.n_rows * table->n_columns, sizeof *l.cells);
    if (!l.widths || !l.full || !l.words || !l.least || !l.rests || !l.cells ||
        !set_cells(&l)) {
        p->out->failed = true;
        goto done;
    }
    fit(&l, p->width);
    if (table->caption[0]) {
        begin(p, BOLD);
        add_wrapped(p, table->caption, 0);
        end(p);
    }
    add_rows(p, &l);
    for (size_t i = 0; i < table->n_notes; i++) {
        pad(p->out, GAP);
        add_wrapped(p, table->notes[i], GAP);
    }
done:
    reset_layout(&l);
}

/* ---- the rest --------------------------------------------------------------
 */

static void add_facts(page *p, const hf_document *document) {
    size_t width = 0;
    for (size_t i = 0; i < document->n_facts; i++) {
        size_t own = width_of(document->facts[i].label);
        width = own > width ? own : width;
    }
    hf__buf scratch;
    hf__buf_init(&scratch);
    for (size_t i = 0; i < document->n_facts; i++) {
        const hf__fact *fact = &document->facts[i];
        scratch.len = 0;
        hf__buf_add(&scratch, "", 0);
        hf__add_fact(&scratch, fact);
        begin(p, DIM);
        hf__buf_add_text(p->out, fact->label);
        pad(p->out, width - width_of(fact->label) + GAP);
        add_wrapped(p, scratch.text ? scratch.text : "", width + GAP);
        end(p);
    }
    p->out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
}

static void add_answer(page *p, const hf_document *document) {
    hf__buf answer;
    hf__buf_init(&answer);
    hf__add_sentences(&answer, document);
    if (answer.text) {
        add_wrapped(p, answer.text, 0);
    }
    p->out->failed |= answer.failed;
    hf__buf_reset(&answer);
}

static void part(page *p) {
    hf__buf_add_text(p->out, p->out->len ? "\n" : "");
}

void hf__write_text(const hf_document *document,
                    const hf_write_options *options, hf__buf *out) {
    page p = {.out = out, .width = options->width, .colour = options->colour};
    if (document->title) {
        begin(&p, BOLD);
        add_wrapped(&p, document->title, 0);
        end(&p);
        part(&p);
    }
    add_answer(&p, document);
    for (size_t t = 0; t <= document->n_tables; t++) {
        size_t from = 0;
        const hf__picture *picture;
        while ((picture = hf__next_picture(document, t, &from))) {
            part(&p);
            add_wrapped(&p, picture->words, 0);
        }
        if (t < document->n_tables && document->tables[t].n_cells) {
            part(&p);
            add_table(&p, &document->tables[t]);
        }
    }
    if (document->n_facts) {
        part(&p);
        add_facts(&p, document);
    }
}
