/* SPDX-License-Identifier: BSD-3-Clause */
/* A lesson on standard input and output, page by page: read, predict, see why. */
#include "cli/learn.h"

#include "cli/classroom.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

#include "teach/lesson_reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct course {
	const struct options *options;
	const struct lesson *lesson;
	const char *path; /* of the lesson; captures are beside it */
	struct classroom classroom;
	struct run run; /* of the capture on the table */
	bool open;      /* there is one */
	struct tcphs_ladder ladder;
	bool headed; /* its column heads stand there */
	struct lesson_score score;
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
	if (!run_again(&course->run, (size_t)id - 1)) {
		stop(course, EXIT_USAGE);
	} else if (!tcphs_ladder_build(&course->ladder, course->run.analysis, &options)) {
		message("memory is exhausted");
		stop(course, EXIT_USAGE);
	}
	course->headed = false;
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
	if (!learn_capture_path(course->path, item->text.data, &path)) {
		message("memory is exhausted");
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
	const struct tcphs_analysis *analysis = course->run.analysis;

	classroom_say(&course->classroom, "", 0);
	if (!course->headed)
		classroom_ladder(&course->classroom, &course->ladder, TCPHS_LADDER_HEADS, 0);
	course->headed = true;
	for (size_t i = 0; i < course->ladder.lines; i++) {
		const struct tcphs_line *line = &course->ladder.line[i];
		const struct tcphs_row *row = tcphs_ladder_row_of(&course->ladder, i);
		const struct tcphs_row *last =
		    line->kind == TCPHS_LINE_RUN ? &analysis->row[line->last_row] : row;

		if (row != NULL && last->packet >= item->first && row->packet <= item->last)
			classroom_ladder(&course->classroom, &course->ladder, i, i + 1);
	}
}

static void explain(struct course *course, const struct lesson_item *item)
{
	const struct tcphs_analysis *analysis = course->run.analysis;

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

static void say_text(struct course *course, const struct text *text)
{
	course->classroom.text.failed |= text->failed;
	if (text->length > 0 || text->failed)
		classroom_say(&course->classroom, text->failed ? "" : text->data, 0);
}

static void ask(struct course *course, const struct lesson_item *question)
{
	struct classroom *room = &course->classroom;
	struct text verdict = {0}, told = {0};
	enum lesson_reply reply;

	classroom_say(room, "", 0);
	classroom_title(room, question->text.data);
	course->score.tried = 0;
	do {
		if (!classroom_ask(room, "> "))
			break;
		reply = lesson_reply(question, room->answer, &course->score, &verdict, &told);
		say_text(course, &verdict);
		say_text(course, &told);
	} while (reply == LESSON_AGAIN);
	text_free(&verdict);
	text_free(&told);
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
	if (course->score.asked > 0)
		text_addf(&text, "%u of %u right at the first try.", course->score.right,
		          course->score.asked);
	if (!course->classroom.over && course->lesson->source.length > 0)
		text_addf(&text, "%sRead on: %s.", text.length > 0 ? "\n" : "",
		          course->lesson->source.data);
	say_text(course, &text);
	text_free(&text);
}

int learn_plain(const struct options *options, const char *path, const struct lesson *lesson)
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
