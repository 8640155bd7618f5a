#include "howfar/place.h"

#include <math.h>
#include <string.h>

#include "atlas/boundary_fields.h"
#include "atlas/directory.h"
#include "atlas/gazetteer.h"
#include "atlas/names.h"
#include "atlas/place.h"
#include "base/context.h"
#include "base/memory.h"

void hf_place_init(hf_place *place) {
    *place = (hf_place){.point = {NAN, NAN}, .assigned = HF_NOWHERE};
}

void hf_place_reset(hf_place *place) {
    hf__free(place->name);
    hf__free(place->note);
    hf__free(place->members);
    hf_place_init(place);
}

void hf_places_options_init(hf_places_options *options) {
    *options = (hf_places_options){0};
}

static bool is_day(int day) {
    char text[16];
    hf__buf buf;
    hf__buf_init(&buf);
    if (day < 10000101 || day > 99991231) {
        return false;
    }
    hf__buf_add_format(&buf, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
                       day % 100);
    bool is_known = buf.len < sizeof text && hf__day_parse(buf.text, 0) == day;
    hf__buf_reset(&buf);
    return is_known;
}

hf_status hf_places_open(hf_context *ctx, const hf_boundaries *set,
                         const hf_places_options *options, hf_places **out) {
    int as_of = options ? options->as_of : 0;
    if (as_of && !is_day(as_of)) {
        return hf__fail(ctx, HF_ERR_RANGE, "%d is no day: write it as 20191231",
                        as_of);
    }
    hf_places *places = hf__calloc(1, sizeof *places);
    if (!places) {
        return hf__fail_memory(ctx);
    }
    places->set = set;
    hf__lazy_init(&places->postcodes);
    hf__lazy_init(&places->towns);
    if (options && options->postcodes) {
        places->postcodes_path = hf__strdup(options->postcodes);
        if (!places->postcodes_path) {
            hf_places_close(places);
            return hf__fail_memory(ctx);
        }
    }
    hf_status status = hf__gazetteer_open(ctx, set, as_of, &places->gazetteer);
    if (status) {
        hf_places_close(places);
        return status;
    }
    *out = places;
    return HF_OK;
}

void hf_places_close(hf_places *places) {
    if (places) {
        hf__gazetteer_close(places->gazetteer);
        hf__lazy_reset(&places->postcodes);
        hf__lazy_reset(&places->towns);
        hf__free(places->postcodes_path);
        hf__free(places);
    }
}

hf_status hf_place_of_authority(hf_context *ctx, const hf_boundaries *set,
                                size_t authority, hf_place *out) {
    hf_place place;
    hf_place_init(&place);
    place.kind = HF_PLACE_AUTHORITY;
    place.name =
        hf__name_for_people(hf_boundaries_authority(set, authority)->name);
    place.note = hf__strdup("");
    place.members = hf__calloc(1, sizeof *place.members);
    if (!place.name || !place.note || !place.members) {
        hf_place_reset(&place);
        return hf__fail_memory(ctx);
    }
    place.members[0] = authority;
    place.n_members = 1;
    *out = place;
    return HF_OK;
}

static hf_status place_of_coordinate(hf_context *ctx,
                                     const hf_coordinate *coordinate,
                                     hf__str text, hf_place *out) {
    hf_place place;
    hf_place_init(&place);
    place.kind = HF_PLACE_POINT;
    place.precision_m = coordinate->precision_m;
    hf_status status = hf_coordinate_to_lonlat(ctx, coordinate, &place.point);
    if (status) {
        return status;
    }
    place.name = hf__strndup(text.at, text.len);
    place.note = hf__strdup("");
    if (!place.name || !place.note) {
        hf_place_reset(&place);
        return hf__fail_memory(ctx);
    }
    *out = place;
    return HF_OK;
}

static hf_status open_towns(hf_context *ctx, const void *recipe, void **out) {
    (void)recipe;
    hf__towns *towns;
    hf_status status = hf__towns_open(ctx, &towns);
    if (!status) {
        *out = towns;
    }
    return status;
}

static void close_towns(void *towns) {
    hf__towns_close(towns);
}

hf_status hf__place_towns(hf_context *ctx, const hf_places *places,
                          const hf__towns **out) {
    void *towns;
    hf__lazy *slot = &((hf_places *)(uintptr_t)places)->towns;
    hf_status status =
        hf__lazy_get(ctx, slot, open_towns, NULL, close_towns, &towns);
    if (!status) {
        *out = towns;
    }
    return status == HF_ERR_IO ? HF_ERR_NOT_FOUND : status;
}

static hf_status find_town(hf_context *ctx, const hf_places *places,
                           hf__str text, hf_place *out) {
    const hf__towns *towns;
    hf_status status = hf__place_towns(ctx, places, &towns);
    return status ? status : hf__towns_find(ctx, towns, text, out);
}

/* Whether a town has the name that was taken for an authority's. */
static hf_status look_for_town(hf_context *ctx, const hf_places *places,
                               hf__str typed, hf_place *place) {
    if (place->kind != HF_PLACE_AUTHORITY) {
        return HF_OK;
    }
    const hf__towns *towns;
    hf_status status = hf__place_towns(ctx, places, &towns);
    if (status) {
        return status == HF_ERR_NOT_FOUND ? HF_OK : status;
    }
    status = hf__towns_have(ctx, towns, typed, &place->is_also_town);
    if (!status && !place->is_also_town) {
        status = hf__towns_have(ctx, towns, hf__str_of(place->name),
                                &place->is_also_town);
    }
    return status;
}

/* Splits "Swansea / Abertawe", "Isle of Anglesey (Ynys Mon)" and "Bury, Greater
 * Manchester" in two. */
static bool split_in_two(hf__str text, hf__str *first, hf__str *second) {
    size_t end = text.len - (text.at[text.len - 1] == ')');
    const char *separators = end < text.len ? "(" : "/,";
    for (size_t i = 1; i < end; i++) {
        if (strchr(separators, text.at[i])) {
            *first = hf__str_trim((hf__str){text.at, i});
            *second = hf__str_trim((hf__str){text.at + i + 1, end - i - 1});
            return first->len && second->len;
        }
    }
    return false;
}

static bool is_within(const hf_place *part, const hf_place *whole) {
    size_t n = 0;
    for (size_t i = 0; i < part->n_members; i++) {
        for (size_t k = 0; k < whole->n_members; k++) {
            n += part->members[i] == whole->members[k];
        }
    }
    return n == part->n_members;
}

/* Two names of one thing, or, where `or_part`, of a thing and of what it lies
 * in. HF_ERR_NOT_FOUND where they are not. */
static hf_status resolve_two_names(hf_context *ctx, const hf_places *places,
                                   hf__str text, bool or_part, hf_place *out) {
    hf__str name[2];
    if (!split_in_two(text, &name[0], &name[1])) {
        return HF_ERR_NOT_FOUND;
    }
    hf_place place[2];
    hf_status status = HF_OK;
    hf_place_init(&place[0]);
    hf_place_init(&place[1]);
    for (size_t i = 0; i < 2 && !status; i++) {
        status = hf__gazetteer_find(ctx, places->gazetteer, name[i],
                                    HF__AUTHORITIES_AND_GROUPS, &place[i]);
    }
    if (!status && is_within(&place[0], &place[1]) &&
        (or_part || place[0].n_members == place[1].n_members)) {
        *out = place[0];
        hf_place_init(&place[0]);
    } else if (status != HF_ERR_MEMORY) {
        status = HF_ERR_NOT_FOUND;
    }
    hf_place_reset(&place[0]);
    hf_place_reset(&place[1]);
    return status;
}

/* Says that towns have the name of what was taken; the message has their list.
 */
static hf_status mention_towns(hf_context *ctx, const char *list,
                               hf_place *place) {
    hf__buf note;
    hf__buf_init(&note);
    hf__buf_add_format(&note, "%s%s%s", place->note, *place->note ? "; " : "",
                       list);
    hf__free(place->note);
    place->note = hf__buf_take(&note);
    if (!place->note) {
        hf_place_reset(place);
        return hf__fail_memory(ctx);
    }
    return HF_OK;
}

/* An authority or group comes before a town, a town before a district. With
 * `suggests`, says what else might have been meant. */
static hf_status resolve_name(hf_context *ctx, const hf_places *places,
                              hf__str text, bool suggests, hf_place *out) {
    hf_place place;
    hf_status status = hf__gazetteer_find(ctx, places->gazetteer, text,
                                          HF__AUTHORITIES_AND_GROUPS, &place);
    if (!status) {
        status = suggests ? look_for_town(ctx, places, text, &place) : HF_OK;
        if (status) {
            hf_place_reset(&place);
        } else {
            *out = place;
        }
        return status;
    }
    if (status == HF_ERR_NOT_FOUND) {
        status = resolve_two_names(ctx, places, text, false, out);
    }
    if (status != HF_ERR_NOT_FOUND) {
        return status;
    }
    hf_status town = find_town(ctx, places, text, out);
    if (town != HF_ERR_NOT_FOUND && town != HF_ERR_AMBIGUOUS) {
        return town;
    }
    hf__names_wanted last =
        suggests ? HF__DISTRICTS_OR_SPELLINGS : HF__DISTRICTS_TOO;
    if (town == HF_ERR_NOT_FOUND) {
        status = resolve_two_names(ctx, places, text, true, out);
        return status == HF_ERR_NOT_FOUND
                   ? hf__gazetteer_find(ctx, places->gazetteer, text, last, out)
                   : status;
    }
    char *list = hf__strdup(hf_context_message(ctx));
    if (!list) {
        return hf__fail_memory(ctx);
    }
    status = hf__gazetteer_find(ctx, places->gazetteer, text, HF__DISTRICTS_TOO,
                                &place);
    if (!status) {
        status = mention_towns(ctx, list, &place);
        *out = status ? *out : place;
    } else if (status == HF_ERR_NOT_FOUND) {
        status = hf__fail(ctx, HF_ERR_AMBIGUOUS, "%s", list);
    }
    hf__free(list);
    return status;
}

static bool has_digit(hf__str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* "S12000033" is a code, though an Irish grid reference may look alike
 * ("S 1200 0033"): in one piece and with the zeros of the codes it is no
 * reference. */
static bool is_authority_code(hf__str text) {
    return hf__is_gss_code(text) && !memcmp(text.at + 3, "000", 3);
}

static hf_status resolve(hf_context *ctx, const hf_places *places,
                         const char *text, size_t len, bool suggests,
                         hf_place *out) {
    hf__str trimmed = hf__str_trim((hf__str){text, len});
    if (!trimmed.len) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND, "no place given");
    }
    if (!hf__utf8_is_valid(trimmed.at, trimmed.len)) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND,
                        "the name of the place is not in UTF-8");
    }
    if (is_authority_code(trimmed)) {
        return resolve_name(ctx, places, trimmed, suggests, out);
    }
    hf_coordinate coordinate;
    hf_status status =
        hf_coordinate_parse(ctx, trimmed.at, trimmed.len, &coordinate);
    if (status == HF_OK) {
        return place_of_coordinate(ctx, &coordinate, trimmed, out);
    }
    if (status != HF_ERR_NOT_FOUND) {
        return status;
    }
    hf_postcode postcode;
    bool is_postcode = hf_postcode_parse(trimmed.at, trimmed.len, &postcode);
    /* Letters alone may be a name: "NPT" is Neath Port Talbot first. */
    if (is_postcode && has_digit(trimmed)) {
        return hf__place_of_postcode(ctx, places, &postcode, suggests, out);
    }
    status = resolve_name(ctx, places, trimmed, suggests, out);
    if (status != HF_ERR_NOT_FOUND) {
        return status;
    }
    if (is_postcode) {
        return hf__place_of_postcode(ctx, places, &postcode, suggests, out);
    }
    if (suggests) {
        return hf__place_suggest_postcode(ctx, places, trimmed);
    }
    return hf__fail(ctx, HF_ERR_NOT_FOUND, "no such place");
}

hf_status hf_place_resolve(hf_context *ctx, const hf_places *places,
                           const char *text, size_t len, hf_place *out) {
    return resolve(ctx, places, text, len, true, out);
}

hf_status hf__place_look_up(hf_context *ctx, const hf_places *places,
                            hf__str text, hf_place *out) {
    return resolve(ctx, places, text.at, text.len, false, out);
}
