/* Shapefiles from bytes in memory only, so that any bytes can be fed to it:
 * checked first, then the rings read as they stand and the table through
 * shapelib. Damaged files give one clear line. */
#ifndef HOWFAR_SHAPE_SHAPEFILE_H
#define HOWFAR_SHAPE_SHAPEFILE_H

#include "base/text.h"
#include "howfar/shapefile.h"
#include "shape/rings.h"

typedef struct hf__shapefile hf__shapefile;

/* Opens. A missing .shx (NULL) is rebuilt in memory from the .shp; so is one
 * that contradicts it, with a warning. The bytes must outlive the file.
 * HF_ERR_DAMAGED, HF_ERR_UNSUITABLE (points or lines, not polygons),
 * HF_ERR_MEMORY. */
hf_status hf__shapefile_open(hf_context *ctx, const hf_shapefile_bytes *bytes,
                             hf__shapefile **out);
void hf__shapefile_close(hf__shapefile *file);

/* Records: of the .shp and .dbf, which agree. */
size_t hf__shapefile_n_records(const hf__shapefile *file);

/* The rings of record `index`; n_rings is 0 for a null shape. Borrowed until
 * the next call. HF_ERR_MEMORY. */
hf_status hf__shapefile_rings(hf_context *ctx, hf__shapefile *file,
                              size_t index, hf__rings *out);

/* Fields of the .dbf. */
size_t hf__shapefile_n_fields(const hf__shapefile *file);
const char *hf__shapefile_field_name(const hf__shapefile *file, size_t field);
/* The raw bytes of a cell, trimmed, in the file's encoding; empty for NULL.
 * Borrowed until the next call. HF_ERR_DAMAGED. */
hf_status hf__shapefile_cell(hf_context *ctx, hf__shapefile *file, size_t index,
                             size_t field, hf__str *out);

/* Whether a record is marked as deleted in the .dbf. */
bool hf__shapefile_is_deleted(const hf__shapefile *file, size_t index);

/* The encoding named in the .dbf header's language byte, "" if none. */
const char *hf__shapefile_dbf_encoding(const hf__shapefile *file);

#endif
