/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of what was before on the same ports. */
#include "model/model.h"

#include "base/seq.h"

/* A clock of 64 ns, the fastest that is known (Linux), makes half a turn in that: longer after it
 * no ISN is below another one. */
#define HALF_TURN (INT64_C(64) << 31)

static bool in(uint8_t state, enum tcphs_state a, enum tcphs_state b)
{
	return state == a || state == b;
}

bool model_has_pseudo(const struct model *m, enum pseudo what)
{
	for (size_t i = 0; i < m->in->events; i++)
		if ((m->in->event[i].bits & EVENT_PSEUDO) && m->in->event[i].seq == what)
			return true;
	return false;
}

static void emit_quiet(struct model *m, enum tcphs_code code, uint8_t severity)
{
	const struct previous *before = &m->in->previous;
	struct tcphs_diagnosis *d = model_emit(m, code, m->syn[m->client]);

	if (d == NULL)
		return;
	d->severity = severity;
	d->detail[0] = before->quiet > 0 ? before->quiet : 1;
}

/* RFC 6191 §2: a newer TSval makes up for a lower number, and so do timestamps that the connection
 * before did not have. */
static bool timestamps_tell(const struct model *m, int x)
{
	const struct previous *before = &m->in->previous;

	if (!(m->in->syn_options[x] & TCPHS_OPT_TIMESTAMPS))
		return false;
	return !before->ts[x] || seq_lt(before->tsval[x], m->in->syn_tsval[x]);
}

/* Behind Linux's 60 s it may be CLOSED, and what is low breaks no rule then. A SYN with which
 * nobody went on may be an old duplicate. */
static void check_number(struct model *m, int x)
{
	const struct previous *before = &m->in->previous;
	uint32_t isn = m->in->event[m->syn[x]].seq;
	struct tcphs_diagnosis *d;

	if (timestamps_tell(m, x) || !seq_lt(isn, before->nxt[x]) || before->quiet >= HALF_TURN)
		return;
	d = model_emit_numbers(m, TCPHS_D_TW_REUSE_ISN_LOW, m->syn[x], before->nxt[x], isn);
	if (d != NULL && (before->quiet >= TWO_MSL_LINUX || m->third == NO_EVENT))
		d->severity = TCPHS_WARNING;
}

/* The ports of a connection that is over, or that the capture lacks the end of. */
static void check_ports(struct model *m, int x)
{
	const struct previous *before = &m->in->previous;
	bool over = before->state[x] == TCPHS_TIME_WAIT ||
	            in(before->state[!x], TCPHS_CLOSED, TCPHS_LISTEN);

	if (over || !model_has_pseudo(m, PSEUDO_SPOKE_OLD) || m->good_synack != NO_EVENT)
		model_emit_details(m, TCPHS_D_TUPLE_REUSE, m->syn[x], before->id, before->quiet);
}

void model_check_reuse(struct model *m)
{
	const struct previous *before = &m->in->previous;
	int x = m->client, y = !x;
	uint32_t syn = m->syn[x];

	if (!before->exists || syn == NO_EVENT)
		return;
	if (model_has_pseudo(m, PSEUDO_RESET_OLD)) {
		model_emit_details(m, TCPHS_D_HALF_OPEN_FOUND, syn, before->id, 0);
		return;
	}
	if (model_undoes_old_duplicate(m))
		return; /* it was sent before the other, whatever the capture's order */
	if (in(before->state[x], TCPHS_SYN_SENT, TCPHS_SYN_RECEIVED) &&
	    !in(before->state[y], TCPHS_CLOSED, TCPHS_LISTEN)) {
		if (before->isn_known[x])
			model_emit_numbers(m, TCPHS_D_SYN_ISN_CHANGED, syn, before->isn[x],
			                   m->in->event[syn].seq);
		else
			model_emit(m, TCPHS_D_SYN_ISN_CHANGED, syn);
		return;
	}
	if (before->state[y] == TCPHS_TIME_WAIT && before->nxt_known[x]) {
		model_emit_details(m, TCPHS_D_TW_REUSE, syn, before->id, before->quiet);
		check_number(m, x);
	} else {
		check_ports(m, x);
	}
	if (before->state[x] == TCPHS_TIME_WAIT)
		emit_quiet(m, TCPHS_D_TWO_MSL_SHORT,
		           before->quiet < TWO_MSL_LINUX ? TCPHS_WARNING : TCPHS_NOTE);
}
