#include "earth/projection.h"
#include "howfar/boundary.h"
#include "shape/topology.h"

const char *hf_proj_version(void) {
    return hf__projection_library_version();
}

const char *hf_geos_version(void) {
    return hf__topology_library_version();
}
