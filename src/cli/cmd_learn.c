/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs learn: lessons on captures, page by page: read, step, predict, see why. */
#include "cli/classroom.h"
#include "cli/command.h"
#include "cli/learn.h"
#include "cli/lessons.h"
#include "cli/message.h"
#include "cli/run.h"
#include "cli/sandbox.h"
#include "cli/view_options.h"

#include "base/escape.h"
#include "base/file.h"
#include "tui/tui.h"

#include <stdio.h>
#include <string.h>

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

static void begin_first(struct classroom *room, const char *name)
{
	struct text line = {0};

	text_addf(&line, "\n'tcphs learn %s' begins the first.", name);
	if (!line.failed)
		classroom_verbatim(room, line.data);
	text_free(&line);
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
		begin_first(&room, names->name[0].name);
	return classroom_close(&room);
}

/* What the view opens captures with. */
struct desk {
	const struct options *options;
	const char *path;
};

static struct tcphs_session *open_capture(void *context, const char *name,
                                          struct tcphs_error *error)
{
	const struct desk *desk = context;
	struct tcphs_session *session = NULL;
	struct text path = {0};

	if (learn_capture_path(desk->path, name, &path))
		session = learn_open(desk->options, path.data, error);
	else
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	text_free(&path);
	return session;
}

/* The lesson after the one at `path`, if that is one of those that ship with the program. */
static const char *name_after(const struct lesson_names *names, const char *path)
{
	for (size_t i = 0; i + 1 < names->count; i++)
		if (strcmp(names->name[i].path, path) == 0)
			return names->name[i + 1].name;
	return NULL;
}

static int learn_in_view(const struct options *options, const char *path,
                         const struct lesson *lesson, const char *next)
{
	struct desk desk = {.options = options, .path = path};
	const struct tui_options view = view_options(options, NULL, NULL);
	struct tui_lesson given = {
	    .lesson = lesson, .open = open_capture, .context = &desk, .next = next};
	struct tcphs_error error = {0};

	if (tui_run_lesson(&view, &given, &error) != TCPHS_OK) {
		message("%s", error.text);
		return EXIT_USAGE;
	}
	if (given.score.asked > 0)
		printf("%u of %u right at the first try: %s\n", given.score.right,
		       given.score.asked, lesson->title.data);
	return EXIT_DONE;
}

static int learn(const struct options *options, const char *path, const struct lesson *lesson,
                 const char *next)
{
	struct tcphs_error error = {0};

	if (!learn_check(options, path, lesson, &error)) {
		message("%s", error.text);
		return EXIT_USAGE;
	}
	if (view_is_wanted(options))
		return learn_in_view(options, path, lesson, next);
	return learn_plain(options, path, lesson);
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
		code = learn(options, path.data, lesson, name_after(names, path.data));
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
	const struct sandbox_plan plan = {
	    .needs = NEED_CAPTURES | (view_is_wanted(options) ? (unsigned)NEED_VIEW : 0),
	    .user = options->user};
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
