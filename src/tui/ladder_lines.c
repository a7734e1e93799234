/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of the ladder on the screen: its own, the marks beside them, the large form. */
#include "tui/ladder.h"

#include <string.h>

/* The scroll bar shows where the findings are. */
static void draw_marks(const struct ladder_view *view, const struct canvas *canvas)
{
	for (size_t i = 0; i < view->shown; i++) {
		const struct tcphs_line *line = &view->ladder.line[i];
		uint8_t severity;

		if (line->kind != TCPHS_LINE_REMARK)
			continue;
		severity = view->analysis.diagnosis[line->diagnosis].severity;
		if (severity >= TCPHS_WARNING)
			canvas_text(canvas, (int)(i * (size_t)canvas->height / view->shown),
			            canvas->width - 1,
			            severity == TCPHS_WARNING ? TCPHS_S_WARNING : TCPHS_S_ERROR,
			            severity == TCPHS_WARNING ? "!"
			            : canvas->ascii           ? "x"
			                                      : "✗");
	}
}

/* The row that the selected one repeats, SIZE_MAX if none: it is marked, too. */
static size_t original_of(const struct ladder_view *view)
{
	size_t row = ladder_row(view);

	if (row == SIZE_MAX || view->ladder.line[view->selected].kind != TCPHS_LINE_SEGMENT ||
	    view->analysis.row[row].again < 0)
		return SIZE_MAX;
	return tcphs_ladder_line_of(&view->ladder, (size_t)view->analysis.row[row].again);
}

/* Between two lines of the large form: what of `style` runs through from one to the other. */
static void draw_between(const struct canvas *canvas, int y, const struct tcphs_spans *spans,
                         unsigned style)
{
	int x = 0;

	for (size_t i = 0; i < spans->count; i++) {
		const struct tcphs_span *span = &spans->span[i];
		bool ends = x == 0 && span->style == TCPHS_S_BRACKET && span->length > 0 &&
		            (memcmp(span->text, "`", 1) == 0 ||
		             (span->length >= 3 && memcmp(span->text, "└", 3) == 0));

		if (span->columns == 1 && span->style == style && !ends)
			canvas_text(canvas, y, x, span->style, "│");
		x += span->columns;
	}
}

static void draw_line(struct ladder_view *view, const struct canvas *canvas, int y, size_t index,
                      size_t original, unsigned width)
{
	struct tcphs_spans spans;
	struct canvas line = *canvas;

	line.selected = index == view->selected;
	if (line.selected) {
		line.width = (int)width + 1;
		canvas_blank(&line, y);
		if (!view->in_pane)
			canvas_text(&line, y, 0, VIEW_CURSOR, "▶");
	} else if (index == original) {
		canvas_text(&line, y, 0, VIEW_CURSOR, canvas->ascii ? "o" : "●");
	}
	line.x += 1;
	line.width = (int)width;
	tcphs_ladder_layout(&view->ladder, index, width, canvas->ascii, &spans);
	canvas_spans(&line, y, &spans);
	line.selected = false;
	if (ladder_line_height(view, index) == 1 || index + 1 >= view->shown)
		return;
	draw_between(&line, y + 1, &spans, TCPHS_S_BRACKET);
	/* A remark stands where its segment's lifelines were: they go on below it. */
	if (view->ladder.line[index].kind == TCPHS_LINE_REMARK) {
		while (index > 0 && view->ladder.line[index].kind == TCPHS_LINE_REMARK)
			index--;
		tcphs_ladder_layout(&view->ladder, index, width, canvas->ascii, &spans);
	}
	draw_between(&line, y + 1, &spans, TCPHS_S_LIFELINE);
}

static void draw_lines(struct ladder_view *view, const struct canvas *canvas, unsigned width)
{
	size_t original = original_of(view);
	int y = 0, end = view->large ? canvas->height : view->height;

	for (size_t i = view->top; y < end && i < view->shown; i++) {
		draw_line(view, canvas, y, i, original, width);
		y += ladder_line_height(view, i);
	}
	if (view->shown > (size_t)view->height) {
		canvas_scrollbar(canvas, view->top, (size_t)view->height, view->shown);
		draw_marks(view, canvas);
	}
}

/* One column for the mark of the selected line, two for the scroll bar. */
static unsigned ladder_width(const struct canvas *canvas)
{
	return canvas->width > 303 ? 300 : (unsigned)canvas->width - 3;
}

void ladder_fit(struct ladder_view *view, const struct canvas *canvas)
{
	unsigned width = ladder_width(canvas);

	if (view->options.wrap == width)
		return;
	view->options.wrap = width;
	ladder_rebuild(view);
}

void ladder_draw_part(struct ladder_view *view, const struct canvas *canvas)
{
	const unsigned width = ladder_width(canvas);
	struct canvas heads = *canvas, lines = canvas_part(canvas, 1, canvas->height - 1);
	struct tcphs_spans spans;

	tcphs_ladder_layout(&view->ladder, TCPHS_LADDER_HEADS, width, canvas->ascii, &spans);
	heads.x++;
	heads.width--;
	canvas_spans(&heads, 0, &spans);
	draw_lines(view, &lines, width);
}
