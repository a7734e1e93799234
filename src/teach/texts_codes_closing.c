/* SPDX-License-Identifier: BSD-3-Clause */
/* Diagnoses of the close. */
#include "teach/texts.h"

#define CODE(name, text, drawing, related)                                                         \
	{                                                                                          \
		.kind = TEACH_CODE, .word = name, .exact = text, .picture = drawing,               \
		.see = related                                                                     \
	}

/* clang-format off */
static const struct teach_entry entry[] = {
	CODE("close-half",
	     "New data comes from the side that has acknowledged the other one's FIN: it is in CLOSE-WAIT and still "
	     "sends, and the first closer, in FIN-WAIT-2, takes it. Legal and useful.",
	     "< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT\n< seq 1  200 B|FIN-WAIT-2|CLOSE-WAIT\n> ACK  ack 201|FIN-WAIT-2|CLOSE-WAIT",
	     "half-close CLOSE-WAIT"),
	CODE("close-merged",
	     "The second FIN is the first segment that acknowledges the first FIN: three segments instead of four. The "
	     "first closer goes from FIN-WAIT-1 straight to TIME-WAIT.",
	     "> FIN-ACK  seq 101 ack 201|FIN-WAIT-1|CLOSE-WAIT\n< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK",
	     "close-three-way four-way"),
	CODE("close-simultaneous",
	     "The second FIN does not acknowledge the first: both were sent before the other had arrived. Both sides go "
	     "through CLOSING to TIME-WAIT.",
	     "X FIN-ACK  seq 101 ack 1|FIN-WAIT-1|ESTABLISHED\nY FIN-ACK  seq 1 ack 101|CLOSING|FIN-WAIT-1",
	     "simultaneous-close CLOSING"),
	CODE("fin-retx",
	     "The same FIN again. Its acknowledgement did not come in time; the sender still is where it was, in "
	     "FIN-WAIT-1, CLOSING or LAST-ACK.",
	     "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n> FIN-ACK  seq 101  again|FIN-WAIT-1|CLOSE-WAIT", "last-ack-lost fin-unacked"),
	CODE("last-ack-lost",
	     "The second FIN is repeated although its acknowledgement was seen here: the acknowledgement was lost. The "
	     "side in TIME-WAIT answers again. Without TIME-WAIT a RST would answer, and the last one to close could "
	     "not know whether all of its data had arrived.",
	     "!> ACK  ack 202|TIME-WAIT|LAST-ACK\n< FIN-ACK  seq 201  again|TIME-WAIT|LAST-ACK\n> ACK  ack 202  again|TIME-WAIT|CLOSED",
	     "TIME-WAIT tw-reack"),
	CODE("tw-reack",
	     "An ACK from TIME-WAIT: what arrived was a repeated FIN or another old segment. A repeated FIN restarts the "
	     "2 MSL.",
	     "< FIN-ACK  seq 201  again|TIME-WAIT|LAST-ACK\n> ACK  ack 202|TIME-WAIT|CLOSED", "last-ack-lost TIME-WAIT"),
	CODE("fin-unacked",
	     "A FIN was sent and no acknowledgement of it is in the capture, nor a RST: the capture ended first, the "
	     "answers went another way, or the peer is gone.",
	     "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|ESTABLISHED", "fin-retx close-incomplete"),
	CODE("close-incomplete",
	     "Only one side's FIN is in the capture. The other never closed: it had more to say and did not, or its "
	     "application forgot the socket (look for CLOSE-WAIT there).",
	     "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT", "half-close close-wait-long"),
	CODE("close-wait-long",
	     "More than 60 seconds in CLOSE-WAIT without sending anything. The peer has closed, TCP has told the "
	     "application, and only the application can go on: usually a program that does not close its socket.",
	     "< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT", "CLOSE-WAIT close-incomplete"),
	CODE("rst-abort",
	     "A RST that answers nothing, before any FIN: the application aborted (SO_LINGER with 0) or ended with "
	     "unread data, or the host or a device in between gave the connection up. Data under way "
	     "is lost.",
	     "> RST-ACK  seq 101 ack 201|CLOSED|CLOSED", "reset rst-after-fin"),
	CODE("rst-after-fin",
	     "The closing had begun with a FIN, then came a RST that is not a reply to anything. If data was under way "
	     "it is lost, and the peer may see an error instead of an end. Closing a socket with unread data does it.",
	     "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n> RST-ACK  seq 102 ack 1|CLOSED|CLOSED", "fin-reset rst-late-data"),
	CODE("rst-late-data",
	     "A side had closed completely, data arrived for it, and it answered with a RST whose number is the "
	     "acknowledgement of that data segment. The RST tells the peer that its data was not read.",
	     "< seq 1 ack 102  200 B|CLOSED ?|CLOSE-WAIT\n> RST  seq 102|CLOSED|CLOSED", "fin-reset half-close"),
	CODE("rst-inexact",
	     "The RST's number lies in the window but is not the next one expected. A host that follows RFC 5961 answers "
	     "with a challenge ACK and stays as it is; a real peer then sends the right RST. An older host resets.",
	     "> RST  seq 5000|ESTABLISHED|ESTABLISHED\n< ACK  ack 101|ESTABLISHED|ESTABLISHED\n"
	     "> seq 101  100 B|ESTABLISHED|ESTABLISHED", "challenge-ack rst-out-of-window"),
	CODE("rst-out-of-window",
	     "The RST's number lies outside of the receiver's window: it is ignored. An old one, or a blind attempt to "
	     "end the connection.", "> RST  seq 99999999|ESTABLISHED|ESTABLISHED\n"
	     "> seq 101  100 B|ESTABLISHED|ESTABLISHED", "rst-inexact rst-spoof-suspect"),
	CODE("rst-spoof-suspect",
	     "After a RST that should have ended the connection its supposed sender goes on as if nothing had happened. So "
	     "somebody else sent it: a filter that resets connections, or an attacker.",
	     "> RST  seq 101|ESTABLISHED|CLOSED\n> seq 101  100 B|ESTABLISHED|CLOSED", "rst-inexact RST"),
	CODE("tw-assassinated",
	     "An old segment reached a side in TIME-WAIT, which answered with an ACK; the peer, which no longer had the "
	     "connection, answered that with a RST, and the RST ended TIME-WAIT early. From then on old segments may be "
	     "taken for those of a new connection. The remedy is to ignore RSTs in TIME-WAIT.",
	     "< seq 100  (old)|TIME-WAIT|CLOSED\n> ACK  ack 202|TIME-WAIT|CLOSED\n< RST  seq 202|CLOSED|CLOSED", "TIME-WAIT 2msl"),
	CODE("tw-reuse",
	     "A SYN with a new ISN while this 4-tuple still was in TIME-WAIT at the side that answers. That side may "
	     "accept it if its own new ISN is above all numbers of the old connection; timestamps help to be sure.",
	     "> SYN  raw 90000|SYN-SENT|SYN-RECEIVED", "TIME-WAIT tw-reuse-isn-low tuple-reuse"),
	CODE("tw-reuse-isn-low",
	     "The 4-tuple is used again out of TIME-WAIT with an ISN below numbers of the connection before, and no newer "
	     "timestamp tells the two apart. Old segments can be taken for new data. Behind the 60 s that Linux waits it is "
	     "a warning, since the other side may be CLOSED by then.",
	     "> FIN-ACK  raw 90000|LAST-ACK|TIME-WAIT\n< ACK  ack 90001|CLOSED|TIME-WAIT\n> SYN  raw 40000|SYN-SENT|SYN-RECEIVED",
	     "tw-reuse isn-tuple-back"),
	CODE("2msl-short",
	     "The side that closed first opened the same 4-tuple again before 2 MSL had passed. It must linger in "
	     "TIME-WAIT; the exception is for SYNs of the other side. Within the 60 s that Linux waits this is a warning, "
	     "from there to the RFC's 240 s a note.",
	     "> ACK  ack 202|TIME-WAIT|CLOSED\n> SYN  raw 90000  1 s later|SYN-SENT|SYN-RECEIVED", "2msl TIME-WAIT tw-reuse"),
};
/* clang-format on */

const struct teach_table teach_codes_closing = TEACH_TABLE(entry);
