/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Datagrams being put together from IPv4 (RFC 791 §3.2) and IPv6 (RFC 8200 §4.5) fragments.
 *
 * Memory is bounded by the caps below; the oldest datagram goes first. Time is the packets'.
 * Overlapping fragments cost the whole datagram, those to come included (RFC 5722 §3; done
 * for IPv4 too, where which octet wins depends on the receiver); exact duplicates are ignored.
 * A fragment that the capture cut counts with its length on the wire: the datagram is then
 * whole, with fewer octets captured than it is long.
 */
#ifndef DECODE_FRAGMENT_H
#define DECODE_FRAGMENT_H

#include <stdbool.h>
#include <stdint.h>

#define FRAGMENT_DATAGRAMS_MAX 4096u         /* put together at a time */
#define FRAGMENT_OCTETS_MAX    (32u << 20)   /* held by all of them */
#define FRAGMENT_LENGTH_MAX    65535u        /* of one datagram's payload */
#define FRAGMENT_PARTS_MAX     8192u         /* a datagram in pieces of 8 octets */
#define FRAGMENT_TIMEOUT       60000000000ll /* nanoseconds, RFC 8200 §4.5 */

struct fragment_table;

struct fragment {
	/* Whose: fragments with the same of all these belong together. */
	const uint8_t *src, *dst; /* 4 or 16 octets */
	uint8_t family;           /* 4 or 6 */
	uint32_t id;
	uint64_t path; /* hash of the encapsulation */
	/* What: */
	uint8_t protocol; /* part of the identity with IPv4; that of offset 0 counts with IPv6 */
	bool unwanted;    /* the first fragment, and the datagram is not worth putting together */
	bool more;        /* more fragments follow */
	uint32_t offset, length;
	const uint8_t *data;
	uint32_t captured; /* octets at data, ≤ length */
	int64_t time;
	uint64_t packet;         /* that holds it, */
	const uint64_t *packets; /* and if it was in fragments itself, those before; */
	uint32_t packet_count;   /* so many */
};

struct fragment_whole {
	const uint8_t *data;     /* valid until fragment_table_release() */
	const uint64_t *packets; /* of the fragments before this one; likewise */
	uint32_t packet_count;
	uint32_t length, captured;
	uint8_t protocol;
};

enum fragment_result {
	FRAGMENT_WAITS,    /* kept, or not needed */
	FRAGMENT_WHOLE,    /* the last missing one: *whole is filled */
	FRAGMENT_UNWANTED, /* of a datagram that is not worth it */
	FRAGMENT_DROPPED,  /* a length or offset that can't be, or no memory */
};

struct fragment_table *fragment_table_new(void); /* NULL if memory is exhausted */
void fragment_table_free(struct fragment_table *table);

enum fragment_result fragment_table_add(struct fragment_table *table,
                                        const struct fragment *fragment,
                                        struct fragment_whole *whole);
/* Gives back the datagrams that came whole since the last call. */
void fragment_table_release(struct fragment_table *table);

/* Datagrams given up or still waiting, and those dropped for overlap. */
uint64_t fragment_table_incomplete(const struct fragment_table *table);
uint64_t fragment_table_overlapping(const struct fragment_table *table);
/* Memory was exhausted, and fragments or what packets held them are forgotten. */
bool fragment_table_starved(const struct fragment_table *table);

#endif
