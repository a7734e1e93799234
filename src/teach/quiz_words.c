/* SPDX-License-Identifier: BSD-3-Clause */
/* Questions and answers in words. */
#include "teach/quiz.h"

#include <inttypes.h>

#include "base/bounded.h"
#include "model/number.h"

static const struct {
	uint16_t flag;
	const char *name;
} flag_names[] = {
    {TCPHS_SYN, "SYN"},
    {TCPHS_FIN, "FIN"},
    {TCPHS_RST, "RST"},
    {TCPHS_ACK, "ACK"},
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

/* What makes the segment come, which no arithmetic foretells: whether a FIN is answered by an ACK
 * or by a FIN of its own is up to an application. */
struct motive {
	const char *whole, *brief;
};

static struct motive motive_of(const struct tcphs_row *row)
{
	switch ((enum tcphs_role)row->role) {
	case TCPHS_ROLE_SYN:
		return (struct motive){"'s application opens a connection", "opens"};
	case TCPHS_ROLE_FIN1:
	case TCPHS_ROLE_FIN2:
		return (struct motive){"'s application closes", "closes"};
	case TCPHS_ROLE_RST:
		return (struct motive){" wants to hear no more of it", "breaks off"};
	default:
		return (struct motive){" answers", "answers"};
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
	const struct tcphs_row *row = quiz_row(analysis, question);

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
	const struct tcphs_row *row = quiz_row(analysis, question);
	struct bounded out = bounded_start(text, size);
	const char *side = tcphs_side_name(question->side);

	if (question->kind == QUIZ_FLAGS) {
		bounded_addf(&out, "The %s%s. Which flags does it send?", side,
		             motive_of(row).whole);
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
	const struct tcphs_row *row = quiz_row(analysis, question);
	struct bounded out = bounded_start(text, size);

	bounded_addf(&out, "%s ", tcphs_side_name(row->from));
	if (question->kind == QUIZ_FLAGS) {
		bounded_addf(&out, "%s: its flags?", motive_of(row).brief);
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
	const struct tcphs_row *row = quiz_row(analysis, question);
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
