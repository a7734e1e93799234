/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/words.h"

#include "cli/command.h"
#include "cli/list_columns.h"
#include "cli/message.h"

#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>
#include <tcphs/query.h>
#include <tcphs/render.h>
#include <tcphs/source.h>

static void print_commands(void)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)) != NULL; i++)
		puts(command->name);
}

static void print_options_of(unsigned commands)
{
	const struct option_info *info;

	for (size_t i = 0; (info = option_at(i)) != NULL; i++) {
		if (info->group == GROUP_HIDDEN || (info->commands & commands) == 0)
			continue;
		if (info->name != NULL)
			printf("--%s\n", info->name);
		else
			printf("-%c\n", info->letter);
	}
}

static void print_options(void)
{
	print_options_of(CMD_ALL);
}

static void print_columns(void)
{
	const struct column *column;

	for (size_t i = 0; (column = column_at(i)) != NULL; i++)
		puts(column->name);
}

/* With the operator that mostly follows, so that the value can be typed at once. */
static void print_keys(void)
{
	const struct tcphs_query_key *key;

	for (size_t i = 0; (key = tcphs_query_key(i)) != NULL; i++)
		printf("%s%s\n", key->name, key->operators[0] == '\0' ? "" : ":");
}

static void print_codes(void)
{
	for (int i = 0; i < TCPHS_CODE_COUNT; i++)
		puts(tcphs_code_info((enum tcphs_code)i)->name);
}

static void print_formats(void)
{
	const struct tcphs_format *format;

	for (size_t i = 0; (format = tcphs_format_at(i)) != NULL; i++)
		puts(format->name);
}

static void print_interfaces(void)
{
	struct tcphs_device *device = NULL;
	size_t count = 0;

	if (tcphs_devices_list(&device, &count, NULL) != TCPHS_OK)
		return;
	for (size_t i = 0; i < count; i++)
		puts(device[i].name);
	tcphs_devices_free(device, count);
}

static const struct {
	const char *kind;
	void (*print)(void);
} kinds[] = {
    {"commands", print_commands}, {"options", print_options}, {"keys", print_keys},
    {"codes", print_codes},       {"formats", print_formats}, {"interfaces", print_interfaces},
    {"columns", print_columns},
};

/* "options:list": those of one command. */
static bool print_command_options(const char *kind)
{
	static const char before[] = "options:";
	const struct command *command;

	if (strncmp(kind, before, sizeof(before) - 1) != 0)
		return false;
	command = command_named(kind + sizeof(before) - 1);
	if (command != NULL)
		print_options_of((unsigned)command->bit);
	return command != NULL;
}

int words_print(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].kind, kind) != 0)
			continue;
		kinds[i].print();
		return EXIT_DONE;
	}
	if (print_command_options(kind))
		return EXIT_DONE;
	message("--list-words takes commands, options, options:COMMAND, columns, keys, codes, "
	        "formats or interfaces");
	return EXIT_USAGE;
}
