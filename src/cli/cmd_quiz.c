/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs quiz: predict the next flags, numbers and states. */
#include "cli/classroom.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

#include "teach/quiz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	USUAL_COUNT = 10,
	QUESTIONS_MAX = 100000, /* of which some are chosen */
};

struct quiz {
	const struct options *options;
	struct quiz_question *question;
	uint64_t *index; /* in the tracker, of each question's connection */
	size_t count, room;
	struct classroom classroom;
	struct tcphs_ladder ladder;
	size_t shown; /* lines of the ladder that stand there already */
	uint64_t asked, right;
};

static bool make_room(struct quiz *quiz)
{
	const size_t room = quiz->room == 0 ? 256 : quiz->room * 2;
	struct quiz_question *question;
	uint64_t *index;

	if (quiz->count + QUIZ_PER_ROW <= quiz->room)
		return true;
	question = realloc(quiz->question, room * sizeof(*question));
	if (question != NULL)
		quiz->question = question;
	index = realloc(quiz->index, room * sizeof(*index));
	if (index != NULL)
		quiz->index = index;
	if (question == NULL || index == NULL)
		return false;
	quiz->room = room;
	return true;
}

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct quiz *quiz = context;

	if (run->index == TCPHS_LEAVING)
		return true; /* it couldn't be shown when it is asked about */
	for (uint32_t row = 0; row < analysis->rows; row++) {
		size_t count;

		if (!make_room(quiz)) {
			run_no_memory(run);
			return false;
		}
		count = quiz_questions(analysis, row, quiz->question + quiz->count);
		for (size_t i = 0; i < count; i++)
			quiz->index[quiz->count + i] = run->index;
		quiz->count += count;
	}
	return quiz->count < QUESTIONS_MAX;
}

/* The connection of question `at` is analysed and its ladder built, if it is another one. */
static bool turn_to(struct quiz *quiz, struct run *run, size_t at)
{
	const struct tcphs_ladder_options options = {.numeric = quiz->options->numeric,
	                                             .wrap = quiz->classroom.width};
	char title[256];

	if (at > 0 && quiz->index[at] == quiz->index[at - 1])
		return true;
	if (!run_again(run, (size_t)quiz->index[at]))
		return false;
	if (!tcphs_ladder_build(&quiz->ladder, &run->analysis, &options)) {
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
		if (strcmp(room->answer, "?") == 0)
			break;
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
	const uint64_t wanted = quiz->options->count > 0 ? quiz->options->count : USUAL_COUNT;
	const uint64_t seed =
	    quiz->options->seed > 0 ? quiz->options->seed : (uint64_t)time(NULL) % 100000 + 1;
	const size_t count = quiz_choose(quiz->question, quiz->index, quiz->count,
	                                 wanted < SIZE_MAX ? (size_t)wanted : SIZE_MAX, seed);
	char text[160];

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
		show_until(quiz, quiz->question[i].row);
		ask(quiz, &run->analysis, &quiz->question[i], i + 1, count);
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

/* Answers come from standard input, so the capture can't. */
static bool reads_standard_input(const struct options *options)
{
	for (size_t i = 0; i < options->argument_count; i++)
		if (strcmp(options->arguments[i], "-") == 0)
			return true;
	return options->argument_count == 0;
}

int cmd_quiz(const struct options *options)
{
	struct quiz quiz = {.options = options};
	const struct run_hooks hooks = {
	    .rows = true, .connection = on_connection, .context = &quiz};
	int code;

	if (reads_standard_input(options)) {
		message("quiz reads the answers from standard input; name a capture file");
		return EXIT_USAGE;
	}
	code = run_all(options, &hooks, NULL, after);
	tcphs_ladder_free(&quiz.ladder);
	free(quiz.question);
	free(quiz.index);
	return code;
}
