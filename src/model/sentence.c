/* SPDX-License-Identifier: BSD-3-Clause */
/* clang-format off: it would fill the list as if it were a text */
/*
 * Sentences with a connection's own numbers, one template a code, in the catalogue's order:
 *
 *   {got:x} {exp:x}   numbers of the sender's stream      {x} {y}    the sender, the other side
 *   {got:y} {exp:y}   numbers of the other side's stream  {px} {py}  their ports
 *   {got} {exp}       as they are, {got:h} {exp:h} as hexadecimal
 *   {gap}             got - exp, as so many octets that are
 *   {seq} {fin}       the segment's own number, and its FIN's; {isn} the former as it is
 *   {ack}             what it acknowledges
 *   {n0} {n1}         details as counts; {s0} is the plural's s of n0
 *   {len0} {len1}     the same where they may be 0; {hex0} as hexadecimal, {bits0} as three bits
 *   {d0} {d1}         details as durations
 *   {over1} {after0} {least1} {apart0} {sent0} {later0}
 *                     phrases around a duration, or nothing if it is not known
 *   {probe0}          the answer to a keep-alive, or with detail[0] > 0 to a probe of the window
 *   {silence}         why nobody answered: what an ICMP error says, or a guess
 *   {unheard}         why nobody completed: what its SYNs say, or a guess
 *   {apart}           how long SYNs are apart; {backoff}: whose timer waits so
 *   {waits1}, {msl0}  whether what is so long ago still waits in TIME-WAIT
 *   {room1}           how many there are, or must be
 *   {heard1}          why a SYN-ACK comes again; with detail[1] it is an old one
 *   {held1}           what the server does with a SYN's data; with detail[1] it takes it at once
 *   {by}              the address of who sent the ICMP error
 *   {icmp}            an ICMP type and code in words; {opt0} an option's name
 *
 * A template whose numbers are missing is replaced by the catalogue's sentence. sentence_words.c
 * has the words.
 */
/* clang-format on */
#include "model/sentence.h"

static const char *const templates[TCPHS_CODE_COUNT] = {
    [TCPHS_D_SYN_RETX] = "SYN number {n0}, unchanged, {d1} after the first",
    [TCPHS_D_SYN_ISN_CHANGED] = "seq is {got}, the SYN before had {exp}: a new attempt",
    [TCPHS_D_SYNACK_RETX] = "again after {d0}: {heard1}",
    [TCPHS_D_SYNACK_ISN_CHANGED] = "seq is {got}, the SYN-ACK before had {exp}",
    [TCPHS_D_SYNACK_ACK_MISMATCH] = "ack is {got:y}, must be {exp:y} ({y}'s ISN + 1)",
    [TCPHS_D_SYNACK_UNSOLICITED] =
        "answers a SYN of port {py} that is not captured, or that was forged: backscatter",
    [TCPHS_D_THIRD_SEQ_MISMATCH] = "seq is {got:x}, must be {exp:x} ({x}'s ISN + 1)",
    [TCPHS_D_THIRD_ACK_MISMATCH] = "ack is {got:y}, must be {exp:y} ({y}'s ISN + 1)",
    [TCPHS_D_THIRD_ACK_DATA] = "the third segment already carries {n0} octet{s0} of data",
    [TCPHS_D_THIRD_ACK_LOST] = "SYN-ACK again {d0} after it: lost or ignored",
    [TCPHS_D_ACCEPT_QUEUE_SUSPECT] =
        "{n0} SYN-ACKs repeated although ACKs came: the accept queue is probably full",
    [TCPHS_D_BACKLOG_SUSPECT] =
        "the first answer came only after {n0} SYNs: loss or a full backlog",
    [TCPHS_D_SYN_RTO] = "{n0} SYNs{apart}: {backoff}",
    [TCPHS_D_OPEN_NO_ANSWER] = "{n0} SYN{s0}{over1}: {silence}",
    [TCPHS_D_OPEN_HALF] = "{n0} SYN-ACK{s0}{over1} and no third segment: {unheard}",
    [TCPHS_D_OPEN_REFUSED] = "no process listens on port {px} of the {x}, or a firewall rejects",
    [TCPHS_D_REFUSED_BAD_ACK] = "ack is {got:y}, must be {exp:y}: this RST has to be ignored",
    [TCPHS_D_OPEN_RESET] =
        ("RST at seq {seq}: the {x} turns the answer down, a SYN scan, a cancelled connect or a "
         "SYN not its own"),
    [TCPHS_D_OLD_DUP_SYN] = "a wandering old SYN with ISN {isn}, recognised and undone by a RST",
    [TCPHS_D_HALF_OPEN_FOUND] =
        "the {x} had forgotten connection #{n0}, the {y} had not and noticed it just now",
    [TCPHS_D_OPEN_SIMULTANEOUS] = "the SYNs of ports {py} and {px} crossed{apart0}",
    [TCPHS_D_OPEN_SPLIT] =
        "the {x} sent its ACK and this SYN (ISN {isn}) apart: legal, known as firewall evasion",
    [TCPHS_D_OPEN_SELF] = "port {px} is connected to itself",
    [TCPHS_D_SYN_DATA] = "the SYN carries {n0} octet{s0}, {held1}",
    [TCPHS_D_TFO_REQUEST] = "an empty option 34: the {x} asks for a Fast Open cookie for port {py}",
    [TCPHS_D_TFO_COOKIE] = "the client gets a Fast Open cookie of {n0} octets",
    [TCPHS_D_TFO_ACCEPTED] = "ack covers the SYN and its {n0} octet{s0} of data: taken",
    [TCPHS_D_TFO_REJECTED] =
        "ack covers the SYN alone: its {n0} octet{s0} of data must be sent again",
    [TCPHS_D_DATA_BEFORE_OPEN] = "{n0} octet{s0} of data before the handshake is done",
    [TCPHS_D_TUPLE_REUSE] =
        "the ports of connection #{n0} again, {d1} after its last packet: a new connection",
    [TCPHS_D_FLAGS_SYN_FIN] = "SYN with FIN to port {py}: only scanners do that",
    [TCPHS_D_FLAGS_SYN_RST] = "SYN with RST to port {py}: only scanners do that",
    [TCPHS_D_FLAGS_NULL] = "a segment without flags to port {py} (null scan)",
    [TCPHS_D_FLAGS_NO_ACK] = "no ACK at seq {seq}, port {py}: after the SYN all but a RST carry it",
    [TCPHS_D_ACK_FIELD_NONZERO] = "the acknowledgement field holds {got}, but ACK is not set",
    [TCPHS_D_URG_FIELD_NONZERO] = "the urgent pointer holds {got}, but URG is not set",
    [TCPHS_D_RESERVED_BITS] = "the reserved bits are {got}, must be 0 today",
    [TCPHS_D_HDR_BAD_OFFSET] = "the header claims {len0} octets: {room1}",
    [TCPHS_D_HDR_TRUNCATED] = "the capture cut the header of {n0} octets: options unknown",
    [TCPHS_D_OPT_MALFORMED] =
        "option {opt0} claims {len1} octets: not what this kind has, or past the header's end",
    [TCPHS_D_OPT_LATE] = "option {opt0} (kind {n0}) belongs to the SYN only",
    [TCPHS_D_MSS_ABSENT] = "a SYN without MSS: the {y} must assume {n0} octets",
    [TCPHS_D_WS_UNSOLICITED] = "window scale {len0} in the answer, but the {y}'s SYN offered none",
    [TCPHS_D_TS_UNSOLICITED] =
        "TSval {len0} in the answer, but the {y}'s SYN offered no timestamps",
    [TCPHS_D_WS_OVERSIZE] = "the window scale is {n0}, above 14: 14 is used instead",
    [TCPHS_D_SACK_UNNEGOTIATED] =
        "SACK blocks beside ack {ack}, but the {y}'s SYN did not permit them",
    [TCPHS_D_TS_MISSING] = "no timestamp at seq {seq}, although both SYNs agreed on them",
    [TCPHS_D_TS_BACKWARDS] = "TSval is {got}, {exp} came before: PAWS may drop this",
    [TCPHS_D_TSECR_UNSENT] = "TSecr is {got}, but the {y} has come only to {exp}",
    [TCPHS_D_ECN_SETUP] = "ECN agreed: AE CWR ECE are {bits0} in the SYN, {bits1} in the answer",
    [TCPHS_D_ECN_SYNACK_REFLECT] =
        "AE CWR ECE are {bits1} in the answer, as in the SYN: a reflector, ECN stays off",
    [TCPHS_D_ACCECN_SETUP] =
        "Accurate ECN agreed: AE CWR ECE are {bits0} in the SYN, {bits1} in the answer",
    [TCPHS_D_MPTCP] = "option 30 in the SYN to port {py}: one path of a multipath connection",
    [TCPHS_D_MD5_MISSING] = "unsigned at seq {seq}: the {y} drops this (RSTs too)",
    [TCPHS_D_CSUM_BAD] = "the checksum is {got:h}, must be {exp:h}: the {y} drops this",
    [TCPHS_D_CSUM_OFFLOAD] =
        "the checksum field holds {hex0}, the sum of the pseudo-header: left to the NIC",
    [TCPHS_D_ACK_UNSEEN] =
        "ack is {got:y}, but the {y} has sent only up to {exp:y} in this capture",
    [TCPHS_D_ACK_TOO_OLD] = "ack is {got:y}, far behind {exp:y}: worth a challenge ACK",
    [TCPHS_D_CHALLENGE_ACK] = "ack {ack} once more: \"Is that really you?\"",
    [TCPHS_D_SEQ_GAP] = "seq is {got:x}, {exp:x} was next: {gap} missing",
    [TCPHS_D_OOO] = "seq is {got:x}, {exp:x} was reached before: arrived late, fills a gap",
    [TCPHS_D_RETX] = "seq {got:x} again{after0}{least1}",
    [TCPHS_D_RETX_SPURIOUS] = "seq {got:x} again although acknowledged up to {exp:x}: needlessly",
    [TCPHS_D_OVERLAP_CONFLICT] =
        "{n0} octet{s0} again, and not the same: they sum to {got:h}, {exp:h} before",
    [TCPHS_D_SEQ_BEYOND_WINDOW] = "reaches {got:x}, the {y} allowed up to {exp:x}",
    [TCPHS_D_ZERO_WINDOW] = "window 0 at ack {ack}: the {x}'s buffer is full",
    [TCPHS_D_ZWP] = "seq {seq} towards a window of 0: \"May I send again?\"",
    [TCPHS_D_WINDOW_SHRUNK] = "the {x} had allowed up to {exp:y}, takes it back to {got:y}",
    [TCPHS_D_KEEPALIVE] = "seq {seq} although all is acknowledged: \"Still there?\"",
    [TCPHS_D_KEEPALIVE_ACK] = "ack {ack}: {probe0}",
    [TCPHS_D_SEQ_WRAP] = "from {isn} on the counter passes 2^32 and starts over: normal",
    [TCPHS_D_DATA_AFTER_FIN] = "reaches {got:x}, but the FIN stood at {exp:x}",
    [TCPHS_D_FIN_MOVED] = "FIN at {got:x}, before it stood at {exp:x}",
    [TCPHS_D_CLOSE_HALF] = "the {x} still sends {n0} octet{s0} after the {y} has closed",
    [TCPHS_D_CLOSE_MERGED] = "FIN and ack {ack} in one: three segments suffice",
    [TCPHS_D_CLOSE_SIMULTANEOUS] =
        "ack {ack} does not cover the {y}'s FIN{sent0}: they crossed, CLOSING",
    [TCPHS_D_FIN_RETX] = "the FIN again{after0}: its ACK did not come",
    [TCPHS_D_LAST_ACK_LOST] =
        "the FIN comes again{after0}: the last ACK was lost. Why TIME-WAIT exists",
    [TCPHS_D_TW_REACK] = "TIME-WAIT answers again with ack {ack}: why it exists",
    [TCPHS_D_FIN_UNACKED] = "the {x}'s FIN at {fin} has no ACK: the capture or the {y} ended first",
    [TCPHS_D_CLOSE_INCOMPLETE] =
        "the {x} has closed, its FIN is {fin}; no FIN of the {y} is in the capture",
    [TCPHS_D_CLOSE_WAIT_LONG] = "the {x} waits {d0}: its application forgot to close",
    [TCPHS_D_RST_ABORT] = "the {x} aborts at seq {seq}; unread data may be lost",
    [TCPHS_D_RST_AFTER_FIN] = "the {x} ends the close with a slam, at seq {seq}",
    [TCPHS_D_RST_LATE_DATA] =
        "RST at seq {seq}: the {y}'s data found no application at the {x} any more",
    [TCPHS_D_RST_INEXACT] = "seq is {got:x}, not {exp:x}: worth a challenge ACK",
    [TCPHS_D_RST_OUT_OF_WINDOW] = "seq is {got:x}, outside the window that begins at {exp:x}",
    [TCPHS_D_RST_SPOOF_SUSPECT] =
        "the {x} goes on after the RST at seq {seq}: somebody else sent that",
    [TCPHS_D_TW_ASSASSINATED] =
        "the RST at seq {seq} ended the {y}'s TIME-WAIT early: an old duplicate may have drawn it",
    [TCPHS_D_TW_REUSE] = "connection #{n0} {waits1} at the {y}, which may reopen it",
    [TCPHS_D_TW_REUSE_ISN_LOW] = "ISN {got} is not beyond {exp}, where the old connection ended",
    [TCPHS_D_TWO_MSL_SHORT] = "reused {d0} after the close, {msl0}",
    [TCPHS_D_ISN_REPEAT] = "ISN {got} was connection #{n0}'s too",
    [TCPHS_D_ISN_EQUAL] = "both ISNs are {got}: a reflector or a crafted answer",
    [TCPHS_D_ISN_TW_STEP] = "ISN {got} is 65,537 above the old {exp}: so Linux reopens a TIME-WAIT",
    [TCPHS_D_ISN_TUPLE_BACK] =
        "ISN {got} is behind {exp}, where this 4-tuple had been: old may pass for new",
    [TCPHS_D_CAP_MIDSTREAM] = "the capture began only at seq {seq} of the {x}",
    [TCPHS_D_CAP_ONEWAY] = "{n0} segments of the {x}, none of the {y}: one direction is captured",
    [TCPHS_D_CAP_DUP] = "the datagram of seq {seq} again{later0}",
    [TCPHS_D_ICMP_ERROR] = "{by} answers by ICMP: {icmp}",
    [TCPHS_D_CAP_DROPS] = "{n0} packet{s0} dropped by the interface or the file",
    [TCPHS_D_EVICTED] = "given up after {n0} packets, to stay within the bound on memory",
    [TCPHS_D_CAP_REORDERED] = "the time stamp goes back by {d0}",
    [TCPHS_D_ACK_DELAY] = "acknowledged {d0} late: a delayed ACK",
};

const char *sentence_template(enum tcphs_code code)
{
	return templates[code];
}
