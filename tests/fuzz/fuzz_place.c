/* Fuzzes the resolver over the boundary set that comes with the program and its
 * tables. What is understood must hold together; what is not has a message. */
#include <stdint.h>
#include <stdlib.h>

#include "howfar/howfar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static hf_context *ctx;
static hf_boundaries *set;
static hf_places *places;

/* Once, at the first input; kept until the program ends. */
static void open_places(void) {
    hf_places_options options;
    hf_places_options_init(&options);
    options.postcodes = "build/no-such.index";
    if (hf_context_new(&ctx) || hf_context_set_data_dir(ctx, "shapes") ||
        hf_boundaries_open(ctx, "shapes/howfar.shp", NULL, &set) ||
        hf_places_open(ctx, set, &options, &places)) {
        abort();
    }
}

static void check_place(const hf_place *place) {
    if (!place->name || !place->note) {
        abort();
    }
    if (place->kind == HF_PLACE_POINT) {
        if (place->n_members || !hf_lonlat_is_valid(place->point) ||
            !(place->precision_m >= 0)) {
            abort();
        }
        return;
    }
    if (!place->n_members ||
        (place->kind == HF_PLACE_AUTHORITY) != (place->n_members == 1)) {
        abort();
    }
    for (size_t i = 0; i < place->n_members; i++) {
        if (place->members[i] >= hf_boundaries_count(set) ||
            (i && place->members[i] <= place->members[i - 1])) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!places) {
        open_places();
    }
    hf_place place;
    hf_place_init(&place);
    if (!hf_place_resolve(ctx, places, (const char *)data, size, &place)) {
        check_place(&place);
    } else if (!hf_context_message(ctx)[0]) {
        abort();
    }
    hf_place_reset(&place);
    return 0;
}
