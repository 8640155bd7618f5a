/* SSDA903, England's statutory return on looked-after children: its official
 * distance, its codes in words, what its derived fields must say, and the
 * children for whom it asks no distance.
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

/* ---- What an episode should say ------------------------------------------ */

typedef enum hf_ssda903_location {
    HF_SSDA903_BLANK = 0, /* must be blank, or can't be told */
    HF_SSDA903_IN = 1,
    HF_SSDA903_OUT = 2
} hf_ssda903_location;

/* A place as the distance is measured from it. */
typedef struct hf_ssda903_end {
    hf_xy grid;       /* British National Grid, whole metres; NaN: not known */
    bool is_irish;    /* its directory has it on the Irish Grid, as: */
    hf_xy irish;      /* NaN otherwise */
    hf_lonlat lonlat; /* NaN: not known */
} hf_ssda903_end;

/* What the derived fields of an episode should say. */
typedef struct hf_ssda903_row {
    bool is_uasc;        /* or was, see hf_ssda903_children */
    bool is_short_break; /* legal status V3 or V4 */
    bool has_miles;      /* PL_DISTANCE must be given: `miles` */
    double miles;        /* NaN where it must be blank */
    hf_ssda903_location location;
    char la[10]; /* PL_LA; "" where it must be blank or can't be told */
    hf_ssda903_end home, placement;
} hf_ssda903_row;

/* ---- Children without a distance ----------------------------------------- */

/* The children who are unaccompanied asylum-seeking, or were so in the years of
 * the return: read from its files, once. Never changes while rows are
 * annotated, so threads share it. */
typedef struct hf_ssda903_children hf_ssda903_children;

HF_API HF_WARN_UNUSED hf_status
hf_ssda903_children_new(hf_context *ctx, hf_ssda903_children **out);
HF_API void hf_ssda903_children_free(hf_ssda903_children *children);

/* Adds those of a Header file, which says so in its column UASC (1, or 0 or
 * blank), or of a UASC file, which lists them (rows that have a date of birth,
 * a sex or a date on which the status ceased (DUC), where it has such columns).
 * CSV as for hf_annotate, or the return as XML. HF_ERR_NOT_FOUND without a
 * column CHILD; and for a Header file without UASC, which as CSV has none,
 * unless a UASC file was read before it. Otherwise as hf_annotate. */
HF_API HF_WARN_UNUSED hf_status hf_ssda903_children_read_header(
    hf_context *ctx, hf_ssda903_children *children, int fd, const char *label);
HF_API HF_WARN_UNUSED hf_status hf_ssda903_children_read_uasc(
    hf_context *ctx, hf_ssda903_children *children, int fd, const char *label);

/* How many there are. */
HF_API size_t hf_ssda903_children_count(const hf_ssda903_children *children);

HF_END_DECLS
#endif
