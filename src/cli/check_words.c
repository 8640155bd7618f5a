/* The sentences of the claim check. */
#include <math.h>
#include <string.h>

#include "cli/check.h"
#include "cli/words.h"

/* Authorities that a sentence names; of more, the first so many. */
#define MOST_NAMED 3
/* A point known no better says little. */
#define COARSE_M 10000.0
/* Above, a sentence names the share of the destination instead. */
#define MOSTLY_PERCENT 50

const char *check_unit(const check *c) {
    return c->claim.unit_m == HF_METRES_PER_MILE ? "miles" : "km";
}

double check_in_unit(const check *c, double dist_m) {
    return dist_m / c->claim.unit_m;
}

static const char *name_of(const check *c, size_t authority) {
    return hf_boundaries_authority(c->s.set, authority)->name;
}

static void say_value(words *w, const check *c, double dist_m) {
    say(w, "%.1f", check_in_unit(c, dist_m));
}

static void say_range(words *w, const check *c, const hf_claim_fit *fit) {
    say_value(w, c, fit->least_m);
    if (fit->most_m > fit->least_m) {
        say(w, " to ");
        say_value(w, c, fit->most_m);
    }
}

/* "About 430 miles": at the beginning of a sentence. */
static void say_claim(words *w, const hf_claim *claim) {
    size_t start = w->len;
    say(w, "%s", claim->text);
    char *first = &w->text[start];
    if (*first >= 'a' && *first <= 'z') {
        *first = (char)(*first - 'a' + 'A');
    }
}

/* "the centre of Hertfordshire", "57.48,-4.22". */
static void say_centre(words *w, const hf_place *place) {
    say(w, "%s%s", place->kind == HF_PLACE_POINT ? "" : "the centre of ",
        place->name);
}

/* Where both are areas, "centre to centre". */
static const char *centres_of(const check *c) {
    return c->from.kind == HF_PLACE_POINT || c->to.kind == HF_PLACE_POINT
               ? "the centre"
               : "centre to centre";
}

/* ---- where -------------------------------------------------------------- */

static bool is_whole(const hf_claim_area *area) {
    return area->fitting_m2 > 0.9999 * area->area_m2;
}

/* Whether every authority of the destination fits as a whole. */
static bool fits_everywhere(const check *c, const hf_claim_ground *ground) {
    bool is_everywhere = ground->n_areas == c->to.n_members;
    for (size_t i = 0; i < ground->n_areas; i++) {
        is_everywhere &= is_whole(&ground->areas[i]);
    }
    return is_everywhere;
}

/* "parts of Highland (around Inverness), Moray and 3 other authorities". */
static void say_parts(words *w, const check *c, const hf_claim_ground *ground) {
    size_t n = ground->n_areas;
    size_t named = n > MOST_NAMED + 1 ? MOST_NAMED : n;
    say(w, "parts of ");
    for (size_t i = 0; i < named; i++) {
        const char *name = name_of(c, ground->areas[i].authority);
        const char *before = i == 0 ? "" : i + 1 == n ? " and " : ", ";
        say(w, "%s%s", before, name);
        if (i == 0 && *ground->around && !strstr(name, ground->around) &&
            strcmp(c->to.name, ground->around) != 0) {
            say(w, " (around %s)", ground->around);
        }
    }
    if (named < n) {
        say(w, " and %zu other authorities", n - named);
    }
}

/* The same, or "98 % of England by area". */
static void say_areas(words *w, const check *c, const hf_claim_ground *ground) {
    if (fits_everywhere(c, ground)) {
        say(w, "all of %s", c->to.name);
        return;
    }
    double percent = 100 * ground->fitting_m2 / ground->area_m2;
    if (ground->n_areas > MOST_NAMED + 1 && percent >= MOSTLY_PERCENT) {
        say(w, "%.0f %% of %s by area", fmin(percent, 99), c->to.name);
        return;
    }
    say_parts(w, c, ground);
}

static bool is_home_itself(const check *c) {
    return c->from.kind == HF_PLACE_AUTHORITY &&
           c->to.kind == HF_PLACE_AUTHORITY &&
           c->from.members[0] == c->to.members[0];
}

/* ---- the verdict -------------------------------------------------------- */

/* "; it fits neither the nearest border (233.8) nor centre to centre (379.8)".
 */
static void say_single_values(words *w, const check *c) {
    const hf_claim_fit *nearest = &c->fits.of[HF_CLAIM_NEAREST];
    const hf_claim_fit *centre = &c->fits.of[HF_CLAIM_CENTRE];
    const char *centres =
        c->from.kind == HF_PLACE_POINT ? "its centre" : "centre to centre";
    if (nearest->fits && centre->fits) {
        say(w, "; it also fits the nearest border (");
        say_range(w, c, nearest);
        say(w, ") and %s (", centres);
        say_range(w, c, centre);
        say(w, ").");
        return;
    }
    bool is_one = nearest->fits || centre->fits;
    const hf_claim_fit *first = centre->fits ? centre : nearest;
    const hf_claim_fit *second = centre->fits ? nearest : centre;
    const char *names[] = {"the nearest border", centres};
    say(w, "; it %s %s (", is_one ? "also fits" : "fits neither",
        names[centre->fits]);
    say_range(w, c, first);
    say(w, ")%s %s (", is_one ? ", but not" : " nor", names[!centre->fits]);
    say_range(w, c, second);
    say(w, ").");
}

static void say_fits_area(words *w, const check *c) {
    bool from_area = c->from.kind != HF_PLACE_POINT;
    say_claim(w, &c->claim);
    if (c->ground->n_areas) {
        say(w, " fits a straight line from ");
        say_centre(w, &c->from);
        say(w, " to ");
        say_areas(w, c, c->ground);
    } else {
        say(w, " fits a straight line between some points of %s and %s",
            c->from.name, c->to.name);
        if (from_area) {
            say(w, ", but none from the centre of %s (", c->from.name);
            say_range(w, c, &c->fits.of[HF_CLAIM_FROM_CENTRE]);
            say(w, ")");
        }
    }
    if (is_home_itself(c)) {
        say(w, ".");
    } else {
        say_single_values(w, c);
    }
}

/* From an area to a point, or between points. */
static void say_fits_point(words *w, const check *c) {
    const hf_claim_fit *centre = &c->fits.of[HF_CLAIM_CENTRE];
    const hf_claim_fit *nearest = &c->fits.of[HF_CLAIM_NEAREST];
    say_claim(w, &c->claim);
    say(w, " fits a straight line from ");
    if (centre->fits || !nearest->applies) {
        say_centre(w, &c->from);
        say(w, " to %s (", c->to.name);
        say_range(w, c, centre);
        say(w, ").");
        return;
    }
    say(w, "%s of %s to %s", nearest->fits ? "the nearest border" : "some part",
        c->from.name, c->to.name);
    say(w, " (");
    say_range(w, c, nearest->fits ? nearest : &c->fits.of[HF_CLAIM_ANY]);
    say(w, "), but not from its centre (");
    say_range(w, c, centre);
    say(w, ").");
}

/* The end of a line, where it is an authority of a group: " (Highland)". */
static void say_end(words *w, const check *c, const hf_line *line) {
    if (c->to.kind == HF_PLACE_GROUP && line->to_authority != HF_NOWHERE) {
        say(w, " (%s)", name_of(c, line->to_authority));
    }
}

static void say_fits_not(words *w, const check *c) {
    const hf_distances *d = &c->fits.distances;
    const hf_claim_fit *any = &c->fits.of[HF_CLAIM_ANY];
    say_claim(w, &c->claim);
    if (is_home_itself(c)) {
        say(w, " fits no straight line within %s: it is ", c->from.name);
        say_value(w, c, d->farthest.dist_m);
        say(w, " %s from end to end.", check_unit(c));
        return;
    }
    say(w, " fits no straight line from %s to %s: ", c->from.name, c->to.name);
    if (!any->applies) {
        say(w, "they are ");
        say_range(w, c, &c->fits.of[HF_CLAIM_CENTRE]);
        say(w, " %s apart.", check_unit(c));
        return;
    }
    if (c->to.kind != HF_PLACE_POINT) {
        say(w, "no place there is that %s. They are ",
            any->off_m >= 0 ? "far" : "near");
    } else {
        say(w, "they are ");
    }
    say_value(w, c, d->nearest.dist_m);
    say(w, " %s apart at the nearest", check_unit(c));
    say_end(w, c, &d->nearest);
    say(w, ", ");
    say_value(w, c, d->centre.dist_m);
    say(w, " from %s and ", centres_of(c));
    say_value(w, c, d->farthest.dist_m);
    say(w, " at the farthest");
    say_end(w, c, &d->farthest);
    say(w, ".");
}

/* ---- by road ------------------------------------------------------------ */

/* What a road from centre to centre would typically measure. */
static void say_typical_road(words *w, const check *c) {
    double centre_m = c->fits.distances.centre.dist_m;
    if (is_home_itself(c)) {
        say(w, "nothing within it either.");
        return;
    }
    say(w, "nothing between the two: a road ");
    if (c->from.kind != HF_PLACE_POINT || c->to.kind != HF_PLACE_POINT) {
        say(w, "from %s ", centres_of(c));
    }
    double low = check_in_unit(c, centre_m * HF_CLAIM_ROAD_LEAST);
    double high = check_in_unit(c, centre_m * HF_CLAIM_ROAD_MOST);
    int decimals = low < 10 ? 1 : 0;
    say(w, "would typically be %.*f to %.*f %s long.", decimals, low, decimals,
        high, check_unit(c));
}

static void say_by_road(words *w, const check *c) {
    const hf_claim_fits *fits = &c->straight_fits;
    const hf_claim_fit *centre = &fits->of[HF_CLAIM_CENTRE];
    const hf_claim_ground *ground = c->straight_ground;
    say(w,
        "Measured along roads, typically %g to %g times as long, it suggests "
        "%s in a straight line, which fits ",
        HF_CLAIM_ROAD_LEAST, HF_CLAIM_ROAD_MOST, c->straight.text);
    if (!fits->fits) {
        say_typical_road(w, c);
        return;
    }
    if (centre->fits) {
        say(w, "%s (", fits->of[HF_CLAIM_ANY].applies ? centres_of(c) : "them");
        say_range(w, c, centre);
        say(w, ")%s", ground->n_areas ? " and " : ".");
    }
    if (ground->n_areas) {
        say_areas(w, c, ground);
        say(w, ".");
    } else if (!centre->fits) {
        say(w, "some points of %s and %s, but not the centre.", c->from.name,
            c->to.name);
    }
}

/* Of all authorities, where nothing in the destination fits. */
static void say_elsewhere(words *w, const check *c) {
    say(w, "That far from ");
    say_centre(w, &c->from);
    say(w, " are ");
    say_parts(w, c, c->elsewhere);
    say(w, ".");
}

/* Points that may be miles off neither fit nor do not. */
static void say_coarse(words *w, const check *c) {
    const hf_claim_fit *any = &c->fits.of[HF_CLAIM_ANY];
    const hf_claim_fit *widest =
        any->applies ? any : &c->fits.of[HF_CLAIM_CENTRE];
    say_claim(w, &c->claim);
    say(w,
        " %s a straight line from %s to %s, which are known too coarsely to "
        "say more: ",
        c->fits.fits ? "may fit" : "does not fit", c->from.name, c->to.name);
    say_range(w, c, widest);
    say(w, " %s.", check_unit(c));
}

bool check_is_coarse(const check *c) {
    const hf_place *places[] = {&c->from, &c->to};
    bool is_coarse = false;
    for (size_t i = 0; i < 2; i++) {
        is_coarse |= places[i]->kind == HF_PLACE_POINT &&
                     places[i]->precision_m >= COARSE_M;
    }
    return is_coarse;
}

void check_add_sentences(const check *c, hf_document *document) {
    words w = {.len = 0};
    if (check_is_coarse(c)) {
        say_coarse(&w, c);
    } else if (!c->fits.fits) {
        say_fits_not(&w, c);
    } else if (c->to.kind == HF_PLACE_POINT) {
        say_fits_point(&w, c);
    } else {
        say_fits_area(&w, c);
    }
    hf_document_sentence(document, w.text);
    if (is_home_itself(c)) {
        words home = {.len = 0};
        say(&home, "%s is the home authority itself.", c->to.name);
        hf_document_sentence(document, home.text);
    }
    if (c->claim.most_m > 0 && !check_is_coarse(c)) {
        words road = {.len = 0};
        say_by_road(&road, c);
        hf_document_sentence(document, road.text);
    }
    if (c->elsewhere && c->elsewhere->n_areas) {
        words other = {.len = 0};
        say_elsewhere(&other, c);
        hf_document_sentence(document, other.text);
    }
}
