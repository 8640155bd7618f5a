/* What the first rows of a table say about its columns. */
#ifndef HOWFAR_TABLE_EVIDENCE_H
#define HOWFAR_TABLE_EVIDENCE_H

#include "table/dialect.h"
#include "table/location.h"

/* The header and the first rows, as slices of the text they were taken from:
 * row r holds cells[row_start[r]] .. cells[row_start[r + 1] - 1]. Lines without
 * a byte are no rows. */
typedef struct hf__sample {
    hf__str *cells;
    size_t *row_start; /* n_rows + 1; row 0 is the header */
    size_t n_rows;     /* 0 for a text without a record */
    bool is_open;      /* the text ends within quotes, in the last row */
    size_t n_cells, cells_capacity, rows_capacity;
} hf__sample;

/* Takes the header and at most `most` rows of whole records. HF_ERR_MEMORY. */
hf_status hf__sample_take(hf_context *ctx, hf__str records, char delimiter,
                          size_t most, hf__sample *out);
void hf__sample_reset(hf__sample *sample);

/* Number of cells of a row; a cell, empty where the row is shorter. */
size_t hf__sample_width(const hf__sample *sample, size_t row);
hf__str hf__sample_cell(const hf__sample *sample, size_t row, size_t column);

/* What a cell is as the name of an area, for the one who asks. */
typedef enum hf__area_kind {
    HF__AREA_NONE = 0,
    HF__AREA_CODE = 1,
    HF__AREA_NAME = 2,
    HF__AREA_POSTCODE = 3,     /* a full one that exists */
    HF__AREA_POSTCODE_PART = 4 /* a sector or district that exists */
} hf__area_kind;

/* What evidence needs from the boundary set. `cell` is as in the file. */
typedef struct hf__area_oracle {
    void *user;
    hf__area_kind (*kind)(void *user, hf__str cell);
    /* How many of n points lie in an authority. */
    size_t (*count_within)(void *user, const hf_xy *grid, size_t n);
    bool is_uk; /* the set is of the United Kingdom */
    /* The directory of postcodes, opened when it is first asked for. Without
     * one, what reads as a postcode counts as one; `why` says then why there is
     * none, in a line that is valid as long as the oracle. NULL: there is. */
    hf_status (*postcodes)(void *user, const char **why);
} hf__area_oracle;

/* Rows of a sample without its header, by what two columns, or one, hold. */
typedef struct hf__evidence {
    size_t rows;
    size_t filled;  /* at least one cell holds something */
    size_t usable;  /* as the kind of column that was asked for */
    size_t swapped; /* usable the other way round, and not as they are */
    size_t other;   /* usable as the other kind of coordinate: degrees in
                       columns for the grid, and the reverse */
    size_t other_swapped;
    size_t codes;     /* of areas */
    size_t postcodes; /* full ones */
    size_t parts;     /* of postcodes */
    bool is_constant; /* of areas: all cells are alike */
} hf__evidence;

/* Latitude and longitude; usable within the box of the United Kingdom when the
 * set is. */
hf__evidence hf__evidence_of_lonlat(const hf__sample *sample,
                                    const hf__area_oracle *oracle, size_t lat,
                                    size_t lon);

/* Easting and northing. Swapped where the boundary set says so: eastings and
 * northings of southern England are possible either way. HF_ERR_MEMORY. */
hf_status hf__evidence_of_grid(hf_context *ctx, const hf__sample *sample,
                               const hf__area_oracle *oracle, size_t easting,
                               size_t northing, hf__evidence *out);

/* Codes or names of areas, and postcodes. */
hf__evidence hf__evidence_of_area(const hf__sample *sample,
                                  const hf__area_oracle *oracle, size_t column);

/* Whole numbers of children; usable where every cell is one and they do not
 * simply number the rows. */
hf__evidence hf__evidence_of_count(const hf__sample *sample, size_t column);

/* Whether a row looks like data rather than column names: a number, a code
 * or a postcode stands in it. */
bool hf__sample_is_data(const hf__sample *sample, const hf__area_oracle *oracle,
                        size_t row);

#endif
