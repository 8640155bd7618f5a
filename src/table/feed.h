/* Where the records of a table come from: a descriptor with CSV, or with the
 * XML of an SSDA903 return, read as CSV. */
#ifndef HOWFAR_TABLE_FEED_H
#define HOWFAR_TABLE_FEED_H

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

/* `feed` may be all zeros. */
void hf__feed_close(hf__feed *feed);

#endif
