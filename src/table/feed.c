#include "table/feed.h"

/* Bytes that tell XML from CSV, blanks before it included. */
#define PEEK 512

hf_status hf__feed_open(hf_context *ctx, hf__feed *feed, int fd,
                        const char *label, char delimiter, hf__go_on go_on,
                        void *user) {
    *feed = (hf__feed){.xml = NULL};
    hf__stream_init(&feed->records, fd, label, go_on, user);
    hf_status status = hf__stream_fill(ctx, &feed->records, PEEK);
    if (status || !hf__is_xml(hf__stream_ahead(&feed->records))) {
        return status;
    }
    feed->bytes = feed->records;
    feed->records = (hf__stream){.fd = -1};
    status = hf__episodes_xml_open(ctx, &feed->bytes,
                                   delimiter ? delimiter : ',', &feed->xml);
    if (!status) {
        hf__stream_init_made(&feed->records, hf__episodes_xml_make, feed->xml,
                             label);
    }
    return status;
}

void hf__feed_close(hf__feed *feed) {
    hf__stream_reset(&feed->records);
    hf__stream_reset(&feed->bytes);
    hf__episodes_xml_close(feed->xml);
    *feed = (hf__feed){.xml = NULL};
}
