/* The slow, obvious way to measure the distance from a point to a border: every
 * edge cut to at most 200 m, every piece that comes near enough measured
 * through PROJ and Karney's inverse. Shares nothing with the fast engine but
 * those two and the conversion to earth-centred coordinates. */
#ifndef HOWFAR_TESTS_ORACLE_BORDER_H
#define HOWFAR_TESTS_ORACLE_BORDER_H

#include "atlas/boundary.h"
#include "earth/geocentric.h"

typedef struct oracle_border oracle_border;

oracle_border *oracle_border_new(hf_context *ctx, const hf_boundaries *set,
                                 size_t authority);
void oracle_border_free(oracle_border *border);

/* Metres to the nearest point of the border; 0 where the area covers the
 * point. */
double oracle_border_m(hf_context *ctx, const oracle_border *border,
                       hf_lonlat point);

/* The authority whose area covers a point, the first by code, by asking every
 * polygon; HF_NOWHERE. */
size_t oracle_locate(hf_context *ctx, const hf_boundaries *set,
                     hf_lonlat point);

#endif
