/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the tracker wants of a segment before it knows the connection. It depends on nothing
 * but the segment and the key of the flow table, so that another thread may work it out.
 */
#ifndef TRACK_DIGEST_H
#define TRACK_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <tcphs/segment.h>

enum digest_kind {
	DIGEST_CLEAN = 0x01, /* no check of the segment alone has anything to say */
	DIGEST_DATA = 0x02,  /* … and it may be one of a run: data or an ACK, and no more */
	DIGEST_HALF = 0x04,  /* its 4-tuple is of the second half of all */
	DIGEST_V6 = 0x08,    /* pair says nothing */
};

struct digest {
	uint64_t print;   /* of the datagram: a copy has the same */
	uint64_t pair;    /* IPv4: digest_pair() of its addresses */
	uint32_t ports;   /* digest_ports() */
	uint32_t tag;     /* of the 4-tuple; both directions have the same */
	uint16_t kind;    /* enum digest_kind */
	uint16_t segment; /* its place among the segments */
	uint32_t recent;  /* digest_recent() of its print */
};

/* Datagrams remembered to know copies; at one a µs that is 4 ms. The two halves of the 4-tuples
 * have half the places each, so that it is the same who is forgotten, whether one tracker or two
 * have them. */
#define RECENT 4096u

static inline uint32_t digest_recent(unsigned kind, uint64_t hash)
{
	return (kind & DIGEST_HALF) * (RECENT / 2 / DIGEST_HALF) |
	       (uint32_t)(hash & (RECENT / 2 - 1));
}

/* Two IPv4 addresses, each as read in network order, and two ports: the first in the lower half,
 * so that the other direction's are these with the halves exchanged. */
static inline uint64_t digest_pair(const uint8_t *first, const uint8_t *second)
{
	uint32_t low, high;

	memcpy(&low, first, sizeof(low));
	memcpy(&high, second, sizeof(high));
	return (uint64_t)high << 32 | low;
}

static inline uint32_t digest_ports(uint16_t first, uint16_t second)
{
	return (uint32_t)second << 16 | first;
}

/* Which side of a connection with these ends sent it; -1: it is of another. Who speaks changes at
 * random: no branch depends on it. */
static inline int digest_side(uint64_t pair, uint32_t ports, uint64_t sent_pair,
                              uint32_t sent_ports)
{
	uint64_t turned = sent_pair << 32 | sent_pair >> 32;
	uint32_t turned_ports = sent_ports << 16 | sent_ports >> 16;
	bool forward = ((sent_pair ^ pair) | (sent_ports ^ ports)) == 0;
	bool backward = ((turned ^ pair) | (turned_ports ^ ports)) == 0;

	return -(int)!(forward | backward) | !forward;
}

#define DIGESTS_MOST 65536u /* at once */

uint32_t digest_tag(const uint64_t key[2], const struct tcphs_segment *segment);
/* Into one list; count is DIGESTS_MOST at most. */
void digest_segments(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                     struct digest *digest);
/* Into a list for each half of the 4-tuples: digest[half][0 … digests[half]). */
void digest_halves(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                   struct digest *const digest[2], size_t digests[2]);

#endif
