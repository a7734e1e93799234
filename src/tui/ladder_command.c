/* SPDX-License-Identifier: BSD-3-Clause */
/* What the ladder does on a command. */
#include "tui/ladder.h"

#include "tui/clip.h"
#include "tui/screens.h"

void ladder_show(struct ladder_view *view)
{
	if (!ladder_rebuild(view))
		app_message(view->screen.app, TCPHS_S_ERROR, "memory is exhausted");
}

/* Puts another connection in the place of this one, which stays if memory lacks. */
static void turn_to(struct ladder_view *view, uint64_t id)
{
	struct ladder_view next = *view;

	next.id = id;
	next.ladder = (struct tcphs_ladder){0};
	next.analysis = (struct tcphs_analysis){0};
	next.packets = 0;
	next.whole = false;
	next.options.unfold_first = next.options.unfold_last = 0;
	next.selected = next.top = next.shown = 0;
	next.pane_top = 0;
	next.play.speed = 0;
	if (!ladder_rebuild(&next)) {
		ladder_clear(&next);
		app_message(view->screen.app, TCPHS_S_ERROR, "memory is exhausted");
		return;
	}
	ladder_clear(view);
	*view = next;
	view->ladder.analysis = &view->analysis;
	ladder_begin(view);
}

/* Shows the connection before or after this one, in the order of the list. */
static void show_neighbour(struct ladder_view *view, int by)
{
	struct app *app = view->screen.app;
	size_t index = app_find(app, view->id), position, count = rows_count(&app->rows);

	if (index == ROWS_GONE || count == 0 || !view->of_list)
		return;
	position = rows_position(&app->rows, index) + (size_t)by;
	while (position < count && rows_at(&app->rows, position) == ROWS_GONE)
		position += (size_t)by; /* it has left since the order was made */
	if (position >= count) {
		app_message(app, TCPHS_S_DIM, "this is the %s connection of the list",
		            by > 0 ? "last" : "first");
		return;
	}
	turn_to(view, rows_id(&app->rows, position));
}

void ladder_move_by(struct ladder_view *view, long by)
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

/* A narrow ladder gives its times up for the segments' numbers. */
static bool has_times(const struct ladder_view *view)
{
	struct tcphs_spans heads;

	tcphs_ladder_layout(&view->ladder, TCPHS_LADDER_HEADS, view->options.wrap,
	                    view->screen.app->term.ascii, &heads);
	for (size_t i = 0; i < heads.count; i++) {
		if (heads.span[i].style == TCPHS_S_DIM)
			return true;
	}
	return false;
}

static void next_time(struct ladder_view *view)
{
	static const char *const name[] = {"since the start", "since the row above", "local",
	                                   "UTC"};
	struct app *app = view->screen.app;

	app->time = (enum tcphs_time_mode)((app->time + 1) % 4);
	ladder_show(view);
	app_message(app, TCPHS_S_DIM, "time %s%s", name[app->time],
	            has_times(view) ? "" : ": a wider terminal has room for it");
}

static void next_gaps(struct ladder_view *view)
{
	static const char *const name[] = {"evenly: every line is a step",
	                                   "evenly, silences of a second and more marked",
	                                   "to scale: ten times as long is two lines more"};

	view->options.gaps = (uint8_t)((view->options.gaps + 1) % 3);
	view->screen.app->gaps = view->options.gaps;
	ladder_show(view);
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
		ladder_move_by(view, -1);
		return true;
	case CMD_DOWN:
		ladder_move_by(view, 1);
		return true;
	case CMD_PAGE_UP:
		ladder_move_by(view, -(long)(view->in_pane ? view->pane_height : view->height));
		return true;
	case CMD_PAGE_DOWN:
		ladder_move_by(view, view->in_pane ? view->pane_height : view->height);
		return true;
	case CMD_HOME:
		ladder_move_by(view, -(long)0xFFFFFF);
		return true;
	case CMD_END:
		ladder_move_by(view, 0xFFFFFF);
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
		ladder_show(view);
		return true;
	case CMD_TIME:
		next_time(view);
		return true;
	case CMD_LARGE:
		app->large = view->large = !view->large;
		ladder_show(view);
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
