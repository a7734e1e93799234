/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies: does the capture hold a datagram twice, as a mirror port makes it? The same octets apart
 * from what a hop changes, at once, and nothing of the other side in between.
 *
 * A host without the connection resets every segment it gets, and those resets are alike to the
 * bit where the IP identification is 0. Only a RST for which no segment is left that would draw
 * one is a copy then.
 */
#include "base/seq.h"
#include "track/tracker.h"

#define COPY_TIME  INT64_C(5000000)    /* a copy from a mirror port comes within 5 ms */
#define RETRY_TIME INT64_C(1000000000) /* a link-layer retry within a second */
#define TOGETHER   INT64_C(10000000)   /* what is answered at once came nearly at once */
#define LOOK_BACK  256u /* events, a run of ordinary ones counted once: for what a RST answers */

/* ---- what a RST answers ---------------------------------------------------------------- */

struct drawn {
	const struct incoming *in;
	const struct cold *cold;
	bool acked; /* the RST's sender acknowledged something: what lies beyond was not accepted */
	uint32_t ack;
	int64_t last;      /* when the last segment came that would draw it */
	uint32_t segments; /* that would each draw this RST */
	uint32_t resets;   /* like this one that came already */
	bool spoke;        /* the RST's sender said something else behind what is looked at next */
};

/* Would a closed host answer `event` with just this RST (RFC 9293 §3.10.7.1)? Some stacks put an
 * ACK on it where the segment had one, too. */
static bool draws(const struct event *event, const struct tcphs_segment *rst)
{
	bool counts = !(rst->flags & TCPHS_ACK) || event_end(event) == rst->ack;

	if (event_has_ack(event))
		return event->ack == rst->seq && counts;
	return (rst->flags & TCPHS_ACK) && counts;
}

static bool is_like(const struct event *event, const struct tcphs_segment *rst)
{
	return (event->bits & EVENT_FLAGS) == (rst->flags & EVENT_FLAGS) &&
	       event->seq == rst->seq && (!(rst->flags & TCPHS_ACK) || event->ack == rst->ack);
}

static bool came_with_last(struct drawn *drawn, const struct event *event)
{
	if (drawn->segments == 0)
		drawn->last = event_time(event);
	return drawn->last - event_time(event) < TOGETHER;
}

static bool is_unacked(const struct drawn *drawn, const struct event *event)
{
	return !drawn->acked || seq_lt(drawn->ack, event_end(event));
}

/* How far the other side had come before event i; false: it is its first. */
static bool end_before(const struct drawn *drawn, uint32_t i, uint32_t *end)
{
	while (i-- > 0) {
		const struct event *event = &drawn->cold->event[i];

		if (event_side(event) == drawn->in->side ||
		    (event->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD)))
			continue;
		*end = event_end(event);
		return true;
	}
	return false;
}

/* Ordinary segments, folded or kept one by one, from event `first` on: which of them were still
 * on their way when the last was sent isn't told apart, but by how many octets. */
static void count_ordinary(struct drawn *drawn, uint32_t first, const struct event *last,
                           uint32_t packets)
{
	uint32_t unacked = drawn->acked ? event_end(last) - drawn->ack : UINT32_MAX, from, octets;

	if (!draws(last, drawn->in->segment) || !is_unacked(drawn, last) ||
	    !came_with_last(drawn, last))
		return;
	if (end_before(drawn, first, &from) && seq_lt(from, event_end(last))) {
		octets = event_end(last) - from;
		if (unacked < octets)
			packets = (uint32_t)(((uint64_t)packets * unacked + octets - 1) / octets);
	}
	drawn->segments += packets;
}

/* What would be one run a direction if it were folded, back from event i; returns its first. */
static uint32_t look_at_kept(struct drawn *drawn, uint32_t i)
{
	const struct event *event = drawn->cold->event, *last = NULL;
	uint32_t packets = 0;

	for (;; i--) {
		if (event_side(&event[i]) == drawn->in->side) {
			drawn->spoke = true;
		} else {
			last = last != NULL ? last : &event[i];
			packets++;
		}
		if (i == 0 || (event[i - 1].bits & (EVENT_QUIET | EVENT_RUN)) != EVENT_QUIET)
			break;
	}
	if (last != NULL)
		count_ordinary(drawn, i, last, packets);
	return i;
}

/* Event i; returns the first of those that were looked at. */
static uint32_t look_at(struct drawn *drawn, uint32_t i)
{
	const struct event *event = &drawn->cold->event[i];
	const struct tcphs_segment *rst = drawn->in->segment;

	if (event->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD))
		return i;
	if ((event->bits & (EVENT_QUIET | EVENT_RUN)) == EVENT_QUIET)
		return look_at_kept(drawn, i);
	if (event_side(event) == drawn->in->side) {
		drawn->resets += is_like(event, rst);
		drawn->spoke |= !(event->bits & TCPHS_RST);
	} else if (event->bits & EVENT_RUN) {
		count_ordinary(drawn, i, event, event->length);
	} else if (!event_is_rst(event) && draws(event, rst)) {
		if ((!drawn->spoke || is_unacked(drawn, event)) && came_with_last(drawn, event))
			drawn->segments++;
	}
	return i;
}

/* No segment is left that this RST, like one before to the bit, could answer. */
static bool is_left_over(struct tcphs_tracker *t, const struct incoming *in)
{
	struct drawn drawn = {.in = in, .cold = store_cold(&t->store, in->hot)};
	unsigned looked = 0;

	if (drawn.cold == NULL)
		return true;
	drawn.acked = in->hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side);
	drawn.ack = in->hot->side[in->side].ack;
	for (uint32_t i = drawn.cold->events; i > 0 && looked < LOOK_BACK; looked++)
		i = look_at(&drawn, i - 1);
	return drawn.resets >= drawn.segments;
}

bool tracker_seen(struct tcphs_tracker *t, const struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct recent seen = t->recent[in->digest->recent];
	int64_t apart = s->time - seen.time;

	if (seen.key != tracker_remember(t, in->hot, in->slot, in->side, in->digest, s->time))
		return false;
	if (apart < 0)
		apart = -apart;
	t->apart = apart;
	if (apart >= (s->retry ? RETRY_TIME : COPY_TIME))
		return false;
	return !(s->flags & TCPHS_RST) || s->ip_id != 0 || is_left_over(t, in);
}
