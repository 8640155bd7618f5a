/* The columns of an SSDA903 return. */
#include "table/chooser.h"

hf_status hf__chooser_take_return(hf__chooser *c,
                                  const hf_annotate_options *options) {
    const hf__return *official = &c->columns.official;
    hf__candidate it = {
        .source = {.kind = HF__SOURCE_POSTCODE, .column = official->pl_post}};
    hf_status status = hf__chooser_weigh(c, &it);
    bool has = false;
    it.source.kind = HF__SOURCE_POSTCODE;
    if (!status) {
        status = hf__chooser_ask_postcodes(c, &it, &has);
    }
    if (status || !has) {
        return status;
    }
    hf__chooser_accept(c, &it);
    if (!options->home_postcode_column) {
        hf__evidence e =
            hf__chooser_evidence_of_postcode(c, official->home_post);
        hf__chooser_accept_extra(c, "home postcode", official->home_post, &e,
                                 &c->columns.home_postcode);
    }
    return HF_OK;
}

/* The ends of PL_DISTANCE are the postcodes that were chosen; without them it
 * is no return. */
void hf__chooser_settle_return(hf__chooser *c,
                               const hf_annotate_options *options) {
    hf__return *official = &c->columns.official;
    if (official->kind == HF__RETURN_EPISODES) {
        official->pl_post = HF__NO_COLUMN;
        for (size_t i = 0; i < c->columns.n_sources; i++) {
            if (c->columns.sources[i].kind == HF__SOURCE_POSTCODE) {
                official->pl_post = c->columns.sources[i].column;
            }
        }
        official->home_post = c->columns.home_postcode;
        if (official->pl_post == HF__NO_COLUMN ||
            official->home_post == HF__NO_COLUMN) {
            official->kind = HF__RETURN_NONE;
        }
    } else if (official->kind == HF__RETURN_EXTENDED &&
               !hf__chooser_is_source(c, official->la_placement)) {
        official->kind = HF__RETURN_NONE;
    }
    if (official->kind == HF__RETURN_NONE) {
        return;
    }
    const size_t needed[] = {official->child, official->ls, official->uasc};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (needed[i] != HF__NO_COLUMN) {
            hf__chooser_need(c, needed[i]);
        }
    }
    hf__buf_add_text(&c->chosen, official->kind == HF__RETURN_EPISODES
                                     ? "; SSDA903 episodes"
                                     : "; SSDA903 distances and placements");
    if (options->uasc) {
        size_t n = hf_ssda903_children_count(options->uasc);
        hf__buf_add_format(&c->chosen, ", %zu %s known as UASC", n,
                           n == 1 ? "child" : "children");
    }
    if (official->uasc != HF__NO_COLUMN) {
        hf__buf_add_text(&c->chosen, ", UASC by their column");
    } else if (!options->uasc) {
        hf__buf_add_text(&c->chosen, ", UASC not known (--uasc FILE tells)");
    }
}
