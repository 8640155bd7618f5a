/* Fuzzes SSDA903 returns in XML: the first byte is how many bytes come at a
 * time. However they come, the rows are the same; all have the cells of the
 * header; and what is refused is so with a line of its own. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "table/csv.h"
#include "table/episodes_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

typedef struct bytes {
    const char *at;
    size_t left, step;
} bytes;

static hf_status take_bytes(hf_context *ctx, void *source, char *to, size_t len,
                            size_t *out_len) {
    (void)ctx;
    bytes *b = source;
    size_t n = b->left < b->step ? b->left : b->step;
    n = n < len ? n : len;
    memcpy(to, b->at, n);
    b->at += n;
    b->left -= n;
    *out_len = n;
    return HF_OK;
}

static hf_status read_all(hf_context *ctx, const char *text, size_t len,
                          size_t step, hf__buf *out) {
    bytes source = {text, len, step};
    hf__stream stream;
    hf__episodes_xml *xml = NULL;
    char piece[97];
    size_t n = 1;
    hf__buf_init(out);
    hf__stream_init_made(&stream, take_bytes, &source, "f.xml");
    hf_status status = hf__stream_fill(ctx, &stream, 512);
    if (!status) {
        status = hf__episodes_xml_open(ctx, &stream, ',', &xml);
    }
    while (!status && n) {
        status = hf__episodes_xml_make(ctx, xml, piece, sizeof piece, &n);
        if (!status) {
            hf__buf_add(out, piece, n);
        }
    }
    hf__episodes_xml_close(xml);
    hf__stream_reset(&stream);
    return status;
}

static void check_rows(const hf__buf *csv) {
    hf__csv_reader reader;
    hf__csv_record record;
    size_t width = 0;
    hf__csv_reader_init(&reader, csv->text, csv->len, ',');
    while (hf__csv_next(&reader, NULL, 0, &record)) {
        width = width ? width : record.n_cells;
        check(!record.is_open && record.n_cells == width && width >= 14);
    }
    check(width && hf__utf8_is_valid(csv->text, csv->len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) {
        return 0;
    }
    const char *text = (const char *)data + 1;
    hf_context *ctx;
    hf__buf whole, pieces;
    check(hf_context_new(&ctx) == HF_OK);
    hf_status status = read_all(ctx, text, size - 1, size, &whole);
    check(!status || !strncmp(hf_context_message(ctx), "f.xml: line ", 12));
    hf_status again =
        read_all(ctx, text, size - 1, (size_t)data[0] + 1, &pieces);
    check(status == again);
    if (!status) {
        check(whole.len == pieces.len &&
              !memcmp(whole.text, pieces.text, whole.len));
        check_rows(&whole);
    }
    hf__buf_reset(&whole);
    hf__buf_reset(&pieces);
    hf_context_free(ctx);
    return 0;
}
