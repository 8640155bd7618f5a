/* Reports of placements: how many are where, how far away, and for which
 * reason, fit to be published.
 *
 *     hf_report_options options;
 *     hf_report_options_init(&options);
 *     options.home = "Hertfordshire";
 *     if (hf_report_new(ctx, &options, &report)) ...
 *     for each placement: if (hf_report_add(ctx, report, &placement)) ...
 *     if (hf_document_new(ctx, &document) ||
 *         hf_report_write(ctx, report, document) ||
 *         hf_document_write(ctx, document, HF_FORMAT_HTML, NULL, &text, &len))
 *
 * Disclosure control is on unless switched off, and an auditor judges every
 * report before it goes into a document: counts of 1 to `suppress` are withheld
 * ("c"), and further counts until none can be worked out from what is shown in
 * any table of the report. A true zero stays 0. Distances are whole miles,
 * rounded half up, and the farthest is shown only where more placements than
 * `suppress` share it. Percentages are whole numbers of figures that are shown,
 * rounded half up; "k" is one that rounds to zero.
 *
 * What is protected is one report. Two reports of the same placements, grouped
 * differently or for different thresholds, can be subtracted from each other:
 * publish one, and draw its map from its own destinations. */
#ifndef HOWFAR_REPORT_H
#define HOWFAR_REPORT_H

#include "howfar/classifier.h"
#include "howfar/document.h"

HF_BEGIN_DECLS

typedef struct hf_report hf_report;

/* Counts up to this are withheld unless chosen otherwise. */
#define HF_REPORT_SUPPRESS 5

/* A breakdown of more values is none: it would name persons. So would one whose
 * name is that of an identifier or an address ("child_id", "postcode"), whose
 * values hold a postcode or a number of seven digits, or most of whose
 * placements have a value of their own. */
#define HF_REPORT_MOST_VALUES 40

typedef struct hf_report_options {
    const char *home;      /* name of the home authority; required */
    const char *breakdown; /* name of the breakdown, "reason"; NULL: none */
    const double *bands;   /* upper edges in miles, ascending; NULL: 20, 50,
                              100. A band closes on its upper edge, on the
                              distance rounded half up to one decimal. */
    size_t n_bands;
    uint64_t suppress; /* counts of 1 to this are withheld; 0: none */
    uint64_t round_to; /* instead: round each count to this base, half up; 0:
                          no rounding, otherwise at least 2 */
} hf_report_options;

HF_API void hf_report_options_init(hf_report_options *options);

/* Where the miles of a placement lead to. */
typedef enum hf_measured_to {
    HF_TO_PLACEMENT = 0,
    HF_TO_CENTRE = 1, /* of the area that it is known by */
    HF_TO_BORDER = 2  /* the nearest, of that area */
} hf_measured_to;

/* One placement, or several of one kind. Strings are copied. */
typedef struct hf_placement {
    unsigned categories;     /* a set, see HF_CATEGORY_SETS: inside where it is
                                in-county alone, outside where it lacks that,
                                otherwise unknown */
    size_t authority;        /* for the number of different ones; HF_NOWHERE:
                                not one authority */
    const char *destination; /* as the report groups it: "London"; "" where
                                unknown */
    double miles;            /* NaN: unknown */
    hf_measured_to measured_to;
    const char *reason;    /* why category or miles are unknown: a text of the
                              program's own, never of the data; NULL or ""
                              where they are known, or nobody knows why */
    uint64_t children;     /* 1 for a row of one placement */
    const char *breakdown; /* value, "" for none; NULL without a breakdown */
} hf_placement;

/* The options are copied. HF_ERR_USAGE for bands that do not ascend, a
 * round_to of 1, a home of NULL; HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_report_new(hf_context *ctx,
                                              const hf_report_options *options,
                                              hf_report **out);
HF_API void hf_report_free(hf_report *report);

/* Takes a placement in. HF_ERR_UNSUITABLE for a breakdown that could name
 * persons, as soon as its values show it (the rest shows in hf_report_write);
 * HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_report_add(hf_context *ctx,
                                              hf_report *report,
                                              const hf_placement *placement);

/* Adds title, sentences, tables, notes and facts on method to `document`: in
 * and outside the home authority, by category, by destination (and breakdown),
 * by band of miles, the distances, and what is unknown by reason. What was
 * read, from which boundaries, the caller adds as facts. HF_ERR_UNSUITABLE
 * where the breakdown has too many values, or the counts can't be protected;
 * HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_report_write(hf_context *ctx,
                                                const hf_report *report,
                                                hf_document *document);

/* What the report shows of a destination, for a map of it. */
typedef struct hf_report_destination {
    const char *name; /* as it was added; lives as long as the report */
    uint64_t count;   /* as printed; 0 where it is withheld */
    bool is_withheld;
} hf_report_destination;

/* The destinations outside, in the order in which they were added; free with
 * hf_report_destinations_free. Statuses as of hf_report_write. */
HF_API HF_WARN_UNUSED hf_status
hf_report_destinations(hf_context *ctx, const hf_report *report,
                       hf_report_destination **out, size_t *out_n);
HF_API void hf_report_destinations_free(hf_report_destination *destinations);

/* The tables of the Department for Education's statistics of looked after
 * children, in its tidy form. */
typedef enum hf_template {
    HF_TEMPLATE_DFE_LOCALITY = 0, /* inside or outside the boundary by 20 miles
                                     or less, over 20, not known */
    HF_TEMPLATE_DFE_BANDS = 1     /* under 20, 21-40, ..., over 100 miles */
} hf_template;

/* Finds "dfe-locality", "dfe-bands". HF_ERR_USAGE with the list. */
HF_API HF_WARN_UNUSED hf_status hf_template_parse(hf_context *ctx,
                                                  const char *name,
                                                  hf_template *out);

/* The upper edges of its bands in miles, for hf_report_options: constant. */
HF_API const double *hf_template_bands(hf_template kind, size_t *out_n);

/* What stands before the indicators of each row; NULL is "x", not available. */
typedef struct hf_template_place {
    const char *time_period;      /* "2024" or "202324" */
    const char *time_identifier;  /* "Reporting year" */
    const char *geographic_level; /* NULL: "Local authority" */
    const char *country_code, *country_name;
    const char *region_code, *region_name;
    const char *old_la_code; /* "919" */
    const char *new_la_code; /* "E10000015" */
    const char *la_name;
} hf_template_place;

/* Adds the table of a template to `document`: time_period, time_identifier,
 * geographic_level, country_code, country_name, region_code, region_name,
 * old_la_code, new_la_code, la_name, the characteristics, then `number` and
 * `percentage`. Numbers of a local authority are not rounded, percentages are
 * whole. c: withheld, k: rounds to zero, z: not applicable, x: not available;
 * 0 is a true zero. Statuses as above. */
HF_API HF_WARN_UNUSED hf_status hf_report_write_template(
    hf_context *ctx, const hf_report *report, hf_template kind,
    const hf_template_place *place, hf_document *document);

HF_END_DECLS
#endif
