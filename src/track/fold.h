/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fast path. A segment that is in order, acknowledges what was sent, keeps to the window
 * and carries nothing remarkable changes numbers in one cache line and becomes part of a run;
 * no check could say anything about it. Whatever is not certainly so takes the plain path.
 */
#ifndef TRACK_FOLD_H
#define TRACK_FOLD_H

#include "base/seq.h"
#include "track/tracker.h"

/* A run's octets stay below 2^31 even where every packet is a super-segment. */
_Static_assert(RUN_MAX <= 1u << 15, "a run is of 2^31 octets at most");

_Static_assert((int)HOT_TS == (int)TCPHS_OPT_TIMESTAMPS && (int)HOT_SACK == (int)TCPHS_OPT_SACK &&
                   (int)HOT_MD5 == (int)TCPHS_OPT_MD5,
               "what was agreed on has the bit of the option");

/* The options of an ordinary segment: those that both sides agreed on and no others. Where it
 * is not known what they agreed on, timestamps are not missed. */
static inline bool fold_options(unsigned agreed, unsigned present)
{
	unsigned expected = agreed & (TCPHS_OPT_TIMESTAMPS | TCPHS_OPT_MD5);
	unsigned ignored =
	    TCPHS_OPT_OTHER | (~agreed & TCPHS_OPT_TIMESTAMPS) | (agreed & TCPHS_OPT_SACK);

	return (present & ~ignored) == expected;
}

/* fold.c: may this side echo a TSecr that is further ahead than the peer was captured sending? */
bool fold_echo(const struct tcphs_tracker *tracker, const struct hot *hot, uint32_t slot, int side,
               const struct tcphs_segment *segment);

static inline bool fold_timestamps(const struct tcphs_tracker *t, const struct hot *hot,
                                   uint32_t slot, int side, const struct tcphs_segment *s)
{
	const struct hot_side *x = &hot->side[side];

	if (hot_stamped(x) && seq_lt(s->options.tsval, x->tsval))
		return false;
	return tracker_echo_is_plausible(hot, side, s, 0) || fold_echo(t, hot, slot, side, s);
}

/* The right edge of the window that the side has granted last. */
static inline uint32_t fold_edge(const struct hot_side *x, unsigned shift)
{
	return x->ack + ((uint32_t)x->window << (shift & ((x->run & RUN_UNSCALED) / RUN_UNSCALED - 1u)));
}

/* Neither takes a window back nor sends beyond the other's, if the scales are known. */
static inline bool fold_window(const struct hot *hot, int side, const struct tcphs_segment *s,
                               uint32_t end)
{
	unsigned shift = hot_shift(hot, side); /* both are known or neither */
	uint32_t edge = s->ack + ((uint32_t)s->window << shift);

	return shift == NO_SHIFT ||
	       (!seq_lt(edge, fold_edge(&hot->side[side], shift)) &&
	        !seq_lt(fold_edge(&hot->side[!side], hot_shift(hot, !side)), end));
}

/* In order, acknowledging what was sent. Each test nearly always holds: they are joined without
 * branches. */
static inline bool fold_order(const struct hot_side *x, const struct hot_side *y,
                              const struct tcphs_segment *s, uint32_t end)
{
	unsigned wrong = s->seq ^ x->nxt;

	wrong |= seq_lt(s->ack, x->ack);
	wrong |= seq_lt(y->nxt, s->ack);
	wrong |= s->window == 0;
	wrong |= y->window == 0;
	wrong |= end < s->seq;
	wrong |= hot_run(x) == RUN_MAX;
	return wrong == 0;
}

/* Its digest says that it may be one of a run, its connection that there may be one. False: it
 * is not, and nothing has changed. */
static inline bool fold_segment(const struct tcphs_tracker *t, struct hot *hot, uint32_t slot,
                                int side, const struct tcphs_segment *s)
{
	struct hot_side *x = &hot->side[side];
	uint32_t end = s->seq + s->length;

	if (!fold_order(x, &hot->side[!side], s, end) ||
	    !fold_options(hot->flags, s->options.present) || !fold_window(hot, side, s, end))
		return false;
	if (s->length == 0 && s->ack == x->ack && s->window == x->window)
		return false; /* a duplicate ACK, or a copy: the plain path tells */
	if (s->options.present & TCPHS_OPT_TIMESTAMPS) {
		if (!fold_timestamps(t, hot, slot, side, s))
			return false;
		hot_stamp(x, s->options.tsval);
	}
	x->nxt = end;
	x->ack = s->ack;
	x->window = s->window;
	x->run = (uint16_t)((x->run & ~RUN_UNSCALED) + 1);
	return true;
}

#endif
