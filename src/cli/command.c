/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of commands. */
#include "cli/command.h"

#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

/* clang-format off */
static const struct command table[] = {
	{
		.name = "explain", .bit = CMD_EXPLAIN, .run = cmd_explain,
		.usage = "[WORD...]",
		.help = "a state, a flag, a diagnosis, a handshake, in plain words with its RFC section",
		.examples = "  tcphs explain TIME-WAIT\n  tcphs explain synack-ack-mismatch\n  tcphs explain\n",
	},
	{
		.name = "help", .bit = CMD_HELP, .run = cmd_help,
		.usage = "[COMMAND]",
		.help = "this overview, or the options of a command",
		.examples = "  tcphs help list\n",
	},
};
/* clang-format on */

const struct command *command_at(size_t index)
{
	return index < sizeof(table) / sizeof(table[0]) ? &table[index] : NULL;
}

const struct command *command_named(const char *name)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)) != NULL; i++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

const struct command *command_near(const char *word)
{
	const struct command *command, *nearest = NULL;
	size_t least = SIZE_MAX, length = strlen(word);

	for (size_t i = 0; (command = command_at(i)) != NULL; i++) {
		size_t distance =
		    nearest_distance(word, length, command->name, strlen(command->name));

		if (distance < least && nearest_is_near(distance, length)) {
			least = distance;
			nearest = command;
		}
	}
	return nearest;
}

const struct command *command_default(void)
{
	return command_named("help");
}
