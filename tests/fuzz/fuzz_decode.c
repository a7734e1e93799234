/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any octets as packets of any link type, through one decoder: no read beyond a packet, no
 * undefined behaviour, no time without bound, and the short cut gives what the walk gives.
 *
 * The input: two octets of link type, one of options, then packets, each with two octets of
 * length, one of how many octets the capture lost and one of seconds since the last packet.
 */
#include "base/bytes.h"
#include "decode/decoder.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HEAD        3
#define RECORD_HEAD 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int truth)
{
	if (!truth)
		abort();
}

static void check(const struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                  const struct tcphs_segment *segment)
{
	expect(segment->packet == packet->number);
	expect(segment->src.family == 4 || segment->src.family == 6);
	expect(segment->options.sack_blocks <= 4);
	expect(*tcphs_decoder_encapsulation(decoder, segment->encap) != '\0');
}

/* The packet in memory of its own size, so that a read beyond it is seen. */
static void feed(struct tcphs_decoder *usual, struct tcphs_decoder *walking,
                 struct tcphs_packet packet)
{
	uint8_t *copy = malloc(packet.caplen == 0 ? 1 : packet.caplen);
	struct tcphs_segment a = {0};
	struct tcphs_segment b = {0};
	size_t count;

	expect(copy != NULL);
	memcpy(copy, packet.data, packet.caplen);
	packet.data = copy;
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	count = tcphs_decode(usual, &packet, 1, &a);
	expect(count == decoder_packet(walking, &packet, &b));
	expect(memcmp(&a, &b, sizeof(a)) == 0);
	if (count > 0)
		check(usual, &packet, &a);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tcphs_decode_options options = {0};
	struct tcphs_packet packet = {.fcs_length = -1};
	struct tcphs_decoder *usual, *walking;

	if (size < HEAD)
		return 0;
	packet.linktype = get_be16(data);
	options.no_decap = (data[2] & 1) != 0;
	usual = tcphs_decoder_new(&options);
	walking = tcphs_decoder_new(&options);
	expect(usual != NULL && walking != NULL);
	for (size_t at = HEAD; at + RECORD_HEAD <= size;) {
		const uint8_t *head = data + at;
		size_t left = size - at - RECORD_HEAD;
		size_t length = get_be16(head) < left ? get_be16(head) : left;

		packet.data = head + RECORD_HEAD;
		packet.caplen = (uint32_t)length;
		packet.wirelen = head[2] == 255 ? UINT32_MAX : packet.caplen + head[2];
		packet.time += head[3] * 1000000000ll;
		packet.number++;
		feed(usual, walking, packet);
		at += RECORD_HEAD + length;
	}
	tcphs_decoder_free(usual);
	tcphs_decoder_free(walking);
	return 0;
}
