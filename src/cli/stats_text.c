/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs stats for people: counts with bars. */
#include "cli/stats.h"

#include "cli/options.h"

#include "base/address.h"
#include "base/duration.h"
#include "base/service.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

enum { WIDTH_DEFAULT = 80, LABEL_COLUMNS = 24, BAR_COLUMNS = 30, BUCKETS_SHOWN = 12 };

struct page {
	struct text text;
	bool utf8;
	unsigned label; /* columns before the counts */
	unsigned bar;   /* columns for a full bar */
};

/* A bar of eighths: "██▌"; '#' where only ASCII can be shown. At least a sliver for one. */
static void add_bar(struct page *page, uint64_t count, uint64_t most)
{
	uint64_t eighths = most == 0 ? 0 : (uint64_t)((double)count / (double)most * page->bar * 8);

	if (count > 0 && eighths == 0)
		eighths = 1;
	if (!page->utf8)
		eighths = (eighths + 7) / 8 * 8;
	for (; eighths >= 8; eighths -= 8)
		text_add(&page->text, page->utf8 ? "\xe2\x96\x88" : "#");
	if (eighths > 0) {
		/* U+2588 is full, U+258F one eighth. */
		const char block[] = {'\xe2', '\x96', (char)(0x90 - eighths), '\0'};

		text_add(&page->text, block);
	}
}

static void add_title(struct page *page, const char *title)
{
	text_addf(&page->text, "\n%s\n", title);
}

static void add_line(struct page *page, const char *label, uint64_t count, uint64_t most)
{
	text_addf(&page->text, "  %-*s %10" PRIu64 "  ", (int)page->label, label, count);
	add_bar(page, count, most);
	text_add(&page->text, "\n");
}

static uint64_t greatest(const uint64_t *count, size_t kinds)
{
	uint64_t most = 0;

	for (size_t i = 0; i < kinds; i++)
		most = count[i] > most ? count[i] : most;
	return most;
}

static void add_kinds(struct page *page, const struct summary *summary)
{
	uint64_t most = greatest(summary->open, TCPHS_OPEN_COUNT);

	add_title(page, "How they opened");
	for (int i = 0; i < TCPHS_OPEN_COUNT; i++)
		if (summary->open[i] > 0)
			add_line(page, tcphs_open_name((enum tcphs_open_kind)i), summary->open[i],
			         most);
	most = greatest(summary->close, TCPHS_CLOSE_COUNT);
	add_title(page, "How they closed");
	for (int i = 0; i < TCPHS_CLOSE_COUNT; i++)
		if (summary->close[i] > 0)
			add_line(page, tcphs_close_name((enum tcphs_close_kind)i),
			         summary->close[i], most);
}

/* Bounds of the histogram: 1, 2, 5 times powers of ten around what there is. */
static void add_histogram(struct page *page, const struct times *times)
{
	static const int64_t steps[] = {1, 2, 5};
	int64_t bound[64];
	uint64_t count[64], most = 0;
	size_t bounds = 0, first = 0;

	for (int64_t power = 1000; power <= INT64_C(100000000000); power *= 10)
		for (size_t i = 0; i < 3 && bounds < 64; i++)
			bound[bounds++] = power * steps[i];
	while (first + 1 < bounds && bound[first + 1] <= times->least)
		first++;
	for (size_t i = first; i + 1 < bounds; i++) {
		count[i] = times_between(times, i == first ? 0 : bound[i], bound[i + 1]);
		most = count[i] > most ? count[i] : most;
	}
	for (size_t i = first; i + 1 < bounds && bound[i] <= times->greatest; i++) {
		char from[32], to[32], label[72];

		duration_text(bound[i], " ", from, sizeof(from));
		duration_text(bound[i + 1], " ", to, sizeof(to));
		snprintf(label, sizeof(label), "%s to %s", from, to);
		add_line(page, label, count[i], most);
	}
}

static void add_handshake(struct page *page, const struct times *times)
{
	static const double percents[] = {50, 90, 99};
	char text[32];

	if (times->count == 0)
		return;
	add_title(page, "Handshake: SYN to the last ACK of the open");
	duration_text(times->least, " ", text, sizeof(text));
	text_addf(&page->text, "  least %s", text);
	for (size_t i = 0; i < 3; i++) {
		duration_text(times_percentile(times, percents[i]), " ", text, sizeof(text));
		text_addf(&page->text, "   %.0f %% in %s", percents[i], text);
	}
	duration_text(times->greatest, " ", text, sizeof(text));
	text_addf(&page->text, "   most %s\n", text);
	add_histogram(page, times);
}

static void add_syn_rtx(struct page *page, const struct stats *stats)
{
	uint64_t most = greatest(&stats->syn_rtx[1], SYN_RTX_MAX);

	if (stats->syn_rtx_total == 0)
		return;
	add_title(page, "SYN sent again, connections by how often");
	for (int i = 1; i <= SYN_RTX_MAX; i++) {
		char label[32];

		snprintf(label, sizeof(label), "%d%s", i, i == SYN_RTX_MAX ? " or more" : "");
		if (stats->syn_rtx[i] > 0)
			add_line(page, label, stats->syn_rtx[i], most);
	}
}

static void top_label(const struct top_entry *entry, bool numeric, char *label, size_t size)
{
	const char *service = numeric ? NULL : service_name(entry->port);
	bool brackets = entry->port != 0 && entry->address.family == 6;
	const char *before = brackets ? "[" : "", *after = brackets ? "]" : "";
	char address[64];

	address_text(&entry->address, address, sizeof(address));
	if (entry->port == 0)
		snprintf(label, size, "%s", address);
	else if (service != NULL)
		snprintf(label, size, "%s%s%s:%s", before, address, after, service);
	else
		snprintf(label, size, "%s%s%s:%u", before, address, after, entry->port);
}

static void add_top(struct page *page, const char *title, const struct top *top, bool numeric)
{
	struct top_entry largest[TOP_SHOWN];
	size_t count = top_largest(top, largest);
	struct page usual = *page;
	char label[TOP_SHOWN][96], whole_title[128];
	bool exact = true;

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		exact &= largest[i].error == 0;
	snprintf(whole_title, sizeof(whole_title), "%s%s", title, exact ? "" : ", at least");
	add_title(page, whole_title);
	/* An IPv6 address takes its columns from the bars of its own section. */
	for (size_t i = 0; i < count; i++) {
		unsigned width;

		top_label(&largest[i], numeric, label[i], sizeof(label[i]));
		width = (unsigned)strlen(label[i]);
		page->label = width > page->label ? width : page->label;
	}
	page->bar -= page->label - usual.label < page->bar - BAR_COLUMNS / 3
	                 ? page->label - usual.label
	                 : page->bar - BAR_COLUMNS / 3;
	for (size_t i = 0; i < count; i++)
		add_line(page, label[i], top_sure(&largest[i]), top_sure(&largest[0]));
	page->label = usual.label;
	page->bar = usual.bar;
}

static void add_codes(struct page *page, const struct summary *summary)
{
	static const char *const titles[] = {"Notes", "Warnings", "Errors"};

	for (int severity = TCPHS_SEVERITY_COUNT - 1; severity >= 0; severity--) {
		bool titled = false;

		for (int i = 0; i < TCPHS_CODE_COUNT; i++) {
			const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)i);

			if (summary->code[i] == 0 || info->severity != severity)
				continue;
			if (!titled)
				add_title(page, titles[severity]);
			titled = true;
			text_addf(&page->text, "  %-*s %10" PRIu64 "\n", LABEL_COLUMNS, info->name,
			          summary->code[i]);
		}
	}
}

/* "1 packet", "2 packets" */
static void add_counted(struct text *text, uint64_t count, const char *what, const char *after)
{
	text_addf(text, "%" PRIu64 " %s%s%s", count, what, count == 1 ? "" : "s", after);
}

static void add_head(struct page *page, const struct stats *stats, struct run *run)
{
	struct record_counts counts = run_counts(run);
	char text[32];

	add_counted(&page->text, stats->summary.connections, "connection", ", ");
	add_counted(&page->text, counts.packets, "packet", ", ");
	add_counted(&page->text, counts.segments, "TCP segment", ", ");
	add_counted(&page->text, stats->bytes, "byte", " of data");
	if (stats->summary.connections > 0) {
		duration_text(stats->last - stats->first, " ", text, sizeof(text));
		text_addf(&page->text, " in %s", text);
	}
	text_add(&page->text, "\n");
	for (int i = 0; i < TCPHS_SKIP_COUNT; i++)
		if (counts.skipped[i] > 0)
			text_addf(&page->text, "  skipped: %" PRIu64 " %s\n", counts.skipped[i],
			          tcphs_skip_name((enum tcphs_skip)i));
}

void stats_print_text(const struct stats *stats, struct run *run)
{
	unsigned width = run->output.width > 0 ? run->output.width : WIDTH_DEFAULT;
	unsigned fixed = LABEL_COLUMNS + 16;
	struct page page = {.utf8 = run->output.utf8, .label = LABEL_COLUMNS};
	bool numeric = run->options->numeric;

	page.bar = width > fixed + BAR_COLUMNS / 3 ? width - fixed : BAR_COLUMNS / 3;
	page.bar = page.bar < 2 * BAR_COLUMNS ? page.bar : 2 * BAR_COLUMNS;
	add_head(&page, stats, run);
	if (stats->summary.connections > 0)
		add_kinds(&page, &stats->summary);
	add_handshake(&page, &stats->handshake);
	add_syn_rtx(&page, stats);
	add_top(&page, "Who refuses", &stats->refusing, numeric);
	add_top(&page, "Who never answers", &stats->unanswering, numeric);
	add_top(&page, "Who resets", &stats->resetting, numeric);
	add_top(&page, "Who sends most, in bytes", &stats->talking, numeric);
	add_codes(&page, &stats->summary);
	stats_source_text(&page.text, tcphs_session_source(run->session));
	stream_add_text(run->output.stream, &page.text);
	text_free(&page.text);
}
