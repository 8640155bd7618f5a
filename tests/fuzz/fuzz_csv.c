/* Fuzzes the reading of tables: the first two bytes choose the delimiter and
 * the size of blocks, the rest is the file. Its records must be the file again,
 * however it is cut; annotated, every row must come out with its own bytes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "table/annotate.h"
#include "table/csv.h"
#include "table/dialect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

/* ---- records ---- */

/* Cells and line ends of a record, one after the other, are its bytes. */
static void check_record(const hf__csv_record *record, const hf__str *cells,
                         size_t most, hf__buf *scratch) {
    const char *at = record->bytes.at;
    for (size_t i = 0; i < record->n_cells && i < most; i++) {
        check(cells[i].at == at);
        at += cells[i].len + 1;
        hf__csv_unquote(cells[i], scratch);
    }
    check(record->n_cells > most || !record->n_cells ||
          at - 1 == record->bytes.at + record->bytes.len);
    check(record->line_end <= 2);
}

/* A number for the records of a text, wherever it stands in memory. */
static uint64_t digest(const char *text, size_t len, char delimiter,
                       uint64_t before, hf__buf *scratch) {
    hf__csv_reader reader;
    hf__csv_record record;
    hf__str cells[8];
    const char *at = text;
    hf__csv_reader_init(&reader, text, len, delimiter);
    while (hf__csv_next(&reader, cells, 8, &record)) {
        check(record.bytes.at == at);
        at += record.bytes.len + record.line_end;
        check_record(&record, cells, 8, scratch);
        before = before * 1099511628211u + record.bytes.len * 64 +
                 record.n_cells * 4 + record.line_end;
    }
    check(at == text + len);
    return before;
}

static void fuzz_records(const char *text, size_t len, char delimiter,
                         size_t step, hf__buf *scratch) {
    uint64_t whole = digest(text, len, delimiter, 1, scratch), pieces = 1;
    size_t start = 0, seen = 0;
    while (start < len) {
        seen = len - seen > step ? seen + step : len;
        size_t cut =
            hf__csv_cut(text + start, seen - start, delimiter, seen == len);
        check(cut <= seen - start);
        pieces = digest(text + start, cut, delimiter, pieces, scratch);
        start += cut;
    }
    check(whole == pieces);
}

static void fuzz_text(const char *text, size_t len, bool is_cp1252) {
    hf__dialect dialect = {.delimiter = ',', .is_cp1252 = is_cp1252};
    hf__buf decoded, encoded;
    hf__buf_init(&decoded);
    hf__buf_init(&encoded);
    hf__dialect_decode(&dialect, (hf__str){text, len}, &decoded);
    check(hf__utf8_is_valid(decoded.text ? decoded.text : "", decoded.len));
    hf__dialect_encode(&dialect, (hf__str){decoded.text, decoded.len},
                       &encoded);
    check(!is_cp1252 || encoded.len == len);
    hf__buf_reset(&decoded);
    hf__buf_reset(&encoded);
}

/* ---- annotating ---- */

/* Made once: the default boundary set, from the folder above, and two files. */
static hf_context *ctx;
static hf_boundaries *set;
static hf_places *places;
static hf_adjacency *adjacency;
static int in_fd = -1, out_fd = -1;

static bool set_up(void) {
    if (in_fd >= 0) {
        return set != NULL;
    }
    FILE *in = tmpfile(), *out = tmpfile();
    check(in && out && hf_context_new(&ctx) == HF_OK);
    in_fd = fileno(in);
    out_fd = fileno(out);
    if (hf_context_set_data_dir(ctx, "shapes") ||
        hf_boundaries_open(ctx, "shapes/howfar.shp", NULL, &set)) {
        return false;
    }
    check(hf_places_open(ctx, set, NULL, &places) == HF_OK &&
          hf_adjacency_new(ctx, set, NULL, &adjacency) == HF_OK);
    return true;
}

/* Every record of the input stands at the start of its record in the output. */
static void check_rows(const char *in, size_t in_len, const char *out,
                       size_t out_len, char delimiter) {
    hf__csv_reader a, b;
    hf__csv_record x, y;
    hf__csv_reader_init(&a, in, in_len, delimiter);
    hf__csv_reader_init(&b, out, out_len, delimiter);
    while (hf__csv_next(&a, NULL, 0, &x)) {
        check(hf__csv_next(&b, NULL, 0, &y));
        check(y.bytes.len >= x.bytes.len);
        check(!memcmp(x.bytes.at, y.bytes.at, x.bytes.len));
        check(x.line_end == y.line_end);
        check(x.n_cells ? y.n_cells >= x.n_cells + 6 : !y.n_cells);
    }
    check(!hf__csv_next(&b, NULL, 0, &y));
}

static void fuzz_annotate(const char *text, size_t len, char delimiter,
                          size_t block) {
    check(!ftruncate(in_fd, 0) && !ftruncate(out_fd, 0));
    check(pwrite(in_fd, text, len, 0) == (ssize_t)len);
    check(!lseek(in_fd, 0, SEEK_SET) && !lseek(out_fd, 0, SEEK_SET));
    hf_annotate_options options;
    hf_annotate_options_init(&options);
    options.home = 0;
    options.threads = 1;
    options.delimiter = delimiter;
    hf__annotate_tuning tuning = {block, 512};
    hf_annotate_summary *summary;
    if (hf__annotate(ctx, set, places, adjacency, &options, in_fd, "f.csv",
                     out_fd, &tuning, &summary)) {
        check(hf_context_message(ctx)[0]);
        return;
    }
    check(summary->placed + summary->unknown == summary->rows);
    hf_annotate_summary_free(summary);
    off_t out_len = lseek(out_fd, 0, SEEK_END);
    char *out = hf__calloc((size_t)out_len + 1, 1);
    check(out && pread(out_fd, out, (size_t)out_len, 0) == out_len);
    hf__dialect dialect;
    check(hf__dialect_detect(ctx, "f.csv", text, len, true, delimiter,
                             &dialect) == HF_OK);
    check(!memcmp(text, out, dialect.preamble));
    if (delimiter) {
        check_rows(text + dialect.preamble, len - dialect.preamble,
                   out + dialect.preamble, (size_t)out_len - dialect.preamble,
                   delimiter);
    }
    hf__free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2 || size > 20000) {
        return 0;
    }
    static const char delimiters[] = {',', ';', '\t', 0};
    char delimiter = delimiters[data[0] % 4];
    size_t block = (size_t)data[1] + 1;
    const char *text = (const char *)data + 2;
    hf__buf scratch;
    hf__buf_init(&scratch);
    fuzz_records(text, size - 2, delimiter ? delimiter : ',', block, &scratch);
    hf__buf_reset(&scratch);
    fuzz_text(text, size - 2, data[0] & 4);
    if (set_up()) {
        fuzz_annotate(text, size - 2, delimiter, block);
    }
    return 0;
}
