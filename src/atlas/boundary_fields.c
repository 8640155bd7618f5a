#include "atlas/boundary_fields.h"

#include <string.h>

#include "base/context.h"
#include "base/memory.h"

/* ctyua24cd: a family of areas, the year, and what the field holds. */
typedef enum field_kind { HOLDS_CODE, HOLDS_NAME, HOLDS_WELSH_NAME } field_kind;

typedef struct pattern {
    int family; /* index into `families`, -1 where the name fits nothing */
    int year;
    field_kind holds;
} pattern;

static const struct {
    const char *name;
    bool is_upper_tier;
} families[] = {{"ctyua", true}, {"utla", true},  {"lad", false},
                {"cty", false},  {"ctry", false}, {"rgn", false}};

/* Other usual names, the most telling first. */
static const char *const code_names[] = {
    "areacd",    "area_code", "gss_code",  "gsscode",  "gss_cd",
    "utla_code", "lad_code",  "ladcd",     "la_code",  "lacode",
    "la_cd",     "ons_code",  "geo_code",  "geogcode", "lgdcode",
    "geo_cd",    "areacode",  "auth_code", "code",     "cd"};
static const char *const name_names[] = {
    "areanm",  "area_name", "gss_name", "utla_name",  "lad_name",  "ladnm",
    "la_name", "laname",    "la_nm",    "ons_name",   "geo_name",  "geogname",
    "lgdname", "geo_nm",    "areaname", "local_auth", "auth_name", "authority",
    "council", "name",      "nm"};
static const char *const start_names[] = {"start",      "start_year",
                                          "start_date", "startdate",
                                          "first_year", "year_start"};
static const char *const end_names[] = {"end",     "end_year",  "end_date",
                                        "enddate", "last_year", "year_end"};

#define LIST(names) (names), sizeof(names) / sizeof *(names)

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool hf__is_gss_code(hf__str text) {
    static const char countries[] = "EWSNKJLMewsnkjlm";
    if (text.len != 9 || !memchr(countries, text.at[0], sizeof countries - 1)) {
        return false;
    }
    for (size_t i = 1; i < 9; i++) {
        if (!is_digit(text.at[i])) {
            return false;
        }
    }
    return true;
}

bool hf__boundary_year(hf__str cell, int *out_year) {
    double number = 0;
    cell = hf__str_trim(cell);
    if (!cell.len) {
        *out_year = 0;
        return true;
    }
    if (cell.len == 10 && is_digit(cell.at[0]) && is_digit(cell.at[9])) {
        bool year_first = cell.at[4] == '-' && cell.at[7] == '-';
        bool year_last = cell.at[2] == '/' && cell.at[5] == '/';
        if (year_first || year_last) {
            cell = (hf__str){cell.at + (year_first ? 0 : 6), 4};
        }
    }
    if (!hf__parse_double(cell, &number) || !(number >= 0 && number < 1e8)) {
        return false;
    }
    int whole = (int)number;
    int year = whole > 9999 ? whole / 10000 : whole;
    if (whole != number || (year && (year < 1800 || year > 9999))) {
        return false;
    }
    *out_year = year == 9999 ? 0 : year;
    return true;
}

static pattern read_pattern(const char *name) {
    static const struct {
        const char *suffix;
        field_kind holds;
    } suffixes[] = {
        {"cd", HOLDS_CODE}, {"nm", HOLDS_NAME}, {"nmw", HOLDS_WELSH_NAME}};
    pattern found = {-1, 0, HOLDS_CODE};
    size_t len = strlen(name);
    for (int f = 0; f < (int)(sizeof families / sizeof *families); f++) {
        size_t prefix = strlen(families[f].name);
        if (len < prefix + 4 || !is_digit(name[prefix]) ||
            !is_digit(name[prefix + 1]) ||
            !hf__str_is_nocase((hf__str){name, prefix}, families[f].name)) {
            continue;
        }
        hf__str suffix = hf__str_of(name + prefix + 2);
        for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++) {
            if (hf__str_is_nocase(suffix, suffixes[s].suffix)) {
                int year = (name[prefix] - '0') * 10 + name[prefix + 1] - '0';
                found.family = f;
                found.year = year < 70 ? 2000 + year : 1900 + year;
                found.holds = suffixes[s].holds;
            }
        }
    }
    return found;
}

static size_t find_field(const hf__shapefile *file, const char *name) {
    for (size_t i = 0; i < hf__shapefile_n_fields(file); i++) {
        if (hf__str_is_nocase(hf__str_of(name),
                              hf__shapefile_field_name(file, i))) {
            return i;
        }
    }
    return HF__NO_FIELD;
}

static size_t find_first(const hf__shapefile *file, const char *const *names,
                         size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t field = find_field(file, names[i]);
        if (field != HF__NO_FIELD) {
            return field;
        }
    }
    return HF__NO_FIELD;
}

/* Fails with a list of fields: all of them, or those of `chosen`. */
static hf_status fail_with_fields(hf_context *ctx, hf_status status,
                                  const hf__shapefile *file, const char *label,
                                  const char *what, const bool *chosen,
                                  const char *advice) {
    hf__buf list;
    hf__buf_init(&list);
    for (size_t i = 0; i < hf__shapefile_n_fields(file); i++) {
        if (!chosen || chosen[i]) {
            hf__buf_add_format(&list, "%s%s", list.len ? ", " : "",
                               hf__shapefile_field_name(file, i));
        }
    }
    status = list.failed ? hf__fail_memory(ctx)
                         : hf__fail(ctx, status, "%s: %s %s; %s", label, what,
                                    list.text ? list.text : "", advice);
    hf__buf_reset(&list);
    return status;
}

/* The code field by pattern: an upper tier before others, one family and year
 * of the best tier. HF__NO_FIELD where nothing fits. */
static hf_status find_code_by_pattern(hf_context *ctx,
                                      const hf__shapefile *file,
                                      const char *label, bool *chosen,
                                      size_t *out) {
    size_t n = hf__shapefile_n_fields(file), n_chosen = 0;
    bool best_is_upper = false;
    *out = HF__NO_FIELD;
    for (size_t i = 0; i < n; i++) {
        pattern p = read_pattern(hf__shapefile_field_name(file, i));
        if (p.family < 0 || p.holds != HOLDS_CODE) {
            continue;
        }
        bool is_upper = families[p.family].is_upper_tier;
        if (best_is_upper && !is_upper) {
            continue;
        }
        if (is_upper && !best_is_upper) {
            memset(chosen, 0, n * sizeof *chosen);
            n_chosen = 0;
            best_is_upper = true;
        }
        chosen[i] = true;
        n_chosen++;
        *out = i;
    }
    if (n_chosen > 1) {
        return fail_with_fields(ctx, HF_ERR_AMBIGUOUS, file, label,
                                "several fields may hold the codes:", chosen,
                                "name one with --code-field");
    }
    return HF_OK;
}

/* Whether every cell that is not empty looks like a GSS code, and one does. */
static hf_status holds_gss_codes(hf_context *ctx, hf__shapefile *file,
                                 size_t field, bool *out) {
    bool found = false;
    for (size_t i = 0; i < hf__shapefile_n_records(file); i++) {
        hf__str cell;
        hf_status status = hf__shapefile_cell(ctx, file, i, field, &cell);
        if (status) {
            return status;
        }
        if (cell.len && !hf__is_gss_code(cell)) {
            *out = false;
            return HF_OK;
        }
        found |= cell.len > 0;
    }
    *out = found;
    return HF_OK;
}

static hf_status find_code_by_content(hf_context *ctx, hf__shapefile *file,
                                      const char *label, bool *chosen,
                                      size_t *out) {
    size_t n_chosen = 0;
    for (size_t i = 0; i < hf__shapefile_n_fields(file); i++) {
        hf_status status = holds_gss_codes(ctx, file, i, &chosen[i]);
        if (status) {
            return status;
        }
        if (chosen[i]) {
            n_chosen++;
            *out = i;
        }
    }
    if (n_chosen > 1) {
        return fail_with_fields(ctx, HF_ERR_AMBIGUOUS, file, label,
                                "several fields hold codes:", chosen,
                                "name one with --code-field");
    }
    return HF_OK;
}

static hf_status find_code(hf_context *ctx, hf__shapefile *file,
                           const char *label, const char *wanted, size_t *out) {
    if (wanted) {
        *out = find_field(file, wanted);
        if (*out == HF__NO_FIELD) {
            return fail_with_fields(ctx, HF_ERR_NOT_FOUND, file, label,
                                    "no field of the name given for the code "
                                    "among its fields",
                                    NULL, "name one with --code-field");
        }
        return HF_OK;
    }
    bool *chosen = hf__calloc(hf__shapefile_n_fields(file), sizeof *chosen);
    if (!chosen) {
        return hf__fail_memory(ctx);
    }
    hf_status status = find_code_by_pattern(ctx, file, label, chosen, out);
    if (!status && *out == HF__NO_FIELD) {
        *out = find_first(file, LIST(code_names));
    }
    if (!status && *out == HF__NO_FIELD) {
        status = find_code_by_content(ctx, file, label, chosen, out);
    }
    hf__free(chosen);
    if (!status && *out == HF__NO_FIELD) {
        status = fail_with_fields(
            ctx, HF_ERR_NOT_FOUND, file, label,
            "no field is known to hold the codes; its fields are", NULL,
            "name them with --code-field and --name-field");
    }
    return status;
}

/* The field of the same family and year as the code's, if any. */
static size_t find_sibling(const hf__shapefile *file, size_t code,
                           field_kind holds) {
    pattern of_code = read_pattern(hf__shapefile_field_name(file, code));
    for (size_t i = 0; i < hf__shapefile_n_fields(file); i++) {
        pattern p = read_pattern(hf__shapefile_field_name(file, i));
        if (p.family >= 0 && p.family == of_code.family &&
            p.year == of_code.year && p.holds == holds) {
            return i;
        }
    }
    return HF__NO_FIELD;
}

static hf_status find_name(hf_context *ctx, const hf__shapefile *file,
                           const char *label, const char *wanted, size_t code,
                           size_t *out) {
    if (wanted) {
        *out = find_field(file, wanted);
        if (*out == HF__NO_FIELD) {
            return fail_with_fields(ctx, HF_ERR_NOT_FOUND, file, label,
                                    "no field of the name given for the name "
                                    "among its fields",
                                    NULL, "name one with --name-field");
        }
        return HF_OK;
    }
    *out = find_sibling(file, code, HOLDS_NAME);
    if (*out == HF__NO_FIELD) {
        *out = find_first(file, LIST(name_names));
    }
    if (*out == HF__NO_FIELD) {
        return fail_with_fields(
            ctx, HF_ERR_NOT_FOUND, file, label,
            "no field is known to hold the names; its fields are", NULL,
            "name it with --name-field");
    }
    return HF_OK;
}

/* Whether every cell of a field is a year or open. */
static hf_status holds_years(hf_context *ctx, hf__shapefile *file, size_t field,
                             bool *out) {
    for (size_t i = 0; i < hf__shapefile_n_records(file); i++) {
        hf__str cell;
        int year;
        hf_status status = hf__shapefile_cell(ctx, file, i, field, &cell);
        if (status) {
            return status;
        }
        if (!hf__boundary_year(cell, &year)) {
            *out = false;
            return HF_OK;
        }
    }
    *out = true;
    return HF_OK;
}

static hf_status find_dates(hf_context *ctx, hf__shapefile *file,
                            hf__boundary_fields *fields) {
    bool start_is_year = false, end_is_year = false;
    size_t start = find_first(file, LIST(start_names));
    size_t end = find_first(file, LIST(end_names));
    fields->start = fields->end = HF__NO_FIELD;
    if (start == HF__NO_FIELD || end == HF__NO_FIELD) {
        return HF_OK;
    }
    hf_status status = holds_years(ctx, file, start, &start_is_year);
    if (!status) {
        status = holds_years(ctx, file, end, &end_is_year);
    }
    if (!status && start_is_year && end_is_year) {
        fields->start = start;
        fields->end = end;
    }
    return status;
}

hf_status hf__boundary_fields_find(hf_context *ctx, hf__shapefile *file,
                                   const char *label,
                                   const hf_boundaries_options *options,
                                   hf__boundary_fields *out) {
    hf__boundary_fields fields = {.code = HF__NO_FIELD, .name = HF__NO_FIELD};
    hf_status status;
    if ((status =
             find_code(ctx, file, label, options->code_field, &fields.code)) ||
        (status = find_name(ctx, file, label, options->name_field, fields.code,
                            &fields.name)) ||
        (status = find_dates(ctx, file, &fields))) {
        return status;
    }
    fields.name_cy = find_sibling(file, fields.code, HOLDS_WELSH_NAME);
    pattern of_code = read_pattern(hf__shapefile_field_name(file, fields.code));
    fields.year = of_code.family < 0 ? 0 : of_code.year;
    *out = fields;
    return HF_OK;
}
