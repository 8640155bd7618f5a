#include "cli/commands.h"
#include "cli/session.h"

static void add_set(hf_document *document, const hf_boundaries_info *info) {
    char text[512];
    hf_document_fact(document, "set", "Set", info->set_name);
    hf_document_fact(document, "path", "File", info->path);
    hf_document_fact(document, "vintage", "Vintage",
                     *info->vintage ? info->vintage : "unknown");
    snprintf(text, sizeof text, "%s%s; median edge %.0f m",
             info->resolution_text,
             info->resolution_is_guess ? " (guessed from its edges)" : "",
             info->median_edge_m);
    hf_document_fact(document, "resolution", "Resolution", text);
    hf_document_fact_number(
        document, "authorities", "Authorities", (double)info->authorities, 0,
        info->is_lower_tier ? "(districts: unfit to classify placements)" : "");
    hf_document_fact_number(document, "records", "Records",
                            (double)info->records, 0, "");
    hf_document_fact_number(document, "vertices", "Vertices",
                            (double)info->vertices, 0, "");
    hf_document_fact_number(document, "repaired", "Repaired",
                            (double)info->repaired, 0, "invalid polygons");
    hf_document_fact(document, "valid", "Valid",
                     info->is_valid ? "yes"
                                    : "not all of the file as it stands, in "
                                      "its own plane");
    snprintf(text, sizeof text, "codes in %s, names in %s, %s",
             info->code_field, info->name_field, info->encoding);
    hf_document_fact(document, "fields", "Fields", text);
    snprintf(text, sizeof text, "%08lx", (unsigned long)info->checksum);
    hf_document_fact(document, "checksum", "CRC-32", text);
}

static void add_projection(hf_document *document,
                           const hf_boundaries_info *info) {
    char text[512];
    hf_document_fact(document, "projection", "Projection", info->file_system);
    hf_document_fact(document, "plane", "Plane", info->plane);
    if (info->accuracy_m >= 0) {
        snprintf(text, sizeof text, "%s, accurate to %g m", info->operation,
                 info->accuracy_m);
    } else {
        snprintf(text, sizeof text, "%s, accuracy unknown", info->operation);
    }
    hf_document_fact(document, "transformation", "Transformation", text);
}

static int run(int argc, char **argv) {
    session s;
    session_init(&s);
    cli_options options = {{session_options(&s)}};
    size_t n;
    int status;
    if (!cli_parse(&command_info, &options, argc, argv, &n, &status)) {
        return status;
    }
    if (n == 1 && !s.shapes) {
        s.shapes = argv[0];
    } else if (n) {
        cli_error("info takes one boundary set; see howfar info --help");
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
        const hf_boundaries_info *info = hf_boundaries_get_info(s.set);
        add_set(document, info);
        add_projection(document, info);
        hf_document_fact(document, "howfar", "howfar", HF_VERSION);
        hf_document_fact(document, "proj", "PROJ", hf_proj_version());
        hf_document_fact(document, "geos", "GEOS", hf_geos_version());
        hf_document_fact(document, "data", "Tables",
                         hf_context_data_dir(s.ctx));
        status = session_print(&s, document);
    }
    session_close(&s);
    return status;
}

const cli_command command_info = {
    "info", "info [PATH]", "what is loaded: the boundary set and the libraries",
    "", run};
