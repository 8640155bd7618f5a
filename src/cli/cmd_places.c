#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"

static void add_place(const session *s, hf_document *document,
                      const hf_place *place) {
    static const char *const kinds[] = {"", "authority", "group", "point"};
    char text[128];
    hf_document_fact(document, "name", "Name", place->name);
    hf_document_fact(document, "kind", "Kind", kinds[place->kind]);
    if (place->kind == HF_PLACE_POINT) {
        snprintf(text, sizeof text, "%.6f, %.6f", place->point.lat_deg,
                 place->point.lon_deg);
        hf_document_fact(document, "point", "Latitude, longitude", text);
        hf_document_fact_number(document, "precision_m", "Precision",
                                place->precision_m, 1, "m");
    }
    if (*place->note) {
        hf_document_fact(document, "note", "Note", place->note);
    }
    if (place->n_members) {
        hf_document_table(document, "members", "");
        hf_document_column(document, "code", "code", HF_COLUMN_TEXT, 0);
        hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    }
    for (size_t i = 0; i < place->n_members; i++) {
        const hf_authority *a =
            hf_boundaries_authority(s->set, place->members[i]);
        hf_document_text(document, a->code);
        hf_document_text(document, a->name);
    }
}

static int run(int argc, char **argv) {
    session s;
    session_init(&s);
    cli_options options = {{session_options(&s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_places, &options, argc, argv, &n, &status)) {
        return status;
    }
    char *text = session_join(argv, n);
    if (!text) {
        cli_error("places wants a name; see howfar places --help");
        return CLI_WRONG_USAGE;
    }
    hf_place place;
    hf_place_init(&place);
    if (session_open(&s, false, &status)) {
        hf_document *document;
        if (session_resolve(&s, text, &place, &status)) {
            hf_status made = hf_document_new(s.ctx, &document);
            if (made) {
                status = session_failed(&s, made);
            } else {
                add_place(&s, document, &place);
                status = session_print(&s, document);
            }
        }
    }
    hf_place_reset(&place);
    free(text);
    session_close(&s);
    return status;
}

const cli_command command_places = {
    "places", "places TEXT", "what a name, a code or a coordinate is taken for",
    "", run};
