/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/list_layout.h"

#include "base/utf8.h"
#include "tui/wrap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Where the name of a service has no room its number may have. */
static void fit_address(const struct tcphs_endpoint *end, int width, char *text, size_t size)
{
	char numeric[64];

	if ((int)strlen(text) <= width)
		return;
	tcphs_endpoint_text(end, true, numeric, sizeof(numeric));
	if ((int)strlen(numeric) <= width)
		snprintf(text, size, "%s", numeric);
}

/* An address that is too long loses its middle: the network, the host and the port matter. */
static void draw_address(const struct canvas *canvas, int y, int x, int room, unsigned style,
                         const char *text)
{
	const char *port = strrchr(text, ':'), *cut = canvas->ascii ? "~" : "…";
	int length = (int)strlen(text), tail = port != NULL ? (int)strlen(port) : 0, head;

	if (length <= room || tail + 4 > room) {
		canvas_field(canvas, y, x, room, false, style, text);
		return;
	}
	head = (room - 1 - tail) / 2;
	tail = room - 1 - head;
	x += canvas_octets(canvas, y, x, head, style, text, (size_t)length);
	x += canvas_octets(canvas, y, x, 1, style, cut, strlen(cut));
	canvas_octets(canvas, y, x, tail, style, text + length - tail, (size_t)tail);
}

static unsigned cell_style(enum column column, const struct tcphs_connection *connection)
{
	unsigned style;

	switch (column) {
	case COL_CLIENT:
	case COL_SERVER:
		return TCPHS_S_PLAIN;
	case COL_OPEN:
		return outcome_style(outcome_of(connection));
	case COL_CLOSE:
		return connection->close.kind >= TCPHS_CLOSE_RESET ? VIEW_REFUSED : TCPHS_S_DIM;
	case COL_VERDICT:
		return TCPHS_S_DIM;
	case COL_FINDING:
		finding_mark(connection, &style);
		return style;
	default:
		return TCPHS_S_TIME;
	}
}

static void draw_cell(const struct canvas *row, int y, int x, int width, enum column column,
                      const struct cell_source *source)
{
	unsigned style = cell_style(column, source->connection);
	char text[512];

	column_info(column)->text(source, text, sizeof(text));
	if (column_is_address(column)) {
		fit_address(&source->connection->end[column == COL_SERVER], width, text,
		            sizeof(text));
		draw_address(row, y, x, width, style, text);
	} else if (column == COL_FINDING && canvas_columns(row, text) > width) {
		/* only the mark, never half a word */
		canvas_field(row, y, x, width, false, style,
		             finding_mark(source->connection, &style));
	} else {
		canvas_field(row, y, x, width, column_info(column)->right, style, text);
	}
}

/* A group: its words over the columns that its members differ in, sums and the worst finding. */
static void draw_fold(const struct canvas *row, const struct list_layout *layout, int y,
                      const struct fold *fold, const struct tcphs_connection *connection)
{
	struct tcphs_connection all = *connection;
	struct cell_source source = {.connection = &all};
	int end = row->width - 1, start = end;
	char text[200];

	all.packets = fold->packets;
	all.end[0].bytes = fold->bytes;
	all.end[1].bytes = 0;
	all.diagnoses = fold->worst > 0;
	all.worst = (uint8_t)(fold->worst > 0 ? fold->worst - 1 : 0);
	for (size_t i = 0; i < layout->count; i++) {
		enum column column = (enum column)layout->column[i];
		bool sum = column == COL_PACKETS || column == COL_BYTES || column == COL_FINDING;

		if (column == COL_ID)
			canvas_field(row, y, layout->x[i], layout->width[i], true, VIEW_CURSOR,
			             row->ascii ? "+" : "▸");
		else if (sum)
			draw_cell(row, y, layout->x[i], layout->width[i], column, &source);
		if (sum && layout->x[i] < end)
			end = layout->x[i] - 1;
		if (column != COL_ID && !sum && layout->x[i] < start)
			start = layout->x[i];
	}
	fold_text(fold, false, text, sizeof(text));
	if (canvas_columns(row, text) > end - start)
		fold_text(fold, true, text, sizeof(text));
	canvas_field(row, y, start, end - start, false, outcome_style(outcome_of(connection)),
	             text);
}

static void draw_row(struct list *list, const struct canvas *canvas,
                     const struct list_layout *layout, int y, size_t position)
{
	size_t index = rows_at(&list->screen.app->rows, position);
	const struct tcphs_analysis *analysis = list_row(list, index);
	const struct fold *fold = rows_fold(&list->screen.app->rows, &analysis->connection, index);
	struct cell_source source = list_source(list, analysis);
	struct canvas row = *canvas;

	row.selected = position == list->selected;
	if (row.selected) {
		canvas_blank(&row, y);
		canvas_text(&row, y, 1, VIEW_CURSOR, "▶");
	}
	if (fold != NULL) {
		draw_fold(&row, layout, y, fold, &analysis->connection);
		return;
	}
	for (size_t i = 0; i < layout->count; i++)
		draw_cell(&row, y, layout->x[i], layout->width[i], (enum column)layout->column[i],
		          &source);
}

static void draw_heads(const struct list *list, const struct canvas *canvas,
                       const struct list_layout *layout, int y)
{
	const struct rows *rows = &list->screen.app->rows;

	for (size_t i = 0; i < layout->count; i++) {
		const struct column_info *info = column_info((enum column)layout->column[i]);
		bool sorted =
		    layout->column[i] == rows->sort && (rows->sort != COL_ID || rows->descending);
		char title[32];

		snprintf(title, sizeof(title), "%s%s", info->title,
		         !sorted            ? ""
		         : rows->descending ? "▼"
		                            : "▲");
		canvas_field(canvas, y, layout->x[i], layout->width[i] + (sorted && !info->right),
		             info->right, sorted ? VIEW_KEY : VIEW_HEAD, title);
	}
}

/* Selected row and scroll position, after whatever moved the rows below them. */
static void settle(struct list *list)
{
	struct app *app = list->screen.app;
	size_t count = list_count(list), index = list->id != 0 ? app_find(app, list->id) : SIZE_MAX;

	if (list->follow && !list->paused)
		list_select(list, app->rows.descending ? 0 : SIZE_MAX);
	else if (index != SIZE_MAX)
		list->selected = rows_position(&app->rows, index);
	if (list->selected >= count)
		list->selected = count > 0 ? count - 1 : 0;
	if (count > 0 && (index == SIZE_MAX || rows_at(&app->rows, list->selected) != index) &&
	    !list->follow)
		list_select(list, list->selected);
	list_scroll(list);
}

static void draw_verdict(struct list *list, const struct canvas *canvas, int y, int lines)
{
	char text[512];
	size_t count = list_count(list);

	canvas_rule(canvas, y);
	if (count == 0)
		return;
	tcphs_connection_verdict(
	    &list_row(list, rows_at(&list->screen.app->rows, list->selected))->connection, text,
	    sizeof(text));
	wrap_sentence(canvas, y + 1, lines, text);
}

void list_draw(struct screen *screen, const struct canvas *canvas)
{
	struct list *list = (struct list *)screen;
	int foot = canvas->height >= 14 ? 3 : canvas->height >= 10 ? 2 : 0;
	int head = canvas->height >= 6 ? 2 : 1;
	struct canvas rows;
	struct list_layout layout;
	size_t shown, count;

	list->first_line = head + 1;
	list->height = canvas->height - list->first_line - foot;
	settle(list);
	count = list_count(list);
	shown = count - list->top < (size_t)list->height ? count - list->top : (size_t)list->height;
	if (count > 0 && list->origin == 0)
		list->origin = list_row(list, 0)->connection.start;
	list_measure(list, canvas, shown);
	list->layout = layout = list_lay_out(list, canvas);
	list_draw_top(list, canvas, head);
	if (tcphs_tracker_count(list->screen.app->tracker) > 0) /* their widths come from rows */
		draw_heads(list, canvas, &layout, head);
	for (size_t i = 0; i < shown; i++)
		draw_row(list, canvas, &layout, list->first_line + (int)i, list->top + i);
	if (count == 0)
		wrap_sentence(canvas, list->first_line + 1, 2, list_empty_text(list));
	rows = canvas_part(canvas, list->first_line, list->height);
	canvas_scrollbar(&rows, list->top, shown, count);
	if (foot > 0)
		draw_verdict(list, canvas, canvas->height - foot, foot - 1);
}
