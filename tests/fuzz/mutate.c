/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mutation that knows what a conversation is: packets are dropped, doubled, exchanged, cut,
 * turned round or given another number, and mostly the checksum is made right again, since a
 * segment that the receiver drops tells nothing more.
 */
#include "conversation.h"
#include "fuzz.h"
#include "place.h"

#include "base/bytes.h"

#include <string.h>

static uint32_t next_random(uint64_t *state) /* xorshift64* */
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 32);
}

static uint32_t below(uint64_t *state, size_t count)
{
	return count == 0 ? 0 : (uint32_t)(next_random(state) % count);
}

/* ---- the changes ------------------------------------------------------------------- */

/* Numbers near others of the conversation are worth more than any. */
static uint32_t number(const struct talk *talk, uint32_t now, uint64_t *state)
{
	static const uint32_t steps[] = {1,     UINT32_MAX, 2,          100,        1460,
	                                 65535, 65536,      0x7fffffff, 0x80000000, 0x80000001};
	const struct talk_packet *other = &talk->packet[below(state, talk->count)];
	struct place place = place_find(talk, other);

	switch (below(state, 5)) {
	case 0:
		return place.tcp != NULL ? get_be32(place.tcp + 4) + below(state, 3) : now + 1;
	case 1:
		return place.tcp != NULL ? get_be32(place.tcp + 8) + below(state, 3) : now - 1;
	case 2:
		return next_random(state);
	default:
		return now + steps[below(state, sizeof(steps) / sizeof(steps[0]))];
	}
}

static void change_segment(const struct talk *talk, const struct place *place, uint64_t *state)
{
	static const uint8_t flags[] = {0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14,
	                                0x01, 0x00, 0x03, 0x06, 0x29, 0xc2, 0x52};
	size_t head = (place->tcp[12] >> 4) * 4u;

	switch (below(state, 8)) {
	case 0:
	case 1:
		place_put32(place->tcp + 4, number(talk, get_be32(place->tcp + 4), state));
		break;
	case 2:
	case 3:
		place_put32(place->tcp + 8, number(talk, get_be32(place->tcp + 8), state));
		break;
	case 4:
		place->tcp[13] = below(state, 3) == 0 ? (uint8_t)next_random(state)
		                                      : flags[below(state, sizeof(flags))];
		break;
	case 5:
		place_put16(place->tcp + 14,
		            below(state, 3) == 0 ? 0 : (uint16_t)next_random(state));
		break;
	case 6:
		place_turn(place);
		break;
	default: /* an octet of the header or its options */
		if (head >= 20 && head <= place->tcp_octets)
			place->tcp[below(state, head)] = (uint8_t)next_random(state);
		break;
	}
}

static void change_packet(struct talk *talk, size_t at, uint64_t *state)
{
	struct talk_packet *packet = &talk->packet[at];
	struct place place = place_find(talk, packet);
	uint32_t length = packet->caplen;

	if (length > 0 && (place.tcp == NULL || below(state, 16) == 0)) {
		packet->caplen = (uint32_t)LLVMFuzzerMutate(packet->data, length, length);
		return;
	}
	if (place.tcp == NULL)
		return;
	change_segment(talk, &place, state);
	if (below(state, 12) != 0)
		place_mend(&place);
}

static void cut_packet(struct talk_packet *packet, uint64_t *state)
{
	uint32_t length = packet->caplen < 90 ? packet->caplen : 90;
	uint8_t *shorter;

	packet->caplen = packet->caplen - below(state, length);
	shorter = realloc(packet->data, packet->caplen + (packet->caplen == 0));
	expect(shorter != NULL);
	packet->data = shorter;
}

static void change_times(struct talk *talk, size_t at, uint64_t *state)
{
	static const int64_t steps[] = {1,          1000,        20000,        1000000, 250000000,
	                                1000000000, 61000000000, 130000000000, -1000,   -200000000};
	int64_t step = steps[below(state, sizeof(steps) / sizeof(steps[0]))];
	size_t end = below(state, 2) == 0 ? at + 1 : talk->count;

	for (; at < end; at++)
		if (talk->packet[at].time + step >= 0 &&
		    talk->packet[at].time + step < INT64_C(4294967295) * 1000000000)
			talk->packet[at].time += step;
}

static void change_talk(struct talk *talk, uint64_t *state)
{
	size_t at = below(state, talk->count), other = below(state, talk->count);
	struct talk_packet moving;

	if (talk->count == 0)
		return;
	moving = talk->packet[at];
	switch (below(state, 12)) {
	case 0:
		talk_remove(talk, at);
		break;
	case 1: /* a copy, here or later */
		talk_add(talk, other < at ? at : other, &moving);
		break;
	case 2: /* two packets change places, with or without their times */
		talk->packet[at] = talk->packet[other];
		talk->packet[other] = moving;
		if (below(state, 2) == 0) {
			talk->packet[other].time = talk->packet[at].time;
			talk->packet[at].time = moving.time;
		}
		break;
	case 3:
		cut_packet(&talk->packet[at], state);
		break;
	case 4:
		change_times(talk, at, state);
		break;
	case 5: /* the end, or the beginning, is missing */
		for (size_t i = talk->count; below(state, 4) == 0 && i > at; i--)
			talk_remove(talk, i - 1);
		break;
	default:
		change_packet(talk, at, state);
		break;
	}
}

static void change_input(struct input *input, uint64_t *state)
{
	switch (below(state, 12)) {
	case 0:
		input->way = (uint8_t)next_random(state);
		break;
	case 1:
		input->options = (uint8_t)next_random(state);
		break;
	case 2:
		input->look = (uint8_t)next_random(state);
		break;
	case 3:
		input->key_count = (uint8_t)LLVMFuzzerMutate(input->key, input->key_count, 120);
		break;
	default:
		for (uint32_t i = below(state, 4) + 1; i > 0; i--)
			change_talk(&input->talk, state);
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed)
{
	static struct input input;
	uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	size_t length = 0;

	if (input_read(&input, data, size) && below(&state, 16) != 0) {
		change_input(&input, &state);
		length = input_write(&input, data, room);
	}
	input_free(&input);
	return length > 0 ? length : LLVMFuzzerMutate(data, size, room);
}

/* Two conversations at once: the packets of one come between those of the other. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
                                 size_t size2, uint8_t *out, size_t room, unsigned seed)
{
	static struct input one, two;
	uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 2;
	size_t length = 0, at = 0;

	if (input_read(&one, data1, size1) && input_read(&two, data2, size2) &&
	    one.talk.linktype == two.talk.linktype) {
		for (size_t i = 0; i < two.talk.count; i++) {
			at += below(&state, one.talk.count - at + 1);
			if (at > 0)
				two.talk.packet[i].time = one.talk.packet[at - 1].time;
			talk_add(&one.talk, at, &two.talk.packet[i]);
		}
		length = input_write(&one, out, room);
	}
	input_free(&one);
	input_free(&two);
	return length;
}
