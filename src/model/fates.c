/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What became of a segment that was sent again, and of its repetitions: which was lost, and which
 * arrived. The sender picks how far one is from the other: no search may cost the square of the
 * rows.
 */
#include "model/model.h"

#include "base/seq.h"

#define NO_ROW         UINT32_MAX
#define LOST_LOOKS_MAX (UINT64_C(1) << 26)

static bool can_be_lost(const struct tcphs_row *row)
{
	return row->fate != TCPHS_COPY && (row->length > 0 || (row->flags & TCPHS_FIN));
}

/* Does row q come from the other side, when `sent` must have been there, and acknowledge less? */
static bool says_less(const struct model *m, const struct tcphs_row *q,
                      const struct tcphs_row *sent)
{
	int64_t rtt = m->out->connection.open.rtt;

	return q->from != sent->from && (q->flags & TCPHS_ACK) && !q->is_run &&
	       !(q->flags & TCPHS_RST) && rtt > 0 && q->time - sent->time > rtt &&
	       seq_le(q->ack, sent->seq);
}

/* Each side's last row that acknowledges something, or NO_ROW. */
static void find_last_acks(const struct model *m, uint32_t last[2])
{
	last[0] = last[1] = NO_ROW;
	for (uint32_t r = 0; r < m->out->rows; r++) {
		const struct tcphs_row *row = &m->out->row[r];

		if (!row->is_run && (row->flags & (TCPHS_ACK | TCPHS_RST)) == TCPHS_ACK)
			last[row->from] = r;
	}
}

/* Nothing of it was ever acknowledged, by a peer that had its say when it must have been there. */
static bool never_acked(const struct model *m, uint32_t r, const uint32_t last[2])
{
	const struct tcphs_row *row = &m->out->row[r];
	uint8_t other = row->from == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT;
	int y = other == TCPHS_CLIENT ? m->client : !m->client;

	return last[other] != NO_ROW && last[other] > r && m->ack_seen[y] &&
	       seq_le(m->max_ack[y], row->seq) && says_less(m, &m->out->row[last[other]], row);
}

/* The other side's row q acknowledges all of `sent`, or its run may. */
static bool covers(const struct tcphs_row *q, const struct tcphs_row *sent)
{
	uint32_t end = sent->seq + sent->length + ((sent->flags & TCPHS_SYN) != 0) +
	               ((sent->flags & TCPHS_FIN) != 0);

	if (q->is_run)
		return q->run_packets[!sent->from] > 0;
	return q->from != sent->from && (q->flags & (TCPHS_ACK | TCPHS_RST)) == TCPHS_ACK &&
	       seq_le(end, q->ack);
}

/* A segment whose octets were sent again did not arrive if the other side went on to acknowledge
 * less before that, or never acknowledged them: then the last of them did not either. A repeated
 * SYN alone proves nothing: its answer may have been lost. What was acknowledged only behind the
 * repetition may be either of them: nothing tells which arrived. */
void model_fates(struct model *m)
{
	struct tcphs_analysis *out = m->out;
	uint64_t looks = LOST_LOOKS_MAX;
	uint32_t last[2];

	find_last_acks(m, last);
	for (uint32_t r = 0; r < out->rows && out->connection.open.rtt > 0; r++) {
		struct tcphs_row *row = &out->row[r];
		struct tcphs_row *sent;
		bool lost, had = false;

		if (row->again < 0 || row->fate == TCPHS_COPY ||
		    !can_be_lost(&out->row[row->again]))
			continue;
		sent = &out->row[row->again];
		lost = never_acked(m, (uint32_t)row->again, last);
		for (uint32_t q = (uint32_t)row->again + 1; q < r && !lost && looks > 0;
		     q++, looks--) {
			lost = says_less(m, &out->row[q], sent);
			had |= covers(&out->row[q], sent);
		}
		if (lost)
			sent->fate = TCPHS_LOST;
		else if (!had && sent->fate == TCPHS_DELIVERED)
			sent->fate = TCPHS_FATE_UNKNOWN;
		if (can_be_lost(row) && never_acked(m, r, last))
			row->fate = TCPHS_LOST;
	}
}
