/* What the names of files and of an archive's members tell. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "atlas/postcode_import.h"
#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* A year of this century or the end of the last at the start of `text`, 0 if
 * there is none. */
static int year_at(const char *text) {
    for (int i = 0; i < 4; i++) {
        if (!is_digit(text[i])) {
            return 0;
        }
    }
    int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 +
               (text[2] - '0') * 10 + text[3] - '0';
    return year >= 1990 && year < 2100 ? year : 0;
}

static bool is_between(char c) {
    return c == '_' || c == '-' || c == ' ' || c == '.';
}

/* "NOV_2025", "nov2025", "November 2025" at the start of `text`. */
static bool named_month_at(const char *text, int *out_year, int *out_month) {
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    for (int m = 0; m < 12; m++) {
        if (strncasecmp(text, months[m], 3) != 0) {
            continue;
        }
        size_t len = strlen(months[m]);
        const char *at =
            text + (strncasecmp(text, months[m], len) != 0 ? 3 : len);
        int year = year_at(at + is_between(*at));
        if (year) {
            *out_year = year;
            *out_month = m + 1;
            return true;
        }
    }
    return false;
}

/* "2025-11", "2025_11", "202511" at the start of `text`. */
static bool numbered_month_at(const char *text, int *out_year, int *out_month) {
    int year = year_at(text);
    if (!year) {
        return false;
    }
    const char *at = text + 4;
    at += is_between(*at);
    if (!is_digit(at[0]) || !is_digit(at[1])) {
        return false;
    }
    int month = (at[0] - '0') * 10 + at[1] - '0';
    if (month < 1 || month > 12) {
        return false;
    }
    *out_year = year;
    *out_month = month;
    return true;
}

bool hf__postcode_vintage(const char *name, int *out_year, int *out_month) {
    for (const char *at = name; *at; at++) {
        char before = at == name ? ' ' : at[-1];
        if ((!is_letter(before) && named_month_at(at, out_year, out_month)) ||
            (!is_digit(before) && numbered_month_at(at, out_year, out_month))) {
            return true;
        }
    }
    return false;
}

/* ---- members ----------------------------------------------------------- */

static bool holds(const char *text, const char *part) {
    size_t len = strlen(part);
    for (; *text; text++) {
        if (!strncasecmp(text, part, len)) {
            return true;
        }
    }
    return false;
}

typedef enum member_kind {
    MEMBER_OTHER,
    MEMBER_WHOLE, /* ONSPD_NOV_2025_UK.csv */
    MEMBER_PART,  /* multi_csv/ONSPD_NOV_2025_UK_AB.csv */
    MEMBER_AREA,  /* Data/CSV/ab.csv */
    MEMBER_CSV,
    N_MEMBER_KINDS
} member_kind;

static member_kind kind_of(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t len = strlen(name);
    if (len < 5 || strcasecmp(name + len - 4, ".csv") != 0 ||
        holds(path, "__MACOSX/")) {
        return MEMBER_OTHER;
    }
    if (!strncasecmp(name, "ONSPD", 5) || !strncasecmp(name, "NSPL", 4)) {
        return holds(path, "multi_csv/") ? MEMBER_PART : MEMBER_WHOLE;
    }
    return holds(path, "Data/CSV/") ? MEMBER_AREA : MEMBER_CSV;
}

/* Which kind to take, from how many there are of each. */
static hf_status choose_kind(hf_context *ctx, const char *label,
                             const size_t *count, member_kind *out) {
    if (count[MEMBER_WHOLE] > 1) {
        return hf__fail(ctx, HF_ERR_AMBIGUOUS,
                        "%s: %zu postcode directories in one archive: unpack "
                        "it and import one of them",
                        label, count[MEMBER_WHOLE]);
    }
    for (member_kind k = MEMBER_WHOLE; k <= MEMBER_AREA; k++) {
        if (count[k]) {
            *out = k;
            return HF_OK;
        }
    }
    if (count[MEMBER_CSV] == 1) {
        *out = MEMBER_CSV;
        return HF_OK;
    }
    return hf__fail(ctx, HF_ERR_NOT_FOUND,
                    "%s: no ONSPD_*.csv, NSPL*.csv or Data/CSV/*.csv in the "
                    "archive: is it a postcode directory?",
                    label);
}

hf_status hf__postcode_members(hf_context *ctx, const hf__archive *archive,
                               const char *label, size_t **out_members,
                               size_t *out_n) {
    size_t n = hf__archive_n_members(archive);
    size_t count[N_MEMBER_KINDS] = {0};
    for (size_t i = 0; i < n; i++) {
        count[kind_of(hf__archive_member_name(archive, i))]++;
    }
    member_kind kind = MEMBER_OTHER;
    hf_status status = choose_kind(ctx, label, count, &kind);
    if (status) {
        return status;
    }
    size_t *members = hf__calloc(count[kind], sizeof *members);
    if (!members) {
        return hf__fail_memory(ctx);
    }
    size_t chosen = 0;
    for (size_t i = 0; i < n; i++) {
        if (kind_of(hf__archive_member_name(archive, i)) == kind) {
            members[chosen++] = i;
        }
    }
    *out_members = members;
    *out_n = chosen;
    return HF_OK;
}
