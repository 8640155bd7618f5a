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
            hf__box box = hf__box_of(polygon->points + at, leaf.n);
            size_t last = hf__edge_tree_next(tree, &leaf, at + leaf.n - 1);
            hf__box point = hf__box_of(polygon->points + last, 1);
            hf__box_widen(&box, &point);
            tree->boxes[0][n] = box;
            tree->leaves[n++] = leaf;
        }
    }
}

static void fill_levels(hf__edge_tree *tree) {
    for (size_t level = 1; level < tree->n_levels; level++) {
        for (size_t i = 0; i < tree->n[level]; i++) {
            hf__box box = hf__box_of(NULL, 0);
            size_t end = hf__edge_tree_end(tree, level, i);
            for (size_t k = i * HF__TREE_FAN; k < end; k++) {
                hf__box_widen(&box, &tree->boxes[level - 1][k]);
            }
            tree->boxes[level][i] = box;
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
    if (!tree.leaves || !boxes) {
        hf__free(tree.leaves);
        hf__free(boxes);
        return hf__fail_memory(ctx);
    }
    tree.boxes[0] = boxes;
    for (size_t level = 1; level < tree.n_levels; level++) {
        tree.boxes[level] = tree.boxes[level - 1] + tree.n[level - 1];
    }
    fill_leaves(&tree);
    fill_levels(&tree);
    *out = tree;
    return HF_OK;
}

void hf__edge_tree_reset(hf__edge_tree *tree) {
    hf__free(tree->leaves);
    hf__free(tree->boxes[0]);
    *tree = (hf__edge_tree){0};
}
