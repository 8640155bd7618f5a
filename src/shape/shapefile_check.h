/* The bytes of a shapefile, checked before any library reads them: headers,
 * record lengths, point and part counts, and the two record counts that must
 * agree. What passes can be read without surprises; what doesn't gets one line
 * that says which file, which record and which byte. */
#ifndef HOWFAR_SHAPE_SHAPEFILE_CHECK_H
#define HOWFAR_SHAPE_SHAPEFILE_CHECK_H

#include "howfar/context.h"
#include "howfar/coordinate.h"
#include "howfar/shapefile.h"

/* The name of one of the files in messages: the label with its extension
 * replaced ("a/b.shp" and "dbf" give "a/b.dbf"), in the label's case. */
#define HF__PART_NAME_SIZE 512
const char *hf__shapefile_part_name(const char *label, const char *extension,
                                    char out[HF__PART_NAME_SIZE]);

/* Checks the .shp and returns where its records begin (their headers) and
 * where the last one ends: *out_starts has *out_n + 1 entries, freed by the
 * caller. HF_ERR_DAMAGED, HF_ERR_UNSUITABLE (points, lines), HF_ERR_MEMORY. */
hf_status hf__shapefile_check_shp(hf_context *ctx,
                                  const hf_shapefile_bytes *bytes,
                                  size_t **out_starts, size_t *out_n);

/* Checks the .dbf's header and length. HF_ERR_DAMAGED. */
hf_status hf__shapefile_check_dbf(hf_context *ctx,
                                  const hf_shapefile_bytes *bytes,
                                  size_t *out_n);

/* Where each record begins, in the order of the index: the file's own where
 * every entry is the start of another record and there are n_dbf of them,
 * otherwise that of the .shp, with a warning if there is an index. *out_order
 * is freed by the caller. HF_ERR_MEMORY. */
hf_status hf__shapefile_order(hf_context *ctx, const hf_shapefile_bytes *bytes,
                              const size_t *starts, size_t n_shp, size_t n_dbf,
                              size_t **out_order, size_t *out_n);

/* Rings and points of a record that was checked; `record` is its header. */
void hf__shapefile_count(const unsigned char *record, size_t *out_rings,
                         size_t *out_points);
/* Its points, and where each ring begins: one more than there are rings. */
void hf__shapefile_copy(const unsigned char *record, size_t *ring_start,
                        hf_xy *points);

#endif
