#include "cli/provenance.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The index of postcodes; NULL where it can't be opened. */
static const hf_postcodes_info *postcodes_of(const session *s) {
    const hf_postcodes *index = NULL;
    return hf_places_postcodes(s->ctx, s->places, &index)
               ? NULL
               : hf_postcodes_get_info(index);
}

/* ---- what licences ask for -------------------------------------------------
 */

static void attribute_postcodes(const hf_postcodes_info *info, char *out,
                                size_t size) {
    char year[16] = "";
    if (info->year) {
        snprintf(year, sizeof year, " %d", info->year);
    }
    bool is_os = !strcmp(info->product, "Code-Point Open");
    snprintf(
        out, size,
        "%sContains OS data \u00a9 Crown copyright and database right%s. "
        "Contains Royal Mail data \u00a9 Royal Mail copyright and database "
        "right%s. Contains National Statistics data \u00a9 Crown copyright "
        "and database right%s.",
        is_os ? ""
              : "Source: Office for National Statistics licensed under "
                "the Open Government Licence v3.0. ",
        year, year, year);
}

void provenance_attribution(const session *s, bool with_postcodes, char *out,
                            size_t size) {
    const hf_boundaries_info *info = hf_boundaries_get_info(s->set);
    const hf_postcodes_info *postcodes =
        with_postcodes ? postcodes_of(s) : NULL;
    char text[1024] = "";
    if (postcodes) {
        attribute_postcodes(postcodes, text, sizeof text);
    }
    snprintf(out, size, "%s%s%s%s%s", *info->attribution ? "Boundaries: " : "",
             info->attribution, *info->attribution && *text ? "\n" : "",
             *text ? "Postcodes: " : "", text);
}

static void add_attribution(const session *s, bool with_postcodes,
                            hf_document *document) {
    const hf_boundaries_info *info = hf_boundaries_get_info(s->set);
    const hf_postcodes_info *postcodes =
        with_postcodes ? postcodes_of(s) : NULL;
    hf_document_fact(document, "attribution", "Attribution",
                     *info->attribution
                         ? info->attribution
                         : "what the licence of the boundary file asks for");
    if (postcodes) {
        char text[1024];
        attribute_postcodes(postcodes, text, sizeof text);
        hf_document_fact(document, "attribution_postcodes", "", text);
    }
}

/* ---- what was used ---------------------------------------------------------
 */

static void add_program(hf_document *document) {
    char text[160];
    snprintf(text, sizeof text, "howfar %s, PROJ %s, GEOS %s", HF_VERSION,
             hf_proj_version(), hf_geos_version());
    hf_document_fact(document, "program", "Program", text);
}

void provenance_add(const session *s, hf_document *document) {
    session_add_facts(s, document);
    add_program(document);
    add_attribution(s, false, document);
}

static void add_directory(const session *s, hf_document *document) {
    const hf_postcodes_info *info = postcodes_of(s);
    char text[640], month[16] = "month unknown";
    if (!info) {
        return;
    }
    if (info->year) {
        snprintf(month, sizeof month, "%04d-%02d", info->year, info->month);
    }
    snprintf(text, sizeof text, "%.64s %s, from %.500s", info->product, month,
             info->source);
    hf_document_fact(document, "postcodes", "Postcodes", text);
}

static void add_miles(const placements *p, hf_document *document) {
    char text[640], origin[512];
    if (p->is_official) {
        hf_document_fact(
            document, "miles", "Miles",
            "PL_DISTANCE, the official distance of SSDA903, from each child's "
            "home postcode, to one decimal; 999.9, or blank for UASC, is not "
            "known");
        return;
    }
    placements_origin_text(p, origin, sizeof origin);
    snprintf(text, sizeof text, "from %s", origin);
    hf_document_fact(document, "miles", "Miles", text);
}

static void add_authority(const placements *p, bool has_postcodes,
                          hf_document *document) {
    char text[320];
    snprintf(
        text, sizeof text,
        "%sthe one whose boundaries hold the point, or the nearest within "
        "%g m of the coast",
        has_postcodes
            ? "of a postcode the one that its directory assigns; otherwise "
            : "",
        p->options.coast_m);
    hf_document_fact(document, "authority", "Authority", text);
}

static void add_category(const placements *p, hf_document *document) {
    char text[512];
    session_rule_text(
        &p->s,
        p->options.home_column ? "the home authority" : p->home_place.name,
        text, sizeof text);
    hf_document_fact(document, "category", "Category", text);
}

/* Which columns were used, without their hit rates: "3 empty" would tell a
 * count that a report withholds. */
static bool columns_text(const hf_annotate_summary *sum, char **out) {
    static const char start[] = "columns: ", rate[] = " of the first ";
    const char *from = sum->columns;
    from += strncmp(from, start, strlen(start)) ? 0 : strlen(start);
    char *text = strdup(from);
    if (!text) {
        return false;
    }
    char *refused = strstr(text, "; not used: ");
    if (refused) {
        *refused = '\0';
    }
    for (char *at = strstr(text, rate); at; at = strstr(text, rate)) {
        char *end = strchr(at, ')');
        while (at > text && (at[0] != ' ' || at[1] != '(')) {
            at--;
        }
        memmove(at, end ? end + 1 : "", end ? strlen(end + 1) + 1 : 1);
    }
    *out = text;
    return true;
}

static void add_read(const placements *p, const hf_annotate_summary *sum,
                     hf_document *document) {
    add_authority(p, sum->has_postcodes, document);
    add_category(p, document);
    add_miles(p, document);
    session_add_method(p->is_official, document);
    session_add_boundaries(&p->s, document);
    if (sum->has_postcodes) {
        add_directory(&p->s, document);
    }
}

void provenance_add_read(const placements *p, const hf_annotate_summary *sum,
                         hf_document *document) {
    char *columns = NULL;
    if (columns_text(sum, &columns)) {
        hf_document_fact(document, "columns", "Columns", columns);
    }
    free(columns);
    add_read(p, sum, document);
    add_program(document);
    add_attribution(&p->s, sum->has_postcodes, document);
}

/* ---- beside the output of annotate -----------------------------------------
 */

/* The citation of the boundaries in its parts, for programs. */
static void add_parts(const session *s, hf_document *document) {
    const hf_boundaries_info *info = hf_boundaries_get_info(s->set);
    char text[32];
    hf_document_fact(document, "boundary_set", "Set", info->set_name);
    hf_document_fact(document, "boundary_vintage", "Vintage", info->vintage);
    hf_document_fact(document, "boundary_resolution", "Resolution",
                     info->resolution_text);
    snprintf(text, sizeof text, "%08lx", (unsigned long)info->checksum);
    hf_document_fact(document, "boundary_crc32", "CRC-32", text);
    hf_document_fact(document, "transformation", "Transformation",
                     info->operation);
}

static void add_counts(const hf_annotate_summary *sum, hf_document *document) {
    hf_document_fact_number(document, "rows", "Rows", (double)sum->rows, 0, "");
    hf_document_fact_number(document, "placed", "Placed", (double)sum->placed,
                            0, "");
    hf_document_fact_number(document, "unknown", "Unknown",
                            (double)sum->unknown, 0, "");
    hf_document_fact_number(document, "near_coast", "Off the coast",
                            (double)sum->near_coast, 0, "");
    hf_document_table(document, "exclusions", "Rows without category or miles");
    hf_document_column(document, "reason", "Reason", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "rows", "Rows", HF_COLUMN_COUNT, 0);
    for (size_t i = 0; i < sum->n_reasons; i++) {
        hf_document_text(document, sum->reasons[i].text);
        hf_document_count(document, sum->reasons[i].rows);
    }
}

static void add_columns(const placements *p, const hf_annotate_summary *sum,
                        hf_document *document) {
    add_counts(sum, document);
    hf_document_fact(document, "columns", "Columns", sum->columns);
    add_read(p, sum, document);
    hf_document_fact(document, "miles_border", "miles_border",
                     "from the nearest border of the home authority, 0 inside");
    if (sum->has_home_postcodes) {
        hf_document_fact(document, "miles_home", "miles_home",
                         "from the row's own home postcode");
    }
    add_parts(&p->s, document);
    add_program(document);
    add_attribution(&p->s, sum->has_postcodes, document);
}

int provenance_write(placements *p, const hf_annotate_summary *sum,
                     const char *path) {
    hf_document *document;
    char *text = NULL;
    size_t len = 0;
    hf_status status = hf_document_new(p->s.ctx, &document);
    if (!status) {
        add_columns(p, sum, document);
        status = hf_document_write(p->s.ctx, document, HF_FORMAT_JSON, NULL,
                                   &text, &len);
        hf_document_free(document);
    }
    if (status) {
        return session_failed(&p->s, status);
    }
    int result = session_write_to(path, p->path, text, len);
    hf_text_free(text);
    return result;
}
