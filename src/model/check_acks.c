/* SPDX-License-Identifier: BSD-3-Clause */
/* What a segment acknowledges and grants: ACKs too new or too old, windows, answers to probes. */
#include "model/walk.h"

#include "base/seq.h"

#define SHIFT_MOST     14
#define OLD_ACK_WINDOW 0x40000000 /* the widest window there can be (2^30, RFC 7323) */

/* The open was told of the segment already: the only one of which it can say so. */
static bool is_wrong_third(const struct walk *w)
{
	const struct tcphs_analysis *out = w->m->out;

	if (w->i != w->m->third)
		return false;
	for (size_t i = 0; i < out->diagnoses; i++)
		if (out->diagnosis[i].code == TCPHS_D_THIRD_ACK_MISMATCH)
			return true;
	return false;
}

/* RFC 5961 §5.2: an ACK is too old if it is below SND.UNA by more than the widest window that its
 * sender ever announced. Where the capture may lack the announcement (a gap, a folded run), the
 * widest that the agreed scale allows stands in; where it lacks the scale, the widest of all. */
static int32_t old_ack_window(const struct walk *w)
{
	uint8_t shift = w->m->infer.shift[event_side(w->p)];

	if (shift == SHIFT_UNKNOWN)
		return OLD_ACK_WINDOW;
	if (w->x->gap || w->y->gap || w->x->ran || w->y->ran || w->m->syn[w->m->client] == NO_EVENT)
		return UINT16_MAX << (shift <= SHIFT_MOST ? shift : SHIFT_MOST);
	return (int32_t)w->x->widest;
}

void walk_ack(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x, *y = w->y;

	walk_past_probe(y, p->ack);
	if (y->nxt_known && seq_lt(y->nxt, p->ack)) {
		if (y->unseen != p->ack && !is_wrong_third(w))
			model_emit_numbers(w->m, TCPHS_D_ACK_UNSEEN, w->i, y->nxt, p->ack);
		y->unseen = p->ack;
		if (seq_le(p->ack, w->m->max_end[!event_side(p)]))
			y->gap = true;
		else
			y->challenged = true;
		return;
	}
	if (x->ack_known && seq_diff(x->ack, p->ack) > old_ack_window(w)) {
		model_emit_numbers(w->m, TCPHS_D_ACK_TOO_OLD, w->i, x->ack, p->ack);
		y->challenged = true;
		return;
	}
	x->ack = x->ack_known ? seq_max(x->ack, p->ack) : p->ack;
	x->ack_known = true;
}

void walk_window(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x;
	int side = event_side(p);
	uint8_t shift = w->m->infer.shift[side];
	uint32_t scaled, edge;

	x->window = p->window;
	x->window_known = true;
	if (p->window == 0 && !(p->bits & (TCPHS_SYN | TCPHS_RST)) && !(p->bits & EVENT_RUN))
		model_emit(w->m, TCPHS_D_ZERO_WINDOW, w->i);
	if (shift == SHIFT_UNKNOWN)
		return;
	scaled = (uint32_t)p->window << (p->bits & TCPHS_SYN ? 0 : shift);
	x->widest = scaled > x->widest ? scaled : x->widest;
	if (p->ack != x->ack)
		return;
	edge = p->ack + scaled;
	if (x->edge_known && !x->edge_of_syn && !(p->bits & EVENT_RUN) &&
	    seq_diff(x->edge, edge) >= 1 << shift && !(p->bits & TCPHS_SYN))
		model_emit_numbers(w->m, TCPHS_D_WINDOW_SHRUNK, w->i, x->edge, edge);
	x->edge = x->edge_known && !x->edge_of_syn ? seq_max(x->edge, edge) : edge;
	x->edge_known = true;
	x->edge_of_syn = (p->bits & TCPHS_SYN) != 0; /* unscaled: nothing is shrunk against it */
}

/* A client that sends data right behind its SYN and acknowledges 0 doesn't know the server's ISN
 * yet: it is in SYN-SENT. Any other number may come from a SYN-ACK that the capture lacks, so the
 * order of the packets alone proves nothing. (Without ACK at all: see the tracker's flags.) */
static bool is_data_of_syn_sent(const struct walk *w)
{
	const struct model *m = w->m;
	uint32_t syn = m->syn[m->client], answer = m->good_synack;

	return syn != NO_EVENT && answer != NO_EVENT && syn < w->i && w->i < answer &&
	       event_side(w->p) == m->client && event_data(w->p) > 0 && event_has_ack(w->p) &&
	       w->p->ack == 0 && event_end(&m->in->event[answer]) != 0 &&
	       event_data(&m->in->event[syn]) == 0 && w->p->seq == event_end(&m->in->event[syn]);
}

/* A server that sends data before the third segment passed the tap had not received it, if the
 * capture holds that segment later and it acknowledges none of the data (RFC 9293 §3.8). */
void walk_early_data(struct walk *w)
{
	const struct model *m = w->m;
	const struct event *third;

	if (is_data_of_syn_sent(w)) {
		model_emit_details(w->m, TCPHS_D_DATA_BEFORE_OPEN, w->i, event_data(w->p), 0);
		return;
	}
	if (m->third == NO_EVENT || w->i >= m->third || m->good_synack == NO_EVENT ||
	    w->i < m->good_synack || event_side(w->p) == m->client || event_data(w->p) == 0 ||
	    m->syn[m->client] == NO_EVENT || event_data(&m->in->event[m->syn[m->client]]) > 0 ||
	    m->first_ack[m->client] < w->i)
		return;
	third = &m->in->event[m->third];
	if (!(third->bits & EVENT_RUN) && third->ack == event_end(&m->in->event[m->good_synack]) &&
	    third->seq == m->in->event[m->good_synack].ack && event_time(third) > event_time(w->p))
		model_emit_details(w->m, TCPHS_D_DATA_BEFORE_OPEN, w->i, event_data(w->p), 0);
}

/* An empty ACK that moves nothing answers what provoked it: a probe, or an impossible segment. */
void walk_answer(struct walk *w, const struct said *before)
{
	const struct event *p = w->p;
	struct sender *x = w->x;
	bool empty = event_data(p) == 0 && !(p->bits & (TCPHS_SYN | TCPHS_FIN | EVENT_RUN)) &&
	             p->seq == before->nxt && before->ack_known && p->ack == before->ack &&
	             p->window == before->window; /* else it says something of its own */

	if (empty && x->challenged)
		model_emit(w->m, TCPHS_D_CHALLENGE_ACK, w->i);
	else if (empty && x->probed)
		model_emit_details(w->m, TCPHS_D_KEEPALIVE_ACK, w->i, x->asked_window, 0);
	else if (empty && x->fin_again)
		model_emit(w->m, TCPHS_D_TW_REACK, w->i);
	x->challenged = x->probed = x->fin_again = false;
}
