#include "fixture_shapefile.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static void put_big(unsigned char *at, size_t value) {
    for (int i = 0; i < 4; i++) {
        at[i] = (unsigned char)(value >> (24 - 8 * i));
    }
}

static void put_little(unsigned char *at, size_t value, int n) {
    for (int i = 0; i < n; i++) {
        at[i] = (unsigned char)(value >> (8 * i));
    }
}

static void add_big(hf__buf *buf, size_t value) {
    unsigned char bytes[4];
    put_big(bytes, value);
    hf__buf_add(buf, bytes, 4);
}

static void add_little(hf__buf *buf, size_t value) {
    unsigned char bytes[4];
    put_little(bytes, value, 4);
    hf__buf_add(buf, bytes, 4);
}

static void add_double(hf__buf *buf, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    add_little(buf, (uint32_t)bits);
    add_little(buf, (uint32_t)(bits >> 32));
}

void fixture_init(fixture *f, const char *fields) {
    *f = (fixture){.prj = "EPSG:27700", .shape_type = 5};
    char header[100] = {0};
    hf__buf_add(&f->shp, header, sizeof header);
    hf__buf_add(&f->shx, header, sizeof header);
    hf__buf_add(&f->dbf, header, 32);
    for (const char *at = fields; *at;) {
        size_t len = strcspn(at, ",");
        unsigned char field[32] = {0};
        assert_true(len <= 10 && f->n_fields < FIXTURE_MOST_FIELDS);
        memcpy(field, at, len);
        field[11] = 'C';
        field[16] = FIXTURE_CELL_WIDTH;
        hf__buf_add(&f->dbf, field, sizeof field);
        f->n_fields++;
        at += len + (at[len] == ',');
    }
    hf__buf_add_char(&f->dbf, '\r');
}

static void add_cells(fixture *f, const char *cells) {
    hf__buf_add_char(&f->dbf, ' ');
    for (size_t i = 0; i < f->n_fields; i++) {
        char cell[FIXTURE_CELL_WIDTH];
        size_t len = strcspn(cells, "|");
        assert_true(len <= sizeof cell);
        memset(cell, ' ', sizeof cell);
        memcpy(cell, cells, len);
        hf__buf_add(&f->dbf, cell, sizeof cell);
        cells += len + (cells[len] == '|');
    }
}

/* Reads the rings into points and part starts. */
static size_t read_rings(const char *rings, hf__buf *points, size_t *starts,
                         size_t *out_n) {
    size_t n_parts = 0, n = 0;
    while (*rings) {
        char *end;
        starts[n_parts++] = n;
        assert_true(n_parts < 64);
        do {
            double x = strtod(rings, &end);
            double y = strtod(end, &end);
            add_double(points, x);
            add_double(points, y);
            n++;
            rings = end + (*end == ',');
        } while (*end == ',');
        rings = end + (*end == ';');
    }
    *out_n = n;
    return n_parts;
}

void fixture_add(fixture *f, const char *cells, const char *rings) {
    size_t starts[64], n = 0;
    hf__buf content, points;
    hf__buf_init(&content);
    hf__buf_init(&points);
    size_t n_parts = read_rings(rings, &points, starts, &n);
    add_little(&content, n ? (size_t)f->shape_type : 0);
    if (n) {
        for (int i = 0; i < 4; i++) {
            add_double(&content, 0); /* a box that lies */
        }
        add_little(&content, n_parts);
        add_little(&content, n);
        for (size_t i = 0; i < n_parts; i++) {
            add_little(&content, starts[i]);
        }
        hf__buf_add(&content, points.text, points.len);
        size_t extras = f->shape_type == 15   ? 2 * (n + 2)
                        : f->shape_type == 25 ? n + 2
                                              : 0;
        for (size_t i = 0; i < extras; i++) {
            add_double(&content, 7);
        }
    }
    add_big(&f->shx, f->shp.len / 2);
    add_big(&f->shx, content.len / 2);
    add_big(&f->shp, ++f->n_records);
    add_big(&f->shp, content.len / 2);
    hf__buf_add(&f->shp, content.text, content.len);
    add_cells(f, cells);
    hf__buf_reset(&content);
    hf__buf_reset(&points);
}

void fixture_finish(fixture *f) {
    hf__buf *const files[] = {&f->shp, &f->shx};
    for (int i = 0; i < 2; i++) {
        unsigned char *header = (unsigned char *)files[i]->text;
        put_big(header, 9994);
        put_big(header + 24, files[i]->len / 2);
        put_little(header + 28, 1000, 4);
        put_little(header + 32, (size_t)f->shape_type, 4);
    }
    hf__buf_add_char(&f->dbf, '\x1A');
    unsigned char *dbf = (unsigned char *)f->dbf.text;
    dbf[0] = 3;
    put_little(dbf + 4, f->n_records, 4);
    put_little(dbf + 8, 33 + 32 * f->n_fields, 2);
    put_little(dbf + 10, 1 + FIXTURE_CELL_WIDTH * f->n_fields, 2);
    assert_false(f->shp.failed || f->shx.failed || f->dbf.failed);
    f->bytes = (hf_shapefile_bytes){
        .label = "test.shp",
        .shp = f->shp.text,
        .shx = f->shx.text,
        .dbf = f->dbf.text,
        .prj = f->prj,
        .cpg = f->cpg,
        .shp_len = f->shp.len,
        .shx_len = f->shx.len,
        .dbf_len = f->dbf.len,
        .prj_len = f->prj ? strlen(f->prj) : 0,
        .cpg_len = f->cpg ? strlen(f->cpg) : 0,
    };
}

void fixture_reset(fixture *f) {
    hf__buf_reset(&f->shp);
    hf__buf_reset(&f->shx);
    hf__buf_reset(&f->dbf);
}

const char *fixture_square(double x, double y, double side) {
    static char texts[8][256];
    static unsigned next;
    char *text = texts[next++ % 8];
    snprintf(text, sizeof texts[0],
             "%.17g %.17g,%.17g %.17g,%.17g %.17g,%.17g %.17g,%.17g %.17g", x,
             y, x, y + side, x + side, y + side, x + side, y, x, y);
    return text;
}
