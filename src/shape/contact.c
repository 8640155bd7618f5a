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
    *from = fmin(*from, (-half_b - root) / a);
    *to = fmax(*to, (-half_b + root) / a);
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
    *from = fmax(*from, fmin(t1, t2));
    *to = fmin(*to, fmax(t1, t2));
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
    double length = hypot(to_d.x_m, to_d.y_m);
    if (length > 0) {
        double ux = to_d.x_m / length, uy = to_d.y_m / length;
        double box_from = -INFINITY, box_to = INFINITY;
        clip(start.x_m * ux + start.y_m * uy, step.x_m * ux + step.y_m * uy, 0,
             length, &box_from, &box_to);
        clip(start.y_m * ux - start.x_m * uy, step.y_m * ux - step.x_m * uy,
             -tolerance_m, tolerance_m, &box_from, &box_to);
        if (box_from <= box_to) {
            from = fmin(from, box_from);
            to = fmax(to, box_to);
        }
    }
    from = fmax(from, 0);
    to = fmin(to, 1);
    if (!(from <= to)) {
        return false;
    }
    *out_from = from;
    *out_to = to;
    return true;
}

/* Collects the edges of a polygon that come into a box. */
static bool collect(const hf__polygon *polygon, const hf__box *within,
                    double margin_m, bool along_y, edge_list *out) {
    void *edges = out->at;
    for (size_t r = 0; r < polygon->n_rings; r++) {
        const hf_xy *ring = polygon->points + polygon->ring_start[r];
        size_t n = polygon->ring_start[r + 1] - polygon->ring_start[r];
        for (size_t i = 0, last = n - 1; i < n; last = i++) {
            hf_xy p = ring[last], q = ring[i];
            hf__box box = {
                {fmin(p.x_m, q.x_m) - margin_m, fmin(p.y_m, q.y_m) - margin_m},
                {fmax(p.x_m, q.x_m) + margin_m, fmax(p.y_m, q.y_m) + margin_m}};
            if (!hf__box_meets(&box, within, 0)) {
                continue;
            }
            if (!hf__reserve(&edges, &out->capacity, out->n + 1,
                             sizeof *out->at)) {
                return false;
            }
            out->at = edges;
            out->at[out->n++] =
                along_y ? (edge){p,           q,           box.min.y_m,
                                 box.max.y_m, box.min.x_m, box.max.x_m}
                        : (edge){p,           q,           box.min.x_m,
                                 box.max.x_m, box.min.y_m, box.max.y_m};
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
            double from = fmax(found->at[i].from, reached);
            if (found->at[i].to > from) {
                covered += found->at[i].to - from;
                reached = found->at[i].to;
            }
        }
        total += covered * hypot(e->q.x_m - e->p.x_m, e->q.y_m - e->p.y_m);
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
    hf__box both = {{fmax(a->box.min.x_m, b->box.min.x_m) - tolerance_m,
                     fmax(a->box.min.y_m, b->box.min.y_m) - tolerance_m},
                    {fmin(a->box.max.x_m, b->box.max.x_m) + tolerance_m,
                     fmin(a->box.max.y_m, b->box.max.y_m) + tolerance_m}};
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
