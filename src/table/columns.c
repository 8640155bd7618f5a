#include "table/columns.h"

#include "base/context.h"
#include "base/memory.h"
#include "table/chooser.h"
#include "table/derive.h"

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
    hf_status status = wanted ? hf__chooser_find(c, wanted, &column) : HF_OK;
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
    return status ? status : hf__choose_found(c);
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
        status = is_named ? hf__choose_named(c, options)
                 : c->columns.official.kind == HF__RETURN_EPISODES
                     ? hf__chooser_take_return(c, options)
                     : choose_by_name(c, options);
    }
    if (!status && !c->columns.n_sources) {
        status =
            c->lacking ? hf__chooser_fail_lacking(c) : fail_without_columns(c);
    }
    if (!status) {
        status = hf__choose_further(c, options);
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
