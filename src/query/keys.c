/* SPDX-License-Identifier: BSD-3-Clause */
/* The keys of the query language, in the order of the manual, and what each looks at. */
#include "query/term.h"

#include <string.h>

/* ---- numbers -------------------------------------------------------------------------- */

static size_t one(int64_t number[2], uint64_t value)
{
	number[0] = value > INT64_MAX ? INT64_MAX : (int64_t)value;
	return 1;
}

static size_t if_known(int64_t number[2], int64_t value)
{
	number[0] = value;
	return value >= 0;
}

static size_t id_of(const struct tcphs_connection *connection, int64_t number[2])
{
	return one(number, connection->id);
}

static size_t ports_of(const struct tcphs_connection *connection, int64_t number[2])
{
	number[0] = connection->end[TCPHS_CLIENT].port;
	number[1] = connection->end[TCPHS_SERVER].port;
	return 2;
}

static size_t isns_of(const struct tcphs_connection *connection, int64_t number[2])
{
	size_t count = 0;

	for (int side = 0; side < 2; side++)
		if (connection->end[side].isn_known || connection->end[side].isn_inferred)
			number[count++] = connection->end[side].isn;
	return count;
}

static size_t rtt_of(const struct tcphs_connection *connection, int64_t number[2])
{
	return if_known(number, connection->open.rtt);
}

static size_t duration_of(const struct tcphs_connection *connection, int64_t number[2])
{
	number[0] = connection->duration;
	return 1;
}

static size_t packets_of(const struct tcphs_connection *connection, int64_t number[2])
{
	return one(number, connection->packets);
}

static size_t bytes_of(const struct tcphs_connection *connection, int64_t number[2])
{
	return one(number, connection->end[0].bytes + connection->end[1].bytes);
}

static size_t syn_rtx_of(const struct tcphs_connection *connection, int64_t number[2])
{
	return one(number, connection->open.syn_retransmissions);
}

static size_t synack_rtx_of(const struct tcphs_connection *connection, int64_t number[2])
{
	return one(number, connection->open.synack_retransmissions);
}

/* ---- words ---------------------------------------------------------------------------- */

static const char *const open_words[] = {
    "three-way", "four-way",  "simultaneous", "fast-open", "self",      "refused",
    "no-answer", "half-open", "aborted",      "partial",   "midstream", NULL,
};
_Static_assert(sizeof(open_words) / sizeof(open_words[0]) == TCPHS_OPEN_COUNT + 1, "all kinds");

static const char *const close_words[] = {
    "none", "four-way", "three-way", "simultaneous", "half-close", "reset", "fin-reset", NULL,
};
_Static_assert(sizeof(close_words) / sizeof(close_words[0]) == TCPHS_CLOSE_COUNT + 1, "all kinds");

static const char *const side_words[] = {"client", "server", "both", NULL};

static const char *const state_words[] = {
    "UNKNOWN",    "CLOSED",     "LISTEN",  "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
    "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT",    NULL,
};
_Static_assert(sizeof(state_words) / sizeof(state_words[0]) == TCPHS_STATE_COUNT + 1, "all states");

static const char *const vantage_words[] = {"unknown", "client", "server", "middle", NULL};

static uint32_t open_of(const struct tcphs_connection *connection)
{
	return UINT32_C(1) << connection->open.kind;
}

static uint32_t close_of(const struct tcphs_connection *connection)
{
	return UINT32_C(1) << connection->close.kind;
}

static uint32_t closer_of(const struct tcphs_connection *connection)
{
	return UINT32_C(1) << connection->close.initiator;
}

static uint32_t states_of(const struct tcphs_connection *connection)
{
	return UINT32_C(1) << connection->end[0].state | UINT32_C(1) << connection->end[1].state;
}

static uint32_t vantage_of(const struct tcphs_connection *connection)
{
	return UINT32_C(1) << connection->vantage;
}

/* ---- the rest ------------------------------------------------------------------------- */

static bool matches_codes(const struct term *term, const struct tcphs_query_subject *subject)
{
	const struct tcphs_analysis *analysis = subject->analysis;

	for (size_t i = 0; i < analysis->diagnoses; i++) {
		unsigned code = analysis->diagnosis[i].code;

		if (term->codes[code / 64] >> code % 64 & 1)
			return true;
		if (term->severities >> analysis->diagnosis[i].severity & 1)
			return true;
	}
	return false;
}

static bool row_holds(const struct tcphs_row *row, const struct choice *choice)
{
	uint64_t last = row->is_run ? row->run_last_packet : row->packet;

	return last >= (uint64_t)choice->low && row->packet <= (uint64_t)choice->high;
}

/* Without rows the best answer is: between its first and its last packet. */
static bool matches_packet(const struct term *term, const struct tcphs_query_subject *subject)
{
	const struct tcphs_analysis *analysis = subject->analysis;
	const struct tcphs_connection *connection = &analysis->connection;
	bool exact = analysis->rows > 0 && connection->rows_dropped == 0;

	for (size_t i = 0; i < term->choices; i++) {
		const struct choice *choice = &term->choice[i];

		if (connection->last_packet < (uint64_t)choice->low ||
		    connection->first_packet > (uint64_t)choice->high)
			continue;
		if (!exact)
			return true;
		for (size_t row = 0; row < analysis->rows; row++)
			if (row_holds(&analysis->row[row], choice))
				return true;
	}
	return false;
}

static bool matches_encapsulation(const struct term *term,
                                  const struct tcphs_query_subject *subject)
{
	if (subject->encapsulation == NULL)
		return false;
	for (size_t i = 0; i < term->choices; i++)
		if (memmem(subject->encapsulation, strlen(subject->encapsulation),
		           term->choice[i].text, term->choice[i].length) != NULL)
			return true;
	return false;
}

static int64_t start_for(const struct choice *choice, const struct tcphs_query_subject *subject)
{
	int64_t start = subject->analysis->connection.start;

	return choice->of_day ? instant_of_day(start) : start;
}

static bool matches_after(const struct term *term, const struct tcphs_query_subject *subject)
{
	for (size_t i = 0; i < term->choices; i++)
		if (start_for(&term->choice[i], subject) >= term->choice[i].low)
			return true;
	return false;
}

static bool matches_before(const struct term *term, const struct tcphs_query_subject *subject)
{
	for (size_t i = 0; i < term->choices; i++)
		if (start_for(&term->choice[i], subject) < term->choice[i].low)
			return true;
	return false;
}

static bool matches_midstream(const struct term *term, const struct tcphs_query_subject *subject)
{
	(void)term;
	return subject->analysis->connection.open.kind == TCPHS_OPEN_MIDSTREAM;
}

#define NUMERIC ":=<>"

/* clang-format off */
const struct key query_keys[] = {
	{.shown = {"id", NUMERIC, "its number in the list: 3,7-9", NULL},
	 .kind = VALUE_NUMBER, .numbers = id_of},
	{.shown = {"host", ":", "an address of either side: 10.0.0.5, fd00::1, 10.0.0.0/8", NULL},
	 .kind = VALUE_HOST, .sides = 3},
	{.shown = {"net", ":", "the same, for a network: 10.0.0.0/8", NULL},
	 .kind = VALUE_HOST, .sides = 3},
	{.shown = {"port", NUMERIC, "a port of either side: 443, http, 8000-8099", NULL},
	 .kind = VALUE_PORT, .numbers = ports_of},
	{.shown = {"client", ":", "the client's address, network or address:port", NULL},
	 .kind = VALUE_HOST, .sides = 1},
	{.shown = {"server", ":", "the server's", NULL},
	 .kind = VALUE_HOST, .sides = 2},
	{.shown = {"open", ":", "how it opened", open_words},
	 .kind = VALUE_WORD, .words = open_of},
	{.shown = {"close", ":", "how it closed", close_words},
	 .kind = VALUE_WORD, .words = close_of},
	{.shown = {"closer", ":", "who began the close", side_words},
	 .kind = VALUE_WORD, .words = closer_of},
	{.shown = {"state", ":", "a side's state at the end", state_words},
	 .kind = VALUE_WORD, .words = states_of},
	{.shown = {"has", ":", "a diagnosis: a code of tcphs-checks(7), or note, warning, error", NULL},
	 .kind = VALUE_CODE, .matches = matches_codes},
	{.shown = {"rtt", NUMERIC, "round trip of the handshake: rtt>100ms; rtt>2: seconds", NULL},
	 .kind = VALUE_DURATION, .numbers = rtt_of},
	{.shown = {"duration", NUMERIC, "from the first to the last packet: duration>60s", NULL},
	 .kind = VALUE_DURATION, .numbers = duration_of},
	{.shown = {"packets", NUMERIC, "how many: packets>1000", NULL},
	 .kind = VALUE_SIZE, .numbers = packets_of},
	{.shown = {"bytes", NUMERIC, "octets of data, both ways: bytes>1M", NULL},
	 .kind = VALUE_SIZE, .numbers = bytes_of},
	{.shown = {"syn-rtx", NUMERIC, "how often the SYN was sent again: syn-rtx>=1", NULL},
	 .kind = VALUE_NUMBER, .numbers = syn_rtx_of},
	{.shown = {"synack-rtx", NUMERIC, "the same of the SYN-ACK", NULL},
	 .kind = VALUE_NUMBER, .numbers = synack_rtx_of},
	{.shown = {"packet", ":", "the connection of packet number 1234", NULL},
	 .kind = VALUE_NUMBER, .matches = matches_packet, .rows = true},
	{.shown = {"isn", ":", "an initial sequence number, raw: 708095274, 0x2a34ad2a", NULL},
	 .kind = VALUE_NUMBER, .numbers = isns_of},
	{.shown = {"encap", ":", "a part of the path of layers: vlan, vlan[7], gre", NULL},
	 .kind = VALUE_TEXT, .matches = matches_encapsulation},
	{.shown = {"after", ":", "began at or after 12:00:05 (local) or 2026-11-21T12:00:05Z", NULL},
	 .kind = VALUE_INSTANT, .matches = matches_after},
	{.shown = {"before", ":", "began before", NULL},
	 .kind = VALUE_INSTANT, .matches = matches_before},
	{.shown = {"vantage", ":", "where the capture was taken", vantage_words},
	 .kind = VALUE_WORD, .words = vantage_of},
	{.shown = {"midstream", "", "open before the capture began; the same as open:midstream", NULL},
	 .kind = VALUE_NONE, .matches = matches_midstream},
};
/* clang-format on */
const size_t query_key_count = sizeof(query_keys) / sizeof(query_keys[0]);

const struct tcphs_query_key *tcphs_query_key(size_t index)
{
	return index < query_key_count ? &query_keys[index].shown : NULL;
}
