/* The bytes of a shapefile in memory, for files that are not on a disk. */
#ifndef HOWFAR_SHAPEFILE_H
#define HOWFAR_SHAPEFILE_H

#include <stddef.h>

/* Used while the call runs that they are given to. shx, prj and cpg may be NULL
 * with length 0. `label` stands for the path in messages. */
typedef struct hf_shapefile_bytes {
    const char *label;
    const void *shp, *shx, *dbf, *prj, *cpg, *about;
    size_t shp_len, shx_len, dbf_len, prj_len, cpg_len, about_len;
} hf_shapefile_bytes;

#endif
