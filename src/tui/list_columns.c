/* SPDX-License-Identifier: BSD-3-Clause */
/* s and C: the menus of the order and of the columns; a click on a column's head. */
#include "tui/list.h"

#include "tui/menu.h"

#include "base/bounded.h"

#include <stdio.h>
#include <string.h>

#define WIDTH_LEAST 3
#define WIDTH_MOST  200

/* A column's name for people: the finding's has no title in the list. */
static const char *name_of(enum column column)
{
	return column_info(column)->name;
}

static size_t count_columns(const void *context)
{
	(void)context;
	return COL_COUNT;
}

/* ---- the order --------------------------------------------------------------------------- */

static void order_text(const void *context, size_t item, char *text, size_t size)
{
	const struct list *list = context;
	const struct rows *rows = &list->screen.app->rows;
	const char *mark = rows->sort != item ? " " : rows->descending ? "▼" : "▲";

	snprintf(text, size, "%s %s", mark, name_of((enum column)item));
}

static void sort_by(void *context, size_t item)
{
	struct rows *rows = &((struct list *)context)->screen.app->rows;

	rows_set_order(rows, (enum column)item, rows->descending);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): as a menu's commands are */
static bool order_command(void *context, size_t *item, enum command command)
{
	struct list *list = context;
	struct rows *rows = &list->screen.app->rows;

	(void)item;
	if (command != CMD_REVERSE)
		return false;
	rows_set_order(rows, rows->sort, !rows->descending);
	return true;
}

static const struct menu_kind order_menu = {
    .title = "sort by",
    .place = IN_ORDER,
    .next = CMD_SORT,
    .count = count_columns,
    .text = order_text,
    .selected = sort_by,
    .command = order_command,
};

void list_ask_order(struct list *list)
{
	struct app *app = list->screen.app;

	if (!screen_menu_open(app, &order_menu, list, app->rows.sort))
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
}

void list_sort_at(struct list *list, int x)
{
	const struct list_layout *layout = &list->layout;
	struct rows *rows = &list->screen.app->rows;

	for (size_t i = 0; i < layout->count; i++) {
		enum column column = (enum column)layout->column[i];

		if (x < layout->x[i] || x > layout->x[i] + layout->width[i])
			continue;
		if (rows->sort == column)
			rows_set_order(rows, column, !rows->descending);
		else
			sort_by(list, column);
		return;
	}
}

/* ---- the columns ------------------------------------------------------------------------- */

/* The chosen ones in their order, then the others. */
static enum column column_at(const struct config *config, size_t item)
{
	size_t left = item - config->columns;

	if (item < config->columns)
		return (enum column)config->column[item];
	for (size_t c = 0; c < COL_COUNT; c++) {
		bool chosen = memchr(config->column, (int)c, config->columns) != NULL;

		if (!chosen && left-- == 0)
			return (enum column)c;
	}
	return COL_ID;
}

static void column_text(const void *context, size_t item, char *text, size_t size)
{
	const struct list *list = context;
	const struct config *config = &list->screen.app->config;
	enum column column = column_at(config, item);
	char width[16] = "";

	if (config->width[column] > 0)
		snprintf(width, sizeof(width), "%d", config->width[column]);
	snprintf(text, size, "[%c] %-9s %3s", item < config->columns ? 'x' : ' ', name_of(column),
	         width);
}

/* At least one stays. */
static void toggle(struct config *config, size_t *item)
{
	enum column column = column_at(config, *item);

	if (*item >= config->columns) {
		config->column[config->columns] = (uint8_t)column;
		*item = config->columns++;
	} else if (config->columns > 1) {
		memmove(&config->column[*item], &config->column[*item + 1],
		        config->columns - *item - 1);
		config->columns--;
		while (column_at(config, *item) != column)
			(*item)++;
	}
}

static void move_column(struct config *config, size_t *item, int by)
{
	size_t to = *item + (size_t)by;
	uint8_t column;

	if (*item >= config->columns || to >= config->columns)
		return;
	column = config->column[*item];
	config->column[*item] = config->column[to];
	config->column[to] = column;
	*item = to;
}

/* From what it has now; a column that is not shown has no width to change. */
static void resize(struct list *list, size_t item, int by)
{
	struct config *config = &list->screen.app->config;
	enum column column = column_at(config, item);
	int width = config->width[column];

	for (size_t i = 0; width == 0 && i < list->layout.count; i++) {
		if (list->layout.column[i] == column)
			width = list->layout.width[i];
	}
	if (item >= config->columns || width == 0)
		return;
	width += by;
	config->width[column] = (uint8_t)(width < WIDTH_LEAST  ? WIDTH_LEAST
	                                  : width > WIDTH_MOST ? WIDTH_MOST
	                                                       : width);
}

static void take_what_is_shown(struct list *list)
{
	struct config *config = &list->screen.app->config;

	config->columns = list->layout.count;
	memcpy(config->column, list->layout.column, sizeof(config->column));
}

static bool column_command(void *context, size_t *item, enum command command)
{
	struct list *list = context;
	struct config *config = &list->screen.app->config;

	list->columns_changed = true;
	switch (command) {
	case CMD_TOGGLE:
		toggle(config, item);
		return true;
	case CMD_WIDER:
	case CMD_NARROWER:
		resize(list, *item, command == CMD_WIDER ? 1 : -1);
		return true;
	case CMD_LEFT:
	case CMD_RIGHT:
		move_column(config, item, command == CMD_LEFT ? -1 : 1);
		return true;
	default:
		return false;
	}
}

/* Says how to keep it. Chosen as they were: by the width again. */
static void columns_closed(void *context)
{
	struct list *list = context;
	struct config *config = &list->screen.app->config;
	char text[300];
	struct bounded out = bounded_start(text, sizeof(text));

	if (!list->columns_changed) {
		config->columns = list->columns_before;
		return;
	}
	for (size_t i = 0; i < config->columns; i++) {
		enum column column = (enum column)config->column[i];

		bounded_addf(&out, " %s", name_of(column));
		if (config->width[column] > 0)
			bounded_addf(&out, ":%d", config->width[column]);
	}
	bounded_end(&out);
	app_message(list->screen.app, TCPHS_S_DIM, "in the configuration file: columns%s", text);
}

static const struct menu_kind column_menu = {
    .title = "columns",
    .place = IN_COLUMNS,
    .next = CMD_COLUMNS,
    .count = count_columns,
    .text = column_text,
    .command = column_command,
    .closed = columns_closed,
};

void list_ask_columns(struct list *list)
{
	struct app *app = list->screen.app;

	list->columns_before = app->config.columns;
	list->columns_changed = false;
	if (app->config.columns == 0)
		take_what_is_shown(list);
	if (!screen_menu_open(app, &column_menu, list, 0))
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
}
