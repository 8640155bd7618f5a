/* The border of an authority: distances to it from points and other borders.
 *
 * Edges are straight in the working plane. They are cut into pieces of at most
 * 500 m there, and ends and middles of pieces are taken to earth-centred
 * coordinates. A piece is then the parabola through its end, middle and end:
 *     X(t) = from + t along + 4 t (1 - t) bulge.
 * What that leaves out is cubic in the length L of the piece: L^3 / r^2 times
 * less than 0.01 for a projection of the size of a country, 0.03 um. Where the
 * plane is not smooth (earth/chart.h) a straight line bends at the cells of the
 * datum grid by up to 1e-4, and pieces are at most 50 m long: 1.3 mm at the
 * very worst, and 0.1 mm where neighbouring shifts differ by a centimetre.
 *
 * Nearest point. shape/index.h gives every piece that can hold it, by proof.
 * hf__border_nearest measures each of them along the straight line in the
 * plane, every point through PROJ and Karney's inverse: see measure_piece. For
 * many points at a time, measure.c measures the same pieces as parabolas.
 *
 * Two borders. Two pieces that do not cross come nearest at an end of one of
 * them, but for their bulge to the side (less than 0.4 mm in a conformal plane
 * of the size of a country: 500^2 / 8 times the curvature of a straight line,
 * 1e-8 per metre at the edge of the national grid). They come farthest at ends
 * of both within the same margin: along a geodesic the distance from a point
 * less than 10,000 km away is convex, and a piece is a geodesic but for its
 * bulge. So both distances between two borders are those between ends of
 * pieces, or from ends to pieces, within 0.8 mm. */
#ifndef HOWFAR_ANSWER_BORDER_H
#define HOWFAR_ANSWER_BORDER_H

#include "base/lazy.h"
#include "earth/chart.h"
#include "howfar/distance.h"
#include "shape/index.h"
#include "shape/polygon.h"

/* Areas nearer than this touch: shared vertices of one official file differ by
 * 0.1 mm, and no authorities are a millimetre apart. */
#define HF__TOUCH_M 1e-3

/* Pieces are no longer than this in a smooth plane. */
#define HF__PIECE_M 500.0

/* Into how many pieces the edge from a to b is cut. */
size_t hf__pieces_of(hf_xy a, hf_xy b, double piece_m);
/* The values of a piece from its ends and the middle, on the ground. */
void hf__piece_set(hf__xyz a, hf__xyz b, hf__xyz middle, double *out);

/* Pieces first .. first + count - 1 follow each other; all of their ends stand
 * within radius_m of the middle. */
typedef struct hf__run {
    size_t first, count;
    hf__xyz middle;
    double radius_m;
} hf__run;

/* Piece i runs from end i to end i + 1, except where end i closes a ring. */
typedef struct hf__border {
    const hf__projection *plane;
    size_t n_ends;
    hf_xy *xy;
    hf__xyz *at;
    size_t n_pieces;
    uint32_t *end_of_piece; /* piece of the index to its first end */
    hf__xyz *middles;       /* of the pieces */
    double bulge_m;         /* no middle is farther from its straight line */
    hf__lazy *index;        /* of the pieces: see hf__border_index */
    size_t n_runs;
    hf__run *runs;
    hf__run all;    /* the whole border: middle and radius */
    double error_m; /* no piece is farther from the border */
} hf__border;

/* Cuts the border of an area. `plane` and `to_earth` must outlive it.
 * HF_ERR_PROJECTION, HF_ERR_MEMORY. */
hf_status hf__border_new(hf_context *ctx, const hf__polygon *area,
                         const hf__projection *plane, const hf__chart *to_earth,
                         hf__border **out);
void hf__border_free(hf__border *border);

/* The index of the pieces, made on first use: what is far away, or farthest, is
 * found without. HF_ERR_MEMORY. */
hf_status hf__border_index(hf_context *ctx, const hf__border *border,
                           const hf__index **out);

/* A distance found, and the points at both ends. */
typedef struct hf__reach {
    double dist_m;
    hf_lonlat from, to;
} hf__reach;

/* The point of the border nearest to `from`, whichever side that lies on.
 * Infinite where it is certainly farther than most_m. */
hf_status hf__border_nearest(hf_context *ctx, const hf__border *border,
                             hf_lonlat from, double most_m, hf__reach *out);
/* The chord to the nearest piece alone; infinite if certainly above most_m. */
hf_status hf__border_chord(hf_context *ctx, const hf__border *border,
                           hf__xyz from, double most_m, double *out_m);
/* The end farthest from `from`. */
hf_status hf__border_farthest(hf_context *ctx, const hf__border *border,
                              hf_lonlat from, hf__reach *out);

/* The same between two borders, measured as parabolas; 0 where they touch. */
hf_status hf__border_nearest_border(hf_context *ctx, const hf__border *a,
                                    const hf__border *b, double most_m,
                                    hf__reach *out);
/* Where it is certainly less than least_m, dist_m is 0. */
hf_status hf__border_farthest_border(hf_context *ctx, const hf__border *a,
                                     const hf__border *b, double least_m,
                                     hf__reach *out);

/* Longitude and latitude of an end, through PROJ. */
hf_status hf__border_end(hf_context *ctx, const hf__border *border, size_t end,
                         hf_lonlat *out);

/* Longitude and latitude of the point of a piece (of the index) at t. */
hf_status hf__border_along(hf_context *ctx, const hf__border *border,
                           size_t piece, double t, hf_lonlat *out);

#endif
