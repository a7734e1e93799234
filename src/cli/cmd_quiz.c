/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs quiz: predict the next flags, numbers and states, in the view or line by line. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/quiz.h"
#include "cli/run.h"
#include "cli/sandbox.h"
#include "cli/view_options.h"

#include <stdio.h>
#include <string.h>

/* Answers come from standard input, so the capture can't. */
static bool reads_standard_input(const struct options *options)
{
	for (size_t i = 0; i < options->argument_count; i++)
		if (strcmp(options->arguments[i], "-") == 0)
			return true;
	return options->argument_count == 0;
}

static int quiz_in_view(const struct options *options)
{
	struct tui_quiz quiz = {.count = options->count, .seed = quiz_seed(options)};
	const int code = view_open(options, &quiz);

	if (quiz.asked > 0)
		printf("%u of %u right; the same questions again: --seed %llu\n", quiz.right,
		       quiz.asked, (unsigned long long)quiz.seed);
	return code;
}

int cmd_quiz(const struct options *options)
{
	if (reads_standard_input(options)) {
		message("quiz reads the answers from standard input; name a capture file");
		return EXIT_USAGE;
	}
	return view_is_wanted(options) ? quiz_in_view(options) : quiz_plain(options);
}
