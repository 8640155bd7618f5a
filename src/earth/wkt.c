#include "earth/wkt.h"

#include <stddef.h>

static const struct {
    const char *code;
    hf__known_system known;
} codes[] = {
    {"EPSG:27700", HF__KNOWN_BRITISH_GRID},
    {"27700", HF__KNOWN_BRITISH_GRID},
    {"urn:ogc:def:crs:EPSG::27700", HF__KNOWN_BRITISH_GRID},
    {"+init=epsg:27700", HF__KNOWN_BRITISH_GRID},
    {"EPSG:29903", HF__KNOWN_IRISH_GRID_TM75},
    {"29903", HF__KNOWN_IRISH_GRID_TM75},
    {"EPSG:29902", HF__KNOWN_IRISH_GRID_TM65},
    {"29902", HF__KNOWN_IRISH_GRID_TM65},
    {"EPSG:4326", HF__KNOWN_WGS84},
    {"4326", HF__KNOWN_WGS84},
    {"urn:ogc:def:crs:EPSG::4326", HF__KNOWN_WGS84},
    {"+init=epsg:4326", HF__KNOWN_WGS84},
    {"OGC:CRS84", HF__KNOWN_WGS84},
    {"CRS84", HF__KNOWN_WGS84},
    {"WGS84", HF__KNOWN_WGS84},
    {"urn:ogc:def:crs:OGC:1.3:CRS84", HF__KNOWN_WGS84},
    {"EPSG:4258", HF__KNOWN_ETRS89},
    {"4258", HF__KNOWN_ETRS89},
};

hf__known_system hf__known_system_of(hf__str text) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (hf__str_is_nocase(text, codes[i].code)) {
            return codes[i].known;
        }
    }
    return HF__KNOWN_NONE;
}
