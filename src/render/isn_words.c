/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/isn_words.h"

#include <inttypes.h>

#include "model/isn_text.h"

static bool has_code(const struct tcphs_isn_report *report, int code)
{
	return (report->codes >> (code - TCPHS_D_ISN_ZERO) & 1) != 0;
}

uint8_t isn_report_rank(const struct tcphs_isn_report *report)
{
	uint8_t rank = 0;

	for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
		const uint8_t severity = tcphs_code_info((enum tcphs_code)code)->severity;

		if (has_code(report, code) && severity >= rank)
			rank = (uint8_t)(severity + 1);
	}
	return rank;
}

void isn_report_details(struct text *out, const struct tcphs_isn_report *report)
{
	char rate[96];

	for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
		const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)code);

		if (!has_code(report, code))
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
