/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The list of diagnoses, in the order of the manual: one X() each, with
 *   identifier, code, severity, group, RFC, section, sentence.
 * enum tcphs_code, the catalogue and tcphs-checks(7) are made from it.
 */
#ifndef TCPHS_CODES_H
#define TCPHS_CODES_H

/* clang-format off */
#define TCPHS_CODES(X) \
	X(D_SYN_RETX, "syn-retx", TCPHS_NOTE, "opening", "9293", "3.8.1", \
	  "The SYN got no answer in time, so it is sent again unchanged.") \
	X(D_SYN_ISN_CHANGED, "syn-isn-changed", TCPHS_WARNING, "opening", "9293", "3.4.1", \
	  "A second attempt with a new number: the first one was abandoned.") \
	X(D_SYNACK_RETX, "synack-retx", TCPHS_NOTE, "opening", "9293", "3.8.1", \
	  "The server did not hear the third segment and repeats its answer.") \
	X(D_SYNACK_ISN_CHANGED, "synack-isn-changed", TCPHS_WARNING, "opening", "9293", "3.4.1", \
	  "The server answered the same SYN twice with different numbers.") \
	X(D_SYNACK_ACK_MISMATCH, "synack-ack-mismatch", TCPHS_ERROR_SEVERITY, "opening", "9293", "3.10.7.3", \
	  "The answer acknowledges a SYN that was never sent; the client must reset it.") \
	X(D_SYNACK_UNSOLICITED, "synack-unsolicited", TCPHS_WARNING, "opening", NULL, NULL, \
	  "The SYN was not captured, or this is backscatter of a spoofed SYN.") \
	X(D_THIRD_SEQ_MISMATCH, "third-seq-mismatch", TCPHS_ERROR_SEVERITY, "opening", "9293", "3.10.7.4", \
	  "The third segment must start right after the SYN.") \
	X(D_THIRD_ACK_MISMATCH, "third-ack-mismatch", TCPHS_ERROR_SEVERITY, "opening", "9293", "3.10.7.4", \
	  "The client confirmed a number the server never used; the server resets.") \
	X(D_THIRD_ACK_DATA, "third-ack-data", TCPHS_NOTE, "opening", "9293", "3.4", \
	  "The third segment may already carry data.") \
	X(D_THIRD_ACK_LOST, "third-ack-lost", TCPHS_NOTE, "opening", "9293", "3.8.1", \
	  "The third segment did not arrive, or was ignored.") \
	X(D_ACCEPT_QUEUE_SUSPECT, "accept-queue-suspect", TCPHS_NOTE, "opening", NULL, NULL, \
	  "The server hears the ACKs but cannot accept: its accept queue is probably full.") \
	X(D_BACKLOG_SUSPECT, "backlog-suspect", TCPHS_NOTE, "opening", NULL, NULL, \
	  "Several SYNs were swallowed before one was answered: loss or a full backlog.") \
	X(D_SYN_RTO, "syn-rto", TCPHS_NOTE, "opening", "6298", "5.5", \
	  "1, 2, 4 … s is the standard back-off; Linux 6.5 and later first waits five times 1 s.") \
	X(D_OPEN_NO_ANSWER, "open-no-answer", TCPHS_WARNING, "opening", "9293", "3.8.3", \
	  "Nobody answered: down, filtered, or the answer took another path.") \
	X(D_OPEN_HALF, "open-half", TCPHS_WARNING, "opening", "4987", NULL, \
	  "The server waits half open: a scan, a flood or a lost client.") \
	X(D_OPEN_REFUSED, "open-refused", TCPHS_NOTE, "opening", "9293", "3.5.2", \
	  "No process listens on that port, or a firewall rejects with a RST.") \
	X(D_REFUSED_BAD_ACK, "refused-bad-ack", TCPHS_WARNING, "opening", "9293", "3.5.3", \
	  "A RST that does not confirm our SYN must be ignored.") \
	X(D_OPEN_RESET, "open-reset", TCPHS_WARNING, "opening", "9293", "3.5.2", \
	  "The client never meant to finish: SYN scan or cancelled connect.") \
	X(D_OLD_DUP_SYN, "old-dup-syn", TCPHS_NOTE, "opening", "9293", "3.5", \
	  "A wandering old SYN was recognised and undone by a RST.") \
	X(D_HALF_OPEN_FOUND, "half-open-found", TCPHS_WARNING, "opening", "9293", "3.5.1", \
	  "One side had forgotten the connection; the other noticed it just now.") \
	X(D_OPEN_SIMULTANEOUS, "open-simultaneous", TCPHS_NOTE, "opening", "9293", "3.5", \
	  "Both sides called each other at the same moment.") \
	X(D_OPEN_SPLIT, "open-split", TCPHS_WARNING, "opening", "9293", "3.4.1", \
	  "The server sent ACK and SYN separately: legal numbers, unusual, known as firewall evasion.") \
	X(D_OPEN_SELF, "open-self", TCPHS_NOTE, "opening", "9293", "3.5", \
	  "A socket connected to itself.") \
	X(D_SYN_DATA, "syn-data", TCPHS_NOTE, "opening", "9293", "3.4", \
	  "Data may ride on a SYN; it is held back until the open completes.") \
	X(D_TFO_REQUEST, "tfo-request", TCPHS_NOTE, "opening", "7413", "4.1.1", \
	  "The client asks for a Fast Open cookie.") \
	X(D_TFO_COOKIE, "tfo-cookie", TCPHS_NOTE, "opening", "7413", "4.1.1", \
	  "The client gets a Fast Open cookie.") \
	X(D_TFO_ACCEPTED, "tfo-accepted", TCPHS_NOTE, "opening", "7413", "4.2.2", \
	  "The data in the SYN was taken.") \
	X(D_TFO_REJECTED, "tfo-rejected", TCPHS_NOTE, "opening", "7413", "4.2.2", \
	  "The data in the SYN must be sent again.") \
	X(D_DATA_BEFORE_OPEN, "data-before-open", TCPHS_WARNING, "opening", "9293", "3.8", \
	  "Data before the handshake is done.") \
	X(D_TUPLE_REUSE, "tuple-reuse", TCPHS_NOTE, "opening", "9293", "3.4.1", \
	  "The same ports again: a new connection, not a repetition.") \
	X(D_FLAGS_SYN_FIN, "flags-syn-fin", TCPHS_ERROR_SEVERITY, "header", "9293", "3.10.7", \
	  "SYN with FIN: no stack sends this; scanners do.") \
	X(D_FLAGS_SYN_RST, "flags-syn-rst", TCPHS_ERROR_SEVERITY, "header", "9293", "3.10.7", \
	  "SYN with RST: no stack sends this; scanners do.") \
	X(D_FLAGS_NULL, "flags-null", TCPHS_ERROR_SEVERITY, "header", "9293", "3.10.7", \
	  "A segment without flags (null scan).") \
	X(D_FLAGS_NO_ACK, "flags-no-ack", TCPHS_ERROR_SEVERITY, "header", "9293", "3.8", \
	  "After the SYN every segment but a RST carries ACK.") \
	X(D_ACK_FIELD_NONZERO, "ack-field-nonzero", TCPHS_NOTE, "header", "9293", "3.1", \
	  "A number in the acknowledgement field without the ACK flag: leftover in an unused field.") \
	X(D_URG_FIELD_NONZERO, "urg-field-nonzero", TCPHS_NOTE, "header", "9293", "3.1", \
	  "A number in the urgent pointer without the URG flag: leftover in an unused field.") \
	X(D_RESERVED_BITS, "reserved-bits", TCPHS_NOTE, "header", "9293", "3.1", \
	  "The reserved bits must be zero today.") \
	X(D_HDR_BAD_OFFSET, "hdr-bad-offset", TCPHS_ERROR_SEVERITY, "header", "9293", "3.1", \
	  "The header claims an impossible length.") \
	X(D_HDR_TRUNCATED, "hdr-truncated", TCPHS_WARNING, "header", NULL, NULL, \
	  "The capture cut the header: options unknown.") \
	X(D_OPT_MALFORMED, "opt-malformed", TCPHS_ERROR_SEVERITY, "header", "9293", "3.2", \
	  "An option with an impossible length.") \
	X(D_OPT_LATE, "opt-late", TCPHS_ERROR_SEVERITY, "header", "9293", "3.2", \
	  "MSS, window scale and SACK-permitted belong to the SYN only.") \
	X(D_MSS_ABSENT, "mss-absent", TCPHS_NOTE, "header", "9293", "3.7.1", \
	  "A SYN without MSS: the peer must assume 536 (IPv6: 1220).") \
	X(D_WS_UNSOLICITED, "ws-unsolicited", TCPHS_ERROR_SEVERITY, "header", "7323", "2.2", \
	  "A server may only answer an offer of window scaling.") \
	X(D_TS_UNSOLICITED, "ts-unsolicited", TCPHS_ERROR_SEVERITY, "header", "7323", "3.2", \
	  "A server may only answer an offer of timestamps.") \
	X(D_WS_OVERSIZE, "ws-oversize", TCPHS_WARNING, "header", "7323", "2.3", \
	  "A window scale above 14: 14 is used instead.") \
	X(D_SACK_UNNEGOTIATED, "sack-unnegotiated", TCPHS_ERROR_SEVERITY, "header", "2018", "4", \
	  "SACK without permission.") \
	X(D_TS_MISSING, "ts-missing", TCPHS_WARNING, "header", "7323", "3.2", \
	  "Every segment must carry the timestamp once it was agreed.") \
	X(D_TS_BACKWARDS, "ts-backwards", TCPHS_WARNING, "header", "7323", "5.3", \
	  "Older than what came before: PAWS may drop it.") \
	X(D_TSECR_UNSENT, "tsecr-unsent", TCPHS_WARNING, "header", "7323", "3.2", \
	  "Echoes a timestamp the peer never sent.") \
	X(D_ECN_SETUP, "ecn-setup", TCPHS_NOTE, "header", "3168", "6.1.1", \
	  "ECN agreed.") \
	X(D_ECN_SYNACK_REFLECT, "ecn-synack-reflect", TCPHS_ERROR_SEVERITY, "header", "3168", "6.1.1", \
	  "A reflector, not a negotiation: ECN stays off.") \
	X(D_ACCECN_SETUP, "accecn-setup", TCPHS_NOTE, "header", "9768", "3.1.1", \
	  "Accurate ECN agreed.") \
	X(D_MPTCP, "mptcp", TCPHS_NOTE, "header", "8684", "2", \
	  "This is one path of a multipath connection.") \
	X(D_MD5_MISSING, "md5-missing", TCPHS_ERROR_SEVERITY, "header", "2385", "2", \
	  "An unsigned segment: the receiver drops it (RSTs too).") \
	X(D_CSUM_BAD, "csum-bad", TCPHS_WARNING, "header", "9293", "3.1", \
	  "The checksum is wrong: damaged on the way, the receiver drops it.") \
	X(D_CSUM_OFFLOAD, "csum-offload", TCPHS_NOTE, "header", "9293", "3.1", \
	  "The NIC had not filled the checksum in yet.") \
	X(D_ACK_UNSEEN, "ack-unseen", TCPHS_WARNING, "sequence", "9293", "3.10.7.4", \
	  "Acknowledges something not in this capture: lost here, or bogus.") \
	X(D_ACK_TOO_OLD, "ack-too-old", TCPHS_WARNING, "sequence", "5961", "5.2", \
	  "Too old to be true: answered with a challenge ACK.") \
	X(D_CHALLENGE_ACK, "challenge-ack", TCPHS_NOTE, "sequence", "5961", "3.2", \
	  "\"Is that really you?\"") \
	X(D_SEQ_GAP, "seq-gap", TCPHS_WARNING, "sequence", NULL, NULL, \
	  "A segment is missing before this one.") \
	X(D_OOO, "ooo", TCPHS_NOTE, "sequence", "9293", "3.10.7.4", \
	  "Arrived late, fills a gap.") \
	X(D_RETX, "retx", TCPHS_NOTE, "sequence", "9293", "3.8.1", \
	  "Sent again.") \
	X(D_RETX_SPURIOUS, "retx-spurious", TCPHS_NOTE, "sequence", "9293", "3.8.1", \
	  "Sent again although it had been acknowledged: needlessly.") \
	X(D_OVERLAP_CONFLICT, "overlap-conflict", TCPHS_ERROR_SEVERITY, "sequence", "9293", "3.4", \
	  "Two versions of the same octet: attack or fault.") \
	X(D_SEQ_BEYOND_WINDOW, "seq-beyond-window", TCPHS_WARNING, "sequence", "9293", "3.4", \
	  "More than the receiver allowed.") \
	X(D_ZERO_WINDOW, "zero-window", TCPHS_WARNING, "sequence", "9293", "3.8.6", \
	  "The receiver's buffer is full.") \
	X(D_ZWP, "zwp", TCPHS_NOTE, "sequence", "9293", "3.8.6.1", \
	  "\"May I send again?\"") \
	X(D_WINDOW_SHRUNK, "window-shrunk", TCPHS_WARNING, "sequence", "9293", "3.8.6", \
	  "The receiver took back permission.") \
	X(D_KEEPALIVE, "keepalive", TCPHS_NOTE, "sequence", "9293", "3.8.4", \
	  "\"Still there?\"") \
	X(D_KEEPALIVE_ACK, "keepalive-ack", TCPHS_NOTE, "sequence", "9293", "3.8.4", \
	  "\"Yes.\" The answer to a keep-alive.") \
	X(D_SEQ_WRAP, "seq-wrap", TCPHS_NOTE, "sequence", "9293", "3.4", \
	  "The counter passes 2^32 and starts over: normal.") \
	X(D_DATA_AFTER_FIN, "data-after-fin", TCPHS_ERROR_SEVERITY, "sequence", "9293", "3.6", \
	  "After the FIN nothing new may follow.") \
	X(D_FIN_MOVED, "fin-moved", TCPHS_ERROR_SEVERITY, "sequence", "9293", "3.4", \
	  "A FIN has one place in the stream.") \
	X(D_CLOSE_HALF, "close-half", TCPHS_NOTE, "closing", "9293", "3.6.1", \
	  "One direction closed, the other still speaks.") \
	X(D_CLOSE_MERGED, "close-merged", TCPHS_NOTE, "closing", "9293", "3.3.2", \
	  "FIN and ACK in one: three segments suffice.") \
	X(D_CLOSE_SIMULTANEOUS, "close-simultaneous", TCPHS_NOTE, "closing", "9293", "3.6", \
	  "Both hung up at once: CLOSING.") \
	X(D_FIN_RETX, "fin-retx", TCPHS_NOTE, "closing", "9293", "3.8.1", \
	  "The FIN again: its ACK did not come.") \
	X(D_LAST_ACK_LOST, "last-ack-lost", TCPHS_NOTE, "closing", "9293", "3.10.7.4", \
	  "The last ACK was lost: the FIN comes again. Why TIME-WAIT exists.") \
	X(D_TW_REACK, "tw-reack", TCPHS_NOTE, "closing", "9293", "3.10.7.4", \
	  "TIME-WAIT answers again: why it exists.") \
	X(D_FIN_UNACKED, "fin-unacked", TCPHS_WARNING, "closing", "9293", "3.6", \
	  "The FIN was never acknowledged: the capture (or the peer) ended first.") \
	X(D_CLOSE_INCOMPLETE, "close-incomplete", TCPHS_WARNING, "closing", "9293", "3.6.1", \
	  "Half closed and left so.") \
	X(D_CLOSE_WAIT_LONG, "close-wait-long", TCPHS_WARNING, "closing", "9293", "3.6.1", \
	  "The application forgot to close.") \
	X(D_RST_ABORT, "rst-abort", TCPHS_NOTE, "closing", "9293", "3.5.2", \
	  "Hard hang-up; unread data may be lost.") \
	X(D_RST_AFTER_FIN, "rst-after-fin", TCPHS_WARNING, "closing", "2525", "2.17", \
	  "The close ended with a slam.") \
	X(D_RST_LATE_DATA, "rst-late-data", TCPHS_WARNING, "closing", "9293", "3.6.1", \
	  "Data for an application that is gone.") \
	X(D_RST_INEXACT, "rst-inexact", TCPHS_WARNING, "closing", "5961", "3.2", \
	  "Inside the window but not exact: challenge, do not close.") \
	X(D_RST_OUT_OF_WINDOW, "rst-out-of-window", TCPHS_WARNING, "closing", "5961", "3.2", \
	  "A RST outside the window is ignored.") \
	X(D_RST_SPOOF_SUSPECT, "rst-spoof-suspect", TCPHS_WARNING, "closing", "5961", "1", \
	  "Somebody else sent that RST.") \
	X(D_TW_ASSASSINATED, "tw-assassinated", TCPHS_WARNING, "closing", "1337", "2", \
	  "An old duplicate killed TIME-WAIT early.") \
	X(D_TW_REUSE, "tw-reuse", TCPHS_NOTE, "closing", "9293", "3.6.1", \
	  "A new SYN while the 4-tuple is in TIME-WAIT, which may be reopened.") \
	X(D_TW_REUSE_ISN_LOW, "tw-reuse-isn-low", TCPHS_ERROR_SEVERITY, "closing", "9293", "3.6.1", \
	  "Numbers overlap with the old connection.") \
	X(D_TWO_MSL_SHORT, "2msl-short", TCPHS_WARNING, "closing", "9293", "3.6.1", \
	  "Reused before the network forgot it.") \
	X(D_ISN_ZERO, "isn-zero", TCPHS_WARNING, "isn", "9293", "3.4.1", \
	  "An initial sequence number of zero is hardly chance.") \
	X(D_ISN_REPEAT, "isn-repeat", TCPHS_ERROR_SEVERITY, "isn", "9293", "3.4.1", \
	  "Two connections began with the same initial sequence number.") \
	X(D_ISN_CONSTANT, "isn-constant", TCPHS_ERROR_SEVERITY, "isn", "9293", "3.4.1", \
	  "Every connection begins with the same number: anyone can guess it.") \
	X(D_ISN_EQUAL, "isn-equal", TCPHS_WARNING, "isn", "9293", "3.4.1", \
	  "Both sides began with the same number: a reflector or a crafted answer.") \
	X(D_ISN_STEP_64K, "isn-step-64k", TCPHS_WARNING, "isn", "1948", NULL, \
	  "The numbers advance in steps of 64,000: the historic generator, predictable.") \
	X(D_ISN_STEP_SMALL, "isn-step-small", TCPHS_WARNING, "isn", "9293", "3.4.1", \
	  "The numbers advance in small steps: predictable.") \
	X(D_ISN_CLOCK, "isn-clock", TCPHS_WARNING, "isn", "9293", "3.4.1", \
	  "The numbers follow a clock for everyone: predictable.") \
	X(D_ISN_LOW_ENTROPY, "isn-low-entropy", TCPHS_WARNING, "isn", "9293", "3.4.1", \
	  "Some bits never change: fewer guesses are needed, or SYN cookies are in use.") \
	X(D_ISN_TW_STEP, "isn-tw-step", TCPHS_NOTE, "isn", "9293", "3.6.1", \
	  "The old connection's last number plus 65,537: this is how Linux reopens a TIME-WAIT.") \
	X(D_ISN_TUPLE_BACK, "isn-tuple-back", TCPHS_WARNING, "isn", "9293", "3.4.1", \
	  "The number of this 4-tuple went backwards: old segments may be taken for new.") \
	X(D_ISN_CLOCK_TUPLE, "isn-clock-tuple", TCPHS_NOTE, "isn", "9293", "3.4.1", \
	  "On one 4-tuple the numbers follow the host's clock: as the RFC wants it.") \
	X(D_CAP_MIDSTREAM, "cap-midstream", TCPHS_NOTE, "capture", NULL, NULL, \
	  "The capture began after the connection.") \
	X(D_CAP_ONEWAY, "cap-oneway", TCPHS_WARNING, "capture", NULL, NULL, \
	  "Only one direction is in the capture.") \
	X(D_CAP_DUP, "cap-dup", TCPHS_NOTE, "capture", NULL, NULL, \
	  "The capture holds this datagram twice.") \
	X(D_ICMP_ERROR, "icmp-error", TCPHS_NOTE, "capture", "5927", "2", \
	  "A router or host complained about a segment of this connection.") \
	X(D_FRAG_INCOMPLETE, "frag-incomplete", TCPHS_WARNING, "capture", NULL, NULL, \
	  "Fragments of a segment are missing in the capture.") \
	X(D_CAP_DROPS, "cap-drops", TCPHS_WARNING, "capture", NULL, NULL, \
	  "The interface or the file says that packets were dropped.") \
	X(D_EVICTED, "evicted", TCPHS_WARNING, "capture", NULL, NULL, \
	  "Given up to stay within the bound on memory.") \
	X(D_CAP_REORDERED, "cap-reordered", TCPHS_NOTE, "capture", NULL, NULL, \
	  "The time stamp goes back.") \
	X(D_VANTAGE, "vantage", TCPHS_NOTE, "capture", NULL, NULL, \
	  "Where the capture was taken, by the handshake's timing.") \
	X(D_ACK_DELAY, "ack-delay", TCPHS_NOTE, "capture", "9293", "3.8.6.3", \
	  "The receiver waited before it acknowledged: a delayed ACK, not the path.")
/* clang-format on */

enum tcphs_code {
#define TCPHS_CODE_ENUM(identifier, code, severity, group, rfc, section, sentence)                 \
	TCPHS_##identifier,
	TCPHS_CODES(TCPHS_CODE_ENUM)
#undef TCPHS_CODE_ENUM
	    TCPHS_CODE_COUNT
};

#endif
