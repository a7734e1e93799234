/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fast path. A segment that is in order, acknowledges what was sent, keeps to the window
 * and carries nothing remarkable changes numbers in one cache line and becomes part of a run;
 * no check could say anything about it. Whatever is not certainly so takes the plain path.
 */
#include "base/seq.h"
#include "track/tracker.h"

/* A run's octets stay below 2^31 even where every packet is a super-segment. */
_Static_assert(RUN_MAX <= 1u << 15, "a run is of 2^31 octets at most");

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

/* Who was born when needs another line, and is asked only where the neighbours don't tell. */
static inline bool timestamps_advance(const struct tcphs_tracker *t, const struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	const struct hot_side *x = &in->hot->side[in->side];

	if (x->stamped && seq_lt(s->options.tsval, x->tsval))
		return false;
	return tracker_echo_is_plausible(in->hot, in->side, s, 0) ||
	       tracker_echo_is_plausible(in->hot, in->side, s,
	                                 s->time - *store_youngest(&t->store, in->slot)) ||
	       tracker_echo_is_plausible(in->hot, in->side, s,
	                                 s->time - store_birth(&t->store, in->slot)->time);
}

/* The right edge of the window that the side has granted last. */
static inline uint32_t edge_of(const struct hot_side *x, unsigned shift)
{
	return x->ack + ((uint32_t)x->window << (x->unscaled ? 0 : shift));
}

/* Neither takes a window back nor sends beyond the other's, if the scales are known. */
static inline bool window_fits(const struct incoming *in, uint32_t end)
{
	const struct hot_side *x = &in->hot->side[in->side], *y = &in->hot->side[!in->side];
	unsigned shift = hot_shift(in->hot, in->side);
	uint32_t edge = in->segment->ack + ((uint32_t)in->segment->window << shift);

	return shift == NO_SHIFT || (!seq_lt(edge, edge_of(x, shift)) &&
	                             !seq_lt(edge_of(y, hot_shift(in->hot, !in->side)), end));
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
	uint32_t end = s->seq + s->length;

	if (!in_order(in, end) || !plain_options(in->hot->flags, s->options.present) ||
	    !window_fits(in, end))
		return false;
	if (s->length == 0 && s->ack == x->ack && s->window == x->window)
		return false; /* a duplicate ACK, or a copy: the plain path tells */
	if (s->options.present & TCPHS_OPT_TIMESTAMPS) {
		if (!timestamps_advance(t, in))
			return false;
		x->tsval = s->options.tsval;
		x->stamped = true;
	}
	x->nxt = end;
	x->ack = s->ack;
	x->window = s->window;
	x->unscaled = false;
	x->run++;
	return true;
}

struct event tracker_run(const struct tcphs_tracker *t, uint32_t slot, int side)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct birth *birth = store_birth(&t->store, slot);
	const struct hot_side *x = &hot->side[side];
	struct event event = {
	    .seq = x->nxt,
	    .ack = x->ack,
	    .packet = hot->last_packet - (uint32_t)birth->packet,
	    .bits = (uint16_t)(TCPHS_ACK | EVENT_RUN | EVENT_QUIET | (side ? EVENT_FROM_1 : 0)),
	    .length = x->run,
	    .window = x->window,
	};

	event_set_time(&event, tracker_last(t, hot) - birth->time);
	return event;
}

static bool append_run(struct tcphs_tracker *t, uint32_t slot, struct cold *cold, int side)
{
	struct hot_side *x = &store_hot(&t->store, slot)->side[side];
	struct event *event;

	if (x->run == 0)
		return true;
	event = tracker_append(t, cold);
	if (event == NULL)
		return false;
	*event = tracker_run(t, slot, side);
	x->run = 0;
	return true;
}

/* The side that spoke last stands last. The octets of a run are what its numbers advance by. */
bool tracker_end_run(struct tcphs_tracker *t, uint32_t slot, struct cold *cold)
{
	int last = (store_hot(&t->store, slot)->flags & HOT_LAST_1) != 0;

	return append_run(t, slot, cold, !last) && append_run(t, slot, cold, last);
}
