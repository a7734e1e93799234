/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of how an open ended. */
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
	    before->isn_known[m->client] && seq_lt(isn, before->isn[m->client]))
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

bool model_undoes_old_duplicate(const struct model *m)
{
	return m->out->connection.open.kind == TCPHS_OPEN_ABORTED && reset_of_synack(m) &&
	       m->syn[m->client] != NO_EVENT && is_old_duplicate(m);
}

/* The server answered, heard nothing, and reset what it had half open. */
bool model_given_up(const struct model *m)
{
	if (m->out->connection.open.kind != TCPHS_OPEN_ABORTED || m->good_synack == NO_EVENT)
		return false;
	for (uint32_t i = m->good_synack + 1; i < m->in->events; i++) {
		const struct event *p = &m->in->event[i];

		if (!event_counts(p) || event_is_syn(p) || event_is_synack(p))
			continue;
		return event_side(p) != m->client && event_is_rst(p);
	}
	return false;
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
		if (model_undoes_old_duplicate(m))
			model_emit(m, TCPHS_D_OLD_DUP_SYN, m->syn[c]);
		else if (reset_of_synack(m))
			model_emit(m, TCPHS_D_OPEN_RESET, m->rst);
		else if (model_given_up(m) && m->syn[c] != NO_EVENT)
			model_emit_shaped(m, TCPHS_D_OPEN_HALF, m->good_synack);
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
		model_check_reuse(m);
		model_check_agreed(m);
	}
	check_one_way(m);
}
