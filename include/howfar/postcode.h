/* Postcodes of the United Kingdom: reading what people type, compiling a
 * postcode directory into an index, and looking postcodes up in it.
 *
 *     hf_postcode postcode;
 *     hf_postcodes *index;
 *     hf_postcode_entry entry;
 *     char path[4096];
 *     if (!hf_postcode_parse("sg138de", 7, &postcode)) return 1;
 *     if (hf_postcodes_default_path(ctx, path, sizeof path) ||
 *         hf_postcodes_open(ctx, path, &index) ||
 *         hf_postcodes_find(ctx, index, &postcode, &entry)) {
 *         fprintf(stderr, "%s\n", hf_context_message(ctx));
 *         return 1;
 *     }
 *     if (entry.has_point)
 *         printf("%s: %.0f, %.0f in %s\n", postcode.text, entry.grid.x_m,
 *                entry.grid.y_m, entry.authority_code);
 *
 * Messages never carry a postcode. */
#ifndef HOWFAR_POSTCODE_H
#define HOWFAR_POSTCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "howfar/coordinate.h"
#include "howfar/progress.h"

HF_BEGIN_DECLS

/* ---- Reading ----------------------------------------------------------- */

typedef enum hf_postcode_kind {
    HF_POSTCODE_FULL = 1,     /* SG13 8DE */
    HF_POSTCODE_SECTOR = 2,   /* SG13 8 */
    HF_POSTCODE_DISTRICT = 3, /* SG13 */
    HF_POSTCODE_AREA = 4      /* SG */
} hf_postcode_kind;

/* A postcode or a part of one as written, whether or not it exists. */
typedef struct hf_postcode {
    hf_postcode_kind kind;
    bool is_pseudo; /* ZZ99...: stands for no place (no fixed abode, abroad, a
                       country only) */
    char text[9];   /* in the usual form: capitals, one space */
} hf_postcode;

/* Reads a postcode, sector, district or area in any case and with blanks
 * anywhere; false when `text` (UTF-8) is nothing of the kind. In a full
 * postcode blanks mean nothing (but "SG13 DE" lacks a digit and is not taken
 * for SG1 3DE). In a part of one they do: "SG1 3" is a sector
 * and "SG13" a district; "SG138" can only be the sector "SG13 8". The area's
 * letters must be those of one of the 124 postcode areas, or of the few that
 * are not places (BF, BX, GIR, NPT, XX, ZZ): "K2" is no postcode. Never
 * corrects anything: see hf_postcode_suggest. */
HF_API bool hf_postcode_parse(const char *text, size_t len, hf_postcode *out);

typedef struct hf_postcodes hf_postcodes;

/* What was perhaps meant by a text that is no postcode, or one that does not
 * exist: a letter O typed for a zero or the reverse, and likewise I or L and
 * 1, S and 5, Z and 2, B and 8, G and 6. Writes at most `most` corrections to
 * `out`, those with the fewest changes first, and returns how many. With an
 * index (may be NULL) only what it holds is offered. To be shown to a person,
 * never applied. */
HF_API size_t hf_postcode_suggest(const hf_postcodes *index, const char *text,
                                  size_t len, hf_postcode *out, size_t most);

/* ---- The index --------------------------------------------------------- */

/* Where the index lies unless the user says otherwise:
 * $XDG_DATA_HOME/howfar/postcodes.index, or below ~/.local/share. Writes at
 * most `size` bytes with the NUL. HF_ERR_NOT_FOUND where the environment names
 * neither, HF_ERR_RANGE when it does not fit. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_default_path(hf_context *ctx,
                                                          char *out,
                                                          size_t size);

/* What an index holds; prints as `howfar info`. Strings live as long as the
 * index. */
typedef struct hf_postcodes_info {
    const char *path;     /* of the index */
    const char *product;  /* "ONSPD", "NSPL", "Code-Point Open", "postcode
                             directory" */
    const char *source;   /* name of the imported file, without its folder */
    int year;             /* vintage: the month of issue; 0 if unknown */
    int month;            /* 1 to 12; 0 if unknown */
    size_t postcodes;     /* that it knows */
    size_t without_point; /* of these, without a grid reference */
    size_t terminated;    /* of these, no longer in use */
    bool has_life;        /* the directory says which are in use */
    size_t sectors;
    size_t districts;
    uint64_t bytes;
} hf_postcodes_info;

/* Opens an index by mapping it into memory. Checks header, size and directory
 * against their checksums and structure; the rows of a district are checked
 * when they are first used, so that opening takes a few milliseconds. An index
 * never changes: any number of threads may share it, each with its own
 * context. HF_ERR_IO (missing: the message says how to import), HF_ERR_DAMAGED,
 * HF_ERR_UNSUITABLE (not an index, or of another version of the format),
 * HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_open(hf_context *ctx,
                                                  const char *path,
                                                  hf_postcodes **out);

/* The same from bytes in memory, which must outlive the index; `label` stands
 * for the path in messages. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_open_bytes(hf_context *ctx,
                                                        const void *bytes,
                                                        size_t len,
                                                        const char *label,
                                                        hf_postcodes **out);
HF_API void hf_postcodes_close(hf_postcodes *index);

HF_API const hf_postcodes_info *hf_postcodes_get_info(
    const hf_postcodes *index);

/* Checks every row (some tens of milliseconds). HF_ERR_DAMAGED. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_verify(hf_context *ctx,
                                                    const hf_postcodes *index);

typedef enum hf_postcode_life {
    HF_POSTCODE_LIFE_UNKNOWN = 0, /* the directory doesn't say */
    HF_POSTCODE_LIVE = 1,
    HF_POSTCODE_TERMINATED = 2
} hf_postcode_life;

/* What the directory says of one postcode. Strings live as long as the
 * index. */
typedef struct hf_postcode_entry {
    bool has_point;          /* false: known, but without a grid reference */
    hf_coordinate_kind kind; /* HF_COORDINATE_IRISH_GRID for Northern Ireland,
                                HF_COORDINATE_GRID otherwise */
    hf_xy grid;              /* easting, northing; NaN without a point */
    int quality;             /* the directory's indicator of positional quality:
                                1 best to 8, 9 none (Code-Point Open's 10 to 90
                                over ten); 0 if it has none */
    hf_postcode_life life;
    const char *authority_code; /* of the lower tier where there are two, as the
                                   directory has it; "" where it says nothing */
    const char *county_code;    /* of the county where the directory has one
                                   (E10...), "" otherwise */
} hf_postcode_entry;

/* Looks up a full postcode, in some 40 ns in order and 300 ns at random,
 * without allocating. HF_ERR_NOT_FOUND: the directory does not have it;
 * HF_ERR_USAGE: not a full one; HF_ERR_DAMAGED: this part of the file is
 * damaged. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_find(hf_context *ctx,
                                                  const hf_postcodes *index,
                                                  const hf_postcode *postcode,
                                                  hf_postcode_entry *out);

/* What a positional quality means, for people ("the mean of its sector"); ""
 * for 0. ONSPD's and Code-Point Open's indicators agree. */
HF_API const char *hf_postcode_quality_text(int quality);

/* The point of an entry, for hf_coordinate_to_lonlat; has_point must be true.
 * precision_m is that of the digits, half a metre: how well the point stands
 * for the postcode is said by `quality`. */
HF_API hf_coordinate
hf_postcode_entry_coordinate(const hf_postcode_entry *entry);

/* An authority and how many postcodes it has in a sector or district. */
typedef struct hf_postcode_share {
    const char *authority_code;
    const char *county_code;
    size_t postcodes;
} hf_postcode_share;

#define HF_POSTCODE_SHARES 16

/* Where the postcodes of a sector, district or area lie. Counted are those in
 * use; all of them where the directory doesn't say or none is in use. Strings
 * live as long as the index. */
typedef struct hf_postcode_spread {
    size_t postcodes; /* counted, with a point or not */
    size_t points;    /* counted, with a point */
    bool is_live;     /* only those in use were counted */
    hf_coordinate_kind kind;
    hf_xy mean;           /* of the points, each with the same weight; NaN if
                             there are none */
    double radius_m;      /* greatest distance of a point from the mean */
    double radius_95_m;   /* at least 95 % of the points lie within it; to
                             radius_m / 256 */
    size_t n_authorities; /* different ones seen, "" not counted */
    hf_postcode_share authorities[HF_POSTCODE_SHARES]; /* most postcodes first;
                             min(n_authorities, HF_POSTCODE_SHARES) are set */
} hf_postcode_spread;

/* Surveys a sector, district or area, in some microseconds, without
 * allocating. HF_ERR_NOT_FOUND, HF_ERR_USAGE (a full postcode),
 * HF_ERR_DAMAGED. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_survey(hf_context *ctx,
                                                    const hf_postcodes *index,
                                                    const hf_postcode *postcode,
                                                    hf_postcode_spread *out);

/* ---- Importing --------------------------------------------------------- */

typedef struct hf_postcodes_import_options {
    int year; /* vintage, 0: from the file's name or its newest date */
    int month;
    hf_progress progress; /* may be NULL; rows and bytes of the input */
    void *progress_user;
} hf_postcodes_import_options;

HF_API void hf_postcodes_import_options_init(
    hf_postcodes_import_options *options);

/* Why rows were left out: one entry per reason. */
typedef struct hf_postcodes_reason {
    const char *text; /* "not a postcode" */
    uint64_t rows;
    const char *where; /* the first ten: "x.csv:17, x.csv:29"; lines are
                          numbered from 1, a header line counts */
} hf_postcodes_reason;

/* Numbers of an import. Owned: hf_postcodes_summary_free. */
typedef struct hf_postcodes_summary {
    uint64_t rows;       /* read, without headers */
    uint64_t duplicates; /* rows whose postcode a later row has again: the
                            last one counts */
    uint64_t damaged;    /* rows left out: the sum over the reasons */
    size_t n_reasons;
    const hf_postcodes_reason *reasons; /* most frequent first */
    const char *columns;                /* which columns were used, one line */
    hf_postcodes_info info;             /* of the index that was written */
} hf_postcodes_summary;

HF_API void hf_postcodes_summary_free(hf_postcodes_summary *summary);

/* Compiles directories into an index at `index_path` (NULL: the default path;
 * missing folders are made): written beside it and renamed over it at the end,
 * so that an index is always whole. Each file is ONSPD, NSPL (column names of
 * any issue, in any order) or Code-Point Open (with or without a header), as
 * plain text, gzip, or the zip as distributed, from which the right members
 * are chosen. Northern Irish postcodes (BT) are on the Irish Grid, as in ONSPD
 * and NSPL. Rows without a grid reference are kept.
 *
 * HF_ERR_IO, HF_ERR_NOT_FOUND (a needed column or member is missing),
 * HF_ERR_DAMAGED (a broken archive, or more than a twentieth of the rows
 * unusable), HF_ERR_UNSUITABLE (no rows), HF_ERR_CANCELLED, HF_ERR_MEMORY; the
 * old index then stays as it was. */
HF_API HF_WARN_UNUSED hf_status hf_postcodes_import(
    hf_context *ctx, const char *const *paths, size_t n_paths,
    const char *index_path, const hf_postcodes_import_options *options,
    hf_postcodes_summary **out);

HF_END_DECLS
#endif
