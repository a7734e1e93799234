/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A SYN-ACK that acknowledges no SYN of its caller's is ignored by it, and reset (RFC 9293
 * §3.10.7.3): an answer to an old duplicate, or forged. The numbers and options that count are
 * those of the first one that does.
 */
#include "base/seq.h"
#include "track/tracker.h"

#define LOOK 32u /* events: behind more there is more amiss than an ignored SYN-ACK */

static bool acknowledges(uint32_t ack, const struct event *syn)
{
	int32_t beyond = seq_diff(ack, syn->seq);

	return beyond > 0 && beyond <= 1 + (int32_t)event_data(syn);
}

static const struct event *first_syn(const struct cold *cold, int side)
{
	for (uint32_t i = 0; i < cold->events && i < LOOK; i++)
		if (event_side(&cold->event[i]) == side && event_counts(&cold->event[i]) &&
		    event_is_syn(&cold->event[i]))
			return &cold->event[i];
	return NULL;
}

/* Has the side said nothing but SYN-ACKs that `syn` ignores? */
static bool was_ignored(const struct cold *cold, int side, const struct event *syn)
{
	for (uint32_t i = 0; i < cold->events; i++) {
		const struct event *e = &cold->event[i];

		if (event_side(e) != side || !event_counts(e) || event_is_rst(e))
			continue;
		if (!event_is_synack(e) || acknowledges(e->ack, syn))
			return false;
	}
	return true;
}

bool tracker_renews(const struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	const struct cold *cold = in->cold;
	unsigned flags = in->hot->flags;
	const struct event *syn;

	if ((s->flags & (TCPHS_SYN | TCPHS_ACK | TCPHS_RST)) != (TCPHS_SYN | TCPHS_ACK) ||
	    !(flags & HOT_SIDE(HOT_SYNACK_0, in->side)) ||
	    (flags & HOT_SIDE(HOT_SYN_0, in->side)) || !(flags & HOT_SIDE(HOT_SYN_0, !in->side)) ||
	    cold->events > LOOK)
		return false;
	syn = first_syn(cold, !in->side);
	return syn != NULL && acknowledges(s->ack, syn) && was_ignored(cold, in->side, syn);
}
