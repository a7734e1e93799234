/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The diagnoses of the group "sequence": what each sender's numbers say against what was
 * captured before. They need no state, only NXT (the highest end sent), ACK (the highest ACK
 * sent) and EDGE (the window granted) of both sides.
 */
#include "model/model.h"

#include "base/seq.h"

#define HOLES          8
#define SHIFT_MOST     14
#define LOOK_BACK      256        /* events or runs, for the first time that a segment was sent */
#define LOOK_FAR       65536      /* events, where runs are not folded */
#define OLD_ACK_WINDOW 0x40000000 /* the widest window there can be (2^30, RFC 7323) */

struct sender {
	bool nxt_known, ack_known, edge_known, edge_of_syn, window_known, fin_known, challenged,
	    probed, fin_again;
	bool asked_window; /* what probed it asked for the window */
	bool gap; /* the capture lacks some of its segments */
	bool ran; /* some are folded: not each window is known */
	uint32_t first, nxt, ack, edge, window, fin_end, unseen;
	uint32_t widest; /* window that it announced */
	int64_t fin_time;
	uint32_t hole[HOLES][2];
	unsigned holes;
};

struct walk {
	struct model *m;
	struct sender side[2];
	uint32_t i;
	const struct event *p;
	struct sender *x, *y; /* sender, receiver */
};

static void add_hole(struct sender *x, uint32_t from, uint32_t to)
{
	unsigned k = x->holes < HOLES ? x->holes++ : HOLES - 1;

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

static void check_fin(struct walk *w)
{
	uint32_t end = event_end(w->p);

	if (!event_has_fin(w->p))
		return;
	if (!w->x->fin_known) {
		w->x->fin_known = true;
		w->x->fin_end = end;
		w->x->fin_time = event_time(w->p);
	} else if (end != w->x->fin_end) {
		model_emit_numbers(w->m, TCPHS_D_FIN_MOVED, w->i, w->x->fin_end - 1, end - 1);
	} else if (w->y->ack_known && seq_le(end, w->y->ack)) {
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

static void check_repeat(struct walk *w, uint32_t from, uint32_t to)
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

static void check_numbers(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x;
	uint32_t data = event_data(p), from = p->seq, to = p->seq + data;
	bool fin_before = x->fin_known;

	if (!x->nxt_known) {
		x->first = x->nxt = from;
		x->nxt_known = true;
	} else if (check_probe(w)) {
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
		check_repeat(w, from, to);
	}
	if (fin_before && data > 0 && seq_lt(x->fin_end - 1, to) && !is_passed_over(w))
		model_emit_numbers(w->m, TCPHS_D_DATA_AFTER_FIN, w->i, x->fin_end - 1, to);
	if (data > 0 && to < from && to != 0)
		model_emit(w->m, TCPHS_D_SEQ_WRAP, w->i);
	if (data > 0 && w->y->edge_known && !w->x->gap && !w->y->gap && seq_lt(w->y->edge, to) &&
	    seq_lt(x->nxt, to))
		model_emit_numbers(w->m, TCPHS_D_SEQ_BEYOND_WINDOW, w->i, w->y->edge, to);
	check_fin(w);
	x->nxt = seq_max(x->nxt, event_end(p));
}

/* ---- the acknowledgement ----------------------------------------------------------- */

/* Was `code` said of the segment already, by the checks of the open? */
static bool is_said(const struct walk *w, enum tcphs_code code)
{
	for (size_t i = 0; i < w->m->out->diagnoses; i++)
		if (w->m->out->diagnosis[i].code == code && w->m->out->diagnosis[i].row == w->i)
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

static void check_ack(struct walk *w)
{
	const struct event *p = w->p;
	struct sender *x = w->x, *y = w->y;

	if (y->nxt_known && seq_lt(y->nxt, p->ack)) {
		if (y->unseen != p->ack && !is_said(w, TCPHS_D_THIRD_ACK_MISMATCH))
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

static void check_window(struct walk *w)
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
static void check_early_data(struct walk *w)
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
struct said { /* what a sender had said before the segment looked at */
	uint32_t nxt, ack, window;
	bool ack_known;
};

static void check_answer(struct walk *w, const struct said *before)
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

/* ---- the walk ---------------------------------------------------------------------- */

static void walk_run(struct walk *w)
{
	struct sender *x = w->x;

	x->nxt = w->p->seq;
	if (!x->nxt_known)
		x->first = w->p->seq;
	x->nxt_known = x->ran = true;
	x->challenged = x->probed = x->fin_again = false;
	if (!x->ack_known || seq_lt(x->ack, w->p->ack))
		x->ack = w->p->ack;
	x->ack_known = true;
	check_window(w);
}

static bool rst_is_inexact(const struct walk *w)
{
	return w->x->nxt_known && w->i != w->m->rst && w->p->seq != w->x->nxt &&
	       (!w->y->ack_known || w->p->seq != w->y->ack);
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
		if (!x->nxt_known) {
			x->first = p->seq;
			x->nxt = event_end(p);
			x->nxt_known = true;
		} else {
			x->nxt = seq_max(x->nxt, event_end(p));
		}
		if (event_has_ack(p) && w->y->nxt_known && seq_le(p->ack, w->y->nxt)) {
			x->ack = p->ack;
			x->ack_known = true;
			check_window(w);
		} else {
			x->window = p->window;
			x->widest = x->widest > p->window ? x->widest : p->window;
			x->window_known = true;
			if (event_has_ack(p) && is_said(w, TCPHS_D_ACK_UNSEEN)) {
				w->y->nxt =
				    p->ack; /* what its caller sent before is not captured */
				w->y->nxt_known = w->y->gap = true;
			}
		}
		return;
	}
	if (w->m->in->self) /* both directions share one space */
		return;
	check_numbers(w);
	check_early_data(w);
	if (!event_has_ack(p))
		return;
	check_ack(w);
	check_window(w);
	check_answer(w, &before);
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
				check_repeat(&w, w.p->seq, end);
			continue;
		}
		if (w.p->bits & EVENT_RUN)
			walk_run(&w);
		else
			walk_segment(&w);
	}
}
