/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A segment's numbers in plain words. Those of the open are the raw ones, since its arithmetic
 * is about them; later ones are as the ladder shows them.
 */
#include "ladder/explain.h"

#include <inttypes.h>

#include "ladder/label.h"
#include "model/number.h"

/* An ISN and what the SYN takes. */
static void tell_isn(struct teller *teller, const char *opens)
{
	const struct tcphs_row *row = teller->row;
	const struct tcphs_endpoint *end = &teller->connection->end[row->from];

	if (end->isn_known && row->seq != end->isn)
		TELL(teller,
		     "Its initial sequence number (ISN) is %" PRIu32
		     ", but the connection got another: %" PRIu32 ".  RFC 9293 §3.4\n",
		     row->seq, end->isn);
	else
		TELL(teller,
		     "%s the %s's initial sequence number (ISN) is %" PRIu32
		     "; the SYN takes it, the first octet of data will be %" PRIu32
		     ".  RFC 9293 §3.4\n",
		     opens, teller->x, row->seq, row->seq + 1);
	if (row->length > 0)
		TELL(teller, "%" PRIu32 " octet%s of data ride%s on the SYN.\n", row->length,
		     row->length == 1 ? "" : "s", row->length == 1 ? "s" : "");
}

static const char *mark_word(bool right)
{
	return right ? "✓" : "✗";
}

/* ack … = the client's ISN … + 1, because a SYN takes one number ✓ RFC 9293 §3.4 */
static void tell_ack_of_syn(struct teller *teller, const struct ack_check *check)
{
	const struct tcphs_row *row = teller->row;
	const struct tcphs_endpoint *end = &teller->connection->end[peer_of(teller)];
	uint32_t more = row->ack - check->expected;

	if (check->right && more == 0)
		TELL(teller,
		     "ack %" PRIu32 " = the %s's ISN %" PRIu32
		     " + 1, because a SYN takes one number  ✓  RFC 9293 §3.4\n",
		     row->ack, teller->y, end->isn);
	else if (check->right)
		TELL(teller,
		     "ack %" PRIu32 " = the %s's ISN %" PRIu32 " + 1 for the SYN + %" PRIu32
		     " octet%s of data  ✓  RFC 9293 §3.4\n",
		     row->ack, teller->y, end->isn, more, more == 1 ? "" : "s");
	else
		TELL(teller,
		     "ack %" PRIu32 " ≠ %" PRIu32 " = the %s's ISN %" PRIu32
		     " + 1, because a SYN takes one number  ✗  RFC 9293 §3.4\n",
		     row->ack, check->expected, teller->y, end->isn);
}

static void tell_ack_of_fin(struct teller *teller, const struct ack_check *check)
{
	bool relative = !teller->ladder->options.raw;
	const struct tcphs_row *fin = &teller->ladder->analysis->row[check->of];
	char ack[16], at[16], packet[48];

	tcphs_ladder_packet_name(teller->ladder, fin->packet, packet, sizeof(packet));
	number_text(teller->connection, peer_of(teller), teller->row->ack, relative, ack,
	            sizeof(ack));
	number_text(teller->connection, peer_of(teller), check->expected - 1, relative, at,
	            sizeof(at));
	TELL(teller,
	     "ack %s = the FIN's number %s + 1, because a FIN takes one number  ✓  "
	     "RFC 9293 §3.4: it acknowledges the %s's FIN, #%s.\n",
	     ack, at, teller->y, packet);
}

static void tell_plain_ack(struct teller *teller)
{
	char ack[16];

	number_text(teller->connection, peer_of(teller), teller->row->ack,
	            !teller->ladder->options.raw, ack, sizeof(ack));
	TELL(teller, "ack %s: the %s has everything of the %s before number %s and waits for it.\n",
	     ack, teller->x, teller->y, ack);
}

static void tell_ack(struct teller *teller)
{
	struct ack_check check = ack_check_of(teller->ladder, teller->index);

	if ((teller->row->flags & TCPHS_ACK) == 0)
		return;
	if (check.rule == ACK_RULE_SYN)
		tell_ack_of_syn(teller, &check);
	else if (check.rule == ACK_RULE_FIN)
		tell_ack_of_fin(teller, &check);
	else if ((teller->row->flags & TCPHS_RST) == 0)
		tell_plain_ack(teller);
}

/* The third segment's seq stands right after the SYN. */
static void tell_third_seq(struct teller *teller)
{
	const struct tcphs_endpoint *end = &teller->connection->end[teller->row->from];
	uint32_t seq = teller->row->seq;
	bool right = seq == end->isn + 1;

	if (teller->row->role != TCPHS_ROLE_ACK || !end->isn_known)
		return;
	if (right || row_has_bad_numbers(teller->ladder, teller->index))
		TELL(teller, "seq %" PRIu32 " %s the %s's ISN %" PRIu32 " + 1  %s  RFC 9293 §3.4\n",
		     seq, right ? "=" : "≠", teller->x, end->isn, mark_word(right));
}

static void tell_data(struct teller *teller)
{
	const struct tcphs_row *row = teller->row;
	bool relative = !teller->ladder->options.raw;
	char first[16], last[16];

	if (row->length == 0 || (row->flags & TCPHS_SYN) != 0)
		return;
	number_text(teller->connection, row->from, row->seq, relative, first, sizeof(first));
	number_text(teller->connection, row->from, row->seq + row->length - 1, relative, last,
	            sizeof(last));
	TELL(teller, "It carries the octets %s to %s of the %s's stream.\n", first, last,
	     teller->x);
}

static void tell_fin(struct teller *teller)
{
	const struct tcphs_row *row = teller->row;
	char at[16];

	if ((row->flags & TCPHS_FIN) == 0)
		return;
	number_text(teller->connection, row->from, row->seq + row->length,
	            !teller->ladder->options.raw, at, sizeof(at));
	TELL(teller, "FIN: the %s will send no more; the FIN takes number %s.  RFC 9293 §3.6\n",
	     teller->x, at);
}

/* A RST without ACK takes its seq from the acknowledgement that it answers. */
static void tell_rst(struct teller *teller)
{
	const struct tcphs_analysis *analysis = teller->ladder->analysis;
	const struct tcphs_row *row = teller->row;
	char seq[16], packet[48];

	if ((row->flags & TCPHS_RST) == 0)
		return;
	TELL(teller,
	     "RST: the %s knows no such connection, or gives it up at once.  "
	     "RFC 9293 §3.5.2\n",
	     teller->x);
	if ((row->flags & TCPHS_ACK) != 0)
		return;
	for (uint32_t i = teller->index; i-- > 0;) {
		const struct tcphs_row *before = &analysis->row[i];

		if (before->from == row->from || before->is_run || (before->flags & TCPHS_ACK) == 0)
			continue;
		if (before->ack != row->seq)
			return;
		number_text(teller->connection, row->from, row->seq, !teller->ladder->options.raw,
		            seq, sizeof(seq));
		tcphs_ladder_packet_name(teller->ladder, before->packet, packet, sizeof(packet));
		TELL(teller, "seq %s is the ack of #%s, which it answers.\n", seq, packet);
		return;
	}
}

void tell_numbers(struct teller *teller)
{
	bool opens = (teller->row->flags & TCPHS_SYN) != 0 && teller->row->again < 0;
	bool answers = (teller->row->flags & TCPHS_ACK) != 0;

	if (opens && !answers)
		tell_isn(teller, "It opens a direction:");
	tell_third_seq(teller);
	tell_ack(teller);
	if (opens && answers)
		tell_isn(teller, "It opens the other direction:");
	tell_data(teller);
	tell_fin(teller);
	tell_rst(teller);
}
