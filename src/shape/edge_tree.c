#include "shape/edge_tree.h"

#include "base/context.h"
#include "base/memory.h"

size_t hf__edge_tree_end(const hf__edge_tree *tree, size_t level, size_t node) {
    size_t end = (node + 1) * HF__TREE_FAN;
    return end < tree->n[level - 1] ? end : tree->n[level - 1];
}

size_t hf__edge_tree_next(const hf__edge_tree *tree, const hf__edge_leaf *leaf,
                          size_t point) {
    const size_t *ring_start = tree->polygon->ring_start;
    return point + 1 == ring_start[leaf->ring + 1] ? ring_start[leaf->ring]
                                                   : point + 1;
}

static unsigned ways_of(hf_xy from, hf_xy to) {
    return (to.x_m > from.x_m ? HF__EASTWARD : 0u) |
           (to.x_m < from.x_m ? HF__WESTWARD : 0u) |
           (to.y_m > from.y_m ? HF__NORTHWARD : 0u) |
           (to.y_m < from.y_m ? HF__SOUTHWARD : 0u);
}

static double lesser(double a, double b) {
    return a < b ? a : b;
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

/* Box and ways of a leaf. */
static void fill_leaf(hf__edge_tree *tree, const hf__edge_leaf *leaf,
                      size_t number) {
    const hf_xy *points = tree->polygon->points;
    hf_xy at = points[leaf->first];
    hf__box box = {at, at};
    unsigned ways = HF__EASTWARD | HF__WESTWARD | HF__NORTHWARD | HF__SOUTHWARD;
    for (size_t i = leaf->first; i < leaf->first + leaf->n; i++) {
        hf_xy to = points[hf__edge_tree_next(tree, leaf, i)];
        ways &= ways_of(at, to);
        box.min.x_m = lesser(box.min.x_m, to.x_m);
        box.min.y_m = lesser(box.min.y_m, to.y_m);
        box.max.x_m = greater(box.max.x_m, to.x_m);
        box.max.y_m = greater(box.max.y_m, to.y_m);
        at = to;
    }
    tree->boxes[0][number] = box;
    tree->ways[0][number] = (unsigned char)ways;
    tree->leaves[number] = *leaf;
}

static void fill_leaves(hf__edge_tree *tree) {
    const hf__polygon *polygon = tree->polygon;
    size_t n = 0;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        size_t end = polygon->ring_start[r + 1];
        for (size_t at = polygon->ring_start[r]; at < end;
             at += HF__LEAF_EDGES) {
            size_t left = end - at;
            hf__edge_leaf leaf = {
                r, at, left < HF__LEAF_EDGES ? left : HF__LEAF_EDGES};
            fill_leaf(tree, &leaf, n++);
        }
    }
}

/* The first and the last leaf below a node. */
static size_t first_leaf(size_t level, size_t node) {
    for (; level > 0; level--) {
        node *= HF__TREE_FAN;
    }
    return node;
}

static size_t last_leaf(const hf__edge_tree *tree, size_t level, size_t node) {
    size_t behind = first_leaf(level, node + 1);
    return (behind < tree->n[0] ? behind : tree->n[0]) - 1;
}

bool hf__edge_tree_is_chain(const hf__edge_tree *tree, size_t level,
                            size_t node) {
    const unsigned char *ways = tree->ways[level];
    return (ways[node] & ways[node + 1]) &&
           tree->leaves[last_leaf(tree, level, node)].ring ==
               tree->leaves[first_leaf(level, node + 1)].ring;
}

static void fill_levels(hf__edge_tree *tree) {
    for (size_t level = 1; level < tree->n_levels; level++) {
        for (size_t i = 0; i < tree->n[level]; i++) {
            size_t first = i * HF__TREE_FAN;
            hf__box box = tree->boxes[level - 1][first];
            unsigned ways = tree->ways[level - 1][first];
            size_t end = hf__edge_tree_end(tree, level, i);
            for (size_t k = first + 1; k < end; k++) {
                hf__box_widen(&box, &tree->boxes[level - 1][k]);
                ways &= hf__edge_tree_is_chain(tree, level - 1, k - 1)
                            ? tree->ways[level - 1][k]
                            : 0u;
            }
            tree->boxes[level][i] = box;
            tree->ways[level][i] = (unsigned char)ways;
        }
    }
}

hf_status hf__edge_tree_init(hf_context *ctx, const hf__polygon *polygon,
                             hf__edge_tree *out) {
    hf__edge_tree tree = {.polygon = polygon};
    size_t n_leaves = 0, n_boxes = 0;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        n_leaves += (n + HF__LEAF_EDGES - 1) / HF__LEAF_EDGES;
    }
    for (size_t n = n_leaves; n > 0;
         n = n > 1 ? (n + HF__TREE_FAN - 1) / HF__TREE_FAN : 0) {
        tree.n[tree.n_levels++] = n;
        n_boxes += n;
    }
    tree.leaves = hf__calloc(n_leaves, sizeof *tree.leaves);
    hf__box *boxes = hf__calloc(n_boxes, sizeof *boxes);
    unsigned char *ways = hf__calloc(n_boxes, sizeof *ways);
    if (!tree.leaves || !boxes || !ways) {
        hf__free(tree.leaves);
        hf__free(boxes);
        hf__free(ways);
        return hf__fail_memory(ctx);
    }
    tree.boxes[0] = boxes;
    tree.ways[0] = ways;
    for (size_t level = 1; level < tree.n_levels; level++) {
        tree.boxes[level] = tree.boxes[level - 1] + tree.n[level - 1];
        tree.ways[level] = tree.ways[level - 1] + tree.n[level - 1];
    }
    fill_leaves(&tree);
    fill_levels(&tree);
    *out = tree;
    return HF_OK;
}

void hf__edge_tree_reset(hf__edge_tree *tree) {
    hf__free(tree->leaves);
    hf__free(tree->boxes[0]);
    hf__free(tree->ways[0]);
    *tree = (hf__edge_tree){0};
}
