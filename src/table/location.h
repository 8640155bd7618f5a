/* Where a row says that it is: numbers read from its cells, and the reasons why
 * a row has no category. */
#ifndef HOWFAR_TABLE_LOCATION_H
#define HOWFAR_TABLE_LOCATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "howfar/coordinate.h"

typedef enum hf__reason {
    HF__PLACED = 0,
    /* No location: nothing is measured. */
    HF__NO_LONLAT,
    HF__LAT_EMPTY,
    HF__LON_EMPTY,
    HF__LAT_NO_NUMBER,
    HF__LON_NO_NUMBER,
    HF__LAT_RANGE,
    HF__LON_RANGE,
    HF__LONLAT_SWAPPED,
    HF__LONLAT_ZERO,
    HF__NO_GRID_REFERENCE,
    HF__NO_GRID,
    HF__EASTING_EMPTY,
    HF__NORTHING_EMPTY,
    HF__EASTING_NO_NUMBER,
    HF__NORTHING_NO_NUMBER,
    HF__GRID_RANGE,
    HF__GRID_SWAPPED,
    HF__GRID_ZERO,
    HF__NO_CODE,
    HF__NO_NAME,
    HF__CODE_NOT_FOUND,
    HF__NAME_NOT_FOUND,
    HF__NAME_AMBIGUOUS,
    HF__NAME_IMPOSSIBLE,
    HF__NO_POSTCODES,
    HF__NO_POSTCODE,
    HF__POSTCODE_PSEUDO,
    HF__POSTCODE_UNREADABLE,
    HF__POSTCODE_UNREADABLE_SLIP, /* a letter for a digit would explain it */
    HF__POSTCODE_NOT_FOUND,
    HF__POSTCODE_NOT_FOUND_SLIP,
    HF__POSTCODE_NOT_FULL, /* of a home */
    HF__POSTCODE_NO_POINT, /* perhaps an authority, but no miles */
    HF__CONFIDENTIAL,      /* PL_LA of a return: CON */
    HF__ABROAD,            /* NUK */
    /* A location, but no category. */
    HF__OUTSIDE,
    HF__PART_OUTSIDE,
    HF__NO_HOME,
    HF__HOME_NOT_FOUND,
    HF__HOME_MANY,
    HF__REASON_COUNT
} hf__reason;

/* One phrase for notes and summaries; never holds a row's data. */
const char *hf__reason_text(hf__reason reason);

/* Whether the cells were empty: another column may say where the row is. */
bool hf__reason_is_empty(hf__reason reason);

/* Reads a pair of cells as they stand in the file. A number may stand in
 * quotes; a comma may stand for the decimal point; degrees may have their sign,
 * minutes, seconds and direction (51°48'N). With is_uk, a pair that is
 * off the United Kingdom as it stands, but not the other way round, is refused
 * as swapped. HF__PLACED with *out set, or why not. */
hf__reason hf__read_lonlat(hf__str lat, hf__str lon, bool is_uk,
                           hf_lonlat *out);

/* The same for the British National Grid, metres: commas may also part
 * thousands. */
hf__reason hf__read_grid(hf__str easting, hf__str northing, hf_xy *out);

/* The box around the United Kingdom: latitude 49 to 61.5, longitude -9 to 2.5.
 */
bool hf__is_in_uk(hf_lonlat p);

/* Numbers as hf__read_lonlat and hf__read_grid take them. */
bool hf__read_degrees(hf__str cell, double *out);
bool hf__read_metres(hf__str cell, double *out);

/* A whole number of at most nine digits; commas may part thousands. */
bool hf__read_count(hf__str cell, uint64_t *out);

/* A cell without quotes and the blanks around it; quotes within stay. */
hf__str hf__cell_bare(hf__str cell);

/* A cell without blanks and quotes holds nothing. */
bool hf__cell_is_empty(hf__str cell);

#endif
