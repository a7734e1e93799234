/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/quiz.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/bounded.h"
#include "base/units.h"
#include "ladder/plan.h"
#include "model/number.h"

/* The bits that are asked for; the others are no part of a handshake. */
#define ASKED_FLAGS (TCPHS_SYN | TCPHS_ACK | TCPHS_FIN | TCPHS_RST)

static const struct tcphs_row *row_of(const struct tcphs_analysis *analysis,
                                      const struct quiz_question *question)
{
	return &analysis->row[question->row];
}

/* A segment that follows from what was before: no repetition, no copy, no stray one. */
static bool predictable(const struct tcphs_row *row)
{
	return !row->is_run && row->again < 0 && row->fate != TCPHS_COPY &&
	       row->fate != TCPHS_IGNORED;
}

/* Octets of sequence space. */
static uint32_t span_of(const struct tcphs_row *row)
{
	return row->length + ((row->flags & TCPHS_SYN) != 0) + ((row->flags & TCPHS_FIN) != 0);
}

static bool can_ask_flags(const struct tcphs_row *row)
{
	return row->role != TCPHS_ROLE_NONE && row->role != TCPHS_ROLE_DATA;
}

static bool can_ask_seq(const struct tcphs_row *row)
{
	const struct tcphs_vars *vars = &row->vars[row->from];

	return (row->flags & (TCPHS_SYN | TCPHS_RST)) == 0 && vars->iss_known &&
	       row->seq + span_of(row) == vars->snd_nxt;
}

static bool can_ask_ack(const struct tcphs_row *row)
{
	const struct tcphs_vars *vars = &row->vars[row->from];

	return (row->flags & TCPHS_ACK) != 0 && (row->flags & TCPHS_RST) == 0 && vars->irs_known &&
	       row->ack == vars->rcv_nxt;
}

bool quiz_can_ask(const struct tcphs_analysis *analysis, const struct quiz_question *question)
{
	const struct tcphs_row *row = row_of(analysis, question);

	if (!predictable(row))
		return false;
	switch ((enum quiz_kind)question->kind) {
	case QUIZ_FLAGS:
		return question->side == row->from && can_ask_flags(row);
	case QUIZ_SEQ:
		return question->side == row->from && can_ask_seq(row) &&
		       (can_ask_flags(row) || !row->quiet);
	case QUIZ_ACK:
		return question->side == row->from && can_ask_ack(row) &&
		       (can_ask_flags(row) || !row->quiet);
	case QUIZ_STATE:
		return row->rule[question->side] != NULL;
	default:
		return false;
	}
}

size_t quiz_questions(const struct tcphs_analysis *analysis, uint32_t row,
                      struct quiz_question question[QUIZ_PER_ROW])
{
	const uint8_t from = analysis->row[row].from;
	const struct quiz_question all[QUIZ_PER_ROW] = {
	    {row, QUIZ_FLAGS, from},         {row, QUIZ_SEQ, from},           {row, QUIZ_ACK, from},
	    {row, QUIZ_STATE, TCPHS_CLIENT}, {row, QUIZ_STATE, TCPHS_SERVER},
	};
	size_t count = 0;

	for (size_t i = 0; i < QUIZ_PER_ROW; i++)
		if (quiz_can_ask(analysis, &all[i]))
			question[count++] = all[i];
	return count;
}

/* ---- the wording ------------------------------------------------------------------------ */

static const struct {
	uint16_t flag;
	const char *name;
	char letter;
} flag_names[] = {
    {TCPHS_SYN, "SYN", 's'},
    {TCPHS_FIN, "FIN", 'f'},
    {TCPHS_RST, "RST", 'r'},
    {TCPHS_ACK, "ACK", 'a'},
};
#define FLAG_NAMES (sizeof(flag_names) / sizeof(flag_names[0]))

static void add_flags(struct bounded *out, uint16_t flags)
{
	const char *separator = "";

	for (size_t i = 0; i < FLAG_NAMES; i++) {
		if ((flags & flag_names[i].flag) == 0)
			continue;
		bounded_addf(out, "%s%s", separator, flag_names[i].name);
		separator = "-";
	}
	if (*separator == '\0')
		bounded_add(out, "none");
}

/* What makes the segment come, which no arithmetic foretells. */
static const char *cause_of(const struct tcphs_row *row)
{
	switch ((enum tcphs_role)row->role) {
	case TCPHS_ROLE_SYN:
		return "'s application opens a connection";
	case TCPHS_ROLE_FIN1:
	case TCPHS_ROLE_FIN2:
		return "'s application closes";
	case TCPHS_ROLE_RST:
		return " wants to hear no more of it";
	default:
		return " answers";
	}
}

static void add_number(struct bounded *out, const struct tcphs_analysis *analysis, uint8_t side,
                       uint32_t raw)
{
	char number[32];

	number_text(&analysis->connection, (enum tcphs_side)side, raw, true, number,
	            sizeof(number));
	bounded_add(out, number);
}

/* "The server sends SYN-ACK, ack 1": the segment, but for what is asked. */
static void add_segment(struct bounded *out, const struct tcphs_analysis *analysis,
                        const struct quiz_question *question)
{
	const struct tcphs_row *row = row_of(analysis, question);

	bounded_addf(out, "The %s sends ", tcphs_side_name(row->from));
	add_flags(out, row->flags);
	if (question->kind != QUIZ_SEQ) {
		bounded_add(out, ", seq ");
		add_number(out, analysis, row->from, row->seq);
	}
	if (question->kind != QUIZ_ACK && (row->flags & TCPHS_ACK) != 0) {
		bounded_add(out, ", ack ");
		add_number(out, analysis, !row->from, row->ack);
	}
	if (row->length > 0)
		bounded_addf(out, ", %" PRIu32 " octets of data", row->length);
	bounded_add(out, ". ");
}

size_t quiz_prompt(const struct tcphs_analysis *analysis, const struct quiz_question *question,
                   char *text, size_t size)
{
	const struct tcphs_row *row = row_of(analysis, question);
	struct bounded out = bounded_start(text, size);
	const char *side = tcphs_side_name(question->side);

	if (question->kind == QUIZ_FLAGS) {
		bounded_addf(&out, "The %s%s. Which flags does it send?", side, cause_of(row));
		return bounded_end(&out);
	}
	add_segment(&out, analysis, question);
	switch ((enum quiz_kind)question->kind) {
	case QUIZ_SEQ:
		bounded_add(&out, "Which sequence number does it have?");
		break;
	case QUIZ_ACK:
		bounded_add(&out, "Which acknowledgement number?");
		break;
	default:
		bounded_addf(&out, "In which state is the %s %s?", side,
		             question->side == row->from ? "after sending it" : "when it has it");
	}
	return bounded_end(&out);
}

size_t quiz_prompt_short(const struct tcphs_analysis *analysis,
                         const struct quiz_question *question, char *text, size_t size)
{
	const struct tcphs_row *row = row_of(analysis, question);
	struct bounded out = bounded_start(text, size);

	bounded_addf(&out, "%s ", tcphs_side_name(row->from));
	if (question->kind == QUIZ_FLAGS) {
		bounded_add(&out, "is next: its flags?");
		return bounded_end(&out);
	}
	add_flags(&out, row->flags);
	if (question->kind != QUIZ_SEQ) {
		bounded_add(&out, " seq ");
		add_number(&out, analysis, row->from, row->seq);
	}
	if (question->kind != QUIZ_ACK && (row->flags & TCPHS_ACK) != 0) {
		bounded_add(&out, " ack ");
		add_number(&out, analysis, !row->from, row->ack);
	}
	if (question->kind == QUIZ_STATE)
		bounded_addf(&out, ": the %s's state?", tcphs_side_name(question->side));
	else
		bounded_add(&out, question->kind == QUIZ_SEQ ? ": its seq?" : ": its ack?");
	return bounded_end(&out);
}

size_t quiz_answer(const struct tcphs_analysis *analysis, const struct quiz_question *question,
                   char *text, size_t size)
{
	const struct tcphs_row *row = row_of(analysis, question);
	struct bounded out = bounded_start(text, size);

	switch ((enum quiz_kind)question->kind) {
	case QUIZ_FLAGS:
		add_flags(&out, row->flags);
		break;
	case QUIZ_SEQ:
		add_number(&out, analysis, row->from, row->seq);
		break;
	case QUIZ_ACK:
		add_number(&out, analysis, !row->from, row->ack);
		break;
	default:
		bounded_add(&out, tcphs_state_name((enum tcphs_state)row->state[question->side]));
	}
	return bounded_end(&out);
}

/* ---- judging ---------------------------------------------------------------------------- */

static size_t trimmed(const char **text)
{
	size_t length;

	while (isspace((unsigned char)**text))
		(*text)++;
	length = strlen(*text);
	while (length > 0 && isspace((unsigned char)(*text)[length - 1]))
		length--;
	return length;
}

/* Is text[0..length) `word`, but for case and for what separates its parts? */
static bool sounds_like(const char *text, size_t length, const char *word)
{
	for (size_t i = 0; i < length; i++) {
		if (!isalnum((unsigned char)text[i]))
			continue;
		while (*word != '\0' && !isalnum((unsigned char)*word))
			word++;
		if (tolower((unsigned char)text[i]) != tolower((unsigned char)*word++))
			return false;
	}
	return *word == '\0';
}

/* Reads one flag's name or, if all are letters run together, its letter. */
static size_t read_flag(const char *text, size_t length, bool letters, uint16_t *flags)
{
	for (size_t i = 0; i < FLAG_NAMES; i++) {
		const size_t wanted = letters ? 1 : strlen(flag_names[i].name);

		if (length < wanted)
			continue;
		if (letters ? tolower((unsigned char)*text) != flag_names[i].letter
		            : !sounds_like(text, wanted, flag_names[i].name))
			continue;
		*flags |= flag_names[i].flag;
		return wanted;
	}
	return 0;
}

static bool read_flags(const char *text, size_t length, bool letters, uint16_t *flags)
{
	*flags = 0;
	for (size_t i = 0; i < length;) {
		size_t taken = 1;

		if (isalnum((unsigned char)text[i]))
			taken = read_flag(text + i, length - i, letters, flags);
		if (taken == 0)
			return false;
		i += taken;
	}
	return *flags != 0;
}

static enum quiz_verdict check_flags(const struct tcphs_row *row, const char *text, size_t length)
{
	/* Whether an aborting host sets ACK beside RST depends on its make. */
	const uint16_t asked =
	    (row->flags & TCPHS_RST) != 0 ? TCPHS_RST | TCPHS_SYN | TCPHS_FIN : ASKED_FLAGS;
	uint16_t flags;

	if (!read_flags(text, length, false, &flags) && !read_flags(text, length, true, &flags))
		return QUIZ_UNREADABLE;
	return (flags & asked) == (row->flags & asked) ? QUIZ_RIGHT : QUIZ_WRONG;
}

static enum quiz_verdict check_number(const struct tcphs_endpoint *end, uint32_t raw,
                                      const char *text, size_t length)
{
	const bool before = length > 0 && text[0] == '-'; /* its ISN: an older segment */
	uint64_t number;

	if (!units_parse_number(text + before, length - before, &number))
		return QUIZ_UNREADABLE;
	if (before)
		return end->isn_known && number == end->isn - raw ? QUIZ_RIGHT : QUIZ_WRONG;
	if (number == raw || (end->isn_known && number == raw - end->isn))
		return QUIZ_RIGHT;
	return QUIZ_WRONG;
}

static enum quiz_verdict check_state(uint8_t right, const char *text, size_t length)
{
	for (int i = 0; i < TCPHS_STATE_COUNT; i++)
		/* A narrow ladder shows the short names, so they are typed as well. */
		if (sounds_like(text, length, tcphs_state_name((enum tcphs_state)i)) ||
		    sounds_like(text, length, state_short_name((enum tcphs_state)i)))
			return i == right ? QUIZ_RIGHT : QUIZ_WRONG;
	return QUIZ_UNREADABLE;
}

enum quiz_verdict quiz_check(const struct tcphs_analysis *analysis,
                             const struct quiz_question *question, const char *answer)
{
	const struct tcphs_row *row = row_of(analysis, question);
	const struct tcphs_endpoint *end = analysis->connection.end;
	const size_t length = trimmed(&answer);

	if (length == 0)
		return QUIZ_UNREADABLE;
	switch ((enum quiz_kind)question->kind) {
	case QUIZ_FLAGS:
		return check_flags(row, answer, length);
	case QUIZ_SEQ:
		return check_number(&end[row->from], row->seq, answer, length);
	case QUIZ_ACK:
		return check_number(&end[!row->from], row->ack, answer, length);
	default:
		return check_state(row->state[question->side], answer, length);
	}
}

/* ---- choosing --------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *random)
{
	uint64_t z = *random += 0x9e3779b97f4a7c15u; /* splitmix64 */

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* Keeps one question of each row, by chance. */
static size_t one_a_row(struct quiz_question *question, uint64_t *connection, size_t total,
                        uint64_t *random)
{
	size_t kept = 0;

	for (size_t i = 0; i < total;) {
		size_t same = i + 1;

		while (same < total && connection[same] == connection[i] &&
		       question[same].row == question[i].row)
			same++;
		question[kept] = question[i + draw(random) % (same - i)];
		connection[kept++] = connection[i];
		i = same;
	}
	return kept;
}

size_t quiz_choose(struct quiz_question *question, uint64_t *connection, size_t total, size_t count,
                   uint64_t seed)
{
	uint64_t random = seed;
	size_t kept = 0;

	total = one_a_row(question, connection, total, &random);
	/* Of the questions that are left, each is taken with the chance that keeps the number. */
	for (size_t i = 0; i < total && kept < count; i++) {
		if (draw(&random) % (total - i) >= count - kept)
			continue;
		question[kept] = question[i];
		connection[kept++] = connection[i];
	}
	return kept;
}
