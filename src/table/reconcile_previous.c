/* The episodes that were open at the end of last year. */
#include <ctype.h>
#include <math.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/keys.h"
#include "table/location.h"
#include "table/reconcile.h"

struct hf__last_year {
    hf__keys keys; /* of child and day */
    hf__open_episode *episodes;
    size_t capacity;
};

enum { CHILD, DECOM, DEC, RNE, PL_DISTANCE, N_KEPT };
static const char *const kept[N_KEPT] = {"CHILD", "DECOM", "DEC", "RNE",
                                         "PL_DISTANCE"};

/* "1/4/2024", "01/04/2024" and "2024-04-01" are one day; other texts are
 * themselves. */
static void add_day(hf__str text, hf__buf *out) {
    unsigned numbers[3] = {0};
    size_t n = 0, digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c >= '0' && c <= '9' && digits < 4) {
            numbers[n] = numbers[n] * 10 + (unsigned)(c - '0');
            digits++;
        } else if ((c == '/' || c == '-') && digits && n < 2) {
            n++;
            digits = 0;
        } else {
            n = 3;
            break;
        }
    }
    bool is_iso = numbers[0] > 31;
    if (n != 2 || !digits) {
        hf__buf_add(out, text.at, text.len);
    } else {
        hf__buf_add_format(out, "%u-%u-%u", is_iso ? numbers[0] : numbers[2],
                           numbers[1], is_iso ? numbers[2] : numbers[0]);
    }
}

static hf__str make_key(hf__str child, hf__str start, hf__buf *scratch) {
    scratch->len = 0;
    hf__buf_add(scratch, child.at, child.len);
    hf__buf_add_char(scratch, '\n');
    add_day(start, scratch);
    return (hf__str){scratch->text ? scratch->text : "", scratch->len};
}

typedef struct reading {
    hf_context *ctx;
    const char *label;
    hf__last_year *last;
    hf__buf scratch;
} reading;

static hf_status check_columns(const reading *r, const hf_annotated_row *row) {
    for (size_t i = CHILD; i <= DEC; i++) {
        if (!row->cells[i]) {
            return hf__fail(r->ctx, HF_ERR_NOT_FOUND,
                            "%s: no column %s to match episodes by", r->label,
                            kept[i]);
        }
    }
    return HF_OK;
}

/* What the file says, else what it should say. */
static double miles_of(const hf_annotated_row *row) {
    const char *cell = row->cells[PL_DISTANCE];
    double miles;
    if (!cell) {
        return row->ssda903 ? row->ssda903->miles : NAN;
    }
    return hf__read_degrees(hf__str_of(cell), &miles) ? miles : NAN;
}

static hf_status keep_open(void *user, const hf_annotated_row *row) {
    reading *r = user;
    hf__last_year *last = r->last;
    hf_status status = check_columns(r, row);
    if (status || row->cells[DEC][0] || !row->cells[CHILD][0]) {
        return status;
    }
    void *episodes = last->episodes;
    size_t number;
    if (!hf__reserve(&episodes, &last->capacity, last->keys.n + 1,
                     sizeof *last->episodes)) {
        return hf__fail_memory(r->ctx);
    }
    last->episodes = episodes;
    hf__str key = make_key(hf__str_of(row->cells[CHILD]),
                           hf__str_of(row->cells[DECOM]), &r->scratch);
    if (r->scratch.failed || !hf__keys_add(&last->keys, key, &number)) {
        return hf__fail_memory(r->ctx);
    }
    const char *reason = row->cells[RNE];
    last->episodes[number] = (hf__open_episode){
        .miles = miles_of(row),
        .reason = reason ? (char)toupper((unsigned char)reason[0]) : '\0'};
    return HF_OK;
}

hf_status hf__last_year_read(hf_context *ctx, const hf_boundaries *set,
                             const hf_places *places,
                             const hf_adjacency *adjacency,
                             const hf_annotate_options *options, int fd,
                             const char *label, hf__last_year **out) {
    hf__last_year *last = hf__calloc(1, sizeof *last);
    if (!last) {
        return hf__fail_memory(ctx);
    }
    reading r = {.ctx = ctx, .label = label, .last = last};
    hf_annotate_options own = *options;
    hf_annotate_summary *summary = NULL;
    own.row = keep_open;
    own.row_user = &r;
    own.kept_columns = kept;
    own.n_kept_columns = N_KEPT;
    own.may_lack_kept = true;
    own.columns = NULL;
    hf_status status =
        hf_annotate(ctx, set, places, adjacency, &own, fd, label, -1, &summary);
    hf_annotate_summary_free(summary);
    hf__buf_reset(&r.scratch);
    if (status) {
        hf__last_year_free(last);
        return status;
    }
    *out = last;
    return HF_OK;
}

void hf__last_year_free(hf__last_year *last) {
    if (last) {
        hf__keys_reset(&last->keys);
        hf__free(last->episodes);
        hf__free(last);
    }
}

size_t hf__last_year_count(const hf__last_year *last) {
    return last->keys.n;
}

hf__open_episode *hf__last_year_find(hf__last_year *last, hf__str child,
                                     hf__str start, hf__buf *scratch) {
    size_t number = hf__keys_find(&last->keys, make_key(child, start, scratch));
    return number == SIZE_MAX ? NULL : &last->episodes[number];
}
