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

hf_status hf_document_write(hf_context *ctx, const hf_document *document,
                            hf_format format, const hf_write_options *options,
                            char **out, size_t *out_len) {
    hf_write_options plain;
    hf_write_options_init(&plain);
    hf__buf buf;
    hf__buf_init(&buf);
    hf_status status = HF_OK;
    if (document->failed) {
        return hf__fail_memory(ctx);
    }
    switch (format) {
        case HF_FORMAT_TEXT:
            hf__write_text(document, options ? options : &plain, &buf);
            break;
        case HF_FORMAT_JSON:
            status = hf__write_json(document, &buf);
            break;
        case HF_FORMAT_CSV:
            hf__write_csv(document, &buf);
            break;
        case HF_FORMAT_MARKDOWN:
            hf__write_markdown(document, &buf);
            break;
        case HF_FORMAT_HTML:
            hf__write_html(document, &buf);
            break;
        case HF_FORMAT_XLSX:
            status = hf__write_xlsx(ctx, document, &buf);
            break;
        case HF_FORMAT_LATEX:
            hf__write_latex(document, &buf);
            break;
    }
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
