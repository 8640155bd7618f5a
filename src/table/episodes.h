/* The episodes of an SSDA903 return as rows of CSV, made from the elements of
 * its XML as they come: a CHILD with a HEADER (CHILDID, UASC) and its EPISODEs.
 *
 * Columns are those of the Episodes file, by its names, and UASC; then whatever
 * else the episodes of the first megabyte have. What is only of the child is
 * left out. Memory does not grow with the number of children. */
#ifndef HOWFAR_TABLE_EPISODES_H
#define HOWFAR_TABLE_EPISODES_H

#include "base/text.h"

typedef struct hf__episodes hf__episodes;

/* NULL without memory. */
hf__episodes *hf__episodes_new(char delimiter);
void hf__episodes_free(hf__episodes *episodes);

/* What comes next: the start of an element, text within it, its end, the end of
 * the document. False when it can't be: hf__episodes_problem says why. */
bool hf__episodes_start(hf__episodes *episodes, hf__str name);
bool hf__episodes_text(hf__episodes *episodes, hf__str text);
bool hf__episodes_end(hf__episodes *episodes);
bool hf__episodes_finish(hf__episodes *episodes);

/* One phrase, without a row's data; NULL for want of memory. */
const char *hf__episodes_problem(const hf__episodes *episodes);

/* Takes at most `len` bytes of what is ready; 0 when more is needed. */
size_t hf__episodes_take(hf__episodes *episodes, char *to, size_t len);

#endif
