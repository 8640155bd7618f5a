/* Finding and reading the files of a shapefile. */
#ifndef HOWFAR_ATLAS_BOUNDARY_FILES_H
#define HOWFAR_ATLAS_BOUNDARY_FILES_H

#include "howfar/boundary.h"

/* `bytes` borrows from what the struct owns. */
typedef struct hf__boundary_files {
    hf_shapefile_bytes bytes;
    char *path; /* of the .shp */
    char *owned[6];
} hf__boundary_files;

/* Reads the files that belong to `path`: the .shp, its base name, or a folder
 * with exactly one .shp. HF_ERR_IO, HF_ERR_AMBIGUOUS, HF_ERR_MEMORY. */
hf_status hf__boundary_files_read(hf_context *ctx, const char *path,
                                  hf__boundary_files *out);
void hf__boundary_files_reset(hf__boundary_files *files);

#endif
