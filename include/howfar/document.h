/* Documents: what a command has to say, apart from how it is written down.
 *
 * A document is a list of sentences (the answer first), tables with typed
 * cells, and facts about method and data. Writers turn it into text for a
 * terminal or JSON for programs, and hold no logic of their own: numbers are
 * kept unrounded in the document and shown with the decimals of their column in
 * text, in full in JSON. */
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
 * it; hf_document_write reports it. Strings are copied, UTF-8. Keys are lower
 * case with underscores and name the thing in JSON. */

/* A sentence of the answer. */
HF_API void hf_document_sentence(hf_document *document, const char *text);

typedef enum hf_column_type {
    HF_COLUMN_TEXT = 0,
    HF_COLUMN_NUMBER = 1, /* shown with `decimals`, right-aligned */
    HF_COLUMN_COUNT = 2,  /* whole numbers, right-aligned */
    HF_COLUMN_DETAIL = 3  /* a number for programs; text leaves it out */
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

/* A fact about method or data: "boundaries", "method". `text` is a phrase or
 * sentence for people. */
HF_API void hf_document_fact(hf_document *document, const char *key,
                             const char *label, const char *text);
/* The same with a number, in JSON as such. */
HF_API void hf_document_fact_number(hf_document *document, const char *key,
                                    const char *label, double value,
                                    int decimals, const char *unit);

typedef enum hf_format { HF_FORMAT_TEXT = 0, HF_FORMAT_JSON = 1 } hf_format;

/* Finds "text", "json". HF_ERR_USAGE with the list of formats. */
HF_API HF_WARN_UNUSED hf_status hf_format_parse(hf_context *ctx,
                                                const char *name,
                                                hf_format *out);

/* Writes a document as one string, NUL-terminated; free with hf_text_free.
 * HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_document_write(hf_context *ctx,
                                                  const hf_document *document,
                                                  hf_format format, char **out,
                                                  size_t *out_len);
HF_API void hf_text_free(char *text);

HF_END_DECLS
#endif
