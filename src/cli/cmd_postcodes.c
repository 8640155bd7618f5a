#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/session.h"

static const char *index_path(const session *s) {
    const char *from_env = getenv("HOWFAR_POSTCODES");
    return s->postcodes            ? s->postcodes
           : from_env && *from_env ? from_env
                                   : NULL;
}

static void add_info(hf_document *document, const hf_postcodes_info *info) {
    char text[64];
    hf_document_fact(document, "path", "Index", info->path);
    hf_document_fact(document, "product", "Directory", info->product);
    hf_document_fact(document, "source", "Source", info->source);
    if (info->year) {
        snprintf(text, sizeof text, "%04d-%02d", info->year, info->month);
        hf_document_fact(document, "vintage", "Vintage", text);
    } else {
        hf_document_fact(document, "vintage", "Vintage", "unknown");
    }
    hf_document_fact_number(document, "postcodes", "Postcodes",
                            (double)info->postcodes, 0, "");
    hf_document_fact_number(document, "without_point", "Without a place",
                            (double)info->without_point, 0, "");
    if (info->has_life) {
        hf_document_fact_number(document, "terminated", "No longer in use",
                                (double)info->terminated, 0, "");
    }
    hf_document_fact_number(document, "districts", "Districts",
                            (double)info->districts, 0, "");
    hf_document_fact_number(document, "megabytes", "Size",
                            (double)info->bytes / 1e6, 1, "MB");
}

static int print_info(session *s, const hf_postcodes_info *info) {
    hf_document *document;
    hf_status status = hf_document_new(s->ctx, &document);
    if (status) {
        return session_failed(s, status);
    }
    add_info(document, info);
    return session_print(s, document);
}

static int import(session *s, char **files, size_t n) {
    hf_postcodes_import_options options;
    hf_postcodes_import_options_init(&options);
    progress p;
    progress_start(&p, s->quiet);
    options.progress = progress_show;
    options.progress_user = &p;
    hf_postcodes_summary *summary;
    hf_status status =
        hf_postcodes_import(s->ctx, (const char *const *)files, n,
                            index_path(s), &options, &summary);
    progress_end(&p);
    if (status) {
        return session_failed(s, status);
    }
    if (!s->quiet) {
        fprintf(stderr,
                "howfar: %" PRIu64 " rows read, %" PRIu64 " repeated, %" PRIu64
                " left out; %s\n",
                summary->rows, summary->duplicates, summary->damaged,
                summary->columns);
        for (size_t i = 0; i < summary->n_reasons; i++) {
            fprintf(stderr, "  %" PRIu64 " %s: %s\n", summary->reasons[i].rows,
                    summary->reasons[i].text, summary->reasons[i].where);
        }
    }
    int result = print_info(s, &summary->info);
    hf_postcodes_summary_free(summary);
    return result;
}

static int show(session *s) {
    char path[4096];
    const char *chosen = index_path(s);
    hf_status status = HF_OK;
    if (!chosen) {
        status = hf_postcodes_default_path(s->ctx, path, sizeof path);
        chosen = path;
    }
    hf_postcodes *index = NULL;
    status = status ? status : hf_postcodes_open(s->ctx, chosen, &index);
    status = status ? status : hf_postcodes_verify(s->ctx, index);
    int result = status ? session_failed(s, status)
                        : print_info(s, hf_postcodes_get_info(index));
    hf_postcodes_close(index);
    return result;
}

static int run(int argc, char **argv) {
    session s;
    session_init(&s);
    const cli_option own[] = {
        {"postcodes", 0, CLI_TEXT, (void *)&s.postcodes, "FILE",
         "the index (default: in the user's data folder)"},
        {"format", 'f', CLI_TEXT, (void *)&s.format_name, "FORMAT",
         "text or json"},
        {"quiet", 'q', CLI_FLAG, &s.quiet, NULL, "no progress, no summary"},
        {0}};
    cli_options options = {{own}};
    size_t n;
    int status;
    if (!cli_parse(&command_postcodes, &options, argc, argv, &n, &status)) {
        return status;
    }
    bool is_import = n > 1 && !strcmp(argv[0], "import");
    if (n && !is_import) {
        cli_error("postcodes import FILE..., or nothing to see what is there");
        return CLI_WRONG_USAGE;
    }
    if (!session_open_context(&s, &status)) {
        return status;
    }
    status = is_import ? import(&s, argv + 1, n - 1) : show(&s);
    session_close(&s);
    return status;
}

const cli_command command_postcodes = {
    "postcodes", "postcodes [import FILE...]",
    "import a postcode directory, or show the one that is imported",
    "FILE is an ONS Postcode Directory (ONSPD), a National Statistics "
    "Postcode\n"
    "Lookup (NSPL) or Ordnance Survey's Code-Point Open: as CSV, gzip, or the "
    "zip\n"
    "as distributed.",
    run};
