#include "report/cheapest.h"

#include <math.h>

#include "base/memory.h"

#define TINY 1e-9

/* Each cell's change is two unknowns of 0 and above, one up and one down, whose
 * columns differ in sign only: one is stored. A basic unknown is cell * 2, plus
 * 1 for down. */
typedef struct dual {
    size_t n, rows;
    double *t;     /* rows x n: the columns of the ups */
    double *right; /* the value of each row's basic unknown */
    size_t *basis; /* SLACK, which must become 0, or an unknown */
    double *up;    /* reduced costs */
    double *down;
} dual;

#define SLACK ((size_t)-1)

static size_t find_leaving(const dual *d) {
    size_t best = d->rows;
    double most = TINY;
    for (size_t r = 0; r < d->rows; r++) {
        double wrong = d->basis[r] == SLACK ? fabs(d->right[r]) : -d->right[r];
        if (wrong > most) {
            most = wrong;
            best = r;
        }
    }
    return best;
}

/* The unknown that enters in row r, whose value must rise (slack: fall to 0
 * after the row's sign is turned); SLACK for none. */
static size_t find_entering(const dual *d, size_t r) {
    const double *row = d->t + r * d->n;
    double sign = d->right[r] > 0 ? -1 : 1;
    size_t best = SLACK;
    double least = INFINITY;
    for (size_t j = 0; j < d->n; j++) {
        double a = row[j] * sign;
        double cost = a < 0 ? d->up[j] : d->down[j];
        if (fabs(a) > TINY && !isinf(cost)) {
            double ratio = (cost < 0 ? 0 : cost) / fabs(a);
            if (ratio < least - TINY) {
                least = ratio;
                best = j * 2 + (a > 0);
            }
        }
    }
    return best;
}

static void take_out(dual *d, size_t r, size_t j, double reduced) {
    const double *row = d->t + r * d->n;
    for (size_t i = 0; i < d->rows; i++) {
        double *other = d->t + i * d->n;
        double times = other[j] / row[j];
        if (i == r || other[j] == 0) {
            continue;
        }
        for (size_t k = 0; k < d->n; k++) {
            if (row[k] != 0) {
                other[k] -= times * row[k];
            }
        }
        other[j] = 0;
        d->right[i] -= times * d->right[r];
    }
    double times = reduced / row[j];
    for (size_t k = 0; k < d->n; k++) {
        d->up[k] -= times * row[k];
        d->down[k] += times * row[k];
    }
}

static void enter(dual *d, size_t r, size_t unknown) {
    size_t j = unknown / 2;
    bool is_down = unknown % 2;
    double *row = d->t + r * d->n;
    /* The row is scaled so that the entering unknown has 1 in it; the column
     * of a down is the negative of the stored one. */
    double by = is_down ? -row[j] : row[j];
    for (size_t k = 0; k < d->n; k++) {
        row[k] /= by;
    }
    d->right[r] /= by;
    double reduced = is_down ? -d->down[j] : d->up[j];
    take_out(d, r, j, reduced);
    d->basis[r] = unknown;
}

static bool solve(dual *d) {
    for (size_t i = 0; i < 20 * (d->rows + 10); i++) {
        size_t r = find_leaving(d);
        if (r == d->rows) {
            return true;
        }
        size_t unknown = find_entering(d, r);
        if (unknown == SLACK) {
            return false;
        }
        enter(d, r, unknown);
    }
    return false;
}

static void start(dual *d, const hf__counts *counts, size_t cell, int64_t by,
                  const hf__change_cost *costs) {
    for (size_t r = 0; r < d->rows; r++) {
        d->basis[r] = SLACK;
    }
    for (size_t i = 0; i < counts->n_terms; i++) {
        const hf__term *term = &counts->terms[i];
        if (term->cell == cell) {
            d->right[term->sum] -= term->sign * (double)by;
        } else {
            d->t[term->sum * d->n + term->cell] += term->sign;
        }
    }
    for (size_t c = 0; c < d->n; c++) {
        d->up[c] = c == cell ? INFINITY : costs[c].up;
        d->down[c] = c == cell ? INFINITY : costs[c].down;
    }
}

bool hf__cheapest(const hf__counts *counts, size_t cell, int64_t by,
                  const hf__change_cost *costs, double *change, bool *found) {
    dual d = {.n = counts->n_cells, .rows = counts->n_sums};
    bool is_done = false;
    if (d.n && d.rows > SIZE_MAX / d.n) {
        return false;
    }
    d.t = hf__calloc(d.rows * d.n, sizeof *d.t);
    d.right = hf__calloc(d.rows, sizeof *d.right);
    d.basis = hf__calloc(d.rows, sizeof *d.basis);
    d.up = hf__calloc(d.n, sizeof *d.up);
    d.down = hf__calloc(d.n, sizeof *d.down);
    if (!d.t || !d.right || !d.basis || !d.up || !d.down) {
        goto done;
    }
    start(&d, counts, cell, by, costs);
    *found = solve(&d);
    for (size_t c = 0; c < d.n; c++) {
        change[c] = c == cell ? (double)by : 0;
    }
    for (size_t r = 0; r < d.rows && *found; r++) {
        if (d.basis[r] != SLACK) {
            double value = d.right[r];
            change[d.basis[r] / 2] += d.basis[r] % 2 ? -value : value;
        }
    }
    is_done = true;
done:
    hf__free(d.t);
    hf__free(d.right);
    hf__free(d.basis);
    hf__free(d.up);
    hf__free(d.down);
    return is_done;
}
