#include "atlas/meaning.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"

static void members_add(hf__members *to, size_t authority) {
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

static bool members_have(const hf__members *of, size_t authority) {
    for (size_t i = 0; i < of->n; i++) {
        if (of->list[i] == authority) {
            return true;
        }
    }
    return false;
}

static bool members_same(const hf__members *a, const hf__members *b) {
    return a->n == b->n &&
           (!a->n || !memcmp(a->list, b->list, a->n * sizeof *a->list));
}

/* ---- what a record means in the set ----------------------------------------
 */

/* Follows links until codes that the set has. Chains are short; the depth
 * guards against a table that runs in a circle. */
static void follow(const hf__gazetteer *g, const char *links, bool forward,
                   int depth, hf__members *out) {
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
void hf__members_of_record(const hf__gazetteer *g, const hf__record *record,
                           hf__members *out, int *out_step) {
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

void hf__add_people_name(hf__buf *out, const char *official) {
    char *name = hf__name_for_people(official);
    if (name) {
        hf__buf_add_text(out, name);
    } else {
        out->failed = true;
    }
    hf__free(name);
}

void hf__add_member_names(const hf__gazetteer *g, const hf__members *list,
                          hf__buf *out) {
    for (size_t i = 0; i < list->n; i++) {
        hf__buf_add_text(out, i == 0 ? "" : i + 1 < list->n ? ", " : " and ");
        hf__add_people_name(
            out, hf_boundaries_authority(g->set, list->list[i])->name);
    }
}

static void add_day(hf__buf *out, int day) {
    hf__buf_add_format(out, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
                       day % 100);
}

static bool members_meet(const hf__members *a, const hf__members *b) {
    for (size_t i = 0; i < a->n; i++) {
        if (members_have(b, a->list[i])) {
            return true;
        }
    }
    return false;
}

static bool members_within(const hf__members *a, const hf__members *b) {
    for (size_t i = 0; i < a->n; i++) {
        if (!members_have(b, a->list[i])) {
            return false;
        }
    }
    return true;
}

/* ", a larger area: with Bournemouth and part of Dorset": what else of the
 * record's time is in the listed authorities. */
static void add_other_areas(const hf__gazetteer *g, const hf__record *record,
                            int step, const hf__members *list, hf__buf *out) {
    hf__members others = {0}, parts = {0};
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *other = &g->directory.records[i];
        bool is_same_time = step > 0 ? other->last_day == record->last_day
                                     : other->first_day == record->first_day;
        if (other == record || !is_same_time || g->member_of[i] != HF_NOWHERE) {
            continue;
        }
        hf__members theirs = {0};
        int their_step;
        hf__members_of_record(g, other, &theirs, &their_step);
        if (members_meet(&theirs, list)) {
            members_add(&others, i);
            if (!members_within(&theirs, list)) {
                members_add(&parts, i);
            }
        }
        others.failed |= theirs.failed;
        hf__free(theirs.list);
    }
    for (size_t i = 0; i < others.n; i++) {
        hf__buf_add_text(out, i == 0             ? ", a larger area: with "
                              : i + 1 < others.n ? ", "
                                                 : " and ");
        hf__buf_add_text(
            out, members_have(&parts, others.list[i]) ? "part of " : "");
        hf__add_people_name(out, g->directory.records[others.list[i]].name);
    }
    out->failed |= others.failed || parts.failed;
    hf__free(others.list);
    hf__free(parts.list);
}

/* "Cumbria: Cumberland and Westmorland and Furness since 2023-04-01", and
 * whether the areas are the same. */
static void add_change_note(const hf__gazetteer *g, const hf__record *record,
                            int step, const hf__members *list, hf__buf *out) {
    hf__add_people_name(out, record->name);
    hf__buf_add_text(out, step > 0 ? ": " : ": part of ");
    hf__add_member_names(g, list, out);
    if (step > 0) {
        hf__buf_add_text(out, " since ");
        add_day(out, hf__day_after(record->last_day));
    } else {
        hf__buf_add_text(out, " before ");
        add_day(out, record->first_day);
    }
    add_other_areas(g, record, step, list, out);
}

/* ---- making places ---------------------------------------------------------
 */

/* A place of the listed authorities; takes the list. */
hf_status hf__place_of_members(hf_context *ctx, const hf__gazetteer *g,
                               const char *name, hf__members *list,
                               hf__buf *note, hf_place *out) {
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
    *list = (hf__members){0};
    if (failed || !place.name || !place.note) {
        hf_place_reset(&place);
        return hf__fail_memory(ctx);
    }
    *out = place;
    return HF_OK;
}

hf_status hf__not_in_set(hf_context *ctx, const hf__gazetteer *g,
                         const char *name) {
    return hf__fail(ctx, HF_ERR_NOT_FOUND,
                    "%s is not among the authorities of %s", name,
                    hf_boundaries_get_info(g->set)->set_name);
}

hf_status hf__place_of_record(hf_context *ctx, const hf__gazetteer *g,
                              const hf__record *record, hf_place *out) {
    hf__members list = {0};
    int step;
    hf__members_of_record(g, record, &list, &step);
    if (!list.n && !list.failed) {
        return hf__not_in_set(ctx, g, record->name);
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
    return hf__place_of_members(ctx, g, record->name, &list, &note, out);
}

/* The members of a group on the day; *out_missing counts those that the set
 * does not have. */
static void members_of_group(const hf__gazetteer *g, const hf__group *group,
                             hf__members *out, size_t *out_missing) {
    *out_missing = 0;
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *record = &g->directory.records[i];
        if (hf__record_is_in_force(record, g->as_of) &&
            hf__group_has(group, record)) {
            hf__members list = {0};
            int step;
            hf__members_of_record(g, record, &list, &step);
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
hf_status hf__place_of_group(hf_context *ctx, const hf__gazetteer *g,
                             const hf__group *group, const hf__record *former,
                             const hf__group *other, hf_place *out) {
    hf__members list = {0};
    size_t missing;
    members_of_group(g, group, &list, &missing);
    if (!list.n && !list.failed) {
        return hf__not_in_set(ctx, g, group->name);
    }
    hf__buf note;
    hf__buf_init(&note);
    if (former) {
        hf__members theirs = {0};
        int step;
        hf__members_of_record(g, former, &theirs, &step);
        if (members_same(&list, &theirs) && step) {
            add_change_note(g, former, step, &theirs, &note);
        }
        hf__free(theirs.list);
    }
    if (other) {
        hf__str names = hf__str_of(other->other_names), name = {"", 0};
        hf__list_next(&names, &name);
        hf__buf_add_format(&note,
                           "%s%s is taken for the county; write \"%.*s\" for "
                           "the %s",
                           note.len ? "; " : "", group->name, (int)name.len,
                           name.at, other->kind);
    }
    if (missing) {
        hf__buf_add_format(
            &note, "%s%zu of the %zu authorities of %s are not in %s",
            note.len ? "; " : "", missing, missing + list.n, group->name,
            hf_boundaries_get_info(g->set)->set_name);
    }
    return hf__place_of_members(ctx, g, group->name, &list, &note, out);
}

/* The authority of a district on the day, or of the time nearest to it. */
const hf__record *hf__authority_of_district(const hf__gazetteer *g,
                                            hf__str code) {
    const hf__district *best = NULL;
    int best_gap = INT_MAX;
    for (size_t i = 0; i < g->directory.n_districts; i++) {
        const hf__district *d = &g->directory.districts[i];
        if (!hf__str_is_nocase(code, d->code)) {
            continue;
        }
        int gap = hf__day_gap(g->as_of, d->first_day, d->last_day);
        if (gap < best_gap) {
            best = d;
            best_gap = gap;
        }
    }
    return best ? hf__directory_find_code(&g->directory,
                                          hf__str_of(best->authority_code))
                : NULL;
}

hf_status hf__place_of_district(hf_context *ctx, const hf__gazetteer *g,
                                const hf__district *district, hf_place *out) {
    const hf__record *record =
        hf__authority_of_district(g, hf__str_of(district->code));
    if (!record) {
        return hf__not_in_set(ctx, g, district->name);
    }
    hf_place place;
    hf_place_init(&place);
    hf_status status = hf__place_of_record(ctx, g, record, &place);
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
