/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The diagnoses of the group "sequence": what each sender's numbers say against what was
 * captured before. They need no state, only NXT (the highest end sent), ACK (the highest ACK
 * sent) and EDGE (the window granted) of both sides.
 */
#include "model/walk.h"

#include "base/seq.h"

static void walk_run(struct walk *w)
{
	struct sender *x = w->x;

	x->nxt = w->p->seq;
	if (!x->nxt_known)
		x->first = w->p->seq;
	x->nxt_known = x->ran = true;
	x->challenged = x->probed = x->fin_again = false;
	walk_past_probe(w->y, w->p->ack);
	if (!x->ack_known || seq_lt(x->ack, w->p->ack))
		x->ack = w->p->ack;
	x->ack_known = true;
	walk_window(w);
}

/* Beside the number that its receiver waits for, but inside its window, as far as that is known:
 * one outside draws no challenge (RFC 5961 §3.2). */
static bool rst_is_inexact(const struct walk *w)
{
	uint32_t next = w->y->ack_known ? w->y->ack : w->x->nxt;
	uint32_t edge = w->y->edge_known ? w->y->edge : next + UINT16_MAX;

	return w->x->nxt_known && w->i != w->m->rst && w->p->seq != w->x->nxt &&
	       seq_lt(next, w->p->seq) && seq_le(w->p->seq, edge);
}

/* Of several SYN-ACKs with numbers of their own the one that the client goes on from counts. */
static bool is_gone_on_from(const struct walk *w)
{
	uint32_t third = w->m->third;

	return third != NO_EVENT && event_has_ack(w->p) && event_side(w->p) != w->m->client &&
	       w->m->in->event[third].ack == event_end(w->p);
}

static void number_syn(struct walk *w)
{
	struct sender *x = w->x;
	uint32_t seq = w->p->seq, end = event_end(w->p);

	if (!x->nxt_known || (x->isn_known && x->isn != seq && is_gone_on_from(w))) {
		x->first = seq;
		x->nxt = end;
	} else if (!x->isn_known || x->isn == seq) {
		x->nxt = seq_max(x->nxt, end);
	}
	if (!x->isn_known)
		x->isn = seq;
	x->nxt_known = x->isn_known = true;
}

/* Of this SYN-ACK the open has said that it acknowledges what wasn't captured; of each side's it
 * has told in their order. */
static bool acks_unseen(struct walk *w)
{
	const struct tcphs_analysis *out = w->m->out;
	int side = event_side(w->p);
	size_t *at = &w->unseen[side];

	for (; *at < out->diagnoses; ++*at) {
		const struct tcphs_diagnosis *d = &out->diagnosis[*at];

		if (d->code == TCPHS_D_ACK_UNSEEN && d->row >= w->i &&
		    event_side(&w->m->in->event[d->row]) == side)
			return d->row == w->i;
	}
	return false;
}

static void walk_syn(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x;

	number_syn(w);
	if (event_has_ack(p) && w->y->nxt_known && seq_le(p->ack, w->y->nxt)) {
		x->ack = p->ack;
		x->ack_known = true;
		walk_window(w);
		return;
	}
	x->window = p->window;
	x->widest = x->widest > p->window ? x->widest : p->window;
	x->window_known = true;
	if (event_has_ack(p) && acks_unseen(w)) {
		w->y->nxt = p->ack; /* what its caller sent before is not captured */
		w->y->nxt_known = w->y->gap = true;
	}
}

static void walk_segment(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x;
	struct said before = {x->nxt, x->ack, x->window, x->ack_known};

	if (event_is_rst(p)) {
		w->y->challenged |= rst_is_inexact(w);
		return;
	}
	if (p->bits & TCPHS_SYN) {
		walk_syn(w);
		return;
	}
	if (w->m->in->self) /* both directions share one space */
		return;
	walk_numbers(w);
	walk_early_data(w);
	if (!event_has_ack(p))
		return;
	walk_ack(w);
	walk_window(w);
	walk_answer(w, &before);
}

void model_check_sequence(struct model *m)
{
	struct walk w = {.m = m};

	for (w.i = 0; w.i < m->in->events; w.i++) {
		w.p = &m->in->event[w.i];
		w.x = &w.side[event_side(w.p)];
		w.y = &w.side[!event_side(w.p)];
		if (w.p->bits & EVENT_PSEUDO) {
			if (w.p->seq == PSEUDO_GONE)
				w.y->challenged = true; /* a foreign SYN is on its way to it */
			continue;
		}
		if ((w.p->bits & (EVENT_COPY | EVENT_DEAD)) || infer_is_stray(&m->infer, w.i))
			continue;
		if (w.p->bits & EVENT_DROPPED) {
			uint32_t end = event_end(w.p);

			if (w.x->nxt_known && seq_le(end, w.x->nxt) && end != w.p->seq &&
			    !event_is_synack(w.p))
				walk_repeat(&w, w.p->seq, end);
			continue;
		}
		if (w.p->bits & EVENT_RUN)
			walk_run(&w);
		else
			walk_segment(&w);
	}
}
