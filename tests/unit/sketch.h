/* Boundary sets drawn by hand in a test. */
#ifndef HOWFAR_TESTS_SKETCH_H
#define HOWFAR_TESTS_SKETCH_H

#include "check.h"

/* One area: a nine-letter code, a blank, and rings parted by ";", each of
 * points "x y" parted by ",", outer rings clockwise as shapefiles have them:
 *
 *     "E06000001 0 0, 0 9, 9 9, 9 0"
 *
 * in units of unit_m metres from an origin in the British National Grid. The
 * name is that of the code. */
hf_boundaries *sketch(hf_context *ctx, const char *const *areas, size_t n,
                      hf_xy origin, double unit_m);

/* Four areas in kilometres: two that share a border, one with a hole and an
 * island in it, and an enclave in the hole. */
extern const char *const sketch_four[4];

/* A point of such a drawing, on the ground. */
hf_lonlat sketch_point(hf_context *ctx, hf_xy origin, double unit_m, double x,
                       double y);

/* A set of `n` areas that tile a rugged country with islands, holes and an
 * enclave, different for each seed of check_random: cells of a grid whose
 * shared edges are bent at random. */
hf_boundaries *sketch_country(hf_context *ctx, size_t columns, size_t rows,
                              double cell_m, hf_xy origin);

#endif
