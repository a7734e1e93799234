/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of how an open ended, and of what was before on the same ports. */
#include "model/model.h"

#include "base/seq.h"

#include <stddef.h>

#define SYN_AGAIN INT64_C(1000000000) /* a SYN is repeated after a second (RFC 6298) */

/* ---- how it ended before it began -------------------------------------------------- */

/* Without ACK it confirms nothing, whatever its field holds. */
static void emit_bad_refusal(struct model *m, uint32_t rst, uint32_t expected)
{
	const struct event *event = &m->in->event[rst];

	if (event_has_ack(event))
		model_emit_numbers(m, TCPHS_D_REFUSED_BAD_ACK, rst, expected, event->ack);
	else
		model_emit(m, TCPHS_D_REFUSED_BAD_ACK, rst);
}

/* A RST that the caller passed by while it waited for its answer: with a wrong number in it. */
static void check_resets(struct model *m)
{
	const struct event *event = m->in->event;
	int c = m->client;
	const struct log *log = &m->infer.side[c];

	if (m->in->self ||
	    m->syn[c] == NO_EVENT) /* what it should have been is not in the capture */
		return;
	for (size_t k = 0; k < log->count; k++) {
		const struct entry *entry = &log->entry[k];
		uint32_t i = entry->event;

		if (entry->kind == ENTRY_RECEIVED && entry->from == TCPHS_SYN_SENT &&
		    entry->rule == NULL && m->good_synack > i && event_is_rst(&event[i]) &&
		    event_counts(&event[i]) && event_side(&event[i]) != c)
			emit_bad_refusal(m, i, event[m->syn[c]].seq + 1);
	}
}

static bool reset_of_synack(const struct model *m)
{
	const struct event *rst;

	if (m->rst == NO_EVENT || m->good_synack == NO_EVENT || m->third != NO_EVENT)
		return false;
	rst = &m->in->event[m->rst];
	return event_side(rst) == m->client && rst->seq == m->in->event[m->good_synack].ack;
}

/* The client was calling with a later number when it reset the answer to this one: then this was an
 * old duplicate (RFC 9293 §3.5, Figure 8). Its other SYN was captured before, and unanswered, or
 * comes not later than it is repeated. A scan or a cancelled call leaves no other behind, or
 * another time. */
static bool is_old_duplicate(const struct model *m)
{
	const struct previous *before = &m->in->previous;
	uint32_t isn = m->in->event[m->syn[m->client]].seq;
	int64_t reset = event_time(&m->in->event[m->rst]);

	if (before->exists && before->state[m->client] == TCPHS_SYN_SENT &&
	    before->nxt_known[m->client] && seq_lt(isn, before->nxt[m->client] - 1))
		return true;
	for (size_t i = 0; i < m->in->events; i++) {
		const struct event *e = &m->in->event[i];

		if ((e->bits & EVENT_PSEUDO) && e->seq == PSEUDO_GONE &&
		    event_side(e) == m->client &&
		    (e->window & (TCPHS_SYN | TCPHS_ACK)) == TCPHS_SYN)
			return seq_lt(isn, e->ack) && event_time(e) - reset <= SYN_AGAIN;
	}
	return false;
}

static bool undoes_old_duplicate(const struct model *m)
{
	return m->out->connection.open.kind == TCPHS_OPEN_ABORTED && reset_of_synack(m) &&
	       m->syn[m->client] != NO_EVENT && is_old_duplicate(m);
}

static void check_outcome(struct model *m)
{
	const struct tcphs_connection *conn = &m->out->connection;
	int c = m->client;

	switch (conn->open.kind) {
	case TCPHS_OPEN_NO_ANSWER:
		model_emit_shaped(m, TCPHS_D_OPEN_NO_ANSWER, m->syn[c]);
		break;
	case TCPHS_OPEN_HALF:
		if (m->syn[c] != NO_EVENT)
			model_emit_shaped(m, TCPHS_D_OPEN_HALF, m->good_synack);
		break;
	case TCPHS_OPEN_REFUSED:
		model_emit(m, TCPHS_D_OPEN_REFUSED, m->rst);
		break;
	case TCPHS_OPEN_ABORTED:
		if (undoes_old_duplicate(m))
			model_emit(m, TCPHS_D_OLD_DUP_SYN, m->syn[c]);
		else if (reset_of_synack(m))
			model_emit(m, TCPHS_D_OPEN_RESET, m->rst);
		break;
	case TCPHS_OPEN_SIMULTANEOUS:
		model_emit_shaped(m, TCPHS_D_OPEN_SIMULTANEOUS, m->syn[!c]);
		break;
	case TCPHS_OPEN_FOUR_WAY:
		model_emit(m, TCPHS_D_OPEN_SPLIT, m->syn[!c]);
		break;
	case TCPHS_OPEN_SELF:
		model_emit(m, TCPHS_D_OPEN_SELF, m->syn[0] != NO_EVENT ? m->syn[0] : 0);
		break;
	default:
		break;
	}
}

/* ---- the incarnation before -------------------------------------------------------- */

static bool in(uint8_t state, enum tcphs_state a, enum tcphs_state b)
{
	return state == a || state == b;
}

bool model_has_pseudo(const struct model *m, enum pseudo what)
{
	for (size_t i = 0; i < m->in->events; i++)
		if ((m->in->event[i].bits & EVENT_PSEUDO) && m->in->event[i].seq == what)
			return true;
	return false;
}

static void check_previous(struct model *m)
{
	const struct previous *before = &m->in->previous;
	int x = m->client, y = !x;
	uint32_t syn = m->syn[x];

	if (!before->exists || syn == NO_EVENT)
		return;
	if (model_has_pseudo(m, PSEUDO_RESET_OLD)) {
		model_emit_details(m, TCPHS_D_HALF_OPEN_FOUND, syn, before->id, 0);
	} else if (undoes_old_duplicate(m)) {
		return; /* it was sent before the other, whatever the capture's order */
	} else if (in(before->state[x], TCPHS_SYN_SENT, TCPHS_SYN_RECEIVED) &&
	           before->state[y] != TCPHS_CLOSED && before->state[y] != TCPHS_LISTEN) {
		if (before->nxt_known[x])
			model_emit_numbers(m, TCPHS_D_SYN_ISN_CHANGED, syn, before->nxt[x] - 1,
			                   m->in->event[syn].seq);
		else
			model_emit(m, TCPHS_D_SYN_ISN_CHANGED, syn);
	} else if (before->state[y] == TCPHS_TIME_WAIT && before->nxt_known[x]) {
		bool newer = before->ts[x] && (m->in->syn_options[x] & TCPHS_OPT_TIMESTAMPS) &&
		             seq_lt(before->tsval[x], m->in->syn_tsval[x]);

		model_emit_details(m, TCPHS_D_TW_REUSE, syn, before->id, 0);
		if (!newer && seq_lt(m->in->event[syn].seq, before->nxt[x]))
			model_emit_numbers(m, TCPHS_D_TW_REUSE_ISN_LOW, syn, before->nxt[x],
			                   m->in->event[syn].seq);
	} else if (before->state[x] == TCPHS_TIME_WAIT ||
	           (in(before->state[x], TCPHS_CLOSED, TCPHS_LISTEN) &&
	            in(before->state[y], TCPHS_CLOSED, TCPHS_LISTEN)) ||
	           in(before->state[y], TCPHS_CLOSED, TCPHS_LISTEN)) {
		model_emit_details(m, TCPHS_D_TUPLE_REUSE, syn, before->id, before->quiet);
		if (before->state[x] == TCPHS_TIME_WAIT && before->quiet >= 0 &&
		    before->quiet < 60 * INT64_C(1000000000)) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_TWO_MSL_SHORT, syn);

			if (d != NULL)
				d->detail[0] = before->quiet;
		}
	} else if (!model_has_pseudo(m, PSEUDO_SPOKE_OLD) || m->good_synack != NO_EVENT) {
		model_emit_details(m, TCPHS_D_TUPLE_REUSE, syn, before->id, before->quiet);
	}
}

static void check_one_way(struct model *m)
{
	for (int x = 0; x < 2; x++)
		if (m->segments[x] >= 3 && m->segments[!x] == 0 && m->ack_seen[x] && !m->in->self) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_CAP_ONEWAY, 0);

			if (d != NULL)
				d->detail[0] = m->segments[x];
		}
}

void model_check_open(struct model *m)
{
	if (m->out->connection.open.kind == TCPHS_OPEN_MIDSTREAM) {
		model_emit(m, TCPHS_D_CAP_MIDSTREAM, 0);
	} else {
		model_check_handshake(m);
		check_resets(m);
		check_outcome(m);
		check_previous(m);
		model_check_agreed(m);
	}
	check_one_way(m);
}
