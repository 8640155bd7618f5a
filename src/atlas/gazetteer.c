#include "atlas/gazetteer.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/meaning.h"
#include "base/context.h"
#include "base/memory.h"

/* Things of one spelling; more than this many share none. */
#define MOST_HITS 64
/* Candidates named when a name has several meanings. */
#define MOST_CANDIDATES 5

/* ---- opening ------------------------------------------------------------- */

static hf_status add_entry(hf__gazetteer *g, hf__str key, bool is_full,
                           hf__entry_kind kind, size_t index) {
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
    g->entries[g->n_entries++] = (hf__entry){copy, is_full, kind, index};
    return HF_OK;
}

static hf_status add_name(hf__gazetteer *g, hf__str name, hf__entry_kind kind,
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
    bool has_bare =
        kind != HF__ENTRY_GROUP && strcmp(keys.bare, keys.full) != 0;
    if (!status && has_bare) {
        status = add_entry(g, hf__str_of(keys.bare), false, kind, index);
    }
    hf__name_keys_reset(&keys);
    return status;
}

static hf_status add_names(hf__gazetteer *g, const char *name,
                           const char *name_cy, const char *others,
                           hf__entry_kind kind, size_t index) {
    hf_status status = add_name(g, hf__str_of(name), kind, index);
    status = status ? status : add_name(g, hf__str_of(name_cy), kind, index);
    hf__str list = hf__str_of(others), other;
    while (!status && hf__list_next(&list, &other)) {
        status = add_name(g, other, kind, index);
    }
    return status;
}

static int compare_entries(const void *a, const void *b) {
    const hf__entry *first = a, *second = b;
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
        status = add_names(g, r->name, r->name_cy, r->other_names,
                           HF__ENTRY_RECORD, i);
    }
    for (size_t i = 0; i < d->n_groups && !status; i++) {
        status = add_names(g, d->groups[i].name, "", d->groups[i].other_names,
                           HF__ENTRY_GROUP, i);
    }
    for (size_t i = 0; i < d->n_districts && !status; i++) {
        status =
            add_names(g, d->districts[i].name, "", "", HF__ENTRY_DISTRICT, i);
    }
    for (size_t i = 0; i < hf_boundaries_count(g->set) && !status; i++) {
        const hf_authority *own = hf_boundaries_authority(g->set, i);
        status = add_names(g, own->name, own->name_cy, "", HF__ENTRY_OWN, i);
    }
    if (!status && g->n_entries) {
        qsort(g->entries, g->n_entries, sizeof *g->entries, compare_entries);
    }
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

/* ---- choosing among the entries of one spelling
 * ------------------------------ */

typedef struct hits {
    const hf__entry *list[MOST_HITS];
    size_t n;
} hits;

/* Whether a thing may be what the words around its name say: no group is a city
 * ("London City"), no county is ("Durham City"), and the counties of Northern
 * Ireland are not its districts of those names ("County Antrim"). */
static bool fits(const hf__gazetteer *g, const hf__entry *e, int says) {
    if (e->kind == HF__ENTRY_OWN) {
        return !says || !g->in_table[e->index];
    }
    if (e->kind != HF__ENTRY_RECORD) {
        return e->kind != HF__ENTRY_GROUP ||
               !(says & (HF__SAYS_CITY | HF__SAYS_LONDON));
    }
    const hf__record *record = &g->directory.records[e->index];
    bool is_county = !strncmp(record->code, "E10", 3) ||
                     strstr(record->name, "County") ||
                     strstr(record->name, "shire");
    return !((says & HF__SAYS_LONDON) && strcmp(record->region, "London")) &&
           !((says & HF__SAYS_CITY) && is_county) &&
           !((says & HF__SAYS_COUNTY) &&
             !strcmp(record->country, "Northern Ireland"));
}

/* The first entry whose key does not come before this one. */
static size_t first_entry(const hf__gazetteer *g, const char *key) {
    size_t low = 0, high = g->n_entries;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(g->entries[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Entries with this key that fit; bare keys only where `with_bare`. */
static void collect(const hf__gazetteer *g, const char *key, bool with_bare,
                    int says, hf__names_wanted wanted, hits *out) {
    for (size_t i = first_entry(g, key);
         i < g->n_entries && !strcmp(g->entries[i].key, key) &&
         out->n < MOST_HITS;
         i++) {
        const hf__entry *e = &g->entries[i];
        bool is_wanted = e->kind != HF__ENTRY_DISTRICT ||
                         wanted != HF__AUTHORITIES_AND_GROUPS;
        if (is_wanted && (with_bare || e->is_full) && fits(g, e, says)) {
            out->list[out->n++] = e;
        }
    }
}

static bool is_same_without_blanks(const char *a, const char *b) {
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b || !*a) {
            return *a == *b;
        }
    }
}

/* As collect, for "Mid Lothian" and "MiltonKeynes": whole keys alone. */
static void collect_without_blanks(const hf__gazetteer *g, const char *key,
                                   int says, hf__names_wanted wanted,
                                   hits *out) {
    for (size_t i = 0; i < g->n_entries && *key; i++) {
        const char *found = g->entries[i].key;
        bool is_first = !i || strcmp(found, g->entries[i - 1].key) != 0;
        if (is_first && *found == *key && is_same_without_blanks(found, key)) {
            collect(g, found, false, says, wanted, out);
        }
    }
}

/* "Derby County Council" may be Derbyshire's or Derby's: neither is assumed.
 * (Dorset and Dorsetshire are one.) */
static bool is_town_as_county(const hf__gazetteer *g,
                              const hf__name_keys *keys) {
    char county[64];
    int len = snprintf(county, sizeof county, "%sshire", keys->bare);
    if (!(keys->says & HF__SAYS_COUNTY) || len < 0 ||
        (size_t)len >= sizeof county) {
        return false;
    }
    hits counties = {.n = 0}, towns = {.n = 0};
    collect(g, county, false, 0, HF__AUTHORITIES_AND_GROUPS, &counties);
    collect(g, keys->bare, true, 0, HF__AUTHORITIES_AND_GROUPS, &towns);
    for (size_t i = 0; counties.n && i < towns.n; i++) {
        if (towns.list[i]->kind == counties.list[0]->kind &&
            towns.list[i]->index == counties.list[0]->index) {
            return false;
        }
    }
    return counties.n && towns.n;
}

/* How far a thing of its own time lies from the day; 0 for what is timeless. */
static int entry_gap(const hf__gazetteer *g, const hf__entry *e) {
    if (e->kind == HF__ENTRY_RECORD) {
        const hf__record *record = &g->directory.records[e->index];
        return hf__day_gap(g->as_of, record->first_day, record->last_day);
    }
    if (e->kind == HF__ENTRY_DISTRICT) {
        const hf__district *district = &g->directory.districts[e->index];
        return hf__day_gap(g->as_of, district->first_day, district->last_day);
    }
    return 0;
}

/* Entries of one kind, each thing once; records and districts only of the least
 * distance in time from the day. What the set's own file calls an authority
 * counts where the tables do not know that name. */
static size_t narrow(const hf__gazetteer *g, const hits *found,
                     hf__entry_kind kind, const hf__entry **out) {
    int least = INT_MAX;
    size_t n = 0;
    for (size_t i = 0; i < found->n; i++) {
        const hf__entry *e = found->list[i];
        if (e->kind != kind) {
            continue;
        }
        int gap = entry_gap(g, e);
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
static void add_choice(const hf__gazetteer *g, const hf__entry *e,
                       hf__buf *out) {
    if (e->kind == HF__ENTRY_GROUP) {
        hf__str others = hf__str_of(g->directory.groups[e->index].other_names);
        hf__str other;
        if (hf__list_next(&others, &other)) {
            hf__buf_add_format(out, "\"%.*s\"", (int)other.len, other.at);
        }
    } else if (e->kind == HF__ENTRY_RECORD) {
        const hf__record *record = &g->directory.records[e->index];
        hf__buf_add_format(out, "%s (%s)", record->code, record->name);
    } else if (e->kind == HF__ENTRY_OWN) {
        const hf_authority *own = hf_boundaries_authority(g->set, e->index);
        hf__buf_add_format(out, "%s (%s)", own->code, own->name);
    } else {
        const hf__district *d = &g->directory.districts[e->index];
        hf__buf_add_format(out, "%s (%s)", d->code, d->name);
    }
}

static hf_status ambiguous(hf_context *ctx, const hf__gazetteer *g,
                           hf__str text, const hf__entry **list, size_t n) {
    hf__buf choices;
    hf__buf_init(&choices);
    for (size_t i = 0; i < n && i < MOST_CANDIDATES; i++) {
        hf__buf_add_text(&choices, i ? " or " : "");
        add_choice(g, list[i], &choices);
    }
    hf_status status = choices.failed
                           ? hf__fail_memory(ctx)
                           : hf__fail(ctx, HF_ERR_AMBIGUOUS,
                                      "\"%.*s\" has several meanings: write %s",
                                      (int)text.len, text.at, choices.text);
    hf__buf_reset(&choices);
    return status;
}

static hf_status place_of_entry(hf_context *ctx, const hf__gazetteer *g,
                                const hf__entry *e, const hf__record *former,
                                const hf__group *other, hf_place *out) {
    switch (e->kind) {
        case HF__ENTRY_RECORD:
            return hf__place_of_record(ctx, g, &g->directory.records[e->index],
                                       out);
        case HF__ENTRY_OWN:
            return hf_place_of_authority(ctx, g->set, e->index, out);
        case HF__ENTRY_GROUP:
            return hf__place_of_group(ctx, g, &g->directory.groups[e->index],
                                      former, other, out);
        case HF__ENTRY_DISTRICT:
            return hf__place_of_district(
                ctx, g, &g->directory.districts[e->index], out);
    }
    assert(false);
    return HF_ERR_NOT_FOUND;
}

/* Of a county and a region of one name (West Midlands) the county is meant more
 * often: it is put first and the region returned, for the note. NULL where the
 * two are not such a pair. */
static const hf__group *prefer_county(const hf__gazetteer *g,
                                      const hf__entry **list, size_t n) {
    if (n != 2 || list[0]->kind != HF__ENTRY_GROUP) {
        return NULL;
    }
    for (size_t i = 0; i < 2; i++) {
        const hf__group *group = &g->directory.groups[list[i]->index];
        const hf__group *other = &g->directory.groups[list[1 - i]->index];
        if (!strcmp(group->kind, "region") && strcmp(other->kind, "region")) {
            list[0] = list[1 - i];
            return group;
        }
    }
    return NULL;
}

/* Districts of one name (a code that changed, say) in one authority mean the
 * same. */
static bool are_of_one_authority(const hf__gazetteer *g, const hf__entry **list,
                                 size_t n) {
    if (list[0]->kind != HF__ENTRY_DISTRICT) {
        return false;
    }
    const hf__record *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *code = g->directory.districts[list[i]->index].code;
        const hf__record *record =
            hf__authority_of_district(g, hf__str_of(code));
        if (i && record != first) {
            return false;
        }
        first = record;
    }
    return first != NULL;
}

/* An authority in force on the day comes first, then one that only the set
 * knows, then a group, then an authority of another time, then a district. */
static hf_status choose(hf_context *ctx, const hf__gazetteer *g, hf__str text,
                        const hits *found, hf_place *out) {
    const hf__entry *records[MOST_HITS], *others[MOST_HITS];
    size_t n_records = narrow(g, found, HF__ENTRY_RECORD, records);
    const hf__record *first =
        n_records ? &g->directory.records[records[0]->index] : NULL;
    bool is_in_force = first && hf__record_is_in_force(first, g->as_of);
    const hf__entry **list = records;
    size_t n = is_in_force ? n_records : 0;
    static const hf__entry_kind order[] = {
        HF__ENTRY_OWN, HF__ENTRY_GROUP, HF__ENTRY_RECORD, HF__ENTRY_DISTRICT};
    for (size_t i = 0; !n && i < sizeof order / sizeof *order; i++) {
        if (order[i] == HF__ENTRY_OWN && n_records) {
            continue;
        }
        list = order[i] == HF__ENTRY_RECORD ? records : others;
        n = order[i] == HF__ENTRY_RECORD ? n_records
                                         : narrow(g, found, order[i], others);
    }
    if (n > 1 && are_of_one_authority(g, list, n)) {
        n = 1;
    }
    const hf__group *other = prefer_county(g, list, n);
    if (n > 1 && !other) {
        return ambiguous(ctx, g, text, list, n);
    }
    return place_of_entry(ctx, g, list[0], is_in_force ? NULL : first, other,
                          out);
}

hf_status hf__gazetteer_find(hf_context *ctx, const hf__gazetteer *g,
                             hf__str text, hf__names_wanted wanted,
                             hf_place *out) {
    text = hf__str_trim(text);
    bool is_done;
    hf_status status = hf__find_code(ctx, g, text, out, &is_done);
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
        collect(g, keys.full, false, 0, wanted, &found);
    }
    if (!found.n && !is_town_as_county(g, &keys)) {
        collect(g, keys.core, false, keys.says, wanted, &found);
        if (!found.n) {
            collect(g, keys.bare, true, keys.says, wanted, &found);
        }
        if (!found.n && wanted != HF__AUTHORITIES_AND_GROUPS) {
            collect_without_blanks(g, keys.bare, keys.says, wanted, &found);
        }
    }
    if (found.n) {
        status = choose(ctx, g, text, &found, out);
    } else if (wanted == HF__DISTRICTS_OR_SPELLINGS) {
        status = hf__not_found(ctx, g, text, &keys);
    } else {
        status = HF_ERR_NOT_FOUND;
    }
    hf__name_keys_reset(&keys);
    return status;
}
