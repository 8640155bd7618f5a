#include "shape/rings.h"

#include <assert.h>
#include <math.h>

#include "base/context.h"
#include "base/memory.h"

static bool is_same(hf_xy a, hf_xy b) {
    return a.x_m == b.x_m && a.y_m == b.y_m;
}

/* Copies one ring without repeated points; returns how many are left. */
static size_t clean_ring(const hf_xy *from, size_t n, hf_xy *to, hf__box *box) {
    size_t kept = 0;
    hf__box around = hf__box_of(NULL, 0);
    for (size_t i = 0; i < n; i++) {
        hf_xy p = from[i];
        if (!kept || !is_same(p, to[kept - 1])) {
            to[kept++] = p;
            hf__box_add(&around, p);
        }
    }
    while (kept > 1 && is_same(to[kept - 1], to[0])) {
        kept--;
    }
    if (kept < 3) {
        return 0;
    }
    hf__box_widen(box, &around);
    return kept;
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
                       clean.points + used, &clean.box);
        if (kept) {
            used += kept;
            clean.ring_start[++clean.n_rings] = used;
        }
    }
    *out = clean;
    return HF_OK;
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
    assert(n > 0);
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

typedef struct ring_facts {
    hf__box box;
    double area;
    bool is_around; /* of the point asked about, by the count of crossings */
    bool is_touched;
    bool is_listed;
} ring_facts;

/* What finding the rings around a point needs. */
typedef struct nester {
    const hf__polygon *polygon;
    const hf__edge_tree *tree;
    ring_facts *rings;
    size_t *listed; /* the rings that the ray from the point has met */
    size_t n_listed;
} nester;

/* Follows the ray from p to the right through the tree. */
static void shoot(nester *in, size_t level, size_t node, hf_xy p) {
    const hf__box *box = &in->tree->boxes[level][node];
    if (p.y_m < box->min.y_m || p.y_m > box->max.y_m || p.x_m > box->max.x_m) {
        return;
    }
    if (level > 0) {
        size_t end = hf__edge_tree_end(in->tree, level, node);
        for (size_t i = node * HF__TREE_FAN; i < end; i++) {
            shoot(in, level - 1, i, p);
        }
        return;
    }
    const hf__edge_leaf *leaf = &in->tree->leaves[node];
    ring_facts *ring = &in->rings[leaf->ring];
    if (!ring->is_listed) {
        ring->is_listed = true;
        in->listed[in->n_listed++] = leaf->ring;
    }
    for (size_t i = leaf->first; i < leaf->first + leaf->n; i++) {
        hf_xy a = in->polygon->points[i];
        hf_xy b = in->polygon->points[hf__edge_tree_next(in->tree, leaf, i)];
        ring->is_touched |= hf__cross_edge(a, b, p, &ring->is_around);
    }
}

/* Only a larger ring holds another; of two alike the first. */
static bool may_hold(const nester *in, size_t outer, size_t inner) {
    const ring_facts *out = &in->rings[outer], *within = &in->rings[inner];
    return (out->area > within->area ||
            (out->area == within->area && outer < inner)) &&
           hf__box_holds(&out->box, &within->box);
}

static void nest_ring(nester *in, size_t ring, size_t *out_depth,
                      size_t *out_parent) {
    double parent_area = INFINITY;
    *out_depth = 0;
    *out_parent = HF__NO_RING;
    in->n_listed = 0;
    shoot(in, in->tree->n_levels - 1, 0,
          in->polygon->points[in->polygon->ring_start[ring]]);
    for (size_t i = 0; i < in->n_listed; i++) {
        size_t outer = in->listed[i];
        ring_facts *facts = &in->rings[outer];
        if (outer != ring && may_hold(in, outer, ring) &&
            (facts->is_touched ? ring_holds(in->polygon, outer, ring)
                               : facts->is_around)) {
            *out_depth += 1;
            if (facts->area < parent_area) {
                parent_area = facts->area;
                *out_parent = outer;
            }
        }
        facts->is_around = facts->is_touched = facts->is_listed = false;
    }
}

hf_status hf__rings_nest(hf_context *ctx, const hf__edge_tree *tree,
                         size_t *out_depth, size_t *out_parent) {
    const hf__polygon *polygon = tree->polygon;
    size_t n = polygon->n_rings;
    nester in = {.polygon = polygon, .tree = tree};
    hf_status status = HF_OK;
    in.rings = hf__calloc(n, sizeof *in.rings);
    in.listed = hf__calloc(n, sizeof *in.listed);
    if (!in.rings || !in.listed) {
        status = hf__fail_memory(ctx);
    }
    for (size_t r = 0; r < n && !status; r++) {
        const hf_xy *points = polygon->points + polygon->ring_start[r];
        size_t n_points = polygon->ring_start[r + 1] - polygon->ring_start[r];
        in.rings[r].box = hf__box_of(points, n_points);
        in.rings[r].area = fabs(hf__ring_area2(points, n_points));
    }
    for (size_t r = 0; r < n && !status; r++) {
        nest_ring(&in, r, &out_depth[r], &out_parent[r]);
    }
    hf__free(in.rings);
    hf__free(in.listed);
    return status;
}

static void reverse(const hf__polygon *polygon, size_t ring) {
    hf_xy *points = polygon->points + polygon->ring_start[ring];
    size_t n = polygon->ring_start[ring + 1] - polygon->ring_start[ring];
    for (size_t i = 0, k = n - 1; i < k; i++, k--) {
        hf_xy swap = points[i];
        points[i] = points[k];
        points[k] = swap;
    }
}

bool hf__rings_turn(hf__polygon *polygon, const size_t *depth) {
    bool all_turned = true;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        const hf_xy *points = polygon->points + polygon->ring_start[r];
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        bool is_left = hf__ring_area2(points, n) > 0;
        if (is_left == (depth[r] % 2 == 0)) {
            all_turned = false;
        } else {
            reverse(polygon, r);
        }
    }
    return all_turned;
}

void hf__rings_turn_all(hf__polygon *polygon) {
    for (size_t r = 0; r < polygon->n_rings; r++) {
        reverse(polygon, r);
    }
}
