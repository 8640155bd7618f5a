/* The farthest from a place's border: how far a place reaches. */
#ifndef HOWFAR_ANSWER_FARTHEST_H
#define HOWFAR_ANSWER_FARTHEST_H

#include "answer/indexes.h"
#include "howfar/distance.h"

/* Of all points of a place that which is farthest from the nearest point of
 * another place (0 within it); from a point, the farthest from that. Of members
 * equally far the first counts. HF_ERR_PROJECTION, HF_ERR_MEMORY. */
hf_status hf__farthest_from_border(hf_context *ctx, const hf_boundaries *set,
                                   const hf_place *from, const hf_place *to,
                                   hf_line *out);

#endif
