#include "atlas/boundary_fields.h"
#include "atlas/meaning.h"

#include <string.h>

#include "base/context.h"

#define MOST_SUGGESTIONS 5

typedef struct suggestion {
    const char *name;
    size_t distance;
} suggestion;

static const char *entry_name(const hf__gazetteer *g, const hf__entry *e) {
    switch (e->kind) {
        case HF__ENTRY_RECORD:
            return g->directory.records[e->index].name;
        case HF__ENTRY_OWN:
            return hf_boundaries_authority(g->set, e->index)->name;
        case HF__ENTRY_GROUP:
            return g->directory.groups[e->index].name;
        case HF__ENTRY_DISTRICT:
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

/* Whether `word` begins `key` or stands in it as whole words: "northampton" of
 * "northamptonshire" and of "north northampton". */
static bool has_words(const char *key, const char *word) {
    size_t len = strlen(word);
    if (!strncmp(key, word, len)) {
        return true;
    }
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
        const hf__entry *e = &g->entries[i];
        if (e->kind == HF__ENTRY_OWN && g->in_table[e->index]) {
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

/* Whether the set is of the United Kingdom, or a part of it. */
static bool is_of_uk(const hf__gazetteer *g) {
    bool is_known = false;
    for (size_t i = 0; i < hf_boundaries_count(g->set); i++) {
        is_known |= g->in_table[i];
    }
    return is_known;
}

/* Those near it that people ask for, and take for a misspelling otherwise. */
static bool is_abroad(const hf__name_keys *keys) {
    static const char *const names[] = {"ireland",
                                        "republic of ireland",
                                        "eire",
                                        "roi",
                                        "isle of man",
                                        "channel islands",
                                        "jersey",
                                        "guernsey",
                                        "alderney",
                                        "sark",
                                        "france",
                                        "gibraltar",
                                        "southern ireland"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(keys->bare, names[i]) || !strcmp(keys->full, names[i])) {
            return true;
        }
    }
    return false;
}

static const char elsewhere[] =
    "places are known by name within the United Kingdom; elsewhere give "
    "latitude and longitude";

hf_status hf__not_found(hf_context *ctx, const hf__gazetteer *g, hf__str text,
                        const hf__name_keys *keys) {
    if (hf__is_gss_code(text)) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND,
                        "no authority or district has the code %.*s",
                        (int)text.len, text.at);
    }
    int len = (int)(text.len > 200 ? 200 : text.len);
    bool is_uk = is_of_uk(g);
    if (is_uk && is_abroad(keys)) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND, "no place called \"%.*s\": %s",
                        len, text.at, elsewhere);
    }
    suggestion best[MOST_SUGGESTIONS + 1];
    size_t n = suggest(g, keys, best);
    hf__buf names;
    hf__buf_init(&names);
    for (size_t i = 0; i < n; i++) {
        hf__buf_add_text(&names, i ? ", " : ": did you mean ");
        hf__add_people_name(&names, best[i].name);
    }
    hf__buf_add_text(&names, n ? "?" : is_uk ? ": " : "");
    hf__buf_add_text(&names, !n && is_uk ? elsewhere : "");
    hf_status status =
        names.failed
            ? hf__fail_memory(ctx)
            : hf__fail(ctx, HF_ERR_NOT_FOUND, "no place called \"%.*s\"%s", len,
                       text.at, names.text ? names.text : "");
    hf__buf_reset(&names);
    return status;
}
