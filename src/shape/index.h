/* An index over the pieces of a border: which of them can be nearest to a
 * point, and how far it is.
 *
 * A piece is an arc in earth-centred space: its ends, and a bulge by which its
 * middle stands off the straight line between them,
 *     X(t) = from + t along + 4 t (1 - t) bulge,  t in 0..1.
 * Pieces are kept in a tree of boxes, eight to a node, eight pieces to a leaf,
 * turned so that the ground is flat.
 *
 * What is certain. Let c be the chord from a point to the straight line of a
 * piece, b the greatest bulge of the index, and s the least geodesic to the
 * piece. The chord to the arc is within b of c, and earth/geocentric.h bounds
 * s by chords. A piece with chord c' can be nearer than one with chord c only
 * if least(c' - b) <= most(c + b). Up to 2,000 km the chord bounds are no
 * farther apart than chord_most(geodesic_most(c)) - c <= 2.4e-17 c^3 (c in
 * metres; the series gives (1/6335439^2 - 1/6400000^2) / 24 = 2.09e-17, the
 * terms after it less than a tenth of that). So every piece with c' <= c
 * + 2.4e-17 (c + b)^3 + 2 b + rounding is gathered, and no other can hold the
 * nearest point: that is the band, 6 cm wide beside the border, 0.2 m at 200
 * km, 8 m at 700 km. hf__index_near gathers all of them, and the callers
 * measure each.
 *
 * Chords in the tree are computed in floats. With u = 2^-24, P the greatest
 * coordinate of the point and R that of the pieces, in the tree's axes: ends
 * and point move by u P and u R an axis when they are rounded, their difference
 * by as much again; the parameter along the line is off by 6 u |x| / length,
 * which moves the foot by 6 u |x|, |x| <= 1.8 (P + R); squares and their sum
 * add 4 u of the chord. Together less than 30 u (P + R) < 2e-6 (P + R), a
 * metre at 500 km, by which the band is made wider on either side. Boxes are
 * rounded outwards.
 *
 * What is left out. Nearest to most points is a corner, where two pieces meet.
 * A piece whose nearest place is its end is no nearer than the one that begins
 * there, which is gathered if it is: so it is left out. That is sure where the
 * point lies past the end, measured along the line, by three things: 4 b' c /
 * l + b', for the distance c to an arc with bulge b' and length l is least at
 * the end only if its slope there allows for it; 46 m for the angle between
 * chord and geodesic at 1,500 km (below); and 1 m for rounding. HF__PAST_M is
 * the sum of the last two, c is 1,500 km, and where points may be farther than
 * that nothing is left out.
 *
 * What a vicinity knows. Let m be its middle, r its radius, d > r the least
 * chord from m, to the place y on a line, and w the width of the band at d + r.
 * A piece that is gathered for a point p within r of m has a place x with |p-x|
 * <= |p-y| + w. The gradient of |q-x| - |q-y| for q between p and m is the
 * difference of two unit vectors, never longer than 2 |x-y| / (|q-x| + |q-y|)
 * <= |x-y| / (d-r), nor than 2. So |m-x| <= d + w + r min(2, |x-y| / (d-r)):
 * far from the border that is little more than d, and few leaves hold such a
 * piece. Points in that neighbourhood look into those leaves alone. They gather
 * what is as near as the nearest but for a slack of squares that is right for
 * d + r, so that no root is taken: a few pieces more, which are measured and
 * found to be farther.
 *
 * How exact a measured piece is. The arc stands within a micrometre of the
 * border (answer/border.h). The point of an arc that is nearest by chord is not
 * exactly the nearest by geodesic: the directions of chord and geodesic differ
 * by at most e^2 s^2 / 12r^2, e^2 = 0.0067, and a distance s is longer by half
 * the square of that times s: 0.002 mm at 700 km, 0.08 mm at 1,500 km. Together
 * with lanes.h the error is below 0.2 mm up to 1,500 km; beyond that callers
 * take the slow way. */
#ifndef HOWFAR_SHAPE_INDEX_H
#define HOWFAR_SHAPE_INDEX_H

#include "earth/geocentric.h"
#include "shape/lanes.h"

typedef struct hf__index hf__index;

#define HF__PAST_M 50.0

/* x, y and z of from, along and bulge. */
#define HF__PIECE_VALUES 9

/* Takes over `n` > 0 pieces; those that follow each other are best next to each
 * other. NULL without memory, and they are freed. */
hf__index *hf__index_new(double (*pieces)[HF__PIECE_VALUES], size_t n);
void hf__index_free(hf__index *index);

size_t hf__index_n_pieces(const hf__index *index);
/* The values of all pieces. */
const double (*hf__index_pieces(const hf__index *index))[HF__PIECE_VALUES];

/* A growing list of pieces that can be the nearest. */
typedef struct hf__near_list {
    hf__near *at;
    size_t n, capacity;
} hf__near_list;

/* Adds to `list` every piece that can be nearest to p, but for those that are
 * left out because another is as near; pieces whose chord is beyond the cutoff
 * of most_m are left out. False without memory. */
bool hf__index_near(const hf__index *index, const hf__lanes *lanes, hf__xyz p,
                    double most_m, hf__near_list *list);

/* The same, whatever the chord, by a vicinity, of any index, which learns of
 * this one. That saves time; a few more pieces may be added. */
bool hf__index_near_around(const hf__index *index, const hf__lanes *lanes,
                           hf__xyz p, const hf__around *around,
                           hf__near_list *list);

/* Whether a vicinity is too wide to be of use for this index. */
bool hf__index_is_crowded(const hf__index *index, const hf__vicinity *vicinity);

/* The least chord from p to the straight line of any of n pieces. */
double hf__index_chord_m(const hf__index *index, const hf__near *pieces,
                         size_t n, hf__xyz p);

/* The range of rounding of a chord in the turned coordinates: 2^-53 times 1e7
 * m, a few times. */
#define HF__CHORD_ROUNDING_M 1e-7

/* The chord up to which a piece can be nearest when one with chord_m is there:
 * the band above; beyond 2,000 km by the bounds of earth/geocentric.h
 * themselves. */
static inline double hf__index_cutoff_m(double chord_m, double bulge_m) {
    double c = chord_m + bulge_m;
    double most_m = c <= 2e6 ? c + 2.4e-17 * c * c * c
                             : hf__chord_most_m(hf__geodesic_most_m(c));
    return most_m + bulge_m + HF__CHORD_ROUNDING_M;
}

#endif
