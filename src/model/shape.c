/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/shape.h"

#include "base/inline.h"
#include "base/seq.h"
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

/* The code of an event: its control bits as they are, and what its numbers say. */
#define CODE_FLAGS                                                                                 \
	(TCPHS_FIN | TCPHS_SYN | TCPHS_RST | TCPHS_ACK | TCPHS_ECE | TCPHS_CWR | TCPHS_AE)
#define CODE_PLAIN    (TCPHS_FIN | TCPHS_SYN | TCPHS_RST | TCPHS_ACK) /* behind the SYNs */
#define CODE_DATA     TCPHS_PSH                                       /* it carries data */
#define CODE_ACKS_ALL TCPHS_URG /* its ACK covers all that the peer sent */
#define CODE_PRESENT  0x8000u

struct trace_side {
	uint32_t nxt, ack, edge;
	uint32_t control; /* the number after its last SYN or FIN */
	struct reach_sum sent;
	uint8_t shift;
	bool seen, acked, edge_known;
	bool reset; /* it sent a RST */
};

struct trace {
	struct trace_side side[2];
	bool fin;
	int64_t fin_time; /* of the last one */
};

static bool plain_options(const struct model_input *in)
{
	uint16_t odd = TCPHS_OPT_MPTCP | TCPHS_OPT_TFO | TCPHS_OPT_MALFORMED | TCPHS_OPT_CUT;
	uint16_t a = in->syn_options[0], b = in->syn_options[1];

	return !((a | b) & odd) && in->end[0].wscale <= 14 && in->end[1].wscale <= 14;
}

/* Do both SYNs say what no check remarks? Side 0 sent the first one. */
static bool agreed(const struct model_input *in, bool both)
{
	uint16_t a = in->syn_options[0], b = in->syn_options[1];
	uint16_t answer_only = TCPHS_OPT_WSCALE | TCPHS_OPT_TIMESTAMPS;

	if (!in->end[0].options_known || !(a & TCPHS_OPT_MSS))
		return false;
	return !both ||
	       (in->end[1].options_known && (b & TCPHS_OPT_MSS) && !(b & ~a & answer_only));
}

/* `x` sent it, to `y`. */
static INLINE bool trace_window(struct trace_side *x, const struct event *e)
{
	uint32_t edge;

	if (e->bits & (TCPHS_RST | TCPHS_SYN)) /* a SYN's is not scaled, not judged */
		return true;
	if (e->window == 0)
		return false;
	if (x->shift == SHIFT_UNKNOWN || !event_has_ack(e))
		return true;
	edge = e->ack + ((uint32_t)e->window << x->shift);
	if ((unsigned)x->edge_known & seq_lt(edge, x->edge))
		return false;
	x->edge = edge;
	x->edge_known = true;
	return true;
}

static INLINE bool trace_ack(const struct trace *t, struct trace_side *x,
                             const struct trace_side *y, const struct event *e, uint16_t *code)
{
	if (!event_has_ack(e))
		return e->ack == 0;
	if (!y->seen)
		return false;
	if (e->ack == y->nxt)
		*code |= CODE_ACKS_ALL;
	else if (e->ack != y->control || t->fin) /* less than all: none of the data yet */
		return false;
	if ((unsigned)x->acked & seq_lt(e->ack, x->ack))
		return false;
	x->ack = e->ack;
	x->acked = true;
	return true;
}

static bool trace_syn(struct trace_side *x, const struct event *e)
{
	if (x->seen || e->length != 0 || (e->bits & (TCPHS_FIN | TCPHS_RST)))
		return false;
	x->seen = true;
	x->nxt = x->control = e->seq + 1;
	return true;
}

static INLINE bool trace_numbers(struct trace *t, struct trace_side *x, const struct trace_side *y,
                                 const struct event *e)
{
	uint32_t end = e->seq + e->length; /* of the payload */

	if (e->bits & EVENT_RUN) {
		x->sent.octets += e->seq - x->nxt;
		x->sent.packets += e->length - 1u;
		if (seq_lt(e->seq, x->nxt))
			return false;
		x->nxt = e->seq;
		return x->seen && e->length != 0;
	}
	if (e->bits & TCPHS_SYN)
		return trace_syn(x, e);
	x->sent.octets += e->length;
	if (!x->seen)
		return (e->bits & TCPHS_RST) && event_has_ack(e) && e->seq == 0 && e->length == 0;
	if (e->seq != x->nxt || e->length == EVENT_LENGTH_MAX || end < e->seq)
		return false;
	if (e->length > 0 && y->edge_known && seq_lt(y->edge, end))
		return false;
	if (e->bits & TCPHS_RST)
		return e->length == 0;
	if (e->bits & TCPHS_FIN) {
		x->control = ++end;
		t->fin = true;
	}
	x->nxt = end;
	return true;
}

/* A TIME-WAIT may have ended before this event: that depends on times, see expire.c. */
static bool outlasts(const struct model *m, struct trace *t, const struct event *e)
{
	if (m->out->connection.duration < TWO_MSL)
		return false;
	if (e->bits & TCPHS_FIN)
		t->fin_time = event_time(e);
	return t->fin && event_time(e) - t->fin_time >= TWO_MSL;
}

/* What a side sends behind its RST is told from the RST's repetition, a second answer or an old
 * copy by clock and window: lost.c, resets.c, contradict.c. */
static INLINE bool trace_reset(struct trace_side *x, const struct event *e)
{
	bool before = x->reset;

	x->reset = before || (e->bits & TCPHS_RST);
	return !before;
}

static INLINE bool trace_event(struct trace *t, const struct event *e, uint16_t *code)
{
	struct trace_side *x = &t->side[event_side(e)], *y = &t->side[!event_side(e)];
	uint16_t flags = e->bits & TCPHS_SYN ? CODE_FLAGS : CODE_PLAIN;

	if (e->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD | EVENT_DROPPED))
		return false;
	x->sent.packets++;
	*code |= (uint16_t)(CODE_PRESENT | (e->bits & (flags | EVENT_FROM_1 | EVENT_RUN)) |
	                    (event_data(e) > 0 ? CODE_DATA : 0));
	return trace_reset(x, e) && trace_ack(t, x, y, e, code) && trace_numbers(t, x, y, e) &&
	       trace_window(x, e);
}

bool shape_key(const struct model *m, struct shape_key *key, struct shape_sums *sums)
{
	const struct model_input *in = m->in;
	struct trace t;

	if (in->events == 0 || in->events > SHAPE_EVENTS || in->notes != 0 || in->self ||
	    in->has_next || in->previous.exists || !event_is_syn(&in->event[0]) ||
	    event_side(&in->event[0]) != 0 || !plain_options(in))
		return false;
	memset(&t, 0, sizeof(t));
	memset(key, 0, sizeof(*key));
	t.side[0].shift = m->infer.shift[0];
	t.side[1].shift = m->infer.shift[1];
	for (size_t i = 0; i < in->events; i++) {
		if (!trace_event(&t, &in->event[i], &key->code[i]) ||
		    outlasts(m, &t, &in->event[i]))
			return false;
	}
	for (int x = 0; x < 2; x++) {
		sums->nxt[x] = t.side[x].nxt;
		sums->sent[x] = t.side[x].sent;
	}
	return agreed(in, t.side[1].seen);
}

static uint32_t place(const struct shape_key *key)
{
	uint64_t word[SHAPE_EVENTS / 4], h = 0;

	memcpy(word, key, sizeof(word));
	for (size_t i = 0; i < SHAPE_EVENTS / 4; i++)
		h = (h ^ word[i]) * UINT64_C(0x9e3779b97f4a7c15) ^ h >> 31;
	return (uint32_t)(h >> 32) % SHAPES;
}

const struct shape *shape_find(const struct model *m, const struct shape_key *key)
{
	const struct shape *shape;

	if (m->shapes == NULL)
		return NULL;
	shape = &m->shapes[place(key)];
	return shape->known && memcmp(&shape->key, key, sizeof(*key)) == 0 ? shape : NULL;
}

void shape_apply(struct model *m, const struct shape *shape, const struct shape_sums *sums)
{
	const uint32_t *nxt = sums->nxt;
	struct tcphs_connection *conn = &m->out->connection;

	model_forget_facts(m);
	m->shaped = true;
	m->client = shape->client;
	m->good_synack = shape->good_synack;
	m->third = shape->third;
	m->rst = shape->rst;
	for (int x = 0; x < 2; x++) {
		m->syn[x] = shape->syn[x];
		m->synack[x] = shape->synack[x];
		m->fin[x] = shape->fin[x];
		m->fin_ack[x] = shape->fin_ack[x];
		m->first_ack[x] = shape->first_ack[x];
		m->fin_end[x] = m->fin[x] != NO_EVENT ? event_end(&m->in->event[m->fin[x]]) : 0;
		m->max_end[x] = nxt[x];
		m->end_seen[x] = shape->next_known[x];
		m->passed[x] = shape->passed[x];
		conn->end[x].state = shape->state[x];
		conn->end[x].certain = shape->certain[x];
		conn->end[x].next_known = shape->next_known[x];
		conn->end[x].next = shape->next_known[x] ? nxt[x] : 0;
	}
	conn->open.kind = shape->open_kind;
	conn->open.complete = shape->open_complete;
	conn->close.kind = shape->close_kind;
	conn->close.complete = shape->close_complete;
	conn->close.initiator = shape->initiator;
	model_fill_open(m);
	model_fill_close(m);
	for (int i = 0; i < shape->diagnoses; i++)
		model_emit_shaped(m, (enum tcphs_code)shape->code[i], shape->at[i]);
	model_check_waits(m);
}

/* Those that carry no details, or such as model_detail() fills in again; the ones
 * that depend on times are checked for each connection and are not remembered. */
static bool remembers(uint16_t code, bool *timed)
{
	*timed = code == TCPHS_D_ACK_DELAY || code == TCPHS_D_CLOSE_WAIT_LONG;
	switch (code) {
	case TCPHS_D_OPEN_NO_ANSWER:
	case TCPHS_D_OPEN_HALF:
	case TCPHS_D_OPEN_REFUSED:
	case TCPHS_D_OPEN_RESET:
	case TCPHS_D_OPEN_SIMULTANEOUS:
	case TCPHS_D_CLOSE_MERGED:
	case TCPHS_D_CLOSE_SIMULTANEOUS:
	case TCPHS_D_CLOSE_INCOMPLETE:
	case TCPHS_D_FIN_UNACKED:
	case TCPHS_D_RST_ABORT:
	case TCPHS_D_RST_AFTER_FIN:
	case TCPHS_D_ECN_SETUP:
	case TCPHS_D_ACCECN_SETUP:
		return true;
	default:
		return *timed;
	}
}

static bool take_diagnoses(const struct model *m, struct shape *shape)
{
	bool timed;

	for (size_t i = 0; i < m->out->diagnoses; i++) {
		const struct tcphs_diagnosis *d = &m->out->diagnosis[i];

		if (!remembers(d->code, &timed))
			return false;
		if (timed)
			continue;
		if (shape->diagnoses == SHAPE_DIAGNOSES || d->numbers)
			return false;
		shape->code[shape->diagnoses] = d->code;
		shape->at[shape->diagnoses++] = d->row;
	}
	return true;
}

void shape_remember(struct model *m, const struct shape_key *key)
{
	const struct tcphs_connection *conn = &m->out->connection;
	struct shape shape;

	if (m->shapes == NULL)
		m->shapes = calloc(SHAPES, sizeof(*m->shapes));
	memset(&shape, 0, sizeof(shape));
	if (m->shapes == NULL || m->failed || !take_diagnoses(m, &shape))
		return;
	shape.key = *key;
	shape.known = true;
	shape.client = (uint8_t)m->client;
	shape.open_kind = conn->open.kind;
	shape.open_complete = conn->open.complete;
	shape.close_kind = conn->close.kind;
	shape.close_complete = conn->close.complete;
	shape.initiator = conn->close.initiator;
	shape.good_synack = m->good_synack;
	shape.third = m->third;
	shape.rst = m->rst;
	for (int x = 0; x < 2; x++) {
		shape.state[x] = conn->end[x].state;
		shape.certain[x] = conn->end[x].certain;
		shape.next_known[x] = conn->end[x].next_known;
		shape.passed[x] = m->passed[x];
		shape.syn[x] = m->syn[x];
		shape.synack[x] = m->synack[x];
		shape.fin[x] = m->fin[x];
		shape.fin_ack[x] = m->fin_ack[x];
		shape.first_ack[x] = m->first_ack[x];
	}
	m->shapes[place(key)] = shape;
}
