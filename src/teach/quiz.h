/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Questions about a connection's next segment: its flags, its sequence number, its
 * acknowledgement number, a state after it. The model gives the answers; only what can be
 * predicted from the rows before is asked. `tcphs quiz`, the view and the worksheet use them.
 */
#ifndef TEACH_QUIZ_H
#define TEACH_QUIZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>

enum quiz_kind { QUIZ_FLAGS, QUIZ_SEQ, QUIZ_ACK, QUIZ_STATE, QUIZ_KINDS };

struct quiz_question {
	uint32_t row; /* in the analysis */
	uint8_t kind; /* enum quiz_kind */
	uint8_t side; /* enum tcphs_side: whose segment, or whose state */
};

enum quiz_verdict {
	QUIZ_RIGHT,
	QUIZ_WRONG,
	QUIZ_UNREADABLE, /* no flags, number or state */
};

static inline const struct tcphs_row *quiz_row(const struct tcphs_analysis *analysis,
                                               const struct quiz_question *question)
{
	return &analysis->row[question->row];
}

/* Whether this can be asked of the row at all. */
bool quiz_can_ask(const struct tcphs_analysis *analysis, const struct quiz_question *question);
/* Writes the questions that `row` allows, at most QUIZ_PER_ROW; returns how many. */
#define QUIZ_PER_ROW 5
size_t quiz_questions(const struct tcphs_analysis *analysis, uint32_t row,
                      struct quiz_question question[QUIZ_PER_ROW]);

/* "The server answers. Which flags are set?" As snprintf. */
size_t quiz_prompt(const struct tcphs_analysis *analysis, const struct quiz_question *question,
                   char *text, size_t size);
/* The same for a line of some fifty cells: "server SYN-ACK seq 0: its ack?". As snprintf. */
size_t quiz_prompt_short(const struct tcphs_analysis *analysis,
                         const struct quiz_question *question, char *text, size_t size);
/* The right answer: "SYN-ACK", "101", "TIME-WAIT". As snprintf. */
size_t quiz_answer(const struct tcphs_analysis *analysis, const struct quiz_question *question,
                   char *text, size_t size);
/* Judges an answer as people type it: "syn ack", "SA", "S.", "0x12", "time_wait", "SYN_RECV",
 * relative or raw numbers, "2,708,437,551", "ISN + 1". */
enum quiz_verdict quiz_check(const struct tcphs_analysis *analysis,
                             const struct quiz_question *question, const char *answer);

/* Chooses `count` of questions[0..total), deterministically by `seed`, at most one a row of one
 * connection, and moves them to the front in their order. Returns how many. Rows of different
 * connections are told apart by `connection[i]`, which is moved along. */
size_t quiz_choose(struct quiz_question *question, uint64_t *connection, size_t total, size_t count,
                   uint64_t seed);

#endif
