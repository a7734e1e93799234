/* SPDX-License-Identifier: BSD-3-Clause */
/* stats/1 */
#include "cli/stats.h"

#include "base/json.h"

#include <tcphs/diagnosis.h>

static void add_top(struct stream *out, const char *key, const struct top *top, const char *what)
{
	struct top_entry largest[TOP_SHOWN];
	size_t count = top_largest(top, largest);

	stream_char(out, ',');
	json_string(out, key);
	stream_literal(out, ":[");
	for (size_t i = 0; i < count; i++) {
		stream_text(out, i > 0 ? ",{\"address\":\"" : "{\"address\":\"");
		stream_used(
		    out, digits_address(stream_reserve(out, DIGITS_ADDRESS), &largest[i].address));
		stream_char(out, '"');
		if (largest[i].port != 0) {
			stream_literal(out, ",\"port\":");
			stream_u64(out, largest[i].port);
		}
		stream_char(out, ',');
		json_string(out, what);
		stream_char(out, ':');
		stream_u64(out, largest[i].count);
		stream_literal(out, ",\"at_most_too_many\":");
		stream_u64(out, largest[i].error);
		stream_char(out, '}');
	}
	stream_char(out, ']');
}

static void add_counts(struct stream *out, const char *key, const uint64_t *count, int kinds,
                       const char *(*name)(int))
{
	stream_text(out, key);
	for (int i = 0; i < kinds; i++) {
		stream_char(out, i == 0 ? '{' : ',');
		json_string(out, name(i));
		stream_char(out, ':');
		stream_u64(out, count[i]);
	}
	stream_char(out, '}');
}

static const char *open_name(int kind)
{
	return tcphs_open_name((enum tcphs_open_kind)kind);
}

static const char *close_name(int kind)
{
	return tcphs_close_name((enum tcphs_close_kind)kind);
}

static void add_handshake(struct stream *out, const struct times *times)
{
	static const struct {
		const char *key;
		double percent;
	} percentiles[] = {
	    {",\"p50\":", 50}, {",\"p90\":", 90}, {",\"p95\":", 95}, {",\"p99\":", 99}};

	stream_literal(out, ",\"handshake\":{\"samples\":");
	stream_u64(out, times->count);
	stream_literal(out, ",\"min\":");
	json_duration(out, times->count > 0 ? times->least : -1);
	for (size_t i = 0; i < sizeof(percentiles) / sizeof(percentiles[0]); i++) {
		stream_text(out, percentiles[i].key);
		json_duration(out, times_percentile(times, percentiles[i].percent));
	}
	stream_literal(out, ",\"max\":");
	json_duration(out, times->count > 0 ? times->greatest : -1);
	stream_char(out, '}');
}

static void add_syn_rtx(struct stream *out, const struct stats *stats)
{
	stream_literal(out, ",\"syn_retransmissions\":{\"total\":");
	stream_u64(out, stats->syn_rtx_total);
	stream_literal(out, ",\"connections\":[");
	for (int i = 0; i <= SYN_RTX_MAX; i++) {
		if (i > 0)
			stream_char(out, ',');
		stream_u64(out, stats->syn_rtx[i]);
	}
	stream_literal(out, "]}");
}

static void add_codes(struct stream *out, const struct summary *summary)
{
	char before = '{';

	stream_literal(out, ",\"diagnoses\":");
	for (int i = 0; i < TCPHS_CODE_COUNT; i++) {
		if (summary->code[i] == 0)
			continue;
		stream_char(out, before);
		before = ',';
		json_string(out, tcphs_code_info((enum tcphs_code)i)->name);
		stream_char(out, ':');
		stream_u64(out, summary->code[i]);
	}
	if (before == '{')
		stream_char(out, '{');
	stream_char(out, '}');
}

void stats_print_json(const struct stats *stats, struct run *run)
{
	struct record_counts counts = run_counts(run);
	struct stream *out = run->output.stream;

	stream_literal(out, "{\"record\":\"stats/1\",\"packets\":");
	stream_u64(out, counts.packets);
	stream_literal(out, ",\"segments\":");
	stream_u64(out, counts.segments);
	stream_literal(out, ",\"connections\":");
	stream_u64(out, stats->summary.connections);
	stream_literal(out, ",\"bytes\":");
	stream_u64(out, stats->bytes);
	stream_literal(out, ",\"start\":");
	if (stats->summary.connections > 0)
		json_instant(out, stats->first);
	else
		json_null(out);
	stream_literal(out, ",\"duration\":");
	json_duration(out, stats->summary.connections > 0 ? stats->last - stats->first : -1);
	add_counts(out, ",\"open\":", stats->summary.open, TCPHS_OPEN_COUNT, open_name);
	add_counts(out, ",\"close\":", stats->summary.close, TCPHS_CLOSE_COUNT, close_name);
	add_handshake(out, &stats->handshake);
	add_syn_rtx(out, stats);
	add_top(out, "refusing", &stats->refusing, "connections");
	add_top(out, "unanswering", &stats->unanswering, "connections");
	add_top(out, "resetting", &stats->resetting, "connections");
	add_top(out, "talking", &stats->talking, "bytes");
	add_codes(out, &stats->summary);
	stats_source_json(out, tcphs_session_source(run->session));
	record_skipped(&run->record, &counts);
	stream_literal(out, "}\n");
}
