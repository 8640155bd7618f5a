/* Postcodes as places. */
#include <math.h>
#include <string.h>

#include "atlas/names.h"
#include "atlas/place.h"
#include "base/context.h"
#include "base/facts.h"
#include "base/memory.h"

#define PATH_MOST 4096

static hf_status open_index(hf_context *ctx, const void *recipe, void **out) {
    const hf_places *places = recipe;
    char path[PATH_MOST];
    hf_status status = HF_OK;
    const char *chosen = places->postcodes_path;
    if (!chosen) {
        status = hf_postcodes_default_path(ctx, path, sizeof path);
        chosen = path;
    }
    hf_postcodes *index;
    status = status ? status : hf_postcodes_open(ctx, chosen, &index);
    if (!status) {
        *out = index;
    }
    return status;
}

static void close_index(void *index) {
    hf_postcodes_close(index);
}

hf_status hf_places_postcodes(hf_context *ctx, const hf_places *places,
                              const hf_postcodes **out) {
    void *index;
    /* The slot is the one part that changes; lazy.h makes that safe. */
    hf__lazy *slot = &((hf_places *)(uintptr_t)places)->postcodes;
    hf_status status =
        hf__lazy_get(ctx, slot, open_index, places, close_index, &index);
    if (!status) {
        *out = index;
    }
    return status;
}

hf_status hf__place_postcodes_if_any(hf_context *ctx, const hf_places *places,
                                     const hf_postcodes **out) {
    const hf_postcodes *index = NULL;
    hf_status status = hf_places_postcodes(ctx, places, &index);
    bool is_missing = status == HF_ERR_IO || status == HF_ERR_NOT_FOUND;
    if (is_missing && !places->postcodes_path) {
        status = HF_OK;
    }
    if (!status) {
        *out = index;
    }
    return status;
}

static size_t authority_of_codes(const hf_places *places, const char *code,
                                 const char *county) {
    size_t authority = HF_NOWHERE;
    if (*code) {
        authority = hf__gazetteer_authority_of_code(places->gazetteer,
                                                    hf__str_of(code));
    }
    if (authority == HF_NOWHERE && *county) {
        authority = hf__gazetteer_authority_of_code(places->gazetteer,
                                                    hf__str_of(county));
    }
    return authority;
}

size_t hf__place_authority_of_entry(const hf_places *places,
                                    const hf_postcode_entry *entry) {
    return authority_of_codes(places, entry->authority_code,
                              entry->county_code);
}

static void add_vintage(hf__buf *note, const hf_postcodes_info *info) {
    hf__buf_add_text(note, info->product);
    if (info->year) {
        hf__buf_add_format(note, " %04d-%02d", info->year, info->month);
    }
}

/* A point with its name and note; takes the note. */
static hf_status make_point(hf_context *ctx, const char *name,
                            const hf_coordinate *coordinate, size_t assigned,
                            hf__buf *note, hf_place *out) {
    hf_place place;
    hf_place_init(&place);
    place.kind = HF_PLACE_POINT;
    place.precision_m = coordinate->precision_m;
    place.assigned = assigned;
    hf_status status = hf_coordinate_to_lonlat(ctx, coordinate, &place.point);
    place.name = hf__strdup(name);
    place.note = hf__buf_take(note);
    if (!status && (!place.name || !place.note)) {
        status = hf__fail_memory(ctx);
    }
    if (status) {
        hf_place_reset(&place);
        return status;
    }
    *out = place;
    return HF_OK;
}

/* Whether the directory has nothing of a postcode's area: of Northern Ireland,
 * where it is one of Great Britain alone. */
static bool lacks_area(hf_context *ctx, const hf_postcodes *index,
                       const char *text, hf_postcode *area) {
    hf_postcode_spread spread;
    size_t len = strcspn(text, "0123456789");
    return hf_postcode_parse(text, len, area) &&
           hf_postcodes_survey(ctx, index, area, &spread) == HF_ERR_NOT_FOUND;
}

static hf_status no_such_postcode(hf_context *ctx, const hf_postcodes *index,
                                  const char *text) {
    hf_postcode meant[3], area;
    size_t n = hf_postcode_suggest(index, text, strlen(text), meant, 3);
    hf__buf line;
    hf__buf_init(&line);
    hf__buf_add_format(&line, "no postcode %s in ", text);
    add_vintage(&line, hf_postcodes_get_info(index));
    if (lacks_area(ctx, index, text, &area)) {
        hf__buf_add_format(&line, ", which has none of the area %s", area.text);
    }
    for (size_t i = 0; i < n; i++) {
        hf__buf_add_format(&line, "%s%s", i ? ", " : ": did you mean ",
                           meant[i].text);
    }
    hf__buf_add_text(&line, n ? "?" : "");
    hf_status status = line.failed
                           ? hf__fail_memory(ctx)
                           : hf__fail(ctx, HF_ERR_NOT_FOUND, "%s", line.text);
    hf__buf_reset(&line);
    return status;
}

static hf_status place_of_full(hf_context *ctx, const hf_places *places,
                               const hf_postcodes *index,
                               const hf_postcode *postcode, hf_place *out) {
    hf_postcode_entry entry;
    hf_status status = hf_postcodes_find(ctx, index, postcode, &entry);
    if (status == HF_ERR_NOT_FOUND) {
        return no_such_postcode(ctx, index, postcode->text);
    }
    if (status) {
        return status;
    }
    if (!entry.has_point) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND,
                        "%s is a postcode, but the directory has no grid "
                        "reference for it",
                        postcode->text);
    }
    hf__buf note;
    hf__buf_init(&note);
    hf__buf_add_text(&note, "point and authority by ");
    add_vintage(&note, hf_postcodes_get_info(index));
    if (entry.quality > 1) {
        hf__buf_add_format(&note, " (%s)",
                           hf_postcode_quality_text(entry.quality));
    }
    if (entry.life == HF_POSTCODE_TERMINATED) {
        hf__buf_add_text(&note, "; the postcode is no longer in use");
    }
    hf_coordinate coordinate = hf_postcode_entry_coordinate(&entry);
    return make_point(ctx, postcode->text, &coordinate,
                      hf__place_authority_of_entry(places, &entry), &note, out);
}

/* How many postcodes of a part lie in an authority of the set. */
typedef struct share {
    size_t authority; /* HF_NOWHERE: the set does not have it */
    size_t postcodes;
} share;

/* A directory counts by district; here by authority, most postcodes first. */
static size_t shares_by_authority(const hf_places *places,
                                  const hf_postcode_spread *spread,
                                  share *out) {
    size_t n = 0;
    for (size_t i = 0; i < spread->n_authorities && i < HF_POSTCODE_SHARES;
         i++) {
        const hf_postcode_share *part = &spread->authorities[i];
        share item = {
            authority_of_codes(places, part->authority_code, part->county_code),
            part->postcodes};
        size_t at = 0;
        while (at < n && out[at].authority != item.authority) {
            at++;
        }
        item.postcodes += at < n ? out[at].postcodes : 0;
        n += at == n;
        while (at && out[at - 1].postcodes < item.postcodes) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = item;
    }
    return n;
}

/* "; of its 312 postcodes 300 lie in Hertfordshire, 12 in Essex". */
static void add_shares(const hf_places *places, size_t total,
                       const share *shares, size_t n, hf__buf *note) {
    hf__buf_add_format(note, "; of its %zu postcodes", total);
    for (size_t i = 0; i < n && i < 4; i++) {
        hf__buf_add_format(
            note, "%s %zu%s in %s", i ? "," : "", shares[i].postcodes,
            i ? "" : " lie",
            shares[i].authority == HF_NOWHERE
                ? "authorities that the boundaries lack"
                : hf_boundaries_authority(places->set, shares[i].authority)
                      ->name);
    }
    hf__buf_add_text(note, n > 4 ? ", ..." : "");
}

static hf_status place_of_part(hf_context *ctx, const hf_places *places,
                               const hf_postcodes *index,
                               const hf_postcode *postcode, hf_place *out) {
    hf_postcode_spread spread;
    hf_status status = hf_postcodes_survey(ctx, index, postcode, &spread);
    if (status == HF_ERR_NOT_FOUND || (!status && !spread.points)) {
        return no_such_postcode(ctx, index, postcode->text);
    }
    if (status) {
        return status;
    }
    hf__buf note;
    hf__buf_init(&note);
    hf__buf_add_format(&note,
                       "the middle of the postcodes of %s; 95 %% of them lie "
                       "within %.1f miles, all within %.1f",
                       postcode->text, spread.radius_95_m / 1609.344,
                       spread.radius_m / 1609.344);
    share shares[HF_POSTCODE_SHARES];
    size_t n = shares_by_authority(places, &spread, shares);
    add_shares(places, spread.postcodes, shares, n, &note);
    hf__buf_add_text(&note, " (");
    add_vintage(&note, hf_postcodes_get_info(index));
    hf__buf_add_char(&note, ')');
    size_t assigned = n ? shares[0].authority : HF_NOWHERE;
    hf_coordinate coordinate = {.kind = spread.kind,
                                .grid = spread.mean,
                                .precision_m = spread.radius_95_m};
    return make_point(ctx, postcode->text, &coordinate, assigned, &note, out);
}

/* Half of the postcodes lie within 6 miles of their area's town, 19 of 20
 * within this (shapes/README.md). */
#define AREA_PRECISION_M 40000.0

/* Without an imported directory a postcode is known by its area's town only.
 * The context's message says how to import one; it stays if the area is
 * unknown. */
static hf_status place_of_area(hf_context *ctx, const hf_postcode *postcode,
                               hf_place *out) {
    hf__facts *areas;
    size_t column[4];
    static const char *const names[] = {"postcode_area", "town", "latitude",
                                        "longitude"};
    hf_status status = hf__facts_open_named(ctx, "postcode-areas.csv", &areas);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < 4 && !status; i++) {
        status = hf__facts_column(ctx, areas, names[i], &column[i]);
    }
    size_t letters = strcspn(postcode->text, "0123456789 ");
    hf__str area = {postcode->text, letters};
    hf__buf note;
    hf__buf_init(&note);
    hf_coordinate coordinate = {.kind = HF_COORDINATE_LONLAT,
                                .precision_m = AREA_PRECISION_M};
    bool is_known = false;
    for (size_t i = 0; !status && !is_known && i < hf__facts_n_rows(areas);
         i++) {
        is_known =
            hf__str_is(area, hf__facts_cell(areas, i, column[0])) &&
            hf__parse_double(hf__str_of(hf__facts_cell(areas, i, column[2])),
                             &coordinate.lonlat.lat_deg) &&
            hf__parse_double(hf__str_of(hf__facts_cell(areas, i, column[3])),
                             &coordinate.lonlat.lon_deg);
        if (is_known) {
            hf__buf_add_format(
                &note,
                "COARSE: no postcodes are imported, so %s stands at %s, the "
                "town of its area %.*s, perhaps 25 miles off; howfar "
                "postcodes import FILE gives the point",
                postcode->text, hf__facts_cell(areas, i, column[1]),
                (int)area.len, area.at);
        }
    }
    if (!status) {
        status = is_known
                     ? make_point(ctx, postcode->text, &coordinate, HF_NOWHERE,
                                  &note, out)
                     : hf__fail(ctx, HF_ERR_NOT_FOUND,
                                "no postcode area %.*s in the United Kingdom",
                                (int)area.len, area.at);
    }
    hf__buf_reset(&note);
    hf__facts_close(areas);
    return status;
}

hf_status hf__place_of_postcode(hf_context *ctx, const hf_places *places,
                                const hf_postcode *postcode, bool may_be_coarse,
                                hf_place *out) {
    if (postcode->is_pseudo) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND,
                        "%s is a pseudo-postcode: it stands for no place",
                        postcode->text);
    }
    const hf_postcodes *index;
    hf_status status = hf_places_postcodes(ctx, places, &index);
    if (status == HF_ERR_IO && !places->postcodes_path && may_be_coarse) {
        return place_of_area(ctx, postcode, out);
    }
    if (status) {
        return status;
    }
    return postcode->kind == HF_POSTCODE_FULL
               ? place_of_full(ctx, places, index, postcode, out)
               : place_of_part(ctx, places, index, postcode, out);
}

/* Letters, digits and blanks alone: "SG13-8DE." as "SG138DE". 0 where what is
 * left is too long for a postcode. */
static size_t without_punctuation(hf__str text, char *out, size_t size) {
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("-._,;:/()'\"", text.at[i])) {
            if (n == size) {
                return 0;
            }
            out[n++] = text.at[i];
        }
    }
    return n;
}

hf_status hf__place_suggest_postcode(hf_context *ctx, const hf_places *places,
                                     hf__str typed) {
    hf__str text = typed;
    hf_postcode meant[1];
    char plain[16];
    text.len = without_punctuation(text, plain, sizeof plain);
    text.at = plain;
    if (!hf_postcode_parse(text.at, text.len, meant) &&
        !hf_postcode_suggest(NULL, text.at, text.len, meant, 1)) {
        return HF_ERR_NOT_FOUND;
    }
    char *before = hf__strdup(hf_context_message(ctx));
    if (!before) {
        return hf__fail_memory(ctx);
    }
    const hf_postcodes *index;
    hf_status status = hf_places_postcodes(ctx, places, &index);
    hf_postcode_entry entry;
    bool is_there =
        !status && ((meant[0].kind == HF_POSTCODE_FULL &&
                     !hf_postcodes_find(ctx, index, meant, &entry)) ||
                    hf_postcode_suggest(index, text.at, text.len, meant, 1));
    if (is_there) {
        status = hf__fail(
            ctx, HF_ERR_NOT_FOUND,
            "no place called \"%.*s\": did you mean the postcode %s?",
            (int)(typed.len > 40 ? 40 : typed.len), typed.at, meant[0].text);
    } else if (status != HF_ERR_MEMORY) {
        status = hf__fail(ctx, HF_ERR_NOT_FOUND, "%s", before);
    }
    hf__free(before);
    return status;
}
