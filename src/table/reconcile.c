#include "table/reconcile.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/location.h"

/* The least distance that is "unknown", whatever its decimals. */
#define UNKNOWN_LEAST 999.85
/* And the greatest that is valid. */
#define VALID_MOST 999.9001

static const hf_reconcile_rule rules[HF_RECONCILE_RULES] = {
    {"392a", "PL_DISTANCE", "missing"},
    {"398", "PL_DISTANCE", "given for short breaks (V3 or V4)"},
    {"406", "PL_DISTANCE", "given for a UASC"},
    {"164", "PL_DISTANCE", "not a number between 0.0 and 999.9"},
    {"distance", "PL_DISTANCE", "more than 0.2 mile off the official formula"},
    {"unknown", "PL_DISTANCE", "999.9 (not known), though both places are"},
    {"169", "PL_LA", "missing, or no code of a return"},
    {"420", "PL_LA", "given for short breaks (V3 or V4)"},
    {"authority", "PL_LA", "not the authority of the placement's postcode"},
    {"179", "PL_LOCATION", "missing, or neither IN nor OUT"},
    {"411", "PL_LOCATION", "IN, but PL_LA is not the responsible authority"},
    {"location", "PL_LOCATION", "not where the placement's postcode lies"},
    {"453, 503G", "PL_DISTANCE",
     "more than 0.2 mile off the same episode in last year's file"},
    {"503G", "PL_DISTANCE", "not that of the same episode in last year's file"},
};

const hf_reconcile_rule *hf_reconcile_get_rule(size_t rule) {
    assert(rule < HF_RECONCILE_RULES);
    return &rules[rule];
}

void hf_reconcile_options_init(hf_reconcile_options *options) {
    *options = (hf_reconcile_options){.previous_fd = -1};
    hf_annotate_options_init(&options->annotate);
}

enum {
    PL_DISTANCE,
    PL_LOCATION,
    PL_LA,
    LA_PLACEMENT,
    CHILD,
    DECOM,
    RNE,
    N_KEPT
};
static const char *const kept[N_KEPT] = {"PL_DISTANCE",  "PL_LOCATION", "PL_LA",
                                         "LA_PLACEMENT", "CHILD",       "DECOM",
                                         "RNE"};

typedef struct run {
    hf_context *ctx;
    const hf_boundaries *set;
    const hf_reconcile_options *options;
    const char *label;
    hf__las *las;
    hf__last_year *last; /* NULL: none */
    hf__buf scratch;
    hf_reconcile_summary sum;
} run;

/* A row on its way through the rules. */
typedef struct checked {
    const hf_annotated_row *row;
    const hf_ssda903_row *should;
    hf__str miles, location, la; /* cells; `at` NULL: the file lacks them */
    hf__la meaning;              /* of `la` */
    bool is_found;
} checked;

/* ---- telling ---- */

static hf_status tell(run *r, checked *c, hf__rule rule, const char *says,
                      const char *should, const char *mistake) {
    hf_reconcile_summary *sum = &r->sum;
    uint64_t n = sum->by_rule[rule]++;
    sum->findings++;
    sum->rows_found += !c->is_found;
    c->is_found = true;
    if (n < 10) {
        sum->first_rows[rule][n] = c->row->number;
    }
    hf_reconcile_finding finding = {.row = c->row->number,
                                    .rule = rule,
                                    .says = says,
                                    .should = should,
                                    .mistake = mistake};
    return r->options->found
               ? r->options->found(r->options->found_user, &finding)
               : HF_OK;
}

/* A distance as a return writes it; "" for NaN. */
static const char *miles_text(double miles, char text[HF__FIXED_ROOM]) {
    size_t len = hf__format_fixed(text, miles, 1);
    text[len] = '\0';
    return text;
}

/* What a PL_DISTANCE should be, "?" where it can't be told. */
static const char *should_miles(const hf_ssda903_row *should,
                                char text[HF__FIXED_ROOM]) {
    return should->has_miles && isnan(should->miles)
               ? "?"
               : miles_text(should->miles, text);
}

static const char *location_text(hf_ssda903_location location) {
    return location == HF_SSDA903_IN    ? "IN"
           : location == HF_SSDA903_OUT ? "OUT"
                                        : "?";
}

static const char *should_la(const hf_ssda903_row *should) {
    return should->is_short_break ? "" : should->la[0] ? should->la : "?";
}

/* ---- distances ---- */

/* How a number of the file is shown; "" for NaN. */
static const char *number_text(double miles, char text[HF__FIXED_ROOM]) {
    return fabs(miles) >= 1e6 ? "(number)" : miles_text(miles, text);
}

static hf_status check_given_miles(run *r, checked *c, double miles) {
    const hf_ssda903_row *should = c->should;
    char text[HF__FIXED_ROOM], right[HF__FIXED_ROOM];
    const char *shown = number_text(miles, text);
    if (!(miles >= 0 && miles < VALID_MOST)) {
        return tell(r, c, HF__RULE_164, shown, should_miles(should, right), "");
    }
    bool is_computed =
        !isnan(should->miles) && should->miles < HF_SSDA903_UNKNOWN_MILES;
    if (!is_computed) {
        r->sum.unknown += miles < UNKNOWN_LEAST;
        return HF_OK;
    }
    if (miles >= UNKNOWN_LEAST) {
        return tell(r, c, HF__RULE_UNKNOWN, shown,
                    miles_text(should->miles, right), "");
    }
    if (fabs(miles - should->miles) <= HF__MILES_APART) {
        return HF_OK;
    }
    return tell(r, c, HF__RULE_DISTANCE, shown,
                miles_text(should->miles, right),
                hf__mistake_of_distance(should, miles));
}

static hf_status check_miles(run *r, checked *c) {
    const hf_ssda903_row *should = c->should;
    char says[HF__FIXED_ROOM], right[HF__FIXED_ROOM];
    double miles = NAN;
    if (!c->miles.at) {
        return HF_OK;
    }
    bool is_number = hf__read_degrees(c->miles, &miles);
    const char *shown = is_number ? number_text(miles, says) : "(text)";
    if (!c->miles.len) {
        return should->has_miles ? tell(r, c, HF__RULE_392A, "",
                                        should_miles(should, right), "")
                                 : HF_OK;
    }
    if (!should->has_miles) {
        return tell(r, c, should->is_short_break ? HF__RULE_398 : HF__RULE_406,
                    shown, "", "");
    }
    return is_number ? check_given_miles(r, c, miles)
                     : tell(r, c, HF__RULE_164, shown,
                            should_miles(should, right), "");
}

/* ---- authorities ---- */

/* A cell as it may be shown. */
static const char *shown_la(hf__str cell, char text[16]) {
    if (!cell.at || !hf__la_is_code(cell)) {
        return cell.len ? "(text)" : "";
    }
    memcpy(text, cell.at, cell.len);
    text[cell.len] = '\0';
    return text;
}

/* What the file says is the authority that it should be. */
static bool is_same_authority(const run *r, const checked *c) {
    const char *la = c->should->la;
    size_t authority = hf_boundaries_find_code(r->set, la, strlen(la));
    if (c->meaning.kind == HF__LA_CONFIDENTIAL) {
        return true;
    }
    if (authority != HF_NOWHERE) {
        return hf__la_is(&c->meaning, authority);
    }
    return !strcmp(la, "NUK") ? c->meaning.kind == HF__LA_ABROAD
                              : !strcmp(la, c->meaning.country);
}

static hf_status check_la(run *r, checked *c) {
    char says[16];
    const char *shown = shown_la(c->la, says);
    if (!c->la.at) {
        return HF_OK;
    }
    if (c->should->is_short_break) {
        return c->la.len ? tell(r, c, HF__RULE_420, shown, "", "") : HF_OK;
    }
    hf__la_kind kind = c->meaning.kind;
    /* LA_PLACEMENT may hold names. */
    bool is_episode = c->row->cells[PL_LA] != NULL;
    const char *mistake = hf__mistake_of_la(kind);
    if (kind == HF__LA_NONE ||
        (*mistake && (is_episode || kind != HF__LA_NAME))) {
        return tell(r, c, HF__RULE_169, shown, should_la(c->should), mistake);
    }
    return !is_episode || !c->should->la[0] || is_same_authority(r, c)
               ? HF_OK
               : tell(r, c, HF__RULE_AUTHORITY, shown, c->should->la, "");
}

/* ---- in or out ---- */

/* IN, with the code of another authority. */
static bool is_contradiction(const checked *c) {
    hf__la_kind kind = c->meaning.kind;
    return hf__str_is_nocase(c->location, "IN") && c->la.len &&
           kind != HF__LA_NONE && kind != HF__LA_CONFIDENTIAL &&
           c->row->home != HF_NOWHERE && !hf__la_is(&c->meaning, c->row->home);
}

static hf_status check_location(run *r, checked *c) {
    const hf_ssda903_row *should = c->should;
    if (!c->location.at) {
        return HF_OK;
    }
    bool is_in = hf__str_is_nocase(c->location, "IN");
    bool is_out = hf__str_is_nocase(c->location, "OUT");
    const char *says = is_in ? "IN" : is_out ? "OUT" : "(text)";
    if (should->is_short_break) {
        return c->location.len ? tell(r, c, HF__RULE_LOCATION, says, "", "")
                               : HF_OK;
    }
    const char *right = location_text(should->location);
    if (!is_in && !is_out) {
        return tell(r, c, HF__RULE_179, c->location.len ? says : "", right, "");
    }
    bool is_other = should->location != HF_SSDA903_BLANK &&
                    is_in != (should->location == HF_SSDA903_IN);
    return is_other ? tell(r, c, HF__RULE_LOCATION, says, right, "") : HF_OK;
}

/* PL_LA and PL_LOCATION: where they contradict each other, that is the one
 * finding, and the postcode says which of them is wrong. */
static hf_status check_place(run *r, checked *c) {
    const hf_ssda903_row *should = c->should;
    hf_status status = HF_OK;
    if (c->la.at) {
        status = hf__las_find(r->ctx, r->las, c->la, &c->meaning);
    }
    if (!status && c->la.at && c->location.at && !should->is_short_break &&
        is_contradiction(c)) {
        bool is_really_in = should->location == HF_SSDA903_IN;
        char says[16];
        char both[HF__FIXED_ROOM];
        snprintf(both, sizeof both, "IN, %s", shown_la(c->la, says));
        return tell(
            r, c, HF__RULE_411, both,
            is_really_in ? should_la(should) : location_text(should->location),
            hf__mistake_of_la(c->meaning.kind));
    }
    if (!status) {
        status = check_la(r, c);
    }
    return status ? status : check_location(r, c);
}

/* ---- last year ---- */

static hf_status check_last_year(run *r, checked *c) {
    const char *const *cells = c->row->cells;
    if (!r->last) {
        return HF_OK;
    }
    if (!cells[CHILD] || !cells[DECOM]) {
        return hf__fail(r->ctx, HF_ERR_NOT_FOUND,
                        "%s: no column %s to match episodes by", r->label,
                        cells[CHILD] ? "DECOM" : "CHILD");
    }
    hf__open_episode *before =
        hf__last_year_find(r->last, hf__str_of(cells[CHILD]),
                           hf__str_of(cells[DECOM]), &r->scratch);
    if (r->scratch.failed) {
        return hf__fail_memory(r->ctx);
    }
    if (!before) {
        return HF_OK;
    }
    r->sum.matched += !before->is_found;
    before->is_found = true;
    double miles = c->should->miles;
    if (c->miles.at && !hf__read_degrees(c->miles, &miles)) {
        if (c->miles.len) {
            return HF_OK; /* said already */
        }
        miles = NAN;
    }
    bool is_blank = isnan(miles), was_blank = isnan(before->miles);
    char says[HF__FIXED_ROOM], was[HF__FIXED_ROOM];
    if (is_blank && was_blank) {
        return HF_OK;
    }
    if (!is_blank && !was_blank &&
        fabs(miles - before->miles) <= HF__MILES_APART) {
        return HF_OK;
    }
    bool is_same_reason =
        !cells[RNE] || !before->reason ||
        toupper((unsigned char)cells[RNE][0]) == before->reason;
    return tell(
        r, c,
        is_blank || was_blank || !is_same_reason ? HF__RULE_503G : HF__RULE_453,
        number_text(miles, says), number_text(before->miles, was), "");
}

/* ---- rows ---- */

static hf__str cell_of(const hf_annotated_row *row, size_t column) {
    const char *text = row->cells[column];
    return text ? hf__str_of(text) : (hf__str){NULL, 0};
}

static hf_status check_file(run *r, const hf_annotated_row *row) {
    hf_reconcile_summary *sum = &r->sum;
    if (!row->ssda903) {
        return hf__fail(r->ctx, HF_ERR_UNSUITABLE,
                        "%s: not an SSDA903 return: it has no columns LS, "
                        "HOME_POST and PL_POST, nor PL_DISTANCE and "
                        "LA_PLACEMENT",
                        r->label);
    }
    sum->has_distance = row->cells[PL_DISTANCE] != NULL;
    sum->has_location = row->cells[PL_LOCATION] != NULL;
    sum->has_la = row->cells[PL_LA] != NULL || row->cells[LA_PLACEMENT] != NULL;
    return sum->has_distance || sum->has_location || sum->has_la || r->last
               ? HF_OK
               : hf__fail(r->ctx, HF_ERR_UNSUITABLE,
                          "%s: it has none of PL_DISTANCE, PL_LOCATION and "
                          "PL_LA: there is nothing to reconcile; howfar "
                          "annotate adds them",
                          r->label);
}

static hf_status take_row(void *user, const hf_annotated_row *row) {
    run *r = user;
    hf_status status = row->number == 1 ? check_file(r, row) : HF_OK;
    if (status) {
        return status;
    }
    checked c = {.row = row,
                 .should = row->ssda903,
                 .miles = cell_of(row, PL_DISTANCE),
                 .location = cell_of(row, PL_LOCATION),
                 .la = cell_of(row, row->cells[PL_LA] ? PL_LA : LA_PLACEMENT)};
    status = check_miles(r, &c);
    if (!status) {
        status = check_place(r, &c);
    }
    return status ? status : check_last_year(r, &c);
}

/* ---- all of it ---- */

void hf_reconcile_summary_free(hf_reconcile_summary *summary) {
    if (summary) {
        hf__free((void *)(uintptr_t)summary->columns);
        hf__free(summary);
    }
}

static hf_status summarise(run *r, const hf_annotate_summary *from,
                           hf_reconcile_summary **out) {
    hf_reconcile_summary *sum = hf__calloc(1, sizeof *sum);
    char *columns = hf__strdup(from->columns);
    if (!sum || !columns) {
        hf__free(sum);
        hf__free(columns);
        return hf__fail_memory(r->ctx);
    }
    *sum = r->sum;
    sum->rows = from->rows;
    sum->columns = columns;
    sum->open_before = r->last ? hf__last_year_count(r->last) : 0;
    sum->knows_uasc = r->options->annotate.uasc || from->has_uasc;
    *out = sum;
    return HF_OK;
}

hf_status hf_reconcile(hf_context *ctx, const hf_boundaries *set,
                       const hf_places *places, const hf_adjacency *adjacency,
                       const hf_reconcile_options *options, int in_fd,
                       const char *in_label, hf_reconcile_summary **out) {
    run r = {.ctx = ctx, .set = set, .options = options, .label = in_label};
    hf_annotate_options own = options->annotate;
    hf_annotate_summary *summary = NULL;
    own.row = take_row;
    own.row_user = &r;
    own.kept_columns = kept;
    own.n_kept_columns = N_KEPT;
    own.may_lack_kept = true;
    hf_status status = hf__las_new(ctx, set, places, &r.las);
    if (!status && options->previous_fd >= 0) {
        status = hf__last_year_read(ctx, set, places, adjacency,
                                    &options->annotate, options->previous_fd,
                                    options->previous_label, &r.last);
    }
    if (!status) {
        status = hf_annotate(ctx, set, places, adjacency, &own, in_fd, in_label,
                             -1, &summary);
    }
    if (!status) {
        status = summarise(&r, summary, out);
    }
    hf_annotate_summary_free(summary);
    hf__last_year_free(r.last);
    hf__las_free(r.las);
    hf__buf_reset(&r.scratch);
    return status;
}
