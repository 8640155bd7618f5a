/* The tables of authorities, groups and districts as read: records with dates
 * and links, and the index of their names. The gazetteer decides what they mean
 * for a boundary set. */
#ifndef HOWFAR_ATLAS_DIRECTORY_H
#define HOWFAR_ATLAS_DIRECTORY_H

#include "base/facts.h"
#include "base/text.h"

/* Days are YYYYMMDD. An open last day is HF__DAY_OPEN. */
#define HF__DAY_OPEN 99991231

/* An authority for as long as it kept its code. Strings are borrowed from the
 * tables; lists are separated by ';'. */
typedef struct hf__record {
    const char *code;
    const char *dfe_code;
    const char *name;
    const char *name_cy;
    const char *other_names;
    const char *country;
    const char *region;
    const char *ceremonial_county;
    const char *predecessors;
    const char *successors;
    int first_day, last_day;
} hf__record;

/* A name that stands for several authorities: those that match any of its rules
 * ("region=London", "code=E06000001"). */
typedef struct hf__group {
    const char *name;
    const char *kind;
    const char *other_names;
    const char *rules;
} hf__group;

typedef struct hf__district {
    const char *code;
    const char *name;
    const char *authority_code;
    int first_day, last_day;
} hf__district;

typedef struct hf__directory {
    hf__facts *facts[3];
    hf__record *records; /* sorted by code */
    size_t n_records;
    hf__group *groups;
    size_t n_groups;
    hf__district *districts; /* sorted by code */
    size_t n_districts;
} hf__directory;

/* Reads the three tables from the data folder. HF_ERR_IO, HF_ERR_DAMAGED. */
hf_status hf__directory_open(hf_context *ctx, hf__directory *out);
void hf__directory_close(hf__directory *directory);

/* The record of a code (any case), or NULL. */
const hf__record *hf__directory_find_code(const hf__directory *directory,
                                          hf__str code);

bool hf__record_is_in_force(const hf__record *record, int day);

/* Takes the next item off a ';' list; false at its end. */
bool hf__list_next(hf__str *list, hf__str *out_item);

/* Whether a record matches one of a group's rules. */
bool hf__group_has(const hf__group *group, const hf__record *record);

/* Reads "2023-04-01"; "" gives `if_empty`; 0 when it is no day. */
int hf__day_parse(const char *text, int if_empty);

/* How far a day lies outside a time, as a difference of YYYYMMDD: for comparing
 * only. 0 within. */
int hf__day_gap(int day, int first_day, int last_day);

/* The day after, for dates of change. */
int hf__day_after(int day);

#endif
