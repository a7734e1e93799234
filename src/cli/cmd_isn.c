/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs isn: how predictable each host's initial sequence numbers are. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

#include "base/address.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "model/isn_text.h"
#include "render/isn_plot.h"
#include "render/record_isn.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <tcphs/isn.h>

enum {
	FEW = TCPHS_ISN_NEED_STEP, /* hosts with fewer samples and nothing found are summed up */
	PLOT_ROWS = 12,
	HOST_COLUMNS = 15,
	INDENT = 4,
	DEFAULT_WIDTH = 80,
};

struct host {
	size_t index;
	uint32_t samples;
	uint8_t rank; /* 2: warnings or errors, 1: notes, 0: nothing */
};

struct isn_command {
	const struct options *options;
	struct tcphs_isn *isn;
	struct run *run;
	struct text text; /* of the host being printed */
	uint64_t few;     /* hosts that are only counted */
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct isn_command *command = context;

	if (tcphs_isn_add(command->isn, &analysis->connection))
		return true;
	run_no_memory(run);
	return false;
}

/* The severest of the codes found, and the exit code it means. */
static uint8_t rank_of(struct isn_command *command, const struct tcphs_isn_report *report)
{
	uint8_t rank = 0;

	for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
		const uint8_t severity = tcphs_code_info((enum tcphs_code)code)->severity;

		if ((report->codes >> (code - TCPHS_D_ISN_ZERO) & 1) == 0)
			continue;
		if (severity >= command->options->level)
			run_code(command->run, EXIT_FOUND);
		if (severity >= TCPHS_WARNING)
			rank = 2;
		else if (rank == 0)
			rank = 1;
	}
	return rank;
}

static int compare(const void *a, const void *b)
{
	const struct host *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->samples != y->samples)
		return x->samples > y->samples ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void put_text(struct isn_command *command)
{
	struct text *text = &command->text;

	if (!command->run->output.utf8)
		wrap_to_ascii(text, 0);
	if (text->failed)
		run_no_memory(command->run);
	else if (text->length > 0)
		stream_add(command->run->output.stream, text->data, text->length);
	text_clear(text);
}

static unsigned width_of(const struct isn_command *command)
{
	return command->run->output.width > 0 ? command->run->output.width : DEFAULT_WIDTH;
}

/* What stands below the verdict, one line each. */
static void add_details(struct text *out, const struct tcphs_isn_report *report)
{
	char rate[96];

	for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
		const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)code);

		if ((report->codes >> (code - TCPHS_D_ISN_ZERO) & 1) == 0)
			continue;
		text_addf(out, "\n%s %s", tcphs_severity_name((enum tcphs_severity)info->severity),
		          info->name);
		if (code != TCPHS_D_ISN_CLOCK_TUPLE)
			continue;
		isn_rate_text(report->tuple_rate, rate, sizeof(rate));
		text_addf(out, ": on one 4-tuple %s, from %" PRIu32 " connections", rate,
		          report->tuple_samples);
	}
	if (report->verdict > TCPHS_ISN_NO_PATTERN && report->chance > 0)
		text_addf(out, "\na sound generator looks like this with probability %.1g",
		          report->chance);
	else if (report->verdict > TCPHS_ISN_NO_PATTERN)
		text_add(out, "\na sound generator never looks like this");
	if (report->left_out > 0)
		text_addf(out, "\n%" PRIu64 " more ISNs of this host were not looked at",
		          report->left_out);
}

static void put_plot(struct isn_command *command, size_t index, uint32_t samples)
{
	struct tcphs_isn_point *point = calloc(samples, sizeof(*point));
	size_t count = 0;

	if (point == NULL) {
		run_no_memory(command->run);
		return;
	}
	count = tcphs_isn_points(command->isn, index, point, samples);
	if (count > 1)
		isn_plot_add(&command->text, point, count, width_of(command), PLOT_ROWS,
		             !command->run->output.utf8);
	free(point);
	put_text(command);
}

/* One line, and below it what was found. */
static void put_host(struct isn_command *command, const struct tcphs_isn_report *report)
{
	const bool found = report->verdict > TCPHS_ISN_NO_PATTERN;
	struct text *out = &command->text, lines = {0};
	char address[64], sentence[256];

	address_text(&report->host, address, sizeof(address));
	tcphs_isn_report_text(report, sentence, sizeof(sentence));
	text_addf(out, "%-*s  %7" PRIu32 "  %s\n", HOST_COLUMNS, address, report->samples,
	          found ? tcphs_isn_verdict_name((enum tcphs_isn_verdict)report->verdict)
	                : sentence);
	if (found)
		text_addf(&lines, "\n%s", sentence);
	add_details(&lines, report);
	if (lines.length > 0)
		wrap_add(out, lines.data + 1, INDENT, width_of(command));
	text_free(&lines);
	put_text(command);
}

static bool is_few(const struct isn_command *command, const struct host *host)
{
	return host->samples < FEW && host->rank == 0 && !command->options->verbose;
}

static void put_hosts(struct isn_command *command, const struct host *host, size_t count)
{
	struct tcphs_isn_report report;

	for (size_t i = 0; i < count && output_works(&command->run->output); i++) {
		if (!tcphs_isn_report(command->isn, host[i].index, &report)) {
			run_no_memory(command->run);
			return;
		}
		if (command->options->json) {
			record_isn(command->run->output.stream, &report);
			continue;
		}
		if (is_few(command, &host[i])) {
			command->few++;
			continue;
		}
		put_host(command, &report);
		if (command->options->plot && report.samples > 1)
			put_plot(command, host[i].index, report.samples);
	}
}

static void put_end(struct isn_command *command, size_t hosts)
{
	const struct tcphs_isn_left_out left_out = tcphs_isn_left_out(command->isn);
	struct text *out = &command->text;

	if (hosts == 0)
		text_add(out,
		         "No host's initial sequence number is in the capture: it holds no SYN.\n");
	if (command->few > 0)
		text_addf(out,
		          "%" PRIu64
		          " host%s with fewer than %d samples, and nothing found in them "
		          "(-v lists them)\n",
		          command->few, command->few == 1 ? "" : "s", FEW);
	if (left_out.hosts > 0)
		text_addf(out, "%" PRIu64 " ISNs of hosts beyond the first %u were not looked at\n",
		          left_out.hosts, TCPHS_ISN_HOSTS_MAX);
	put_text(command);
}

static void after(void *context, struct run *run)
{
	struct isn_command *command = context;
	const size_t count = tcphs_isn_hosts(command->isn);
	struct host *host = calloc(count + 1, sizeof(*host));
	struct tcphs_isn_report report;

	command->run = run;
	for (size_t i = 0; host != NULL && i < count; i++) {
		if (!tcphs_isn_report(command->isn, i, &report)) {
			free(host);
			host = NULL;
			break;
		}
		host[i] = (struct host){i, report.samples, rank_of(command, &report)};
	}
	if (host == NULL) {
		run_no_memory(run);
		return;
	}
	if (!command->options->json) {
		qsort(host, count, sizeof(*host), compare);
		if (count > 0)
			text_addf(&command->text, "%-*s  %7s  %s\n", HOST_COLUMNS, "host",
			          "samples", "verdict");
	}
	put_hosts(command, host, count);
	if (!command->options->json)
		put_end(command, count);
	free(host);
}

int cmd_isn(const struct options *options)
{
	struct isn_command command = {.options = options, .isn = tcphs_isn_new(NULL)};
	const struct run_hooks hooks = {.connection = on_connection, .context = &command};
	int code = EXIT_USAGE;

	if (command.isn == NULL)
		message("memory is exhausted");
	else
		code = run_all(options, &hooks, NULL, after);
	tcphs_isn_free(command.isn);
	text_free(&command.text);
	return code;
}
