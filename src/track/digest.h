/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the tracker wants of a segment before it knows the connection. It depends on nothing
 * but the segment and the key of the flow table, so that another thread may work it out.
 */
#ifndef TRACK_DIGEST_H
#define TRACK_DIGEST_H

#include <stddef.h>
#include <stdint.h>
#include <tcphs/segment.h>

enum digest_kind {
	DIGEST_CLEAN = 0x01, /* no check of the segment alone has anything to say */
	DIGEST_DATA = 0x02,  /* … and it may be one of a run: data or an ACK, and no more */
	DIGEST_HALF = 0x04,  /* its 4-tuple is of the second half of all */
};

struct digest {
	uint64_t print;   /* of the datagram: a copy has the same */
	uint32_t tag;     /* of the 4-tuple; both directions have the same */
	uint16_t kind;    /* enum digest_kind */
	uint16_t segment; /* its place among the segments */
};

#define DIGESTS_MOST 65536u /* at once */

uint32_t digest_tag(const uint64_t key[2], const struct tcphs_segment *segment);
/* Into one list; count is DIGESTS_MOST at most. */
void digest_segments(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                     struct digest *digest);
/* Into a list for each half of the 4-tuples: digest[half][0 … digests[half]). */
void digest_halves(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                   struct digest *const digest[2], size_t digests[2]);

#endif
