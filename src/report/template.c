/* The Department for Education's tables in their tidy form: a row per
 * combination of characteristics, totals among them. */
#include <assert.h>

#include "base/context.h"
#include "base/text.h"
#include "report/figures.h"

#define UNKNOWN_LABEL "Not known or not recorded"

static const struct {
    const char *name;
    hf_template kind;
} templates[] = {{"dfe-locality", HF_TEMPLATE_DFE_LOCALITY},
                 {"dfe-bands", HF_TEMPLATE_DFE_BANDS}};

/* Upper edges in miles, and the labels of the bands, those above the last edge,
 * those unknown, and all. */
#define LOCALITY_BANDS 1
static const double locality_edges[LOCALITY_BANDS] = {20};
static const char *const locality_labels[LOCALITY_BANDS + 3] = {
    "20 miles or less", "Over 20 miles", UNKNOWN_LABEL, "Total"};

#define MILE_BANDS 5
static const double mile_edges[MILE_BANDS] = {20, 40, 60, 80, 100};
static const char *const mile_labels[MILE_BANDS + 3] = {
    "Under 20 miles",  "21 to 40 miles", "41 to 60 miles", "61 to 80 miles",
    "81 to 100 miles", "Over 100 miles", UNKNOWN_LABEL,    "Total"};

hf_status hf_template_parse(hf_context *ctx, const char *name,
                            hf_template *out) {
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
        if (hf__str_is_nocase(hf__str_of(name), templates[i].name)) {
            *out = templates[i].kind;
            return HF_OK;
        }
    }
    return hf__fail(ctx, HF_ERR_USAGE,
                    "no template \"%s\": dfe-locality, dfe-bands", name);
}

const double *hf_template_bands(hf_template kind, size_t *out_n) {
    bool is_locality = kind == HF_TEMPLATE_DFE_LOCALITY;
    *out_n = is_locality ? LOCALITY_BANDS : MILE_BANDS;
    return is_locality ? locality_edges : mile_edges;
}

typedef struct tidy_column {
    const char *key;
    const char *value;
} tidy_column;

#define PLACE_COLUMNS 10

static void fill_place(const hf_template_place *place, tidy_column *columns) {
    const tidy_column filled[PLACE_COLUMNS] = {
        {"time_period", place->time_period},
        {"time_identifier", place->time_identifier},
        {"geographic_level",
         place->geographic_level ? place->geographic_level : "Local authority"},
        {"country_code", place->country_code},
        {"country_name", place->country_name},
        {"region_code", place->region_code},
        {"region_name", place->region_name},
        {"old_la_code", place->old_la_code},
        {"new_la_code", place->new_la_code},
        {"la_name", place->la_name}};
    for (size_t i = 0; i < PLACE_COLUMNS; i++) {
        columns[i] = filled[i];
    }
}

static void start_table(hf_document *document, hf_template kind,
                        const tidy_column *columns) {
    bool has_locality = kind == HF_TEMPLATE_DFE_LOCALITY;
    hf_document_table(document, templates[kind].name,
                      has_locality
                          ? "Children looked after by locality and distance"
                          : "Children looked after by distance");
    for (size_t i = 0; i < PLACE_COLUMNS; i++) {
        hf_document_column(document, columns[i].key, columns[i].key,
                           HF_COLUMN_TEXT, 0);
    }
    if (has_locality) {
        hf_document_column(document, "locality", "locality", HF_COLUMN_TEXT, 0);
    }
    hf_document_column(document, "distance", "distance", HF_COLUMN_TEXT, 0);
    hf_document_column(document, "number", "number", HF_COLUMN_COUNT, 0);
    hf_document_column(document, "percentage", "percentage", HF_COLUMN_COUNT,
                       0);
}

static void put_row(hf_document *document, const tidy_column *columns,
                    const char *locality, const char *distance,
                    const hf__figures *f, size_t cell, size_t all) {
    for (size_t i = 0; i < PLACE_COLUMNS; i++) {
        if (columns[i].value) {
            hf_document_text(document, columns[i].value);
        } else {
            hf_document_symbol(document, "x");
        }
    }
    if (locality) {
        hf_document_text(document, locality);
    }
    hf_document_text(document, distance);
    hf__put_count(document, f, cell);
    hf__put_percent(document, f, cell, all);
}

/* Bands by side: 3 x 3 and totals. */
static hf_status put_locality(hf_context *ctx, const hf_report *report,
                              const tidy_column *columns, hf__figures *f,
                              hf_document *document) {
    enum { bands = LOCALITY_BANDS + 2, sides = HF__WHERE_COUNT - 1 };
    static const char *const labels[HF__WHERE_COUNT] = {
        "Inside boundary", "Outside boundary", UNKNOWN_LABEL, "Total"};
    uint64_t values[bands * sides] = {0};
    size_t cells[(bands + 1) * HF__WHERE_COUNT];
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        cells[i] = HF__NEW_CELL;
    }
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        size_t band = hf__band_of(locality_edges, LOCALITY_BANDS, p->miles);
        values[band * sides + (size_t)hf__where_of(p->categories)] +=
            p->children;
    }
    hf__counts_table(&f->counts, values, bands, sides, cells);
    if (f->counts.failed) {
        return hf__fail_memory(ctx);
    }
    /* Without anybody in it, what is unknown has no rows. */
    size_t unknown = cells[bands * HF__WHERE_COUNT + HF__WHERE_UNKNOWN];
    for (size_t b = 0; b <= bands && !f->counts.cells[unknown].value; b++) {
        size_t cell = cells[b * HF__WHERE_COUNT + HF__WHERE_UNKNOWN];
        f->counts.cells[cell].is_void = true;
    }
    hf_status status = hf__protect(ctx, report, &f->counts);
    for (size_t s = 0; s < HF__WHERE_COUNT && !status; s++) {
        size_t total = cells[bands * (size_t)HF__WHERE_COUNT + s];
        if (s == HF__WHERE_UNKNOWN && !f->counts.cells[total].value) {
            continue;
        }
        for (size_t b = 0; b <= bands; b++) {
            put_row(document, columns, labels[s], locality_labels[b], f,
                    cells[b * HF__WHERE_COUNT + s],
                    cells[bands * HF__WHERE_COUNT + HF__WHERE_ALL]);
        }
    }
    return status;
}

static hf_status put_bands(hf_context *ctx, const hf_report *report,
                           const tidy_column *columns, hf__figures *f,
                           hf_document *document) {
    enum { bands = MILE_BANDS + 2 };
    uint64_t values[bands] = {0}, sum = 0;
    size_t cells[bands + 1];
    for (size_t i = 0; i < report->n_placements; i++) {
        const hf__placement *p = &report->placements[i];
        values[hf__band_of(mile_edges, MILE_BANDS, p->miles)] += p->children;
        sum += p->children;
    }
    for (size_t b = 0; b < bands; b++) {
        cells[b] = hf__counts_add(&f->counts, values[b], HF__WEIGHT_CELL);
    }
    cells[bands] = hf__counts_add(&f->counts, sum, HF__WEIGHT_GRAND);
    hf__counts_sum(&f->counts, cells[bands], cells, bands);
    if (f->counts.failed) {
        return hf__fail_memory(ctx);
    }
    hf_status status = hf__protect(ctx, report, &f->counts);
    for (size_t b = 0; b <= bands && !status; b++) {
        put_row(document, columns, NULL, mile_labels[b], f, cells[b],
                cells[bands]);
    }
    return status;
}

static void put_facts(hf_document *document, const hf_report *report,
                      const hf__figures *f) {
    hf__buf rule;
    hf__buf_init(&rule);
    hf__add_rule(&rule, report, f);
    hf_document_fact(document, "disclosure", "Confidentiality",
                     rule.text ? rule.text : "");
    document->failed |= rule.failed;
    hf__buf_reset(&rule);
    hf_document_fact(document, "symbols", "Symbols",
                     "c: withheld; k: rounds to zero; x: not available; z: not "
                     "applicable; 0 is a true zero");
    hf_document_fact(document, "figures", "Figures",
                     "percentages are whole, rounded half up; a band closes on "
                     "its upper edge, on the distance rounded to one decimal");
}

hf_status hf_report_write_template(hf_context *ctx, const hf_report *report,
                                   hf_template kind,
                                   const hf_template_place *place,
                                   hf_document *document) {
    tidy_column columns[PLACE_COLUMNS];
    hf__figures f = {0};
    fill_place(place, columns);
    start_table(document, kind, columns);
    hf_status status = kind == HF_TEMPLATE_DFE_LOCALITY
                           ? put_locality(ctx, report, columns, &f, document)
                           : put_bands(ctx, report, columns, &f, document);
    if (!status) {
        put_facts(document, report, &f);
        status = document->failed ? hf__fail_memory(ctx) : HF_OK;
    }
    hf__figures_reset(&f);
    return status;
}
