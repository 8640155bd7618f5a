/* Rows of the SSDA903 return in a report by the return's own fields. */
#ifndef HOWFAR_CLI_OFFICIAL_H
#define HOWFAR_CLI_OFFICIAL_H

#include "howfar/howfar.h"

/* Sets miles to PL_DISTANCE, where it is outside without a category as
 * PL_LOCATION has it, and the reason why the distance is not known. */
void official_fill(const hf_annotated_row *row, hf_placement *placement);

#endif
