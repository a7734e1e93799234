/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/tcp.h"

#include "base/bytes.h"
#include "decode/checksum.h"
#include "decode/decoder.h"
#include "decode/layers.h"
#include "decode/options.h"

#include <string.h>

#define PROTOCOL_TCP 6

static uint16_t pseudo_sum(const struct tcp_place *place, uint32_t length)
{
	uint64_t sum = PROTOCOL_TCP + (length >> 16) + (length & 0xffff);

	if (place->family == 4)
		sum += (uint64_t)get_be32(place->src) + get_be32(place->dst);
	else
		sum += (uint64_t)checksum_sum(place->src, 16) + checksum_sum(place->dst, 16);
	return checksum_fold(sum);
}

/* The checksum field as a stack leaves it that lets the NIC compute: zero, or the sum of the
 * pseudo-header, complemented or not, with the length or (large segments) without. */
static bool is_offload(uint16_t field, const struct tcp_place *place, uint16_t pseudo)
{
	uint16_t large = pseudo_sum(place, 0);
	uint16_t inverted = (uint16_t)~field;

	return field == 0 || field == pseudo || inverted == pseudo || field == large ||
	       inverted == large;
}

static void checksum_verify(struct tcphs_segment *segment, const struct tcp_place *place,
                            uint32_t header_length)
{
	uint16_t pseudo = pseudo_sum(place, place->length);
	uint16_t header = checksum_sum(place->at, header_length);
	uint16_t payload = checksum_sum(place->at + header_length, place->length - header_length);

	segment->payload_whole = 1;
	segment->payload_sum = payload;
	if (checksum_fold((uint64_t)pseudo + header + payload) == 0xffff)
		segment->checksum_state = TCPHS_CHECKSUM_GOOD;
	else
		segment->checksum_state = is_offload(segment->checksum, place, pseudo)
		                              ? TCPHS_CHECKSUM_OFFLOAD
		                              : TCPHS_CHECKSUM_BAD;
}

static void address_fill(struct tcphs_address *address, const uint8_t *octets, uint8_t family)
{
	if (family == 4) {
		memcpy(address->octets, octets, 4);
		memset(address->octets + 4, 0, 12);
	} else {
		memcpy(address->octets, octets, 16);
	}
	address->family = family;
}

/* The last six octets of the fixed header, which a cut may have taken. */
static void tail_fill(struct tcphs_segment *segment, const uint8_t *at, uint32_t captured)
{
	segment->window = captured >= 16 ? get_be16(at + 14) : 0;
	segment->checksum = captured >= 18 ? get_be16(at + 16) : 0;
	segment->urgent = captured >= 20 ? get_be16(at + 18) : 0;
}

static void offset_fill(struct tcphs_segment *segment, const struct tcp_place *place)
{
	uint32_t header = segment->data_offset * 4u;
	uint32_t captured = place->captured;

	segment->trouble = 0;
	segment->options.present = 0;
	if (captured < place->length && (captured < TCP_HEADER_MIN || captured < header))
		segment->trouble |= TCPHS_HEADER_CUT;
	if (header < TCP_HEADER_MIN || header > place->length) {
		segment->trouble |= TCPHS_HEADER_BAD_OFFSET;
		header = place->length < TCP_HEADER_MIN ? place->length : TCP_HEADER_MIN;
	} else if (header > TCP_HEADER_MIN) {
		options_read(&segment->options, place->at + TCP_HEADER_MIN, header - TCP_HEADER_MIN,
		             captured < TCP_HEADER_MIN ? 0 : captured - TCP_HEADER_MIN);
	}
	segment->length = place->length - header;
	if (place->verify && captured == place->length && captured >= TCP_HEADER_MIN)
		checksum_verify(segment, place, header);
}

static void identity_fill(struct tcphs_segment *segment, const struct tcphs_packet *packet,
                          const struct tcp_place *place)
{
	segment->packet = packet->number;
	segment->time = packet->time;
	address_fill(&segment->src, place->src, place->family);
	address_fill(&segment->dst, place->dst, place->family);
	segment->sport = get_be16(place->at);
	segment->dport = get_be16(place->at + 2);
	segment->seq = get_be32(place->at + 4);
	segment->ip_id = place->ip_id;
	segment->encap = place->encap;
	segment->kind = TCPHS_SEGMENT_TCP;
	segment->payload_sum = 0;
	segment->payload_whole = 0;
	segment->checksum_state = TCPHS_CHECKSUM_UNKNOWN;
}

void tcp_fill(struct tcphs_segment *segment, const struct tcphs_packet *packet,
              const struct tcp_place *place)
{
	const uint8_t *at = place->at;

	identity_fill(segment, packet, place);
	segment->ack = get_be32(at + 8);
	segment->data_offset = at[12] >> 4;
	segment->reserved = at[12] >> 1 & 7;
	segment->flags = (uint16_t)((at[12] & 1) << 8 | at[13]);
	tail_fill(segment, at, place->captured);
	offset_fill(segment, place);
}

/* Eight octets are all that an ICMP error must quote (RFC 792): ports and number. */
static void tcp_fill_short(struct tcphs_segment *segment, const struct tcphs_packet *packet,
                           const struct tcp_place *place)
{
	identity_fill(segment, packet, place);
	segment->ack = 0;
	segment->length = 0;
	segment->flags = 0;
	segment->window = 0;
	segment->checksum = 0;
	segment->urgent = 0;
	segment->data_offset = 0;
	segment->reserved = 0;
	segment->trouble = TCPHS_HEADER_CUT;
	segment->options.present = 0;
}

static void quote_fill(struct tcphs_segment *segment, const struct walk *walk)
{
	segment->kind = TCPHS_SEGMENT_ICMP;
	segment->icmp_type = walk->quote[0];
	segment->icmp_code = walk->quote[1];
	address_fill(&segment->icmp_from, walk->quote_from, walk->quote_family);
}

void tcp_read(struct walk *walk)
{
	struct tcp_place place = {
	    .at = walk->at,
	    .captured = walk->left,
	    .length = walk->wire,
	    .src = walk->src,
	    .dst = walk->dst,
	    .family = walk->family,
	    .ip_id = walk->ip_id,
	    .verify = walk->quote == NULL && !walk->decoder->options.no_checksum,
	};
	struct tcphs_segment *segment = walk->segment;

	if (walk_take(walk, walk->quote == NULL ? TCP_HEADER_READ : TCP_HEADER_QUOTED) == NULL)
		return;
	place.encap = encap_table_find(walk->decoder->encaps, walk->path, walk->path_length);
	if (place.captured >= TCP_HEADER_READ)
		tcp_fill(segment, walk->packet, &place);
	else
		tcp_fill_short(segment, walk->packet, &place);
	segment->retry = walk->retry;
	segment->icmp_type = segment->icmp_code = 0;
	if (walk->quote != NULL)
		quote_fill(segment, walk);
	walk->found = true;
}
