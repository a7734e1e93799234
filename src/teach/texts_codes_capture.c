/* SPDX-License-Identifier: BSD-3-Clause */
/* Diagnoses of the capture itself and of its timing. */
#include "teach/texts.h"

#define CODE(name, text, drawing, related)                                                         \
	{                                                                                          \
		.kind = TEACH_CODE, .word = name, .exact = text, .picture = drawing,               \
		.see = related                                                                     \
	}

/* clang-format off */
static const struct teach_entry entry[] = {
	CODE("cap-midstream",
	     "No SYN of this connection is in the capture: it was open before. What the handshake had agreed (window "
	     "scale, timestamps, SACK) is unknown and not judged.",
	     "> seq ?  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack ?|ESTABLISHED|ESTABLISHED",
	     "midstream UNKNOWN"),
	CODE("cap-oneway",
	     "At least three segments, all of one side, with acknowledgements that prove that the other side does answer. "
	     "Its answers take another path than this capture's point; states of that side follow from the "
	     "acknowledgements alone.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED\n"
	     "> ACK  seq 1 ack 201|ESTABLISHED|ESTABLISHED",
	     "partial UNKNOWN"),
	CODE("cap-dup",
	     "The same IP datagram twice within 5 milliseconds, with nothing of the other side in between: a mirror port "
	     "or several interfaces recorded at once. tcphs ignores the copy; it is no retransmission.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n> SYN  seq 0  copy|SYN-SENT|SYN-RECEIVED",
	     "retx"),
	CODE("icmp-error",
	     "A router or the host sent an ICMP error that quotes a segment of this connection, for example \"port "
	     "unreachable\" or \"fragmentation needed\". The quoted header is no segment of its own. Anybody can forge such "
	     "an error, so a host should check the quoted numbers.",
	     "> SYN  seq 0|SYN-SENT|LISTEN ?\n< (ICMP: port unreachable)|SYN-SENT|LISTEN ?",
	     "no-answer refused"),
	CODE("frag-incomplete",
	     "Some IP fragments of a segment are missing in the capture, so it could not be put together.",
	     "> (fragment 1 of 2)|ESTABLISHED|ESTABLISHED\n< ACK  ack 1|ESTABLISHED|ESTABLISHED",
	     "seq-gap"),
	CODE("cap-drops",
	     "The interface or the file itself says that packets were dropped while capturing. A missing segment may have "
	     "been on the wire; do not conclude from its absence.",
	     "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 201|ESTABLISHED|ESTABLISHED",
	     "seq-gap ack-unseen"),
	CODE("evicted",
	     "There were more connections at once than the bound on memory allows, and this one was given up. Raise "
	     "--max-memory to follow more.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
	     "cap-drops"),
	CODE("cap-reordered",
	     "A packet's time stamp is before that of the packet in front of it. Several interfaces or processors were "
	     "merged without sorting; order in the capture is then not order on the wire.",
	     "< SYN-ACK  seq 0 ack 1  at 21 ms|ESTABLISHED ?|SYN-RECEIVED\n"
	     "> SYN  seq 0  at 0 ms|SYN-SENT|SYN-RECEIVED",
	     "ooo"),
	CODE("vantage",
	     "Where the capture was taken follows from the handshake: if the SYN-ACK comes long after the SYN and the ACK "
	     "at once, it was at the client; the other way round, at the server; otherwise in the middle. Both times "
	     "together are the round trip.",
	     "> SYN  at 0 ms|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  at 20 ms|ESTABLISHED|SYN-RECEIVED\n"
	     "> ACK  at 20 ms|ESTABLISHED|ESTABLISHED",
	     "round-trip csum-offload"),
	CODE("ack-delay",
	     "The acknowledgement came later than the path explains. A receiver may wait, less than half a second, to "
	     "acknowledge two segments at once or to send the ACK along with data; Linux often waits 40 milliseconds.",
	     "> seq 1  100 B  at 0 ms|ESTABLISHED|ESTABLISHED\n< ACK  ack 101  at 60 ms|ESTABLISHED|ESTABLISHED",
	     "round-trip ACK"),
};
/* clang-format on */

const struct teach_table teach_codes_capture = TEACH_TABLE(entry);
