/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sentences with a connection's own numbers, one template a code:
 *
 *   {got:x} {exp:x}   numbers of the sender's stream      {x} {y}  the sender, the other side
 *   {got:y} {exp:y}   numbers of the other side's stream  {px}     the sender's port
 *   {got} {exp}       as they are, {got:h} {exp:h} as hexadecimal
 *   {gap}             got - exp, as a count
 *   {n0} {n1}         details as counts; {s0} is the plural's s of n0
 *   {d0} {d1}         details as durations; {len0} {len1} may be 0
 *   {over1} {after0} {least1}   phrases around a duration, or nothing if it is not known
 *   {probe0}          the answer to a keep-alive, or with detail[0] > 0 to a probe of the window
 *   {silence}         why nobody answered: what an ICMP error says, or a guess
 *   {by}              the address of who sent the ICMP error
 *   {icmp}            an ICMP type and code in words; {opt0} an option's name
 *
 * A template whose numbers are missing is replaced by the catalogue's sentence.
 */
#include "model/sentence.h"

#include <inttypes.h>
#include <string.h>

#include "base/address.h"
#include "base/bounded.h"
#include "base/duration.h"
#include "base/seq.h"
#include "model/number.h"

static const char *const templates[TCPHS_CODE_COUNT] = {
    [TCPHS_D_SYN_RETX] = "SYN number {n0}, unchanged, {d1} after the first",
    [TCPHS_D_SYN_ISN_CHANGED] = "seq is {got}, the SYN before had {exp}: a new attempt",
    [TCPHS_D_SYNACK_RETX] = "again after {d0}: no third segment was heard",
    [TCPHS_D_SYNACK_ISN_CHANGED] = "seq is {got}, the SYN-ACK before had {exp}",
    [TCPHS_D_SYNACK_ACK_MISMATCH] = "ack is {got:y}, must be {exp:y} ({y}'s ISN + 1)",
    [TCPHS_D_THIRD_SEQ_MISMATCH] = "seq is {got:x}, must be {exp:x} ({x}'s ISN + 1)",
    [TCPHS_D_THIRD_ACK_MISMATCH] = "ack is {got:y}, must be {exp:y} ({y}'s ISN + 1)",
    [TCPHS_D_THIRD_ACK_DATA] = "the third segment already carries {n0} octet{s0} of data",
    [TCPHS_D_THIRD_ACK_LOST] = "SYN-ACK again {d0} after it: lost or ignored",
    [TCPHS_D_ACCEPT_QUEUE_SUSPECT] =
        "{n0} SYN-ACKs repeated although ACKs came: the accept queue is probably full",
    [TCPHS_D_BACKLOG_SUSPECT] =
        "the first answer came only after {n0} SYNs: loss or a full backlog",
    [TCPHS_D_SYN_RTO] = ("{n0} SYNs{over1}: standard is 1, 2, 4 s; Linux 6.5+ waits five "
                         "times 1 s first"),
    [TCPHS_D_OPEN_NO_ANSWER] = "{n0} SYN{s0}{over1}: {silence}",
    [TCPHS_D_OPEN_HALF] =
        "{n0} SYN-ACK{s0}{over1} and no third segment: a scan, a flood, a lost client",
    [TCPHS_D_OPEN_REFUSED] = "no process listens on port {px} of the {x}, or a firewall rejects",
    [TCPHS_D_REFUSED_BAD_ACK] = "ack is {got:y}, must be {exp:y}: this RST has to be ignored",
    [TCPHS_D_OPEN_RESET] = "the {x} takes its SYN back: a SYN scan or a cancelled connect",
    [TCPHS_D_OPEN_SIMULTANEOUS] = "both SYNs were under way, sent {d0} apart",
    [TCPHS_D_SYN_DATA] = "the SYN carries {n0} octet{s0}, held back until the open completes",
    [TCPHS_D_TFO_COOKIE] = "the client gets a Fast Open cookie of {n0} octets",
    [TCPHS_D_TFO_ACCEPTED] = "ack covers the SYN and its {n0} octet{s0} of data: taken",
    [TCPHS_D_TFO_REJECTED] =
        "ack covers the SYN alone: its {n0} octet{s0} of data must be sent again",
    [TCPHS_D_DATA_BEFORE_OPEN] = "{n0} octet{s0} of data before the handshake is done",
    [TCPHS_D_TUPLE_REUSE] =
        "the ports of connection #{n0} again, {d1} after its last packet: a new connection",
    [TCPHS_D_ACK_FIELD_NONZERO] = "the acknowledgement field holds {got}, but ACK is not set",
    [TCPHS_D_URG_FIELD_NONZERO] = "the urgent pointer holds {got}, but URG is not set",
    [TCPHS_D_RESERVED_BITS] = "the reserved bits are {got}, must be 0 today",
    [TCPHS_D_HDR_BAD_OFFSET] =
        "the header claims {len0} octets: less than 20, or more than the segment has",
    [TCPHS_D_OPT_MALFORMED] =
        "option {opt0} claims {len1} octets: not what this kind has, or past the header's end",
    [TCPHS_D_OPT_LATE] = "option {opt0} belongs to the SYN only",
    [TCPHS_D_MSS_ABSENT] = "a SYN without MSS: the {y} must assume {n0} octets",
    [TCPHS_D_WS_OVERSIZE] = "the window scale is {n0}, above 14: 14 is used instead",
    [TCPHS_D_TS_BACKWARDS] = "TSval is {got}, {exp} came before: PAWS may drop this",
    [TCPHS_D_TSECR_UNSENT] = "TSecr is {got}, but the {y} has come only to {exp}",
    [TCPHS_D_CSUM_BAD] = "the checksum is {got:h}, must be {exp:h}: the {y} drops this",
    [TCPHS_D_ACK_UNSEEN] =
        "ack is {got:y}, but the {y} has sent only up to {exp:y} in this capture",
    [TCPHS_D_ACK_TOO_OLD] = "ack is {got:y}, far behind {exp:y}: worth a challenge ACK",
    [TCPHS_D_SEQ_GAP] = "seq is {got:x}, {exp:x} was next: {gap} octets are missing",
    [TCPHS_D_OOO] = "seq is {got:x}, {exp:x} was reached before: arrived late, fills a gap",
    [TCPHS_D_RETX] = "seq {got:x} again{after0}{least1}",
    [TCPHS_D_RETX_SPURIOUS] = "seq {got:x} again although acknowledged up to {exp:x}: needlessly",
    [TCPHS_D_OVERLAP_CONFLICT] =
        "{n0} octet{s0} again, and not the same: they sum to {got:h}, {exp:h} before",
    [TCPHS_D_SEQ_BEYOND_WINDOW] = "reaches {got:x}, the {y} allowed up to {exp:x}",
    [TCPHS_D_ZERO_WINDOW] = "the {x}'s buffer is full, the {y} must wait",
    [TCPHS_D_WINDOW_SHRUNK] = "the {x} had allowed up to {exp:y}, takes it back to {got:y}",
    [TCPHS_D_KEEPALIVE_ACK] = "{probe0}",
    [TCPHS_D_DATA_AFTER_FIN] = "reaches {got:x}, but the FIN stood at {exp:x}",
    [TCPHS_D_FIN_MOVED] = "FIN at {got:x}, before it stood at {exp:x}",
    [TCPHS_D_CLOSE_HALF] = "the {x} still sends {n0} octet{s0} after the {y} has closed",
    [TCPHS_D_CLOSE_SIMULTANEOUS] = "both FINs crossed, sent {d0} apart: CLOSING",
    [TCPHS_D_FIN_RETX] = "the FIN again{after0}: its ACK did not come",
    [TCPHS_D_LAST_ACK_LOST] =
        "the FIN comes again{after0}: the last ACK was lost. Why TIME-WAIT exists",
    [TCPHS_D_FIN_UNACKED] = "the {x}'s FIN: the capture or the {y} ended first",
    [TCPHS_D_CLOSE_INCOMPLETE] = "the {x} has closed; no FIN of the {y} is in the capture",
    [TCPHS_D_CLOSE_WAIT_LONG] = "the {x} waits {d0}: its application forgot to close",
    [TCPHS_D_RST_ABORT] = "the {x} hangs up hard; unread data may be lost",
    [TCPHS_D_RST_AFTER_FIN] = "the {x} ends the close with a slam",
    [TCPHS_D_RST_LATE_DATA] = "the {y}'s data found no application at the {x} any more",
    [TCPHS_D_RST_INEXACT] = "seq is {got:x}, not {exp:x}: worth a challenge ACK",
    [TCPHS_D_RST_OUT_OF_WINDOW] = "seq is {got:x}, outside the window that begins at {exp:x}",
    [TCPHS_D_RST_SPOOF_SUSPECT] = "the {x} goes on: somebody else sent that RST",
    [TCPHS_D_TW_REUSE] = "still in TIME-WAIT at the {y}, which may reopen it",
    [TCPHS_D_TW_REUSE_ISN_LOW] = "ISN {got} is not beyond {exp}, where the old connection ended",
    [TCPHS_D_TWO_MSL_SHORT] = "reused {d0} after the close, before the network forgot the old one",
    [TCPHS_D_ISN_REPEAT] = "ISN {got} was connection #{n0}'s too",
    [TCPHS_D_ISN_EQUAL] = "both ISNs are {got}: a reflector or a crafted answer",
    [TCPHS_D_ISN_TW_STEP] = "ISN {got} is 65,537 above the old {exp}: so Linux reopens a TIME-WAIT",
    [TCPHS_D_ISN_TUPLE_BACK] =
        "ISN {got} is behind {exp}, where this 4-tuple had been: old may pass for new",
    [TCPHS_D_CAP_ONEWAY] = "{n0} segments of the {x}, none of the {y}: one direction is captured",
    [TCPHS_D_CAP_DUP] = "the same datagram as {d0} before",
    [TCPHS_D_ICMP_ERROR] = "{by} answers by ICMP: {icmp}",
    [TCPHS_D_CAP_DROPS] = "{n0} packet{s0} dropped by the interface or the file",
    [TCPHS_D_ACK_DELAY] = "acknowledged {d0} late: a delayed ACK",
};

const char *sentence_template(enum tcphs_code code)
{
	return templates[code];
}

/* ---- words --------------------------------------------------------------------------------- */

static const struct icmp_words {
	uint8_t family, type, code;
	const char *words;
} icmp_words[] = {
    {4, 3, 0, "network unreachable"},
    {4, 3, 1, "host unreachable"},
    {4, 3, 2, "protocol unreachable"},
    {4, 3, 3, "port unreachable"},
    {4, 3, 4, "too big and must not be fragmented"},
    {4, 3, 5, "source route failed"},
    {4, 3, 6, "network unknown"},
    {4, 3, 7, "host unknown"},
    {4, 3, 9, "network administratively prohibited"},
    {4, 3, 10, "host administratively prohibited"},
    {4, 3, 13, "communication administratively prohibited"},
    {4, 4, 0, "source quench"},
    {4, 5, 0, "redirect for the network"},
    {4, 5, 1, "redirect for the host"},
    {4, 11, 0, "time to live exceeded"},
    {4, 11, 1, "fragment reassembly time exceeded"},
    {6, 1, 0, "no route to destination"},
    {6, 1, 1, "administratively prohibited"},
    {6, 1, 2, "beyond scope of source address"},
    {6, 1, 3, "address unreachable"},
    {6, 1, 4, "port unreachable"},
    {6, 1, 5, "source address failed policy"},
    {6, 1, 6, "route rejected"},
    {6, 2, 0, "packet too big"},
    {6, 3, 0, "hop limit exceeded"},
    {6, 3, 1, "fragment reassembly time exceeded"},
};

static const struct option_words {
	uint8_t kind;
	const char *words;
} option_words[] = {
    {2, "MSS"},  {3, "window scale"}, {4, "SACK-permitted"}, {5, "SACK"},       {8, "timestamps"},
    {19, "MD5"}, {29, "TCP-AO"},      {30, "MPTCP"},         {34, "Fast Open"},
};

/* ---- filling a template -------------------------------------------------------------------- */

struct filling {
	const struct tcphs_connection *connection;
	const struct tcphs_diagnosis *diagnosis;
	struct bounded out;
	bool relative, missing; /* missing: a number that the template needs is not there */
};

static void fill_number(struct filling *filling, const char *kind, uint32_t value)
{
	enum tcphs_side from = filling->diagnosis->from;
	enum tcphs_side other = from == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT;
	char number[16];

	if (!filling->diagnosis->numbers) {
		filling->missing = true;
		return;
	}
	if (*kind == ':' && kind[1] == 'h') {
		bounded_addf(&filling->out, "0x%04" PRIx32, value);
		return;
	}
	number_text(filling->connection, kind[0] == ':' && kind[1] == 'y' ? other : from, value,
	            filling->relative && kind[0] == ':', number, sizeof(number));
	bounded_add(&filling->out, number);
}

void sentence_icmp(struct bounded *out, uint8_t family, int64_t type, int64_t code)
{
	for (size_t i = 0; i < sizeof(icmp_words) / sizeof(icmp_words[0]); i++)
		if (icmp_words[i].family == family && icmp_words[i].type == type &&
		    icmp_words[i].code == code) {
			bounded_addf(out, "%s (type %" PRId64 ", code %" PRId64 ")",
			             icmp_words[i].words, type, code);
			return;
		}
	bounded_addf(out, "type %" PRId64 ", code %" PRId64, type, code);
}

static void fill_icmp(struct filling *filling)
{
	const int64_t *detail = filling->diagnosis->detail;

	sentence_icmp(&filling->out, filling->connection->end[0].address.family, detail[0],
	              detail[1]);
}

static void fill_address(struct filling *filling)
{
	char address[64];

	address_text(&filling->diagnosis->by, address, sizeof(address));
	bounded_add(&filling->out, address);
}

/* Nobody answered by TCP. Whose ICMP error explains it, if one does, was found with the cause. */
static void fill_silence(struct filling *filling)
{
	const struct tcphs_connection *connection = filling->connection;

	if (filling->diagnosis->by.family == 0) {
		bounded_add(&filling->out, "down, filtered or another path");
		return;
	}
	bounded_add(&filling->out, "turned away by ");
	fill_address(filling);
	bounded_add(&filling->out, ", ICMP ");
	sentence_icmp(&filling->out, connection->end[0].address.family, connection->icmp_type,
	              connection->icmp_code);
}

static void fill_option(struct filling *filling, int64_t kind)
{
	for (size_t i = 0; i < sizeof(option_words) / sizeof(option_words[0]); i++)
		if (option_words[i].kind == kind) {
			bounded_add(&filling->out, option_words[i].words);
			return;
		}
	bounded_addf(&filling->out, "kind %" PRId64, kind);
}

static void fill_detail(struct filling *filling, char kind, int64_t value)
{
	char duration[32];

	if (value <= 0) {
		filling->missing = true;
		return;
	}
	if (kind == 'n') {
		bounded_addf(&filling->out, "%" PRId64, value);
		return;
	}
	duration_text(value, " ", duration, sizeof(duration));
	bounded_add(&filling->out, duration);
}

static void fill_side(struct filling *filling, bool other)
{
	bool client = (filling->diagnosis->from == TCPHS_CLIENT) != other;

	bounded_add(&filling->out, tcphs_side_name(client ? TCPHS_CLIENT : TCPHS_SERVER));
}

/* A phrase around a duration, which is left out where that is not known. */
static const struct phrase {
	const char *word;
	int detail;
	const char *before, *after;
} phrases[] = {
    {"over1", 1, " over ", ""},
    {"after0", 0, ", ", " after the first time"},
    {"least1", 1, ", at least ", " after the first time"},
};

static bool fill_phrase(struct filling *filling, const char *word)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		const struct phrase *phrase = &phrases[i];
		int64_t duration = filling->diagnosis->detail[phrase->detail];

		if (strcmp(word, phrase->word) != 0)
			continue;
		if (duration > 0) {
			bounded_add(&filling->out, phrase->before);
			fill_detail(filling, 'd', duration);
			bounded_add(&filling->out, phrase->after);
		}
		return true;
	}
	return false;
}

/* One {word}. */
static void fill_word(struct filling *filling, const char *word)
{
	const struct tcphs_diagnosis *diagnosis = filling->diagnosis;

	if (strncmp(word, "got", 3) == 0)
		fill_number(filling, word + 3, diagnosis->got);
	else if (strncmp(word, "exp", 3) == 0)
		fill_number(filling, word + 3, diagnosis->expected);
	else if (strcmp(word, "gap") == 0)
		bounded_addf(&filling->out, "%" PRIu32, diagnosis->got - diagnosis->expected);
	else if (strcmp(word, "x") == 0 || strcmp(word, "y") == 0)
		fill_side(filling, word[0] == 'y');
	else if (strcmp(word, "px") == 0)
		bounded_addf(&filling->out, "%u",
		             filling->connection->end[diagnosis->from == TCPHS_SERVER].port);
	else if (strcmp(word, "s0") == 0)
		bounded_add(&filling->out, diagnosis->detail[0] == 1 ? "" : "s");
	else if (strcmp(word, "probe0") == 0)
		bounded_add(&filling->out,
		            diagnosis->detail[0] > 0
		                ? "\"Not yet.\" The answer to the question for the window."
		                : "\"Yes.\" The answer to a keep-alive.");
	else if (strcmp(word, "by") == 0)
		fill_address(filling);
	else if (strcmp(word, "silence") == 0)
		fill_silence(filling);
	else if (strcmp(word, "icmp") == 0)
		fill_icmp(filling);
	else if (strcmp(word, "opt0") == 0)
		fill_option(filling, diagnosis->detail[0]);
	else if (fill_phrase(filling, word))
		return;
	else if (strncmp(word, "len", 3) == 0)
		bounded_addf(&filling->out, "%" PRId64, diagnosis->detail[word[3] == '1']);
	else
		fill_detail(filling, word[0], diagnosis->detail[word[1] == '1']);
}

static void fill(struct filling *filling, const char *template)
{
	while (*template != '\0') {
		const char *brace = strchr(template, '{');
		const char *end = brace != NULL ? strchr(brace, '}') : NULL;
		char word[16];
		size_t length;

		if (end == NULL) {
			bounded_add(&filling->out, template);
			return;
		}
		bounded_add_octets(&filling->out, template, (size_t)(brace - template));
		length = (size_t)(end - brace) - 1;
		if (length < sizeof(word)) {
			memcpy(word, brace + 1, length);
			word[length] = '\0';
			fill_word(filling, word);
		}
		template = end + 1;
	}
}

size_t tcphs_diagnosis_text(const struct tcphs_connection *connection,
                            const struct tcphs_diagnosis *diagnosis, bool relative, char *text,
                            size_t size)
{
	struct filling filling = {.connection = connection,
	                          .diagnosis = diagnosis,
	                          .relative = relative,
	                          .out = bounded_start(text, size)};
	const char *template = connection != NULL ? templates[diagnosis->code] : NULL;

	if (template != NULL)
		fill(&filling, template);
	if (template == NULL || filling.missing) {
		filling.out = bounded_start(text, size);
		bounded_add(&filling.out, tcphs_code_info(diagnosis->code)->sentence);
	}
	return bounded_end(&filling.out);
}
