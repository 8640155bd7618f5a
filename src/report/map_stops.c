/* What has a name and a line on a map. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/map_parts.h"

/* The greatest first, those withheld last and by name, so that the order of
 * names on a crowded map tells nothing about them. */
static int by_count(const void *a, const void *b) {
    const hf__map_stop *x = a, *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

static hf__map_stop *find_stop(hf__map_stop *stops, size_t n,
                               const char *name) {
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(stops[i].name, name)) {
            return &stops[i];
        }
    }
    return NULL;
}

bool hf__map_make_stops(const hf_boundaries *set, const hf_map_options *options,
                        hf__map_stop **out, size_t *out_n) {
    hf__map_stop *stops = hf__calloc(options->n_areas, sizeof *stops);
    size_t n = 0;
    if (!stops) {
        return false;
    }
    for (size_t i = 0; i < options->n_areas; i++) {
        const hf_map_area *area = &options->areas[i];
        const hf_authority *a = hf_boundaries_authority(set, area->authority);
        const char *name = area->group ? area->group : a->name;
        hf__map_stop *it = find_stop(stops, n, name);
        if (!it) {
            it = &stops[n++];
            *it = (hf__map_stop){.name = name,
                                 .count = area->is_withheld ? 0 : area->count};
        }
        double sum = it->area_m2 + a->area_m2;
        it->at.x_m += (a->centroid.x_m - it->at.x_m) * a->area_m2 / sum;
        it->at.y_m += (a->centroid.y_m - it->at.y_m) * a->area_m2 / sum;
        it->area_m2 = sum;
    }
    qsort(stops, n, sizeof *stops, by_count);
    *out = stops;
    *out_n = n;
    return true;
}
