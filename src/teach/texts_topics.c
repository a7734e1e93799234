/* SPDX-License-Identifier: BSD-3-Clause */
/* The questions that people ask about TCP's handshakes. */
#include "teach/texts.h"

/* clang-format off */
static const struct teach_entry entry[] = {
	{
		.kind = TEACH_TOPIC, .word = "isn", .also = "initial-sequence-number iss irs",
		.plain = "The number a connection begins with, different each time and not to be guessed.",
		.exact = "Each side chooses its own 32-bit initial sequence number. It has two jobs. Segments of an earlier "
		         "connection on the same ports must not fit into the new one: so it follows a clock, ticking about "
		         "every 4 microseconds. And nobody who cannot see the traffic may guess it: so a secret function of "
		         "the two addresses and ports is added, ISN = M + F(localip, localport, remoteip, remoteport, "
		         "secretkey). The SYN takes the number itself; data begins at ISN + 1. tcphs shows numbers relative "
		         "to the ISN unless asked for raw ones.",
		.picture = "> SYN  raw 3284627151|SYN-SENT|SYN-RECEIVED\n"
		           "< SYN-ACK  raw 708095274 ack 3284627152|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 9293 §3.4.1 (after RFC 6528 and RFC 1948)", .see = "sequence-numbers isn-constant isn-clock why-three",
	},
	{
		.kind = TEACH_TOPIC, .word = "sequence-numbers", .also = "seq sequence-number ack-number acknowledgement-number acknowledgment-number numbers modulo relative",
		.plain = "Every octet has a number, and so have the SYN and the FIN.",
		.exact = "A segment's sequence number is that of its first octet (or of its SYN). The acknowledgement number is "
		         "the next one expected. SYN comes before the data of its segment, FIN after it; each takes one "
		         "number, so that it can be acknowledged and repeated like data. A bare ACK takes none, or ACKs would "
		         "have to be acknowledged. Arithmetic is modulo 2^32.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n> seq 1  100 B|ESTABLISHED|ESTABLISHED\n"
		           "> FIN-ACK  seq 101|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102|FIN-WAIT-2|CLOSE-WAIT",
		.source = "RFC 9293 §3.1, §3.4, §3.5", .see = "isn seq-wrap SYN FIN",
	},
	{
		.kind = TEACH_TOPIC, .word = "why-three", .also = "third-segment third-ack why-handshake ghost old-duplicate old-duplicates",
		.plain = "Because the server must ask whether the call was meant.",
		.exact = "Sequence numbers are tied to no common clock, so whoever receives a SYN cannot know whether it is a "
		         "late copy of an old one. It must ask the sender to verify it. With two steps an old SYN would open a "
		         "ghost connection; with three the caller denies it with a RST. The third step also is the only proof "
		         "that the server's own ISN has arrived.",
		.picture = "> SYN  raw 90 (old)|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  ack 91|SYN-SENT|SYN-RECEIVED\n> RST  raw 91|SYN-SENT|LISTEN",
		.source = "RFC 9293 §3.4.1, Figure 8 in §3.5", .see = "three-way old-dup-syn third-ack-lost",
	},
	{
		.kind = TEACH_TOPIC, .word = "third-data", .also = "third-segment-data piggyback",
		.plain = "The third segment may carry the request already.",
		.exact = "When the SYN-ACK has come, the client is ESTABLISHED and may send what is queued. With data or "
		         "without, its third segment begins at ISN + 1. The server looks at the ACK first, which makes it "
		         "ESTABLISHED, and then takes the data of the same segment.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n"
		           "> seq 1 ack 1  51 B|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.5, §3.10.7.3, §3.10.7.4", .see = "third-ack-data three-way syn-data",
	},
	{
		.kind = TEACH_TOPIC, .word = "2msl", .also = "2-msl msl maximum-segment-lifetime late-data",
		.plain = "Twice the longest time that a segment may wander in the network.",
		.exact = "A segment is assumed to live at most one MSL, taken as 2 minutes. TIME-WAIT lasts twice that: long "
		         "enough for the last ACK to get lost and the repeated FIN to come, and for everything old to die out. "
		         "Linux uses 60 seconds in all.",
		.picture = "!> ACK  ack 202|TIME-WAIT|LAST-ACK\n< FIN-ACK  seq 201  again, 1 MSL later|TIME-WAIT|LAST-ACK\n"
		           "> ACK  ack 202  1 MSL to arrive|TIME-WAIT|CLOSED",
		.source = "RFC 9293 §3.4.2, §3.6.1", .see = "TIME-WAIT tw-reuse 2msl-short",
	},
	{
		.kind = TEACH_TOPIC, .word = "syn-flood", .also = "flood dos backlog",
		.plain = "Calling without end and never confirming, until the server has no room for real callers.",
		.exact = "Every SYN makes the server keep a half-open connection in SYN-RECEIVED for a while. With forged "
		         "source addresses nobody confirms, and the queue fills. Real callers' SYNs are then dropped. A longer "
		         "queue or a shorter wait helps little; SYN cookies, or keeping less of each caller, do.",
		.picture = "> SYN  from a forged address|SYN-SENT|SYN-RECEIVED ?\n"
		           "< SYN-ACK  seq 0 ack 1|ESTABLISHED ?|SYN-RECEIVED\n"
		           "< SYN-ACK  again|ESTABLISHED ?|SYN-RECEIVED",
		.source = "RFC 4987 §2.2, §4; RFC 9293 §3.3.2", .see = "half-open syn-cookies open-half SYN-RECEIVED",
	},
	{
		.kind = TEACH_TOPIC, .word = "syn-cookies", .also = "syncookies syn-cookie cookie cookies",
		.plain = "The server remembers nothing: it hides what it must know in the number it sends.",
		.exact = "Instead of keeping a half-open connection the server computes its ISN from a secret, the addresses "
		         "and ports, a slow counter and the client's MSS. The third segment brings it back, plus one; only then "
		         "a connection record is made. The price: what does not fit into 32 bits (window scale and the like) is "
		         "lost unless timestamps carry it. One connection alone does not show that cookies are in use.",
		.picture = "> SYN  seq 0|SYN-SENT|LISTEN\n< SYN-ACK  raw (cookie)|ESTABLISHED|LISTEN\n> ACK  ack cookie+1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 4987 §3.6, Appendix A", .see = "syn-flood isn isn-low-entropy",
	},
	{
		.kind = TEACH_TOPIC, .word = "who-waits", .also = "active-close passive-close active-closer",
		.plain = "Who hangs up first has to wait.",
		.exact = "The side that sends the first FIN ends in TIME-WAIT; the other goes CLOSE-WAIT, LAST-ACK, CLOSED. If "
		         "both close at once, both wait. That is work for a busy server, which likes its clients to close first. After a "
		         "RST Linux does not wait, nor is it protected; the RFC would rather have who resets wait, too.",
		.picture = "> FIN-ACK  seq 101|FIN-WAIT-1|CLOSE-WAIT\n< FIN-ACK  seq 201 ack 102|TIME-WAIT|LAST-ACK\n> ACK  ack 202|TIME-WAIT|CLOSED",
		.source = "RFC 9293 §3.5.2, §3.6, §3.6.1", .see = "TIME-WAIT four-way 2msl",
	},
	{
		.kind = TEACH_TOPIC, .word = "round-trip", .also = "rtt rto retransmission-timeout",
		.plain = "How long a question and its answer take, and how long to wait before asking again.",
		.exact = "From the SYN to the SYN-ACK is the part of the round trip between the capture and the server, from the "
		         "SYN-ACK to the ACK the part to the client. The retransmission timeout is derived from measured round "
		         "trips; before any is measured it is one second. A repeated segment is no good for measuring (Karn), "
		         "since one cannot know which copy was answered, unless timestamps tell.",
		.picture = "> SYN  at 0 ms|SYN-SENT|SYN-RECEIVED\n"
		           "< SYN-ACK  at 20 ms: 20 ms to the server|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  at 21 ms: 1 ms to the client|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.8.1; RFC 6298 §2, §3", .see = "vantage syn-rto retx",
	},
	{
		.kind = TEACH_TOPIC, .word = "retransmission", .also = "again retransmit retransmitted retransmitted-syn resend repetition",
		.plain = "Sent again, with the same numbers, because no acknowledgement came in time.",
		.exact = "The sender cannot know whether its segment was lost or the answer to it: it repeats what is not "
		         "acknowledged, the SYN and the FIN like data. The first wait for a SYN is one second, each further one "
		         "twice as long (Linux 6.5 and later: five times one second first). The receiver takes what it has "
		         "already for a copy and acknowledges again.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED",
		.source = "RFC 9293 §3.8.1; RFC 6298 §2, §5", .see = "syn-retx synack-retx fin-retx retx round-trip",
	},
	{
		.kind = TEACH_TOPIC, .word = "delayed-ack", .also = "delayed-acknowledgement delayed-acks",
		.plain = "The receiver waits a little: perhaps it has something to say, and the ACK can ride along.",
		.exact = "An acknowledgement may be held back for less than half a second, and of full segments at least "
		         "every second one should be acknowledged. Linux waits about 40 ms. A FIN whose ACK comes that much "
		         "later than the round trip met a delayed ACK, not a slow path.",
		.picture = "> FIN-ACK  seq 101 ack 201|FIN-WAIT-1|CLOSE-WAIT\n< ACK  ack 102  40 ms later|FIN-WAIT-2|CLOSE-WAIT",
		.source = "RFC 9293 §3.8.6.3", .see = "ack-delay round-trip four-way",
	},
	{
		.kind = TEACH_TOPIC, .word = "variables", .also = "snd.una snd.nxt snd.wnd rcv.nxt rcv.wnd tcb",
		.plain = "What an endpoint must remember of its connection.",
		.exact = "SND.UNA is its oldest number that is not acknowledged yet, SND.NXT the next one it will send; if "
		         "they are equal, all is acknowledged. RCV.NXT is the next number it expects of the other side, and so "
		         "what it acknowledges. ISS and IRS are the two ISNs, its own and the received one. They stand in the "
		         "transmission control block (TCB); the view shows them below each segment.",
		.picture = "> SYN  seq 0  client's SND.NXT 1|SYN-SENT|SYN-RECEIVED\n"
		           "< SYN-ACK  ack 1  its SND.UNA 1|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 9293 §3.3.1", .see = "sequence-numbers isn window",
	},
	{
		.kind = TEACH_TOPIC, .word = "firewall", .also = "filter filtered middlebox nat",
		.plain = "A device between may answer, swallow or forget what is not meant for it.",
		.exact = "One that drops a SYN silently makes no-answer; one that rejects it sends a RST in the host's name, as "
		         "in refused, or an ICMP error. One that forgets an idle connection drops or resets what comes later. "
		         "A single capture cannot tell the device from the host: capture on its other side.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n> SYN  seq 0  again|SYN-SENT|SYN-RECEIVED ?",
		.source = "tcphs", .see = "no-answer refused icmp-error keepalive",
	},
	{
		.kind = TEACH_TOPIC, .word = "certain", .also = "assumed proven question-mark ?",
		.plain = "What a capture proves, and what it only suggests.",
		.exact = "A segment in the capture was sent; whether it arrived shows only later. A state is certain when the "
		         "endpoint's own segments up to that row prove it: what it sends tells its state, and its acknowledgement "
		         "tells what it has received. Otherwise tcphs assumes arrival and marks the state with a question mark; "
		         "if later segments contradict it, the assumption is withdrawn.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED ?\n< SYN-ACK  seq 0 ack 1|ESTABLISHED ?|SYN-RECEIVED",
		.source = "tcphs", .see = "vantage UNKNOWN third-ack-lost",
	},
	{
		.kind = TEACH_TOPIC, .word = "window", .also = "receive-window win",
		.plain = "How much the other side may still send.",
		.exact = "Each segment announces how many octets beyond its acknowledgement number its sender is ready to "
		         "receive, multiplied by the agreed scale (not in SYNs). What lies outside of it is not accepted. A RST "
		         "must lie in it, too, except in SYN-SENT, where it must acknowledge the SYN.",
		.picture = "< ACK  ack 1 win 200|ESTABLISHED|ESTABLISHED\n> seq 1  200 B|ESTABLISHED|ESTABLISHED\n"
		           "< ACK  ack 201 win 200|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.4, §3.5.3, §3.8.6; RFC 7323 §2.3", .see = "zero-window wscale rst-out-of-window",
	},
	{
		.kind = TEACH_TOPIC, .word = "4-tuple", .also = "tuple connection socket-pair incarnation",
		.plain = "Two addresses and two ports: they name a connection.",
		.exact = "A connection is defined by a pair of sockets. The same pair can be used again later: a new incarnation "
		         "of the connection, told from the old one by its ISN.",
		.picture = "> SYN  raw 5000, port 40000|SYN-SENT|SYN-RECEIVED\n> FIN-ACK  port 40000|FIN-WAIT-1|CLOSE-WAIT\n"
		           "> SYN  raw 90000, port 40000, later|SYN-SENT|SYN-RECEIVED",
		.source = "RFC 9293 §3.4.1", .see = "tuple-reuse isn TIME-WAIT",
	},
	{
		.kind = TEACH_TOPIC, .word = "scan", .also = "port-scan syn-scan nmap",
		.plain = "Knocking on many doors to see which ones open.",
		.exact = "A SYN scan sends a SYN and a RST after the answer: SYN-ACK means open, RST closed, nothing filtered. "
		         "Null, FIN and Xmas scans use flags that no stack sends: a closed port answers with a RST, an open one "
		         "is silent, as RFC 9293 describes for CLOSED and LISTEN.",
		.picture = "> SYN  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|CLOSED ?|SYN-RECEIVED\n"
		           "> RST  seq 1|CLOSED|LISTEN",
		.source = "RFC 9293 §3.10.7.1, §3.10.7.2", .see = "open-reset flags-null flags-syn-fin",
	},
};
/* clang-format on */

const struct teach_table teach_topics = TEACH_TABLE(entry);
