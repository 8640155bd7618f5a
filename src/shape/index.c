#include "shape/index.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"

#define NO_CHILD 0xffffffffu
/* Pieces that are nearly always few enough; more when they are not. */
#define ROOM 64
struct hf__index {
    size_t n;
    double (*pieces)[HF__PIECE_VALUES];
    hf__tree tree;
    size_t n_nodes, n_leaves;
};

/* ---- making ---------------------------------------------------------------
 */

static void turn(const hf__tree *tree, const double *p, double *out) {
    for (int k = 0; k < 3; k++) {
        out[k] = 0;
        for (int m = 0; m < 3; m++) {
            out[k] += tree->turn[k][m] * (p[m] - tree->middle[m]);
        }
    }
}

static void set_frame(hf__index *index) {
    double sum[3] = {0, 0, 0};
    for (size_t i = 0; i < index->n; i++) {
        for (int k = 0; k < 3; k++) {
            sum[k] += index->pieces[i][k];
        }
    }
    for (int k = 0; k < 3; k++) {
        index->tree.middle[k] = sum[k] / (double)index->n;
    }
    const double *m = index->tree.middle;
    double across = hypot(m[0], m[1]), length = hypot(across, m[2]);
    double sin_lon = across > 0 ? m[1] / across : 0;
    double cos_lon = across > 0 ? m[0] / across : 1;
    double sin_lat = m[2] / length, cos_lat = across / length;
    double rows[3][3] = {{-sin_lon, cos_lon, 0},
                         {-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat},
                         {cos_lat * cos_lon, cos_lat * sin_lon, sin_lat}};
    memcpy(index->tree.turn, rows, sizeof rows);
}

typedef struct box3 {
    double least[3], most[3];
} box3;

/* Not fmin and fmax, which are calls. */
static double lesser(double a, double b) {
    return a < b ? a : b;
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

static void widen(box3 *box, const double *p) {
    for (int k = 0; k < 3; k++) {
        box->least[k] = lesser(box->least[k], p[k]);
        box->most[k] = greater(box->most[k], p[k]);
    }
}

static const box3 empty = {{INFINITY, INFINITY, INFINITY},
                           {-INFINITY, -INFINITY, -INFINITY}};

/* ---- leaves ---------------------------------------------------------------
 * Pieces that follow each other lie together: eight of them make a leaf. */

/* A leaf while the tree is built. */
typedef struct sorted_leaf {
    box3 box;
    double middle[3];
    uint32_t leaf;
} sorted_leaf;

/* How far apart, along an axis, the end of one piece and the start of another
 * are. */
static double gap_m(const hf__index *index, size_t from, size_t to) {
    const double *p = index->pieces[from], *next = index->pieces[to];
    double gap = 0;
    for (int k = 0; k < 3; k++) {
        gap = greater(gap, fabs(p[k] + p[3 + k] - next[k]));
    }
    return gap;
}

/* Gaps that are nothing but rounding. */
#define ROUNDING_M 1e-8

/* How many pieces from `first` on make a leaf. */
static size_t leaf_size(const hf__index *index, size_t first) {
    size_t n = 1;
    while (n < HF__WIDTH && first + n < index->n &&
           gap_m(index, first + n - 1, first + n) < 1) {
        n++;
    }
    return n;
}

/* From where on, in lengths, a place lies well past the end of a piece: see
 * index.h. */
static float beyond_of(const double *piece, double length2) {
    const double *bulge = piece + 6;
    double length_m = sqrt(length2);
    double bulge_m =
        sqrt(bulge[0] * bulge[0] + bulge[1] * bulge[1] + bulge[2] * bulge[2]);
    double past_m =
        HF__PAST_M + 4 * bulge_m * HF__LANES_MOST_M / length_m + bulge_m;
    double beyond = 1 + past_m / length_m;
    return beyond < (double)HF__NOWHERE_M ? (float)beyond : HF__NOWHERE_M;
}

static void set_line(const hf__index *index, size_t piece, size_t i,
                     hf__leaf *to, box3 *box) {
    const double *p = index->pieces[piece];
    double end[3] = {p[0] + p[3], p[1] + p[4], p[2] + p[5]};
    double a[3], b[3], length2 = 0;
    turn(&index->tree, p, a);
    turn(&index->tree, end, b);
    for (int k = 0; k < 3; k++) {
        to->from[k][i] = (float)a[k];
        to->along[k][i] = (float)(b[k] - a[k]);
        length2 += (b[k] - a[k]) * (b[k] - a[k]);
    }
    to->inverse[i] = length2 > 1e-30 ? (float)(1 / length2) : 0;
    float beyond = beyond_of(p, length2);
    to->beyond = beyond > to->beyond ? beyond : to->beyond;
    widen(box, a);
    widen(box, b);
}

static void set_leaf(hf__index *index, size_t number, size_t first, size_t n,
                     sorted_leaf *out) {
    hf__leaf *to = &index->tree.leaves[number];
    box3 box = empty;
    for (size_t i = 0; i < HF__WIDTH; i++) {
        if (i < n) {
            set_line(index, first + i, i, to, &box);
            continue;
        }
        for (int k = 0; k < 3; k++) { /* unused: far away */
            to->from[k][i] = HF__NOWHERE_M;
            to->along[k][i] = 0;
        }
        to->inverse[i] = 0;
    }
    to->first = (uint32_t)first;
    out->box = box;
    out->leaf = (uint32_t)number;
    for (int k = 0; k < 3; k++) {
        double reach_m = greater(-box.least[k], box.most[k]);
        out->middle[k] = (box.least[k] + box.most[k]) / 2;
        index->tree.reach_m = greater(index->tree.reach_m, reach_m);
    }
}

/* Sets which lines of a leaf nothing goes on from: neither the next piece nor
 * that with which the ring began, which is never the line itself. */
static void set_ends(hf__index *index, size_t number, size_t n, size_t ring) {
    hf__leaf *leaf = &index->tree.leaves[number];
    for (size_t i = 0; i < n; i++) {
        size_t piece = leaf->first + i, next = piece + 1;
        bool goes_on =
            (next < index->n && gap_m(index, piece, next) <= ROUNDING_M) ||
            (ring != piece && gap_m(index, piece, ring) <= ROUNDING_M);
        leaf->ends |= (uint32_t)!goes_on << i;
    }
}

/* ---- nodes ----------------------------------------------------------------
 */

/* Puts the `k` leaves that are least along an axis first (Hoare's selection;
 * the middle of three as pivot). */
static void part(sorted_leaf *leaves, size_t n, size_t k, int axis) {
    while (k > 0 && k < n) {
        double a = leaves[0].middle[axis], b = leaves[n / 2].middle[axis];
        double c = leaves[n - 1].middle[axis];
        double pivot = greater(lesser(a, b), lesser(greater(a, b), c));
        size_t i = 0, j = n - 1;
        for (;;) {
            while (leaves[i].middle[axis] < pivot) {
                i++;
            }
            while (leaves[j].middle[axis] > pivot) {
                j--;
            }
            if (i >= j) {
                break;
            }
            sorted_leaf swap = leaves[i];
            leaves[i++] = leaves[j];
            leaves[j--] = swap;
        }
        size_t low = j + 1; /* leaves[0 .. j] <= pivot <= leaves[j + 1 ..] */
        if (k <= j) {
            n = low < n ? low : n - 1;
        } else {
            leaves += low;
            n -= low;
            k -= low;
        }
    }
}

/* A run of leaves that becomes one child of a node. */
typedef struct group {
    size_t first, n;
} group;

static int longest_axis(const sorted_leaf *leaves, size_t n) {
    box3 box = empty;
    for (size_t i = 0; i < n; i++) {
        widen(&box, leaves[i].middle);
    }
    int axis = 0;
    for (int k = 1; k < 3; k++) {
        if (box.most[k] - box.least[k] > box.most[axis] - box.least[axis]) {
            axis = k;
        }
    }
    return axis;
}

/* Halves a run along its longest axis until there are eight parts: single
 * leaves if there are no more than eight, else in eights, which keeps nodes
 * full. */
static size_t divide(sorted_leaf *leaves, group *parts) {
    size_t n_parts = 1, unit = parts[0].n <= HF__WIDTH ? 1 : HF__WIDTH;
    for (;;) {
        size_t largest = 0;
        for (size_t i = 1; i < n_parts; i++) {
            largest = parts[i].n > parts[largest].n ? i : largest;
        }
        group *of = &parts[largest];
        if (n_parts == HF__WIDTH || of->n <= unit) {
            return n_parts;
        }
        size_t half = (of->n / 2 + unit - 1) / unit * unit;
        part(leaves + of->first, of->n, half,
             longest_axis(leaves + of->first, of->n));
        parts[n_parts++] = (group){of->first + half, of->n - half};
        of->n = half;
    }
}

static float at_most(double value) {
    float rounded = (float)value;
    return rounded > value ? nextafterf(rounded, -INFINITY) : rounded;
}

static void set_child(hf__node *to, size_t i, const box3 *box, uint32_t child) {
    for (int k = 0; k < 3; k++) {
        to->least[k][i] = box ? at_most(box->least[k]) : HF__NOWHERE_M;
        to->most[k][i] = box ? -at_most(-box->most[k]) : -HF__NOWHERE_M;
    }
    to->child[i] = child;
}

static box3 box_of(const sorted_leaf *leaves, size_t n) {
    box3 box = empty;
    for (size_t i = 0; i < n; i++) {
        widen(&box, leaves[i].box.least);
        widen(&box, leaves[i].box.most);
    }
    return box;
}

static uint32_t add_node(hf__index *index, sorted_leaf *leaves, size_t n) {
    size_t number = index->n_nodes++;
    group parts[HF__WIDTH] = {{0, n}};
    size_t n_parts = divide(leaves, parts);
    for (size_t i = 0; i < HF__WIDTH; i++) {
        if (i >= n_parts) {
            set_child(&index->tree.nodes[number], i, NULL, NO_CHILD);
            continue;
        }
        sorted_leaf *of = leaves + parts[i].first;
        box3 box = box_of(of, parts[i].n);
        uint32_t child = parts[i].n == 1 ? (of->leaf | HF__LEAF)
                                         : add_node(index, of, parts[i].n);
        set_child(&index->tree.nodes[number], i, &box, child);
    }
    return (uint32_t)number;
}

static void set_bulge(hf__index *index) {
    for (size_t i = 0; i < index->n; i++) {
        const double *bulge = index->pieces[i] + 6;
        index->tree.bulge_m =
            greater(index->tree.bulge_m,
                    sqrt(bulge[0] * bulge[0] + bulge[1] * bulge[1] +
                         bulge[2] * bulge[2]));
    }
}

static double across(const box3 *box) {
    double across2 = 0;
    for (int k = 0; k < 3; k++) {
        double side = box->most[k] - box->least[k];
        across2 += side * side;
    }
    return sqrt(across2);
}

static void set_sizes(hf__index *index, const sorted_leaf *leaves, size_t n) {
    box3 box = box_of(leaves, n);
    index->tree.across_m = across(&box);
    for (size_t i = 0; i < n; i++) {
        index->tree.span_m =
            greater(index->tree.span_m, across(&leaves[i].box));
    }
}

static uint64_t next_id(void) {
    static atomic_uint_fast64_t last;
    return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}

static bool build(hf__index *index) {
    size_t n_leaves = 0;
    for (size_t i = 0; i < index->n; i += leaf_size(index, i)) {
        n_leaves++;
    }
    sorted_leaf *sorted = hf__calloc(n_leaves, sizeof *sorted);
    index->tree.leaves = hf__calloc(n_leaves, sizeof *index->tree.leaves);
    /* Every node has two children or more, but for that of a single leaf. */
    index->tree.nodes = hf__calloc(n_leaves, sizeof *index->tree.nodes);
    bool ok = sorted && index->tree.leaves && index->tree.nodes;
    if (ok) {
        set_bulge(index);
        set_frame(index);
        for (size_t i = 0, ring = 0; i < index->n;) {
            size_t n = leaf_size(index, i), number = index->n_leaves++;
            ring = i && gap_m(index, i - 1, i) > ROUNDING_M ? i : ring;
            set_leaf(index, number, i, n, &sorted[number]);
            set_ends(index, number, n, ring);
            i += n;
        }
        add_node(index, sorted, n_leaves);
        set_sizes(index, sorted, n_leaves);
    }
    hf__free(sorted);
    return ok;
}

hf__index *hf__index_new(double (*pieces)[HF__PIECE_VALUES], size_t n) {
    hf__index *index = hf__calloc(1, sizeof *index);
    if (!index) {
        hf__free(pieces);
        return NULL;
    }
    index->n = n;
    index->pieces = pieces;
    index->tree.id = next_id();
    if (n >= HF__LEAF / 8 || !build(index)) {
        hf__index_free(index);
        return NULL;
    }
    return index;
}

void hf__index_free(hf__index *index) {
    if (index) {
        hf__free(index->pieces);
        hf__free(index->tree.nodes);
        hf__free(index->tree.leaves);
        hf__free(index);
    }
}

size_t hf__index_n_pieces(const hf__index *index) {
    return index->n;
}

const double (*hf__index_pieces(const hf__index *index))[HF__PIECE_VALUES] {
    return (const double(*)[HF__PIECE_VALUES])index->pieces;
}

/* ---- searching ------------------------------------------------------------
 */

/* Makes room for as many more pieces. Not within its caller, which nearly
 * always has less to do. */
__attribute__((noinline)) static bool make_room(hf__near_list *list,
                                                size_t room) {
    void *near = list->at;
    bool ok =
        hf__reserve(&near, &list->capacity, list->n + room, sizeof *list->at);
    list->at = near;
    return ok;
}

bool hf__index_near(const hf__index *index, const hf__lanes *lanes, hf__xyz p,
                    double most_m, hf__near_list *list) {
    double at[3] = {p.x_m, p.y_m, p.z_m};
    size_t n = HF__NO_ROOM;
    most_m = lesser(most_m, HF__ANY_M);
    for (size_t room = ROOM; n == HF__NO_ROOM; room *= 4) {
        if (list->capacity - list->n < room && !make_room(list, room)) {
            return false;
        }
        n = lanes->near(&index->tree, at, most_m, list->at + list->n, room);
    }
    list->n += n;
    return true;
}

bool hf__index_near_around(const hf__index *index, const hf__lanes *lanes,
                           hf__xyz p, const hf__around *around,
                           hf__near_list *list) {
    double at[3] = {p.x_m, p.y_m, p.z_m};
    size_t n = HF__NO_ROOM;
    for (size_t room = ROOM; n == HF__NO_ROOM; room *= 4) {
        if (list->capacity - list->n < room && !make_room(list, room)) {
            return false;
        }
        n = lanes->near_around(&index->tree, at, around, list->at + list->n,
                               room);
    }
    list->n += n;
    return true;
}

bool hf__index_is_crowded(const hf__index *index,
                          const hf__vicinity *vicinity) {
    return vicinity->state == HF__VICINITY_CROWDED &&
           vicinity->tree == index->tree.id;
}

double hf__index_chord_m(const hf__index *index, const hf__near *pieces,
                         size_t n, hf__xyz p) {
    double least2 = INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double *v = index->pieces[pieces[i].piece];
        hf__xyz from = {v[0], v[1], v[2]};
        hf__xyz to = {v[0] + v[3], v[1] + v[4], v[2] + v[5]};
        double t = hf__xyz_nearest(from, to, p);
        least2 = lesser(least2, hf__xyz_dist2(hf__xyz_between(from, to, t), p));
    }
    return sqrt(least2);
}
