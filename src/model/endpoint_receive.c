/* SPDX-License-Identifier: BSD-3-Clause */
/* What arrives at an endpoint: RFC 9293 §3.10.7 in its own order, RST, SYN, ACK, text, FIN. */
#include "model/endpoint.h"

#include "base/seq.h"

#include <stddef.h>

/* Keeps a range that arrived ahead of RCV.NXT; with no room the farthest is forgotten. */
static void hold(struct endpoint *e, uint32_t from, uint32_t to)
{
	unsigned i = e->held < ENDPOINT_HOLES ? e->held++ : ENDPOINT_HOLES - 1;

	e->held_from[i] = from;
	e->held_to[i] = to;
}

static void advance(struct endpoint *e, uint32_t to)
{
	bool again = true;

	e->rcv_nxt = seq_max(e->rcv_nxt, to);
	while (again) {
		again = false;
		for (unsigned i = 0; i < e->held; i++) {
			if (seq_lt(e->rcv_nxt, e->held_from[i]))
				continue;
			e->rcv_nxt = seq_max(e->rcv_nxt, e->held_to[i]);
			e->held--;
			e->held_from[i] = e->held_from[e->held];
			e->held_to[i] = e->held_to[e->held];
			again = true;
		}
	}
}

/* RFC 9293 §3.4, Table 6, as lenient as stacks are: what ends at or beyond the last ACK sent
 * and starts inside the window is processed. Without a known window only "too old" counts. */
static bool acceptable(const struct endpoint *e, const struct event *event)
{
	uint32_t end = event_end(event);
	uint32_t left = e->ack_known && seq_lt(e->last_ack, e->rcv_nxt) ? e->last_ack : e->rcv_nxt;

	if (!e->rcv_known || event->bits & (EVENT_RUN | EVENT_QUIET))
		return true;
	if (seq_lt(end, left) || (end != event->seq && seq_le(end, left)))
		return false;
	if (e->edge_known && seq_lt(seq_max(e->edge, e->rcv_nxt), event->seq))
		return false;
	return true;
}

/* A RST one below RCV.NXT where the peer's FIN is what stands there: what closed hosts answer to
 * data that was sent before the FIN; Linux and others take it as exact. */
static bool resets_below_fin(const struct endpoint *e, const struct event *event)
{
	return e->peer_fin && e->rcv_nxt == e->peer_fin_end && event->seq == e->rcv_nxt - 1 &&
	       (e->state == TCPHS_CLOSE_WAIT || e->state == TCPHS_LAST_ACK ||
	        e->state == TCPHS_CLOSING);
}

/* A RST at the right edge of the last SACK block: RFC 5961 would challenge it, Linux takes it, for
 * so a host ends that has sent more than what arrived in order. */
static bool resets_behind_hole(const struct endpoint *e, const struct event *event)
{
	uint32_t edge = e->rcv_nxt;

	for (unsigned i = 0; i < e->held; i++)
		edge = seq_max(edge, e->held_to[i]);
	return e->sack && event->seq == edge;
}

static struct arrival receive_rst(struct endpoint *e, const struct event *event)
{
	struct arrival result = {NULL, true};
	enum machine_event on = e->passive ? RCV_RST_PASSIVE : RCV_RST;

	if (e->state == TCPHS_SYN_SENT) {
		bool with_fin = e->syn_fin && event->ack == e->snd_nxt + 1;

		if (!event_has_ack(event) || (!endpoint_ack_covers_syn(e, event->ack) && !with_fin))
			return result;
		on = RCV_RST;
	} else if (e->state != TCPHS_UNKNOWN) {
		bool exact = !e->rcv_known || event->seq == e->rcv_nxt ||
		             (e->ack_field_known && event->seq == e->ack_field) ||
		             resets_below_fin(e, event) || resets_behind_hole(e, event);

		if (e->state == TCPHS_CLOSED || e->state == TCPHS_LISTEN || !exact)
			return result;
	}
	result.rule = endpoint_move(e, on);
	result.ignored = result.rule == NULL;
	return result;
}

static void learn_irs(struct endpoint *e, const struct event *event)
{
	e->irs = event->seq;
	e->irs_known = true;
	if (!e->rcv_known || seq_lt(e->rcv_nxt, event->seq + 1)) {
		e->rcv_nxt = event->seq + 1;
		e->rcv_known = true;
	}
}

static struct arrival receive_syn(struct endpoint *e, const struct event *event)
{
	struct arrival result = {NULL, true};

	if (e->state != TCPHS_LISTEN && e->state != TCPHS_SYN_SENT && e->state != TCPHS_UNKNOWN)
		return result; /* CLOSED answers with RST, the others with a challenge ACK */
	result.ignored = false;
	e->passive = e->state != TCPHS_SYN_SENT;
	learn_irs(e, event);
	e->syn_data = event_data(event) > 0; /* until a SYN-ACK tells whether it was taken */
	e->syn_end = event_end(event);
	result.rule = endpoint_move(e, RCV_SYN);
	return result;
}

static struct arrival receive_synack(struct endpoint *e, const struct event *event)
{
	struct arrival result = {NULL, true};

	switch (e->state) {
	case TCPHS_SYN_SENT:
		if (!endpoint_ack_covers_syn(e, event->ack))
			return result;
		break;
	case TCPHS_SYN_RECEIVED:
		if (!e->iss_known) { /* it called, too, which was not captured */
			e->iss = event->ack - 1;
			e->iss_known = e->una_known = true;
			e->snd_una = e->snd_nxt = event->ack;
			e->passive = false;
		}
		/* RFC 9293 Figure 7 accepts the crossing SYN-ACK, whose SYN is old */
		if ((e->irs_known && event->seq != e->irs) ||
		    !endpoint_ack_covers_syn(e, event->ack))
			return result;
		break;
	case TCPHS_UNKNOWN:
		e->iss = event->ack - 1;
		e->snd_nxt = event->ack;
		e->una_known = true;
		break;
	default:
		return result; /* re-acknowledged, moves nothing */
	}
	result.ignored = false;
	learn_irs(e, event);
	advance(e, event->seq + 1 + event_data(event));
	e->snd_una = event->ack;
	result.rule = endpoint_move(e, RCV_SYNACK);
	return result;
}

static const struct tcphs_rule *process_ack(struct endpoint *e, const struct event *event)
{
	uint32_t ack = event->ack;

	if (e->state == TCPHS_SYN_RECEIVED) {
		if (!endpoint_ack_covers_syn(e, ack))
			return NULL;
		e->snd_una = seq_max(e->snd_una, ack);
		return endpoint_move(e, RCV_ACK_OF_SYN);
	}
	if (!e->una_known || seq_le(ack, e->snd_nxt))
		e->snd_una = e->una_known ? seq_max(e->snd_una, ack) : ack;
	if (e->fin_sent && !e->fin_acked && ack == e->fin_end) {
		e->fin_acked = true;
		return endpoint_move(e, RCV_ACK_OF_FIN);
	}
	return NULL;
}

/* Text and FIN (§3.10.7.4, seventh and eighth). */
static const struct tcphs_rule *process_text(struct endpoint *e, const struct event *event)
{
	uint32_t end = event_end(event);

	if (event_has_fin(event) && !e->peer_fin) {
		e->peer_fin = true;
		e->peer_fin_end = end;
	}
	if (!e->rcv_known) {
		e->rcv_nxt = end;
		e->rcv_known = true;
	} else if ((event->bits & (EVENT_RUN | EVENT_QUIET)) || seq_le(event->seq, e->rcv_nxt)) {
		advance(e, end); /* ordinary: what the capture lacks before it has come */
	} else if (end != event->seq) {
		hold(e, event->seq, end);
	}
	if (e->peer_fin && seq_le(e->peer_fin_end, e->rcv_nxt))
		return endpoint_move(e, RCV_FIN);
	return NULL;
}

/* Text that was had, up to what was acknowledged last: stacks heed the ACK that it brings, as that
 * of a FIN which comes again because its own ACK was lost. */
static bool ends_here(const struct endpoint *e, const struct event *event)
{
	return e->ack_known && event_end(event) == e->last_ack && event_end(event) == e->rcv_nxt &&
	       e->una_known && seq_le(event->ack, e->snd_nxt);
}

struct arrival endpoint_receive(struct endpoint *e, const struct event *event)
{
	struct arrival result = {NULL, true};
	const struct tcphs_rule *rule;

	if (event_is_rst(event))
		return receive_rst(e, event);
	if (event_is_syn(event))
		return receive_syn(e, event);
	if (event_is_synack(event))
		return receive_synack(e, event);
	if (e->state == TCPHS_CLOSED || e->state == TCPHS_LISTEN)
		return result;
	if (e->state == TCPHS_SYN_SENT) {
		/* a bare ACK of our SYN: dropped by §3.10.7.3, but the split open needs it */
		if (event_has_ack(event) && endpoint_ack_covers_syn(e, event->ack))
			e->syn_acked = true;
		return result;
	}
	if (!event_has_ack(event))
		return result;
	if (e->state == TCPHS_UNKNOWN) {
		result.ignored = false;
		rule = event_has_fin(event) ? NULL : endpoint_move(e, RCV_SEGMENT);
		if (event_has_ack(event) && !e->una_known) {
			e->snd_una = e->snd_nxt = event->ack;
			e->una_known = true;
		}
		result.rule = process_text(e, event);
		if (result.rule == NULL)
			result.rule = rule;
		return result;
	}
	if (!acceptable(e, event)) {
		result.rule = ends_here(e, event) ? process_ack(e, event) : NULL;
		result.ignored = result.rule == NULL;
		return result;
	}
	if (e->state == TCPHS_SYN_RECEIVED && !e->iss_known) { /* its SYN-ACK was not captured */
		e->iss = event->ack - 1;
		e->iss_known = e->una_known = true;
		e->snd_una = e->snd_nxt = event->ack;
		e->passive = true;
	}
	if (e->state == TCPHS_SYN_RECEIVED && !endpoint_ack_covers_syn(e, event->ack))
		return result; /* it answers with a RST and stays (§3.10.7.4, fifth) */
	if (e->una_known && seq_lt(e->snd_nxt, event->ack))
		return result; /* acknowledges what was never sent: ACK, drop (§3.10.7.4) */
	result.ignored = false;
	result.rule = process_ack(e, event);
	rule = process_text(e, event);
	if (rule != NULL)
		result.rule = rule;
	return result;
}
