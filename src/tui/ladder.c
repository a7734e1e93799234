/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/ladder.h"

#include "tui/clip.h"
#include "tui/screens.h"

#include <stdlib.h>
#include <string.h>

size_t ladder_row(const struct ladder_view *view)
{
	const struct tcphs_line *line;

	if (view->selected >= view->ladder.lines)
		return SIZE_MAX;
	line = &view->ladder.line[view->selected];
	return line->row < view->analysis.rows ? line->row : SIZE_MAX;
}

void ladder_scroll(struct ladder_view *view)
{
	size_t height = (size_t)view->height;

	if (view->selected < view->top)
		view->top = view->selected;
	if (view->selected >= view->top + height)
		view->top = view->selected - height + 1;
	if (view->top + height > view->shown)
		view->top = view->shown > height ? view->shown - height : 0;
}

void ladder_select(struct ladder_view *view, size_t line)
{
	if (line >= view->shown)
		line = view->shown > 0 ? view->shown - 1 : 0;
	if (line != view->selected)
		view->pane_top = 0;
	view->selected = line;
	if (view->height > 0)
		ladder_scroll(view);
}

/* The line that shows packet `packet`, or the one after it. */
static size_t line_of_packet(const struct ladder_view *view, uint64_t packet)
{
	for (size_t i = 0; i < view->analysis.rows; i++) {
		const struct tcphs_row *row = &view->analysis.row[i];
		uint64_t last = row->is_run ? row->run_last_packet : row->packet;

		if (last >= packet)
			return tcphs_ladder_line_of(&view->ladder, i);
	}
	return view->ladder.lines - 1;
}

bool ladder_rebuild(struct ladder_view *view)
{
	struct app *app = view->screen.app;
	size_t row = ladder_row(view), index = app_find(app, view->id);
	uint64_t packet = row != SIZE_MAX ? view->analysis.row[row].packet : 0;
	bool stepping = ladder_is_stepping(view);
	struct tcphs_connection now;

	if (index != SIZE_MAX && !view->whole) {
		tcphs_tracker_peek(app->tracker, index, &now);
		if (now.packets != view->packets &&
		    !tcphs_tracker_analyse(app->tracker, index, &view->analysis))
			return false;
		view->packets = now.packets;
	}
	view->options.raw = app->raw;
	view->options.numeric = app->options->numeric;
	view->options.time = app->time;
	if (app->options->path_count > 1) {
		view->options.packet_name = tcphs_source_packet_name;
		view->options.packet_context = tcphs_session_source(app->session);
	}
	view->options.gaps = app->gaps;
	if (!tcphs_ladder_build(&view->ladder, &view->analysis, &view->options))
		return false;
	if (!stepping || view->shown > view->ladder.lines)
		view->shown = view->ladder.lines;
	ladder_hide(view);
	if (packet != 0)
		view->selected = line_of_packet(view, packet);
	if (view->selected >= view->shown)
		view->selected = view->shown > 0 ? view->shown - 1 : 0;
	return true;
}

static void rebuild(struct ladder_view *view)
{
	if (!ladder_rebuild(view))
		app_message(view->screen.app, TCPHS_S_ERROR, "memory is exhausted");
}

/* Shows the connection before or after this one, in the order of the list. */
static void show_neighbour(struct ladder_view *view, int by)
{
	struct app *app = view->screen.app;
	struct tcphs_connection other;
	size_t index = app_find(app, view->id), position, count = rows_count(&app->rows);

	if (index == SIZE_MAX || count == 0 || !view->of_list)
		return;
	position = rows_position(&app->rows, index) + (size_t)by;
	if (position >= count) {
		app_message(app, TCPHS_S_DIM, "this is the %s connection of the list",
		            by > 0 ? "last" : "first");
		return;
	}
	tcphs_tracker_peek(app->tracker, rows_at(&app->rows, position), &other);
	view->id = other.id;
	view->packets = 0;
	view->whole = false;
	view->options.unfold_first = view->options.unfold_last = 0;
	view->selected = view->top = 0;
	view->pane_top = 0;
	view->play.speed = 0;
	view->shown = view->ladder.lines;
	view->analysis.rows = 0;
	rebuild(view);
}

static void move_by(struct ladder_view *view, long by)
{
	size_t at = view->selected;

	if (view->in_pane) {
		view->pane_top += (int)by;
		return;
	}
	if (by < 0)
		at = (size_t)-by > at ? 0 : at - (size_t)-by;
	else
		at += (size_t)by;
	ladder_select(view, at);
}

static void next_time(struct ladder_view *view)
{
	static const char *const name[] = {"since the start", "since the row above", "local",
	                                   "UTC"};
	struct app *app = view->screen.app;

	app->time = (enum tcphs_time_mode)((app->time + 1) % 4);
	rebuild(view);
	app_message(app, TCPHS_S_DIM, "time %s", name[app->time]);
}

static void next_gaps(struct ladder_view *view)
{
	static const char *const name[] = {"evenly: every line is a step",
	                                   "evenly, silences of a second and more marked",
	                                   "to scale: ten times as long is two lines more"};

	view->options.gaps = (uint8_t)((view->options.gaps + 1) % 3);
	view->screen.app->gaps = view->options.gaps;
	rebuild(view);
	app_message(view->screen.app, TCPHS_S_DIM, "time drawn %s", name[view->options.gaps]);
}

static bool back(struct ladder_view *view)
{
	if (view->in_pane)
		view->in_pane = false;
	else if (ladder_is_stepping(view))
		ladder_show_all(view);
	else
		return false;
	return true;
}

static bool move_command(struct ladder_view *view, enum command command)
{
	switch (command) {
	case CMD_UP:
		move_by(view, -1);
		return true;
	case CMD_DOWN:
		move_by(view, 1);
		return true;
	case CMD_PAGE_UP:
		move_by(view, -(long)(view->in_pane ? view->pane_height : view->height));
		return true;
	case CMD_PAGE_DOWN:
		move_by(view, view->in_pane ? view->pane_height : view->height);
		return true;
	case CMD_HOME:
		move_by(view, -(long)0xFFFFFF);
		return true;
	case CMD_END:
		move_by(view, 0xFFFFFF);
		return true;
	case CMD_LEFT:
	case CMD_RIGHT:
		show_neighbour(view, command == CMD_LEFT ? -1 : 1);
		return true;
	case CMD_NEXT_FINDING:
	case CMD_PREVIOUS_FINDING:
		ladder_next_finding(view, command == CMD_NEXT_FINDING ? 1 : -1);
		return true;
	case CMD_NEXT_MATCH:
	case CMD_PREVIOUS_MATCH:
		ladder_find_next(view, command == CMD_NEXT_MATCH ? 1 : -1);
		return true;
	case CMD_STEP:
	case CMD_UNSTEP:
		ladder_step(view, command == CMD_STEP ? 1 : -1);
		return true;
	case CMD_PLAY:
		ladder_play(view);
		return true;
	default:
		return false;
	}
}

bool ladder_command(struct screen *screen, enum command command)
{
	struct ladder_view *view = (struct ladder_view *)screen;
	struct app *app = screen->app;

	if (move_command(view, command))
		return true;
	switch (command) {
	case CMD_BACK:
		return back(view);
	case CMD_PANE:
		view->in_pane = !view->in_pane;
		return true;
	case CMD_WIDER:
	case CMD_NARROWER:
		view->pane_extra += command == CMD_WIDER ? 1 : -1;
		return true;
	case CMD_EXPAND:
		ladder_unfold(view);
		return true;
	case CMD_RAW:
		app->raw = !app->raw;
		rebuild(view);
		return true;
	case CMD_TIME:
		next_time(view);
		return true;
	case CMD_GAPS:
		next_gaps(view);
		return true;
	case CMD_FIND:
		ladder_ask_find(view);
		return true;
	case CMD_GOTO:
		ladder_ask_packet(view);
		return true;
	case CMD_DIAGRAM:
		screen_diagram_open(view);
		return true;
	case CMD_EXPLAIN:
		ladder_explain_words(view);
		return true;
	case CMD_PREDICT:
		ladder_predict(view);
		return true;
	case CMD_SAVE:
		save_ask(view);
		return true;
	case CMD_COPY:
		clip_copy_filter(app, &view->analysis.connection);
		return true;
	default:
		return false;
	}
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	struct ladder_view *view = (struct ladder_view *)screen;
	int below = view->first_line + view->height;

	(void)x;
	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN) {
		bool in_pane = view->in_pane;

		view->in_pane = y > below; /* the wheel scrolls what it is over */
		move_by(view, mouse == MOUSE_WHEEL_UP ? -2 : 2);
		view->in_pane = in_pane;
	} else if (y >= view->first_line && y < below) {
		view->in_pane = false;
		ladder_select(view, view->top + (size_t)(y - view->first_line));
		if (mouse == MOUSE_DOUBLE)
			ladder_unfold(view);
	} else if (y > below) {
		view->in_pane = true;
	}
}

bool ladder_update(struct screen *screen, int64_t now)
{
	struct ladder_view *view = (struct ladder_view *)screen;
	struct tcphs_connection connection;
	size_t index = app_find(screen->app, view->id);
	bool changed = ladder_play_on(view, now);

	if (index == SIZE_MAX || view->whole)
		return changed;
	tcphs_tracker_peek(screen->app->tracker, index, &connection);
	if (connection.packets == view->packets)
		return changed;
	rebuild(view);
	return true;
}

int64_t ladder_wakes(const struct screen *screen)
{
	const struct ladder_view *view = (const struct ladder_view *)screen;

	return view->play.speed > 0 ? view->play.due : INT64_MAX;
}

static void close_ladder(struct screen *screen)
{
	struct ladder_view *view = (struct ladder_view *)screen;

	tcphs_ladder_free(&view->ladder);
	tcphs_analysis_free(&view->analysis);
	free(view);
}

static const struct screen_ops ladder_ops = {
    .place = IN_LADDER,
    .draw = ladder_draw,
    .command = ladder_command,
    .mouse = mouse,
    .update = ladder_update,
    .wakes = ladder_wakes,
    .close = close_ladder,
};

bool screen_ladder_open(struct app *app, uint64_t id)
{
	struct ladder_view *view = calloc(1, sizeof(*view));

	if (view == NULL)
		return false;
	view->screen.ops = &ladder_ops;
	view->screen.app = app;
	view->id = id;
	view->of_list = true;
	if (!ladder_rebuild(view)) {
		close_ladder(&view->screen);
		return false;
	}
	app_push(app, &view->screen);
	return true;
}
