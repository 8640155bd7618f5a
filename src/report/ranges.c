#include "report/ranges.h"

#include <math.h>

#include "base/memory.h"

#define NO_ROW ((size_t)-1)
#define TINY 1e-9

/* The walk: basic unknowns as sums of the others, x[basis[r]] + sum over the
 * nonbasic j of t[r][j] x[j] = constant. */
typedef struct walk {
    const hf__counts *counts;
    hf__unknown *unknowns;
    size_t n;
    size_t *unknown_of; /* by cell; n for what is known */
    size_t rows;
    double *t;      /* rows x n */
    size_t *basis;  /* by row */
    size_t *row_of; /* by unknown: its row, or NO_ROW */
    size_t *filled; /* scratch: where a row is not 0 */
    double *x;
    int64_t *whole;     /* scratch: x in whole numbers */
    int64_t *sums;      /* scratch, by sum of `counts` */
    hf__proofs *proofs; /* or NULL */
} walk;

/* As round, without a call. */
static double nearest_whole(double x) {
    return fabs(x) < 1e15 ? (double)(int64_t)(x < 0 ? x - 0.5 : x + 0.5) : x;
}

static double low_of(const walk *w, size_t j) {
    return (double)w->unknowns[j].low;
}

static double high_of(const walk *w, size_t j) {
    return w->unknowns[j].high == HF__NO_LIMIT ? INFINITY
                                               : (double)w->unknowns[j].high;
}

/* Fills w->filled; returns how many. */
static size_t find_filled(walk *w, size_t r) {
    const double *row = w->t + r * w->n;
    size_t n = 0;
    for (size_t j = 0; j < w->n; j++) {
        w->filled[n] = j;
        n += row[j] != 0;
    }
    return n;
}

/* Of row `from` the first n places of w->filled are added. */
static void add_row(walk *w, size_t to, size_t from, double times, size_t n) {
    double *a = w->t + to * w->n;
    const double *b = w->t + from * w->n;
    for (size_t i = 0; i < n; i++) {
        size_t j = w->filled[i];
        double sum = a[j] + times * b[j];
        double nearest = nearest_whole(sum);
        a[j] = fabs(sum - nearest) < TINY ? nearest : sum;
    }
}

/* Makes unknown j basic in row r. */
static void pivot(walk *w, size_t r, size_t j) {
    double *row = w->t + r * w->n;
    double by = row[j];
    if (by != 1) {
        for (size_t k = 0; k < w->n; k++) {
            row[k] /= by;
        }
    }
    row[j] = 1;
    size_t n = find_filled(w, r);
    for (size_t i = 0; i < w->rows; i++) {
        double times = w->t[i * w->n + j];
        if (i != r && times != 0) {
            add_row(w, i, r, -times, n);
            w->t[i * w->n + j] = 0;
        }
    }
    if (w->basis[r] != w->n) {
        w->row_of[w->basis[r]] = NO_ROW;
    }
    w->basis[r] = j;
    w->row_of[j] = r;
}

/* Whether x, in whole numbers, solves every equation within every bound. */
static bool is_proof(walk *w) {
    for (size_t j = 0; j < w->n; j++) {
        double nearest = nearest_whole(w->x[j]);
        if (fabs(w->x[j] - nearest) > 1e-6 || fabs(nearest) > 1e15) {
            return false;
        }
        w->whole[j] = (int64_t)nearest;
        if (w->whole[j] < w->unknowns[j].low ||
            w->whole[j] > w->unknowns[j].high) {
            return false;
        }
    }
    for (size_t s = 0; s < w->counts->n_sums; s++) {
        w->sums[s] = 0;
    }
    for (size_t i = 0; i < w->counts->n_terms; i++) {
        const hf__term *term = &w->counts->terms[i];
        size_t j = w->unknown_of[term->cell];
        w->sums[term->sum] +=
            term->sign *
            (j < w->n ? w->whole[j] : w->counts->cells[term->cell].value);
    }
    for (size_t s = 0; s < w->counts->n_sums; s++) {
        if (w->sums[s]) {
            return false;
        }
    }
    return true;
}

/* Takes w->whole in. */
static void widen(walk *w) {
    for (size_t j = 0; j < w->n; j++) {
        hf__unknown *u = &w->unknowns[j];
        int64_t value = w->whole[j];
        u->least = value < u->least ? value : u->least;
        u->most = value > u->most ? value : u->most;
    }
}

static bool is_wide_enough(const hf__unknown *u) {
    return u->most - u->least >= u->need;
}

/* Whether x would widen a range that is too narrow. */
static bool is_news(const walk *w) {
    for (size_t j = 0; j < w->n; j++) {
        const hf__unknown *u = &w->unknowns[j];
        if (!is_wide_enough(u) && (w->x[j] > (double)u->most + 0.5 ||
                                   w->x[j] < (double)u->least - 0.5)) {
            return true;
        }
    }
    return false;
}

static void learn(walk *w) {
    if (!is_news(w) || !is_proof(w)) {
        return;
    }
    widen(w);
    if (w->proofs) {
        hf__proofs *p = w->proofs;
        size_t n_cells = w->counts->n_cells;
        int64_t *point = p->values + p->next * n_cells;
        for (size_t c = 0; c < n_cells; c++) {
            size_t j = w->unknown_of[c];
            point[c] = j < w->n ? w->whole[j] : w->counts->cells[c].value;
        }
        p->n += p->n < HF__MOST_PROOFS;
        p->next = (p->next + 1) % HF__MOST_PROOFS;
    }
}

/* Whether an earlier proof agrees with what is known now. It solves the
 * equations, which are the same. */
static bool is_proof_still(walk *w, const int64_t *point) {
    for (size_t c = 0; c < w->counts->n_cells; c++) {
        size_t j = w->unknown_of[c];
        if (j == w->n ? point[c] != w->counts->cells[c].value
                      : point[c] < w->unknowns[j].low ||
                            point[c] > w->unknowns[j].high) {
            return false;
        }
    }
    return true;
}

static void learn_again(walk *w) {
    for (size_t i = 0; w->proofs && i < w->proofs->n; i++) {
        const int64_t *point = w->proofs->values + i * w->counts->n_cells;
        if (is_proof_still(w, point)) {
            for (size_t j = 0; j < w->n; j++) {
                w->whole[j] = point[w->unknowns[j].cell];
            }
            widen(w);
        }
    }
}

/* How far nonbasic j can go in direction `sign`; the row that stops it, or
 * NO_ROW where its own bound does. Ties go to the basic unknown that comes
 * first (Bland), so that the walk ends. */
static double reach(const walk *w, size_t j, int sign, size_t *stopped_by) {
    double most = sign > 0 ? high_of(w, j) - w->x[j] : w->x[j] - low_of(w, j);
    *stopped_by = NO_ROW;
    for (size_t r = 0; r < w->rows; r++) {
        double slope = -w->t[r * w->n + j] * sign;
        if (fabs(slope) < TINY) {
            continue;
        }
        size_t b = w->basis[r];
        double room =
            slope > 0 ? high_of(w, b) - w->x[b] : w->x[b] - low_of(w, b);
        double far = (room < 0 ? 0 : room) / fabs(slope);
        bool is_less = far < most - TINY;
        bool is_tie = far < most + TINY && *stopped_by != NO_ROW &&
                      b < w->basis[*stopped_by];
        if (is_less || is_tie) {
            most = far < most ? far : most;
            *stopped_by = r;
        }
    }
    return most;
}

static void step(walk *w, size_t j, double by) {
    if (by == 0) {
        return;
    }
    w->x[j] += by;
    for (size_t r = 0; r < w->rows; r++) {
        w->x[w->basis[r]] -= w->t[r * w->n + j] * by;
    }
    learn(w);
}

/* Whole steps first: where the corner has fractions, the last point before it
 * may have none. */
static void go(walk *w, size_t j, int sign, double far) {
    double whole = floor(far + TINY);
    step(w, j, sign * whole);
    if (far - whole > TINY) {
        step(w, j, sign * (far - whole));
    }
}

/* The first nonbasic unknown that can move so that unknown `target` moves in
 * direction `sign`; n for none. */
static size_t find_entering(const walk *w, size_t target, int sign,
                            int *direction) {
    if (w->row_of[target] == NO_ROW) {
        *direction = sign;
        return target;
    }
    const double *row = w->t + w->row_of[target] * w->n;
    for (size_t j = 0; j < w->n; j++) {
        if (fabs(row[j]) < TINY || w->row_of[j] != NO_ROW) {
            continue;
        }
        *direction = row[j] * sign < 0 ? 1 : -1;
        double room =
            *direction > 0 ? high_of(w, j) - w->x[j] : w->x[j] - low_of(w, j);
        if (room > TINY) {
            return j;
        }
    }
    return w->n;
}

/* Walks until `target` can't move further that way, or its range is known to
 * be wide enough. */
static void push(walk *w, size_t target, int sign) {
    hf__unknown *u = &w->unknowns[target];
    /* Bland's rule ends by itself; the limit stands against rounding. */
    for (size_t i = 0; i < 50 * (w->n + 10); i++) {
        if (is_wide_enough(u)) {
            return;
        }
        int direction = 1;
        size_t j = find_entering(w, target, sign, &direction);
        if (j == w->n) {
            return;
        }
        size_t row;
        double far = reach(w, j, direction, &row);
        if (isinf(far)) {
            /* Nothing bounds it: one step as long as is needed, in a multiple
             * that small denominators divide. */
            if (u->need < HF__ALL) {
                go(w, j, direction, 60 * ((double)u->need + 1));
            } else {
                u->most = HF__NO_LIMIT;
            }
            return;
        }
        go(w, j, direction, far);
        if (row != NO_ROW) {
            pivot(w, row, j);
        } else if (j == target) {
            return;
        }
    }
}

/* One row per equation that has unknowns, each with a basic unknown of its own;
 * equations that follow from others vanish. */
static void make_rows(walk *w) {
    w->rows = 0;
    for (size_t i = 0; i < w->counts->n_terms;) {
        size_t sum = w->counts->terms[i].sum;
        double *row = w->t + w->rows * w->n;
        for (size_t j = 0; j < w->n; j++) {
            row[j] = 0;
        }
        for (; i < w->counts->n_terms && w->counts->terms[i].sum == sum; i++) {
            size_t j = w->unknown_of[w->counts->terms[i].cell];
            if (j < w->n) {
                row[j] += w->counts->terms[i].sign;
            }
        }
        for (size_t r = 0; r < w->rows; r++) {
            double times = row[w->basis[r]];
            if (times != 0) {
                add_row(w, w->rows, r, -times, find_filled(w, r));
            }
        }
        size_t best = w->n;
        for (size_t j = 0; j < w->n; j++) {
            if (fabs(row[j]) > TINY &&
                (best == w->n || (fabs(fabs(row[j]) - 1) < TINY &&
                                  fabs(fabs(row[best]) - 1) > TINY))) {
                best = j;
            }
        }
        if (best < w->n) {
            w->basis[w->rows] = w->n;
            pivot(w, w->rows++, best);
        }
    }
}

static bool make_room(walk *w) {
    const hf__counts *counts = w->counts;
    w->unknown_of = hf__calloc(counts->n_cells, sizeof *w->unknown_of);
    if (w->n && counts->n_sums > SIZE_MAX / w->n) {
        return false;
    }
    w->t = hf__calloc(counts->n_sums * w->n, sizeof *w->t);
    w->basis = hf__calloc(counts->n_sums, sizeof *w->basis);
    w->row_of = hf__calloc(w->n, sizeof *w->row_of);
    w->filled = hf__calloc(w->n + 1, sizeof *w->filled);
    w->x = hf__calloc(w->n, sizeof *w->x);
    w->whole = hf__calloc(w->n, sizeof *w->whole);
    w->sums = hf__calloc(counts->n_sums, sizeof *w->sums);
    return w->unknown_of && w->t && w->basis && w->row_of && w->filled &&
           w->x && w->whole && w->sums;
}

bool hf__proofs_init(hf__proofs *proofs, const hf__counts *counts) {
    *proofs = (hf__proofs){0};
    if (counts->n_cells > SIZE_MAX / HF__MOST_PROOFS) {
        return false;
    }
    proofs->values =
        hf__calloc(HF__MOST_PROOFS * counts->n_cells, sizeof *proofs->values);
    return proofs->values != NULL;
}

void hf__proofs_reset(hf__proofs *proofs) {
    hf__free(proofs->values);
    *proofs = (hf__proofs){0};
}

bool hf__ranges(const hf__counts *counts, hf__unknown *unknowns, size_t n,
                bool stop_early, hf__proofs *proofs, bool *is_wide) {
    walk w = {.counts = counts, .unknowns = unknowns, .n = n, .proofs = proofs};
    bool is_done = make_room(&w), has_rows = false;
    if (!is_done) {
        goto done;
    }
    for (size_t c = 0; c < counts->n_cells; c++) {
        w.unknown_of[c] = n;
    }
    for (size_t j = 0; j < n; j++) {
        int64_t value = counts->cells[unknowns[j].cell].value;
        w.unknown_of[unknowns[j].cell] = j;
        w.row_of[j] = NO_ROW;
        w.x[j] = (double)value;
        unknowns[j].least = unknowns[j].most = value;
    }
    learn_again(&w);
    *is_wide = true;
    for (size_t j = 0; j < n && (*is_wide || !stop_early); j++) {
        if (is_wide_enough(&unknowns[j])) {
            continue;
        }
        if (!has_rows) {
            make_rows(&w);
            has_rows = true;
        }
        push(&w, j, 1);
        push(&w, j, -1);
        *is_wide &= is_wide_enough(&unknowns[j]);
    }
done:
    hf__free(w.unknown_of);
    hf__free(w.t);
    hf__free(w.basis);
    hf__free(w.row_of);
    hf__free(w.filled);
    hf__free(w.x);
    hf__free(w.whole);
    hf__free(w.sums);
    return is_done;
}
