/* Fuzzes the boundary loader. The input: five lengths (two bytes each, the low
 * one first) of .shp, .shx, .dbf, .prj and .cpg, then their bytes; a length of
 * 65535 means that there is no such file, and the last one takes what is left.
 * What loads must hold together. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/boundary.h"
#include "howfar/adjacency.h"
#include "shape/topology.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_PARTS = 5, HEADER_SIZE = 2 * N_PARTS, NO_FILE = 65535 };

/* Cuts the input into parts, each in memory of its own so that a read past
 * its end is seen. */
static void cut(const uint8_t *data, size_t size, void *parts[N_PARTS],
                size_t lens[N_PARTS]) {
    size_t at = HEADER_SIZE;
    for (size_t i = 0; i < N_PARTS; i++) {
        size_t len = (size_t)data[2 * i] | (size_t)data[2 * i + 1] << 8;
        parts[i] = NULL;
        lens[i] = 0;
        if (len == NO_FILE) {
            continue;
        }
        lens[i] = len < size - at ? len : size - at;
        parts[i] = malloc(lens[i] ? lens[i] : 1);
        if (!parts[i]) {
            abort();
        }
        memcpy(parts[i], data + at, lens[i]);
        at += lens[i];
    }
}

static void check_authority(hf_context *ctx, const hf_boundaries *set,
                            size_t index) {
    const hf_authority *a = hf_boundaries_authority(set, index);
    const hf__polygon *polygon = hf__boundaries_polygon(set, index);
    bool is_valid = false;
    char why[200];
    if (!*a->code || !a->parts || !(a->area_m2 >= 0) ||
        !isfinite(a->centroid.x_m) || !hf_lonlat_is_valid(a->centre) ||
        a->vertices != hf__polygon_n_points(polygon) ||
        hf_boundaries_find_code(set, a->code, strlen(a->code)) > index) {
        abort();
    }
    if (index &&
        strcmp(hf_boundaries_authority(set, index - 1)->code, a->code) >= 0) {
        abort();
    }
    if (hf__topology_is_valid(ctx, polygon, &is_valid, why, sizeof why)) {
        return;
    }
    if (!is_valid && !a->was_repaired) {
        abort();
    }
}

static void check_set(hf_context *ctx, const hf_boundaries *set) {
    hf_adjacency *adjacency;
    size_t n = hf_boundaries_count(set);
    for (size_t i = 0; i < n; i++) {
        check_authority(ctx, set, i);
    }
    if (hf_adjacency_new(ctx, set, NULL, &adjacency)) {
        return;
    }
    for (size_t i = 0; i < n && i < 4; i++) {
        for (size_t k = 0; k < n && k < 4; k++) {
            bool one, two;
            if (hf_adjacency_adjoins(ctx, adjacency, i, k, &one, NULL) ||
                hf_adjacency_adjoins(ctx, adjacency, k, i, &two, NULL) ||
                one != two) {
                abort();
            }
        }
    }
    hf_adjacency_free(adjacency);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < HEADER_SIZE) {
        return 0;
    }
    void *parts[N_PARTS];
    size_t lens[N_PARTS];
    hf_context *ctx;
    if (hf_context_new(&ctx) || hf_context_set_data_dir(ctx, "/nowhere")) {
        abort();
    }
    cut(data, size, parts, lens);
    hf_shapefile_bytes bytes = {.label = "fuzz.shp",
                                .shp = parts[0],
                                .shx = parts[1],
                                .dbf = parts[2],
                                .prj = parts[3],
                                .cpg = parts[4],
                                .shp_len = lens[0],
                                .shx_len = lens[1],
                                .dbf_len = lens[2],
                                .prj_len = lens[3],
                                .cpg_len = lens[4]};
    hf_boundaries *set;
    if (!hf_boundaries_open_bytes(ctx, &bytes, NULL, &set)) {
        check_set(ctx, set);
        hf_boundaries_close(set);
    } else if (!hf_context_message(ctx)[0]) {
        abort();
    }
    for (size_t i = 0; i < N_PARTS; i++) {
        free(parts[i]);
    }
    hf_context_free(ctx);
    return 0;
}
