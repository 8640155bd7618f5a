/* Distances between areas, or groups of them: between their borders, 0 where
 * they touch or share an area. */
#ifndef HOWFAR_ANSWER_AREAS_H
#define HOWFAR_ANSWER_AREAS_H

#include "answer/indexes.h"
#include "howfar/distance.h"

/* Sets nearest, farthest and overlap of two places that have members; of equal
 * pairs of members the first counts. HF_ERR_PROJECTION, HF_ERR_MEMORY. */
hf_status hf__areas_measure(hf_context *ctx, const hf_boundaries *set,
                            const hf_place *from, const hf_place *to,
                            hf_distances *out);

#endif
