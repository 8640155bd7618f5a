/* The report on a file of placements: its options, and reading it in. Shared by
 * the commands that publish what is in it. */
#ifndef HOWFAR_CLI_SUMMARY_H
#define HOWFAR_CLI_SUMMARY_H

#include "cli/placements.h"

#define SUMMARY_MOST_BANDS 20

/* A destination that is several groups at once, as a row has named it. */
typedef struct summary_area {
    char *name;
    size_t *authorities;
    size_t n;
} summary_area;

typedef struct summary {
    placements *p;
    /* options */
    const char *group, *by, *bands;
    size_t suppress, round_to;
    bool is_dfe; /* for a table of the Department's: of a return, by its own
                    distance and without short breaks */
    /* what was read */
    hf_grouping *grouping;
    hf_report *report;
    hf_annotate_summary *read;
    uint64_t rows_without_count; /* of a column of children */
    bool has_return;
    uint64_t short_breaks;     /* children left out */
    hf_ssda903_field by_field; /* of the return, where the breakdown is one */
    bool by_codes;
    char value[128]; /* of the breakdown, in words */
    summary_area *areas;
    size_t n_areas;
    bool has_areas; /* some are known by an area, not a point */
} summary;

void summary_init(summary *s, placements *p);

/* The options on what is counted. The table lives as long as the process. */
const cli_option *summary_options(summary *s);

/* Reads the opened placements into a report. False after an error line;
 * *exit_out is the status. Close it in any case. */
bool summary_read(summary *s, int *exit_out);
/* The destination of an authority among n: their number where it is in none. */
size_t summary_find_destination(const summary *s, size_t authority,
                                const hf_report_destination *list, size_t n);

/* One line on stderr where nothing is withheld. */
void summary_print_rule(const summary *s);

/* What was counted in another way than the reader may think. */
void summary_add_facts(const summary *s, hf_document *document);
void summary_close(summary *s);

/* Numbers of miles, ascending: "20,50,100". False after an error line that
 * begins with `option`. */
bool summary_parse_miles(const char *option, const char *text, double *out,
                         size_t most, size_t *out_n);

#endif
