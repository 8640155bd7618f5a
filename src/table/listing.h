/* Reading a table whole for some of its columns, by name: one thread, row after
 * row, for tables that are looked things up in. */
#ifndef HOWFAR_TABLE_LISTING_H
#define HOWFAR_TABLE_LISTING_H

#include "base/text.h"

/* Columns of a listing at most. */
#define HF__LISTING_COLUMNS 8

typedef struct hf__listing {
    const char *const *names; /* in any case */
    size_t n_names;
    /* Called once, with which of them the table has; and for each row, numbered
     * from 1 after the header, with their cells: UTF-8, without quotes and the
     * blanks around them; empty where the table lacks the column. */
    hf_status (*header)(void *user, const bool *has);
    hf_status (*row)(void *user, uint64_t number, const hf__str *cells);
    void *user;
} hf__listing;

/* CSV, or an SSDA903 return in XML. The status of a callback, whose message is
 * the context's; or as of hf_annotate. */
hf_status hf__listing_read(hf_context *ctx, int fd, const char *label,
                           const hf__listing *listing);

#endif
