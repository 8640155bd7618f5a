#include "howfar/classifier.h"

#include <assert.h>

const char *hf_category_name(hf_category category) {
    switch (category) {
        case HF_CATEGORY_IN_COUNTY:
            return "in-county";
        case HF_CATEGORY_NEIGHBOURING:
            return "neighbouring";
        case HF_CATEGORY_DISTANT:
            return "distant";
        case HF_CATEGORY_UNKNOWN:
            break;
    }
    return "unknown";
}

unsigned hf_category_set(hf_category category) {
    return category == HF_CATEGORY_UNKNOWN ? 0 : 1u << ((int)category - 1);
}

hf_status hf_classify(hf_context *ctx, const hf_adjacency *adjacency,
                      size_t home, size_t placement, hf_category *out) {
    assert(home != HF_NOWHERE);
    if (placement == HF_NOWHERE) {
        *out = HF_CATEGORY_UNKNOWN;
        return HF_OK;
    }
    if (placement == home) {
        *out = HF_CATEGORY_IN_COUNTY;
        return HF_OK;
    }
    bool adjoins;
    hf_status status =
        hf_adjacency_adjoins(ctx, adjacency, home, placement, &adjoins, NULL);
    if (!status) {
        *out = adjoins ? HF_CATEGORY_NEIGHBOURING : HF_CATEGORY_DISTANT;
    }
    return status;
}
