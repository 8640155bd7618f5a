#include "table/episodes.h"

#include <string.h>

#include "base/memory.h"
#include "table/csv.h"

/* Of a return that is none, or hostile. */
#define DEPTH_MOST 32
#define COLUMNS_MOST 64
#define CELL_MOST ((size_t)10000)
#define CHILD_MOST ((size_t)4 << 20) /* bytes of a child's episodes */
/* Rows that are waited for until the columns are settled, bytes. */
#define HEAD_BYTES ((size_t)1 << 20)

/* The Episodes file, and UASC. */
static const char *const own_columns[] = {
    "CHILD",     "DECOM",          "RNE", "LS",  "CIN",
    "PLACE",     "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
    "HOME_POST", "PL_POST",        "URN", "UASC"};
#define OWN_COLUMNS (sizeof own_columns / sizeof *own_columns)
#define CHILD_COLUMN 0
#define UASC_COLUMN 13
#define NO_COLUMN COLUMNS_MOST

/* A cell, as a slice of the text of its child. */
typedef struct cell {
    size_t start, len;
    bool is_there;
} cell;

typedef struct episode {
    cell cells[COLUMNS_MOST];
} episode;

/* A row before the columns are settled. */
typedef struct early_row {
    size_t len;
    size_t n_cells;
} early_row;

/* Which part of a child the document is in. */
typedef enum part { PART_NONE, PART_HEADER, PART_EPISODE } part;

struct hf__episodes {
    const char *problem;
    /* columns */
    size_t n_columns;
    const char *names[COLUMNS_MOST]; /* owned but for own_columns */
    /* where the document is */
    size_t depth;                   /* elements that are open */
    size_t child_depth, part_depth; /* 0: not in one */
    size_t column; /* of the field that is open, or NO_COLUMN */
    /* the child */
    episode *list;
    size_t n_list, list_capacity;
    cell id, uasc;
    hf__buf text;
    /* rows */
    early_row *early_rows;
    size_t n_early, early_capacity;
    hf__buf early, ready;
    size_t taken;
    part part;
    char delimiter;
    bool is_settled; /* the header is written */
    bool has_rows;
    bool failed; /* memory ran out */
};

hf__episodes *hf__episodes_new(char delimiter) {
    hf__episodes *e = hf__calloc(1, sizeof *e);
    if (e) {
        e->delimiter = delimiter;
        e->n_columns = OWN_COLUMNS;
        memcpy(e->names, own_columns, sizeof own_columns);
        e->column = NO_COLUMN;
    }
    return e;
}

void hf__episodes_free(hf__episodes *e) {
    if (!e) {
        return;
    }
    for (size_t i = OWN_COLUMNS; i < e->n_columns; i++) {
        hf__free((void *)(uintptr_t)e->names[i]);
    }
    hf__buf_reset(&e->text);
    hf__buf_reset(&e->early);
    hf__buf_reset(&e->ready);
    hf__free(e->list);
    hf__free(e->early_rows);
    hf__free(e);
}

const char *hf__episodes_problem(const hf__episodes *e) {
    return e->problem;
}

static bool refuse(hf__episodes *e, const char *problem) {
    e->problem = problem;
    return false;
}

/* Whether there was memory for all so far. */
static bool has_memory(const hf__episodes *e) {
    return !e->failed && !e->text.failed && !e->early.failed &&
           !e->ready.failed;
}

/* ---- columns ---- */

static size_t find_column(const hf__episodes *e, hf__str name) {
    if (hf__str_is_nocase(name, "PL")) {
        return 5; /* PLACE */
    }
    for (size_t i = 1; i < e->n_columns; i++) {
        if (hf__str_is_nocase(name, e->names[i])) {
            return i;
        }
    }
    return NO_COLUMN;
}

static bool add_column(hf__episodes *e, hf__str name) {
    if (e->is_settled) {
        return refuse(e,
                      "an EPISODE has an element that none of the first "
                      "megabyte has: there is no column for it");
    }
    if (e->n_columns == COLUMNS_MOST) {
        return refuse(e, "its EPISODEs have more than 50 other elements");
    }
    e->names[e->n_columns] = hf__strndup(name.at, name.len);
    if (!e->names[e->n_columns]) {
        e->failed = true;
        return false;
    }
    e->n_columns++;
    return true;
}

/* ---- rows ---- */

static void add_cell(const hf__episodes *e, const cell *it, hf__buf *out) {
    if (it->is_there) {
        hf__csv_add_cell(out, (hf__str){e->text.text + it->start, it->len},
                         e->delimiter);
    }
}

static void add_row(const hf__episodes *e, const episode *it, hf__buf *out) {
    for (size_t i = 0; i < e->n_columns; i++) {
        if (i) {
            hf__buf_add_char(out, e->delimiter);
        }
        add_cell(e,
                 i == CHILD_COLUMN  ? &e->id
                 : i == UASC_COLUMN ? &e->uasc
                                    : &it->cells[i],
                 out);
    }
}

static void add_early_row(hf__episodes *e, const episode *it) {
    void *rows = e->early_rows;
    if (!hf__reserve(&rows, &e->early_capacity, e->n_early + 1,
                     sizeof *e->early_rows)) {
        e->failed = true;
        return;
    }
    e->early_rows = rows;
    size_t start = e->early.len;
    add_row(e, it, &e->early);
    e->early_rows[e->n_early++] =
        (early_row){e->early.len - start, e->n_columns};
}

/* Writes the header and the rows that waited for it. */
static void settle(hf__episodes *e) {
    hf__buf *out = &e->ready;
    for (size_t i = 0; i < e->n_columns; i++) {
        if (i) {
            hf__buf_add_char(out, e->delimiter);
        }
        hf__csv_add_cell(out, hf__str_of(e->names[i]), e->delimiter);
    }
    hf__buf_add_char(out, '\n');
    size_t at = 0;
    for (size_t i = 0; i < e->n_early; i++) {
        const early_row *row = &e->early_rows[i];
        hf__buf_add(out, e->early.text ? e->early.text + at : "", row->len);
        for (size_t k = row->n_cells; k < e->n_columns; k++) {
            hf__buf_add_char(out, e->delimiter);
        }
        hf__buf_add_char(out, '\n');
        at += row->len;
    }
    hf__buf_reset(&e->early);
    e->is_settled = true;
}

static void add_child(hf__episodes *e) {
    for (size_t i = 0; i < e->n_list; i++) {
        if (e->is_settled) {
            add_row(e, &e->list[i], &e->ready);
            hf__buf_add_char(&e->ready, '\n');
        } else {
            add_early_row(e, &e->list[i]);
        }
    }
    e->has_rows |= e->n_list > 0;
    if (!e->is_settled && e->early.len >= HEAD_BYTES) {
        settle(e);
    }
}

/* ---- elements ---- */

static bool start_child(hf__episodes *e) {
    e->child_depth = e->depth;
    e->text.len = 0;
    e->n_list = 0;
    e->id = e->uasc = (cell){.is_there = false};
    return true;
}

static bool start_episode(hf__episodes *e) {
    void *list = e->list;
    if (e->n_list * sizeof *e->list > CHILD_MOST) {
        return refuse(e, "a CHILD has too many EPISODEs");
    }
    if (!hf__reserve(&list, &e->list_capacity, e->n_list + 1,
                     sizeof *e->list)) {
        e->failed = true;
        return false;
    }
    e->list = list;
    e->list[e->n_list++] = (episode){.cells = {{.is_there = false}}};
    e->part = PART_EPISODE;
    e->part_depth = e->depth;
    return true;
}

/* The cell of an element of a header or an episode; *out is NULL for one that
 * is not kept. */
static bool find_cell(hf__episodes *e, hf__str name, cell **out) {
    *out = NULL;
    if (e->part == PART_HEADER) {
        *out = hf__str_is_nocase(name, "CHILDID") ||
                       hf__str_is_nocase(name, "CHILD")
                   ? &e->id
               : hf__str_is_nocase(name, "UASC") ? &e->uasc
                                                 : NULL;
        e->column = *out == &e->id     ? CHILD_COLUMN
                    : *out == &e->uasc ? UASC_COLUMN
                                       : NO_COLUMN;
        return true;
    }
    size_t column = find_column(e, name);
    if (column == NO_COLUMN) {
        column = e->n_columns;
        if (!add_column(e, name)) {
            return false;
        }
    }
    *out = &e->list[e->n_list - 1].cells[column];
    e->column = column;
    return column != UASC_COLUMN ||
           refuse(e, "UASC stands in an EPISODE, not in the HEADER");
}

static bool start_field(hf__episodes *e, hf__str name) {
    cell *it;
    if (!find_cell(e, name, &it)) {
        return false;
    }
    if (it && it->is_there) {
        return refuse(e, "an element stands twice where it may stand once");
    }
    if (it) {
        *it = (cell){.start = e->text.len, .is_there = true};
    }
    return true;
}

bool hf__episodes_start(hf__episodes *e, hf__str name) {
    if (++e->depth > DEPTH_MOST) {
        return refuse(e, "elements are nested too deep");
    }
    if (!e->child_depth) {
        return hf__str_is_nocase(name, "CHILD") ? start_child(e) : true;
    }
    if (e->part == PART_NONE && e->depth == e->child_depth + 1) {
        if (hf__str_is_nocase(name, "EPISODE")) {
            return start_episode(e);
        }
        if (hf__str_is_nocase(name, "HEADER")) {
            e->part = PART_HEADER;
            e->part_depth = e->depth;
        }
        return !hf__str_is_nocase(name, "CHILD") ||
               refuse(e, "a CHILD stands within a CHILD");
    }
    if (e->part != PART_NONE && e->depth == e->part_depth + 1) {
        return start_field(e, name);
    }
    return e->column == NO_COLUMN ||
           refuse(e, "an element that should hold text holds elements");
}

/* The cell that is open. */
static cell *open_cell(hf__episodes *e) {
    return e->column == NO_COLUMN    ? NULL
           : e->part == PART_EPISODE ? &e->list[e->n_list - 1].cells[e->column]
           : e->column == CHILD_COLUMN ? &e->id
                                       : &e->uasc;
}

bool hf__episodes_text(hf__episodes *e, hf__str text) {
    cell *it = open_cell(e);
    if (!it) {
        return true;
    }
    if (text.len > CELL_MOST || it->len + text.len > CELL_MOST) {
        return refuse(e, "the text of an element is longer than 10,000 bytes");
    }
    if (e->text.len + text.len > CHILD_MOST) {
        return refuse(e, "a CHILD is longer than 4 MB");
    }
    hf__buf_add(&e->text, text.at, text.len);
    it->len += text.len;
    return has_memory(e);
}

/* Blanks around a text are how the document is laid out. */
static void close_cell(hf__episodes *e) {
    cell *it = open_cell(e);
    if (it) {
        const char *start = e->text.text ? e->text.text + it->start : "";
        hf__str bare = hf__str_trim((hf__str){start, it->len});
        it->start += (size_t)(bare.at - start);
        it->len = bare.len;
    }
    e->column = NO_COLUMN;
}

bool hf__episodes_end(hf__episodes *e) {
    if (e->part != PART_NONE && e->depth == e->part_depth + 1) {
        close_cell(e);
    } else if (e->part != PART_NONE && e->depth == e->part_depth) {
        e->part = PART_NONE;
    } else if (e->child_depth && e->depth == e->child_depth) {
        add_child(e);
        e->child_depth = 0;
    }
    e->depth--;
    return has_memory(e);
}

bool hf__episodes_finish(hf__episodes *e) {
    if (!e->has_rows) {
        return refuse(e,
                      "no CHILD with an EPISODE in it: not an SSDA903 return");
    }
    if (!e->is_settled) {
        settle(e);
    }
    return has_memory(e);
}

size_t hf__episodes_take(hf__episodes *e, char *to, size_t len) {
    size_t left = e->ready.len - e->taken;
    size_t n = len < left ? len : left;
    if (n) {
        memcpy(to, e->ready.text + e->taken, n);
        e->taken += n;
    }
    if (e->taken == e->ready.len) {
        e->taken = e->ready.len = 0;
    }
    return n;
}
