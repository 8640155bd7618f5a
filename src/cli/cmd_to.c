/* The question: how far is X from Y? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "cli/words.h"

/* Everything that is known before the answer is put into words. */
typedef struct question {
    session *s;
    const char *to_text; /* as typed */
    hf_place from, to;
    hf_distances d;
    /* for a destination that is a point: the authority it lies in */
    hf_location location;
    size_t by_boundaries; /* as the boundaries have it */
    /* where the origin is one authority: categories of the destination's
     * authorities */
    bool has_category;
    size_t by_category[HF_CATEGORY_COUNT];
    hf_category *categories; /* of each member, or of the point's authority */
} question;

static const char *authority_name(const question *q, size_t authority) {
    return authority == HF_NOWHERE
               ? ""
               : hf_boundaries_authority(q->s->set, authority)->name;
}

/* ---- finding out ------------------------------------------------------------
 */

static hf_status classify(question *q) {
    bool is_point = q->to.kind == HF_PLACE_POINT;
    size_t n = is_point ? 1 : q->to.n_members;
    const size_t *members = is_point ? &q->location.authority : q->to.members;
    q->categories = calloc(n, sizeof *q->categories);
    if (!q->categories) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        hf_status status =
            hf_classify(q->s->ctx, q->s->adjacency, q->from.members[0],
                        members[i], &q->categories[i]);
        if (status) {
            return status;
        }
        q->by_category[q->categories[i]]++;
    }
    q->has_category = true;
    return HF_OK;
}

/* A point that may be miles off says nothing of the authority it lies in. */
#define COARSE_M 10000.0

static bool is_coarse(const hf_place *place) {
    return place->kind == HF_PLACE_POINT && place->precision_m >= COARSE_M;
}

static hf_status find_out(question *q) {
    session *s = q->s;
    q->location = (hf_location){HF_NOWHERE, NAN};
    q->by_boundaries = HF_NOWHERE;
    hf_status status =
        hf_distance_between(s->ctx, s->set, &q->from, &q->to, &q->d);
    if (!status && q->to.kind == HF_PLACE_POINT && !is_coarse(&q->to)) {
        status = hf_locate(s->ctx, s->set, q->to.point, HF_LOCATE_COAST_M,
                           &q->location);
        q->by_boundaries = q->location.authority;
        if (q->to.assigned != HF_NOWHERE) {
            q->location = (hf_location){q->to.assigned, 0};
        }
    }
    if (!status && q->from.kind == HF_PLACE_AUTHORITY && !is_coarse(&q->to)) {
        status = classify(q);
    }
    return status;
}

/* ---- in words
 * ---------------------------------------------------------------- */

/* "57.48,-4.22 (in Highland)". */
static void say_destination(words *w, const question *q) {
    say(w, "%s", q->to.name);
    if (q->to.kind == HF_PLACE_POINT && q->location.authority != HF_NOWHERE) {
        say(w, " (in %s)", authority_name(q, q->location.authority));
    }
}

static void say_distance(words *w, const question *q) {
    bool from_area = q->from.kind != HF_PLACE_POINT;
    bool to_area = q->to.kind != HF_PLACE_POINT;
    say_destination(w, q);
    say(w, " is ");
    if (is_coarse(&q->from) || is_coarse(&q->to)) {
        double off_m = fmax(is_coarse(&q->from) ? q->from.precision_m : 0,
                            is_coarse(&q->to) ? q->to.precision_m : 0);
        say(w,
            "about %.0f miles from %s%s in a straight line, give or take %.0f.",
            hf_miles_from_m(q->d.centre.dist_m),
            from_area ? "the centre of " : "", q->from.name,
            hf_miles_from_m(off_m));
        return;
    }
    say_miles(w, q->d.centre.dist_m);
    if (from_area && to_area) {
        say(w, " from %s in a straight line, centre to centre: ", q->from.name);
        if (q->d.nearest.dist_m > 0) {
            say_miles(w, q->d.nearest.dist_m);
            say(w, " at the nearest, ");
        } else {
            say(w, "they %s, and are ", q->d.overlap ? "overlap" : "touch");
        }
        say_miles(w, q->d.farthest.dist_m);
        say(w, "%s at the farthest.", q->d.nearest.dist_m > 0 ? "" : " apart");
        return;
    }
    say(w, " from %s%s in a straight line", from_area ? "the centre of " : "",
        q->from.name);
    if (!from_area && !to_area) {
        say(w, ".");
        return;
    }
    say(w, "%s, ", !from_area ? " to its centre" : "");
    if (q->d.overlap) {
        say(w, "and lies within %s.", from_area ? q->from.name : q->to.name);
    } else {
        say_miles(w, q->d.nearest.dist_m);
        say(w, " %s its nearest border.", from_area ? "from" : "to");
    }
}

static void say_category(words *w, const question *q) {
    bool is_point = q->to.kind == HF_PLACE_POINT;
    size_t n = is_point ? 1 : q->to.n_members;
    size_t kinds = 0;
    for (size_t c = 0; c < HF_CATEGORY_COUNT; c++) {
        kinds += q->by_category[c] > 0;
    }
    if (q->by_category[HF_CATEGORY_UNKNOWN]) {
        say(w,
            "It lies outside every authority of the boundary set, so its "
            "category is unknown.");
        return;
    }
    say(w, "A placement there is ");
    if (kinds == 1) {
        say(w, "%s.", hf_category_name(q->categories[0]));
        return;
    }
    static const hf_category order[] = {
        HF_CATEGORY_IN_COUNTY, HF_CATEGORY_NEIGHBOURING, HF_CATEGORY_DISTANT};
    size_t told = 0;
    for (size_t c = 0; c < sizeof order / sizeof *order; c++) {
        if (!q->by_category[order[c]]) {
            continue;
        }
        say(w, "%s%s in ", told ? ", " : "", hf_category_name(order[c]));
        if (q->by_category[order[c]] > 6) {
            say(w, "%s%zu", told ? "the other " : "", q->by_category[order[c]]);
        } else {
            size_t named = 0;
            for (size_t i = 0; i < n; i++) {
                if (q->categories[i] == order[c]) {
                    named++;
                    say(w, "%s%s",
                        named == 1                          ? ""
                        : named == q->by_category[order[c]] ? " and "
                                                            : ", ",
                        authority_name(q, q->to.members[i]));
                }
            }
        }
        told++;
    }
    say(w, ".");
}

static void add_sentences(const question *q, hf_document *document) {
    words w = {.len = 0};
    bool is_home = q->from.kind == HF_PLACE_AUTHORITY &&
                   q->to.kind == HF_PLACE_AUTHORITY &&
                   q->from.members[0] == q->to.members[0];
    if (is_home) {
        say(&w, "%s is the home authority itself: ", q->to.name);
        say_miles(&w, q->d.farthest.dist_m);
        say(&w, " from end to end.");
    } else {
        say_distance(&w, q);
    }
    hf_document_sentence(document, w.text);
    if (q->has_category) {
        words c = {.len = 0};
        say_category(&c, q);
        hf_document_sentence(document, c.text);
    }
}

/* ---- as a table
 * --------------------------------------------------------------- */

static void add_end(const question *q, hf_document *document,
                    const hf_place *place, size_t authority) {
    hf_document_text(document, authority == HF_NOWHERE
                                   ? place->name
                                   : authority_name(q, authority));
}

static void add_line(const question *q, hf_document *document, const char *name,
                     const hf_line *line) {
    hf_document_text(document, name);
    hf_document_number(document, hf_miles_from_m(line->dist_m));
    hf_document_number(document, line->dist_m / 1000);
    add_end(q, document, &q->from, line->from_authority);
    add_end(q, document, &q->to, line->to_authority);
    hf_document_number(document, line->from.lat_deg);
    hf_document_number(document, line->from.lon_deg);
    hf_document_number(document, line->to.lat_deg);
    hf_document_number(document, line->to.lon_deg);
}

static void add_table(const question *q, hf_document *document) {
    hf_document_table(document, "distances", "");
    hf_document_column(document, "measure", "", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "miles", "miles", HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "km", "km", HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "from", "from", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "to", "to", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "from_lat", "", HF_COLUMN_DETAIL, 6);
    hf_document_column(document, "from_lon", "", HF_COLUMN_DETAIL, 6);
    hf_document_column(document, "to_lat", "", HF_COLUMN_DETAIL, 6);
    hf_document_column(document, "to_lon", "", HF_COLUMN_DETAIL, 6);
    if (q->from.kind == HF_PLACE_POINT && q->to.kind == HF_PLACE_POINT) {
        add_line(q, document, "distance", &q->d.centre);
        return;
    }
    add_line(q, document, "nearest", &q->d.nearest);
    add_line(q, document, "centre", &q->d.centre);
    if (q->from.kind != HF_PLACE_POINT && q->to.kind != HF_PLACE_POINT) {
        add_line(q, document, "farthest from the border", &q->d.reach);
    }
    add_line(q, document, "farthest", &q->d.farthest);
}

/* ---- what it rests on
 * ----------------------------------------------------------- */

static void add_category_fact(const question *q, hf_document *document) {
    words w = {.len = 0};
    for (size_t c = HF_CATEGORY_COUNT; c-- > 0;) {
        if (q->by_category[c]) {
            say(&w, "%s%s", w.len ? ", " : "",
                hf_category_name((hf_category)c));
        }
    }
    hf_document_fact(document, "category", "Category", w.text);
    char rule[512];
    session_rule_text(q->s, q->from.name, rule, sizeof rule);
    hf_document_fact(document, "category_rule", "Rule", rule);
}

static void add_point_facts(const question *q, hf_document *document) {
    char text[320];
    if (q->location.authority != q->by_boundaries) {
        const char *other = authority_name(q, q->by_boundaries);
        snprintf(text, sizeof text,
                 "the postcode directory says %.80s, the boundaries %.80s: the "
                 "directory is followed",
                 authority_name(q, q->location.authority),
                 *other ? other : "no authority");
        hf_document_fact(document, "disagreement", "Note", text);
    }
    if (q->location.offshore_m > 0 && q->location.authority != HF_NOWHERE) {
        snprintf(text, sizeof text,
                 "the point lies %.0f m outside every authority and is given "
                 "to the nearest (within %.0f m)",
                 q->location.offshore_m, HF_LOCATE_COAST_M);
        hf_document_fact(document, "offshore", "Note", text);
    }
    const hf_place *places[] = {&q->from, &q->to};
    for (size_t i = 0; i < 2; i++) {
        if (places[i]->kind == HF_PLACE_POINT &&
            places[i]->precision_m >= 100 && !*places[i]->note) {
            snprintf(text, sizeof text, "%.80s is given to within %.0f m",
                     places[i]->name, places[i]->precision_m);
            hf_document_fact(document, i ? "to_precision" : "from_precision",
                             "Note", text);
        }
    }
}

static void add_facts(const question *q, hf_document *document) {
    if (q->has_category) {
        add_category_fact(q, document);
    } else if (is_coarse(&q->to)) {
        hf_document_fact(document, "category", "Category",
                         "unknown: the place is known too coarsely");
    }
    if (*q->from.note) {
        hf_document_fact(document, "from_note", "Note", q->from.note);
    }
    if (*q->to.note) {
        hf_document_fact(document, "to_note", "Note", q->to.note);
    }
    if (q->to.is_also_town) {
        char text[256];
        snprintf(text, sizeof text,
                 "%.80s is taken for the authority; \"%.80s town\" is the town",
                 q->to_text, q->to_text);
        hf_document_fact(document, "to_town", "Note", text);
    }
    add_point_facts(q, document);
    const hf_boundaries_info *info = hf_boundaries_get_info(q->s->set);
    double nearest_m = q->d.nearest.dist_m;
    if (info->resolution_m >= 200 && nearest_m > 0 &&
        nearest_m < HF_METRES_PER_MILE) {
        char text[160];
        snprintf(text, sizeof text,
                 "borders of a %g m file are too coarse for distances under a "
                 "mile",
                 info->resolution_m);
        hf_document_fact(document, "caution", "Caution", text);
    }
    session_add_facts(q->s, document);
}

/* ---- the command
 * ------------------------------------------------------------------ */

static int answer(question *q) {
    hf_document *document;
    hf_status status = find_out(q);
    status = status ? status : hf_document_new(q->s->ctx, &document);
    if (status) {
        return session_failed(q->s, status);
    }
    add_sentences(q, document);
    add_table(q, document);
    add_facts(q, document);
    return session_print(q->s, document);
}

static int run(int argc, char **argv) {
    session s;
    session_init(&s);
    const char *from = NULL;
    const cli_option own[] = {{"from", 0, CLI_TEXT, (void *)&from, "PLACE",
                               "where from: an authority, a group, a point"},
                              {0}};
    cli_options options = {
        {own, session_adjoining_options(&s), session_options(&s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_to, &options, argc, argv, &n, &status)) {
        return status;
    }
    char *to = session_join(argv, n);
    if (!to || !from) {
        cli_error(
            "how far is what from where? "
            "howfar Scotland --from Hertfordshire");
        free(to);
        return CLI_WRONG_USAGE;
    }
    question q = {.s = &s, .to_text = to};
    hf_place_init(&q.from);
    hf_place_init(&q.to);
    if (session_open(&s, true, &status) &&
        session_resolve(&s, from, &q.from, &status) &&
        session_resolve(&s, to, &q.to, &status)) {
        status = answer(&q);
    }
    free(q.categories);
    hf_place_reset(&q.from);
    hf_place_reset(&q.to);
    free(to);
    session_close(&s);
    return status;
}

const cli_command command_to = {
    "to", "[to] PLACE --from PLACE", "how far one place is from another",
    "A place is an authority, a code, a group such as Scotland or London, a\n"
    "latitude and longitude, an easting and northing, a grid reference, a\n"
    "postcode (see howfar postcodes) or a part of one.",
    run};
