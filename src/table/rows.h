/* Annotating a block of rows: bytes in, the same bytes with columns added out.
 *
 * Rows are taken in batches: the cells of a batch are read into arrays of
 * points, the points measured together, and the rows written with what was
 * found. What all rows need is settled beforehand in a plan, which threads
 * share; what one thread needs stands in its worker. */
#ifndef HOWFAR_TABLE_ROWS_H
#define HOWFAR_TABLE_ROWS_H

#include "answer/measure.h"
#include "earth/projection.h"
#include "table/areas.h"
#include "table/columns.h"
#include "table/found.h"
#include "table/homes.h"
#include "table/tally.h"

/* Never changes while rows are annotated, but for what `homes` remembers. */
typedef struct hf__plan {
    const hf_boundaries *set;
    hf__dialect dialect;
    hf__columns columns;
    double coast_m;
    hf_origin origin;
    size_t home_authority;  /* of rows that don't say; may be HF_NOWHERE */
    hf_lonlat origin_point; /* NaN: that of the home */
    bool is_uk;             /* the set is of the United Kingdom */
    bool writes;            /* rows with added columns are wanted */
    bool tells;             /* what was found is wanted */
    hf__projection *grid;   /* the British National Grid ... */
    bool grid_is_plane;     /* ... in which the set's areas are, too */
    const hf_ssda903_children *uasc; /* may be NULL */
    hf__postal postal;
    hf__homes *homes;
    const hf__home *home;     /* of rows that don't say */
    hf__str *authority_cells; /* for each authority, as written */
    hf__str category_cells[HF_CATEGORY_SETS]; /* for each set of categories */
} hf__plan;

/* `options` must be checked. The dialect and the columns come later. HF_ERR_*
 * as of what it asks: classifying, centres, memory. */
hf_status hf__plan_init(hf_context *ctx, const hf_boundaries *set,
                        const hf_places *places,
                        const hf_annotate_options *options, hf__plan *out);

/* Settles how areas are written, once the dialect is known. `plan` must not be
 * moved afterwards. */
hf_status hf__plan_set_dialect(hf_context *ctx, hf__plan *plan,
                               const hf_places *places,
                               const hf_adjacency *adjacency,
                               const hf__dialect *dialect);
void hf__plan_reset(hf__plan *plan);

/* Rows measured together. */
#define HF__BATCH ((size_t)1024)

typedef struct hf__worker hf__worker;

/* For one thread and its context, which must outlive it. */
hf_status hf__worker_new(hf_context *ctx, const hf__plan *plan,
                         hf__worker **out);
void hf__worker_free(hf__worker *worker);

/* What the worker has counted. */
const hf__histogram *hf__worker_histogram(const hf__worker *worker);

/* Annotates whole records: replaces `out`, `found` and *tally, as the plan
 * wants them. HF_ERR_DAMAGED, without
 * a message of its own, when the last row has a quote that nothing closes; the
 * rows before it are then done. Other failures as of what it asks. */
hf_status hf__worker_annotate(hf__worker *worker, hf__str records, hf__buf *out,
                              hf__found *found, hf__tally *tally);

#endif
