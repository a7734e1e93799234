/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/arrive.h"

#include "base/seq.h"
#include "model/foresight.h"
#include "model/infer_log.h"

#include <string.h>

void arrive(struct infer *in, int y, uint32_t event, uint32_t at)
{
	struct entry *entry = infer_append(in, y, ENTRY_RECEIVED, event, at);

	if (entry == NULL)
		return;
	entry->ack_valid = foresee_ack_valid(in, event);
	infer_apply(in, &in->side[y].now, entry);
}

static void pend(struct infer *in, int y, uint32_t event)
{
	struct log *log = &in->side[y];

	if (log->pending_count == log->pending_room &&
	    !infer_grow(in, (void **)&log->pending, &log->pending_room, sizeof(*log->pending)))
		return;
	log->pending[log->pending_count++] = event;
}

/* Is it a RST that did not stop its sender? Then it was not from it. */
static bool is_forged(const struct infer *in, int y, uint32_t event)
{
	return event_is_rst(&in->event[event]) && in->side[!y].last_sent != NO_EVENT &&
	       in->side[!y].last_sent > event;
}

void arrive_pending(struct infer *in, int y, size_t count, uint32_t at)
{
	struct log *log = &in->side[y];

	for (size_t i = 0; i < count; i++) {
		uint32_t event = log->pending[i];

		if (!is_forged(in, y, event))
			arrive(in, y, event, at);
	}
	if (count == 0)
		return;
	memmove(log->pending, log->pending + count,
	        (log->pending_count - count) * sizeof(*log->pending));
	log->pending_count -= count;
}

bool arrive_void(struct infer *in, int x, size_t which)
{
	struct entry *entry = &in->side[x].entry[which];

	if (!is_forged(in, x, entry->event))
		return false;
	entry->kind = ENTRY_VOID;
	infer_refold(in, x);
	return true;
}

void arrive_withdraw(struct infer *in, int x, size_t first)
{
	struct log *log = &in->side[x];
	size_t waiting = log->pending_count, moved, kept = first;

	for (size_t i = first; i < log->count; i++) {
		struct entry entry = log->entry[i];

		if (entry.kind == ENTRY_RECEIVED) {
			pend(in, x, entry.event);
			continue;
		}
		log->entry[kept++] = entry;
	}
	log->count = kept;
	if (log->unproven > first)
		log->unproven = first;
	moved = log->pending_count - waiting;
	for (size_t i = 0; waiting > 0 && i < moved; i++) { /* rotate the moved ones to the front */
		uint32_t event = log->pending[waiting + i];

		memmove(log->pending + i + 1, log->pending + i, waiting * sizeof(*log->pending));
		log->pending[i] = event;
	}
	infer_refold(in, x);
}

/* Is whoever sends p in a synchronized state? With Fast Open data and a FIN may come before. */
static bool is_synchronized(const struct endpoint *e, const struct event *p)
{
	if ((p->bits & TCPHS_SYN) || event_is_rst(p))
		return false;
	if (!e->passive && event_has_ack(p) && e->irs_known && seq_lt(e->irs + 1, p->ack))
		return true;
	return endpoint_proves_synchronized(e, p) || (event_has_fin(p) && !e->syn_data);
}

/* The arrival of the FIN that ends at `end`, not folded away; log->count: none. *less: X has
 * acknowledged less since. */
static size_t find_fin(const struct infer *in, int x, uint32_t end, bool *less)
{
	const struct log *log = &in->side[x];

	*less = false;
	for (size_t k = log->count; k-- > log->base_count;) {
		const struct event *q = &in->event[log->entry[k].event];

		if (log->entry[k].kind == ENTRY_RECEIVED && event_has_fin(q) && event_end(q) == end)
			return k;
		*less |= log->entry[k].kind == ENTRY_SENT && event_has_ack(q);
	}
	return log->count;
}

/* It counts from its own row on, or, where X has said since that something lacks, from here. */
void arrive_across(struct infer *in, int x, uint32_t i)
{
	struct log *log = &in->side[x];
	const struct event *p = &in->event[i];
	struct entry moved;
	size_t k;
	bool less;

	if (!event_has_ack(p) || event_is_rst(p) || !log->now.peer_fin ||
	    seq_le(log->now.peer_fin_end, log->now.rcv_nxt) ||
	    seq_lt(p->ack, log->now.peer_fin_end))
		return;
	k = find_fin(in, x, log->now.peer_fin_end, &less);
	if (k == log->count)
		return;
	log->entry[k].across = true;
	if (less) {
		moved = log->entry[k];
		moved.at = i;
		memmove(&log->entry[k], &log->entry[k + 1], (log->count - 1 - k) * sizeof(moved));
		log->entry[log->count - 1] = moved;
		if (k < log->unproven)
			log->unproven--;
	}
	infer_refold(in, x);
}

/* Of the first `count` that wait those that p leaves open wait on: it acknowledges what stands
 * before them, or a part of them, so they had not come. Returns how many are left to arrive. */
static size_t set_aside(const struct infer *in, struct log *log, size_t count,
                        const struct event *p)
{
	size_t missing = 0;

	for (size_t k = 0; k + missing < count;) {
		uint32_t event = log->pending[k];
		const struct event *q = &in->event[event];

		if (!event_has_ack(p) || !seq_le(q->seq, p->ack) || !seq_lt(p->ack, event_end(q))) {
			k++;
			continue;
		}
		memmove(log->pending + k, log->pending + k + 1,
		        (count - 1 - k) * sizeof(*log->pending));
		log->pending[count - 1] = event;
		missing++;
	}
	return count - missing;
}

void arrive_if_acknowledged(struct infer *in, int x, uint32_t i)
{
	const struct event *p = &in->event[i];
	struct log *log = &in->side[x];
	size_t covered = 0;

	for (size_t k = 0; k < log->pending_count; k++) {
		const struct event *q = &in->event[log->pending[k]];
		bool syn_done = log->now.state == TCPHS_SYN_RECEIVED && event_has_ack(q) &&
		                is_synchronized(&log->now, p);

		bool fin_lacks =
		    event_has_fin(q) && !log->now.peer_fin; /* a run may stand behind it */

		if (syn_done ||
		    (event_has_ack(p) && event_end(q) != q->seq && seq_le(event_end(q), p->ack) &&
		     (!log->now.rcv_known || fin_lacks || seq_lt(log->now.rcv_nxt, event_end(q)))))
			covered = k + 1;
	}
	covered = set_aside(in, log, covered, p);
	if (covered == 0)
		return;
	arrive_pending(in, x, covered, i);
	arrive_across(in, x, i);
}

/* What of q is acknowledged wherever it came: of a SYN its number, for its data may be left out. */
static uint32_t heard_end(const struct event *q)
{
	return (q->bits & TCPHS_SYN) && !(q->bits & EVENT_RUN) ? q->seq + 1 : event_end(q);
}

size_t arrive_provable(const struct infer *in, int x, const struct event *p)
{
	const struct log *log = &in->side[x];
	size_t last = log->unproven;
	bool synchronized = is_synchronized(&log->now, p);

	for (size_t k = log->unproven; k < log->count; k++) {
		const struct entry *entry = &log->entry[k];
		const struct event *q = &in->event[entry->event];

		if (entry->kind != ENTRY_RECEIVED)
			continue;
		if (event_has_ack(p) && (entry->advanced || (q->bits & EVENT_RUN)) &&
		    seq_le(heard_end(q), p->ack))
			last = k + 1;
		if (synchronized && entry->rule != NULL && entry->rule->from == TCPHS_SYN_RECEIVED)
			last = k + 1;
	}
	return last;
}

void arrive_prove(struct log *log, size_t last, uint32_t i)
{
	for (size_t k = log->unproven; k < last; k++) {
		struct entry *entry = &log->entry[k];

		if (entry->kind == ENTRY_RECEIVED && entry->proven == NO_EVENT)
			entry->proven = i;
	}
	if (last > log->unproven)
		log->unproven = last;
}
