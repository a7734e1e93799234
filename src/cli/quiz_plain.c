/* SPDX-License-Identifier: BSD-3-Clause */
/* A quiz on standard input and output: predict the next flags, numbers and states. */
#include "cli/quiz.h"

#include "cli/classroom.h"
#include "cli/command.h"
#include "cli/run.h"

#include "teach/quiz_pool.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

uint64_t quiz_seed(const struct options *options)
{
	return options->seed > 0 ? options->seed : (uint64_t)time(NULL) % 100000 + 1;
}

struct quiz {
	const struct options *options;
	struct quiz_pool pool; /* connections by their place in the tracker */
	struct classroom classroom;
	struct tcphs_ladder ladder;
	size_t shown; /* lines of the ladder that stand there already */
	uint64_t asked, right;
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct quiz *quiz = context;

	if (run->index == TCPHS_LEAVING)
		return true; /* it couldn't be shown when it is asked about */
	if (!quiz_pool_add(&quiz->pool, analysis, run->index)) {
		run_no_memory(run);
		return false;
	}
	return !quiz_pool_is_full(&quiz->pool);
}

/* The connection of question `at` is analysed and its ladder built, if it is another one. */
static bool turn_to(struct quiz *quiz, struct run *run, size_t at)
{
	const struct tcphs_ladder_options options = {.numeric = quiz->options->numeric,
	                                             .wrap = quiz->classroom.width};
	const uint64_t *connection = quiz->pool.connection;
	char title[256];

	if (at > 0 && connection[at] == connection[at - 1])
		return true;
	if (!run_again(run, (size_t)connection[at]))
		return false;
	if (!tcphs_ladder_build(&quiz->ladder, run->analysis, &options)) {
		run_no_memory(run);
		return false;
	}
	quiz->shown = 0;
	tcphs_ladder_title(&quiz->ladder, false, title, sizeof(title));
	classroom_say(&quiz->classroom, "", 0);
	classroom_title(&quiz->classroom, title);
	classroom_ladder(&quiz->classroom, &quiz->ladder, TCPHS_LADDER_HEADS, 0);
	return true;
}

/* Shows the ladder up to the row before question's. */
static void show_until(struct quiz *quiz, uint32_t row)
{
	size_t line = quiz->shown;

	while (line < quiz->ladder.lines && (quiz->ladder.line[line].row < row ||
	                                     (quiz->ladder.line[line].row == row &&
	                                      quiz->ladder.line[line].kind == TCPHS_LINE_START)))
		line++;
	classroom_ladder(&quiz->classroom, &quiz->ladder, quiz->shown, line);
	quiz->shown = line;
}

static void say_verdict(struct quiz *quiz, const struct tcphs_analysis *analysis,
                        const struct quiz_question *question, enum quiz_verdict verdict)
{
	char answer[64], text[128];

	quiz_answer(analysis, question, answer, sizeof(answer));
	snprintf(text, sizeof(text),
	         verdict == QUIZ_RIGHT   ? "Right: %s."
	         : verdict == QUIZ_WRONG ? "No: it is %s."
	                                 : "It is %s.",
	         answer);
	classroom_say(&quiz->classroom, text, 0);
	show_until(quiz, question->row + 1);
	classroom_explain(&quiz->classroom, &quiz->ladder,
	                  tcphs_ladder_line_of(&quiz->ladder, question->row));
}

static const char *const hint[QUIZ_KINDS] = {
    [QUIZ_FLAGS] = "Name the flags, for example SYN-ACK; ? tells the answer, q ends.",
    [QUIZ_SEQ] = "A number, relative to the ISN or raw; ? tells the answer, q ends.",
    [QUIZ_ACK] = "A number, relative to the ISN or raw; ? tells the answer, q ends.",
    [QUIZ_STATE] = "A state, for example SYN-SENT; ? tells the answer, q ends.",
};

static void ask(struct quiz *quiz, const struct tcphs_analysis *analysis,
                const struct quiz_question *question, size_t number, size_t of)
{
	struct classroom *room = &quiz->classroom;
	enum quiz_verdict verdict = QUIZ_UNREADABLE;
	char prompt[512], text[600];

	classroom_say(room, "", 0);
	quiz_prompt(analysis, question, prompt, sizeof(prompt));
	snprintf(text, sizeof(text), "%zu/%zu  %s", number, of, prompt);
	classroom_say(room, text, 0);
	while (verdict == QUIZ_UNREADABLE) {
		if (!classroom_ask(room, "> "))
			return;
		if (strchr(room->answer, '?') != NULL)
			break; /* behind a guess, too: who asks is told */
		verdict = quiz_check(analysis, question, room->answer);
		if (verdict == QUIZ_UNREADABLE)
			classroom_say(room, hint[question->kind], 0);
	}
	quiz->asked++;
	quiz->right += verdict == QUIZ_RIGHT;
	say_verdict(quiz, analysis, question, verdict);
}

static void hold(struct quiz *quiz, struct run *run)
{
	struct classroom *room = &quiz->classroom;
	const uint64_t seed = quiz_seed(quiz->options);
	size_t count;
	char text[160];

	quiz_pool_choose(&quiz->pool, quiz->options->count, seed);
	count = quiz->pool.count;
	if (count == 0) {
		classroom_say(room, "There is no connection here of which a next segment follows.",
		              0);
		return;
	}
	snprintf(text, sizeof(text), "%zu question%s, the same again with --seed %llu.", count,
	         count == 1 ? "" : "s", (unsigned long long)seed);
	classroom_say(room, text, 0);
	for (size_t i = 0; i < count && !room->over; i++) {
		if (!turn_to(quiz, run, i))
			return;
		show_until(quiz, quiz->pool.question[i].row);
		ask(quiz, run->analysis, &quiz->pool.question[i], i + 1, count);
	}
	classroom_say(room, "", 0);
	snprintf(text, sizeof(text), "%llu of %llu right.", (unsigned long long)quiz->right,
	         (unsigned long long)quiz->asked);
	classroom_say(room, text, 0);
}

static void after(void *context, struct run *run)
{
	struct quiz *quiz = context;

	if (classroom_open(&quiz->classroom, quiz->options))
		hold(quiz, run);
	run_code(run, classroom_close(&quiz->classroom));
}

int quiz_plain(const struct options *options)
{
	struct quiz quiz = {.options = options};
	const struct run_hooks hooks = {
	    .rows = true, .connection = on_connection, .context = &quiz};
	int code = run_all(options, &hooks, NULL, after);

	tcphs_ladder_free(&quiz.ladder);
	quiz_pool_free(&quiz.pool);
	return code;
}
