#include "atlas/gazetteer.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/directory.h"
#include "atlas/names.h"
#include "base/context.h"
#include "base/memory.h"

#define MOST_SUGGESTIONS 5
#define MOST_HITS 64

/* What a name stands for, in the order in which they are preferred when several
 * share a spelling. */
typedef enum entry_kind {
    ENTRY_RECORD = 0, /* an authority of the tables */
    ENTRY_OWN = 1,    /* an authority that only the set's own file names */
    ENTRY_GROUP = 2,
    ENTRY_DISTRICT = 3
} entry_kind;

typedef struct entry {
    char *key;
    bool is_full; /* the key as folded, or the bare one */
    entry_kind kind;
    size_t index;
} entry;

struct hf__gazetteer {
    const hf_boundaries *set;
    hf__directory directory;
    int as_of;
    size_t *member_of; /* of each record: its authority in the set */
    bool *in_table;    /* of each authority of the set */
    entry *entries;    /* sorted by key */
    size_t n_entries, entries_capacity;
};

/* Authorities of the set, in ascending order, each once. */
typedef struct members {
    size_t *list;
    size_t n, capacity;
    bool failed;
} members;

static void members_add(members *to, size_t authority) {
    size_t at = 0;
    while (at < to->n && to->list[at] < authority) {
        at++;
    }
    if (at < to->n && to->list[at] == authority) {
        return;
    }
    void *array = to->list;
    if (!hf__reserve(&array, &to->capacity, to->n + 1, sizeof *to->list)) {
        to->failed = true;
        return;
    }
    to->list = array;
    memmove(to->list + at + 1, to->list + at, (to->n - at) * sizeof *to->list);
    to->list[at] = authority;
    to->n++;
}

static bool members_same(const members *a, const members *b) {
    return a->n == b->n && !memcmp(a->list, b->list, a->n * sizeof *a->list);
}

/* ---- opening ------------------------------------------------------------- */

static hf_status add_entry(hf__gazetteer *g, hf__str key, bool is_full,
                           entry_kind kind, size_t index) {
    void *array = g->entries;
    if (!hf__reserve(&array, &g->entries_capacity, g->n_entries + 1,
                     sizeof *g->entries)) {
        return HF_ERR_MEMORY;
    }
    g->entries = array;
    char *copy = hf__strndup(key.at, key.len);
    if (!copy) {
        return HF_ERR_MEMORY;
    }
    g->entries[g->n_entries++] = (entry){copy, is_full, kind, index};
    return HF_OK;
}

static hf_status add_name(hf__gazetteer *g, hf__str name, entry_kind kind,
                          size_t index) {
    if (!name.len) {
        return HF_OK;
    }
    hf__name_keys keys;
    hf_status status = hf__name_keys_make(name, &keys);
    if (status) {
        return status;
    }
    if (keys.full[0]) {
        status = add_entry(g, hf__str_of(keys.full), true, kind, index);
    }
    bool has_bare = kind != ENTRY_GROUP && strcmp(keys.bare, keys.full) != 0;
    if (!status && has_bare) {
        status = add_entry(g, hf__str_of(keys.bare), false, kind, index);
    }
    hf__name_keys_reset(&keys);
    return status;
}

static hf_status add_names(hf__gazetteer *g, const char *name,
                           const char *name_cy, const char *others,
                           entry_kind kind, size_t index) {
    hf_status status = add_name(g, hf__str_of(name), kind, index);
    status = status ? status : add_name(g, hf__str_of(name_cy), kind, index);
    hf__str list = hf__str_of(others), other;
    while (!status && hf__list_next(&list, &other)) {
        status = add_name(g, other, kind, index);
    }
    return status;
}

static int compare_entries(const void *a, const void *b) {
    const entry *first = a, *second = b;
    int order = strcmp(first->key, second->key);
    if (!order) {
        order = (int)first->kind - (int)second->kind;
    }
    if (!order) {
        order = (first->index > second->index) - (first->index < second->index);
    }
    return order;
}

static hf_status add_all_names(hf__gazetteer *g) {
    const hf__directory *d = &g->directory;
    hf_status status = HF_OK;
    for (size_t i = 0; i < d->n_records && !status; i++) {
        const hf__record *r = &d->records[i];
        status =
            add_names(g, r->name, r->name_cy, r->other_names, ENTRY_RECORD, i);
    }
    for (size_t i = 0; i < d->n_groups && !status; i++) {
        status = add_names(g, d->groups[i].name, "", d->groups[i].other_names,
                           ENTRY_GROUP, i);
    }
    for (size_t i = 0; i < d->n_districts && !status; i++) {
        status = add_names(g, d->districts[i].name, "", "", ENTRY_DISTRICT, i);
    }
    for (size_t i = 0; i < hf_boundaries_count(g->set) && !status; i++) {
        const hf_authority *own = hf_boundaries_authority(g->set, i);
        status = add_names(g, own->name, own->name_cy, "", ENTRY_OWN, i);
    }
    qsort(g->entries, g->n_entries, sizeof *g->entries, compare_entries);
    return status;
}

static hf_status match_records(hf__gazetteer *g) {
    const hf__directory *d = &g->directory;
    g->member_of = hf__calloc(d->n_records, sizeof *g->member_of);
    g->in_table = hf__calloc(hf_boundaries_count(g->set), sizeof *g->in_table);
    if (!g->member_of || !g->in_table) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < d->n_records; i++) {
        const char *code = d->records[i].code;
        size_t own = hf_boundaries_find_code(g->set, code, strlen(code));
        g->member_of[i] = own;
        if (own != HF_NOWHERE) {
            g->in_table[own] = true;
        }
    }
    return HF_OK;
}

/* The day of the set: its vintage's last day, kept between the days on which
 * all of its codes were in force. */
static int day_of_set(const hf__gazetteer *g) {
    int from = 0, to = HF__DAY_OPEN;
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *record = &g->directory.records[i];
        if (g->member_of[i] != HF_NOWHERE) {
            from = record->first_day > from ? record->first_day : from;
            to = record->last_day < to ? record->last_day : to;
        }
    }
    const char *vintage = hf_boundaries_get_info(g->set)->vintage;
    size_t len = strlen(vintage);
    int day = 0;
    if (len >= 4) {
        day = (int)strtol(vintage + len - 4, NULL, 10) * 10000 + 1231;
    }
    if (day > to) {
        day = to;
    }
    return day < from ? from : day;
}

hf_status hf__gazetteer_open(hf_context *ctx, const hf_boundaries *set,
                             int as_of, hf__gazetteer **out) {
    hf__gazetteer *g = hf__calloc(1, sizeof *g);
    if (!g) {
        return hf__fail_memory(ctx);
    }
    g->set = set;
    hf_status status = hf__directory_open(ctx, &g->directory);
    if (status == HF_ERR_IO) {
        hf__warn(ctx, "%s: only the names in the boundary file are known",
                 hf_context_message(ctx));
        status = HF_OK;
    }
    if (status) {
        hf__gazetteer_close(g);
        return status;
    }
    status = match_records(g);
    status = status ? status : add_all_names(g);
    if (status) {
        hf__gazetteer_close(g);
        return hf__fail_memory(ctx);
    }
    g->as_of = as_of ? as_of : day_of_set(g);
    *out = g;
    return HF_OK;
}

void hf__gazetteer_close(hf__gazetteer *g) {
    if (g) {
        for (size_t i = 0; i < g->n_entries; i++) {
            hf__free(g->entries[i].key);
        }
        hf__free(g->entries);
        hf__free(g->member_of);
        hf__free(g->in_table);
        hf__directory_close(&g->directory);
        hf__free(g);
    }
}

int hf__gazetteer_as_of(const hf__gazetteer *g) {
    return g->as_of;
}

/* ---- what a record means in the set ----------------------------------------
 */

/* Follows links until codes that the set has. Chains are short; the depth
 * guards against a table that runs in a circle. */
static void follow(const hf__gazetteer *g, const char *links, bool forward,
                   int depth, members *out) {
    hf__str list = hf__str_of(links), code;
    while (depth < 8 && hf__list_next(&list, &code)) {
        const hf__record *next = hf__directory_find_code(&g->directory, code);
        if (!next) {
            continue;
        }
        size_t own = g->member_of[next - g->directory.records];
        if (own != HF_NOWHERE) {
            members_add(out, own);
        } else {
            follow(g, forward ? next->successors : next->predecessors, forward,
                   depth + 1, out);
        }
    }
}

/* Which authorities of the set hold the record's area: itself, or what came
 * after, or what was before. *out_step is 0, 1 or -1 accordingly. */
static void members_of_record(const hf__gazetteer *g, const hf__record *record,
                              members *out, int *out_step) {
    *out_step = 0;
    size_t own = g->member_of[record - g->directory.records];
    if (own != HF_NOWHERE) {
        members_add(out, own);
        return;
    }
    *out_step = 1;
    follow(g, record->successors, true, 0, out);
    if (!out->n) {
        *out_step = -1;
        follow(g, record->predecessors, false, 0, out);
    }
}

static void add_people_name(hf__buf *out, const char *official) {
    char *name = hf__name_for_people(official);
    if (name) {
        hf__buf_add_text(out, name);
    } else {
        out->failed = true;
    }
    hf__free(name);
}

static void add_member_names(const hf__gazetteer *g, const members *list,
                             hf__buf *out) {
    for (size_t i = 0; i < list->n; i++) {
        hf__buf_add_text(out, i == 0 ? "" : i + 1 < list->n ? ", " : " and ");
        add_people_name(out,
                        hf_boundaries_authority(g->set, list->list[i])->name);
    }
}

static void add_day(hf__buf *out, int day) {
    hf__buf_add_format(out, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
                       day % 100);
}

/* "Cumbria: Cumberland and Westmorland and Furness since 2023-04-01", and
 * whether the areas are the same. */
static void add_change_note(const hf__gazetteer *g, const hf__record *record,
                            int step, const members *list, hf__buf *out) {
    add_people_name(out, record->name);
    hf__buf_add_text(out, step > 0 ? ": " : ": part of ");
    add_member_names(g, list, out);
    if (step > 0) {
        hf__buf_add_text(out, " since ");
        add_day(out, hf__day_after(record->last_day));
    } else {
        hf__buf_add_text(out, " before ");
        add_day(out, record->first_day);
    }
    /* The areas differ where a successor took in others as well. */
    members others = {0};
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *other = &g->directory.records[i];
        bool is_same_time = step > 0 ? other->last_day == record->last_day
                                     : other->first_day == record->first_day;
        if (other == record || !is_same_time || g->member_of[i] != HF_NOWHERE) {
            continue;
        }
        members theirs = {0};
        int their_step;
        members_of_record(g, other, &theirs, &their_step);
        for (size_t m = 0; m < theirs.n; m++) {
            for (size_t k = 0; k < list->n; k++) {
                if (theirs.list[m] == list->list[k]) {
                    members_add(&others, i);
                }
            }
        }
        hf__free(theirs.list);
    }
    if (others.n) {
        hf__buf_add_text(out, ", a larger area: with ");
        for (size_t i = 0; i < others.n; i++) {
            hf__buf_add_text(out, i == 0             ? ""
                                  : i + 1 < others.n ? ", "
                                                     : " and ");
            add_people_name(out, g->directory.records[others.list[i]].name);
        }
    }
    out->failed |= others.failed;
    hf__free(others.list);
}

/* ---- making places ---------------------------------------------------------
 */

/* A place of the listed authorities; takes the list. */
static hf_status make_place(hf_context *ctx, const hf__gazetteer *g,
                            const char *name, members *list, hf__buf *note,
                            hf_place *out) {
    hf_place place;
    hf_place_init(&place);
    bool failed = list->failed || note->failed;
    place.kind = list->n == 1 ? HF_PLACE_AUTHORITY : HF_PLACE_GROUP;
    if (list->n == 1) {
        name = hf_boundaries_authority(g->set, list->list[0])->name;
    }
    place.name = hf__name_for_people(name);
    place.note = hf__buf_take(note);
    place.members = list->list;
    place.n_members = list->n;
    *list = (members){0};
    if (failed || !place.name || !place.note) {
        hf_place_reset(&place);
        return hf__fail_memory(ctx);
    }
    *out = place;
    return HF_OK;
}

static hf_status not_in_set(hf_context *ctx, const hf__gazetteer *g,
                            const char *name) {
    return hf__fail(ctx, HF_ERR_NOT_FOUND,
                    "%s is not among the authorities of %s", name,
                    hf_boundaries_get_info(g->set)->set_name);
}

static hf_status place_of_record(hf_context *ctx, const hf__gazetteer *g,
                                 const hf__record *record, hf_place *out) {
    members list = {0};
    int step;
    members_of_record(g, record, &list, &step);
    if (!list.n && !list.failed) {
        return not_in_set(ctx, g, record->name);
    }
    hf__buf note;
    hf__buf_init(&note);
    bool is_recoded =
        list.n == 1 &&
        !strcmp(hf_boundaries_authority(g->set, list.list[0])->name,
                record->name);
    if (step && !is_recoded) {
        add_change_note(g, record, step, &list, &note);
    }
    return make_place(ctx, g, record->name, &list, &note, out);
}

/* The members of a group on the day; *out_missing counts those that the set
 * does not have. */
static void members_of_group(const hf__gazetteer *g, const hf__group *group,
                             members *out, size_t *out_missing) {
    *out_missing = 0;
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *record = &g->directory.records[i];
        if (hf__record_is_in_force(record, g->as_of) &&
            hf__group_has(group, record)) {
            members list = {0};
            int step;
            members_of_record(g, record, &list, &step);
            for (size_t m = 0; m < list.n; m++) {
                members_add(out, list.list[m]);
            }
            *out_missing += !list.n;
            out->failed |= list.failed;
            hf__free(list.list);
        }
    }
}

/* `former` is an abolished authority of the same name, or NULL: where it is the
 * same area, its note tells of the change. */
static hf_status place_of_group(hf_context *ctx, const hf__gazetteer *g,
                                const hf__group *group,
                                const hf__record *former, hf_place *out) {
    members list = {0};
    size_t missing;
    members_of_group(g, group, &list, &missing);
    if (!list.n && !list.failed) {
        return not_in_set(ctx, g, group->name);
    }
    hf__buf note;
    hf__buf_init(&note);
    if (former) {
        members theirs = {0};
        int step;
        members_of_record(g, former, &theirs, &step);
        if (members_same(&list, &theirs) && step) {
            add_change_note(g, former, step, &theirs, &note);
        }
        hf__free(theirs.list);
    }
    if (missing) {
        hf__buf_add_format(
            &note, "%s%zu of the %zu authorities of %s are not in %s",
            note.len ? "; " : "", missing, missing + list.n, group->name,
            hf_boundaries_get_info(g->set)->set_name);
    }
    return make_place(ctx, g, group->name, &list, &note, out);
}

/* The authority of a district on the day, or of the time nearest to it. */
static const hf__record *authority_of_district(const hf__gazetteer *g,
                                               hf__str code) {
    const hf__district *best = NULL;
    int best_gap = INT_MAX;
    for (size_t i = 0; i < g->directory.n_districts; i++) {
        const hf__district *d = &g->directory.districts[i];
        if (!hf__str_is_nocase(code, d->code)) {
            continue;
        }
        int gap = g->as_of < d->first_day  ? d->first_day - g->as_of
                  : g->as_of > d->last_day ? g->as_of - d->last_day
                                           : 0;
        if (gap < best_gap) {
            best = d;
            best_gap = gap;
        }
    }
    return best ? hf__directory_find_code(&g->directory,
                                          hf__str_of(best->authority_code))
                : NULL;
}

static hf_status place_of_district(hf_context *ctx, const hf__gazetteer *g,
                                   const hf__district *district,
                                   hf_place *out) {
    const hf__record *record =
        authority_of_district(g, hf__str_of(district->code));
    if (!record) {
        return not_in_set(ctx, g, district->name);
    }
    hf_place place;
    hf_place_init(&place);
    hf_status status = place_of_record(ctx, g, record, &place);
    if (status) {
        return status;
    }
    hf__buf note;
    hf__buf_init(&note);
    hf__buf_add_format(&note,
                       "%s is a district of %s; the answer is for all of %s",
                       district->name, record->name, place.name);
    if (place.note[0]) {
        hf__buf_add_format(&note, "; %s", place.note);
    }
    hf__free(place.note);
    place.note = hf__buf_take(&note);
    if (!place.note) {
        hf_place_reset(&place);
        return hf__fail_memory(ctx);
    }
    *out = place;
    return HF_OK;
}

/* ---- choosing among the entries of one spelling
 * ------------------------------ */

typedef struct hits {
    const entry *list[MOST_HITS];
    size_t n;
} hits;

/* Entries with this key; bare keys only where `with_bare`. */
static void collect(const hf__gazetteer *g, const char *key, bool with_bare,
                    hits *out) {
    size_t low = 0, high = g->n_entries;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(g->entries[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < g->n_entries && !strcmp(g->entries[low].key, key) &&
           out->n < MOST_HITS;
         low++) {
        if (with_bare || g->entries[low].is_full) {
            out->list[out->n++] = &g->entries[low];
        }
    }
}

static int record_gap(const hf__gazetteer *g, const hf__record *record) {
    return g->as_of < record->first_day  ? record->first_day - g->as_of
           : g->as_of > record->last_day ? g->as_of - record->last_day
                                         : 0;
}

/* Entries of one kind, each thing once; records only of the least distance in
 * time from the day. */
static size_t narrow(const hf__gazetteer *g, const hits *found, entry_kind kind,
                     const entry **out) {
    int least = INT_MAX;
    size_t n = 0;
    for (size_t i = 0; i < found->n; i++) {
        const entry *e = found->list[i];
        if (e->kind != kind || (kind == ENTRY_OWN && g->in_table[e->index])) {
            continue;
        }
        int gap = kind == ENTRY_RECORD
                      ? record_gap(g, &g->directory.records[e->index])
                      : 0;
        if (gap < least) {
            least = gap;
            n = 0;
        }
        bool is_new = gap == least;
        for (size_t k = 0; k < n && is_new; k++) {
            is_new = out[k]->index != e->index;
        }
        if (is_new) {
            out[n++] = e;
        }
    }
    return n;
}

/* Another way to write a group, to tell two of one name apart. */
static void add_choice(const hf__gazetteer *g, const entry *e, hf__buf *out) {
    if (e->kind == ENTRY_GROUP) {
        hf__str others = hf__str_of(g->directory.groups[e->index].other_names);
        hf__str other;
        if (hf__list_next(&others, &other)) {
            hf__buf_add_format(out, "\"%.*s\"", (int)other.len, other.at);
        }
    } else if (e->kind == ENTRY_RECORD) {
        const hf__record *record = &g->directory.records[e->index];
        hf__buf_add_format(out, "%s (%s)", record->code, record->name);
    } else if (e->kind == ENTRY_OWN) {
        const hf_authority *own = hf_boundaries_authority(g->set, e->index);
        hf__buf_add_format(out, "%s (%s)", own->code, own->name);
    } else {
        const hf__district *d = &g->directory.districts[e->index];
        hf__buf_add_format(out, "%s (%s)", d->code, d->name);
    }
}

static hf_status ambiguous(hf_context *ctx, const hf__gazetteer *g,
                           hf__str text, const entry **list, size_t n) {
    hf__buf choices;
    hf__buf_init(&choices);
    for (size_t i = 0; i < n && i < MOST_SUGGESTIONS; i++) {
        hf__buf_add_text(&choices, i ? " or " : "");
        add_choice(g, list[i], &choices);
    }
    hf_status status = hf__fail(
        ctx, HF_ERR_AMBIGUOUS, "\"%.*s\" has several meanings: write %s",
        (int)text.len, text.at, choices.text ? choices.text : "");
    hf__buf_reset(&choices);
    return status;
}

static hf_status place_of_entry(hf_context *ctx, const hf__gazetteer *g,
                                const entry *e, const hf__record *former,
                                hf_place *out) {
    switch (e->kind) {
        case ENTRY_RECORD:
            return place_of_record(ctx, g, &g->directory.records[e->index],
                                   out);
        case ENTRY_OWN:
            return hf_place_of_authority(ctx, g->set, e->index, out);
        case ENTRY_GROUP:
            return place_of_group(ctx, g, &g->directory.groups[e->index],
                                  former, out);
        case ENTRY_DISTRICT:
            return place_of_district(ctx, g, &g->directory.districts[e->index],
                                     out);
    }
    assert(false);
    return HF_ERR_NOT_FOUND;
}

/* An authority in force on the day comes first, then one that only the set
 * knows, then a group, then an authority of another time, then a district. */
static hf_status choose(hf_context *ctx, const hf__gazetteer *g, hf__str text,
                        const hits *found, hf_place *out) {
    const entry *records[MOST_HITS], *others[MOST_HITS];
    size_t n_records = narrow(g, found, ENTRY_RECORD, records);
    const hf__record *first =
        n_records ? &g->directory.records[records[0]->index] : NULL;
    bool is_in_force = first && hf__record_is_in_force(first, g->as_of);
    const entry **list = records;
    size_t n = is_in_force ? n_records : 0;
    static const entry_kind order[] = {ENTRY_OWN, ENTRY_GROUP, ENTRY_RECORD,
                                       ENTRY_DISTRICT};
    for (size_t i = 0; !n && i < sizeof order / sizeof *order; i++) {
        list = order[i] == ENTRY_RECORD ? records : others;
        n = order[i] == ENTRY_RECORD ? n_records
                                     : narrow(g, found, order[i], others);
    }
    if (n > 1 && list[0]->kind == ENTRY_DISTRICT) {
        /* Rows of one district at several times are one district. */
        const char *code = g->directory.districts[list[0]->index].code;
        size_t same = 1;
        while (same < n &&
               !strcmp(g->directory.districts[list[same]->index].code, code)) {
            same++;
        }
        n = same == n ? 1 : n;
    }
    if (n > 1) {
        return ambiguous(ctx, g, text, list, n);
    }
    return place_of_entry(ctx, g, list[0], is_in_force ? NULL : first, out);
}

/* ---- codes
 * ------------------------------------------------------------------- */

static bool is_gss_code(hf__str text) {
    if (text.len != 9) {
        return false;
    }
    char first = text.at[0];
    bool is_letter =
        (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    for (size_t i = 1; i < 9; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return is_letter;
}

static const hf__record *find_dfe_code(const hf__gazetteer *g, hf__str code) {
    const hf__record *best = NULL;
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *record = &g->directory.records[i];
        if (record->dfe_code[0] && hf__str_is(code, record->dfe_code) &&
            (!best || record_gap(g, record) < record_gap(g, best))) {
            best = record;
        }
    }
    return best;
}

/* Takes the next of several codes in a cell ("940 / 941"). */
static bool next_code(hf__str *text, hf__str *out) {
    while (text->len && strchr(" /,;&+|", text->at[0])) {
        text->at++;
        text->len--;
    }
    size_t len = 0;
    while (len < text->len && !strchr(" /,;&+|", text->at[len])) {
        len++;
    }
    *out = (hf__str){text->at, len};
    text->at += len;
    text->len -= len;
    return len > 0;
}

/* One or several three-digit codes. *out_done is false when the text is
 * something else. */
static hf_status find_dfe_codes(hf_context *ctx, const hf__gazetteer *g,
                                hf__str text, hf_place *out, bool *out_done) {
    members list = {0};
    hf__str rest = text, code;
    size_t n = 0;
    *out_done = false;
    while (next_code(&rest, &code)) {
        const hf__record *record = NULL;
        if (code.len == 3 && strspn(code.at, "0123456789") >= 3) {
            record = find_dfe_code(g, code);
        }
        if (!record) {
            hf__free(list.list);
            return HF_OK;
        }
        int step;
        members_of_record(g, record, &list, &step);
        n++;
        if (n == 1 && !rest.len) {
            hf__free(list.list);
            *out_done = true;
            return place_of_record(ctx, g, record, out);
        }
    }
    *out_done = n > 0;
    if (!n) {
        return HF_OK;
    }
    if (!list.n) {
        return not_in_set(ctx, g, "that code");
    }
    hf__buf name, note;
    hf__buf_init(&name);
    hf__buf_init(&note);
    add_member_names(g, &list, &name);
    hf_status status = name.failed
                           ? hf__fail_memory(ctx)
                           : make_place(ctx, g, name.text, &list, &note, out);
    hf__buf_reset(&name);
    hf__free(list.list);
    return status;
}

static hf_status find_code(hf_context *ctx, const hf__gazetteer *g,
                           hf__str text, hf_place *out, bool *out_done) {
    *out_done = true;
    size_t own = hf_boundaries_find_code(g->set, text.at, text.len);
    if (own != HF_NOWHERE) {
        return hf_place_of_authority(ctx, g->set, own, out);
    }
    const hf__record *record = hf__directory_find_code(&g->directory, text);
    if (record) {
        return place_of_record(ctx, g, record, out);
    }
    if (is_gss_code(text)) {
        for (size_t i = 0; i < g->directory.n_districts; i++) {
            if (hf__str_is_nocase(text, g->directory.districts[i].code)) {
                return place_of_district(ctx, g, &g->directory.districts[i],
                                         out);
            }
        }
    }
    return find_dfe_codes(ctx, g, text, out, out_done);
}

size_t hf__gazetteer_authority_of_code(const hf__gazetteer *g, hf__str code) {
    size_t own = hf_boundaries_find_code(g->set, code.at, code.len);
    if (own != HF_NOWHERE) {
        return own;
    }
    const hf__record *record = hf__directory_find_code(&g->directory, code);
    if (!record) {
        record = authority_of_district(g, code);
    }
    if (!record) {
        return HF_NOWHERE;
    }
    members list = {0};
    int step;
    members_of_record(g, record, &list, &step);
    size_t authority = list.n == 1 ? list.list[0] : HF_NOWHERE;
    hf__free(list.list);
    return authority;
}

/* ---- not found
 * ----------------------------------------------------------------- */

typedef struct suggestion {
    const char *name;
    size_t distance;
} suggestion;

static const char *entry_name(const hf__gazetteer *g, const entry *e) {
    switch (e->kind) {
        case ENTRY_RECORD:
            return g->directory.records[e->index].name;
        case ENTRY_OWN:
            return hf_boundaries_authority(g->set, e->index)->name;
        case ENTRY_GROUP:
            return g->directory.groups[e->index].name;
        case ENTRY_DISTRICT:
            return g->directory.districts[e->index].name;
    }
    return "";
}

/* Keeps the best few, nearest first, each name once. */
static size_t keep(suggestion *best, size_t n, suggestion found) {
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(best[i].name, found.name)) {
            if (best[i].distance <= found.distance) {
                return n;
            }
            memmove(best + i, best + i + 1, (n - i - 1) * sizeof *best);
            n--;
            break;
        }
    }
    size_t at = n;
    while (at && best[at - 1].distance > found.distance) {
        at--;
    }
    if (at == MOST_SUGGESTIONS) {
        return n;
    }
    n -= n == MOST_SUGGESTIONS;
    memmove(best + at + 1, best + at, (n - at) * sizeof *best);
    best[at] = found;
    return n + 1;
}

/* Whether `word` stands in `key` as whole words. */
static bool has_words(const char *key, const char *word) {
    size_t len = strlen(word);
    for (const char *at = strstr(key, word); at; at = strstr(at + 1, word)) {
        if ((at == key || at[-1] == ' ') && (!at[len] || at[len] == ' ')) {
            return true;
        }
    }
    return false;
}

static size_t suggest(const hf__gazetteer *g, const hf__name_keys *keys,
                      suggestion *best) {
    size_t n = 0;
    hf__str typed = hf__str_of(keys->bare);
    size_t most = typed.len / 3 > 1 ? typed.len / 3 : 1;
    most = most > 4 ? 4 : most;
    for (size_t i = 0; i < g->n_entries; i++) {
        const entry *e = &g->entries[i];
        if (e->kind == ENTRY_OWN && g->in_table[e->index]) {
            continue;
        }
        size_t distance = hf__edit_distance(typed, hf__str_of(e->key), most);
        if (distance > most && typed.len > 3 && has_words(e->key, keys->bare)) {
            distance = most; /* "Northampton" of North Northamptonshire */
        }
        if (distance <= most) {
            n = keep(best, n, (suggestion){entry_name(g, e), distance});
        }
    }
    /* Far worse than the best is no help. */
    while (n > 1 && best[n - 1].distance > best[0].distance + 2) {
        n--;
    }
    return n;
}

static hf_status not_found(hf_context *ctx, const hf__gazetteer *g,
                           hf__str text, const hf__name_keys *keys) {
    suggestion best[MOST_SUGGESTIONS + 1];
    size_t n = suggest(g, keys, best);
    hf__buf names;
    hf__buf_init(&names);
    for (size_t i = 0; i < n; i++) {
        hf__buf_add_text(&names, i ? ", " : ": did you mean ");
        add_people_name(&names, best[i].name);
    }
    hf__buf_add_text(&names, n ? "?" : "");
    hf_status status =
        hf__fail(ctx, HF_ERR_NOT_FOUND, "no place called \"%.*s\"%s",
                 (int)(text.len > 200 ? 200 : text.len), text.at,
                 names.text ? names.text : "");
    hf__buf_reset(&names);
    return status;
}

hf_status hf__gazetteer_find(hf_context *ctx, const hf__gazetteer *g,
                             hf__str text, hf_place *out) {
    text = hf__str_trim(text);
    bool is_done;
    hf_status status = find_code(ctx, g, text, out, &is_done);
    if (status || is_done) {
        return status;
    }
    hf__name_keys keys;
    if (hf__name_keys_make(text, &keys)) {
        return hf__fail_memory(ctx);
    }
    /* From the letter of what was typed to its core: the first that is known.
     */
    hits found = {.n = 0};
    if (keys.full[0]) {
        collect(g, keys.full, false, &found);
    }
    if (!found.n) {
        collect(g, keys.core, false, &found);
    }
    if (!found.n) {
        collect(g, keys.bare, true, &found);
    }
    status = found.n ? choose(ctx, g, text, &found, out)
                     : not_found(ctx, g, text, &keys);
    hf__name_keys_reset(&keys);
    return status;
}
