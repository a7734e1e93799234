/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For every segment p, X → Y (the model's §4):
 *   1 contradictions: arrivals at X that p disproves go back to X's pending queue,
 *     and a RST in its name that it did not stop for was not its own (contradict.c);
 *   2 proofs: pending segments that p acknowledges arrive now, what p covers is proven;
 *   3 a RST tells what its sender was (resets.c);
 *   4 p departs from X; Y's pending queue and then p arrive at Y, tentatively.
 *
 * Invariant: arrivals at an endpoint take effect in the order in which they were sent.
 */
#include "model/infer.h"

#include "base/seq.h"
#include "model/arrive.h"
#include "model/contradict.h"
#include "model/foresight.h"
#include "model/infer_log.h"
#include "model/lost.h"
#include "model/resets.h"

#include <stdlib.h>
#include <string.h>

static bool is_stale(const struct log *log, const struct event *p)
{
	return event_has_ack(p) && !(p->bits & EVENT_RUN) && log->now.ack_known &&
	       seq_lt(p->ack, log->now.last_ack) && seq_le(event_end(p), log->now.snd_nxt);
}

/* X was CLOSED, and answers a SYN with a number of its own: that SYN, perhaps an old one that came
 * late, had met a listener. */
static void listen_again(struct infer *in, int x, uint32_t i)
{
	struct log *log = &in->side[x];
	const struct event *p = &in->event[i];

	if (!event_is_synack(p) || log->now.state != TCPHS_CLOSED || !log->now.iss_known ||
	    p->seq == log->now.iss)
		return;
	for (size_t k = log->count; k-- > log->base_count && log->entry[k].kind != ENTRY_SENT;) {
		struct entry *entry = &log->entry[k];

		if (entry->kind != ENTRY_RECEIVED || entry->from != TCPHS_CLOSED ||
		    !event_is_syn(&in->event[entry->event]) ||
		    in->event[entry->event].seq + 1 != p->ack)
			continue;
		entry->kind = ENTRY_LISTENED;
		entry->proven = i;
		infer_refold(in, x);
		return;
	}
}

static void depart(struct infer *in, int x, uint32_t i)
{
	const struct event *p = &in->event[i];
	struct log *log = &in->side[x];
	struct entry *entry;

	if (event_is_rst(p)) {
		reset_depart(in, x, i);
		return;
	}
	if (foresee_true_synack(in, x, i) || foresee_own_synack(in, x, i)) { /* not from it */
		if (event_is_synack(p))
			log->last_sent = i; /* but a RST may answer it */
		infer_append(in, x, ENTRY_VOID, i, i);
		infer_refold(in, x);
		if (in->strays < INFER_STRAYS)
			in->stray[in->strays++] = i;
		return;
	}
	listen_again(in, x, i);
	entry = infer_append(in, x, ENTRY_SENT, i, i);
	if (entry == NULL)
		return;
	entry->ack_valid = foresee_ack_valid(in, i);
	infer_apply(in, &log->now, entry);
	log->last_sent = i;
	if (!log->nxt_known || seq_lt(log->nxt, event_end(p))) {
		log->nxt = event_end(p);
		log->nxt_known = true;
	}
}

/* Where that FIN stands in X's log: if p is X's first ACK of the peer's FIN, X had sent its own
 * before that one came. */
static void place_unseen_fin(struct infer *in, int x, uint32_t i, uint32_t fin)
{
	struct log *log = &in->side[x];
	size_t where = log->count;
	struct entry *entry, moved;

	for (size_t k = log->unproven; k < log->count; k++)
		if (log->entry[k].kind == ENTRY_RECEIVED &&
		    event_has_fin(&in->event[log->entry[k].event])) {
			where = k;
			break;
		}
	entry = infer_append(in, x, ENTRY_FIN_UNSEEN, fin, i);
	if (entry == NULL)
		return;
	if (where < log->base_count)
		where = log->base_count; /* what the new entry has settled stays where it is */
	entry->at = log->entry[where].at;
	moved = *entry;
	memmove(&log->entry[where + 1], &log->entry[where],
	        (log->count - 1 - where) * sizeof(moved));
	log->entry[where] = moved;
	infer_refold(in, x);
}

static void step(struct infer *in, uint32_t i)
{
	const struct event *p = &in->event[i];
	int x = event_side(p), y = !x;
	struct log *log = &in->side[x];
	size_t first;

	if (!is_stale(log, p)) {
		size_t last, before;

		uint32_t fin = foresee_fin(in, x, i);

		if (contradicted_reset(in, x, i))
			reset_withdraw(in, x);
		if (fin != NO_EVENT)
			place_unseen_fin(in, x, i, fin);
		arrive_across(in, x, i);
		last = arrive_provable(in, x, p);
		first = contradicted(in, x, i, last);
		while (first < log->count && arrive_void(in, x, first)) {
			last = arrive_provable(in, x, p);
			first = contradicted(in, x, i, last);
		}
		if (first < log->count) {
			arrive_withdraw(in, x, first);
			if (event_is_syn(p) && log->last_sent == NO_EVENT && log->base_count == 0 &&
			    log->base.state == TCPHS_LISTEN)
				infer_forget(in, x); /* it called, too: it was CLOSED, not LISTEN */
		}
		arrive_prove(log, last < log->count ? last : log->count, i);
		before = log->count;
		arrive_if_acknowledged(in, x, i);
		if (log->count > before)
			arrive_prove(log, log->count, i);
	}
	depart(in, x, i);
	if ((p->bits & EVENT_DROPPED) || in->unheard)
		return;
	lost_drop(in, y, i);
	arrive_pending(in, y, in->side[y].pending_count, i);
	arrive(in, y, i, i);
}

/* One socket is both ends: what departs arrives at once, and nothing is ever certain. */
static void step_self(struct infer *in, uint32_t i)
{
	struct log *log = &in->side[0];
	struct entry *entry;

	if (event_is_rst(&in->event[i])) {
		reset_depart(in, 0, i);
	} else {
		entry = infer_append(in, 0, ENTRY_SENT, i, i);
		if (entry == NULL)
			return;
		entry->ack_valid = true;
		infer_apply(in, &log->now, entry);
	}
	arrive(in, 0, i, i);
}

static void pseudo(struct infer *in, uint32_t i)
{
	int side = event_side(&in->event[i]);
	struct entry *entry;

	switch (in->event[i].seq) {
	case PSEUDO_GONE:
		entry = infer_append(in, side, ENTRY_GONE, i, i);
		if (entry != NULL)
			infer_apply(in, &in->side[side].now, entry);
		break;
	case PSEUDO_SPOKE_OLD:
		for (size_t k = in->side[side].unproven; k < in->side[side].count; k++)
			if (in->side[side].entry[k].kind == ENTRY_RECEIVED)
				in->side[side].entry[k].kind = ENTRY_VOID;
		infer_refold(in, side);
		break;
	default:
		break;
	}
}

/* The capture began between the ACK and the SYN of a split open: the SYN before is not in it. */
static void start_split(struct infer *in, int x)
{
	struct endpoint *e = &in->side[x].base;
	uint32_t isn = in->event[0].ack - 1; /* of who called */

	if (event_side(&in->event[0]) == x) {
		e->state = TCPHS_SYN_RECEIVED;
		e->passive = e->irs_known = e->rcv_known = true;
		e->irs = isn;
		e->rcv_nxt = isn + 1;
	} else {
		e->state = TCPHS_SYN_SENT;
		e->iss_known = e->una_known = true;
		e->iss = e->snd_una = isn;
		e->snd_nxt = isn + 1;
	}
}

static void start(struct infer *in, int x)
{
	struct log *log = &in->side[x];
	const struct event *first = in->count > 0 ? &in->event[0] : NULL;
	enum tcphs_state state = TCPHS_UNKNOWN;

	log->count = log->base_count = log->unproven = log->pending_count = 0;
	log->last_sent = NO_EVENT;
	log->nxt_known = false;
	memset(&log->base, 0, sizeof(log->base));
	if (first != NULL && event_is_syn(first))
		state = event_side(first) == x ? TCPHS_CLOSED : TCPHS_LISTEN;
	log->base.state = (uint8_t)state;
	if (first != NULL && foresee_split(in))
		start_split(in, x);
	log->base.shift = in->shift[x];
	log->base.sack = in->sack;
	log->initial = log->now = log->base;
}

void infer_run(struct infer *in, const struct event *event, size_t count, bool self)
{
	in->event = event;
	in->count = count;
	in->self = self;
	in->failed = false;
	in->spoofed = NO_EVENT;
	in->strays = 0;
	in->open_time = lost_open_time(in);
	start(in, 0);
	start(in, 1);
	for (uint32_t i = 0; i < count && !in->failed; i++) {
		if (event[i].bits & EVENT_PSEUDO)
			pseudo(in, i);
		else if (event[i].bits & (EVENT_DEAD | EVENT_COPY))
			continue;
		else if (self)
			step_self(in, i);
		else
			step(in, i);
	}
	/* what still waits arrives after the last row */
	for (int x = 0; x < 2 && !in->failed; x++)
		arrive_pending(in, x, in->side[x].pending_count, NO_EVENT);
}

void infer_free(struct infer *in)
{
	for (int x = 0; x < 2; x++) {
		free(in->side[x].entry);
		free(in->side[x].pending);
	}
	memset(in, 0, sizeof(*in));
}
