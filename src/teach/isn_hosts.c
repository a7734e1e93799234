/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/isn_hosts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/address.h"
#include "base/wrap.h"
#include "render/isn_plot.h"
#include "render/isn_words.h"

enum {
	FEW = TCPHS_ISN_NEED_STEP,
	PLOT_ROWS = 12,
	HOST_COLUMNS = 15,
	INDENT = 4,
};

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
		host[i] = (struct isn_rank){i, report.samples, isn_report_rank(&report)};
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
	isn_report_details(&lines, report);
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
	static const char by_memory[] = ": more do not fit into --max-memory";
	const struct tcphs_isn_left_out left_out = tcphs_isn_left_out(isn);

	if (tcphs_isn_hosts(isn) == 0)
		text_add(out,
		         "No host's initial sequence number is in the capture: it holds no SYN.\n");
	if (dull > 0)
		text_addf(out,
		          "%" PRIu64
		          " host%s with fewer than %d samples, and nothing found in them\n",
		          dull, dull == 1 ? "" : "s", FEW);
	if (left_out.isns > 0)
		text_addf(out,
		          "%" PRIu64 " more ISNs of these hosts were not looked at: at most %u a "
		          "host and %" PRIu32 " in all are%s\n",
		          left_out.isns, TCPHS_ISN_PER_HOST, left_out.samples_max,
		          left_out.samples_max < TCPHS_ISN_SAMPLES_MAX ? by_memory : "");
	if (left_out.hosts > 0)
		text_addf(out, "%" PRIu64 " ISNs of hosts beyond the first %" PRIu32
		               " were not looked at%s\n",
		          left_out.hosts, left_out.hosts_max,
		          left_out.hosts_max < TCPHS_ISN_HOSTS_MAX ? by_memory : "");
}
