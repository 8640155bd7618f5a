/* What can be told of a boundary set from its names and edges. */
#ifndef HOWFAR_ATLAS_BOUNDARY_FACTS_H
#define HOWFAR_ATLAS_BOUNDARY_FACTS_H

#include "base/text.h"
#include "howfar/boundary.h"
#include "shape/polygon.h"

hf_country hf__country_of_code(const char *code);

/* "2024" or "2014 to 2025" from the years in a file's base name; nothing where
 * there are none. */
void hf__vintage_of_name(hf__str base_name, hf__buf *out);

/* The class named in a file's base name (BUC ...), or HF_RESOLUTION_UNKNOWN. */
hf_resolution hf__resolution_of_name(hf__str base_name);
hf_resolution hf__resolution_of_edges(double median_edge_m);
double hf__resolution_m(hf_resolution resolution);
const char *hf__resolution_text(hf_resolution resolution, bool is_guess);

/* Median length of the edges of n polygons, from about 10,000 of them at
 * even steps. NaN without memory or edges. */
double hf__median_edge_m(const hf__polygon *polygons, size_t n);

#endif
