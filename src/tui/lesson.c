/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/lesson.h"

#include "tui/screens.h"

#include "base/text.h"
#include "teach/line_words.h"

#include <stdlib.h>

/* i: what the selected line does, and the words in it. */
static void explain(struct lesson_view *view)
{
	const struct ladder_view *ladder = &view->ladder;
	char words[LINE_WORDS_ROOM];
	struct text text = {0};

	if (ladder->shown == 0) {
		app_message(ladder->screen.app, TCPHS_S_DIM, "there is no packet yet to explain");
		return;
	}
	line_words(&ladder->ladder, ladder->selected, words);
	text_add(&text, words);
	ladder_words_add(ladder, &text);
	if (!text.failed)
		screen_text_open(ladder->screen.app, "Explained", text.data, 0);
	text_free(&text);
}

static void scroll_text(struct lesson_view *view, int by)
{
	view->top += by;
	lesson_layout(view, false);
}

static void raw_or_time(struct lesson_view *view, enum command command)
{
	ladder_command(&view->ladder.screen, command);
	lesson_show_again(view);
}

/* A slip on Esc must not cost the way through the lesson: it wants to be pressed twice. */
static bool leaves(struct lesson_view *view)
{
	if (view->ended || view->leaving || view->given->score.asked == 0)
		return true;
	view->leaving = true;
	app_message(view->ladder.screen.app, TCPHS_S_WARNING,
	            "the lesson is not over; once more leaves it");
	return false;
}

static bool command(struct screen *screen, enum command command)
{
	struct lesson_view *view = (struct lesson_view *)screen;
	struct ladder_view *ladder = &view->ladder;

	if (command == CMD_BACK)
		return !leaves(view);
	view->leaving = false;
	switch (command) {
	case CMD_GO_ON:
		lesson_go_on(view);
		return true;
	case CMD_PAGE_BEFORE:
		lesson_page_before(view);
		return true;
	case CMD_UP:
	case CMD_DOWN:
		if (ladder->shown > 0)
			ladder_command(screen, command);
		else
			scroll_text(view, command == CMD_UP ? -1 : 1);
		return true;
	case CMD_PAGE_UP:
	case CMD_PAGE_DOWN:
		scroll_text(view, command == CMD_PAGE_UP ? 1 - view->height : view->height - 1);
		return true;
	case CMD_HOME:
	case CMD_END:
		scroll_text(view, command == CMD_HOME ? -view->lines : view->lines);
		return true;
	case CMD_RAW:
	case CMD_TIME:
		if (view->session != NULL)
			raw_or_time(view, command);
		return true;
	case CMD_DIAGRAM:
		if (ladder->shown > 0)
			screen_diagram_open(ladder);
		return true;
	case CMD_EXPLAIN:
		explain(view);
		return true;
	default:
		return false;
	}
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	struct lesson_view *view = (struct lesson_view *)screen;
	struct ladder_view *ladder = &view->ladder;
	const int below = 2 + ladder->height;

	(void)x;
	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN) {
		const int by = mouse == MOUSE_WHEEL_UP ? -2 : 2;

		if (ladder->shown == 0 || y > below)
			scroll_text(view, by);
		else
			command(screen, by < 0 ? CMD_UP : CMD_DOWN);
	} else if (ladder->shown > 0 && y >= 2 && y < below) {
		ladder_select(ladder, ladder->top + (size_t)(y - 2));
	}
}

static void close_lesson(struct screen *screen)
{
	struct lesson_view *view = (struct lesson_view *)screen;

	lesson_clear(view);
	ladder_clear(&view->ladder);
	tcphs_session_close(view->session);
	free(view);
}

static const struct screen_ops lesson_ops = {
    .place = IN_LESSON,
    .draw = lesson_draw,
    .command = command,
    .mouse = mouse,
    .close = close_lesson,
};

bool screen_lesson_open(struct app *app, struct tui_lesson *given)
{
	struct lesson_view *view = calloc(1, sizeof(*view));

	if (view == NULL)
		return false;
	view->ladder.screen.ops = &lesson_ops;
	view->given = given;
	view->lesson = given->lesson;
	for (size_t i = 0; i < view->lesson->items; i++)
		view->pages += view->lesson->item[i].kind == LESSON_PAGE;
	app_push(app, &view->ladder.screen);
	lesson_go_on(view);
	return true;
}
