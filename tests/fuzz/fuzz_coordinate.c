/* Fuzzes the two parsers of src/earth: the first byte chooses. What is
 * understood must hold together. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "earth/projection.h"
#include "howfar/geodesic.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_coordinate(hf_context *ctx, const char *text, size_t len) {
    hf_coordinate read;
    if (hf_coordinate_parse(ctx, text, len, &read)) {
        if (!hf_context_message(ctx)[0]) {
            abort();
        }
        return;
    }
    if (!(read.precision_m > 0) || (read.kind == HF_COORDINATE_LONLAT &&
                                    !hf_lonlat_is_valid(read.lonlat))) {
        abort();
    }
    hf_lonlat at;
    if (!hf_coordinate_to_lonlat(ctx, &read, &at) && !hf_lonlat_is_valid(at)) {
        abort();
    }
}

static void fuzz_projection(hf_context *ctx, const char *text, size_t len) {
    hf__projection *projection;
    if (hf__projection_parse(ctx, text, len, "fuzz", &projection)) {
        if (!hf_context_message(ctx)[0]) {
            abort();
        }
        return;
    }
    hf_xy plane[3];
    hf_lonlat points[3] = {{-2, 54}, {NAN, 1}, {180, 90}};
    if (!hf__projection_forward(ctx, projection, points, 3, plane)) {
        hf_lonlat back[3];
        if (!isnan(plane[1].x_m) ||
            (!hf__projection_inverse(ctx, projection, plane, 3, back) &&
             !isnan(back[1].lon_deg))) {
            abort();
        }
    }
    hf__projection_free(projection);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hf_context *ctx;
    if (!size || hf_context_new(&ctx)) {
        return 0;
    }
    const char *text = (const char *)data + 1;
    if (data[0] % 2) {
        fuzz_projection(ctx, text, size - 1);
    } else {
        fuzz_coordinate(ctx, text, size - 1);
    }
    hf_context_free(ctx);
    return 0;
}
