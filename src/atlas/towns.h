/* Towns by name, from the table towns.csv (GeoNames, CC BY 4.0). */
#ifndef HOWFAR_ATLAS_TOWNS_H
#define HOWFAR_ATLAS_TOWNS_H

#include "base/text.h"
#include "howfar/place.h"

/* A town's point stands somewhere in its middle, often to a minute of arc. */
#define HF__TOWN_PRECISION_M 1000.0

typedef struct hf__towns hf__towns;

/* Reads the table from the data folder. HF_ERR_IO, HF_ERR_DAMAGED. */
hf_status hf__towns_open(hf_context *ctx, hf__towns **out);
void hf__towns_close(hf__towns *towns);

/* The town of a name: "Inverness", "Ashford, Kent", "Newport (Wales)",
 * "Leicester town". HF_ERR_NOT_FOUND; HF_ERR_AMBIGUOUS with the candidates and
 * how to write them. */
hf_status hf__towns_find(hf_context *ctx, const hf__towns *towns, hf__str text,
                         hf_place *out);

/* Whether there is a town of this name, with no more around it. */
hf_status hf__towns_have(hf_context *ctx, const hf__towns *towns, hf__str name,
                         bool *out);

/* All of them, one by one, by name; the name is borrowed. Their points are
 * good to HF__TOWN_PRECISION_M. */
size_t hf__towns_count(const hf__towns *towns);
const char *hf__towns_at(const hf__towns *towns, size_t i, hf_lonlat *out);

#endif
