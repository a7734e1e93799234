/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What was lost on the way to Y, as X shows by sending it again. The model's §4.1 lets what was
 * contradicted arrive with X's next segment; where Y did not have it when it must have been there,
 * and X sends it again, the repetition is what arrives.
 */
#include "model/lost.h"

#include "base/seq.h"
#include "model/infer_log.h"

#define LOOK_BACK 64u /* events: for what the other side said last */

/* The same text or FIN again, or the same RST. */
static bool is_repeated(const struct event *q, const struct event *p)
{
	const unsigned other = TCPHS_SYN | TCPHS_RST | EVENT_RUN | EVENT_QUIET;

	if (event_is_rst(p))
		return event_is_rst(q) && q->seq == p->seq;
	return q->seq == p->seq && event_end(q) == event_end(p) && event_end(p) != p->seq &&
	       ((q->bits | p->bits) & other) == 0 && ((q->bits ^ p->bits) & TCPHS_FIN) == 0;
}

int64_t lost_open_time(const struct infer *in)
{
	uint32_t synack = NO_EVENT;

	if (in->count == 0 || !event_is_syn(&in->event[0]))
		return INT64_MAX;
	for (uint32_t i = 1; i < in->count; i++) {
		const struct event *p = &in->event[i];

		if (!event_counts(p) || (p->bits & (EVENT_RUN | EVENT_QUIET)))
			continue;
		if (event_is_synack(p) && synack == NO_EVENT)
			synack = i;
		else if (synack != NO_EVENT && event_side(p) == event_side(&in->event[0]))
			return event_time(p) - event_time(&in->event[0]);
	}
	return INT64_MAX;
}

/* Y spoke when q must have been there, and did not have it; a RST would have silenced it. */
static bool was_missed(const struct infer *in, uint32_t q, uint32_t i)
{
	uint32_t end = event_end(&in->event[q]);
	uint32_t first = i - q > LOOK_BACK ? i - LOOK_BACK : q + 1;

	for (uint32_t k = i; k-- > first;) {
		const struct event *p = &in->event[k];

		if (!event_counts(p) || (p->bits & (EVENT_RUN | EVENT_QUIET)) ||
		    event_side(p) == event_side(&in->event[q]) || !event_has_ack(p))
			continue;
		return (event_is_rst(&in->event[q]) || seq_lt(p->ack, end)) &&
		       event_time(p) - event_time(&in->event[q]) > in->open_time;
	}
	return false;
}

void lost_drop(struct infer *in, int y, uint32_t i)
{
	struct log *log = &in->side[y];
	const struct event *p = &in->event[i];
	size_t kept = 0;

	if (event_end(p) == p->seq && !event_is_rst(p))
		return;
	for (size_t k = log->unproven; k < log->count; k++) {
		struct entry *entry = &log->entry[k];

		if (entry->kind != ENTRY_RECEIVED || entry->at == entry->event ||
		    !is_repeated(&in->event[entry->event], p) || !was_missed(in, entry->event, i))
			continue;
		entry->kind = ENTRY_VOID;
		infer_refold(in, y);
		break;
	}
	for (size_t k = 0; k < log->pending_count; k++)
		if (!is_repeated(&in->event[log->pending[k]], p) ||
		    !was_missed(in, log->pending[k], i))
			log->pending[kept++] = log->pending[k];
	log->pending_count = kept;
}
