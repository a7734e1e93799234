/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ISNs of any hosts from any generators: the tests say the same whatever the tables' key is, the
 * numbers of a report fit together, and what is beyond a cap is counted.
 *
 * The input: an octet of options, then rows of eight octets: which generator, how many samples
 * (a power of two), which host and peers, the generator's number, the time between samples.
 */
#include "fuzz.h"

#include "base/bytes.h"

#include <stdbool.h>
#include <string.h>
#include <tcphs/isn.h>

#define STEP        8u
#define SAMPLES_MAX 6000u /* of an input */

enum generator { RAW, CONSTANT, STEPS, CLOCK, MIXED, SAME_TUPLE, OF_PEER, CONNECTION, GENERATORS };

struct world {
	struct tcphs_isn *isn[2]; /* with different keys */
	int64_t time;
	uint64_t packet;
	uint32_t ticks, samples;
	bool small; /* caps */
};

static uint32_t mix(uint32_t value)
{
	value = (value ^ value >> 16) * 0x7feb352du;
	value = (value ^ value >> 15) * 0x846ca68bu;
	return value ^ value >> 16;
}

static uint32_t number(enum generator generator, const struct world *world, uint32_t i,
                       uint32_t base)
{
	switch (generator) {
	case CONSTANT:
	case OF_PEER:
		return base;
	case STEPS:
		return base + i * (base >> 8 & 0xffffu);
	case CLOCK:
	case SAME_TUPLE:
		return base + (uint32_t)(world->time / 1000 * (int64_t)(base % 32) / 2);
	case MIXED:
		return mix(base + i) & (base >> 24 & 1 ? 0xffff0000u : UINT32_MAX);
	default:
		return base;
	}
}

static struct tcphs_isn_sample sample_of(const struct world *world, const uint8_t *step, uint32_t i)
{
	enum generator generator = (enum generator)(step[0] % GENERATORS);
	uint32_t peer = generator == SAME_TUPLE ? step[3] : step[3] + i;
	struct tcphs_isn_sample sample = {
	    .host = {.family = step[2] & 1 ? 6 : 4},
	    .peer = {.family = step[2] & 1 ? 6 : 4},
	    .port = (uint16_t)(step[2] & 2 ? 443 : 40000 + peer),
	    .peer_port = (uint16_t)(step[2] & 2 ? 40000 + peer : 80),
	    .isn = number(generator, world, i, get_be32(step + 4)),
	    .peer_isn_known = (step[2] & 4) != 0,
	    .next_known = (step[2] & 8) != 0,
	    .closed_by_fin = (step[2] & 16) != 0,
	    .time = world->time,
	    .time_known = (step[2] & 32) != 0,
	    .packet = world->packet,
	};

	sample.host.octets[3] = step[2] >> 5;
	sample.peer.octets[2] = (uint8_t)(peer >> 16);
	sample.peer_isn = generator == OF_PEER ? sample.isn - 1 : mix(peer);
	sample.next = sample.isn + mix(i) % 100000;
	return sample;
}

/* The same as a connection, for both of its ends. */
static struct tcphs_connection connection_of(const struct tcphs_isn_sample *sample)
{
	struct tcphs_connection connection = {
	    .id = sample->packet,
	    .first_packet = sample->packet,
	    .last_packet = sample->packet,
	    .start = sample->time,
	    .close.initiator = sample->closed_by_fin ? TCPHS_CLIENT : TCPHS_NOBODY,
	    .end = {{.address = sample->host,
	             .port = sample->port,
	             .isn = sample->isn,
	             .isn_known = true,
	             .next = sample->next,
	             .next_known = sample->next_known},
	            {.address = sample->peer,
	             .port = sample->peer_port,
	             .isn = sample->peer_isn,
	             .isn_known = sample->peer_isn_known,
	             .isn_inferred = sample->time_known}},
	};

	connection.close.kind = sample->closed_by_fin ? TCPHS_CLOSE_FOUR_WAY : TCPHS_CLOSE_NONE;
	connection.end[0].isn_time = sample->time_known ? sample->time : 0;
	return connection;
}

static void add(struct world *world, const uint8_t *step)
{
	uint32_t count = UINT32_C(1) << (step[1] % 12);
	int64_t apart = INT64_C(1) << (step[1] >> 4) * 3;

	for (uint32_t i = 0; i < count && world->samples < SAMPLES_MAX; i++, world->samples++) {
		struct tcphs_isn_sample sample = sample_of(world, step, i);
		struct tcphs_connection connection = connection_of(&sample);

		for (int key = 0; key < 2; key++)
			expect(step[0] % GENERATORS == CONNECTION
			           ? tcphs_isn_add(world->isn[key], &connection)
			           : tcphs_isn_add_sample(world->isn[key], &sample));
		world->packet++;
		world->time += apart + mix(i) % 7;
	}
}

static void check_report(const struct tcphs_isn_report *report)
{
	char text[256], least[2];
	size_t length = tcphs_isn_report_text(report, text, sizeof(text));

	expect(length > 0 && length < sizeof(text) && strlen(text) == length);
	expect(tcphs_isn_report_text(report, least, sizeof(least)) == length);
	for (size_t i = 0; i < length; i++)
		expect((unsigned char)text[i] >= ' ');
	expect(report->verdict < TCPHS_ISN_VERDICTS);
	expect(tcphs_isn_verdict_name((enum tcphs_isn_verdict)report->verdict) != NULL);
	expect(report->chance >= 0 && report->chance <= 1);
	expect(report->bits >= -1 && report->bits <= 32);
	expect(report->samples + report->left_out <= report->connections);
	expect(report->step_low <= report->step_high || report->verdict != TCPHS_ISN_STEP);
	expect(report->rate >= 0 && report->tuple_rate >= 0);
}

static bool see_finding(void *context, const struct tcphs_isn_finding *finding)
{
	size_t *count = context;

	expect(finding->code < TCPHS_CODE_COUNT && finding->severity < TCPHS_SEVERITY_COUNT);
	expect(strlen(finding->text) > 0 && strlen(finding->text) < sizeof(finding->text));
	return ++*count < 100;
}

static void check_points(struct tcphs_isn *isn, size_t host, const struct tcphs_isn_report *report)
{
	struct tcphs_isn_point point[64];
	size_t count = tcphs_isn_points(isn, host, point, 64);

	expect(count == report->samples);
	for (size_t i = 1; i < count && i < 64; i++)
		expect(point[i - 1].time <= point[i].time);
}

static void compare(struct world *world)
{
	size_t hosts = tcphs_isn_hosts(world->isn[0]);

	expect(tcphs_isn_hosts(world->isn[1]) == hosts);
	for (size_t i = 0; i < hosts; i++) {
		struct tcphs_isn_report report[2];

		memset(report, 0, sizeof(report));
		for (int key = 0; key < 2; key++) {
			expect(tcphs_isn_report(world->isn[key], i, &report[key]));
			check_report(&report[key]);
			check_points(world->isn[key], i, &report[key]);
		}
		expect(report[0].verdict == report[1].verdict &&
		       report[0].codes == report[1].codes &&
		       report[0].samples == report[1].samples && report[0].bits == report[1].bits &&
		       report[0].repeats == report[1].repeats &&
		       report[0].left_out == report[1].left_out);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tcphs_isn_options options = {.seed = {1, 2}};
	struct world world = {.time = INT64_C(1795000000000000000), .packet = 1};
	struct tcphs_isn_left_out left;
	size_t findings = 0, at = 1;

	if (size < 1 + STEP)
		return 0;
	if (data[0] & 1) { /* so small that an input reaches them */
		options.hosts_max = 2;
		options.samples_max = 64;
	}
	world.isn[0] = tcphs_isn_new(&options);
	options.seed[0] = UINT64_MAX;
	world.isn[1] = tcphs_isn_new(&options);
	expect(world.isn[0] != NULL && world.isn[1] != NULL);
	for (; at + STEP <= size; at += STEP)
		add(&world, data + at);
	compare(&world);
	tcphs_isn_diagnose(world.isn[0], see_finding, &findings);
	left = tcphs_isn_left_out(world.isn[0]);
	expect((data[0] & 1) || left.hosts == 0);
	tcphs_isn_free(world.isn[0]);
	tcphs_isn_free(world.isn[1]);
	return 0;
}
