/* SPDX-License-Identifier: BSD-3-Clause */
/* An endpoint's log: appending to it, and folding it into the endpoint's state. */
#include "model/infer_log.h"

#include "base/seq.h"

#include <stdlib.h>
#include <string.h>

bool infer_grow(struct infer *in, void **memory, size_t *room, size_t size)
{
	size_t more = *room == 0 ? 64 : *room * 2;
	void *bigger = realloc(*memory, more * size);

	if (bigger == NULL) {
		in->failed = true;
		return false;
	}
	*memory = bigger;
	*room = more;
	return true;
}

static void apply_received(struct endpoint *e, const struct event *event, struct entry *entry)
{
	struct arrival arrival;
	bool known = e->rcv_known;

	if (entry->ack_valid && event_has_ack(event) && e->una_known)
		e->snd_nxt = seq_max(e->snd_nxt, event->ack); /* the capture lacks what it acks */
	entry->una = e->snd_una;
	entry->rcv_nxt = e->rcv_nxt;
	entry->edge = e->edge_known ? e->edge : e->rcv_nxt;
	if (entry->across)
		e->rcv_nxt = seq_max(e->rcv_nxt, event->seq);
	/* it can't be our SYN that it acknowledges */
	if (!entry->ack_valid && e->state == TCPHS_SYN_RECEIVED && !e->iss_known)
		arrival = (struct arrival){NULL, true};
	else
		arrival = endpoint_receive(e, event);
	entry->advanced = e->rcv_nxt != entry->rcv_nxt || e->rcv_known != known;
	entry->rule = arrival.rule;
	entry->ignored = arrival.ignored;
}

void infer_apply(const struct infer *in, struct endpoint *e, struct entry *entry)
{
	const struct event *event = &in->event[entry->event];

	entry->from = e->state;
	entry->rule = NULL;
	entry->una = e->snd_una;
	switch (entry->kind) {
	case ENTRY_SENT:
		entry->rule = endpoint_send(e, event, entry->ack_valid);
		entry->pins = ((event->bits & TCPHS_SYN) && !(event->bits & EVENT_DROPPED)) ||
		              (entry->rule && event_has_fin(event));
		break;
	case ENTRY_LISTENED:
		*e = (struct endpoint){.state = TCPHS_LISTEN, .shift = e->shift, .sack = e->sack};
		apply_received(e, event, entry);
		break;
	case ENTRY_RECEIVED:
		apply_received(e, event, entry);
		break;
	case ENTRY_NO_TCB:
	case ENTRY_GONE:
		entry->rule = endpoint_gone(e, NO_CONNECTION);
		break;
	case ENTRY_FIN_UNSEEN:
		entry->rule = endpoint_fin_unseen(e, event_end(event));
		break;
	case ENTRY_ABORTED:
		entry->rule = endpoint_gone(e, SND_RST);
		entry->pins = e->state == TCPHS_CLOSED;
		break;
	default:
		break;
	}
	entry->to = e->state;
}

void infer_refold(struct infer *in, int x)
{
	struct log *log = &in->side[x];

	log->now = log->base;
	for (size_t i = log->base_count; i < log->count; i++)
		infer_apply(in, &log->now, &log->entry[i]);
}

/* Settles the oldest entries once there are many, so that a refold stays cheap. */
static void settle(struct infer *in, struct log *log)
{
	size_t keep = log->count - BASE_DISTANCE / 2;

	while (log->base_count < keep) {
		struct entry scratch = log->entry[log->base_count++];

		infer_apply(in, &log->base, &scratch);
	}
	if (log->unproven < log->base_count)
		log->unproven = log->base_count;
}

struct entry *infer_append(struct infer *in, int x, enum entry_kind kind, uint32_t event,
                           uint32_t at)
{
	struct log *log = &in->side[x];
	struct entry *entry;

	if (log->count == log->room &&
	    !infer_grow(in, (void **)&log->entry, &log->room, sizeof(*log->entry)))
		return NULL;
	if (log->count - log->base_count >= BASE_DISTANCE)
		settle(in, log);
	entry = &log->entry[log->count++];
	memset(entry, 0, sizeof(*entry));
	entry->event = event;
	entry->at = at;
	entry->kind = (uint8_t)kind;
	entry->proven = NO_EVENT;
	return entry;
}

void infer_forget(struct infer *in, int x)
{
	struct log *log = &in->side[x];

	log->initial.state = log->base.state = TCPHS_CLOSED;
	infer_refold(in, x);
}
