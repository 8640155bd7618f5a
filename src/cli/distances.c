#include "cli/distances.h"

#include <stdlib.h>
#include <string.h>

#include "cli/provenance.h"

static const hf_authority *authority_of(const distances *t, size_t authority) {
    return hf_boundaries_authority(t->s->set, authority);
}

/* ---- measuring -------------------------------------------------------------
 */

static hf_status measure(const distances *t, const hf_place *home,
                         size_t authority, distances_row *out) {
    hf_place place;
    const session *s = t->s;
    hf_status status = hf_place_of_authority(s->ctx, s->set, authority, &place);
    if (status) {
        return status;
    }
    out->from = home->members[0];
    out->to = authority;
    status = hf_distance_between(s->ctx, s->set, home, &place, &out->d);
    if (!status) {
        status = hf_classify(s->ctx, s->adjacency, out->from, authority,
                             &out->category);
    }
    hf_place_reset(&place);
    return status;
}

/* From home to each authority that is wanted. */
static hf_status measure_from(distances *t, const hf_place *home,
                              const bool *is_wanted) {
    size_t n_all = hf_boundaries_count(t->s->set), n = 0;
    for (size_t i = 0; i < n_all; i++) {
        n += is_wanted[i];
    }
    t->rows = calloc(n ? n : 1, sizeof *t->rows);
    if (!t->rows) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < n_all; i++) {
        if (is_wanted[i]) {
            hf_status status = measure(t, home, i, &t->rows[t->n++]);
            if (status) {
                return status;
            }
            progress_show(&t->progress, t->n, t->n, n);
        }
    }
    progress_end(&t->progress);
    return HF_OK;
}

/* Every pair once; the way back is as long, and the same category. */
static hf_status measure_pairs(distances *t) {
    size_t n = hf_boundaries_count(t->s->set), n_pairs = n * (n - (n > 0)) / 2;
    t->rows = calloc(n_pairs ? 2 * n_pairs : 1, sizeof *t->rows);
    if (!t->rows) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        hf_place home;
        hf_status status =
            hf_place_of_authority(t->s->ctx, t->s->set, i, &home);
        for (size_t j = i + 1; j < n && !status; j++) {
            distances_row *there = &t->rows[t->n++], *back = &t->rows[t->n++];
            status = measure(t, &home, j, there);
            *back = *there;
            back->from = j;
            back->to = i;
            progress_show(&t->progress, t->n / 2, t->n / 2, n_pairs);
        }
        if (status) {
            return status;
        }
        hf_place_reset(&home);
    }
    progress_end(&t->progress);
    return HF_OK;
}

/* ---- sorting ---------------------------------------------------------------
 */

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
#define SORT_NUMBERS 3

/* The key of a name, or the number of names. */
static size_t find_key(const char *name, size_t n) {
    size_t key = 0;
    while (key < n && strcmp(sort_names[key], name) != 0) {
        key++;
    }
    return key;
}

static double miles_of(const hf_distances *d, size_t key) {
    return hf_miles_from_m(key == SORT_NEAREST  ? d->nearest.dist_m
                           : key == SORT_CENTRE ? d->centre.dist_m
                                                : d->farthest.dist_m);
}

/* qsort has no argument for the caller: keys are worked out first. */
typedef struct sorted {
    distances_row item;
    double number;
    const char *text;
} sorted;

static int compare(const void *a, const void *b) {
    const sorted *first = a, *second = b;
    if (first->number < second->number || first->number > second->number) {
        return first->number < second->number ? -1 : 1;
    }
    int order = strcmp(first->text, second->text);
    return order ? order
           : first->item.to < second->item.to
               ? -1
               : first->item.to > second->item.to;
}

/* By the chosen column, then by name. */
static bool sort_rows(distances *t) {
    size_t n_names = sizeof sort_names / sizeof *sort_names;
    size_t key = find_key(t->sort, n_names);
    if (key == n_names) {
        cli_error("--sort: nearest, centre, farthest, name, code or category");
        return false;
    }
    sorted *list = calloc(t->n ? t->n : 1, sizeof *list);
    if (!list) {
        cli_error("out of memory");
        return false;
    }
    for (size_t i = 0; i < t->n; i++) {
        const distances_row *row = &t->rows[i];
        const hf_authority *a = authority_of(t, row->to);
        double number = key < SORT_NUMBERS     ? miles_of(&row->d, key)
                        : key == SORT_CATEGORY ? row->category
                                               : 0;
        list[i] = (sorted){*row, number, key == SORT_CODE ? a->code : a->name};
    }
    qsort(list, t->n, sizeof *list, compare);
    for (size_t i = 0; i < t->n; i++) {
        t->rows[i] = list[i].item;
    }
    free(list);
    return true;
}

/* ---- from home -------------------------------------------------------------
 */

static void add_numbers(hf_document *document, const hf_distances *d) {
    for (size_t key = 0; key < SORT_NUMBERS; key++) {
        hf_document_number(document, miles_of(d, key));
    }
}

static void add_number_columns(hf_document *document) {
    hf_document_column(document, "nearest_miles", "nearest", HF_COLUMN_NUMBER,
                       1);
    hf_document_column(document, "centre_miles", "centre", HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "farthest_miles", "farthest", HF_COLUMN_NUMBER,
                       1);
    hf_document_column(document, "category", "category", HF_COLUMN_TEXT, 0);
}

static void add_sentence(const distances *t, hf_document *document,
                         const hf_place *home) {
    size_t counts[HF_CATEGORY_COUNT] = {0};
    const distances_row *far = NULL;
    for (size_t i = 0; i < t->n; i++) {
        const distances_row *row = &t->rows[i];
        counts[row->category]++;
        if (!far || row->d.centre.dist_m > far->d.centre.dist_m) {
            far = row;
        }
    }
    size_t n_others = t->n - counts[HF_CATEGORY_IN_COUNTY];
    char text[1024];
    if (!far || !n_others) {
        return;
    }
    snprintf(text, sizeof text,
             "Of %zu %sauthorit%s %zu adjoin%s %s and %zu %s distant; the "
             "farthest is %s, %.0f miles from centre to centre.",
             n_others, counts[HF_CATEGORY_IN_COUNTY] ? "other " : "",
             n_others == 1 ? "y" : "ies", counts[HF_CATEGORY_NEIGHBOURING],
             counts[HF_CATEGORY_NEIGHBOURING] == 1 ? "s" : "", home->name,
             counts[HF_CATEGORY_DISTANT],
             counts[HF_CATEGORY_DISTANT] == 1 ? "is" : "are",
             authority_of(t, far->to)->name,
             hf_miles_from_m(far->d.centre.dist_m));
    hf_document_sentence(document, text);
}

static void add_rows(const distances *t, hf_document *document,
                     const hf_place *home) {
    char caption[512];
    snprintf(caption, sizeof caption, "Miles from %s", home->name);
    hf_document_table(document, "distances", caption);
    hf_document_column(document, "code", "code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    add_number_columns(document);
    for (size_t i = 0; i < t->n; i++) {
        const hf_authority *a = authority_of(t, t->rows[i].to);
        hf_document_text(document, a->code);
        hf_document_text(document, a->name);
        add_numbers(document, &t->rows[i].d);
        hf_document_text(document, hf_category_name(t->rows[i].category));
    }
}

static int print_from(distances *t, const hf_place *home) {
    hf_document *document;
    hf_status status = hf_document_new(t->s->ctx, &document);
    if (status) {
        return session_failed(t->s, status);
    }
    add_sentence(t, document, home);
    add_rows(t, document, home);
    provenance_add(t->s, document);
    return session_print(t->s, document);
}

/* Marks the authorities of one name. */
static bool want(const distances *t, const char *name, size_t len,
                 bool *is_wanted, int *status) {
    char *text = calloc(len + 1, 1);
    hf_place place;
    hf_place_init(&place);
    if (!text) {
        cli_error("out of memory");
        return false;
    }
    memcpy(text, name, len);
    bool is_good = session_resolve(t->s, text, &place, status);
    free(text);
    if (is_good && place.kind == HF_PLACE_POINT) {
        cli_error("--to: authorities or groups, such as Kent,Scotland");
        *status = CLI_WRONG_USAGE;
        is_good = false;
    }
    for (size_t i = 0; i < place.n_members; i++) {
        is_wanted[place.members[i]] = true;
    }
    hf_place_reset(&place);
    return is_good;
}

/* All of "Kent,Scotland"; a name may hold a comma ("Bristol, City of"), so the
 * whole is tried first. */
static bool want_list(const distances *t, bool *is_wanted, int *status) {
    hf_place whole;
    hf_place_init(&whole);
    bool is_one =
        !strchr(t->to, ',') || !hf_place_resolve(t->s->ctx, t->s->places, t->to,
                                                 strlen(t->to), &whole);
    hf_place_reset(&whole);
    if (is_one) {
        return want(t, t->to, strlen(t->to), is_wanted, status);
    }
    for (const char *at = t->to;; at++) {
        size_t len = strcspn(at, ",");
        if (!want(t, at, len, is_wanted, status)) {
            return false;
        }
        at += len;
        if (!*at) {
            return true;
        }
    }
}

int distances_print_from(distances *t) {
    hf_place home;
    hf_place_init(&home);
    int status = CLI_COULD_NOT;
    size_t n = hf_boundaries_count(t->s->set);
    bool *is_wanted = calloc(n ? n : 1, sizeof *is_wanted);
    if (!is_wanted) {
        cli_error("out of memory");
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        is_wanted[i] = !t->to;
    }
    if (session_resolve_authority(t->s, t->home, "--home", &home, &status) &&
        (!t->to || want_list(t, is_wanted, &status))) {
        hf_status measured = measure_from(t, &home, is_wanted);
        if (measured) {
            status = session_failed(t->s, measured);
        } else {
            status = sort_rows(t) ? print_from(t, &home) : CLI_WRONG_USAGE;
        }
    }
    free(is_wanted);
    free(t->rows);
    t->rows = NULL;
    hf_place_reset(&home);
    return status;
}

/* ---- all with all ----------------------------------------------------------
 */

static void add_pairs(const distances *t, hf_document *document) {
    hf_document_table(document, "distances", "Miles between authorities");
    hf_document_column(document, "from_code", "from code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "from", "from", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "to_code", "to code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "to", "to", HF_COLUMN_TEXT, 0);
    add_number_columns(document);
    for (size_t i = 0; i < t->n; i++) {
        const hf_authority *from = authority_of(t, t->rows[i].from);
        const hf_authority *to = authority_of(t, t->rows[i].to);
        hf_document_text(document, from->code);
        hf_document_text(document, from->name);
        hf_document_text(document, to->code);
        hf_document_text(document, to->name);
        add_numbers(document, &t->rows[i].d);
        hf_document_text(document, hf_category_name(t->rows[i].category));
    }
}

static hf_status measure_matrix(const distances *t, size_t key, size_t n,
                                double *out_m) {
    if (key == SORT_NEAREST) {
        return hf_distance_matrix(t->s->ctx, t->s->set, out_m);
    }
    for (size_t i = 0; i < n * n; i++) {
        out_m[i] = hf_geodesic_dist_m(authority_of(t, i / n)->centre,
                                      authority_of(t, i % n)->centre);
    }
    return HF_OK;
}

static hf_status add_matrix(const distances *t, size_t key,
                            hf_document *document) {
    size_t n = hf_boundaries_count(t->s->set);
    double *dist_m = calloc(n ? n * n : 1, sizeof *dist_m);
    hf_status status =
        dist_m ? measure_matrix(t, key, n, dist_m) : (hf_status)HF_ERR_MEMORY;
    if (status) {
        free(dist_m);
        return status;
    }
    hf_document_table(document,
                      key == SORT_NEAREST ? "nearest_miles" : "centre_miles",
                      key == SORT_NEAREST ? "Miles from border to border"
                                          : "Miles from centre to centre");
    hf_document_column(document, "code", "code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    for (size_t i = 0; i < n; i++) {
        const char *code = authority_of(t, i)->code;
        hf_document_column(document, code, code, HF_COLUMN_NUMBER, 1);
    }
    for (size_t i = 0; i < n; i++) {
        hf_document_text(document, authority_of(t, i)->code);
        hf_document_text(document, authority_of(t, i)->name);
        for (size_t j = 0; j < n; j++) {
            hf_document_number(document, hf_miles_from_m(dist_m[i * n + j]));
        }
    }
    free(dist_m);
    return HF_OK;
}

int distances_print_all(distances *t) {
    size_t key = find_key(t->measure, SORT_FARTHEST);
    if (key == SORT_FARTHEST) {
        cli_error("--measure: nearest or centre; --long has farthest, too");
        return CLI_WRONG_USAGE;
    }
    hf_document *document;
    hf_status status = hf_document_new(t->s->ctx, &document);
    if (!status && t->is_long) {
        status = measure_pairs(t);
        if (!status && !sort_rows(t)) {
            hf_document_free(document);
            free(t->rows);
            return CLI_WRONG_USAGE;
        }
        add_pairs(t, document);
    } else if (!status) {
        status = add_matrix(t, key, document);
    }
    free(t->rows);
    t->rows = NULL;
    if (status) {
        hf_document_free(document);
        return session_failed(t->s, status);
    }
    provenance_add(t->s, document);
    return session_print(t->s, document);
}
