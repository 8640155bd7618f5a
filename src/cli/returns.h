/* What commands that read SSDA903 returns are told of: which children are UASC.
 */
#ifndef HOWFAR_CLI_RETURNS_H
#define HOWFAR_CLI_RETURNS_H

#include "cli/session.h"

typedef struct returns {
    const char *header, *uasc; /* options */
    hf_ssda903_children *children;
} returns;

/* Of --header and --uasc. */
#define RETURNS_HEADER_HELP "SSDA903: Header file, whose column UASC is taken"
#define RETURNS_UASC_HELP \
    "SSDA903: UASC file; these children get no PL_DISTANCE"

/* Reads the files that were named, and puts the children into `options`. False
 * after an error line; *exit_out is the status. Needs an open context. */
bool returns_open(returns *r, const session *s, hf_annotate_options *options,
                  int *exit_out);
void returns_close(returns *r);

#endif
