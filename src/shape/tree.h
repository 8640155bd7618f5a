/* The inside of an index, as index.c builds it and the lanes search it. */
#ifndef HOWFAR_SHAPE_TREE_H
#define HOWFAR_SHAPE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Children of a node, pieces of a leaf. */
#define HF__WIDTH 8
/* Marks a child that is a leaf. */
#define HF__LEAF 0x80000000u
/* A level of the tree holds at most an eighth of the one below. */
#define HF__DEPTH 24

/* Lanes are compiled for finite numbers alone. Unused places of nodes and
 * leaves are so far away that they are beyond every cutoff; the square is still
 * a float. */
#define HF__NOWHERE_M 1e18f

/* Numbers of the tree are floats: half the memory to fetch, and twice as many
 * of them in a vector. Eight boxes, none smaller than what they hold, and their
 * children; unused ones are empty. */
typedef struct hf__node {
    float least[3][HF__WIDTH], most[3][HF__WIDTH];
    uint32_t child[HF__WIDTH]; /* a node, or a leaf with HF__LEAF */
} hf__node;

/* Eight straight lines: from, along, and 1 / along^2; unused ones are far away.
 * They are pieces that follow each other. What lies past the end of one as far
 * as `beyond`, in lengths from its start, is no nearer to it than to the piece
 * that goes on there: see shape/index.h. 256 bytes, four cache lines. */
typedef struct hf__leaf {
    float from[3][HF__WIDTH], along[3][HF__WIDTH], inverse[HF__WIDTH];
    uint32_t first; /* piece */
    uint32_t ends;  /* bit i: nothing goes on where line i ends */
    float beyond;
    uint32_t unused[5];
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

/* What searches in one neighbourhood have learned, all zero at first. The
 * second search of a tree surveys it: lists all the leaves that can hold a
 * piece nearest to any point within a radius of the middle; see shape/index.h.
 */
#define HF__VICINITY_LEAVES 8

typedef enum hf__vicinity_state {
    HF__VICINITY_NEW,
    HF__VICINITY_SEEN,   /* the first leaf was best for the first search */
    HF__VICINITY_KNOWN,  /* the leaves are listed */
    HF__VICINITY_CROWDED /* they are too many; the first is best in the middle
                          */
} hf__vicinity_state;

typedef struct hf__vicinity {
    uint64_t tree; /* id of the tree that this is about */
    float middle[3], radius2;
    float slack2; /* how much greater than the least squared chord those of
                     pieces are that can be nearest, at most */
    uint16_t state;
    uint8_t n_leaves;
    bool keeps_all; /* points are so far away that no piece is left out */
    uint32_t leaf[HF__VICINITY_LEAVES];
} hf__vicinity; /* 64 bytes, a cache line */

/* The vicinity of a point, which is a square of a plane whose axes point about
 * east and north; where the point lies in the plane, and the side of the
 * square.
 */
typedef struct hf__around {
    hf__vicinity *vicinity;
    double x_m, y_m, side_m;
} hf__around;

/* Rounding of floats moves a chord from p by no more than this times the
 * greatest coordinates of p and the tree: see shape/index.h. */
#define HF__TREE_ERROR 2e-6

/* A piece that can be the nearest. */
typedef struct hf__near {
    float chord2; /* squared chord to its straight line, but for rounding */
    uint32_t piece;
} hf__near;

#endif
