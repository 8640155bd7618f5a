/* Claims in words, and held against distances. */
#include "howfar/claim.h"

#include <math.h>
#include <string.h>

#include "answer/claim_text.h"
#include "base/text.h"
#include "howfar/units.h"

/* ---- in words ----------------------------------------------------------- */

static const char *const words[] = {
    [HF_CLAIM_FIGURE] = "",        [HF_CLAIM_ABOUT] = "about ",
    [HF_CLAIM_OVER] = "over ",     [HF_CLAIM_AT_LEAST] = "at least ",
    [HF_CLAIM_UNDER] = "under ",   [HF_CLAIM_UP_TO] = "up to ",
    [HF_CLAIM_NEARLY] = "nearly ", [HF_CLAIM_JUST_OVER] = "just over ",
    [HF_CLAIM_RANGE] = "",
};

/* Copies what fits. */
static void set_text(char *out, size_t size, const hf__buf *from) {
    size_t len = from->text && from->len < size ? from->len : 0;
    if (len) {
        memcpy(out, from->text, len);
    }
    out[len] = '\0';
}

static const char *unit_of(const hf_claim *claim, const char *figures) {
    if (claim->unit_m != HF_METRES_PER_MILE) {
        return "km";
    }
    return strcmp(figures, "1") != 0 ? "miles" : "mile";
}

void hf__claim_write_text(hf_claim *claim, const char *low, const char *high) {
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add_text(&text, words[claim->kind]);
    hf__buf_add_text(&text, low);
    if (claim->kind == HF_CLAIM_RANGE) {
        hf__buf_add_format(&text, " to %s", high);
    }
    bool is_one = claim->kind != HF_CLAIM_RANGE;
    hf__buf_add_format(&text, " %s", unit_of(claim, is_one ? low : ""));
    set_text(claim->text, sizeof claim->text, &text);
    hf__buf_reset(&text);
}

/* A limit in the claim's unit with the decimals that it needs, one where it
 * would need more than six. */
static void add_limit(hf__buf *out, const hf_claim *claim, double limit_m) {
    double value = limit_m / claim->unit_m, scale = 1;
    int decimals = 0;
    while (decimals < 7 && fabs(round(value * scale) / scale - value) > 1e-9) {
        decimals++;
        scale *= 10;
    }
    hf__buf_add_fixed(out, value, decimals < 7 ? decimals : 1);
}

void hf_claim_describe(const hf_claim *claim, char *out, size_t size) {
    hf__buf low, high, text;
    hf__buf_init(&low);
    hf__buf_init(&high);
    hf__buf_init(&text);
    add_limit(&low, claim, claim->low_m);
    if (isfinite(claim->high_m)) {
        add_limit(&high, claim, claim->high_m);
    }
    const char *a = low.text ? low.text : "", *b = high.text ? high.text : "";
    const char *unit = unit_of(claim, "");
    if (!isfinite(claim->high_m)) {
        hf__buf_add_format(&text,
                           claim->has_low ? "%s %s or more" : "more than %s %s",
                           a, unit);
    } else if (!(claim->low_m > 0) && claim->kind != HF_CLAIM_RANGE &&
               claim->kind != HF_CLAIM_FIGURE) {
        hf__buf_add_format(
            &text, claim->has_high ? "%s %s or less" : "less than %s %s", b,
            unit);
    } else {
        hf__buf_add_format(
            &text, "%s%s to %s%s %s",
            claim->kind == HF_CLAIM_JUST_OVER ? "just above " : "", a,
            claim->kind == HF_CLAIM_NEARLY ? "just below " : "", b, unit);
    }
    if (size) {
        set_text(out, size, &text);
    }
    hf__buf_reset(&low);
    hf__buf_reset(&high);
    hf__buf_reset(&text);
}

bool hf_claim_holds(const hf_claim *claim, double dist_m) {
    return hf_claim_meets(claim, dist_m, dist_m);
}

bool hf_claim_meets(const hf_claim *claim, double least_m, double most_m) {
    bool is_above =
        most_m > claim->low_m || (claim->has_low && most_m >= claim->low_m);
    bool is_below = least_m < claim->high_m ||
                    (claim->has_high && least_m <= claim->high_m);
    return least_m <= most_m && is_above && is_below;
}

hf_claim hf_claim_by_road(const hf_claim *claim) {
    hf_claim straight = *claim;
    bool is_open =
        claim->kind == HF_CLAIM_OVER || claim->kind == HF_CLAIM_AT_LEAST ||
        claim->kind == HF_CLAIM_UNDER || claim->kind == HF_CLAIM_UP_TO;
    straight.low_m = claim->low_m / HF_CLAIM_ROAD_MOST;
    straight.high_m = claim->high_m / HF_CLAIM_ROAD_LEAST;
    double low_m = straight.low_m, high_m = straight.high_m;
    if (is_open) {
        low_m = high_m = isfinite(high_m) ? high_m : low_m;
    } else {
        straight.kind = HF_CLAIM_RANGE;
        straight.has_low = straight.has_high = true;
    }
    straight.figure_m = low_m;
    straight.most_m = high_m;
    char low[HF__FIXED_ROOM] = "", high[HF__FIXED_ROOM] = "";
    int decimals = low_m < 10 * straight.unit_m ? 1 : 0;
    low[hf__format_fixed(low, low_m / straight.unit_m, decimals)] = '\0';
    high[hf__format_fixed(high, high_m / straight.unit_m, decimals)] = '\0';
    hf__claim_write_text(&straight, low, high);
    return straight;
}
