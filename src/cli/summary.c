/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/summary.h"

#include <string.h>

void summary_count(struct summary *summary, const struct tcphs_analysis *analysis)
{
	const struct tcphs_connection *connection = &analysis->connection;

	summary->connections++;
	summary->open[connection->open.kind]++;
	summary->close[connection->close.kind]++;
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		summary->code[analysis->diagnosis[i].code]++;
		summary->severity[analysis->diagnosis[i].severity]++;
	}
	if (connection->diagnoses == 0 || connection->worst == TCPHS_NOTE)
		summary->clean++;
}

static void add_all(uint64_t *count, const uint64_t *other, size_t kinds)
{
	for (size_t i = 0; i < kinds; i++)
		count[i] += other[i];
}

void summary_join(struct summary *summary, const struct summary *other)
{
	summary->connections += other->connections;
	summary->clean += other->clean;
	add_all(summary->open, other->open, TCPHS_OPEN_COUNT);
	add_all(summary->close, other->close, TCPHS_CLOSE_COUNT);
	add_all(summary->code, other->code, TCPHS_CODE_COUNT);
	add_all(summary->severity, other->severity, TCPHS_SEVERITY_COUNT);
}

static void add_count(struct stream *out, const char *before, uint64_t count, const char *what)
{
	stream_text(out, before);
	stream_u64(out, count);
	stream_char(out, ' ');
	stream_text(out, what);
}

void summary_print(const struct summary *summary, struct run *run)
{
	struct stream *out = run->output.stream;
	const char *before = ": ";

	if (summary->connections == 0)
		return;
	add_count(out, "\n", summary->connections,
	          summary->connections == 1 ? "connection" : "connections");
	for (int i = 0; i < TCPHS_OPEN_COUNT; i++) {
		if (summary->open[i] == 0)
			continue;
		add_count(out, before, summary->open[i], tcphs_open_name((enum tcphs_open_kind)i));
		before = ", ";
	}
	before = "; ";
	for (int i = TCPHS_SEVERITY_COUNT - 1; i > TCPHS_NOTE; i--) {
		if (summary->severity[i] == 0)
			continue;
		add_count(out, before, summary->severity[i],
		          tcphs_severity_name((enum tcphs_severity)i));
		if (summary->severity[i] != 1)
			stream_char(out, 's');
		before = ", ";
	}
	stream_char(out, '\n');
}

void summary_record(const struct summary *summary, struct run *run)
{
	struct record_counts counts = run_counts(run);

	counts.connections = summary->connections;
	memcpy(counts.open, summary->open, sizeof(counts.open));
	memcpy(counts.close, summary->close, sizeof(counts.close));
	memcpy(counts.code, summary->code, sizeof(counts.code));
	memcpy(counts.severity, summary->severity, sizeof(counts.severity));
	record_summary(&run->record, &counts);
}
