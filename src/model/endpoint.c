/* SPDX-License-Identifier: BSD-3-Clause */
/* What departs from an endpoint, and what that shows. */
#include "model/endpoint.h"

#include "base/seq.h"

#include <stddef.h>

bool endpoint_ack_covers_syn(const struct endpoint *e, uint32_t ack)
{
	return e->iss_known && seq_lt(e->iss, ack) && seq_le(ack, e->snd_nxt);
}

static void note_sent(struct endpoint *e, const struct event *event)
{
	uint32_t end = event_end(event);

	if (e->state == TCPHS_UNKNOWN || (!e->iss_known && !e->una_known)) {
		e->snd_nxt = end;
		e->snd_una = event->bits & EVENT_RUN ? end : event->seq;
		e->una_known = true;
	} else {
		e->snd_nxt = seq_max(e->snd_nxt, end);
	}
}

static void note_acknowledged(struct endpoint *e, const struct event *event, bool ack_valid)
{
	if (!event_has_ack(event))
		return;
	e->ack_field = event->ack;
	e->ack_field_known = true;
	if (!ack_valid)
		return;
	if (!e->rcv_known) {
		e->rcv_nxt = event->ack;
		e->rcv_known = true;
	} else {
		e->rcv_nxt = seq_max(e->rcv_nxt, event->ack);
	}
	e->last_ack = event->ack;
	e->ack_known = true;
	if (e->shift != SHIFT_UNKNOWN) {
		unsigned shift = event->bits & TCPHS_SYN ? 0 : e->shift;
		uint32_t edge = event->ack + ((uint32_t)event->window << shift);

		e->edge = e->edge_known ? seq_max(e->edge, edge) : edge;
		e->edge_known = true;
	}
}

static const struct tcphs_rule *send_syn(struct endpoint *e, const struct event *event)
{
	bool ack = event_has_ack(event);
	const struct tcphs_rule *rule = endpoint_move(e, ack ? SND_SYNACK : SND_SYN);

	if (rule != NULL && rule->from != TCPHS_SYN_SENT)
		e->passive = ack;
	if (rule != NULL || !e->iss_known) {
		e->iss = event->seq;
		e->iss_known = true;
		e->snd_una = event->seq;
		e->snd_nxt = event_end(event);
		e->una_known = true;
		e->syn_fin = (event->bits & TCPHS_FIN) != 0;
	}
	if (ack && !e->irs_known) {
		e->irs = event->ack - 1;
		e->irs_known = true;
	}
	if (ack) {
		e->syn_data = seq_lt(e->irs + 1, event->ack);
		e->syn_end = event->ack;
	}
	return rule;
}

bool endpoint_proves_synchronized(const struct endpoint *e, const struct event *event)
{
	if (!e->passive) /* it would have held its data back */
		return e->syn_acked || (event->bits & EVENT_RUN) || event_data(event) > 0;
	if (e->syn_data) /* Fast Open: it may answer the SYN's data at once (RFC 7413 §4.2.2) */
		return event_has_ack(event) && seq_lt(e->syn_end, event->ack);
	if (event->bits & EVENT_RUN || event_data(event) > 0)
		return true;
	return event_has_ack(event) && e->irs_known && seq_lt(e->irs + 1, event->ack);
}

const struct tcphs_rule *endpoint_send(struct endpoint *e, const struct event *event,
                                       bool ack_valid)
{
	const struct tcphs_rule *rule = NULL, *fin;

	if ((event->bits & TCPHS_SYN) && !(event->bits & EVENT_RUN)) {
		rule = send_syn(e, event);
		note_acknowledged(e, event, ack_valid);
		return rule;
	}
	switch (e->state) {
	case TCPHS_SYN_SENT:
		/* only a segment that starts behind the SYN and acknowledges something shows
		 * that a SYN-ACK had come which the capture lacks */
		if (event_has_ack(event) && ack_valid && seq_lt(e->iss, event->seq)) {
			rule = endpoint_move(e, SND_SEGMENT);
			if (!e->irs_known) {
				e->irs = event->ack - 1;
				e->irs_known = true;
			}
		}
		break;
	case TCPHS_SYN_RECEIVED:
		if (endpoint_proves_synchronized(e, event))
			rule = endpoint_move(e, SND_SEGMENT);
		break;
	case TCPHS_UNKNOWN:
		note_sent(e, event);
		rule = event_has_fin(event) ? NULL : endpoint_move(e, SND_SEGMENT);
		break;
	default:
		break;
	}
	if (e->state != TCPHS_CLOSED && e->state != TCPHS_LISTEN && e->state != TCPHS_SYN_SENT)
		note_sent(e, event);
	note_acknowledged(e, event, ack_valid);
	if (event_has_fin(event) && !e->fin_sent) {
		fin = endpoint_move(e, SND_FIN);
		if (fin != NULL) {
			e->fin_sent = true;
			e->fin_end = event_end(event);
			rule = fin;
		}
	}
	return rule;
}

const struct tcphs_rule *endpoint_fin_unseen(struct endpoint *e, uint32_t end)
{
	const struct tcphs_rule *rule = e->fin_sent ? NULL : endpoint_move(e, SND_FIN);

	if (rule != NULL) {
		e->fin_sent = true;
		e->fin_end = end;
		e->snd_nxt = seq_max(e->snd_nxt, end);
	}
	return rule;
}

const struct tcphs_rule *endpoint_gone(struct endpoint *e, enum machine_event on)
{
	return endpoint_move(e, on);
}
