/* SPDX-License-Identifier: BSD-3-Clause */
/* Diagnoses of sequence and acknowledgement numbers and of windows. */
#include "teach/texts.h"

#define CODE(name, text, drawing, related)                                                         \
	{                                                                                          \
		.kind = TEACH_CODE, .word = name, .exact = text, .picture = drawing,               \
		.see = related                                                                     \
	}

/* clang-format off */
static const struct teach_entry entry[] = {
	CODE("ack-unseen",
	     "The acknowledgement is beyond everything that the other side has sent in this capture. If later segments "
	     "of that side fit, the capture lost packets; if not, the number is bogus: the receiver answers with an ACK "
	     "and drops the segment.",
	     "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 5000|ESTABLISHED|ESTABLISHED", "seq-gap ack-too-old"),
	CODE("ack-too-old",
	     "The acknowledgement lies further back than the largest window that its receiver ever had. No segment that "
	     "old can still be under way; it is answered with a challenge ACK and dropped, since it may be a blind "
	     "attack.",
	     "> seq 900001 ack 1  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 12|ESTABLISHED|ESTABLISHED\n"
	     "> ACK  seq 900101 ack 1|ESTABLISHED|ESTABLISHED", "challenge-ack ack-unseen"),
	CODE("challenge-ack",
	     "An empty ACK that answers a RST with an inexact number, a SYN inside of a connection, or an impossible "
	     "acknowledgement. It asks the peer to show that it knows the numbers: a real one answers with the right "
	     "RST or goes on, a forger cannot.",
	     "> RST  seq 5000|ESTABLISHED|ESTABLISHED\n< ACK  seq 1 ack 101|ESTABLISHED|ESTABLISHED\n"
	     "> seq 101  100 B|ESTABLISHED|ESTABLISHED", "rst-inexact half-open-found"),
	CODE("seq-gap",
	     "The segment begins beyond the next number of its sender: what comes before is missing in the capture here. "
	     "It comes late, is sent again, or the capture lost it.",
	     "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n> seq 201  100 B|ESTABLISHED|ESTABLISHED", "ooo retx ack-unseen"),
	CODE("ooo",
	     "The segment lies below what was seen before and fills a hole: it was overtaken, or it was lost before this "
	     "point and sent again.",
	     "> seq 201  100 B|ESTABLISHED|ESTABLISHED\n> seq 101  100 B|ESTABLISHED|ESTABLISHED", "seq-gap retx"),
	CODE("retx",
	     "Octets that passed here before. Their acknowledgement did not come in time, since they or it were lost "
	     "beyond this point, or duplicate acknowledgements told of a gap.",
	     "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n> seq 1  100 B  again|ESTABLISHED|ESTABLISHED", "retx-spurious ooo"),
	CODE("retx-spurious",
	     "Octets that were already acknowledged in this capture are sent again: the acknowledgement came too late for "
	     "the timer, or was lost on the rest of its way.",
	     "> seq 1  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101|ESTABLISHED|ESTABLISHED\n"
	     "> seq 1  100 B  again|ESTABLISHED|ESTABLISHED", "retx"),
	CODE("overlap-conflict",
	     "The same sequence numbers were sent twice with different octets. One number names one octet: either a "
	     "device damages the stream, or somebody injects data hoping that host and observer pick different "
	     "versions. Compared are segments that begin and end at the same numbers.",
	     "> seq 1  100 B  \"abc\"|ESTABLISHED|ESTABLISHED\n> seq 1  100 B  \"xyz\"|ESTABLISHED|ESTABLISHED", "retx"),
	CODE("seq-beyond-window",
	     "The segment ends beyond what the receiver had allowed (acknowledgement + window). The receiver may drop what "
	     "is outside and answer with an ACK.",
	     "< ACK  ack 101 win 100|ESTABLISHED|ESTABLISHED\n> seq 101  500 B|ESTABLISHED|ESTABLISHED", "zero-window window-shrunk"),
	CODE("zero-window",
	     "The receiver announces a window of 0: its application does not read, the buffer is full, the sender must "
	     "wait and probe. The cause is at the receiver, not in the network.",
	     "< ACK  ack 101 win 0|ESTABLISHED|ESTABLISHED", "zwp window-shrunk"),
	CODE("zwp",
	     "A zero-window probe asks whether the window has opened again: one octet at the next number, or, as Linux "
	     "sends it, an empty segment one number back, which looks like a keep-alive. Only the peer's window tells "
	     "them apart. The answer is an ACK with the window of that moment.",
	     "> seq 100  0 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101 win 0|ESTABLISHED|ESTABLISHED", "zero-window keepalive"),
	CODE("window-shrunk",
	     "The right edge (acknowledgement + window) moved left: what was permitted is permitted no more. A receiver "
	     "should not do this, a sender must survive it.",
	     "< ACK  ack 101 win 1000|ESTABLISHED|ESTABLISHED\n< ACK  ack 101 win 100|ESTABLISHED|ESTABLISHED", "zero-window seq-beyond-window"),
	CODE("keepalive",
	     "All was acknowledged and the line was quiet; then an empty segment (or one octet) one number back. The peer "
	     "finds it outside of its window and answers with an ACK: it is still there. Nothing is delivered, no state "
	     "moves. The RFC wants at least two hours of silence by default.",
	     "> seq 100  0 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101|ESTABLISHED|ESTABLISHED", "keepalive-ack zwp"),
	CODE("keepalive-ack",
	     "The answer to a keep-alive: a plain ACK that shows that the peer still holds the connection. A peer that "
	     "has forgotten it answers with a RST.",
	     "> seq 100  0 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101|ESTABLISHED|ESTABLISHED", "keepalive"),
	CODE("seq-wrap",
	     "Sequence numbers have 32 bits; after 4294967295 comes 0. All comparisons are made on this circle, so "
	     "nothing happens but that the raw numbers get small.",
	     "> raw 4294967290  100 B|ESTABLISHED|ESTABLISHED\n> raw 94  100 B|ESTABLISHED|ESTABLISHED", "sequence-numbers"),
	CODE("data-after-fin",
	     "The FIN is the last thing in its direction. Data beyond its number contradicts it: a broken stack, or "
	     "somebody else.",
	     "> FIN-ACK  seq 101|FIN-WAIT-1|CLOSE-WAIT\n> seq 102  10 B|FIN-WAIT-1|CLOSE-WAIT", "fin-moved FIN"),
	CODE("fin-moved",
	     "A second FIN of the same side with another sequence number. A FIN may be repeated, but its place in the "
	     "stream is fixed.",
	     "> FIN-ACK  seq 101|FIN-WAIT-1|CLOSE-WAIT\n> FIN-ACK  seq 201|FIN-WAIT-1|CLOSE-WAIT", "fin-retx data-after-fin"),
};
/* clang-format on */

const struct teach_table teach_codes_sequence = TEACH_TABLE(entry);
