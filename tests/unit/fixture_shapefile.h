/* Shapefiles made in memory, by hand. */
#ifndef HOWFAR_TESTS_FIXTURE_SHAPEFILE_H
#define HOWFAR_TESTS_FIXTURE_SHAPEFILE_H

#include "base/text.h"
#include "howfar/boundary.h"

#define FIXTURE_MOST_FIELDS 6
#define FIXTURE_CELL_WIDTH 40

typedef struct fixture {
    hf_shapefile_bytes bytes; /* set by fixture_finish */
    hf__buf shp, shx, dbf;
    const char *prj; /* "EPSG:27700" unless changed; NULL for none */
    const char *cpg; /* NULL unless changed */
    int shape_type;  /* 5 unless changed before the first record */
    size_t n_fields;
    size_t n_records;
} fixture;

/* Begins a file with these text fields, separated by commas. */
void fixture_init(fixture *f, const char *fields);

/* Adds a record. `cells` holds the fields' texts, separated by '|'. `rings`
 * holds rings separated by ';', points by ',' and x from y by a blank, as
 * they go into the file; "" gives a null shape. */
void fixture_add(fixture *f, const char *cells, const char *rings);

/* Writes the headers and points `bytes` at everything. */
void fixture_finish(fixture *f);
void fixture_reset(fixture *f);

/* A square ring for fixture_add, clockwise and closed, from x, y; static
 * storage, eight at a time. */
const char *fixture_square(double x, double y, double side);

#endif
