/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs stats: the capture as a whole. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/stats.h"

#include <stdlib.h>

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct stats *stats = context;

	(void)run;
	stats_add(stats, analysis);
	return true;
}

static void after(void *context, struct run *run)
{
	const struct stats *stats = context;

	if (run->options->json)
		stats_print_json(stats, run);
	else
		stats_print_text(stats, run);
}

int cmd_stats(const struct options *options)
{
	struct stats *stats = stats_new();
	const struct run_hooks hooks = {.connection = on_connection, .context = stats};
	int code = EXIT_USAGE;

	if (stats == NULL)
		message("memory is exhausted");
	else
		code = run_all(options, &hooks, NULL, after);
	free(stats);
	return code;
}
