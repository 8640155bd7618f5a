#include "shape/contact.h"

#include <math.h>
#include <stdlib.h>

#include "base/context.h"
#include "base/memory.h"

/* An edge and its box; `low` and `high` along the axis of the sweep. */
typedef struct edge {
    hf_xy p, q;
    double low, high;
    double cross_low, cross_high;
} edge;

/* Room that most lists of edges need. */
#define FIRST ((size_t)256)

/* A stretch of an edge of a, by its place in the sorted list. */
typedef struct stretch {
    size_t edge;
    double from, to;
} stretch;

typedef struct edge_list {
    edge *at;
    size_t n;
    size_t capacity;
} edge_list;

typedef struct stretch_list {
    stretch *at;
    size_t n;
    size_t capacity;
} stretch_list;

/* Not fmin, fmax and hypot, which are calls. */
static double lesser(double a, double b) {
    return a < b ? a : b;
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

static double length_of(double x, double y) {
    return sqrt(x * x + y * y);
}

/* Widens from..to by where the line start + t * step is within a disc about
 * the origin. */
static void add_disc(hf_xy start, hf_xy step, double radius, double *from,
                     double *to) {
    double a = step.x_m * step.x_m + step.y_m * step.y_m;
    double half_b = start.x_m * step.x_m + start.y_m * step.y_m;
    double c = start.x_m * start.x_m + start.y_m * start.y_m - radius * radius;
    double discriminant = half_b * half_b - a * c;
    if (!(discriminant >= 0) || !(a > 0)) {
        return;
    }
    double root = sqrt(discriminant);
    *from = lesser(*from, (-half_b - root) / a);
    *to = greater(*to, (-half_b + root) / a);
}

/* Narrows from..to to where low <= value + t * slope <= high. */
static void clip(double value, double slope, double low, double high,
                 double *from, double *to) {
    if (slope == 0) {
        if (value < low || value > high) {
            *to = -INFINITY;
        }
        return;
    }
    double t1 = (low - value) / slope, t2 = (high - value) / slope;
    *from = greater(*from, lesser(t1, t2));
    *to = lesser(*to, greater(t1, t2));
}

bool hf__contact_interval(hf_xy p, hf_xy q, hf_xy c, hf_xy d,
                          double tolerance_m, double *out_from,
                          double *out_to) {
    /* The points near a segment fill a rectangle and a disc at each end. All
     * relative to c: the numbers are small. */
    hf_xy step = {q.x_m - p.x_m, q.y_m - p.y_m};
    hf_xy start = {p.x_m - c.x_m, p.y_m - c.y_m};
    hf_xy to_d = {d.x_m - c.x_m, d.y_m - c.y_m};
    hf_xy from_d = {p.x_m - d.x_m, p.y_m - d.y_m};
    double from = INFINITY, to = -INFINITY;
    add_disc(start, step, tolerance_m, &from, &to);
    add_disc(from_d, step, tolerance_m, &from, &to);
    double length = length_of(to_d.x_m, to_d.y_m);
    if (length > 0) {
        double ux = to_d.x_m / length, uy = to_d.y_m / length;
        double box_from = -INFINITY, box_to = INFINITY;
        clip(start.x_m * ux + start.y_m * uy, step.x_m * ux + step.y_m * uy, 0,
             length, &box_from, &box_to);
        clip(start.y_m * ux - start.x_m * uy, step.y_m * ux - step.x_m * uy,
             -tolerance_m, tolerance_m, &box_from, &box_to);
        if (box_from <= box_to) {
            from = lesser(from, box_from);
            to = greater(to, box_to);
        }
    }
    from = greater(from, 0);
    to = lesser(to, 1);
    if (!(from <= to)) {
        return false;
    }
    *out_from = from;
    *out_to = to;
    return true;
}

static bool add_edge(edge_list *out, hf_xy p, hf_xy q, double margin_m,
                     bool along_y) {
    void *edges = out->at;
    if (!hf__reserve(&edges, &out->capacity,
                     out->n < FIRST ? FIRST : out->n + 1, sizeof *out->at)) {
        return false;
    }
    out->at = edges;
    double left = lesser(p.x_m, q.x_m) - margin_m;
    double right = greater(p.x_m, q.x_m) + margin_m;
    double bottom = lesser(p.y_m, q.y_m) - margin_m;
    double top = greater(p.y_m, q.y_m) + margin_m;
    out->at[out->n++] = along_y ? (edge){p, q, bottom, top, left, right}
                                : (edge){p, q, left, right, bottom, top};
    return true;
}

/* Collects the edges of a polygon that come into a box. */
static bool collect(const hf__polygon *polygon, const hf__box *within,
                    double margin_m, bool along_y, edge_list *out) {
    double left = within->min.x_m - margin_m;
    double right = within->max.x_m + margin_m;
    double bottom = within->min.y_m - margin_m;
    double top = within->max.y_m + margin_m;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        const hf_xy *ring = polygon->points + polygon->ring_start[r];
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        hf_xy p = ring[n - 1];
        for (size_t i = 0; i < n; i++) {
            hf_xy q = ring[i];
            bool is_apart = (p.x_m < left && q.x_m < left) ||
                            (p.x_m > right && q.x_m > right) ||
                            (p.y_m < bottom && q.y_m < bottom) ||
                            (p.y_m > top && q.y_m > top);
            if (!is_apart && !add_edge(out, p, q, margin_m, along_y)) {
                return false;
            }
            p = q;
        }
    }
    return true;
}

static int compare_edges(const void *a, const void *b) {
    const edge *one = a, *two = b;
    return (one->low > two->low) - (one->low < two->low);
}

static int compare_stretches(const void *a, const void *b) {
    const stretch *one = a, *two = b;
    if (one->edge != two->edge) {
        return one->edge < two->edge ? -1 : 1;
    }
    return (one->from > two->from) - (one->from < two->from);
}

/* The edges that the sweep's line crosses. */
typedef struct active_list {
    size_t *at;
    size_t n;
} active_list;

static bool add_stretch(const edge_list *a, size_t i, const edge *other,
                        double tolerance_m, stretch_list *found) {
    const edge *e = &a->at[i];
    stretch s = {i, 0, 0};
    if (e->cross_low > other->cross_high || other->cross_low > e->cross_high ||
        !hf__contact_interval(e->p, e->q, other->p, other->q, tolerance_m,
                              &s.from, &s.to)) {
        return true;
    }
    void *stretches = found->at;
    if (!hf__reserve(&stretches, &found->capacity, found->n + 1,
                     sizeof *found->at)) {
        return false;
    }
    found->at = stretches;
    found->at[found->n++] = s;
    return true;
}

/* Meets one arriving edge with the other border's open edges. */
static bool meet_active(const edge_list *a, const edge_list *b, bool is_a,
                        size_t arriving, active_list *others,
                        double tolerance_m, stretch_list *found) {
    const edge_list *mine = is_a ? a : b, *theirs = is_a ? b : a;
    double low = mine->at[arriving].low;
    size_t kept = 0;
    bool has_room = true;
    for (size_t k = 0; k < others->n && has_room; k++) {
        size_t other = others->at[k];
        if (theirs->at[other].high < low) {
            continue;
        }
        others->at[kept++] = other;
        has_room =
            is_a ? add_stretch(a, arriving, &b->at[other], tolerance_m, found)
                 : add_stretch(a, other, &b->at[arriving], tolerance_m, found);
    }
    others->n = kept;
    return has_room;
}

/* All stretches, by a sweep over both sorted lists. */
static bool sweep(const edge_list *a, const edge_list *b, double tolerance_m,
                  stretch_list *found) {
    size_t *memory = hf__calloc(a->n + b->n, sizeof *memory);
    if (!memory) {
        return false;
    }
    active_list open_a = {memory, 0}, open_b = {memory + a->n, 0};
    bool has_room = true;
    for (size_t i = 0, k = 0; has_room && (i < a->n || k < b->n);) {
        bool is_a = k == b->n || (i < a->n && a->at[i].low <= b->at[k].low);
        if (is_a) {
            has_room = meet_active(a, b, true, i, &open_b, tolerance_m, found);
            open_a.at[open_a.n++] = i++;
        } else {
            has_room = meet_active(a, b, false, k, &open_a, tolerance_m, found);
            open_b.at[open_b.n++] = k++;
        }
    }
    hf__free(memory);
    return has_room;
}

/* The length that stretches cover together. */
static double add_up(const edge_list *a, stretch_list *found) {
    if (found->n) {
        qsort(found->at, found->n, sizeof *found->at, compare_stretches);
    }
    double total = 0;
    for (size_t i = 0; i < found->n;) {
        size_t on = found->at[i].edge;
        const edge *e = &a->at[on];
        double covered = 0, reached = 0;
        for (; i < found->n && found->at[i].edge == on; i++) {
            double from = greater(found->at[i].from, reached);
            if (found->at[i].to > from) {
                covered += found->at[i].to - from;
                reached = found->at[i].to;
            }
        }
        total += covered * length_of(e->q.x_m - e->p.x_m, e->q.y_m - e->p.y_m);
    }
    return total;
}

hf_status hf__contact_length(hf_context *ctx, const hf__polygon *a,
                             const hf__polygon *b, double tolerance_m,
                             double *out_length_m) {
    if (!hf__box_meets(&a->box, &b->box, tolerance_m)) {
        *out_length_m = 0;
        return HF_OK;
    }
    hf_status status = HF_OK;
    edge_list edges_a = {0}, edges_b = {0};
    stretch_list found = {0};
    hf__box both = {{greater(a->box.min.x_m, b->box.min.x_m) - tolerance_m,
                     greater(a->box.min.y_m, b->box.min.y_m) - tolerance_m},
                    {lesser(a->box.max.x_m, b->box.max.x_m) + tolerance_m,
                     lesser(a->box.max.y_m, b->box.max.y_m) + tolerance_m}};
    /* Along the longer side, where fewer edges stand side by side. */
    bool along_y = both.max.y_m - both.min.y_m > both.max.x_m - both.min.x_m;
    if (!collect(a, &both, tolerance_m, along_y, &edges_a) ||
        !collect(b, &both, 0, along_y, &edges_b)) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    if (edges_a.n && edges_b.n) {
        qsort(edges_a.at, edges_a.n, sizeof *edges_a.at, compare_edges);
        qsort(edges_b.at, edges_b.n, sizeof *edges_b.at, compare_edges);
        if (!sweep(&edges_a, &edges_b, tolerance_m, &found)) {
            status = hf__fail_memory(ctx);
            goto done;
        }
    }
    *out_length_m = add_up(&edges_a, &found);
done:
    hf__free(edges_a.at);
    hf__free(edges_b.at);
    hf__free(found.at);
    return status;
}
