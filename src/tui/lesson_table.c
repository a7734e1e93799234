/* SPDX-License-Identifier: BSD-3-Clause */
/* The capture that a lesson has put on the table, and how much of its ladder is seen. */
#include "tui/lesson.h"

#define STEP 65536 /* packets a turn */

/* A lesson's captures are small: they are read whole, at once. */
static struct tcphs_session *read_capture(struct lesson_view *view, const char *name)
{
	struct tcphs_error error = {0};
	struct tcphs_session *session = view->given->open(view->given->context, name, &error);
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;

	while (session != NULL && state == TCPHS_SOURCE_MORE)
		state = tcphs_session_step(session, STEP, &error);
	if (error.text[0] != '\0')
		app_message(view->ladder.screen.app, TCPHS_S_ERROR, "%s", error.text);
	return session;
}

bool lesson_take_capture(struct lesson_view *view, const char *name)
{
	struct app *app = view->ladder.screen.app;
	struct tcphs_session *session = read_capture(view, name);

	if (session == NULL)
		return false;
	tcphs_session_close(view->session);
	view->session = app->session = session;
	app->tracker = tcphs_session_tracker(session);
	app->rows.tracker = app->tracker;
	app->rows.decoder = tcphs_session_decoder(session);
	return lesson_take_connection(view, 1);
}

bool lesson_take_connection(struct lesson_view *view, uint64_t id)
{
	struct ladder_view *ladder = &view->ladder;
	struct app *app = ladder->screen.app;

	ladder->id = id;
	ladder->packets = 0;
	ladder->whole = false;
	ladder->analysis.rows = 0;
	ladder->options.unfold_first = ladder->options.unfold_last = 0;
	ladder->play.speed = 0;
	view->packet = view->reveal_last = 0;
	if (view->session == NULL || app_find(app, id) == SIZE_MAX) {
		app_message(app, TCPHS_S_ERROR, "there is no connection %llu on the table",
		            (unsigned long long)id);
		return false;
	}
	if (!ladder_rebuild(ladder)) {
		tcphs_ladder_free(&ladder->ladder); /* its lines are another connection's */
		ladder->shown = 0;
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
		return false;
	}
	lesson_show_again(view);
	return true;
}

static uint64_t first_packet(const struct tcphs_ladder *ladder, size_t line)
{
	const struct tcphs_row *row = tcphs_ladder_row_of(ladder, line);

	return row != NULL ? row->packet : 0;
}

static bool is_step(const struct tcphs_line *line)
{
	return line->kind == TCPHS_LINE_SEGMENT || line->kind == TCPHS_LINE_RUN;
}

void lesson_show_again(struct lesson_view *view)
{
	struct ladder_view *ladder = &view->ladder;
	size_t shown = 0, selected = 0;

	for (size_t i = 0; i < ladder->ladder.lines; i++) {
		const struct tcphs_line *line = &ladder->ladder.line[i];

		if (view->packet == 0 || first_packet(&ladder->ladder, i) > view->packet)
			break;
		shown = i + 1;
		if (is_step(line))
			selected = i;
	}
	ladder->shown = view->shown = shown;
	ladder_hide(ladder);
	ladder->top = 0;
	ladder_select(ladder, selected);
}

bool lesson_reveal(struct lesson_view *view, uint64_t first, uint64_t last)
{
	const struct ladder_view *ladder = &view->ladder;
	uint64_t to_come = 0;
	unsigned found = 0;

	for (size_t i = 0; i < ladder->ladder.lines && found < 2; i++) {
		const struct tcphs_line *line = &ladder->ladder.line[i];
		const uint64_t packet = first_packet(&ladder->ladder, i);

		if (!is_step(line) || packet <= view->packet || packet < first || packet > last)
			continue;
		if (++found == 1)
			to_come = packet;
	}
	if (to_come > 0)
		view->packet = to_come;
	else if (first > 0 && last < view->packet)
		view->packet = last; /* a lesson may go back */
	lesson_show_again(view);
	return found == 2;
}
