#include "table/listing.h"

#include <assert.h>
#include <inttypes.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/columns.h"
#include "table/feed.h"

#define HEAD_BYTES ((size_t)64 << 10)
#define BLOCK_BYTES ((size_t)256 << 10)

typedef struct reading {
    hf_context *ctx;
    const hf__listing *listing;
    const char *label;
    hf__feed feed;
    hf__dialect dialect;
    size_t columns[HF__LISTING_COLUMNS]; /* or HF__NO_COLUMN */
    hf__str *raw;                        /* cells of a row */
    size_t n_raw;
    hf__buf texts[HF__LISTING_COLUMNS]; /* what had to be decoded */
    hf__buf scratch;
    uint64_t n_rows;
} reading;

/* Finds the columns. A name that stands twice is that of the first. */
static hf_status read_header(reading *r, hf__str records) {
    hf__sample sample = {0};
    hf__names names = {0};
    bool has[HF__LISTING_COLUMNS] = {false};
    hf_status status =
        hf__sample_take(r->ctx, records, r->dialect.delimiter, 0, &sample);
    if (!status && !sample.n_rows) {
        status =
            hf__fail(r->ctx, HF_ERR_NOT_FOUND,
                     "%s is empty: a line of column names is needed", r->label);
    }
    if (!status) {
        status = hf__names_read(r->ctx, &sample, &r->dialect, &names);
    }
    for (size_t k = 0; !status && k < r->listing->n_names; k++) {
        r->columns[k] = HF__NO_COLUMN;
        for (size_t i = names.n; i-- > 0;) {
            if (hf__str_is_nocase(hf__str_trim(hf__str_of(names.texts[i])),
                                  r->listing->names[k])) {
                r->columns[k] = i;
            }
        }
        has[k] = r->columns[k] != HF__NO_COLUMN;
        if (has[k] && r->columns[k] >= r->n_raw) {
            r->n_raw = r->columns[k] + 1;
        }
    }
    hf__names_reset(&names);
    hf__sample_reset(&sample);
    return status ? status : r->listing->header(r->listing->user, has);
}

static hf__str decode(reading *r, size_t k, hf__str cell) {
    hf__buf *text = &r->texts[k];
    text->len = 0;
    hf__dialect_decode(&r->dialect, hf__csv_unquote(cell, &r->scratch), text);
    return hf__str_trim((hf__str){text->text ? text->text : "", text->len});
}

static hf_status tell_row(reading *r, const hf__csv_record *record) {
    hf__str cells[HF__LISTING_COLUMNS];
    bool failed = false;
    for (size_t k = 0; k < r->listing->n_names; k++) {
        size_t column = r->columns[k];
        bool is_there = column != HF__NO_COLUMN && column < record->n_cells;
        cells[k] = is_there ? decode(r, k, r->raw[column]) : hf__str_of("");
        failed |= r->texts[k].failed;
    }
    return failed || r->scratch.failed
               ? hf__fail_memory(r->ctx)
               : r->listing->row(r->listing->user, ++r->n_rows, cells);
}

static hf_status read_block(reading *r, const hf__buf *block) {
    hf__csv_reader reader;
    hf__csv_record record;
    hf__csv_reader_init(&reader, block->text, block->len, r->dialect.delimiter);
    hf_status status = HF_OK;
    while (!status && hf__csv_next(&reader, r->raw, r->n_raw, &record)) {
        if (record.is_open) {
            return hf__fail(r->ctx, HF_ERR_DAMAGED,
                            "%s: row %" PRIu64
                            ": a quote opens in it that nothing closes",
                            r->label, r->n_rows + 1);
        }
        if (record.n_cells) {
            status = tell_row(r, &record);
        }
    }
    return status;
}

static hf_status read_rows(reading *r) {
    hf__buf block;
    hf__buf_init(&block);
    hf_status status = HF_OK;
    r->raw = hf__calloc(r->n_raw, sizeof *r->raw);
    if (!r->raw) {
        status = hf__fail_memory(r->ctx);
    }
    do {
        if (!status) {
            status = hf__stream_next(r->ctx, &r->feed.records, BLOCK_BYTES,
                                     r->dialect.delimiter, &block);
        }
        if (!status && block.len) {
            status = read_block(r, &block);
        }
    } while (!status && block.len);
    hf__buf_reset(&block);
    return status;
}

hf_status hf__listing_read(hf_context *ctx, int fd, const char *label,
                           const hf__listing *listing) {
    assert(listing->n_names <= HF__LISTING_COLUMNS);
    reading r = {.ctx = ctx, .listing = listing, .label = label};
    hf__str records = {"", 0};
    hf__csv_record header;
    size_t end = 0;
    hf_status status = hf__feed_open(ctx, &r.feed, fd, label, 0, NULL, NULL);
    if (!status) {
        status = hf__feed_read_head(ctx, &r.feed, HEAD_BYTES, 0, &r.dialect,
                                    &records);
    }
    if (!status) {
        status = read_header(&r, records);
    }
    if (!status &&
        hf__feed_find_header(records, r.dialect.delimiter, &header, &end)) {
        hf__stream_skip(&r.feed.records, r.dialect.preamble + end);
        status = read_rows(&r);
    }
    hf__free(r.raw);
    for (size_t k = 0; k < HF__LISTING_COLUMNS; k++) {
        hf__buf_reset(&r.texts[k]);
    }
    hf__buf_reset(&r.scratch);
    hf__feed_close(&r.feed);
    return status;
}
