/* The inside of the gazetteer, shared by the files that make it up: the index
 * of names (gazetteer.c), codes (codes.c), what a name means in the set
 * (meaning.c), and the nearest spellings (spelling.c). */
#ifndef HOWFAR_ATLAS_MEANING_H
#define HOWFAR_ATLAS_MEANING_H

#include "atlas/directory.h"
#include "atlas/gazetteer.h"
#include "atlas/names.h"

/* What a name stands for, in the order in which they are preferred when several
 * share a spelling. */
typedef enum hf__entry_kind {
    HF__ENTRY_RECORD = 0, /* an authority of the tables */
    HF__ENTRY_OWN = 1,    /* an authority that only the set's own file names */
    HF__ENTRY_GROUP = 2,
    HF__ENTRY_DISTRICT = 3
} hf__entry_kind;

typedef struct hf__entry {
    char *key;
    bool is_full; /* the key as folded, or the bare one */
    hf__entry_kind kind;
    size_t index;
} hf__entry;

struct hf__gazetteer {
    const hf_boundaries *set;
    hf__directory directory;
    int as_of;
    size_t *member_of;  /* of each record: its authority in the set */
    bool *in_table;     /* of each authority of the set */
    hf__entry *entries; /* sorted by key */
    size_t n_entries, entries_capacity;
};

/* Authorities of the set, in ascending order, each once. */
typedef struct hf__members {
    size_t *list;
    size_t n, capacity;
    bool failed; /* memory ran out */
} hf__members;

/* Which authorities of the set hold the record's area: itself, or what came
 * after, or what was before. *out_step is 0, 1 or -1 accordingly. */
void hf__members_of_record(const hf__gazetteer *gazetteer,
                           const hf__record *record, hf__members *out,
                           int *out_step);

/* The record of a district's authority on the day, or of the time nearest to
 * it; NULL where the code is no district's. */
const hf__record *hf__authority_of_district(const hf__gazetteer *gazetteer,
                                            hf__str code);

/* A place of the listed authorities; takes the list and the note. */
hf_status hf__place_of_members(hf_context *ctx, const hf__gazetteer *gazetteer,
                               const char *name, hf__members *list,
                               hf__buf *note, hf_place *out);

hf_status hf__place_of_record(hf_context *ctx, const hf__gazetteer *gazetteer,
                              const hf__record *record, hf_place *out);

/* `former` is an abolished authority of the same name, or NULL: where it is the
 * same area, its note tells of the change. `other` is a group of the same name
 * that was not chosen, or NULL: the note tells how to write it. */
hf_status hf__place_of_group(hf_context *ctx, const hf__gazetteer *gazetteer,
                             const hf__group *group, const hf__record *former,
                             const hf__group *other, hf_place *out);

hf_status hf__place_of_district(hf_context *ctx, const hf__gazetteer *gazetteer,
                                const hf__district *district, hf_place *out);

/* The place of a code, or of several of the Department for Education.
 * *out_done is false where the text is none. */
hf_status hf__find_code(hf_context *ctx, const hf__gazetteer *gazetteer,
                        hf__str text, hf_place *out, bool *out_done);

/* HF_ERR_NOT_FOUND: known, but not in this set. */
hf_status hf__not_in_set(hf_context *ctx, const hf__gazetteer *gazetteer,
                         const char *name);

/* HF_ERR_NOT_FOUND with the nearest spellings. */
hf_status hf__not_found(hf_context *ctx, const hf__gazetteer *gazetteer,
                        hf__str text, const hf__name_keys *keys);

/* Names joined by commas and "and". */
void hf__add_member_names(const hf__gazetteer *gazetteer,
                          const hf__members *list, hf__buf *out);
/* A name with "Bristol, City of" as "Bristol". */
void hf__add_people_name(hf__buf *out, const char *official);

#endif
