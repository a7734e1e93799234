/* SPDX-License-Identifier: BSD-3-Clause */
/* What one incarnation of a 4-tuple proves about another (the model's §5.4). */
#include "track/candidates.h"

/* The side has no connection there any more, which is told once, unless it speaks there again. */
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

static void all_gone(struct tcphs_tracker *t, const struct candidates *found, unsigned first,
                     const struct tcphs_segment *s)
{
	for (unsigned i = first; i < found->count; i++)
		gone(t, found->slot[i], found->side[i], s);
}

static bool met_older(const struct tcphs_tracker *t, uint32_t slot)
{
	const struct cold *cold = store_cold(&t->store, store_hot(&t->store, slot));

	return cold != NULL && cold->more != NULL && cold->more->spoke_old;
}

/* The newest that there was: not a SYN that an older connection answered, and no other. */
static unsigned newest_real(const struct tcphs_tracker *t, const struct candidates *found)
{
	for (unsigned i = 0; i < found->count; i++)
		if (!met_older(t, found->slot[i]))
			return i;
	return 0;
}

/* Remembers how the connection before stood when this one began. */
static void remember_previous(struct tcphs_tracker *t, uint32_t before, int side_before,
                              uint32_t slot, const struct tcphs_segment *s)
{
	struct cold *cold = tracker_warm(t, slot);
	struct more *more = cold != NULL ? store_more(&t->store, cold) : NULL;
	const struct hot *old = store_hot(&t->store, before);
	const struct cold *old_cold = store_cold(&t->store, old);
	const struct tcphs_connection *conn = &t->scratch_out.connection;
	uint32_t data;

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
		more->previous.isn_known[x] =
		    candidate_isn(t, old, y, &more->previous.isn[x], &data);
		more->previous.nxt_known[x] = hot_spoke(old, y) && (old_cold != NULL || y == 0);
		more->previous.nxt[x] = old->side[y].nxt;
		more->previous.ts[x] = old_cold != NULL && hot_stamped(&old->side[y]);
		more->previous.tsval[x] = old_cold != NULL ? old->side[y].tsval : 0;
	}
}

uint32_t incarnation_begin(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag,
                           uint32_t head, const struct candidates *found)
{
	uint32_t slot = tracker_open(t, s, tag, head, NULL);
	unsigned before;

	if (slot == NO_SLOT || found->count == 0)
		return slot;
	before = newest_real(t, found);
	remember_previous(t, found->slot[before], found->side[before], slot, s);
	all_gone(t, found, 0, s);
	return slot;
}

/* It speaks where it was said to be gone. */
static void is_back(const struct tcphs_tracker *t, uint32_t slot, int side)
{
	struct cold *cold = store_cold(&t->store, store_hot(&t->store, slot));

	if (cold != NULL && cold->more != NULL)
		cold->more->gone[side] = false;
}

/* The last that is known of it is its SYN, so that whoever answers in an older one tells anew. */
static bool calls_again(const struct cold *cold)
{
	return cold->events > 0 && event_is_syn(&cold->event[cold->events - 1]) &&
	       !(cold->event[cold->events - 1].bits & EVENT_PSEUDO);
}

void incarnation_tell(struct tcphs_tracker *t, const struct tcphs_segment *s,
                      const struct candidates *found, unsigned choice)
{
	const struct hot *newest = store_hot(&t->store, found->slot[0]);
	int side = found->side[0];
	struct cold *cold;
	struct more *more;

	if (choice == 0) {
		if ((s->flags & TCPHS_SYN) && (s->flags & TCPHS_ACK))
			all_gone(t, found, 1, s);
		return;
	}
	if (!(s->flags & TCPHS_RST))
		is_back(t, found->slot[choice], found->side[choice]);
	cold = tracker_warm(t, found->slot[0]);
	more = cold != NULL ? store_more(&t->store, cold) : NULL;
	t->starved |= more == NULL;
	if (more == NULL)
		return;
	if (!(s->flags & TCPHS_RST) && hot_called(newest, !side) && !hot_spoke(newest, side) &&
	    (!more->spoke_old || calls_again(cold))) {
		more->spoke_old = true;
		tracker_pseudo(t, found->slot[0], side, PSEUDO_SPOKE_OLD, s);
	} else if ((s->flags & TCPHS_RST) && hot_called(newest, side) && more->spoke_old &&
	           !more->reset_old) {
		more->reset_old = true;
		tracker_pseudo(t, found->slot[0], side, PSEUDO_RESET_OLD, s);
	}
}
