/* SPDX-License-Identifier: BSD-3-Clause */
/* The three forms of a RST tell what its sender was (the model's §4.3): it refused, it replied to a
 * segment that it had no connection for, or it gave up. */
#include "model/resets.h"

#include "base/seq.h"
#include "model/arrive.h"
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
 * one, or the first with octets that X, as it has acknowledged none of them, can have met without a
 * connection; NO_EVENT: none. */
static uint32_t replied_to(const struct infer *in, int x, const struct event *p)
{
	const struct log *log = &in->side[x];
	uint32_t last = in->side[!x].last_sent, found = NO_EVENT;

	if (event_has_ack(p) || last == NO_EVENT)
		return NO_EVENT;
	if (event_has_ack(&in->event[last]) && in->event[last].ack == p->seq)
		return last;
	for (size_t k = log->count; k > log->unproven; k--) {
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

/* It met no connection; `from` stays where the entry is. */
static void close_at(struct infer *in, int x, struct entry *entry, uint32_t i)
{
	entry->kind = ENTRY_NO_TCB;
	entry->proven = i;
	infer_refold(in, x);
}

#define TOGETHER INT64_C(10000000) /* what is answered at once comes nearly at once */

struct replies {
	uint32_t count;            /* RSTs like this one that have left already */
	int64_t since;             /* the first of them */
	const struct event *abort; /* one of another form that has: X gave up; or NULL */
};

static struct replies replies_behind(const struct infer *in, const struct log *log, size_t k,
                                     const struct event *rst)
{
	struct replies found = {.since = event_time(rst)};

	for (k++; k < log->count; k++) {
		const struct event *p = &in->event[log->entry[k].event];

		if (log->entry[k].kind != ENTRY_ABORTED)
			continue;
		if (event_has_ack(p) || p->seq != rst->seq)
			found.abort = p;
		else if (found.count++ == 0)
			found.since = event_time(p);
	}
	return found;
}

/* Did r come shortly before the last of them, and as long before as the first RST before this one?
 * A RST that the path doubled comes at any time. */
static bool keeps_step(const struct event *r, const struct event *last, const struct event *rst,
                       const struct replies *replies)
{
	int64_t apart = event_time(last) - event_time(r);
	int64_t off = event_time(rst) - replies->since - apart;

	return apart < TOGETHER && off < TOGETHER && off > -TOGETHER;
}

/* Was X still there when r came before the last of them? Behind its FIN it goes by a RST of its
 * own, or by octets that nobody will read, and not by an ACK. */
static bool outlives(const struct entry *entry, const struct event *r,
                     const struct replies *replies)
{
	return (entry->from == TCPHS_FIN_WAIT_1 || entry->from == TCPHS_FIN_WAIT_2) &&
	       !(r->bits & EVENT_RUN) && event_end(r) == r->seq && replies->count > 0 &&
	       replies->abort == NULL;
}

/* A FIN before entry k that X's abort does not acknowledge met nobody either: it came behind the
 * abort, like the repetition of it that is answered. */
static size_t first_fin_behind(const struct infer *in, const struct log *log, size_t k,
                               const struct event *abort)
{
	size_t found = k;

	if (abort == NULL || !event_has_ack(abort))
		return k;
	while (k-- > log->unproven && log->entry[k].kind != ENTRY_SENT) {
		const struct event *r = &in->event[log->entry[k].event];

		if (log->entry[k].kind == ENTRY_RECEIVED && event_has_fin(r) &&
		    seq_lt(abort->ack, event_end(r)))
			found = k;
	}
	return found;
}

/* Each segment that met no connection is answered by a RST of its own, alike to the bit: the nth
 * RST makes the nth segment, from entry k back, one that did. */
static void meet_nobody(struct infer *in, int x, size_t k, uint32_t i)
{
	struct log *log = &in->side[x];
	const struct event *rst = &in->event[i], *last = &in->event[log->entry[k].event];
	struct replies replies = replies_behind(in, log, k, rst);
	uint32_t left = replies.count, packets;
	size_t fin = first_fin_behind(in, log, k, replies.abort);

	if (fin < k)
		close_at(in, x, &log->entry[fin], i);
	for (k++; k-- > log->base_count && log->entry[k].kind != ENTRY_SENT; left -= packets) {
		const struct event *r = &in->event[log->entry[k].event];

		packets = 0;
		if (log->entry[k].kind != ENTRY_RECEIVED && log->entry[k].kind != ENTRY_NO_TCB)
			continue;
		if (r != last && (!event_has_ack(r) || r->ack != rst->seq))
			return;
		packets = r->bits & EVENT_RUN ? r->length : 1;
		if (left >= packets)
			continue;
		if (log->entry[k].kind == ENTRY_RECEIVED && keeps_step(r, last, rst, &replies) &&
		    !outlives(&log->entry[k], r, &replies))
			close_at(in, x, &log->entry[k], i);
		return;
	}
}

/* There was no connection when the answered segment arrived. Where X has sent something else since
 * then, and nothing proves that it had come by then, it came behind that. */
static void met_nobody(struct infer *in, int x, uint32_t answered, uint32_t i)
{
	struct log *log = &in->side[x];
	bool spoke = false;

	for (size_t k = log->count; k > log->base_count; k--) {
		struct entry *r = &log->entry[k - 1];

		spoke |= r->kind == ENTRY_SENT;
		if (r->event != answered)
			continue;
		if (!spoke) {
			meet_nobody(in, x, k - 1, i);
		} else if (r->kind == ENTRY_RECEIVED && r->proven == NO_EVENT &&
		           k > log->unproven) {
			arrive_withdraw(in, x, k - 1);
			arrive_pending(in, x, log->pending_count, i);
		}
		return;
	}
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
		met_nobody(in, x, answered, i);
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
