/* Distances: geodesics on WGS84, in metres.
 *
 *   centre    from the area centroid of one place to that of the other; a
 *             group's centroid is that of its members' areas together; a
 *             point is its own centre
 *   nearest   from border to border, or border to point: the least distance;
 *             0 where the areas touch or overlap or the point is within
 *   reach     the greatest border distance ("up to"): from the border of the
 *             first place to the point of the second that is farthest from it
 *   farthest  the greatest distance between any point of one place and any of
 *             the other
 *
 * A placement anywhere in the second place is at least nearest and at most
 * reach from the border of the first. Reach and farthest are looked for on the
 * second place's border; reach is taken at points at most 500 m apart on it.
 *
 * Straight lines, never road distances. Boundary edges are straight in the
 * working plane of the set. */
#ifndef HOWFAR_DISTANCE_H
#define HOWFAR_DISTANCE_H

#include "howfar/place.h"

HF_BEGIN_DECLS

/* A line between two places. */
typedef struct hf_line {
    double dist_m;
    hf_lonlat from; /* the end at the first place */
    hf_lonlat to;
    size_t from_authority; /* the member at that end; HF_NOWHERE for a point */
    size_t to_authority;
} hf_line;

typedef struct hf_distances {
    hf_line nearest;
    hf_line centre;
    hf_line reach;
    hf_line farthest;
    bool overlap; /* the places share an area, or the point is within */
} hf_distances;

/* All four distances between any two places: point or area at either end.
 * Two areas that share only a border are 0 apart and do not overlap.
 * HF_ERR_RANGE, HF_ERR_PROJECTION, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_distance_between(hf_context *ctx,
                                                    const hf_boundaries *set,
                                                    const hf_place *from,
                                                    const hf_place *to,
                                                    hf_distances *out);

/* The nearest point of an authority's border (from) to a point (to): dist_m is
 * 0, and both ends are the point, when it is within the area or on its border.
 * HF_ERR_RANGE, HF_ERR_PROJECTION, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_distance_to_border(hf_context *ctx,
                                                      const hf_boundaries *set,
                                                      size_t authority,
                                                      hf_lonlat point,
                                                      hf_line *out);

/* The nearest of those distances alone, between two authorities: quick enough
 * to ask for every pair of a set. HF_ERR_PROJECTION, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status
hf_distance_between_borders(hf_context *ctx, const hf_boundaries *set, size_t a,
                            size_t b, hf_line *out);

/* The same for every two authorities of a set, each pair measured once:
 * out_m[a * n + b], n = hf_boundaries_count(set); room for n * n numbers is the
 * caller's. `out_m` is not to be used after a failure. HF_ERR_PROJECTION,
 * HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_distance_matrix(hf_context *ctx,
                                                   const hf_boundaries *set,
                                                   double *out_m);

/* The centre of a place. */
HF_API HF_WARN_UNUSED hf_status hf_distance_centre(hf_context *ctx,
                                                   const hf_boundaries *set,
                                                   const hf_place *place,
                                                   hf_lonlat *out);

HF_END_DECLS
#endif
