/* The records of a boundary file: code, name and years of each, in UTF-8,
 * selected by date and sorted by code. */
#ifndef HOWFAR_ATLAS_BOUNDARY_RECORDS_H
#define HOWFAR_ATLAS_BOUNDARY_RECORDS_H

#include "atlas/boundary_fields.h"

typedef struct hf__boundary_record {
    size_t index; /* in the file */
    char *code;
    char *name;
    char *name_cy;
    int first_year; /* 0 is open */
    int last_year;
} hf__boundary_record;

typedef struct hf__boundary_records {
    hf__boundary_record *list; /* by code, then index */
    size_t n;
    char *encoding;
    int earliest_year; /* over all records, selected or not; 0 if none */
    int latest_year;
} hf__boundary_records;

/* Reads all records. Deleted ones and those without a code are left out with a
 * warning; those outside the date of the options without one. HF_ERR_DAMAGED
 * (bytes that the encoding does not have), HF_ERR_NOT_FOUND (an unknown
 * encoding in the options, or nothing left), HF_ERR_MEMORY. */
hf_status hf__boundary_records_read(hf_context *ctx, hf__shapefile *file,
                                    const hf_shapefile_bytes *bytes,
                                    const hf_boundaries_options *options,
                                    const hf__boundary_fields *fields,
                                    hf__boundary_records *out);
void hf__boundary_records_reset(hf__boundary_records *records);

#endif
