/* Which columns of a table say where a row is.
 *
 * Columns are found by their names, and what they hold in the first rows must
 * bear it out; or the caller names them. What was chosen is told in one line,
 * with how many rows it serves. There is no silent guess: columns that don't
 * hold what their names say, axes that seem swapped, and two pairs that fit
 * alike are errors that say what to do. */
#ifndef HOWFAR_TABLE_COLUMNS_H
#define HOWFAR_TABLE_COLUMNS_H

#include "howfar/annotate.h"
#include "table/evidence.h"

/* In order of preference: the most precise first. */
typedef enum hf__source_kind {
    HF__SOURCE_LONLAT = 0,
    HF__SOURCE_GRID,
    HF__SOURCE_POSTCODE,      /* mostly full ones */
    HF__SOURCE_POSTCODE_PART, /* mostly sectors or districts */
    HF__SOURCE_CODE,
    HF__SOURCE_NAME,
    HF__SOURCE_KINDS
} hf__source_kind;

/* "latitude and longitude", "easting and northing", "postcode", "postcode
 * sector or district", "authority code", "authority". */
const char *hf__source_kind_text(hf__source_kind kind);

/* One way to tell where a row is. */
typedef struct hf__source {
    hf__source_kind kind;
    size_t column;  /* latitude, easting, or the only one */
    size_t column2; /* longitude, northing */
} hf__source;

#define HF__NO_COLUMN SIZE_MAX

typedef enum hf__return_kind {
    HF__RETURN_NONE = 0,
    HF__RETURN_EPISODES, /* the Episodes file: HOME_POST and PL_POST */
    HF__RETURN_EXTENDED  /* distance_and_Placement_Extended: PL_DISTANCE and
                            LA_PLACEMENT, without postcodes */
} hf__return_kind;

/* The columns of an SSDA903 return that count here, or HF__NO_COLUMN. */
typedef struct hf__return {
    hf__return_kind kind;
    size_t child, ls, uasc;
    size_t home_post, pl_post; /* of Episodes */
    size_t la_placement;       /* of Extended */
} hf__return;

typedef struct hf__columns {
    hf__source sources[HF__SOURCE_KINDS]; /* in order of preference */
    size_t n_sources;
    /* Further columns; HF__NO_COLUMN where there is none. */
    size_t home;          /* the row's own responsible authority */
    size_t home_postcode; /* of the child */
    size_t count;         /* of children, where rows are destinations */
    hf__return official;  /* the file is a return */
    size_t *kept;         /* whose cells the caller wants, HF__NO_COLUMN for
                             one that the file lacks; owned */
    size_t n_kept;
    bool has_areas;     /* a source holds codes or names */
    bool has_postcodes; /* a source, or the home, is a postcode */
    size_t n_needed;    /* cells of a row up to the last that is needed */
    size_t width;       /* cells of most rows, at least those of the header */
    char *message;      /* what was chosen, for people; owned */
} hf__columns;

/* Rows whose content is looked at. */
#define HF__SAMPLE_ROWS ((size_t)1000)

/* Chooses. `sample` holds the header and the first rows. HF_ERR_NOT_FOUND when
 * there is no header, no such column, or none that serves; the status of
 * opening the directory when only postcodes would serve and there is none;
 * HF_ERR_AMBIGUOUS
 * when axes seem swapped or several columns fit; HF_ERR_UNSUITABLE when the
 * first line is data; HF_ERR_USAGE for half a pair; HF_ERR_MEMORY. */
hf_status hf__columns_choose(hf_context *ctx, const char *label,
                             const hf__sample *sample,
                             const hf__dialect *dialect,
                             const hf_annotate_options *options,
                             const hf__area_oracle *oracle, hf__columns *out);
void hf__columns_reset(hf__columns *columns);

/* The names of the columns, as UTF-8 without quotes and blanks: an array of
 * texts that the caller frees. */
typedef struct hf__names {
    char **texts;
    size_t n;
} hf__names;
hf_status hf__names_read(hf_context *ctx, const hf__sample *sample,
                         const hf__dialect *dialect, hf__names *out);
void hf__names_reset(hf__names *names);

#endif
