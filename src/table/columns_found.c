/* Columns that are found by their names. */
#include <string.h>

#include "base/context.h"
#include "table/chooser.h"

size_t hf__chooser_columns_of(const hf__chooser *c, hf__role role,
                              size_t *out) {
    size_t n = 0;
    for (size_t i = 0; i < c->names.n && n < HF__CHOOSER_MOST; i++) {
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
    size_t firsts[HF__CHOOSER_MOST], seconds[HF__CHOOSER_MOST];
    size_t n_firsts = hf__chooser_columns_of(c, first, firsts);
    size_t n_seconds = hf__chooser_columns_of(c, second, seconds);
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
    hf__candidate list[HF__CHOOSER_MOST * HF__CHOOSER_MOST];
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
    size_t columns[2 * HF__CHOOSER_MOST];
    hf__candidate list[2 * HF__CHOOSER_MOST];
    size_t n_postcodes = hf__chooser_columns_of(c, HF__ROLE_POSTCODE, columns);
    size_t n = n_postcodes + hf__chooser_columns_of(c, HF__ROLE_AUTHORITY,
                                                    columns + n_postcodes);
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

hf_status hf__choose_found(hf__chooser *c) {
    hf_status status = choose_pairs(c);
    return status ? status : choose_single(c);
}
