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

/* It takes numbers, so that what comes back tells whether it arrived. */
static bool can_be_told(const struct tcphs_row *row)
{
	return can_be_lost(row) || (row->fate != TCPHS_COPY && (row->flags & TCPHS_SYN));
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

/* All of it was acknowledged in the end. */
static bool was_acked(const struct model *m, const struct tcphs_row *row)
{
	int y = row->from == TCPHS_CLIENT ? !m->client : m->client;
	uint32_t end = row->seq + row->length + ((row->flags & TCPHS_FIN) != 0);

	return m->ack_seen[y] && seq_le(end, m->max_ack[y]);
}

/* The other side's row q acknowledges all of `sent`, or its run may. Of a SYN its number is enough:
 * what data it carried may have been turned down. */
static bool covers(const struct tcphs_row *q, const struct tcphs_row *sent)
{
	uint32_t end = sent->seq + sent->length + ((sent->flags & TCPHS_FIN) != 0);

	if (sent->flags & TCPHS_SYN)
		end = sent->seq + 1;
	if (q->is_run)
		return q->run_packets[!sent->from] > 0;
	return q->from != sent->from && (q->flags & (TCPHS_ACK | TCPHS_RST)) == TCPHS_ACK &&
	       seq_le(end, q->ack);
}

static bool stamped(const struct tcphs_row *row)
{
	return row->options != NULL && (row->options->present & TCPHS_OPT_TIMESTAMPS);
}

/* Which of the two the answer to a SYN or a SYN-ACK answers: the one whose time stamp it echoes
 * (RFC 7323 §3.2). NULL: it does not tell. */
static struct tcphs_row *answered(struct tcphs_analysis *out, struct tcphs_row *sent,
                                  struct tcphs_row *again, uint64_t *looks)
{
	const struct tcphs_row *end = out->row + out->rows;

	if (!(sent->flags & TCPHS_SYN) || !stamped(sent) || !stamped(again) ||
	    sent->options->tsval == again->options->tsval)
		return NULL;
	for (const struct tcphs_row *q = again + 1; q < end && *looks != 0; q++, (*looks)--) {
		if (!covers(q, sent))
			continue;
		if (q->is_run || !stamped(q))
			return NULL;
		if (q->options->tsecr == sent->options->tsval)
			return sent;
		return q->options->tsecr == again->options->tsval ? again : NULL;
	}
	return NULL;
}

static void forget_arrival(struct tcphs_row *row)
{
	if (row->fate == TCPHS_DELIVERED || row->fate == TCPHS_IGNORED)
		row->fate = TCPHS_FATE_UNKNOWN;
}

/* A segment whose octets were sent again did not arrive if the other side went on to acknowledge
 * less before that, or never acknowledged them: then the last of them did not either. A repeated
 * SYN alone proves nothing: its answer may have been lost. What was acknowledged before it left
 * again is the first one; what was acknowledged only behind that may be either of them, unless a
 * time stamp tells. */
void model_fates(struct model *m)
{
	struct tcphs_analysis *out = m->out;
	uint64_t looks = LOST_LOOKS_MAX;
	uint32_t last[2];

	find_last_acks(m, last);
	for (uint32_t r = 0; r < out->rows; r++) {
		struct tcphs_row *row = &out->row[r], *sent, *heard;
		bool lost, had = false;

		if (row->again < 0 || row->fate == TCPHS_COPY ||
		    !can_be_told(&out->row[row->again]))
			continue;
		sent = &out->row[row->again];
		lost = can_be_lost(sent) && never_acked(m, (uint32_t)row->again, last);
		for (uint32_t q = (uint32_t)row->again + 1; q < r && !lost && looks > 0;
		     q++, looks--) {
			lost = can_be_lost(sent) && says_less(m, &out->row[q], sent);
			had |= covers(&out->row[q], sent);
		}
		heard = answered(out, sent, row, &looks);
		if (lost)
			sent->fate = TCPHS_LOST;
		else if (!had && heard != sent)
			forget_arrival(sent);
		if (can_be_lost(row) && never_acked(m, r, last))
			row->fate = TCPHS_LOST;
		else if (heard == row || (lost && !had && was_acked(m, row)))
			row->fate = TCPHS_DELIVERED;
		else if (!lost)
			forget_arrival(row);
	}
}
