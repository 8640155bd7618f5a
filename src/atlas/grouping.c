#include "howfar/grouping.h"

#include <assert.h>
#include <string.h>

#include "atlas/directory.h"
#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"

struct hf_grouping {
    char **names; /* by authority */
    size_t n;
};

static const struct {
    const char *name;
    hf_group_by by;
} kinds[] = {{"authority", HF_GROUP_BY_AUTHORITY},
             {"county", HF_GROUP_BY_COUNTY},
             {"region", HF_GROUP_BY_REGION},
             {"country", HF_GROUP_BY_COUNTRY}};

hf_status hf_group_by_parse(hf_context *ctx, const char *name,
                            hf_group_by *out) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (hf__str_is_nocase(hf__str_of(name), kinds[i].name)) {
            *out = kinds[i].by;
            return HF_OK;
        }
    }
    return hf__fail(ctx, HF_ERR_USAGE,
                    "no grouping \"%s\": authority, county, region, country",
                    name);
}

/* "" where the table says nothing. */
static const char *group_of(const hf__record *record, hf_group_by by) {
    switch (by) {
        case HF_GROUP_BY_COUNTY:
            /* The City has a county of its own, which few think of. */
            return !strcmp(record->region, "London")
                       ? "London"
                       : record->ceremonial_county;
        case HF_GROUP_BY_REGION:
            return record->region;
        case HF_GROUP_BY_COUNTRY:
            return record->country;
        case HF_GROUP_BY_AUTHORITY:
            break;
    }
    return "";
}

hf_status hf_grouping_new(hf_context *ctx, const hf_boundaries *set,
                          hf_group_by by, hf_grouping **out) {
    hf__directory directory;
    hf_status status = hf__directory_open(ctx, &directory);
    if (status) {
        return status;
    }
    hf_grouping *grouping = hf__calloc(1, sizeof *grouping);
    if (!grouping) {
        hf__directory_close(&directory);
        return hf__fail_memory(ctx);
    }
    grouping->n = hf_boundaries_count(set);
    grouping->names = hf__calloc(grouping->n, sizeof *grouping->names);
    bool is_done = grouping->names != NULL;
    for (size_t i = 0; i < grouping->n && is_done; i++) {
        const hf_authority *a = hf_boundaries_authority(set, i);
        const hf__record *record =
            hf__directory_find_code(&directory, hf__str_of(a->code));
        const char *name = record ? group_of(record, by) : "";
        grouping->names[i] = hf__strdup(*name ? name : a->name);
        is_done = grouping->names[i] != NULL;
    }
    hf__directory_close(&directory);
    if (!is_done) {
        hf_grouping_free(grouping);
        return hf__fail_memory(ctx);
    }
    *out = grouping;
    return HF_OK;
}

void hf_grouping_free(hf_grouping *grouping) {
    if (!grouping) {
        return;
    }
    for (size_t i = 0; i < grouping->n && grouping->names; i++) {
        hf__free(grouping->names[i]);
    }
    hf__free(grouping->names);
    hf__free(grouping);
}

const char *hf_grouping_name(const hf_grouping *grouping, size_t authority) {
    assert(authority < grouping->n);
    return grouping->names[authority];
}

/* ---- codes -----------------------------------------------------------------
 */

static const struct {
    const char *code, *name;
} regions[] = {{"E12000001", "North East"},
               {"E12000002", "North West"},
               {"E12000003", "Yorkshire and The Humber"},
               {"E12000004", "East Midlands"},
               {"E12000005", "West Midlands"},
               {"E12000006", "East of England"},
               {"E12000007", "London"},
               {"E12000008", "South East"},
               {"E12000009", "South West"}};

static const char *country_code(hf_country country) {
    switch (country) {
        case HF_ENGLAND:
            return "E92000001";
        case HF_WALES:
            return "W92000004";
        case HF_SCOTLAND:
            return "S92000003";
        case HF_NORTHERN_IRELAND:
            return "N92000002";
        case HF_COUNTRY_OTHER:
            break;
    }
    return "";
}

/* Texts that do not fit are none of these. */
static void set_text(char *out, size_t size, const char *text) {
    size_t len = strlen(text);
    if (len < size) {
        memcpy(out, text, len + 1);
    }
}

hf_status hf_authority_find_codes(hf_context *ctx, const hf_boundaries *set,
                                  size_t authority, hf_authority_codes *out) {
    hf__directory directory;
    hf_status status = hf__directory_open(ctx, &directory);
    if (status) {
        return status;
    }
    const hf_authority *a = hf_boundaries_authority(set, authority);
    const hf__record *record =
        hf__directory_find_code(&directory, hf__str_of(a->code));
    hf_authority_codes codes = {.dfe_code = ""};
    set_text(codes.country_code, sizeof codes.country_code,
             country_code(a->country));
    set_text(codes.country, sizeof codes.country, hf_country_name(a->country));
    if (record) {
        set_text(codes.dfe_code, sizeof codes.dfe_code, record->dfe_code);
    }
    for (size_t i = 0; record && i < sizeof regions / sizeof *regions; i++) {
        if (!strcmp(record->region, regions[i].name)) {
            set_text(codes.region_code, sizeof codes.region_code,
                     regions[i].code);
            set_text(codes.region, sizeof codes.region, regions[i].name);
        }
    }
    hf__directory_close(&directory);
    *out = codes;
    return HF_OK;
}
