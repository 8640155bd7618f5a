/* Fuzzes reading and correcting postcodes as people type them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/postcode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds) {
    if (!holds) {
        abort();
    }
}

/* What is read has a usual form, which reads as itself. */
static void check_postcode(const hf_postcode *postcode) {
    size_t len = strlen(postcode->text);
    hf_postcode again;
    check(len >= 1 && len <= 8);
    check(hf_postcode_parse(postcode->text, len, &again));
    check(again.kind == postcode->kind && !strcmp(again.text, postcode->text));
    check(again.is_pseudo == postcode->is_pseudo);
    hf__postcode_key key = hf__postcode_key_of(postcode);
    check((key.sector >= 0) == (postcode->kind == HF_POSTCODE_FULL ||
                                postcode->kind == HF_POSTCODE_SECTOR));
    check((key.unit >= 0) == (postcode->kind == HF_POSTCODE_FULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    hf_postcode postcode, suggested[6];
    if (hf_postcode_parse(text, size, &postcode)) {
        check_postcode(&postcode);
    }
    size_t n = hf_postcode_suggest(NULL, text, size, suggested, 6);
    check(n <= 6);
    for (size_t i = 0; i < n; i++) {
        check_postcode(&suggested[i]);
    }
    return 0;
}
