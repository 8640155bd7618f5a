/* Coordinates: small values passed by name of axis, so that two doubles
 * can't be swapped, and the parser for what people type. */
#ifndef HOWFAR_COORDINATE_H
#define HOWFAR_COORDINATE_H

#include <stdbool.h>
#include <stddef.h>

#include "howfar/context.h"

HF_BEGIN_DECLS

/* Longitude and latitude on WGS84, degrees, -180..180 and -90..90. */
typedef struct hf_lonlat {
    double lon_deg;
    double lat_deg;
} hf_lonlat;

/* Metres in a plane: the working plane of a boundary set, or a grid. */
typedef struct hf_xy {
    double x_m;
    double y_m;
} hf_xy;

/* Finite and within -180..180, -90..90. */
HF_API bool hf_lonlat_is_valid(hf_lonlat p);

typedef enum hf_coordinate_kind {
    HF_COORDINATE_LONLAT = 1,    /* latitude, longitude on WGS84 */
    HF_COORDINATE_GRID = 2,      /* British National Grid (EPSG:27700) */
    HF_COORDINATE_IRISH_GRID = 3 /* Irish Grid (EPSG:29903) */
} hf_coordinate_kind;

/* A coordinate as understood. Of lonlat and grid, the one that `kind` names
 * is as typed; hf_coordinate_to_lonlat gives the other. */
typedef struct hf_coordinate {
    hf_coordinate_kind kind;
    hf_lonlat lonlat;   /* when kind is HF_COORDINATE_LONLAT */
    hf_xy grid;         /* easting, northing otherwise */
    double precision_m; /* half the side of the square or of the last digit
                           that was given: "TL 32 12" is 500 */
} hf_coordinate;

/* Reads what a person types for a point:
 *   latitude, longitude: 57.48,-4.22 · 57.48 -4.22 · 57.48N 4.22W ·
 *     57°28'48"N 4°13'12"W · 57 28 48 N, 4 13 12 W · geo:57.48,-4.22 ·
 *     57,48; -4,22 (a decimal comma where a semicolon parts the two)
 *   easting, northing: 532414 211995 · 532414,211995 · E532414 N211995; whole
 *     or decimal metres, at least one of them 1000 or more
 *   grid reference: TL 32 12 · TL3212 · TL 32414 11995: two letters and two to
 *     ten digits; a reference to a square means its middle
 *   Irish grid reference: J 338 740 · IJ 33832 74014 (one letter, or I and
 *     one, and four to ten digits)
 * Latitude comes first unless letters say otherwise. What may be a postcode,
 * its sector or district is no grid reference: SG13, SG13 8, NN1, N1 2; nor are
 * letters without digits.
 * Returns HF_ERR_NOT_FOUND when the text is no coordinate at all (a name,
 * say), HF_ERR_RANGE when it is one but impossible, with a message that says
 * why: latitude and longitude swapped (outside the United Kingdom as given,
 * inside it when swapped), outside the grid, an odd number of digits. The
 * message of HF_ERR_RANGE may repeat the numbers: it is for the person who
 * typed them, not for logs. */
HF_API HF_WARN_UNUSED hf_status hf_coordinate_parse(hf_context *ctx,
                                                    const char *text,
                                                    size_t len,
                                                    hf_coordinate *out);

/* Longitude and latitude of any kind of coordinate, through PROJ.
 * HF_ERR_RANGE, HF_ERR_PROJECTION. */
HF_API HF_WARN_UNUSED hf_status hf_coordinate_to_lonlat(
    hf_context *ctx, const hf_coordinate *coordinate, hf_lonlat *out);

HF_END_DECLS
#endif
