#include "shape/simple.h"

#include "shape/edge_tree.h"

/* The tree of a polygon's edges is joined with itself. */

typedef struct edge {
    size_t from, to; /* points */
    hf_xy a, b;
    hf__box box;
} edge;

static edge get_edge(const hf__edge_tree *t, const hf__edge_leaf *of,
                     size_t i) {
    const hf__polygon *polygon = t->polygon;
    edge e = {.from = of->first + i};
    e.to = hf__edge_tree_next(t, of, e.from);
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

/* Whether b lies between a and c. */
static bool is_between(double a, double b, double c) {
    return (a < b && b < c) || (a > b && b > c);
}

/* Whether f, which begins where e ends, runs back over it: in line, and not
 * onward in either axis. */
static bool folds_back(const edge *e, const edge *f) {
    return !is_between(e->a.x_m, e->b.x_m, f->b.x_m) &&
           !is_between(e->a.y_m, e->b.y_m, f->b.y_m) &&
           hf__orientation(e->a, e->b, f->b) == 0;
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

static bool leaf_is_apart(const hf__edge_tree *t, size_t a) {
    const hf__edge_leaf *of = &t->leaves[a];
    edge edges[HF__LEAF_EDGES];
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

static bool leaves_are_apart(const hf__edge_tree *t, size_t a, size_t b) {
    const hf__edge_leaf *of_a = &t->leaves[a], *of_b = &t->leaves[b];
    edge near_a[HF__LEAF_EDGES]; /* the edges of b that come to the box of a */
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

/* Whether the edges below two different nodes of a level are apart. */
static bool are_apart(const hf__edge_tree *t, size_t level, size_t a,
                      size_t b) {
    if (!boxes_meet(&t->boxes[level][a], &t->boxes[level][b])) {
        return true;
    }
    if (level == 0) {
        return leaves_are_apart(t, a, b);
    }
    size_t end_a = hf__edge_tree_end(t, level, a);
    size_t end_b = hf__edge_tree_end(t, level, b);
    for (size_t i = a * HF__TREE_FAN; i < end_a; i++) {
        if (!boxes_meet(&t->boxes[level - 1][i], &t->boxes[level][b])) {
            continue;
        }
        for (size_t k = b * HF__TREE_FAN; k < end_b; k++) {
            if (!are_apart(t, level - 1, i, k)) {
                return false;
            }
        }
    }
    return true;
}

/* Whether the edges below one node are apart from each other. */
static bool is_apart(const hf__edge_tree *t, size_t level, size_t a) {
    if (level == 0) {
        return leaf_is_apart(t, a);
    }
    size_t end = hf__edge_tree_end(t, level, a);
    for (size_t i = a * HF__TREE_FAN; i < end; i++) {
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

hf_status hf__polygon_is_simple(hf_context *ctx, const hf__polygon *polygon,
                                bool *out_simple) {
    hf__edge_tree tree;
    hf_status status = hf__edge_tree_init(ctx, polygon, &tree);
    if (!status) {
        *out_simple = !tree.n_levels || is_apart(&tree, tree.n_levels - 1, 0);
        hf__edge_tree_reset(&tree);
    }
    return status;
}
