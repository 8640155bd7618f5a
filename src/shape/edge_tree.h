/* A tree of boxes over the edges of a polygon. Edges that follow one another
 * lie together, so their own order makes the tree: leaves of up to eight edges
 * of one ring, four nodes to a node. */
#ifndef HOWFAR_SHAPE_EDGE_TREE_H
#define HOWFAR_SHAPE_EDGE_TREE_H

#include "shape/polygon.h"

enum { HF__LEAF_EDGES = 8, HF__TREE_FAN = 4, HF__TREE_LEVELS = 32 };

typedef struct hf__edge_leaf {
    size_t ring;
    size_t first; /* edge i runs from point i to the next of its ring */
    size_t n;
} hf__edge_leaf;

/* In which directions all edges below a node go, where they follow each other
 * in one ring: such a chain can't touch itself. */
enum {
    HF__EASTWARD = 1,
    HF__WESTWARD = 2,
    HF__NORTHWARD = 4,
    HF__SOUTHWARD = 8
};

/* Node i of a level has the children 4 i to 4 i + 3 of the level below; level
 * 0 are the leaves, and the last level is one node. No levels without edges. */
typedef struct hf__edge_tree {
    const hf__polygon *polygon;
    hf__edge_leaf *leaves;
    hf__box *boxes[HF__TREE_LEVELS];
    unsigned char *ways[HF__TREE_LEVELS];
    size_t n[HF__TREE_LEVELS];
    size_t n_levels;
} hf__edge_tree;

/* Makes a tree; the polygon must outlive it. HF_ERR_MEMORY. */
hf_status hf__edge_tree_init(hf_context *ctx, const hf__polygon *polygon,
                             hf__edge_tree *out);
void hf__edge_tree_reset(hf__edge_tree *tree);

/* One past the last child of a node of a level above 0. */
size_t hf__edge_tree_end(const hf__edge_tree *tree, size_t level, size_t node);

/* Whether the edges below node + 1 of a level follow those below node, and all
 * go in a common direction: none of them touch. */
bool hf__edge_tree_is_chain(const hf__edge_tree *tree, size_t level,
                            size_t node);

/* The point at which an edge ends. */
size_t hf__edge_tree_next(const hf__edge_tree *tree, const hf__edge_leaf *leaf,
                          size_t point);

#endif
