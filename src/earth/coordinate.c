#include "howfar/coordinate.h"

#include <math.h>

bool hf_lonlat_is_valid(hf_lonlat p) {
    /* False for NaN as well. */
    return fabs(p.lon_deg) <= 180 && fabs(p.lat_deg) <= 90;
}
