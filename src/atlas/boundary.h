/* The inside of a boundary set, for the modules that answer from it. */
#ifndef HOWFAR_ATLAS_BOUNDARY_H
#define HOWFAR_ATLAS_BOUNDARY_H

#include "earth/projection.h"
#include "howfar/boundary.h"
#include "shape/polygon.h"

/* The polygon of an authority, in the working plane. */
const hf__polygon *hf__boundaries_polygon(const hf_boundaries *set,
                                          size_t authority);

/* The working plane: metres, and the operation to and from WGS84. */
const hf__projection *hf__boundaries_plane(const hf_boundaries *set);

#endif
