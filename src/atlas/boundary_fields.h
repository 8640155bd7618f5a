/* Which fields of a .dbf hold the code, the name and the dates. */
#ifndef HOWFAR_ATLAS_BOUNDARY_FIELDS_H
#define HOWFAR_ATLAS_BOUNDARY_FIELDS_H

#include "howfar/boundary.h"
#include "shape/shapefile.h"

#define HF__NO_FIELD ((size_t)-1)

typedef struct hf__boundary_fields {
    size_t code;
    size_t name;
    size_t name_cy; /* Welsh; HF__NO_FIELD if none */
    size_t start;   /* first year; HF__NO_FIELD unless both dates are there */
    size_t end;     /* last year */
    int year;       /* from the code field's name (ctyua24cd); 0 if none */
} hf__boundary_fields;

/* Named by the options, else by pattern, else (the code) by content.
 * HF_ERR_NOT_FOUND and HF_ERR_AMBIGUOUS list the fields. `label` stands for the
 * file in messages. */
hf_status hf__boundary_fields_find(hf_context *ctx, hf__shapefile *file,
                                   const char *label,
                                   const hf_boundaries_options *options,
                                   hf__boundary_fields *out);

/* Nine characters: a letter of the United Kingdom's countries and eight
 * digits. */
bool hf__is_gss_code(hf__str text);

/* The year in a date cell ("2019", "2019.000", "20190401", "2019-04-01",
 * "01/04/2019"); 0 for an open date: empty, 0, or 9999. False for anything
 * else. */
bool hf__boundary_year(hf__str cell, int *out_year);

#endif
