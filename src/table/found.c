#include "table/found.h"

#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/csv.h"

void hf__found_reset(hf__found *found) {
    hf__free(found->rows);
    hf__free(found->official);
    hf__free(found->cells);
    hf__buf_reset(&found->text);
    hf__buf_reset(&found->scratch);
    *found = (hf__found){0};
}

void hf__found_clear(hf__found *found) {
    found->n_rows = found->n_cells = found->n_official = 0;
    found->text.len = 0;
    found->failed = false;
}

static bool reserve_cell(hf__found *found) {
    void *cells = found->cells;
    found->failed |= !hf__reserve(&cells, &found->cells_capacity,
                                  found->n_cells + 1, sizeof *found->cells);
    found->cells = cells;
    return !found->failed;
}

void hf__found_add_cell(hf__found *found, const hf__dialect *dialect,
                        hf__str cell) {
    if (!reserve_cell(found)) {
        return;
    }
    size_t start = found->text.len;
    found->cells[found->n_cells++] = start;
    hf__str bare = hf__str_trim(hf__csv_unquote(cell, &found->scratch));
    hf__dialect_decode(dialect, bare, &found->text);
    hf__buf_add_char(&found->text, '\0');
}

void hf__found_add_lacking(hf__found *found) {
    if (reserve_cell(found)) {
        found->cells[found->n_cells++] = SIZE_MAX;
    }
}

void hf__found_add_official(hf__found *found, const hf_ssda903_row *official) {
    void *list = found->official;
    found->failed |= !hf__reserve(&list, &found->official_capacity,
                                  found->n_official + 1, sizeof *official);
    found->official = list;
    if (!found->failed) {
        found->official[found->n_official++] = *official;
    }
}

void hf__found_add_row(hf__found *found, const hf_annotated_row *row,
                       size_t authority) {
    void *rows = found->rows;
    found->failed |= !hf__reserve(&rows, &found->rows_capacity,
                                  found->n_rows + 1, sizeof *found->rows);
    found->rows = rows;
    if (!found->failed) {
        found->rows[found->n_rows++] = (hf__found_row){*row, authority};
    }
}

hf_status hf__found_tell(hf_context *ctx, hf__found *found, size_t n_kept,
                         uint64_t first, hf_annotate_row tell, void *user) {
    const char **cells =
        found->failed || found->text.failed || found->scratch.failed
            ? NULL
            : hf__calloc(n_kept + 1, sizeof *cells);
    if (!cells) {
        return hf__fail_memory(ctx);
    }
    hf_status status = HF_OK;
    for (size_t i = 0; i < found->n_rows && !status; i++) {
        hf__found_row *it = &found->rows[i];
        for (size_t k = 0; k < n_kept; k++) {
            size_t start = found->cells[i * n_kept + k];
            cells[k] = start == SIZE_MAX ? NULL : found->text.text + start;
        }
        it->row.number = first + i;
        it->row.cells = cells;
        it->row.ssda903 = i < found->n_official ? &found->official[i] : NULL;
        if (!it->row.authorities) {
            it->row.authorities = &it->authority;
            it->row.n_authorities = it->authority != HF_NOWHERE;
        }
        status = tell(user, &it->row);
    }
    hf__free((void *)cells);
    return status;
}
