/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Incarnations of a 4-tuple (the model's §5.4). The connections of one 4-tuple, over all
 * encapsulations, form a chain, newest first; a segment goes to the one whose numbers it fits,
 * and a bare SYN with a new ISN begins another. So does what can't be of a connection that has
 * ended: then the capture lacks the new one's SYN.
 */
#include "base/seq.h"
#include "track/candidates.h"

#define FAR                                                                                        \
	32768 /* distance to a number that is not known: less than the 65537 by which Linux        \
	       * moves an ISN when it reopens a TIME-WAIT */
#define CALL_TIME (INT64_C(240) * 1000000000) /* longest wait for the other side's SYN */

#define UNKNOWN UINT64_MAX

/* From what the side was captured sending, or its peer acknowledging; UNKNOWN without both. */
static uint64_t seq_far(const struct hot *hot, int x, const struct tcphs_segment *s)
{
	if (hot_spoke(hot, x))
		return seq_distance(s->seq, hot->side[x].nxt);
	if (hot->cold != 0 && hot_spoke(hot, !x) && hot->side[!x].ack != 0)
		return seq_distance(s->seq, hot->side[!x].ack);
	return UNKNOWN;
}

static uint64_t ack_far(const struct hot *hot, int x, const struct tcphs_segment *s)
{
	if (!(s->flags & TCPHS_ACK))
		return 0;
	if (hot_spoke(hot, !x))
		return seq_distance(s->ack, hot->side[!x].nxt);
	if (hot->cold != 0 && hot_spoke(hot, x) && hot->side[x].ack != 0)
		return seq_distance(s->ack, hot->side[x].ack);
	return UNKNOWN;
}

/* Where only one number is known it must fit exactly, or it tells little. */
static uint64_t far(const struct hot *hot, int x, const struct tcphs_segment *s)
{
	uint64_t seq = seq_far(hot, x, s), ack = ack_far(hot, x, s);

	if (seq == UNKNOWN)
		return ack == UNKNOWN ? 2 * FAR : ack + (ack == 0 ? 1 : FAR);
	if (ack == UNKNOWN)
		return seq + (seq == 0 ? 1 : FAR);
	return seq + ack;
}

static unsigned nearest(const struct tcphs_tracker *t, const struct tcphs_segment *s,
                        const struct candidates *found)
{
	uint64_t best = UINT64_MAX;
	unsigned choice = 0;

	for (unsigned i = 0; i < found->count; i++) {
		uint64_t apart = far(store_hot(&t->store, found->slot[i]), found->side[i], s);

		if (apart < best) {
			best = apart;
			choice = i;
		}
	}
	return choice;
}

/* Both sides have closed, or somebody reset: what comes with new numbers is another one. */
static bool is_over(const struct hot *hot)
{
	unsigned fins = HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1);

	return (hot->flags & HOT_RST) || (hot->flags & fins) == fins;
}

static bool out_of_reach(int32_t apart, int32_t behind, int32_t ahead)
{
	return apart < -behind || apart > ahead;
}

/* Neither number can be of it: beyond what can still be sent after somebody has closed or reset,
 * or a long way back. After 2 MSL nothing old is under way any more. Where no end is in the capture
 * it may just lack it, as it may lack what was sent meanwhile, though hardly half of all numbers:
 * then it takes as long a silence, and one number that goes back. */
bool tracker_foreign(const struct tcphs_tracker *t, const struct hot *hot, int side,
                     const struct tcphs_segment *s)
{
	int32_t seq = seq_diff(s->seq, hot->side[side].nxt);
	int32_t ack = seq_diff(s->ack, hot->side[!side].nxt);
	bool fin = hot->flags & (HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1));
	bool silent = s->time - tracker_last(t, hot) >= TWO_MSL;
	int32_t behind = silent ? UINT16_MAX : LONG_WAY;
	int32_t ahead =
	    fin ? 0 : UINT16_MAX; /* a forged RST may stand before a gap in the capture */

	if ((s->flags & (TCPHS_ACK | TCPHS_SYN | TCPHS_RST)) != TCPHS_ACK || !hot_spoke(hot, 0) ||
	    !hot_spoke(hot, 1))
		return false;
	if (!fin && !(hot->flags & HOT_RST)) {
		if (!silent || (seq > 0 && ack > 0))
			return false;
		behind = ahead = LONG_WAY;
	}
	return out_of_reach(seq, behind, ahead) && out_of_reach(ack, behind, ahead);
}

/* It has been opened: its listener answered, and that was acknowledged. */
static bool is_open(const struct tcphs_tracker *t, const struct hot *hot, int listener)
{
	uint32_t isn, data;
	bool isn_known = candidate_isn(t, hot, listener, &isn, &data);

	if (hot->flags & (HOT_STEADY | HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1)))
		return true;
	return isn_known && hot_answered(hot, listener) && seq_lt(isn, hot->side[!listener].ack);
}

/* -1: it answers a SYN that was not captured, behind a connection that is over. */
static int for_synack(const struct tcphs_tracker *t, const struct tcphs_segment *s,
                      const struct candidates *found)
{
	const struct hot *hot;
	uint32_t isn, data;

	for (unsigned i = 0; i < found->count; i++) {
		hot = store_hot(&t->store, found->slot[i]);
		if (candidate_isn(t, hot, !found->side[i], &isn, &data) &&
		    seq_diff(s->ack, isn) > 0 && (uint32_t)seq_diff(s->ack, isn) <= 1 + data)
			return (int)i;
	}
	for (unsigned i = 0; i < found->count; i++) {
		hot = store_hot(&t->store, found->slot[i]);
		if (candidate_isn(t, hot, found->side[i], &isn, &data) && isn == s->seq)
			return (int)i;
	}
	for (unsigned i = 0; i < found->count; i++) { /* again, where the first was not captured */
		hot = store_hot(&t->store, found->slot[i]);
		if (hot->cold != 0 && hot_spoke(hot, found->side[i]) &&
		    hot->side[found->side[i]].ack == s->ack &&
		    seq_lt(s->seq, hot->side[found->side[i]].nxt))
			return (int)i;
	}
	hot = store_hot(&t->store, found->slot[0]);
	return is_over(hot) || is_open(t, hot, found->side[0]) ? -1 : 0;
}

static unsigned for_rst(const struct tcphs_tracker *t, const struct tcphs_segment *s,
                        const struct candidates *found)
{
	for (unsigned i = 0; i < found->count && !(s->flags & TCPHS_ACK); i++) {
		const struct hot *hot = store_hot(&t->store, found->slot[i]);
		int y = !found->side[i];

		if (hot_spoke(hot, y) && hot->cold != 0 && hot->side[y].ack == s->seq)
			return i;
	}
	return nearest(t, s, found);
}

/* Does the newest connection still wait for this side's SYN? Its caller called first
 * (simultaneous and split opens), or its SYN-ACK was captured before the SYN. */
static bool waits_for_syn(const struct tcphs_tracker *t, const struct tcphs_segment *s,
                          uint32_t slot, int side)
{
	const struct hot *hot = store_hot(&t->store, slot);

	if (hot_called(hot, side) || hot_answered(hot, side) ||
	    s->time - tracker_last(t, hot) > CALL_TIME)
		return false;
	if (hot_answered(hot, !side))
		return !hot_called(hot, !side) && hot->side[!side].ack == s->seq + 1;
	/* a side that only acknowledged may still call (split open); one that reset will not */
	if (hot_called(hot, !side))
		return !(hot->flags & HOT_RST);
	/* the same, where the capture began behind the first SYN */
	return hot_spoke(hot, side) && !hot_spoke(hot, !side) && hot->side[side].nxt == s->seq &&
	       !(hot->flags & (HOT_RST | HOT_SIDE(HOT_FIN_0, side)));
}

static int for_syn(const struct tcphs_tracker *t, const struct tcphs_segment *s,
                   const struct candidates *found)
{
	uint32_t isn, data;

	for (unsigned i = 0; i < found->count; i++)
		if (candidate_isn(t, store_hot(&t->store, found->slot[i]), found->side[i], &isn,
		                  &data) &&
		    isn == s->seq)
			return (int)i;
	if (found->count > 0 && waits_for_syn(t, s, found->slot[0], found->side[0]))
		return 0;
	return -1;
}

uint32_t tracker_choose(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag,
                        uint32_t head)
{
	struct candidates found;
	bool syn = (s->flags & (TCPHS_SYN | TCPHS_RST)) == TCPHS_SYN;
	unsigned choice = 0;

	candidates_find(t, s, head, &found);
	if (syn && !(s->flags & TCPHS_ACK)) {
		int which = for_syn(t, s, &found);

		return which >= 0 ? found.slot[which] : incarnation_begin(t, s, tag, head, &found);
	}
	if (found.count == 0)
		return tracker_open(t, s, tag, head, NULL);
	if (syn) {
		int which = for_synack(t, s, &found);

		if (which < 0)
			return incarnation_begin(t, s, tag, head, &found);
		choice = (unsigned)which;
	} else {
		if (found.count > 1)
			choice =
			    s->flags & TCPHS_RST ? for_rst(t, s, &found) : nearest(t, s, &found);
		if (tracker_foreign(t, store_hot(&t->store, found.slot[choice]), found.side[choice],
		                    s))
			return incarnation_begin(t, s, tag, head, &found);
	}
	if (found.count > 1)
		incarnation_tell(t, s, &found, choice);
	return found.slot[choice];
}
