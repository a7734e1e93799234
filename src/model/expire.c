/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TIME-WAIT ends by its timer, which no capture shows (RFC 9293 §3.10.8). It runs for 2 MSL from
 * when the wait began, and starts over where the other side's FIN comes again (§3.10.7.4), or where
 * the side itself speaks, which only what reached it makes it do. Then CLOSED is assumed, unless
 * the side speaks once more. The pane counts down the same (src/ladder/explain_states.c). Linux
 * starts its 60 s over at whatever carries an ACK.
 */
#include "model/model.h"

/* Does it begin the wait of side x, or begin it anew? */
static bool begins_wait(const struct model *m, int x, uint32_t i)
{
	const struct event *p = &m->in->event[i];

	if (!event_counts(p) || event_is_rst(p))
		return false;
	return event_side(p) == x || event_has_fin(p) || i == m->fin_ack[x];
}

/* The index behind the last event by which side x speaks. Looked for once: how many silences a
 * connection has is its ends' choice. */
static uint32_t speaks_until(const struct model *m, int x)
{
	uint32_t i = (uint32_t)m->in->events;

	while (i > 0 &&
	       (!event_counts(&m->in->event[i - 1]) || event_side(&m->in->event[i - 1]) != x ||
	        event_is_rst(&m->in->event[i - 1])))
		i--;
	return i;
}

/* The event at whose row side x began to wait for the last time. */
static uint32_t waits_since(const struct log *log)
{
	for (size_t k = log->count; k-- > 0;)
		if (log->entry[k].rule != NULL && log->entry[k].to == TCPHS_TIME_WAIT)
			return log->entry[k].at;
	return NO_EVENT;
}

uint32_t model_expired(const struct model *m, int x)
{
	const struct log *log = &m->infer.side[m->in->self ? 0 : x];
	uint32_t since, silent;
	int64_t last;

	if (log->now.state != TCPHS_TIME_WAIT || m->out->connection.duration < TWO_MSL)
		return NO_EVENT;
	since = waits_since(log);
	if (since == NO_EVENT)
		return NO_EVENT;
	silent = speaks_until(m, x);
	last = event_time(&m->in->event[since]);
	for (uint32_t i = since + 1; i < m->in->events; i++) {
		if (m->in->event[i].bits & EVENT_PSEUDO)
			continue;
		if (event_time(&m->in->event[i]) - last >= TWO_MSL && i >= silent)
			return i;
		if (begins_wait(m, x, i))
			last = event_time(&m->in->event[i]);
	}
	return NO_EVENT;
}

/* Is the time up when the capture ends? */
static bool is_over(const struct model *m, int x)
{
	int64_t end = m->out->connection.duration + m->in->quiet;
	uint32_t i = (uint32_t)m->in->events;

	if (end < TWO_MSL)
		return false;
	while (i > 0 && !begins_wait(m, x, i - 1))
		i--;
	return i > 0 && end - event_time(&m->in->event[i - 1]) >= TWO_MSL;
}

void model_expire(const struct model *m, struct tcphs_endpoint end[2])
{
	for (int x = 0; x < 2; x++)
		if (end[x].state == TCPHS_TIME_WAIT && is_over(m, m->in->self ? 0 : x)) {
			end[x].state = TCPHS_CLOSED;
			end[x].certain = false;
		}
}
