/* Which column of a postcode directory is what. */
#ifndef HOWFAR_ATLAS_POSTCODE_COLUMNS_H
#define HOWFAR_ATLAS_POSTCODE_COLUMNS_H

#include "base/text.h"

enum { HF__NO_COLUMN = -1, HF__POSTCODE_MOST_CELLS = 256 };

/* Numbers of columns, HF__NO_COLUMN where there is none. */
typedef struct hf__postcode_columns {
    int postcode, easting, northing;
    int authority, county;
    int quality;
    int introduced, terminated; /* yyyymm; a blank termination is in use */
    int latitude;
    bool quality_in_tens; /* Code-Point Open: 10 to 90 */
    bool is_header;       /* the row was names, not data */
    bool is_code_point;   /* the columns are those of Code-Point Open */
} hf__postcode_columns;

/* Reads the first row of a file: a header of ONSPD, NSPL or Code-Point Open of
 * any issue, or, without one, the first row of Code-Point Open. `label` stands
 * for the file in messages. HF_ERR_NOT_FOUND: names the column that is missing;
 * HF_ERR_AMBIGUOUS: two columns are the same thing. */
hf_status hf__postcode_columns_find(hf_context *ctx, const hf__str *cells,
                                    size_t n, const char *label,
                                    hf__postcode_columns *out);

/* Splits a line (without its end) into cells: separated by commas, quoted or
 * not. Quoted cells are unquoted in place, doubled quotes made single. Returns
 * how many there are, at most `most`: what follows is not looked at; 0 when a
 * quote is never closed or followed by text. */
size_t hf__postcode_split(char *line, size_t len, hf__str *cells, size_t most);

#endif
