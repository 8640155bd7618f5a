/* One angle as people write it: a latitude, or a longitude, alone. */
#ifndef HOWFAR_EARTH_ANGLE_H
#define HOWFAR_EARTH_ANGLE_H

#include "base/text.h"

/* The axis that a letter or a word names. */
typedef enum hf__axis {
    HF__AXIS_NONE,
    HF__AXIS_NORTH, /* N, S, "lat": a latitude */
    HF__AXIS_EAST   /* E, W, "long": a longitude */
} hf__axis;

/* Reads 51.8°, 0.2°W, 51°48'36"N, 51 48 36 N, W 0.2: numbers with a degree
 * sign or a direction; south and west are negative. A bare number is none.
 * False, and the outputs untouched, for anything else. */
bool hf__angle_parse(hf__str text, hf__axis *out_axis, double *out_deg);

#endif
