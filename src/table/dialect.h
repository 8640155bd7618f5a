/* Which kind of CSV a file is: told from its first bytes. */
#ifndef HOWFAR_TABLE_DIALECT_H
#define HOWFAR_TABLE_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "howfar/context.h"

typedef struct hf__dialect {
    char delimiter;  /* `,` `;` TAB `|`, or what the caller says */
    size_t preamble; /* bytes before the first record that are not part of the
                        table: a byte order mark, a line "sep=;" */
    bool is_cp1252;  /* bytes that are not UTF-8 were seen: text is read, and
                        added, in Windows-1252; otherwise UTF-8 */
} hf__dialect;

/* Looks at the first bytes of a file; at_end says that they are all of it.
 * `delimiter` is 0 to have it detected: the one whose number of cells is most
 * often that of the first record. `label` stands for the file in messages.
 * HF_ERR_UNSUITABLE for what is no CSV in a single-byte encoding or UTF-8
 * (UTF-16, a workbook, a compressed file ...), with what to do. */
hf_status hf__dialect_detect(hf_context *ctx, const char *label,
                             const char *head, size_t len, bool at_end,
                             char delimiter, hf__dialect *out);

/* Appends text of the file, taken as UTF-8 or Windows-1252, as valid UTF-8. */
void hf__dialect_decode(const hf__dialect *dialect, hf__str text, hf__buf *out);

/* Appends UTF-8 text in the encoding of the file; "?" for what that lacks. */
void hf__dialect_encode(const hf__dialect *dialect, hf__str text, hf__buf *out);

#endif
