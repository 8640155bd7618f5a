/* A document as an XLSX workbook: a sheet of its sentences, one per table with
 * typed cells and a frozen header, and one on method. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/context.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/document.h"

#define MOST_ROWS 1048576
#define MOST_NAME 31    /* characters of a sheet's name */
#define MOST_TEXT 32000 /* bytes of a cell; Excel takes 32,767 characters */
#define MOST_DECIMALS 10
#define LABEL_WIDTH 24 /* characters of the columns of the sheets in words */
#define WORDS_WIDTH 90
#define LINE_POINTS 15.0
#define PORTRAIT_WIDTH 95 /* characters that a page takes without shrinking */

typedef struct book {
    lxw_workbook *workbook;
    lxw_format *head, *head_right, *wrap, *title, *right, *right_bold, *bold;
    lxw_format *numbers[MOST_DECIMALS + 1][2]; /* by decimals; bold */
    bool failed;
} book;

static void note(book *b, lxw_error error) {
    b->failed |= error != LXW_NO_ERROR;
}

/* Text is stored as text: a spreadsheet does not evaluate it, whatever its
 * first character. */
static void put_text(book *b, lxw_worksheet *sheet, size_t row, size_t column,
                     const char *text, lxw_format *format) {
    char *cut = NULL;
    size_t len = strlen(text);
    if (len > MOST_TEXT) {
        len = MOST_TEXT;
        while ((text[len] & 0xc0) == 0x80) {
            len--;
        }
        cut = hf__strndup(text, len);
        b->failed |= !cut;
    }
    note(b, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                   cut ? cut : text, format));
    hf__free(cut);
}

static lxw_format *number_format(book *b, int decimals, bool is_bold) {
    int n = decimals < 0               ? 0
            : decimals > MOST_DECIMALS ? MOST_DECIMALS
                                       : decimals;
    lxw_format **format = &b->numbers[n][is_bold];
    if (!*format) {
        char code[MOST_DECIMALS + 3] = "0.";
        memset(code + 2, '0', (size_t)n);
        code[n ? n + 2 : 1] = '\0';
        *format = workbook_add_format(b->workbook);
        if (!*format) {
            b->failed = true;
            return NULL;
        }
        format_set_num_format(*format, code);
        if (is_bold) {
            format_set_bold(*format);
            format_set_top(*format, LXW_BORDER_THIN);
        }
    }
    return *format;
}

static void put_cell(book *b, lxw_worksheet *sheet, size_t row, size_t column,
                     const hf__cell *cell, const hf__column *kind,
                     bool is_total) {
    switch (cell->type) {
        case HF__CELL_BLANK:
            break;
        case HF__CELL_TEXT:
            put_text(b, sheet, row, column, cell->text,
                     is_total ? b->bold : NULL);
            break;
        case HF__CELL_SYMBOL:
            put_text(b, sheet, row, column, cell->text,
                     kind->type == HF_COLUMN_TEXT ? is_total ? b->bold : NULL
                     : is_total                   ? b->right_bold
                                                  : b->right);
            break;
        case HF__CELL_NUMBER:
            if (isfinite(cell->number)) {
                note(b,
                     worksheet_write_number(
                         sheet, (lxw_row_t)row, (lxw_col_t)column, cell->number,
                         number_format(b, kind->decimals, is_total)));
            }
            break;
        case HF__CELL_COUNT:
            note(b, worksheet_write_number(
                        sheet, (lxw_row_t)row, (lxw_col_t)column,
                        (double)cell->count, number_format(b, 0, is_total)));
            break;
    }
}

/* Wide enough for the most of its cells, within reason: in the digits of the
 * usual font, of which capitals and bold letters take more than one. */
static double width_of(const hf__table *table, size_t c, hf__buf *scratch) {
    const hf__column *column = &table->columns[c];
    const char *name = column->heading[0] ? column->heading : column->key;
    size_t width =
        hf__utf8_width(hf__str_of(name)) + 2; /* the filter's arrow */
    for (size_t i = c; i < table->n_cells; i += table->n_columns) {
        scratch->len = 0;
        hf__buf_add(scratch, "", 0);
        hf__add_cell(scratch, &table->cells[i], column);
        size_t own =
            scratch->failed
                ? 0
                : hf__utf8_width((hf__str){scratch->text, scratch->len});
        width = own > width ? own : width;
    }
    return 1.2 * (double)(width > 60 ? 60 : width < 8 ? 8 : width) + 1;
}

static bool is_taken(const lxw_workbook *workbook, const char *name) {
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers) {
        if (hf__str_is_nocase(hf__str_of(sheet->name), name)) {
            return true;
        }
    }
    return false;
}

/* A sheet's name: at most 31 characters, none of []:*?/\, no apostrophe at
 * either end, unlike the others. */
static lxw_worksheet *add_sheet(book *b, const char *wanted) {
    char base[MOST_NAME * 4 + 1], name[MOST_NAME * 4 + 16];
    size_t len = 0, n = 0;
    for (const char *c = wanted; *c && len < sizeof base - 1; c++) {
        n += (*c & 0xc0) != 0x80;
        if (n > MOST_NAME - 4) {
            break;
        }
        base[len++] = strchr("[]:*?/\\'", *c) ? ' ' : *c;
    }
    while (len && base[len - 1] == ' ') {
        len--;
    }
    base[len] = '\0';
    snprintf(name, sizeof name, "%s", len ? base : "Table");
    for (unsigned k = 2; is_taken(b->workbook, name); k++) {
        snprintf(name, sizeof name, "%s %u", len ? base : "Table", k);
    }
    lxw_worksheet *sheet = workbook_add_worksheet(b->workbook, name);
    b->failed |= !sheet;
    return sheet;
}

/* One page wide on A4, on its side where that would be too small to read. */
static void set_page(lxw_worksheet *sheet, double width) {
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    if (width > PORTRAIT_WIDTH) {
        worksheet_set_landscape(sheet);
    }
}

static void put_table(book *b, const hf__table *table) {
    lxw_worksheet *sheet =
        add_sheet(b, table->caption[0] ? table->caption : table->key);
    if (!sheet || !table->n_columns) {
        return;
    }
    hf__buf scratch;
    hf__buf_init(&scratch);
    double sum = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        const hf__column *column = &table->columns[c];
        double width = width_of(table, c, &scratch);
        sum += width;
        put_text(b, sheet, 0, c,
                 column->heading[0] ? column->heading : column->key,
                 column->type == HF_COLUMN_TEXT ? b->head : b->head_right);
        note(b, worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width,
                                     NULL));
    }
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t c = i % table->n_columns;
        put_cell(b, sheet, i / table->n_columns + 1, c, &table->cells[i],
                 &table->columns[c], i >= table->totals_from);
    }
    size_t n_plain = table->totals_from < table->n_cells ? table->totals_from
                                                         : table->n_cells;
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    set_page(sheet, sum);
    if (n_plain) {
        note(b, worksheet_autofilter(sheet, 0, 0,
                                     (lxw_row_t)(n_plain / table->n_columns),
                                     (lxw_col_t)(table->n_columns - 1)));
    }
    b->failed |= scratch.failed;
    hf__buf_reset(&scratch);
}

/* The lines that a text takes: some programs leave a row's height as it is. */
static size_t lines_of(const char *text, size_t width) {
    size_t n = 1, at = 0;
    while (*text) {
        size_t word = strcspn(text, " ");
        size_t own = hf__utf8_width((hf__str){text, word});
        if (at && at + 1 + own > width) {
            n++;
            at = 0;
        }
        at += own + (at > 0);
        n += at / (width + 1);
        at %= width + 1;
        text += word + (text[word] == ' ');
    }
    return n;
}

/* A text in its column, in a row that is high enough for `n` lines at least. */
static void put_words(book *b, lxw_worksheet *sheet, size_t row, size_t column,
                      const char *text, size_t n) {
    /* A tenth less than there is, as letters differ in width. */
    size_t own = lines_of(text, WORDS_WIDTH * 9 / 10);
    n = own > n ? own : n;
    note(b, worksheet_set_row(sheet, (lxw_row_t)row, LINE_POINTS * (double)n,
                              NULL));
    put_text(b, sheet, row, column, text, b->wrap);
}

static void put_labelled(book *b, lxw_worksheet *sheet, size_t row,
                         const char *label, const char *text) {
    put_text(b, sheet, row, 0, label, b->wrap);
    put_words(b, sheet, row, 1, text, lines_of(label, LABEL_WIDTH * 9 / 10));
}

/* What to read first. */
static void put_summary(book *b, const hf_document *document) {
    lxw_worksheet *sheet =
        document->n_sentences ? add_sheet(b, "Summary") : NULL;
    if (!sheet) {
        return;
    }
    note(b, worksheet_set_column(sheet, 0, 0, WORDS_WIDTH, NULL));
    set_page(sheet, WORDS_WIDTH);
    put_text(b, sheet, 0, 0, hf__document_name(document), b->title);
    for (size_t i = 0; i < document->n_sentences; i++) {
        put_words(b, sheet, i + 2, 0, document->sentences[i], 1);
    }
}

static void put_method(book *b, const hf_document *document) {
    lxw_worksheet *sheet = add_sheet(b, "Method");
    size_t row = 2;
    if (!sheet) {
        return;
    }
    note(b, worksheet_set_column(sheet, 0, 0, LABEL_WIDTH, NULL));
    note(b, worksheet_set_column(sheet, 1, 1, WORDS_WIDTH, NULL));
    set_page(sheet, LABEL_WIDTH);
    put_text(b, sheet, 0, 0, hf__document_name(document), b->title);
    for (size_t t = 0; t < document->n_tables; t++) {
        const hf__table *table = &document->tables[t];
        for (size_t i = 0; i < table->n_notes; i++) {
            put_labelled(b, sheet, row++,
                         table->caption[0] ? table->caption : table->key,
                         table->notes[i]);
        }
    }
    for (size_t i = 0; i < document->n_facts; i++) {
        const hf__fact *fact = &document->facts[i];
        hf__buf text;
        hf__buf_init(&text);
        hf__add_fact(&text, fact);
        put_labelled(b, sheet, row++, fact->label, text.text ? text.text : "");
        b->failed |= text.failed;
        hf__buf_reset(&text);
    }
}

static lxw_format *new_format(book *b, bool is_bold, bool is_right) {
    lxw_format *format = workbook_add_format(b->workbook);
    if (!format) {
        b->failed = true;
        return NULL;
    }
    if (is_bold) {
        format_set_bold(format);
    }
    if (is_right) {
        format_set_align(format, LXW_ALIGN_RIGHT);
    }
    return format;
}

static void make_formats(book *b) {
    b->head = new_format(b, true, false);
    b->head_right = new_format(b, true, true);
    b->title = new_format(b, true, false);
    b->right = new_format(b, false, true);
    b->bold = new_format(b, true, false);
    b->right_bold = new_format(b, true, true);
    b->wrap = new_format(b, false, false);
    if (b->failed) {
        return;
    }
    format_set_font_size(b->title, 14);
    format_set_text_wrap(b->wrap);
    format_set_align(b->wrap, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(b->head, LXW_BORDER_THIN);
    format_set_bottom(b->head_right, LXW_BORDER_THIN);
    format_set_top(b->bold, LXW_BORDER_THIN);
    format_set_top(b->right_bold, LXW_BORDER_THIN);
}

/* Writes the workbook to `path`. */
static hf_status write_book(const hf_document *document, const char *path,
                            const char *folder) {
    lxw_workbook_options options;
    memset(&options, 0, sizeof options);
    char *own_folder = hf__strdup(folder);
    options.tmpdir = own_folder;
    book b = {.workbook = own_folder ? workbook_new_opt(path, &options) : NULL};
    hf__free(own_folder); /* the workbook has a copy */
    if (!b.workbook) {
        return HF_ERR_MEMORY;
    }
    /* The day of making is no part of the answer: the same document gives the
     * same bytes. */
    lxw_doc_properties properties;
    memset(&properties, 0, sizeof properties);
    char *title = hf__strdup(hf__document_name(document));
    properties.title = title;
    properties.created = 315532800; /* 1980-01-01, where zip's time begins */
    note(&b, workbook_set_properties(b.workbook, &properties));
    make_formats(&b);
    if (!b.failed) {
        put_summary(&b, document);
    }
    for (size_t i = 0; i < document->n_tables && !b.failed; i++) {
        put_table(&b, &document->tables[i]);
    }
    if (!b.failed) {
        put_method(&b, document);
    }
    lxw_error error = workbook_close(b.workbook);
    hf__free(title);
    if (b.failed || error == LXW_ERROR_MEMORY_MALLOC_FAILED) {
        return HF_ERR_MEMORY;
    }
    return error ? HF_ERR_IO : HF_OK;
}

static hf_status take_file(hf_context *ctx, const char *path, hf__buf *out) {
    char *bytes;
    size_t len;
    hf_status status = hf__file_read(ctx, path, &bytes, &len);
    if (!status) {
        hf__buf_add(out, bytes, len);
        hf__free(bytes);
    }
    return status;
}

hf_status hf__write_xlsx(hf_context *ctx, const hf_document *document,
                         hf__buf *out) {
    for (size_t i = 0; i < document->n_tables; i++) {
        const hf__table *table = &document->tables[i];
        if (table->n_columns &&
            table->n_cells / table->n_columns >= MOST_ROWS) {
            return hf__fail(ctx, HF_ERR_RANGE,
                            "an XLSX sheet takes %d rows: use --format csv",
                            MOST_ROWS - 1);
        }
    }
    const char *folder = getenv("TMPDIR");
    folder = folder && *folder ? folder : "/tmp";
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/howfar-XXXXXX", folder);
    int fd = len > 0 && (size_t)len < sizeof path ? mkstemp(path) : -1;
    if (fd < 0) {
        return hf__fail(ctx, HF_ERR_IO,
                        "no temporary file can be made for XLSX: set TMPDIR to "
                        "a folder that can be written");
    }
    close(fd);
    hf_status status = write_book(document, path, folder);
    if (status == HF_ERR_IO) {
        (void)hf__fail(ctx, status,
                       "the workbook can't be put together in %s: set TMPDIR "
                       "to a folder with room",
                       folder);
    }
    status = status ? status : take_file(ctx, path, out);
    unlink(path);
    return status;
}
