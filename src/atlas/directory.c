#include "atlas/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

int hf__day_parse(const char *text, int if_empty) {
    if (!*text) {
        return if_empty;
    }
    int year = 0, month = 0, day = 0;
    for (int i = 0; i < 10; i++) {
        bool is_dash = i == 4 || i == 7;
        if (is_dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
            return 0;
        }
        int *part = i < 4 ? &year : i < 7 ? &month : &day;
        if (!is_dash) {
            *part = *part * 10 + (text[i] - '0');
        }
    }
    if (text[10] || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month)) {
        return 0;
    }
    return year * 10000 + month * 100 + day;
}

int hf__day_gap(int day, int first_day, int last_day) {
    return day < first_day  ? first_day - day
           : day > last_day ? day - last_day
                            : 0;
}

int hf__day_after(int day) {
    int year = day / 10000, month = day / 100 % 100;
    if (day % 100 < days_in_month(year, month)) {
        return day + 1;
    }
    return month < 12 ? year * 10000 + (month + 1) * 100 + 1
                      : (year + 1) * 10000 + 101;
}

bool hf__list_next(hf__str *list, hf__str *out_item) {
    while (list->len) {
        const char *end = memchr(list->at, ';', list->len);
        size_t len = end ? (size_t)(end - list->at) : list->len;
        hf__str item = hf__str_trim((hf__str){list->at, len});
        size_t used = end ? len + 1 : len;
        list->at += used;
        list->len -= used;
        if (item.len) {
            *out_item = item;
            return true;
        }
    }
    return false;
}

bool hf__record_is_in_force(const hf__record *record, int day) {
    return record->first_day <= day && day <= record->last_day;
}

bool hf__group_has(const hf__group *group, const hf__record *record) {
    const struct {
        const char *key, *value;
    } facts[] = {{"code=", record->code},
                 {"country=", record->country},
                 {"region=", record->region},
                 {"ceremonial_county=", record->ceremonial_county}};
    hf__str rules = hf__str_of(group->rules), rule;
    while (hf__list_next(&rules, &rule)) {
        for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
            size_t len = strlen(facts[i].key);
            if (rule.len > len && !memcmp(rule.at, facts[i].key, len) &&
                hf__str_is((hf__str){rule.at + len, rule.len - len},
                           facts[i].value)) {
                return true;
            }
        }
    }
    return false;
}

static int compare_records(const void *a, const void *b) {
    return strcmp(((const hf__record *)a)->code, ((const hf__record *)b)->code);
}

static int compare_districts(const void *a, const void *b) {
    const hf__district *first = a, *second = b;
    int order = strcmp(first->code, second->code);
    return order ? order : first->first_day - second->first_day;
}

/* Opens a table and finds its columns, in the order of `names`. */
static hf_status open_table(hf_context *ctx, const char *file,
                            const char *const *names, size_t n, size_t *columns,
                            hf__facts **out) {
    hf_status status = hf__facts_open_named(ctx, file, out);
    for (size_t i = 0; !status && i < n; i++) {
        status = hf__facts_column(ctx, *out, names[i], &columns[i]);
    }
    return status;
}

static hf_status read_days(hf_context *ctx, const hf__facts *facts, size_t row,
                           const char *first, const char *last, int *out_first,
                           int *out_last) {
    *out_first = hf__day_parse(first, 0);
    *out_last = hf__day_parse(last, HF__DAY_OPEN);
    if (!*out_first || !*out_last || *out_first > *out_last) {
        return hf__fail(ctx, HF_ERR_DAMAGED, "%s:%zu: days from %s to %s",
                        hf__facts_path(facts), hf__facts_line(facts, row),
                        first, last);
    }
    return HF_OK;
}

static hf_status read_records(hf_context *ctx, hf__directory *directory) {
    static const char *const names[] = {
        "code",         "dfe_code",   "name",      "name_cy",
        "other_names",  "country",    "region",    "ceremonial_county",
        "predecessors", "successors", "first_day", "last_day"};
    size_t column[sizeof names / sizeof *names];
    hf_status status =
        open_table(ctx, "authorities.csv", names, sizeof names / sizeof *names,
                   column, &directory->facts[0]);
    if (status) {
        return status;
    }
    const hf__facts *facts = directory->facts[0];
    size_t n = hf__facts_n_rows(facts);
    directory->records = hf__calloc(n, sizeof *directory->records);
    if (!directory->records) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const char *cells[sizeof names / sizeof *names];
        for (size_t c = 0; c < sizeof names / sizeof *names; c++) {
            cells[c] = hf__facts_cell(facts, i, column[c]);
        }
        hf__record *record = &directory->records[i];
        *record = (hf__record){cells[0], cells[1], cells[2], cells[3],
                               cells[4], cells[5], cells[6], cells[7],
                               cells[8], cells[9], 0,        0};
        status = read_days(ctx, facts, i, cells[10], cells[11],
                           &record->first_day, &record->last_day);
    }
    directory->n_records = n;
    qsort(directory->records, n, sizeof *directory->records, compare_records);
    return status;
}

static hf_status read_groups(hf_context *ctx, hf__directory *directory) {
    static const char *const names[] = {"name", "kind", "other_names",
                                        "rule_or_members"};
    size_t column[4];
    hf_status status =
        open_table(ctx, "groups.csv", names, 4, column, &directory->facts[1]);
    if (status) {
        return status;
    }
    const hf__facts *facts = directory->facts[1];
    directory->n_groups = hf__facts_n_rows(facts);
    directory->groups =
        hf__calloc(directory->n_groups, sizeof *directory->groups);
    if (!directory->groups) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < directory->n_groups; i++) {
        directory->groups[i] = (hf__group){hf__facts_cell(facts, i, column[0]),
                                           hf__facts_cell(facts, i, column[1]),
                                           hf__facts_cell(facts, i, column[2]),
                                           hf__facts_cell(facts, i, column[3])};
    }
    return HF_OK;
}

static hf_status read_districts(hf_context *ctx, hf__directory *directory) {
    static const char *const names[] = {"district_code", "district_name",
                                        "authority_code", "first_day",
                                        "last_day"};
    size_t column[5];
    hf_status status = open_table(ctx, "districts.csv", names, 5, column,
                                  &directory->facts[2]);
    if (status) {
        return status;
    }
    const hf__facts *facts = directory->facts[2];
    size_t n = hf__facts_n_rows(facts);
    directory->districts = hf__calloc(n, sizeof *directory->districts);
    if (!directory->districts) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n && !status; i++) {
        hf__district *district = &directory->districts[i];
        *district = (hf__district){hf__facts_cell(facts, i, column[0]),
                                   hf__facts_cell(facts, i, column[1]),
                                   hf__facts_cell(facts, i, column[2]), 0, 0};
        status = read_days(ctx, facts, i, hf__facts_cell(facts, i, column[3]),
                           hf__facts_cell(facts, i, column[4]),
                           &district->first_day, &district->last_day);
    }
    directory->n_districts = n;
    qsort(directory->districts, n, sizeof *directory->districts,
          compare_districts);
    return status;
}

hf_status hf__directory_open(hf_context *ctx, hf__directory *out) {
    hf__directory directory = {0};
    hf_status status = read_records(ctx, &directory);
    status = status ? status : read_groups(ctx, &directory);
    status = status ? status : read_districts(ctx, &directory);
    if (status) {
        hf__directory_close(&directory);
        return status;
    }
    *out = directory;
    return HF_OK;
}

void hf__directory_close(hf__directory *directory) {
    for (size_t i = 0; i < 3; i++) {
        hf__facts_close(directory->facts[i]);
    }
    hf__free(directory->records);
    hf__free(directory->groups);
    hf__free(directory->districts);
    *directory = (hf__directory){0};
}

const hf__record *hf__directory_find_code(const hf__directory *directory,
                                          hf__str code) {
    for (size_t i = 0; i < directory->n_records; i++) {
        if (hf__str_is_nocase(code, directory->records[i].code)) {
            return &directory->records[i];
        }
    }
    return NULL;
}
