/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TIME-WAIT ends by its timer, which no capture shows (RFC 9293 §3.10.8). It runs for 2 MSL from
 * when the wait began, and starts over where the other side's FIN comes again (§3.10.7.4); where
 * the side still speaks when it should be over, such a FIN had come that was not captured. CLOSED
 * is assumed then, unless the side speaks once more. The pane counts down the same
 * (src/ladder/explain_states.c).
 */
#include "model/model.h"

/* When the wait of side x began, as of event i; it did at `since` before that. */
static int64_t waits_from(const struct model *m, int x, uint32_t i, int64_t since)
{
	const struct event *p = &m->in->event[i];
	int64_t now = event_time(p);

	if (!event_counts(p) || event_is_rst(p))
		return since;
	if (i == m->fin_ack[x] || (event_side(p) != x && event_has_fin(p)) ||
	    (event_side(p) == x && now - since >= TWO_MSL))
		return now;
	return since;
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
		last = waits_from(m, x, i, last);
	}
	return NO_EVENT;
}

/* Is the time up when the capture ends? */
static bool is_over(const struct model *m, int x)
{
	int64_t end = m->out->connection.duration + m->in->quiet, since = 0;

	for (uint32_t i = 0; i < m->in->events && end >= TWO_MSL; i++)
		since = waits_from(m, x, i, since);
	return end - since >= TWO_MSL;
}

void model_close_expired(struct tcphs_endpoint *end)
{
	end->state = TCPHS_CLOSED;
	end->certain = false;
	end->expired = true;
}

void model_expire(const struct model *m, struct tcphs_endpoint end[2])
{
	for (int x = 0; x < 2; x++)
		if (end[x].state == TCPHS_TIME_WAIT && is_over(m, m->in->self ? 0 : x))
			model_close_expired(&end[x]);
}
