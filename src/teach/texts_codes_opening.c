/* SPDX-License-Identifier: BSD-3-Clause */
/* Diagnoses of the open. The sentence, the severity and the section stand in the catalogue. */
#include "teach/texts.h"

#define CODE(name, text, drawing, related)                                                         \
	{                                                                                          \
		.kind = TEACH_CODE, .word = name, .exact = text, .picture = drawing,               \
		.see = related                                                                     \
	}

/* clang-format off */
static const struct teach_entry entry[] = {
	CODE("syn-retx",
	     "A bare SYN with the same initial sequence number as before. Nothing moves: the client still is in "
	     "SYN-SENT. Either the SYN or the answer to it was lost, or nobody answers; the repetition alone does not "
	     "tell which.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED", "syn-rto open-no-answer"),
	CODE("syn-isn-changed",
	     "A bare SYN on the same 4-tuple with another initial sequence number while the first attempt was still "
	     "open. The client gave the first attempt up and began anew; a server that had answered the first one now "
	     "holds a half-open connection with the wrong numbers.",
	     "> SYN  raw 1000|SYN-SENT|SYN-RECEIVED\n> SYN  raw 5000|SYN-SENT|SYN-RECEIVED", "tuple-reuse syn-retx"),
	CODE("synack-retx",
	     "The same SYN-ACK, same sequence and acknowledgement number. The server waits in SYN-RECEIVED for the "
	     "third segment: its SYN-ACK or the answer to it was lost, or the client never answers.",
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED ?|SYN-RECEIVED\n"
	     "< SYN-ACK  seq 0 ack 1  again|ESTABLISHED ?|SYN-RECEIVED",
	     "third-ack-lost open-half"),
	CODE("synack-isn-changed",
	     "Two SYN-ACKs acknowledge the same SYN but bring different initial sequence numbers, with no RST in "
	     "between. One connection has one ISN: two machines answer behind one address, the server restarted, or "
	     "somebody else answered first.",
	     "< SYN-ACK  raw 7000 ack 1|ESTABLISHED|SYN-RECEIVED\n< SYN-ACK  raw 9000 ack 1|ESTABLISHED|SYN-RECEIVED",
	     "synack-retx synack-ack-mismatch"),
	CODE("synack-ack-mismatch",
	     "The acknowledgement of a SYN-ACK must be the client's ISN + 1, because the SYN took one number (more if "
	     "the SYN carried data). Here it is not. A client in SYN-SENT must answer with a RST that takes its number "
	     "from that acknowledgement, and stay in SYN-SENT. If the number belongs to an earlier SYN, the server "
	     "answered an old duplicate, which is Figure 8 of RFC 9293, and the severity is a warning.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 7|SYN-SENT|SYN-RECEIVED\n> RST  seq 7|SYN-SENT|LISTEN",
	     "old-dup-syn refused-bad-ack isn"),
	CODE("synack-unsolicited",
	     "The first segment of the connection is a SYN-ACK, and no SYN of the other side is in the capture. If the "
	     "SYN was merely missed, the connection goes on; if a RST follows, somebody forged this address as the "
	     "source of SYNs and the answers arrive here (backscatter).",
	     "< SYN-ACK  seq 0 ack 1|CLOSED ?|SYN-RECEIVED\n> RST  seq 1|CLOSED|LISTEN", "cap-oneway syn-flood"),
	CODE("third-seq-mismatch",
	     "The sequence number of the client's first segment after the SYN must be its ISN + 1: the SYN took one "
	     "number and nothing else was sent. Here it is elsewhere and outside of the server's window, so the server "
	     "says in an ACK what it expects, drops it and stays in SYN-RECEIVED.",
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n> ACK  seq 99999999 ack 1|ESTABLISHED|SYN-RECEIVED",
	     "third-ack-mismatch seq-gap"),
	CODE("third-ack-mismatch",
	     "In SYN-RECEIVED the server accepts only an acknowledgement of its own SYN: its ISN + 1, up to what it has "
	     "sent. Anything else is answered with a RST that takes its number from the wrong acknowledgement.",
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n> ACK  seq 1 ack 501|ESTABLISHED|SYN-RECEIVED\n"
	     "< RST  seq 501|CLOSED|SYN-RECEIVED", "third-seq-mismatch"),
	CODE("third-ack-data",
	     "The client may put data into the segment that completes the open; its sequence number is ISN + 1 as for an "
	     "empty one. The server delivers it once it is ESTABLISHED, which this very segment brings about.",
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n> ACK  seq 1 ack 1  100 B|ESTABLISHED|ESTABLISHED",
	     "syn-data fast-open"),
	CODE("third-ack-lost",
	     "The server repeats its SYN-ACK although the capture shows an acknowledgement of it: so that one did not "
	     "arrive, or the server ignored it. The client thinks that the connection is open, the server does not. "
	     "The client's next segment carries the same acknowledgement and mends it.",
	     "!> ACK  seq 1 ack 1|ESTABLISHED|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1  again|ESTABLISHED|SYN-RECEIVED\n"
	     "> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED", "synack-retx accept-queue-suspect why-three"),
	CODE("accept-queue-suspect",
	     "The SYN-ACK is repeated at least twice although acknowledgements arrive in between. One loss is an "
	     "accident; several say that the server hears them and has no room: its application does not call accept() "
	     "quickly enough, or asked for connections with data only (TCP_DEFER_ACCEPT). Look at the server's queue "
	     "(ss -lt).",
	     "> ACK  seq 1 ack 1|ESTABLISHED|SYN-RECEIVED\n< SYN-ACK  again|ESTABLISHED|SYN-RECEIVED\n"
	     "> ACK  seq 1 ack 1|ESTABLISHED|SYN-RECEIVED\n< SYN-ACK  again|ESTABLISHED|SYN-RECEIVED",
	     "third-ack-lost backlog-suspect"),
	CODE("backlog-suspect",
	     "Only the third equal SYN or a later one was answered. Loss on the way, a rule that drops the first SYNs, "
	     "or a listener whose queue of half-open connections was full.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED ?\n"
	     "> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED\n"
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED", "accept-queue-suspect syn-rto"),
	CODE("syn-rto",
	     "Three or more equal SYNs: the pauses between them show the client's retransmission timer. It begins with "
	     "one second and doubles, so SYNs go out after 0, 1, 3, 7, 15 seconds; Linux 6.5 and later first repeats "
	     "five times, one second apart. Other pauses are other stacks, or scanners.",
	     "> SYN  at 0 s|SYN-SENT|SYN-RECEIVED ?\n> SYN  at 1 s|SYN-SENT|SYN-RECEIVED ?\n"
	     "> SYN  at 3 s|SYN-SENT|SYN-RECEIVED ?", "syn-retx no-answer"),
	CODE("open-no-answer",
	     "SYNs, and nothing acceptable came back. The host is down, a filter drops the SYN or the answer, or the "
	     "answer takes a path that this capture does not see. A capture at the server tells which.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED ?", "no-answer syn-rto"),
	CODE("open-half",
	     "SYN and SYN-ACK are there, the third segment is not. One such connection is a lost or cut-off client; many "
	     "from one source are a scan, many from many sources a SYN flood.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n"
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED ?|SYN-RECEIVED", "half-open syn-flood synack-retx"),
	CODE("open-refused",
	     "A RST that acknowledges the SYN, from a side that had sent nothing before. In SYN-SENT a RST counts only "
	     "if it acknowledges the SYN, and this one does: the client gives up at once.",
	     "> SYN  seq 0|SYN-SENT|CLOSED\n< RST-ACK  seq 0 ack 1|CLOSED|CLOSED", "refused refused-bad-ack"),
	CODE("refused-bad-ack",
	     "A RST came while the client was in SYN-SENT, but its acknowledgement does not cover the SYN. It could be "
	     "from anybody; the client must ignore it and go on trying.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n< RST-ACK  seq 0 ack 9|SYN-SENT|CLOSED", "open-refused RST"),
	CODE("open-reset",
	     "The client answered the SYN-ACK with a RST. It had called only to see whether somebody answers (SYN "
	     "scan), its application gave up, or its host did not know of the SYN because somebody had forged it.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|CLOSED ?|SYN-RECEIVED\n"
	     "> RST  seq 1|CLOSED|LISTEN",
	     "aborted synack-ack-mismatch"),
	CODE("old-dup-syn",
	     "A SYN with another number was answered, and the answer was reset, beside the real attempt. An old SYN "
	     "had wandered in the network and reached the server late; the three-way handshake exists to undo exactly "
	     "this (Figure 8).",
	     "> SYN  raw 90 (old)|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  ack 91|SYN-SENT|SYN-RECEIVED\n> RST  seq 91|SYN-SENT|LISTEN",
	     "why-three synack-ack-mismatch"),
	CODE("half-open-found",
	     "A SYN was answered by a bare ACK with old numbers: the other side still holds an earlier connection on "
	     "these ports. The client resets it with that acknowledgement as its sequence number, and calls again. One "
	     "side had lost its memory, by a restart for example (Figure 9).",
	     "> SYN  raw 400|SYN-SENT|ESTABLISHED\n< ACK  raw 300 ack 100|SYN-SENT|ESTABLISHED\n> RST  raw 100|SYN-SENT|CLOSED",
	     "challenge-ack half-open"),
	CODE("open-simultaneous",
	     "Bare SYNs in both directions, and no acknowledgement before the second. Both become SYN-RECEIVED, then "
	     "ESTABLISHED; nothing is wrong.",
	     "X SYN  seq 0|SYN-SENT|CLOSED\nY SYN  seq 0|SYN-RECEIVED|SYN-SENT", "simultaneous open-split"),
	CODE("open-split",
	     "The server sent the acknowledgement of the SYN and its own SYN as two segments. The RFC lists them as "
	     "separate steps before it combines them, so the numbers are right, but no common stack does it, and some "
	     "firewalls lose track.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< ACK  ack 1|SYN-SENT|SYN-RECEIVED\n< SYN  seq 0|SYN-RECEIVED|SYN-RECEIVED",
	     "four-way open-simultaneous"),
	CODE("open-self",
	     "Source and destination are the same address and the same port: the socket has called itself and is "
	     "answered by itself, which TCP allows as a simultaneous open.",
	     "> SYN  seq 0|SYN-RECEIVED|SYN-RECEIVED", "self"),
	CODE("syn-data",
	     "A SYN with data and without a Fast Open cookie. That is legal: the receiver keeps the data and may hand it "
	     "to the application only when the connection is ESTABLISHED. Some stacks throw it away, then it comes "
	     "again after the handshake.",
	     "> SYN  seq 0  10 B|SYN-SENT|SYN-RECEIVED", "fast-open third-ack-data"),
	CODE("tfo-request",
	     "A SYN with an empty Fast Open option: the client asks for a cookie to use next time. This connection "
	     "opens in the ordinary way.",
	     "> SYN  cookie request|SYN-SENT|SYN-RECEIVED", "tfo tfo-cookie"),
	CODE("tfo-cookie",
	     "The SYN-ACK brings a Fast Open cookie of at least 4 octets. The client may send it with data in the SYN "
	     "of a later connection to this server.",
	     "< SYN-ACK  cookie|ESTABLISHED|SYN-RECEIVED", "tfo tfo-accepted"),
	CODE("tfo-accepted",
	     "The SYN-ACK acknowledges the SYN and its data: the server took it, and may answer before the third "
	     "segment arrives.",
	     "> SYN  seq 0  100 B, cookie|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 101|ESTABLISHED|SYN-RECEIVED",
	     "fast-open tfo-rejected"),
	CODE("tfo-rejected",
	     "The SYN-ACK acknowledges the SYN alone: the data in it was not taken (an old cookie, or Fast Open switched "
	     "off), and the client sends it again after the handshake. Nothing is lost but time.",
	     "> SYN  seq 0  100 B, cookie|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n"
	     "> ACK  seq 1  100 B|ESTABLISHED|ESTABLISHED", "fast-open tfo-accepted"),
	CODE("data-before-open",
	     "An endpoint sent data while its open was not done, without Fast Open: the server before the third "
	     "segment can have come, or the client before any answer. Either segments are missing in the capture, or "
	     "somebody crafts them.",
	     "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n> PSH  seq 1  100 B|SYN-SENT|SYN-RECEIVED", "syn-data third-ack-data"),
	CODE("tuple-reuse",
	     "The same addresses and ports with a new ISN after the earlier connection had ended: a new connection. "
	     "RFC 9293 calls it a new incarnation; the ISN must keep old segments apart from new ones.",
	     "> SYN  raw 5000|SYN-SENT|SYN-RECEIVED", "tw-reuse syn-isn-changed isn"),
};
/* clang-format on */

const struct teach_table teach_codes_opening = TEACH_TABLE(entry);
