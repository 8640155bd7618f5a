/* The commands; one file each. */
#ifndef HOWFAR_CLI_COMMANDS_H
#define HOWFAR_CLI_COMMANDS_H

#include "cli/options.h"

extern const cli_command command_to;
extern const cli_command command_annotate;
extern const cli_command command_check;
extern const cli_command command_neighbours;
extern const cli_command command_reconcile;
extern const cli_command command_table;
extern const cli_command command_map;
extern const cli_command command_authorities;
extern const cli_command command_places;
extern const cli_command command_postcodes;
extern const cli_command command_info;

#endif
