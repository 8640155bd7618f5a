/* Where the boundary set and the tables are found at run time. */
#ifndef HOWFAR_CLI_PATHS_H
#define HOWFAR_CLI_PATHS_H

#include <stdbool.h>

#define PATHS_MOST 4096

/* The folder of the tables: the installed one, ../share/howfar beside the
 * folder of the program, or shapes/ beside the build. False when none is
 * there. */
bool paths_data_dir(char path[PATHS_MOST]);

/* The boundary set: `option` (--shapes), else HOWFAR_SHAPES, else the set in
 * the data folder. False when there is none. */
bool paths_shapes(const char *option, char path[PATHS_MOST]);

#endif
