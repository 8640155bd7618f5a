/* Where an answer comes from: what every report ends with, and what `annotate
 * --provenance` writes beside its output. */
#ifndef HOWFAR_CLI_PROVENANCE_H
#define HOWFAR_CLI_PROVENANCE_H

#include "cli/placements.h"

/* Which boundaries, which program, and what the licences ask to be said. */
void provenance_add(const session *s, hf_document *document);

/* The same, which columns said where the placements are, which postcode
 * directory, and how each figure came about. */
void provenance_add_read(const placements *p, const hf_annotate_summary *sum,
                         hf_document *document);

/* What licences ask to be said, lines between "\n"; for a map. */
void provenance_attribution(const session *s, bool with_postcodes, char *out,
                            size_t size);

/* Writes all of it, rows and exclusions by reason as JSON to a file; gives the
 * exit status. */
int provenance_write(placements *p, const hf_annotate_summary *sum,
                     const char *path);

#endif
