/* The category of a placement.
 *
 * Source: Care Planning, Placement and Case Review (England) Regulations 2010,
 * regulation 11(5), inserted by SI 2013/3239 regulation 18: a placement "at a
 * distance" is outside the responsible authority and not within the area of
 * any adjoining local authority. No miles appear in it: category and distance
 * are never derived from each other. */
#ifndef HOWFAR_CLASSIFIER_H
#define HOWFAR_CLASSIFIER_H

#include "howfar/adjacency.h"

HF_BEGIN_DECLS

typedef enum hf_category {
    HF_CATEGORY_UNKNOWN = 0,      /* no usable location */
    HF_CATEGORY_IN_COUNTY = 1,    /* within the home authority */
    HF_CATEGORY_NEIGHBOURING = 2, /* within an adjoining authority */
    HF_CATEGORY_DISTANT = 3       /* neither */
} hf_category;

#define HF_CATEGORY_COUNT 4

/* Where a placement is known by an area only, it may have one of several
 * categories: a set of bits, 1 in-county, 2 neighbouring, 4 distant; 0 is
 * unknown. */
#define HF_CATEGORY_SETS 8

/* "unknown", "in-county", "neighbouring", "distant". */
HF_API const char *hf_category_name(hf_category category);

/* The set of one category. */
HF_API unsigned hf_category_set(hf_category category);

/* The category of a placement in `placement` (HF_NOWHERE: a place outside
 * every authority gives HF_CATEGORY_UNKNOWN) for the home authority `home`. */
HF_API HF_WARN_UNUSED hf_status hf_classify(hf_context *ctx,
                                            const hf_adjacency *adjacency,
                                            size_t home, size_t placement,
                                            hf_category *out);

HF_END_DECLS
#endif
