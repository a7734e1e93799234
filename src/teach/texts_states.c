/* SPDX-License-Identifier: BSD-3-Clause */
/* The states of RFC 9293 §3.3.2, and what tcphs calls UNKNOWN. */
#include "teach/texts.h"

/* clang-format off */
static const struct teach_entry entry[] = {
	{
		.kind = TEACH_STATE, .word = "CLOSED",
		.plain = "There is no connection. The host keeps nothing about it.",
		.exact = "CLOSED is fictional: it stands for having no connection record (TCB) at all. A segment "
		         "that arrives here is answered with a RST, unless it is a RST itself. A client starts here "
		         "and both ends return here.",
		.picture = "> SYN  seq 0|SYN-SENT|CLOSED\n< RST-ACK  seq 0 ack 1|CLOSED|CLOSED",
		.source = "RFC 9293 §3.3.2, §3.10.7.1", .see = "LISTEN refused RST",
	},
	{
		.kind = TEACH_STATE, .word = "LISTEN",
		.plain = "A server waits for anybody to call.",
		.exact = "A process has made a passive OPEN; no peer is known yet. A SYN moves the connection to "
		         "SYN-RECEIVED and is answered with a SYN-ACK. An ACK is answered with a RST, a RST is ignored. "
		         "In a capture LISTEN is never seen itself: it follows from the SYN-ACK, so tcphs shows it as "
		         "assumed.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED",
		.source = "RFC 9293 §3.3.2, §3.10.7.2", .see = "SYN-RECEIVED CLOSED",
	},
	{
		.kind = TEACH_STATE, .word = "SYN-SENT",
		.plain = "The client has called and waits for the answer.",
		.exact = "The SYN with the client's initial sequence number is out. A SYN-ACK that acknowledges exactly "
		         "this SYN leads to ESTABLISHED; a bare SYN leads to SYN-RECEIVED (both called at once); a RST "
		         "counts only if it acknowledges the SYN. An acknowledgement of anything else is answered with a "
		         "RST and changes nothing. Without an answer the SYN is sent again.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 9293 §3.3.2, §3.10.7.3", .see = "SYN-RECEIVED simultaneous refused",
	},
	{
		.kind = TEACH_STATE, .word = "SYN-RECEIVED", .also = "SYN-RCVD SYN-RECV",
		.plain = "The call was heard and answered; the caller has yet to confirm.",
		.exact = "The host has received a SYN and sent its own. An acknowledgement of its SYN leads to "
		         "ESTABLISHED. A RST leads back to LISTEN if the host had been listening, else to CLOSED. Until "
		         "then the server holds memory for a caller who may never confirm: this is what a SYN flood "
		         "exploits.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.3.2, §3.5.3, §3.10.7.4", .see = "half-open syn-flood three-way",
	},
	{
		.kind = TEACH_STATE, .word = "ESTABLISHED",
		.plain = "The connection is open: data flows both ways.",
		.exact = "The normal state of data transfer. The client gets here by the SYN-ACK, the server by the "
		         "acknowledgement of its own SYN, so for half a round trip the client is ESTABLISHED while the "
		         "server still is in SYN-RECEIVED. A FIN from the peer leads to CLOSE-WAIT, the own CLOSE to "
		         "FIN-WAIT-1, a valid RST to CLOSED.",
		.picture = "> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED\n> seq 1  100 B|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.3.2, §3.10.7.4", .see = "three-way CLOSE-WAIT FIN-WAIT-1",
	},
	{
		.kind = TEACH_STATE, .word = "FIN-WAIT-1", .also = "FIN_WAIT_1 FINWAIT1",
		.plain = "This side has hung up and waits to hear that the other side noticed.",
		.exact = "The application closed first: the FIN is out, not yet acknowledged. The acknowledgement of the "
		         "FIN leads to FIN-WAIT-2; the peer's FIN leads to CLOSING, or straight to TIME-WAIT if the same "
		         "segment acknowledges our FIN. Data can still be received.",
		.picture = "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT",
		.source = "RFC 9293 §3.3.2, §3.6, §3.10.7.4", .see = "FIN-WAIT-2 CLOSING four-way",
	},
	{
		.kind = TEACH_STATE, .word = "FIN-WAIT-2", .also = "FINWAIT2",
		.plain = "This side has hung up, the other side knows, and may go on talking.",
		.exact = "Our FIN is acknowledged; the peer's FIN is awaited, and it leads to TIME-WAIT. The connection "
		         "is half closed: the peer may send data for as long as it likes. The RFC sets no limit; Linux "
		         "gives up after 60 seconds when no process holds the socket any more.",
		.picture = "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT\n"
		           "< seq 1  200 B|FIN-WAIT-2|CLOSE-WAIT",
		.source = "RFC 9293 §3.3.2, §3.6.1, §3.10.7.4", .see = "half-close CLOSE-WAIT TIME-WAIT",
	},
	{
		.kind = TEACH_STATE, .word = "CLOSE-WAIT",
		.plain = "The other side has hung up; our application has not closed yet.",
		.exact = "The peer's FIN was received and acknowledged. TCP waits for the local application to close, "
		         "for as long as it takes: this state has no timer. Many connections in CLOSE-WAIT mean that a "
		         "program forgets to close its sockets. Its CLOSE sends the FIN and leads to LAST-ACK.",
		.picture = "> FIN-ACK  seq 101 ack 1|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT",
		.source = "RFC 9293 §3.3.2, §3.6", .see = "LAST-ACK half-close close-wait-long",
	},
	{
		.kind = TEACH_STATE, .word = "CLOSING",
		.plain = "Both sides hung up at the same moment.",
		.exact = "A FIN arrived that does not acknowledge our own FIN: the two crossed. When our FIN is "
		         "acknowledged too, the state is TIME-WAIT, here on both sides.",
		.picture = "X FIN-ACK  seq 101 ack 1|FIN-WAIT-1|ESTABLISHED\nY FIN-ACK  seq 1 ack 101|CLOSING|FIN-WAIT-1\n"
		           "> ACK  ack 2|CLOSING|TIME-WAIT\n< ACK  ack 102|TIME-WAIT|TIME-WAIT",
		.source = "RFC 9293 §3.3.2, Figure 13 in §3.6", .see = "simultaneous-close TIME-WAIT",
	},
	{
		.kind = TEACH_STATE, .word = "LAST-ACK",
		.plain = "Both sides have hung up; the last confirmation is awaited.",
		.exact = "The peer closed first, then we did: our FIN is out, and it also acknowledged the peer's. The "
		         "acknowledgement of our FIN leads to CLOSED. If it does not come, the FIN is sent again.",
		.picture = "< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK\n> ACK  ack 202|TIME-WAIT|CLOSED",
		.source = "RFC 9293 §3.3.2, §3.10.7.4", .see = "CLOSE-WAIT TIME-WAIT last-ack-lost",
	},
	{
		.kind = TEACH_STATE, .word = "TIME-WAIT", .also = "TIMEWAIT",
		.plain = "The side that hung up first keeps a note of the connection for a while, so that nothing old is "
		         "taken for something new.",
		.exact = "It lasts twice the maximum segment lifetime (2 MSL). First reason: the last ACK may be lost; "
		         "the peer then repeats its FIN, and TIME-WAIT answers it again. Second reason: segments of this "
		         "connection that still wander in the network must not be taken for those of a new connection on "
		         "the same ports. A new SYN may reopen it early under the conditions of §3.6.1.\n"
		         "The RFC takes an MSL of 2 minutes, so 4 minutes; Linux waits 60 seconds.",
		.picture = "< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK\n!> ACK  ack 202|TIME-WAIT|LAST-ACK\n"
		           "< FIN-ACK  seq 201  again|TIME-WAIT|LAST-ACK\n> ACK  ack 202  again|TIME-WAIT|CLOSED",
		.source = "RFC 9293 §3.3.2, §3.4.2, §3.6.1", .see = "2msl tw-reuse tw-assassinated last-ack-lost",
	},
	{
		.kind = TEACH_STATE, .word = "UNKNOWN",
		.plain = "The capture has not shown yet where this side stands.",
		.exact = "Not a state of the RFC: tcphs writes it while no segment tells where an endpoint stands, in a "
		         "capture that began in the middle or of a probe that belongs to no connection.",
		.picture = "> FIN  seq 101|FIN-WAIT-1|UNKNOWN",
		.source = "tcphs", .see = "midstream cap-oneway",
	},
};
/* clang-format on */

const struct teach_table teach_states = TEACH_TABLE(entry);
