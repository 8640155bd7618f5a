/* The same areas with more vertices: points on their straight edges.
 *
 *     bench-densify SET OUT VERTICES
 *
 * Writes OUT.shp, .shx, .dbf and .cpg, in the working plane of the set, which
 * must be EPSG:27700; the .prj is for the caller. Every edge is cut into pieces
 * of about the same length, and into the same points whichever way it runs, so
 * that neighbours still share their borders bit for bit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/boundary.h"
#include "bench.h"

#define NAME_SIZE 80
#define CODE_SIZE 9

static void put(FILE *file, const void *bytes, size_t n) {
    if (fwrite(bytes, 1, n, file) != n) {
        bench_stop("densify", "cannot write");
    }
}

static void put_int(FILE *file, uint32_t value, bool is_big) {
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(value >> (is_big ? 24 - 8 * i : 8 * i));
    }
    put(file, bytes, 4);
}

static void put_double(FILE *file, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_int(file, (uint32_t)bits, false);
    put_int(file, (uint32_t)(bits >> 32), false);
}

static void put_box(FILE *file, const hf__box *box) {
    put_double(file, box->min.x_m);
    put_double(file, box->min.y_m);
    put_double(file, box->max.x_m);
    put_double(file, box->max.y_m);
}

static FILE *create(const char *base, const char *extension) {
    char path[4096];
    snprintf(path, sizeof path, "%s.%s", base, extension);
    FILE *file = fopen(path, "wb");
    if (!file) {
        bench_stop(path, "cannot write");
    }
    return file;
}

static double length_m(hf_xy a, hf_xy b) {
    return hypot(b.x_m - a.x_m, b.y_m - a.y_m);
}

static size_t pieces_of(hf_xy a, hf_xy b, double step_m) {
    double n = floor(length_m(a, b) / step_m + 0.5);
    return n < 1 ? 1 : (size_t)n;
}

static size_t ring_pieces(const hf__polygon *area, size_t ring, double step_m) {
    size_t start = area->ring_start[ring], end = area->ring_start[ring + 1];
    size_t n = 0;
    for (size_t k = start, before = end - 1; k < end; before = k++) {
        n += pieces_of(area->points[before], area->points[k], step_m);
    }
    return n;
}

static size_t count_all(const bench_set *open, double step_m) {
    size_t n = 0;
    for (size_t i = 0; i < open->count; i++) {
        const hf__polygon *area = hf__boundaries_polygon(open->set, i);
        for (size_t r = 0; r < area->n_rings; r++) {
            n += ring_pieces(area, r, step_m);
        }
    }
    return n;
}

/* The length of a piece that makes about so many vertices. */
static double find_step_m(const bench_set *open, size_t wanted) {
    double low = 1e-3, high = 1e6;
    for (int i = 0; i < 60; i++) {
        double middle = sqrt(low * high);
        if (count_all(open, middle) > wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* Points of an edge, without its end. */
static void put_edge(FILE *file, hf_xy a, hf_xy b, double step_m) {
    size_t n = pieces_of(a, b, step_m);
    bool turned = b.x_m < a.x_m || (b.x_m == a.x_m && b.y_m < a.y_m);
    hf_xy from = turned ? b : a, to = turned ? a : b;
    put_double(file, a.x_m);
    put_double(file, a.y_m);
    for (size_t i = 1; i < n; i++) {
        double t = (double)(turned ? n - i : i) / (double)n;
        put_double(file, from.x_m + t * (to.x_m - from.x_m));
        put_double(file, from.y_m + t * (to.y_m - from.y_m));
    }
}

static uint32_t record_bytes(const hf__polygon *area, double step_m) {
    size_t n = 44 + 4 * area->n_rings;
    for (size_t r = 0; r < area->n_rings; r++) {
        n += 16 * (ring_pieces(area, r, step_m) + 1);
    }
    return (uint32_t)n;
}

/* Rings run the other way in shapefiles: clockwise around land. */
static void put_record(FILE *file, const hf__polygon *area, double step_m) {
    size_t n_points = 0;
    put_int(file, 5, false);
    put_box(file, &area->box);
    for (size_t r = 0; r < area->n_rings; r++) {
        n_points += ring_pieces(area, r, step_m) + 1;
    }
    put_int(file, (uint32_t)area->n_rings, false);
    put_int(file, (uint32_t)n_points, false);
    n_points = 0;
    for (size_t r = 0; r < area->n_rings; r++) {
        put_int(file, (uint32_t)n_points, false);
        n_points += ring_pieces(area, r, step_m) + 1;
    }
    for (size_t r = 0; r < area->n_rings; r++) {
        size_t start = area->ring_start[r], end = area->ring_start[r + 1];
        const hf_xy *points = area->points;
        for (size_t k = end; k-- > start;) {
            put_edge(file, points[k], points[k > start ? k - 1 : end - 1],
                     step_m);
        }
        put_double(file, points[end - 1].x_m);
        put_double(file, points[end - 1].y_m);
    }
}

static void put_header(FILE *file, size_t bytes, const hf__box *box) {
    put_int(file, 9994, true);
    for (int i = 0; i < 5; i++) {
        put_int(file, 0, true);
    }
    put_int(file, (uint32_t)(bytes / 2), true);
    put_int(file, 1000, false);
    put_int(file, 5, false);
    put_box(file, box);
    for (int i = 0; i < 4; i++) {
        put_double(file, 0);
    }
}

static void write_shapes(const bench_set *open, const char *base,
                         double step_m) {
    FILE *shp = create(base, "shp"), *shx = create(base, "shx");
    hf__box box = hf__box_of(NULL, 0);
    size_t bytes = 100;
    for (size_t i = 0; i < open->count; i++) {
        const hf__polygon *area = hf__boundaries_polygon(open->set, i);
        hf__box_widen(&box, &area->box);
        bytes += 8 + record_bytes(area, step_m);
    }
    put_header(shp, bytes, &box);
    put_header(shx, 100 + 8 * open->count, &box);
    size_t at = 100;
    for (size_t i = 0; i < open->count; i++) {
        const hf__polygon *area = hf__boundaries_polygon(open->set, i);
        uint32_t size = record_bytes(area, step_m);
        put_int(shx, (uint32_t)(at / 2), true);
        put_int(shx, size / 2, true);
        put_int(shp, (uint32_t)i + 1, true);
        put_int(shp, size / 2, true);
        put_record(shp, area, step_m);
        at += 8 + size;
    }
    if (fclose(shp) || fclose(shx)) {
        bench_stop(base, "cannot write");
    }
}

static void put_field(FILE *file, const char *name, size_t width) {
    unsigned char field[32] = {0};
    for (size_t i = 0; name[i] && i < 10; i++) {
        field[i] = (unsigned char)name[i];
    }
    field[11] = 'C';
    field[16] = (unsigned char)width;
    put(file, field, sizeof field);
}

static void write_names(const bench_set *open, const char *base) {
    FILE *dbf = create(base, "dbf"), *cpg = create(base, "cpg");
    unsigned char head[32] = {3, 124, 1, 1};
    const size_t header = 32 + 2 * 32 + 1, record = 1 + CODE_SIZE + NAME_SIZE;
    head[4] = (unsigned char)open->count;
    head[5] = (unsigned char)(open->count >> 8);
    head[8] = (unsigned char)header;
    head[10] = (unsigned char)record;
    put(dbf, head, sizeof head);
    put_field(dbf, "CTYUA24CD", CODE_SIZE);
    put_field(dbf, "CTYUA24NM", NAME_SIZE);
    put(dbf, "\r", 1);
    for (size_t i = 0; i < open->count; i++) {
        const hf_authority *a = hf_boundaries_authority(open->set, i);
        fprintf(dbf, " %-*.*s", CODE_SIZE, CODE_SIZE, a->code);
        fprintf(dbf, "%-*.*s", NAME_SIZE, NAME_SIZE, a->name);
    }
    put(dbf, "\x1a", 1);
    fputs("UTF-8\n", cpg);
    if (fclose(dbf) || fclose(cpg)) {
        bench_stop(base, "cannot write");
    }
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fputs("usage: bench-densify SET OUT VERTICES\n", stderr);
        return 2;
    }
    bench_set open = bench_open(argv[1]);
    const char *plane = hf_boundaries_get_info(open.set)->plane;
    if (strcmp(plane, "EPSG:27700")) {
        bench_stop(argv[1], "the working plane is not EPSG:27700");
    }
    double step_m = find_step_m(&open, strtoul(argv[3], NULL, 10));
    write_shapes(&open, argv[2], step_m);
    write_names(&open, argv[2]);
    printf("%zu\n", count_all(&open, step_m));
    bench_close(&open);
    return 0;
}
