#include "shape/simple.h"

#include <stdlib.h>

#include "base/context.h"
#include "base/memory.h"

/* ---- edges -----------------------------------------------------------------
 * The tree of a polygon's edges is joined with itself. */

typedef struct edge {
    size_t ring, from, to; /* points */
    hf_xy a, b;
    hf__box box;
} edge;

static edge get_edge(const hf__edge_tree *t, const hf__edge_leaf *of,
                     size_t i) {
    const hf__polygon *polygon = t->polygon;
    edge e = {.ring = of->ring, .from = of->first + i};
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

/* Vertices of two rings in one place. */
typedef struct meeting {
    size_t a, ring_a, b, ring_b;
} meeting;

typedef struct join {
    const hf__edge_tree *tree;
    meeting *meetings;
    size_t n, capacity;
    bool failed; /* for want of memory */
} join;

/* Each vertex may meet that many others; more is for GEOS to judge. */
#define MEETINGS_MOST 16

static bool is_same(hf_xy a, hf_xy b) {
    return a.x_m == b.x_m && a.y_m == b.y_m;
}

static bool add_meeting(join *in, const edge *e, size_t a, const edge *f,
                        size_t b) {
    void *list = in->meetings;
    size_t most = MEETINGS_MOST * hf__polygon_n_points(in->tree->polygon);
    if (in->n == most) {
        return false;
    }
    if (!hf__reserve(&list, &in->capacity, in->n + 1, sizeof *in->meetings)) {
        in->failed = true;
        return false;
    }
    in->meetings = list;
    in->meetings[in->n++] = (meeting){a, e->ring, b, f->ring};
    return true;
}

/* Whether edges of two rings that begin or end in the same place have only that
 * in common: they don't leave it in the same direction. */
static bool part_at(hf_xy place, hf_xy a, hf_xy b) {
    return hf__orientation(place, a, b) != 0 ||
           is_between(a.x_m, place.x_m, b.x_m) ||
           is_between(a.y_m, place.y_m, b.y_m);
}

/* Whether two edges whose boxes meet have no more in common than they may.
 * Edges in line whose boxes meet are taken to touch, which they do. */
static bool edges_are_apart(join *in, const edge *e, const edge *f) {
    if (e->to == f->from && f->to != e->from) {
        return !folds_back(e, f);
    }
    if (f->to == e->from && e->to != f->from) {
        return !folds_back(f, e);
    }
    if (e->ring != f->ring) {
        bool e_from = is_same(e->a, f->a) || is_same(e->a, f->b);
        bool e_to = is_same(e->b, f->a) || is_same(e->b, f->b);
        if (e_from != e_to) {
            hf_xy place = e_from ? e->a : e->b, end = e_from ? e->b : e->a;
            bool f_from = is_same(f->a, place);
            return part_at(place, end, f_from ? f->b : f->a) &&
                   add_meeting(in, e, e_from ? e->from : e->to, f,
                               f_from ? f->from : f->to);
        }
    }
    return hf__orientation(e->a, e->b, f->a) *
                   hf__orientation(e->a, e->b, f->b) >
               0 ||
           hf__orientation(f->a, f->b, e->a) *
                   hf__orientation(f->a, f->b, e->b) >
               0;
}

static bool leaf_is_apart(join *in, size_t a) {
    const hf__edge_tree *t = in->tree;
    const hf__edge_leaf *of = &t->leaves[a];
    edge edges[HF__LEAF_EDGES];
    for (size_t i = 0; i < of->n; i++) {
        edges[i] = get_edge(t, of, i);
        for (size_t k = 0; k < i; k++) {
            if (boxes_meet(&edges[i].box, &edges[k].box) &&
                !edges_are_apart(in, &edges[i], &edges[k])) {
                return false;
            }
        }
    }
    return true;
}

static bool leaves_are_apart(join *in, size_t a, size_t b) {
    const hf__edge_tree *t = in->tree;
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
                !edges_are_apart(in, &e, &near_a[k])) {
                return false;
            }
        }
    }
    return true;
}

/* Whether the edges below two different nodes of a level are apart. */
static bool are_apart(join *in, size_t level, size_t a, size_t b) {
    const hf__edge_tree *t = in->tree;
    if (!boxes_meet(&t->boxes[level][a], &t->boxes[level][b])) {
        return true;
    }
    if (level == 0) {
        return leaves_are_apart(in, a, b);
    }
    size_t end_a = hf__edge_tree_end(t, level, a);
    size_t end_b = hf__edge_tree_end(t, level, b);
    for (size_t i = a * HF__TREE_FAN; i < end_a; i++) {
        if (!boxes_meet(&t->boxes[level - 1][i], &t->boxes[level][b])) {
            continue;
        }
        for (size_t k = b * HF__TREE_FAN; k < end_b; k++) {
            if (!are_apart(in, level - 1, i, k)) {
                return false;
            }
        }
    }
    return true;
}

/* Whether the edges below one node are apart from each other. */
static bool is_apart(join *in, size_t level, size_t a) {
    const hf__edge_tree *t = in->tree;
    if (t->ways[level][a]) {
        return true; /* all go one way */
    }
    if (level == 0) {
        return leaf_is_apart(in, a);
    }
    size_t end = hf__edge_tree_end(t, level, a);
    for (size_t i = a * HF__TREE_FAN; i < end; i++) {
        if (!is_apart(in, level - 1, i)) {
            return false;
        }
        size_t k = i + 1;
        if (k < end && hf__edge_tree_is_chain(t, level - 1, i)) {
            k++; /* the neighbour goes on the same way */
        }
        for (; k < end; k++) {
            if (!are_apart(in, level - 1, i, k)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- meetings --------------------------------------------------------------
 */

/* The points before and after a vertex of a ring. */
static void get_neighbours(const hf__polygon *polygon, size_t ring,
                           size_t vertex, hf_xy *before, hf_xy *after) {
    size_t start = polygon->ring_start[ring];
    size_t last = polygon->ring_start[ring + 1] - 1;
    *before = polygon->points[vertex == start ? last : vertex - 1];
    *after = polygon->points[vertex == last ? start : vertex + 1];
}

/* Whether p lies to the left of the way from `before` through `at` to `after`;
 * it is not on that way. */
static bool is_left(hf_xy before, hf_xy at, hf_xy after, hf_xy p) {
    bool of_first = hf__orientation(before, at, p) > 0;
    bool of_second = hf__orientation(at, after, p) > 0;
    return hf__orientation(before, at, after) > 0 ? of_first && of_second
                                                  : of_first || of_second;
}

static bool crosses(const hf__polygon *polygon, const meeting *it) {
    hf_xy at = polygon->points[it->a], before, after, from, to;
    get_neighbours(polygon, it->ring_a, it->a, &before, &after);
    get_neighbours(polygon, it->ring_b, it->b, &from, &to);
    return is_left(before, at, after, from) != is_left(before, at, after, to);
}

/* A vertex where a ring meets others, with the outer ring that it belongs to:
 * itself or the one around it. */
typedef struct visit {
    hf_xy at;
    size_t outer, ring;
} visit;

static int by_place_and_outer(const void *a, const void *b) {
    const visit *p = a, *q = b;
    if (p->at.x_m != q->at.x_m) {
        return p->at.x_m < q->at.x_m ? -1 : 1;
    }
    if (p->at.y_m != q->at.y_m) {
        return p->at.y_m < q->at.y_m ? -1 : 1;
    }
    if (p->outer != q->outer) {
        return p->outer < q->outer ? -1 : 1;
    }
    return p->ring < q->ring ? -1 : p->ring > q->ring;
}

static size_t root_of(size_t *trees, size_t node) {
    while (trees[node] != node) {
        trees[node] = trees[trees[node]];
        node = trees[node];
    }
    return node;
}

/* Whether rings and places are a forest; `trees` has a node for each ring, and
 * one for each visit. */
static bool is_forest(const visit *visits, size_t n, size_t n_rings,
                      size_t *trees) {
    for (size_t i = 0; i < n_rings + n; i++) {
        trees[i] = i;
    }
    size_t place = 0;
    for (size_t i = 0; i < n; i++) {
        const visit *first = &visits[place], *it = &visits[i];
        if (!is_same(first->at, it->at) || first->outer != it->outer) {
            place = i;
        } else if (i > place && visits[i - 1].ring == it->ring) {
            continue; /* the same visit, met again */
        }
        size_t a = root_of(trees, n_rings + place);
        size_t b = root_of(trees, it->ring);
        if (a == b) {
            return false;
        }
        trees[a] = b;
    }
    return true;
}

static hf_status judge_meetings(hf_context *ctx, const join *in,
                                const size_t *depth, const size_t *parent,
                                bool *out_simple) {
    const hf__polygon *polygon = in->tree->polygon;
    for (size_t i = 0; i < in->n; i++) {
        if (crosses(polygon, &in->meetings[i])) {
            *out_simple = false;
            return HF_OK;
        }
    }
    size_t n = 2 * in->n;
    visit *visits = hf__calloc(n, sizeof *visits);
    size_t *trees = hf__calloc(polygon->n_rings + n, sizeof *trees);
    if (!visits || !trees) {
        hf__free(visits);
        hf__free(trees);
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        const meeting *it = &in->meetings[i / 2];
        size_t ring = i % 2 ? it->ring_b : it->ring_a;
        visits[i] = (visit){polygon->points[i % 2 ? it->b : it->a],
                            depth[ring] % 2 ? parent[ring] : ring, ring};
    }
    qsort(visits, n, sizeof *visits, by_place_and_outer);
    *out_simple = is_forest(visits, n, polygon->n_rings, trees);
    hf__free(visits);
    hf__free(trees);
    return HF_OK;
}

hf_status hf__polygon_is_simple(hf_context *ctx, const hf__edge_tree *tree,
                                const size_t *depth, const size_t *parent,
                                bool *out_simple) {
    join in = {.tree = tree};
    bool simple = !tree->n_levels || is_apart(&in, tree->n_levels - 1, 0);
    hf_status status = in.failed ? hf__fail_memory(ctx) : HF_OK;
    if (!status && simple && in.n) {
        status = judge_meetings(ctx, &in, depth, parent, &simple);
    }
    hf__free(in.meetings);
    if (!status) {
        *out_simple = simple;
    }
    return status;
}
