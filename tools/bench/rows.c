/* Makes what is measured with: rows of placements, or the areas as text.
 *
 *     bench-rows SET KIND ROWS SEED
 *
 * KIND says where a row is: `points` (latitude, longitude), `grid` (easting,
 * northing), `codes` (of an authority), `homes` (latitude, longitude, and a
 * home authority per row). Of 100 rows 97 lie in an authority, each as likely
 * as the others; 2 lie at sea, 1 has no location.
 *
 * KIND `rings` writes the areas instead: code, longitude and latitude of the
 * centre, and the rings as a MULTILINESTRING in the working plane. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/measure.h"
#include "atlas/boundary.h"
#include "bench.h"

#define MOST_PASSES 100000
#define LINE_SIZE 128

typedef enum kind { POINTS, GRID, CODES, HOMES } kind;

typedef struct row {
    size_t wanted; /* HF_NOWHERE: at sea */
    bool is_known;
    hf_xy xy;
    hf_lonlat point;
} row;

/* The box of all authorities. */
static hf__box box_of_set(const bench_set *open) {
    hf__box box = hf__box_of(NULL, 0);
    for (size_t i = 0; i < open->count; i++) {
        hf__box_widen(&box, &hf__boundaries_polygon(open->set, i)->box);
    }
    return box;
}

static void choose(const bench_set *open, bench_random *random, row *rows,
                   size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint64_t lot = bench_next(random) % 100;
        rows[i].is_known = lot != 0;
        rows[i].wanted = lot == 1 || lot == 2
                             ? HF_NOWHERE
                             : (size_t)(bench_next(random) % open->count);
    }
}

/* Proposes a point for each of `todo` and keeps those that do not lie where
 * they should: returns how many. */
static size_t propose(const bench_set *open, bench_random *random,
                      const hf__box *sea, row *rows, size_t *todo, size_t n) {
    enum { BLOCK = 1000 };
    hf_xy xy[BLOCK];
    hf_lonlat points[BLOCK];
    size_t homes[BLOCK];
    hf__measure out[BLOCK];
    size_t kept = 0;
    for (size_t done = 0; done < n; done += BLOCK) {
        size_t m = n - done < BLOCK ? n - done : BLOCK;
        for (size_t k = 0; k < m; k++) {
            size_t wanted = rows[todo[done + k]].wanted;
            const hf__box *box =
                wanted == HF_NOWHERE
                    ? sea
                    : &hf__boundaries_polygon(open->set, wanted)->box;
            xy[k].x_m = bench_in(random, box->min.x_m, box->max.x_m);
            xy[k].y_m = bench_in(random, box->min.y_m, box->max.y_m);
            homes[k] = HF_NOWHERE;
        }
        bench_need(open->ctx, hf__projection_inverse(
                                  open->ctx, hf__boundaries_plane(open->set),
                                  xy, m, points));
        bench_need(open->ctx,
                   hf__measure_points(open->ctx, open->set, 0, points, NULL,
                                      homes, NULL, m, out));
        for (size_t k = 0; k < m; k++) {
            row *r = &rows[todo[done + k]];
            if (out[k].location.authority == r->wanted) {
                r->xy = xy[k];
                r->point = points[k];
            } else {
                todo[kept++] = todo[done + k];
            }
        }
    }
    return kept;
}

static row *make_rows(const bench_set *open, bench_random *random, size_t n) {
    row *rows = bench_alloc(n, sizeof *rows);
    size_t *todo = bench_alloc(n, sizeof *todo);
    hf__box sea = box_of_set(open);
    choose(open, random, rows, n);
    for (size_t i = 0; i < n; i++) {
        todo[i] = i;
    }
    size_t left = n;
    for (size_t pass = 0; left; pass++) {
        if (pass == MOST_PASSES) {
            bench_stop("rows", "no point found in some authority");
        }
        left = propose(open, random, &sea, rows, todo, left);
    }
    free(todo);
    return rows;
}

/* Where a row is, as text: two cells, or one for codes. */
static void print_place(char *out, size_t size, const bench_set *open,
                        const row *r, kind what) {
    if (what == CODES) {
        snprintf(out, size, "%s",
                 r->is_known && r->wanted != HF_NOWHERE
                     ? hf_boundaries_authority(open->set, r->wanted)->code
                     : "");
    } else if (!r->is_known) {
        snprintf(out, size, ",");
    } else if (what == GRID) {
        snprintf(out, size, "%.0f,%.0f", r->xy.x_m, r->xy.y_m);
    } else {
        snprintf(out, size, "%.6f,%.6f", r->point.lat_deg, r->point.lon_deg);
    }
}

static size_t print_row(char *out, const bench_set *open, const row *r,
                        size_t i, kind what) {
    char place[48];
    print_place(place, sizeof place, open, r, what);
    const char *home =
        what == HOMES
            ? hf_boundaries_authority(open->set, i * 7919 % open->count)->code
            : "";
    int n = snprintf(out, LINE_SIZE, "P%07zu,%04zu-%02zu-%02zu,%s%s%s,U%zu\n",
                     i, 2015 + i % 10, 1 + i * 7 % 12, 1 + i * 11 % 28, place,
                     *home ? "," : "", home, 1 + i % 6);
    return (size_t)n;
}

static void write_rows(const bench_set *open, kind what, size_t n,
                       uint64_t seed) {
    static const char *const headers[] = {"latitude,longitude",
                                          "easting,northing", "authority",
                                          "latitude,longitude,home_authority"};
    bench_random random = bench_seed(seed);
    row *rows = make_rows(open, &random, n);
    char line[LINE_SIZE];
    printf("placement,started,%s,provider\n", headers[what]);
    for (size_t i = 0; i < n; i++) {
        size_t len = print_row(line, open, &rows[i], i, what);
        if (fwrite(line, 1, len, stdout) != len) {
            bench_stop("rows", "cannot write");
        }
    }
    free(rows);
}

static void write_rings(const bench_set *open) {
    for (size_t i = 0; i < open->count; i++) {
        const hf_authority *a = hf_boundaries_authority(open->set, i);
        const hf__polygon *area = hf__boundaries_polygon(open->set, i);
        printf("%s|%.17g|%.17g|MULTILINESTRING(", a->code, a->centre.lon_deg,
               a->centre.lat_deg);
        for (size_t r = 0; r < area->n_rings; r++) {
            size_t start = area->ring_start[r], end = area->ring_start[r + 1];
            fputs(r ? ",(" : "(", stdout);
            for (size_t k = start; k <= end; k++) {
                hf_xy p = area->points[k < end ? k : start];
                printf("%s%.17g %.17g", k > start ? "," : "", p.x_m, p.y_m);
            }
            fputs(")", stdout);
        }
        fputs(")\n", stdout);
    }
}

int main(int argc, char **argv) {
    static const char *const kinds[] = {"points", "grid", "codes", "homes"};
    if (argc != 5) {
        fputs("usage: bench-rows SET points|grid|codes|homes|rings ROWS SEED\n",
              stderr);
        return 2;
    }
    bench_set open = bench_open(argv[1]);
    size_t what = 0;
    while (what < 4 && strcmp(argv[2], kinds[what])) {
        what++;
    }
    if (what < 4) {
        write_rows(&open, (kind)what, strtoul(argv[3], NULL, 10),
                   strtoull(argv[4], NULL, 10));
    } else if (!strcmp(argv[2], "rings")) {
        write_rings(&open);
    } else {
        bench_stop(argv[2], "no such kind of rows");
    }
    bench_close(&open);
    return fflush(stdout) ? 1 : 0;
}
