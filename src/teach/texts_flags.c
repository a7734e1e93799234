/* SPDX-License-Identifier: BSD-3-Clause */
/* The control bits of the TCP header (RFC 9293 §3.1, RFC 3168, RFC 9768). */
#include "teach/texts.h"

/* clang-format off */
static const struct teach_entry entry[] = {
	{
		.kind = TEACH_FLAG, .word = "SYN",
		.plain = "\"My numbers begin here.\" It opens one direction of a connection.",
		.exact = "The sequence number of a SYN is the sender's initial sequence number (ISN). The SYN itself "
		         "takes one number, so its acknowledgement is ISN + 1 and the first octet of data has number "
		         "ISN + 1. That is how a SYN can be acknowledged and repeated like data. A SYN without ACK asks; "
		         "with ACK it answers.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 9293 §3.1, §3.4", .see = "isn three-way SYN-SENT",
	},
	{
		.kind = TEACH_FLAG, .word = "SYN-ACK", .also = "synack syn,ack syn/ack syn+ack",
		.plain = "The answer to a SYN: \"I have your number, and here is mine.\"",
		.exact = "Two messages in one segment. Its ACK acknowledges the SYN that came (ISN + 1), its SYN carries the "
		         "ISN of the side that answers, and takes one number in turn. Who sends it is in SYN-RECEIVED until "
		         "that number is acknowledged, and repeats it if the acknowledgement does not come.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 9293 §3.4.1, Figure 6 in §3.5, §3.3.2, §3.10.8", .see = "three-way why-three synack-retx synack-ack-mismatch",
	},
	{
		.kind = TEACH_FLAG, .word = "ACK",
		.plain = "\"I have everything up to this number; send that one next.\"",
		.exact = "The acknowledgement field is the next sequence number that the sender expects to receive: one "
		         "past the last octet, SYN or FIN it has. It is cumulative. Once a connection is established every "
		         "segment carries it. An ACK alone takes no sequence number, so ACKs are not acknowledged.",
		.picture = "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.1, §3.4", .see = "sequence-numbers ack-unseen",
	},
	{
		.kind = TEACH_FLAG, .word = "FIN",
		.plain = "\"I have nothing more to send.\" It closes one direction.",
		.exact = "The FIN takes one sequence number, after the last octet of data, so that it can be "
		         "acknowledged: FIN + 1. The other direction stays open until the peer sends its own FIN.",
		.picture = "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT",
		.source = "RFC 9293 §3.1, §3.4, §3.6", .see = "four-way half-close FIN-WAIT-1",
	},
	{
		.kind = TEACH_FLAG, .word = "FIN-ACK", .also = "finack fin,ack fin/ack fin+ack",
		.plain = "A FIN, with the ACK that every segment of an open connection carries.",
		.exact = "It need not answer a FIN: the first FIN of a close is a FIN-ACK, too. Whether it also acknowledges "
		         "the other side's FIN, only its acknowledgement number tells: in the close in three segments the "
		         "second FIN-ACK does.",
		.picture = "> FIN-ACK  seq 101 ack 201|FIN-WAIT-1|CLOSE-WAIT\n< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK",
		.source = "RFC 9293 §3.1, Figure 12 in §3.6, note 2 in §3.3.2", .see = "FIN three-way-close close-merged",
	},
	{
		.kind = TEACH_FLAG, .word = "RST", .also = "reset-flag RST-ACK",
		.plain = "\"This connection does not exist (any more).\" It ends both directions at once.",
		.exact = "Sent when a segment arrives that belongs to no connection, when something unacceptable is "
		         "acknowledged before a connection is open, or when an application aborts. Its receiver believes "
		         "it only if its sequence number is right; in SYN-SENT, only if it acknowledges the SYN. It takes "
		         "no sequence number, so it is neither acknowledged nor repeated, and no RST answers it.",
		.picture = "> RST  seq 101|CLOSED|CLOSED",
		.source = "RFC 9293 §3.4, §3.5.2, §3.5.3", .see = "refused reset aborted rst-inexact",
	},
	{
		.kind = TEACH_FLAG, .word = "PSH", .also = "push PSH-ACK",
		.plain = "\"Hand this to the application now.\"",
		.exact = "It stands in the last segment of what the application wanted sent without delay, or, where "
		         "applications cannot ask for that, when no more data is queued. The receiver hands over what it "
		         "has instead of waiting for a full buffer. It moves no state.",
		.picture = "> PSH-ACK  seq 1  51 B|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.1, §3.9.1.2, §3.9.1.3", .see = "ACK",
	},
	{
		.kind = TEACH_FLAG, .word = "URG", .also = "urgent urgent-pointer",
		.plain = "\"There is something urgent in the stream.\" Hardly used today.",
		.exact = "The urgent pointer is valid and says where the urgent data ends. New applications should not "
		         "use it. Without the flag the field means nothing.",
		.picture = "> URG-ACK  seq 1  51 B, urgent 10|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.1, §3.8.5", .see = "urg-field-nonzero",
	},
	{
		.kind = TEACH_FLAG, .word = "ECE", .also = "ECN congestion",
		.plain = "\"The network told me that it is congested.\" In a SYN: \"I can do ECN.\"",
		.exact = "In a SYN together with CWR it offers Explicit Congestion Notification; in the SYN-ACK alone "
		         "(without CWR) it accepts. Later it echoes a congestion mark until the other side answers with "
		         "CWR.",
		.picture = "> SYN,ECE,CWR  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK,ECE  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 3168 §6.1.1, §6.1.3", .see = "CWR ecn-setup AE",
	},
	{
		.kind = TEACH_FLAG, .word = "CWR",
		.plain = "\"I have slowed down.\" In a SYN: part of the offer of ECN.",
		.exact = "Congestion Window Reduced: the sender has reacted to ECE. In a SYN with ECE it offers ECN; the "
		         "SYN-ACK that accepts comes without it, and one that copies both bits of the SYN back is no "
		         "agreement.",
		.picture = "> SYN,ECE,CWR  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK,ECE  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 3168 §6.1.1, §6.1.1.2, §6.1.2", .see = "ECE ecn-setup ecn-synack-reflect",
	},
	{
		.kind = TEACH_FLAG, .word = "AE", .also = "ACE NS accecn",
		.plain = "A third bit, with ECE and CWR, so that congestion can be told more than once in a round trip.",
		.exact = "A SYN with AE, CWR and ECE all set asks for Accurate ECN. Once the SYN-ACK has accepted it, both "
		         "directions use it: each side counts the packets that arrive with a congestion mark, and the "
		         "three bits are where it feeds this back. While the connection opens they also tell which ECN "
		         "field of IP the other side's segment arrived with.",
		.picture = "> SYN,AE,CWR,ECE  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK,CWR  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 9768 §3.1.1, §3.2", .see = "ECE CWR accecn-setup",
	},
};
/* clang-format on */

const struct teach_table teach_flags = TEACH_TABLE(entry);
