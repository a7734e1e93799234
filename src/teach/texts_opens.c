/* SPDX-License-Identifier: BSD-3-Clause */
/* How a connection opens: the words of open.kind. */
#include "teach/texts.h"

/* clang-format off */
static const struct teach_entry entry[] = {
	{
		.kind = TEACH_OPEN, .word = "three-way", .also = "three-way-handshake 3whs handshake three-way-open",
		.plain = "The ordinary open: I call, you answer and call back, I answer.",
		.exact = "Each side tells its ISN and hears it confirmed: SYN (ISN of the client), SYN-ACK (ISN of the "
		         "server, and client's ISN + 1), ACK (server's ISN + 1). Four messages would do it, but the "
		         "server's ACK and its SYN travel together. The third one is needed because the server cannot "
		         "know whether the SYN was an old duplicate: it must ask the sender.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.4.1, Figure 6 in §3.5", .see = "why-three isn four-way-open third-ack-data",
	},
	{
		.kind = TEACH_OPEN, .word = "four-way", .also = "four-way-open split split-handshake four-segment-open",
		.plain = "The server answers in two pieces: first its ACK, then its own SYN.",
		.exact = "The numbers are legal; it is the exchange of §3.4.1 before its steps 2 and 3 are combined. A "
		         "conforming client in SYN-SENT drops the bare ACK and takes the bare SYN for a simultaneous "
		         "open: it answers with a SYN-ACK. With real stacks it so takes five segments. It is known as a "
		         "way to get past filters that expect a SYN-ACK.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< ACK  ack 1|SYN-SENT|SYN-RECEIVED\n"
		           "< SYN  seq 0|SYN-RECEIVED|SYN-RECEIVED\n> SYN-ACK  seq 0 ack 1|SYN-RECEIVED|ESTABLISHED\n"
		           "< ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.4.1, §3.10.7.3", .see = "three-way simultaneous open-split",
	},
	{
		.kind = TEACH_OPEN, .word = "simultaneous", .also = "simultaneous-open",
		.plain = "Both called each other at the same moment; one connection comes of it.",
		.exact = "Two SYNs cross: each side goes from SYN-SENT to SYN-RECEIVED and answers with a SYN-ACK. Every "
		         "TCP must support it. It needs both sides to call from and to the right ports, so it is rare "
		         "outside of hole punching.",
		.picture = "X SYN  seq 0|SYN-SENT|CLOSED\nY SYN  seq 0|SYN-RECEIVED|SYN-SENT\n"
		           "X SYN-ACK  seq 0 ack 1|SYN-RECEIVED|SYN-RECEIVED\n"
		           "Y SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n> seq 1  51 B|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.5 and its Figure 7", .see = "open-simultaneous four-way-open simultaneous-close",
	},
	{
		.kind = TEACH_OPEN, .word = "fast-open", .also = "tcp-fast-open-open",
		.plain = "The client sends data with its very first segment, and the server takes it.",
		.exact = "The SYN carries a Fast Open cookie from an earlier connection, and data. The SYN-ACK acknowledges "
		         "the data too, and the server may answer before the third segment comes. That saves a round "
		         "trip. If the SYN-ACK acknowledges the SYN alone, the data must be sent again.",
		.picture = "> SYN  seq 0  100 B, cookie|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 101|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  seq 101 ack 1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 7413 §4.2", .see = "tfo tfo-rejected syn-data",
	},
	{
		.kind = TEACH_OPEN, .word = "self", .also = "self-connect",
		.plain = "A socket connected to itself.",
		.exact = "When the source and destination are the same address and port, the SYN comes back to its own "
		         "sender: a simultaneous open with one participant. It happens by accident when a program keeps "
		         "connecting to a local port in the ephemeral range.",
		.picture = "> SYN  seq 0|SYN-RECEIVED|SYN-RECEIVED\n> SYN-ACK  seq 0 ack 1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.5", .see = "simultaneous open-self",
	},
	{
		.kind = TEACH_OPEN, .word = "refused", .also = "connection-refused",
		.plain = "The host is there, but nobody listens on that port.",
		.exact = "A SYN that finds no listener is answered with RST and ACK: sequence number 0, and the "
		         "acknowledgement covers the SYN, which is what makes it believable to the client. A firewall "
		         "may send such an answer in the host's name.",
		.picture = "> SYN  seq 0|SYN-SENT|CLOSED\n< RST-ACK  seq 0 ack 1|CLOSED|CLOSED",
		.source = "RFC 9293 §3.5.2, §3.10.7.1", .see = "no-answer aborted open-refused",
	},
	{
		.kind = TEACH_OPEN, .word = "no-answer", .also = "timeout unanswered filtered",
		.plain = "The client called and called, and heard nothing.",
		.exact = "The SYN is repeated with growing pauses, then the client gives up. Down, filtered, or the answer "
		         "took another path: a capture at the other end tells. The RFC wants at least 3 minutes of "
		         "trying; Linux by default stops after about two.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED ?\n"
		           "> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED ?",
		.source = "RFC 9293 §3.8.3", .see = "refused syn-rto open-no-answer",
	},
	{
		.kind = TEACH_OPEN, .word = "half-open",
		.plain = "The server answered, and the caller never confirmed.",
		.exact = "SYN and SYN-ACK, and no third segment: the server waits in SYN-RECEIVED and holds memory. A "
		         "port scan, a forged source address, or a client that was cut off. The RFC uses the same word "
		         "for something else: an established connection of which one end has lost its memory.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED ?|SYN-RECEIVED\n"
		           "< SYN-ACK  seq 0 ack 1  again|ESTABLISHED ?|SYN-RECEIVED",
		.source = "RFC 4987; RFC 9293 §3.5.1", .see = "syn-flood half-open-found SYN-RECEIVED",
	},
	{
		.kind = TEACH_OPEN, .word = "aborted",
		.plain = "It was answered, and then reset before it was complete.",
		.exact = "A RST after the SYN-ACK: the caller did not want it any more (a SYN scan does this on purpose), "
		         "or the answer acknowledged something that it had never sent. A RST behind a right third segment: the "
		         "server did not know of the call any more, or had no room for it.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|CLOSED ?|SYN-RECEIVED\n"
		           "> RST  seq 1|CLOSED|LISTEN",
		.source = "RFC 9293 §3.5.2, §3.5.3", .see = "open-reset synack-ack-mismatch refused",
	},
	{
		.kind = TEACH_OPEN, .word = "partial",
		.plain = "It did open, but part of the handshake is not in the capture.",
		.exact = "Some segment of the three is missing here while later ones prove that it was sent: the capture "
		         "began in between, lost a packet, or saw one direction only. An ISN that follows from the other "
		         "side's acknowledgement is given as inferred.",
		.picture = "< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED",
		.source = "tcphs", .see = "midstream cap-oneway",
	},
	{
		.kind = TEACH_OPEN, .word = "midstream",
		.plain = "The capture began after the connection did.",
		.exact = "No SYN is in the capture. The ISNs, the window scales and what was agreed in the handshake are "
		         "not known, and who called is a guess; what would need them is not judged.",
		.picture = "> seq ?  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack ?|ESTABLISHED|ESTABLISHED",
		.source = "tcphs", .see = "partial cap-midstream UNKNOWN",
	},
};
/* clang-format on */

const struct teach_table teach_opens = TEACH_TABLE(entry);
