#include "shape/simple.h"

#include "base/context.h"
#include "base/memory.h"

/* Edges that follow one another lie together, so their own order makes a tree
 * of boxes: leaves of up to eight edges of one ring, four nodes to a node. The
 * tree is joined with itself. */
enum { LEAF_EDGES = 8, FAN = 4, MOST_LEVELS = 32 };

typedef struct leaf {
    size_t ring;
    size_t first; /* edge i runs from point i to the next of its ring */
    size_t n;
} leaf;

typedef struct tree {
    const hf__polygon *polygon;
    leaf *leaves;
    hf__box *boxes[MOST_LEVELS]; /* [0] of the leaves */
    size_t n[MOST_LEVELS];
    size_t n_levels;
} tree;

typedef struct edge {
    size_t from, to; /* points */
    hf_xy a, b;
    hf__box box;
} edge;

static edge get_edge(const tree *t, const leaf *of, size_t i) {
    const hf__polygon *polygon = t->polygon;
    edge e = {.from = of->first + i, .to = of->first + i + 1};
    if (e.to == polygon->ring_start[of->ring + 1]) {
        e.to = polygon->ring_start[of->ring];
    }
    e.a = polygon->points[e.from];
    e.b = polygon->points[e.to];
    bool x_grows = e.a.x_m < e.b.x_m, y_grows = e.a.y_m < e.b.y_m;
    e.box.min.x_m = x_grows ? e.a.x_m : e.b.x_m;
    e.box.max.x_m = x_grows ? e.b.x_m : e.a.x_m;
    e.box.min.y_m = y_grows ? e.a.y_m : e.b.y_m;
    e.box.max.y_m = y_grows ? e.b.y_m : e.a.y_m;
    return e;
}

static bool boxes_meet(const hf__box *a, const hf__box *b) {
    return a->min.x_m <= b->max.x_m && b->min.x_m <= a->max.x_m &&
           a->min.y_m <= b->max.y_m && b->min.y_m <= a->max.y_m;
}

/* Whether e, then f, turn back on themselves at their common vertex. */
static bool folds_back(const edge *e, const edge *f) {
    if (hf__orientation(e->a, e->b, f->b) != 0) {
        return false;
    }
    /* In line: f goes back unless it leaves the box of e behind, which it
     * does when its end is beyond e's on the side that e runs to. */
    return (e->b.x_m > e->a.x_m   ? f->b.x_m < e->b.x_m
            : e->b.x_m < e->a.x_m ? f->b.x_m > e->b.x_m
            : e->b.y_m > e->a.y_m ? f->b.y_m < e->b.y_m
                                  : f->b.y_m > e->b.y_m);
}

/* Whether two edges whose boxes meet have more in common than neighbours may.
 * Edges in line whose boxes meet are taken to touch, which they do. */
static bool edges_touch(const edge *e, const edge *f) {
    if (e->to == f->from && f->to != e->from) {
        return folds_back(e, f);
    }
    if (f->to == e->from && e->to != f->from) {
        return folds_back(f, e);
    }
    return hf__orientation(e->a, e->b, f->a) *
                   hf__orientation(e->a, e->b, f->b) <=
               0 &&
           hf__orientation(f->a, f->b, e->a) *
                   hf__orientation(f->a, f->b, e->b) <=
               0;
}

static bool leaf_is_apart(const tree *t, size_t a) {
    const leaf *of = &t->leaves[a];
    edge edges[LEAF_EDGES];
    for (size_t i = 0; i < of->n; i++) {
        edges[i] = get_edge(t, of, i);
        for (size_t k = 0; k < i; k++) {
            if (boxes_meet(&edges[i].box, &edges[k].box) &&
                edges_touch(&edges[i], &edges[k])) {
                return false;
            }
        }
    }
    return true;
}

static bool leaves_are_apart(const tree *t, size_t a, size_t b) {
    const leaf *of_a = &t->leaves[a], *of_b = &t->leaves[b];
    edge near_a[LEAF_EDGES]; /* the edges of b that come to the box of a */
    size_t n_near = 0;
    for (size_t k = 0; k < of_b->n; k++) {
        edge f = get_edge(t, of_b, k);
        if (boxes_meet(&f.box, &t->boxes[0][a])) {
            near_a[n_near++] = f;
        }
    }
    for (size_t i = 0; n_near && i < of_a->n; i++) {
        edge e = get_edge(t, of_a, i);
        for (size_t k = 0; k < n_near; k++) {
            if (boxes_meet(&e.box, &near_a[k].box) &&
                edges_touch(&e, &near_a[k])) {
                return false;
            }
        }
    }
    return true;
}

static size_t end_of_children(const tree *t, size_t level, size_t node) {
    size_t end = (node + 1) * FAN;
    return end < t->n[level - 1] ? end : t->n[level - 1];
}

/* Whether the edges below two different nodes of a level are apart. */
static bool are_apart(const tree *t, size_t level, size_t a, size_t b) {
    if (!boxes_meet(&t->boxes[level][a], &t->boxes[level][b])) {
        return true;
    }
    if (level == 0) {
        return leaves_are_apart(t, a, b);
    }
    size_t end_a = end_of_children(t, level, a);
    size_t end_b = end_of_children(t, level, b);
    for (size_t i = a * FAN; i < end_a; i++) {
        if (!boxes_meet(&t->boxes[level - 1][i], &t->boxes[level][b])) {
            continue;
        }
        for (size_t k = b * FAN; k < end_b; k++) {
            if (!are_apart(t, level - 1, i, k)) {
                return false;
            }
        }
    }
    return true;
}

/* Whether the edges below one node are apart from each other. */
static bool is_apart(const tree *t, size_t level, size_t a) {
    if (level == 0) {
        return leaf_is_apart(t, a);
    }
    size_t end = end_of_children(t, level, a);
    for (size_t i = a * FAN; i < end; i++) {
        if (!is_apart(t, level - 1, i)) {
            return false;
        }
        for (size_t k = i + 1; k < end; k++) {
            if (!are_apart(t, level - 1, i, k)) {
                return false;
            }
        }
    }
    return true;
}

static void fill_leaves(tree *t) {
    const hf__polygon *polygon = t->polygon;
    size_t n = 0;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        size_t end = polygon->ring_start[r + 1];
        for (size_t at = polygon->ring_start[r]; at < end; at += LEAF_EDGES) {
            size_t left = end - at;
            leaf made = {r, at, left < LEAF_EDGES ? left : LEAF_EDGES};
            hf__box box = hf__box_of(polygon->points + at, made.n);
            edge last = get_edge(t, &made, made.n - 1);
            hf__box_widen(&box, &last.box);
            t->boxes[0][n] = box;
            t->leaves[n++] = made;
        }
    }
}

static void fill_levels(tree *t) {
    for (size_t level = 1; level < t->n_levels; level++) {
        for (size_t i = 0; i < t->n[level]; i++) {
            hf__box box = hf__box_of(NULL, 0);
            size_t end = end_of_children(t, level, i);
            for (size_t k = i * FAN; k < end; k++) {
                hf__box_widen(&box, &t->boxes[level - 1][k]);
            }
            t->boxes[level][i] = box;
        }
    }
}

hf_status hf__polygon_is_simple(hf_context *ctx, const hf__polygon *polygon,
                                bool *out_simple) {
    tree t = {.polygon = polygon};
    size_t n_leaves = 0, n_boxes = 0;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        n_leaves += (n + LEAF_EDGES - 1) / LEAF_EDGES;
    }
    if (!n_leaves) {
        *out_simple = true;
        return HF_OK;
    }
    for (size_t n = n_leaves;; n = (n + FAN - 1) / FAN) {
        t.n[t.n_levels++] = n;
        n_boxes += n;
        if (n == 1) {
            break;
        }
    }
    t.leaves = hf__calloc(n_leaves, sizeof *t.leaves);
    hf__box *boxes = hf__calloc(n_boxes, sizeof *boxes);
    if (!t.leaves || !boxes) {
        hf__free(t.leaves);
        hf__free(boxes);
        return hf__fail_memory(ctx);
    }
    for (size_t level = 0, at = 0; level < t.n_levels; level++) {
        t.boxes[level] = boxes + at;
        at += t.n[level];
    }
    fill_leaves(&t);
    fill_levels(&t);
    *out_simple = is_apart(&t, t.n_levels - 1, 0);
    hf__free(t.leaves);
    hf__free(boxes);
    return HF_OK;
}
