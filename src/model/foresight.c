/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What only a later segment tells about one that is looked at. The events are all there, so the
 * model may look ahead, a little: FORESIGHT events at most.
 */
#include "model/foresight.h"

#include "base/seq.h"

#define FORESIGHT 64

#define STREAM (1 << 24) /* an ACK of what came behind a SYN-ACK is not further from it */

/* A caller that acknowledges 0, or what is no number of the SYN-ACK that is to come: it has not
 * heard of the server yet, whatever its ACK bit says. A run of such says the same: what folds, and
 * what does not because its numbers pass 2^32, is read alike. */
static bool is_of_a_caller(const struct infer *in, uint32_t i)
{
	const struct event *p = &in->event[i];
	const struct endpoint *x = &in->side[event_side(p)].now;

	if (x->state != TCPHS_SYN_SENT || (p->bits & (TCPHS_SYN | TCPHS_RST)))
		return false;
	for (size_t k = i + 1; k < in->count && k < (size_t)i + FORESIGHT; k++) {
		const struct event *q = &in->event[k];

		if (event_side(q) != event_side(p) && event_is_synack(q) &&
		    !(q->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD)) &&
		    endpoint_ack_covers_syn(x, q->ack))
			return p->ack == 0 ? event_end(q) != 0
			                   : !seq_lt(q->seq, p->ack) ||
			                         seq_distance(p->ack, q->seq) > STREAM;
	}
	return false;
}

/* A caller goes on behind its SYN and acknowledges one more than the other side, which has not been
 * captured calling, had sent: the capture lacks that side's SYN. */
static bool is_of_a_called(const struct infer *in, uint32_t i)
{
	const struct event *p = &in->event[i];
	const struct endpoint *x = &in->side[event_side(p)].now;
	const struct log *peer = &in->side[!event_side(p)];

	return x->state == TCPHS_SYN_SENT && p->seq == x->iss + 1 && p->ack == peer->nxt + 1 &&
	       !peer->now.iss_known && !(p->bits & (TCPHS_SYN | TCPHS_RST | EVENT_RUN));
}

/* Does the ACK field of event `i` cover only what its peer sent? An ACK beyond what was
 * captured is true if the capture lacks segments: the peer's next one shows it. */
bool foresee_ack_valid(const struct infer *in, uint32_t i)
{
	const struct event *p = &in->event[i];
	const struct log *peer = &in->side[!event_side(p)];

	if (event_has_ack(p) && !peer->nxt_known)
		return !is_of_a_caller(in, i);
	if (!event_has_ack(p) || seq_le(p->ack, peer->nxt))
		return true;
	for (size_t k = i + 1; k < in->count && k < (size_t)i + FORESIGHT; k++) {
		const struct event *q = &in->event[k];

		if (event_side(q) == event_side(p) || event_is_rst(q) ||
		    (q->bits & (EVENT_PSEUDO | EVENT_DEAD | EVENT_COPY)))
			continue;
		if (event_is_syn(q))
			return false;
		return seq_le(p->ack, event_end(q)) || seq_lt(peer->nxt, q->seq);
	}
	return is_of_a_called(in, i);
}

/* A segment of a listener whose SYN-ACK comes only later in the capture, with numbers that do
 * not follow from it. */
bool foresee_own_synack(const struct infer *in, int x, uint32_t i)
{
	const struct endpoint *e = &in->side[x].now;
	const struct event *p = &in->event[i];

	if (in->side[x].nxt_known || (p->bits & (TCPHS_SYN | EVENT_RUN)) || e->iss_known ||
	    (e->state != TCPHS_LISTEN && e->state != TCPHS_SYN_RECEIVED &&
	     e->state != TCPHS_CLOSED))
		return false;
	for (size_t k = i + 1; k < in->count && k < (size_t)i + FORESIGHT; k++)
		if (event_side(&in->event[k]) == x && event_is_synack(&in->event[k]) &&
		    !(in->event[k].bits & (EVENT_PSEUDO | EVENT_COPY)))
			return p->seq != in->event[k].seq + 1;
	return false;
}

/* A SYN-ACK that acknowledges no SYN of the peer, where the side sends one with other numbers
 * later that does: somebody else forged it. */
bool foresee_true_synack(const struct infer *in, int x, uint32_t i)
{
	const struct endpoint *peer = &in->side[!x].now;
	const struct event *p = &in->event[i];

	if (!event_is_synack(p) || !peer->iss_known || endpoint_ack_covers_syn(peer, p->ack))
		return false;
	for (size_t k = i + 1; k < in->count && k < (size_t)i + FORESIGHT; k++) {
		const struct event *q = &in->event[k];

		if (event_side(q) == x && event_is_synack(q) && q->seq != p->seq &&
		    !(q->bits & (EVENT_PSEUDO | EVENT_COPY)) &&
		    endpoint_ack_covers_syn(peer, q->ack))
			return true;
	}
	return false;
}

/* A bare ACK that starts where its sender's SYN will: nobody acknowledges before calling but who
 * was called itself. */
bool foresee_split(const struct infer *in)
{
	const struct event *p = in->event;

	if (in->count == 0 || event_data(p) > 0 || !event_has_ack(p) ||
	    (p->bits & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST | EVENT_RUN | EVENT_PSEUDO | EVENT_DEAD)))
		return false;
	for (size_t k = 1; k < in->count && k < FORESIGHT; k++)
		if (event_side(&in->event[k]) == event_side(p) && event_is_syn(&in->event[k]) &&
		    !(in->event[k].bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD)))
			return in->event[k].seq == p->seq;
	return false;
}

/* An empty segment of X one beyond its numbers, and later a FIN of X that ends just there: the
 * FIN had been sent before, and what the capture holds is its repetition. The event, or
 * NO_EVENT. */
uint32_t foresee_fin(const struct infer *in, int x, uint32_t i)
{
	const struct event *p = &in->event[i];
	const struct log *log = &in->side[x];

	if (!log->nxt_known || p->seq != log->nxt + 1 || log->now.fin_sent || event_data(p) > 0 ||
	    (p->bits & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST | EVENT_RUN)) || !event_has_ack(p))
		return NO_EVENT;
	for (uint32_t k = i + 1; k < in->count && k < i + FORESIGHT; k++)
		if (event_side(&in->event[k]) == x && event_has_fin(&in->event[k]) &&
		    event_end(&in->event[k]) == p->seq &&
		    !(in->event[k].bits & (EVENT_PSEUDO | EVENT_COPY)))
			return k;
	return NO_EVENT;
}
