/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/command.h"
#include "cli/help.h"
#include "cli/message.h"
#include "cli/version.h"
#include "cli/words.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* What was printed must have got out: a full disk is not success. A reader that has gone away
 * wants no message. */
static int finish(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	if (message_reader_gone())
		return code;
	message("standard output can't be written: %s%s", message_errno(), message_remedy());
	return code > EXIT_USAGE ? code : EXIT_USAGE;
}

static int dispatch(const struct options *options, const struct command *command)
{
	if (options->help && options->named)
		help_command(stdout, command);
	else if (options->help)
		help_overall(stdout);
	else if (options->version)
		version_print(stdout);
	else if (options->words != NULL)
		return words_print(options->words);
	else
		return command->run(options);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	const char **arguments = calloc((size_t)argc + 1, sizeof(*arguments));
	const struct command *command;
	struct tcphs_error error = {0};
	struct options options;
	int code = EXIT_USAGE;

	setlocale(LC_ALL, "");
	/* A reader that goes away is seen as a write error; nothing is killed half-way. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* likewise a file that may not grow */
	if (arguments == NULL) {
		message("memory is exhausted");
	} else if (options_parse(argc, argv, arguments, &options, &command, &error)) {
		code = dispatch(&options, command);
	} else {
		message("%s", error.text);
	}
	free(arguments);
	return finish(code);
}
