#include "table/chooser.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/csv.h"

/* Names listed in a message, and bytes shown of one. */
#define LISTED_MOST 20
#define NAME_SHOWN 40

const char *hf__source_kind_text(hf__source_kind kind) {
    switch (kind) {
        case HF__SOURCE_LONLAT:
            return "latitude and longitude";
        case HF__SOURCE_GRID:
            return "easting and northing";
        case HF__SOURCE_POSTCODE:
            return "postcode";
        case HF__SOURCE_POSTCODE_PART:
            return "postcode sector or district";
        case HF__SOURCE_CODE:
            return "authority code";
        case HF__SOURCE_NAME:
            return "authority";
        case HF__SOURCE_KINDS:
            break;
    }
    return "";
}

hf_status hf__names_read(hf_context *ctx, const hf__sample *sample,
                         const hf__dialect *dialect, hf__names *out) {
    size_t n = hf__sample_width(sample, 0);
    hf__names names = {hf__calloc(n, sizeof *names.texts), 0};
    hf__buf scratch, text;
    hf__buf_init(&scratch);
    bool failed = !names.texts;
    for (; !failed && names.n < n; names.n++) {
        hf__str cell = hf__sample_cell(sample, 0, names.n);
        cell = hf__str_trim(hf__csv_unquote(cell, &scratch));
        hf__buf_init(&text);
        hf__dialect_decode(dialect, cell, &text);
        names.texts[names.n] = hf__buf_take(&text);
        failed = !names.texts[names.n];
    }
    failed |= scratch.failed;
    hf__buf_reset(&scratch);
    if (failed) {
        hf__names_reset(&names);
        return hf__fail_memory(ctx);
    }
    *out = names;
    return HF_OK;
}

void hf__names_reset(hf__names *names) {
    for (size_t i = 0; i < names->n; i++) {
        hf__free(names->texts[i]);
    }
    hf__free(names->texts);
    *names = (hf__names){0};
}

/* A name in quotes, cut to a length fit for a message; the number of a column
 * whose name may be a row's data. */
static void add_name(const hf__chooser *c, size_t column, hf__buf *out) {
    const char *name = c->names.texts[column];
    if (!c->shows_names && !c->headings[column].is_typed) {
        hf__buf_add_format(out, "#%zu", column + 1);
        return;
    }
    size_t len = strlen(name);
    size_t shown = len <= NAME_SHOWN ? len : NAME_SHOWN;
    while (shown < len && ((unsigned char)name[shown] & 0xC0) == 0x80) {
        shown--;
    }
    hf__buf_add_char(out, '"');
    for (size_t i = 0; i < shown; i++) {
        bool is_control = (unsigned char)name[i] < ' ' || name[i] == 0x7f;
        hf__buf_add_char(out, is_control ? ' ' : name[i]);
    }
    hf__buf_add_text(out, shown < len ? "...\"" : "\"");
}

/* What to give to an option for this column: its name, or its number where
 * that is clearer. */
static void add_argument(const hf__chooser *c, size_t column, hf__buf *out) {
    const char *name = c->names.texts[column];
    bool is_plain = *name && strlen(name) <= NAME_SHOWN && c->shows_names;
    for (size_t i = 0; i < c->names.n && is_plain; i++) {
        is_plain = i == column || strcmp(c->names.texts[i], name) != 0;
    }
    if (is_plain) {
        add_name(c, column, out);
    } else {
        hf__buf_add_format(out, "'#%zu'", column + 1);
    }
}

bool hf__chooser_may_show_names(const hf__chooser *c) {
    size_t filled = 0, usual = 0;
    for (size_t i = 0; i < c->names.n; i++) {
        bool is_usual = false;
        hf__str name = hf__str_trim(hf__str_of(c->names.texts[i]));
        filled += name.len > 0;
        usual +=
            name.len > 0 && hf__heading_is_usual(name, &is_usual) && is_usual;
    }
    return 2 * usual >= filled && !hf__sample_is_data(c->sample, c->oracle, 0);
}

void hf__chooser_add_all_names(const hf__chooser *c, hf__buf *out) {
    if (!c->shows_names) {
        hf__buf_add_text(out,
                         "the first line doesn't read like names of columns: "
                         "if it holds data, add a line of names before it; if "
                         "a title stands above the names, remove it");
        return;
    }
    hf__buf_add_text(out, "the columns are ");
    for (size_t i = 0; i < c->names.n && i < LISTED_MOST; i++) {
        hf__buf_add_text(out, i ? ", " : "");
        add_name(c, i, out);
    }
    if (c->names.n > LISTED_MOST) {
        hf__buf_add_format(out, " and %zu more", c->names.n - LISTED_MOST);
    }
}

/* Fails with what a buffer holds, and frees it. */
hf_status hf__chooser_fail_with(const hf__chooser *c, hf_status status,
                                hf__buf *why) {
    if (why->failed) {
        status = hf__fail_memory(c->ctx);
    } else {
        hf__fail(c->ctx, status, "%s: %s", c->label, why->text);
    }
    hf__buf_reset(why);
    return status;
}

bool hf__chooser_is_pair(hf__source_kind kind) {
    return kind == HF__SOURCE_LONLAT || kind == HF__SOURCE_GRID;
}

/* Looks at the content. A column without any is a last resort. */
hf_status hf__chooser_weigh(const hf__chooser *c, hf__candidate *it) {
    hf__source *source = &it->source;
    hf_status status = HF_OK;
    if (source->kind == HF__SOURCE_LONLAT) {
        it->evidence = hf__evidence_of_lonlat(c->sample, c->oracle,
                                              source->column, source->column2);
    } else if (source->kind == HF__SOURCE_GRID) {
        status =
            hf__evidence_of_grid(c->ctx, c->sample, c->oracle, source->column,
                                 source->column2, &it->evidence);
    } else {
        it->evidence =
            hf__evidence_of_area(c->sample, c->oracle, source->column);
        hf__evidence *e = &it->evidence;
        /* A code such as PR0 in a column of providers is a district of Preston
         * only by accident. */
        if (!hf__chooser_is_postcode(source->kind)) {
            e->usable -= e->parts;
            e->parts = 0;
        }
        size_t postcodes = e->postcodes + e->parts;
        bool is_none = !e->usable && hf__chooser_is_postcode(source->kind);
        source->kind = postcodes * 2 > e->usable || is_none
                           ? e->parts > e->postcodes ? HF__SOURCE_POSTCODE_PART
                                                     : HF__SOURCE_POSTCODE
                       : e->codes * 2 > e->usable ? HF__SOURCE_CODE
                                                  : HF__SOURCE_NAME;
    }
    if (it->evidence.rows && !it->evidence.filled) {
        it->rank += HF__RANK_SAYS_NOTHING;
    }
    return status;
}

/* At least half of what is there serves; nothing there is no objection. */
bool hf__chooser_serves(const hf__evidence *e) {
    return e->usable * 2 >= e->filled;
}

/* How much of a column, or a pair, serves. */
static void add_evidence(const hf__evidence *e, hf__buf *out) {
    if (!e->rows) {
        hf__buf_add_text(out, " (no rows)");
        return;
    }
    bool is_one = e->rows == 1;
    hf__buf_add_format(out, " (%s%zu of %s%zu row%s usable",
                       e->usable * 10 < e->filled * 9 ? "only " : "", e->usable,
                       is_one ? "" : "the first ", e->rows, is_one ? "" : "s");
    if (e->filled < e->rows) {
        hf__buf_add_format(out, ", %zu empty", e->rows - e->filled);
    }
    hf__buf_add_char(out, ')');
}

void hf__chooser_describe(const hf__chooser *c, const hf__candidate *it,
                          hf__buf *out) {
    bool is_grid = it->source.kind == HF__SOURCE_GRID;
    if (hf__chooser_is_pair(it->source.kind)) {
        hf__buf_add_text(out, is_grid ? "easting " : "latitude ");
        add_name(c, it->source.column, out);
        hf__buf_add_text(out, is_grid ? ", northing " : ", longitude ");
        add_name(c, it->source.column2, out);
        add_evidence(&it->evidence, out);
        return;
    }
    hf__chooser_describe_one(c, hf__source_kind_text(it->source.kind),
                             it->source.column, &it->evidence, out);
}

void hf__chooser_describe_one(const hf__chooser *c, const char *words,
                              size_t column, const hf__evidence *e,
                              hf__buf *out) {
    hf__buf_add_text(out, words);
    hf__buf_add_char(out, ' ');
    add_name(c, column, out);
    add_evidence(e, out);
}

/* "column "lat" holds longitudes ..." with the fix. */
void hf__chooser_say_how(const hf__chooser *c, size_t first, size_t second,
                         bool is_grid, hf__buf *why) {
    hf__buf_add_text(why, is_grid ? ": use --easting " : ": use --lat ");
    add_argument(c, first, why);
    hf__buf_add_text(why, is_grid ? " --northing " : " --lon ");
    add_argument(c, second, why);
}

/* Axes swapped, or the other kind of coordinate: HF_OK where they are not. */
hf_status hf__chooser_check_axes(const hf__chooser *c,
                                 const hf__candidate *it) {
    const hf__evidence *e = &it->evidence;
    bool is_grid = it->source.kind == HF__SOURCE_GRID;
    size_t a = it->source.column, b = it->source.column2;
    if (!hf__chooser_is_pair(it->source.kind) || !e->filled) {
        return HF_OK;
    }
    bool is_swapped = e->swapped * 2 > e->filled;
    bool is_other = e->other * 2 > e->filled;
    bool is_other_swapped = e->other_swapped * 2 > e->filled;
    if (!is_swapped && !is_other && !is_other_swapped) {
        return HF_OK;
    }
    hf__buf why;
    hf__buf_init(&why);
    hf__buf_add_text(&why, is_swapped ? "column " : "columns ");
    add_name(c, a, &why);
    if (is_swapped) {
        hf__buf_add_text(
            &why, is_grid ? " holds northings and " : " holds longitudes and ");
        add_name(c, b, &why);
        hf__buf_add_text(&why, is_grid ? " eastings" : " latitudes");
        hf__chooser_say_how(c, b, a, is_grid, &why);
        return hf__chooser_fail_with(c, HF_ERR_AMBIGUOUS, &why);
    }
    hf__buf_add_text(&why, " and ");
    add_name(c, b, &why);
    hf__buf_add_text(&why, is_grid ? " hold latitudes and longitudes"
                                   : " hold eastings and northings");
    /* As "other" they stand as usual: easting under longitude, northing under
     * latitude. */
    hf__chooser_say_how(c, is_other ? b : a, is_other ? a : b, !is_grid, &why);
    return hf__chooser_fail_with(c, HF_ERR_AMBIGUOUS, &why);
}

void hf__chooser_need(hf__chooser *c, size_t column) {
    if (column + 1 > c->columns.n_needed) {
        c->columns.n_needed = column + 1;
    }
}

void hf__chooser_accept(hf__chooser *c, const hf__candidate *it) {
    hf__source_kind kind = it->source.kind;
    if (c->columns.n_sources) {
        hf__buf_add_text(&c->chosen, "; else ");
    }
    hf__chooser_describe(c, it, &c->chosen);
    c->columns.sources[c->columns.n_sources++] = it->source;
    c->columns.has_areas |= kind == HF__SOURCE_CODE || kind == HF__SOURCE_NAME;
    c->columns.has_postcodes |= hf__chooser_is_postcode(kind);
    hf__chooser_need(c, it->source.column);
    if (hf__chooser_is_pair(kind)) {
        hf__chooser_need(c, it->source.column2);
    }
}

void hf__chooser_accept_extra(hf__chooser *c, const char *words, size_t column,
                              const hf__evidence *e, size_t *out) {
    hf__buf_add_text(&c->chosen, "; ");
    hf__chooser_describe_one(c, words, column, e, &c->chosen);
    hf__chooser_need(c, column);
    *out = column;
}

bool hf__chooser_is_postcode(hf__source_kind kind) {
    return kind == HF__SOURCE_POSTCODE || kind == HF__SOURCE_POSTCODE_PART;
}

hf_status hf__chooser_ask_postcodes(hf__chooser *c, const hf__candidate *it,
                                    bool *out_has) {
    const char *why = NULL;
    hf_status status = c->oracle->postcodes(c->oracle->user, &why);
    *out_has = !status;
    if (!status || status == HF_ERR_MEMORY) {
        return status;
    }
    c->lacking = status;
    c->lacking_why = why;
    if (it) {
        hf__chooser_refuse(c, it);
        hf__buf_add_text(&c->refused,
                         status == HF_ERR_IO
                             ? ", because no postcodes are imported"
                             : ", because the postcode index can "
                               "not be read");
    }
    return HF_OK;
}

void hf__chooser_refuse(hf__chooser *c, const hf__candidate *it) {
    hf__buf_add_text(&c->refused, c->refused.len ? "; " : "");
    hf__chooser_describe(c, it, &c->refused);
}

hf__evidence hf__chooser_evidence_of_postcode(const hf__chooser *c,
                                              size_t column) {
    hf__evidence e = hf__evidence_of_area(c->sample, c->oracle, column);
    e.usable = e.postcodes;
    return e;
}

bool hf__chooser_is_source(const hf__chooser *c, size_t column) {
    for (size_t i = 0; i < c->columns.n_sources; i++) {
        if (c->columns.sources[i].column == column) {
            return true;
        }
    }
    return false;
}
