/* SPDX-License-Identifier: BSD-3-Clause */
/* What may be asked, and which questions are. */
#include "teach/quiz.h"

/* What a host in order sends: a scan's bare FIN or SYN-FIN has nothing that it follows from. */
static bool in_order(uint16_t flags)
{
	switch (flags & (TCPHS_SYN | TCPHS_ACK | TCPHS_FIN | TCPHS_RST)) {
	case TCPHS_SYN:
	case TCPHS_SYN | TCPHS_ACK:
	case TCPHS_ACK:
	case TCPHS_FIN | TCPHS_ACK:
	case TCPHS_RST:
	case TCPHS_RST | TCPHS_ACK:
		return true;
	default:
		return false;
	}
}

/* A segment that follows from what was before: no repetition, no copy, no stray one, which moves
 * neither side. */
static bool predictable(const struct tcphs_row *row)
{
	return in_order(row->flags) && !row->is_run && row->again < 0 && row->fate != TCPHS_COPY &&
	       (row->fate != TCPHS_IGNORED || row->rule[row->from] != NULL);
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

/* Whether a SYN-ACK takes the data of a SYN is the server's choice. */
static bool can_ask_ack(const struct tcphs_analysis *analysis, const struct tcphs_row *row)
{
	const struct tcphs_vars *vars = &row->vars[row->from];

	if ((row->flags & TCPHS_SYN) != 0 && analysis->connection.open.data_in_syn > 0)
		return false;
	return (row->flags & TCPHS_ACK) != 0 && (row->flags & TCPHS_RST) == 0 && vars->irs_known &&
	       row->ack == vars->rcv_nxt;
}

/* Whether the other side speaks before this SYN or FIN comes again: else it may never have come,
 * and in which state that side is then cannot be known. */
static bool is_heard(const struct tcphs_analysis *analysis, uint32_t index)
{
	const struct tcphs_row *said = &analysis->row[index];

	for (uint32_t i = index + 1; i < analysis->rows; i++) {
		const struct tcphs_row *row = &analysis->row[i];

		if (row->from != said->from)
			return true;
		if (row->again == (int32_t)index && row->fate != TCPHS_COPY)
			return false;
	}
	return false;
}

static bool can_ask_state(const struct tcphs_analysis *analysis,
                          const struct quiz_question *question)
{
	const struct tcphs_row *row = quiz_row(analysis, question);

	if (row->rule[question->side] == NULL)
		return false;
	return question->side == row->from || (row->flags & (TCPHS_SYN | TCPHS_FIN)) == 0 ||
	       is_heard(analysis, question->row);
}

bool quiz_can_ask(const struct tcphs_analysis *analysis, const struct quiz_question *question)
{
	const struct tcphs_row *row = quiz_row(analysis, question);

	if (!predictable(row))
		return false;
	switch ((enum quiz_kind)question->kind) {
	case QUIZ_FLAGS:
		return question->side == row->from && can_ask_flags(row);
	case QUIZ_SEQ:
		return question->side == row->from && can_ask_seq(row) &&
		       (can_ask_flags(row) || !row->quiet);
	case QUIZ_ACK:
		return question->side == row->from && can_ask_ack(analysis, row) &&
		       (can_ask_flags(row) || !row->quiet);
	case QUIZ_STATE:
		return can_ask_state(analysis, question);
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
