/* Building the index of postcodes in memory, row by row in any order. */
#ifndef HOWFAR_ATLAS_POSTCODE_BUILD_H
#define HOWFAR_ATLAS_POSTCODE_BUILD_H

#include "atlas/postcode.h"

/* What a directory says of a postcode. */
typedef struct hf__postcode_row {
    hf__postcode_key key; /* of a full postcode */
    bool has_point;
    uint32_t easting;  /* below 2^20, 0 without a point */
    uint32_t northing; /* below 2^21 */
    unsigned quality;  /* 0 to 9 */
    hf_postcode_life life;
    hf__str authority; /* at most 11 bytes */
    hf__str county;
} hf__postcode_row;

/* What the header says. */
typedef struct hf__postcode_origin {
    const char *product;
    const char *source; /* cut to what fits */
    int year, month;    /* 0, 0: unknown */
    bool has_life;
} hf__postcode_origin;

typedef struct hf__postcode_builder hf__postcode_builder;

/* NULL without memory. */
hf__postcode_builder *hf__postcode_builder_new(void);
void hf__postcode_builder_free(hf__postcode_builder *builder);

/* Adds a row; *out_is_again says that the postcode was there already: the
 * later row counts. HF_ERR_UNSUITABLE (more sectors or codes than the United
 * Kingdom has by far), HF_ERR_MEMORY. */
hf_status hf__postcode_builder_add(hf_context *ctx,
                                   hf__postcode_builder *builder,
                                   const hf__postcode_row *row,
                                   bool *out_is_again);

size_t hf__postcode_builder_n_rows(const hf__postcode_builder *builder);

/* The index file; owned, freed with hf__free. The builder is then used up: add
 * nothing more. HF_ERR_MEMORY. */
hf_status hf__postcode_builder_finish(hf_context *ctx,
                                      hf__postcode_builder *builder,
                                      const hf__postcode_origin *origin,
                                      unsigned char **out_bytes,
                                      size_t *out_len);

#endif
