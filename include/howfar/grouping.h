/* What an authority counts as in a report: itself, its county as readers think
 * of it, its region or its country. Luton is in Bedfordshire, Leicester in
 * Leicestershire, Birmingham in the West Midlands; Bexley is in London; Cardiff
 * is in Wales, Highland in Scotland. */
#ifndef HOWFAR_GROUPING_H
#define HOWFAR_GROUPING_H

#include "howfar/boundary.h"

HF_BEGIN_DECLS

typedef enum hf_group_by {
    HF_GROUP_BY_AUTHORITY = 0,
    HF_GROUP_BY_COUNTY = 1, /* ceremonial counties of England, London, and the
                               other countries as one each */
    HF_GROUP_BY_REGION = 2, /* regions of England, and the other countries */
    HF_GROUP_BY_COUNTRY = 3
} hf_group_by;

/* Finds "authority", "county", "region", "country". HF_ERR_USAGE with the
 * list. */
HF_API HF_WARN_UNUSED hf_status hf_group_by_parse(hf_context *ctx,
                                                  const char *name,
                                                  hf_group_by *out);

/* The groups of a set's authorities, by authorities.csv in the context's data
 * folder. Immutable, so threads share it. */
typedef struct hf_grouping hf_grouping;

/* An authority that the table does not have stands for itself. HF_ERR_IO,
 * HF_ERR_DAMAGED for the table, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_grouping_new(hf_context *ctx,
                                                const hf_boundaries *set,
                                                hf_group_by by,
                                                hf_grouping **out);
HF_API void hf_grouping_free(hf_grouping *grouping);

/* The name of the group of an authority (index into the set): borrowed, valid
 * as long as `grouping`. */
HF_API const char *hf_grouping_name(const hf_grouping *grouping,
                                    size_t authority);

/* What statistics know an authority by, besides its own code. "" where the
 * table says nothing, or the country has no such thing. */
typedef struct hf_authority_codes {
    char dfe_code[8];      /* the Department for Education's: "919" */
    char region_code[12];  /* "E12000006" */
    char region[32];       /* "East of England" */
    char country_code[12]; /* "E92000001" */
    char country[32];      /* "England" */
} hf_authority_codes;

/* HF_ERR_IO, HF_ERR_DAMAGED for the table, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status
hf_authority_find_codes(hf_context *ctx, const hf_boundaries *set,
                        size_t authority, hf_authority_codes *out);

HF_END_DECLS
#endif
