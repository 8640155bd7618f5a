#include "base/facts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

struct hf__facts {
    char *path;
    char *text; /* cells, unquoted in place, each NUL-terminated */
    const char **cells;
    size_t n_cells, cells_capacity;
    size_t *lines; /* of each row, the header's first */
    size_t n_lines, lines_capacity;
    size_t n_columns;
};

typedef struct reader {
    hf_context *ctx;
    hf__facts *facts;
    char *at;
    size_t line;
} reader;

static hf_status damaged(const reader *in, const char *what) {
    return hf__fail(in->ctx, HF_ERR_DAMAGED, "%s:%zu: %s", in->facts->path,
                    in->line, what);
}

static hf_status add_cell(reader *in, const char *cell) {
    hf__facts *facts = in->facts;
    void *array = (void *)facts->cells;
    if (!hf__reserve(&array, &facts->cells_capacity, facts->n_cells + 1,
                     sizeof *facts->cells)) {
        return hf__fail_memory(in->ctx);
    }
    facts->cells = array;
    facts->cells[facts->n_cells++] = cell;
    return HF_OK;
}

static hf_status add_line(reader *in) {
    hf__facts *facts = in->facts;
    void *array = facts->lines;
    if (!hf__reserve(&array, &facts->lines_capacity, facts->n_lines + 1,
                     sizeof *facts->lines)) {
        return hf__fail_memory(in->ctx);
    }
    facts->lines = array;
    facts->lines[facts->n_lines++] = in->line;
    return HF_OK;
}

/* Reads one cell, unquoting in place; *out_end is the character behind it:
 * comma, newline or NUL. */
static hf_status read_cell(reader *in, char *out_end) {
    char *cell = in->at;
    if (*in->at == '"') {
        cell = ++in->at;
        char *to = cell;
        for (;; in->at++) {
            if (!*in->at) {
                return damaged(in, "a quote is not closed");
            }
            if (*in->at == '"' && *++in->at != '"') {
                break;
            }
            in->line += *in->at == '\n';
            *to++ = *in->at;
        }
        if (*in->at && !strchr(",\r\n", *in->at)) {
            return damaged(in, "text behind a closing quote");
        }
        if (*in->at == '\r' && in->at[1] == '\n') {
            in->at++;
        }
        *out_end = *in->at;
        *to = '\0';
    } else {
        in->at += strcspn(in->at, ",\n");
        *out_end = *in->at;
        if (in->at > cell && *in->at != ',' && in->at[-1] == '\r') {
            in->at[-1] = '\0';
        }
        *in->at = '\0';
    }
    in->at += *out_end != '\0';
    return add_cell(in, cell);
}

static hf_status read_row(reader *in) {
    hf__facts *facts = in->facts;
    size_t before = facts->n_cells;
    hf_status status = add_line(in);
    char end = ',';
    while (!status && end == ',') {
        status = read_cell(in, &end);
    }
    if (status) {
        return status;
    }
    size_t n = facts->n_cells - before;
    if (!before) {
        facts->n_columns = n;
    } else if (n != facts->n_columns) {
        return hf__fail(in->ctx, HF_ERR_DAMAGED,
                        "%s:%zu: %zu cells where the header has %zu",
                        facts->path, in->line, n, facts->n_columns);
    }
    in->line += end == '\n';
    return HF_OK;
}

hf_status hf__facts_open(hf_context *ctx, const char *path, hf__facts **out) {
    hf__facts *facts = hf__calloc(1, sizeof *facts);
    if (!facts) {
        return hf__fail_memory(ctx);
    }
    hf_status status = HF_OK;
    size_t len = 0;
    facts->path = hf__strdup(path);
    if (!facts->path) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    status = hf__file_read(ctx, path, &facts->text, &len);
    if (status) {
        goto done;
    }
    reader in = {ctx, facts, facts->text, 1};
    if (strlen(facts->text) != len || !hf__utf8_is_valid(facts->text, len)) {
        status = damaged(&in, "not text in UTF-8");
        goto done;
    }
    if (!strncmp(in.at, "\xEF\xBB\xBF", 3)) {
        in.at += 3;
    }
    do {
        status = read_row(&in);
    } while (!status && *in.at);
done:
    if (status) {
        hf__facts_close(facts);
        return status;
    }
    *out = facts;
    return HF_OK;
}

hf_status hf__facts_open_named(hf_context *ctx, const char *name,
                               hf__facts **out) {
    hf__buf path;
    hf__buf_init(&path);
    hf__buf_add_format(&path, "%s/%s", hf_context_data_dir(ctx), name);
    hf_status status = path.failed ? hf__fail_memory(ctx)
                                   : hf__facts_open(ctx, path.text, out);
    hf__buf_reset(&path);
    return status;
}

void hf__facts_close(hf__facts *facts) {
    if (facts) {
        hf__free(facts->path);
        hf__free(facts->text);
        hf__free((void *)facts->cells);
        hf__free(facts->lines);
        hf__free(facts);
    }
}

const char *hf__facts_path(const hf__facts *facts) {
    return facts->path;
}

size_t hf__facts_n_rows(const hf__facts *facts) {
    return facts->n_lines - 1;
}

hf_status hf__facts_column(hf_context *ctx, const hf__facts *facts,
                           const char *name, size_t *out) {
    for (size_t i = 0; i < facts->n_columns; i++) {
        if (!strcmp(facts->cells[i], name)) {
            *out = i;
            return HF_OK;
        }
    }
    return hf__fail(ctx, HF_ERR_DAMAGED, "%s: no column \"%s\"", facts->path,
                    name);
}

const char *hf__facts_cell(const hf__facts *facts, size_t row, size_t column) {
    return facts->cells[(row + 1) * facts->n_columns + column];
}

size_t hf__facts_line(const hf__facts *facts, size_t row) {
    return facts->lines[row + 1];
}
