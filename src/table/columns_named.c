/* Columns that the caller names. */
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "table/chooser.h"

/* Without memory, no names are alike and *failed is set. */
static bool folds_alike(const char *a, const char *b, bool *failed) {
    hf__buf x, y;
    hf__buf_init(&x);
    hf__buf_init(&y);
    hf__fold(hf__str_of(a), &x);
    hf__fold(hf__str_of(b), &y);
    *failed |= x.failed || y.failed;
    bool alike =
        !*failed && x.len && x.len == y.len && !memcmp(x.text, y.text, x.len);
    hf__buf_reset(&x);
    hf__buf_reset(&y);
    return alike;
}

/* "#3" is the third column; 0 for what is no number of a column. */
static size_t column_number(const char *wanted) {
    char *end;
    if (wanted[0] != '#' || wanted[1] < '1' || wanted[1] > '9') {
        return 0;
    }
    unsigned long long number = strtoull(wanted + 1, &end, 10);
    return *end || number > SIZE_MAX / 2 ? 0 : (size_t)number;
}

/* Columns of this name: as written, else in any case, else as folded. */
static size_t find_name(const hf__chooser *c, const char *wanted, size_t *out,
                        bool *failed) {
    hf__str name = hf__str_trim(hf__str_of(wanted));
    for (int way = 0; way < 3; way++) {
        size_t found = 0;
        for (size_t i = c->names.n; i-- > 0;) {
            const char *text = c->names.texts[i];
            bool is_it = way == 0   ? hf__str_is(name, text)
                         : way == 1 ? hf__str_is_nocase(name, text)
                                    : folds_alike(wanted, text, failed);
            if (is_it) {
                found++;
                *out = i;
            }
        }
        if (found) {
            return found;
        }
    }
    return 0;
}

hf_status hf__chooser_find(const hf__chooser *c, const char *wanted,
                           size_t *out) {
    hf__buf why;
    hf__buf_init(&why);
    size_t column = 0;
    bool failed = false;
    size_t found = find_name(c, wanted, &column, &failed);
    if (failed) {
        return hf__fail_memory(c->ctx);
    }
    if (found > 1) {
        hf__buf_add_format(&why,
                           "%zu columns are called \"%s\": say which by its "
                           "number, '#%zu' for the first",
                           found, wanted, column + 1);
        return hf__chooser_fail_with(c, HF_ERR_AMBIGUOUS, &why);
    }
    if (found) {
        c->headings[column].is_typed = true;
    }
    size_t number = column_number(wanted);
    if (!found && number && number <= c->names.n) {
        *out = number - 1;
        return HF_OK;
    }
    if (!found) {
        hf__buf_add_format(&why, "no column \"%s\": ", wanted);
        hf__chooser_add_all_names(c, &why);
        return hf__chooser_fail_with(c, HF_ERR_NOT_FOUND, &why);
    }
    *out = column;
    return HF_OK;
}

/* Only postcodes would serve. */
hf_status hf__chooser_fail_lacking(const hf__chooser *c) {
    return hf__fail(c->ctx, c->lacking, "%s: %s", c->label, c->lacking_why);
}

static hf_status take_named(hf__chooser *c, hf__source_kind kind,
                            const char *first, const char *second,
                            const char *options) {
    if (!first && !second) {
        return HF_OK;
    }
    if (!first || (hf__chooser_is_pair(kind) && !second)) {
        return hf__fail(c->ctx, HF_ERR_USAGE,
                        "%s go together: name both columns", options);
    }
    hf__candidate it = {.source = {.kind = kind}};
    hf_status status = hf__chooser_find(c, first, &it.source.column);
    if (!status && second) {
        status = hf__chooser_find(c, second, &it.source.column2);
    }
    if (!status && second && it.source.column == it.source.column2) {
        status =
            hf__fail(c->ctx, HF_ERR_USAGE, "%s name the same column", options);
    }
    if (!status) {
        status = hf__chooser_weigh(c, &it);
    }
    if (!status) {
        status = hf__chooser_check_axes(c, &it);
    }
    if (status) {
        return status;
    }
    /* The caller knows best, but not against every row. */
    if (it.evidence.filled && !it.evidence.usable) {
        hf__buf why;
        hf__buf_init(&why);
        hf__chooser_describe(c, &it, &why);
        return hf__chooser_fail_with(c, HF_ERR_NOT_FOUND, &why);
    }
    if (hf__chooser_is_postcode(it.source.kind)) {
        bool has;
        status = hf__chooser_ask_postcodes(c, &it, &has);
        if (status || !has) {
            return status ? status : hf__chooser_fail_lacking(c);
        }
    }
    hf__chooser_accept(c, &it);
    return HF_OK;
}

hf_status hf__choose_named(hf__chooser *c, const hf_annotate_options *options) {
    hf_status status = take_named(c, HF__SOURCE_LONLAT, options->lat_column,
                                  options->lon_column, "--lat and --lon");
    if (!status) {
        status =
            take_named(c, HF__SOURCE_GRID, options->easting_column,
                       options->northing_column, "--easting and --northing");
    }
    if (!status) {
        status = take_named(c, HF__SOURCE_POSTCODE, options->postcode_column,
                            NULL, "--postcode");
    }
    if (!status) {
        status = take_named(c, HF__SOURCE_NAME, options->authority_column, NULL,
                            "--authority");
    }
    return status;
}
