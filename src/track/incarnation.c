/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Incarnations of a 4-tuple (the model's §5.4). The connections of one 4-tuple, over all
 * encapsulations, form a chain, newest first; a segment goes to the one whose numbers it fits,
 * and a bare SYN with a new ISN begins another. So does what can't be of a connection that has
 * ended: then the capture lacks the new one's SYN.
 */
#include "base/seq.h"
#include "track/tracker.h"

#define CANDIDATES 8   /* incarnations looked at */
#define CHAIN 64       /* connections of the 4-tuple in all encapsulations looked at */
#define FAR 32768 /* distance to a number that is not known: less than the 65537 by which Linux
		    * moves an ISN when it reopens a TIME-WAIT */
#define LONG_WAY (1 << 24) /* more than what is old and still under way can be behind */
#define CALL_TIME (INT64_C(240) * 1000000000) /* longest wait for the other side's SYN */

struct candidates {
	uint32_t slot[CANDIDATES];
	int side[CANDIDATES];
	unsigned count;
};

static bool spoke(const struct hot *hot, int side)
{
	return (hot->flags & HOT_SIDE(HOT_SPOKE_0, side)) != 0;
}

static bool called(const struct hot *hot, int side) /* sent a bare SYN */
{
	return (hot->flags & HOT_SIDE(HOT_SYN_0, side)) != 0;
}

static bool answered(const struct hot *hot, int side) /* sent a SYN-ACK */
{
	return (hot->flags & HOT_SIDE(HOT_SYNACK_0, side)) != 0;
}

static bool same_encapsulation(const struct tcphs_tracker *t, const struct hot *hot, int side, uint32_t encap)
{
	const struct cold *cold = store_cold(&t->store, hot);

	if (cold != NULL && cold->more != NULL && cold->more->encaps)
		return cold->more->encap[side] == encap;
	return hot->encap == encap;
}

/* The ISN of a side that sent a SYN; its first event of that kind tells. */
static bool isn_of(const struct tcphs_tracker *t, const struct hot *hot, int side, uint32_t *isn,
		   uint32_t *data)
{
	const struct cold *cold = store_cold(&t->store, hot);

	*data = 0;
	if (cold == NULL) {
		*isn = hot->side[0].nxt - 1;
		return side == 0 && (hot->flags & HOT_SYN_0);
	}
	if (!called(hot, side) && !answered(hot, side) &&
	    !(cold->known & COLD_SIDE(COLD_SYN_0, side)))
		return false; /* without a look at all of its events */
	for (uint32_t i = 0; i < cold->events; i++) {
		const struct event *e = &cold->event[i];

		if (event_side(e) == side && (event_is_syn(e) || event_is_synack(e)) &&
		    !(e->bits & (EVENT_PSEUDO | EVENT_DEAD))) {
			*isn = e->seq;
			*data = e->length;
			return true;
		}
	}
	return false;
}

/* ---- one tag in one direction ------------------------------------------------------ */

/* The segment found nothing in its own encapsulation: does it answer a connection in another
 * that has heard nothing from this side? */
static bool answers(const struct hot *hot, int side, const struct tcphs_segment *s)
{
	const struct hot_side *other = &hot->side[!side];

	if (spoke(hot, side) || !spoke(hot, !side) || !(s->flags & TCPHS_ACK))
		return false;
	if ((s->flags & TCPHS_RST) && (s->flags & TCPHS_ACK))
		return s->ack == other->nxt;
	return s->ack == other->nxt && (called(hot, !side) || s->seq == other->ack);
}

static bool join_directions(struct tcphs_tracker *t, uint32_t slot, int side, const struct tcphs_segment *s)
{
	struct hot *hot = store_hot(&t->store, slot);
	struct cold *cold = tracker_warm(t, slot);
	struct more *more = cold != NULL ? store_more(&t->store, cold) : NULL;

	if (more == NULL)
		return false;
	more->encap[side] = (uint16_t)(s->encap > UINT16_MAX ? UINT16_MAX : s->encap);
	more->encap[!side] = hot->encap;
	more->encaps = true;
	hot->flags |= HOT_CHOOSE;
	return true;
}

static void collect(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t head,
		    struct candidates *found)
{
	uint32_t elsewhere = NO_SLOT;
	unsigned looked = 0;
	int side;

	found->count = 0;
	for (uint32_t slot = head; slot != NO_SLOT && looked++ < CHAIN;
	     slot = store_before(&t->store, slot)) {
		const struct hot *hot = store_hot(&t->store, slot);

		side = tracker_side(t, hot, s);
		if (side < 0)
			continue; /* a chain holds one 4-tuple only; be safe */
		if (!same_encapsulation(t, hot, side, s->encap)) {
			if (elsewhere == NO_SLOT && answers(hot, side, s))
				elsewhere = slot;
			continue;
		}
		found->slot[found->count] = slot;
		found->side[found->count++] = side;
		if (found->count == CANDIDATES)
			return;
	}
	if (found->count > 0 || elsewhere == NO_SLOT)
		return;
	side = tracker_side(t, store_hot(&t->store, elsewhere), s);
	if (join_directions(t, elsewhere, side, s)) {
		found->slot[0] = elsewhere;
		found->side[0] = side;
		found->count = 1;
	}
}

/* ---- which one --------------------------------------------------------------------- */

#define UNKNOWN UINT64_MAX

/* From what the side was captured sending, or its peer acknowledging; UNKNOWN without both. */
static uint64_t seq_far(const struct hot *hot, int x, const struct tcphs_segment *s)
{
	if (spoke(hot, x))
		return seq_distance(s->seq, hot->side[x].nxt);
	if (hot->cold != 0 && spoke(hot, !x) && hot->side[!x].ack != 0)
		return seq_distance(s->seq, hot->side[!x].ack);
	return UNKNOWN;
}

static uint64_t ack_far(const struct hot *hot, int x, const struct tcphs_segment *s)
{
	if (!(s->flags & TCPHS_ACK))
		return 0;
	if (spoke(hot, !x))
		return seq_distance(s->ack, hot->side[!x].nxt);
	if (hot->cold != 0 && spoke(hot, x) && hot->side[x].ack != 0)
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

/* Beyond what the side can send after somebody has closed or reset, or a long way back. */
bool tracker_foreign(const struct hot *hot, int side, const struct tcphs_segment *s)
{
	const struct hot_side *x = &hot->side[side], *y = &hot->side[!side];
	bool fin = hot->flags & (HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1));
	int32_t ahead = fin ? 0 : UINT16_MAX; /* a forged RST may stand before a gap in the capture */

	if ((s->flags & (TCPHS_ACK | TCPHS_SYN | TCPHS_RST)) != TCPHS_ACK || !spoke(hot, 0) || !spoke(hot, 1) ||
	    !(fin || (hot->flags & HOT_RST)))
		return false;
	return (seq_diff(s->seq, x->nxt) > ahead || seq_diff(s->seq, x->nxt) < -LONG_WAY) &&
	       (seq_diff(s->ack, y->nxt) > ahead || seq_diff(s->ack, y->nxt) < -LONG_WAY);
}

/* It has been opened: its listener answered, and that was acknowledged. */
static bool is_open(const struct tcphs_tracker *t, const struct hot *hot, int listener)
{
	uint32_t isn, data;
	bool isn_known = isn_of(t, hot, listener, &isn, &data);

	if (hot->flags & (HOT_STEADY | HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1)))
		return true;
	return isn_known && answered(hot, listener) && seq_lt(isn, hot->side[!listener].ack);
}

/* -1: it answers a SYN that was not captured, behind a connection that is over. */
static int for_synack(const struct tcphs_tracker *t, const struct tcphs_segment *s,
		      const struct candidates *found)
{
	const struct hot *hot;
	uint32_t isn, data;

	for (unsigned i = 0; i < found->count; i++) {
		hot = store_hot(&t->store, found->slot[i]);
		if (isn_of(t, hot, !found->side[i], &isn, &data) && seq_diff(s->ack, isn) > 0 &&
		    (uint32_t)seq_diff(s->ack, isn) <= 1 + data)
			return (int)i;
	}
	for (unsigned i = 0; i < found->count; i++) {
		hot = store_hot(&t->store, found->slot[i]);
		if (isn_of(t, hot, found->side[i], &isn, &data) && isn == s->seq)
			return (int)i;
	}
	for (unsigned i = 0; i < found->count; i++) { /* again, where the first was not captured */
		hot = store_hot(&t->store, found->slot[i]);
		if (hot->cold != 0 && spoke(hot, found->side[i]) && hot->side[found->side[i]].ack == s->ack &&
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

		if (spoke(hot, y) && hot->cold != 0 && hot->side[y].ack == s->seq)
			return i;
	}
	return nearest(t, s, found);
}

/* Does the newest connection still wait for this side's SYN? Its caller called first
 * (simultaneous and split opens), or its SYN-ACK was captured before the SYN. */
static bool waits_for_syn(const struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t slot, int side)
{
	const struct hot *hot = store_hot(&t->store, slot);

	if (called(hot, side) || answered(hot, side) ||
	    s->time - tracker_last(t, hot) > CALL_TIME)
		return false;
	if (answered(hot, !side))
		return !called(hot, !side) && hot->side[!side].ack == s->seq + 1;
	/* a side that only acknowledged may still call (split open); one that reset will not */
	if (called(hot, !side))
		return !(hot->flags & HOT_RST);
	/* the same, where the capture began behind the first SYN */
	return spoke(hot, side) && !spoke(hot, !side) && hot->side[side].nxt == s->seq &&
	       !(hot->flags & (HOT_RST | HOT_SIDE(HOT_FIN_0, side)));
}

static int for_syn(const struct tcphs_tracker *t, const struct tcphs_segment *s,
		   const struct candidates *found)
{
	uint32_t isn, data;

	for (unsigned i = 0; i < found->count; i++)
		if (isn_of(t, store_hot(&t->store, found->slot[i]), found->side[i], &isn, &data) &&
		    isn == s->seq)
			return (int)i;
	if (found->count > 0 && waits_for_syn(t, s, found->slot[0], found->side[0]))
		return 0;
	return -1;
}

/* ---- what one incarnation proves about another ------------------------------------- */

static void gone(struct tcphs_tracker *t, uint32_t slot, int side, const struct tcphs_segment *s)
{
	struct cold *cold = tracker_warm(t, slot);
	struct more *more = cold != NULL ? store_more(&t->store, cold) : NULL;

	t->starved |= more == NULL;
	if (more == NULL || more->gone[side])
		return;
	more->gone[side] = true;
	more->has_next = true;
	tracker_pseudo(t, slot, side, PSEUDO_GONE, s);
}

/* Remembers how the connection before stood when this one began. */
static void remember_previous(struct tcphs_tracker *t, uint32_t before, int side_before, uint32_t slot,
			      const struct tcphs_segment *s)
{
	struct cold *cold = tracker_warm(t, slot);
	struct more *more = cold != NULL ? store_more(&t->store, cold) : NULL;
	const struct hot *old = store_hot(&t->store, before);
	const struct cold *old_cold = store_cold(&t->store, old);
	const struct tcphs_connection *conn = &t->scratch_out.connection;

	if (more == NULL || !tracker_analyse_slot(t, t->analyst, before, false, &t->scratch_out)) {
		t->starved = true;
		return;
	}
	more->previous.exists = true;
	more->previous.id = store_id(&t->store, before);
	more->previous_slot = before;
	more->previous.quiet = -tracker_apart(t, hot_moment(old), s->time);
	for (int x = 0; x < 2; x++) { /* x: side of the new connection; its sender is side 0 */
		int y = x == 0 ? side_before : !side_before;
		int end = t->analyst->model.client == y ? TCPHS_CLIENT : TCPHS_SERVER;

		more->previous.state[x] = conn->end[end].state;
		if (more->previous.state[x] == TCPHS_TIME_WAIT && more->previous.quiet >= TWO_MSL)
			more->previous.state[x] = TCPHS_CLOSED; /* its timer is over */
		more->previous.nxt_known[x] = spoke(old, y) && (old_cold != NULL || y == 0);
		more->previous.nxt[x] = old->side[y].nxt;
		more->previous.ts[x] = old_cold != NULL && hot_stamped(&old->side[y]);
		more->previous.tsval[x] = old_cold != NULL ? old->side[y].tsval : 0;
	}
}

static uint32_t begin(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag,
		      uint32_t head, const struct candidates *found)
{
	uint32_t slot = tracker_open(t, s, tag, head);

	if (slot == NO_SLOT || found->count == 0)
		return slot;
	remember_previous(t, found->slot[0], found->side[0], slot, s);
	gone(t, found->slot[0], found->side[0], s);
	return slot;
}

/* The last that is known of it is its SYN, so that whoever answers in an older one tells anew. */
static bool calls_again(const struct cold *cold)
{
	return cold->events > 0 && event_is_syn(&cold->event[cold->events - 1]) &&
	       !(cold->event[cold->events - 1].bits & EVENT_PSEUDO);
}

/* An older incarnation was chosen, or the newest was answered: tell the others. */
static void tell_others(struct tcphs_tracker *t, const struct tcphs_segment *s,
			const struct candidates *found, unsigned choice)
{
	const struct hot *newest = store_hot(&t->store, found->slot[0]);
	int side = found->side[0];
	struct cold *cold;
	struct more *more;

	if (choice == 0) {
		if (found->count > 1 && (s->flags & TCPHS_SYN) && (s->flags & TCPHS_ACK))
			gone(t, found->slot[1], found->side[1], s);
		return;
	}
	cold = tracker_warm(t, found->slot[0]);
	more = cold != NULL ? store_more(&t->store, cold) : NULL;
	t->starved |= more == NULL;
	if (more == NULL)
		return;
	if (!(s->flags & TCPHS_RST) && called(newest, !side) && !spoke(newest, side) &&
	    (!more->spoke_old || calls_again(cold))) {
		more->spoke_old = true;
		tracker_pseudo(t, found->slot[0], side, PSEUDO_SPOKE_OLD, s);
	} else if ((s->flags & TCPHS_RST) && called(newest, side) && more->spoke_old && !more->reset_old) {
		more->reset_old = true;
		tracker_pseudo(t, found->slot[0], side, PSEUDO_RESET_OLD, s);
	}
}

uint32_t tracker_choose(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag, uint32_t head)
{
	struct candidates found;
	bool syn = (s->flags & (TCPHS_SYN | TCPHS_RST)) == TCPHS_SYN;
	unsigned choice = 0;

	collect(t, s, head, &found);
	if (syn && !(s->flags & TCPHS_ACK)) {
		int which = for_syn(t, s, &found);

		return which >= 0 ? found.slot[which] : begin(t, s, tag, head, &found);
	}
	if (found.count == 0)
		return tracker_open(t, s, tag, head);
	if (syn) {
		int which = for_synack(t, s, &found);

		if (which < 0)
			return begin(t, s, tag, head, &found);
		choice = (unsigned)which;
	} else {
		if (found.count > 1)
			choice = s->flags & TCPHS_RST ? for_rst(t, s, &found) : nearest(t, s, &found);
		if (tracker_foreign(store_hot(&t->store, found.slot[choice]), found.side[choice], s))
			return begin(t, s, tag, head, &found);
	}
	if (found.count > 1)
		tell_others(t, s, &found, choice);
	return found.slot[choice];
}
