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

/* HF_ERR_NOT_FOUND too where there is no table of towns. */
static hf_status find_town(hf_context *ctx, const hf_places *places,
                           hf__str text, hf_place *out) {
    void *towns;
    hf__lazy *slot = &((hf_places *)(uintptr_t)places)->towns;
    hf_status status =
        hf__lazy_get(ctx, slot, open_towns, NULL, close_towns, &towns);
    if (status == HF_ERR_IO) {
        return HF_ERR_NOT_FOUND;
    }
    return status ? status : hf__towns_find(ctx, towns, text, out);
}

/* Whether a town has the name that was taken for an authority's. */
static bool is_also_town(hf_context *ctx, hf__str typed,
                         const hf_place *place) {
    char *name = hf__strndup(typed.at, typed.len);
    bool is_town =
        name && place->kind == HF_PLACE_AUTHORITY &&
        (hf__towns_has_name(ctx, name) || hf__towns_has_name(ctx, place->name));
    hf__free(name);
    return is_town;
}

/* An authority or group comes before a town, a town before a district. With
 * `suggests`, says what else might have been meant. */
static hf_status resolve_name(hf_context *ctx, const hf_places *places,
                              hf__str text, bool suggests, hf_place *out) {
    hf_status status = hf__gazetteer_find(ctx, places->gazetteer, text,
                                          HF__AUTHORITIES_AND_GROUPS, out);
    if (!status) {
        out->is_also_town = suggests && is_also_town(ctx, text, out);
        return status;
    }
    if (status != HF_ERR_NOT_FOUND) {
        return status;
    }
    hf_status town = find_town(ctx, places, text, out);
    if (town != HF_ERR_NOT_FOUND && town != HF_ERR_AMBIGUOUS) {
        return town;
    }
    status = hf__gazetteer_find(
        ctx, places->gazetteer, text,
        suggests ? HF__DISTRICTS_OR_SPELLINGS : HF__DISTRICTS_TOO, out);
    if (status == HF_ERR_NOT_FOUND && town == HF_ERR_AMBIGUOUS) {
        return find_town(ctx, places, text, out); /* for its message */
    }
    return status;
}

/* Scotland's S12000017 could also be eight figures of the Irish Grid, as could
 * the codes of Wales and Northern Ireland; those squares lie in the Republic or
 * at sea. Square J is County Down, and no authority's code begins so. */
static bool is_code(hf__str text) {
    return hf__is_gss_code(text) && text.at[0] != 'J' && text.at[0] != 'j';
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
    hf_coordinate coordinate;
    hf_status status =
        is_code(trimmed)
            ? HF_ERR_NOT_FOUND
            : hf_coordinate_parse(ctx, trimmed.at, trimmed.len, &coordinate);
    if (status == HF_OK) {
        return place_of_coordinate(ctx, &coordinate, trimmed, out);
    }
    if (status != HF_ERR_NOT_FOUND) {
        return status;
    }
    hf_postcode postcode;
    bool is_postcode = hf_postcode_parse(trimmed.at, trimmed.len, &postcode);
    if (is_postcode && postcode.kind != HF_POSTCODE_AREA) {
        return hf__place_of_postcode(ctx, places, &postcode, out);
    }
    status = resolve_name(ctx, places, trimmed, suggests, out);
    if (status != HF_ERR_NOT_FOUND) {
        return status;
    }
    if (is_postcode) {
        return hf__place_of_postcode(ctx, places, &postcode, out);
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
