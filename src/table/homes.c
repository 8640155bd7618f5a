#include "table/homes.h"

#include <pthread.h>

#include "base/context.h"
#include "base/memory.h"

typedef struct made_home {
    hf__home home;
    unsigned char *categories; /* owned */
} made_home;

struct hf__homes {
    hf__areas_base base;
    size_t n;              /* authorities */
    pthread_mutex_t mutex; /* guards what follows */
    made_home **made;      /* n + 1: the last is that of no authority */
};

static void free_home(made_home *made) {
    if (made) {
        hf__areas_free(made->home.areas);
        hf__free(made->categories);
        hf__free(made);
    }
}

void hf__homes_free(hf__homes *homes) {
    if (!homes) {
        return;
    }
    for (size_t i = 0; homes->made && i <= homes->n; i++) {
        free_home(homes->made[i]);
    }
    hf__free(homes->made);
    pthread_mutex_destroy(&homes->mutex);
    hf__free(homes);
}

hf_status hf__homes_new(hf_context *ctx, const hf__areas_base *base,
                        hf__homes **out) {
    hf__homes *homes = hf__calloc(1, sizeof *homes);
    if (!homes) {
        return hf__fail_memory(ctx);
    }
    homes->base = *base;
    homes->n = hf_boundaries_count(base->set);
    pthread_mutex_init(&homes->mutex, NULL);
    homes->made = hf__calloc(homes->n + 1, sizeof(made_home *));
    if (!homes->made) {
        hf__homes_free(homes);
        return hf__fail_memory(ctx);
    }
    *out = homes;
    return HF_OK;
}

static hf_status classify_all(hf_context *ctx, const hf__homes *homes,
                              size_t authority, unsigned char *out) {
    hf_status status = HF_OK;
    for (size_t i = 0; i < homes->n && !status; i++) {
        hf_category category;
        status =
            hf_classify(ctx, homes->base.adjacency, authority, i, &category);
        if (!status) {
            out[i] = (unsigned char)hf_category_set(category);
        }
    }
    return status;
}

static hf_status make_home(hf_context *ctx, const hf__homes *homes,
                           size_t authority, made_home **out) {
    hf__areas_base base = homes->base;
    bool is_one = authority != HF_NOWHERE;
    base.home = authority;
    if (is_one && !hf_lonlat_is_valid(base.origin)) {
        base.origin = hf_boundaries_authority(base.set, authority)->centre;
    }
    made_home *made = hf__calloc(1, sizeof *made);
    unsigned char *categories = hf__calloc(homes->n + 1, 1);
    hf_status status = HF_OK;
    if (!made || !categories) {
        hf__free(categories);
        hf__free(made);
        return hf__fail_memory(ctx);
    }
    made->categories = categories;
    made->home = (hf__home){.authority = authority,
                            .origin = base.origin,
                            .categories = categories};
    if (is_one) {
        status = classify_all(ctx, homes, authority, categories);
    }
    if (!status) {
        status = hf__areas_new(ctx, &base, &made->home.areas);
    }
    if (status) {
        free_home(made);
        return status;
    }
    *out = made;
    return HF_OK;
}

hf_status hf__homes_get(hf_context *ctx, hf__homes *homes, size_t authority,
                        const hf__home **out) {
    size_t slot = authority < homes->n ? authority : homes->n;
    hf_status status = HF_OK;
    pthread_mutex_lock(&homes->mutex);
    if (!homes->made[slot]) {
        status = make_home(ctx, homes, authority, &homes->made[slot]);
    }
    if (!status) {
        *out = &homes->made[slot]->home;
    }
    pthread_mutex_unlock(&homes->mutex);
    return status;
}

hf_status hf__homes_read(hf_context *ctx, hf__homes *homes,
                         hf__area_cache *cache, hf__str cell, hf__buf *scratch,
                         size_t *out, hf__reason *out_reason) {
    const hf__home *none;
    hf__named named;
    *out = HF_NOWHERE;
    *out_reason = HF__NO_HOME;
    if (hf__cell_is_empty(cell)) {
        return HF_OK;
    }
    hf_status status = hf__homes_get(ctx, homes, HF_NOWHERE, &none);
    scratch->len = 0;
    if (!status) {
        status = hf__areas_find(ctx, none->areas, cache, cell, &named, scratch);
    }
    if (status) {
        return status;
    }
    bool is_one = named.area && named.area->n_authorities == 1;
    *out_reason =
        is_one ? HF__PLACED
        : named.reason == HF__PLACED || named.reason == HF__NAME_AMBIGUOUS
            ? HF__HOME_MANY
            : HF__HOME_NOT_FOUND;
    *out = is_one ? named.area->authorities[0] : HF_NOWHERE;
    return HF_OK;
}
