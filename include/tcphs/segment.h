/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TCP segment as decoded from one packet: a plain value, every number in host order.
 *
 * It owns nothing and borrows nothing, so it may be copied and kept. What does not fit the
 * common case (an ICMP error that quotes a segment, a header that the capture cut) is said
 * by `kind` and `trouble`.
 */
#ifndef TCPHS_SEGMENT_H
#define TCPHS_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An IPv4 (family 4, first 4 octets) or IPv6 (family 6) address, network order. */
struct tcphs_address {
	uint8_t octets[16]; /* IPv4: octets 4..15 are zero */
	uint8_t family;     /* 4 or 6 */
};

/* Control bits (RFC 9293 §3.1; AE: RFC 9768). */
enum tcphs_flag {
	TCPHS_FIN = 0x001,
	TCPHS_SYN = 0x002,
	TCPHS_RST = 0x004,
	TCPHS_PSH = 0x008,
	TCPHS_ACK = 0x010,
	TCPHS_URG = 0x020,
	TCPHS_ECE = 0x040,
	TCPHS_CWR = 0x080,
	TCPHS_AE = 0x100,
};

/* Which options a segment carries, as bits of tcphs_options.present. */
enum tcphs_option_bit {
	TCPHS_OPT_MSS = 0x0001,            /* kind 2, RFC 9293 §3.7.1 */
	TCPHS_OPT_WSCALE = 0x0002,         /* kind 3, RFC 7323 §2 */
	TCPHS_OPT_SACK_PERMITTED = 0x0004, /* kind 4, RFC 2018 §2 */
	TCPHS_OPT_SACK = 0x0008,           /* kind 5, RFC 2018 §3 */
	TCPHS_OPT_TIMESTAMPS = 0x0010,     /* kind 8, RFC 7323 §3 */
	TCPHS_OPT_MD5 = 0x0020,            /* kind 19, RFC 2385 */
	TCPHS_OPT_AO = 0x0040,             /* kind 29, RFC 5925 */
	TCPHS_OPT_MPTCP = 0x0080,          /* kind 30, RFC 8684 */
	TCPHS_OPT_TFO = 0x0100,            /* kind 34 (or 254 with magic F989), RFC 7413 */
	TCPHS_OPT_ACCECN = 0x0200,         /* kinds 172, 174, RFC 9768 */
	TCPHS_OPT_OTHER = 0x0400,          /* any other kind */
	TCPHS_OPT_MALFORMED = 0x0800,      /* length < 2, past the header or wrong for the kind */
	TCPHS_OPT_CUT = 0x1000,            /* the capture ends inside the options */
};

struct tcphs_options {
	uint16_t present; /* enum tcphs_option_bit; only what is named here is set below */
	uint16_t mss;
	uint8_t wscale;      /* shift count as sent, may exceed 14 */
	uint8_t tfo_length;  /* octets of the Fast Open cookie; 0 is a request */
	uint8_t sack_blocks; /* 0..4 */
	uint8_t mptcp_subtype;
	uint8_t malformed_kind; /* kind of the first malformed option */
	uint8_t malformed_length;
	uint32_t tsval, tsecr;
	uint32_t sack[4][2]; /* left, right edge */
};

enum tcphs_segment_kind {
	TCPHS_SEGMENT_TCP,  /* a segment on its way */
	TCPHS_SEGMENT_ICMP, /* an ICMP error that quotes one: the fields below are the quoted
	                       segment's (src is who had sent it); icmp_* say who complains */
};

enum tcphs_checksum {
	TCPHS_CHECKSUM_UNKNOWN, /* not all of the segment was captured, or not looked at */
	TCPHS_CHECKSUM_GOOD,
	TCPHS_CHECKSUM_OFFLOAD, /* field holds the pseudo-header sum only: the NIC fills it in */
	TCPHS_CHECKSUM_BAD,
};

/* What is wrong with the header, as bits of tcphs_segment.trouble. */
enum tcphs_header_trouble {
	TCPHS_HEADER_CUT = 0x01, /* the capture ends inside the TCP header (≥14 octets are there) */
	TCPHS_HEADER_BAD_OFFSET = 0x02, /* data offset < 5, or beyond the segment */
};

struct tcphs_segment {
	uint64_t packet; /* from 1, over all captures of this run */
	int64_t time;    /* nanoseconds since 1970, UTC */
	struct tcphs_address src, dst;
	uint16_t sport, dport;
	uint32_t seq, ack; /* as on the wire, host order */
	uint32_t length;   /* octets of payload by the IP header; SYN and FIN not counted */
	uint16_t flags;    /* enum tcphs_flag */
	uint16_t window;   /* as on the wire, not scaled */
	uint16_t urgent;
	uint16_t checksum;      /* the TCP checksum field */
	uint16_t ip_id;         /* IPv4 identification; 0 for IPv6 */
	uint16_t payload_sum;   /* ones' complement sum of the payload, if payload_whole */
	uint16_t checksum_right; /* what the field must be, where checksum_state is BAD */
	uint8_t payload_whole;  /* all the payload was captured and payload_sum is its sum */
	uint8_t reserved;       /* the three reserved bits below AE, should be 0 */
	uint8_t data_offset;    /* in 32-bit words, as on the wire */
	uint8_t kind;           /* enum tcphs_segment_kind */
	uint8_t checksum_state; /* enum tcphs_checksum */
	uint8_t trouble;        /* enum tcphs_header_trouble */
	uint8_t icmp_type, icmp_code;
	uint8_t retry;  /* 802.11 retry bit */
	uint32_t encap; /* id for tcphs_decoder_encapsulation() */
	struct tcphs_address icmp_from;
	struct tcphs_options options;
};

#ifdef __cplusplus
}
#endif
#endif
