/* SPDX-License-Identifier: BSD-3-Clause */
/* What the classification and the checks ask for again and again, found in one pass. */
#include "model/model.h"

#include "base/seq.h"
#include "model/foresight.h"

#define SYSTEM_PORTS 1024 /* below it are those that IANA gives to services */

static void first(uint32_t *where, uint32_t i)
{
	if (*where == NO_EVENT)
		*where = i;
}

static void count_numbers(struct model *m, int x, const struct event *p)
{
	uint32_t end = event_end(p);

	m->segments[x] += p->bits & EVENT_RUN ? p->length : 1;
	if (event_is_rst(p))
		return;
	m->max_end[x] = m->end_seen[x] ? seq_max(m->max_end[x], end) : end;
	m->end_seen[x] = true;
	if (event_has_ack(p)) {
		m->max_ack[x] = m->ack_seen[x] ? seq_max(m->max_ack[x], p->ack) : p->ack;
		m->ack_seen[x] = true;
	}
}

/* A guess: who is behind a port that only services have, as IANA gives them, was called; where both
 * are or neither is, who was captured first is the caller. */
static int guess_client(const struct model *m)
{
	bool service[2];

	for (int x = 0; x < 2; x++)
		service[x] = m->in->end[x].port < SYSTEM_PORTS;
	if (service[0] != service[1])
		return service[0] ? 1 : 0;
	for (size_t i = 0; i < m->in->events; i++)
		if (!(m->in->event[i].bits & EVENT_PSEUDO))
			return event_side(&m->in->event[i]);
	return 0;
}

/* Who called: the sender of the first bare SYN, unless that is the second half of a split open;
 * without one, whom a SYN-ACK answers; else it is a guess. */
static void find_client(struct model *m)
{
	m->client = 0;
	if (m->syn[0] != NO_EVENT || m->syn[1] != NO_EVENT)
		m->client = (m->syn[0] > m->syn[1]) != foresee_split(&m->infer);
	else if (m->synack[0] != NO_EVENT || m->synack[1] != NO_EVENT)
		m->client = m->synack[0] < m->synack[1];
	else
		m->client = guess_client(m);
}

static bool answers_syn(const struct model *m, const struct event *p, int x)
{
	const struct event *syn;
	int32_t beyond;

	if (m->syn[!x] == NO_EVENT)
		return true; /* the SYN was not captured */
	syn = &m->in->event[m->syn[!x]];
	beyond = seq_diff(p->ack, syn->seq);
	return beyond > 0 && beyond <= 1 + (int32_t)event_data(syn);
}

static void find_open(struct model *m)
{
	const struct event *event = m->in->event;
	int c = m->client;

	for (uint32_t i = 0; i < m->in->events; i++) {
		const struct event *p = &event[i];

		if (!event_counts(p) || event_is_rst(p))
			continue;
		if (event_is_synack(p) && event_side(p) != c && answers_syn(m, p, !c))
			first(&m->good_synack, i);
		if ((p->bits & TCPHS_SYN) && !(p->bits & EVENT_RUN))
			continue;
		if (event_side(p) == c && event_has_ack(p) && m->good_synack != NO_EVENT)
			first(&m->third, i);
		if (event_has_ack(p) && m->syn[event_side(p)] > i && m->synack[event_side(p)] > i &&
		    m->syn[!event_side(p)] < i)
			first(&m->first_ack[event_side(p)], i);
		if (m->good_synack != NO_EVENT && m->third != NO_EVENT)
			break;
	}
}

/* The FINs that were sent in a state that can send one, and what acknowledges them. */
static void find_fins(struct model *m)
{
	const struct event *event = m->in->event;

	for (int x = 0; x < 2; x++) {
		const struct log *log = &m->infer.side[m->in->self ? 0 : x];

		for (size_t k = 0; k < log->count && m->fin[x] == NO_EVENT; k++) {
			const struct entry *entry = &log->entry[k];

			if ((entry->kind == ENTRY_SENT || entry->kind == ENTRY_FIN_UNSEEN) &&
			    entry->rule != NULL && event_has_fin(&event[entry->event])) {
				m->fin[x] = entry->event;
				m->fin_end[x] = event_end(&event[entry->event]);
			}
		}
	}
	for (int x = 0; x < 2; x++) {
		if (m->fin[x] == NO_EVENT)
			continue;
		for (uint32_t i = m->fin[x] + 1; i < m->in->events; i++) {
			const struct event *p = &event[i];

			if (event_counts(p) && !event_is_rst(p) && event_has_ack(p) &&
			    (event_side(p) != x || m->in->self) && seq_le(m->fin_end[x], p->ack)) {
				m->fin_ack[x] = i;
				break;
			}
		}
	}
}

static bool speaks_after(const struct model *m, int y, uint32_t i)
{
	for (uint32_t k = i + 1; k < m->in->events; k++)
		if (event_counts(&m->in->event[k]) && event_side(&m->in->event[k]) == y &&
		    !event_is_rst(&m->in->event[k]))
			return true;
	return false;
}

static bool aborted_by(const struct model *m, int x, uint32_t rst)
{
	const struct log *log = &m->infer.side[x];

	for (size_t k = 0; k < log->count; k++)
		if (log->entry[k].event == rst && log->entry[k].kind == ENTRY_ABORTED)
			return log->entry[k].rule != NULL || log->entry[k].from == TCPHS_CLOSED;
	return false;
}

/* The first RST that took effect: it was accepted, or its sender was gone and the receiver,
 * synchronized, never spoke again (a capture with holes can't say that it was exact). */
static void find_rst(struct model *m)
{
	for (int y = 0; y < 2; y++) {
		const struct log *log = &m->infer.side[m->in->self ? 0 : y];

		for (uint32_t k = 0; k < log->count; k++) {
			const struct entry *entry = &log->entry[k];

			if (entry->kind != ENTRY_RECEIVED ||
			    !event_is_rst(&m->in->event[entry->event]))
				continue;
			if (entry->rule == NULL &&
			    ((entry->from < TCPHS_ESTABLISHED &&
			      !(entry->from == TCPHS_CLOSED && m->passed[y])) ||
			     speaks_after(m, y, entry->event) ||
			     !aborted_by(m, m->in->self ? 0 : !y, entry->event)))
				continue;
			if (entry->event < m->rst) {
				m->rst = entry->event;
				m->rst_received = k;
			}
			break;
		}
	}
}

static void find_passed(struct model *m)
{
	for (int x = 0; x < 2; x++) {
		const struct log *log = &m->infer.side[m->in->self ? 0 : x];

		for (size_t k = 0; k < log->count && !m->passed[x]; k++)
			m->passed[x] = log->entry[k].to >= TCPHS_ESTABLISHED;
	}
}

void model_forget_facts(struct model *m)
{
	for (int x = 0; x < 2; x++) {
		m->syn[x] = m->synack[x] = m->fin[x] = m->fin_ack[x] = m->first_ack[x] = NO_EVENT;
		m->ack_seen[x] = m->end_seen[x] = m->passed[x] = false;
		m->segments[x] = m->max_ack[x] = m->max_end[x] = m->fin_end[x] = 0;
	}
	m->good_synack = m->third = m->rst = m->rst_received = NO_EVENT;
	m->client = 0;
}

void model_facts(struct model *m)
{
	const struct event *event = m->in->event;

	model_forget_facts(m);
	for (uint32_t i = 0; i < m->in->events; i++) {
		int x = event_side(&event[i]);

		if (!event_counts(&event[i]))
			continue;
		if (!infer_is_stray(&m->infer, i))
			count_numbers(m, x, &event[i]);
		if (event_is_syn(&event[i]))
			first(&m->syn[x], i);
		else if (event_is_synack(&event[i]))
			first(&m->synack[x], i);
	}
	find_client(m);
	find_open(m);
	find_fins(m);
	find_passed(m);
	find_rst(m);
}
