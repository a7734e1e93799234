/* SPDX-License-Identifier: BSD-3-Clause */
/* Segments made by hand, for tests of the tracker. */
#ifndef TESTS_SEGMENTS_H
#define TESTS_SEGMENTS_H

#include <string.h>
#include <tcphs/segment.h>

#define SYN    TCPHS_SYN
#define ACK    TCPHS_ACK
#define FIN    TCPHS_FIN
#define RST    TCPHS_RST
#define SYNACK (TCPHS_SYN | TCPHS_ACK)
#define FINACK (TCPHS_FIN | TCPHS_ACK)

/* From client `host` (an IPv4 address and, above 32 bits, a port) to port 80 of 10.0.0.1. */
static inline struct tcphs_segment segment_from(uint64_t host, unsigned flags, uint32_t seq,
                                                uint32_t ack)
{
	struct tcphs_segment s = {
	    .src = {.octets = {(uint8_t)(host >> 24), (uint8_t)(host >> 16), (uint8_t)(host >> 8),
	                       (uint8_t)host},
	            .family = 4},
	    .dst = {.octets = {10, 0, 0, 1}, .family = 4},
	    .sport = (uint16_t)(1024 + (host >> 32)),
	    .dport = 80,
	    .seq = seq,
	    .ack = ack,
	    .flags = (uint16_t)flags,
	    .window = 64000,
	    .data_offset = 5,
	    .kind = TCPHS_SEGMENT_TCP,
	    .checksum_state = TCPHS_CHECKSUM_GOOD,
	};

	return s;
}

/* The same way back. */
static inline struct tcphs_segment segment_back(struct tcphs_segment s)
{
	struct tcphs_address src = s.src;
	uint16_t sport = s.sport;

	s.src = s.dst;
	s.dst = src;
	s.sport = s.dport;
	s.dport = sport;
	return s;
}

#endif
