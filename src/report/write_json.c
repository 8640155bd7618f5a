/* A document as JSON: {"title": "...", "answer": "...", <table key>: [{...},
 * ...], "notes": [...], "facts": {...}}. Numbers stand in full; what is not
 * finite is null; a symbol ("c") is a string where the figure would be. */
#include <jansson.h>
#include <math.h>

#include "report/document.h"

static json_t *number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *cell_value(const hf__cell *cell) {
    switch (cell->type) {
        case HF__CELL_TEXT:
        case HF__CELL_SYMBOL:
            return json_string(cell->text);
        case HF__CELL_NUMBER:
            return number(cell->number);
        case HF__CELL_COUNT:
            return json_integer((json_int_t)cell->count);
        case HF__CELL_BLANK:
            break;
    }
    return json_null();
}

/* Puts a value under a key; `*failed` where there is no memory, or no value. */
static void put(json_t *object, const char *key, json_t *value, bool *failed) {
    if (json_object_set_new(object, key, value)) {
        *failed = true;
    }
}

static json_t *table_value(const hf__table *table, bool *failed) {
    json_t *rows = json_array();
    json_t *row = NULL;
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t c = i % table->n_columns;
        if (c == 0) {
            row = json_object();
            if (json_array_append_new(rows, row)) {
                *failed = true;
                return rows;
            }
        }
        put(row, table->columns[c].key, cell_value(&table->cells[i]), failed);
    }
    return rows;
}

static json_t *facts_value(const hf_document *document, bool *failed) {
    json_t *facts = json_object();
    for (size_t i = 0; i < document->n_facts; i++) {
        const hf__fact *fact = &document->facts[i];
        put(facts, fact->key,
            fact->text ? json_string(fact->text)
            : fact->decimals > 0 || !isfinite(fact->number)
                ? number(fact->number)
                : json_integer((json_int_t)fact->number),
            failed);
    }
    return facts;
}

static json_t *answer_value(const hf_document *document) {
    hf__buf answer;
    hf__buf_init(&answer);
    hf__add_sentences(&answer, document);
    json_t *value = answer.failed ? NULL : json_string(answer.text);
    hf__buf_reset(&answer);
    return value;
}

static json_t *notes_value(const hf_document *document, bool *failed) {
    json_t *notes = json_array();
    for (size_t t = 0; t < document->n_tables; t++) {
        const hf__table *table = &document->tables[t];
        for (size_t i = 0; i < table->n_notes; i++) {
            if (json_array_append_new(notes, json_string(table->notes[i]))) {
                *failed = true;
            }
        }
    }
    return notes;
}

static int add_piece(const char *bytes, size_t len, void *user) {
    hf__buf_add(user, bytes, len);
    return ((hf__buf *)user)->failed ? -1 : 0;
}

hf_status hf__write_json(const hf_document *document, hf__buf *out) {
    bool failed = false;
    json_t *root = json_object();
    if (document->title) {
        put(root, "title", json_string(document->title), &failed);
    }
    if (document->n_sentences) {
        put(root, "answer", answer_value(document), &failed);
    }
    for (size_t i = 0; i < document->n_tables; i++) {
        put(root, document->tables[i].key,
            table_value(&document->tables[i], &failed), &failed);
    }
    json_t *notes = notes_value(document, &failed);
    if (json_array_size(notes)) {
        put(root, "notes", notes, &failed);
    } else {
        json_decref(notes);
    }
    if (document->n_facts) {
        put(root, "facts", facts_value(document, &failed), &failed);
    }
    if (!failed &&
        json_dump_callback(root, add_piece, out,
                           JSON_INDENT(2) | JSON_REAL_PRECISION(15))) {
        failed = true;
    }
    json_decref(root);
    hf__buf_add_char(out, '\n');
    return failed ? HF_ERR_MEMORY : HF_OK;
}
