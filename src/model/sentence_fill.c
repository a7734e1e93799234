/* SPDX-License-Identifier: BSD-3-Clause */
/* The templates of sentence.c, filled: each {word} is a row of a table. */
#include "model/sentence.h"

#include <inttypes.h>
#include <string.h>

#include "base/address.h"
#include "base/bounded.h"
#include "base/duration.h"
#include "model/number.h"

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

/* ---- the words of a template --------------------------------------------------------------- */

struct filling {
	const struct tcphs_connection *connection;
	const struct tcphs_diagnosis *diagnosis;
	struct bounded out;
	bool relative, missing; /* missing: a number that the template needs is not there */
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

	(void)unused;
	bounded_addf(&filling->out, "%" PRIu32, diagnosis->got - diagnosis->expected);
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
    {"by", fill_address, 0},
    {"silence", fill_silence, 0},
    {"icmp", fill_icmp, 0},
    {"opt0", fill_option, 0},
};

static void fill_word(struct filling *filling, const char *name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].name, name) == 0) {
			words[i].fill(filling, words[i].which);
			return;
		}
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
	const char *template =
	    connection != NULL ? sentence_template((enum tcphs_code)diagnosis->code) : NULL;

	if (template != NULL)
		fill(&filling, template);
	if (template == NULL || filling.missing) {
		filling.out = bounded_start(text, size);
		bounded_add(&filling.out, tcphs_code_info(diagnosis->code)->sentence);
	}
	return bounded_end(&filling.out);
}
