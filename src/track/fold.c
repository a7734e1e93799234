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

/* The options of an ordinary segment: those that both sides agreed on and no others. Where it
 * is not known what they agreed on, timestamps are not missed. */
_Static_assert(HOT_TS >> 7 == TCPHS_OPT_TIMESTAMPS && HOT_SACK >> 9 == TCPHS_OPT_SACK &&
		       HOT_MD5 >> 8 == TCPHS_OPT_MD5,
	       "options are expected by shifting what was agreed");
static inline bool plain_options(unsigned agreed, unsigned present)
{
	unsigned expected = (agreed >> 7 & TCPHS_OPT_TIMESTAMPS) | (agreed >> 8 & TCPHS_OPT_MD5);
	unsigned ignored = TCPHS_OPT_OTHER | (~agreed >> 7 & TCPHS_OPT_TIMESTAMPS) |
			   (agreed >> 9 & TCPHS_OPT_SACK);

	return (present & ~ignored) == expected;
}

static inline bool timestamps_advance(const struct cold *cold, const struct incoming *in)
{
	int side = in->side;

	return (seq_le(cold->tsval[side], in->segment->options.tsval) || !cold_knows_ts(cold, side)) &&
	       tracker_echo_is_plausible(cold, side, in->segment, in->behind);
}

/* The right edge of the window, if both scales are known. */
static inline bool window_fits(const struct incoming *in, uint32_t end, uint32_t *edge)
{
	const struct hot_side *x = &in->hot->side[in->side], *y = &in->hot->side[!in->side];
	unsigned shift = hot_shift(in->hot, in->side);

	*edge = x->edge;
	if (shift == 15)
		return true;
	*edge = in->segment->ack + ((uint32_t)in->segment->window << shift);
	return !seq_lt(*edge, x->edge) && !seq_lt(y->edge, end);
}

/* In order, acknowledging what was sent, within bounds. Each test nearly always holds: they are
 * joined without branches. */
static inline bool in_order(const struct incoming *in, uint32_t end)
{
	const struct hot_side *x = &in->hot->side[in->side], *y = &in->hot->side[!in->side];
	const struct tcphs_segment *s = in->segment;
	unsigned wrong = s->seq ^ x->nxt;

	wrong |= seq_lt(s->ack, x->ack);
	wrong |= seq_lt(y->nxt, s->ack);
	wrong |= s->window == 0;
	wrong |= y->window == 0;
	wrong |= end < s->seq;
	wrong |= x->run == RUN_MAX;
	wrong |= s->urgent;
	return wrong == 0;
}

/* Its digest says that it may be one of a run, its connection that there may be one. */
bool tracker_fold(struct tcphs_tracker *t, const struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct hot_side *x = &in->hot->side[in->side];
	uint32_t edge, end = s->seq + s->length;

	if (!in_order(in, end) || !plain_options(in->hot->flags, s->options.present) ||
	    !window_fits(in, end, &edge))
		return false;
	if (s->length == 0 && s->ack == x->ack && s->window == x->window)
		return false; /* a duplicate ACK, or a copy: the plain path tells */
	if (s->options.present & TCPHS_OPT_TIMESTAMPS) {
		struct cold *cold = store_cold(&t->store, in->hot);

		if (!timestamps_advance(cold, in))
			return false;
		cold->tsval[in->side] = s->options.tsval;
		cold->known |= (uint16_t)COLD_SIDE(COLD_TS_0, in->side);
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
	event = tracker_append(t, cold);
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
