/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TIME-WAIT ends by its timer, which no capture shows (RFC 9293 §3.10.8): after 2 MSL in which
 * nothing passed CLOSED is assumed, unless the side speaks once more.
 */
#include "model/model.h"

static bool is_passed(const struct event *p)
{
	return !(p->bits & EVENT_PSEUDO);
}

/* The index behind the last event by which side x speaks. Looked for once: how many silences a
 * connection has is its ends' choice. */
static uint32_t speaks_until(const struct model *m, int x)
{
	uint32_t i = (uint32_t)m->in->events;

	while (i > 0 && (!event_counts(&m->in->event[i - 1]) ||
	                 event_side(&m->in->event[i - 1]) != x ||
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
		if (!is_passed(&m->in->event[i]))
			continue;
		if (event_time(&m->in->event[i]) - last >= TWO_MSL && i >= silent)
			return i;
		last = event_time(&m->in->event[i]);
	}
	return NO_EVENT;
}

void model_expire(const struct model *m, struct tcphs_endpoint end[2])
{
	for (int x = 0; x < 2; x++)
		if (end[x].state == TCPHS_TIME_WAIT && m->in->quiet >= TWO_MSL) {
			end[x].state = TCPHS_CLOSED;
			end[x].certain = false;
		}
}
