/* SPDX-License-Identifier: BSD-3-Clause */
/* Diagnoses of flags, header and options. */
#include "teach/texts.h"

#define CODE(name, text, drawing, related)                                                         \
	{                                                                                          \
		.kind = TEACH_CODE, .word = name, .exact = text, .picture = drawing,               \
		.see = related                                                                     \
	}

/* clang-format off */
static const struct teach_entry entry[] = {
	CODE("flags-syn-fin",
	     "SYN opens and FIN closes: no stack sends both at once (T/TCP, which would have, is history: RFC 6247). "
	     "Scanners do, to see how a host or a filter reacts. A host in LISTEN takes the SYN; what it does about the "
	     "FIN differs.",
	     "> SYN,FIN  seq 0|SYN-SENT|SYN-RECEIVED ?", "flags-syn-rst flags-null"),
	CODE("flags-syn-rst",
	     "SYN opens and RST ends: no stack sends both at once. RST is looked at before SYN, and wins.",
	     "> SYN,RST  seq 0|UNKNOWN|UNKNOWN", "flags-syn-fin"),
	CODE("flags-null",
	     "None of FIN, SYN, RST, PSH, ACK, URG is set. No state of RFC 9293 sends or accepts it; the null scan does, "
	     "since a closed port answers it with a RST and an open one stays silent.",
	     "> (no flag)  seq 0|UNKNOWN|UNKNOWN", "flags-no-ack"),
	CODE("flags-no-ack",
	     "Neither SYN, RST nor ACK. Once a connection is established every segment carries ACK, but a RST need "
	     "not, and any other without it is dropped.",
	     "> FIN  seq 101|FIN-WAIT-1|ESTABLISHED", "flags-null ACK"),
	CODE("ack-field-nonzero",
	     "The acknowledgement field has a number, but the ACK flag is not set, so nobody may read it. Harmless; some "
	     "stacks and scanners leave it so, which makes them recognisable.",
	     "> SYN  seq 0, field 1234|SYN-SENT|SYN-RECEIVED", "urg-field-nonzero ACK"),
	CODE("urg-field-nonzero",
	     "The urgent pointer has a number, but URG is not set, so it means nothing.",
	     "> ACK  seq 1 ack 1, urgent 99|ESTABLISHED|ESTABLISHED", "URG ack-field-nonzero"),
	CODE("reserved-bits",
	     "The bits between the data offset and the flags are reserved: a sender must set them to zero, a receiver "
	     "must ignore them.",
	     "> SYN  seq 0, reserved 0x4|SYN-SENT|SYN-RECEIVED", "AE"),
	CODE("hdr-bad-offset",
	     "The data offset says how many 32-bit words the header has. Less than 5 is impossible, since the fixed "
	     "header has 20 octets, and more than the segment holds as well. Where the data begins is then unknown, "
	     "and a receiver drops the segment.",
	     "> ACK  header of 16 octets|ESTABLISHED|ESTABLISHED", "opt-malformed"),
	CODE("hdr-truncated",
	     "The capture kept fewer octets of this packet than the TCP header has (see the snaplen it was taken with). "
	     "Flags and numbers are there, the options are not, so nothing is judged that depends on them.",
	     "> SYN  seq 0, options cut off|SYN-SENT|SYN-RECEIVED", "opt-malformed"),
	CODE("opt-malformed",
	     "An option with a length below 2, beyond the end of the header, or wrong for its kind. A receiver must not "
	     "fail on it.",
	     "> SYN  option 8 of 12 octets|SYN-SENT|SYN-RECEIVED", "nop hdr-bad-offset"),
	CODE("opt-late",
	     "Maximum segment size, window scale and SACK-permitted (RFC 7323 §2.1, RFC 2018 §2) are offers, made in a "
	     "segment with SYN. Elsewhere they must not be sent.", "> ACK  mss 1460|ESTABLISHED|ESTABLISHED", "mss wscale sack"),
	CODE("mss-absent",
	     "A SYN without the MSS option. The other side must then assume 536 octets of data for IPv4 and 1220 for "
	     "IPv6, and sends small segments.", "> SYN  no mss|SYN-SENT|SYN-RECEIVED", "mss"),
	CODE("ws-unsolicited",
	     "The SYN-ACK has the window scale option, the SYN had not. The option may be sent in a SYN-ACK only if it "
	     "was in the SYN, and it holds only if both sides sent it.",
	     "> SYN  no wscale|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  wscale 7|ESTABLISHED|SYN-RECEIVED", "wscale ts-unsolicited"),
	CODE("ts-unsolicited",
	     "The SYN-ACK has timestamps, the SYN had none. They may be sent in a SYN-ACK only if they were in the SYN.",
	     "> SYN  no timestamps|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  timestamps|ESTABLISHED|SYN-RECEIVED",
	     "timestamps ws-unsolicited"),
	CODE("ws-oversize",
	     "A shift above 14 would let a window be larger than sequence numbers can tell old from new. The receiver "
	     "uses 14 instead.", "> SYN  wscale 15|SYN-SENT|SYN-RECEIVED", "wscale"),
	CODE("sack-unnegotiated",
	     "A SACK block was sent to a side whose SYN did not permit it. The permission is for each direction on its "
	     "own.",
	     "> SYN  no sack|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED\n"
	     "> ACK  seq 1 ack 1|ESTABLISHED|ESTABLISHED\n< ACK  ack 1 sack 101-201|ESTABLISHED|ESTABLISHED", "sack"),
	CODE("ts-missing",
	     "Both SYNs had timestamps, so every segment must have them; only a RST may go without. A receiver should "
	     "drop the segment. A device on the way that strips options does this.",
	     "> seq 1  100 B  TSval 900|ESTABLISHED|ESTABLISHED\n"
	     "> seq 101  100 B  no timestamps|ESTABLISHED|ESTABLISHED", "timestamps"),
	CODE("ts-backwards",
	     "The timestamp is older than one that this side had sent before. A receiver takes the segment for an old "
	     "duplicate (PAWS), drops it and answers with an ACK, unless it is a RST.",
	     "> seq 1  100 B  TSval 900|ESTABLISHED|ESTABLISHED\n> seq 101  100 B  TSval 400|ESTABLISHED|ESTABLISHED",
	     "timestamps tsecr-unsent"),
	CODE("tsecr-unsent",
	     "The echoed timestamp is newer than any that the other side has sent in this capture: packets are missing "
	     "here, or the echo is made up.",
	     "> seq 1  100 B  TSval 900|ESTABLISHED|ESTABLISHED\n"
	     "< ACK  ack 101  TSecr 5000|ESTABLISHED|ESTABLISHED", "timestamps ts-backwards"),
	CODE("ecn-setup",
	     "The SYN offered ECN with ECE and CWR, the SYN-ACK accepted with ECE alone. From now on routers may mark "
	     "packets instead of dropping them.",
	     "> SYN,ECE,CWR  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK,ECE  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED", "ECE CWR"),
	CODE("ecn-synack-reflect",
	     "The SYN-ACK has both ECE and CWR, as the SYN had. Something copies the bits back without knowing them; it "
	     "is no agreement, and the client does without ECN.",
	     "> SYN,ECE,CWR  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK,ECE,CWR  ack 1|ESTABLISHED|SYN-RECEIVED", "ecn-setup CWR"),
	CODE("accecn-setup",
	     "The SYN offered Accurate ECN with AE, CWR and ECE, and the SYN-ACK answered with one of the patterns that "
	     "accept it; the pattern also says how the SYN's own ECN field arrived. AE with ECE, which is in reserve, "
	     "counts as a yes, and as saying that the field arrived unchanged.",
	     "> SYN,AE,ECE,CWR  seq 0|SYN-SENT|SYN-RECEIVED\n< SYN-ACK,CWR  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED",
	     "AE ecn-setup"),
	CODE("mptcp",
	     "The SYN carries the Multipath TCP option. This connection is one subflow; the data of the whole may be "
	     "spread over several of them.", "> SYN  mptcp|SYN-SENT|SYN-RECEIVED", "mptcp-option"),
	CODE("md5-missing",
	     "The SYN of this side was signed with the MD5 option, this segment is not. A receiver with a key drops it "
	     "without an answer, so a RST without a signature does not end the connection.",
	     "> SYN  md5|SYN-SENT|SYN-RECEIVED\n!> ACK  seq 1 ack 1, no md5|ESTABLISHED|SYN-RECEIVED", "md5"),
	CODE("csum-bad",
	     "The TCP checksum does not fit the segment. The receiver must drop it, so tcphs does not count it as "
	     "arrived. If nearly all segments of one side are like this, they were captured before the network card "
	     "had filled the field in.",
	     "!> seq 1  100 B  bad checksum|ESTABLISHED|ESTABLISHED\n"
	     "> seq 1  100 B  again|ESTABLISHED|ESTABLISHED", "csum-offload"),
	CODE("csum-offload",
	     "The field holds the sum of the pseudo-header alone, which is what the operating system leaves there for "
	     "the network card to complete. The capture was taken at the sender; nothing is wrong.",
	     "> SYN  seq 0, checksum unfinished|SYN-SENT|SYN-RECEIVED\n"
	     "< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED", "csum-bad vantage"),
};
/* clang-format on */

const struct teach_table teach_codes_header = TEACH_TABLE(entry);
