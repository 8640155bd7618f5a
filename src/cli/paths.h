/* Where the boundary set and the tables are found at run time. */
#ifndef HOWFAR_CLI_PATHS_H
#define HOWFAR_CLI_PATHS_H

#include <stdbool.h>

#define PATHS_MOST 4096

/* The folder of the tables: the installed one, ../share/howfar beside the
 * folder of the program, or shapes/ beside the build. False when none is
 * there. */
bool paths_data_dir(char path[PATHS_MOST]);

/* Where tools/get-boundaries installs sets, a folder for each:
 * $XDG_DATA_HOME/howfar/shapes, or ~/.local/share/howfar/shapes. False without
 * either. */
bool paths_user_shapes(char path[PATHS_MOST]);

/* The boundary set: `option` (--shapes), else HOWFAR_SHAPES, else the set in
 * the data folder. A value without a slash that names no file or folder here
 * is the name of an installed set. False when there is none: `problem` is then
 * one line that says what was looked for and where. */
bool paths_shapes(const char *option, char path[PATHS_MOST],
                  char problem[PATHS_MOST]);

#endif
