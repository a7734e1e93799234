/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs isn: how predictable each host's initial sequence numbers are. */
#include "cli/command.h"
#include "cli/isn_pictures.h"
#include "cli/ladders.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include "base/wrap.h"
#include "render/format.h"
#include "render/record_isn.h"
#include "teach/isn_hosts.h"

#include <stdlib.h>
#include <tcphs/isn.h>

enum { DEFAULT_WIDTH = 80 };

#define PARTS_OF_ISNS 6u /* of --max-memory */

struct isn_command {
	const struct options *options;
	struct tcphs_isn *isn;
	struct text text;
	const struct tcphs_format *format;
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct isn_command *command = context;

	if (tcphs_isn_add(command->isn, &analysis->connection))
		return true;
	run_no_memory(run);
	return false;
}

static void put_text(struct isn_command *command, struct run *run)
{
	struct text *text = &command->text;

	if (!run->output.utf8)
		wrap_to_ascii(text, 0);
	run_put(run, text);
}

static bool put_host(struct isn_command *command, struct run *run, const struct isn_rank *host)
{
	const unsigned width = run->output.width > 0 ? run->output.width : DEFAULT_WIDTH;
	struct tcphs_isn_report report;
	bool done = tcphs_isn_report(command->isn, host->index, &report);

	if (done && command->format == &json_format) {
		record_isn(run->output.stream, &report);
	} else if (done) {
		isn_host_add(&command->text, &report, width);
		if (command->options->plot)
			done = isn_host_plot(&command->text, command->isn, host, width,
			                     !run->output.utf8);
		put_text(command, run);
	}
	if (!done)
		run_no_memory(run);
	return done && output_works(&run->output);
}

static void put_hosts(struct isn_command *command, struct run *run, const struct isn_rank *host)
{
	const size_t count = tcphs_isn_hosts(command->isn);
	const bool json = command->format == &json_format;
	uint64_t dull = 0;

	if (!json && count > 0)
		isn_hosts_head(&command->text);
	for (size_t i = 0; i < count; i++) {
		if (!json && !command->options->verbose && isn_host_is_dull(&host[i]))
			dull++;
		else if (!put_host(command, run, &host[i]))
			return;
	}
	if (!json)
		isn_hosts_end(&command->text, command->isn, dull);
	if (dull > 0)
		text_add(&command->text, "(-v lists them)\n");
	put_text(command, run);
}

static void after(void *context, struct run *run)
{
	struct isn_command *command = context;
	struct isn_rank *host = calloc(tcphs_isn_hosts(command->isn) + 1, sizeof(*host));

	if (host == NULL || !isn_hosts_rank(command->isn, host)) {
		run_no_memory(run);
	} else {
		/* The worst one comes first. */
		if (tcphs_isn_hosts(command->isn) > 0 && host[0].rank > command->options->level)
			run_code(run, EXIT_FOUND);
		if (command->format->host != NULL)
			isn_pictures(run, command->isn, host, command->format);
		else
			put_hosts(command, run, host);
	}
	free(host);
}

/* Records, lines for people, and the formats that have a picture of it. */
static bool has_hosts(const struct tcphs_format *format)
{
	return format->host != NULL || format == &json_format || format == &text_format ||
	       format == &ascii_format;
}

static void before(void *context, struct run *run)
{
	const struct isn_command *command = context;

	run->output.utf8 = command->format != &ascii_format;
}

int cmd_isn(const struct options *options)
{
	struct isn_command command = {.options = options};
	const struct run_hooks hooks = {
	    .beside = PARTS_OF_ISNS, .connection = on_connection, .context = &command};
	const struct tcphs_isn_options within = {.max_memory =
	                                             run_memory_part(options, PARTS_OF_ISNS)};
	struct tcphs_error error = {0};
	int code = EXIT_USAGE;

	command.format = ladders_format(options, terminal_utf8(options), has_hosts, &error);
	if (command.format == NULL) {
		message("%s", error.text);
		return EXIT_USAGE;
	}
	command.isn = tcphs_isn_new(&within);
	if (command.isn == NULL)
		message("memory is exhausted");
	else
		code = run_all(options, &hooks, before, after);
	tcphs_isn_free(command.isn);
	text_free(&command.text);
	return code;
}
