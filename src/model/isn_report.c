/* SPDX-License-Identifier: BSD-3-Clause */
/* From what was kept of a host to its report and its diagnoses. */
#include <tcphs/isn.h>

#include <stdlib.h>

#include "model/isn_store.h"
#include "model/isn_text.h"
#include "model/isn_tests.h"

static bool work_ready(struct tcphs_isn *isn, size_t wanted)
{
	struct isn_point *point;
	struct isn_gap *gap;

	if (wanted < TCPHS_ISN_PER_TUPLE)
		wanted = TCPHS_ISN_PER_TUPLE;
	if (wanted <= isn->work_room)
		return true;
	point = realloc(isn->point, wanted * sizeof(*point));
	if (point == NULL)
		return false;
	isn->point = point;
	gap = realloc(isn->gap, wanted * sizeof(*gap));
	if (gap == NULL)
		return false;
	isn->gap = gap;
	isn->work_room = wanted;
	return true;
}

/* The ISNs of one 4-tuple, in order of time; returns how many. */
static size_t series(struct tcphs_isn *isn, const struct isn_sample *sample)
{
	size_t count = sample->laters + 1u;

	isn->point[0] = (struct isn_point){.time = sample->time, .isn = sample->isn};
	for (uint32_t at = sample->later, i = sample->laters; at != ISN_NONE && i > 0; i--) {
		isn->point[i] =
		    (struct isn_point){.time = isn->later[at].time, .isn = isn->later[at].isn};
		at = isn->later[at].before;
	}
	return count;
}

/* The clock behind the ISNs of one 4-tuple, from the longest series that follows one. */
static void measure_tuples(struct tcphs_isn *isn, const struct isn_host *host,
                           struct tcphs_isn_report *report)
{
	struct isn_line line;

	for (uint32_t at = host->first; at != ISN_NONE; at = isn->sample[at].next_of_host) {
		const struct isn_sample *sample = &isn->sample[at];
		const uint32_t count = sample->laters + 1;

		if (count < TCPHS_ISN_NEED_TUPLE_CLOCK || count <= report->tuple_samples)
			continue;
		if (!isn_line_fit(isn->point, series(isn, sample), isn->gap, &line))
			continue;
		report->tuple_rate = line.rate;
		report->tuple_samples = count;
	}
	if (report->tuple_rate > 0)
		report->codes |= ISN_BIT(TCPHS_D_ISN_CLOCK_TUPLE);
}

/* Brings the host's samples into the work space. */
static size_t gather(struct tcphs_isn *isn, const struct isn_host *host)
{
	size_t count = 0;

	for (uint32_t at = host->first; at != ISN_NONE; at = isn->sample[at].next_of_host) {
		const struct isn_sample *sample = &isn->sample[at];

		isn->point[count++] = (struct isn_point){
		    .time = sample->time,
		    .packet = sample->packet,
		    .isn = sample->isn,
		    .peer_isn = sample->peer_isn,
		    .peer_known = sample->peer_known,
		    .stamped = sample->stamped,
		};
	}
	return count;
}

struct examined {
	struct tcphs_isn_report report;
	uint64_t last_packet, repeat_packet;
	uint32_t repeated, last_isn;
};

static bool examine(struct tcphs_isn *isn, size_t index, struct examined *result)
{
	const struct isn_host *host = &isn->host[index];
	struct tcphs_isn_report *report = &result->report;
	size_t count;

	*result = (struct examined){.report = {.host = host->address,
	                                       .connections = host->connections,
	                                       .left_out = host->left_out,
	                                       .reused = host->reused}};
	if (!work_ready(isn, host->samples))
		return false;
	measure_tuples(isn, host, report);
	count = isn_points_prepare(isn->point, gather(isn, host), &report->repeats,
	                           &result->repeat_packet, &result->repeated);
	report->samples = (uint32_t)count;
	report->connections -= host->samples - count;
	isn_tests_run(isn->point, count, isn->gap, report);
	if (count > 0) {
		result->last_packet = isn->point[count - 1].packet;
		result->last_isn = isn->point[count - 1].isn;
	}
	for (uint32_t at = host->event; at != ISN_NONE; at = isn->event[at].before)
		report->codes |= ISN_BIT(isn->event[at].code);
	return true;
}

bool tcphs_isn_report(struct tcphs_isn *isn, size_t index, struct tcphs_isn_report *report)
{
	struct examined result;

	if (!examine(isn, index, &result))
		return false;
	*report = result.report;
	return true;
}

size_t tcphs_isn_points(struct tcphs_isn *isn, size_t index, struct tcphs_isn_point *point,
                        size_t room)
{
	const struct isn_host *host = &isn->host[index];
	uint32_t pairs, repeated;
	uint64_t repeat;
	size_t count;

	if (!work_ready(isn, host->samples))
		return 0;
	count = isn_points_prepare(isn->point, gather(isn, host), &pairs, &repeat, &repeated);
	for (size_t i = 0; i < count && i < room; i++)
		point[i] = (struct tcphs_isn_point){isn->point[i].time, isn->point[i].isn};
	return count;
}

/* Which packet shows it: the event's own, the one that repeats, or the last sample. */
static void fill(const struct tcphs_isn *isn, const struct isn_host *host,
                 const struct examined *result, struct tcphs_isn_finding *finding)
{
	uint64_t times = 1;

	finding->packet = result->last_packet;
	finding->expected = finding->got = result->last_isn;
	finding->numbers = false;
	if (finding->code == TCPHS_D_ISN_REPEAT) {
		finding->packet = result->repeat_packet;
		finding->expected = finding->got = result->repeated;
	}
	for (uint32_t at = host->event; at != ISN_NONE; at = isn->event[at].before) {
		const struct isn_event *event = &isn->event[at];

		if (event->code != finding->code)
			continue;
		finding->packet = event->packet;
		finding->expected = event->expected;
		finding->got = event->got;
		finding->numbers = event->numbers;
		times = event->count;
	}
	isn_finding_text(&result->report, times, finding);
}

bool tcphs_isn_diagnose(struct tcphs_isn *isn,
                        bool (*found)(void *context, const struct tcphs_isn_finding *finding),
                        void *context)
{
	struct examined result;

	for (size_t i = 0; i < isn->hosts; i++) {
		if (!examine(isn, i, &result))
			return false;
		for (int code = TCPHS_D_ISN_ZERO; code <= TCPHS_D_ISN_CLOCK_TUPLE; code++) {
			struct tcphs_isn_finding finding = {.host = isn->host[i].address,
			                                    .code = (uint16_t)code};

			if ((result.report.codes & ISN_BIT(code)) == 0)
				continue;
			finding.severity = tcphs_code_info((enum tcphs_code)code)->severity;
			fill(isn, &isn->host[i], &result, &finding);
			if (!found(context, &finding))
				return false;
		}
	}
	return true;
}
