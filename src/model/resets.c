/* SPDX-License-Identifier: BSD-3-Clause */
/* The three forms of a RST tell what its sender was (the model's §4.3): it refused, it replied to a
 * segment that it had no connection for, or it gave up. */
#include "model/resets.h"

#include "base/seq.h"
#include "model/infer_log.h"

static bool answers_no_tcb(const struct infer *in, int x, const struct event *p)
{
	uint32_t last = in->side[!x].last_sent;
	const struct event *q;

	if (!event_has_ack(p) || in->side[x].last_sent != NO_EVENT || last == NO_EVENT)
		return false;
	q = &in->event[last];
	/* A SYN-FIN counts twice for a closed port (§3.10.7.1), once for a listener. */
	return !event_has_ack(q) && (p->ack == event_end(q) ||
	                             (event_is(q, TCPHS_SYN | TCPHS_FIN, TCPHS_SYN | TCPHS_FIN) &&
	                              p->ack == event_end(q) + 1));
}

/* Which segment of the peer a RST without ACK replies to, whose ACK became its number: the last
 * one, or the first with octets that X, since it last spoke, can have met without a connection;
 * NO_EVENT: none. */
static uint32_t replied_to(const struct infer *in, int x, const struct event *p)
{
	const struct log *log = &in->side[x];
	uint32_t last = in->side[!x].last_sent, found = NO_EVENT;

	if (event_has_ack(p) || last == NO_EVENT)
		return NO_EVENT;
	if (event_has_ack(&in->event[last]) && in->event[last].ack == p->seq)
		return last;
	for (size_t k = log->count; k > log->unproven && log->entry[k - 1].kind != ENTRY_SENT;
	     k--) {
		const struct event *r = &in->event[log->entry[k - 1].event];

		if (log->entry[k - 1].kind == ENTRY_RECEIVED && event_has_ack(r) &&
		    r->ack == p->seq && !(r->bits & EVENT_RUN) && event_end(r) != r->seq)
			found = log->entry[k - 1].event;
	}
	return found;
}

/* A reply from a state that stays: the ACK was unacceptable before synchronization. */
static bool reply_keeps_state(const struct endpoint *e, const struct event *p)
{
	if (e->state == TCPHS_LISTEN)
		return true;
	return (e->state == TCPHS_SYN_SENT || e->state == TCPHS_SYN_RECEIVED) &&
	       !endpoint_ack_covers_syn(e, p->seq);
}

void reset_depart(struct infer *in, int x, uint32_t i)
{
	const struct event *p = &in->event[i];
	struct log *log = &in->side[x];
	struct entry *entry;
	uint32_t answered = replied_to(in, x, p);

	if (answers_no_tcb(in, x, p) && log->base_count == 0) {
		infer_forget(in, x);
	} else if (answered != NO_EVENT) {
		if (reply_keeps_state(&log->now, p)) {
			infer_append(in, x, ENTRY_VOID, i, i);
			infer_refold(in, x);
			return;
		}
		/* there was no connection when the answered segment arrived */
		for (size_t k = log->count; k > log->base_count; k--) {
			struct entry *r = &log->entry[k - 1];

			if (r->kind == ENTRY_SENT)
				break;
			if (r->kind == ENTRY_RECEIVED && r->event == answered) {
				r->kind = ENTRY_NO_TCB;
				r->proven = i;
				infer_refold(in, x);
				break;
			}
		}
	}
	entry = infer_append(in, x, ENTRY_ABORTED, i, i);
	if (entry != NULL)
		infer_apply(in, &log->now, entry);
}

/* It called before anything had reached it: it was CLOSED, whatever RSTs there are. */
static bool has_called(const struct infer *in, const struct log *log)
{
	for (size_t k = 0; k < log->count; k++)
		if (log->entry[k].kind == ENTRY_SENT)
			return event_is_syn(&in->event[log->entry[k].event]);
	return false;
}

void reset_withdraw(struct infer *in, int x)
{
	struct log *log = &in->side[x];
	bool found = false;

	for (size_t k = log->base_count; k < log->count; k++) {
		struct entry *entry = &log->entry[k];

		if (entry->kind == ENTRY_ABORTED) {
			in->spoofed = entry->event;
			entry->kind = ENTRY_VOID;
			found = true;
		} else if (entry->kind == ENTRY_NO_TCB) {
			entry->kind = ENTRY_RECEIVED;
			found = true;
		} else if (entry->kind == ENTRY_GONE) {
			entry->kind = ENTRY_VOID; /* it goes on here: the newer SYN was forged */
			found = true;
		}
	}
	if (!found)
		return;
	if (log->base_count == 0 && event_is_syn(&in->event[0]) && event_side(&in->event[0]) != x &&
	    !has_called(in, log))
		log->initial.state = log->base.state = TCPHS_LISTEN; /* it had not refused */
	infer_refold(in, x);
}
