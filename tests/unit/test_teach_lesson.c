/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "teach/lesson_reply.h"

static const char good[] = "# a comment\n"
                           ".title Two steps\n"
                           ".source RFC 9293 §3.4\n"
                           ".capture a.pcap\n"
                           ".page One\n"
                           "First line\n"
                           "and more.\n"
                           "\n"
                           "Second paragraph.\n"
                           ".show 1-3\n"
                           ".connection 2\n"
                           ".explain 2\n"
                           ".ask Which flags?\n"
                           ".right SYN-ACK|SA\n"
                           "Because.\n"
                           ".wrong ACK\n"
                           "Half of it.\n"
                           ".else\n"
                           "Look again.\n"
                           "\n"
                           ".page Two\n"
                           "End.";

static struct lesson *compile(const char *text, struct tcphs_error *error)
{
	return lesson_compile(text, strlen(text), "x.lesson", error);
}

static void items(void **state)
{
	static const enum lesson_kind kind[] = {LESSON_CAPTURE, LESSON_PAGE,       LESSON_TEXT,
	                                        LESSON_SHOW,    LESSON_CONNECTION, LESSON_EXPLAIN,
	                                        LESSON_ASK,     LESSON_PAGE,       LESSON_TEXT};
	struct tcphs_error error = {0};
	struct lesson *lesson = compile(good, &error);

	(void)state;
	assert_non_null(lesson);
	assert_string_equal(lesson->title.data, "Two steps");
	assert_int_equal(lesson->items, sizeof(kind) / sizeof(kind[0]));
	for (size_t i = 0; i < lesson->items; i++)
		assert_int_equal(lesson->item[i].kind, kind[i]);
	assert_string_equal(lesson->item[2].text.data, "First line and more.\n\nSecond paragraph.");
	assert_int_equal(lesson->item[3].first, 1);
	assert_int_equal(lesson->item[3].last, 3);
	assert_int_equal(lesson->item[6].answers, 3);
	lesson_free(lesson);
}

/* What stands behind a reply and an empty line is no reply: who was right reads it, too. */
static void after_replies(void **state)
{
	static const char text[] = ".title T\n.ask Q\n.right 1\n\nWell\ndone.\n\n.else\nNo.\n"
	                           ".title U\n\n\nFor everybody.\n\nAnd more.\n";
	struct lesson *lesson = compile(text, NULL);

	(void)state;
	assert_non_null(lesson);
	assert_int_equal(lesson->items, 2);
	assert_string_equal(lesson_judge(&lesson->item[0], "1")->why.data, "Well done.");
	assert_string_equal(lesson_judge(&lesson->item[0], "2")->why.data, "No.");
	assert_int_equal(lesson->item[1].kind, LESSON_TEXT);
	assert_string_equal(lesson->item[1].text.data, "For everybody.\n\nAnd more.");
	lesson_free(lesson);
}

static void answers(void **state)
{
	struct lesson *lesson = compile(good, NULL);
	const struct lesson_item *question = &lesson->item[6];
	char text[32];

	(void)state;
	assert_true(lesson_judge(question, "syn ack")->right);
	assert_true(lesson_judge(question, " sa ")->right);
	assert_string_equal(lesson_judge(question, "ack")->why.data, "Half of it.");
	assert_string_equal(lesson_judge(question, "fin")->why.data, "Look again.");
	assert_false(lesson_judge(question, "")->right);
	lesson_right_answer(question, text, sizeof(text));
	assert_string_equal(text, "SYN-ACK");
	lesson_free(lesson);
}

static void mistakes(void **state)
{
	static const struct {
		const char *text, *error;
	} bad[] = {
	    {"", "x.lesson line 1: the lesson has no .title"},
	    {".title A\n", "x.lesson line 1: the lesson is empty"},
	    {".title A\n.pge B\n",
	     "x.lesson line 2: '.pge' is no word of lessons; did you mean .page?"},
	    {".title A\n.frobnicate\n",
	     "x.lesson line 2: '.frobnicate' is no word of lessons; doc"},
	    {".title A\n.show 1\n", "x.lesson line 2: a .capture must come before"},
	    {".title A\n.capture c\n.show x\n", "x.lesson line 3: a number"},
	    {".title A\n.capture c\n.show 5-3\n", "x.lesson line 3: a number"},
	    {".title A\n.ask Q?\n.wrong 1\n", "x.lesson line 2: this question has no .right"},
	    {".title A\n.right 1\n", "x.lesson line 2: an answer must come after"},
	    {".title A\n.ask\n", "x.lesson line 2: something must follow"},
	};
	struct tcphs_error error = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_null(compile(bad[i].text, &error));
		assert_ptr_equal(strstr(error.text, bad[i].error), error.text);
	}
}

static void replies(void **state)
{
	struct tcphs_error error = {0};
	struct lesson *lesson = compile(good, &error);
	const struct lesson_item *question;
	struct lesson_score score = {0};
	struct text verdict = {0}, told = {0};

	(void)state;
	assert_non_null(lesson);
	question = &lesson->item[6];
	assert_int_equal(lesson_reply(question, "sa", &score, &verdict, &told), LESSON_RIGHT);
	assert_string_equal(verdict.data, "Right. Because.");
	assert_int_equal(told.length, 0);
	assert_int_equal(lesson_reply(question, "ack", &score, &verdict, &told), LESSON_AGAIN);
	assert_string_equal(verdict.data, "No. Half of it.");
	assert_int_equal(lesson_reply(question, "syn-ack", &score, &verdict, &told), LESSON_RIGHT);
	assert_int_equal(score.asked, 2);
	assert_int_equal(score.right, 1); /* the second one was no first try */
	for (int i = 1; i < LESSON_TRIES; i++)
		assert_int_equal(lesson_reply(question, "fin", &score, &verdict, &told),
		                 LESSON_AGAIN);
	assert_int_equal(lesson_reply(question, "fin", &score, &verdict, &told), LESSON_TOLD);
	assert_string_equal(verdict.data, "No. Look again.");
	assert_string_equal(told.data, "It is: SYN-ACK. Because.");
	score.tried = 0;
	assert_int_equal(lesson_reply(question, "", &score, &verdict, &told), LESSON_AGAIN);
	assert_int_equal(score.tried, 0);
	assert_int_equal(lesson_reply(question, "?", &score, &verdict, &told), LESSON_TOLD);
	assert_int_equal(verdict.length, 0);
	assert_int_equal(score.asked, 4);
	assert_int_equal(score.right, 1);
	text_free(&verdict);
	text_free(&told);
	lesson_free(lesson);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(items),   cmocka_unit_test(after_replies), cmocka_unit_test(answers),
	    cmocka_unit_test(replies), cmocka_unit_test(mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
