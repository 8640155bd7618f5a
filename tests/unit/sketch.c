#include "sketch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "earth/projection.h"

const char *const sketch_four[4] = {
    "E06000001 0 0, 0 10, 10 10, 10 0",
    "E06000002 10 0, 10 10, 20 10, 20 0",
    ("E06000003 0 10, 0 30, 20 30, 20 10, 10 10; 5 15, 15 15, 15 25, 5 25; "
     "9 19, 9 21, 11 21, 11 19"),
    "E06000004 5 15, 5 25, 8 25, 8 15",
};

/* Bytes that grow. */
typedef struct bytes {
    unsigned char *at;
    size_t len, room;
} bytes;

static void put(bytes *to, const void *from, size_t len) {
    if (to->len + len > to->room) {
        to->room = 2 * (to->len + len);
        to->at = realloc(to->at, to->room);
        assert_non_null(to->at);
    }
    memcpy(to->at + to->len, from, len);
    to->len += len;
}

static void put_le32(bytes *to, uint32_t value) {
    unsigned char b[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                          (unsigned char)(value >> 16),
                          (unsigned char)(value >> 24)};
    put(to, b, 4);
}

static void put_be32(bytes *to, uint32_t value) {
    unsigned char b[4] = {(unsigned char)(value >> 24),
                          (unsigned char)(value >> 16),
                          (unsigned char)(value >> 8), (unsigned char)value};
    put(to, b, 4);
}

/* Little-endian machines only, as all that the tests run on are. */
static void put_double(bytes *to, double value) {
    put(to, &value, 8);
}

static void put_shp_header(bytes *to, size_t total) {
    put_be32(to, 9994);
    for (int i = 0; i < 5; i++) {
        put_be32(to, 0);
    }
    put_be32(to, (uint32_t)(total / 2));
    put_le32(to, 1000);
    put_le32(to, 5);
    static const double box[8] = {0, 0, 1e7, 1e7, 0, 0, 0, 0};
    for (int i = 0; i < 8; i++) {
        put_double(to, box[i]);
    }
}

#define MAX_RINGS 256
#define MAX_POINTS 65536

typedef struct area {
    size_t n_rings, n_points;
    uint32_t start[MAX_RINGS];
    double xy[MAX_POINTS][2];
} area;

static void close_ring(area *to) {
    size_t first = to->start[to->n_rings - 1];
    assert_true(to->n_points < MAX_POINTS);
    memcpy(to->xy[to->n_points++], to->xy[first], sizeof to->xy[0]);
}

static void parse_area(const char *text, hf_xy origin, double unit_m,
                       area *to) {
    to->n_points = 0;
    to->n_rings = 1;
    to->start[0] = 0;
    for (;;) {
        char *end;
        double x = strtod(text, &end);
        double y = strtod(end, &end);
        assert_true(end != text && to->n_points < MAX_POINTS);
        to->xy[to->n_points][0] = origin.x_m + x * unit_m;
        to->xy[to->n_points++][1] = origin.y_m + y * unit_m;
        text = end + strspn(end, " ");
        if (*text == ';' || !*text) {
            close_ring(to);
        }
        if (!*text) {
            return;
        }
        if (*text++ == ';') {
            assert_true(to->n_rings < MAX_RINGS);
            to->start[to->n_rings++] = (uint32_t)to->n_points;
        }
    }
}

static void put_area(bytes *to, uint32_t number, const area *from) {
    size_t len = 44 + 4 * from->n_rings + 16 * from->n_points;
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < from->n_points; i++) {
        for (int k = 0; k < 2; k++) {
            box[k] = fmin(box[k], from->xy[i][k]);
            box[k + 2] = fmax(box[k + 2], from->xy[i][k]);
        }
    }
    put_be32(to, number);
    put_be32(to, (uint32_t)(len / 2));
    put_le32(to, 5);
    for (int k = 0; k < 4; k++) {
        put_double(to, box[k]);
    }
    put_le32(to, (uint32_t)from->n_rings);
    put_le32(to, (uint32_t)from->n_points);
    for (size_t i = 0; i < from->n_rings; i++) {
        put_le32(to, from->start[i]);
    }
    for (size_t i = 0; i < from->n_points; i++) {
        put_double(to, from->xy[i][0]);
        put_double(to, from->xy[i][1]);
    }
}

static void put_field(bytes *to, const char *name) {
    unsigned char field[32] = {0};
    memcpy(field, name, strlen(name));
    field[11] = 'C';
    field[16] = 9;
    put(to, field, sizeof field);
}

static void put_dbf(bytes *to, const char *const *areas, size_t n) {
    static const unsigned char date[4] = {3, 124, 1, 1};
    unsigned char sizes[24] = {97, 0, 19, 0};
    put(to, date, 4);
    put_le32(to, (uint32_t)n);
    put(to, sizes, 24);
    put_field(to, "CTYUA24CD");
    put_field(to, "CTYUA24NM");
    put(to, "\r", 1);
    for (size_t i = 0; i < n; i++) {
        put(to, " ", 1);
        put(to, areas[i], 9);
        put(to, areas[i], 9);
    }
    put(to, "\x1a", 1);
}

hf_boundaries *sketch(hf_context *ctx, const char *const *areas, size_t n,
                      hf_xy origin, double unit_m) {
    bytes records = {0}, shp = {0}, dbf = {0};
    area *drawn = calloc(1, sizeof *drawn);
    assert_non_null(drawn);
    for (size_t i = 0; i < n; i++) {
        parse_area(areas[i] + 9, origin, unit_m, drawn);
        put_area(&records, (uint32_t)(i + 1), drawn);
    }
    put_shp_header(&shp, 100 + records.len);
    put(&shp, records.at, records.len);
    put_dbf(&dbf, areas, n);
    hf_shapefile_bytes file = {.label = "sketch",
                               .shp = shp.at,
                               .shp_len = shp.len,
                               .dbf = dbf.at,
                               .dbf_len = dbf.len};
    hf_boundaries_options options;
    hf_boundaries_options_init(&options);
    options.projection = "EPSG:27700";
    hf_boundaries *set = NULL;
    hf_status status = hf_boundaries_open_bytes(ctx, &file, &options, &set);
    free(drawn);
    free(records.at);
    free(shp.at);
    free(dbf.at);
    assert_ok(ctx, status);
    return set;
}

hf_lonlat sketch_point(hf_context *ctx, hf_xy origin, double unit_m, double x,
                       double y) {
    hf__projection *grid;
    hf_xy xy = {origin.x_m + x * unit_m, origin.y_m + y * unit_m};
    hf_lonlat p;
    assert_ok(ctx, hf__projection_british_grid(ctx, &grid));
    assert_ok(ctx, hf__projection_inverse(ctx, grid, &xy, 1, &p));
    hf__projection_free(grid);
    return p;
}

/* ---- a country -------------------------------------------------------------
 */

/* Points between two corners of a bent edge. */
#define BENDS 12

/* The points of edge number `edge` from corner a to corner b, b left out: the
 * same line whichever area asks, as its bends hang on the number alone. */
static void put_edge(char **text, size_t edge, const double *a, const double *b,
                     bool is_forward) {
    for (int k = 0; k < BENDS; k++) {
        int step = is_forward ? k : BENDS - k;
        double t = (double)step / BENDS, x, y;
        if (step == 0 || step == BENDS) {
            const double *at = k == 0 ? (is_forward ? a : b) : a;
            x = at[0];
            y = at[1];
        } else {
            uint64_t h = (edge * 64 + (uint64_t)step) * 0x9E3779B97F4A7C15u;
            h ^= h >> 29;
            h *= 0xBF58476D1CE4E5B9u;
            double off = ((double)(h >> 40) / 16777216.0 - 0.5) * 0.25;
            x = a[0] + t * (b[0] - a[0]) + off * (b[1] - a[1]);
            y = a[1] + t * (b[1] - a[1]) - off * (b[0] - a[0]);
        }
        *text += sprintf(*text, "%.17g %.17g,", x, y);
    }
}

static void corner(size_t i, size_t k, size_t columns, double *out) {
    uint64_t h = (k * (columns + 1) + i + 7) * 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    out[0] = (double)i + ((double)(h & 0xffff) / 65536 - 0.5) * 0.4;
    out[1] = (double)k + ((double)(h >> 16 & 0xffff) / 65536 - 0.5) * 0.4;
}

/* A cell of the grid, clockwise; some have a hole with an island in it, which
 * belongs to the same area, and some a far island. */
static void draw_cell(char *text, size_t i, size_t k, size_t columns,
                      size_t rows) {
    double c[4][2];
    corner(i, k, columns, c[0]);
    corner(i, k + 1, columns, c[1]);
    corner(i + 1, k + 1, columns, c[2]);
    corner(i + 1, k, columns, c[3]);
    size_t upright = k * (columns + 1) + i;
    size_t level = (columns + 1) * rows + k * columns + i;
    put_edge(&text, upright, c[0], c[1], true);
    put_edge(&text, level + columns, c[1], c[2], true);
    put_edge(&text, upright + 1, c[3], c[2], false);
    put_edge(&text, level, c[0], c[3], false);
    text[-1] = '\0';
    text--;
    double x = (double)i + 0.5, y = (double)k + 0.5;
    if ((i + k) % 3 == 0) {
        text += sprintf(text,
                        "; %.9g %.9g, %.9g %.9g, %.9g %.9g; %.9g %.9g, %.9g "
                        "%.9g, %.9g %.9g",
                        x - .11, y - .1, x + .12, y - .1, x, y + .13, x - .02,
                        y - .03, x + .01, y + .04, x + .03, y - .03);
    }
    if (i == 0) {
        text += sprintf(text, "; %.9g %.9g, %.9g %.9g, %.9g %.9g", x - 1.6, y,
                        x - 1.5, y + .15, x - 1.4, y + .01);
    }
}

hf_boundaries *sketch_country(hf_context *ctx, size_t columns, size_t rows,
                              double cell_m, hf_xy origin) {
    size_t n = columns * rows;
    char **areas = calloc(n, sizeof *areas);
    assert_non_null(areas);
    for (size_t i = 0; i < n; i++) {
        areas[i] = calloc(1, 8192);
        assert_non_null(areas[i]);
        int len = sprintf(areas[i], "E06%06zu ", i + 1);
        draw_cell(areas[i] + len, i % columns, i / columns, columns, rows);
    }
    hf_boundaries *set =
        sketch(ctx, (const char *const *)areas, n, origin, cell_m);
    for (size_t i = 0; i < n; i++) {
        free(areas[i]);
    }
    free(areas);
    return set;
}
