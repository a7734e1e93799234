/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of the handshake's segments: repeated ones, wrong numbers, the third. */
#include "model/model.h"

#include "base/seq.h"

#include <stddef.h>

/* Of so many wrong SYN-ACKs of a side it is looked for what the client did: each look is at all of
 * the connection. */
#define REACTIONS_MAX 256u

#define TENTH INT64_C(100000000) /* ns */

/* ---- repeated SYNs and SYN-ACKs ---------------------------------------------------- */

/* The pauses between the SYNs of side x from event `first` on, in tenths of a second. */
static void note_apart(const struct model *m, int x, uint32_t first, struct tcphs_diagnosis *d)
{
	int64_t before = event_time(&m->in->event[first]);
	unsigned count = 0;

	for (uint32_t i = first + 1; i < m->in->events && count < TCPHS_APART; i++) {
		const struct event *p = &m->in->event[i];
		int64_t tenths;

		if (!event_counts(p) || event_side(p) != x || !event_is_syn(p))
			continue;
		tenths = (event_time(p) - before + TENTH / 2) / TENTH;
		d->apart[count++] = (uint16_t)(tenths < 1            ? 1
		                               : tenths < UINT16_MAX ? tenths
		                                                     : UINT16_MAX);
		before = event_time(p);
	}
}

static void check_syns(struct model *m, int x)
{
	const struct event *event = m->in->event;
	uint32_t first = m->syn[x], count = 0, last = first, unheard = 0; /* before any answer */
	bool refused;

	if (first == NO_EVENT)
		return;
	for (uint32_t i = first; i < m->in->events; i++) {
		if ((event[i].bits & EVENT_PSEUDO) && event[i].seq == PSEUDO_SPOKE_OLD)
			unheard = 0; /* an older connection answered it */
		if (!event_counts(&event[i]) || event_side(&event[i]) != x ||
		    !event_is_syn(&event[i]))
			continue;
		if (count++ > 0 && event[i].seq == event[first].seq)
			model_emit_details(m, TCPHS_D_SYN_RETX, i, count,
			                   event_time(&event[i]) - event_time(&event[first]));
		last = i;
		unheard += i < m->good_synack;
	}
	refused = m->rst_received != NO_EVENT && m->rst < last; /* it asks anew, by no timer */
	if (count >= 3 && !refused) {
		struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_SYN_RTO, last);

		if (d != NULL) {
			d->detail[0] = count;
			d->detail[1] = event_time(&event[last]) - event_time(&event[first]);
			note_apart(m, x, first, d);
		}
	}
	if (unheard >= 3 && m->good_synack != NO_EVENT)
		model_emit_details(m, TCPHS_D_BACKLOG_SUSPECT, m->good_synack, unheard, 0);
}

struct synack_state {
	uint32_t last;  /* the last SYN-ACK, NO_EVENT */
	uint32_t third; /* the client's ACK behind it was seen */
	uint32_t again; /* how often it came although the ACK was seen */
	bool reset;     /* a RST since */
	bool heard;     /* the side went on as only who is ESTABLISHED does */
	unsigned wrong; /* SYN-ACKs that acknowledge no SYN of the capture */
};

static void check_synack(struct model *m, uint32_t i, struct synack_state *state)
{
	const struct event *p = &m->in->event[i], *before;

	if (state->last == NO_EVENT) {
		state->last = i;
		return;
	}
	before = &m->in->event[state->last];
	if (before->seq == p->seq && before->ack == p->ack) {
		struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_SYNACK_RETX, i);

		if (d != NULL) {
			d->detail[0] = event_time(p) - event_time(before);
			d->detail[1] = state->heard;
		}
		if (state->third != NO_EVENT && !state->heard) {
			model_emit_details(m, TCPHS_D_THIRD_ACK_LOST, i,
			                   event_time(p) - event_time(&m->in->event[state->third]),
			                   0);
			if (++state->again == 2)
				model_emit_details(m, TCPHS_D_ACCEPT_QUEUE_SUSPECT, i, state->again,
				                   0);
			state->third = NO_EVENT;
		}
	} else if (before->ack == p->ack && before->seq != p->seq && !state->reset) {
		model_emit_numbers(m, TCPHS_D_SYNACK_ISN_CHANGED, i, before->seq, p->seq);
	}
	state->last = i;
	state->reset = false;
}

/* What the client did about SYN-ACK i, which acknowledges no SYN of the capture. */
enum reaction {
	REACTION_NONE,
	REACTION_REFUSED, /* it reset it, or went on calling: it never sent such a SYN */
	REACTION_WENT_ON, /* with those numbers: the capture lacks the SYN */
};

static enum reaction reaction_to(const struct model *m, uint32_t i, const struct event *syn)
{
	const struct event *p = &m->in->event[i];

	for (uint32_t k = 0; k < m->in->events; k++) {
		const struct event *q = &m->in->event[k];
		bool server = event_side(q) == event_side(p);

		if (!event_counts(q) || q->bits & EVENT_RUN)
			continue;
		/* the server had that number before it saw this SYN */
		if (server && k < i && !(q->bits & (TCPHS_SYN | TCPHS_RST)) && q->ack == p->ack)
			return REACTION_WENT_ON;
		if (server || k < i)
			continue;
		if (event_is_syn(q) && q->seq == syn->seq)
			return REACTION_REFUSED;
		if (event_is_rst(q) && !event_has_ack(q) && q->seq == p->ack)
			return REACTION_REFUSED;
		if (!(q->bits & (TCPHS_SYN | TCPHS_RST)) && event_has_ack(q) &&
		    seq_lt(p->seq, q->ack) &&
		    seq_distance(q->seq, p->ack) < seq_distance(q->seq, syn->seq))
			return REACTION_WENT_ON;
	}
	return REACTION_NONE;
}

/* The arithmetic of RFC 9293 §3.10.7.3: ISS < SEG.ACK ≤ ISS + 1 + data of the SYN. Off by one it
 * is miscounted; below that it may answer an old duplicate SYN (Figure 8), of which the capture
 * lacks what would tell; beyond it is the server's error only if the client shows that it sent no
 * such SYN. */
static void check_synack_number(struct model *m, uint32_t i, struct synack_state *state)
{
	const struct event *p = &m->in->event[i], *syn;
	int y = !event_side(p);
	struct tcphs_diagnosis *d;
	enum reaction reaction;
	int32_t beyond;

	if (m->syn[y] == NO_EVENT || m->in->self)
		return;
	syn = &m->in->event[m->syn[y]];
	beyond = seq_diff(p->ack, syn->seq);
	if (beyond > 0 && beyond <= 1 + (int32_t)event_data(syn))
		return;
	reaction = state->wrong++ < REACTIONS_MAX ? reaction_to(m, i, syn) : REACTION_NONE;
	d = model_emit_numbers(
	    m, reaction == REACTION_WENT_ON ? TCPHS_D_ACK_UNSEEN : TCPHS_D_SYNACK_ACK_MISMATCH, i,
	    syn->seq + 1, p->ack);
	if (d != NULL && seq_distance(p->ack, event_end(syn)) > 1 &&
	    (reaction == REACTION_NONE || beyond < 0 || m->good_synack != NO_EVENT || m->passed[y]))
		d->severity = TCPHS_WARNING;
}

bool model_heard_third(const struct model *m, const struct event *p, uint32_t synack)
{
	uint32_t syn = m->syn[m->client];
	bool fast = syn == NO_EVENT || event_data(&m->in->event[syn]) > 0;

	if (event_is_rst(p) || (p->bits & (TCPHS_SYN | EVENT_PSEUDO)))
		return false;
	return (!fast && event_data(p) > 0) ||
	       (event_has_ack(p) && seq_lt(m->in->event[synack].ack, p->ack));
}

static void check_synacks(struct model *m, int x)
{
	struct synack_state state = {.last = NO_EVENT, .third = NO_EVENT};
	const struct event *event = m->in->event;
	bool passive = m->syn[x] == NO_EVENT;

	if (m->synack[x] == NO_EVENT || m->in->self)
		return;
	for (uint32_t i = m->synack[x]; i < m->in->events; i++) {
		const struct event *p = &event[i];

		if (!event_counts(p))
			continue;
		if (event_side(p) == x && state.last != NO_EVENT)
			state.heard |= model_heard_third(m, p, state.last);
		if (event_is_rst(p)) {
			state.reset = true;
		} else if (event_side(p) != x && event_is_syn(p)) {
			state.third = NO_EVENT; /* what comes may answer this */
		} else if (event_side(p) == x && event_is_synack(p)) {
			check_synack_number(m, i, &state);
			if (passive && !(state.last != NO_EVENT && (p->bits & EVENT_DROPPED)))
				check_synack(m, i, &state); /* not an older one, overtaken */
		} else if (event_side(p) != x && event_has_ack(p) && !(p->bits & TCPHS_SYN) &&
		           state.last != NO_EVENT && seq_lt(event[state.last].seq, p->ack)) {
			state.third = i;
		}
	}
	if (m->syn[!x] == NO_EVENT && m->syn[x] == NO_EVENT && m->synack[x] < m->synack[!x])
		model_emit(m, TCPHS_D_SYNACK_UNSOLICITED, m->synack[x]);
}

/* ---- the third segment ------------------------------------------------------------- */

static bool spoke_since(const struct model *m, int side, uint32_t since)
{
	for (uint32_t i = since + 1; i < m->in->events; i++)
		if (event_counts(&m->in->event[i]) && event_side(&m->in->event[i]) == side)
			return true;
	return false;
}

/* More than a SYN-ACK or a RST: numbers of its stream. */
static bool streamed_between(const struct model *m, int side, uint32_t from, uint32_t to)
{
	for (uint32_t i = from + 1; i < to; i++) {
		const struct event *p = &m->in->event[i];

		if (event_counts(p) && event_side(p) == side && !event_is_rst(p) &&
		    !event_is_synack(p) && event_end(p) != event_end(&m->in->event[from]))
			return true;
	}
	return false;
}

/* What the server has sent until then, as far as that was captured. */
static bool confirms_what_was_sent(const struct model *m, const struct event *third)
{
	const struct event *synack = &m->in->event[m->good_synack];

	return seq_lt(synack->seq, third->ack) &&
	       (seq_le(third->ack, event_end(synack)) ||
	        streamed_between(m, !m->client, m->good_synack, m->third));
}

static void check_third_seq(struct model *m, const struct event *synack, const struct event *third)
{
	uint32_t first = m->in->event[m->syn[m->client]].seq + 1;
	int32_t ahead = seq_diff(third->seq, first);
	bool keepalive = ahead == -1 && event_data(third) <= 1 && !event_has_fin(third);
	struct tcphs_diagnosis *d;

	if (ahead == 0 || third->seq == synack->ack || keepalive)
		return;
	if (ahead > 0 && ahead <= synack->window)
		return; /* inside the window: a segment before it is missing (seq-gap) */
	if (ahead > 0 && m->ack_seen[!m->client] && seq_le(third->seq, m->max_ack[!m->client]))
		return; /* the server acknowledges what the capture lacks */
	d = model_emit_numbers(m, TCPHS_D_THIRD_SEQ_MISMATCH, m->third, first, third->seq);
	/* the capture may lack what was sent, and its answers, or the open that it is of */
	if (d != NULL &&
	    (!spoke_since(m, !m->client, m->third) || !confirms_what_was_sent(m, third)))
		d->severity = TCPHS_WARNING;
}

/* What the server does next shows that it did not take the third segment: it resets it or repeats
 * its SYN-ACK. Else what stands between may just not be in the capture, as it may where a FIN or a
 * Fast Open (RFC 7413 §4.2.2) says that more had been sent than the capture holds. */
static bool third_was_refused(const struct model *m, const struct event *synack,
                              const struct event *third)
{
	if (event_has_fin(third) || event_data(&m->in->event[m->syn[m->client]]) > 0)
		return false; /* what it follows is not captured */
	for (uint32_t i = m->third + 1; i < m->in->events; i++) {
		const struct event *p = &m->in->event[i];

		if (!event_counts(p) || event_side(p) == m->client)
			continue;
		if (event_is_synack(p))
			return p->seq == synack->seq;
		return event_is_rst(p) && !event_has_ack(p) && p->seq == third->ack;
	}
	return false;
}

/* It had confirmed that number before this SYN-ACK came: it answers another, which the capture
 * lacks (or somebody plays a recording of the client again), and ack-unseen said so there. */
static bool is_answer_to_another(const struct model *m, const struct event *third)
{
	for (uint32_t i = 0; i < m->good_synack; i++) {
		const struct event *p = &m->in->event[i];

		if (event_counts(p) && event_side(p) == m->client && event_has_ack(p) &&
		    !event_is_rst(p) && p->ack == third->ack)
			return true;
	}
	return false;
}

static void check_third(struct model *m)
{
	const struct event *synack, *third;

	if (m->third == NO_EVENT || m->good_synack == NO_EVENT || m->in->self ||
	    m->syn[m->client] == NO_EVENT || m->syn[!m->client] != NO_EVENT)
		return;
	synack = &m->in->event[m->good_synack];
	third = &m->in->event[m->third];
	if (!(third->bits & EVENT_RUN)) {
		check_third_seq(m, synack, third);
		if (event_data(third) > 0 &&
		    third->seq == m->in->event[m->syn[m->client]].seq + 1) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_THIRD_ACK_DATA, m->third);

			if (d != NULL)
				d->detail[0] = event_data(third);
		}
	}
	if (third->seq != synack->ack || is_answer_to_another(m, third))
		return; /* it isn't the third: what it confirms may not be captured */
	if (!confirms_what_was_sent(m, third) &&
	    (seq_le(third->ack, synack->seq) || third_was_refused(m, synack, third)))
		model_emit_numbers(m, TCPHS_D_THIRD_ACK_MISMATCH, m->third, event_end(synack),
		                   third->ack);
}

void model_check_handshake(struct model *m)
{
	check_syns(m, m->client);
	if (!m->in->self)
		check_syns(m, !m->client);
	check_synacks(m, 0);
	check_synacks(m, 1);
	check_third(m);
}
