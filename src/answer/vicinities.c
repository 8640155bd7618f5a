#include "answer/vicinities.h"

#include <math.h>

#include "base/memory.h"

/* A grid of squares, repeated over the plane: squares at the same place of it
 * share a vicinity, which is about whichever was asked for last. */
typedef struct squares {
    double side_m;
    uint32_t across, up; /* powers of 2 */
} squares;

static const squares wide = {4600, 128, 256}, narrow = {1150, 128, 128};

static size_t count(const squares *of) {
    return (size_t)of->across * of->up;
}

bool hf__vicinities_init(hf__vicinities *vicinities) {
    hf__vicinity *at =
        hf__calloc(count(&wide) + count(&narrow) + 1, sizeof *at);
    *vicinities = (hf__vicinities){.memory = at};
    if (!at) {
        return false;
    }
    uintptr_t past = (uintptr_t)at % sizeof *at; /* of a cache line */
    vicinities->wide =
        (hf__vicinity *)((char *)at + (past ? sizeof *at - past : 0));
    vicinities->narrow = vicinities->wide + count(&wide);
    return true;
}

void hf__vicinities_reset(hf__vicinities *vicinities) {
    hf__free(vicinities->memory);
    *vicinities = (hf__vicinities){.memory = NULL};
}

/* The number of the square that a point lies in. */
static inline uint32_t square_of(const squares *of, hf_xy p) {
    if (!(fabs(p.x_m) + fabs(p.y_m) < 1e8)) {
        return 0;
    }
    const double offset = 1 << 20; /* so that no number is below 0 */
    uint32_t column = (uint32_t)(p.x_m * (1 / of->side_m) + offset);
    uint32_t row = (uint32_t)(p.y_m * (1 / of->side_m) + offset);
    return (row & (of->up - 1)) * of->across + (column & (of->across - 1));
}

uint32_t hf__vicinities_fetch(const hf__vicinities *vicinities, hf_xy p) {
    uint32_t square = square_of(&wide, p);
    __builtin_prefetch(vicinities->wide + square);
    return square;
}

hf__around hf__vicinities_around(const hf__vicinities *vicinities,
                                 uint32_t square, const hf__index *index,
                                 hf_xy p) {
    hf__vicinity *at = vicinities->wide + square;
    if (!hf__index_is_crowded(index, at)) {
        return (hf__around){at, p.x_m, p.y_m, wide.side_m};
    }
    at = vicinities->narrow + square_of(&narrow, p);
    return (hf__around){at, p.x_m, p.y_m, narrow.side_m};
}
