/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fast path. A segment that is in order, acknowledges what was sent, keeps to the window
 * and carries nothing remarkable changes numbers in one cache line and becomes part of a run;
 * no check could say anything about it. Whatever is not certainly so takes the plain path.
 */
#include "base/seq.h"
#include "track/tracker.h"

/* A run's octets must stay below 2^31 even where every packet is a super-segment. */
#define RUN_MAX 16384
#define PLAIN_FLAGS (TCPHS_FIN | TCPHS_SYN | TCPHS_RST | TCPHS_ACK | TCPHS_URG)

static bool plain_header(const struct hot *hot, const struct tcphs_segment *s)
{
	uint16_t expected = hot->flags & HOT_TS ? TCPHS_OPT_TIMESTAMPS : 0;
	uint16_t present = s->options.present & (uint16_t)~TCPHS_OPT_OTHER;

	if (!(hot->flags & HOT_TS)) /* what the SYNs agreed on may not be known */
		present &= (uint16_t)~TCPHS_OPT_TIMESTAMPS;
	if (hot->flags & HOT_MD5)
		expected |= TCPHS_OPT_MD5;
	if (hot->flags & HOT_SACK)
		present &= (uint16_t)~TCPHS_OPT_SACK;
	return (s->flags & PLAIN_FLAGS) == TCPHS_ACK && s->trouble == 0 && s->reserved == 0 &&
	       s->urgent == 0 && present == expected && s->checksum_state <= TCPHS_CHECKSUM_GOOD;
}

static bool timestamps_advance(const struct cold *cold, int side, const struct tcphs_segment *s,
			       int64_t age)
{
	return (!cold->ts_known[side] || seq_le(cold->tsval[side], s->options.tsval)) &&
	       tracker_echo_is_plausible(cold, side, s, age);
}

/* The right edge of the window, if both scales are known. */
static bool window_fits(const struct hot *hot, int side, const struct tcphs_segment *s, uint32_t *edge)
{
	const struct hot_side *x = &hot->side[side], *y = &hot->side[!side];
	unsigned shift = hot_shift(hot, side);

	*edge = x->edge;
	if (shift == 15)
		return true;
	*edge = s->ack + ((uint32_t)s->window << shift);
	return !seq_lt(*edge, x->edge) && !seq_lt(y->edge, s->seq + s->length);
}

bool tracker_fold(struct tcphs_tracker *t, struct hot *hot, int side, const struct tcphs_segment *s,
		  int64_t age)
{
	struct hot_side *x = &hot->side[side], *y = &hot->side[!side];
	uint32_t edge, end = s->seq + s->length;

	if (!(hot->flags & HOT_STEADY) || s->seq != x->nxt || seq_lt(s->ack, x->ack) || seq_lt(y->nxt, s->ack) ||
	    s->window == 0 || y->window == 0 || end < s->seq || x->run == RUN_MAX ||
	    !plain_header(hot, s) || !window_fits(hot, side, s, &edge))
		return false;
	if (s->length == 0 && s->ack == x->ack && s->window == x->window)
		return false; /* a duplicate ACK, or a copy: the plain path tells */
	if (s->options.present & TCPHS_OPT_TIMESTAMPS) {
		struct cold *cold = store_cold(&t->store, hot);

		if (!timestamps_advance(cold, side, s, age))
			return false;
		cold->tsval[side] = s->options.tsval;
		cold->ts_known[side] = true;
	}
	x->nxt = end;
	x->ack = s->ack;
	x->edge = edge;
	x->window = s->window;
	x->run++;
	return true;
}

static bool append_run(struct tcphs_tracker *t, struct hot *hot, struct cold *cold, int side)
{
	struct hot_side *x = &hot->side[side];
	struct event *event;

	if (x->run == 0)
		return true;
	event = store_append(&t->store, cold);
	if (event == NULL)
		return false;
	event->seq = x->nxt;
	event->ack = x->ack;
	event->packet = hot->last_packet;
	event->time_low = hot->last_low;
	event->time_high = hot->last_high;
	event->bits = (uint16_t)(TCPHS_ACK | EVENT_RUN | EVENT_QUIET | (side ? EVENT_FROM_1 : 0));
	event->length = x->run;
	event->window = x->window;
	x->run = 0;
	return true;
}

/* The side that spoke last stands last. The octets of a run are what its numbers advance by. */
bool tracker_end_run(struct tcphs_tracker *t, struct hot *hot, struct cold *cold)
{
	int last = (hot->flags & HOT_LAST_1) != 0;

	return append_run(t, hot, cold, !last) && append_run(t, hot, cold, last);
}
