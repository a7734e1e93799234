/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/fold.h"

/* Who was born when needs another line, and is asked only where the neighbours don't tell. */
bool fold_echo(const struct tcphs_tracker *t, const struct hot *hot, uint32_t slot, int side,
               const struct tcphs_segment *s)
{
	return tracker_echo_is_plausible(hot, side, s,
	                                 s->time - *store_youngest(&t->store, slot)) ||
	       tracker_echo_is_plausible(hot, side, s,
	                                 s->time - store_birth_apart(&t->store, slot)->time);
}

bool tracker_fold(struct tcphs_tracker *t, const struct incoming *in)
{
	return fold_segment(t, in->hot, in->slot, in->side, in->segment);
}

/* When the last segment of a run came, behind the connection's first. Far from the tracker's first one a
 * moment is rounded down: not before what the run follows. */
int64_t tracker_run_behind(const struct tcphs_tracker *t, uint32_t slot, int64_t moment,
                           const struct cold *cold)
{
	int64_t behind = tracker_apart(t, moment, tracker_birth(t, slot).time), before;

	if (time_is_exact(moment, LAST_BITS) || cold->events == 0)
		return behind;
	before = event_time(&cold->event[cold->events - 1]);
	return behind < before && before - behind <= 2 * TIME_COARSE ? before : behind;
}

struct event tracker_run(const struct tcphs_tracker *t, uint32_t slot, int side)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct birth *birth = store_birth_apart(&t->store, slot);
	const struct hot_side *x = &hot->side[side];
	struct event event = {
	    .seq = x->nxt,
	    .ack = x->ack,
	    .packet = hot->last_packet - (uint32_t)birth->packet,
	    .bits = (uint16_t)(TCPHS_ACK | EVENT_RUN | EVENT_QUIET | (side ? EVENT_FROM_1 : 0)),
	    .length = hot_run(x),
	    .window = x->window,
	};

	event_set_time(&event,
	               tracker_run_behind(t, slot, hot_moment(hot), store_cold(&t->store, hot)));
	return event;
}

static bool append_run(struct tcphs_tracker *t, uint32_t slot, struct cold *cold, int side)
{
	struct hot_side *x = &store_hot(&t->store, slot)->side[side];
	struct event run, *event;

	if (hot_run(x) == 0)
		return true;
	run = tracker_run(t, slot, side); /* looks at the last event there is */
	event = tracker_append(t, cold);
	if (event == NULL)
		return false;
	*event = run;
	x->run &= (uint16_t)~RUN_MAX;
	return true;
}

/* The side that spoke last stands last. The octets of a run are what its numbers advance by. */
bool tracker_end_run(struct tcphs_tracker *t, uint32_t slot, struct cold *cold)
{
	int last = (store_hot(&t->store, slot)->flags & HOT_LAST_1) != 0;

	return append_run(t, slot, cold, !last) && append_run(t, slot, cold, last);
}
