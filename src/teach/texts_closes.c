/* SPDX-License-Identifier: BSD-3-Clause */
/* How a connection closes: the words of close.kind. */
#include "teach/texts.h"

/* clang-format off */
static const struct teach_entry entry[] = {
	{
		.kind = TEACH_CLOSE, .word = "four-way", .also = "four-way-close",
		.plain = "The ordinary close: each side says that it is done, and each is confirmed.",
		.exact = "FIN, its ACK, the other FIN, its ACK. Each direction is closed on its own, which is why it takes "
		         "two of each. Who sends the first FIN ends in TIME-WAIT.",
		.picture = "> FIN-ACK  seq 101 ack 201|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT\n"
		           "< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK\n> ACK  ack 202|TIME-WAIT|CLOSED",
		.source = "RFC 9293 §3.6 and its Figure 12", .see = "close-three-way half-close TIME-WAIT",
	},
	{
		.kind = TEACH_CLOSE, .word = "three-way", .also = "close-three-way three-segment-close three-way-close",
		.plain = "The second FIN carries the acknowledgement of the first: three segments suffice.",
		.exact = "When the application closes at once on hearing that the other side did, its FIN is the first "
		         "segment to acknowledge the FIN that came. The first side goes from FIN-WAIT-1 to TIME-WAIT in "
		         "one step, the other through CLOSE-WAIT to LAST-ACK.",
		.picture = "> FIN-ACK  seq 101 ack 201|FIN-WAIT-1|CLOSE-WAIT\n< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK\n"
		           "> ACK  ack 202|TIME-WAIT|CLOSED",
		.source = "RFC 9293 §3.3.2 (note 2 of Figure 5), §3.6", .see = "four-way close-merged",
	},
	{
		.kind = TEACH_CLOSE, .word = "simultaneous", .also = "simultaneous-close",
		.plain = "Both hung up before hearing the other do so.",
		.exact = "Each FIN was sent before the other one had arrived. Both sides go through CLOSING, and both end "
		         "in TIME-WAIT.",
		.picture = "X FIN-ACK  seq 101 ack 1|FIN-WAIT-1|ESTABLISHED\nY FIN-ACK  seq 1 ack 101|CLOSING|FIN-WAIT-1\n"
		           "> ACK  ack 2|CLOSING|TIME-WAIT\n< ACK  ack 102|TIME-WAIT|TIME-WAIT",
		.source = "RFC 9293 §3.6 and its Figure 13", .see = "CLOSING simultaneous",
	},
	{
		.kind = TEACH_CLOSE, .word = "half-close", .also = "half-closed shutdown",
		.plain = "One side has nothing more to send; the other still talks.",
		.exact = "A FIN closes one direction only. The other may stay open for as long as its sender likes, and "
		         "its data is received and acknowledged as before. A program does this with shutdown(), to say "
		         "\"that was all, now answer\".",
		.picture = "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT\n"
		           "< seq 1  200 B|FIN-WAIT-2|CLOSE-WAIT\n> ACK  ack 201|FIN-WAIT-2|CLOSE-WAIT",
		.source = "RFC 9293 §3.6.1", .see = "FIN-WAIT-2 CLOSE-WAIT close-half",
	},
	{
		.kind = TEACH_CLOSE, .word = "reset", .also = "abort abortive-close hard-close",
		.plain = "Slammed: no FIN, both directions end at once.",
		.exact = "An application aborted (or ended with unread data), or a host was asked about a connection that "
		         "it does not know. What was under way is lost and nothing is confirmed. Who resets is CLOSED at "
		         "once; the RFC would rather have it enter TIME-WAIT, but Linux does not.",
		.picture = "> RST-ACK  seq 101 ack 201|CLOSED|CLOSED",
		.source = "RFC 9293 §3.5.2, §3.6, §3.10.5", .see = "RST rst-abort fin-reset",
	},
	{
		.kind = TEACH_CLOSE, .word = "fin-reset",
		.plain = "It began to close properly, and then was slammed.",
		.exact = "A FIN, then a RST before both FINs were acknowledged. Often the side that had closed was sent "
		         "more data, for which no application was left: the reset says that this data was lost.",
		.picture = "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n< seq 1 ack 102  200 B|CLOSED ?|CLOSE-WAIT\n"
		           "> RST  seq 102|CLOSED|CLOSED",
		.source = "RFC 9293 §3.6.1; RFC 2525 §2.17", .see = "reset rst-late-data rst-after-fin",
	},
	{
		.kind = TEACH_CLOSE, .word = "none", .also = "not-closed open-at-end",
		.plain = "It was still open when the capture ended.",
		.exact = "Neither a FIN nor a RST of an open connection is in the capture. A RST that refuses or aborts the "
		         "open belongs to the open.",
		.picture = "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101|ESTABLISHED|ESTABLISHED",
		.source = "tcphs", .see = "refused aborted",
	},
};
/* clang-format on */

const struct teach_table teach_closes = TEACH_TABLE(entry);
