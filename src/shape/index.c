#include "shape/index.h"

#include <math.h>
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

/* A piece while the tree is built: its ends turned. */
typedef struct sorted_piece {
    double from[3], to[3], middle[3];
    uint32_t piece;
} sorted_piece;

static void set_piece(const hf__index *index, size_t i, sorted_piece *out) {
    const double *p = index->pieces[i];
    double to[3] = {p[0] + p[3], p[1] + p[4], p[2] + p[5]};
    turn(&index->tree, p, out->from);
    turn(&index->tree, to, out->to);
    for (int k = 0; k < 3; k++) {
        out->middle[k] = (out->from[k] + out->to[k]) / 2;
    }
    out->piece = (uint32_t)i;
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

static box3 box_of(const sorted_piece *pieces, size_t n, bool of_middles) {
    box3 box = {{INFINITY, INFINITY, INFINITY},
                {-INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < 3; k++) {
            const sorted_piece *p = &pieces[i];
            double a = of_middles ? p->middle[k] : lesser(p->from[k], p->to[k]);
            double b =
                of_middles ? p->middle[k] : greater(p->from[k], p->to[k]);
            box.least[k] = lesser(box.least[k], a);
            box.most[k] = greater(box.most[k], b);
        }
    }
    return box;
}

/* Puts the `k` pieces that are least along an axis first (Hoare's selection;
 * the middle of three as pivot). */
static void part(sorted_piece *pieces, size_t n, size_t k, int axis) {
    while (k > 0 && k < n) {
        double a = pieces[0].middle[axis], b = pieces[n / 2].middle[axis];
        double c = pieces[n - 1].middle[axis];
        double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
        size_t i = 0, j = n - 1;
        for (;;) {
            while (pieces[i].middle[axis] < pivot) {
                i++;
            }
            while (pieces[j].middle[axis] > pivot) {
                j--;
            }
            if (i >= j) {
                break;
            }
            sorted_piece swap = pieces[i];
            pieces[i++] = pieces[j];
            pieces[j--] = swap;
        }
        size_t low = j + 1; /* pieces[0 .. j] <= pivot <= pieces[j + 1 ..] */
        if (k <= j) {
            n = low < n ? low : n - 1;
        } else {
            pieces += low;
            n -= low;
            k -= low;
        }
    }
}

/* A run of pieces that becomes one child of a node. */
typedef struct group {
    size_t first, n;
} group;

/* Halves a run along its longest axis until there are eight parts or they fit
 * into leaves; counts that are multiples of eight keep leaves full. */
static size_t divide(sorted_piece *pieces, group *parts) {
    size_t n_parts = 1;
    for (;;) {
        size_t largest = 0;
        for (size_t i = 1; i < n_parts; i++) {
            largest = parts[i].n > parts[largest].n ? i : largest;
        }
        group *of = &parts[largest];
        if (n_parts == HF__WIDTH || of->n <= HF__WIDTH) {
            return n_parts;
        }
        box3 box = box_of(pieces + of->first, of->n, true);
        int axis = 0;
        for (int k = 1; k < 3; k++) {
            if (box.most[k] - box.least[k] > box.most[axis] - box.least[axis]) {
                axis = k;
            }
        }
        size_t half = (of->n / 2 + HF__WIDTH - 1) / HF__WIDTH * HF__WIDTH;
        part(pieces + of->first, of->n, half, axis);
        parts[n_parts++] = (group){of->first + half, of->n - half};
        of->n = half;
    }
}

static uint32_t add_leaf(hf__index *index, const sorted_piece *pieces,
                         size_t n) {
    hf__leaf *to = &index->tree.leaves[index->n_leaves];
    for (size_t i = 0; i < HF__WIDTH; i++) {
        const sorted_piece *p = &pieces[i < n ? i : 0];
        double length2 = 0;
        for (int k = 0; k < 3; k++) {
            double along = i < n ? p->to[k] - p->from[k] : 0;
            to->from[k][i] = i < n ? (float)p->from[k] : 1e30f;
            to->along[k][i] = (float)along;
            length2 += along * along;
        }
        to->inverse[i] = length2 > 1e-30 ? (float)(1 / length2) : 0;
        to->piece[i] = p->piece;
    }
    return (uint32_t)index->n_leaves++;
}

static float at_most(double value) {
    float rounded = (float)value;
    return rounded > value ? nextafterf(rounded, -INFINITY) : rounded;
}

static void set_child(hf__node *to, size_t i, const box3 *box, uint32_t child) {
    for (int k = 0; k < 3; k++) {
        to->least[k][i] = box ? at_most(box->least[k]) : INFINITY;
        to->most[k][i] = box ? -at_most(-box->most[k]) : -INFINITY;
    }
    to->child[i] = child;
}

static uint32_t add_node(hf__index *index, sorted_piece *pieces, size_t n) {
    size_t number = index->n_nodes++;
    group parts[HF__WIDTH] = {{0, n}};
    size_t n_parts = divide(pieces, parts);
    for (size_t i = 0; i < HF__WIDTH; i++) {
        hf__node *to = &index->tree.nodes[number];
        if (i >= n_parts) {
            set_child(to, i, NULL, NO_CHILD);
            continue;
        }
        sorted_piece *of = pieces + parts[i].first;
        box3 box = box_of(of, parts[i].n, false);
        uint32_t child = parts[i].n <= HF__WIDTH
                             ? (add_leaf(index, of, parts[i].n) | HF__LEAF)
                             : add_node(index, of, parts[i].n);
        set_child(to, i, &box, child);
    }
    return (uint32_t)number;
}

static void set_pieces(hf__index *index,
                       const double (*pieces)[HF__PIECE_VALUES]) {
    memcpy(index->pieces, pieces, index->n * sizeof *index->pieces);
    for (size_t i = 0; i < index->n; i++) {
        const double *bulge = index->pieces[i] + 6;
        index->tree.bulge_m =
            fmax(index->tree.bulge_m,
                 sqrt(bulge[0] * bulge[0] + bulge[1] * bulge[1] +
                      bulge[2] * bulge[2]));
    }
}

hf__index *hf__index_new(const double (*pieces)[HF__PIECE_VALUES], size_t n) {
    sorted_piece *sorted = NULL;
    hf__index *index = hf__calloc(1, sizeof *index);
    if (!index || n >= HF__LEAF / 8) {
        goto fail;
    }
    index->n = n;
    /* Every leaf but the last is full, and every node has two children. */
    size_t most = n / HF__WIDTH + 2;
    index->pieces = hf__calloc(n, sizeof *index->pieces);
    index->tree.nodes = hf__calloc(most, sizeof *index->tree.nodes);
    index->tree.leaves = hf__calloc(most, sizeof *index->tree.leaves);
    sorted = hf__calloc(n, sizeof *sorted);
    if (!index->pieces || !index->tree.nodes || !index->tree.leaves ||
        !sorted) {
        goto fail;
    }
    set_pieces(index, pieces);
    set_frame(index);
    for (size_t i = 0; i < n; i++) {
        set_piece(index, i, &sorted[i]);
    }
    box3 box = box_of(sorted, n, false);
    for (int k = 0; k < 3; k++) {
        double reach_m = greater(-box.least[k], box.most[k]);
        index->tree.reach_m = greater(index->tree.reach_m, reach_m);
    }
    add_node(index, sorted, n);
    hf__free(sorted);
    return index;
fail:
    hf__free(sorted);
    hf__index_free(index);
    return NULL;
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

const double *hf__index_piece(const hf__index *index, size_t i) {
    return index->pieces[i];
}

/* ---- searching ------------------------------------------------------------
 */

bool hf__index_near(const hf__index *index, const hf__lanes *lanes, hf__xyz p,
                    double most_m, size_t hint, hf__near_list *list) {
    double at[3] = {p.x_m, p.y_m, p.z_m};
    for (size_t room = ROOM;; room *= 4) {
        void *near = list->at;
        if (!hf__reserve(&near, &list->capacity, list->n + room,
                         sizeof *list->at)) {
            return false;
        }
        list->at = near;
        size_t n =
            lanes->near(&index->tree, at, most_m,
                        hint < index->n_leaves ? (uint32_t)hint : HF__NO_LEAF,
                        list->at + list->n, room);
        if (n != HF__NO_ROOM) {
            list->n += n;
            return true;
        }
    }
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
