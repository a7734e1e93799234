/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of the group "opening", and what the two SYNs agreed on. */
#include "model/model.h"

#include "base/seq.h"

#include <stddef.h>

#define OPTIONS_UNKNOWN (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)

static bool counts(const struct event *p)
{
	return !(p->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD));
}

/* ---- repeated SYNs and SYN-ACKs ---------------------------------------------------- */

static void check_syns(struct model *m, int x)
{
	const struct event *event = m->in->event;
	uint32_t first = m->syn[x], count = 0, last = first, unheard = 0; /* before any answer */

	if (first == NO_EVENT)
		return;
	for (uint32_t i = first; i < m->in->events; i++) {
		if (!counts(&event[i]) || event_side(&event[i]) != x || !event_is_syn(&event[i]))
			continue;
		if (count++ > 0 && event[i].seq == event[first].seq)
			model_emit_details(m, TCPHS_D_SYN_RETX, i, count,
					   event_time(&event[i]) - event_time(&event[first]));
		last = i;
		unheard += i < m->good_synack;
	}
	if (count >= 3)
		model_emit_details(m, TCPHS_D_SYN_RTO, last, count,
				   event_time(&event[last]) - event_time(&event[first]));
	if (unheard >= 3 && m->good_synack != NO_EVENT)
		model_emit_details(m, TCPHS_D_BACKLOG_SUSPECT, m->good_synack, unheard, 0);
}

struct synack_state {
	uint32_t last;    /* the last SYN-ACK, NO_EVENT */
	uint32_t third;   /* the client's ACK behind it was seen */
	uint32_t again;   /* how often it came although the ACK was seen */
	bool reset;       /* a RST since */
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

		if (d != NULL)
			d->detail[0] = event_time(p) - event_time(before);
		if (state->third != NO_EVENT) {
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

		if (!counts(q) || q->bits & EVENT_RUN)
			continue;
		if (server && k < i && !(q->bits & (TCPHS_SYN | TCPHS_RST)) && q->ack == p->ack)
			return REACTION_WENT_ON; /* the server had that number before it saw this SYN */
		if (server || k < i)
			continue;
		if (event_is_syn(q) && q->seq == syn->seq)
			return REACTION_REFUSED;
		if (event_is_rst(q) && !event_has_ack(q) && q->seq == p->ack)
			return REACTION_REFUSED;
		if (!(q->bits & (TCPHS_SYN | TCPHS_RST)) && event_has_ack(q) && seq_lt(p->seq, q->ack) &&
		    seq_distance(q->seq, p->ack) < seq_distance(q->seq, syn->seq))
			return REACTION_WENT_ON;
	}
	return REACTION_NONE;
}

/* The arithmetic of RFC 9293 §3.10.7.3: ISS < SEG.ACK ≤ ISS + 1 + data of the SYN. Off by one it
 * is miscounted; else it is the server's error only if the client shows that it sent no such SYN,
 * since an old duplicate or a gap in the capture explains it as well. */
static void check_synack_number(struct model *m, uint32_t i)
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
	reaction = reaction_to(m, i, syn);
	d = model_emit_numbers(m,
			       reaction == REACTION_WENT_ON ? TCPHS_D_ACK_UNSEEN
							    : TCPHS_D_SYNACK_ACK_MISMATCH,
			       i, syn->seq + 1, p->ack);
	if (d != NULL && seq_distance(p->ack, event_end(syn)) > 1 &&
	    (reaction == REACTION_NONE || m->good_synack != NO_EVENT || m->passed[y]))
		d->severity = TCPHS_WARNING;
}

static void check_synacks(struct model *m, int x)
{
	struct synack_state state = {NO_EVENT, NO_EVENT, 0, false};
	const struct event *event = m->in->event;
	bool passive = m->syn[x] == NO_EVENT;

	if (m->synack[x] == NO_EVENT || m->in->self)
		return;
	for (uint32_t i = m->synack[x]; i < m->in->events; i++) {
		const struct event *p = &event[i];

		if (!counts(p))
			continue;
		if (event_is_rst(p)) {
			state.reset = true;
		} else if (event_side(p) != x && event_is_syn(p)) {
			state.third = NO_EVENT; /* what comes may answer this */
		} else if (event_side(p) == x && event_is_synack(p)) {
			check_synack_number(m, i);
			if (passive && !(state.last != NO_EVENT && (p->bits & EVENT_DROPPED)))
				check_synack(m, i, &state); /* not an older one, overtaken */
		} else if (event_side(p) != x && event_has_ack(p) && !(p->bits & TCPHS_SYN) &&
			   state.last != NO_EVENT && seq_lt(event[state.last].seq, p->ack)) {
			state.third = i;
		}
	}
	if (m->syn[!x] == NO_EVENT && m->syn[x] == NO_EVENT)
		model_emit(m, TCPHS_D_SYNACK_UNSOLICITED, m->synack[x]);
}

/* ---- the third segment ------------------------------------------------------------- */

static bool spoke_since(const struct model *m, int side, uint32_t since)
{
	for (uint32_t i = since + 1; i < m->in->events; i++)
		if (counts(&m->in->event[i]) && event_side(&m->in->event[i]) == side)
			return true;
	return false;
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
	if (d != NULL && !spoke_since(m, !m->client, m->third))
		d->severity = TCPHS_WARNING; /* the capture may lack what was sent, and its answers */
}

/* The server shows that it did not take the third segment: it resets it or repeats its SYN-ACK.
 * Else what stands between may just not be in the capture. */
static bool third_was_refused(const struct model *m, const struct event *synack, const struct event *third)
{
	if (third->seq != synack->ack)
		return false; /* it isn't the third: what it follows is not captured */
	for (uint32_t i = m->third + 1; i < m->in->events; i++) {
		const struct event *p = &m->in->event[i];

		if (!counts(p) || event_side(p) == m->client || (p->bits & EVENT_RUN))
			continue;
		if (event_is_synack(p) && p->seq == synack->seq)
			return true;
		if (event_is_rst(p) && !event_has_ack(p) && p->seq == third->ack)
			return true;
	}
	return false;
}

/* It starts where something between the SYN and it, which the capture lacks, must have ended: then
 * it isn't the third, and its ACK is only an old one. */
static bool follows_gap(const struct model *m, const struct event *synack, const struct event *third)
{
	uint32_t first = m->in->event[m->syn[m->client]].seq + 1;

	return third->seq != synack->ack && seq_lt(first, third->seq) &&
	       seq_diff(third->seq, first) <= synack->window;
}

static void check_third(struct model *m)
{
	const struct event *synack, *third;
	uint32_t expected;

	if (m->third == NO_EVENT || m->good_synack == NO_EVENT || m->in->self ||
	    m->syn[m->client] == NO_EVENT || m->syn[!m->client] != NO_EVENT)
		return;
	synack = &m->in->event[m->good_synack];
	third = &m->in->event[m->third];
	expected = event_end(synack);
	if (!(third->bits & EVENT_RUN)) {
		check_third_seq(m, synack, third);
		if (event_data(third) > 0 && third->seq == m->in->event[m->syn[m->client]].seq + 1) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_THIRD_ACK_DATA, m->third);

			if (d != NULL)
				d->detail[0] = event_data(third);
		}
	}
	if ((seq_diff(third->ack, synack->seq) < 1 && !follows_gap(m, synack, third)) ||
	    (seq_lt(m->max_end[!m->client], third->ack) && seq_lt(expected, third->ack) &&
	     m->max_end[!m->client] == expected && third_was_refused(m, synack, third)))
		model_emit_numbers(m, TCPHS_D_THIRD_ACK_MISMATCH, m->third, expected, third->ack);
}

/* ---- how it ended before it began -------------------------------------------------- */

static void check_resets(struct model *m)
{
	const struct event *event = m->in->event;
	int c = m->client;

	for (uint32_t i = 0; i < m->in->events; i++) {
		const struct log *log = &m->infer.side[!event_side(&event[i])];

		if (!event_is_rst(&event[i]) || !counts(&event[i]) || m->in->self)
			continue;
		for (size_t k = 0; k < log->count; k++) {
			const struct entry *entry = &log->entry[k];

			if (entry->event != i || entry->kind != ENTRY_RECEIVED)
				continue;
			if (entry->from == TCPHS_SYN_SENT && entry->rule == NULL &&
			    event_side(&event[i]) != c && m->good_synack > i)
				model_emit_numbers(m, TCPHS_D_REFUSED_BAD_ACK, i,
						   event[m->syn[c]].seq + 1, event[i].ack);
			break;
		}
	}
}

static bool reset_of_synack(const struct model *m)
{
	const struct event *rst;

	if (m->rst == NO_EVENT || m->good_synack == NO_EVENT || m->third != NO_EVENT)
		return false;
	rst = &m->in->event[m->rst];
	return event_side(rst) == m->client && rst->seq == m->in->event[m->good_synack].ack;
}

void model_detail_no_answer(const struct model *m, struct tcphs_diagnosis *d)
{
	d->detail[0] = m->out->connection.open.syn_retransmissions + 1;
	d->detail[1] = m->out->connection.duration;
}

static void check_outcome(struct model *m)
{
	const struct tcphs_connection *conn = &m->out->connection;
	int c = m->client;
	struct tcphs_diagnosis *d;

	switch (conn->open.kind) {
	case TCPHS_OPEN_NO_ANSWER:
		d = model_emit(m, TCPHS_D_OPEN_NO_ANSWER, m->syn[c]);
		if (d != NULL)
			model_detail_no_answer(m, d);
		break;
	case TCPHS_OPEN_HALF:
		if (m->syn[c] != NO_EVENT)
			model_emit_details(m, TCPHS_D_OPEN_HALF, m->good_synack,
					   conn->open.synack_retransmissions + 1,
					   conn->open.synack_retransmissions > 0 ? conn->duration : 0);
		break;
	case TCPHS_OPEN_REFUSED:
		model_emit(m, TCPHS_D_OPEN_REFUSED, m->rst);
		break;
	case TCPHS_OPEN_ABORTED:
		if (reset_of_synack(m) && (m->in->has_next || m->in->previous.exists))
			model_emit(m, TCPHS_D_OLD_DUP_SYN, m->syn[c]);
		else if (reset_of_synack(m))
			model_emit(m, TCPHS_D_OPEN_RESET, m->rst);
		break;
	case TCPHS_OPEN_SIMULTANEOUS:
		model_emit_details(m, TCPHS_D_OPEN_SIMULTANEOUS, m->syn[!c],
				   event_time(&m->in->event[m->syn[!c]]) -
				       event_time(&m->in->event[m->syn[c]]),
				   0);
		break;
	case TCPHS_OPEN_FOUR_WAY:
		model_emit(m, TCPHS_D_OPEN_SPLIT, m->syn[!c]);
		break;
	case TCPHS_OPEN_SELF:
		model_emit(m, TCPHS_D_OPEN_SELF, m->syn[0] != NO_EVENT ? m->syn[0] : 0);
		break;
	default:
		break;
	}
}

/* ---- the incarnation before -------------------------------------------------------- */

static bool in(uint8_t state, enum tcphs_state a, enum tcphs_state b)
{
	return state == a || state == b;
}

static bool found_half_open(const struct model *m)
{
	for (size_t i = 0; i < m->in->events; i++)
		if ((m->in->event[i].bits & EVENT_PSEUDO) && m->in->event[i].seq == PSEUDO_RESET_OLD)
			return true;
	return false;
}

static void check_previous(struct model *m)
{
	const struct previous *before = &m->in->previous;
	int x = m->client, y = !x;
	uint32_t syn = m->syn[x];

	if (!before->exists || syn == NO_EVENT)
		return;
	if (found_half_open(m)) {
		model_emit(m, TCPHS_D_HALF_OPEN_FOUND, syn);
	} else if (in(before->state[x], TCPHS_SYN_SENT, TCPHS_SYN_RECEIVED) &&
		   before->state[y] != TCPHS_CLOSED && before->state[y] != TCPHS_LISTEN) {
		if (before->nxt_known[x])
			model_emit_numbers(m, TCPHS_D_SYN_ISN_CHANGED, syn, before->nxt[x] - 1,
					   m->in->event[syn].seq);
		else
			model_emit(m, TCPHS_D_SYN_ISN_CHANGED, syn);
	} else if (before->state[y] == TCPHS_TIME_WAIT && before->nxt_known[x]) {
		bool newer = before->ts[x] && (m->in->syn_options[x] & TCPHS_OPT_TIMESTAMPS) &&
			     seq_lt(before->tsval[x], m->in->syn_tsval[x]);

		model_emit(m, TCPHS_D_TW_REUSE, syn);
		if (!newer && seq_lt(m->in->event[syn].seq, before->nxt[x]))
			model_emit_numbers(m, TCPHS_D_TW_REUSE_ISN_LOW, syn, before->nxt[x],
					   m->in->event[syn].seq);
	} else if (before->state[x] == TCPHS_TIME_WAIT ||
		   (in(before->state[x], TCPHS_CLOSED, TCPHS_LISTEN) &&
		    in(before->state[y], TCPHS_CLOSED, TCPHS_LISTEN)) ||
		   in(before->state[y], TCPHS_CLOSED, TCPHS_LISTEN)) {
		model_emit_details(m, TCPHS_D_TUPLE_REUSE, syn, before->id, before->quiet);
		if (before->state[x] == TCPHS_TIME_WAIT && before->quiet >= 0 &&
		    before->quiet < 60 * INT64_C(1000000000)) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_TWO_MSL_SHORT, syn);

			if (d != NULL)
				d->detail[0] = before->quiet;
		}
	} else {
		model_emit_details(m, TCPHS_D_TUPLE_REUSE, syn, before->id, before->quiet);
	}
}

/* ---- what the SYNs agreed on ------------------------------------------------------- */

static void check_ecn(struct model *m)
{
	unsigned ecn = TCPHS_AE | TCPHS_CWR | TCPHS_ECE;
	unsigned asked, said;

	if (m->syn[m->client] == NO_EVENT || m->good_synack == NO_EVENT || m->in->self)
		return;
	asked = m->in->event[m->syn[m->client]].bits & ecn;
	said = m->in->event[m->good_synack].bits & ecn;
	if (asked == ecn && (said == TCPHS_CWR || said == (TCPHS_CWR | TCPHS_ECE) || said == TCPHS_AE ||
			     said == (TCPHS_AE | TCPHS_CWR)))
		model_emit(m, TCPHS_D_ACCECN_SETUP, m->good_synack);
	else if ((asked == (TCPHS_CWR | TCPHS_ECE) && said == TCPHS_ECE) ||
		 (asked == ecn && (said == TCPHS_ECE || said == (TCPHS_AE | TCPHS_ECE))))
		model_emit(m, TCPHS_D_ECN_SETUP, m->good_synack);
	else if (asked == (TCPHS_CWR | TCPHS_ECE) && said == (TCPHS_CWR | TCPHS_ECE))
		model_emit(m, TCPHS_D_ECN_SYNACK_REFLECT, m->good_synack);
}

static void check_fast_open(struct model *m)
{
	int c = m->client;
	const struct event *syn, *synack;

	if (m->syn[c] == NO_EVENT)
		return;
	syn = &m->in->event[m->syn[c]];
	if (event_data(syn) > 0 && !(m->in->syn_options[c] & (TCPHS_OPT_TFO | OPTIONS_UNKNOWN)))
		model_emit_details(m, TCPHS_D_SYN_DATA, m->syn[c], event_data(syn), 0);
	if (!(m->in->syn_options[c] & TCPHS_OPT_TFO))
		return;
	if (m->in->tfo_length[c] == 0 && event_data(syn) == 0)
		model_emit(m, TCPHS_D_TFO_REQUEST, m->syn[c]);
	if (m->good_synack == NO_EVENT)
		return;
	synack = &m->in->event[m->good_synack];
	if ((m->in->syn_options[!c] & TCPHS_OPT_TFO) && m->in->tfo_length[!c] >= 4)
		model_emit_details(m, TCPHS_D_TFO_COOKIE, m->good_synack, m->in->tfo_length[!c], 0);
	if (event_data(syn) > 0)
		model_emit_details(m,
				   synack->ack == event_end(syn) ? TCPHS_D_TFO_ACCEPTED
								 : TCPHS_D_TFO_REJECTED,
				   m->good_synack, event_data(syn), 0);
}

static void check_options(struct model *m)
{
	int c = m->client, s = !c;
	uint16_t asked = m->in->syn_options[c], said = m->in->syn_options[s];
	bool both;

	for (int x = 0; x < 2; x++) {
		uint32_t syn = m->syn[x] != NO_EVENT ? m->syn[x] : m->synack[x];

		if (syn == NO_EVENT || !m->in->end[x].options_known || (m->in->self && x == 1))
			continue;
		if (m->in->end[x].mss == 0 && !(m->in->syn_options[x] & TCPHS_OPT_MSS))
			model_emit_details(m, TCPHS_D_MSS_ABSENT, syn,
					   m->out->connection.end[0].address.family == 6 ? 1220 : 536,
					   0);
		if (m->in->end[x].wscale > 14) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_WS_OVERSIZE, syn);

			if (d != NULL)
				d->detail[0] = (uint8_t)m->in->end[x].wscale;
		}
	}
	if (m->syn[c] != NO_EVENT && (asked & TCPHS_OPT_MPTCP))
		model_emit(m, TCPHS_D_MPTCP, m->syn[c]);
	both = m->syn[c] != NO_EVENT && m->syn[s] == NO_EVENT && m->good_synack != NO_EVENT &&
	       m->in->end[c].options_known && m->in->end[s].options_known && !m->in->self;
	if (both && (said & TCPHS_OPT_WSCALE) && !(asked & TCPHS_OPT_WSCALE))
		model_emit(m, TCPHS_D_WS_UNSOLICITED, m->good_synack);
	if (both && (said & TCPHS_OPT_TIMESTAMPS) && !(asked & TCPHS_OPT_TIMESTAMPS))
		model_emit(m, TCPHS_D_TS_UNSOLICITED, m->good_synack);
}

static void check_one_way(struct model *m)
{
	for (int x = 0; x < 2; x++)
		if (m->segments[x] >= 3 && m->segments[!x] == 0 && m->ack_seen[x] && !m->in->self) {
			struct tcphs_diagnosis *d = model_emit(m, TCPHS_D_CAP_ONEWAY, 0);

			if (d != NULL)
				d->detail[0] = m->segments[x];
		}
}

void model_check_open(struct model *m)
{
	if (m->out->connection.open.kind == TCPHS_OPEN_MIDSTREAM) {
		model_emit(m, TCPHS_D_CAP_MIDSTREAM, 0);
	} else {
		check_syns(m, m->client);
		if (!m->in->self)
			check_syns(m, !m->client);
		check_synacks(m, 0);
		check_synacks(m, 1);
		check_third(m);
		check_resets(m);
		check_outcome(m);
		check_previous(m);
		check_ecn(m);
		check_fast_open(m);
		check_options(m);
	}
	check_one_way(m);
}
