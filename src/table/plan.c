#include <math.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/csv.h"
#include "table/rows.h"

/* Most of the authorities have GSS codes of the United Kingdom. */
static bool is_of_uk(const hf_boundaries *set) {
    size_t n = hf_boundaries_count(set);
    size_t of_uk = 0;
    for (size_t i = 0; i < n; i++) {
        of_uk += hf_boundaries_authority(set, i)->country != HF_COUNTRY_OTHER;
    }
    return of_uk * 2 > n;
}

/* How far it is from is settled once, unless it depends on the row's home. */
static hf_status find_origin(hf_context *ctx, const hf_boundaries *set,
                             const hf_annotate_options *options,
                             hf__plan *plan) {
    plan->origin_point = (hf_lonlat){NAN, NAN};
    return options->origin == HF_ORIGIN_PLACE
               ? hf_distance_centre(ctx, set, options->origin_place,
                                    &plan->origin_point)
               : HF_OK;
}

hf_status hf__plan_init(hf_context *ctx, const hf_boundaries *set,
                        const hf_places *places,
                        const hf_annotate_options *options, hf__plan *out) {
    hf__plan plan = {.set = set,
                     .home_authority = options->home,
                     .coast_m = options->coast_m,
                     .origin = options->origin,
                     .uasc = options->uasc,
                     .postal = {.places = places},
                     .is_uk = is_of_uk(set)};
    hf_status status = find_origin(ctx, set, options, &plan);
    if (!status) {
        status = hf__projection_british_grid(ctx, &plan.grid);
    }
    if (status) {
        hf__plan_reset(&plan);
        return status;
    }
    plan.grid_is_plane = hf__measure_is_plane(set, plan.grid);
    *out = plan;
    return HF_OK;
}

static hf_status write_categories(hf_context *ctx, hf__plan *plan) {
    for (unsigned set = 0; set < HF_CATEGORY_SETS; set++) {
        hf__buf cell;
        hf__buf_init(&cell);
        hf__csv_add_cell(&cell, hf__str_of(hf_annotate_category_text(set)),
                         plan->dialect.delimiter);
        size_t len = cell.len;
        plan->category_cells[set] = (hf__str){hf__buf_take(&cell), len};
        if (!plan->category_cells[set].at) {
            return hf__fail_memory(ctx);
        }
    }
    return HF_OK;
}

/* Text that is the same in every row of an authority is made once. */
static hf_status write_authorities(hf_context *ctx, hf__plan *plan) {
    size_t n = hf_boundaries_count(plan->set);
    plan->authority_cells = hf__calloc(n, sizeof *plan->authority_cells);
    if (!plan->authority_cells) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        const hf_authority *authority = hf_boundaries_authority(plan->set, i);
        hf__buf cells;
        hf__buf_init(&cells);
        hf__areas_add_cells(&plan->dialect, authority->code, authority->name,
                            &cells);
        size_t len = cells.len;
        plan->authority_cells[i] = (hf__str){hf__buf_take(&cells), len};
        if (!plan->authority_cells[i].at) {
            return hf__fail_memory(ctx);
        }
    }
    return HF_OK;
}

hf_status hf__plan_set_dialect(hf_context *ctx, hf__plan *plan,
                               const hf_places *places,
                               const hf_adjacency *adjacency,
                               const hf__dialect *dialect) {
    plan->dialect = *dialect;
    hf__areas_base base = {.set = plan->set,
                           .places = places,
                           .adjacency = adjacency,
                           .dialect = &plan->dialect,
                           .postal = &plan->postal,
                           .home = HF_NOWHERE,
                           .from_border = plan->origin == HF_ORIGIN_BORDER,
                           .origin = plan->origin_point};
    hf_status status = hf__homes_new(ctx, &base, &plan->homes);
    if (!status) {
        status =
            hf__homes_get(ctx, plan->homes, plan->home_authority, &plan->home);
    }
    if (!status) {
        status = write_categories(ctx, plan);
    }
    return status ? status : write_authorities(ctx, plan);
}

void hf__plan_reset(hf__plan *plan) {
    size_t n = plan->authority_cells ? hf_boundaries_count(plan->set) : 0;
    for (size_t i = 0; i < n; i++) {
        hf__free((void *)(uintptr_t)plan->authority_cells[i].at);
    }
    hf__free(plan->authority_cells);
    for (unsigned set = 0; set < HF_CATEGORY_SETS; set++) {
        hf__free((void *)(uintptr_t)plan->category_cells[set].at);
    }
    hf__projection_free(plan->grid);
    hf__homes_free(plan->homes);
    hf__postal_reset(&plan->postal);
    hf__columns_reset(&plan->columns);
    *plan = (hf__plan){0};
}
