/* SPDX-License-Identifier: BSD-3-Clause */
/* diagnosis/1 and summary/1 */
#include "render/record.h"

#include "base/json.h"

#include <tcphs/diagnosis.h>

static const char *const skip_key[] = {
    [TCPHS_SKIP_NOT_TCP] = "not_tcp",    [TCPHS_SKIP_LINKTYPE] = "unknown_link_type",
    [TCPHS_SKIP_CUT] = "truncated",      [TCPHS_SKIP_MALFORMED] = "malformed",
    [TCPHS_SKIP_FRAGMENT] = "fragments", [TCPHS_SKIP_ENCRYPTED] = "encrypted",
};
_Static_assert(sizeof(skip_key) / sizeof(skip_key[0]) == TCPHS_SKIP_COUNT, "one key a reason");

static void add_numbers(struct stream *out, bool meant, uint32_t expected, uint32_t got)
{
	if (!meant) {
		stream_literal(out, ",\"expected\":null,\"got\":null");
		return;
	}
	stream_literal(out, ",\"expected\":");
	stream_u64(out, expected);
	stream_literal(out, ",\"got\":");
	stream_u64(out, got);
}

static void add_rule(struct stream *out, const struct tcphs_code_info *info, const char *text)
{
	stream_literal(out, ",\"rfc\":");
	json_string(out, info->rfc);
	stream_literal(out, ",\"section\":");
	json_string(out, info->section);
	stream_literal(out, ",\"text\":");
	json_string(out, text);
	stream_literal(out, "}\n");
}

void record_diagnosis(const struct record_context *record, const struct tcphs_analysis *analysis,
                      size_t index)
{
	const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[index];
	const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)diagnosis->code);
	struct stream *out = record->out;
	char text[512];

	stream_literal(out, "{\"record\":\"diagnosis/1\",\"connection\":");
	stream_u64(out, analysis->connection.id);
	stream_literal(out, ",\"packet\":");
	record_packet(record, diagnosis->packet);
	stream_literal(out, ",\"code\":");
	json_string(out, info->name);
	stream_literal(out, ",\"severity\":");
	json_string(out, tcphs_severity_name((enum tcphs_severity)diagnosis->severity));
	add_numbers(out, diagnosis->numbers, diagnosis->expected, diagnosis->got);
	tcphs_diagnosis_text(&analysis->connection, diagnosis, false, text, sizeof(text));
	add_rule(out, info, text);
}

void record_finding(const struct record_context *record, const struct tcphs_isn_finding *finding)
{
	const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)finding->code);
	struct stream *out = record->out;

	stream_literal(out, "{\"record\":\"diagnosis/1\",\"connection\":null");
	if (finding->host.family != 0) { /* else it concerns the capture as a whole */
		stream_literal(out, ",\"host\":\"");
		stream_used(out,
		            digits_address(stream_reserve(out, DIGITS_ADDRESS), &finding->host));
		stream_char(out, '"');
	}
	stream_literal(out, ",\"packet\":");
	record_packet(record, finding->packet);
	stream_literal(out, ",\"code\":");
	json_string(out, info->name);
	stream_literal(out, ",\"severity\":");
	json_string(out, tcphs_severity_name((enum tcphs_severity)finding->severity));
	add_numbers(out, finding->numbers, finding->expected, finding->got);
	add_rule(out, info, finding->text);
}

static void add_count(struct stream *out, char *before, const char *key, uint64_t count)
{
	stream_char(out, *before);
	*before = ',';
	json_string(out, key);
	stream_char(out, ':');
	stream_u64(out, count);
}

static void end_counts(struct stream *out, char before)
{
	if (before == '{')
		stream_char(out, '{');
	stream_char(out, '}');
}

static void add_codes(struct stream *out, const struct record_counts *counts)
{
	char before = '{';

	for (int i = 0; i < TCPHS_CODE_COUNT; i++)
		if (counts->code[i] > 0)
			add_count(out, &before, tcphs_code_info((enum tcphs_code)i)->name,
			          counts->code[i]);
	end_counts(out, before);
}

void record_skipped(const struct record_context *record, const struct record_counts *counts)
{
	struct stream *out = record->out;
	char before = '{';

	stream_literal(out, ",\"skipped\":");
	for (int i = 0; i < TCPHS_SKIP_COUNT; i++)
		add_count(out, &before, skip_key[i], counts->skipped[i]);
	add_count(out, &before, "checksum", counts->code[TCPHS_D_CSUM_BAD]);
	add_count(out, &before, "evicted", counts->evicted);
	add_count(out, &before, "dropped_by_capture", counts->dropped);
	end_counts(out, before);
}

void record_summary(const struct record_context *record, const struct record_counts *counts)
{
	struct stream *out = record->out;
	char before = ',';

	stream_literal(out, "{\"record\":\"summary/1\"");
	add_count(out, &before, "packets", counts->packets);
	add_count(out, &before, "segments", counts->segments);
	add_count(out, &before, "connections", counts->connections);
	stream_literal(out, ",\"open\":");
	before = '{';
	for (int i = 0; i < TCPHS_OPEN_COUNT; i++)
		add_count(out, &before, tcphs_open_name((enum tcphs_open_kind)i), counts->open[i]);
	stream_literal(out, "},\"close\":");
	before = '{';
	for (int i = 0; i < TCPHS_CLOSE_COUNT; i++)
		add_count(out, &before, tcphs_close_name((enum tcphs_close_kind)i),
		          counts->close[i]);
	stream_literal(out, "},\"diagnoses\":");
	add_codes(out, counts);
	stream_literal(out, ",\"severities\":");
	before = '{';
	for (int i = 0; i < TCPHS_SEVERITY_COUNT; i++)
		add_count(out, &before, tcphs_severity_name((enum tcphs_severity)i),
		          counts->severity[i]);
	stream_literal(out, "},\"copies\":");
	stream_u64(out, counts->copies);
	stream_literal(out, ",\"icmp_errors\":");
	stream_u64(out, counts->remarks + counts->remarks_lost);
	record_skipped(record, counts);
	stream_literal(out, "}\n");
}
