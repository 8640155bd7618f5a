/* The arithmetic of the fast engine, on many values at a time.
 *
 * Loops over arrays that the compiler turns into vector instructions, compiled
 * once for every processor (SSE2 on x86-64, NEON on arm64) and, on x86-64,
 * again for AVX2 and AVX-512; the widest that the processor has is taken at run
 * time. Only +, -, *, / and sqrt are used, none of them fused or reordered, so
 * every variant gives the same bits. Numbers must be finite: what is made of
 * others is of no use, and callers don't use it.
 *
 * geodesic(): the length of the geodesic between two points of the ellipsoid
 * from their earth-centred coordinates, without longitude or latitude. The
 * plane through both points and the normal at the middle of the chord cuts the
 * ellipsoid in an ellipse; the length of its arc is found by Gauss-Legendre
 * quadrature with five nodes. How far that is from the geodesic:
 *   - the arc is a curve on the surface, so never shorter. The geodesic leaves
 *     the plane by its torsion t < 5.3e-10 / m, with a slope of at most
 *     t s^2 / 24r at a distance s, which lengthens the arc by less than the
 *     square of that, halved, times s: 0.04 mm at 1,500 km along the equator,
 *     0.01 mm in the latitudes of the United Kingdom, 0.3 um at 700 km;
 *   - the quadrature misses at most 0.3 um at 1,500 km, 1 nm at 700 km;
 *   - rounding: 5 nm.
 * So within 0.05 mm up to HF__LANES_MOST_M anywhere, as the tests confirm
 * against Karney's inverse; beyond, callers take that. */
#ifndef HOWFAR_SHAPE_LANES_H
#define HOWFAR_SHAPE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "earth/chart.h"
#include "howfar/coordinate.h"
#include "shape/tree.h"

/* Chords up to here are measured by lanes. */
#define HF__LANES_MOST_M 1.5e6
#define HF__LANES_ERROR_M 5e-5

/* Points, one array per axis; earth-centred unless said otherwise. */
typedef struct hf__points {
    double *x, *y, *z;
} hf__points;

/* Arcs: from + t along + 4 t (1 - t) bulge, t in 0..1. */
typedef struct hf__arcs {
    hf__points from, along, bulge;
} hf__arcs;

#define HF__NO_ROOM ((size_t)-1)
#define HF__NO_LEAF (HF__LEAF - 1)
#define HF__ANY_M 1e15

typedef struct hf__lanes {
    const char *name; /* "baseline", "avx2", "avx512" */
    /* Points through the patch of a chart that each lies in; where that is
     * NULL, `out` stays as it is. */
    void (*to_plane)(const hf__patch *const *patches, const hf_lonlat *p,
                     size_t n, hf_xy *out);
    void (*to_earth)(const hf__patch *const *patches, const hf_xy *p, size_t n,
                     hf__xyz *out);
    /* Earth-centred coordinates of valid points. */
    void (*xyz)(const hf_lonlat *p, size_t n, hf__points out);
    /* Geodesics between p[i] and q[i]; the chord in `chord_m`. */
    void (*geodesic)(hf__points p, hf__points q, size_t n, double *chord_m,
                     double *dist_m);
    /* The same to the nearest point of arc i, whose parameter is in `t`. */
    void (*arc)(hf__points p, hf__arcs arcs, size_t n, double *t,
                double *chord_m, double *dist_m);
    /* Every piece of a tree that can be nearest to p (earth-centred), if one
     * with a chord of most_m may be near (HF__ANY_M: none known). How many were
     * put into `out`, or HF__NO_ROOM if there are more than `room`. */
    size_t (*near)(const hf__tree *tree, const double *p, double most_m,
                   hf__near *out, size_t room);
    /* The same, whatever the chord, by what is known around p; a few more than
     * those may be put into `out`. */
    size_t (*near_around)(const hf__tree *tree, const double *p,
                          const hf__around *around, hf__near *out, size_t room);
} hf__lanes;

/* The widest variant that this processor has, or the one that the environment
 * variable HOWFAR_LANES names, if it has that. */
const hf__lanes *hf__lanes_best(void);

/* Variant i of those that this processor has; NULL beyond the last. */
const hf__lanes *hf__lanes_variant(size_t i);

extern const hf__lanes hf__lanes_baseline, hf__lanes_avx2, hf__lanes_avx512;

#endif
