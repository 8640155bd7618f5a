#include "cli/summary.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/official.h"

/* Points into the one summary of the process. */
static cli_option summary_table[6];

void summary_init(summary *s, placements *p) {
    *s = (summary){.p = p, .suppress = HF_REPORT_SUPPRESS};
}

const cli_option *summary_options(summary *s) {
    const cli_option table[] = {
        {"group", 'g', CLI_TEXT, (void *)&s->group, "BY",
         "destinations by authority, county (default), region, country"},
        {"by", 0, CLI_TEXT, (void *)&s->by, "COLUMN",
         "break down by a column of the file, such as reason"},
        {"bands", 0, CLI_TEXT, (void *)&s->bands, "MILES",
         "20,50,100 (default), dfe-locality or dfe-bands"},
        {"suppress", 0, CLI_COUNT, &s->suppress, "N",
         "withhold counts of 1 to N (default 5; 0: none)"},
        {"round", 0, CLI_COUNT, &s->round_to, "N",
         "instead: round counts to the nearest N"},
        {0}};
    memcpy(summary_table, table, sizeof table);
    return summary_table;
}

/* ---- options ---------------------------------------------------------------
 */

bool summary_parse_miles(const char *option, const char *text, double *out,
                         size_t most, size_t *out_n) {
    size_t n = 0;
    const char *at = text;
    bool is_good = *text != '\0';
    while (is_good && *at) {
        char *end = NULL;
        double miles = strtod(at, &end);
        is_good = n < most && end != at && (*end == ',' || !*end) &&
                  isfinite(miles) && miles > (n ? out[n - 1] : 0) &&
                  !(*end && !end[1]);
        if (is_good) {
            out[n++] = miles;
            at = *end ? end + 1 : end;
        }
    }
    if (!is_good) {
        cli_error("%s: miles that ascend, such as 20,50,100, at most %zu",
                  option, most);
    }
    *out_n = n;
    return is_good;
}

/* The bands of one of the Department's tables, or numbers. */
static bool set_bands(const summary *s, double *bands,
                      hf_report_options *options) {
    hf_template template;
    if (!s->bands) {
        return true;
    }
    if (s->bands[0] >= '0' && s->bands[0] <= '9') {
        options->bands = bands;
        return summary_parse_miles("--bands", s->bands, bands,
                                   SUMMARY_MOST_BANDS, &options->n_bands);
    }
    if (hf_template_parse(s->p->s.ctx, s->bands, &template)) {
        cli_error(
            "--bands: miles such as 20,50,100, or dfe-locality or dfe-bands");
        return false;
    }
    options->bands = hf_template_bands(template, &options->n_bands);
    return true;
}

static hf_status open_report(summary *s, const hf_report_options *options) {
    hf_context *ctx = s->p->s.ctx;
    hf_group_by by = HF_GROUP_BY_COUNTY;
    hf_status status = s->group ? hf_group_by_parse(ctx, s->group, &by) : HF_OK;
    status =
        status ? status : hf_grouping_new(ctx, s->p->s.set, by, &s->grouping);
    return status ? status : hf_report_new(ctx, options, &s->report);
}

/* ---- rows ------------------------------------------------------------------
 */

/* Remembers what a name stands for, so that a map can show it. */
static bool keep_area(summary *s, const hf_annotated_row *row) {
    for (size_t i = 0; i < s->n_areas; i++) {
        if (!strcmp(s->areas[i].name, row->area)) {
            return true;
        }
    }
    void *array = realloc(s->areas, (s->n_areas + 1) * sizeof *s->areas);
    if (!array) {
        return false;
    }
    s->areas = array;
    summary_area *area = &s->areas[s->n_areas++];
    size_t size = row->n_authorities * sizeof *area->authorities;
    *area = (summary_area){strdup(row->area), malloc(size), row->n_authorities};
    if (!area->name || !area->authorities) {
        return false;
    }
    memcpy(area->authorities, row->authorities, size);
    return true;
}

/* The group that all of a row's authorities are in; where they are in several,
 * the name of the area stands for itself. */
static const char *destination_of(summary *s, const hf_annotated_row *row) {
    const char *name = NULL;
    for (size_t i = 0; i < row->n_authorities; i++) {
        const char *own = hf_grouping_name(s->grouping, row->authorities[i]);
        if (name && strcmp(name, own) != 0) {
            return keep_area(s, row) ? row->area : NULL;
        }
        name = own;
    }
    return name ? name : row->area;
}

/* What the report prints for a cell of the column that it is broken down by:
 * codes of the return in words, "children's home (K2)". */
static const char *value_of(summary *s, const hf_annotated_row *row) {
    const char *cell = s->by ? row->cells[0] : NULL;
    const char *words =
        s->by_codes ? hf_ssda903_code_text(s->by_field, cell) : NULL;
    if (!words) {
        return cell;
    }
    snprintf(s->value, sizeof s->value, "%.100s (%.8s)", words, cell);
    return s->value;
}

static hf_status add_row(void *user, const hf_annotated_row *row) {
    summary *s = user;
    hf_placement placement = {
        .categories = row->categories,
        .authority = row->n_authorities == 1 ? row->authorities[0] : HF_NOWHERE,
        .destination = destination_of(s, row),
        .miles = s->p->from_home ? row->home_miles : row->miles,
        .reason = row->reason,
        .children = row->children,
        .breakdown = value_of(s, row)};
    if (!placement.destination) {
        return HF_ERR_MEMORY;
    }
    s->has_return |= row->ssda903 != NULL;
    bool is_official =
        row->ssda903 && (s->p->from_home || (s->is_dfe && !s->p->origin));
    if (row->ssda903 && row->ssda903->is_short_break && s->is_dfe) {
        s->short_breaks += row->children;
        return HF_OK;
    }
    if (is_official) {
        s->p->is_official = true;
        official_fill(row, &placement);
        return hf_report_add(s->p->s.ctx, s->report, &placement);
    }
    unsigned inside = hf_category_set(HF_CATEGORY_IN_COUNTY);
    bool is_area = row->area[0] != '\0';
    bool is_border = s->p->options.origin == HF_ORIGIN_BORDER;
    placement.measured_to = !is_area    ? HF_TO_PLACEMENT
                            : is_border ? HF_TO_BORDER
                                        : HF_TO_CENTRE;
    s->has_areas |= is_area && row->children;
    if (is_area && !is_border && row->categories & inside) {
        /* To its centre is no distance from within. */
        placement.miles = NAN;
        placement.reason = "known only to be in the home authority";
    } else if (isnan(placement.miles) && s->p->from_home && !*row->reason) {
        placement.reason = "no usable home postcode";
    }
    s->rows_without_count += !row->is_counted;
    return hf_report_add(s->p->s.ctx, s->report, &placement);
}

bool summary_read(summary *s, int *exit_out) {
    double bands[SUMMARY_MOST_BANDS];
    hf_report_options options;
    hf_report_options_init(&options);
    options.home = s->p->home_place.name;
    options.breakdown = s->by;
    options.suppress = s->suppress;
    options.round_to = s->round_to;
    if (!set_bands(s, bands, &options)) {
        *exit_out = CLI_WRONG_USAGE;
        return false;
    }
    hf_annotate_options *reading = &s->p->options;
    reading->row = add_row;
    reading->row_user = s;
    reading->kept_columns = &s->by;
    reading->n_kept_columns = s->by != NULL;
    s->by_codes = s->by && hf_ssda903_field_of(s->by, &s->by_field);
    hf_status status = open_report(s, &options);
    status = status ? status : placements_read(s->p, -1, &s->read);
    if (status) {
        *exit_out = session_failed(&s->p->s, status);
    }
    return !status;
}

static bool holds(const summary_area *area, size_t authority) {
    size_t i = 0;
    while (i < area->n && area->authorities[i] != authority) {
        i++;
    }
    return i < area->n;
}

size_t summary_find_destination(const summary *s, size_t authority,
                                const hf_report_destination *list, size_t n) {
    const char *group = hf_grouping_name(s->grouping, authority);
    size_t found = 0;
    while (found < n && strcmp(list[found].name, group) != 0) {
        found++;
    }
    for (size_t a = 0; a < s->n_areas && found == n; a++) {
        if (holds(&s->areas[a], authority)) {
            found = 0;
            while (found < n &&
                   strcmp(list[found].name, s->areas[a].name) != 0) {
                found++;
            }
        }
    }
    return found;
}

void summary_print_rule(const summary *s) {
    if (!s->suppress && !s->round_to) {
        fputs("howfar: small counts are shown: not for publication\n", stderr);
    }
}

/* Of a return, what a table of the Department's leaves out and counts. The
 * number is published, so it is protected as the others are. */
static void add_return(const summary *s, hf_document *document) {
    static const char what[] = "of legal status V3 or V4, left out";
    char text[160];
    uint64_t n = s->short_breaks;
    if (n && s->round_to) {
        n = (n + s->round_to / 2) / s->round_to * s->round_to;
        snprintf(text, sizeof text, "%" PRIu64 " (rounded) %s", n, what);
    } else if (n && n <= s->suppress) {
        snprintf(text, sizeof text, "c (number withheld) %s", what);
    } else {
        snprintf(text, sizeof text, "%" PRIu64 " %s", n, what);
    }
    hf_document_fact(document, "short_breaks", "Short breaks", text);
    hf_document_fact(document, "counted", "Counted",
                     "every other row of the file; the Department counts the "
                     "children who are looked after on 31 March");
}

void summary_add_facts(const summary *s, hf_document *document) {
    char text[128];
    if (s->has_areas) {
        hf_document_fact(document, "areas", "Areas",
                         s->p->options.origin == HF_ORIGIN_BORDER
                             ? "a placement known only by an authority or a "
                               "group is measured to the nearest border of that"
                             : "a placement known only by an authority or a "
                               "group is measured to its centre; in the home "
                               "authority its distance is not known");
    }
    if (s->is_dfe && s->has_return) {
        add_return(s, document);
    }
    if (s->rows_without_count) {
        snprintf(text, sizeof text,
                 "%" PRIu64
                 " row%s whose number of children is no whole number",
                 s->rows_without_count, s->rows_without_count == 1 ? "" : "s");
        hf_document_fact(document, "left_out", "Left out", text);
    }
}

void summary_close(summary *s) {
    for (size_t i = 0; i < s->n_areas; i++) {
        free(s->areas[i].name);
        free(s->areas[i].authorities);
    }
    free(s->areas);
    s->areas = NULL;
    s->n_areas = 0;
    hf_annotate_summary_free(s->read);
    hf_report_free(s->report);
    hf_grouping_free(s->grouping);
    s->read = NULL;
    s->report = NULL;
    s->grouping = NULL;
}
