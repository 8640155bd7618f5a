/* Rows that name an area instead of a point: what each different cell means,
 * and what is measured to it, found out once and shared by all threads. */
#ifndef HOWFAR_TABLE_AREAS_H
#define HOWFAR_TABLE_AREAS_H

#include "howfar/annotate.h"
#include "table/dialect.h"
#include "table/evidence.h"
#include "table/location.h"
#include "table/postal.h"

/* What every row of an area gets. */
typedef struct hf__area {
    unsigned categories;       /* that its authorities have, as a set */
    const size_t *authorities; /* its members */
    size_t n_authorities;
    const char *name;
    hf_lonlat centre;
    double miles; /* from the origin to the centre, or between the borders */
    double border_miles;
    hf__str cells; /* delimiter, code, delimiter, name: as they are written */
    hf__str note;  /* in the encoding of the file, not quoted */
} hf__area;

/* What a cell means: an area, a point where `area` is NULL, or nothing. */
typedef struct hf__named {
    hf__reason reason; /* why it means nothing; HF__PLACED otherwise */
    const hf__area *area;
    hf_lonlat point;
    size_t assigned;     /* of a point: see hf_place */
    bool is_part;        /* the point is the middle of a part of a postcode that
                            the directory gives to authorities: */
    unsigned categories; /* that these have, as a set */
    const size_t *authorities; /* these; valid as long as the areas */
    size_t n_authorities;
    hf__reason part_reason; /* HF__PLACED, or why they are not known */
} hf__named;

/* What areas are measured from, and how they are written. Everything it points
 * to must outlive the areas. */
typedef struct hf__areas_base {
    const hf_boundaries *set;
    const hf_places *places;
    const hf_adjacency *adjacency;
    const hf__dialect *dialect;
    const hf__postal *postal;
    size_t home;      /* HF_NOWHERE: no category, and no miles from a border */
    bool from_border; /* miles are those from border to border */
    hf_lonlat origin; /* otherwise from here; NaN: not measured */
} hf__areas_base;

typedef struct hf__areas hf__areas;

/* HF_ERR_MEMORY. */
hf_status hf__areas_new(hf_context *ctx, const hf__areas_base *base,
                        hf__areas **out);
void hf__areas_free(hf__areas *areas);

/* One thread's short way to what was found before. Start with {0}. */
#define HF__AREA_CACHE 1024
typedef struct hf__area_cache {
    const void *slots[HF__AREA_CACHE];
} hf__area_cache;

/* What a cell, as it stands in the file, means; what is to be said of a point
 * is appended to `note`, in the encoding of the file. Safe for several threads,
 * each with a context and a cache of its own. Fails only for want of memory or
 * a projection: a name that is not found is a reason, not a failure. */
hf_status hf__areas_find(hf_context *ctx, hf__areas *areas,
                         hf__area_cache *cache, hf__str cell, hf__named *out,
                         hf__buf *note);

/* Whether a cell is the code or the name of something, or a postcode. */
hf_status hf__areas_kind(hf_context *ctx, hf__areas *areas, hf__str cell,
                         hf__area_kind *out);

/* Appends delimiter, code, delimiter, name. */
void hf__areas_add_cells(const hf__dialect *dialect, const char *code,
                         const char *name, hf__buf *out);

#endif
