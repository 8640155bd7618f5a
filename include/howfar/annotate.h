/* Annotating a file of placements: every row that goes in comes out, in
 * order, its own bytes unchanged, with columns added.
 *
 * Columns added: authority_code, authority, category, miles, miles_border,
 * [miles_home,] note. Where the header has a name already, "_howfar" is
 * appended. `miles` is measured from the origin, `miles_border` from the
 * nearest border of the home authority (0 inside), `miles_home`, where the file
 * has a column of home postcodes, from the row's own; four decimals. What is
 * unknown is an empty cell with the reason in `note`, never 0; only `category`
 * then says "unknown".
 *
 * Where a row is, is told by the first of these that tells it: latitude and
 * longitude; easting and northing; a full postcode; a sector or district of
 * postcodes; the code of an authority; a name. `note` says which, when it was
 * not the first of the columns used.
 *
 * The authority of a postcode is the one that its directory assigns to it;
 * where the boundaries say otherwise, so does the note. They decide where the
 * directory has none of the set's. A sector or district stands at the middle of
 * its postcodes, and has an authority only if all of them have the same.
 *
 * A group of authorities, or a part of a postcode, whose authorities differ in
 * category has them all: "neighbouring or distant".
 *
 * Rows that name an area instead of a point are measured to its centre and its
 * nearest border, and the note says so.
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
 *
 * A file with the columns of the SSDA903 return's Episodes (LS, HOME_POST,
 * PL_POST, and CHILD or DECOM) is placed by PL_POST, its homes are HOME_POST,
 * and PL_DISTANCE, PL_LOCATION and PL_LA are added before `note`: what its
 * derived fields should say, see howfar/ssda903.h. Where PL_DISTANCE is 999.9
 * or blank, the note says why. distance_and_Placement_Extended files
 * (PL_DISTANCE and LA_PLACEMENT, no postcodes) get PL_LOCATION and PL_LA.
 *
 * The SSDA903 return in XML (EPISODEs of CHILDs) is read as CSV with the
 * columns of its Episodes file, and UASC from each child's HEADER; so it comes
 * out as CSV. Known by its first bytes; in UTF-8, UTF-16, US-ASCII, ISO-8859-1
 * or Windows-1252. A document type declaration is refused, and with it all
 * entities: nothing is fetched, nothing expanded.
 */
#ifndef HOWFAR_ANNOTATE_H
#define HOWFAR_ANNOTATE_H

#include <stdbool.h>
#include <stdint.h>

#include "howfar/classifier.h"
#include "howfar/distance.h"
#include "howfar/locate.h"
#include "howfar/progress.h"
#include "howfar/ssda903.h"

HF_BEGIN_DECLS

typedef enum hf_origin {
    HF_ORIGIN_CENTRE = 0, /* the centre of the home authority */
    HF_ORIGIN_BORDER = 1, /* its nearest border */
    HF_ORIGIN_PLACE = 2   /* the centre of options.origin_place */
} hf_origin;

/* Called once, when it is settled which columns are used, before the first row
 * is written: one line for people, without a newline. */
typedef void (*hf_annotate_columns)(void *user, const char *message);

/* What was found of a row, for those who count or compare instead of reading
 * the added columns. Everything it points to is valid until the call returns.
 */
typedef struct hf_annotated_row {
    uint64_t number;     /* from 1, after the header */
    size_t home;         /* its responsible authority; HF_NOWHERE: none */
    unsigned categories; /* as a set, see HF_CATEGORY_SETS; 0: unknown */
    /* The authorities that it may lie in, indexes into the set; 0: unknown.
     * Several where the row names a group, or a part of a postcode. */
    const size_t *authorities;
    size_t n_authorities;
    const char *area; /* the name of the area that the row names: an authority
                         or a group; "" for a point */
    double miles, border_miles, home_miles; /* NaN: unknown */
    uint64_t children;  /* 1, or what its column of children says */
    bool is_counted;    /* false where that is no whole number: children is 0 */
    const char *reason; /* why it has no category or no miles; "" */
    const char *const *cells;      /* of the columns kept: UTF-8, without quotes
                                      and the blanks around them; NULL for one that
                                      the file lacks, see may_lack_kept */
    const hf_ssda903_row *ssda903; /* NULL: the file is no return */
} hf_annotated_row;

/* Called for each row, in order, by the thread that called. Anything but HF_OK
 * ends the run with that status; the message is the context's. */
typedef hf_status (*hf_annotate_row)(void *user, const hf_annotated_row *row);

typedef struct hf_annotate_options {
    size_t home; /* index of the home authority; HF_NOWHERE only with
                    home_column: of rows whose cell is empty */
    hf_origin origin;
    const hf_place *origin_place; /* for HF_ORIGIN_PLACE */
    /* Column names as in the header, or "#3" for the third; NULL: detected from
     * header and content. A pair goes together. */
    const char *lat_column, *lon_column;
    const char *easting_column, *northing_column;
    const char *postcode_column;      /* full, or sectors and districts */
    const char *authority_column;     /* names or codes */
    const char *home_column;          /* each row's responsible authority; NULL:
                                         `home` for all. Never detected */
    const char *home_postcode_column; /* where each child is from */
    char delimiter;                   /* 0: detected */
    double coast_m;                   /* see hf_locate */
    size_t threads;                   /* 0: one per processor */
    hf_progress progress;
    void *progress_user;
    hf_annotate_columns columns;
    void *columns_user;
    hf_annotate_row row; /* NULL: none */
    void *row_user;
    const char *const *kept_columns; /* names, or "#3": their cells go to
                                        `row` */
    size_t n_kept_columns;
    bool may_lack_kept; /* that the file lacks one of them is no error */
    const hf_ssda903_children *uasc; /* of a return; NULL: not known but by its
                                        column UASC */
} hf_annotate_options;

HF_API void hf_annotate_options_init(hf_annotate_options *options);

/* Why rows have no category, or no miles: one entry per reason. Most have no
 * location; some have one, but outside every authority, or no home; a postcode
 * without a grid reference may have a category, but no miles. */
typedef struct hf_annotate_reason {
    const char *text;        /* "no postcode", "latitude is out of range" */
    uint64_t rows;           /* how many */
    uint64_t first_rows[10]; /* the first of them, numbered from 1 after the
                                header; min(rows, 10) are set */
} hf_annotate_reason;

/* "neighbouring or distant"; "unknown" for the empty set. `set` is below
 * HF_CATEGORY_SETS (see classifier.h). */
HF_API const char *hf_annotate_category_text(unsigned set);

/* The same as for rows, where each stands for a number of children: by a column
 * of that name in a table of destinations. */
typedef struct hf_annotate_children {
    bool is_counted;     /* there is such a column */
    uint64_t all;        /* children */
    uint64_t rows_blank; /* rows whose cell is no whole number: not counted */
    uint64_t by_category[HF_CATEGORY_COUNT];
    uint64_t by_set[HF_CATEGORY_SETS];
    uint64_t outside;
} hf_annotate_children;

/* Numbers of a run; print as they are. Owned: hf_annotate_summary_free. */
typedef struct hf_annotate_summary {
    uint64_t rows;    /* data rows: without the header */
    uint64_t placed;  /* with a category, or a set of them */
    uint64_t unknown; /* without: rows - placed; a point at sea has miles */
    uint64_t by_category[HF_CATEGORY_COUNT]; /* index: hf_category */
    uint64_t by_set[HF_CATEGORY_SETS]; /* rows of several categories, by the
                                          set of them; sets of one are 0 */
    uint64_t outside; /* certainly outside the home authority: neighbouring,
                         distant or one of the two */
    hf_annotate_children children;
    double median_miles;   /* of `miles` over rows with any; NaN if none; to
                              0.01 mile */
    double greatest_miles; /* NaN if none */
    uint64_t greatest_row;
    const char *columns; /* which columns were used and their hit rate */
    bool has_postcodes;  /* among them postcodes: see hf_places_postcodes */
    bool has_home_postcodes;
    bool has_uasc; /* of a return: a column says which children are UASC */
    size_t n_reasons;
    const hf_annotate_reason *reasons; /* most frequent first */
    uint64_t ragged_rows; /* with fewer or more cells than the header */
    uint64_t near_coast;  /* given to the nearest authority, see hf_locate */
} hf_annotate_summary;

HF_API void hf_annotate_summary_free(hf_annotate_summary *summary);

/* Reads from `in_fd` to its end and writes to `out_fd`; closes neither. Nothing
 * is written where out_fd is negative: for the callbacks and the summary.
 * `in_label` stands for the input in messages ("places.csv"). Messages carry
 * row numbers, never a row's data. HF_ERR_NOT_FOUND when no location column is
 * found or a named one is missing; HF_ERR_AMBIGUOUS when axes seem swapped
 * or several columns fit; HF_ERR_UNSUITABLE for what is no CSV, no return in
 * XML, or lacks a line of names; that of hf_places_postcodes when only
 * postcodes say where the rows are and none are imported; HF_ERR_CANCELLED;
 * HF_ERR_DAMAGED for an unclosed quote; HF_ERR_IO; HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_annotate(
    hf_context *ctx, const hf_boundaries *set, const hf_places *places,
    const hf_adjacency *adjacency, const hf_annotate_options *options,
    int in_fd, const char *in_label, int out_fd, hf_annotate_summary **out);

HF_END_DECLS
#endif
