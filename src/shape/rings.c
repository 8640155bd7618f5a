#include "shape/rings.h"

#include <math.h>
#include <stdlib.h>

#include "base/context.h"
#include "base/memory.h"

static bool is_same(hf_xy a, hf_xy b) {
    return a.x_m == b.x_m && a.y_m == b.y_m;
}

/* Copies one ring without repeated points; returns how many are left. */
static size_t clean_ring(const hf_xy *from, size_t n, hf_xy *to) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!kept || !is_same(from[i], to[kept - 1])) {
            to[kept++] = from[i];
        }
    }
    while (kept > 1 && is_same(to[kept - 1], to[0])) {
        kept--;
    }
    return kept < 3 ? 0 : kept;
}

hf_status hf__rings_clean(hf_context *ctx, const hf__rings *rings,
                          hf__polygon *out) {
    size_t n_points = rings->n_rings ? rings->ring_start[rings->n_rings] : 0;
    hf__polygon clean;
    hf__polygon_init(&clean);
    clean.points = hf__realloc_array(NULL, n_points, sizeof *clean.points);
    clean.ring_start = hf__calloc(rings->n_rings + 1, sizeof *clean.ring_start);
    if (!clean.points || !clean.ring_start) {
        hf__polygon_reset(&clean);
        return hf__fail_memory(ctx);
    }
    size_t used = 0;
    for (size_t r = 0; r < rings->n_rings; r++) {
        size_t start = rings->ring_start[r];
        size_t kept =
            clean_ring(rings->points + start, rings->ring_start[r + 1] - start,
                       clean.points + used);
        if (kept) {
            used += kept;
            clean.ring_start[++clean.n_rings] = used;
        }
    }
    clean.box = hf__box_of(clean.points, used);
    *out = clean;
    return HF_OK;
}

typedef struct ring_facts {
    size_t ring;
    hf__box box;
    double area;
} ring_facts;

/* From west to east, and a ring that could hold another before it. */
static int compare_rings(const void *a, const void *b) {
    const ring_facts *one = a, *two = b;
    if (one->box.min.x_m != two->box.min.x_m) {
        return one->box.min.x_m < two->box.min.x_m ? -1 : 1;
    }
    if (one->box.max.x_m != two->box.max.x_m) {
        return one->box.max.x_m > two->box.max.x_m ? -1 : 1;
    }
    if (one->area != two->area) {
        return one->area > two->area ? -1 : 1;
    }
    return one->ring < two->ring ? -1 : 1;
}

/* Whether ring `inner` lies within ring `outer`, by its first point (or middle
 * of an edge) that is not on the border of the other. Rings that share
 * everything hold nothing. */
static bool ring_holds(const hf__polygon *polygon, size_t outer, size_t inner) {
    const hf_xy *around = polygon->points + polygon->ring_start[outer];
    size_t n_around =
        polygon->ring_start[outer + 1] - polygon->ring_start[outer];
    const hf_xy *points = polygon->points + polygon->ring_start[inner];
    size_t n = polygon->ring_start[inner + 1] - polygon->ring_start[inner];
    for (size_t i = 0; i < 2 * n; i++) {
        hf_xy p = points[i % n];
        if (i >= n) {
            hf_xy q = points[(i + 1) % n];
            p = (hf_xy){(p.x_m + q.x_m) / 2, (p.y_m + q.y_m) / 2};
        }
        hf__side side = hf__ring_side(around, n_around, p);
        if (side != HF__ON_BORDER) {
            return side == HF__INSIDE;
        }
    }
    return false;
}

/* Sweeps from west to east with the rings that are still open: `active` holds
 * indexes into `facts`. */
static void nest_sorted(const hf__polygon *polygon, const ring_facts *facts,
                        size_t *active, size_t *depth, size_t *parent) {
    size_t n_active = 0;
    for (size_t i = 0; i < polygon->n_rings; i++) {
        const ring_facts *inner = &facts[i];
        double parent_area = INFINITY;
        size_t kept = 0;
        depth[inner->ring] = 0;
        parent[inner->ring] = HF__NO_RING;
        for (size_t k = 0; k < n_active; k++) {
            const ring_facts *outer = &facts[active[k]];
            if (outer->box.max.x_m < inner->box.min.x_m) {
                continue;
            }
            active[kept++] = active[k];
            if (hf__box_holds(&outer->box, &inner->box) &&
                ring_holds(polygon, outer->ring, inner->ring)) {
                depth[inner->ring]++;
                if (outer->area < parent_area) {
                    parent_area = outer->area;
                    parent[inner->ring] = outer->ring;
                }
            }
        }
        n_active = kept;
        active[n_active++] = i;
    }
}

hf_status hf__rings_nest(hf_context *ctx, const hf__polygon *polygon,
                         size_t *out_depth, size_t *out_parent) {
    size_t n = polygon->n_rings;
    ring_facts *facts = hf__calloc(n, sizeof *facts);
    size_t *active = hf__calloc(n, sizeof *active);
    hf_status status = HF_OK;
    if (!facts || !active) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    for (size_t r = 0; r < n; r++) {
        const hf_xy *points = polygon->points + polygon->ring_start[r];
        size_t n_points = polygon->ring_start[r + 1] - polygon->ring_start[r];
        facts[r] = (ring_facts){r, hf__box_of(points, n_points),
                                fabs(hf__ring_area2(points, n_points))};
    }
    qsort(facts, n, sizeof *facts, compare_rings);
    nest_sorted(polygon, facts, active, out_depth, out_parent);
done:
    hf__free(facts);
    hf__free(active);
    return status;
}

void hf__rings_turn(hf__polygon *polygon, const size_t *depth) {
    for (size_t r = 0; r < polygon->n_rings; r++) {
        hf_xy *points = polygon->points + polygon->ring_start[r];
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        bool is_left = hf__ring_area2(points, n) > 0;
        if (is_left == (depth[r] % 2 == 0)) {
            continue;
        }
        for (size_t i = 0, k = n - 1; i < k; i++, k--) {
            hf_xy swap = points[i];
            points[i] = points[k];
            points[k] = swap;
        }
    }
}
