#include "howfar/adjacency.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/boundary.h"
#include "base/context.h"
#include "base/facts.h"
#include "base/memory.h"
#include "shape/contact.h"

/* The contacts of one authority. */
typedef struct contact_list {
    hf_neighbour *list;
    size_t n;
    size_t capacity;
} contact_list;

/* A pair that meets in water, as indexes into the set. */
typedef struct override {
    size_t a, b;
    char *reason;
} override;

struct hf_adjacency {
    const hf_boundaries *set;
    hf_adjacency_options options;
    char *overrides_path;
    override *overrides;
    size_t n_overrides;
    /* NULL until asked for. Two threads that find the same list at once both
     * work; the first one's is kept. */
    _Atomic(contact_list *) *lists;
};

const char *hf_contact_name(hf_contact contact) {
    switch (contact) {
        case HF_CONTACT_LAND:
            return "land";
        case HF_CONTACT_POINT:
            return "point";
        case HF_CONTACT_WATER:
            return "water";
        case HF_CONTACT_NONE:
            break;
    }
    return "";
}

void hf_adjacency_options_init(hf_adjacency_options *options) {
    *options = (hf_adjacency_options){.tolerance_m = 0.1, .counts_water = true};
}

/* One row of the table. */
static hf_status read_override(hf_context *ctx, hf_adjacency *adjacency,
                               const hf__facts *facts, size_t row,
                               const size_t columns[4]) {
    const char *cells[4];
    for (size_t i = 0; i < 4; i++) {
        cells[i] = hf__facts_cell(facts, row, columns[i]);
    }
    if (strcmp(cells[2], "water") != 0) {
        return hf__fail(ctx, HF_ERR_DAMAGED,
                        "%s:%zu: kind \"%s\" is unknown; \"water\" is the one "
                        "there is",
                        hf__facts_path(facts), hf__facts_line(facts, row),
                        cells[2]);
    }
    override pair = {
        hf_boundaries_find_code(adjacency->set, cells[0], strlen(cells[0])),
        hf_boundaries_find_code(adjacency->set, cells[1], strlen(cells[1])),
        NULL};
    if (pair.a == HF_NOWHERE || pair.b == HF_NOWHERE || pair.a == pair.b) {
        return HF_OK;
    }
    pair.reason = hf__strdup(cells[3]);
    if (!pair.reason) {
        return hf__fail_memory(ctx);
    }
    adjacency->overrides[adjacency->n_overrides++] = pair;
    return HF_OK;
}

static hf_status read_overrides(hf_context *ctx, hf_adjacency *adjacency) {
    static const char *const names[4] = {"code_a", "code_b", "kind", "reason"};
    const char *path = adjacency->options.overrides_csv;
    hf__facts *facts = NULL;
    hf_status status = path
                           ? hf__facts_open(ctx, path, &facts)
                           : hf__facts_open_named(ctx, "adjoining.csv", &facts);
    if (status) {
        if (path || status != HF_ERR_IO) {
            return status;
        }
        hf__warn(ctx, "%s: neighbours across water are not known",
                 hf_context_message(ctx));
        return HF_OK;
    }
    size_t columns[4];
    for (size_t i = 0; i < 4 && !status; i++) {
        status = hf__facts_column(ctx, facts, names[i], &columns[i]);
    }
    size_t n = hf__facts_n_rows(facts);
    adjacency->overrides = hf__calloc(n, sizeof *adjacency->overrides);
    if (!status && !adjacency->overrides) {
        status = hf__fail_memory(ctx);
    }
    for (size_t row = 0; row < n && !status; row++) {
        status = read_override(ctx, adjacency, facts, row, columns);
    }
    hf__facts_close(facts);
    return status;
}

hf_status hf_adjacency_new(hf_context *ctx, const hf_boundaries *set,
                           const hf_adjacency_options *options,
                           hf_adjacency **out) {
    const hf_boundaries_info *info = hf_boundaries_get_info(set);
    if (info->is_lower_tier) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "%s holds districts (codes E07): adjoining authorities "
                        "in law are counties and unitary authorities; use a "
                        "file of counties and unitary authorities (CTYUA)",
                        info->path);
    }
    hf_adjacency_options chosen;
    hf_adjacency_options_init(&chosen);
    if (options) {
        chosen = *options;
    }
    if (!(chosen.tolerance_m > 0) || !isfinite(chosen.tolerance_m)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "the tolerance of shared borders must be a length "
                        "above 0, such as 0.1 metres");
    }
    hf_status status = HF_OK;
    hf_adjacency *adjacency = hf__calloc(1, sizeof *adjacency);
    if (!adjacency) {
        return hf__fail_memory(ctx);
    }
    adjacency->set = set;
    adjacency->options = chosen;
    adjacency->lists =
        hf__calloc(hf_boundaries_count(set), sizeof *adjacency->lists);
    if (chosen.overrides_csv) {
        adjacency->overrides_path = hf__strdup(chosen.overrides_csv);
        adjacency->options.overrides_csv = adjacency->overrides_path;
    }
    if (!adjacency->lists ||
        (chosen.overrides_csv && !adjacency->overrides_path)) {
        status = hf__fail_memory(ctx);
    } else {
        status = read_overrides(ctx, adjacency);
    }
    if (status) {
        hf_adjacency_free(adjacency);
        return status;
    }
    *out = adjacency;
    return HF_OK;
}

static void free_list(contact_list *contacts) {
    if (contacts) {
        hf__free(contacts->list);
        hf__free(contacts);
    }
}

void hf_adjacency_free(hf_adjacency *adjacency) {
    if (!adjacency) {
        return;
    }
    size_t n = hf_boundaries_count(adjacency->set);
    for (size_t i = 0; adjacency->lists && i < n; i++) {
        free_list(atomic_load(&adjacency->lists[i]));
    }
    for (size_t i = 0; i < adjacency->n_overrides; i++) {
        hf__free(adjacency->overrides[i].reason);
    }
    hf__free(adjacency->lists);
    hf__free(adjacency->overrides);
    hf__free(adjacency->overrides_path);
    hf__free(adjacency);
}

const hf_adjacency_options *hf_adjacency_get_options(
    const hf_adjacency *adjacency) {
    return &adjacency->options;
}

/* The contact of two polygons. A border counts from ten tolerances on. Where
 * it is short, it must not shrink with the tolerance: edges that part from one
 * corner at a small angle are near each other for a length that does. */
static hf_status find_contact(hf_context *ctx, const hf_adjacency *adjacency,
                              size_t a, size_t b, hf_contact *out,
                              double *out_length_m) {
    /* Always the border of the first of the two: a meets b as b meets a. */
    const hf__polygon *one =
        hf__boundaries_polygon(adjacency->set, a < b ? a : b);
    const hf__polygon *two =
        hf__boundaries_polygon(adjacency->set, a < b ? b : a);
    double tolerance_m = adjacency->options.tolerance_m;
    double length_m, closer_m;
    hf_status status =
        hf__contact_length(ctx, one, two, tolerance_m, &length_m);
    if (status) {
        return status;
    }
    hf_contact contact = length_m >= 10 * tolerance_m ? HF_CONTACT_LAND
                         : length_m > 0               ? HF_CONTACT_POINT
                                                      : HF_CONTACT_NONE;
    if (contact == HF_CONTACT_LAND && length_m < 1000 * tolerance_m) {
        status = hf__contact_length(ctx, one, two, tolerance_m / 4, &closer_m);
        if (status) {
            return status;
        }
        if (closer_m < length_m / 2) {
            contact = HF_CONTACT_POINT;
        }
    }
    *out = contact;
    *out_length_m = contact == HF_CONTACT_LAND ? length_m : 0;
    return HF_OK;
}

static const override *find_override(const hf_adjacency *adjacency, size_t a,
                                     size_t b) {
    for (size_t i = 0; i < adjacency->n_overrides; i++) {
        const override *pair = &adjacency->overrides[i];
        if ((pair->a == a && pair->b == b) || (pair->a == b && pair->b == a)) {
            return pair;
        }
    }
    return NULL;
}

/* A contact that the list of the other authority has already; false where
 * there is no such list. */
static bool is_known(const hf_adjacency *adjacency, size_t authority,
                     size_t other, hf_neighbour *out) {
    const contact_list *theirs = atomic_load(&adjacency->lists[other]);
    for (size_t i = 0; theirs && i < theirs->n; i++) {
        if (theirs->list[i].authority == authority) {
            *out = theirs->list[i];
            out->authority = other;
        }
    }
    return theirs;
}

static hf_status find_neighbour(hf_context *ctx, const hf_adjacency *adjacency,
                                size_t authority, size_t other,
                                hf_neighbour *out) {
    hf_neighbour found = {.authority = other, .reason = ""};
    if (is_known(adjacency, authority, other, &found)) {
        *out = found;
        return HF_OK;
    }
    hf_status status = find_contact(ctx, adjacency, authority, other,
                                    &found.contact, &found.length_m);
    if (status) {
        return status;
    }
    const override *pair = found.contact == HF_CONTACT_LAND
                               ? NULL
                               : find_override(adjacency, authority, other);
    if (pair) {
        found.contact = HF_CONTACT_WATER;
        found.reason = pair->reason;
    }
    *out = found;
    return HF_OK;
}

static hf_status add_contact(hf_context *ctx, const hf_adjacency *adjacency,
                             size_t authority, size_t other,
                             contact_list *out) {
    hf_neighbour found;
    hf_status status = find_neighbour(ctx, adjacency, authority, other, &found);
    if (status || found.contact == HF_CONTACT_NONE) {
        return status;
    }
    void *list = out->list;
    if (!hf__reserve(&list, &out->capacity, out->n + 1, sizeof *out->list)) {
        return hf__fail_memory(ctx);
    }
    out->list = list;
    out->list[out->n++] = found;
    return HF_OK;
}

/* Sorts by name; equal names stay in the order of codes. */
static void sort_by_name(const hf_boundaries *set, contact_list *contacts) {
    for (size_t i = 1; i < contacts->n; i++) {
        hf_neighbour moved = contacts->list[i];
        const char *name = hf_boundaries_authority(set, moved.authority)->name;
        size_t k = i;
        while (k > 0 && strcmp(hf_boundaries_authority(
                                   set, contacts->list[k - 1].authority)
                                   ->name,
                               name) > 0) {
            contacts->list[k] = contacts->list[k - 1];
            k--;
        }
        contacts->list[k] = moved;
    }
}

/* The list of an authority, found now if nobody asked before. */
static hf_status get_list(hf_context *ctx, const hf_adjacency *adjacency,
                          size_t authority, const contact_list **out) {
    contact_list *kept = atomic_load(&adjacency->lists[authority]);
    if (kept) {
        *out = kept;
        return HF_OK;
    }
    hf_status status = HF_OK;
    contact_list *made = hf__calloc(1, sizeof *made);
    if (!made) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < hf_boundaries_count(adjacency->set); i++) {
        if (i != authority &&
            (status = add_contact(ctx, adjacency, authority, i, made))) {
            free_list(made);
            return status;
        }
    }
    sort_by_name(adjacency->set, made);
    if (atomic_compare_exchange_strong(&adjacency->lists[authority], &kept,
                                       made)) {
        kept = made;
    } else {
        free_list(made);
    }
    *out = kept;
    return HF_OK;
}

hf_status hf_adjacency_neighbours(hf_context *ctx,
                                  const hf_adjacency *adjacency,
                                  size_t authority,
                                  const hf_neighbour **out_list,
                                  size_t *out_count) {
    assert(authority < hf_boundaries_count(adjacency->set));
    const contact_list *contacts;
    hf_status status = get_list(ctx, adjacency, authority, &contacts);
    if (!status) {
        *out_list = contacts->list;
        *out_count = contacts->n;
    }
    return status;
}

hf_status hf_adjacency_adjoins(hf_context *ctx, const hf_adjacency *adjacency,
                               size_t a, size_t b, bool *out_adjoins,
                               hf_contact *out_contact) {
    assert(a < hf_boundaries_count(adjacency->set));
    assert(b < hf_boundaries_count(adjacency->set));
    const contact_list *contacts;
    hf_status status = get_list(ctx, adjacency, a, &contacts);
    if (status) {
        return status;
    }
    hf_contact contact = HF_CONTACT_NONE;
    for (size_t i = 0; i < contacts->n; i++) {
        if (contacts->list[i].authority == b) {
            contact = contacts->list[i].contact;
        }
    }
    *out_adjoins =
        contact == HF_CONTACT_LAND ||
        (contact == HF_CONTACT_POINT && adjacency->options.counts_point) ||
        (contact == HF_CONTACT_WATER && adjacency->options.counts_water);
    if (out_contact) {
        *out_contact = contact;
    }
    return HF_OK;
}
