/* SPDX-License-Identifier: BSD-3-Clause */
/* The options that matter to a handshake. */
#include "teach/texts.h"

/* clang-format off */
static const struct teach_entry entry[] = {
	{
		.kind = TEACH_OPTION, .word = "mss", .also = "maximum-segment-size mtu path-mtu pmtu",
		.plain = "\"Do not send me more octets of data in one segment than this.\"",
		.exact = "Kind 2, only in segments with SYN. Each side says what it can receive; the two values need not "
		         "be equal. It should be what the largest IP packet (the MTU) leaves beside the fixed headers of IP "
		         "and TCP: of 1500 octets, 1460 in IPv4 and 1440 in IPv6. Without the option the sender must assume "
		         "536 octets for IPv4 and 1220 for IPv6.",
		.picture = "> SYN  mss 1460|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  mss 1220|ESTABLISHED|SYN-RECEIVED\n"
		           "> seq 1  1220 B|ESTABLISHED|ESTABLISHED",
		.source = "RFC 9293 §3.2, §3.7.1", .see = "mss-absent opt-late",
	},
	{
		.kind = TEACH_OPTION, .word = "wscale", .also = "window-scale window-scaling ws",
		.plain = "\"Multiply the windows that I announce by 2 to this power.\"",
		.exact = "Kind 3, only in segments with SYN, and valid only if both SYNs carry it. The window field of a "
		         "SYN itself is never scaled. The shift is at most 14; a larger one is taken as 14.",
		.picture = "> SYN  wscale 7  win 64240|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  wscale 7|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  win 502 (times 128)|ESTABLISHED|ESTABLISHED",
		.source = "RFC 7323 §2.1, §2.2, §2.3", .see = "ws-unsolicited ws-oversize",
	},
	{
		.kind = TEACH_OPTION, .word = "sack", .also = "sack-permitted selective-acknowledgment",
		.plain = "\"I can tell you which later pieces I already have.\"",
		.exact = "Kind 4 (SACK-permitted) in a SYN allows the other side to send kind 5: blocks of octets that "
		         "arrived beyond a gap. It must not be sent in segments without SYN; a host must not send blocks "
		         "that it was not permitted.",
		.picture = "> seq 201  100 B|ESTABLISHED|ESTABLISHED\n< ACK  ack 101 sack 201-301|ESTABLISHED|ESTABLISHED",
		.source = "RFC 2018 §2, §3, §4", .see = "sack-unnegotiated ooo",
	},
	{
		.kind = TEACH_OPTION, .word = "timestamps", .also = "timestamp ts tsval tsecr paws",
		.plain = "\"My clock says this; yours said that when I last looked.\"",
		.exact = "Kind 8: TSval is the sender's clock, TSecr echoes the peer's. In use only if both SYNs carry it, "
		         "and then in every segment; a RST alone may go without. It measures the round trip and "
		         "protects against old numbers (PAWS): a segment whose TSval is older than what came before is "
		         "dropped.",
		.picture = "> SYN  TSval 900|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  TSval 50 TSecr 900|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  TSval 921 TSecr 50|ESTABLISHED|ESTABLISHED",
		.source = "RFC 7323 §3.2, §4.1, §5.3", .see = "ts-missing ts-backwards tsecr-unsent",
	},
	{
		.kind = TEACH_OPTION, .word = "tfo", .also = "fast-open-cookie tcp-fast-open",
		.plain = "A ticket that lets a client send data in its very first segment next time.",
		.exact = "Kind 34. Empty in a SYN it asks for a cookie; the SYN-ACK brings one of 4 to 16 octets. A later "
		         "SYN carries the cookie and data; a server that takes them acknowledges the data in its SYN-ACK.",
		.picture = "> SYN  seq 0  100 B, cookie|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  seq 0 ack 101|ESTABLISHED|SYN-RECEIVED",
		.source = "RFC 7413 §4.1.1, §4.2", .see = "fast-open tfo-accepted tfo-rejected",
	},
	{
		.kind = TEACH_OPTION, .word = "md5", .also = "tcp-md5",
		.plain = "Every segment is signed with a shared password.",
		.exact = "Kind 19, used between routers for BGP. A segment without the right signature is dropped without "
		         "any answer, RSTs too, so a call to a closed port is not refused: it times out.",
		.picture = "> SYN  md5|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  md5|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  md5|ESTABLISHED|ESTABLISHED",
		.source = "RFC 2385 §2, §3, §4.1", .see = "md5-missing tcp-ao",
	},
	{
		.kind = TEACH_OPTION, .word = "tcp-ao", .also = "ao",
		.plain = "The successor of the MD5 signature, with keys that can change.",
		.exact = "Kind 29, the TCP Authentication Option. Its keys are made from the two ISNs as well, so that they are "
		         "others for each connection, and every segment carries it.",
		.picture = "> SYN  ao key 1|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  ao key 1|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  ao key 1|ESTABLISHED|ESTABLISHED",
		.source = "RFC 5925 §1.3, §2.2, §5.2, §7.4", .see = "md5",
	},
	{
		.kind = TEACH_OPTION, .word = "mptcp-option", .also = "multipath",
		.plain = "This connection is one path of several.",
		.exact = "Kind 30. To a capture each path is an ordinary TCP connection with its own handshake and its own "
		         "close; what ends the whole is a message inside the option, not a FIN.",
		.picture = "> SYN  mptcp|SYN-SENT|SYN-RECEIVED\n< SYN-ACK  mptcp|ESTABLISHED|SYN-RECEIVED\n"
		           "> ACK  mptcp|ESTABLISHED|ESTABLISHED",
		.source = "RFC 8684 §1.3, §2, §3.3.3, §7.1", .see = "mptcp",
	},
	{
		.kind = TEACH_OPTION, .word = "nop", .also = "eol end-of-options no-operation",
		.plain = "Padding between options, and the mark of their end.",
		.exact = "Kind 1 (no operation) takes one octet and aligns what follows; kind 0 ends the list before the "
		         "header does. All other options have a length octet, which counts kind and length too.",
		.picture = "> SYN  mss 1460, nop, wscale 7|SYN-SENT|SYN-RECEIVED",
		.source = "RFC 9293 §3.1, §3.2", .see = "opt-malformed",
	},
};
/* clang-format on */

const struct teach_table teach_options = TEACH_TABLE(entry);
