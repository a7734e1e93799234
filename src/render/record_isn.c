/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/record_isn.h"

#include <stdio.h>

#include "base/address.h"
#include "base/json.h"

static void add_key(struct stream *out, const char *key)
{
	stream_literal(out, ",\"");
	stream_text(out, key);
	stream_literal(out, "\":");
}

static void add_count(struct stream *out, const char *key, uint64_t count)
{
	add_key(out, key);
	stream_u64(out, count);
}

/* A number with a fraction, or null. */
static void add_known(struct stream *out, const char *key, bool known, double value)
{
	char text[32];

	add_key(out, key);
	snprintf(text, sizeof(text), "%.7g", value);
	stream_text(out, known ? text : "null");
}

static void add_step(struct stream *out, const char *key, const struct tcphs_isn_report *report,
                     uint32_t step)
{
	if (report->samples > 1)
		add_count(out, key, step);
	else
		add_known(out, key, false, 0);
}

static void add_codes(struct stream *out, uint16_t codes)
{
	char before = '[';

	stream_literal(out, ",\"codes\":");
	for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
		if ((codes >> (code - TCPHS_D_ISN_ZERO) & 1) == 0)
			continue;
		stream_char(out, before);
		before = ',';
		json_string(out, tcphs_code_info((enum tcphs_code)code)->name);
	}
	stream_text(out, before == '[' ? "[]" : "]");
}

void record_isn(struct stream *out, const struct tcphs_isn_report *report)
{
	const bool found = report->verdict > TCPHS_ISN_NO_PATTERN;
	char text[256];

	address_text(&report->host, text, sizeof(text));
	stream_literal(out, "{\"record\":\"isn/1\",\"host\":");
	json_string(out, text);
	add_count(out, "family", report->host.family);
	add_count(out, "connections", report->connections);
	add_count(out, "samples", report->samples);
	add_count(out, "left_out", report->left_out);
	stream_literal(out, ",\"verdict\":");
	json_string(out, tcphs_isn_verdict_name((enum tcphs_isn_verdict)report->verdict));
	add_count(out, "needs", report->needed);
	add_known(out, "chance", found, report->chance);
	add_known(out, "effective_bits", report->bits >= 0, report->bits);
	add_known(out, "rate", report->rate > 0, report->rate);
	add_step(out, "step_min", report, report->step_low);
	add_step(out, "step_max", report, report->step_high);
	add_count(out, "repeats", report->repeats);
	add_count(out, "reused_tuples", report->reused);
	add_known(out, "tuple_rate", report->tuple_rate > 0, report->tuple_rate);
	add_count(out, "tuple_samples", report->tuple_samples);
	add_codes(out, report->codes);
	tcphs_isn_report_text(report, text, sizeof(text));
	stream_literal(out, ",\"text\":");
	json_string(out, text);
	stream_literal(out, "}\n");
}
