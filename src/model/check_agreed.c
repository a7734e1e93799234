/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of what the two SYNs offered and agreed on: ECN, Fast Open, options. */
#include "model/model.h"

#include "base/seq.h"

#include <stddef.h>

#define OPTIONS_UNKNOWN (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)

static void check_ecn(struct model *m)
{
	unsigned ecn = TCPHS_AE | TCPHS_CWR | TCPHS_ECE;
	unsigned asked, said;

	if (m->syn[m->client] == NO_EVENT || m->good_synack == NO_EVENT || m->in->self)
		return;
	asked = m->in->event[m->syn[m->client]].bits & ecn;
	said = m->in->event[m->good_synack].bits & ecn;
	/* AE and ECE is reserved, and taken as yes (RFC 9768 §3.1.3) */
	if (asked == ecn &&
	    (said == TCPHS_CWR || said == (TCPHS_CWR | TCPHS_ECE) || said == TCPHS_AE ||
	     said == (TCPHS_AE | TCPHS_CWR) || said == (TCPHS_AE | TCPHS_ECE)))
		model_emit_shaped(m, TCPHS_D_ACCECN_SETUP, m->good_synack);
	else if ((asked == (TCPHS_CWR | TCPHS_ECE) && said == TCPHS_ECE) ||
	         (asked == ecn && said == TCPHS_ECE))
		model_emit_shaped(m, TCPHS_D_ECN_SETUP, m->good_synack);
	else if (asked == (TCPHS_CWR | TCPHS_ECE) && said == (TCPHS_CWR | TCPHS_ECE))
		model_emit_shaped(m, TCPHS_D_ECN_SYNACK_REFLECT, m->good_synack);
}

/* What became of a SYN's data. A server may be told to take it without a cookie; what acknowledges
 * a part of it neither takes nor turns it down; without a cookie there is nothing to turn down. */
static void check_syn_data(struct model *m, const struct event *syn, bool cookie)
{
	uint32_t ack = m->good_synack != NO_EVENT ? m->in->event[m->good_synack].ack : syn->seq;
	bool taken = ack == event_end(syn);
	struct tcphs_diagnosis *d;

	if (event_data(syn) == 0)
		return;
	if (!cookie && !(m->in->syn_options[m->client] & OPTIONS_UNKNOWN))
		model_emit_details(m, TCPHS_D_SYN_DATA, m->syn[m->client], event_data(syn), taken);
	if (!taken && (!cookie || ack != syn->seq + 1))
		return;
	d = model_emit_numbers(m, taken ? TCPHS_D_TFO_ACCEPTED : TCPHS_D_TFO_REJECTED,
	                       m->good_synack, event_end(syn), ack);
	if (d != NULL)
		d->detail[0] = event_data(syn);
}

static void check_fast_open(struct model *m)
{
	int c = m->client;
	bool asked = m->in->syn_options[c] & TCPHS_OPT_TFO;
	bool cookie = asked && m->in->tfo_length[c] > 0;

	if (m->syn[c] == NO_EVENT)
		return;
	if (asked && !cookie)
		model_emit(m, TCPHS_D_TFO_REQUEST, m->syn[c]);
	if (m->good_synack != NO_EVENT && (m->in->syn_options[!c] & TCPHS_OPT_TFO) &&
	    m->in->tfo_length[!c] >= 4)
		model_emit_details(m, TCPHS_D_TFO_COOKIE, m->good_synack, m->in->tfo_length[!c], 0);
	check_syn_data(m, &m->in->event[m->syn[c]], cookie);
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
			model_emit_details(
			    m, TCPHS_D_MSS_ABSENT, syn,
			    m->out->connection.end[0].address.family == 6 ? 1220 : 536, 0);
		if (m->in->end[x].wscale > 14) {
			struct tcphs_diagnosis *d = model_emit_numbers(
			    m, TCPHS_D_WS_OVERSIZE, syn, 14, (uint32_t)m->in->end[x].wscale);

			if (d != NULL)
				d->detail[0] = m->in->end[x].wscale;
		}
	}
	if (m->syn[c] != NO_EVENT && (asked & TCPHS_OPT_MPTCP))
		model_emit(m, TCPHS_D_MPTCP, m->syn[c]);
	both = m->syn[c] != NO_EVENT && m->syn[s] == NO_EVENT && m->good_synack != NO_EVENT &&
	       m->in->end[c].options_known && m->in->end[s].options_known && !m->in->self;
	if (both && (said & TCPHS_OPT_WSCALE) && !(asked & TCPHS_OPT_WSCALE))
		model_emit_details(m, TCPHS_D_WS_UNSOLICITED, m->good_synack, m->in->end[s].wscale,
		                   0);
	if (both && (said & TCPHS_OPT_TIMESTAMPS) && !(asked & TCPHS_OPT_TIMESTAMPS))
		model_emit_details(m, TCPHS_D_TS_UNSOLICITED, m->good_synack, m->in->syn_tsval[s],
		                   0);
}

void model_check_agreed(struct model *m)
{
	check_ecn(m);
	check_fast_open(m);
	check_options(m);
}
