/* The claim check: does a figure fit, by which definition, and where? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/check.h"
#include "cli/commands.h"
#include "cli/words.h"

/* Rows of a table, and towns in a line, unless all are asked for. */
#define MOST_ROWS ((size_t)8)
#define M2_PER_SQUARE_MILE (HF_METRES_PER_MILE * HF_METRES_PER_MILE)

static const char *name_of(const check *c, size_t authority) {
    return hf_boundaries_authority(c->s.set, authority)->name;
}

static size_t rows_shown(const check *c, size_t n) {
    return c->is_all || n < MOST_ROWS ? n : MOST_ROWS;
}

static void note_rest(const check *c, hf_document *document, size_t n,
                      const char *things) {
    size_t shown = rows_shown(c, n);
    if (shown < n) {
        char text[160];
        snprintf(text, sizeof text, "The first %zu of %zu %s; --all has all.",
                 shown, n, things);
        hf_document_note(document, text);
    }
}

/* ---- tables ------------------------------------------------------------- */

static void add_off(const check *c, hf_document *document,
                    const hf_claim_fit *fit) {
    hf_document_text(document, fit->fits ? "yes" : "no");
    if (fit->fits) {
        hf_document_text(document, "");
        return;
    }
    char text[64];
    snprintf(text, sizeof text, "%.1f %s too %s",
             check_in_unit(c, fabs(fit->off_m)), check_unit(c),
             fit->off_m >= 0 ? "many" : "few");
    hf_document_text(document, text);
}

static void add_measures(const check *c, hf_document *document) {
    bool is_km = strcmp(check_unit(c), "km") == 0;
    hf_column_type miles = is_km ? HF_COLUMN_DETAIL : HF_COLUMN_NUMBER;
    hf_column_type km = is_km ? HF_COLUMN_NUMBER : HF_COLUMN_DETAIL;
    hf_document_table(document, "definitions", "");
    hf_document_column(document, "definition", "", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "miles", "miles", miles, 1);
    hf_document_column(document, "miles_to", "to", miles, 1);
    hf_document_column(document, "km", "km", km, 1);
    hf_document_column(document, "km_to", "to", km, 1);
    hf_document_column(document, "fits", "fits", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "off", "claimed", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "miles_off", "", HF_COLUMN_DETAIL, 1);
    for (int k = 0; k < HF_CLAIM_MEASURES; k++) {
        const hf_claim_fit *fit = &c->fits.of[k];
        if (!fit->applies) {
            continue;
        }
        bool is_range = k >= HF_CLAIM_ANY;
        bool is_pair = !c->fits.of[HF_CLAIM_ANY].applies;
        hf_document_text(document, is_pair ? "point to point"
                                           : hf_claim_measure_name(
                                                 (hf_claim_measure_kind)k));
        double scales[] = {HF_METRES_PER_MILE, 1000};
        for (size_t i = 0; i < 2; i++) {
            hf_document_number(document, fit->least_m / scales[i]);
            if (is_range || fit->most_m > fit->least_m) {
                hf_document_number(document, fit->most_m / scales[i]);
            } else {
                hf_document_blank(document);
            }
        }
        add_off(c, document, fit);
        hf_document_number(document, hf_miles_from_m(fit->off_m));
    }
}

static void add_areas(const check *c, hf_document *document) {
    const hf_claim_ground *ground = c->ground;
    char caption[256];
    snprintf(caption, sizeof caption, "As far from %s%.160s",
             c->from.kind == HF_PLACE_POINT ? "" : "the centre of ",
             c->from.name);
    hf_document_table(document, "authorities", caption);
    hf_document_column(document, "code", "", HF_COLUMN_DETAIL, 0);
    hf_document_column(document, "authority", "authority", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "share_percent", "% of its area",
                       HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "square_miles", "square miles",
                       HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "square_km", "", HF_COLUMN_DETAIL, 3);
    if (ground->has_postcodes) {
        hf_document_column(document, "postcodes", "postcodes", HF_COLUMN_COUNT,
                           0);
        hf_document_column(document, "of_postcodes", "of", HF_COLUMN_COUNT, 0);
    }
    for (size_t i = 0; i < rows_shown(c, ground->n_areas); i++) {
        const hf_claim_area *area = &ground->areas[i];
        hf_document_text(
            document, hf_boundaries_authority(c->s.set, area->authority)->code);
        hf_document_text(document, name_of(c, area->authority));
        hf_document_number(document, 100 * area->fitting_m2 / area->area_m2);
        hf_document_number(document, area->fitting_m2 / M2_PER_SQUARE_MILE);
        hf_document_number(document, area->fitting_m2 / 1e6);
        if (ground->has_postcodes) {
            hf_document_count(document, area->fitting_postcodes);
            hf_document_count(document, area->postcodes);
        }
    }
    note_rest(c, document, ground->n_areas, "authorities");
}

static void add_districts(const check *c, hf_document *document) {
    const hf_claim_ground *ground = c->ground;
    hf_document_table(document, "districts", "");
    hf_document_column(document, "district", "district", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "near", "near", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "authority", "authority", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "postcodes", "postcodes", HF_COLUMN_COUNT, 0);
    hf_document_column(document, "of_postcodes", "of", HF_COLUMN_COUNT, 0);
    for (size_t i = 0; i < rows_shown(c, ground->n_districts); i++) {
        const hf_claim_district *d = &ground->districts[i];
        hf_document_text(document, d->name);
        hf_document_text(document, d->near);
        hf_document_text(document, name_of(c, d->authority));
        hf_document_count(document, d->fitting_postcodes);
        hf_document_count(document, d->postcodes);
    }
    note_rest(c, document, ground->n_districts, "districts");
    if (ground->left_out) {
        char text[160];
        snprintf(text, sizeof text,
                 "%zu district%s with five postcodes or fewer that fit %s left "
                 "out.",
                 ground->left_out, ground->left_out == 1 ? "" : "s",
                 ground->left_out == 1 ? "is" : "are");
        hf_document_note(document, text);
    }
}

static void add_towns(const check *c, hf_document *document) {
    const hf_claim_ground *ground = c->ground;
    hf_document_table(document, "towns", "");
    hf_document_column(document, "town", "town", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "authority", "authority", HF_COLUMN_TEXT, 0);
    bool is_km = strcmp(check_unit(c), "km") == 0;
    hf_document_column(document, "miles", "miles",
                       is_km ? HF_COLUMN_DETAIL : HF_COLUMN_NUMBER, 1);
    hf_document_column(document, "km", "km",
                       is_km ? HF_COLUMN_NUMBER : HF_COLUMN_DETAIL, 1);
    for (size_t i = 0; i < rows_shown(c, ground->n_towns); i++) {
        hf_document_text(document, ground->towns[i].name);
        hf_document_text(document, name_of(c, ground->towns[i].authority));
        hf_document_number(document, hf_miles_from_m(ground->towns[i].dist_m));
        hf_document_number(document, ground->towns[i].dist_m / 1000);
    }
    note_rest(c, document, ground->n_towns, "towns");
}

/* ---- what it rests on --------------------------------------------------- */

static void add_claim_fact(const check *c, hf_document *document) {
    char taken[128], rounded[128];
    words w = {.len = 0};
    hf_claim about;
    hf_claim_describe(&c->claim, taken, sizeof taken);
    say(&w, "%s is taken as %s", c->claim.text, taken);
    char text[96];
    int len = snprintf(text, sizeof text, "about %s", c->claim.text);
    if (c->claim.kind == HF_CLAIM_FIGURE && len > 0 &&
        (size_t)len < sizeof text &&
        !hf_claim_parse(c->s.ctx, text, (size_t)len, &about) &&
        about.high_m > c->claim.high_m) {
        hf_claim_describe(&about, rounded, sizeof rounded);
        say(&w, "; \"%s\" would be %s", about.text, rounded);
    }
    hf_document_fact(document, "claim", "Claim", w.text);
}

static void add_towns_fact(const check *c, hf_document *document) {
    const hf_claim_ground *ground = c->ground;
    words w = {.len = 0};
    size_t shown = rows_shown(c, ground->n_towns);
    for (size_t i = 0; i < shown; i++) {
        say(&w, "%s%s", i ? ", " : "", ground->towns[i].name);
    }
    if (shown < ground->n_towns) {
        say(&w, " and %zu more", ground->n_towns - shown);
    }
    hf_document_fact(document, "towns", "Towns", w.text);
}

static void add_postcodes_fact(const check *c, hf_document *document) {
    const hf_postcodes *index;
    if (!c->ground->has_postcodes) {
        hf_document_fact(document, "postcodes", "Postcodes",
                         "none imported: with howfar postcodes import FILE "
                         "the districts that fit are listed");
        return;
    }
    if (hf_places_postcodes(c->s.ctx, c->s.places, &index)) {
        return;
    }
    const hf_postcodes_info *info = hf_postcodes_get_info(index);
    words w = {.len = 0};
    say(&w, "%s", info->product);
    if (info->year) {
        say(&w, " %04d-%02d", info->year, info->month);
    }
    say(&w, "; an authority's are those that it assigns to it%s",
        info->has_life ? " and that are in use" : "");
    hf_document_fact(document, "postcodes", "Postcodes", w.text);
}

static void add_place_notes(const check *c, hf_document *document) {
    if (*c->from.note) {
        hf_document_fact(document, "from_note", "Note", c->from.note);
    }
    if (*c->to.note) {
        hf_document_fact(document, "to_note", "Note", c->to.note);
    }
    const hf_place *places[] = {&c->from, &c->to};
    const char *typed[] = {c->from_text, c->to_text};
    const char *keys[] = {"from_town", "to_town"};
    for (size_t i = 0; i < 2; i++) {
        if (places[i]->is_also_town) {
            words w = {.len = 0};
            say(&w,
                "%.80s is taken for the authority; \"%.80s town\" is the town",
                typed[i], typed[i]);
            hf_document_fact(document, keys[i], "Note", w.text);
        }
    }
}

static void add_facts(const check *c, hf_document *document) {
    add_claim_fact(c, document);
    if (c->ground->n_areas) {
        hf_document_fact(document, "share", "Share",
                         "of the authority's area, between circles of the "
                         "claim's limits: geodesic, computed, not sampled");
        if (c->ground->has_postcodes && c->ground->n_towns) {
            add_towns_fact(c, document);
        }
        add_postcodes_fact(c, document);
    }
    hf_document_fact(document, "road", "Road",
                     "1.2 to 1.3 is a rule of thumb and no measurement; more "
                     "across water and over short distances (on such factors: "
                     "Ballou, Rahardja and Sakai, Transportation Research A "
                     "36, 2002, 843-848)");
    add_place_notes(c, document);
    session_add_facts(&c->s, document);
}

/* ---- the command -------------------------------------------------------- */

/* Where in a place a claim fits; nowhere that could be told, where home or
 * destination is coarse. */
static hf_status find_ground(check *c, const hf_claim *claim,
                             const hf_place *to, hf_claim_ground **out) {
    session *s = &c->s;
    return hf_claim_find(s->ctx, s->set, s->places, claim, &c->from,
                         check_is_coarse(c) ? &c->from : to, out);
}

/* Where else it would fit. */
static hf_status find_elsewhere(check *c) {
    size_t n = hf_boundaries_count(c->s.set);
    hf_place all = {.kind = HF_PLACE_GROUP, .n_members = n};
    all.members = calloc(n ? n : 1, sizeof *all.members);
    if (!all.members) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        all.members[i] = i;
    }
    hf_status status = find_ground(c, &c->claim, &all, &c->elsewhere);
    free(all.members);
    return status;
}

static hf_status find_out(check *c) {
    session *s = &c->s;
    hf_status status =
        hf_claim_measure(s->ctx, s->set, &c->claim, &c->from, &c->to, &c->fits);
    c->straight = hf_claim_by_road(&c->claim);
    c->straight_fits = c->fits;
    if (!status) {
        hf_claim_hold(&c->straight, &c->straight_fits);
        status = find_ground(c, &c->claim, &c->to, &c->ground);
    }
    if (!status) {
        status = find_ground(c, &c->straight, &c->to, &c->straight_ground);
    }
    return status || c->fits.fits ? status : find_elsewhere(c);
}

static int answer(check *c) {
    hf_document *document;
    hf_status status = find_out(c);
    status = status ? status : hf_document_new(c->s.ctx, &document);
    if (status) {
        return session_failed(&c->s, status);
    }
    check_add_sentences(c, document);
    add_measures(c, document);
    if (c->ground->n_areas) {
        add_areas(c, document);
    }
    if (c->ground->n_districts || c->ground->left_out) {
        add_districts(c, document);
    } else if (c->ground->n_towns) {
        add_towns(c, document);
    }
    add_facts(c, document);
    int status_out = session_print(&c->s, document);
    return !status_out && c->is_strict && !c->fits.fits ? CLI_INCOMPLETE
                                                        : status_out;
}

static hf_status parse_words(check *c, char **typed, size_t n) {
    char *text = session_join(typed, n);
    hf_status status =
        text ? hf_claim_parse(c->s.ctx, text, strlen(text), &c->claim)
             : HF_ERR_MEMORY;
    free(text);
    return status;
}

/* Takes the claim from the front of the words: as many as make one, and leaves
 * at least one for the place. */
static hf_status take_claim(check *c, char **typed, size_t n,
                            size_t *out_used) {
    for (size_t used = n - 1; used > 0; used--) {
        if (!parse_words(c, typed, used)) {
            *out_used = used;
            return HF_OK;
        }
    }
    return parse_words(c, typed, n - 1);
}

static int run_check(check *c, char **typed, size_t n) {
    int status;
    if (!session_open(&c->s, false, &status)) {
        return status;
    }
    size_t used = 0;
    hf_status claimed = take_claim(c, typed, n, &used);
    if (claimed) {
        return session_failed(&c->s, claimed);
    }
    char *to = session_join(typed + used, n - used);
    if (!to) {
        cli_error("out of memory");
        return CLI_COULD_NOT;
    }
    c->to_text = to;
    if (session_resolve(&c->s, c->from_text, &c->from, &status) &&
        session_resolve(&c->s, to, &c->to, &status)) {
        status = answer(c);
    }
    free(to);
    return status;
}

static int run(int argc, char **argv) {
    check c = {.is_strict = false};
    session_init(&c.s);
    hf_place_init(&c.from);
    hf_place_init(&c.to);
    const cli_option own[] = {
        {"from", 0, CLI_TEXT, (void *)&c.from_text, "PLACE",
         "where from: an authority, a group, a point"},
        {"all", 0, CLI_FLAG, &c.is_all, NULL,
         "all authorities, districts and towns that fit"},
        {"strict", 0, CLI_FLAG, &c.is_strict, NULL,
         "exit status 3 when no straight line fits"},
        {0}};
    cli_options options = {{own, session_options(&c.s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_check, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n < 2 || !c.from_text) {
        cli_error(
            "which figure, where, from where? howfar check 429 Scotland "
            "--from Hertfordshire");
        return CLI_WRONG_USAGE;
    }
    status = run_check(&c, argv, n);
    hf_claim_ground_free(c.ground);
    hf_claim_ground_free(c.straight_ground);
    hf_claim_ground_free(c.elsewhere);
    hf_place_reset(&c.from);
    hf_place_reset(&c.to);
    session_close(&c.s);
    return status;
}

const cli_command command_check = {
    "check", "check FIGURE PLACE --from PLACE",
    "whether a claimed distance fits, by which definition, and where",
    "A figure is 429, 429 miles, 690km, about 430, over 400, at least 400,\n"
    "under 300, up to 300, nearly 400 or 400-450: miles unless it says km.",
    run};
