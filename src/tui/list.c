/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/list.h"

#include "tui/clip.h"
#include "tui/screens.h"

#include <stdlib.h>

#define MILLISECOND 1000000

const struct tcphs_analysis *list_row(struct list *list, size_t index)
{
	struct list_row *row = &list->cache[index % LIST_CACHE];
	struct tcphs_connection now;

	tcphs_tracker_peek(list->screen.app->tracker, index, &now);
	if (row->valid && row->index == index && row->packets == now.packets &&
	    row->analysis.connection.id == now.id)
		return &row->analysis;
	row->valid = tcphs_tracker_summarise(list->screen.app->tracker, index, &row->analysis);
	if (!row->valid) /* memory is exhausted: what is known without an analysis */
		row->analysis.connection = now;
	row->index = index;
	row->packets = now.packets;
	return &row->analysis;
}

size_t list_count(const struct list *list)
{
	size_t count = rows_count(&list->screen.app->rows);

	return list->paused && count > list->paused_count ? list->paused_count : count;
}

void list_scroll(struct list *list)
{
	size_t height = (size_t)list->height, count = list_count(list);

	if (list->selected < list->top)
		list->top = list->selected;
	if (list->selected >= list->top + height)
		list->top = list->selected - height + 1;
	if (list->top + height > count)
		list->top = count > height ? count - height : 0;
}

void list_select(struct list *list, size_t position)
{
	size_t count = list_count(list);

	if (count == 0) {
		list->selected = 0;
		list->id = 0;
		return;
	}
	list->selected = position < count ? position : count - 1;
	list->id = rows_id(&list->screen.app->rows, list->selected);
	if (list->height > 0)
		list_scroll(list);
}

void list_settle(struct list *list)
{
	struct app *app = list->screen.app;
	size_t count = list_count(list),
	       index = list->id != 0 ? app_find(app, list->id) : ROWS_GONE;
	size_t line = list->selected - list->top, before = list->selected;

	if (list->follow && !list->paused)
		list_select(list, app->rows.descending ? 0 : SIZE_MAX);
	else if (index != ROWS_GONE)
		list->selected = rows_position(&app->rows, index);
	if (list->selected >= count)
		list->selected = count > 0 ? count - 1 : 0;
	if (list->selected != before && rows_are_plain(&app->rows))
		list->top = list->selected > line ? list->selected - line : 0;
	/* A query that is being typed may bring the selected connection back. */
	if (count > 0 && !list->follow && !list->asking.is &&
	    rows_id(&app->rows, list->selected) != list->id)
		list_select(list, list->selected);
	if (list->height > 0)
		list_scroll(list);
}

static void move_by(struct list *list, long by)
{
	size_t at = list->selected;

	list->follow = false;
	if (by < 0)
		at = (size_t)-by > at ? 0 : at - (size_t)-by;
	else
		at += (size_t)by;
	list_select(list, at);
}

static void toggle_pause(struct list *list)
{
	list->paused_count = rows_count(&list->screen.app->rows);
	list->paused = !list->paused;
}

const struct tcphs_analysis *list_row_at(struct list *list, size_t position)
{
	size_t index = rows_at(&list->screen.app->rows, position);

	return index != ROWS_GONE ? list_row(list, index) : NULL;
}

static void copy(struct list *list)
{
	const struct tcphs_analysis *row =
	    list_count(list) > 0 ? list_row_at(list, list->selected) : NULL;

	if (row != NULL)
		clip_copy_filter(list->screen.app, &row->connection);
}

/* The keys that only move the selection. */
static bool move_selection(struct list *list, enum command command)
{
	switch (command) {
	case CMD_UP:
		move_by(list, -1);
		return true;
	case CMD_DOWN:
		move_by(list, 1);
		return true;
	case CMD_PAGE_UP:
		move_by(list, -(long)list->height);
		return true;
	case CMD_PAGE_DOWN:
		move_by(list, list->height);
		return true;
	case CMD_HOME:
		list->follow = false;
		list_select(list, 0);
		return true;
	case CMD_END:
		list_select(list, SIZE_MAX);
		return true;
	default:
		return false;
	}
}

static bool command(struct screen *screen, enum command command)
{
	struct list *list = (struct list *)screen;
	struct app *app = screen->app;

	list->seek.direction = 0;
	list_settle(list);
	if (move_selection(list, command))
		return true;
	switch (command) {
	case CMD_OPEN:
		list_open_selected(list);
		return true;
	case CMD_BACK:
		return list_back(list);
	case CMD_QUERY:
		list_ask_query(list);
		return true;
	case CMD_GOTO:
		list_ask_packet(list);
		return true;
	case CMD_NEXT_MATCH:
	case CMD_PREVIOUS_MATCH:
		list_seek(list, command == CMD_NEXT_MATCH ? 1 : -1, false);
		return true;
	case CMD_NEXT_FINDING:
	case CMD_PREVIOUS_FINDING:
		list_seek(list, command == CMD_NEXT_FINDING ? 1 : -1, true);
		return true;
	case CMD_SORT:
		list_ask_order(list);
		return true;
	case CMD_COLUMNS:
		list_ask_columns(list);
		return true;
	case CMD_REVERSE:
		rows_set_order(&app->rows, app->rows.sort, !app->rows.descending);
		return true;
	case CMD_GROUP:
		rows_set_grouped(&app->rows, !app->rows.grouped);
		app_message(app, TCPHS_S_DIM,
		            app->rows.grouped ? "equal failures are one row each; Enter unfolds"
		                              : "every connection is a row");
		return true;
	case CMD_WIDER:
	case CMD_NARROWER:
		list->extra += command == CMD_WIDER ? 2 : -2;
		return true;
	case CMD_ISN:
		screen_isn_open(list->screen.app);
		return true;
	case CMD_COPY:
		copy(list);
		return true;
	case CMD_PAUSE:
		toggle_pause(list);
		return true;
	case CMD_FOLLOW:
		list->follow = !list->follow;
		return true;
	default:
		return false;
	}
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	struct list *list = (struct list *)screen;

	list->seek.direction = 0;
	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN) {
		move_by(list, mouse == MOUSE_WHEEL_UP ? -3 : 3);
		return;
	}
	if (y == list->first_line - 1) {
		list_sort_at(list, x);
		return;
	}
	if (y < list->first_line || y >= list->first_line + list->height ||
	    list->top + (size_t)(y - list->first_line) >= list_count(list))
		return;
	y -= list->first_line;
	if (mouse == MOUSE_DOUBLE || list->top + (size_t)y == list->selected) {
		list_select(list, list->top + (size_t)y);
		list_open_selected(list);
		return;
	}
	list->follow = false;
	list_select(list, list->top + (size_t)y);
}

static bool update(struct screen *screen, int64_t now)
{
	struct list *list = (struct list *)screen;
	struct app *app = screen->app;
	uint64_t packets = tcphs_session_packets(app->session);
	bool changed = packets != list->packets || list->progress != rows_progress(&app->rows);

	list->packets = packets;
	list->progress = rows_progress(&app->rows);
	if (list->seek.direction != 0)
		changed |= list_seek_on(list, now + 4 * MILLISECOND);
	return changed;
}

static int64_t wakes(const struct screen *screen)
{
	const struct list *list = (const struct list *)screen;

	return list->seek.direction != 0 ? 0 : INT64_MAX;
}

static void close_list(struct screen *screen)
{
	struct list *list = (struct list *)screen;

	for (size_t i = 0; i < LIST_CACHE; i++)
		tcphs_analysis_free(&list->cache[i].analysis);
	tcphs_query_free(list->seek.query);
	free(list);
}

static const struct screen_ops list_ops = {
    .place = IN_LIST,
    .draw = list_draw,
    .command = command,
    .mouse = mouse,
    .update = update,
    .wakes = wakes,
    .close = close_list,
};

bool screen_list_open(struct app *app)
{
	struct list *list = calloc(1, sizeof(*list));
	struct tcphs_error error = {0};

	if (list == NULL)
		return false;
	list->screen.ops = &list_ops;
	app_push(app, &list->screen);
	if (app->options->query != NULL && !list_set_query(list, app->options->query, &error))
		app_message(app, TCPHS_S_ERROR, "%s", error.text);
	return true;
}
