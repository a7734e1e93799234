/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The commands: one const table that dispatches, prints the usage and feeds the completions.
 * A command is a file cmd_NAME.c with one function and an entry in command.c.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"

/* Exit codes; of two the higher one counts. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_FOUND = 1,   /* check found something, or an expectation failed */
	EXIT_USAGE = 2,   /* wrong usage, or an input that can't be opened */
	EXIT_DAMAGED = 3, /* the input is damaged; all before the damage was shown */
};

struct command {
	const char *name;
	unsigned bit;         /* enum command_bit: which options it takes */
	const char *usage;    /* what follows its name: "CAPTURE... | -i IFACE" */
	const char *help;     /* one line */
	const char *examples; /* whole lines, each ended by '\n'; may be NULL */
	int (*run)(const struct options *options); /* returns an enum exit_code */
};

/* In the order of the help; NULL past the last. */
const struct command *command_at(size_t index);
const struct command *command_named(const char *name); /* NULL if there is none */
/* The command whose name is a slip of the pen away from `word`; NULL if none is. */
const struct command *command_near(const char *word);
/* What runs when no command is named. */
const struct command *command_default(void);

/* What view prints where there is no terminal: the list, the ladders of its first ten. */
int print_list_and_ladders(const struct options *options);

int cmd_view(const struct options *options);
int cmd_list(const struct options *options);
int cmd_show(const struct options *options);
int cmd_check(const struct options *options);
int cmd_stats(const struct options *options);
int cmd_isn(const struct options *options);
int cmd_explain(const struct options *options);
int cmd_learn(const struct options *options);
int cmd_quiz(const struct options *options);
int cmd_worksheet(const struct options *options);
int cmd_interfaces(const struct options *options);
int cmd_help(const struct options *options);

#endif
