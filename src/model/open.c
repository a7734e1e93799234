/* SPDX-License-Identifier: BSD-3-Clause */
/* How the connection opened: the kind, the packets, the times. */
#include "model/model.h"

#include "base/seq.h"

static bool split(const struct model *m)
{
	int s = !m->client;

	return m->first_ack[s] != NO_EVENT && m->syn[s] != NO_EVENT && m->first_ack[s] < m->syn[s];
}

static uint32_t first_rst(const struct model *m)
{
	for (uint32_t i = 0; i < m->in->events; i++)
		if (event_is_rst(&m->in->event[i]) &&
		    !(m->in->event[i].bits & (EVENT_PSEUDO | EVENT_DEAD | EVENT_COPY)))
			return i;
	return NO_EVENT;
}

static enum tcphs_open_kind with_synack(const struct model *m)
{
	const struct event *event = m->in->event;
	int c = m->client;
	uint32_t syn = m->syn[c];

	if (m->passed[c] && m->passed[!c]) {
		if (syn == NO_EVENT || m->third == NO_EVENT)
			return TCPHS_OPEN_PARTIAL;
		if (event_data(&event[syn]) > 0 &&
		    event[m->good_synack].ack == event[syn].seq + 1 + event_data(&event[syn]))
			return TCPHS_OPEN_FAST;
		return TCPHS_OPEN_THREE_WAY;
	}
	if (first_rst(m) != NO_EVENT)
		return TCPHS_OPEN_ABORTED;
	if (m->third != NO_EVENT && syn != NO_EVENT)
		return TCPHS_OPEN_THREE_WAY; /* not complete: the server never took the ACK */
	return TCPHS_OPEN_HALF;
}

static enum tcphs_open_kind kind_of(const struct model *m)
{
	int c = m->client;

	if (m->in->self)
		return TCPHS_OPEN_SELF;
	if (m->syn[0] == NO_EVENT && m->syn[1] == NO_EVENT && m->synack[0] == NO_EVENT &&
	    m->synack[1] == NO_EVENT)
		return TCPHS_OPEN_MIDSTREAM;
	if (m->syn[0] != NO_EVENT && m->syn[1] != NO_EVENT)
		return split(m) ? TCPHS_OPEN_FOUR_WAY : TCPHS_OPEN_SIMULTANEOUS;
	if (m->good_synack != NO_EVENT)
		return with_synack(m);
	if (m->rst_received != NO_EVENT && event_side(&m->in->event[m->rst]) != c &&
	    m->infer.side[c].entry[m->rst_received].from == TCPHS_SYN_SENT)
		return TCPHS_OPEN_REFUSED;
	if (m->passed[c])
		return TCPHS_OPEN_PARTIAL;
	return TCPHS_OPEN_NO_ANSWER;
}

static int64_t between(const struct model *m, uint32_t from, uint32_t to)
{
	int64_t ns;

	if (from == NO_EVENT || to == NO_EVENT)
		return -1;
	ns = event_time(&m->in->event[to]) - event_time(&m->in->event[from]);
	return ns >= 0 ? ns : -1;
}

/* The SYN that the SYN-ACK answers: the only one, or the last if TSecr says so, else unknown
 * (Karn's rule). */
static uint32_t answered_syn(const struct model *m)
{
	uint32_t found = NO_EVENT;

	for (uint32_t i = 0; i < m->good_synack; i++) {
		const struct event *p = &m->in->event[i];

		if (!event_is_syn(p) || event_side(p) != m->client ||
		    (p->bits & (EVENT_PSEUDO | EVENT_DEAD | EVENT_COPY)))
			continue;
		if (found != NO_EVENT && !m->in->answers_last)
			return NO_EVENT;
		found = i;
	}
	return found;
}

/* Round trips, and where the tap is: near the side whose part of the round trip is short. */
static void measure(struct model *m, struct tcphs_connection *conn)
{
	struct tcphs_open *open = &conn->open;
	bool repeated = false;

	open->rtt = open->rtt_to_server = open->rtt_to_client = -1;
	conn->vantage = TCPHS_VANTAGE_UNKNOWN;
	if (m->good_synack == NO_EVENT || m->synack[m->client] != NO_EVENT)
		return;
	for (uint32_t i = m->good_synack + 1; !m->shaped && i < m->in->events && i < m->third; i++)
		repeated |= event_is_synack(&m->in->event[i]) &&
		            !(m->in->event[i].bits & (EVENT_PSEUDO | EVENT_COPY));
	open->rtt_to_server = between(m, answered_syn(m), m->good_synack);
	if (!repeated && m->third != NO_EVENT &&
	    m->in->event[m->third].ack ==
	        m->in->event[m->good_synack].seq + 1 + event_data(&m->in->event[m->good_synack]))
		open->rtt_to_client = between(m, m->good_synack, m->third);
	if (open->rtt_to_server < 0 || open->rtt_to_client < 0)
		return;
	open->rtt = open->rtt_to_server + open->rtt_to_client;
	if (open->rtt <= 0)
		return;
	if (open->rtt_to_server * 5 < open->rtt_to_client)
		conn->vantage = TCPHS_AT_SERVER;
	else if (open->rtt_to_client * 5 < open->rtt_to_server)
		conn->vantage = TCPHS_AT_CLIENT;
	else
		conn->vantage = TCPHS_IN_MIDDLE;
}

static void count_repeats(const struct model *m, struct tcphs_open *open)
{
	uint32_t syns = 0, synacks = 0;
	bool heard = false;

	open->syn_retransmissions = open->synack_retransmissions = 0;
	if (m->shaped)
		return;
	for (uint32_t i = 0; i < m->in->events; i++) {
		const struct event *p = &m->in->event[i];

		if (p->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD))
			continue;
		if (event_is_syn(p) && event_side(p) == m->client)
			syns += m->third == NO_EVENT || i < m->third; /* else a wandering one */
		else if (event_is_synack(p) && event_side(p) != m->client)
			synacks += synacks == 0 ||
			           !((p->bits & EVENT_DROPPED) || heard); /* else overtaken */
		else if (event_side(p) != m->client && m->good_synack < i)
			heard |= model_heard_third(m, p, m->good_synack);
	}
	open->syn_retransmissions = syns > 0 ? syns - 1 : 0;
	open->synack_retransmissions = synacks > 0 ? synacks - 1 : 0;
}

/* ISNs: seen in a SYN, or inferred from the other side's acknowledgement. */
static void infer_isns(const struct model *m, struct tcphs_connection *conn)
{
	const struct event *event = m->in->event;

	for (int x = 0; x < 2; x++) {
		struct tcphs_endpoint *end = &conn->end[x];
		uint32_t syn = m->syn[x] != NO_EVENT ? m->syn[x] : m->synack[x];

		if (!m->in->self && x != m->client && m->syn[x] == NO_EVENT &&
		    m->good_synack != NO_EVENT)
			syn = m->good_synack;
		end->isn_known = syn != NO_EVENT || (m->in->self && m->syn[0] != NO_EVENT);
		end->isn_inferred = false;
		end->isn_time = 0;
		if (!end->isn_known)
			continue;
		syn = syn != NO_EVENT ? syn : m->syn[0];
		end->isn = event[syn].seq;
		end->isn_time = m->in->start + event_time(&event[syn]);
	}
	if (!conn->end[!m->client].isn_known && m->syn[m->client] != NO_EVENT &&
	    m->passed[m->client]) {
		for (uint32_t i = m->syn[m->client] + 1; i < m->in->events; i++) {
			const struct event *p = &event[i];

			if (event_side(p) == m->client && event_has_ack(p) && !event_is_rst(p) &&
			    !(p->bits & (EVENT_PSEUDO | EVENT_DEAD | EVENT_COPY))) {
				conn->end[!m->client].isn = p->ack - 1;
				conn->end[!m->client].isn_known = true;
				conn->end[!m->client].isn_inferred = true;
				return;
			}
		}
	}
	if (!conn->end[m->client].isn_known && m->good_synack != NO_EVENT) {
		conn->end[m->client].isn = event[m->good_synack].ack - 1;
		conn->end[m->client].isn_known = true;
		conn->end[m->client].isn_inferred = true;
	}
}

void model_classify_open(struct model *m)
{
	struct tcphs_open *open = &m->out->connection.open;

	open->kind = (uint8_t)kind_of(m);
	open->complete = m->passed[0] && m->passed[1] && open->kind != TCPHS_OPEN_MIDSTREAM &&
	                 open->kind != TCPHS_OPEN_ABORTED;
}

void model_fill_open(struct model *m)
{
	struct tcphs_connection *conn = &m->out->connection;
	struct tcphs_open *open = &conn->open;
	int c = m->client, s = !c;

	for (int i = 0; i < TCPHS_OPEN_PACKETS; i++)
		open->packet[i] = 0;
	conn->client_inferred = m->syn[0] == NO_EVENT && m->syn[1] == NO_EVENT;
	if (open->kind == TCPHS_OPEN_MIDSTREAM) {
		open->rtt = open->rtt_to_server = open->rtt_to_client = -1;
		open->syn_retransmissions = open->synack_retransmissions = open->data_in_syn = 0;
		conn->vantage = TCPHS_VANTAGE_UNKNOWN;
		conn->end[0].isn_known = conn->end[1].isn_known = false;
		return;
	}
	open->packet[TCPHS_P_SYN] = model_packet(m, m->syn[c]);
	open->packet[TCPHS_P_SYN2] = m->in->self ? 0 : model_packet(m, m->syn[s]);
	open->packet[TCPHS_P_SYNACK] = model_packet(m, m->good_synack);
	open->packet[TCPHS_P_ACK] = model_packet(m, m->third);
	if (open->kind == TCPHS_OPEN_FOUR_WAY)
		open->packet[TCPHS_P_ACK1] = model_packet(m, m->first_ack[s]);
	if (open->kind == TCPHS_OPEN_PARTIAL && m->third == NO_EVENT)
		open->packet[TCPHS_P_ACK] = model_packet(m, m->first_ack[c]);
	if (open->kind == TCPHS_OPEN_REFUSED)
		open->packet[TCPHS_P_OPEN_RST] = model_packet(m, m->rst);
	else if (open->kind == TCPHS_OPEN_ABORTED)
		open->packet[TCPHS_P_OPEN_RST] = model_packet(m, first_rst(m));
	open->data_in_syn = m->syn[c] != NO_EVENT ? event_data(&m->in->event[m->syn[c]]) : 0;
	count_repeats(m, open);
	measure(m, conn);
	infer_isns(m, conn);
}
