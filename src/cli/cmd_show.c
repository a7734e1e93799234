/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs show: ladders, as text or in another format. */
#include "cli/command.h"
#include "cli/ladders.h"
#include "cli/message.h"
#include "cli/terminal.h"

struct show {
	const struct tcphs_format *format;
	struct ladders ladders;
	bool ready;
};

static void before(void *context, struct run *run)
{
	struct show *show = context;

	show->ready = ladders_begin(&show->ladders, run, show->format);
	run->stopped = !show->ready;
	run->record.live = false;
}

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct show *show = context;

	return ladders_add(&show->ladders, run, analysis);
}

static void after(void *context, struct run *run)
{
	struct show *show = context;

	ladders_end(&show->ladders, run);
}

int cmd_show(const struct options *options)
{
	struct show show = {0};
	/* Every segment as a row: records list all of them, and texts show their options. */
	const struct run_hooks hooks = {
	    .rows = true, .keep_all = true, .connection = on_connection, .context = &show};
	struct tcphs_error error = {0};

	show.format = ladders_format(options, terminal_utf8(options), &error);
	if (show.format == NULL) {
		message("%s", error.text);
		return EXIT_USAGE;
	}
	return run_all(options, &hooks, before, after);
}
