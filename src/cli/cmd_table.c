/* Distance tables: from a home authority to every other, or between all. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"

typedef struct row {
    size_t authority;
    hf_distances d;
    hf_category category;
} row;

typedef struct table {
    session s;
    const char *home, *to, *sort, *measure;
    bool is_all;
    progress progress;
    row *rows;
    size_t n;
} table;

static const hf_authority *authority_of(const table *t, size_t authority) {
    return hf_boundaries_authority(t->s.set, authority);
}

/* ---- measuring ------------------------------------------------------------
 */

static hf_status measure(table *t, const hf_place *home, size_t authority,
                         row *out) {
    hf_place place;
    hf_status status =
        hf_place_of_authority(t->s.ctx, t->s.set, authority, &place);
    if (status) {
        return status;
    }
    out->authority = authority;
    status = hf_distance_between(t->s.ctx, t->s.set, home, &place, &out->d);
    if (!status) {
        status = hf_classify(t->s.ctx, t->s.adjacency, home->members[0],
                             authority, &out->category);
    }
    hf_place_reset(&place);
    return status;
}

static hf_status measure_all(table *t, const hf_place *home,
                             const hf_place *to) {
    size_t n = to ? to->n_members : hf_boundaries_count(t->s.set);
    t->rows = calloc(n ? n : 1, sizeof *t->rows);
    if (!t->rows) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        size_t authority = to ? to->members[i] : i;
        hf_status status = measure(t, home, authority, &t->rows[t->n++]);
        if (status) {
            return status;
        }
        progress_show(&t->progress, i + 1, i + 1, n);
    }
    progress_end(&t->progress);
    return HF_OK;
}

/* ---- sorting
 * ----------------------------------------------------------------- */

typedef enum sort_key {
    SORT_NEAREST,
    SORT_CENTRE,
    SORT_FARTHEST,
    SORT_NAME,
    SORT_CODE,
    SORT_CATEGORY
} sort_key;

static const char *const sort_names[] = {"nearest", "centre", "farthest",
                                         "name",    "code",   "category"};

/* qsort has no argument for the caller: keys are worked out first. */
typedef struct sorted {
    row item;
    double number;
    const char *text;
} sorted;

static int compare(const void *a, const void *b) {
    const sorted *first = a, *second = b;
    if (first->number < second->number || first->number > second->number) {
        return first->number < second->number ? -1 : 1;
    }
    return strcmp(first->text, second->text);
}

static double sort_number(const row *item, sort_key key) {
    switch (key) {
        case SORT_NEAREST:
            return item->d.nearest.dist_m;
        case SORT_CENTRE:
            return item->d.centre.dist_m;
        case SORT_FARTHEST:
            return item->d.farthest.dist_m;
        case SORT_CATEGORY:
            return item->category;
        case SORT_NAME:
        case SORT_CODE:
            break;
    }
    return 0;
}

static bool sort_rows(table *t) {
    size_t key = 0;
    while (key < sizeof sort_names / sizeof *sort_names &&
           strcmp(sort_names[key], t->sort) != 0) {
        key++;
    }
    if (key == sizeof sort_names / sizeof *sort_names) {
        cli_error("--sort: nearest, centre, farthest, name, code or category");
        return false;
    }
    sorted *list = calloc(t->n ? t->n : 1, sizeof *list);
    if (!list) {
        cli_error("out of memory");
        return false;
    }
    for (size_t i = 0; i < t->n; i++) {
        const hf_authority *a = authority_of(t, t->rows[i].authority);
        list[i] = (sorted){t->rows[i], sort_number(&t->rows[i], (sort_key)key),
                           key == SORT_CODE ? a->code : a->name};
    }
    qsort(list, t->n, sizeof *list, compare);
    for (size_t i = 0; i < t->n; i++) {
        t->rows[i] = list[i].item;
    }
    free(list);
    return true;
}

/* ---- writing
 * ------------------------------------------------------------------- */

static void add_numbers(hf_document *document, const hf_distances *d) {
    hf_document_number(document, hf_miles_from_m(d->nearest.dist_m));
    hf_document_number(document, hf_miles_from_m(d->centre.dist_m));
    hf_document_number(document, hf_miles_from_m(d->farthest.dist_m));
}

static void add_number_columns(hf_document *document) {
    hf_document_column(document, "nearest_miles", "nearest", HF_COLUMN_NUMBER,
                       1);
    hf_document_column(document, "centre_miles", "centre", HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "farthest_miles", "farthest", HF_COLUMN_NUMBER,
                       1);
}

static void add_sentence(const table *t, hf_document *document,
                         const hf_place *home) {
    size_t counts[HF_CATEGORY_COUNT] = {0};
    const row *far = &t->rows[0];
    for (size_t i = 0; i < t->n; i++) {
        counts[t->rows[i].category]++;
        if (t->rows[i].d.centre.dist_m > far->d.centre.dist_m) {
            far = &t->rows[i];
        }
    }
    char text[512];
    snprintf(text, sizeof text,
             "Of %zu authorities %zu adjoin %s and %zu are distant; the "
             "farthest is %s, %.0f miles from centre to centre.",
             t->n, counts[HF_CATEGORY_NEIGHBOURING], home->name,
             counts[HF_CATEGORY_DISTANT], authority_of(t, far->authority)->name,
             hf_miles_from_m(far->d.centre.dist_m));
    hf_document_sentence(document, text);
}

static void add_rows(const table *t, hf_document *document) {
    hf_document_table(document, "distances", "Miles");
    hf_document_column(document, "code", "code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    add_number_columns(document);
    hf_document_column(document, "category", "category", HF_COLUMN_TEXT, 0);
    for (size_t i = 0; i < t->n; i++) {
        const hf_authority *a = authority_of(t, t->rows[i].authority);
        hf_document_text(document, a->code);
        hf_document_text(document, a->name);
        add_numbers(document, &t->rows[i].d);
        hf_document_text(document, hf_category_name(t->rows[i].category));
    }
}

static int print_from(table *t, const hf_place *home) {
    hf_document *document;
    hf_status status = hf_document_new(t->s.ctx, &document);
    if (status) {
        return session_failed(&t->s, status);
    }
    if (t->n) {
        add_sentence(t, document, home);
    }
    add_rows(t, document);
    session_add_facts(&t->s, document);
    return session_print(&t->s, document);
}

static int run_from(table *t) {
    hf_place home, to;
    hf_place_init(&home);
    hf_place_init(&to);
    int status = CLI_COULD_NOT;
    if (session_resolve_authority(&t->s, t->home, "--home", &home, &status) &&
        (!t->to || session_resolve(&t->s, t->to, &to, &status))) {
        hf_status measured = to.kind == HF_PLACE_POINT
                                 ? HF_ERR_USAGE
                                 : measure_all(t, &home, t->to ? &to : NULL);
        if (to.kind == HF_PLACE_POINT) {
            cli_error("--to: an authority or a group, such as Scotland");
            status = CLI_WRONG_USAGE;
        } else if (measured) {
            status = session_failed(&t->s, measured);
        } else {
            status = sort_rows(t) ? print_from(t, &home) : CLI_WRONG_USAGE;
        }
    }
    hf_place_reset(&to);
    hf_place_reset(&home);
    return status;
}

/* ---- all with all
 * ------------------------------------------------------------------ */

static void add_all_columns(const table *t, hf_document *document, size_t n) {
    bool of_borders = !strcmp(t->measure, "nearest");
    hf_document_table(document, of_borders ? "nearest_miles" : "centre_miles",
                      of_borders ? "Miles from border to border"
                                 : "Miles from centre to centre");
    hf_document_column(document, "from", "from", HF_COLUMN_TEXT, 0);
    for (size_t i = 0; i < n; i++) {
        const hf_authority *a = authority_of(t, i);
        hf_document_column(document, a->code, a->code, HF_COLUMN_NUMBER, 1);
    }
}

static hf_status measure_matrix(const table *t, size_t n, double *out_m) {
    if (!strcmp(t->measure, "nearest")) {
        return hf_distance_matrix(t->s.ctx, t->s.set, out_m);
    }
    for (size_t i = 0; i < n * n; i++) {
        out_m[i] = hf_geodesic_dist_m(authority_of(t, i / n)->centre,
                                      authority_of(t, i % n)->centre);
    }
    return HF_OK;
}

static void add_matrix(const table *t, hf_document *document, size_t n,
                       const double *dist_m) {
    for (size_t i = 0; i < n * n; i++) {
        if (i % n == 0) {
            hf_document_text(document, authority_of(t, i / n)->code);
        }
        hf_document_number(document, hf_miles_from_m(dist_m[i]));
    }
}

static int run_all(table *t) {
    hf_document *document;
    size_t n = hf_boundaries_count(t->s.set);
    double *dist_m = calloc(n * n, sizeof *dist_m);
    hf_status status =
        dist_m ? measure_matrix(t, n, dist_m) : (hf_status)HF_ERR_MEMORY;
    if (!status) {
        status = hf_document_new(t->s.ctx, &document);
    }
    if (status) {
        free(dist_m);
        return session_failed(&t->s, status);
    }
    add_all_columns(t, document, n);
    add_matrix(t, document, n, dist_m);
    free(dist_m);
    session_add_facts(&t->s, document);
    return session_print(&t->s, document);
}

static int run(int argc, char **argv) {
    table t = {.sort = "nearest", .measure = "centre"};
    session_init(&t.s);
    const cli_option own[] = {
        {"home", 0, CLI_TEXT, (void *)&t.home, "NAME", "the home authority"},
        {"to", 0, CLI_TEXT, (void *)&t.to, "GROUP",
         "only these: a group, such as Scotland (default: all)"},
        {"sort", 0, CLI_TEXT, (void *)&t.sort, "COLUMN",
         "nearest (default), centre, farthest, name, code, category"},
        {"all", 0, CLI_FLAG, &t.is_all, NULL,
         "every authority with every other"},
        {"measure", 0, CLI_TEXT, (void *)&t.measure, "WHAT",
         "with --all: centre (default) or nearest, border to border"},
        {0}};
    cli_options options = {
        {own, session_adjoining_options(&t.s), session_options(&t.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_table, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n || (t.home != NULL) == t.is_all) {
        cli_error("table wants --home NAME, or --all; see howfar table --help");
        return CLI_WRONG_USAGE;
    }
    if (strcmp(t.measure, "centre") != 0 && strcmp(t.measure, "nearest") != 0) {
        cli_error("--measure: centre or nearest");
        return CLI_WRONG_USAGE;
    }
    progress_start(&t.progress, t.s.quiet);
    if (session_open(&t.s, true, &status)) {
        status = t.is_all ? run_all(&t) : run_from(&t);
    }
    free(t.rows);
    session_close(&t.s);
    return status;
}

const cli_command command_table = {
    "table", "table --home NAME | table --all",
    "distances from an authority to every other, or between all", "", run};
