/* Nanoseconds per point of the engine's parts, on one thread.
 *
 *     bench_engine SHAPEFILE CODE [POINTS]
 *
 * POINTS holds one "longitude latitude" a line; without it, a million points
 * spread evenly over the boxes of random authorities. CODE "mixed" gives every
 * point another home. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "answer/indexes.h"
#include "answer/measure.h"
#include "howfar/howfar.h"

#define BLOCK 1000

static double now_s(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void stop_unless(hf_context *ctx, hf_status status) {
    if (status) {
        fprintf(stderr, "%s\n", hf_context_message(ctx));
        exit(1);
    }
}

static double random_in(double low, double high) {
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return low + (high - low) * ((double)(state >> 11) * 0x1p-53);
}

static hf_lonlat *make_points(hf_context *ctx, const hf_boundaries *set,
                              size_t n) {
    hf_lonlat *points = calloc(n, sizeof *points);
    hf_xy *xy = calloc(n, sizeof *xy);
    size_t count = hf_boundaries_count(set);
    for (size_t i = 0; i < n; i++) {
        const hf_authority *a = hf_boundaries_authority(
            set, (size_t)random_in(0, (double)count) % count);
        xy[i] = (hf_xy){random_in(a->min.x_m, a->max.x_m),
                        random_in(a->min.y_m, a->max.y_m)};
    }
    stop_unless(ctx, hf__projection_inverse(ctx, hf__boundaries_plane(set), xy,
                                            n, points));
    free(xy);
    return points;
}

static hf_lonlat *read_points(const char *path, size_t *n) {
    FILE *file = fopen(path, "r");
    size_t room = 1 << 20;
    hf_lonlat *points = calloc(room, sizeof *points);
    *n = 0;
    while (file && *n < room &&
           fscanf(file, "%lf %lf", &points[*n].lon_deg, &points[*n].lat_deg) ==
               2) {
        ++*n;
    }
    if (!file || !*n) {
        fprintf(stderr, "%s: no points\n", path);
        exit(1);
    }
    fclose(file);
    return points;
}

typedef struct run {
    const char *name;
    bool has_border, has_origin;
} run;

int main(int argc, char **argv) {
    static const run runs[] = {{"first block (makes indexes)", true, true},
                               {"locate", false, false},
                               {"locate, border", true, false},
                               {"locate, origin", false, true},
                               {"locate, border, origin", true, true}};
    hf_context *ctx;
    hf_boundaries *set;
    if (argc < 3 || hf_context_new(&ctx)) {
        fprintf(stderr, "usage: bench_engine SHAPEFILE CODE [POINTS]\n");
        return 2;
    }
    double start = now_s(CLOCK_THREAD_CPUTIME_ID);
    stop_unless(ctx, hf_boundaries_open(ctx, argv[1], NULL, &set));
    printf("load: %.1f ms\n", 1e3 * (now_s(CLOCK_THREAD_CPUTIME_ID) - start));
    size_t n = 1000000, count = hf_boundaries_count(set);
    hf_lonlat *points =
        argc > 3 ? read_points(argv[3], &n) : make_points(ctx, set, n);
    size_t *homes = calloc(n, sizeof *homes);
    size_t *nowhere = calloc(n, sizeof *nowhere);
    hf_lonlat *origins = calloc(n, sizeof *origins);
    hf__measure *out = calloc(BLOCK, sizeof *out);
    bool is_mixed = !strcmp(argv[2], "mixed");
    size_t home = hf_boundaries_find_code(set, argv[2], strlen(argv[2]));
    if (!is_mixed && home == HF_NOWHERE) {
        fprintf(stderr, "%s: no such code\n", argv[2]);
        return 1;
    }
    for (size_t i = 0; i < n; i++) {
        homes[i] = is_mixed ? i * 7919 % count : home;
        nowhere[i] = HF_NOWHERE;
        origins[i] = hf_boundaries_authority(set, homes[i])->centre;
    }
    for (size_t r = 0; r < sizeof runs / sizeof runs[0]; r++) {
        size_t most = r == 0 ? 1 : n;
        double sum = 0;
        start = now_s(CLOCK_THREAD_CPUTIME_ID);
        for (size_t done = 0; done < most; done += BLOCK) {
            size_t left = most - done < BLOCK ? most - done : BLOCK;
            stop_unless(ctx, hf__measure_points(
                                 ctx, set, HF_LOCATE_COAST_M, points + done,
                                 (runs[r].has_border ? homes : nowhere) + done,
                                 runs[r].has_origin ? origins + done : NULL,
                                 left, out));
            sum += out[0].border_m;
        }
        double spent = now_s(CLOCK_THREAD_CPUTIME_ID) - start;
        printf("%s: %.0f ns each, %.1f ms\n", runs[r].name,
               1e9 * spent / (double)most, 1e3 * spent);
        if (sum < 0) {
            return 1;
        }
    }
    free(points);
    free(homes);
    free(nowhere);
    free(origins);
    free(out);
    hf_boundaries_close(set);
    hf_context_free(ctx);
    return 0;
}
