#include "cli/commands.h"
#include "cli/session.h"

static void add_table(const session *s, hf_document *document) {
    hf_document_table(document, "authorities", "");
    hf_document_column(document, "code", "code", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "name", "name", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "name_cy", "Welsh", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "country", "country", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "area_km2", "km2", HF_COLUMN_NUMBER, 0);
    hf_document_column(document, "centre_lat", "", HF_COLUMN_DETAIL, 6);
    hf_document_column(document, "centre_lon", "", HF_COLUMN_DETAIL, 6);
    for (size_t i = 0; i < hf_boundaries_count(s->set); i++) {
        const hf_authority *a = hf_boundaries_authority(s->set, i);
        hf_document_text(document, a->code);
        hf_document_text(document, a->name);
        hf_document_text(document, a->name_cy);
        hf_document_text(document, hf_country_name(a->country));
        hf_document_number(document, a->area_m2 / 1e6);
        hf_document_number(document, a->centre.lat_deg);
        hf_document_number(document, a->centre.lon_deg);
    }
}

static int run(int argc, char **argv) {
    session s;
    session_init(&s);
    cli_options options = {{session_options(&s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_authorities, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n) {
        cli_error("authorities takes no names; howfar places looks one up");
        return CLI_WRONG_USAGE;
    }
    if (!session_open(&s, false, &status)) {
        return status;
    }
    hf_document *document;
    hf_status made = hf_document_new(s.ctx, &document);
    if (made) {
        status = session_failed(&s, made);
    } else {
        add_table(&s, document);
        status = session_print(&s, document);
    }
    session_close(&s);
    return status;
}

const cli_command command_authorities = {"authorities", "authorities",
                                         "the authorities of the boundary set",
                                         "", run};
