/* Which children are known as UASC. */
#ifndef HOWFAR_TABLE_SSDA903_CHILDREN_H
#define HOWFAR_TABLE_SSDA903_CHILDREN_H

#include "base/text.h"
#include "howfar/ssda903.h"

/* `child` is UTF-8, without quotes and the blanks around it. `children` may be
 * NULL. */
bool hf__ssda903_is_uasc(const hf_ssda903_children *children, hf__str child);

/* Whether a cell of a column UASC says that one is: 1, or yes. */
bool hf__ssda903_says_uasc(hf__str cell);

#endif
