/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/tcp.h"

#include "base/bytes.h"
#include "decode/checksum.h"
#include "decode/decoder.h"
#include "decode/layers.h"
#include "decode/options.h"

#include <arpa/inet.h>
#include <string.h>

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

void tcp_checksum_blame(struct tcphs_segment *segment, struct tcp_place place, uint64_t sum)
{
	uint16_t without = checksum_fold(sum + (uint16_t)~htons(segment->checksum));

	segment->checksum_right = ntohs((uint16_t)~without);
	segment->checksum_state =
	    is_offload(segment->checksum, &place, pseudo_sum(&place, place.length))
	        ? TCPHS_CHECKSUM_OFFLOAD
	        : TCPHS_CHECKSUM_BAD;
}

uint32_t tcp_offset_trouble(struct tcphs_segment *segment, struct tcp_place place, uint32_t header)
{
	uint32_t captured = place.captured;

	if (captured < place.length && (captured < TCP_HEADER_MIN || captured < header))
		segment->trouble |= TCPHS_HEADER_CUT;
	if (header >= TCP_HEADER_MIN && header <= place.length)
		return header;
	segment->trouble |= TCPHS_HEADER_BAD_OFFSET;
	return place.length < TCP_HEADER_MIN ? place.length : TCP_HEADER_MIN;
}

/* A cut has taken the end of the fixed header, but TCP_HEADER_READ octets are there. */
static void tcp_fill_cut(struct tcphs_segment *segment, const struct tcphs_packet *packet,
                         const struct tcp_place *place)
{
	tcp_fill_front(segment, packet, place);
	segment->window = place->captured >= 16 ? get_be16(place->at + 14) : 0;
	segment->checksum = place->captured >= 18 ? get_be16(place->at + 16) : 0;
	segment->urgent = 0;
	tcp_fill_rest(segment, place);
}

/* Eight octets are all that an ICMP error must quote (RFC 792): ports and number. */
static void tcp_fill_short(struct tcphs_segment *segment, const struct tcphs_packet *packet,
                           const struct tcp_place *place)
{
	tcp_fill_identity(segment, packet, place);
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
	tcp_fill_address(&segment->icmp_from, walk->quote_from, walk->quote_family);
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
	if (place.captured >= TCP_HEADER_MIN)
		tcp_fill(segment, walk->packet, &place);
	else if (place.captured >= TCP_HEADER_READ)
		tcp_fill_cut(segment, walk->packet, &place);
	else
		tcp_fill_short(segment, walk->packet, &place);
	segment->retry = walk->retry;
	segment->icmp_type = segment->icmp_code = 0;
	if (walk->quote != NULL)
		quote_fill(segment, walk);
	walk->found = true;
}
