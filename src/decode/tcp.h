/* SPDX-License-Identifier: BSD-3-Clause */
/* The TCP header (RFC 9293 §3.1), for the walk and for the short cut past it. */
#ifndef DECODE_TCP_H
#define DECODE_TCP_H

#include <stdbool.h>
#include <stdint.h>
#include <tcphs/segment.h>
#include <tcphs/source.h>

#define TCP_HEADER_MIN    20u /* without options */
#define TCP_HEADER_QUOTED 8u  /* the least that an ICMP error quotes */
#define TCP_HEADER_READ   14u /* ports, numbers, offset and flags: what a cut header must have */

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

/* Fills all of *segment but `retry` and icmp_*, kind being TCPHS_SEGMENT_TCP. At least
 * TCP_HEADER_MIN octets were captured. */
void tcp_fill(struct tcphs_segment *segment, const struct tcphs_packet *packet,
              const struct tcp_place *place);

#endif
