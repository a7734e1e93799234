/* SPDX-License-Identifier: BSD-3-Clause */
/* What the diagnoses tell of why it ended as it did, for the verdict. */
#include "model/model.h"

#include "base/seq.h"

#define STUCK_REPEATS 2    /* of one segment: it was sent three times */
#define LARGE         1200 /* octets of data: below that nearly every path takes a packet */

/* The last event of `side`, or NO_EVENT. */
static uint32_t last_of(const struct model *m, int side)
{
	for (size_t i = m->in->events; i-- > 0;)
		if (event_side(&m->in->event[i]) == side && !(m->in->event[i].bits & EVENT_PSEUDO))
			return (uint32_t)i;
	return NO_EVENT;
}

/* Who reset it asked whether the other end was there, and heard nothing of it since. */
static bool peer_is_silent(const struct model *m, const struct tcphs_diagnosis *d)
{
	const struct tcphs_close *close = &m->out->connection.close;
	uint32_t heard;

	if (close->kind != TCPHS_CLOSE_RESET || d->from != close->initiator || d->row == NO_EVENT)
		return false;
	heard = last_of(m, d->from == TCPHS_CLIENT ? !m->client : m->client);
	return heard != NO_EVENT && d->row > heard;
}

/* The event before (step -1) or behind event i, copies left out; NULL at the ends. */
static const struct event *neighbour(const struct model *m, uint32_t i, int step)
{
	int64_t k = (int64_t)i + step;

	while (k >= 0 && k < (int64_t)m->in->events && (m->in->event[k].bits & EVENT_COPY))
		k += step;
	return k >= 0 && k < (int64_t)m->in->events ? &m->in->event[k] : NULL;
}

/* A RST answers the challenge at once, and no RST had provoked it: the end that sent it has no
 * such connection (RFC 9293 §3.5.1). */
static bool is_forgotten(const struct model *m, const struct tcphs_diagnosis *d)
{
	const struct tcphs_close *close = &m->out->connection.close;
	const struct event *challenge, *before, *behind;

	if (close->kind != TCPHS_CLOSE_RESET || d->from == close->initiator || d->row == NO_EVENT)
		return false;
	challenge = &m->in->event[d->row];
	before = neighbour(m, d->row, -1);
	behind = neighbour(m, d->row, 1);
	return before != NULL && behind != NULL && !event_is_rst(before) && event_is_rst(behind) &&
	       event_side(behind) != event_side(challenge) && behind->seq == challenge->ack;
}

/* "Unreachable" of either family; others refuse nothing, and IPv4's code 4 is "too big". */
static bool refuses(const struct model *m, const struct tcphs_diagnosis *d)
{
	const struct tcphs_connection *connection = &m->out->connection;
	bool v6 = connection->end[0].address.family == 6;

	return connection->open.kind == TCPHS_OPEN_NO_ANSWER && d->detail[0] == (v6 ? 1 : 3) &&
	       (v6 || d->detail[1] != 4);
}

/* The SYN again behind an answer to it: the answer was not heard. */
static bool asks_on(const struct model *m, const struct tcphs_diagnosis *d)
{
	return m->out->connection.open.kind == TCPHS_OPEN_HALF && m->good_synack != NO_EVENT &&
	       d->row != NO_EVENT && d->row > m->good_synack;
}

/* The server's RST answers the client's segment at `row`: it has the number of its ACK. */
static bool is_reset(const struct model *m, uint32_t row)
{
	const struct event *rst, *third;

	if (m->out->connection.open.kind != TCPHS_OPEN_ABORTED || row == NO_EVENT ||
	    m->rst == NO_EVENT || m->rst <= row)
		return false;
	rst = &m->in->event[m->rst];
	third = &m->in->event[row];
	return event_side(rst) != event_side(third) && rst->seq == third->ack;
}

static enum tcphs_cause cause_of(const struct model *m, const struct tcphs_diagnosis *d)
{
	switch (d->code) {
	case TCPHS_D_ICMP_ERROR:
		return refuses(m, d) ? TCPHS_CAUSE_ICMP : TCPHS_CAUSE_NONE;
	case TCPHS_D_KEEPALIVE:
		return peer_is_silent(m, d) ? TCPHS_CAUSE_SILENT_PEER : TCPHS_CAUSE_NONE;
	case TCPHS_D_CHALLENGE_ACK:
		return is_forgotten(m, d) ? TCPHS_CAUSE_FORGOTTEN : TCPHS_CAUSE_NONE;
	case TCPHS_D_HALF_OPEN_FOUND:
		return TCPHS_CAUSE_MET_OLD;
	case TCPHS_D_ACCEPT_QUEUE_SUSPECT:
		return TCPHS_CAUSE_QUEUE;
	case TCPHS_D_OPEN_RESET:
		return m->syn[m->client] == NO_EVENT ? TCPHS_CAUSE_STRAY_ANSWER
		                                     : TCPHS_CAUSE_TAKEN_BACK;
	case TCPHS_D_THIRD_ACK_MISMATCH:
		return is_reset(m, d->row) ? TCPHS_CAUSE_THIRD_WRONG : TCPHS_CAUSE_NONE;
	case TCPHS_D_RST_SPOOF_SUSPECT:
		return d->row == m->rst ? TCPHS_CAUSE_FORGED : TCPHS_CAUSE_NONE;
	case TCPHS_D_SYN_RETX:
		return asks_on(m, d) ? TCPHS_CAUSE_UNHEARD : TCPHS_CAUSE_NONE;
	case TCPHS_D_OLD_DUP_SYN:
		return TCPHS_CAUSE_OLD_SYN;
	case TCPHS_D_TW_ASSASSINATED:
		return TCPHS_CAUSE_TIME_WAIT;
	default:
		return TCPHS_CAUSE_NONE;
	}
}

/* The last diagnosis of data sent again; NULL: none, or a closed window is why nothing moved. */
static const struct tcphs_diagnosis *last_repeat(const struct model *m)
{
	const struct tcphs_diagnosis *last = NULL;

	for (size_t i = 0; i < m->out->diagnoses; i++) {
		const struct tcphs_diagnosis *d = &m->out->diagnosis[i];

		if (d->code == TCPHS_D_ZERO_WINDOW || d->code == TCPHS_D_ZWP)
			return NULL;
		if (d->code == TCPHS_D_RETX && d->row != NO_EVENT)
			last = d;
	}
	return last;
}

/* That segment was repeated more than once, and its peer, which spoke, never acknowledged it. */
static enum tcphs_cause stuck(const struct model *m)
{
	const struct tcphs_diagnosis *last = last_repeat(m);
	const struct event *repeated;
	unsigned repeats = 0;
	int y;

	if (last == NULL || m->in->self)
		return TCPHS_CAUSE_NONE;
	repeated = &m->in->event[last->row];
	y = !event_side(repeated);
	if (!m->ack_seen[y] || seq_lt(repeated->seq, m->max_ack[y]))
		return TCPHS_CAUSE_NONE;
	for (size_t i = 0; i < m->out->diagnoses; i++) {
		const struct tcphs_diagnosis *d = &m->out->diagnosis[i];

		repeats += d->code == TCPHS_D_RETX && d->from == last->from && d->row != NO_EVENT &&
		           m->in->event[d->row].seq == repeated->seq;
	}
	if (repeats < STUCK_REPEATS)
		return TCPHS_CAUSE_NONE;
	return event_data(repeated) >= LARGE ? TCPHS_CAUSE_STUCK_LARGE : TCPHS_CAUSE_STUCK;
}

/* A receiver with another key for a signed segment drops it in silence (RFC 2385 §2, RFC 5925
 * §7.5); whether one without a key does is its own choice (RFC 5925 §7.3). */
static bool is_signed(const struct model *m)
{
	const struct tcphs_connection *connection = &m->out->connection;

	return connection->open.kind == TCPHS_OPEN_NO_ANSWER &&
	       connection->open.syn_retransmissions > 0 &&
	       connection->end[TCPHS_SERVER].packets == 0 &&
	       (m->in->syn_options[m->client] & (TCPHS_OPT_MD5 | TCPHS_OPT_AO)) != 0;
}

/* All that answered its SYNs is an older connection of the same ports, which does not accept them
 * (RFC 5961 §4.2). */
static bool is_answered_by_old(const struct model *m)
{
	return m->out->connection.open.kind == TCPHS_OPEN_NO_ANSWER &&
	       model_has_pseudo(m, PSEUDO_SPOKE_OLD);
}

/* The ICMP error is why nobody answered. */
static void blame(const struct model *m, const struct tcphs_diagnosis *error)
{
	struct tcphs_connection *connection = &m->out->connection;

	connection->icmp_type = (uint8_t)error->detail[0];
	connection->icmp_code = (uint8_t)error->detail[1];
	connection->icmp_by = error->by;
	for (size_t i = 0; i < m->out->diagnoses; i++)
		if (m->out->diagnosis[i].code == TCPHS_D_OPEN_NO_ANSWER)
			m->out->diagnosis[i].by = error->by;
}

void model_find_cause(struct model *m)
{
	struct tcphs_connection *connection = &m->out->connection;

	connection->cause = TCPHS_CAUSE_NONE;
	if ((connection->close.kind == TCPHS_CLOSE_RESET ||
	     connection->close.kind == TCPHS_CLOSE_FIN_RESET) &&
	    model_rst_met_nothing(m)) {
		connection->cause = TCPHS_CAUSE_NO_CONNECTION;
		return;
	}
	for (size_t i = 0; i < m->out->diagnoses && connection->cause == TCPHS_CAUSE_NONE; i++) {
		const struct tcphs_diagnosis *d = &m->out->diagnosis[i];

		connection->cause = (uint8_t)cause_of(m, d);
		if (connection->cause == TCPHS_CAUSE_ICMP)
			blame(m, d);
	}
	if (connection->cause == TCPHS_CAUSE_NONE && is_answered_by_old(m))
		connection->cause = TCPHS_CAUSE_OLD_ANSWERED;
	if (connection->cause == TCPHS_CAUSE_NONE && model_given_up(m))
		connection->cause = TCPHS_CAUSE_GIVEN_UP;
	if (connection->cause == TCPHS_CAUSE_NONE && is_reset(m, m->third))
		connection->cause = TCPHS_CAUSE_THIRD_RESET;
	if (connection->cause == TCPHS_CAUSE_NONE && is_signed(m))
		connection->cause = TCPHS_CAUSE_SIGNED;
	if (connection->cause == TCPHS_CAUSE_NONE)
		connection->cause =
		    (uint8_t)(model_rst_replies(m) ? TCPHS_CAUSE_ANSWERED : stuck(m));
}
