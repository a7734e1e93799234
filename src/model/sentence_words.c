/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a template, {n0} and its like: each is a row of a table. */
#include "model/sentence_fill.h"

#include <inttypes.h>
#include <string.h>

#include "base/address.h"
#include "base/duration.h"
#include "model/number.h"
#include "model/sentence.h"

static const struct option_words {
	uint8_t kind;
	const char *words;
} option_words[] = {
    {2, "MSS"},  {3, "window scale"}, {4, "SACK-permitted"}, {5, "SACK"},       {8, "timestamps"},
    {19, "MD5"}, {29, "TCP-AO"},      {30, "MPTCP"},         {34, "Fast Open"},
};

/* Of the sender's stream (X), the other side's (Y), or as it is (RAW). */
enum stream_of { X, Y, RAW };

static void fill_number(struct filling *filling, bool known, uint32_t value, int of)
{
	enum tcphs_side from = filling->diagnosis->from;
	enum tcphs_side other = from == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT;
	char number[16];

	filling->missing |= !known;
	number_text(filling->connection, of == Y ? other : from, value,
	            filling->relative && of != RAW, number, sizeof(number));
	bounded_add(&filling->out, number);
}

static void fill_got(struct filling *filling, int of)
{
	fill_number(filling, filling->diagnosis->numbers, filling->diagnosis->got, of);
}

static void fill_expected(struct filling *filling, int of)
{
	fill_number(filling, filling->diagnosis->numbers, filling->diagnosis->expected, of);
}

static void fill_seq(struct filling *filling, int of)
{
	fill_number(filling, filling->diagnosis->segment, filling->diagnosis->seq, of);
}

static void fill_ack(struct filling *filling, int of)
{
	fill_number(filling, filling->diagnosis->segment, filling->diagnosis->ack, of);
}

static void fill_fin(struct filling *filling, int of)
{
	fill_number(filling, filling->diagnosis->segment, filling->diagnosis->end - 1, of);
}

static void fill_hex(struct filling *filling, int which)
{
	const struct tcphs_diagnosis *diagnosis = filling->diagnosis;
	uint32_t value = which == 0 ? diagnosis->got : diagnosis->expected;

	filling->missing |= !diagnosis->numbers;
	bounded_addf(&filling->out, "0x%04" PRIx32, value);
}

static void fill_gap(struct filling *filling, int unused)
{
	const struct tcphs_diagnosis *diagnosis = filling->diagnosis;
	uint32_t octets = diagnosis->got - diagnosis->expected;

	(void)unused;
	bounded_addf(&filling->out, "%" PRIu32 " octet%s", octets, octets == 1 ? " is" : "s are");
}

static void fill_side(struct filling *filling, int of)
{
	bool client = (filling->diagnosis->from == TCPHS_CLIENT) == (of == X);

	bounded_add(&filling->out, tcphs_side_name(client ? TCPHS_CLIENT : TCPHS_SERVER));
}

static void fill_port(struct filling *filling, int of)
{
	bool server = (filling->diagnosis->from == TCPHS_SERVER) == (of == X);

	bounded_addf(&filling->out, "%u", filling->connection->end[server].port);
}

static void fill_plural(struct filling *filling, int which)
{
	bounded_add(&filling->out, filling->diagnosis->detail[which] == 1 ? "" : "s");
}

static void fill_count(struct filling *filling, int which)
{
	int64_t value = filling->diagnosis->detail[which];

	filling->missing |= value <= 0;
	bounded_addf(&filling->out, "%" PRId64, value);
}

static void fill_any(struct filling *filling, int which) /* may be 0 */
{
	bounded_addf(&filling->out, "%" PRId64, filling->diagnosis->detail[which]);
}

static void fill_any_hex(struct filling *filling, int which)
{
	bounded_addf(&filling->out, "0x%04" PRIx32, (uint32_t)filling->diagnosis->detail[which]);
}

static void fill_bits(struct filling *filling, int which) /* three of them */
{
	int64_t bits = filling->diagnosis->detail[which];

	bounded_addf(&filling->out, "%d%d%d", (bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0);
}

static void fill_duration(struct filling *filling, int which)
{
	int64_t value = filling->diagnosis->detail[which];
	char duration[32];

	if (value <= 0) {
		filling->missing = true;
		return;
	}
	duration_text(value, " ", duration, sizeof(duration));
	bounded_add(&filling->out, duration);
}

/* A phrase around a duration, which is left out where that is not known. */
enum phrase { OVER, AFTER, LEAST, APART, SENT, LATER };

static void fill_phrase(struct filling *filling, int which)
{
	static const struct {
		int detail;
		const char *before, *after;
	} phrases[] = {
	    [OVER] = {1, " over ", ""},
	    [AFTER] = {0, ", ", " after the first time"},
	    [LEAST] = {1, ", at least ", " after the first time"},
	    [APART] = {0, ", ", " apart"},
	    [SENT] = {0, ", sent ", " before"},
	    [LATER] = {0, ", ", " later"},
	};

	if (filling->diagnosis->detail[phrases[which].detail] <= 0)
		return;
	bounded_add(&filling->out, phrases[which].before);
	fill_duration(filling, phrases[which].detail);
	bounded_add(&filling->out, phrases[which].after);
}

static void fill_probe(struct filling *filling, int which)
{
	bounded_add(&filling->out, filling->diagnosis->detail[which] > 0
	                               ? "\"Not yet.\" The answer to the question for the window."
	                               : "\"Yes.\" The answer to a keep-alive.");
}

static void fill_icmp(struct filling *filling, int unused)
{
	const int64_t *detail = filling->diagnosis->detail;

	(void)unused;
	sentence_icmp(&filling->out, filling->connection->end[0].address.family, detail[0],
	              detail[1]);
}

static void fill_address(struct filling *filling, int unused)
{
	char address[64];

	(void)unused;
	address_text(&filling->diagnosis->by, address, sizeof(address));
	bounded_add(&filling->out, address);
}

/* Nobody answered by TCP. Whose ICMP error explains it, if one does, was found with the cause. */
static void fill_silence(struct filling *filling, int unused)
{
	const struct tcphs_connection *connection = filling->connection;

	(void)unused;
	if (connection->cause == TCPHS_CAUSE_OLD_ANSWERED) {
		bounded_add(&filling->out, "an older connection on the same ports answered");
		return;
	}
	if (filling->diagnosis->by.family == 0) {
		bounded_add(&filling->out, "down, filtered or another path");
		return;
	}
	bounded_add(&filling->out, "turned away by ");
	fill_address(filling, 0);
	bounded_add(&filling->out, ", ICMP ");
	sentence_icmp(&filling->out, connection->end[0].address.family, connection->icmp_type,
	              connection->icmp_code);
}

/* A client that asks on behind an answer has not heard it. */
static void fill_unheard(struct filling *filling, int unused)
{
	(void)unused;
	bounded_add(&filling->out, filling->connection->cause == TCPHS_CAUSE_UNHEARD
	                               ? "the client asks on, it does not hear them"
	                               : "a scan, a flood, a lost client");
}

static void fill_option(struct filling *filling, int which)
{
	int64_t kind = filling->diagnosis->detail[which];

	for (size_t i = 0; i < sizeof(option_words) / sizeof(option_words[0]); i++)
		if (option_words[i].kind == kind) {
			bounded_add(&filling->out, option_words[i].words);
			return;
		}
	bounded_addf(&filling->out, "kind %" PRId64, kind);
}

static const struct word {
	const char *name;
	void (*fill)(struct filling *filling, int which);
	int which;
} words[] = {
    {"got:x", fill_got, X},
    {"got:y", fill_got, Y},
    {"got", fill_got, RAW},
    {"got:h", fill_hex, 0},
    {"exp:x", fill_expected, X},
    {"exp:y", fill_expected, Y},
    {"exp", fill_expected, RAW},
    {"exp:h", fill_hex, 1},
    {"gap", fill_gap, 0},
    {"seq", fill_seq, X},
    {"isn", fill_seq, RAW},
    {"ack", fill_ack, Y},
    {"fin", fill_fin, X},
    {"x", fill_side, X},
    {"y", fill_side, Y},
    {"px", fill_port, X},
    {"py", fill_port, Y},
    {"s0", fill_plural, 0},
    {"n0", fill_count, 0},
    {"n1", fill_count, 1},
    {"len0", fill_any, 0},
    {"len1", fill_any, 1},
    {"hex0", fill_any_hex, 0},
    {"bits0", fill_bits, 0},
    {"bits1", fill_bits, 1},
    {"d0", fill_duration, 0},
    {"d1", fill_duration, 1},
    {"over1", fill_phrase, OVER},
    {"after0", fill_phrase, AFTER},
    {"least1", fill_phrase, LEAST},
    {"apart0", fill_phrase, APART},
    {"sent0", fill_phrase, SENT},
    {"later0", fill_phrase, LATER},
    {"probe0", fill_probe, 0},
    {"apart", sentence_fill_apart, 0},
    {"backoff", sentence_fill_backoff, 0},
    {"waits1", sentence_fill_waits, 1},
    {"msl0", sentence_fill_msl, 0},
    {"room1", sentence_fill_room, 1},
    {"heard1", sentence_fill_heard, 1},
    {"held1", sentence_fill_held, 1},
    {"by", fill_address, 0},
    {"silence", fill_silence, 0},
    {"unheard", fill_unheard, 0},
    {"icmp", fill_icmp, 0},
    {"opt0", fill_option, 0},
};

void sentence_fill_word(struct filling *filling, const char *name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].name, name) == 0) {
			words[i].fill(filling, words[i].which);
			return;
		}
}
