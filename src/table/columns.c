#include "table/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/chooser.h"
#include "table/derive.h"

/* Columns of one role that are looked at. */
#define ROLE_MOST 8

/* ---- columns that the caller names ---- */

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

static hf_status find_column(const hf__chooser *c, const char *wanted,
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
static hf_status fail_lacking(const hf__chooser *c) {
    return hf__fail(c->ctx, c->lacking, "%s: %s", c->label, c->lacking_why);
}

static hf_status take_named(hf__chooser *c, hf__source_kind kind,
                            const char *first, const char *second,
                            const char *options) {
    if (!first && !second) {
        return HF_OK;
    }
    if (hf__chooser_is_pair(kind) && (!first || !second)) {
        return hf__fail(c->ctx, HF_ERR_USAGE,
                        "%s go together: name both columns", options);
    }
    hf__candidate it = {.source = {.kind = kind}};
    hf_status status = find_column(c, first, &it.source.column);
    if (!status && second) {
        status = find_column(c, second, &it.source.column2);
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
            return status ? status : fail_lacking(c);
        }
    }
    hf__chooser_accept(c, &it);
    return HF_OK;
}

static hf_status choose_named(hf__chooser *c,
                              const hf_annotate_options *options) {
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

/* ---- columns found by name ---- */

/* Columns of a role, the first ROLE_MOST of them. */
static size_t columns_of(const hf__chooser *c, hf__role role, size_t *out) {
    size_t n = 0;
    for (size_t i = 0; i < c->names.n && n < ROLE_MOST; i++) {
        if (c->headings[i].role == role) {
            out[n++] = i;
        }
    }
    return n;
}

/* Weighs every pair of columns of two roles whose other words are the same. */
static hf_status weigh_pairs(const hf__chooser *c, hf__source_kind kind,
                             hf__role first, hf__role second,
                             hf__candidate *list, size_t *n) {
    size_t firsts[ROLE_MOST], seconds[ROLE_MOST];
    size_t n_firsts = columns_of(c, first, firsts);
    size_t n_seconds = columns_of(c, second, seconds);
    for (size_t i = 0; i < n_firsts; i++) {
        for (size_t j = 0; j < n_seconds; j++) {
            const hf__heading *a = &c->headings[firsts[i]];
            const hf__heading *b = &c->headings[seconds[j]];
            if (strcmp(a->key, b->key)) {
                continue;
            }
            hf__candidate *it = &list[(*n)++];
            *it =
                (hf__candidate){.source = {kind, firsts[i], seconds[j]},
                                .rank = a->rank > b->rank ? a->rank : b->rank};
            hf_status status = hf__chooser_weigh(c, it);
            if (status) {
                return status;
            }
        }
    }
    return HF_OK;
}

/* Several pairs fit alike. */
static hf_status fail_alike(const hf__chooser *c, const hf__candidate *a,
                            const hf__candidate *b) {
    hf__buf why;
    hf__buf_init(&why);
    hf__buf_add_text(&why, "two pairs of columns fit alike: ");
    hf__chooser_describe(c, a, &why);
    hf__buf_add_text(&why, " and ");
    hf__chooser_describe(c, b, &why);
    hf__chooser_say_how(c, a->source.column, a->source.column2,
                        a->source.kind == HF__SOURCE_GRID, &why);
    hf__buf_add_text(&why, ", or the other");
    return hf__chooser_fail_with(c, HF_ERR_AMBIGUOUS, &why);
}

static hf_status choose_pair(hf__chooser *c, hf__source_kind kind,
                             hf__role first, hf__role second,
                             bool is_named_for_it, bool *out_found) {
    hf__candidate list[ROLE_MOST * ROLE_MOST];
    size_t n = 0;
    hf_status status = weigh_pairs(c, kind, first, second, list, &n);
    const hf__candidate *best = NULL, *alike = NULL;
    for (size_t i = 0; i < n && !status; i++) {
        const hf__candidate *it = &list[i];
        bool fits = hf__chooser_serves(&it->evidence) &&
                    (is_named_for_it || it->evidence.usable);
        if (!fits) {
            if (is_named_for_it) {
                status = hf__chooser_check_axes(c, it);
                hf__chooser_refuse(c, it);
            }
        } else if (!best || it->rank < best->rank) {
            best = it;
            alike = NULL;
        } else if (it->rank == best->rank) {
            alike = it;
        }
    }
    if (status || !best) {
        return status;
    }
    if (alike) {
        return fail_alike(c, best, alike);
    }
    hf__chooser_accept(c, best);
    *out_found = true;
    return HF_OK;
}

/* x and y are degrees or metres: whichever serves. */
static hf_status choose_pairs(hf__chooser *c) {
    bool has_lonlat = false, has_grid = false;
    hf_status status = choose_pair(c, HF__SOURCE_LONLAT, HF__ROLE_LAT,
                                   HF__ROLE_LON, true, &has_lonlat);
    if (!status && !has_lonlat) {
        status = choose_pair(c, HF__SOURCE_LONLAT, HF__ROLE_Y, HF__ROLE_X,
                             false, &has_lonlat);
    }
    if (!status) {
        status = choose_pair(c, HF__SOURCE_GRID, HF__ROLE_EASTING,
                             HF__ROLE_NORTHING, true, &has_grid);
    }
    if (!status && !has_grid) {
        status = choose_pair(c, HF__SOURCE_GRID, HF__ROLE_X, HF__ROLE_Y, false,
                             &has_grid);
    }
    return status;
}

static hf_status fail_alike_single(const hf__chooser *c, const hf__candidate *a,
                                   const hf__candidate *b) {
    hf__buf why;
    hf__buf_init(&why);
    hf__buf_add_text(&why, "two columns fit alike: ");
    hf__chooser_describe(c, a, &why);
    hf__buf_add_text(&why, " and ");
    hf__chooser_describe(c, b, &why);
    bool is_postcode = hf__chooser_is_postcode(a->source.kind);
    hf__buf_add_format(&why, ": use %s '#%zu' or '#%zu', and %s for the home's",
                       is_postcode ? "--postcode" : "--authority",
                       a->source.column + 1, b->source.column + 1,
                       is_postcode ? "--home-postcode" : "--home-column");
    return hf__chooser_fail_with(c, HF_ERR_AMBIGUOUS, &why);
}

static char letter_at(hf__str text, size_t *at) {
    while (*at < text.len && (text.at[*at] == ' ' || text.at[*at] == '"')) {
        ++*at;
    }
    char c = *at < text.len ? text.at[(*at)++] : '\0';
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* But for blanks, quotes and case. */
static bool reads_alike(hf__str a, hf__str b) {
    size_t i = 0, j = 0;
    char x, y;
    do {
        x = letter_at(a, &i);
        y = letter_at(b, &j);
    } while (x == y && x);
    return x == y;
}

/* Whether a column serves as well as another, and doesn't say the same: one may
 * be the home's. Of postcodes at all, of other columns of one name. */
static bool is_alike(const hf__chooser *c, const hf__candidate *a,
                     const hf__candidate *b) {
    hf__str name = hf__str_of(c->names.texts[a->source.column]);
    if (a == b || a->source.kind != b->source.kind || a->rank != b->rank ||
        !a->evidence.filled || !hf__chooser_serves(&a->evidence) ||
        (!hf__chooser_is_postcode(a->source.kind) &&
         !hf__str_is_nocase(name, c->names.texts[b->source.column]))) {
        return false;
    }
    for (size_t row = 1; row < c->sample->n_rows; row++) {
        hf__str one = hf__sample_cell(c->sample, row, a->source.column);
        hf__str two = hf__sample_cell(c->sample, row, b->source.column);
        if (!hf__cell_is_empty(one) && !hf__cell_is_empty(two) &&
            !reads_alike(one, two)) {
            return true;
        }
    }
    return false;
}

/* Postcodes, codes and names: which a column holds, its content says. */
static hf_status choose_single(hf__chooser *c) {
    size_t columns[2 * ROLE_MOST];
    hf__candidate list[2 * ROLE_MOST];
    size_t n_postcodes = columns_of(c, HF__ROLE_POSTCODE, columns);
    size_t n =
        n_postcodes + columns_of(c, HF__ROLE_AUTHORITY, columns + n_postcodes);
    const hf__candidate *best[HF__SOURCE_KINDS] = {NULL};
    for (size_t i = 0; i < n; i++) {
        hf__candidate *it = &list[i];
        *it = (hf__candidate){
            .source = {i < n_postcodes ? HF__SOURCE_POSTCODE : HF__SOURCE_NAME,
                       columns[i], 0},
            .rank = c->headings[columns[i]].rank};
        hf_status status = hf__chooser_weigh(c, it);
        if (status) {
            return status;
        }
        const hf__candidate **kind = &best[it->source.kind];
        /* A column that says the same in every row is that of the home. */
        if (it->evidence.is_constant && it->evidence.filled > 4) {
            it->rank += HF__RANK_SAYS_NOTHING;
        }
        bool is_empty = it->evidence.rows && !it->evidence.filled;
        if (is_empty || !hf__chooser_serves(&it->evidence)) {
            hf__chooser_refuse(c, it);
        } else if (!*kind || it->rank < (*kind)->rank ||
                   (it->rank == (*kind)->rank &&
                    it->evidence.usable > (*kind)->evidence.usable)) {
            *kind = it;
        }
    }
    for (int kind = 0; kind < HF__SOURCE_KINDS; kind++) {
        bool has = true;
        hf_status status = HF_OK;
        if (best[kind] && hf__chooser_is_postcode((hf__source_kind)kind)) {
            status = hf__chooser_ask_postcodes(c, best[kind], &has);
        }
        if (status) {
            return status;
        }
        const hf__candidate *alike = NULL;
        for (size_t i = 0; best[kind] && i < n; i++) {
            alike = is_alike(c, &list[i], best[kind]) ? &list[i] : alike;
        }
        if (has && alike && !c->columns.n_sources) {
            return fail_alike_single(c, best[kind], alike);
        }
        if (has && alike) {
            hf__chooser_refuse(c, best[kind]);
            hf__chooser_refuse(c, alike);
        } else if (has && best[kind]) {
            hf__chooser_accept(c, best[kind]);
        }
    }
    return HF_OK;
}

/* ---- further columns ---- */

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
    hf_status status = find_column(c, options->home_column, &column);
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
    size_t columns[ROLE_MOST];
    size_t n = columns_of(c, role, columns);
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
        status = find_column(c, named, &column);
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
        return fail_lacking(c);
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
        status = find_column(c, options->kept_columns[i], &c->columns.kept[i]);
        if (status == HF_ERR_NOT_FOUND && options->may_lack_kept) {
            c->columns.kept[i] = HF__NO_COLUMN;
            status = HF_OK;
        } else if (!status) {
            hf__chooser_need(c, c->columns.kept[i]);
        }
    }
    return status;
}

static hf_status choose_further(hf__chooser *c,
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

static hf_status read_headings(hf__chooser *c) {
    c->headings = hf__calloc(c->names.n, sizeof *c->headings);
    if (!c->headings) {
        return hf__fail_memory(c->ctx);
    }
    for (size_t i = 0; i < c->names.n; i++) {
        if (!hf__heading_read(hf__str_of(c->names.texts[i]), &c->headings[i])) {
            return hf__fail_memory(c->ctx);
        }
    }
    c->shows_names = hf__chooser_may_show_names(c);
    return HF_OK;
}

/* What the caller says to be of the home says nothing of the placement. */
static hf_status set_aside(hf__chooser *c, const char *wanted) {
    size_t column = 0;
    hf_status status = wanted ? find_column(c, wanted, &column) : HF_OK;
    if (wanted && !status) {
        c->headings[column].role = HF__ROLE_NONE;
    }
    return status;
}

static hf_status choose_by_name(hf__chooser *c,
                                const hf_annotate_options *options) {
    hf_status status = set_aside(c, options->home_column);
    if (!status) {
        status = set_aside(c, options->home_postcode_column);
    }
    if (!status) {
        status = choose_pairs(c);
    }
    return status ? status : choose_single(c);
}

/* ---- nothing found ---- */

/* Columns whose content would serve: named in the message, not used. */
static void suggest(const hf__chooser *c, hf__buf *why) {
    for (size_t i = 0; i + 1 < c->names.n && i < 64; i++) {
        for (int turn = 0; turn < 2; turn++) {
            size_t lat = turn ? i + 1 : i, lon = turn ? i : i + 1;
            hf__evidence e =
                hf__evidence_of_lonlat(c->sample, c->oracle, lat, lon);
            if (c->oracle->is_uk && e.usable && e.usable * 5 >= e.filled * 4) {
                hf__buf_add_text(why, "; these look like it");
                hf__chooser_say_how(c, lat, lon, false, why);
                return;
            }
        }
    }
}

static hf_status fail_without_columns(hf__chooser *c) {
    hf__buf why;
    hf__buf_init(&why);
    if (c->sample->is_open) {
        hf__buf_add_format(&why,
                           "row %zu: a quote opens in it that nothing closes",
                           c->sample->n_rows - 1);
        return hf__chooser_fail_with(c, HF_ERR_DAMAGED, &why);
    }
    if (c->refused.len) {
        hf__buf_add_text(&why, "no column says where the rows are: ");
        hf__buf_add(&why, c->refused.text, c->refused.len);
        hf__buf_add_text(&why,
                         "; name the right ones with --lat and --lon, "
                         "--easting and --northing, --postcode, or "
                         "--authority");
        return hf__chooser_fail_with(c, HF_ERR_NOT_FOUND, &why);
    }
    if (hf__sample_is_data(c->sample, c->oracle, 0)) {
        /* Its names are a row's data: not to be shown. */
        hf__buf_add_text(&why,
                         "the first line looks like data, not like column "
                         "names: add a line of names before it");
        return hf__chooser_fail_with(c, HF_ERR_UNSUITABLE, &why);
    }
    hf__buf_add_text(&why,
                     "no column says where the rows are: name them with --lat "
                     "and --lon, --easting and --northing, --postcode, or "
                     "--authority; ");
    hf__chooser_add_all_names(c, &why);
    suggest(c, &why);
    return hf__chooser_fail_with(c, HF_ERR_NOT_FOUND, &why);
}

/* A number in the header of a column of numbers is the first row's, and so is
 * an authority in that of a column of authorities. */
static hf_status check_header_is_no_data(const hf__chooser *c) {
    for (size_t i = 0; i < c->columns.n_sources; i++) {
        const hf__source *source = &c->columns.sources[i];
        hf__str cell = hf__sample_cell(c->sample, 0, source->column);
        double number;
        hf__heading heading;
        if (!hf__heading_read(hf__str_of(c->names.texts[source->column]),
                              &heading)) {
            return hf__fail_memory(c->ctx);
        }
        /* A column called LA is not called after the town of Lancaster. */
        bool is_data =
            hf__chooser_is_pair(source->kind)
                ? hf__read_metres(cell, &number)
                : heading.role == HF__ROLE_NONE &&
                      c->oracle->kind(c->oracle->user, cell) != HF__AREA_NONE;
        if (is_data) {
            return hf__fail(c->ctx, HF_ERR_UNSUITABLE,
                            "%s: the first line looks like data, not like "
                            "column names: add a line of names before it",
                            c->label);
        }
    }
    return HF_OK;
}

/* Some programs write rows that are all longer than the header: by a delimiter
 * at the end, say. Then that is the width of the table. */
static size_t usual_width(const hf__sample *sample) {
    size_t width = hf__sample_width(sample, 0);
    if (sample->n_rows < 2) {
        return width;
    }
    size_t of_rows = hf__sample_width(sample, 1);
    for (size_t row = 2; row < sample->n_rows; row++) {
        if (hf__sample_width(sample, row) != of_rows) {
            return width;
        }
    }
    return of_rows > width ? of_rows : width;
}

static hf_status choose(hf__chooser *c, const hf_annotate_options *options) {
    bool is_named = options->lat_column || options->lon_column ||
                    options->easting_column || options->northing_column ||
                    options->postcode_column || options->authority_column;
    hf_status status = read_headings(c);
    hf__return_recognise(&c->names, &c->columns.official);
    if (!status) {
        status = is_named ? choose_named(c, options)
                 : c->columns.official.kind == HF__RETURN_EPISODES
                     ? hf__chooser_take_return(c, options)
                     : choose_by_name(c, options);
    }
    if (!status && !c->columns.n_sources) {
        status = c->lacking ? fail_lacking(c) : fail_without_columns(c);
    }
    if (!status) {
        status = choose_further(c, options);
    }
    if (!status) {
        status = check_header_is_no_data(c);
    }
    if (status) {
        return status;
    }
    hf__chooser_settle_return(c, options);
    if (c->refused.len) {
        hf__buf_add_text(&c->chosen, "; not used: ");
        hf__buf_add(&c->chosen, c->refused.text, c->refused.len);
    }
    c->columns.width = usual_width(c->sample);
    c->columns.message = hf__buf_take(&c->chosen);
    return c->columns.message ? HF_OK : hf__fail_memory(c->ctx);
}

hf_status hf__columns_choose(hf_context *ctx, const char *label,
                             const hf__sample *sample,
                             const hf__dialect *dialect,
                             const hf_annotate_options *options,
                             const hf__area_oracle *oracle, hf__columns *out) {
    if (!sample->n_rows) {
        return hf__fail(ctx, HF_ERR_NOT_FOUND,
                        "%s is empty: a line of column names is needed", label);
    }
    hf__chooser c = {
        .ctx = ctx, .label = label, .sample = sample, .oracle = oracle};
    c.columns.home = c.columns.home_postcode = c.columns.count = HF__NO_COLUMN;
    hf__buf_init(&c.chosen);
    hf__buf_init(&c.refused);
    hf__buf_add_text(&c.chosen, "columns: ");
    hf_status status = hf__names_read(ctx, sample, dialect, &c.names);
    if (!status) {
        status = choose(&c, options);
    }
    if (!status) {
        *out = c.columns;
    } else {
        hf__columns_reset(&c.columns);
    }
    hf__buf_reset(&c.chosen);
    hf__buf_reset(&c.refused);
    hf__free(c.headings);
    hf__names_reset(&c.names);
    return status;
}

void hf__columns_reset(hf__columns *columns) {
    hf__free(columns->message);
    hf__free(columns->kept);
    *columns = (hf__columns){0};
}
