#include "table/ssda903_children.h"

#include <inttypes.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/keys.h"
#include "table/listing.h"

struct hf_ssda903_children {
    hf__keys uasc;
};

hf_status hf_ssda903_children_new(hf_context *ctx, hf_ssda903_children **out) {
    hf_ssda903_children *children = hf__calloc(1, sizeof *children);
    if (!children) {
        return hf__fail_memory(ctx);
    }
    *out = children;
    return HF_OK;
}

void hf_ssda903_children_free(hf_ssda903_children *children) {
    if (children) {
        hf__keys_reset(&children->uasc);
        hf__free(children);
    }
}

size_t hf_ssda903_children_count(const hf_ssda903_children *children) {
    return children->uasc.n;
}

bool hf__ssda903_is_uasc(const hf_ssda903_children *children, hf__str child) {
    return children && hf__keys_find(&children->uasc, child) != SIZE_MAX;
}

bool hf__ssda903_says_uasc(hf__str cell) {
    return hf__str_is(cell, "1") || hf__str_is_nocase(cell, "yes") ||
           hf__str_is_nocase(cell, "y") || hf__str_is_nocase(cell, "true");
}

/* ---- reading ---- */

enum { CHILD, UASC, DUC, SEX, DOB, N_NAMES };
static const char *const names[N_NAMES] = {"CHILD", "UASC", "DUC", "SEX",
                                           "DOB"};

typedef struct reading {
    hf_context *ctx;
    hf_ssda903_children *children;
    const char *label;
    bool is_header; /* a Header file: its column UASC decides */
    bool is_mute;   /* and it has none */
    bool has_more;  /* a UASC file: with sex or date of birth, so that a row
                       without any is none */
    uint64_t n_odd, first_odd;
} reading;

static hf_status take_header(void *user, const bool *has) {
    reading *r = user;
    if (!has[CHILD]) {
        return hf__fail(r->ctx, HF_ERR_NOT_FOUND,
                        "%s: no column CHILD says whose rows these are",
                        r->label);
    }
    r->is_mute = r->is_header && !has[UASC];
    if (r->is_mute && r->children->uasc.n) {
        hf__warn(r->ctx,
                 "%s has no column UASC: it adds nothing to the UASC "
                 "file",
                 r->label);
        return HF_OK;
    }
    if (r->is_mute) {
        return hf__fail(r->ctx, HF_ERR_NOT_FOUND,
                        "%s: no column UASC: give the UASC file of the same "
                        "return instead (--uasc)",
                        r->label);
    }
    r->has_more = has[SEX] || has[DOB];
    /* A UASC file that has the column lists others too. */
    r->is_header |= has[UASC];
    return HF_OK;
}

static bool is_listed(reading *r, uint64_t number, const hf__str *cells) {
    if (r->is_mute) {
        return false;
    }
    if (!r->is_header) {
        return !r->has_more || cells[DUC].len || cells[SEX].len ||
               cells[DOB].len;
    }
    bool is_uasc = hf__ssda903_says_uasc(cells[UASC]);
    bool is_usual = is_uasc || !cells[UASC].len ||
                    hf__str_is(cells[UASC], "0") ||
                    hf__str_is_nocase(cells[UASC], "no") ||
                    hf__str_is_nocase(cells[UASC], "n") ||
                    hf__str_is_nocase(cells[UASC], "false");
    if (!is_usual && !r->n_odd++) {
        r->first_odd = number;
    }
    return is_uasc;
}

static hf_status take_row(void *user, uint64_t number, const hf__str *cells) {
    reading *r = user;
    size_t ignored;
    return !cells[CHILD].len || !is_listed(r, number, cells) ||
                   hf__keys_add(&r->children->uasc, cells[CHILD], &ignored)
               ? HF_OK
               : hf__fail_memory(r->ctx);
}

static hf_status read_children(hf_context *ctx, hf_ssda903_children *children,
                               int fd, const char *label, bool is_header) {
    reading r = {.ctx = ctx,
                 .children = children,
                 .label = label,
                 .is_header = is_header};
    hf__listing listing = {.names = names,
                           .n_names = N_NAMES,
                           .header = take_header,
                           .row = take_row,
                           .user = &r};
    hf_status status = hf__listing_read(ctx, fd, label, &listing);
    if (!status && r.n_odd) {
        hf__warn(ctx,
                 "%s: row %" PRIu64 "%s: UASC is neither 1 nor 0: taken as 0",
                 label, r.first_odd, r.n_odd > 1 ? " and others after it" : "");
    }
    return status;
}

hf_status hf_ssda903_children_read_header(hf_context *ctx,
                                          hf_ssda903_children *children, int fd,
                                          const char *label) {
    return read_children(ctx, children, fd, label, true);
}

hf_status hf_ssda903_children_read_uasc(hf_context *ctx,
                                        hf_ssda903_children *children, int fd,
                                        const char *label) {
    return read_children(ctx, children, fd, label, false);
}
