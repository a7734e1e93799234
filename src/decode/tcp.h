/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The TCP header (RFC 9293 §3.1), for the walk and for the short cut past it. What every packet
 * passes is in line: where the IP version is known, the compiler leaves out the other.
 */
#ifndef DECODE_TCP_H
#define DECODE_TCP_H

#include "base/bytes.h"
#include "base/inline.h"
#include "decode/checksum.h"
#include "decode/options.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <tcphs/segment.h>
#include <tcphs/source.h>

#define TCP_HEADER_MIN    20u /* without options */
#define TCP_HEADER_USUAL  32u /* with timestamps */
#define TCP_HEADER_SYN    40u /* with all that a SYN usually says */
#define TCP_HEADER_QUOTED 8u  /* the least that an ICMP error quotes */
#define TCP_HEADER_READ   14u /* ports, numbers, offset and flags: what a cut header must have */

#define PROTOCOL_TCP 6

struct tcp_place {
	const uint8_t *at; /* the TCP header */
	uint32_t captured; /* octets there, ≤ length */
	uint32_t length;   /* of header and payload, by the IP header */
	const uint8_t *src, *dst;
	uint8_t family;
	uint16_t ip_id;
	uint32_t encap;
	bool verify; /* the checksum, and sum the payload up */
};

/* A checksum that does not fit: `sum` is that of all, the field among it. */
void tcp_checksum_blame(struct tcphs_segment *segment, struct tcp_place place, uint64_t sum);

/* The data offset says more than there is, or less than there must be; or the capture ends before
 * what it says. Returns the header's length as it is to be taken. */
uint32_t tcp_offset_trouble(struct tcphs_segment *segment, struct tcp_place place, uint32_t header);

static INLINE void tcp_fill_address(struct tcphs_address *address, const uint8_t *octets,
                                    uint8_t family)
{
	if (family == 4) {
		memcpy(address->octets, octets, 4);
		memset(address->octets + 4, 0, 12);
	} else {
		memcpy(address->octets, octets, 16);
	}
	address->family = family;
}

/* What every header has that came through, a quoted one too. */
static INLINE void tcp_fill_identity(struct tcphs_segment *segment,
                                     const struct tcphs_packet *packet,
                                     const struct tcp_place *place)
{
	segment->packet = packet->number;
	segment->time = packet->time;
	tcp_fill_address(&segment->src, place->src, place->family);
	tcp_fill_address(&segment->dst, place->dst, place->family);
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

/* As far as the flags. */
static INLINE void tcp_fill_front(struct tcphs_segment *segment, const struct tcphs_packet *packet,
                                  const struct tcp_place *place)
{
	const uint8_t *at = place->at;
	unsigned word = get_be16(at + 12);

	tcp_fill_identity(segment, packet, place);
	segment->ack = get_be32(at + 8);
	segment->data_offset = (uint8_t)(word >> 12);
	segment->reserved = word >> 9 & 7;
	segment->flags = word & 0x1ff;
}

/* Header and pseudo-header in one sum, which nearly always is all that there is. */
static INLINE void tcp_fill_checksum(struct tcphs_segment *segment, const struct tcp_place *place,
                                     uint32_t header_length)
{
	uint32_t octets = place->family == 4 ? 4 : 16;
	uint64_t sum = (uint64_t)htonl(place->length) + htonl(PROTOCOL_TCP) +
	               checksum_words(place->src, octets) + checksum_words(place->dst, octets);

	if (header_length == TCP_HEADER_USUAL) /* a constant length needs no loop */
		sum += checksum_words(place->at, TCP_HEADER_USUAL);
	else if (header_length == TCP_HEADER_SYN)
		sum += checksum_words(place->at, TCP_HEADER_SYN);
	else
		sum += checksum_words(place->at, header_length);
	segment->payload_whole = 1;
	if (place->length > header_length) {
		segment->payload_sum =
		    checksum_sum(place->at + header_length, place->length - header_length);
		sum += htons(segment->payload_sum);
	}
	segment->checksum_state = TCPHS_CHECKSUM_GOOD;
	if (checksum_fold(sum) != 0xffff)
		tcp_checksum_blame(segment, *place, sum);
}

/* The rest, behind the data offset. */
static INLINE void tcp_fill_rest(struct tcphs_segment *segment, const struct tcp_place *place)
{
	uint32_t header = segment->data_offset * 4u;
	uint32_t captured = place->captured;

	segment->trouble = 0;
	segment->options.present = 0;
	if (header < TCP_HEADER_MIN || header > captured)
		header = tcp_offset_trouble(segment, *place, header);
	if (header > TCP_HEADER_MIN)
		options_fill(&segment->options, place->at + TCP_HEADER_MIN, header - TCP_HEADER_MIN,
		             captured < TCP_HEADER_MIN ? 0 : captured - TCP_HEADER_MIN);
	segment->length = place->length - header;
	if (place->verify && captured == place->length && captured >= TCP_HEADER_MIN)
		tcp_fill_checksum(segment, place, header);
}

/* Fills all of *segment but `retry` and icmp_*, kind being TCPHS_SEGMENT_TCP. At least
 * TCP_HEADER_MIN octets were captured. */
static INLINE void tcp_fill(struct tcphs_segment *segment, const struct tcphs_packet *packet,
                            const struct tcp_place *place)
{
	tcp_fill_front(segment, packet, place);
	segment->window = get_be16(place->at + 14);
	segment->checksum = get_be16(place->at + 16);
	segment->urgent = get_be16(place->at + 18);
	tcp_fill_rest(segment, place);
}

#endif
