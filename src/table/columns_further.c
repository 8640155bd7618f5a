/* Columns besides those that say where rows are. */
#include "base/context.h"
#include "base/memory.h"
#include "table/chooser.h"

static hf_status fail_unusable(const hf__chooser *c, const char *words,
                               size_t column, const hf__evidence *e) {
    hf__buf why;
    hf__buf_init(&why);
    hf__chooser_describe_one(c, words, column, e, &why);
    return hf__chooser_fail_with(c, HF_ERR_NOT_FOUND, &why);
}

/* Only names and codes say who is responsible. */
static hf_status choose_home(hf__chooser *c,
                             const hf_annotate_options *options) {
    size_t column = 0;
    if (!options->home_column) {
        return HF_OK;
    }
    hf_status status = hf__chooser_find(c, options->home_column, &column);
    if (status) {
        return status;
    }
    hf__evidence e = hf__evidence_of_area(c->sample, c->oracle, column);
    e.usable -= e.postcodes + e.parts;
    if (e.filled && !e.usable) {
        return fail_unusable(c, "home authority", column, &e);
    }
    hf__chooser_accept_extra(c, "home authority", column, &e, &c->columns.home);
    return HF_OK;
}

/* The best column of a role, where its content serves. */
static bool find_extra(const hf__chooser *c, hf__role role,
                       hf__evidence (*evidence)(const hf__chooser *c,
                                                size_t column),
                       size_t *out, hf__evidence *out_evidence) {
    size_t columns[HF__CHOOSER_MOST];
    size_t n = hf__chooser_columns_of(c, role, columns);
    bool is_found = false;
    for (size_t i = 0; i < n; i++) {
        hf__evidence e = evidence(c, columns[i]);
        if (e.usable && hf__chooser_serves(&e) &&
            (!is_found || e.usable > out_evidence->usable)) {
            *out = columns[i];
            *out_evidence = e;
            is_found = true;
        }
    }
    return is_found;
}

static hf__evidence evidence_of_count(const hf__chooser *c, size_t column) {
    return hf__evidence_of_count(c->sample, column);
}

static hf_status choose_home_postcode(hf__chooser *c,
                                      const hf_annotate_options *options) {
    size_t column = 0;
    hf__evidence e = {0};
    hf_status status = HF_OK;
    const char *named = options->home_postcode_column;
    if (!named && c->columns.home_postcode != HF__NO_COLUMN) {
        return HF_OK; /* that of a return */
    }
    if (named) {
        status = hf__chooser_find(c, named, &column);
        e = status ? e : hf__chooser_evidence_of_postcode(c, column);
        if (!status && e.filled && !e.usable) {
            return fail_unusable(c, "home postcode", column, &e);
        }
    } else if (!find_extra(c, HF__ROLE_HOME_POSTCODE,
                           hf__chooser_evidence_of_postcode, &column, &e) ||
               hf__chooser_is_source(c, column)) {
        return HF_OK;
    }
    bool has = true;
    if (!status) {
        status = hf__chooser_ask_postcodes(c, NULL, &has);
    }
    if (status) {
        return status;
    }
    if (has) {
        hf__chooser_accept_extra(c, "home postcode", column, &e,
                                 &c->columns.home_postcode);
        c->columns.has_postcodes = true;
    } else if (named) {
        return hf__chooser_fail_lacking(c);
    } else {
        hf__buf_add_text(&c->refused, c->refused.len ? "; " : "");
        hf__chooser_describe_one(c, "home postcode", column, &e, &c->refused);
        hf__buf_add_text(&c->refused, ", because no postcodes are imported");
    }
    return HF_OK;
}

/* Rows that stand for several children name areas. */
static void choose_count(hf__chooser *c) {
    size_t column;
    hf__evidence e;
    hf__source_kind first = c->columns.sources[0].kind;
    if ((first == HF__SOURCE_CODE || first == HF__SOURCE_NAME) &&
        find_extra(c, HF__ROLE_COUNT, evidence_of_count, &column, &e)) {
        hf__chooser_accept_extra(c, "children by", column, &e,
                                 &c->columns.count);
    }
}

static hf_status keep_columns(hf__chooser *c,
                              const hf_annotate_options *options) {
    size_t n = options->n_kept_columns;
    c->columns.kept = hf__calloc(n, sizeof *c->columns.kept);
    if (!c->columns.kept) {
        return hf__fail_memory(c->ctx);
    }
    c->columns.n_kept = n;
    hf_status status = HF_OK;
    for (size_t i = 0; i < n && !status; i++) {
        status =
            hf__chooser_find(c, options->kept_columns[i], &c->columns.kept[i]);
        if (status == HF_ERR_NOT_FOUND && options->may_lack_kept) {
            c->columns.kept[i] = HF__NO_COLUMN;
            status = HF_OK;
        } else if (!status) {
            hf__chooser_need(c, c->columns.kept[i]);
        }
    }
    return status;
}

hf_status hf__choose_further(hf__chooser *c,
                             const hf_annotate_options *options) {
    hf_status status = choose_home(c, options);
    if (!status) {
        status = choose_home_postcode(c, options);
    }
    if (!status) {
        choose_count(c);
        status = keep_columns(c, options);
    }
    return status;
}
