/* Claims in their usual form. */
#ifndef HOWFAR_ANSWER_CLAIM_TEXT_H
#define HOWFAR_ANSWER_CLAIM_TEXT_H

#include "howfar/claim.h"

/* Sets claim->text from its kind and unit and the digits of its figures: "about
 * 430 miles"; "" without memory. */
void hf__claim_write_text(hf_claim *claim, const char *low, const char *high);

#endif
