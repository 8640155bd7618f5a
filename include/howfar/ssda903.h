/* SSDA903, England's statutory return on looked-after children: its official
 * distance and its codes in words.
 *
 * An episode gives the postcodes of the child's home (HOME_POST) and of the
 * placement (PL_POST). Three fields are derived from them:
 *
 *   PL_DISTANCE  hypot(E - E', N - N') / 1000 / 1.6093 of the grid references,
 *                half up to one decimal: miles of 1609.3 m in the plane of the
 *                National Grid, so up to 0.1 % off a geodesic. 999.9 where one
 *                of the places is not known; blank for unaccompanied
 *                asylum-seeking children (UASC) and for short breaks (legal
 *                status V3 or V4)
 *   PL_LOCATION  IN the area of the responsible authority, or OUT of it
 *   PL_LA        the authority of the placement: its nine-character code in
 *                England, otherwise SCO, WAL, NIR, or NUK outside the United
 *                Kingdom. (CON, confidential, only the authority can say.)
 *
 * The last two are blank for short breaks too. */
#ifndef HOWFAR_SSDA903_H
#define HOWFAR_SSDA903_H

#include <stdbool.h>

#include "howfar/coordinate.h"

HF_BEGIN_DECLS

/* ---- The distance ------------------------------------------------------- */

/* What PL_DISTANCE is where it can't be known. Never to be averaged. */
#define HF_SSDA903_UNKNOWN_MILES 999.9

/* The official distance between two references of the British National Grid
 * (Irish ones must be converted first), taken to whole metres: a multiple of
 * 0.1 of at most 999.8. Exact: no rounding error decides between two tenths. A
 * coordinate that is not finite, or off the grid by more than its size, gives
 * HF_SSDA903_UNKNOWN_MILES. */
HF_API double hf_ssda903_miles(hf_xy home, hf_xy placement);

/* ---- Codes --------------------------------------------------------------- */

typedef enum hf_ssda903_field {
    HF_SSDA903_PLACE = 1,          /* type of placement: "K2" */
    HF_SSDA903_LS = 2,             /* legal status: "C2" */
    HF_SSDA903_PLACE_PROVIDER = 3, /* "PR4" */
    HF_SSDA903_PL_LA = 4,          /* "SCO"; not the codes of authorities */
    HF_SSDA903_PL_LOCATION = 5     /* "IN", "OUT" */
} hf_ssda903_field;

/* The field whose codes a column holds, by its name in any case ("PLACE", "PL"
 * in XML); false for another name. */
HF_API bool hf_ssda903_field_of(const char *column, hf_ssda903_field *out);

/* What a code means, for people: "children's home". NULL for one that the
 * field doesn't have. Any case, blanks around it are ignored. */
HF_API const char *hf_ssda903_code_text(hf_ssda903_field field,
                                        const char *code);

HF_END_DECLS
#endif
