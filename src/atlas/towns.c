#include "atlas/towns.h"

#include <stdlib.h>
#include <string.h>

#include "atlas/names.h"
#include "base/context.h"
#include "base/facts.h"
#include "base/memory.h"

#define TABLE "towns.csv"
#define MOST_CANDIDATES 5

typedef struct town {
    char *key; /* of its name, as those of authorities ("St", "upon") */
    const char *name, *country, *area;
    hf_lonlat point;
} town;

struct hf__towns {
    hf__facts *facts;
    town *list; /* sorted by key, then as in the table */
    size_t n;
};

static int compare_towns(const void *a, const void *b) {
    const town *first = a, *second = b;
    int order = strcmp(first->key, second->key);
    /* Rows of the table are sorted: its own order breaks ties. */
    return order ? order
                 : (first->name > second->name) - (first->name < second->name);
}

static char *fold(hf__str text) {
    hf__buf key;
    hf__buf_init(&key);
    hf__fold(text, &key);
    return hf__buf_take(&key);
}

static hf_status read_towns(hf_context *ctx, hf__towns *towns) {
    static const char *const names[] = {"name", "country", "area", "latitude",
                                        "longitude"};
    size_t column[5];
    for (size_t i = 0; i < 5; i++) {
        hf_status status =
            hf__facts_column(ctx, towns->facts, names[i], &column[i]);
        if (status) {
            return status;
        }
    }
    size_t n = hf__facts_n_rows(towns->facts);
    towns->list = hf__calloc(n, sizeof *towns->list);
    if (!towns->list) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        const char *cells[5];
        for (size_t c = 0; c < 5; c++) {
            cells[c] = hf__facts_cell(towns->facts, i, column[c]);
        }
        town *t = &towns->list[towns->n++];
        *t = (town){hf__name_key(hf__str_of(cells[0])),
                    cells[0],
                    cells[1],
                    cells[2],
                    {0, 0}};
        if (!t->key) {
            return hf__fail_memory(ctx);
        }
        if (!hf__parse_double(hf__str_of(cells[3]), &t->point.lat_deg) ||
            !hf__parse_double(hf__str_of(cells[4]), &t->point.lon_deg) ||
            !hf_lonlat_is_valid(t->point)) {
            return hf__fail(ctx, HF_ERR_DAMAGED, "%s:%zu: no coordinate",
                            hf__facts_path(towns->facts),
                            hf__facts_line(towns->facts, i));
        }
    }
    qsort(towns->list, towns->n, sizeof *towns->list, compare_towns);
    return HF_OK;
}

hf_status hf__towns_open(hf_context *ctx, hf__towns **out) {
    hf__towns *towns = hf__calloc(1, sizeof *towns);
    if (!towns) {
        return hf__fail_memory(ctx);
    }
    hf_status status = hf__facts_open_named(ctx, TABLE, &towns->facts);
    status = status ? status : read_towns(ctx, towns);
    if (status) {
        hf__towns_close(towns);
        return status;
    }
    *out = towns;
    return HF_OK;
}

void hf__towns_close(hf__towns *towns) {
    if (towns) {
        for (size_t i = 0; i < towns->n; i++) {
            hf__free(towns->list[i].key);
        }
        hf__free(towns->list);
        hf__facts_close(towns->facts);
        hf__free(towns);
    }
}

/* Splits "Ashford, Kent" and "Ashford (Kent)" into name and what tells it
 * apart; the latter is empty where there is none. */
static hf__str split_off_area(hf__str *name) {
    hf__str none = {name->at + name->len, 0};
    if (name->len && name->at[name->len - 1] == ')') {
        for (size_t i = name->len; i-- > 0;) {
            if (name->at[i] == '(') {
                hf__str area = {name->at + i + 1, name->len - i - 2};
                name->len = i;
                return hf__str_trim(area);
            }
        }
        return none;
    }
    for (size_t i = name->len; i-- > 0;) {
        if (name->at[i] == ',') {
            hf__str area = {name->at + i + 1, name->len - i - 1};
            name->len = i;
            return hf__str_trim(area);
        }
    }
    return none;
}

/* Whether `area` (folded) is among the words of a town's own area or its
 * country: "powys" is in "Sir Powys". */
static hf_status lies_in(const town *t, const char *area, bool *out) {
    char *own = fold(hf__str_of(t->area));
    char *country = fold(hf__str_of(t->country));
    hf_status status = own && country ? HF_OK : HF_ERR_MEMORY;
    if (!status) {
        size_t len = strlen(area);
        const char *at = strstr(own, area);
        *out = !strcmp(country, area) || (at && (at == own || at[-1] == ' ') &&
                                          (!at[len] || at[len] == ' '));
    }
    hf__free(own);
    hf__free(country);
    return status;
}

static size_t first_of(const hf__towns *towns, const char *key) {
    size_t low = 0, high = towns->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(towns->list[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static hf_status make_place(hf_context *ctx, const town *t, hf_place *out) {
    hf_place place;
    hf_place_init(&place);
    place.kind = HF_PLACE_POINT;
    place.point = t->point;
    place.precision_m = HF__TOWN_PRECISION_M;
    hf__buf name, note;
    hf__buf_init(&name);
    hf__buf_init(&note);
    hf__buf_add_text(&name, t->name);
    hf__buf_add_format(&note,
                       "%s, %s: a point in the middle of the town, good to "
                       "about a mile (GeoNames, CC BY 4.0)",
                       t->name, t->area);
    place.name = hf__buf_take(&name);
    place.note = hf__buf_take(&note);
    if (!place.name || !place.note) {
        hf_place_reset(&place);
        return hf__fail_memory(ctx);
    }
    *out = place;
    return HF_OK;
}

static hf_status ambiguous(hf_context *ctx, const town *const *list, size_t n) {
    hf__buf choices;
    hf__buf_init(&choices);
    for (size_t i = 0; i < n && i < MOST_CANDIDATES; i++) {
        hf__buf_add_format(&choices, "%s\"%s, %s\"", i ? " or " : "",
                           list[i]->name, list[i]->area);
    }
    hf_status status = choices.failed
                           ? hf__fail_memory(ctx)
                           : hf__fail(ctx, HF_ERR_AMBIGUOUS,
                                      "%zu places are called %s: write %s", n,
                                      list[0]->name, choices.text);
    hf__buf_reset(&choices);
    return status;
}

/* Towns of this key that lie in `area` (folded; "" for anywhere). */
static hf_status choose(hf_context *ctx, const hf__towns *towns,
                        const char *key, const char *area, hf_place *out) {
    const town *found[64];
    size_t n = 0;
    for (size_t i = first_of(towns, key);
         i < towns->n && !strcmp(towns->list[i].key, key) && n < 64; i++) {
        bool is_there = true;
        if (*area && lies_in(&towns->list[i], area, &is_there)) {
            return HF_ERR_MEMORY;
        }
        if (is_there) {
            found[n++] = &towns->list[i];
        }
    }
    if (!n) {
        return HF_ERR_NOT_FOUND;
    }
    return n > 1 ? ambiguous(ctx, found, n) : make_place(ctx, found[0], out);
}

hf_status hf__towns_find(hf_context *ctx, const hf__towns *towns, hf__str text,
                         hf_place *out) {
    hf__str name = hf__str_trim(text);
    hf__str area = split_off_area(&name);
    char *key = hf__name_key(name), *area_key = fold(area);
    hf_status status = HF_ERR_MEMORY;
    if (key && area_key) {
        size_t len = strlen(key);
        if (len > 5 && !strcmp(key + len - 5, " town")) {
            key[len - 5] = '\0';
        }
        status =
            *key ? choose(ctx, towns, key, area_key, out) : HF_ERR_NOT_FOUND;
    }
    hf__free(key);
    hf__free(area_key);
    return status == HF_ERR_MEMORY ? hf__fail_memory(ctx) : status;
}

hf_status hf__towns_have(hf_context *ctx, const hf__towns *towns, hf__str name,
                         bool *out) {
    char *key = hf__name_key(name);
    if (!key) {
        return hf__fail_memory(ctx);
    }
    size_t i = first_of(towns, key);
    *out = *key && i < towns->n && !strcmp(towns->list[i].key, key);
    hf__free(key);
    return HF_OK;
}

size_t hf__towns_count(const hf__towns *towns) {
    return towns->n;
}

const char *hf__towns_at(const hf__towns *towns, size_t i, hf_lonlat *out) {
    *out = towns->list[i].point;
    return towns->list[i].name;
}
