/* The border of an authority, cut into pieces, and distances to it.
 *
 * Edges are straight in the working plane. They are cut into pieces of at most
 * 200 m there, and the ends of pieces are taken to longitude and latitude and
 * to earth-centred coordinates. A piece is then the straight line between its
 * ends but for its sagitta: under 0.8 mm for the curvature of the earth
 * (200^2 / 8r), and less than that for the plane's own curvature.
 *
 * Nearest point. For every piece the chord from the point to the straight line
 * between the piece's ends is known to within the sagitta, and
 * earth/geocentric.h turns it into a least and a greatest geodesic. Every piece
 * whose least is not above the least greatest is measured: no other can be
 * nearest. To measure a piece is to minimise the geodesic along the straight
 * line in the plane, each point of it through PROJ: see measure_piece.
 *
 * Two borders. Two pieces that do not cross come nearest at an end of one of
 * them, but for their sagitta to the side (less than 0.1 mm in a conformal
 * plane of the size of a country: 200^2 / 8 times the curvature of a straight
 * line, 1e-8 per metre for the national grid). They come farthest at ends of
 * both within the same margin: along a geodesic the distance from a point less
 * than 10,000 km away is convex, and a piece is a geodesic but for its sagitta.
 * So both distances between two borders are those between ends of pieces, or
 * from ends to pieces, within 0.2 mm. */
#ifndef HOWFAR_ANSWER_BORDER_H
#define HOWFAR_ANSWER_BORDER_H

#include "atlas/boundary.h"
#include "howfar/distance.h"

/* Areas nearer than this touch: shared vertices of one official file differ by
 * 0.1 mm, and no authorities are a millimetre apart. */
#define HF__TOUCH_M 1e-3

typedef struct hf__border hf__border;

/* The border of an authority, made on first use, kept with the set.
 * HF_ERR_PROJECTION, HF_ERR_MEMORY. */
hf_status hf__border_of(hf_context *ctx, const hf_boundaries *set,
                        size_t authority, const hf__border **out);

/* How many metres of ground a metre of the working plane is, at least and at
 * most, over the set's extent. */
typedef struct hf__scale {
    double least, most;
} hf__scale;

hf_status hf__border_plane_scale(hf_context *ctx, const hf_boundaries *set,
                                 hf__scale *out);

/* A distance found, and the points at both ends. */
typedef struct hf__reach {
    double dist_m;
    hf_lonlat from, to;
} hf__reach;

/* The point of the border nearest to `from`, whichever side that lies on.
 * Where it is certainly farther than most_m, dist_m is infinite. */
hf_status hf__border_nearest(hf_context *ctx, const hf__border *border,
                             hf_lonlat from, double most_m, hf__reach *out);
/* The point of the border farthest from `from`. */
hf__reach hf__border_farthest(const hf__border *border, hf_lonlat from);

/* The same between two borders; 0 as soon as they touch. */
hf_status hf__border_nearest_border(hf_context *ctx, const hf__border *a,
                                    const hf__border *b, double most_m,
                                    hf__reach *out);
/* Where it is certainly less than least_m, dist_m is 0. */
hf_status hf__border_farthest_border(hf_context *ctx, const hf__border *a,
                                     const hf__border *b, double least_m,
                                     hf__reach *out);

/* Runs of pieces that follow each other: ends first .. first + count, none
 * farther from another in the run than span_m along the ground. */
typedef struct hf__run {
    size_t first, count;
    double span_m;
} hf__run;

size_t hf__border_n_runs(const hf__border *border);
hf__run hf__border_run(const hf__border *border, size_t run);

/* The ends of the pieces, in the plane and on the ground. */
size_t hf__border_n_ends(const hf__border *border);
hf_xy hf__border_end_xy(const hf__border *border, size_t end);
hf_lonlat hf__border_end(const hf__border *border, size_t end);

#endif
