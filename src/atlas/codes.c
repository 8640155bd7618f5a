/* What codes mean: of authorities, of districts, of the Department for
 * Education. */
#include <limits.h>
#include <string.h>

#include "atlas/boundary_fields.h"
#include "atlas/meaning.h"
#include "base/context.h"
#include "base/memory.h"

static bool is_three_digits(hf__str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return text.len == 3;
}

/* The authority of a three-digit code on the day, or nearest to it in time. */
static const hf__record *find_dfe_code(const hf__gazetteer *g, hf__str code) {
    const hf__record *best = NULL;
    int best_gap = INT_MAX;
    for (size_t i = 0; i < g->directory.n_records; i++) {
        const hf__record *record = &g->directory.records[i];
        int gap = hf__day_gap(g->as_of, record->first_day, record->last_day);
        if (hf__str_is(code, record->dfe_code) && gap < best_gap) {
            best = record;
            best_gap = gap;
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
    return hf__str_is_nocase(*out, "and") ? next_code(text, out) : len > 0;
}

/* One or several three-digit codes. *out_done is false when the text is
 * something else. */
static hf_status find_dfe_codes(hf_context *ctx, const hf__gazetteer *g,
                                hf__str text, hf_place *out, bool *out_done) {
    hf__members list = {0};
    hf__str rest = text, code;
    size_t n = 0;
    *out_done = false;
    while (next_code(&rest, &code)) {
        const hf__record *record =
            is_three_digits(code) ? find_dfe_code(g, code) : NULL;
        if (!record) {
            hf__free(list.list);
            return HF_OK;
        }
        int step;
        hf__members_of_record(g, record, &list, &step);
        n++;
        if (n == 1 && !rest.len) {
            hf__free(list.list);
            *out_done = true;
            return hf__place_of_record(ctx, g, record, out);
        }
    }
    *out_done = n > 0;
    if (!n) {
        return HF_OK;
    }
    if (!list.n) {
        return hf__not_in_set(ctx, g, "that code");
    }
    hf__buf name, note;
    hf__buf_init(&name);
    hf__buf_init(&note);
    hf__add_member_names(g, &list, &name);
    hf_status status = name.failed ? hf__fail_memory(ctx)
                                   : hf__place_of_members(ctx, g, name.text,
                                                          &list, &note, out);
    hf__buf_reset(&name);
    hf__free(list.list);
    return status;
}

hf_status hf__find_code(hf_context *ctx, const hf__gazetteer *g, hf__str text,
                        hf_place *out, bool *out_done) {
    *out_done = true;
    size_t own = hf_boundaries_find_code(g->set, text.at, text.len);
    if (own != HF_NOWHERE) {
        return hf_place_of_authority(ctx, g->set, own, out);
    }
    const hf__record *record = hf__directory_find_code(&g->directory, text);
    if (record) {
        return hf__place_of_record(ctx, g, record, out);
    }
    if (hf__is_gss_code(text)) {
        for (size_t i = 0; i < g->directory.n_districts; i++) {
            if (hf__str_is_nocase(text, g->directory.districts[i].code)) {
                return hf__place_of_district(ctx, g, &g->directory.districts[i],
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
        record = hf__authority_of_district(g, code);
    }
    if (!record) {
        return HF_NOWHERE;
    }
    hf__members list = {0};
    int step;
    hf__members_of_record(g, record, &list, &step);
    size_t authority = list.n == 1 ? list.list[0] : HF_NOWHERE;
    hf__free(list.list);
    return authority;
}

hf__code_life hf__gazetteer_life_of_code(const hf__gazetteer *g, hf__str code) {
    if (hf_boundaries_find_code(g->set, code.at, code.len) != HF_NOWHERE) {
        return HF__CODE_IN_FORCE;
    }
    const hf__record *record = hf__directory_find_code(&g->directory, code);
    if (record) {
        return record->last_day < g->as_of ? HF__CODE_ABOLISHED
                                           : HF__CODE_IN_FORCE;
    }
    return hf__authority_of_district(g, code) ? HF__CODE_DISTRICT
                                              : HF__CODE_UNKNOWN;
}
