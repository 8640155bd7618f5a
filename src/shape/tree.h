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

/* Eight boxes, axis by axis; unused ones are empty (least = infinity). */
typedef struct hf__eight_boxes {
    double least[3][HF__WIDTH], most[3][HF__WIDTH];
} hf__eight_boxes;

/* Eight segments: from, along, and 1 / along^2; unused ones are far away. */
typedef struct hf__eight_segments {
    double from[3][HF__WIDTH], along[3][HF__WIDTH], inverse[HF__WIDTH];
} hf__eight_segments;

typedef struct hf__node {
    hf__eight_boxes boxes;
    uint32_t child[HF__WIDTH]; /* a node, or a leaf with HF__LEAF */
} hf__node;

typedef struct hf__leaf {
    hf__eight_segments segments;
    uint32_t piece[HF__WIDTH];
} hf__leaf;

typedef struct hf__tree {
    double middle[3];  /* earth-centred; the tree's own axes start here ... */
    double turn[3][3]; /* ... and point east, north and up */
    hf__node *nodes;   /* the root is the first */
    hf__leaf *leaves;
    double bulge_m;
} hf__tree;

/* A piece that can be the nearest. */
typedef struct hf__near {
    double chord2; /* squared chord to its straight line */
    uint32_t piece, leaf;
} hf__near;

#endif
