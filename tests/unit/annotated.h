/* Annotating bytes in memory, for tests: a small country, and runs over it. */
#ifndef HOWFAR_TESTS_ANNOTATED_H
#define HOWFAR_TESTS_ANNOTATED_H

#include "check.h"
#include "table/annotate.h"

/* Squares of 10 km on the British National Grid: Hertfordshire from 500000,
 * 200000, Central Bedfordshire west of it, "Bristol, City of" and Ynys Mon
 * (with its accent) farther away; and Luton, of 5 km, which overlaps
 * Hertfordshire's north-eastern corner. */
typedef struct country {
    hf_context *ctx;
    char folder[64]; /* of the index; "" without one */
    hf_boundaries *set;
    hf_places *places;
    hf_adjacency *adjacency;
    size_t home; /* Hertfordshire */
} country;

void country_open(country *c);

/* The same with an index of postcodes compiled from a directory (CSV text). */
void country_open_with(country *c, const char *directory);
void country_close(country *c);

/* A run: what came out. Reset with run_reset. */
typedef struct run {
    hf_status status;
    char *out;
    size_t len;
    hf_annotate_summary *summary; /* NULL unless HF_OK */
    char columns[1000];           /* as told by the callback */
} run;

/* Annotates `len` bytes; `options` and `tuning` may be NULL: home is
 * Hertfordshire. */
run run_bytes(const country *c, const char *bytes, size_t len,
              const hf_annotate_options *options,
              const hf__annotate_tuning *tuning);
run run_text(const country *c, const char *text);
run run_file(const country *c, const hf_annotate_options *options, int in_fd,
             const hf__annotate_tuning *tuning);
void run_reset(run *r);

/* Options with Hertfordshire as home. */
hf_annotate_options home_options(const country *c);

/* Reads a descriptor from its start to a block that the caller frees. */
char *read_all(int fd, size_t *out_len);

/* A nameless file of these bytes, at its start. */
int file_of(const char *bytes, size_t len);

#endif
