/* What the parts of writing a report share: sentences and tables. */
#ifndef HOWFAR_REPORT_WRITING_H
#define HOWFAR_REPORT_WRITING_H

#include "report/figures.h"

typedef struct hf__writing {
    const hf_report *report;
    const hf__figures *f;
    hf_document *document;
    hf__spread all, outside;
    size_t n_authorities; /* 0: not known */
    bool has_unknown, has_either;
} hf__writing;

/* The cell of all placements of a side. */
size_t hf__total_of(const hf__writing *w, size_t side);

/* Whether a distance that rests on so many children may be known. */
bool hf__may_show(const hf__writing *w, uint64_t rests_on);
bool hf__shows_farthest(const hf__writing *w, const hf__spread *spread);

void hf__put_sentences(const hf__writing *w);

/* A value of the breakdown as it is printed. */
const char *hf__value_name(const hf__writing *w, size_t value);

/* `order` is that of the values; it may be NULL, and is reordered. */
void hf__put_by_destination(const hf__writing *w, size_t *order);

#endif
