/* SPDX-License-Identifier: BSD-3-Clause */
/* How the connection closed: the kind, who began, the packets. */
#include "model/model.h"

#include "base/seq.h"

static bool opened(const struct tcphs_connection *conn)
{
	return conn->open.complete || conn->open.kind == TCPHS_OPEN_MIDSTREAM;
}

static int first_closer(const struct model *m)
{
	return m->fin[1] < m->fin[0];
}

static enum tcphs_close_kind with_fins(const struct model *m)
{
	int a = first_closer(m), b = !a;
	uint32_t acked = m->fin_ack[0] > m->fin_ack[1] ? m->fin_ack[0] : m->fin_ack[1];

	if (m->fin[a] == NO_EVENT)
		return TCPHS_CLOSE_NONE;
	if (m->rst != NO_EVENT && m->rst > m->fin[a] && (m->fin[b] == NO_EVENT || m->rst < acked))
		return TCPHS_CLOSE_FIN_RESET;
	if (m->fin[b] == NO_EVENT)
		return TCPHS_CLOSE_HALF;
	if (m->in->self || seq_lt(m->in->event[m->fin[b]].ack, m->fin_end[a]))
		return TCPHS_CLOSE_SIMULTANEOUS;
	return m->fin_ack[a] == m->fin[b] ? TCPHS_CLOSE_THREE_WAY : TCPHS_CLOSE_FOUR_WAY;
}

static enum tcphs_close_kind kind_of(const struct model *m, const struct tcphs_connection *conn)
{
	enum tcphs_close_kind kind = with_fins(m);

	if (m->rst != NO_EVENT && (kind == TCPHS_CLOSE_NONE || m->rst < m->fin[first_closer(m)]))
		return opened(conn) ? TCPHS_CLOSE_RESET : TCPHS_CLOSE_NONE;
	return kind;
}

static uint8_t initiator_of(const struct model *m, enum tcphs_close_kind kind)
{
	switch (kind) {
	case TCPHS_CLOSE_NONE:
		return TCPHS_NOBODY;
	case TCPHS_CLOSE_SIMULTANEOUS:
		return TCPHS_BOTH;
	case TCPHS_CLOSE_RESET:
		return model_word(m, event_side(&m->in->event[m->rst]));
	default:
		return model_word(m, first_closer(m));
	}
}

/* Octets that flowed from the other side after it had acknowledged the first FIN. */
static uint64_t half_closed_bytes(const struct model *m)
{
	int a = first_closer(m);
	uint32_t end = m->fin[!a] != NO_EVENT ? m->fin_end[!a] - 1 : m->max_end[!a];
	uint32_t from;

	if (m->fin_ack[a] == NO_EVENT || m->in->self)
		return 0;
	from = m->in->event[m->fin_ack[a]].seq;
	return seq_lt(from, end) ? end - from : 0;
}

void model_classify_close(struct model *m)
{
	struct tcphs_connection *conn = &m->out->connection;
	enum tcphs_close_kind kind = kind_of(m, conn);

	conn->close.kind = (uint8_t)kind;
	conn->close.initiator = initiator_of(m, kind);
	conn->close.complete = m->fin_ack[0] != NO_EVENT && m->fin_ack[1] != NO_EVENT &&
	                       kind != TCPHS_CLOSE_FIN_RESET && kind != TCPHS_CLOSE_RESET &&
	                       kind != TCPHS_CLOSE_NONE;
}

void model_fill_close(struct model *m)
{
	struct tcphs_close *close = &m->out->connection.close;
	enum tcphs_close_kind kind = (enum tcphs_close_kind)close->kind;
	int a = first_closer(m), b = !a;
	uint32_t begin = m->fin[a], last = NO_EVENT;

	for (int i = 0; i < TCPHS_CLOSE_PACKETS; i++)
		close->packet[i] = 0;
	close->half_close_bytes = 0;
	close->duration = -1;
	if (kind == TCPHS_CLOSE_NONE)
		return;
	if (kind == TCPHS_CLOSE_RESET) {
		begin = last = m->rst;
	} else {
		close->packet[TCPHS_P_FIN1] = model_packet(m, m->fin[a]);
		close->packet[TCPHS_P_CLOSE_ACK1] = model_packet(m, m->fin_ack[a]);
		close->packet[TCPHS_P_FIN2] = model_packet(m, m->fin[b]);
		close->packet[TCPHS_P_ACK2] = model_packet(m, m->fin_ack[b]);
		close->half_close_bytes = half_closed_bytes(m);
		for (int x = 0; x < 2; x++) {
			if (m->fin_ack[x] != NO_EVENT && (last == NO_EVENT || m->fin_ack[x] > last))
				last = m->fin_ack[x];
			if (m->fin[x] != NO_EVENT && (last == NO_EVENT || m->fin[x] > last))
				last = m->fin[x];
		}
	}
	if (kind == TCPHS_CLOSE_RESET || kind == TCPHS_CLOSE_FIN_RESET) {
		close->packet[TCPHS_P_RST] = model_packet(m, m->rst);
		last = m->rst;
	}
	if (last != NO_EVENT && begin != NO_EVENT) {
		close->duration =
		    event_time(&m->in->event[last]) - event_time(&m->in->event[begin]);
		if (close->duration < 0)
			close->duration = -1;
	}
}
