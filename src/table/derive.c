#include "table/derive.h"

#include <math.h>
#include <string.h>

#include "table/areas.h"

/* ---- recognising ---- */

/* "PL POST" and " pl_post" are PL_POST. */
static bool is_called(const char *name, const char *wanted) {
    hf__str text = hf__str_trim(hf__str_of(name));
    if (text.len != strlen(wanted)) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i] == ' ' || text.at[i] == '-' ? '_' : text.at[i];
        if (c >= 'a' && c <= 'z') {
            c = (char)(c - 'a' + 'A');
        }
        if (c != wanted[i]) {
            return false;
        }
    }
    return true;
}

/* The one column of a name. */
static size_t find(const hf__names *names, const char *wanted,
                   bool *is_doubled) {
    size_t found = HF__NO_COLUMN;
    for (size_t i = 0; i < names->n; i++) {
        if (is_called(names->texts[i], wanted)) {
            *is_doubled |= found != HF__NO_COLUMN;
            found = i;
        }
    }
    return found;
}

void hf__return_recognise(const hf__names *names, hf__return *out) {
    bool is_doubled = false;
    hf__return r = {.kind = HF__RETURN_NONE,
                    .child = find(names, "CHILD", &is_doubled),
                    .ls = find(names, "LS", &is_doubled),
                    .uasc = find(names, "UASC", &is_doubled),
                    .home_post = find(names, "HOME_POST", &is_doubled),
                    .pl_post = find(names, "PL_POST", &is_doubled)};
    size_t start = find(names, "DECOM", &is_doubled);
    size_t la = find(names, "LA_PLACEMENT", &is_doubled);
    size_t miles = find(names, "PL_DISTANCE", &is_doubled);
    bool has_who = r.child != HF__NO_COLUMN || start != HF__NO_COLUMN;
    if (r.uasc == HF__NO_COLUMN) {
        r.uasc = find(names, "UASC_STATUS", &is_doubled);
    }
    if (is_doubled) {
        /* Which one counts would be a guess. */
    } else if (r.ls != HF__NO_COLUMN && r.home_post != HF__NO_COLUMN &&
               r.pl_post != HF__NO_COLUMN && has_who) {
        r.kind = HF__RETURN_EPISODES;
    } else if (r.pl_post == HF__NO_COLUMN && la != HF__NO_COLUMN &&
               miles != HF__NO_COLUMN) {
        r.kind = HF__RETURN_EXTENDED;
        r.la_placement = la;
    }
    *out = r;
}

/* ---- authorities ---- */

const char *hf__return_la(const hf_authority *authority) {
    switch (authority->country) {
        case HF_ENGLAND:
            return authority->code;
        case HF_SCOTLAND:
            return "SCO";
        case HF_WALES:
            return "WAL";
        case HF_NORTHERN_IRELAND:
            return "NIR";
        case HF_COUNTRY_OTHER:
            break;
    }
    return "";
}

const char *hf__return_la_of_all(const hf_boundaries *set,
                                 const size_t *authorities, size_t n) {
    const char *la = "";
    for (size_t i = 0; i < n; i++) {
        const char *next =
            hf__return_la(hf_boundaries_authority(set, authorities[i]));
        if (i && strcmp(next, la) != 0) {
            return "";
        }
        la = next;
    }
    return la;
}

const char *hf__return_la_of_postcode(const hf_postcode *postcode) {
    /* The health service's postcodes for "country only". */
    static const struct {
        const char *start, *la;
    } starts[] = {{"ZZ99 1WZ", "SCO"}, {"ZZ99 2WZ", "NIR"}, {"ZZ99 3GZ", "WAL"},
                  {"JE", "NUK"},       {"GY", "NUK"},       {"IM", "NUK"}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (!strncmp(postcode->text, starts[i].start,
                     strlen(starts[i].start))) {
            return starts[i].la;
        }
    }
    return "";
}

/* ---- deriving ---- */

static bool is_known(const hf_ssda903_end *end) {
    return !isnan(end->grid.x_m) && !isnan(end->grid.y_m);
}

/* Without a category, a country other than England is outside all the same. */
static hf_ssda903_location locate(const hf__return_place *place) {
    unsigned in_county = hf_category_set(HF_CATEGORY_IN_COUNTY);
    hf_ssda903_field field = HF_SSDA903_PL_LA;
    if (!place->categories) {
        bool is_elsewhere = hf_ssda903_code_text(field, place->la) != NULL &&
                            strcmp(place->la, "CON") != 0;
        return is_elsewhere ? HF_SSDA903_OUT : HF_SSDA903_BLANK;
    }
    return place->categories == in_county     ? HF_SSDA903_IN
           : !(place->categories & in_county) ? HF_SSDA903_OUT
                                              : HF_SSDA903_BLANK;
}

void hf__return_derive(hf__return_kind kind, const hf__return_says *says,
                       const hf__return_place *place, hf_ssda903_row *out) {
    out->is_uasc = says->is_uasc;
    out->is_short_break = says->is_short_break;
    out->has_miles = !says->is_uasc && !says->is_short_break;
    out->miles = NAN;
    out->location = HF_SSDA903_BLANK;
    out->la[0] = '\0';
    if (out->has_miles && kind == HF__RETURN_EPISODES) {
        out->miles = is_known(&out->home) && is_known(&out->placement)
                         ? hf_ssda903_miles(out->home.grid, out->placement.grid)
                         : HF_SSDA903_UNKNOWN_MILES;
    }
    if (!says->is_short_break) {
        out->location = locate(place);
        size_t len = strlen(place->la);
        if (len < sizeof out->la) {
            memcpy(out->la, place->la, len + 1);
        }
    }
}

/* ---- writing ---- */

static char *put(char *to, const char *text) {
    while (*text) {
        *to++ = *text++;
    }
    return to;
}

char *hf__return_put(char *to, hf__return_kind kind,
                     const hf_ssda903_row *official, char delimiter) {
    if (kind == HF__RETURN_EPISODES) {
        to += hf__format_fixed(to, official->miles, 1);
        *to++ = delimiter;
    }
    to = put(to, official->location == HF_SSDA903_IN    ? "IN"
                 : official->location == HF_SSDA903_OUT ? "OUT"
                                                        : "");
    *to++ = delimiter;
    to = put(to, official->la);
    *to++ = delimiter;
    return to;
}

const char *hf__return_note(hf__return_kind kind,
                            const hf_ssda903_row *official) {
    if (official->is_short_break) {
        return "short breaks (V3 or V4): PL fields are blank";
    }
    if (kind != HF__RETURN_EPISODES) {
        return "";
    }
    return official->is_uasc ? "UASC: PL_DISTANCE is blank"
           : official->home.is_irish || official->placement.is_irish
               ? "PL_DISTANCE by a point converted from the Irish Grid"
               : "";
}
