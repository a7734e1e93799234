/* SPDX-License-Identifier: BSD-3-Clause */
/* What a verdict is put together from: a clause for each kind of open, of close and of cause. */
#include "model/verdict.h"

static const struct verdict_clause open_clauses[] = {
    [TCPHS_OPEN_THREE_WAY] = {"Opened in three segments{rtt}",
                              "Opened in three segments{rtt} (nothing proves that the last "
                              "one arrived)",
                              NULL},
    [TCPHS_OPEN_FOUR_WAY] =
        {"Opened{rtt} by a split handshake (the server sent its ACK and its SYN apart)", NULL,
         "legal, unusual, known as a way around firewalls"},
    [TCPHS_OPEN_SIMULTANEOUS] = {"Opened by both sides at the same moment", NULL, NULL},
    [TCPHS_OPEN_FAST] = {"Opened with Fast Open{rtt}, {data} of data already on the SYN", NULL,
                         NULL},
    [TCPHS_OPEN_SELF] = {"A socket connected to itself", NULL, NULL},
    [TCPHS_OPEN_REFUSED] = {"Refused: a reset answered {syns}", NULL,
                            "no process listens on port {port}, or a firewall rejects; see on "
                            "the server what listens there"},
    [TCPHS_OPEN_NO_ANSWER] = {"Nobody answered {syns}", NULL,
                              "filtered, down, or the answers took another path; capture at "
                              "the server to tell"},
    [TCPHS_OPEN_HALF] = {"Left half open: the third segment never came after {answers}", NULL,
                         "a scan, a flood, a lost client, or the answers did not reach it; "
                         "capture at the client to tell"},
    [TCPHS_OPEN_ABORTED] = {"Reset before it was open", NULL,
                            "a scan, a cancelled connect, or an answer with wrong numbers; see "
                            "who sent the RST and what it answers"},
    [TCPHS_OPEN_PARTIAL] = {"Opened, but part of the handshake is not in the capture", NULL, NULL},
    [TCPHS_OPEN_MIDSTREAM] = {"Open before the capture began", NULL, NULL},
};
_Static_assert(sizeof(open_clauses) / sizeof(open_clauses[0]) == TCPHS_OPEN_COUNT, "one each");

static const struct verdict_clause close_clauses[] = {
    [TCPHS_CLOSE_NONE] = {"not closed by the end of the capture", NULL, NULL},
    [TCPHS_CLOSE_FOUR_WAY] = {"closed by the {i} in four segments",
                              "closed by both sides, the {i} first; the last FIN was not seen "
                              "acknowledged",
                              NULL},
    [TCPHS_CLOSE_THREE_WAY] = {"closed by the {i} in three segments, FIN and ACK in one",
                               "closed by both sides, the {i} first; the last FIN was not seen "
                               "acknowledged",
                               NULL},
    [TCPHS_CLOSE_SIMULTANEOUS] = {"closed by both sides at the same moment", NULL, NULL},
    [TCPHS_CLOSE_HALF] = {"closed by the {i} only; the {o}'s direction stayed open", NULL,
                          "the {o}'s application still sends, forgot to close, or the capture "
                          "ended first"},
    [TCPHS_CLOSE_RESET] = {"cut off by the {i} with a reset", NULL,
                           "data still on its way or unread may be lost; the {i}'s application "
                           "gave up, or a device between sent the RST"},
    [TCPHS_CLOSE_FIN_RESET] = {"closed by the {i} with a FIN, then cut off by a reset", NULL,
                               "data came for an application that was gone, or one side did not "
                               "wait for the other's FIN"},
};
_Static_assert(sizeof(close_clauses) / sizeof(close_clauses[0]) == TCPHS_CLOSE_COUNT, "one each");

/* While the capture goes on nothing of these has ended. */
static const struct verdict_clause open_so_far[TCPHS_OPEN_COUNT] = {
    [TCPHS_OPEN_NO_ANSWER] = {"Nobody has answered {syns} yet", NULL, NULL},
    [TCPHS_OPEN_HALF] = {"Half open: the third segment has not come yet after {answers}", NULL,
                         NULL},
};
static const struct verdict_clause close_so_far[TCPHS_CLOSE_COUNT] = {
    [TCPHS_CLOSE_NONE] = {"still open", NULL, NULL},
    [TCPHS_CLOSE_HALF] = {"closed by the {i} only; the {o}'s direction is still open", NULL,
                          "the {o}'s application still sends, or forgot to close"},
};

/* What is known of the cause takes the place of the guesses above, or ends the verdict. */
static const struct verdict_cause cause_words[] = {
    [TCPHS_CAUSE_NONE] = {NULL, NULL, NULL},
    [TCPHS_CAUSE_ICMP] = {"Turned away by {by}: {syns} got an ICMP error, {icmp}", "{blamed}",
                          NULL},
    [TCPHS_CAUSE_SILENT_PEER] =
        {NULL,
         "nobody answered its keepalives, so the {o} is down, unreachable, or "
         "a device between forgot the connection",
         NULL},
    [TCPHS_CAUSE_FORGOTTEN] = {NULL,
                               "the {i} does not know this connection any more, as after a crash "
                               "or a restart",
                               NULL},
    [TCPHS_CAUSE_MET_OLD] = {NULL, NULL,
                             "The first SYN met an older connection on the same ports, which one "
                             "side had forgotten and the other had not."},
    [TCPHS_CAUSE_OLD_ANSWERED] =
        {"An older connection on the same ports answered {syns}; no new one came of it",
         "somebody else sent the SYN, or one side has forgotten the older one: see how that goes "
         "on",
         NULL},
    [TCPHS_CAUSE_TIME_WAIT] =
        {NULL, NULL,
         "A RST then ended TIME-WAIT early, as an old duplicate can draw one (RFC 1337)."},
    [TCPHS_CAUSE_TAKEN_BACK] = {"Reset by the client, although the answer was right",
                                "it had given up waiting by then, or only asked whether the "
                                "port is open (a SYN scan)",
                                NULL},
    [TCPHS_CAUSE_STRAY_ANSWER] = {"Reset by the client, whose SYN is not in the capture",
                                  "it had given up waiting by then, or somebody else sent the SYN "
                                  "in its name (backscatter)",
                                  NULL},
    [TCPHS_CAUSE_THIRD_WRONG] =
        {"Reset by the server, because the third segment's ACK is wrong",
         "a guess of somebody who never saw the SYN-ACK, an answer to an older one, or a device "
         "between that changes numbers; capture at the other end to compare",
         NULL},
    [TCPHS_CAUSE_THIRD_RESET] =
        {"Reset by the server's side, although the third segment was right",
         "the server no longer knew of the attempt, its accept queue is full and it says so "
         "(Linux: tcp_abort_on_overflow), or a firewall between sent the RST; capture at the "
         "server to tell",
         NULL},
    [TCPHS_CAUSE_GIVEN_UP] =
        {"Given up by the server: the third segment never came after {answers}",
         "a scan, a flood, a lost client, or the answers did not reach it; "
         "capture at the client to tell",
         NULL},
    [TCPHS_CAUSE_OLD_SYN] = {"An old SYN was answered, and the client reset that",
                             "see the other attempt on the same ports", NULL},
    [TCPHS_CAUSE_NO_CONNECTION] = {NULL,
                                   "no such connection existed there; so a closed port "
                                   "answers a probe or a stray",
                                   NULL},
    [TCPHS_CAUSE_FORGED] = {NULL,
                            "its supposed sender goes on after it, so somebody else sent that "
                            "RST: a firewall "
                            "or another device between, or an attacker",
                            NULL},
    [TCPHS_CAUSE_ANSWERED] =
        {NULL,
         "the RST has the number of an answer to the {o}'s last segment, so the {i} no longer knew "
         "the connection, its application broke off, or a device between sent it",
         NULL},
    [TCPHS_CAUSE_UNHEARD] =
        {NULL,
         "the client asked on after an answer, so the answers get lost on the way back, or a "
         "filter at the client drops them; capture at the client to tell",
         NULL},
    [TCPHS_CAUSE_SIGNED] =
        {NULL,
         "they are signed (TCP MD5 or TCP-AO), and a server that has another key for them drops "
         "them in silence, as one that has none may: compare the keys; else it is filtered, down, "
         "or the answers took another path",
         NULL},
    [TCPHS_CAUSE_STUCK] = {NULL, NULL,
                           "Data was sent again and again and never acknowledged: the receiver "
                           "or the way to it is gone."},
    [TCPHS_CAUSE_STUCK_LARGE] =
        {NULL, NULL,
         "Large segments were sent again and again and never acknowledged: the path's MTU may be "
         "too small for them, or the receiver is gone; see whether smaller ones pass."},
    [TCPHS_CAUSE_QUEUE] = {NULL, NULL,
                           "The server repeated its SYN-ACK although the client's ACKs had "
                           "passed: its accept queue is probably full, and it drops the third "
                           "segment and what follows; see whether the application accepts, and "
                           "the listener's backlog."},
};

const struct verdict_clause *verdict_open(const struct tcphs_connection *connection)
{
	const struct verdict_clause *so_far = &open_so_far[connection->open.kind];

	return connection->final == TCPHS_FINAL_NO && so_far->text != NULL
	           ? so_far
	           : &open_clauses[connection->open.kind];
}

const struct verdict_clause *verdict_close(const struct tcphs_connection *connection)
{
	const struct verdict_clause *so_far = &close_so_far[connection->close.kind];

	return connection->final == TCPHS_FINAL_NO && so_far->text != NULL
	           ? so_far
	           : &close_clauses[connection->close.kind];
}

const struct verdict_cause *verdict_cause(const struct tcphs_connection *connection)
{
	return &cause_words[connection->cause];
}
