/* Documents: what a command has to say, apart from how it is written down.
 *
 * A document is a title, a list of sentences (the answer first), tables with
 * typed cells, pictures, and facts about method and data. Writers turn it into
 * text, Markdown, HTML or LaTeX for people, into CSV or JSON for programs, or
 * into XLSX for both, and hold no logic of their own: numbers are kept
 * unrounded in the document and shown with the decimals of their column to
 * people, in full to programs. What must not be known to four decimals is
 * rounded before it goes into a document. */
#ifndef HOWFAR_DOCUMENT_H
#define HOWFAR_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "howfar/context.h"

HF_BEGIN_DECLS

typedef struct hf_document hf_document;

HF_API HF_WARN_UNUSED hf_status hf_document_new(hf_context *ctx,
                                                hf_document **out);
HF_API void hf_document_free(hf_document *document);

/* Calls that build a document remember a lack of memory and do nothing after
 * it; hf_document_write reports it. Strings are copied, UTF-8; control
 * characters in them become blanks, bytes that are no UTF-8 become U+FFFD. Keys
 * are lower case with underscores and name the thing in JSON and CSV. */

/* The title, at most one; without it the first caption serves where a format
 * needs one. */
HF_API void hf_document_title(hf_document *document, const char *text);

/* A sentence of the answer. */
HF_API void hf_document_sentence(hf_document *document, const char *text);

typedef enum hf_column_type {
    HF_COLUMN_TEXT = 0,
    HF_COLUMN_NUMBER = 1, /* shown with `decimals`, right-aligned */
    HF_COLUMN_COUNT = 2,  /* whole numbers, right-aligned */
    HF_COLUMN_DETAIL = 3  /* for programs (JSON, CSV, XLSX); formats for people
                             leave it out */
} hf_column_type;

/* Starts a table; columns and cells that follow belong to it. `caption` may be
 * "". */
HF_API void hf_document_table(hf_document *document, const char *key,
                              const char *caption);
HF_API void hf_document_column(hf_document *document, const char *key,
                               const char *heading, hf_column_type type,
                               int decimals);
/* Cells fill rows from left to right; a table without a full last row is a
 * wrong call. */
HF_API void hf_document_text(hf_document *document, const char *text);
HF_API void hf_document_number(hf_document *document, double value);
HF_API void hf_document_count(hf_document *document, uint64_t value);
HF_API void hf_document_blank(hf_document *document);
/* A symbol in place of a figure: "c" withheld, "z" not applicable, "x" not
 * available, "k" rounds to zero. Stands as it is in every format. */
HF_API void hf_document_symbol(hf_document *document, const char *symbol);

/* The rows that follow in this table are totals: set apart, never sorted. */
HF_API void hf_document_totals(hf_document *document);

/* For whom the rows are that follow in this table: many that say next to
 * nothing may be one to people, and each its own to programs. */
typedef enum hf_rows_for {
    HF_ROWS_FOR_ALL = 0,
    HF_ROWS_FOR_PROGRAMS = 1, /* JSON, CSV, XLSX */
    HF_ROWS_FOR_PEOPLE = 2
} hf_rows_for;
HF_API void hf_document_rows_for(hf_document *document, hf_rows_for whom);

/* A note under the last table: what its symbols mean, what was left out. */
HF_API void hf_document_note(hf_document *document, const char *text);

/* A picture behind the last table (or before the first): an SVG document, whose
 * bytes are copied, and the same in words for who can't see it. Shown by HTML;
 * other formats give the words. */
HF_API void hf_document_picture(hf_document *document, const char *svg,
                                size_t svg_len, const char *words);

/* A fact about method or data: "boundaries", "method". `text` is a phrase or
 * sentence for people. */
HF_API void hf_document_fact(hf_document *document, const char *key,
                             const char *label, const char *text);
/* The same with a number, in JSON as such. */
HF_API void hf_document_fact_number(hf_document *document, const char *key,
                                    const char *label, double value,
                                    int decimals, const char *unit);

typedef enum hf_format {
    HF_FORMAT_TEXT = 0,
    HF_FORMAT_JSON = 1,
    HF_FORMAT_CSV = 2,
    HF_FORMAT_MARKDOWN = 3,
    HF_FORMAT_HTML = 4,
    HF_FORMAT_XLSX = 5,
    HF_FORMAT_LATEX = 6
} hf_format;

/* Finds a format by name ("text", "json", "csv", "md", "html", "xlsx", "latex",
 * "tex"; any case). HF_ERR_USAGE with the list of formats. */
HF_API HF_WARN_UNUSED hf_status hf_format_parse(hf_context *ctx,
                                                const char *name,
                                                hf_format *out);

/* Whether what a format writes is bytes that no terminal should get. */
HF_API bool hf_format_is_binary(hf_format format);

typedef struct hf_write_options {
    size_t width; /* text: columns to keep within by wrapping; 0: any */
    bool colour;  /* text: bold and dim by terminal sequences */
} hf_write_options;

/* Neither wrapping nor colour. */
HF_API void hf_write_options_init(hf_write_options *options);

/* Writes a document as *out_len bytes with a NUL behind them that isn't
 * counted; free with hf_text_free. `options` may be NULL.
 *
 * CSV has a table's keys as its header; of several tables each but the first
 * follows an empty line, and the facts follow all. A document without tables
 * gives its facts, one with a single table no facts. Cells and
 * headers that a spreadsheet would take for a formula (they begin with = + - @,
 * and are no number) get a leading apostrophe. In XLSX they are stored as text,
 * which no spreadsheet evaluates.
 *
 * HF_ERR_MEMORY; HF_ERR_IO where XLSX can't be put together in the folder for
 * temporary files; HF_ERR_RANGE for more rows than an XLSX sheet takes. */
HF_API HF_WARN_UNUSED hf_status hf_document_write(
    hf_context *ctx, const hf_document *document, hf_format format,
    const hf_write_options *options, char **out, size_t *out_len);
HF_API void hf_text_free(char *text);

HF_END_DECLS
#endif
