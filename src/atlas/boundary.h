/* The inside of a boundary set, for the modules that answer from it. */
#ifndef HOWFAR_ATLAS_BOUNDARY_H
#define HOWFAR_ATLAS_BOUNDARY_H

#include "base/lazy.h"
#include "earth/projection.h"
#include "howfar/boundary.h"
#include "shape/polygon.h"

/* The polygon of an authority, in the working plane. */
const hf__polygon *hf__boundaries_polygon(const hf_boundaries *set,
                                          size_t authority);

/* The working plane: metres, and the operation to and from WGS84. */
const hf__projection *hf__boundaries_plane(const hf_boundaries *set);

/* A slot for what the layer above makes of a set on first use (its indexes):
 * freed with the set, before anything else of it. The set knows nothing of what
 * is in it; it is the one part of a set that changes, and lazy.h makes that
 * safe for threads. */
hf__lazy *hf__boundaries_derived(const hf_boundaries *set);

#endif
