/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of the group "closing". */
#include "model/model.h"

#include "base/seq.h"

#define SECOND          INT64_C(1000000000)
#define CLOSE_WAIT_LONG (60 * SECOND)
#define ACK_DELAY_MIN   (35 * SECOND / 1000)
#define ACK_DELAY_MAX   (SECOND / 2)

static void check_kind(struct model *m)
{
	const struct tcphs_connection *conn = &m->out->connection;
	int a = m->fin[1] < m->fin[0], b = !a;

	if (conn->close.kind == TCPHS_CLOSE_THREE_WAY)
		model_emit(m, TCPHS_D_CLOSE_MERGED, m->fin[b]);
	if (m->fin[a] == NO_EVENT || (conn->close.kind != TCPHS_CLOSE_SIMULTANEOUS &&
	                              conn->close.kind != TCPHS_CLOSE_FIN_RESET))
		return;
	if (m->fin[b] != NO_EVENT &&
	    (m->in->self || seq_lt(m->in->event[m->fin[b]].ack, m->fin_end[a])))
		model_emit_shaped(m, TCPHS_D_CLOSE_SIMULTANEOUS, m->fin[b]);
}

static void check_left_open(struct model *m)
{
	int a = m->fin[1] < m->fin[0];

	if (m->fin[a] == NO_EVENT || m->rst != NO_EVENT)
		return;
	if (m->fin[!a] == NO_EVENT)
		model_emit(m, TCPHS_D_CLOSE_INCOMPLETE, m->fin[a]);
	for (int x = 0; x < 2; x++)
		if (m->fin[x] != NO_EVENT && m->fin_ack[x] == NO_EVENT && !(m->in->self && x == 1))
			model_emit(m, TCPHS_D_FIN_UNACKED, m->fin[x]);
}

/* Data that Y sends after it acknowledged X's FIN. */
static void check_half_close(struct model *m)
{
	int a = m->fin[1] < m->fin[0];
	uint32_t from;

	if (m->fin[a] == NO_EVENT || m->fin_ack[a] == NO_EVENT || m->in->self)
		return;
	from = m->in->event[m->fin_ack[a]].seq;
	for (uint32_t i = m->fin_ack[a]; i < m->in->events; i++) {
		const struct event *p = &m->in->event[i];
		uint32_t end = event_end(p) - (event_has_fin(p) ? 1 : 0);

		if (!event_counts(p) || event_side(p) == a || event_is_rst(p))
			continue;
		if (i == m->fin_ack[a] && event_has_fin(p))
			return; /* the FIN came with its ACK: nothing was half closed */
		if (i > m->fin[!a] && end == m->fin_end[!a])
			continue; /* empty, behind its own FIN */
		if (event_has_ack(p) && seq_lt(from, end)) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_CLOSE_HALF, i);

			if (d != NULL)
				d->detail[0] = (int64_t)m->out->connection.close.half_close_bytes;
			return;
		}
	}
}

static void check_long_close_wait(struct model *m)
{
	int a = m->fin[1] < m->fin[0];
	uint32_t end = m->fin[!a] < m->rst ? m->fin[!a] : m->rst;
	int64_t from, to;

	if (m->fin_ack[a] == NO_EVENT || m->fin[a] == NO_EVENT || m->in->self)
		return;
	from = event_time(&m->in->event[m->fin_ack[a]]);
	for (uint32_t i = m->fin_ack[a]; i < m->in->events; i++)
		if (event_counts(&m->in->event[i]) && event_side(&m->in->event[i]) != a &&
		    i < m->fin[!a] && event_data(&m->in->event[i]) > 0)
			from = event_time(&m->in->event[i]);
	to = end != NO_EVENT ? event_time(&m->in->event[end])
	                     : m->out->connection.duration + m->in->quiet;
	if (m->fin[!a] != NO_EVENT && m->fin[!a] == m->fin_ack[a])
		return;
	if (to - from > CLOSE_WAIT_LONG) {
		struct tcphs_diagnosis *d =
		    model_emit(m, TCPHS_D_CLOSE_WAIT_LONG,
		               m->fin[!a] != NO_EVENT ? m->fin[!a] : m->fin_ack[a]);

		if (d != NULL)
			d->detail[0] = to - from;
	}
}

/* It was repeated, or the other side asked for what lacks before it with an ACK that says nothing
 * new: loss, not delay. */
static bool fin_was_missed(const struct model *m, int a)
{
	const struct event *before = NULL;

	for (uint32_t i = 0; i < m->fin_ack[a]; i++) {
		const struct event *p = &m->in->event[i];

		if (!event_counts(p) || event_is_rst(p))
			continue;
		if (i > m->fin[a] && event_has_fin(p))
			return true;
		if (event_side(p) == a)
			continue;
		if (i > m->fin[a] && before != NULL && !(p->bits & EVENT_RUN) &&
		    event_data(p) == 0 && p->ack == before->ack &&
		    (p->window == before->window || event_is_synack(before)))
			return true;
		before = p;
	}
	return false;
}

/* A FIN that waits for its ACK longer than the path takes: a delayed ACK (RFC 9293 §3.8.6.3). */
static void check_ack_delay(struct model *m)
{
	const struct tcphs_connection *conn = &m->out->connection;
	int a = m->fin[1] < m->fin[0];
	int64_t path = a == m->client ? conn->open.rtt_to_server : conn->open.rtt_to_client;
	int64_t wait;

	if (m->fin[a] == NO_EVENT || m->fin_ack[a] == NO_EVENT || path < 0 || m->in->self ||
	    event_has_fin(&m->in->event[m->fin_ack[a]]) ||
	    event_data(&m->in->event[m->fin_ack[a]]) > 0)
		return;
	if (fin_was_missed(m, a))
		return;
	wait =
	    event_time(&m->in->event[m->fin_ack[a]]) - event_time(&m->in->event[m->fin[a]]) - path;
	if (wait >= ACK_DELAY_MIN && wait <= ACK_DELAY_MAX) {
		struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_ACK_DELAY, m->fin_ack[a]);

		if (d != NULL)
			d->detail[0] = wait;
	}
}

/* ---- resets ------------------------------------------------------------------------ */

/* The last segment with an ACK that the other side sent before the RST. */
static uint32_t answered(const struct model *m, uint32_t rst)
{
	int y = !event_side(&m->in->event[rst]);

	for (uint32_t i = rst; i-- > 0;)
		if (event_counts(&m->in->event[i]) && event_side(&m->in->event[i]) == y &&
		    !event_is_rst(&m->in->event[i]))
			return i;
	return NO_EVENT;
}

/* <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK> answers a segment without ACK where there is no such
 * connection (RFC 9293 §3.10.7.1): a probe of a closed port, not the end of anything. */
bool model_rst_met_nothing(const struct model *m)
{
	const struct event *rst = m->rst != NO_EVENT ? &m->in->event[m->rst] : NULL;
	const struct event *last = NULL;

	if (rst == NULL || !event_has_ack(rst) || rst->seq != 0)
		return false;
	for (uint32_t i = 0; i < m->rst; i++) {
		const struct event *p = &m->in->event[i];

		if (p->bits & (EVENT_PSEUDO | EVENT_COPY))
			continue;
		if (event_side(p) == event_side(rst))
			return false;
		last = p;
	}
	return last != NULL && !event_has_ack(last) && rst->ack == event_end(last);
}

/* <SEQ=SEG.ACK><CTL=RST> answers a segment with ACK where there is no such connection. */
static bool replies(const struct model *m, uint32_t rst, uint32_t to)
{
	return !event_has_ack(&m->in->event[rst]) && to != NO_EVENT &&
	       m->in->event[to].ack == m->in->event[rst].seq;
}

bool model_rst_replies(const struct model *m)
{
	return m->out->connection.close.kind == TCPHS_CLOSE_RESET && m->rst != NO_EVENT &&
	       replies(m, m->rst, answered(m, m->rst));
}

static void check_final_rst(struct model *m)
{
	const struct event *rst = &m->in->event[m->rst];
	int x = event_side(rst);
	uint32_t to = answered(m, m->rst);
	bool reply = replies(m, m->rst, to);
	bool fin = m->fin[0] < m->rst || m->fin[1] < m->rst;

	if (m->out->connection.close.kind != TCPHS_CLOSE_RESET &&
	    m->out->connection.close.kind != TCPHS_CLOSE_FIN_RESET)
		return;
	if (reply) {
		if (m->fin[x] < m->rst && event_data(&m->in->event[to]) > 0)
			model_emit(m, TCPHS_D_RST_LATE_DATA, m->rst);
		return;
	}
	if (model_rst_met_nothing(m))
		return;
	model_emit(m, fin ? TCPHS_D_RST_AFTER_FIN : TCPHS_D_RST_ABORT, m->rst);
}

/* Inside the window that the receiver had granted; where none is known, inside 64 KiB. */
static bool in_window(const struct entry *entry, uint32_t seq)
{
	uint32_t edge = entry->edge == entry->rcv_nxt ? entry->rcv_nxt + 65535u : entry->edge;

	return seq_lt(entry->rcv_nxt, seq) && seq_le(seq, edge);
}

/* Was the receiver synchronized, or known to be in SYN-RECEIVED, where the same rule holds? */
static bool has_window(const struct model *m, int y, const struct entry *entry)
{
	return entry->from >= TCPHS_ESTABLISHED ||
	       (entry->from == TCPHS_SYN_RECEIVED && y != m->client &&
	        m->good_synack < entry->event);
}

static void check_inexact(struct model *m, int y, const struct entry *entry)
{
	const struct event *rst = &m->in->event[entry->event];

	if (entry->event == m->rst || entry->rule != NULL || !has_window(m, y, entry) ||
	    m->in->self || (m->fin[!y] != NO_EVENT && rst->seq == m->fin_end[!y]))
		return;
	model_emit_numbers(
	    m, in_window(entry, rst->seq) ? TCPHS_D_RST_INEXACT : TCPHS_D_RST_OUT_OF_WINDOW,
	    entry->event, entry->rcv_nxt, rst->seq);
}

static void check_rsts(struct model *m)
{
	for (int y = 0; y < 2; y++) {
		const struct log *log = &m->infer.side[m->in->self ? 0 : y];

		if (m->in->self && y == 1)
			break;
		for (size_t k = 0; k < log->count; k++) {
			const struct entry *entry = &log->entry[k];

			if (entry->kind != ENTRY_RECEIVED ||
			    !event_is_rst(&m->in->event[entry->event]))
				continue;
			if (entry->rule != NULL && entry->from == TCPHS_TIME_WAIT)
				model_emit(m, TCPHS_D_TW_ASSASSINATED, entry->event);
			check_inexact(m, y, entry);
		}
	}
	if (m->infer.spoofed != NO_EVENT)
		model_emit(m, TCPHS_D_RST_SPOOF_SUSPECT, m->infer.spoofed);
}

void model_check_close(struct model *m)
{
	check_rsts(m);
	if (m->rst != NO_EVENT)
		check_final_rst(m);
	if (m->fin[0] == NO_EVENT && m->fin[1] == NO_EVENT)
		return;
	check_kind(m);
	check_left_open(m);
	check_half_close(m);
}

void model_check_waits(struct model *m)
{
	if (m->fin[0] == NO_EVENT && m->fin[1] == NO_EVENT)
		return;
	check_long_close_wait(m);
	check_ack_delay(m);
}
