/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "teach/quiz.h"

#define CLIENT_ISN 4294967295u
#define SERVER_ISN 5000u

static const struct tcphs_rule moved = {0, 0, "rcv SYN-ACK", "3.10.7.3"};

/* A three-way open whose client ISN is the last number there is, then a repeated ACK. */
static struct tcphs_row rows[] = {
    {.packet = 1,
     .from = TCPHS_CLIENT,
     .role = TCPHS_ROLE_SYN,
     .flags = TCPHS_SYN,
     .seq = CLIENT_ISN,
     .state = {TCPHS_SYN_SENT, TCPHS_SYN_RECEIVED},
     .again = -1,
     .vars = {{.iss = CLIENT_ISN, .snd_nxt = 0, .iss_known = true}}},
    {.packet = 2,
     .from = TCPHS_SERVER,
     .role = TCPHS_ROLE_SYNACK,
     .flags = TCPHS_SYN | TCPHS_ACK,
     .seq = SERVER_ISN,
     .ack = 0,
     .state = {TCPHS_ESTABLISHED, TCPHS_SYN_RECEIVED},
     .again = -1,
     .rule = {&moved, NULL},
     .vars = {{.iss = CLIENT_ISN, .iss_known = true},
              {.iss = SERVER_ISN,
               .snd_nxt = SERVER_ISN + 1,
               .rcv_nxt = 0,
               .iss_known = true,
               .irs_known = true}}},
    {.packet = 3,
     .from = TCPHS_CLIENT,
     .role = TCPHS_ROLE_ACK,
     .flags = TCPHS_ACK,
     .seq = 0,
     .ack = SERVER_ISN + 1,
     .state = {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     .again = -1,
     .rule = {NULL, &moved},
     .vars = {{.iss = CLIENT_ISN,
               .snd_nxt = 0,
               .rcv_nxt = SERVER_ISN + 1,
               .iss_known = true,
               .irs_known = true}}},
    {.packet = 4,
     .from = TCPHS_CLIENT,
     .role = TCPHS_ROLE_ACK,
     .flags = TCPHS_ACK,
     .seq = 0,
     .ack = SERVER_ISN + 1,
     .state = {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     .again = 2},
};

static struct tcphs_analysis analysis = {
    .connection = {.id = 1,
                   .end = {{.isn_known = true, .isn = CLIENT_ISN},
                           {.isn_known = true, .isn = SERVER_ISN}}},
    .row = rows,
    .rows = 4,
};

static enum quiz_verdict judge(uint32_t row, enum quiz_kind kind, enum tcphs_side side,
                               const char *answer)
{
	const struct quiz_question question = {row, (uint8_t)kind, (uint8_t)side};

	assert_true(quiz_can_ask(&analysis, &question));
	return quiz_check(&analysis, &question, answer);
}

static void what_can_be_asked(void **state)
{
	struct quiz_question question[QUIZ_PER_ROW];

	(void)state;
	assert_int_equal(quiz_questions(&analysis, 0, question), 1); /* the flags of the SYN */
	assert_int_equal(quiz_questions(&analysis, 1, question),
	                 3); /* flags, ack, client's state */
	assert_int_equal(question[2].kind, QUIZ_STATE);
	assert_int_equal(question[2].side, TCPHS_CLIENT);
	assert_int_equal(quiz_questions(&analysis, 2, question), 4);
	assert_int_equal(quiz_questions(&analysis, 3, question), 0); /* a repetition */
}

/* In which state the receiver of a SYN is, whether or not the server speaks before the SYN comes
 * again. */
static void what_was_never_heard(void **state)
{
	static const struct {
		const char *what;
		enum tcphs_side from; /* of the row after the SYN */
		int again;            /* that it repeats */
		enum tcphs_fate fate;
		size_t rows;
		bool asked;
	} cases[] = {
	    {"answered", TCPHS_SERVER, -1, TCPHS_DELIVERED, 2, true},
	    {"repeated, then answered", TCPHS_CLIENT, 0, TCPHS_DELIVERED, 3, false},
	    {"captured twice, then answered", TCPHS_CLIENT, 0, TCPHS_COPY, 3, true},
	    {"never answered", TCPHS_CLIENT, 0, TCPHS_DELIVERED, 2, false},
	    {"the last row", TCPHS_SERVER, -1, TCPHS_DELIVERED, 1, false},
	};
	const struct quiz_question server = {0, QUIZ_STATE, TCPHS_SERVER},
	                           client = {0, QUIZ_STATE, TCPHS_CLIENT};
	struct tcphs_row row[3];
	const struct tcphs_analysis heard = {.connection = analysis.connection, .row = row};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tcphs_analysis of = heard;

		row[0] = rows[0];
		row[1] = row[2] = rows[1];
		row[0].rule[TCPHS_CLIENT] = row[0].rule[TCPHS_SERVER] = &moved;
		row[1].from = (uint8_t)cases[i].from;
		row[1].again = cases[i].again;
		row[1].fate = (uint8_t)cases[i].fate;
		of.rows = cases[i].rows;
		if (quiz_can_ask(&of, &server) != cases[i].asked)
			fail_msg("%s: asked is %d", cases[i].what, !cases[i].asked);
		assert_true(quiz_can_ask(&of, &client));
	}
}

/* What moved nobody is not asked about; a SYN that a closed port ignores has moved its sender. */
static void what_was_ignored(void **state)
{
	const struct quiz_question question = {0, QUIZ_FLAGS, TCPHS_CLIENT};
	struct tcphs_row row = rows[0];
	const struct tcphs_analysis ignored = {
	    .connection = analysis.connection, .row = &row, .rows = 1};

	(void)state;
	row.fate = TCPHS_IGNORED;
	assert_false(quiz_can_ask(&ignored, &question));
	row.rule[TCPHS_CLIENT] = &moved;
	assert_true(quiz_can_ask(&ignored, &question));
}

static void flags(void **state)
{
	(void)state;
	assert_int_equal(judge(1, QUIZ_FLAGS, TCPHS_SERVER, "SYN-ACK"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_FLAGS, TCPHS_SERVER, " ack, syn\n"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_FLAGS, TCPHS_SERVER, "sa"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_FLAGS, TCPHS_SERVER, "syn"), QUIZ_WRONG);
	assert_int_equal(judge(1, QUIZ_FLAGS, TCPHS_SERVER, "what"), QUIZ_UNREADABLE);
	assert_int_equal(judge(1, QUIZ_FLAGS, TCPHS_SERVER, " "), QUIZ_UNREADABLE);
}

/* ISN + 1 is 0 here, and 1 counted from the ISN. */
static void numbers(void **state)
{
	(void)state;
	assert_int_equal(judge(1, QUIZ_ACK, TCPHS_SERVER, "1"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_ACK, TCPHS_SERVER, "0"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_ACK, TCPHS_SERVER, "2"), QUIZ_WRONG);
	assert_int_equal(judge(2, QUIZ_ACK, TCPHS_CLIENT, "5001"), QUIZ_RIGHT);
	assert_int_equal(judge(2, QUIZ_SEQ, TCPHS_CLIENT, "1"), QUIZ_RIGHT);
	assert_int_equal(judge(2, QUIZ_SEQ, TCPHS_CLIENT, "one"), QUIZ_UNREADABLE);
}

static void states(void **state)
{
	(void)state;
	assert_int_equal(judge(1, QUIZ_STATE, TCPHS_CLIENT, "established"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_STATE, TCPHS_CLIENT, "ESTAB"), QUIZ_RIGHT);
	assert_int_equal(judge(1, QUIZ_STATE, TCPHS_CLIENT, "syn-rcvd"), QUIZ_WRONG);
	assert_int_equal(judge(1, QUIZ_STATE, TCPHS_CLIENT, "Syn_Received"), QUIZ_WRONG);
	assert_int_equal(judge(1, QUIZ_STATE, TCPHS_CLIENT, "open"), QUIZ_UNREADABLE);
}

static void wording(void **state)
{
	const struct quiz_question ack = {1, QUIZ_ACK, TCPHS_SERVER},
	                           flags = {1, QUIZ_FLAGS, TCPHS_SERVER},
	                           in = {1, QUIZ_STATE, TCPHS_CLIENT};
	char text[200];

	(void)state;
	quiz_prompt(&analysis, &ack, text, sizeof(text));
	assert_string_equal(text, "The server sends SYN-ACK, seq 0. Which acknowledgement number?");
	quiz_prompt(&analysis, &in, text, sizeof(text));
	assert_string_equal(
	    text,
	    "The server sends SYN-ACK, seq 0, ack 1. In which state is the client when it has it?");
	quiz_prompt_short(&analysis, &flags, text, sizeof(text));
	assert_string_equal(text, "server answers: its flags?");
	quiz_answer(&analysis, &ack, text, sizeof(text));
	assert_string_equal(text, "1");
	quiz_answer(&analysis, &in, text, sizeof(text));
	assert_string_equal(text, "ESTABLISHED");
}

static void choosing(void **state)
{
	struct quiz_question all[300], again[300];
	uint64_t connection[300], same[300];
	size_t count;

	(void)state;
	for (uint32_t i = 0; i < 300; i++) {
		all[i] = again[i] = (struct quiz_question){i / 3, (uint8_t)(i % 3), TCPHS_CLIENT};
		connection[i] = same[i] = i / 30;
	}
	count = quiz_choose(all, connection, 300, 10, 7);
	assert_int_equal(count, 10);
	assert_int_equal(quiz_choose(again, same, 300, 10, 7), 10);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(all[i].row, again[i].row);
		assert_int_equal(all[i].kind, again[i].kind);
		assert_int_equal(connection[i], all[i].row / 10);
		if (i > 0)
			assert_true(all[i].row > all[i - 1].row);
	}
	for (uint32_t i = 0; i < 6; i++)
		all[i] = (struct quiz_question){i / 3, (uint8_t)(i % 3), TCPHS_CLIENT};
	memset(connection, 0, sizeof(connection));
	assert_int_equal(quiz_choose(all, connection, 6, 10, 1), 2);
}

/* An answer in any of the ways in which one is written is the answer. */
static void ways(void **state)
{
	static const struct {
		uint32_t row;
		enum quiz_kind kind;
		const char *said;
		enum quiz_verdict verdict;
	} way[] = {
	    {1, QUIZ_FLAGS, "SYN, ACK", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "syn+ack", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "SYN/ACK", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "ack and syn", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "[S.]", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "SA", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "0x012", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "SYN ACK ECE", QUIZ_RIGHT},
	    {1, QUIZ_FLAGS, "SYN.", QUIZ_WRONG},
	    {1, QUIZ_FLAGS, "S", QUIZ_WRONG},
	    {1, QUIZ_FLAGS, "0x10", QUIZ_WRONG},
	    {1, QUIZ_FLAGS, "0xfff", QUIZ_UNREADABLE},
	    {1, QUIZ_FLAGS, "a SYN", QUIZ_UNREADABLE},
	    {2, QUIZ_ACK, "1", QUIZ_RIGHT},
	    {2, QUIZ_ACK, "0x1389", QUIZ_RIGHT},
	    {2, QUIZ_ACK, "5,001", QUIZ_RIGHT},
	    {2, QUIZ_ACK, "5 001", QUIZ_RIGHT},
	    {2, QUIZ_ACK, "ack=5001", QUIZ_RIGHT},
	    {2, QUIZ_ACK, "ISN + 1", QUIZ_RIGHT},
	    {2, QUIZ_ACK, "isn+5001", QUIZ_WRONG},
	    {2, QUIZ_ACK, "ISN", QUIZ_UNREADABLE},
	    {2, QUIZ_ACK, "1 or 2", QUIZ_UNREADABLE},
	    {2, QUIZ_STATE, "ESTAB", QUIZ_RIGHT},
	    {2, QUIZ_STATE, "SYN_RECV", QUIZ_WRONG},
	    {2, QUIZ_STATE, "listening", QUIZ_WRONG},
	    {2, QUIZ_STATE, "open", QUIZ_UNREADABLE},
	    {2, QUIZ_STATE, "established ?", QUIZ_RIGHT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		const enum tcphs_side side = way[i].row == 1             ? TCPHS_SERVER
		                             : way[i].kind == QUIZ_STATE ? TCPHS_SERVER
		                                                         : TCPHS_CLIENT;

		assert_int_equal(judge(way[i].row, way[i].kind, side, way[i].said), way[i].verdict);
	}
}

/* Whether the server takes what rode on the SYN can't be foreseen. */
static void data_on_syn(void **state)
{
	const struct quiz_question question = {1, QUIZ_ACK, TCPHS_SERVER};

	(void)state;
	assert_true(quiz_can_ask(&analysis, &question));
	analysis.connection.open.data_in_syn = 51;
	assert_false(quiz_can_ask(&analysis, &question));
	analysis.connection.open.data_in_syn = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ways),
	    cmocka_unit_test(data_on_syn),
	    cmocka_unit_test(what_can_be_asked),
	    cmocka_unit_test(what_was_never_heard),
	    cmocka_unit_test(what_was_ignored),
	    cmocka_unit_test(flags),
	    cmocka_unit_test(numbers),
	    cmocka_unit_test(states),
	    cmocka_unit_test(wording),
	    cmocka_unit_test(choosing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
