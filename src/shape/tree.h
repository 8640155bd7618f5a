/* The inside of an index, as index.c builds it and the lanes search it. */
#ifndef HOWFAR_SHAPE_TREE_H
#define HOWFAR_SHAPE_TREE_H

#include <stddef.h>
#include <stdint.h>

/* Children of a node, pieces of a leaf. */
#define HF__WIDTH 8
/* Marks a child that is a leaf. */
#define HF__LEAF 0x80000000u
/* A level of the tree holds at most an eighth of the one below. */
#define HF__DEPTH 24

/* Numbers of the tree are floats: half the memory to fetch, and twice as many
 * of them in a vector. Eight boxes, none smaller than what they hold, and their
 * children; unused ones are empty. */
typedef struct hf__node {
    float least[3][HF__WIDTH], most[3][HF__WIDTH];
    uint32_t child[HF__WIDTH]; /* a node, or a leaf with HF__LEAF */
} hf__node;

/* Eight straight lines: from, along, and 1 / along^2; unused ones are far away.
 */
typedef struct hf__leaf {
    float from[3][HF__WIDTH], along[3][HF__WIDTH], inverse[HF__WIDTH];
    uint32_t piece[HF__WIDTH];
} hf__leaf;

typedef struct hf__tree {
    double middle[3];  /* earth-centred; the tree's own axes start here ... */
    double turn[3][3]; /* ... and point east, north and up */
    hf__node *nodes;   /* the root is the first */
    hf__leaf *leaves;
    double bulge_m;
    double reach_m;  /* no coordinate of a piece is greater */
    double across_m; /* no two places on pieces are farther apart, ... */
    double span_m;   /* ... and no two of one leaf are */
    uint64_t id;     /* no other tree of this process has it; not 0 */
} hf__tree;

/* What searches in one neighbourhood have learned, all zero at first: the leaf
 * that was best, and after the second search all the leaves that can hold a
 * nearest piece of any point within HF__VICINITY_M of the middle; see
 * shape/index.h.
 */
#define HF__VICINITY_LEAVES 9
#define HF__VICINITY_M 4000.0

typedef struct hf__vicinity {
    uint64_t tree; /* id of the tree that this is about */
    float middle[3];
    uint16_t n_searches; /* 0, 1, or 2 and more */
    uint16_t n_leaves;   /* 0: not known, or too many */
    uint32_t leaf[HF__VICINITY_LEAVES];
    uint32_t unused; /* 64 bytes, a cache line */
} hf__vicinity;

/* Rounding of floats moves a chord from p by no more than this times the
 * greatest coordinates of p and the tree: see shape/index.h. */
#define HF__TREE_ERROR 2e-6

/* A piece that can be the nearest. */
typedef struct hf__near {
    float chord2; /* squared chord to its straight line, but for rounding */
    uint32_t piece;
} hf__near;

#endif
