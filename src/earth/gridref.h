/* Grid references: letters of a 100 km square, then digits. */
#ifndef HOWFAR_EARTH_GRIDREF_H
#define HOWFAR_EARTH_GRIDREF_H

#include "base/text.h"
#include "howfar/coordinate.h"

/* Reads a reference to a square of the British National Grid or the Irish Grid
 * as its middle. HF_ERR_NOT_FOUND, without a message, when the text is none or
 * may be a postcode; HF_ERR_RANGE, with one, when it looks like one and can't
 * be. */
hf_status hf__gridref_parse(hf_context *ctx, hf__str text, hf_coordinate *out);

#endif
