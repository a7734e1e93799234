/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs learn: lessons on captures, page by page: read, step, predict, see why. */
#include "cli/classroom.h"
#include "cli/command.h"
#include "cli/lessons.h"
#include "cli/message.h"
#include "cli/run.h"
#include "cli/sandbox.h"

#include "base/escape.h"
#include "base/file.h"
#include "teach/lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3 }; /* then the answer is told */

struct course {
	const struct options *options;
	const struct lesson *lesson;
	const char *path; /* of the lesson; captures are beside it */
	struct classroom classroom;
	struct run run; /* of the capture on the table */
	bool open;      /* there is one */
	struct tcphs_ladder ladder;
	bool headed; /* its column heads stand there */
	unsigned asked, right;
	int code;
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	(void)context;
	(void)run;
	(void)analysis;
	return true;
}

static void stop(struct course *course, int code)
{
	course->classroom.over = true;
	if (code > course->code)
		course->code = code;
}

static void put_away(struct course *course)
{
	tcphs_ladder_free(&course->ladder);
	course->headed = false;
	if (course->open)
		run_close(&course->run);
	course->open = false;
}

/* Builds the ladder of connection `id` of the capture on the table. */
static void turn_to(struct course *course, const struct lesson_item *item, uint64_t id)
{
	const struct tcphs_ladder_options options = {.wrap = course->classroom.width};
	size_t count = 0;

	if (course->open)
		count = tcphs_tracker_count(tcphs_session_tracker(course->run.session));
	if (id == 0 || id > count) {
		message("line %u of the lesson: the capture has %zu connections, and no %llu",
		        item->line, count, (unsigned long long)id);
		stop(course, EXIT_USAGE);
		return;
	}
	if (!run_again(&course->run, (size_t)id - 1) ||
	    !tcphs_ladder_build(&course->ladder, &course->run.analysis, &options))
		stop(course, EXIT_USAGE);
	course->headed = false;
}

/* A capture's path is relative to the lesson's file. */
static bool capture_path(const struct course *course, const char *name, struct text *path)
{
	const char *slash = strrchr(course->path, '/');

	if (name[0] != '/' && slash != NULL)
		text_add_octets(path, course->path, (size_t)(slash + 1 - course->path));
	text_add(path, name);
	return !path->failed;
}

static void take_capture(struct course *course, const struct lesson_item *item)
{
	static const struct run_hooks hooks = {.rows = true, .connection = on_connection};
	struct options options = {.color = course->options->color,
	                          .ascii = course->options->ascii,
	                          .quiet = true,
	                          .no_sandbox = true, /* it is inside already */
	                          .argument_count = 1};
	struct text path = {0};
	const char *argument;

	put_away(course);
	if (!capture_path(course, item->text.data, &path)) {
		stop(course, EXIT_USAGE);
		text_free(&path);
		return;
	}
	argument = path.data;
	options.arguments = &argument;
	course->open = run_open(&course->run, &options, &hooks);
	if (course->open) {
		run_read(&course->run);
		turn_to(course, item, 1);
	} else {
		stop(course, run_close(&course->run));
	}
	/* What is asked of the run from here on is in the options of the program. */
	course->run.options = course->options;
	text_free(&path);
}

/* Lines of the ladder whose packets lie between first and last. */
static void show(struct course *course, const struct lesson_item *item)
{
	const struct tcphs_row *row = course->run.analysis.row;

	classroom_say(&course->classroom, "", 0);
	if (!course->headed)
		classroom_ladder(&course->classroom, &course->ladder, TCPHS_LADDER_HEADS, 0);
	course->headed = true;
	for (size_t i = 0; i < course->ladder.lines; i++) {
		const struct tcphs_line *line = &course->ladder.line[i];
		const uint64_t from = row[line->row].packet;
		const uint64_t to =
		    line->kind == TCPHS_LINE_RUN ? row[line->last_row].packet : from;

		if (to >= item->first && from <= item->last)
			classroom_ladder(&course->classroom, &course->ladder, i, i + 1);
	}
}

static void explain(struct course *course, const struct lesson_item *item)
{
	const struct tcphs_analysis *analysis = &course->run.analysis;

	for (size_t i = 0; i < analysis->rows; i++) {
		if (analysis->row[i].packet != item->first)
			continue;
		classroom_explain(&course->classroom, &course->ladder,
		                  tcphs_ladder_line_of(&course->ladder, i));
		return;
	}
	message("line %u of the lesson: packet %llu is none of this connection", item->line,
	        (unsigned long long)item->first);
	stop(course, EXIT_USAGE);
}

static void say_why(struct course *course, const char *verdict, const struct lesson_answer *answer)
{
	struct text text = {0};

	text_add(&text, verdict);
	if (answer != NULL && answer->why.length > 0)
		text_addf(&text, " %s", answer->why.data);
	if (!text.failed)
		classroom_say(&course->classroom, text.data, 0);
	text_free(&text);
}

static const struct lesson_answer *first_right(const struct lesson_item *question)
{
	for (size_t i = 0; i < question->answers; i++)
		if (question->answer[i].right)
			return &question->answer[i];
	return NULL;
}

static void tell(struct course *course, const struct lesson_item *question)
{
	char answer[128], verdict[160];

	lesson_right_answer(question, answer, sizeof(answer));
	snprintf(verdict, sizeof(verdict), "It is: %s.", answer);
	say_why(course, verdict, first_right(question));
}

static void ask(struct course *course, const struct lesson_item *question)
{
	struct classroom *room = &course->classroom;

	classroom_say(room, "", 0);
	classroom_title(room, question->text.data);
	for (int tried = 1;; tried++) {
		const struct lesson_answer *answer;

		if (!classroom_ask(room, "> "))
			return;
		if (strcmp(room->answer, "?") == 0)
			break;
		answer = lesson_judge(question, room->answer);
		if (answer != NULL && answer->right) {
			course->right += tried == 1;
			course->asked++;
			say_why(course, "Right.", answer);
			return;
		}
		say_why(course, "No.", answer);
		if (tried == TRIES)
			break;
	}
	course->asked++;
	tell(course, question);
}

/* A page begins when the one before was read. */
static void turn_page(struct course *course, const struct lesson_item *item, bool first)
{
	classroom_say(&course->classroom, "", 0);
	if (!first && !classroom_ask(&course->classroom, "Enter goes on, q ends > "))
		return;
	classroom_title(&course->classroom, item->text.data);
}

static void go_through(struct course *course)
{
	bool first = true;

	for (size_t i = 0; i < course->lesson->items && !course->classroom.over; i++) {
		const struct lesson_item *item = &course->lesson->item[i];

		switch (item->kind) {
		case LESSON_PAGE:
			turn_page(course, item, first);
			first = false;
			break;
		case LESSON_TEXT:
			classroom_say(&course->classroom, "", 0);
			classroom_say(&course->classroom, item->text.data, 0);
			break;
		case LESSON_CAPTURE:
			take_capture(course, item);
			break;
		case LESSON_CONNECTION:
			turn_to(course, item, item->first);
			break;
		case LESSON_SHOW:
			show(course, item);
			break;
		case LESSON_EXPLAIN:
			explain(course, item);
			break;
		case LESSON_ASK:
			ask(course, item);
			break;
		}
	}
}

static void say_end(struct course *course)
{
	struct text text = {0};

	classroom_say(&course->classroom, "", 0);
	if (course->asked > 0)
		text_addf(&text, "%u of %u right at the first try.", course->right, course->asked);
	if (!course->classroom.over && course->lesson->source.length > 0)
		text_addf(&text, "%sRead on: %s.", text.length > 0 ? "\n" : "",
		          course->lesson->source.data);
	if (text.length > 0 && !text.failed)
		classroom_say(&course->classroom, text.data, 0);
	text_free(&text);
}

static int learn(const struct options *options, const char *path, const struct lesson *lesson)
{
	struct course course = {.options = options, .lesson = lesson, .path = path};
	int code;

	if (classroom_open(&course.classroom, options)) {
		classroom_title(&course.classroom, lesson->title.data);
		go_through(&course);
		say_end(&course);
	}
	put_away(&course);
	code = classroom_close(&course.classroom);
	return code > course.code ? code : course.code;
}

static struct lesson *read_lesson(const char *path, struct tcphs_error *error)
{
	struct lesson *lesson = NULL;
	struct text text = {0};
	char name[256];

	escape_into(name, sizeof(name), path);
	if (file_read(path, LESSON_MOST, &text, error))
		lesson = lesson_compile(text.data, text.length, name, error);
	text_free(&text);
	return lesson;
}

static int list_lessons(const struct options *options, const struct lesson_names *names)
{
	struct tcphs_error error = {0};
	struct classroom room;

	if (!classroom_open(&room, options))
		return classroom_close(&room);
	for (size_t i = 0; i < names->count; i++) {
		struct lesson *lesson = read_lesson(names->name[i].path, &error);
		struct text line = {0};

		text_addf(&line, "%-16s  %s", names->name[i].name,
		          lesson != NULL ? lesson->title.data : error.text);
		if (!line.failed)
			classroom_verbatim(&room, line.data);
		text_free(&line);
		lesson_free(lesson);
	}
	if (names->count == 0)
		classroom_say(
		    &room,
		    "No lessons are installed beside the program. 'tcphs learn FILE' takes "
		    "one of your own.",
		    0);
	else
		classroom_verbatim(&room, "\n'tcphs learn LESSON' begins one.");
	return classroom_close(&room);
}

static int learn_word(const struct options *options, const struct lesson_names *names)
{
	struct tcphs_error error = {0};
	struct lesson *lesson = NULL;
	struct text path = {0};
	int code = EXIT_USAGE;

	if (lessons_locate(names, options->arguments[0], &path, &error))
		lesson = read_lesson(path.data, &error);
	if (lesson != NULL)
		code = learn(options, path.data, lesson);
	else
		message("%s", error.text);
	lesson_free(lesson);
	text_free(&path);
	return code;
}

int cmd_learn(const struct options *options)
{
	struct lesson_names names;
	struct tcphs_error error = {0};
	const struct sandbox_plan plan = {.needs = NEED_CAPTURES, .user = options->user};
	int code = EXIT_USAGE;

	if (options->argument_count > 1)
		message("one lesson at a time");
	else if (!options->no_sandbox && !sandbox_enter(&plan, &error))
		message("%s", error.text);
	else if (!lessons_find(&names, &error))
		message("%s", error.text);
	else if (options->list || options->argument_count == 0)
		code = list_lessons(options, &names);
	else
		code = learn_word(options, &names);
	if (options->argument_count <= 1)
		lessons_free(&names);
	return code;
}
