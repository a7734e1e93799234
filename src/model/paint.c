/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The states of both endpoints in the rows of the ladder: a log is folded once more, and each row
 * gets the sender's state after the departure and the receiver's after the arrival.
 */
#include "model/model.h"

#define NO_ROW UINT32_MAX

struct brush {
	struct model *m;
	const uint32_t *row_of;
	int x;
	uint8_t word;
	uint8_t state;
	const struct entry *changed; /* the entry that set the state, NULL: the initial one */
	const struct tcphs_rule *rule;
	struct endpoint e;
};

static bool is_certain(const struct brush *b, uint32_t row)
{
	if (b->changed == NULL || b->m->in->self)
		return false;
	if (b->changed->pins || b->changed->kind == ENTRY_SENT)
		return true;
	if (b->changed->proven == NO_EVENT)
		return false;
	return b->row_of[b->changed->proven] <= row &&
	       (b->changed->kind == ENTRY_RECEIVED || row > b->row_of[b->changed->at]);
}

static void paint(struct brush *b, uint32_t from, uint32_t to)
{
	for (uint32_t r = from; r < to; r++) {
		struct tcphs_row *row = &b->m->out->row[r];
		struct tcphs_vars *v = &row->vars[b->word];

		row->state[b->word] = b->state;
		row->certain[b->word] = is_certain(b, r);
		row->rule[b->word] = r == from ? b->rule : NULL;
		v->iss = b->e.iss;
		v->irs = b->e.irs;
		v->snd_una = b->e.snd_una;
		v->snd_nxt = b->e.snd_nxt;
		v->rcv_nxt = b->e.rcv_nxt;
		v->iss_known = b->e.iss_known;
		v->irs_known = b->e.irs_known;
	}
}

static void follow(struct brush *b, struct entry *entry)
{
	const struct event *p;
	struct tcphs_row *row;
	uint32_t arrived;

	infer_apply(&b->m->infer, &b->e, entry);
	if (entry->rule != NULL) {
		b->rule = entry->rule;
		b->changed = entry;
		b->state = entry->to;
	} else if (entry->pins) {
		b->changed = entry;
	}
	if (entry->kind != ENTRY_RECEIVED || entry->event == NO_EVENT)
		return;
	p = &b->m->in->event[entry->event];
	row = &b->m->out->row[b->row_of[entry->event]];
	arrived = entry->at == NO_EVENT ? NO_ROW : b->row_of[entry->at];
	if (arrived != b->row_of[entry->event])
		row->late = true;
	if (row->late && event_end(p) == p->seq && !event_is_rst(p))
		return; /* numbers prove nothing of it: another of its kind may have come */
	if (row->fate == TCPHS_FATE_UNKNOWN) {
		if (entry->proven != NO_EVENT)
			row->fate = entry->ignored ? TCPHS_IGNORED : TCPHS_DELIVERED;
		else if (entry->ignored && event_is_rst(p))
			row->fate = TCPHS_IGNORED;
	}
}

void model_paint(struct model *m, const uint32_t *row_of, int x)
{
	struct log *log = &m->infer.side[m->in->self ? 0 : x];
	struct brush b = {.m = m, .row_of = row_of, .x = x, .word = model_word(m, x)};
	uint32_t next = 0; /* the first row that is not painted */
	uint32_t expired;

	b.e = log->initial;
	b.state = log->initial.state;
	for (size_t k = 0; k < log->count; k++) {
		struct entry *entry = &log->entry[k];
		uint32_t at = entry->at == NO_EVENT ? (uint32_t)m->out->rows : row_of[entry->at];

		if (at > next) {
			paint(&b, next, at);
			next = at;
			b.rule = NULL;
		}
		follow(&b, entry);
	}
	paint(&b, next, (uint32_t)m->out->rows);
	expired = model_expired(m, x);
	if (expired != NO_EVENT) {
		b.state = TCPHS_CLOSED;
		b.changed = NULL; /* assumed */
		b.rule = machine_rule(TCPHS_TIME_WAIT, TIMEOUT);
		paint(&b, row_of[expired], (uint32_t)m->out->rows);
	}
}
