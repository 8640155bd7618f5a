#include "report/breakdown.h"

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"
#include "howfar/postcode.h"

#define MOST_DIGITS 6

static bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

/* The next run of letters and digits from *at on; empty at the end. */
static hf__str next_word(const char *text, size_t *at) {
    while (text[*at] && !is_alphanumeric(text[*at])) {
        (*at)++;
    }
    size_t from = *at;
    while (is_alphanumeric(text[*at])) {
        (*at)++;
    }
    return (hf__str){text + from, *at - from};
}

static bool is_full_postcode(const char *text, size_t len) {
    hf_postcode postcode;
    return hf_postcode_parse(text, len, &postcode) &&
           postcode.kind == HF_POSTCODE_FULL;
}

bool hf__names_somebody(const char *value) {
    size_t at = 0, digits = 0;
    const char *before = NULL;
    for (const char *c = value; *c; c++) {
        digits = *c >= '0' && *c <= '9' ? digits + 1 : 0;
        if (digits > MOST_DIGITS || *c == '@') {
            return true;
        }
    }
    for (hf__str word = next_word(value, &at); word.len;
         word = next_word(value, &at)) {
        /* In one piece, or in two: "SG13 8DE". */
        if (is_full_postcode(word.at, word.len) ||
            (before &&
             is_full_postcode(before, (size_t)(word.at + word.len - before)))) {
            return true;
        }
        before = word.at;
    }
    return false;
}

static bool is_one_of(hf__str word, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (hf__str_is_nocase(word, list[i])) {
            return true;
        }
    }
    return false;
}

hf_status hf__check_breakdown_name(hf_context *ctx, const char *name) {
    static const char *const last_words[] = {
        "id",    "ids",     "uid",      "upn",       "nhs",      "urn",
        "uprn",  "dob",     "birth",    "email",     "postcode", "address",
        "phone", "surname", "forename", "firstname", "initials"};
    static const char *const wholes[] = {
        "name",   "child",   "childid",   "pupil", "person",
        "client", "pl_post", "home_post", "pcd",   "pcds"};
    size_t at = 0;
    hf__str last = {name, 0};
    for (hf__str word = next_word(name, &at); word.len;
         word = next_word(name, &at)) {
        last = word;
    }
    if (is_one_of(last, last_words, sizeof last_words / sizeof *last_words) ||
        is_one_of(hf__str_of(name), wholes, sizeof wholes / sizeof *wholes)) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "\"%s\" names children or addresses: no column to "
                        "break a report down by",
                        name);
    }
    return HF_OK;
}

/* Children who are the only one with their value, and all. */
static hf_status count_lone(hf_context *ctx, const hf_report *report,
                            uint64_t *lone, uint64_t *all) {
    uint64_t *counts = hf__calloc(report->values.n, sizeof *counts);
    if (!counts) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < report->n_placements; i++) {
        counts[report->placements[i].value] += report->placements[i].children;
        *all += report->placements[i].children;
    }
    for (size_t v = 0; v < report->values.n; v++) {
        *lone += counts[v] == 1 && report->values.texts[v][0];
    }
    hf__free(counts);
    return HF_OK;
}

hf_status hf__check_breakdown(hf_context *ctx, const hf_report *report,
                              bool all_added) {
    if (report->is_unfit) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "\"%s\" holds postcodes, addresses or long numbers: no "
                        "column to break a report down by",
                        report->breakdown);
    }
    if (report->values.n > HF_REPORT_MOST_VALUES) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "\"%s\" has more than %d different values: too many "
                        "for a breakdown, and they could name persons",
                        report->breakdown, HF_REPORT_MOST_VALUES);
    }
    uint64_t lone = 0, all = 0;
    hf_status status = all_added && report->values.n
                           ? count_lone(ctx, report, &lone, &all)
                           : HF_OK;
    if (!status && 2 * lone > all) {
        return hf__fail(ctx, HF_ERR_UNSUITABLE,
                        "most children have a value of \"%s\" of their own, "
                        "which could name them: no column to break a report "
                        "down by",
                        report->breakdown);
    }
    return status;
}
