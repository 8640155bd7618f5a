/* Recognises the coordinate systems that need no database: by their code, or by
 * the parameters in their WKT (ESRI's, GDAL's, or WKT2; with or without
 * codes). */
#ifndef HOWFAR_EARTH_WKT_H
#define HOWFAR_EARTH_WKT_H

#include "base/text.h"

typedef enum hf__known_system {
    HF__KNOWN_NONE = 0,
    HF__KNOWN_BRITISH_GRID,    /* EPSG:27700 */
    HF__KNOWN_IRISH_GRID_TM75, /* EPSG:29903 */
    HF__KNOWN_IRISH_GRID_TM65, /* EPSG:29902 */
    HF__KNOWN_WGS84,           /* EPSG:4326 or OGC:CRS84; axes are always
                                  longitude, latitude */
    HF__KNOWN_ETRS89           /* EPSG:4258 */
} hf__known_system;

/* `text` is a code or WKT. HF__KNOWN_NONE means only "not recognised": a
 * system that is the same but written unusually, damaged WKT, or another
 * one. What is recognised is certain: every parameter was compared. */
hf__known_system hf__known_system_of(hf__str text);

#endif
