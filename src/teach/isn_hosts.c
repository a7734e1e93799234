/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/isn_hosts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/address.h"
#include "base/wrap.h"
#include "model/isn_text.h"
#include "render/isn_plot.h"

enum {
	FEW = TCPHS_ISN_NEED_STEP,
	PLOT_ROWS = 12,
	HOST_COLUMNS = 15,
	INDENT = 4,
};

static uint8_t rank_of(const struct tcphs_isn_report *report)
{
	uint8_t rank = 0;

	for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
		const uint8_t severity = tcphs_code_info((enum tcphs_code)code)->severity;

		if ((report->codes >> (code - TCPHS_D_ISN_ZERO) & 1) != 0 && severity >= rank)
			rank = (uint8_t)(severity + 1);
	}
	return rank;
}

static int compare(const void *a, const void *b)
{
	const struct isn_rank *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->samples != y->samples)
		return x->samples > y->samples ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

bool isn_hosts_rank(struct tcphs_isn *isn, struct isn_rank *host)
{
	const size_t count = tcphs_isn_hosts(isn);
	struct tcphs_isn_report report;

	for (size_t i = 0; i < count; i++) {
		if (!tcphs_isn_report(isn, i, &report))
			return false;
		host[i] = (struct isn_rank){i, report.samples, rank_of(&report)};
	}
	qsort(host, count, sizeof(*host), compare);
	return true;
}

bool isn_host_is_dull(const struct isn_rank *host)
{
	return host->samples < FEW && host->rank == 0;
}

void isn_hosts_head(struct text *out)
{
	text_addf(out, "%-*s  %7s  %s\n", HOST_COLUMNS, "host", "samples", "verdict");
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

void isn_host_add(struct text *out, const struct tcphs_isn_report *report, unsigned width)
{
	const bool found = report->verdict > TCPHS_ISN_NO_PATTERN;
	char address[64], sentence[256];
	struct text lines = {0};

	address_text(&report->host, address, sizeof(address));
	tcphs_isn_report_text(report, sentence, sizeof(sentence));
	text_addf(out, "%-*s  %7" PRIu32 "  %s\n", HOST_COLUMNS, address, report->samples,
	          found ? tcphs_isn_verdict_name((enum tcphs_isn_verdict)report->verdict)
	                : sentence);
	if (found)
		text_addf(&lines, "\n%s", sentence);
	add_details(&lines, report);
	if (lines.failed)
		out->failed = true;
	else if (lines.length > 0)
		wrap_add(out, lines.data + 1, INDENT, width);
	text_free(&lines);
}

bool isn_host_plot(struct text *out, struct tcphs_isn *isn, const struct isn_rank *host,
                   unsigned width, bool ascii)
{
	struct tcphs_isn_point *point;
	size_t count;

	if (host->samples < 2)
		return true;
	point = calloc(host->samples, sizeof(*point));
	if (point == NULL)
		return false;
	count = tcphs_isn_points(isn, host->index, point, host->samples);
	if (count > 1)
		isn_plot_add(out, point, count, width, PLOT_ROWS, ascii);
	free(point);
	return true;
}

void isn_hosts_end(struct text *out, const struct tcphs_isn *isn, uint64_t dull)
{
	const struct tcphs_isn_left_out left_out = tcphs_isn_left_out(isn);

	if (tcphs_isn_hosts(isn) == 0)
		text_add(out,
		         "No host's initial sequence number is in the capture: it holds no SYN.\n");
	if (dull > 0)
		text_addf(out,
		          "%" PRIu64
		          " host%s with fewer than %d samples, and nothing found in them\n",
		          dull, dull == 1 ? "" : "s", FEW);
	if (left_out.hosts > 0)
		text_addf(out, "%" PRIu64 " ISNs of hosts beyond the first %u were not looked at\n",
		          left_out.hosts, TCPHS_ISN_HOSTS_MAX);
}
