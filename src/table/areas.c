#include "table/areas.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "answer/measure.h"
#include "atlas/place.h"
#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/postcode.h"
#include "howfar/units.h"
#include "table/csv.h"

/* Cells longer than this name nothing. */
#define CELL_MOST 256
/* What is remembered at most: a column of free text must not fill the memory.
 * Further cells are looked up each time. */
#define ENTRIES_MOST 65536

/* A cell seen before. Never changes once made. */
typedef struct entry {
    struct entry *next; /* in its bucket */
    uint64_t hash;
    hf__named named;
    hf__str note;           /* of a point; owned */
    const hf__areas *areas; /* whose it is */
    size_t len;
    char cell[];
} entry;

/* An area with what tells it from others. */
typedef struct known_area {
    hf__area area;
    hf_place place;
    struct known_area *next;
} known_area;

/* Authorities that parts of postcodes lie in: each list once. */
typedef struct known_list {
    struct known_list *next;
    size_t n;
    size_t authorities[];
} known_list;

#define BUCKETS 16384

struct hf__areas {
    hf__areas_base base;
    hf_place home;
    pthread_mutex_t mutex; /* guards what follows */
    entry **buckets;
    size_t n_entries;
    known_area *known;
    known_list *lists;
};

/* FNV-1a, with its bits mixed for use of the low ones. */
static uint64_t hash_of(hf__str cell) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < cell.len; i++) {
        hash = (hash ^ (unsigned char)cell.at[i]) * 0x100000001B3u;
    }
    return hash ^ hash >> 29;
}

static bool is_entry(const hf__areas *areas, const entry *it, uint64_t hash,
                     hf__str cell) {
    return it && it->areas == areas && it->hash == hash &&
           it->len == cell.len && !memcmp(it->cell, cell.at, cell.len);
}

hf_status hf__areas_new(hf_context *ctx, const hf__areas_base *base,
                        hf__areas **out) {
    hf__areas *areas = hf__calloc(1, sizeof *areas);
    if (!areas) {
        return hf__fail_memory(ctx);
    }
    areas->base = *base;
    hf_place_init(&areas->home);
    pthread_mutex_init(&areas->mutex, NULL);
    areas->buckets = hf__calloc(BUCKETS, sizeof *areas->buckets);
    hf_status status = areas->buckets ? HF_OK : hf__fail_memory(ctx);
    if (!status && base->home != HF_NOWHERE) {
        status =
            hf_place_of_authority(ctx, base->set, base->home, &areas->home);
    }
    if (status) {
        hf__areas_free(areas);
        return status;
    }
    *out = areas;
    return HF_OK;
}

static void free_known(known_area *known) {
    hf__free((void *)(uintptr_t)known->area.cells.at);
    hf__free((void *)(uintptr_t)known->area.note.at);
    hf_place_reset(&known->place);
    hf__free(known);
}

void hf__areas_free(hf__areas *areas) {
    if (!areas) {
        return;
    }
    for (size_t i = 0; areas->buckets && i < BUCKETS; i++) {
        while (areas->buckets[i]) {
            entry *next = areas->buckets[i]->next;
            hf__free((void *)(uintptr_t)areas->buckets[i]->note.at);
            hf__free(areas->buckets[i]);
            areas->buckets[i] = next;
        }
    }
    hf__free(areas->buckets);
    while (areas->known) {
        known_area *next = areas->known->next;
        free_known(areas->known);
        areas->known = next;
    }
    while (areas->lists) {
        known_list *next = areas->lists->next;
        hf__free(areas->lists);
        areas->lists = next;
    }
    hf_place_reset(&areas->home);
    pthread_mutex_destroy(&areas->mutex);
    hf__free(areas);
}

void hf__areas_add_cells(const hf__dialect *dialect, const char *code,
                         const char *name, hf__buf *out) {
    const char *texts[] = {code, name};
    for (size_t i = 0; i < 2; i++) {
        hf__buf text;
        hf__buf_init(&text);
        hf__dialect_encode(dialect, hf__str_of(texts[i]), &text);
        hf__buf_add_char(out, dialect->delimiter);
        hf__csv_add_cell(out, (hf__str){text.text ? text.text : "", text.len},
                         dialect->delimiter);
        out->failed |= text.failed;
        hf__buf_reset(&text);
    }
}

/* ---- measuring ---- */

/* Adds the category of an authority to a set. */
static hf_status classify(hf_context *ctx, const hf__areas *areas,
                          size_t authority, unsigned *set) {
    hf_category category = HF_CATEGORY_UNKNOWN;
    hf_status status = HF_OK;
    if (areas->base.home != HF_NOWHERE) {
        status = hf_classify(ctx, areas->base.adjacency, areas->base.home,
                             authority, &category);
    }
    *set |= hf_category_set(category);
    return status;
}

static hf_status classify_members(hf_context *ctx, const hf__areas *areas,
                                  const hf_place *place, hf__area *area) {
    hf_status status = HF_OK;
    for (size_t i = 0; i < place->n_members && !status; i++) {
        status = classify(ctx, areas, place->members[i], &area->categories);
    }
    return status;
}

static hf_status measure(hf_context *ctx, const hf__areas *areas,
                         const hf_place *place, hf__area *area) {
    const hf__areas_base *base = &areas->base;
    double nearest_m = NAN;
    hf_status status = hf_distance_centre(ctx, base->set, place, &area->centre);
    if (!status && base->home != HF_NOWHERE) {
        status = hf__measure_nearest(ctx, base->set, &areas->home, place,
                                     &nearest_m);
    }
    area->border_miles = hf_miles_from_m(nearest_m);
    area->miles = area->border_miles;
    if (!status && !base->from_border) {
        area->miles = NAN;
        if (hf_lonlat_is_valid(base->origin)) {
            area->miles =
                hf_miles_from_m(hf_geodesic_dist_m(base->origin, area->centre));
        }
    }
    return status;
}

static void describe(const hf_place *place, hf__buf *note) {
    if (place->note && *place->note) {
        hf__buf_add_text(note, place->note);
        hf__buf_add_text(note, "; ");
    }
    if (place->kind == HF_PLACE_GROUP) {
        hf__buf_add_format(note,
                           "nearest border and centre of the group (%zu "
                           "authorities)",
                           place->n_members);
    } else {
        hf__buf_add_text(note, "nearest border and centre of the authority");
    }
}

/* Text as the file would have it; NULL without memory. */
static bool encode(const hf__areas *areas, hf__buf *text, hf__str *out) {
    hf__buf encoded;
    hf__buf_init(&encoded);
    hf__dialect_encode(areas->base.dialect,
                       (hf__str){text->text ? text->text : "", text->len},
                       &encoded);
    size_t len = encoded.len;
    char *taken = hf__buf_take(&encoded);
    *out = (hf__str){taken, taken ? len : 0};
    return taken && !text->failed;
}

/* `twin` is the same area with another note, or NULL: it was measured. */
static hf_status fill_area(hf_context *ctx, const hf__areas *areas,
                           const hf_place *place, const hf__area *twin,
                           hf__area *area) {
    hf__buf cells, note;
    hf__buf_init(&cells);
    hf__buf_init(&note);
    describe(place, &note);
    hf_status status = classify_members(ctx, areas, place, area);
    if (!status && twin) {
        area->centre = twin->centre;
        area->miles = twin->miles;
        area->border_miles = twin->border_miles;
    } else if (!status) {
        status = measure(ctx, areas, place, area);
    }
    if (!status) {
        bool is_one = place->kind == HF_PLACE_AUTHORITY;
        const hf_authority *one =
            is_one ? hf_boundaries_authority(areas->base.set, place->members[0])
                   : NULL;
        hf__areas_add_cells(areas->base.dialect, one ? one->code : "",
                            one ? one->name : place->name, &cells);
        bool has_note = encode(areas, &note, &area->note);
        size_t len = cells.len;
        char *taken = hf__buf_take(&cells);
        area->cells = (hf__str){taken, len};
        if (!taken || !has_note) {
            status = hf__fail_memory(ctx);
        }
    }
    hf__buf_reset(&cells);
    hf__buf_reset(&note);
    return status;
}

static bool is_same_area(const hf_place *a, const hf_place *b) {
    return a->kind == b->kind && a->n_members == b->n_members &&
           !memcmp(a->members, b->members, a->n_members * sizeof *a->members);
}

static bool is_same_place(const hf_place *a, const hf_place *b) {
    return is_same_area(a, b) && !strcmp(a->name, b->name) &&
           !strcmp(a->note, b->note);
}

/* The area of a place, measured now if it was not before. Takes over what the
 * place owns when it returns HF_OK and the area is new. */
static hf_status area_of(hf_context *ctx, hf__areas *areas, hf_place *place,
                         const hf__area **out) {
    const hf__area *twin = NULL;
    for (known_area *it = areas->known; it; it = it->next) {
        if (is_same_place(&it->place, place)) {
            *out = &it->area;
            return HF_OK;
        }
        twin = is_same_area(&it->place, place) ? &it->area : twin;
    }
    known_area *known = hf__calloc(1, sizeof *known);
    if (!known) {
        return hf__fail_memory(ctx);
    }
    hf_status status = fill_area(ctx, areas, place, twin, &known->area);
    if (status) {
        hf_place_init(&known->place);
        free_known(known);
        return status;
    }
    known->place = *place;
    known->area.authorities = place->members;
    known->area.n_authorities = place->n_members;
    known->area.name = place->name;
    hf_place_init(place);
    known->next = areas->known;
    areas->known = known;
    *out = &known->area;
    return HF_OK;
}

/* ---- what a cell means ---- */

/* The text of a cell in UTF-8; false where it can't be a name. */
static bool cell_text(const hf__areas *areas, hf__str cell, hf__buf *out) {
    hf__buf scratch;
    hf__buf_init(&scratch);
    hf__str bare = hf__str_trim(hf__csv_unquote(cell, &scratch));
    bool is_short = bare.len <= CELL_MOST;
    hf__buf_add(out, "", 0);
    if (is_short) {
        hf__dialect_decode(areas->base.dialect, bare, out);
    }
    out->failed |= scratch.failed;
    hf__buf_reset(&scratch);
    return is_short && out->len && !memchr(out->text, '\0', out->len);
}

/* Why a text means nothing; HF__PLACED where it does, or where asking failed.
 */
static hf__reason reason_of(hf_status status) {
    /* Only a postcode asks for a file: the index. */
    return status == HF_ERR_NOT_FOUND   ? HF__NAME_NOT_FOUND
           : status == HF_ERR_AMBIGUOUS ? HF__NAME_AMBIGUOUS
           : status == HF_ERR_RANGE     ? HF__NAME_IMPOSSIBLE
           : status == HF_ERR_IO        ? HF__NO_POSTCODES
                                        : HF__PLACED;
}

/* Adds to a list what it does not hold yet. */
static void add_authority(size_t authority, size_t *list, size_t *n) {
    for (size_t i = 0; i < *n; i++) {
        if (list[i] == authority) {
            return;
        }
    }
    list[(*n)++] = authority;
}

static hf_status keep_list(hf_context *ctx, hf__areas *areas,
                           const size_t *list, size_t n, hf__named *named) {
    const known_list *it = areas->lists;
    while (it && (it->n != n ||
                  memcmp(it->authorities, list, n * sizeof *list) != 0)) {
        it = it->next;
    }
    if (!it) {
        known_list *made = hf__calloc(1, sizeof *made + n * sizeof *list);
        if (!made) {
            return hf__fail_memory(ctx);
        }
        made->n = n;
        memcpy(made->authorities, list, n * sizeof *list);
        made->next = areas->lists;
        areas->lists = made;
        it = made;
    }
    named->authorities = it->authorities;
    named->n_authorities = n;
    return HF_OK;
}

/* Which authorities a part of a postcode lies in. Where the directory says
 * nothing, the boundaries decide about its middle. */
static hf_status survey(hf_context *ctx, hf__areas *areas,
                        const hf_postcode *postcode, hf__named *named) {
    hf_postcode_spread spread;
    size_t list[HF_POSTCODE_SHARES], n = 0;
    const hf__postal *postal = areas->base.postal;
    hf_status status =
        hf_postcodes_survey(ctx, postal->index, postcode, &spread);
    named->assigned = HF_NOWHERE;
    for (size_t i = 0; !status && i < spread.n_authorities; i++) {
        size_t authority =
            i < HF_POSTCODE_SHARES
                ? hf__postal_authority(postal,
                                       spread.authorities[i].authority_code)
                : HF_NOWHERE;
        if (authority == HF_NOWHERE) {
            named->part_reason = HF__PART_OUTSIDE;
            named->categories = 0;
            named->assigned = HF_NOWHERE;
            named->is_part = true;
            return HF_OK;
        }
        add_authority(authority, list, &n);
        named->assigned = n == 1 ? authority : HF_NOWHERE;
        named->is_part = true;
        status = classify(ctx, areas, authority, &named->categories);
    }
    return status ? status : keep_list(ctx, areas, list, n, named);
}

/* What a place that is a point means. */
static hf_status resolve_point(hf_context *ctx, hf__areas *areas, hf__str text,
                               const hf_place *place, hf__named *named,
                               hf__buf *note) {
    hf_postcode postcode;
    bool is_postcode = hf_postcode_parse(text.at, text.len, &postcode);
    /* Without a directory an area's letters would mean their town. */
    if (is_postcode && !areas->base.postal->index) {
        named->reason = HF__NO_POSTCODES;
        return HF_OK;
    }
    named->point = place->point;
    named->assigned = place->assigned;
    hf__dialect_encode(areas->base.dialect, hf__str_of(place->note), note);
    return is_postcode && postcode.kind != HF_POSTCODE_FULL
               ? survey(ctx, areas, &postcode, named)
               : HF_OK;
}

static hf_status resolve(hf_context *ctx, hf__areas *areas, hf__str text,
                         hf__named *out, hf__buf *note) {
    hf__named named = {.reason = HF__PLACED, .assigned = HF_NOWHERE};
    hf_place place;
    hf_place_init(&place);
    hf_status status = hf__place_look_up(ctx, areas->base.places, text, &place);
    named.reason = reason_of(status);
    if (named.reason != HF__PLACED) {
        status = HF_OK;
    } else if (!status && place.kind == HF_PLACE_POINT) {
        status = resolve_point(ctx, areas, text, &place, &named, note);
    } else if (!status) {
        status = area_of(ctx, areas, &place, &named.area);
    }
    hf_place_reset(&place);
    if (!status) {
        *out = named;
    }
    return status;
}

static hf_status find_text(hf_context *ctx, hf__areas *areas, hf__str cell,
                           hf__named *out, hf__buf *note) {
    hf__buf text;
    hf__buf_init(&text);
    hf_status status = HF_OK;
    if (cell_text(areas, cell, &text)) {
        status = resolve(ctx, areas, (hf__str){text.text, text.len}, out, note);
    } else if (text.failed) {
        status = hf__fail_memory(ctx);
    } else {
        *out = (hf__named){.reason = text.len || cell.len > CELL_MOST
                                         ? HF__NAME_NOT_FOUND
                                         : HF__NO_NAME};
    }
    hf__buf_reset(&text);
    return status;
}

/* Remembers a cell, as long as there is room for more. *out is NULL otherwise.
 */
static hf_status remember(hf_context *ctx, hf__areas *areas, uint64_t hash,
                          hf__str cell, const hf__named *named, hf__str note,
                          const entry **out) {
    *out = NULL;
    if (areas->n_entries == ENTRIES_MOST || cell.len > CELL_MOST) {
        return HF_OK;
    }
    entry *made = hf__calloc(1, sizeof *made + cell.len);
    char *own_note = made ? hf__strndup(note.at, note.len) : NULL;
    if (!own_note) {
        hf__free(made);
        return hf__fail_memory(ctx);
    }
    *made = (entry){.next = areas->buckets[hash % BUCKETS],
                    .hash = hash,
                    .named = *named,
                    .note = {own_note, note.len},
                    .areas = areas,
                    .len = cell.len};
    memcpy(made->cell, cell.at, cell.len);
    areas->buckets[hash % BUCKETS] = made;
    areas->n_entries++;
    *out = made;
    return HF_OK;
}

/* With the mutex held. *out_entry is NULL where nothing is remembered. */
static hf_status find_shared(hf_context *ctx, hf__areas *areas, hf__str cell,
                             uint64_t hash, hf__named *out, hf__buf *note,
                             const entry **out_entry) {
    const entry *it = areas->buckets[hash % BUCKETS];
    while (it && !is_entry(areas, it, hash, cell)) {
        it = it->next;
    }
    *out_entry = it;
    if (it) {
        *out = it->named;
        hf__buf_add(note, it->note.at, it->note.len);
        return HF_OK;
    }
    size_t before = note->len;
    hf_status status = find_text(ctx, areas, cell, out, note);
    if (!status && note->failed) {
        status = hf__fail_memory(ctx);
    }
    if (status) {
        return status;
    }
    hf__str added = {note->text ? note->text + before : "", note->len - before};
    return remember(ctx, areas, hash, cell, out, added, out_entry);
}

hf_status hf__areas_find(hf_context *ctx, hf__areas *areas,
                         hf__area_cache *cache, hf__str cell, hf__named *out,
                         hf__buf *note) {
    uint64_t hash =
        hash_of(cell.len <= CELL_MOST ? cell : (hf__str){cell.at, CELL_MOST});
    /* The same cell means another thing to each home. */
    size_t at = (hash ^ areas->base.home * 0x9E3779B9u) % HF__AREA_CACHE;
    const void **slot = &cache->slots[at];
    const entry *cached = *slot;
    if (is_entry(areas, cached, hash, cell)) {
        *out = cached->named;
        hf__buf_add(note, cached->note.at, cached->note.len);
        return HF_OK;
    }
    const entry *found = NULL;
    pthread_mutex_lock(&areas->mutex);
    hf_status status = find_shared(ctx, areas, cell, hash, out, note, &found);
    pthread_mutex_unlock(&areas->mutex);
    if (!status && found) {
        *slot = found;
    }
    return status;
}

/* Nine characters of a GSS code, or three digits of the Department for
 * Education, or a code of the set. */
static bool is_code(const hf__areas *areas, hf__str text) {
    if (hf_boundaries_find_code(areas->base.set, text.at, text.len) !=
        HF_NOWHERE) {
        return true;
    }
    size_t digits = 0;
    while (digits < text.len && text.at[text.len - 1 - digits] >= '0' &&
           text.at[text.len - 1 - digits] <= '9') {
        digits++;
    }
    return (text.len == 9 && digits == 8) || (text.len == 3 && digits == 3);
}

/* Whether a text reads as a postcode, and exists where a directory knows. */
static hf_status postcode_kind(hf_context *ctx, const hf__areas *areas,
                               const hf_postcode *postcode,
                               hf__area_kind *out) {
    const hf_postcodes *index = areas->base.postal->index;
    hf_status status = HF_OK;
    bool is_full = postcode->kind == HF_POSTCODE_FULL;
    if (index && is_full) {
        hf_postcode_entry ignored;
        status = hf_postcodes_find(ctx, index, postcode, &ignored);
    } else if (index) {
        hf_postcode_spread ignored;
        status = hf_postcodes_survey(ctx, index, postcode, &ignored);
    }
    *out = status    ? HF__AREA_NONE
           : is_full ? HF__AREA_POSTCODE
                     : HF__AREA_POSTCODE_PART;
    return status == HF_ERR_NOT_FOUND ? HF_OK : status;
}

/* The letters of an area, S or E, say too little to speak for a column. */
static bool is_area_of_postcodes(const hf_place *place, hf__str text) {
    hf_postcode postcode;
    return place->kind == HF_PLACE_POINT &&
           hf_postcode_parse(text.at, text.len, &postcode) &&
           postcode.kind == HF_POSTCODE_AREA;
}

hf_status hf__areas_kind(hf_context *ctx, hf__areas *areas, hf__str cell,
                         hf__area_kind *out) {
    hf_postcode postcode;
    if (hf__postal_read(hf__cell_bare(cell), &postcode) == HF__PLACED) {
        return postcode_kind(ctx, areas, &postcode, out);
    }
    hf__buf text;
    hf_place place;
    hf__buf_init(&text);
    hf_place_init(&place);
    hf__area_kind kind = HF__AREA_NONE;
    hf_status status = HF_OK;
    if (cell_text(areas, cell, &text)) {
        hf__str name = {text.text, text.len};
        status = hf__place_look_up(ctx, areas->base.places, name, &place);
        if (!status && is_area_of_postcodes(&place, name)) {
            kind = HF__AREA_NONE;
        } else if (!status) {
            kind = is_code(areas, name) ? HF__AREA_CODE : HF__AREA_NAME;
        } else if (reason_of(status) != HF__PLACED) {
            status = HF_OK;
        }
    } else if (text.failed) {
        status = hf__fail_memory(ctx);
    }
    hf_place_reset(&place);
    hf__buf_reset(&text);
    if (!status) {
        *out = kind;
    }
    return status;
}
