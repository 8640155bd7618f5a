#include "table/feed.h"

#include "base/context.h"

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

bool hf__feed_find_header(hf__str records, char delimiter,
                          hf__csv_record *header, size_t *out_end) {
    hf__csv_reader reader;
    hf__csv_reader_init(&reader, records.at, records.len, delimiter);
    while (hf__csv_next(&reader, NULL, 0, header)) {
        if (header->n_cells) {
            *out_end = (size_t)(reader.at - records.at);
            return true;
        }
    }
    return false;
}

hf_status hf__feed_read_head(hf_context *ctx, hf__feed *feed, size_t head_bytes,
                             char delimiter, hf__dialect *out_dialect,
                             hf__str *out_records) {
    hf__stream *stream = &feed->records;
    for (size_t len = head_bytes;; len *= 2) {
        hf_status status = hf__stream_fill(ctx, stream, len);
        if (status) {
            return status;
        }
        hf__str head = hf__stream_ahead(stream);
        status = hf__dialect_detect(ctx, stream->label, head.at, head.len,
                                    stream->at_end, delimiter, out_dialect);
        if (status) {
            return status;
        }
        hf__str records = {head.at + out_dialect->preamble,
                           head.len - out_dialect->preamble};
        records.len = hf__csv_cut(records.at, records.len,
                                  out_dialect->delimiter, stream->at_end);
        hf__csv_record header;
        size_t end;
        bool has_header = hf__feed_find_header(records, out_dialect->delimiter,
                                               &header, &end);
        if (has_header && header.is_open) {
            return hf__fail(ctx, HF_ERR_DAMAGED,
                            "%s: a quote opens in the header that nothing "
                            "closes",
                            stream->label);
        }
        if (has_header || stream->at_end) {
            *out_records = records;
            return HF_OK;
        }
        if (len >= HF__RECORD_MOST) {
            return hf__fail(ctx, HF_ERR_DAMAGED,
                            "%s: the header is longer than %zu MB: a quote in "
                            "it may lack its closing quote",
                            stream->label, HF__RECORD_MOST >> 20);
        }
    }
}
