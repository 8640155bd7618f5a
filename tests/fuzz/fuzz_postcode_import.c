/* Fuzzes importing: plain text, gzip and zip, told apart by their bytes. What
 * is imported can be opened, is whole, and holds as many rows as were counted.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/postcode_import.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) {
        abort();
    }
}

/* An archive may unpack to more than there is time for. */
static bool is_enough(void *user, uint64_t rows, uint64_t bytes,
                      uint64_t bytes_total) {
    (void)user;
    (void)bytes;
    (void)bytes_total;
    return rows < 100000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hf_context *ctx;
    check(!hf_context_new(&ctx));
    hf_postcodes_import_options options;
    hf_postcodes_import_options_init(&options);
    options.progress = is_enough;
    unsigned char *bytes;
    size_t len;
    hf_postcodes_summary *summary;
    hf_status status = hf__postcodes_import_bytes(
        ctx, data, size, "x.csv", &options, &bytes, &len, &summary);
    if (status) {
        check(hf_context_message(ctx)[0] != '\0');
        hf_context_free(ctx);
        return 0;
    }
    hf_postcodes *index;
    check(!hf_postcodes_open_bytes(ctx, bytes, len, "x", &index));
    check(!hf_postcodes_verify(ctx, index));
    check(summary->rows ==
          summary->info.postcodes + summary->damaged + summary->duplicates);
    check(hf_postcodes_get_info(index)->postcodes == summary->info.postcodes);
    hf_postcodes_close(index);
    hf_postcodes_summary_free(summary);
    hf__free(bytes);
    hf_context_free(ctx);
    return 0;
}
