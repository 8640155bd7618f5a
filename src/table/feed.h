/* Where the records of a table come from: a descriptor with CSV, or with the
 * XML of an SSDA903 return, read as CSV. */
#ifndef HOWFAR_TABLE_FEED_H
#define HOWFAR_TABLE_FEED_H

#include "table/csv.h"
#include "table/dialect.h"
#include "table/episodes_xml.h"

typedef struct hf__feed {
    hf__stream records;    /* CSV */
    hf__stream bytes;      /* of the XML */
    hf__episodes_xml *xml; /* NULL: there is none */
} hf__feed;

/* Looks at the first bytes. CSV made from XML is parted by `delimiter`, or
 * commas where that is 0. `feed` must not be moved afterwards; parameters as of
 * hf__stream_init. HF_ERR_IO, HF_ERR_MEMORY, HF_ERR_CANCELLED. */
hf_status hf__feed_open(hf_context *ctx, hf__feed *feed, int fd,
                        const char *label, char delimiter, hf__go_on go_on,
                        void *user);

/* Reads ahead until the dialect can be told and the header is whole, head_bytes
 * at least. *out_records, borrowed until the next call, are the records read so
 * far, the header first. `delimiter` is 0 to have it detected. As
 * hf__dialect_detect; HF_ERR_DAMAGED for a header without an end. */
hf_status hf__feed_read_head(hf_context *ctx, hf__feed *feed, size_t head_bytes,
                             char delimiter, hf__dialect *out_dialect,
                             hf__str *out_records);

/* The first record with a byte in it; false where there is none. *out_end is
 * where it ends, line end included. */
bool hf__feed_find_header(hf__str records, char delimiter,
                          hf__csv_record *header, size_t *out_end);

/* `feed` may be all zeros. */
void hf__feed_close(hf__feed *feed);

#endif
