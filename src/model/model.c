/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/model.h"

#include <stdlib.h>

static void final_states(struct model *m)
{
	for (int x = 0; x < 2; x++) {
		const struct log *log = &m->infer.side[m->in->self ? 0 : x];
		const struct entry *changed = NULL;

		for (size_t k = log->count; k-- > 0 && changed == NULL;)
			if (log->entry[k].rule != NULL || log->entry[k].pins)
				changed = &log->entry[k];
		m->out->connection.end[x].state = log->now.state;
		m->out->connection.end[x].next = log->nxt_known ? log->nxt : 0;
		m->out->connection.end[x].next_known = log->nxt_known;
		m->out->connection.end[x].certain =
		    changed != NULL && !m->in->self &&
		    (changed->kind == ENTRY_SENT || changed->pins || changed->proven != NO_EVENT);
		if (model_expired(m, x) != NO_EVENT)
			model_close_expired(&m->out->connection.end[x]);
	}
}

/* The model speaks of sides; the connection of client and server. */
static void turn(struct model *m)
{
	struct tcphs_connection *conn = &m->out->connection;
	struct tcphs_endpoint other;

	if (m->client == 0)
		return;
	other = conn->end[0];
	conn->end[0] = conn->end[1];
	conn->end[1] = other;
}

/* Nothing ever came from the other side but ICMP errors that quote what it was sent. */
static bool rejected_by_icmp(const struct model_input *in)
{
	for (size_t i = 0; i < in->events; i++)
		if (event_side(&in->event[i]) != 0 || !event_is_syn(&in->event[i]))
			return false;
	for (size_t i = 0; i < in->notes; i++)
		if (in->note[i].code == TCPHS_D_ICMP_ERROR)
			return true;
	return false;
}

/* The plain reading, event by event. */
static void read_events(struct model *m)
{
	m->infer.unheard = rejected_by_icmp(m->in);
	infer_run(&m->infer, m->in->event, m->in->events, m->in->self);
	model_facts(m);
	model_classify_open(m);
	model_fill_open(m);
	model_classify_close(m);
	model_fill_close(m);
	final_states(m);
	model_emit_notes(m);
	if (m->in->events == 0) /* memory failed its first segment */
		return;
	model_check_open(m);
	model_check_close(m);
	model_check_waits(m);
	model_check_sequence(m);
}

/* The event whose packet a diagnosis is about, looked for from the last one's on. */
static uint32_t event_of(const struct model *m, uint64_t packet, uint32_t from)
{
	uint32_t count = (uint32_t)m->in->events;

	for (uint32_t n = 0; n < count; n++) {
		uint32_t i = from + n < count ? from + n : from + n - count;

		if (!(m->in->event[i].bits & EVENT_PSEUDO) && model_packet(m, i) == packet)
			return i;
	}
	return NO_EVENT;
}

/* What the folded reading said, about the events that are here. */
static void adopt(struct model *m)
{
	const struct tcphs_analysis *said = m->in->said;
	uint32_t at = 0;

	m->client = m->in->said_client;
	m->out->diagnoses = 0;
	for (size_t i = 0; i < said->diagnoses; i++) {
		const struct tcphs_diagnosis *old = &said->diagnosis[i];
		struct tcphs_diagnosis *d = model_emit(m, (enum tcphs_code)old->code, NO_EVENT);

		if (d == NULL)
			break;
		*d = *old;
		d->row = NO_EVENT; /* its row is one of the other reading */
		if (old->row >= said->rows)
			continue;
		d->row = event_of(m, old->packet, at);
		at = d->row != NO_EVENT ? d->row : at;
	}
	m->out->connection = said->connection;
}

/* The verdict and the diagnoses, the parties named. */
static void conclude(struct model *m)
{
	if (m->out->connection.final == TCPHS_FINAL_EVICTED)
		model_emit_details(m, TCPHS_D_EVICTED, NO_EVENT,
		                   (int64_t)(m->out->connection.end[0].packets +
		                             m->out->connection.end[1].packets),
		                   0);
	turn(m);
	model_finish_diagnoses(m);
	model_find_cause(m);
}

/* Who has a shape was counted by the way. */
static void count(struct model *m, const struct shape_sums *sums)
{
	struct reach reach[2] = {0};
	struct reach_sum sent[2] = {0};

	if (sums == NULL)
		reach_count(m->in->event, m->in->events, reach, sent);
	for (int x = 0; x < 2; x++) {
		const struct reach_sum *sum = sums != NULL ? &sums->sent[x] : &sent[x];

		m->out->connection.end[x].packets = sum->packets;
		m->out->connection.end[x].bytes = sum->octets;
	}
}

bool model_analyse(struct model *m, const struct model_input *in, bool rows,
                   struct tcphs_analysis *out)
{
	const struct shape *shape;
	struct shape_key key;
	struct shape_sums sums;
	uint8_t shift[2];
	bool shaped;

	m->in = in;
	m->out = out;
	m->failed = m->infer.failed = m->shaped = false;
	out->diagnoses = 0;
	out->rows = 0;
	for (int x = 0; x < 2; x++) {
		const struct tcphs_endpoint *end = &in->end[x], *peer = &in->end[!x];

		out->connection.end[x] = *end;
		shift[x] = SHIFT_UNKNOWN;
		if (end->options_known && peer->options_known) /* both must agree (RFC 7323 §2.2) */
			shift[x] = end->wscale < 0 || peer->wscale < 0 ? 0
			           : end->wscale > 14                  ? 14
			                                               : (uint8_t)end->wscale;
	}
	m->infer.shift[0] = shift[0];
	m->infer.shift[1] = shift[1];
	m->infer.sack = in->syn_options[0] & in->syn_options[1] & TCPHS_OPT_SACK_PERMITTED;
	shaped = !rows && shape_key(m, &key, &sums);
	if (in->uncounted)
		count(m, shaped ? &sums : NULL);
	if (shaped) {
		shape = shape_find(m, &key);
		if (shape == NULL) {
			read_events(m);
			if (!m->failed && !m->infer.failed) /* half a reading is none */
				shape_remember(m, &key);
		} else {
			shape_apply(m, shape, &sums);
		}
	} else {
		read_events(m);
	}
	if (in->said != NULL) {
		adopt(m);
	} else {
		model_expire(m, out->connection.end);
		conclude(m);
	}
	if (rows && !model_rows(m))
		return false;
	return !m->failed && !m->infer.failed;
}

void model_free(struct model *m)
{
	infer_free(&m->infer);
	free(m->shapes);
	m->shapes = NULL;
}
