/* SPDX-License-Identifier: BSD-3-Clause */
/* Which connections of a 4-tuple a segment may belong to. */
#include "track/candidates.h"

#include "base/seq.h"

#define CHAIN 64 /* connections of the 4-tuple in all encapsulations looked at */

static bool same_encapsulation(const struct tcphs_tracker *t, const struct hot *hot, int side,
                               uint32_t encap)
{
	const struct cold *cold = store_cold(&t->store, hot);

	if (cold != NULL && cold->more != NULL && cold->more->encaps)
		return cold->more->encap[side] == encap;
	return hot->encap == encap;
}

/* The ISN of a side that sent a SYN; its first event of that kind tells. */
bool candidate_isn(const struct tcphs_tracker *t, const struct hot *hot, int side, uint32_t *isn,
                   uint32_t *data)
{
	const struct cold *cold = store_cold(&t->store, hot);

	*data = 0;
	if (cold == NULL) {
		*isn = hot->side[0].nxt - 1;
		return side == 0 && (hot->flags & HOT_SYN_0);
	}
	if (!hot_called(hot, side) && !hot_answered(hot, side) &&
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

	if (hot_spoke(hot, side) || !hot_spoke(hot, !side) || !(s->flags & TCPHS_ACK))
		return false;
	if ((s->flags & TCPHS_RST) && (s->flags & TCPHS_ACK))
		return s->ack == other->nxt;
	return s->ack == other->nxt && (hot_called(hot, !side) || s->seq == other->ack);
}

static bool join_directions(struct tcphs_tracker *t, uint32_t slot, int side,
                            const struct tcphs_segment *s)
{
	struct hot *hot = store_hot(&t->store, slot);
	struct cold *cold = tracker_warm(t, slot);
	struct more *more = cold != NULL ? store_more(&t->store, cold) : NULL;

	t->starved |= cold == NULL;
	if (more == NULL)
		return false;
	more->encap[side] = (uint16_t)(s->encap > UINT16_MAX ? UINT16_MAX : s->encap);
	more->encap[!side] = hot->encap;
	more->encaps = true;
	hot->flags |= HOT_CHOOSE;
	return true;
}

void candidates_find(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t head,
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
