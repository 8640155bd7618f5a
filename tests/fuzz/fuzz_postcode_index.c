/* Fuzzes the index of postcodes, twice for each input: as it is, and with
 * magic, size and checksums made right. Damage is seen by them; a forged file
 * must do no harm. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/postcode.h"
#include "base/compress.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) {
        abort();
    }
}

/* The sums over header and directory, and over the rows of each district that
 * lie within the file. */
static void forge(unsigned char *bytes, size_t len) {
    if (len < HF__POSTCODES_HEADER) {
        return;
    }
    uint64_t n_codes = hf__get32(bytes + HF__POSTCODES_AT_N_CODES);
    uint64_t n_districts = hf__get32(bytes + HF__POSTCODES_AT_N_DISTRICTS);
    uint64_t n_sectors = hf__get32(bytes + HF__POSTCODES_AT_N_SECTORS);
    uint64_t codes = HF__POSTCODES_HEADER;
    uint64_t districts = codes + n_codes * HF__POSTCODES_CODE;
    uint64_t rows = districts + n_districts * HF__POSTCODES_DISTRICT +
                    n_sectors * HF__POSTCODES_SECTOR;
    hf__put64(bytes + HF__POSTCODES_AT_BYTES, len);
    if (rows <= len) {
        for (uint64_t d = 0; d < n_districts; d++) {
            unsigned char *at = bytes + districts + d * HF__POSTCODES_DISTRICT;
            uint64_t first = hf__get32(at + HF__DISTRICT_FIRST_ROW);
            uint64_t n = hf__get32(at + HF__DISTRICT_N_ROWS);
            if (rows + (first + n) * HF__POSTCODES_ROW <= len) {
                hf__put32(at + HF__DISTRICT_CRC,
                          hf__crc32(0, bytes + rows + first * 8, n * 8));
            }
        }
        hf__put32(bytes + HF__POSTCODES_AT_DIRECTORY_CRC,
                  hf__crc32(0, bytes + codes, (size_t)(rows - codes)));
    }
    memcpy(bytes, hf__postcodes_magic, sizeof hf__postcodes_magic);
    hf__put32(bytes + HF__POSTCODES_AT_VERSION, HF__POSTCODES_VERSION);
    hf__put32(bytes + HF__POSTCODES_AT_CRC,
              hf__crc32(0, bytes, HF__POSTCODES_AT_CRC));
}

static void look_up(hf_context *ctx, const hf_postcodes *index) {
    static const char *const texts[] = {
        "SG13 8DE", "SG13 8AA", "SG13 8ZZ", "M1 1AA", "ZE1 0AA", "BT1 5GS",
        "SG13 8",   "SG13",     "SG",       "M1",     "M",       "ZE",
        "BT",       "NPT",      "E1W 9ZZ",  "EC1A"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hf_postcode postcode;
        hf_postcode_entry entry;
        hf_postcode_spread spread;
        check(hf_postcode_parse(texts[i], strlen(texts[i]), &postcode));
        if (postcode.kind == HF_POSTCODE_FULL) {
            if (!hf_postcodes_find(ctx, index, &postcode, &entry)) {
                check(strlen(entry.authority_code) < 12);
                check(strlen(entry.county_code) < 12);
                check(!entry.has_point ||
                      (entry.grid.x_m >= 0 && entry.grid.y_m >= 0));
            }
        } else if (!hf_postcodes_survey(ctx, index, &postcode, &spread)) {
            check(spread.points <= spread.postcodes);
            check(!spread.points || spread.radius_95_m <= spread.radius_m);
        }
        hf_postcode out[3];
        hf_postcode_suggest(index, texts[i], strlen(texts[i]), out, 3);
    }
}

static void open_and_use(hf_context *ctx, const unsigned char *bytes,
                         size_t len) {
    hf_postcodes *index;
    if (hf_postcodes_open_bytes(ctx, bytes, len, "x", &index)) {
        check(hf_context_message(ctx)[0] != '\0');
        return;
    }
    look_up(ctx, index);
    hf_status status = hf_postcodes_verify(ctx, index);
    check(status == HF_OK || status == HF_ERR_DAMAGED);
    hf_postcodes_close(index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hf_context *ctx = NULL;
    unsigned char *bytes = hf__calloc(size, 1);
    check(bytes && !hf_context_new(&ctx));
    if (size) {
        memcpy(bytes, data, size);
    }
    open_and_use(ctx, bytes, size);
    forge(bytes, size);
    open_and_use(ctx, bytes, size);
    hf_context_free(ctx);
    hf__free(bytes);
    return 0;
}
