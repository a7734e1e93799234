/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs stats: the capture as a whole. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/stats.h"

#include <stdlib.h>

struct halves {
	struct stats
	    *stats[2]; /* of the older connections and of the others, see run_hooks.count */
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct halves *halves = context;

	(void)run;
	stats_add(halves->stats[0], analysis);
	return true;
}

static void on_count(void *part, const struct tcphs_analysis *analysis)
{
	stats_add(part, analysis);
}

static void after(void *context, struct run *run)
{
	struct halves *halves = context;

	stats_join(halves->stats[0], halves->stats[1]);
	if (run->options->json)
		stats_print_json(halves->stats[0], run);
	else
		stats_print_text(halves->stats[0], run);
}

int cmd_stats(const struct options *options)
{
	struct halves halves = {{stats_new(), stats_new()}};
	const struct run_hooks hooks = {
	    .connection = on_connection,
	    .count = on_count,
	    .part = {halves.stats[0], halves.stats[1]},
	    .context = &halves,
	};
	int code = EXIT_USAGE;

	if (halves.stats[0] == NULL || halves.stats[1] == NULL)
		message("memory is exhausted");
	else
		code = run_all(options, &hooks, NULL, after);
	free(halves.stats[0]);
	free(halves.stats[1]);
	return code;
}
