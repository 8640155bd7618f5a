/* The inside of a worker: a batch of rows, shared by finding where they are
 * and writing what was found. */
#ifndef HOWFAR_TABLE_WORKER_H
#define HOWFAR_TABLE_WORKER_H

#include "table/csv.h"
#include "table/derive.h"
#include "table/rows.h"

typedef enum hf__row_place {
    HF__ROW_BLANK,   /* a line without a byte: no row */
    HF__ROW_NOWHERE, /* nothing says where it is: see reason */
    HF__ROW_POINT,
    HF__ROW_AREA
} hf__row_place;

/* A row of a batch. */
typedef struct hf__row {
    hf__csv_record record;
    hf__row_place place;
    hf__reason reason; /* why it is nowhere, or not where the first source
                          should have said */
    size_t source;     /* which source told */
    size_t point;      /* index of a point */
    size_t assigned;   /* the authority that a directory gives it, without a
                          point too; or HF_NOWHERE */
    size_t remark, remark_len; /* of a point: where in the worker's remarks */
    int quality;               /* of a postcode's point; 0: not told */
    bool is_part;              /* see hf__named */
    unsigned categories;
    hf__reason part_reason;
    const size_t *authorities; /* of a part of a postcode */
    size_t n_authorities;
    const hf__area *area;
    const hf__home *home;
    hf__reason home_reason; /* why it has none */
    hf_lonlat from;         /* the child's home */
    hf__reason from_reason; /* why that is not known */
    /* Of a return only: */
    hf__return_says says;
    hf_ssda903_end home_end, placement_end;
    const char *country_la; /* PL_LA where the postcode stands for a country or
                               is abroad; "" */
} hf__row;

/* A coordinate of the British National Grid, to be converted with others. */
typedef struct hf__row_grid {
    size_t row;
    bool is_home; /* the child's home; otherwise the placement */
} hf__row_grid;

/* Rows whose cells are kept at a time. */
#define HF__TOGETHER ((size_t)16)

struct hf__worker {
    hf_context *ctx;
    const hf__plan *plan;
    hf__histogram histogram;
    hf__area_cache cache;
    const hf__home **homes; /* by authority, once one was asked for; the last
                               is that of none. NULL without a home column */
    hf__str *all_cells;     /* of HF__TOGETHER rows, up to the last needed */
    const hf__str *cells;   /* of the row that is being found */
    hf__buf note, scratch;
    hf__buf remarks;  /* on points of this batch */
    hf__str no_cells; /* two delimiters */
    char no_cells_text[2];
    hf__row rows[HF__BATCH];
    uint64_t children[HF__BATCH];
    bool is_counted[HF__BATCH];
    size_t n_rows, n_points, n_grid;
    hf_lonlat points[HF__BATCH];
    hf_xy planar[HF__BATCH]; /* of points in the set's plane; else NaN */
    size_t point_homes[HF__BATCH];
    hf_lonlat origins[HF__BATCH];
    hf__measure measures[HF__BATCH];
    double miles[HF__BATCH]; /* for the histogram */
    hf__found *found;        /* of this block; see hf__plan.tells */
    hf_xy grid[2 * HF__BATCH];
    hf__row_grid grid_of[2 * HF__BATCH];
    hf_lonlat grid_points[2 * HF__BATCH];
};

/* Has what the postcodes of a row's cells need fetched from memory. */
void hf__worker_fetch(const hf__worker *worker, const hf__str *cells);

/* Finds where the row whose cells were read is. Fails for want of memory or of
 * a projection, or where the postcode index is damaged. */
hf_status hf__worker_find(hf__worker *worker, hf__row *it);

/* Converts the grid coordinates of a batch that don't stay in the plane. */
hf_status hf__worker_convert(hf__worker *worker);

#endif
