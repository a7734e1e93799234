/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/list.h"

#include "base/utf8.h"
#include "tui/wrap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LEFT        3 /* the margin and the mark of the selected row */
#define ADDRESS_MIN 9
#define FINDING_MAX 26
#define VERDICT_MIN 40 /* less of a sentence says nothing */

/* Where the columns stand on this screen. */
struct layout {
	uint8_t column[COL_COUNT];
	size_t count;
	int x[COL_COUNT], width[COL_COUNT]; /* by place, not by column */
};

static struct cell_source source_of(const struct list *list, const struct tcphs_analysis *analysis)
{
	return (struct cell_source){.connection = &analysis->connection,
	                            .analysis = analysis,
	                            .numeric = list->screen.app->options->numeric,
	                            .origin = list->origin};
}

/* The text of a cell; a finding's mark in ASCII is wider than one cell. */
static void cell_text(enum column column, const struct cell_source *source, char *text, size_t size)
{
	column_info(column)->text(source, text, size);
}

/* Widens need[] to what the rows on the screen want; it never shrinks, so nothing jumps. */
static void measure(struct list *list, const struct canvas *canvas, size_t rows)
{
	char text[512];

	for (size_t c = 0; c < COL_COUNT; c++) {
		int title = canvas_columns(canvas, column_info((enum column)c)->title);

		if (list->need[c] < title)
			list->need[c] = title;
	}
	for (size_t i = 0; i < rows; i++) {
		size_t index = rows_at(&list->screen.app->rows, list->top + i);
		struct cell_source source = source_of(list, list_row(list, index));

		for (size_t c = 0; c < COL_COUNT; c++) {
			int columns;

			cell_text((enum column)c, &source, text, sizeof(text));
			columns = canvas_columns(canvas, text);
			if (list->need[c] < columns)
				list->need[c] = columns;
		}
	}
	if (list->need[COL_FINDING] > FINDING_MAX)
		list->need[COL_FINDING] = FINDING_MAX;
}

static bool is_address(enum column column)
{
	return column == COL_CLIENT || column == COL_SERVER;
}

/* The least that a column is useful with. */
static int least(const struct list *list, const struct canvas *canvas, enum column column)
{
	if (column == COL_FINDING)
		return canvas->ascii ? 3 : 1;
	if (column == COL_VERDICT)
		return VERDICT_MIN;
	if (is_address(column)) {
		int enough = canvas->width < 80 ? 13 : 18;

		return list->need[column] < enough ? list->need[column] : enough;
	}
	return list->need[column];
}

/* Between two columns. */
static int gap_of(const struct canvas *canvas)
{
	return canvas->width < 100 ? 1 : 2;
}

/* Takes columns by rank while they fit. */
static void choose(const struct list *list, const struct canvas *canvas, struct layout *layout)
{
	const struct config *config = &list->screen.app->config;
	int left = canvas->width - LEFT - 1;
	bool taken[COL_COUNT] = {false};

	layout->count = 0;
	for (size_t i = 0; i < config->columns; i++)
		layout->column[layout->count++] = config->column[i];
	for (int rank = 0; config->columns == 0 && rank <= COL_COUNT; rank++) {
		for (size_t c = 0; c < COL_COUNT; c++) {
			int width = least(list, canvas, (enum column)c) + gap_of(canvas);

			if (column_info((enum column)c)->rank != rank)
				continue;
			if (rank > 0 && width > left) /* nothing of a later rank before this */
				left = 0;
			if (rank > 0 && left == 0)
				continue;
			taken[c] = true;
			left -= width;
		}
	}
	for (size_t c = 0; config->columns == 0 && c < COL_COUNT; c++) {
		if (taken[c])
			layout->column[layout->count++] = (uint8_t)c;
	}
}

static struct layout lay_out(const struct list *list, const struct canvas *canvas)
{
	struct layout layout;
	int left = canvas->width - LEFT - 1, x = LEFT, gap = gap_of(canvas);

	choose(list, canvas, &layout);
	for (size_t i = 0; i < layout.count; i++) {
		layout.width[i] = least(list, canvas, (enum column)layout.column[i]);
		left -= layout.width[i] + gap;
	}
	left += gap;
	/* What is left goes to the addresses, then to the finding, as far as they want it. */
	for (bool more = true; more && left > 0;) {
		more = false;
		for (size_t i = 0; i < layout.count && left > 0; i++) {
			enum column column = (enum column)layout.column[i];
			bool flexible =
			    is_address(column) || column == COL_FINDING || column == COL_VERDICT;
			int want = list->need[column] + (is_address(column) ? list->extra : 0);

			if (layout.width[i] < want && flexible) {
				layout.width[i]++;
				left--;
				more = true;
			}
		}
	}
	for (size_t i = 0; i < layout.count; i++) {
		enum column column = (enum column)layout.column[i];

		if (list->extra < 0 && is_address(column)) {
			layout.width[i] += list->extra;
			if (layout.width[i] < ADDRESS_MIN)
				layout.width[i] = ADDRESS_MIN;
		}
		layout.x[i] = x;
		x += layout.width[i] + gap;
	}
	return layout;
}

/* An address that is too long loses its middle: the port matters. */
static void draw_address(const struct canvas *canvas, int y, int x, int room, unsigned style,
                         const char *text)
{
	const char *port = strrchr(text, ':');
	size_t length = strlen(text), tail = port != NULL ? strlen(port) : 0;
	const char *cut = canvas->ascii ? "~" : "…";

	if ((int)length <= room || (int)tail + 4 > room) {
		canvas_field(canvas, y, x, room, false, style, text);
		return;
	}
	x += canvas_octets(canvas, y, x, room - (int)tail - 1, style, text, length);
	x += canvas_octets(canvas, y, x, 1, style, cut, strlen(cut));
	canvas_octets(canvas, y, x, (int)tail, style, port, tail);
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

static void draw_row(struct list *list, const struct canvas *canvas, const struct layout *layout,
                     int y, size_t position)
{
	size_t index = rows_at(&list->screen.app->rows, position);
	const struct tcphs_analysis *analysis = list_row(list, index);
	const struct fold *fold = rows_fold(&list->screen.app->rows, &analysis->connection, index);
	struct cell_source source = source_of(list, analysis);
	struct canvas row = *canvas;
	char text[512];

	row.selected = position == list->selected;
	if (row.selected) {
		canvas_blank(&row, y);
		canvas_text(&row, y, 1, VIEW_CURSOR, "▶");
	}
	for (size_t i = 0; i < layout->count; i++) {
		enum column column = (enum column)layout->column[i];
		unsigned style = cell_style(column, &analysis->connection);

		if (fold != NULL && column != COL_ID && column != COL_CLIENT)
			continue;
		cell_text(column, &source, text, sizeof(text));
		if (fold != NULL && column == COL_CLIENT) {
			fold_text(fold, text, sizeof(text));
			canvas_text(&row, y, layout->x[i],
			            outcome_style(outcome_of(source.connection)), text);
		} else if (is_address(column)) {
			draw_address(&row, y, layout->x[i], layout->width[i], style, text);
		} else if (column == COL_FINDING &&
		           canvas_columns(canvas, text) > layout->width[i]) {
			/* only the mark, never half a word */
			canvas_field(&row, y, layout->x[i], layout->width[i], false, style,
			             finding_mark(source.connection, &style));
		} else {
			canvas_field(&row, y, layout->x[i], layout->width[i],
			             column_info(column)->right, style, text);
		}
	}
}

static void draw_heads(const struct list *list, const struct canvas *canvas,
                       const struct layout *layout, int y)
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
	int foot = canvas->height >= 20 ? 3 : canvas->height >= 10 ? 2 : 0;
	int head = canvas->height >= 6 ? 2 : 1;
	struct canvas rows;
	struct layout layout;
	size_t shown, count;

	list->first_line = head + 1;
	list->height = canvas->height - list->first_line - foot;
	settle(list);
	count = list_count(list);
	shown = count - list->top < (size_t)list->height ? count - list->top : (size_t)list->height;
	if (count > 0 && list->origin == 0)
		list->origin = list_row(list, 0)->connection.start;
	measure(list, canvas, shown);
	layout = lay_out(list, canvas);
	list_draw_top(list, canvas, head);
	draw_heads(list, canvas, &layout, head);
	for (size_t i = 0; i < shown; i++)
		draw_row(list, canvas, &layout, list->first_line + (int)i, list->top + i);
	if (count == 0)
		canvas_text(canvas, list->first_line + 1, LEFT, TCPHS_S_DIM, list_empty_text(list));
	rows = canvas_part(canvas, list->first_line, list->height);
	canvas_scrollbar(&rows, list->top, shown, count);
	if (foot > 0)
		draw_verdict(list, canvas, canvas->height - foot, foot - 1);
}
