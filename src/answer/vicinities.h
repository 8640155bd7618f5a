/* Vicinities of the points of a plane.
 *
 * Neighbouring points have neighbouring nearest pieces: what is learned by one
 * search is kept for each square of the plane. Where a square is too wide to be
 * of use, its parts have vicinities of their own. */
#ifndef HOWFAR_ANSWER_VICINITIES_H
#define HOWFAR_ANSWER_VICINITIES_H

#include <stdint.h>

#include "shape/index.h"

typedef struct hf__vicinities {
    void *memory;
    hf__vicinity *wide, *narrow;
} hf__vicinities;

/* False without memory. */
bool hf__vicinities_init(hf__vicinities *vicinities);
void hf__vicinities_reset(hf__vicinities *vicinities);

/* The square of a point, whose vicinity is fetched from memory, to be there in
 * time. Points that are beyond all squares, or nowhere, have one too. */
uint32_t hf__vicinities_fetch(const hf__vicinities *vicinities, hf_xy p);

/* What lies around a point of a square, for a search of this index. */
hf__around hf__vicinities_around(const hf__vicinities *vicinities,
                                 uint32_t square, const hf__index *index,
                                 hf_xy p);

#endif
