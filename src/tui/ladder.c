/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/ladder.h"

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

int ladder_line_height(const struct ladder_view *view, size_t index)
{
	bool goes_on = index + 1 < view->shown &&
	               view->ladder.line[index].kind == TCPHS_LINE_REMARK &&
	               view->ladder.line[index + 1].kind == TCPHS_LINE_REMARK &&
	               view->ladder.line[index + 1].more;

	return view->large && !goes_on ? 2 : 1;
}

/* The line at a row of the screen, counted from the first that is shown. */
static size_t line_at(const struct ladder_view *view, int y)
{
	size_t index = view->top;

	for (int end = ladder_line_height(view, index); end <= y && index + 1 < view->shown;)
		end += ladder_line_height(view, ++index);
	return index;
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

/* The lines that show no segment from row `seen` on: another width breaks them elsewhere. */
static size_t lines_before(const struct tcphs_ladder *ladder, size_t seen)
{
	size_t line = 0;

	while (line < ladder->lines &&
	       (ladder->line[line].row < seen || ladder->line[line].kind == TCPHS_LINE_START ||
	        ladder->line[line].kind == TCPHS_LINE_GAP))
		line++;
	return line;
}

bool ladder_rebuild(struct ladder_view *view)
{
	struct app *app = view->screen.app;
	size_t row = ladder_row(view), index = app_find(app, view->id);
	uint64_t packet = row != SIZE_MAX ? view->analysis.row[row].packet : 0;
	bool stepping = ladder_is_stepping(view);
	bool at_start = view->selected < view->ladder.lines &&
	                view->ladder.line[view->selected].kind == TCPHS_LINE_START;
	size_t seen = view->analysis.rows - view->ladder.options.hidden;
	struct tcphs_ladder built = {0};
	struct tcphs_connection now;

	if (index != SIZE_MAX && (!view->whole || view->lone)) {
		tcphs_tracker_peek(app->tracker, index, &now);
		if (now.packets != view->packets &&
		    (!tcphs_tracker_analyse(app->tracker, index, &view->analysis) ||
		     !ladder_unfold_lone(view, index, &now)))
			return false;
		view->packets = now.packets;
	}
	view->options.raw = app->raw;
	view->options.numeric = app->options->numeric;
	view->options.time = app->time;
	view->options.names = true;
	if (app->session != NULL) {
		view->options.packet_comment = tcphs_source_comment_on;
		view->options.packet_interface = tcphs_source_interface_of;
		view->options.packet_context = tcphs_session_source(app->session);
	}
	if (app->options->path_count > 1)
		view->options.packet_name = tcphs_source_packet_name;
	view->options.gaps = app->gaps;
	if (!tcphs_ladder_build(&built, &view->analysis, &view->options)) {
		tcphs_ladder_free(&built);
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
		return false; /* the one that is there stays */
	}
	tcphs_ladder_free(&view->ladder);
	view->ladder = built;
	view->shown = stepping ? lines_before(&view->ladder, seen) : view->ladder.lines;
	ladder_hide(view);
	if (packet != 0 && !at_start)
		view->selected = line_of_packet(view, packet);
	if (view->selected >= view->shown)
		view->selected = view->shown > 0 ? view->shown - 1 : 0;
	return true;
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	struct ladder_view *view = (struct ladder_view *)screen;
	int below = view->first_line + view->height * (view->large ? 2 : 1);

	(void)x;
	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN) {
		bool in_pane = view->in_pane;

		view->in_pane = y > below; /* the wheel scrolls what it is over */
		ladder_move_by(view, mouse == MOUSE_WHEEL_UP ? -2 : 2);
		view->in_pane = in_pane;
	} else if (y >= view->first_line && y < below) {
		view->in_pane = false;
		ladder_select(view, line_at(view, y - view->first_line));
		if (mouse == MOUSE_DOUBLE)
			ladder_unfold(view);
	} else if (y > below) {
		view->in_pane = true;
	}
}

void ladder_begin(struct ladder_view *view)
{
	size_t line = view->analysis.rows > 0 ? tcphs_ladder_line_of(&view->ladder, 0) : 0;

	view->selected = line < view->shown ? line : 0;
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
	ladder_show(view);
	return true;
}

int64_t ladder_wakes(const struct screen *screen)
{
	const struct ladder_view *view = (const struct ladder_view *)screen;

	return view->play.speed > 0 ? view->play.due : INT64_MAX;
}

void ladder_clear(struct ladder_view *view)
{
	tcphs_ladder_free(&view->ladder);
	tcphs_analysis_free(&view->analysis);
}

static void close_ladder(struct screen *screen)
{
	ladder_clear((struct ladder_view *)screen);
	free(screen);
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
	view->large = app->large;
	view->of_list = true;
	if (!ladder_rebuild(view)) {
		close_ladder(&view->screen);
		return false;
	}
	ladder_begin(view);
	app_push(app, &view->screen);
	return true;
}
