/* Reading CSV without changing a byte of it.
 *
 * A record is given as the very bytes it has in the file, apart from its line
 * end, and its cells as slices of them. Together, the records and line ends of
 * a text are the text again.
 *
 * The rules are those of RFC 4180, read as spreadsheets read them: a quote
 * opens a quoted part only as the first byte of a cell; within it a doubled
 * quote is a quote, and delimiters and line ends are text; what follows the
 * closing quote up to the delimiter belongs to the cell. Line ends are LF, CRLF
 * or CR, in any mix. Any other byte, NUL too, is text. */
#ifndef HOWFAR_TABLE_CSV_H
#define HOWFAR_TABLE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Goes through a text record by record. */
typedef struct hf__csv_reader {
    const char *at;     /* start of the next record */
    const char *end;    /* of the text */
    const char *window; /* 64 bytes, or what is left of them before `end` */
    uint64_t marks;     /* bit i: window[i] may end a cell; not yet visited */
    char delimiter;
} hf__csv_reader;

typedef struct hf__csv_record {
    hf__str bytes;   /* without the line end */
    size_t line_end; /* its length: 2 for CRLF, 0 at the end of the text */
    size_t n_cells;  /* 0 for a line without a byte */
    bool is_open;    /* the text ends within quotes */
} hf__csv_record;

void hf__csv_reader_init(hf__csv_reader *reader, const char *text, size_t len,
                         char delimiter);

/* The next record: false at the end of the text. Of its cells, the first
 * max_cells go to `cells`, with their quotes, as they stand. */
bool hf__csv_next(hf__csv_reader *reader, hf__str *cells, size_t max_cells,
                  hf__csv_record *out);

/* How many bytes at the start of `text` are whole records, line ends included,
 * whatever follows `text`. With at_end nothing follows, and that is all of it.
 */
size_t hf__csv_cut(const char *text, size_t len, char delimiter, bool at_end);

/* The text of a cell without its quotes: the cell itself, or a part of it, or
 * `scratch`, whose former text is lost. A lack of memory shows in
 * scratch->failed. */
hf__str hf__csv_unquote(hf__str cell, hf__buf *scratch);

/* Adds a cell, quoted where it must be. */
void hf__csv_add_cell(hf__buf *out, hf__str text, char delimiter);

#endif
