/* The parts of the engine, on one thread.
 *
 *     bench-engine SET HOME POINTS [POSTCODE_INDEX]
 *
 * HOME is an authority's code, or "mixed": another one for each point. With
 * an index, reads one postcode a line from standard input and looks each up.
 * Prints one line per part: name, tab, value, tab, unit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/measure.h"
#include "atlas/boundary.h"
#include "bench.h"

#define BLOCK 1000
#define MOST_POSTCODES 1000000

static void say(const char *name, double value, const char *unit) {
    printf("%s\t%.6g\t%s\n", name, value, unit);
    fflush(stdout);
}

static hf_lonlat *make_points(const bench_set *open, size_t n) {
    hf_lonlat *points = bench_alloc(n, sizeof *points);
    hf_xy *xy = bench_alloc(n, sizeof *xy);
    bench_random random = bench_seed(1);
    for (size_t i = 0; i < n; i++) {
        const hf_authority *a = hf_boundaries_authority(
            open->set, (size_t)(bench_next(&random) % open->count));
        xy[i] = (hf_xy){bench_in(&random, a->min.x_m, a->max.x_m),
                        bench_in(&random, a->min.y_m, a->max.y_m)};
    }
    bench_need(open->ctx,
               hf__projection_inverse(
                   open->ctx, hf__boundaries_plane(open->set), xy, n, points));
    free(xy);
    return points;
}

/* Nanoseconds for each of n points. */
static double measure_ns(const bench_set *open, const hf_lonlat *points,
                         const size_t *homes, const hf_lonlat *origins,
                         size_t n) {
    hf__measure out[BLOCK];
    double start = bench_now_s();
    for (size_t done = 0; done < n; done += BLOCK) {
        size_t some = n - done < BLOCK ? n - done : BLOCK;
        bench_need(open->ctx, hf__measure_points(
                                  open->ctx, open->set, HF_LOCATE_COAST_M,
                                  points + done, NULL, homes + done,
                                  origins ? origins + done : NULL, some, out));
    }
    return 1e9 * (bench_now_s() - start) / (double)n;
}

static void measure_points(const bench_set *open, const char *code, size_t n) {
    hf_lonlat *points = make_points(open, n);
    hf_lonlat *origins = bench_alloc(n, sizeof *origins);
    size_t *homes = bench_alloc(n, sizeof *homes);
    size_t *nowhere = bench_alloc(n, sizeof *nowhere);
    bool is_mixed = !strcmp(code, "mixed");
    size_t home = is_mixed ? 0 : bench_home(open, code);
    for (size_t i = 0; i < n; i++) {
        homes[i] = is_mixed ? i * 7919 % open->count : home;
        nowhere[i] = HF_NOWHERE;
        origins[i] = hf_boundaries_authority(open->set, homes[i])->centre;
    }
    size_t few = n < BLOCK ? n : BLOCK;
    double first = measure_ns(open, points, homes, origins, few);
    say("first block of points, makes the indexes", first * (double)few / 1e6,
        "ms");
    say("authority", measure_ns(open, points, nowhere, NULL, n), "ns");
    say("authority, border", measure_ns(open, points, homes, NULL, n), "ns");
    say("authority, centre", measure_ns(open, points, nowhere, origins, n),
        "ns");
    say("authority, border, centre",
        measure_ns(open, points, homes, origins, n), "ns");
    free(points);
    free(origins);
    free(homes);
    free(nowhere);
}

static void measure_adjacency(const bench_set *open) {
    hf_adjacency *adjacency;
    size_t pairs = 0;
    double start = bench_now_s();
    bench_need(open->ctx,
               hf_adjacency_new(open->ctx, open->set, NULL, &adjacency));
    for (size_t i = 0; i < open->count; i++) {
        const hf_neighbour *list;
        size_t n;
        bench_need(open->ctx,
                   hf_adjacency_neighbours(open->ctx, adjacency, i, &list, &n));
        for (size_t k = 0; k < n; k++) {
            pairs += list[k].contact == HF_CONTACT_LAND;
        }
    }
    say("adjacency of all authorities", 1e3 * (bench_now_s() - start), "ms");
    say("ordered pairs that adjoin by land", (double)pairs, "pairs");
    hf_adjacency_free(adjacency);
}

static void measure_pairs(const bench_set *open) {
    size_t n = open->count;
    double *dist_m = bench_alloc(n * n, sizeof *dist_m), sum_m = 0;
    double start = bench_now_s();
    bench_need(open->ctx, hf_distance_matrix(open->ctx, open->set, dist_m));
    say("border distances of all pairs", 1e3 * (bench_now_s() - start), "ms");
    for (size_t i = 0; i < n * n; i++) {
        sum_m += dist_m[i];
    }
    say("ordered pairs", (double)(n * (n - 1)), "pairs");
    say("mean border distance", sum_m / (double)(n * (n - 1)) / 1e3, "km");
    free(dist_m);
}

static void measure_postcodes(const bench_set *open, const char *path) {
    typedef char text[16];
    text *texts = bench_alloc(MOST_POSTCODES, sizeof *texts);
    hf_postcodes *index;
    size_t n = 0, found = 0;
    while (n < MOST_POSTCODES && fgets(texts[n], sizeof *texts, stdin)) {
        texts[n][strcspn(texts[n], "\r\n")] = 0;
        n++;
    }
    bench_need(open->ctx, hf_postcodes_open(open->ctx, path, &index));
    for (int pass = 0; pass < 2; pass++) {
        double start = bench_now_s();
        for (size_t i = 0; i < n; i++) {
            hf_postcode postcode;
            hf_postcode_entry entry;
            if (hf_postcode_parse(texts[i], strlen(texts[i]), &postcode) &&
                !hf_postcodes_find(open->ctx, index, &postcode, &entry)) {
                found += (size_t)pass;
            }
        }
        double each = 1e9 * (bench_now_s() - start) / (double)(n ? n : 1);
        say(pass ? "a postcode, random order"
                 : "a postcode, random order, first pass",
            each, "ns");
    }
    say("postcodes found", (double)found, "postcodes");
    hf_postcodes_close(index);
    free(texts);
}

int main(int argc, char **argv) {
    if (argc != 4 && argc != 5) {
        fputs("usage: bench-engine SET HOME|mixed POINTS [INDEX]\n", stderr);
        return 2;
    }
    double start = bench_now_s();
    bench_set open = bench_open(argv[1]);
    say("the set loaded", 1e3 * (bench_now_s() - start), "ms");
    measure_points(&open, argv[2], strtoul(argv[3], NULL, 10));
    measure_adjacency(&open);
    measure_pairs(&open);
    if (argc == 5) {
        measure_postcodes(&open, argv[4]);
    }
    bench_close(&open);
    return 0;
}
