/* The claim check: what is found out, and its sentences. */
#ifndef HOWFAR_CLI_CHECK_H
#define HOWFAR_CLI_CHECK_H

#include "cli/session.h"

/* Everything that is known before the answer is put into words. */
typedef struct check {
    session s;
    const char *from_text, *to_text; /* as typed */
    bool is_strict, is_all;
    hf_claim claim, straight; /* the latter: what it suggests by road */
    hf_place from, to;
    hf_claim_fits fits, straight_fits;
    hf_claim_ground *ground, *straight_ground;
    hf_claim_ground *elsewhere; /* of all authorities, where nothing fits */
} check;

/* The unit of the claim: "miles" or "km", and a distance in it. */
const char *check_unit(const check *c);
double check_in_unit(const check *c, double dist_m);

/* Whether home or destination is a point that may be miles off. */
bool check_is_coarse(const check *c);

/* The verdict, to be quoted, and what the figure suggests by road. */
void check_add_sentences(const check *c, hf_document *document);

#endif
