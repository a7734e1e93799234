/* SPDX-License-Identifier: BSD-3-Clause */
/* What the numbers of a segment that became an event say: how far each side has come, what they
 * agreed on, and whether what follows may be folded. */
#include "base/seq.h"
#include "track/tracker.h"

static unsigned shift_of(int16_t wscale) /* RFC 7323 §2.3: 14 at most */
{
	return wscale > 14 ? 14 : (unsigned)wscale;
}

/* Both SYNs are known: what they agreed on holds from here. */
static void agree(struct hot *hot, const struct cold *cold)
{
	uint16_t a = cold->present[0], b = cold->present[1];

	if ((a & b & TCPHS_OPT_TIMESTAMPS) && cold_knows_options(cold, 0) && cold_knows_options(cold, 1))
		hot->flags |= HOT_TS;
	if (a & b & TCPHS_OPT_SACK_PERMITTED)
		hot->flags |= HOT_SACK;
	if ((a | b) & TCPHS_OPT_MD5)
		hot->flags |= HOT_MD5;
	if (!cold_knows_options(cold, 0) || !cold_knows_options(cold, 1))
		return;
	hot_set_shifts(hot, 0, 0);
	if (cold->wscale[0] >= 0 && cold->wscale[1] >= 0)
		hot_set_shifts(hot, shift_of(cold->wscale[0]), shift_of(cold->wscale[1]));
}

/* Which of several SYNs the SYN-ACK answers: the last, if it alone had the TSval that is echoed. */
static void note_answered(struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct cold *cold = in->cold;
	const struct hot *hot = in->hot;
	const struct hot_side *x = &hot->side[in->side], *y = &hot->side[!in->side];
	bool spoke = (hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side)) && !in->renews;
	bool stamped = s->options.present & TCPHS_OPT_TIMESTAMPS;

	if (!(s->flags & TCPHS_ACK)) {
		cold->known &= (uint16_t)~COLD_SIDE(COLD_LATER_SYN_0, in->side);
		if (spoke && stamped && hot_stamped(x) && seq_lt(x->tsval, s->options.tsval))
			cold->known |= (uint16_t)COLD_SIDE(COLD_LATER_SYN_0, in->side);
	} else if (!spoke && stamped && (cold->known & COLD_SIDE(COLD_LATER_SYN_0, !in->side)) &&
		   s->ack == y->nxt && s->options.tsecr == y->tsval) {
		cold->known |= COLD_ANSWERS_LAST;
	}
}

/* What the SYN-ACK before had said counts no longer. Who follows the numbers by the events is told
 * (model/reach.h). */
static bool renew(struct tcphs_tracker *t, struct incoming *in)
{
	struct hot *hot = in->hot;

	hot->flags &= (uint16_t)~(HOT_TS | HOT_SACK | HOT_MD5);
	hot_set_shifts(hot, NO_SHIFT, NO_SHIFT);
	in->cold->known &= (uint16_t)~COLD_ANSWERS_LAST;
	hot->side[in->side].run &= (uint16_t)~RUN_STAMPED;
	hot->side[in->side].nxt = in->end;
	if (!tracker_pseudo(t, in->slot, in->side, PSEUDO_RENEWED, in->segment))
		return false;
	in->cold->event[in->cold->events - 1].ack = in->end;
	return true;
}

static bool advance_syn(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct lone_syn syn = tracker_syn(s);
	struct hot *hot = in->hot;
	struct hot_side *x = &hot->side[in->side], *y = &hot->side[!in->side];
	bool first = !(hot->flags & (HOT_SIDE(HOT_SYN_0, in->side) | HOT_SIDE(HOT_SYNACK_0, in->side)));

	hot->flags |= (uint16_t)(s->flags & TCPHS_ACK ? HOT_SIDE(HOT_SYNACK_0, in->side)
						      : HOT_SIDE(HOT_SYN_0, in->side));
	hot->flags &= (uint16_t)~HOT_STEADY;
	if (in->renews && !renew(t, in))
		return false;
	note_answered(in);
	if (!first && !in->renews)
		return true;
	x->nxt = hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side) ? seq_max(x->nxt, in->end) : in->end;
	if (!tracker_learn(t, hot, in->cold, in->side, &syn))
		return false;
	if (s->trouble & TCPHS_HEADER_CUT)
		in->cold->known &= (uint16_t)~COLD_SIDE(COLD_OPTIONS_0, in->side);
	agree(hot, in->cold);
	if (s->flags & TCPHS_ACK) {
		x->ack = s->ack;
		y->ack = s->seq; /* it has not acknowledged the SYN yet */
	}
	return true;
}

/* Folding may begin, or go on, when both have acknowledged all control bits that were sent
 * before; after a FIN only from the second segment on, since the first is remarkable. */
static void decide_steady(struct incoming *in, const struct tcphs_segment *s, uint32_t nxt_before)
{
	struct hot *hot = in->hot;
	const struct hot_side *x = &hot->side[in->side], *y = &hot->side[!in->side];
	bool fin = hot->flags & (HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1));

	if (s->flags & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST)) {
		hot->flags &= (uint16_t)~HOT_STEADY;
		return;
	}
	if (!(s->flags & TCPHS_ACK))
		return;
	if (s->seq == nxt_before && s->ack == y->nxt && (y->ack == s->seq || y->ack == x->nxt) &&
	    (!fin || s->length > 0))
		hot->flags |= HOT_STEADY;
}

#define UNHEARD_AHEAD (UINT32_C(1) << 30) /* a run's octets stay below that: RUN_MAX */

/* Of the other side nothing was captured, perhaps never will be. What it has sent is not known, so
 * every acknowledgement may be true: its numbers stand far ahead of what this side says of them, and
 * this side is let fold. Kept are its first segment, the first data or ACK that goes on from there,
 * and all behind its FIN. */
static void decide_one_sided(struct incoming *in, const struct tcphs_segment *s, uint32_t nxt_before,
			     uint32_t ack_before)
{
	struct hot *hot = in->hot;
	const struct hot_side *x = &hot->side[in->side];
	struct hot_side *y = &hot->side[!in->side];

	if ((s->flags & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST)) ||
	    (hot->flags & (HOT_RST | HOT_SIDE(HOT_FIN_0, in->side)))) {
		hot->flags &= (uint16_t)~HOT_STEADY;
		return;
	}
	if ((s->flags & TCPHS_ACK) && (hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side)) &&
	    s->seq == nxt_before && (s->length > 0 || seq_lt(ack_before, s->ack)))
		hot->flags |= HOT_STEADY;
	y->nxt = x->ack + UNHEARD_AHEAD;
	y->ack = x->nxt + UNHEARD_AHEAD; /* its own first word never folds */
	y->window = 1;
}

/* It was unheard until now: what decide_one_sided() made of its numbers goes. */
static void begin_to_speak(struct incoming *in)
{
	struct hot_side *x = &in->hot->side[in->side];

	in->hot->flags &= (uint16_t)~HOT_STEADY;
	x->nxt = x->ack = 0;
	x->window = 0;
}

/* A segment that moves nothing still tells where the side's numbers are, if nothing else did. */
static void advance_dropped(struct incoming *in)
{
	struct hot_side *x = &in->hot->side[in->side];

	if (!(in->hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side)) && (in->bits & EVENT_DEAD) == 0) {
		x->nxt = in->end;
		x->ack = in->segment->ack;
	}
	in->hot->flags |= HOT_SIDE(HOT_SPOKE_0, in->side);
}

static void advance_numbers(struct incoming *in, bool spoke)
{
	const struct tcphs_segment *s = in->segment;
	struct hot_side *x = &in->hot->side[in->side];

	x->nxt = spoke ? seq_max(x->nxt, in->end) : in->end;
	if (s->flags & TCPHS_ACK)
		x->ack = spoke ? seq_max(x->ack, s->ack) : s->ack;
	if (s->flags & TCPHS_FIN)
		in->hot->flags |= HOT_SIDE(HOT_FIN_0, in->side);
}

/* That of an older ACK says nothing any more. */
static void advance_window(struct incoming *in, bool spoke, uint32_t ack_before)
{
	const struct tcphs_segment *s = in->segment;
	struct hot_side *x = &in->hot->side[in->side];
	bool syn = s->flags & TCPHS_SYN;

	if (syn || !spoke || ((s->flags & TCPHS_ACK) && !seq_lt(s->ack, ack_before))) {
		x->window = s->window;
		x->run = (uint16_t)((x->run & ~RUN_UNSCALED) | (syn ? RUN_UNSCALED : 0));
	}
}

bool tracker_advance(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct hot *hot = in->hot;
	struct hot_side *x = &hot->side[in->side];
	bool spoke = hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side);
	bool heard = hot->flags & HOT_SIDE(HOT_SPOKE_0, !in->side);
	uint32_t nxt_before = x->nxt, ack_before = x->ack;
	bool is_synack = (s->flags & (TCPHS_SYN | TCPHS_ACK)) == (TCPHS_SYN | TCPHS_ACK);

	if (!spoke && x->window != 0)
		begin_to_speak(in);
	if (in->bits & (EVENT_DEAD | EVENT_DROPPED)) {
		advance_dropped(in);
		return true;
	}
	if (s->flags & TCPHS_RST) {
		hot->flags |= HOT_RST;
		hot->flags &= (uint16_t)~HOT_STEADY;
		return true;
	}
	if (!(s->flags & TCPHS_SYN))
		advance_numbers(in, spoke);
	else if (!advance_syn(t, in))
		return false;
	if (is_synack && in->end != x->nxt) /* not its numbers, or not any more */
		return true;
	advance_window(in, spoke, ack_before);
	if (heard)
		decide_steady(in, s, spoke ? nxt_before : s->seq);
	else
		decide_one_sided(in, s, nxt_before, ack_before);
	hot->flags |= HOT_SIDE(HOT_SPOKE_0, in->side);
	if (s->options.present & TCPHS_OPT_TIMESTAMPS) {
		if (!hot_stamped(x) || seq_lt(x->tsval, s->options.tsval))
			hot_stamp(x, s->options.tsval);
	}
	return true;
}
