/* Annotating a file of placements: every row that goes in comes out, in
 * order, its own bytes unchanged, with columns added.
 *
 * Columns added: authority_code, authority, category, miles, miles_border,
 * note. Where the header has a name already, "_howfar" is appended. `miles` is
 * measured from the origin, `miles_border` from the nearest border of the home
 * authority (0 inside); four decimals. What is unknown is an empty cell with
 * the reason in `note`, never 0; only `category` then says "unknown".
 *
 * Rows that name an area instead of a point are measured to its centre and its
 * nearest border, and the note says so. A group of authorities has a category
 * only where all of them have the same.
 *
 * The input is CSV or TSV: `,` `;` TAB or `|` (detected, or told by a first
 * line "sep=;"), quoted newlines, LF, CRLF or CR, with or without a final
 * newline or a byte order mark, in UTF-8 or Windows-1252. It is read once, in
 * blocks, so files larger than memory and pipes work.
 *   - Lines without a byte are passed on and are no rows.
 *   - A row shorter than the header is padded with empty cells, so that the
 *     added columns stand under their names; they follow a longer one. Both are
 *     noted and counted. Where all of the first rows are longer than the
 *     header, empty names are added to it instead.
 *   - What is added is UTF-8, but Windows-1252 where the first megabyte of the
 *     file is not UTF-8.
 *   - A row may be 64 MB long.
 */
#ifndef HOWFAR_ANNOTATE_H
#define HOWFAR_ANNOTATE_H

#include <stdint.h>

#include "howfar/classifier.h"
#include "howfar/distance.h"
#include "howfar/locate.h"
#include "howfar/progress.h"

HF_BEGIN_DECLS

typedef enum hf_origin {
    HF_ORIGIN_CENTRE = 0, /* the centre of the home authority */
    HF_ORIGIN_BORDER = 1, /* its nearest border */
    HF_ORIGIN_PLACE = 2   /* the centre of options.origin_place */
} hf_origin;

/* Called once, when it is settled which columns are used, before the first row
 * is written: one line for people, without a newline. */
typedef void (*hf_annotate_columns)(void *user, const char *message);

typedef struct hf_annotate_options {
    size_t home; /* index of the home authority; required */
    hf_origin origin;
    const hf_place *origin_place; /* for HF_ORIGIN_PLACE */
    /* Column names as in the header, or "#3" for the third; NULL: detected from
     * header and content. A pair goes together. */
    const char *lat_column, *lon_column;
    const char *easting_column, *northing_column;
    const char *authority_column; /* names or codes */
    char delimiter;               /* 0: detected */
    double coast_m;               /* see hf_locate */
    size_t threads;               /* 0: one per processor */
    hf_progress progress;
    void *progress_user;
    hf_annotate_columns columns;
    void *columns_user;
} hf_annotate_options;

HF_API void hf_annotate_options_init(hf_annotate_options *options);

/* Why rows have no category: one entry per reason. Most have no location; some
 * have one, but outside every authority, or in a group whose authorities
 * differ.
 */
typedef struct hf_annotate_reason {
    const char *text;        /* "no coordinates", "latitude is out of range" */
    uint64_t rows;           /* how many */
    uint64_t first_rows[10]; /* the first of them, numbered from 1 after the
                                header; min(rows, 10) are set */
} hf_annotate_reason;

/* Numbers of a run; print as they are. Owned: hf_annotate_summary_free. */
typedef struct hf_annotate_summary {
    uint64_t rows;    /* data rows: without the header */
    uint64_t placed;  /* with a location, and so with miles */
    uint64_t unknown; /* without: rows - placed */
    uint64_t by_category[HF_CATEGORY_COUNT]; /* index: hf_category */
    double median_miles;   /* of `miles` over placed rows; NaN if none; to
                              0.01 mile */
    double greatest_miles; /* NaN if none */
    uint64_t greatest_row;
    const char *columns; /* which columns were used and their hit rate */
    size_t n_reasons;
    const hf_annotate_reason *reasons; /* most frequent first */
    uint64_t ragged_rows; /* with fewer or more cells than the header */
    uint64_t near_coast;  /* given to the nearest authority, see hf_locate */
} hf_annotate_summary;

HF_API void hf_annotate_summary_free(hf_annotate_summary *summary);

/* Reads from `in_fd` to its end and writes to `out_fd`; closes neither.
 * `in_label` stands for the input in messages ("places.csv"). Messages carry
 * row numbers, never a row's data. HF_ERR_NOT_FOUND when no location column is
 * found or a named one is missing; HF_ERR_AMBIGUOUS when axes seem swapped
 * or several columns fit; HF_ERR_UNSUITABLE for what is no CSV or lacks a line
 * of names; HF_ERR_CANCELLED;
 * HF_ERR_DAMAGED for an unclosed quote; HF_ERR_IO; HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_annotate(
    hf_context *ctx, const hf_boundaries *set, const hf_places *places,
    const hf_adjacency *adjacency, const hf_annotate_options *options,
    int in_fd, const char *in_label, int out_fd, hf_annotate_summary **out);

HF_END_DECLS
#endif
