/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How far a side's numbers have come, event by event, by the rules by which the tracker folds
 * (track/record.c, advance()): a folded run begins exactly there, so its octets are what is
 * between that place and its end.
 */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "base/seq.h"
#include "model/event.h"

struct reach {
	uint32_t nxt;
	unsigned spoke, synchronised; /* 0 or 1 */
};

/* Segments that take no part, or another one than the numbers in them say. */
static inline uint32_t reach_follow_odd(struct reach *reach, const struct event *event)
{
	if ((event->bits & EVENT_PSEUDO) && event->seq == PSEUDO_RENEWED)
		reach->nxt = event->ack;
	if (event->bits & (EVENT_PSEUDO | EVENT_COPY))
		return 0;
	if (event->bits & (EVENT_DEAD | EVENT_DROPPED)) {
		if (!reach->spoke && !(event->bits & EVENT_DEAD))
			reach->nxt = event_end(event);
		reach->spoke = true;
	}
	return 0; /* a RST's number is not the stream's */
}

/* Follows one event of that side; returns the octets of a run, 0 for a segment. Whether it is one or
 * the other, a SYN or a FIN, changes at random: no branch depends on it. */
static inline uint32_t reach_follow(struct reach *reach, const struct event *event)
{
	const unsigned odd = EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD | EVENT_DROPPED | TCPHS_RST;
	const unsigned bits = event->bits;
	unsigned run = (bits & EVENT_RUN) / EVENT_RUN, syn = (bits & TCPHS_SYN) / TCPHS_SYN;
	unsigned ahead, moves;
	uint32_t way;

	if (bits & odd)
		return reach_follow_odd(reach, event);
	way = event->seq + (event->length & (run - 1)) + ((bits & (TCPHS_SYN | TCPHS_FIN)) != 0) -
	      reach->nxt;
	ahead = (int32_t)way > 0;
	moves = run | ((ahead | !reach->spoke) & ~(syn & reach->synchronised)); /* repeated SYNs don't */
	/* length 0: what a cut left, whose octets are counted elsewhere */
	run &= ahead & reach->spoke & (event->length > 0);
	reach->nxt += way & -moves;
	reach->synchronised |= syn;
	reach->spoke = 1;
	return way & -run;
}

#endif
