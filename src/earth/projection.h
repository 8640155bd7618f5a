/* Projections and transformations, through PROJ.
 *
 * A projection is a recipe: an immutable description of a coordinate system and
 * of the one operation chosen between it and WGS84 longitude and latitude. It
 * belongs to no context, so a boundary set can hold it and threads can share
 * it. PROJ's own objects are made from it in each context, on first use, and
 * kept there.
 *
 * One operation for all points: the most accurate that PROJ can carry out here.
 * For the British National Grid that is OSTN15 where PROJ has its grid file
 * (with the seven-parameter transformation outside the grid), otherwise the
 * seven-parameter transformation "OSGB36 to WGS 84 (6)" (EPSG:1314, 2 m). The
 * grid covers 9 W to 2 E and 49 N to 61 N; over its edge, which lies at sea,
 * results step by up to a few metres. A
 * ballpark operation (no datum shift) is never used. Axes are always
 * longitude, latitude and easting, northing. The network is off. */
#ifndef HOWFAR_EARTH_PROJECTION_H
#define HOWFAR_EARTH_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "howfar/coordinate.h"

typedef struct hf__projection hf__projection;

typedef struct hf__projection_facts {
    const char *name;       /* "OSGB36 / British National Grid" */
    const char *authority;  /* "EPSG:27700", "" where none is known */
    const char *operation;  /* "OSGB36 to WGS 84 (6) (EPSG:1314)" */
    double accuracy_m;      /* of the operation; negative: unknown */
    bool is_geographic;     /* longitude and latitude: not metric */
    double metres_per_unit; /* of a projected system's axes; already applied by
                               the functions below: planes are in metres */
} hf__projection_facts;

/* From WKT (any dialect), "EPSG:27700" or a PROJ string. `where` stands for the
 * source in messages ("x.prj"). HF_ERR_PROJECTION. */
hf_status hf__projection_parse(hf_context *ctx, const char *text, size_t len,
                               const char *where, hf__projection **out);

/* EPSG:27700, EPSG:29903: without reading PROJ's database. */
hf_status hf__projection_british_grid(hf_context *ctx, hf__projection **out);
hf_status hf__projection_irish_grid(hf_context *ctx, hf__projection **out);

/* The same, made once per context and lent: valid as long as the context. */
hf_status hf__projection_borrow_british_grid(hf_context *ctx,
                                             const hf__projection **out);
hf_status hf__projection_borrow_irish_grid(hf_context *ctx,
                                           const hf__projection **out);

/* WGS84 longitude and latitude themselves (the plane holds degrees). */
hf_status hf__projection_lonlat(hf_context *ctx, hf__projection **out);

/* A transverse Mercator on WGS84 through `middle`. */
hf_status hf__projection_local(hf_context *ctx, hf_lonlat middle,
                               hf__projection **out);

void hf__projection_free(hf__projection *projection);

const hf__projection_facts *hf__projection_get_facts(
    const hf__projection *projection);

/* Whether two recipes do the same. */
bool hf__projection_is_same(const hf__projection *a, const hf__projection *b);

/* WGS84 to the plane, and back; arrays of n, in place of nothing (in and out
 * must not overlap). Values that PROJ refuses, or that are not finite, come out
 * as NaN, and the call still returns HF_OK: the caller knows which row it was.
 * Geographic systems give degrees as x and y. HF_ERR_PROJECTION when the
 * operation can't be made at all (a missing proj.db or grid file: the message
 * says so), HF_ERR_MEMORY. */
hf_status hf__projection_forward(hf_context *ctx,
                                 const hf__projection *projection,
                                 const hf_lonlat *in, size_t n, hf_xy *out);
hf_status hf__projection_inverse(hf_context *ctx,
                                 const hf__projection *projection,
                                 const hf_xy *in, size_t n, hf_lonlat *out);

/* "9.1.1", of PROJ as it runs. */
const char *hf__projection_library_version(void);

#endif
