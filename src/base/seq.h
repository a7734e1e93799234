/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sequence numbers live on a circle of 2^32 (RFC 9293 §3.4). They are compared here and
 * nowhere else.
 */
#ifndef BASE_SEQ_H
#define BASE_SEQ_H

#include <stdbool.h>
#include <stdint.h>

/* How far a is ahead of b: negative if it is behind. */
static inline int32_t seq_diff(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b);
}

static inline bool seq_lt(uint32_t a, uint32_t b)
{
	return seq_diff(a, b) < 0;
}

static inline bool seq_le(uint32_t a, uint32_t b)
{
	return seq_diff(a, b) <= 0;
}

/* How far apart they are, whichever is ahead. */
static inline uint32_t seq_distance(uint32_t a, uint32_t b)
{
	return seq_lt(a, b) ? b - a : a - b;
}

static inline uint32_t seq_max(uint32_t a, uint32_t b)
{
	uint32_t ahead = b - a; /* no branch depends on which */

	return a + (ahead & -(uint32_t)seq_lt(a, b));
}

#endif
