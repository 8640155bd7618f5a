/* Claims as people type them. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "howfar/claim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) {
        abort();
    }
}

static bool is_same(double a, double b) {
    return a >= b && a <= b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hf_context *ctx;
    hf_claim claim, again;
    char taken[128];
    if (hf_context_new(&ctx)) {
        return 0;
    }
    if (hf_claim_parse(ctx, (const char *)data, size, &claim)) {
        require(hf_context_message(ctx)[0]);
    } else {
        require(claim.low_m >= 0 && claim.low_m <= claim.high_m);
        require(claim.figure_m <= claim.most_m && isfinite(claim.most_m));
        require(claim.text[0]);
        /* What it writes it reads again, with the same meaning. */
        require(!hf_claim_parse(ctx, claim.text, strlen(claim.text), &again));
        require(is_same(again.low_m, claim.low_m) &&
                is_same(again.high_m, claim.high_m) &&
                again.kind == claim.kind && !strcmp(again.text, claim.text));
        hf_claim_describe(&claim, taken, sizeof taken);
        require(taken[0]);
        again = hf_claim_by_road(&claim);
        require(again.low_m <= claim.low_m && again.high_m <= claim.high_m);
        hf_claim_describe(&again, taken, sizeof taken);
        require(taken[0] && again.text[0]);
    }
    hf_context_free(ctx);
    return 0;
}
