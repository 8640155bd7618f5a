#include "cli/official.h"

#include <math.h>

static bool is_known(const hf_ssda903_end *end) {
    return !isnan(end->grid.x_m) && !isnan(end->grid.y_m);
}

/* Why there is no PL_DISTANCE, or it is 999.9. */
static const char *reason_of(const hf_annotated_row *row) {
    const hf_ssda903_row *official = row->ssda903;
    if (official->is_short_break) {
        return "short breaks (V3 or V4): no PL_DISTANCE";
    }
    if (official->is_uasc) {
        return "UASC: no PL_DISTANCE";
    }
    if (isnan(official->miles)) {
        return "no postcodes to work PL_DISTANCE out from";
    }
    if (*row->reason) {
        return row->reason;
    }
    return is_known(&official->placement) ? "no usable home postcode"
                                          : "no usable placement postcode";
}

void official_fill(const hf_annotated_row *row, hf_placement *placement) {
    const hf_ssda903_row *official = row->ssda903;
    bool is_known_miles =
        !isnan(official->miles) && official->miles < HF_SSDA903_UNKNOWN_MILES;
    placement->miles = is_known_miles ? official->miles : NAN;
    placement->reason = is_known_miles ? row->reason : reason_of(row);
    /* A postcode that stands for a country only, or one abroad. */
    if (official->location == HF_SSDA903_OUT && !placement->categories) {
        const char *country =
            hf_ssda903_code_text(HF_SSDA903_PL_LA, official->la);
        placement->categories = hf_category_set(HF_CATEGORY_NEIGHBOURING) |
                                hf_category_set(HF_CATEGORY_DISTANT);
        placement->destination = country ? country : "";
    }
}
