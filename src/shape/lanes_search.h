/* Searching a tree: the part of the lanes that finds which pieces of a border
 * can be nearest. Included by lanes_body.h alone; see shape/index.h for what is
 * certain, and for the rounding. */
#include <float.h>
#include <math.h>
#include <string.h>
#if defined(__SSE2__) && !defined(HF_PORTABLE)
#include <immintrin.h>
#endif

#include "shape/index.h"
#include "shape/lanes.h"

/* Eight turns are few enough for gcc to unroll a loop before it is looked at
 * for vector instructions; it must not. */
#if defined(__clang__)
#define VECTOR_LOOP
#else
#define VECTOR_LOOP _Pragma("GCC unroll 1")
#endif

static inline float outside_f(float least, float most, float p) {
    float below = least - p, above = p - most;
    float by = below > above ? below : above;
    return by > 0 ? by : 0;
}

static inline float clamp_f(float t) {
    t = t > 0 ? t : 0;
    return t < 1 ? t : 1;
}

static inline void to_boxes(const hf__node *restrict node, const float *p,
                            float *restrict out) {
    VECTOR_LOOP
    for (size_t i = 0; i < HF__WIDTH; i++) {
        float x = outside_f(node->least[0][i], node->most[0][i], p[0]);
        float y = outside_f(node->least[1][i], node->most[1][i], p[1]);
        float z = outside_f(node->least[2][i], node->most[2][i], p[2]);
        out[i] = x * x + y * y + z * z;
    }
}

/* Squared distances to the lines of a leaf; in `past` where along the lines the
 * nearest places would be if they went on. */
static inline void to_lines(const hf__leaf *restrict s, const float *p,
                            float *restrict out, float *restrict past) {
    VECTOR_LOOP
    for (size_t i = 0; i < HF__WIDTH; i++) {
        float x = p[0] - s->from[0][i], y = p[1] - s->from[1][i];
        float z = p[2] - s->from[2][i];
        float along =
            x * s->along[0][i] + y * s->along[1][i] + z * s->along[2][i];
        past[i] = along * s->inverse[i];
        float t = clamp_f(past[i]);
        x -= t * s->along[0][i];
        y -= t * s->along[1][i];
        z -= t * s->along[2][i];
        out[i] = x * x + y * y + z * z;
    }
}

/* Bit i is set where value i is at most `most`: branches would be guessed wrong
 * half the time. */
static inline unsigned within(const float *values, float most) {
#if defined(__AVX2__) && !defined(HF_PORTABLE)
    __m256 is_within = _mm256_cmp_ps(_mm256_loadu_ps(values),
                                     _mm256_set1_ps(most), _CMP_LE_OQ);
    return (unsigned)_mm256_movemask_ps(is_within);
#elif defined(__SSE2__) && !defined(HF_PORTABLE)
    __m128 to = _mm_set1_ps(most);
    unsigned low =
        (unsigned)_mm_movemask_ps(_mm_cmple_ps(_mm_loadu_ps(values), to));
    return low |
           (unsigned)_mm_movemask_ps(_mm_cmple_ps(_mm_loadu_ps(values + 4), to))
               << 4;
#else
    unsigned bits = 0;
    for (unsigned i = 0; i < HF__WIDTH; i++) {
        bits |= (unsigned)(values[i] <= most) << i;
    }
    return bits;
#endif
}

static inline float least_of(const float *v) {
    float a = v[0] < v[1] ? v[0] : v[1], b = v[2] < v[3] ? v[2] : v[3];
    float c = v[4] < v[5] ? v[4] : v[5], d = v[6] < v[7] ? v[6] : v[7];
    a = a < b ? a : b;
    c = c < d ? c : d;
    return a < c ? a : c;
}

/* A search on its way. */
typedef struct search {
    const hf__tree *tree;
    float p[3];     /* in the axes of the tree */
    double error_m; /* of chords, from rounding */
    bool keeps_all;
    float best2, cutoff2;
    uint32_t best; /* the leaf of the piece with best2 */
    hf__near *out;
    size_t n, room;
} search;

/* A cutoff before any piece is known: above every squared distance on earth,
 * and below that to HF__NOWHERE_M. */
#define NOT_YET 1e30f

/* Chords beyond this are too far, if one is no longer than most_m. */
static inline float cutoff2_of(const search *s, double most_m) {
    double cutoff_m = hf__index_cutoff_m(most_m, s->tree->bulge_m) + s->error_m;
    return (float)(cutoff_m * cutoff_m * (1 + 1e-6));
}

/* Keeps what is within the cutoff. */
static size_t drop_far(hf__near *list, size_t n, float cutoff2) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (list[i].chord2 <= cutoff2) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

typedef struct visit {
    float dist2;
    uint32_t child;
} visit;

/* Puts the children within the cutoff on the stack, the nearest on top. */
static inline size_t push_children(const search *s, const hf__node *of,
                                   visit *stack, size_t top) {
    float dist2[HF__WIDTH];
    to_boxes(of, s->p, dist2);
    visit nearest = {FLT_MAX, 0};
    size_t first = top;
    for (unsigned bits = within(dist2, s->cutoff2); bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctz(bits);
        visit next = {dist2[i], of->child[i]};
        bool is_nearer = next.dist2 < nearest.dist2;
        stack[top++] = is_nearer ? nearest : next;
        nearest = is_nearer ? next : nearest;
    }
    if (top > first) { /* the first place holds what `nearest` began with */
        stack[first] = stack[top - 1];
        stack[top - 1] = nearest;
    }
    return top;
}

/* Pieces of a leaf, one a bit, but for those that the next one stands for. */
static inline unsigned worth_keeping(bool keeps_all, const hf__leaf *leaf,
                                     const float *past) {
    return within(past, keeps_all ? FLT_MAX : leaf->beyond) | leaf->ends;
}

/* Puts pieces of a leaf, one for each bit, into `out`. */
static inline size_t put_pieces(const hf__leaf *leaf, const float *chord2,
                                unsigned bits, hf__near *out) {
    size_t n = 0;
    for (; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctz(bits);
        out[n++] = (hf__near){chord2[i], leaf->first + i};
    }
    return n;
}

/* False where there is no room left. */
static inline bool look_at_leaf(search *s, uint32_t number) {
    const hf__leaf *leaf = &s->tree->leaves[number];
    float chord2[HF__WIDTH], past[HF__WIDTH];
    to_lines(leaf, s->p, chord2, past);
    unsigned bits = within(chord2, s->cutoff2);
    if (!bits) {
        return true;
    }
    float least = least_of(chord2);
    if (least < s->best2) {
        s->best2 = least;
        s->best = number;
        s->cutoff2 = cutoff2_of(s, sqrt((double)least) + s->error_m);
        s->n = drop_far(s->out, s->n, s->cutoff2);
        bits = within(chord2, s->cutoff2);
    }
    if (s->n + HF__WIDTH > s->room) {
        return false;
    }
    bits &= worth_keeping(s->keeps_all, leaf, past);
    s->n += put_pieces(leaf, chord2, bits, s->out + s->n);
    return true;
}

/* A point in the axes of a tree. */
static inline void turn(const hf__tree *tree, const double *p, float *out) {
    double x = p[0] - tree->middle[0], y = p[1] - tree->middle[1];
    double z = p[2] - tree->middle[2];
    for (int k = 0; k < 3; k++) {
        const double *by = tree->turn[k];
        out[k] = (float)(by[0] * x + by[1] * y + by[2] * z);
    }
}

static inline double greatest_of(const float *p) {
    double greatest = 0;
    for (int k = 0; k < 3; k++) {
        double by = fabs((double)p[k]);
        greatest = by > greatest ? by : greatest;
    }
    return greatest;
}

/* From a place in the axes of the tree. */
static inline void start(search *s, const float *p) {
    memcpy(s->p, p, sizeof s->p);
    double reach_m = greatest_of(p) + s->tree->reach_m;
    s->error_m = HF__TREE_ERROR * reach_m;
    s->keeps_all = 2 * reach_m > HF__LANES_MOST_M;
    s->best2 = FLT_MAX;
    s->best = HF__NO_LEAF;
    s->cutoff2 = NOT_YET;
}

static inline bool search_tree(search *s, uint32_t hint) {
    if (hint != HF__NO_LEAF && !look_at_leaf(s, hint)) {
        return false;
    }
    visit stack[HF__DEPTH * HF__WIDTH];
    size_t top = push_children(s, &s->tree->nodes[0], stack, 0);
    while (top) {
        visit next = stack[--top];
        if (next.dist2 > s->cutoff2 || next.child == (hint | HF__LEAF)) {
            continue;
        }
        if (!(next.child & HF__LEAF)) {
            top = push_children(s, &s->tree->nodes[next.child], stack, top);
        } else if (!look_at_leaf(s, next.child & ~HF__LEAF)) {
            return false;
        }
    }
    return true;
}

/* How far pieces may be from the middle of a vicinity to matter to points
 * around it: a chord of most_m, and as much more as they are apart from the
 * piece nearest to the middle. */
typedef struct spread {
    double most_m, clear_m, radius_m;
} spread;

/* The chord up to which a piece matters that is at most apart_m from the
 * nearest one: see shape/index.h. */
static inline double spread_m(const spread *by, double apart_m) {
    return by->most_m +
           by->radius_m *
               (apart_m < 2 * by->clear_m ? apart_m / by->clear_m : 2);
}

/* Greater by a metre, for the rounding of distances to the middle. False where
 * chords are too long. */
static bool start_spread(const search *middle, double radius_m, spread *out,
                         float *out_slack2) {
    double least_m = sqrt((double)middle->best2) + middle->error_m;
    double error_m = middle->error_m + HF__TREE_ERROR * radius_m;
    double far_m = least_m + radius_m + 2 * error_m;
    double band_m = hf__index_cutoff_m(far_m, middle->tree->bulge_m) - far_m;
    double wide_m = band_m + 2 * error_m, most_m = far_m + wide_m;
    out->most_m = least_m + band_m + 4 * error_m + 1;
    out->clear_m = least_m - 2 * error_m - radius_m;
    out->radius_m = radius_m;
    *out_slack2 =
        (float)(wide_m * (2 * far_m + wide_m) + 1e-6 * most_m * most_m);
    return far_m <= HF__LANES_MOST_M;
}

/* No place of one leaf is farther than this from any of the other. */
static inline double apart_m(const hf__tree *tree, uint32_t a, uint32_t b) {
    const hf__leaf *of_a = &tree->leaves[a], *of_b = &tree->leaves[b];
    double apart2 = 0;
    for (int k = 0; k < 3; k++) {
        double by = (double)of_a->from[k][0] - (double)of_b->from[k][0];
        apart2 += by * by;
    }
    return sqrt(apart2) + 2 * tree->span_m;
}

/* The leaves that matter around a middle; 0 if they are too many. */
static unsigned list_leaves(const search *middle, const spread *by,
                            uint32_t *out) {
    double most_m = spread_m(by, middle->tree->across_m);
    search all = {.tree = middle->tree,
                  .p = {middle->p[0], middle->p[1], middle->p[2]},
                  .cutoff2 = (float)(most_m * most_m)};
    visit stack[HF__DEPTH * HF__WIDTH];
    unsigned n = 0;
    size_t top = push_children(&all, &all.tree->nodes[0], stack, 0);
    while (top) {
        uint32_t child = stack[--top].child, leaf = child & ~HF__LEAF;
        if (!(child & HF__LEAF)) {
            top = push_children(&all, &all.tree->nodes[child], stack, top);
            continue;
        }
        float chord2[HF__WIDTH], past[HF__WIDTH];
        to_lines(&all.tree->leaves[leaf], all.p, chord2, past);
        if (sqrt((double)least_of(chord2)) >
            spread_m(by, apart_m(all.tree, leaf, middle->best))) {
            continue;
        }
        if (n == HF__VICINITY_LEAVES) {
            return 0;
        }
        out[n++] = leaf;
    }
    return n;
}

/* Pieces that are nearly always few enough beside the middle of a vicinity. */
#define SURVEY_ROOM 64

/* Half the diagonal of a square, and a tenth more: east and north of the plane
 * are not quite those of the tree. */
#define RADIUS 0.78

/* The way to the middle of a square, along one axis. */
static float to_middle(double at_m, double side_m) {
    return (float)((floor(at_m / side_m) + 0.5) * side_m - at_m);
}

/* Looks around where a search was before, for the second one from `p`. */
static void survey(const hf__tree *tree, const float *p,
                   const hf__around *around) {
    hf__vicinity *vicinity = around->vicinity;
    hf__near ignored[SURVEY_ROOM];
    double radius_m = RADIUS * around->side_m;
    float at[3] = {p[0] + to_middle(around->x_m, around->side_m),
                   p[1] + to_middle(around->y_m, around->side_m), p[2]};
    search middle = {.tree = tree, .out = ignored, .room = SURVEY_ROOM};
    spread by;
    start(&middle, at);
    memcpy(vicinity->middle, at, sizeof at);
    vicinity->radius2 = (float)(radius_m * radius_m);
    vicinity->keeps_all =
        2 * (greatest_of(at) + radius_m + tree->reach_m) > HF__LANES_MOST_M;
    if (search_tree(&middle, vicinity->leaf[0]) &&
        start_spread(&middle, radius_m, &by, &vicinity->slack2)) {
        vicinity->n_leaves = (uint8_t)list_leaves(&middle, &by, vicinity->leaf);
    }
    vicinity->state = HF__VICINITY_KNOWN;
    if (!vicinity->n_leaves) {
        vicinity->state = HF__VICINITY_CROWDED;
        vicinity->leaf[0] = middle.best;
    }
}

static size_t lanes_near(const hf__tree *tree, const double *p, double most_m,
                         hf__near *out, size_t room) {
    search s = {.tree = tree, .out = out, .room = room};
    float at[3];
    turn(tree, p, at);
    start(&s, at);
    if (most_m < HF__ANY_M) {
        s.cutoff2 = cutoff2_of(&s, most_m);
    }
    return search_tree(&s, HF__NO_LEAF) ? s.n : HF__NO_ROOM;
}

/* Whether the vicinity knows all leaves that matter to a point. */
static inline bool knows(const hf__vicinity *vicinity, const hf__tree *tree,
                         const float *p) {
    float x = p[0] - vicinity->middle[0], y = p[1] - vicinity->middle[1];
    float z = p[2] - vicinity->middle[2];
    return vicinity->tree == tree->id &&
           vicinity->state == HF__VICINITY_KNOWN &&
           x * x + y * y + z * z <= vicinity->radius2;
}

/* All leaves of a vicinity: the least chord first, then what is as near but for
 * the slack. */
static inline size_t look_at_leaves(const hf__tree *tree,
                                    const hf__vicinity *vicinity,
                                    const float *p, hf__near *out,
                                    size_t room) {
    float chord2[HF__VICINITY_LEAVES][HF__WIDTH], least2[HF__WIDTH];
    unsigned worth[HF__VICINITY_LEAVES];
    size_t n = 0;
    for (size_t k = 0; k < HF__WIDTH; k++) {
        least2[k] = FLT_MAX;
    }
    for (size_t i = 0; i < vicinity->n_leaves; i++) {
        const hf__leaf *leaf = &tree->leaves[vicinity->leaf[i]];
        float past[HF__WIDTH];
        to_lines(leaf, p, chord2[i], past);
        worth[i] = worth_keeping(vicinity->keeps_all, leaf, past);
        VECTOR_LOOP
        for (size_t k = 0; k < HF__WIDTH; k++) {
            least2[k] = chord2[i][k] < least2[k] ? chord2[i][k] : least2[k];
        }
    }
    float cutoff2 = least_of(least2) + vicinity->slack2;
    uint64_t bits = 0; /* a bit for each piece, or branches would be guessed */
    for (size_t i = 0; i < vicinity->n_leaves; i++) {
        bits |= (uint64_t)(within(chord2[i], cutoff2) & worth[i])
                << HF__WIDTH * i;
    }
    for (; bits && n < room; bits &= bits - 1) {
        size_t bit = (size_t)__builtin_ctzll(bits), i = bit / HF__WIDTH;
        const hf__leaf *leaf = &tree->leaves[vicinity->leaf[i]];
        out[n++] = (hf__near){chord2[i][bit % HF__WIDTH],
                              leaf->first + (uint32_t)bit % HF__WIDTH};
    }
    return bits ? HF__NO_ROOM : n;
}

/* Searches the tree and learns from it. Not within its caller, which nearly
 * always has less to do. */
__attribute__((noinline)) static size_t search_around(const hf__tree *tree,
                                                      const float *p,
                                                      const hf__around *around,
                                                      hf__near *out,
                                                      size_t room) {
    hf__vicinity *vicinity = around->vicinity;
    if (vicinity->tree != tree->id) {
        *vicinity = (hf__vicinity){.tree = tree->id};
    }
    if (vicinity->state == HF__VICINITY_SEEN) {
        survey(tree, p, around);
        if (knows(vicinity, tree, p)) {
            return look_at_leaves(tree, vicinity, p, out, room);
        }
    }
    search s = {.tree = tree, .out = out, .room = room};
    bool is_new = vicinity->state == HF__VICINITY_NEW;
    start(&s, p);
    if (!search_tree(&s, is_new ? HF__NO_LEAF : vicinity->leaf[0])) {
        return HF__NO_ROOM;
    }
    if (is_new && s.best != HF__NO_LEAF) {
        vicinity->state = HF__VICINITY_SEEN;
        vicinity->leaf[0] = s.best;
    }
    return s.n;
}

static size_t lanes_near_around(const hf__tree *tree, const double *p,
                                const hf__around *around, hf__near *out,
                                size_t room) {
    float at[3];
    turn(tree, p, at);
    return knows(around->vicinity, tree, at)
               ? look_at_leaves(tree, around->vicinity, at, out, room)
               : search_around(tree, at, around, out, room);
}
