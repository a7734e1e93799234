/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rules by which a segment p of X disproves what was assumed of X: (a) to (f) that an earlier
 * segment r of Y had reached it, (g) that a RST in its name was its own. One function a rule, one
 * table, with the letters of the model's §4.1.
 *
 * Not built is §4.1's timing veto, which is optional: a segment cannot have arrived in less than
 * the shortest time from the tap to X. It needs that time, which a capture rarely shows without
 * doubt, and would move arrivals that the numbers leave where they are.
 */
#include "model/contradict.h"

#include "base/seq.h"

#define LOOK_AROUND 64u /* events: for what the side said last, or says next */

struct evidence {
	const struct endpoint *x; /* X before p departs */
	const struct event *p;
	const struct event *r;
	const struct entry *entry; /* of r's arrival at X */
	const struct infer *infer;
	int side;
	uint32_t i; /* index of p */
};

static bool is_keepalive(const struct evidence *v)
{
	return v->p->seq == v->x->snd_nxt - 1 && event_data(v->p) <= 1 &&
	       !(v->p->bits & (TCPHS_SYN | TCPHS_FIN));
}

/* X will answer r with a RST of its own: it was CLOSED when r came (resets.c). */
static bool is_answered_by_rst(const struct evidence *v)
{
	const struct infer *in = v->infer;

	for (size_t k = (size_t)v->i + 1; k < in->count && k <= (size_t)v->i + LOOK_AROUND; k++)
		if (event_side(&in->event[k]) == v->side && event_is_rst(&in->event[k]) &&
		    !event_has_ack(&in->event[k]) && in->event[k].seq == v->r->ack)
			return true;
	return false;
}

/* (a) r carried a SYN or FIN that X had accepted, and p acknowledges less. A RST says that of a FIN
 * only: its ACK field is RCV.NXT where it gives up, and answers to a SYN have other forms. */
static bool acknowledges_less(const struct evidence *v)
{
	uint32_t control_end;

	if (!event_has_ack(v->p) || (v->r->bits & EVENT_RUN) || v->entry->ignored ||
	    (event_is_rst(v->p) && (!event_has_fin(v->r) || is_answered_by_rst(v))))
		return false;
	if ((v->r->bits & TCPHS_SYN) && event_is_synack(v->p))
		return false; /* a SYN-ACK answers a SYN, whatever number it gives */
	if (v->r->bits & TCPHS_SYN)
		control_end = v->r->seq + 1;
	else if (event_has_fin(v->r))
		control_end = event_end(v->r);
	else
		return false;
	return seq_lt(v->p->ack, control_end);
}

/* (b) p is a bare SYN: neither a SYN nor a SYN-ACK had come (crossing SYNs, lost SYN-ACK). One
 * that X ignored, since it acknowledged what X never sent, leaves X calling and proves nothing. */
static bool still_calls(const struct evidence *v)
{
	return event_is_syn(v->p) && (v->r->bits & TCPHS_SYN) && !(v->r->bits & EVENT_RUN) &&
	       !v->entry->ignored;
}

/* (c) p is a SYN-ACK, but r had made X synchronized. */
static bool still_answers(const struct evidence *v)
{
	return event_is_synack(v->p) && v->entry->from == TCPHS_SYN_RECEIVED &&
	       v->entry->to != TCPHS_SYN_RECEIVED;
}

/* (d) p repeats what r, and no earlier arrival, acknowledged. */
static bool repeats_acknowledged(const struct evidence *v)
{
	uint32_t end = event_end(v->p);

	if (!event_has_ack(v->r) || event_is_rst(v->r) || event_is_rst(v->p) || v->entry->ignored ||
	    (v->p->bits & EVENT_RUN) || end == v->p->seq || is_keepalive(v) || !v->x->una_known)
		return false;
	return seq_lt(v->p->seq, v->r->ack) && seq_lt(v->entry->una, end) &&
	       seq_le(v->entry->una, v->p->seq);
}

/* A SYN-ACK of another number: a listener answers an old SYN where the connection is over. */
static bool is_anew(const struct evidence *v)
{
	return event_is_synack(v->p) && v->x->iss_known && v->p->seq != v->x->iss;
}

/* (e) r had closed X, and p is a fresh segment (an old duplicate proves nothing). */
static bool goes_on_after_close(const struct evidence *v)
{
	return v->entry->to == TCPHS_CLOSED && v->entry->from != TCPHS_CLOSED &&
	       !event_is_rst(v->p) && !event_is_syn(v->p) && !is_anew(v) &&
	       (!v->x->una_known || seq_le(v->x->snd_nxt, event_end(v->p)));
}

/* (f) crossing FINs: p is X's first ACK of Y's FIN, X's own FIN had left without it, and r,
 * behind Y's FIN, acknowledges X's FIN: p was sent on the FIN's arrival, in CLOSING. */
static bool fin_repeated_since(const struct evidence *v)
{
	for (uint32_t k = v->entry->event + 1; k < v->i; k++)
		if (event_side(&v->infer->event[k]) != v->side &&
		    event_has_fin(&v->infer->event[k]) &&
		    !(v->infer->event[k].bits & (EVENT_COPY | EVENT_PSEUDO)))
			return true;
	return false;
}

static bool was_closing(const struct evidence *v)
{
	return v->entry->from == TCPHS_CLOSING && v->entry->to == TCPHS_TIME_WAIT &&
	       !event_has_fin(v->r) && event_has_ack(v->p) && !event_is_rst(v->p) &&
	       v->x->peer_fin && v->p->ack == v->x->peer_fin_end && v->x->ack_known &&
	       seq_lt(v->x->last_ack, v->x->peer_fin_end) && !fin_repeated_since(v);
}

/* The last segment that X had no connection for, as a RST tells; or NULL. */
static const struct event *last_met(const struct evidence *v)
{
	const struct log *log = &v->infer->side[v->side];

	for (size_t k = log->count; k > log->base_count; k--)
		if (log->entry[k - 1].kind == ENTRY_NO_TCB)
			return &v->infer->event[log->entry[k - 1].event];
	return NULL;
}

/* p is a FIN that was overtaken by RSTs, which answer data or a FIN for an application that was
 * gone: it does not acknowledge what they answer, and nothing but RSTs follows. */
static bool is_overtaken_fin(const struct evidence *v)
{
	const struct event *met = last_met(v);

	if (!event_has_fin(v->p) || met == NULL ||
	    (event_end(met) == met->seq && !(met->bits & EVENT_RUN)) ||
	    seq_le(event_end(met), v->p->ack))
		return false;
	for (uint32_t i = v->i + 1; i < v->infer->count; i++)
		if (event_counts(&v->infer->event[i]) &&
		    event_side(&v->infer->event[i]) == v->side &&
		    !event_is_rst(&v->infer->event[i]))
			return false;
	return true;
}

/* p repeats the bare ACK that X sent last before its RSTs, and Y has said nothing since that would
 * ask for one: it is an old one that the path has doubled or held back. */
static bool is_old_ack(const struct evidence *v)
{
	const struct event *p = v->p;
	bool reset = false;

	if (event_end(p) != p->seq || (p->bits & (EVENT_RUN | TCPHS_SYN | TCPHS_FIN)))
		return false;
	for (uint32_t k = v->i; k-- > 0 && v->i - k <= LOOK_AROUND;) {
		const struct event *q = &v->infer->event[k];
		bool mine = event_side(q) == v->side;

		if (event_is_rst(q))
			reset |= mine;
		else if (event_counts(q) && (mine || !reset))
			return reset && mine && event_has_ack(q) && q->ack == p->ack &&
			       q->window == p->window && event_end(q) == p->seq;
	}
	return false;
}

/* All that p carries had been acknowledged, perhaps by what X's host answered with a RST: a copy
 * that the path has held back. */
static bool is_old_text(const struct evidence *v)
{
	const struct event *met = last_met(v);
	uint32_t end = event_end(v->p);

	return end != v->p->seq && ((v->x->una_known && seq_le(end, v->x->snd_una)) ||
	                            (met != NULL && event_has_ack(met) && seq_le(end, met->ack)));
}

/* (g) X goes on after "its own" RST. Of an arrival r this says nothing. */
static bool goes_on_after_reset(const struct evidence *v)
{
	return v->x->state == TCPHS_CLOSED && !event_is_rst(v->p) && !event_is_syn(v->p) &&
	       (!v->x->una_known || seq_le(v->x->snd_nxt, event_end(v->p))) &&
	       event_has_ack(v->p) && !is_overtaken_fin(v) && !is_old_ack(v) && !is_old_text(v);
}

enum { RULE_A, RULE_B, RULE_C, RULE_D, RULE_E, RULE_F, RULE_G };

static bool (*const rule[])(const struct evidence *) = {
    /* of an arrival at X: it goes back to the pending queue, and all later ones with it */
    [RULE_A] = acknowledges_less,
    [RULE_B] = still_calls,
    [RULE_C] = still_answers,
    [RULE_D] = repeats_acknowledged,
    [RULE_E] = goes_on_after_close,
    [RULE_F] = was_closing,
    /* of a RST in X's name: it is void */
    [RULE_G] = goes_on_after_reset,
};

bool contradicted_reset(const struct infer *in, int x, uint32_t i)
{
	struct evidence v = {
	    .x = &in->side[x].now, .p = &in->event[i], .infer = in, .side = x, .i = i};

	return rule[RULE_G](&v);
}

size_t contradicted(const struct infer *in, int x, uint32_t i, size_t from)
{
	const struct log *log = &in->side[x];
	const struct event *p = &in->event[i];
	struct evidence v = {.x = &log->now, .p = p, .infer = in, .side = x, .i = i};

	/* an older one that was overtaken: it may have left before any of them came */
	if (event_is_synack(p) && (p->bits & EVENT_DROPPED))
		return log->count;
	for (size_t k = from; k < log->count; k++) {
		v.entry = &log->entry[k];
		v.r = &in->event[v.entry->event];
		if (v.entry->kind != ENTRY_RECEIVED)
			continue;
		for (size_t n = RULE_A; n <= RULE_F; n++)
			if (rule[n](&v))
				return k;
	}
	return log->count;
}
