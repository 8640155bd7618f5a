/* The coordinates of a boundary file: which system they are in, and how they
 * come into the working plane. */
#ifndef HOWFAR_ATLAS_BOUNDARY_PLANE_H
#define HOWFAR_ATLAS_BOUNDARY_PLANE_H

#include "atlas/boundary_records.h"
#include "earth/projection.h"

typedef struct hf__boundary_plane {
    hf__projection *file_system;
    hf__projection *plane; /* NULL: the file's own system is the plane */
    double metres_per_unit;
    hf_xy *points; /* scratch of the last record read */
    hf_lonlat *lonlats;
    size_t points_capacity;
    size_t lonlats_capacity;
} hf__boundary_plane;

/* Reads the projection and chooses the plane. HF_ERR_PROJECTION where there is
 * none, PROJ can't read it, or the coordinates contradict it; HF_ERR_DAMAGED
 * (a coordinate that is not finite). */
hf_status hf__boundary_plane_choose(hf_context *ctx, hf__shapefile *file,
                                    const hf_shapefile_bytes *bytes,
                                    const hf_boundaries_options *options,
                                    const hf__boundary_records *records,
                                    hf__boundary_plane *out);
void hf__boundary_plane_reset(hf__boundary_plane *plane);

/* The rings of a record, one of those that the plane was chosen by, in the
 * working plane; borrowed until the next call. HF_ERR_PROJECTION (a point that
 * PROJ can't take there), HF_ERR_MEMORY. */
hf_status hf__boundary_plane_rings(hf_context *ctx, hf__boundary_plane *plane,
                                   hf__shapefile *file, const char *label,
                                   const hf__boundary_record *record,
                                   hf__rings *out);

/* Whether the plane's coordinates are the file's own. */
bool hf__boundary_plane_is_file(const hf__boundary_plane *plane);

/* Whether a box in the plane contradicts a projected system. */
hf_status hf__boundary_plane_check(hf_context *ctx,
                                   const hf__boundary_plane *plane,
                                   const char *label, const hf__box *box);

#endif
