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
	if (column == COL_OPEN && canvas_columns(row, text) > width)
		snprintf(text, sizeof(text), "%s", column_open_short(source->connection));
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
                      const struct fold *fold)
{
	struct tcphs_connection all = fold_sum(fold);
	struct cell_source source = {.connection = &all};
	int end = row->width - 1, start = end;
	char text[200];

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
	canvas_field(row, y, start, end - start, false, outcome_style(outcome_of(&all)), text);
}

/* A connection that has left since the order was made, which is soon made again. */
static void draw_gone(const struct canvas *row, int y, uint64_t id)
{
	char text[80];

	snprintf(text, sizeof(text), "#%" PRIu64 ": %s", id, LIST_GONE);
	canvas_field(row, y, LIST_LEFT, row->width - LIST_LEFT - 2, false, TCPHS_S_DIM, text);
}

static void draw_row(struct list *list, const struct canvas *canvas,
                     const struct list_layout *layout, int y, size_t position)
{
	const struct rows *rows = &list->screen.app->rows;
	uint64_t id = rows_id(rows, position);
	const struct fold *fold = rows_fold(rows, id);
	const struct tcphs_analysis *analysis = fold == NULL ? list_row_at(list, position) : NULL;
	struct cell_source source;
	struct canvas row = *canvas;

	row.selected = position == list->selected;
	if (row.selected) {
		canvas_blank(&row, y);
		canvas_text(&row, y, 1, VIEW_CURSOR, "▶");
	}
	if (fold != NULL) {
		draw_fold(&row, layout, y, fold);
		return;
	}
	if (analysis == NULL) {
		draw_gone(&row, y, id);
		return;
	}
	source = list_source(list, analysis);
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
		unsigned style = sorted ? VIEW_KEY : VIEW_HEAD;
		int used = canvas_columns(canvas, info->title), x = layout->x[i];
		/* The mark stands behind the word, in the blank beyond the column if it must. */
		bool inside = used < layout->width[i];
		int room = layout->width[i] - (sorted && inside && info->right);

		canvas_field(canvas, y, x, room, info->right, style, info->title);
		if (sorted)
			canvas_text(canvas, y, x + (inside && !info->right ? used : room), style,
			            rows->descending ? "▼" : "▲");
	}
}

static void draw_verdict(struct list *list, const struct canvas *canvas, int y, int lines)
{
	const struct tcphs_analysis *row;
	char text[TCPHS_VERDICT_MAX];

	canvas_rule(canvas, y);
	if (list_count(list) == 0)
		return;
	row = list_row_at(list, list->selected);
	if (row != NULL)
		tcphs_connection_verdict(&row->connection, text, sizeof(text));
	else
		snprintf(text, sizeof(text), "%s", LIST_GONE);
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
	list_settle(list);
	count = list_count(list);
	shown = count - list->top < (size_t)list->height ? count - list->top : (size_t)list->height;
	if (tcphs_tracker_count(screen->app->tracker) > 0 && list->origin == 0)
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
