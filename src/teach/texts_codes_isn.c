/* SPDX-License-Identifier: BSD-3-Clause */
/* Diagnoses of a host's initial sequence numbers, over several connections. */
#include "teach/texts.h"

#define CODE(name, text, drawing, related)                                                         \
	{                                                                                          \
		.kind = TEACH_CODE, .word = name, .exact = text, .picture = drawing,               \
		.see = related                                                                     \
	}

/* clang-format off */
static const struct teach_entry entry[] = {
	CODE("isn-zero",
	     "A connection began with number 0. One in 4 billion would by chance; far more often it is a tool or an "
	     "embedded stack that does not choose at all. One sample suffices.",
	     "> SYN  raw 0|SYN-SENT|SYN-RECEIVED",
	     "isn isn-constant"),
	CODE("isn-repeat",
	     "Two connections of one host, on different 4-tuples, began with the same number. Among n samples chance does "
	     "it with probability n²/2^33: 0.012 % for 1,000. Beyond about 10,000 samples it is said only when more "
	     "repeat than chance explains. The same connection seen twice (another VLAN, both sides of an address "
	     "translator) does not count.",
	     "> SYN  raw 5000, port 40000|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 5000, port 40001|SYN-SENT|SYN-RECEIVED",
	     "isn isn-constant"),
	CODE("isn-constant",
	     "All connections of the host, at least three, began with the same number. Anybody can open a "
	     "connection to it in somebody else's name, since the number to acknowledge is known.",
	     "> SYN  raw 1, port 40000|SYN-SENT|SYN-RECEIVED\n> SYN  raw 1, port 40001|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 1, port 40002|SYN-SENT|SYN-RECEIVED",
	     "isn isn-repeat"),
	CODE("isn-equal",
	     "Client and server began with the same number. By chance one connection in 4 billion; else an answer made "
	     "by copying the question.",
	     "> SYN  raw 5000|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  raw 5000 ack 5001|ESTABLISHED|SYN-RECEIVED",
	     "isn open-self"),
	CODE("isn-step-64k",
	     "Each number is 64,000 (or 65,536) times a small count above the one before. Berkeley's TCP added a constant "
	     "every second and another for every connection (4.4BSD: 128,000 and 64,000), so one connection of one's own "
	     "foretold the next: that made the attack of RFC 1948 possible. Four samples suffice.",
	     "> SYN  raw 128000, port 40000|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 192000, port 40001|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 256000, port 40002|SYN-SENT|SYN-RECEIVED",
	     "isn isn-step-small"),
	CODE("isn-step-small",
	     "Each number is less than 65,536 above the one before, over at least four connections on different "
	     "4-tuples. Who opens a connection of his own knows the next number nearly.",
	     "> SYN  raw 5000, port 40000|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 5064, port 40001|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 5128, port 40002|SYN-SENT|SYN-RECEIVED",
	     "isn isn-step-64k isn-clock"),
	CODE("isn-clock",
	     "The numbers of all 4-tuples lie on one line over time: the clock of RFC 9293 without the secret function "
	     "F() that should be added to it. Whoever sees one number knows all. At least eight samples at uneven "
	     "distances; with even ones a constant step looks the same.",
	     "> SYN  raw 250000 at 1 s|SYN-SENT|SYN-RECEIVED\n> SYN  raw 750000 at 3 s|SYN-SENT|SYN-RECEIVED\n"
	     "> SYN  raw 1000000 at 4 s|SYN-SENT|SYN-RECEIVED",
	     "isn isn-clock-tuple"),
	CODE("isn-low-entropy",
	     "At least 5 of the 32 bits are the same in all of at least 16 samples. By chance: 5 in 10^18. Fewer guesses "
	     "are needed. SYN cookies as first described look like this too: their top 5 bits are a slow counter.",
	     "< SYN-ACK  raw 0xA81B3C44|ESTABLISHED|SYN-RECEIVED\n"
	     "< SYN-ACK  raw 0xAF07925E|ESTABLISHED|SYN-RECEIVED\n"
	     "< SYN-ACK  raw 0xADD4410B|ESTABLISHED|SYN-RECEIVED",
	     "isn syn-cookies"),
	CODE("isn-tw-step",
	     "The number is exactly 65,537 above the last one of the connection before on this 4-tuple, which was in "
	     "TIME-WAIT: so Linux chooses when it reopens one, which satisfies the condition that the new ISN be "
	     "larger than all old numbers.",
	     "< ACK  raw 9000 (the old one's last)|CLOSED|TIME-WAIT\n> SYN  raw 50000|SYN-SENT|SYN-RECEIVED\n"
	     "< SYN-ACK  raw 74537 ack 50001|ESTABLISHED|SYN-RECEIVED",
	     "tw-reuse TIME-WAIT"),
	CODE("isn-tuple-back",
	     "On the same 4-tuple the new ISN lies below the last number of the connection before, sooner than a clock "
	     "can have turned round. The clock in the ISN exists to keep incarnations apart; here old segments can be "
	     "taken for new ones.",
	     "> ACK  raw 90000 (the old one's last)|TIME-WAIT|CLOSED\n> SYN  raw 40000|SYN-SENT|SYN-RECEIVED",
	     "isn tw-reuse-isn-low"),
	CODE("isn-clock-tuple",
	     "On one 4-tuple the secret function adds always the same, so the clock shows, as the RFC wants it: its rate "
	     "is reported. RFC 9293 describes a tick about every 4 microseconds; Linux ticks every 64 nanoseconds.",
	     "> SYN  raw 5000 at 1 s|SYN-SENT|SYN-RECEIVED\n> SYN  raw 255000 at 2 s|SYN-SENT|SYN-RECEIVED",
	     "isn isn-clock"),
};
/* clang-format on */

const struct teach_table teach_codes_isn = TEACH_TABLE(entry);
