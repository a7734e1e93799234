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

#include <stddef.h>

struct reach {
	uint32_t nxt;
	bool spoke, synchronised;
};

/* What a side has sent, as often as it was captured but for copies. */
struct reach_sum {
	uint64_t packets, octets;
};

/* Follows one event of that side; returns the octets of a run, 0 for a segment. */
static inline uint32_t reach_follow(struct reach *reach, const struct event *event)
{
	const uint16_t odd = EVENT_RUN | EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD | EVENT_DROPPED |
	                     TCPHS_FIN | TCPHS_SYN | TCPHS_RST;
	uint32_t end, octets = 0;

	if (!(event->bits & odd)) {
		end = event->seq + event->length;
		reach->nxt = reach->spoke ? seq_max(reach->nxt, end) : end;
		reach->spoke = true;
		return 0;
	}
	end = event_end(event);
	if (event->bits & EVENT_RUN) {
		/* length 0: what a cut left, whose octets are counted elsewhere */
		if (event->length > 0 && reach->spoke && seq_lt(reach->nxt, end))
			octets = end - reach->nxt;
		reach->nxt = end;
		reach->spoke = true;
		return octets;
	}
	if ((event->bits & EVENT_PSEUDO) && event->seq == PSEUDO_RENEWED)
		reach->nxt = event->ack;
	if (event->bits & (EVENT_PSEUDO | EVENT_COPY))
		return 0;
	if (event->bits & (EVENT_DEAD | EVENT_DROPPED)) {
		if (!reach->spoke && !(event->bits & EVENT_DEAD))
			reach->nxt = end;
		reach->spoke = true;
		return 0;
	}
	if (event_is_rst(event))
		return 0;
	if (!(event->bits & TCPHS_SYN) || !reach->synchronised) /* a second SYN is a repetition */
		reach->nxt = reach->spoke ? seq_max(reach->nxt, end) : end;
	reach->synchronised |= (event->bits & TCPHS_SYN) != 0;
	reach->spoke = true;
	return 0;
}

/* Follows them all, and adds up what each side sent. */
void reach_count(const struct event *event, size_t events, struct reach reach[2],
                 struct reach_sum sum[2]);

#endif
