/* SPDX-License-Identifier: BSD-3-Clause */
/* A segment's place in its sender's stream: gaps, repetitions, probes, FIN, the window's edge. */
#include "model/walk.h"

#include "base/seq.h"

#define LOOK_BACK 256   /* events or runs, for the first time that a segment was sent */
#define LOOK_FAR  65536 /* events, where runs are not folded */

static void add_hole(struct sender *x, uint32_t from, uint32_t to)
{
	unsigned k = x->holes < WALK_HOLES ? x->holes++ : WALK_HOLES - 1;

	x->hole[k][0] = from;
	x->hole[k][1] = to;
	x->gap = true;
}

/* Does [from, to) fill (part of) a hole? Then the hole is what is left of it. */
static bool fill_hole(struct sender *x, uint32_t from, uint32_t to)
{
	for (unsigned k = 0; k < x->holes; k++) {
		uint32_t *hole = x->hole[k];

		if (!seq_lt(from, hole[1]) || !seq_lt(hole[0], to))
			continue;
		if (seq_le(from, hole[0]) && seq_le(hole[1], to)) {
			x->holes--;
			hole[0] = x->hole[x->holes][0];
			hole[1] = x->hole[x->holes][1];
		} else if (seq_le(from, hole[0])) {
			hole[0] = to;
		} else {
			uint32_t rest = hole[1];

			hole[1] = from;
			if (seq_lt(to, rest))
				add_hole(x, to, rest);
		}
		return true;
	}
	return false;
}

/* ---- the sender's own numbers ------------------------------------------------------ */

/* A segment one below NXT with at most one octet asks for a sign of life; towards a closed
 * window it asks for the window (RFC 9293 §3.8.4, §3.8.6.1). */
static bool check_probe(struct walk *w)
{
	const struct event *p = w->p;
	uint32_t data = event_data(p);
	bool closed = w->y->window_known && w->y->window == 0;
	bool all_acked = w->y->ack_known && w->y->ack == w->x->nxt;

	if ((p->bits & (TCPHS_SYN | TCPHS_FIN)) || !event_has_ack(p) || data > 1)
		return false;
	if (closed && data == 1 && p->seq == w->x->nxt && all_acked) {
		model_emit(w->m, TCPHS_D_ZWP, w->i);
		w->x->probe_known = true;
		w->x->probe = p->seq;
		w->y->probed = w->y->asked_window = true;
		return true;
	}
	if (p->seq != w->x->nxt - 1 || !all_acked)
		return closed && data == 1 && p->seq == w->x->nxt - 1 &&
		       (model_emit(w->m, TCPHS_D_ZWP, w->i), true);
	model_emit(w->m, closed ? TCPHS_D_ZWP : TCPHS_D_KEEPALIVE, w->i);
	w->y->probed = true;
	w->y->asked_window = closed;
	return true;
}

/* Both sides had closed, and the other one had acknowledged this side's FIN: it is in TIME-WAIT, or
 * about to be, if it speaks again at all. */
static bool has_both_fins(const struct walk *w)
{
	return w->x->fin_known && w->y->fin_known && w->y->ack_known &&
	       seq_le(w->x->fin_end, w->y->ack);
}

/* Both its numbers are within a window of those of the FIN. A FIN or data that contradict a FIN are
 * else of another connection with these ports, whose open the capture lacks. */
static bool is_of_this_one(const struct walk *w)
{
	uint32_t window = w->y->widest > UINT16_MAX ? w->y->widest : UINT16_MAX;

	return seq_distance(w->p->seq, w->x->fin_end) <= window &&
	       (!event_has_ack(w->p) || seq_distance(w->p->ack, w->x->fin_ack) <= window);
}

static void check_fin(struct walk *w)
{
	uint32_t end = event_end(w->p);

	if (!event_has_fin(w->p))
		return;
	if (!w->x->fin_known) {
		w->x->fin_known = true;
		w->x->fin_end = end;
		w->x->fin_ack = w->p->ack;
		w->x->fin_time = event_time(w->p);
	} else if (end != w->x->fin_end) {
		if (is_of_this_one(w))
			model_emit_numbers(w->m, TCPHS_D_FIN_MOVED, w->i, w->x->fin_end - 1,
			                   end - 1);
	} else if (has_both_fins(w) && seq_le(w->y->fin_end, w->p->ack)) {
		model_emit_details(w->m, TCPHS_D_LAST_ACK_LOST, w->i,
		                   event_time(w->p) - w->x->fin_time, 0);
		w->y->fin_again = true;
	} else {
		model_emit_details(w->m, TCPHS_D_FIN_RETX, w->i, event_time(w->p) - w->x->fin_time,
		                   0);
	}
}

/* When its octets were sent first. Of ordinary segments only the time is kept at which a run of
 * them ended, folded or not: then they were sent at least so long ago. */
struct first_time {
	int64_t since; /* ns, 0: not known */
	bool least;
	const struct event *run; /* the last segment of the one that is looked at, NULL: none */
	const struct event *in;  /* the same of the one in which it was found */
};

static bool is_ordinary(const struct event *q)
{
	return (q->bits & (EVENT_RUN | EVENT_QUIET)) != 0;
}

/* False: the octets came later than q, which ends before them in order. */
static bool look_at(struct first_time *first, const struct event *q, const struct event *p)
{
	if (!is_ordinary(q))
		first->run = NULL;
	else if (first->run == NULL)
		first->run = q;
	if (event_side(q) != event_side(p) || (q->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD)))
		return true;
	if (is_ordinary(q) && seq_le(event_end(q), p->seq)) {
		first->least |= first->in == first->run && first->in != NULL;
		return false;
	}
	if (!is_ordinary(q) && (q->seq != p->seq || event_data(q) == 0))
		return true;
	first->in = first->run;
	first->since = event_time(p) - event_time(first->in != NULL ? first->in : q);
	first->least =
	    is_ordinary(q) && (q != first->in || ((q->bits & EVENT_RUN) && q->length > 1));
	return true;
}

static struct first_time first_time(const struct walk *w)
{
	const struct event *event = w->m->in->event;
	struct first_time first = {0};
	unsigned looked = 0;

	for (uint32_t i = w->i; i-- > 0 && looked < LOOK_BACK && w->i - i < LOOK_FAR;) {
		const struct event *run = first.run;

		if (!look_at(&first, &event[i], w->p))
			break;
		looked += first.run == NULL || first.run != run;
	}
	return first;
}

static void emit_retx(struct walk *w)
{
	struct first_time first = first_time(w);
	struct tcphs_diagnosis *d =
	    model_emit_numbers(w->m, TCPHS_D_RETX, w->i, w->x->nxt, w->p->seq);

	if (d == NULL || (first.least && first.since < w->m->out->connection.open.rtt))
		return; /* below a round trip a bound says nothing */
	d->detail[first.least] = first.since;
}

void walk_repeat(struct walk *w, uint32_t from, uint32_t to)
{
	if (seq_lt(from, w->x->first) || fill_hole(w->x, from, to))
		model_emit_numbers(w->m, TCPHS_D_OOO, w->i, w->x->nxt, from);
	else if (event_has_fin(w->p) && w->x->fin_known && event_end(w->p) == w->x->fin_end)
		return; /* said as fin-retx */
	else if (w->y->ack_known && seq_le(to, w->y->ack))
		model_emit_numbers(w->m, TCPHS_D_RETX_SPURIOUS, w->i, w->y->ack, from);
	else
		emit_retx(w);
}

/* The other side acknowledges what lies behind the FIN: it never took that FIN for the end of the
 * stream, so it may not be from this sender. */
static bool is_passed_over(const struct walk *w)
{
	int y = !event_side(w->p);

	return w->m->ack_seen[y] && seq_lt(w->x->fin_end, w->m->max_ack[y]);
}

/* The capture's first number of it is the next one as well, as far as is known: a keep-alive would
 * stand one below. */
static void begin(struct walk *w)
{
	struct sender *x = w->x;

	x->first = x->nxt = x->probe = w->p->seq;
	x->nxt_known = x->probe_known = true;
	if (w->y->ack_known)
		walk_past_probe(x, w->y->ack);
}

/* The octet of a probe may be taken after all (the window has just opened), or it had been before
 * the capture began. */
void walk_past_probe(struct sender *x, uint32_t number)
{
	if (x->probe_known && x->probe == x->nxt && number == x->nxt + 1)
		x->nxt = number;
}

void walk_numbers(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x;
	uint32_t data = event_data(p), from = p->seq, to = p->seq + data;
	bool fin_before = x->fin_known;

	walk_past_probe(x, from);
	if (!x->nxt_known)
		begin(w);
	if (check_probe(w)) {
		return;
	} else if (seq_lt(x->nxt, from)) {
		struct tcphs_diagnosis *d;

		if (!fin_before) {
			d = model_emit_numbers(w->m, TCPHS_D_SEQ_GAP, w->i, x->nxt, from);
			if (d != NULL)
				d->detail[0] = seq_diff(from, x->nxt);
			add_hole(x, x->nxt, from);
		}
	} else if (seq_lt(from, x->nxt) && data > 0) {
		walk_repeat(w, from, to);
	}
	if (fin_before && data > 0 && seq_lt(x->fin_end - 1, to) && !is_passed_over(w) &&
	    is_of_this_one(w))
		model_emit_numbers(w->m, TCPHS_D_DATA_AFTER_FIN, w->i, x->fin_end - 1, to);
	if (data > 0 && to < from) /* or ends just there: what follows begins at 0 */
		model_emit(w->m, TCPHS_D_SEQ_WRAP, w->i);
	if (data > 0 && w->y->edge_known && !w->x->gap && !w->y->gap && seq_lt(w->y->edge, to) &&
	    seq_lt(x->nxt, to))
		model_emit_numbers(w->m, TCPHS_D_SEQ_BEYOND_WINDOW, w->i, w->y->edge, to);
	check_fin(w);
	x->nxt = seq_max(x->nxt, event_end(p));
}
