#include "table/postal.h"

#include <string.h>

#include "atlas/postcode.h"
#include "atlas/postcode_index.h"
#include "base/context.h"
#include "base/memory.h"

/* Longer texts are no mistyped postcodes. */
#define SLIP_MOST 16

static hf_status map_codes(hf_context *ctx, hf__postal *postal) {
    size_t n = hf__postcodes_n_codes(postal->index);
    postal->authorities = hf__calloc(n + 1, sizeof *postal->authorities);
    if (!postal->authorities) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        hf_postcode_entry entry = {
            .authority_code = hf__postcodes_authority(postal->index, i),
            .county_code = hf__postcodes_county(postal->index, i)};
        postal->authorities[i] =
            hf__place_authority_of_entry(postal->places, &entry);
    }
    postal->n_codes = n;
    postal->first_code = hf__postcodes_authority(postal->index, 0);
    return HF_OK;
}

hf_status hf__postal_open(hf_context *ctx, hf__postal *postal) {
    if (postal->is_asked) {
        return HF_OK;
    }
    hf_status status = hf_places_postcodes(ctx, postal->places, &postal->index);
    if (status == HF_ERR_MEMORY) {
        return status;
    }
    postal->is_asked = true;
    postal->status = status;
    if (!status) {
        return map_codes(ctx, postal);
    }
    postal->index = NULL;
    postal->why = hf__strdup(hf_context_message(ctx));
    return postal->why ? HF_OK : hf__fail_memory(ctx);
}

void hf__postal_reset(hf__postal *postal) {
    hf__free(postal->why);
    hf__free(postal->authorities);
    *postal = (hf__postal){.places = postal->places};
}

hf__reason hf__postal_read(hf__str text, hf_postcode *out) {
    if (!text.len) {
        return HF__NO_POSTCODE;
    }
    if (!hf_postcode_parse(text.at, text.len, out) ||
        out->kind == HF_POSTCODE_AREA) {
        return HF__POSTCODE_UNREADABLE;
    }
    return out->is_pseudo ? HF__POSTCODE_PSEUDO : HF__PLACED;
}

size_t hf__postal_authority(const hf__postal *postal,
                            const char *authority_code) {
    size_t code =
        (size_t)(authority_code - postal->first_code) / HF__POSTCODES_CODE;
    return code < postal->n_codes ? postal->authorities[code] : HF_NOWHERE;
}

void hf__postal_fetch(const hf__postal *postal, hf__str text) {
    hf_postcode postcode;
    if (postal->index && hf__postal_read(text, &postcode) == HF__PLACED) {
        hf__postcodes_fetch(postal->index, &postcode);
    }
}

hf_status hf__postal_find(hf_context *ctx, const hf__postal *postal,
                          const hf_postcode *postcode, hf_postcode_entry *out,
                          hf__reason *out_reason) {
    *out_reason = HF__NO_POSTCODES;
    if (!postal->index) {
        return HF_OK;
    }
    hf_status status = hf_postcodes_find(ctx, postal->index, postcode, out);
    *out_reason = status            ? HF__POSTCODE_NOT_FOUND
                  : !out->has_point ? HF__POSTCODE_NO_POINT
                                    : HF__PLACED;
    return status == HF_ERR_NOT_FOUND ? HF_OK : status;
}

hf__reason hf__postal_explain(const hf__postal *postal, hf__reason reason,
                              hf__str text) {
    hf_postcode meant;
    bool may_be_slip =
        reason == HF__POSTCODE_UNREADABLE || reason == HF__POSTCODE_NOT_FOUND;
    if (!may_be_slip || !postal->index || text.len > SLIP_MOST ||
        !hf_postcode_suggest(postal->index, text.at, text.len, &meant, 1)) {
        return reason;
    }
    return reason == HF__POSTCODE_UNREADABLE ? HF__POSTCODE_UNREADABLE_SLIP
                                             : HF__POSTCODE_NOT_FOUND_SLIP;
}

void hf__postal_add_name(const hf__postal *postal, hf__buf *out) {
    const hf_postcodes_info *info = hf_postcodes_get_info(postal->index);
    hf__buf_add_text(out, info->product);
    if (info->year) {
        hf__buf_add_format(out, " %04d-%02d", info->year, info->month);
    }
}
