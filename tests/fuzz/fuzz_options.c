/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any octets as a command line, one word a line: it parses, or says in one line what is wrong.
 * What the options' arguments say is read as the commands would.
 */
#include "fuzz.h"

#include "cli/check_filter.h"
#include "cli/command.h"
#include "cli/list_columns.h"
#include "cli/options.h"

#include <string.h>

#define WORDS_MAX 64

static void check_error(const struct tcphs_error *error) /* message() makes it printable */
{
	expect(error->status != TCPHS_OK && error->text[0] != '\0');
}

static void read_arguments(const struct options *options)
{
	struct check_filter filter;
	struct column_list columns;
	struct tcphs_error error = {0};

	memset(&filter, 0, sizeof(filter));
	if (!check_filter_set(&filter, options, &error))
		check_error(&error);
	error = (struct tcphs_error){0};
	if (options->columns != NULL && !columns_parse(&columns, options->columns, &error))
		check_error(&error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct command *command = NULL;
	const char *arguments[WORDS_MAX + 1];
	char *words[WORDS_MAX + 2], *text = malloc(size + 1);
	struct tcphs_error error = {0};
	struct options options;
	int count = 0;

	expect(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	words[count++] = text;
	for (size_t i = 0; i < size && count < WORDS_MAX; i++) {
		if (text[i] != '\n')
			continue;
		text[i] = '\0';
		words[count++] = &text[i + 1];
	}
	words[count] = NULL;
	if (options_parse(count, words, arguments, &options, &command, &error))
		read_arguments(&options);
	else
		check_error(&error);
	expect(command != NULL && options.argument_count <= (size_t)count);
	free(text);
	return 0;
}
