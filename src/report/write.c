#include <math.h>

#include "base/context.h"
#include "base/memory.h"
#include "report/document.h"

static const struct {
    const char *name;
    hf_format format;
} formats[] = {
    {"text", HF_FORMAT_TEXT},         {"csv", HF_FORMAT_CSV},
    {"json", HF_FORMAT_JSON},         {"md", HF_FORMAT_MARKDOWN},
    {"html", HF_FORMAT_HTML},         {"xlsx", HF_FORMAT_XLSX},
    {"latex", HF_FORMAT_LATEX},       {"tex", HF_FORMAT_LATEX},
    {"markdown", HF_FORMAT_MARKDOWN},
};

hf_status hf_format_parse(hf_context *ctx, const char *name, hf_format *out) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (hf__str_is_nocase(hf__str_of(name), formats[i].name)) {
            *out = formats[i].format;
            return HF_OK;
        }
    }
    return hf__fail(ctx, HF_ERR_USAGE,
                    "no format \"%s\": text, json, csv, md, html, xlsx, latex",
                    name);
}

bool hf_format_is_binary(hf_format format) {
    return format == HF_FORMAT_XLSX;
}

void hf_write_options_init(hf_write_options *options) {
    *options = (hf_write_options){0};
}

const char *hf__document_name(const hf_document *document) {
    if (document->title) {
        return document->title;
    }
    for (size_t i = 0; i < document->n_tables; i++) {
        if (document->tables[i].caption[0]) {
            return document->tables[i].caption;
        }
    }
    return "howfar";
}

bool hf__is_for_people(const hf__column *column) {
    return column->type != HF_COLUMN_DETAIL;
}

void hf__add_cell(hf__buf *out, const hf__cell *cell,
                  const hf__column *column) {
    switch (cell->type) {
        case HF__CELL_BLANK:
            break;
        case HF__CELL_TEXT:
        case HF__CELL_SYMBOL:
            hf__buf_add_text(out, cell->text);
            break;
        case HF__CELL_NUMBER:
            if (isfinite(cell->number)) {
                hf__buf_add_fixed(out, cell->number, column->decimals);
            }
            break;
        case HF__CELL_COUNT:
            hf__buf_add_format(out, "%llu", (unsigned long long)cell->count);
            break;
    }
}

void hf__add_full(hf__buf *out, double value, int decimals) {
    if (!isfinite(value)) {
        return;
    }
    size_t start = out->len;
    hf__buf_add_fixed(out, value, decimals > 4 ? decimals : 4);
    if (out->failed) {
        return;
    }
    while (out->len > start + 1 && out->text[out->len - 1] == '0') {
        out->len--;
    }
    if (out->text[out->len - 1] == '.') {
        out->len--;
    }
    out->text[out->len] = '\0';
}

void hf__add_fact(hf__buf *out, const hf__fact *fact) {
    if (fact->text) {
        hf__buf_add_text(out, fact->text);
    } else {
        hf__buf_add_fixed(out, fact->number, fact->decimals);
        hf__buf_add_format(out, "%s%s", fact->unit[0] ? " " : "", fact->unit);
    }
}

void hf__add_sentences(hf__buf *out, const hf_document *document) {
    for (size_t i = 0; i < document->n_sentences; i++) {
        hf__buf_add_format(out, "%s%s", i ? " " : "", document->sentences[i]);
    }
}

const hf__picture *hf__next_picture(const hf_document *document, size_t table,
                                    size_t *from) {
    while (*from < document->n_pictures) {
        const hf__picture *picture = &document->pictures[(*from)++];
        if (picture->after == table) {
            return picture;
        }
    }
    *from = 0;
    return NULL;
}

/* ---- rows for some ---------------------------------------------------------
 */

static bool is_for_programs(hf_format format) {
    return format == HF_FORMAT_JSON || format == HF_FORMAT_CSV ||
           format == HF_FORMAT_XLSX;
}

static hf_rows_for whom_at(const hf__table *table, size_t cell) {
    hf_rows_for whom = HF_ROWS_FOR_ALL;
    for (size_t i = 0; i < table->n_spans && table->spans[i].from <= cell;
         i++) {
        whom = table->spans[i].whom;
    }
    return whom;
}

/* A table whose cells are those of the rows that are not for `others`; they are
 * borrowed, their array is not. */
static bool filter_table(const hf__table *table, hf_rows_for others,
                         hf__table *out) {
    *out = *table;
    out->cells = hf__calloc(table->n_cells, sizeof *out->cells);
    if (!out->cells) {
        return false;
    }
    out->n_cells = 0;
    for (size_t i = 0; i < table->n_cells; i++) {
        if (i == table->totals_from) {
            out->totals_from = out->n_cells;
        }
        if (whom_at(table, i - i % table->n_columns) != others) {
            out->cells[out->n_cells++] = table->cells[i];
        }
    }
    return true;
}

static void free_filtered(const hf_document *document, hf_document *filtered) {
    for (size_t i = 0; filtered->tables && i < document->n_tables; i++) {
        hf__free(filtered->tables[i].cells);
    }
    hf__free(filtered->tables);
}

/* The document as readers of a format see it; free_filtered in any case. */
static bool filter(const hf_document *document, hf_format format,
                   hf_document *out) {
    hf_rows_for others =
        is_for_programs(format) ? HF_ROWS_FOR_PEOPLE : HF_ROWS_FOR_PROGRAMS;
    *out = *document;
    out->tables = hf__calloc(document->n_tables, sizeof *out->tables);
    bool is_done = out->tables != NULL;
    for (size_t i = 0; i < document->n_tables && is_done; i++) {
        is_done = filter_table(&document->tables[i], others, &out->tables[i]);
    }
    return is_done;
}

static hf_status write_format(hf_context *ctx, const hf_document *document,
                              hf_format format, const hf_write_options *options,
                              hf__buf *out) {
    switch (format) {
        case HF_FORMAT_TEXT:
            hf__write_text(document, options, out);
            break;
        case HF_FORMAT_JSON:
            return hf__write_json(document, out);
        case HF_FORMAT_CSV:
            hf__write_csv(document, out);
            break;
        case HF_FORMAT_MARKDOWN:
            hf__write_markdown(document, out);
            break;
        case HF_FORMAT_HTML:
            hf__write_html(document, out);
            break;
        case HF_FORMAT_XLSX:
            return hf__write_xlsx(ctx, document, out);
        case HF_FORMAT_LATEX:
            hf__write_latex(document, out);
            break;
    }
    return HF_OK;
}

hf_status hf_document_write(hf_context *ctx, const hf_document *document,
                            hf_format format, const hf_write_options *options,
                            char **out, size_t *out_len) {
    hf_write_options plain;
    hf_write_options_init(&plain);
    hf__buf buf;
    hf__buf_init(&buf);
    hf_document filtered;
    if (document->failed) {
        return hf__fail_memory(ctx);
    }
    hf_status status =
        filter(document, format, &filtered) ? HF_OK : HF_ERR_MEMORY;
    if (!status) {
        status = write_format(ctx, &filtered, format,
                              options ? options : &plain, &buf);
    }
    free_filtered(document, &filtered);
    size_t len = buf.len;
    char *text = status ? NULL : hf__buf_take(&buf);
    if (!text) {
        hf__buf_reset(&buf);
        return status && status != HF_ERR_MEMORY ? status
                                                 : hf__fail_memory(ctx);
    }
    *out = text;
    *out_len = len;
    return HF_OK;
}

void hf_text_free(char *text) {
    hf__free(text);
}
