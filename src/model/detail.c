/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The numbers of those sentences whose diagnosis depends on a connection's shape alone: what a
 * reading that is looked up (shape.h) has to fill in for each connection.
 */
#include "model/model.h"

static int64_t between(const struct model *m, uint32_t first, uint32_t second)
{
	return event_time(&m->in->event[second]) - event_time(&m->in->event[first]);
}

static void detail_no_answer(const struct model *m, struct tcphs_diagnosis *d)
{
	d->detail[0] = m->out->connection.open.syn_retransmissions + 1;
	d->detail[1] = m->out->connection.duration;
}

static void detail_half(const struct model *m, struct tcphs_diagnosis *d)
{
	const struct tcphs_connection *conn = &m->out->connection;

	uint32_t last = m->good_synack;

	d->detail[0] = conn->open.synack_retransmissions + 1;
	for (uint32_t i = last; conn->open.synack_retransmissions > 0 && i < m->in->events; i++)
		if (event_counts(&m->in->event[i]) && event_is_synack(&m->in->event[i]))
			last = i;
	d->detail[1] = between(m, m->good_synack, last);
}

/* The three bits of both SYNs, as RFC 9768's table 2 has them. */
static void detail_ecn(const struct model *m, struct tcphs_diagnosis *d)
{
	const uint32_t syn[2] = {m->syn[m->client], m->good_synack};

	for (int i = 0; i < 2; i++) {
		uint16_t bits = m->in->event[syn[i]].bits;

		d->detail[i] = ((bits & TCPHS_AE) != 0) << 2 | ((bits & TCPHS_CWR) != 0) << 1 |
		               ((bits & TCPHS_ECE) != 0);
	}
}

void model_detail(const struct model *m, struct tcphs_diagnosis *d)
{
	int late = m->fin[1] < m->fin[0] ? 0 : 1;

	switch (d->code) {
	case TCPHS_D_OPEN_NO_ANSWER:
		detail_no_answer(m, d);
		break;
	case TCPHS_D_OPEN_HALF:
		detail_half(m, d);
		break;
	case TCPHS_D_OPEN_SIMULTANEOUS:
		d->detail[0] = between(m, m->syn[m->client], m->syn[!m->client]);
		break;
	case TCPHS_D_CLOSE_SIMULTANEOUS:
		d->segment &= !m->in->self; /* one FIN is both sides': there is no other */
		d->detail[0] = between(m, m->fin[!late], m->fin[late]);
		break;
	case TCPHS_D_ECN_SETUP:
	case TCPHS_D_ACCECN_SETUP:
	case TCPHS_D_ECN_SYNACK_REFLECT:
		detail_ecn(m, d);
		break;
	default:
		break;
	}
}
