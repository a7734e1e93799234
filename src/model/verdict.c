/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One sentence for a person: how it opened, how it closed and, where that failed, the likely
 * causes and where to look next. Put together from a table for each kind of open and close.
 *
 * In a clause: {i} is who began the close, {o} the other side, {syns} "5 SYNs over 11 s",
 * {port} the server's, {rtt} " in 11.2 ms", {icmp} the ICMP error in words, {by} and {blamed} who
 * sent it, {data} octets in the SYN, {answers} how often the SYN-ACK was sent.
 */
#include <tcphs/connection.h>
#include <tcphs/diagnosis.h>

#include <inttypes.h>
#include <string.h>

#include "base/address.h"
#include "base/bounded.h"
#include "base/duration.h"
#include "model/sentence.h"

struct clause {
	const char *text;   /* complete, or the only form */
	const char *partly; /* not complete; NULL: `text` serves */
	const char *advice; /* likely causes, where to look; NULL: none */
};

static const struct clause open_clauses[] = {
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

static const struct clause close_clauses[] = {
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
static const struct clause open_so_far[TCPHS_OPEN_COUNT] = {
    [TCPHS_OPEN_NO_ANSWER] = {"Nobody has answered {syns} yet", NULL, NULL},
    [TCPHS_OPEN_HALF] = {"Half open: the third segment has not come yet after {answers}", NULL,
                         NULL},
};
static const struct clause close_so_far[TCPHS_CLOSE_COUNT] = {
    [TCPHS_CLOSE_NONE] = {"still open", NULL, NULL},
    [TCPHS_CLOSE_HALF] = {"closed by the {i} only; the {o}'s direction is still open", NULL,
                          "the {o}'s application still sends, or forgot to close"},
};

/* What is known of the cause takes the place of the guesses above, or ends the verdict. */
static const struct cause_words {
	const char *opened;   /* in place of the open's text */
	const char *advice;   /* in place of its advice */
	const char *sentence; /* after all the others */
} cause_words[] = {
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
    [TCPHS_CAUSE_OLD_SYN] = {"An old SYN was answered, and the client reset that",
                             "see the other attempt on the same ports", NULL},
    [TCPHS_CAUSE_NO_CONNECTION] = {NULL,
                                   "no such connection existed there; so a closed port "
                                   "answers a probe or a stray",
                                   NULL},
    [TCPHS_CAUSE_FORGED] = {NULL,
                            "the {i} goes on after it, so somebody else sent that RST: a firewall "
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

/* ---- words in braces ------------------------------------------------------------------- */

static void put_duration(struct bounded *out, const char *before, int64_t duration)
{
	char text[32];

	if (duration <= 0)
		return;
	duration_text(duration, " ", text, sizeof(text));
	bounded_addf(out, "%s%s", before, text);
}

static void put_count(struct bounded *out, uint64_t count, const char *what)
{
	bounded_addf(out, "%" PRIu64 " %s%s", count, what, count == 1 ? "" : "s");
}

static void put_syns(struct bounded *out, const struct tcphs_connection *connection)
{
	uint64_t syns = (uint64_t)connection->open.syn_retransmissions + 1;

	if (syns == 1) {
		bounded_add(out, "the only SYN");
		return;
	}
	put_count(out, syns, "SYN");
	put_duration(out, " over ", connection->duration);
}

/* Where the SYN-ACK was repeated the two ends were open at different times. */
static void put_open_time(struct bounded *out, const struct tcphs_open *open)
{
	if (open->syn_retransmissions > 0)
		return; /* it took longer: put_open() says how long from the last SYN */
	put_duration(out, " in ", open->rtt);
	if (open->rtt <= 0 || open->synack_retransmissions == 0)
		return;
	bounded_add(out, " for the client; for the server later, after ");
	put_count(out, (uint64_t)open->synack_retransmissions + 1, "SYN-ACK");
}

static const char *side_word(uint8_t side)
{
	const char *name = side < TCPHS_BOTH ? tcphs_side_name(side) : NULL;

	return name != NULL ? name : "other";
}

static void put_icmp_sender(struct bounded *out, const struct tcphs_connection *connection)
{
	char address[64];

	address_text(&connection->icmp_by, address, sizeof(address));
	bounded_add(out, address);
}

/* An ICMP code of those that destinations are unreachable: nobody knows the way, or the host. */
static bool is_no_way(uint8_t code, bool v6)
{
	static const uint8_t no_way[] = {0, 1, 6, 7, 11, 12}; /* RFC 792, RFC 1122 */

	if (v6)
		return code == 0 || code == 3; /* RFC 4443 §3.1 */
	for (size_t i = 0; i < sizeof(no_way); i++)
		if (code == no_way[i])
			return true;
	return false;
}

/* Of whom the ICMP error came, and what it says of the way there. */
static void put_blamed(struct bounded *out, const struct tcphs_connection *connection)
{
	const struct tcphs_address *by = &connection->icmp_by,
	                           *server = &connection->end[TCPHS_SERVER].address;
	bool itself = by->family == server->family &&
	              memcmp(by->octets, server->octets, by->family == 4 ? 4 : 16) == 0;
	bool v6 = connection->end[0].address.family == 6;
	bool no_way = is_no_way(connection->icmp_code, v6);
	bool no_protocol = !v6 && connection->icmp_code == 2;

	if (itself && no_protocol)
		bounded_add(out, "the server itself, which speaks no TCP, or whose firewall says "
		                 "so; see whether it is a host for TCP, and its rules");
	else if (itself && no_way)
		bounded_add(out, "the server's own firewall, or a router that stands in for the "
		                 "server (NAT) and found no way to it; see the rules of both");
	else if (itself)
		bounded_add(out, "the server itself, by a firewall, since a port where no process "
		                 "listens answers with a RST; see its rules");
	else if (no_way)
		bounded_add(out, "a router that knows no way there, or did not find the server at "
		                 "the end of it; see its routes, and whether the server runs");
	else
		bounded_add(out,
		            "a router or a firewall on the way that does not let this pass; see "
		            "its rules");
}

static void put_word(struct bounded *out, const struct tcphs_connection *connection,
                     const char *word)
{
	uint8_t initiator = connection->close.initiator;

	if (strcmp(word, "i") == 0)
		bounded_add(out, side_word(initiator));
	else if (strcmp(word, "o") == 0)
		bounded_add(out,
		            side_word(initiator == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT));
	else if (strcmp(word, "syns") == 0)
		put_syns(out, connection);
	else if (strcmp(word, "rtt") == 0)
		put_open_time(out, &connection->open);
	else if (strcmp(word, "icmp") == 0)
		sentence_icmp(out, connection->end[0].address.family, connection->icmp_type,
		              connection->icmp_code);
	else if (strcmp(word, "by") == 0)
		put_icmp_sender(out, connection);
	else if (strcmp(word, "blamed") == 0)
		put_blamed(out, connection);
	else if (strcmp(word, "data") == 0)
		put_count(out, connection->open.data_in_syn, "octet");
	else if (strcmp(word, "answers") == 0)
		put_count(out, (uint64_t)connection->open.synack_retransmissions + 1, "SYN-ACK");
	else if (strcmp(word, "port") == 0)
		bounded_addf(out, "%u", connection->end[TCPHS_SERVER].port);
}

static void put_clause(struct bounded *out, const struct tcphs_connection *connection,
                       const char *text)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), length;
		char word[16];

		bounded_add_octets(out, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		length = strcspn(text, "}");
		if (length - 1 < sizeof(word)) {
			memcpy(word, text + 1, length - 1);
			word[length - 1] = '\0';
			put_word(out, connection, word);
		}
		text += length + 1;
	}
}

/* ---- the sentence ------------------------------------------------------------------------ */

static const char *clause_text(const struct clause *clause, bool complete)
{
	return complete || clause->partly == NULL ? clause->text : clause->partly;
}

static const struct clause *open_clause(const struct tcphs_connection *connection)
{
	const struct clause *so_far = &open_so_far[connection->open.kind];

	return connection->final == TCPHS_FINAL_NO && so_far->text != NULL
	           ? so_far
	           : &open_clauses[connection->open.kind];
}

static const struct clause *close_clause(const struct tcphs_connection *connection)
{
	const struct clause *so_far = &close_so_far[connection->close.kind];

	return connection->final == TCPHS_FINAL_NO && so_far->text != NULL
	           ? so_far
	           : &close_clauses[connection->close.kind];
}

/* Did it get far enough for its close to be worth a word? */
static bool was_open(const struct tcphs_connection *connection)
{
	switch (connection->open.kind) {
	case TCPHS_OPEN_REFUSED:
	case TCPHS_OPEN_NO_ANSWER:
	case TCPHS_OPEN_ABORTED:
		return false;
	case TCPHS_OPEN_HALF:
		return connection->close.kind != TCPHS_CLOSE_NONE;
	default:
		return true;
	}
}

/* The side that the capture never shows, or TCPHS_NOBODY; a few packets prove nothing. */
static uint8_t silent_side(const struct tcphs_connection *connection)
{
	if (connection->open.kind == TCPHS_OPEN_NO_ANSWER ||
	    connection->open.kind == TCPHS_OPEN_SELF ||
	    connection->packets - connection->copies < 3)
		return TCPHS_NOBODY;
	for (uint8_t side = 0; side < 2; side++)
		if (connection->end[side].packets == 0 && connection->end[!side].packets > 0)
			return side;
	return TCPHS_NOBODY;
}

static void put_open(struct bounded *out, const struct tcphs_connection *connection)
{
	const struct tcphs_open *open = &connection->open;
	const struct clause *clause = open_clause(connection);

	if (open->kind == TCPHS_OPEN_MIDSTREAM && connection->packets - connection->copies <= 2) {
		bounded_add(out, "No SYN was captured: a stray, a scan, or open before");
	} else if (cause_words[connection->cause].opened != NULL) {
		put_clause(out, connection, cause_words[connection->cause].opened);
	} else if (open->kind == TCPHS_OPEN_NO_ANSWER &&
	           connection->end[TCPHS_SERVER].packets > 0) {
		bounded_add(out, "Nothing acceptable came back to ");
		put_syns(out, connection);
	} else {
		put_clause(out, connection, clause_text(clause, open->complete));
	}
	if (open->syn_retransmissions > 0 && open->kind != TCPHS_OPEN_NO_ANSWER &&
	    open->kind != TCPHS_OPEN_REFUSED) {
		bounded_add(out, open->kind == TCPHS_OPEN_HALF ? " to " : " after ");
		put_count(out, (uint64_t)open->syn_retransmissions + 1, "SYN");
		put_duration(out, ", from the last in ", open->rtt);
	}
}

static void put_close(struct bounded *out, const struct tcphs_connection *connection,
                      uint8_t silent)
{
	const struct tcphs_close *close = &connection->close;

	if (connection->final == TCPHS_FINAL_EVICTED && close->kind == TCPHS_CLOSE_NONE) {
		bounded_add(out, "; given up here to stay within the memory bound");
		return;
	}
	bounded_add(out, "; ");
	if (close->kind == TCPHS_CLOSE_HALF && silent != TCPHS_NOBODY)
		put_clause(out, connection,
		           "closed by the {i}; whether the {o} closed is not in the capture");
	else
		put_clause(out, connection, clause_text(close_clause(connection), close->complete));
	if (close->half_close_bytes > 0 && close->initiator < TCPHS_BOTH) {
		bounded_addf(
		    out, " (the %s sent ",
		    side_word(close->initiator == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT));
		put_count(out, close->half_close_bytes, "octet");
		bounded_add(out, " after that FIN)");
	}
}

static void put_advice(struct bounded *out, const struct tcphs_connection *connection, bool opened,
                       uint8_t silent)
{
	const char *advice = cause_words[connection->cause].advice;

	if (silent != TCPHS_NOBODY && connection->close.kind == TCPHS_CLOSE_HALF)
		return; /* the sentence about the side that is not there says what to do */
	if (advice == NULL && opened)
		advice = close_clause(connection)->advice;
	if (advice == NULL)
		advice = open_clause(connection)->advice;
	if (advice != NULL) {
		bounded_add(out, ": ");
		put_clause(out, connection, advice);
	}
}

size_t tcphs_connection_verdict(const struct tcphs_connection *connection, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	uint8_t silent = silent_side(connection);
	bool opened = was_open(connection);

	put_open(&out, connection);
	if (opened)
		put_close(&out, connection, silent);
	put_advice(&out, connection, opened, silent);
	bounded_add(&out, ".");
	if (cause_words[connection->cause].sentence != NULL)
		bounded_addf(&out, " %s", cause_words[connection->cause].sentence);
	if (silent != TCPHS_NOBODY)
		bounded_addf(&out,
		             " Only the %s's packets are in the capture; the rest is inferred "
		             "from them: capture where both directions pass.",
		             side_word(silent == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT));
	else if (connection->open.kind == TCPHS_OPEN_MIDSTREAM && connection->client_inferred)
		bounded_add(&out,
		            " Which side is the client is a guess, since no SYN was captured.");
	if (connection->diagnoses > 0 && connection->worst == TCPHS_ERROR_SEVERITY)
		bounded_addf(&out, " A rule of the protocol was broken, %s: %s",
		             tcphs_code_info(connection->worst_code)->name,
		             tcphs_code_info(connection->worst_code)->sentence);
	return bounded_end(&out);
}

bool tcphs_connection_went_well(const struct tcphs_connection *connection)
{
	return connection->open.complete && connection->close.kind < TCPHS_CLOSE_RESET &&
	       connection->cause != TCPHS_CAUSE_STUCK &&
	       connection->cause != TCPHS_CAUSE_STUCK_LARGE;
}
