#include "table/evidence.h"

#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/postcode.h"
#include "table/csv.h"

/* Columns looked at in a row to tell whether it is data, and cells of a column
 * of areas looked at before it may be given up. */
#define DATA_COLUMNS_MOST 256
#define AREA_CELLS_FEW 50

/* Adds the cells of one record, whatever their number. */
static bool add_row(hf__sample *sample, hf__csv_reader *reader,
                    hf__csv_record *record) {
    hf__csv_reader again = *reader;
    void *cells = sample->cells;
    size_t free_cells = sample->cells_capacity - sample->n_cells;
    hf__str *to = cells ? sample->cells + sample->n_cells : NULL;
    if (!hf__csv_next(reader, to, free_cells, record)) {
        return true;
    }
    if (record->n_cells > free_cells) {
        if (!hf__reserve(&cells, &sample->cells_capacity,
                         sample->n_cells + record->n_cells, sizeof(hf__str))) {
            return false;
        }
        sample->cells = cells;
        *reader = again;
        hf__csv_next(reader, sample->cells + sample->n_cells, record->n_cells,
                     record);
    }
    if (!record->n_cells) {
        return true;
    }
    void *starts = sample->row_start;
    if (!hf__reserve(&starts, &sample->rows_capacity, sample->n_rows + 2,
                     sizeof(size_t))) {
        return false;
    }
    sample->row_start = starts;
    sample->is_open = record->is_open;
    sample->row_start[sample->n_rows++] = sample->n_cells;
    sample->n_cells += record->n_cells;
    sample->row_start[sample->n_rows] = sample->n_cells;
    return true;
}

hf_status hf__sample_take(hf_context *ctx, hf__str records, char delimiter,
                          size_t most, hf__sample *out) {
    hf__sample sample = {0};
    hf__csv_reader reader;
    hf__csv_record record;
    hf__csv_reader_init(&reader, records.at, records.len, delimiter);
    while (reader.at < reader.end && sample.n_rows < most + 1) {
        if (!add_row(&sample, &reader, &record)) {
            hf__sample_reset(&sample);
            return hf__fail_memory(ctx);
        }
    }
    *out = sample;
    return HF_OK;
}

void hf__sample_reset(hf__sample *sample) {
    hf__free(sample->cells);
    hf__free(sample->row_start);
    *sample = (hf__sample){0};
}

size_t hf__sample_width(const hf__sample *sample, size_t row) {
    return sample->row_start[row + 1] - sample->row_start[row];
}

hf__str hf__sample_cell(const hf__sample *sample, size_t row, size_t column) {
    return column < hf__sample_width(sample, row)
               ? sample->cells[sample->row_start[row] + column]
               : (hf__str){"", 0};
}

static bool lonlat_fits(hf__str lat, hf__str lon, bool is_uk) {
    hf_lonlat p;
    return hf__read_lonlat(lat, lon, is_uk, &p) == HF__PLACED &&
           (!is_uk || hf__is_in_uk(p));
}

/* Real coordinates of the grid are hundreds of metres at least: not degrees. */
static bool grid_fits(hf__str easting, hf__str northing, hf_xy *out) {
    return hf__read_grid(easting, northing, out) == HF__PLACED &&
           (out->x_m > 1000 || out->y_m > 1000);
}

hf__evidence hf__evidence_of_lonlat(const hf__sample *sample,
                                    const hf__area_oracle *oracle, size_t lat,
                                    size_t lon) {
    hf__evidence e = {0};
    bool is_uk = oracle->is_uk;
    hf_xy ignored;
    for (size_t row = 1; row < sample->n_rows; row++) {
        hf__str a = hf__sample_cell(sample, row, lat);
        hf__str b = hf__sample_cell(sample, row, lon);
        e.rows++;
        if (hf__cell_is_empty(a) && hf__cell_is_empty(b)) {
            continue;
        }
        e.filled++;
        if (lonlat_fits(a, b, is_uk)) {
            e.usable++;
            continue;
        }
        e.swapped += lonlat_fits(b, a, is_uk);
        e.other += grid_fits(b, a, &ignored);
        e.other_swapped += grid_fits(a, b, &ignored);
    }
    return e;
}

/* Looks on the map which way round the points lie on land. */
static void find_swapped_grid(const hf__area_oracle *oracle, hf_xy *grid,
                              size_t n, hf__evidence *e) {
    size_t within = oracle->count_within(oracle->user, grid, n);
    if (within * 2 >= n) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        grid[i] = (hf_xy){grid[i].y_m, grid[i].x_m};
    }
    size_t within_swapped = oracle->count_within(oracle->user, grid, n);
    if (within_swapped * 2 >= n && within_swapped > 2 * within) {
        e->swapped += within_swapped;
        e->usable = within;
    }
}

hf_status hf__evidence_of_grid(hf_context *ctx, const hf__sample *sample,
                               const hf__area_oracle *oracle, size_t easting,
                               size_t northing, hf__evidence *out) {
    hf__evidence e = {0};
    hf_xy *grid = hf__calloc(sample->n_rows, sizeof *grid);
    if (!grid) {
        return hf__fail_memory(ctx);
    }
    for (size_t row = 1; row < sample->n_rows; row++) {
        hf__str a = hf__sample_cell(sample, row, easting);
        hf__str b = hf__sample_cell(sample, row, northing);
        e.rows++;
        if (hf__cell_is_empty(a) && hf__cell_is_empty(b)) {
            continue;
        }
        e.filled++;
        if (grid_fits(a, b, &grid[e.usable])) {
            e.usable++;
            continue;
        }
        hf_xy ignored;
        e.swapped += grid_fits(b, a, &ignored);
        e.other += lonlat_fits(b, a, true);
        e.other_swapped += lonlat_fits(a, b, true);
    }
    if (e.usable && oracle->is_uk) {
        find_swapped_grid(oracle, grid, e.usable, &e);
    }
    hf__free(grid);
    *out = e;
    return HF_OK;
}

hf__evidence hf__evidence_of_area(const hf__sample *sample,
                                  const hf__area_oracle *oracle,
                                  size_t column) {
    hf__evidence e = {.is_constant = true};
    hf__str first = {"", 0};
    for (size_t row = 1; row < sample->n_rows; row++) {
        hf__str cell = hf__sample_cell(sample, row, column);
        e.rows++;
        if (hf__cell_is_empty(cell)) {
            continue;
        }
        if (!e.filled) {
            first = cell;
        } else if (cell.len != first.len ||
                   memcmp(cell.at, first.at, cell.len)) {
            e.is_constant = false;
        }
        e.filled++;
        /* Free text is slow to refuse, and soon known for what it is. */
        if (e.filled > AREA_CELLS_FEW && e.usable * 10 < e.filled) {
            continue;
        }
        hf__area_kind kind = oracle->kind(oracle->user, cell);
        e.usable += kind != HF__AREA_NONE;
        e.codes += kind == HF__AREA_CODE;
        e.postcodes += kind == HF__AREA_POSTCODE;
        e.parts += kind == HF__AREA_POSTCODE_PART;
    }
    return e;
}

hf__evidence hf__evidence_of_count(const hf__sample *sample, size_t column) {
    hf__evidence e = {0};
    bool is_numbering = true;
    double before = 0;
    for (size_t row = 1; row < sample->n_rows; row++) {
        hf__str cell = hf__sample_cell(sample, row, column);
        uint64_t count;
        e.rows++;
        if (hf__cell_is_empty(cell)) {
            continue;
        }
        e.filled++;
        if (hf__read_count(cell, &count)) {
            e.usable++;
            is_numbering &= e.usable == 1 || (double)count == before + 1;
            before = (double)count;
        }
    }
    if (is_numbering && e.usable > 2) {
        e.usable = 0;
    }
    return e;
}

bool hf__sample_is_data(const hf__sample *sample, const hf__area_oracle *oracle,
                        size_t row) {
    size_t width = hf__sample_width(sample, row);
    for (size_t i = 0; i < width && i < DATA_COLUMNS_MOST; i++) {
        hf__str cell = hf__sample_cell(sample, row, i);
        double number;
        hf_postcode postcode;
        if (hf__read_degrees(cell, &number) ||
            oracle->kind(oracle->user, cell) == HF__AREA_CODE ||
            (hf_postcode_parse(cell.at, cell.len, &postcode) &&
             postcode.kind == HF_POSTCODE_FULL)) {
            return true;
        }
    }
    return false;
}
