/* The responsible authorities that rows may have, and what is settled once for
 * each: where miles are measured from, the category of every authority, and
 * what areas mean as seen from there. Made on first use, shared by threads. */
#ifndef HOWFAR_TABLE_HOMES_H
#define HOWFAR_TABLE_HOMES_H

#include "table/areas.h"

typedef struct hf__home {
    size_t authority; /* HF_NOWHERE: a row without one */
    hf_lonlat origin; /* NaN where it depends on a home and there is none */
    const unsigned char *categories; /* for each authority, as a set */
    hf__areas *areas;
} hf__home;

typedef struct hf__homes hf__homes;

/* `base` without a home; its origin is valid where it is the same for all
 * homes. HF_ERR_MEMORY. */
hf_status hf__homes_new(hf_context *ctx, const hf__areas_base *base,
                        hf__homes **out);
void hf__homes_free(hf__homes *homes);

/* Safe for several threads, each with its own context. `authority` may be
 * HF_NOWHERE. What classifying and memory ask for. */
hf_status hf__homes_get(hf_context *ctx, hf__homes *homes, size_t authority,
                        const hf__home **out);

/* Which authority a cell names. *out_reason is HF__PLACED, or why it names
 * none; `scratch` is lost. */
hf_status hf__homes_read(hf_context *ctx, hf__homes *homes,
                         hf__area_cache *cache, hf__str cell, hf__buf *scratch,
                         size_t *out, hf__reason *out_reason);

#endif
