#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"

/* "Hertfordshire adjoins 9 authorities, all by land." */
static void add_sentence(const session *s, hf_document *document,
                         const char *name, const hf_neighbour *list, size_t n) {
    size_t by_land = 0, by_water = 0, by_point = 0;
    for (size_t i = 0; i < n; i++) {
        by_land += list[i].contact == HF_CONTACT_LAND;
        by_water += list[i].contact == HF_CONTACT_WATER;
        by_point += list[i].contact == HF_CONTACT_POINT;
    }
    size_t total = by_land + (s->adjoining.counts_water ? by_water : 0) +
                   (s->adjoining.counts_point ? by_point : 0);
    char text[512];
    int len;
    if (!total) {
        len = snprintf(text, sizeof text,
                       "%s adjoins no other authority: every placement outside "
                       "it is distant",
                       name);
    } else {
        len = snprintf(text, sizeof text,
                       "%s adjoins %zu authorit%s: %zu by land, %zu by water",
                       name, total, total == 1 ? "y" : "ies", by_land,
                       s->adjoining.counts_water ? by_water : 0);
    }
    if (len > 0 && (size_t)len < sizeof text) {
        size_t left = by_point && !s->adjoining.counts_point ? by_point : 0;
        if (left) {
            snprintf(text + len, sizeof text - (size_t)len,
                     "; %zu more touch%s it in a corner only, which does not "
                     "count.",
                     left, left == 1 ? "es" : "");
        } else {
            snprintf(text + len, sizeof text - (size_t)len, ".");
        }
    }
    hf_document_sentence(document, text);
}

static void add_table(const session *s, hf_document *document,
                      const hf_neighbour *list, size_t n) {
    hf_document_table(document, "neighbours", "");
    hf_document_column(document, "code", "code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "contact", "contact", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "miles", "shared miles", HF_COLUMN_NUMBER, 2);
    hf_document_column(document, "reason", "why", HF_COLUMN_TEXT, 0);
    for (size_t i = 0; i < n; i++) {
        const hf_authority *a =
            hf_boundaries_authority(s->set, list[i].authority);
        hf_document_text(document, a->code);
        hf_document_text(document, a->name);
        hf_document_text(document, hf_contact_name(list[i].contact));
        if (list[i].contact == HF_CONTACT_LAND) {
            hf_document_number(document, hf_miles_from_m(list[i].length_m));
        } else {
            hf_document_blank(document);
        }
        hf_document_text(document, list[i].reason);
    }
}

static int answer(session *s, const hf_place *home) {
    const hf_neighbour *list;
    size_t n;
    hf_document *document;
    hf_status status = hf_adjacency_neighbours(s->ctx, s->adjacency,
                                               home->members[0], &list, &n);
    status = status ? status : hf_document_new(s->ctx, &document);
    if (status) {
        return session_failed(s, status);
    }
    add_sentence(s, document, home->name, list, n);
    add_table(s, document, list, n);
    if (*home->note) {
        hf_document_fact(document, "note", "Note", home->note);
    }
    char text[256];
    snprintf(text, sizeof text,
             "borders within %g m of each other for at least %g m; corners %s, "
             "water %s",
             s->adjoining.tolerance_m, 10 * s->adjoining.tolerance_m,
             s->adjoining.counts_point ? "count" : "do not count",
             s->adjoining.counts_water ? "counts" : "does not count");
    hf_document_fact(document, "adjoining", "Adjoining", text);
    const hf_boundaries_info *info = hf_boundaries_get_info(s->set);
    if (info->resolution_m >= 200) {
        snprintf(text, sizeof text,
                 "a %g m file may miss or invent contacts shorter than that",
                 info->resolution_m);
        hf_document_fact(document, "caution", "Caution", text);
    }
    session_add_facts(s, document);
    return session_print(s, document);
}

static int run(int argc, char **argv) {
    session s;
    session_init(&s);
    cli_options options = {
        {session_adjoining_options(&s), session_options(&s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_neighbours, &options, argc, argv, &n, &status)) {
        return status;
    }
    char *name = session_join(argv, n);
    if (!name) {
        cli_error(
            "neighbours wants an authority; see howfar neighbours --help");
        return CLI_WRONG_USAGE;
    }
    hf_place home;
    hf_place_init(&home);
    if (session_open(&s, true, &status) &&
        session_resolve_authority(&s, name, "neighbours", &home, &status)) {
        status = answer(&s, &home);
    }
    hf_place_reset(&home);
    free(name);
    session_close(&s);
    return status;
}

const cli_command command_neighbours = {"neighbours", "neighbours NAME",
                                        "who adjoins an authority, and how", "",
                                        run};
