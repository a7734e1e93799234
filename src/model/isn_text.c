/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/isn_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/bounded.h"

static const char *const verdict_name[] = {
    [TCPHS_ISN_TOO_FEW] = "too-few",   [TCPHS_ISN_NO_PATTERN] = "no-pattern",
    [TCPHS_ISN_REPEATED] = "repeated", [TCPHS_ISN_LOW_ENTROPY] = "low-entropy",
    [TCPHS_ISN_CLOCK] = "clock",       [TCPHS_ISN_STEP] = "step",
    [TCPHS_ISN_CONSTANT] = "constant",
};
_Static_assert(sizeof(verdict_name) / sizeof(verdict_name[0]) == TCPHS_ISN_VERDICTS, "verdicts");

/* Clocks that are known, and whose they are. */
static const struct {
	double rate;
	const char *what;
} known_clock[] = {
    {15.625e6, "a tick every 64 ns, as Linux"},
    {1e6, "a tick every microsecond"},
    {250e3, "a tick every 4 µs, as RFC 9293 §3.4.1 describes"},
};

const char *tcphs_isn_verdict_name(enum tcphs_isn_verdict verdict)
{
	return (size_t)verdict < TCPHS_ISN_VERDICTS ? verdict_name[verdict] : NULL;
}

size_t isn_rate_text(double rate, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	if (rate >= 1e6)
		bounded_addf(&out, "%.6g MHz", rate / 1e6);
	else if (rate >= 1e3)
		bounded_addf(&out, "%.5g kHz", rate / 1e3);
	else
		bounded_addf(&out, "%.4g Hz", rate);
	for (size_t i = 0; i < sizeof(known_clock) / sizeof(known_clock[0]); i++)
		if (fabs(rate / known_clock[i].rate - 1) < 0.01)
			bounded_addf(&out, " (%s)", known_clock[i].what);
	return bounded_end(&out);
}

/* What the samples show, without the count. */
static void add_pattern(struct bounded *out, const struct tcphs_isn_report *report)
{
	char rate[96];

	switch ((enum tcphs_isn_verdict)report->verdict) {
	case TCPHS_ISN_CONSTANT:
		bounded_add(out, "every connection begins with the same number");
		break;
	case TCPHS_ISN_STEP:
		bounded_addf(out, "each number is %" PRIu32, report->step_low);
		if (report->step_high != report->step_low)
			bounded_addf(out, " to %" PRIu32, report->step_high);
		bounded_add(out, " above the one before");
		break;
	case TCPHS_ISN_CLOCK:
		isn_rate_text(report->rate, rate, sizeof(rate));
		bounded_addf(out, "all numbers follow one clock of %s%s", rate,
		             report->even ? ", or steps of one size: the gaps are alike" : "");
		break;
	case TCPHS_ISN_LOW_ENTROPY:
		bounded_addf(out, "only %d of 32 bits ever change", report->bits);
		break;
	case TCPHS_ISN_REPEATED:
		bounded_addf(out, "%" PRIu32 " pair%s of connections began with the same number",
		             report->repeats, report->repeats == 1 ? "" : "s");
		break;
	default:
		bounded_add(out, "no pattern found");
		break;
	}
}

size_t tcphs_isn_report_text(const struct tcphs_isn_report *report, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	if (report->verdict == TCPHS_ISN_TOO_FEW) {
		bounded_addf(&out, "too few samples: %" PRIu32 " of %" PRIu32, report->samples,
		             report->needed);
	} else {
		add_pattern(&out, report);
		bounded_addf(&out, " in %" PRIu32 " samples", report->samples);
	}
	return bounded_end(&out);
}

static void add_times(struct bounded *out, uint64_t times)
{
	if (times > 1)
		bounded_addf(out, " It happened %" PRIu64 " times.", times);
}

/* How it looks, how many samples, and how likely a sound generator looks like that. */
static void add_samples(struct bounded *out, const struct tcphs_isn_report *report)
{
	bounded_add(out, " (");
	add_pattern(out, report);
	bounded_addf(out, "; %" PRIu32 " samples", report->samples);
	if (report->chance > 0)
		bounded_addf(out, ", by chance %.1g", report->chance);
	bounded_add(out, ")");
}

static void add_clock_tuple(struct bounded *out, const struct tcphs_isn_report *report)
{
	char rate[96];

	isn_rate_text(report->tuple_rate, rate, sizeof(rate));
	bounded_addf(out, " (%s, from %" PRIu32 " connections on one 4-tuple)", rate,
	             report->tuple_samples);
}

void isn_finding_text(const struct tcphs_isn_report *report, uint64_t times,
                      struct tcphs_isn_finding *finding)
{
	struct bounded out = bounded_start(finding->text, sizeof(finding->text));

	bounded_add(&out, tcphs_code_info((enum tcphs_code)finding->code)->sentence);
	switch (finding->code) {
	case TCPHS_D_ISN_ZERO:
		bounded_addf(&out, " (%" PRIu64 " of %" PRIu32 " connection%s)", times,
		             report->samples, report->samples == 1 ? "" : "s");
		break;
	case TCPHS_D_ISN_REPEAT:
		bounded_addf(&out, " (%" PRIu32 "; %" PRIu32 " pair%s in %" PRIu32 " samples)",
		             finding->got, report->repeats, report->repeats == 1 ? "" : "s",
		             report->samples);
		break;
	case TCPHS_D_ISN_EQUAL:
		bounded_addf(&out, " (%" PRIu32 ")", finding->got);
		add_times(&out, times);
		break;
	case TCPHS_D_ISN_TW_STEP:
	case TCPHS_D_ISN_TUPLE_BACK:
		bounded_addf(&out, " (%" PRIu32 " after %" PRIu32 ")", finding->got,
		             finding->expected);
		add_times(&out, times);
		break;
	case TCPHS_D_ISN_CLOCK_TUPLE:
		add_clock_tuple(&out, report);
		break;
	default:
		add_samples(&out, report);
		break;
	}
	bounded_end(&out);
}
