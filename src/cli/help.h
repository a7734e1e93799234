/* SPDX-License-Identifier: BSD-3-Clause */
/* What -h, -V and --list-words print, made from the tables. Plain ASCII, at most 80 columns. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdbool.h>
#include <stdio.h>

struct command;

void help_overall(FILE *out);
void help_command(FILE *out, const struct command *command);

#endif
