/* The area of an authority between two distances from a point: of the part that
 * lies within a ring, or annulus, of geodesic circles around the point.
 *
 * In geodesic polar coordinates about the point (distance s, azimuth) the area
 * element is m(s) ds d(azimuth), so that by Green's theorem the area of the
 * part with low < s < high is, going round the border,
 *
 *     the sum of  G(s) d(angle),   G(s) = integral of m from low to s,
 *
 * with s held between low and high: what is nearer adds nothing, what is
 * farther the whole of the ring. No circle is drawn and no polygon is clipped;
 * the circles are exact.
 *
 * The border is taken in pieces of at most 500 m (border.h), each as a straight
 * line in the plane (s sin azimuth, s cos azimuth), and cut where it crosses a
 * circle. How far that is from the border:
 *   - a straight line of the working plane is within 0.4 mm of a geodesic over
 *     such a piece (border.h);
 *   - a geodesic that passes s from the point bends by (1 - x cot x) / s there,
 *     x = s / 6,370 km, sideways at most: over 500 m 0.6 mm at 1,000 km, 1.4 mm
 *     at 5,000 km, 3.2 mm at 10,000 km.
 * So within 1 mm times the length of the border in the ring, up to 1,000 km:
 * for a county some 1,000 m2. Quadrature misses less than 1e-6 of what a piece
 * adds, by far less in rings that are far away. */
#ifndef HOWFAR_ANSWER_ANNULUS_H
#define HOWFAR_ANSWER_ANNULUS_H

#include "answer/border.h"

/* Rings end here: beyond, nothing is counted. */
#define HF__ANNULUS_MOST_M 1e7

/* The area within a border that lies from low_m to high_m from `point`, m2.
 * 0 <= low_m; high_m may be infinite. */
double hf__annulus_area_m2(const hf__border *border, hf_lonlat point,
                           double low_m, double high_m);

/* The whole area within a border, on the ellipsoid, by the areas between its
 * pieces and the equator. */
double hf__border_area_m2(const hf__border *border);

#endif
