/* What the codes of PL_LA mean. */
#include <string.h>

#include "atlas/place.h"
#include "base/context.h"
#include "base/memory.h"
#include "table/derive.h"
#include "table/keys.h"
#include "table/reconcile.h"

/* Texts that are remembered. */
#define REMEMBERED_MOST 4096

typedef struct meaning {
    hf__la_kind kind;
    const char *country;
    hf_place place;
} meaning;

struct hf__las {
    const hf_boundaries *set;
    const hf_places *places;
    hf__keys keys;
    meaning *meanings;
    size_t capacity;
};

hf_status hf__las_new(hf_context *ctx, const hf_boundaries *set,
                      const hf_places *places, hf__las **out) {
    hf__las *las = hf__calloc(1, sizeof *las);
    if (!las) {
        return hf__fail_memory(ctx);
    }
    las->set = set;
    las->places = places;
    *out = las;
    return HF_OK;
}

static void forget(hf__las *las) {
    for (size_t i = 0; i < las->keys.n; i++) {
        hf_place_reset(&las->meanings[i].place);
    }
    hf__keys_reset(&las->keys);
}

void hf__las_free(hf__las *las) {
    if (las) {
        forget(las);
        hf__free(las->meanings);
        hf__free(las);
    }
}

bool hf__la_is_code(hf__str text) {
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        digits += c >= '0' && c <= '9';
    }
    bool is_gss = text.len == 9 && letters == 1 && digits == 8 &&
                  !(text.at[0] >= '0' && text.at[0] <= '9');
    bool is_dfe = text.len == 3 && digits == 3;
    bool is_country =
        text.len == 3 && letters == 3 &&
        (hf__str_is_nocase(text, "SCO") || hf__str_is_nocase(text, "WAL") ||
         hf__str_is_nocase(text, "NIR") || hf__str_is_nocase(text, "NUK") ||
         hf__str_is_nocase(text, "CON"));
    return is_gss || is_dfe || is_country;
}

bool hf__la_is(const hf__la *la, size_t authority) {
    for (size_t i = 0; i < la->n_members; i++) {
        if (la->members[i] == authority) {
            return true;
        }
    }
    return false;
}

const char *hf__mistake_of_la(hf__la_kind kind) {
    switch (kind) {
        case HF__LA_DISTRICT:
            return "the code of a district, not of its county";
        case HF__LA_ABOLISHED:
            return "the code of an authority abolished since";
        case HF__LA_NOT_ENGLAND:
            return "the code of an authority where the return wants its "
                   "country's";
        case HF__LA_NAME:
            return "a name, not a code";
        case HF__LA_NONE:
        case HF__LA_AUTHORITY:
        case HF__LA_COUNTRY:
        case HF__LA_ABROAD:
        case HF__LA_CONFIDENTIAL:
            break;
    }
    return "";
}

/* What a code of letters means; HF__LA_NONE for another text. */
static hf__la_kind kind_of_letters(hf__str text) {
    return hf__str_is_nocase(text, "CON")   ? HF__LA_CONFIDENTIAL
           : hf__str_is_nocase(text, "NUK") ? HF__LA_ABROAD
           : hf__str_is_nocase(text, "SCO") || hf__str_is_nocase(text, "WAL") ||
                   hf__str_is_nocase(text, "NIR")
               ? HF__LA_COUNTRY
               : HF__LA_NONE;
}

static hf__la_kind kind_of_place(const hf__las *las, hf__str text,
                                 const hf_place *place) {
    if (place->kind == HF_PLACE_POINT) {
        return HF__LA_NONE;
    }
    switch (hf__gazetteer_life_of_code(las->places->gazetteer, text)) {
        case HF__CODE_DISTRICT:
            return HF__LA_DISTRICT;
        case HF__CODE_ABOLISHED:
            return HF__LA_ABOLISHED;
        case HF__CODE_IN_FORCE:
        case HF__CODE_UNKNOWN:
            break;
    }
    const hf_authority *first =
        hf_boundaries_authority(las->set, place->members[0]);
    bool is_region = text.len == 9 && place->n_members > 1;
    return !hf__la_is_code(text)          ? HF__LA_NAME
           : is_region                    ? HF__LA_NONE
           : first->country == HF_ENGLAND ? HF__LA_AUTHORITY
                                          : HF__LA_NOT_ENGLAND;
}

/* A text without a meaning is none; want of memory is a failure. */
static hf_status look_up(hf_context *ctx, const hf__las *las, hf__str text,
                         meaning *out) {
    hf_place_init(&out->place);
    out->country = "";
    out->kind = HF__LA_NONE;
    if (kind_of_letters(text) == HF__LA_CONFIDENTIAL ||
        kind_of_letters(text) == HF__LA_ABROAD) {
        out->kind = kind_of_letters(text);
        return HF_OK;
    }
    hf_status status = hf__place_look_up(ctx, las->places, text, &out->place);
    if (status) {
        return status == HF_ERR_MEMORY ? status : HF_OK;
    }
    out->kind = kind_of_letters(text) ? kind_of_letters(text)
                                      : kind_of_place(las, text, &out->place);
    const char *la = hf__return_la_of_all(las->set, out->place.members,
                                          out->place.n_members);
    out->country = strlen(la) == 3 ? la : "";
    return HF_OK;
}

hf_status hf__las_find(hf_context *ctx, hf__las *las, hf__str text,
                       hf__la *out) {
    size_t number = hf__keys_find(&las->keys, text);
    if (number == SIZE_MAX) {
        if (las->keys.n == REMEMBERED_MOST) {
            forget(las);
        }
        void *meanings = las->meanings;
        meaning next;
        if (!hf__reserve(&meanings, &las->capacity, las->keys.n + 1,
                         sizeof *las->meanings)) {
            return hf__fail_memory(ctx);
        }
        las->meanings = meanings;
        hf_status status = look_up(ctx, las, text, &next);
        if (status) {
            return status;
        }
        if (!hf__keys_add(&las->keys, text, &number)) {
            hf_place_reset(&next.place);
            return hf__fail_memory(ctx);
        }
        las->meanings[number] = next;
    }
    const meaning *it = &las->meanings[number];
    *out = (hf__la){.kind = it->kind,
                    .country = it->country,
                    .members = it->place.members,
                    .n_members = it->place.n_members};
    return HF_OK;
}
