/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A tracker that much happens to: a conversation's segments come again and again, as other
 * connections, later or earlier, on the same ports or on others, from thousands of addresses, with
 * little memory, live or from a file. What is given up is counted, nothing is counted twice, the
 * bound holds, and what is held can be analysed at any time.
 *
 * The keys of the input (conversation.h) are the program: two octets of options, then four for
 * each step: what changes from one time to the next, how often, by how much, in how much time.
 */
#include "conversation.h"
#include "fuzz.h"
#include "invariants.h"

#include "track/tracker.h"

#include <string.h>

enum option {
	LIVE = 1,
	KEEP_ALL = 2,
	PREPARE = 4,
	ASK = 8, /* a reader looks at connections meanwhile */
	BOUND = 16,
	HUGE_PAGES = 32,
	NO_CALLBACK = 64,
};

enum change {
	OTHER_PORT = 1,
	OTHER_HOST = 2,
	OTHER_NUMBERS = 4,
	BACKWARDS = 8,  /* times */
	TICK = 16,      /* between two of them nothing comes, but time passes */
	TURNED = 32,    /* every other one from the other side */
	OLD_TIMES = 64, /* every one at the same time */
	ONE_ONLY = 128, /* the conversation's first segment only */
};

#define PROGRAM      2u /* octets before the steps */
#define STEP         4u
#define SEGMENTS_MAX 80000u /* of an input */
#define LONG_MAX     6000u  /* of them those that only make connections longer */
#define BATCH        64u
#define LOOKED_AT    24u /* connections analysed at once */

struct flood {
	struct tcphs_tracker *tracker;
	struct tcphs_segment talk[TALK_PACKETS_MAX];
	size_t count;
	struct tcphs_segment batch[BATCH];
	size_t waiting;
	uint64_t segments, gone, gone_packets, packet, longer, times;
	int64_t time;
	unsigned options;
};

static void see_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct flood *flood = context;
	struct tcphs_connection connection;
	const struct tcphs_analysis *summary;

	tcphs_tracker_peek(tracker, index, &connection);
	if (index == TCPHS_LEAVING) {
		flood->gone++;
		flood->gone_packets += connection.packets;
	}
	if (index != TCPHS_LEAVING && (flood->options & PREPARE)) {
		summary = tcphs_tracker_summary(tracker, index);
		expect(summary != NULL && summary->connection.packets == connection.packets);
	}
}

static void check_held(struct flood *flood)
{
	struct tcphs_analysis analysis = {0};
	size_t count = tcphs_tracker_count(flood->tracker), every = count / LOOKED_AT + 1;

	for (size_t i = flood->times % every; i < count; i += every) {
		expect(tcphs_tracker_analyse(flood->tracker, i, &analysis));
		check_analysis(flood->tracker, &analysis);
		expect(tcphs_tracker_find(flood->tracker, analysis.connection.id) == i);
		expect(tcphs_tracker_summarise(flood->tracker, i, &analysis));
	}
	tcphs_analysis_free(&analysis);
}

static void check_counts(const struct flood *flood)
{
	struct tcphs_tracker_counts counts = tcphs_tracker_counts(flood->tracker);
	uint64_t held = 0;

	expect(flood->segments == counts.segments + counts.remarks + counts.remarks_lost);
	for (size_t i = 0; i < tcphs_tracker_count(flood->tracker); i++) {
		struct tcphs_connection connection;

		tcphs_tracker_peek(flood->tracker, i, &connection);
		held += connection.packets;
	}
	if (flood->options & NO_CALLBACK)
		return;
	expect(counts.connections == tcphs_tracker_count(flood->tracker) + flood->gone);
	expect(counts.segments == held + flood->gone_packets);
	expect(counts.evicted <= flood->gone);
}

static void check_memory(const struct flood *flood)
{
	uint64_t most = flood->tracker->options.max_memory;

	if (most != 0)
		expect(tcphs_tracker_counts(flood->tracker).memory <= most);
}

static void pass_on(struct flood *flood)
{
	expect(tcphs_tracker_add(flood->tracker, flood->batch, flood->waiting));
	flood->segments += flood->waiting;
	flood->waiting = 0;
	check_memory(flood);
	if (flood->options & LIVE)
		tcphs_tracker_tick(flood->tracker, flood->time);
}

static void exchange_ends(struct tcphs_segment *segment)
{
	struct tcphs_address address = segment->src;
	uint16_t port = segment->sport;

	segment->src = segment->dst;
	segment->sport = segment->dport;
	segment->dst = address;
	segment->dport = port;
}

/* The conversation's first sender is the client in all of its segments. */
static void change(struct tcphs_segment *segment, bool of_client, unsigned changes, uint64_t time)
{
	struct tcphs_address *client = of_client ? &segment->src : &segment->dst;
	uint16_t *port = of_client ? &segment->sport : &segment->dport;
	uint32_t by = (uint32_t)time * 2654435761u;

	if (changes & OTHER_PORT)
		*port = (uint16_t)(*port + time);
	if (changes & OTHER_HOST)
		for (int i = 0; i < 3; i++)
			client->octets[(client->family == 6 ? 13 : 1) + i] = (uint8_t)(by >> 8 * i);
	if (changes & OTHER_NUMBERS) {
		segment->seq += of_client ? by : ~by;
		segment->ack += of_client ? ~by : by;
	}
	if ((changes & TURNED) && (time & 1))
		exchange_ends(segment);
	segment->ip_id = (uint16_t)(segment->ip_id + time);
}

static void say_once(struct flood *flood, unsigned changes, int64_t apart)
{
	size_t count = changes & ONE_ONLY ? 1 : flood->count;
	int64_t began = flood->time;

	for (size_t i = 0; i < count; i++) {
		struct tcphs_segment *segment = &flood->batch[flood->waiting++];

		*segment = flood->talk[i];
		change(segment,
		       segment->sport == flood->talk[0].sport &&
		           memcmp(&segment->src, &flood->talk[0].src, sizeof(segment->src)) == 0,
		       changes, flood->times);
		segment->packet = ++flood->packet;
		segment->time =
		    changes & OLD_TIMES ? began : began + flood->talk[i].time - flood->talk[0].time;
		if (flood->waiting == BATCH)
			pass_on(flood);
	}
	flood->times++;
	flood->time += changes & BACKWARDS && flood->time > apart ? -apart : apart;
}

static void do_step(struct flood *flood, const uint8_t *step)
{
	uint32_t times = UINT32_C(1) << (step[1] & 15), more = (step[1] >> 4) * times / 8;
	int64_t apart = (int64_t)(step[2] + 1) << (step[3] % 32);

	for (uint32_t i = 0; i < times + more; i++) {
		if (flood->packet + flood->count > SEGMENTS_MAX || flood->longer > LONG_MAX)
			break;
		flood->longer += step[0] & (OTHER_PORT | OTHER_HOST) ? 0 : flood->count;
		say_once(flood, step[0], apart);
	}
	pass_on(flood);
	for (int i = 0; (step[0] & TICK) && i < 32; i++)
		tcphs_tracker_tick(flood->tracker, flood->time += apart * 16);
	if ((flood->options & ASK) && flood->longer < LONG_MAX / 4)
		check_held(flood);
}

static void take_segments(struct flood *flood, const struct talk *talk)
{
	static const struct tcphs_decode_options options;
	struct tcphs_decoder *decoder = tcphs_decoder_new(&options);

	expect(decoder != NULL);
	for (size_t i = 0; i < talk->count; i++) {
		struct tcphs_packet packet = talk_packet_at(talk, i);

		flood->count += tcphs_decode(decoder, &packet, 1, &flood->talk[flood->count]);
	}
	tcphs_decoder_free(decoder);
}

static void open_tracker(struct flood *flood, const uint8_t *program)
{
	unsigned chosen = program[0];
	struct tcphs_tracker_options options = {
	    .seed = {1, 2},
	    .max_memory = chosen & BOUND ? 1 + ((uint64_t)program[1] << 16) : 0,
	    .keep_all = (chosen & KEEP_ALL) != 0,
	    .live = (chosen & LIVE) != 0,
	    .prepare = (chosen & PREPARE) != 0,
	    .even = (chosen & HUGE_PAGES) == 0,
	    .on_final = chosen & NO_CALLBACK ? NULL : see_final,
	    .context = flood,
	};

	flood->options = chosen;
	flood->time = flood->count > 0 ? flood->talk[0].time : 0;
	flood->tracker = tcphs_tracker_new(&options);
	expect(flood->tracker != NULL);
	if (chosen & BOUND) /* half of what is wanted is less than there may be */
		expect(flood->tracker->options.max_memory >= TCPHS_MEMORY_LEAST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;
	static struct flood flood;

	if (input_read(&input, data, size) && input.key_count >= PROGRAM) {
		memset(&flood, 0, sizeof(flood));
		take_segments(&flood, &input.talk);
		open_tracker(&flood, input.key);
		for (size_t at = PROGRAM; at + STEP <= input.key_count && flood.count > 0;
		     at += STEP)
			do_step(&flood, input.key + at);
		check_counts(&flood);
		tcphs_tracker_finish(flood.tracker);
		check_held(&flood);
		check_counts(&flood);
		tcphs_tracker_free(flood.tracker);
	}
	input_free(&input);
	return 0;
}
