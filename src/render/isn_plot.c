/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/isn_plot.h"

#include <string.h>

#include "base/canvas.h"
#include "base/duration.h"

#define TURN   4294967296.0
#define FRAME  2 /* cells of a frame's sides */
#define BEFORE 5 /* cells of the scale on the left */
#define GAP    3

static void draw_over_time(struct canvas *canvas, const struct tcphs_isn_point *point, size_t count)
{
	const double span = (double)(point[count - 1].time - point[0].time);

	for (size_t i = 0; i < count; i++)
		canvas_dot(canvas, span > 0 ? (double)(point[i].time - point[0].time) / span : 0.5,
		           point[i].isn / TURN);
}

static void draw_phase_space(struct canvas *canvas, const struct tcphs_isn_point *point,
                             size_t count)
{
	for (size_t i = 2; i < count; i++) {
		const uint32_t before = point[i - 1].isn - point[i - 2].isn;
		const uint32_t after = point[i].isn - point[i - 1].isn;

		canvas_dot(canvas, before / TURN, after / TURN);
	}
}

static void add_times(struct text *out, const char *glyph, size_t times)
{
	for (size_t i = 0; i < times; i++)
		text_add(out, glyph);
}

/* A line of the frame: two corners and dashes between them. */
static void add_edge(struct text *out, bool ascii, bool top, unsigned columns)
{
	text_add(out, ascii ? "+" : top ? "┌" : "└");
	add_times(out, ascii ? "-" : "─", columns);
	text_add(out, ascii ? "+" : top ? "┐" : "┘");
}

/* A caption under a picture: what stands at the left end and at the right end. */
static void add_caption(struct text *out, const char *left, const char *right, unsigned cells)
{
	const size_t used = strlen(left) + strlen(right);

	text_add(out, left);
	add_times(out, " ", used < cells ? cells - used : 1);
	text_add(out, right);
}

static const char *scale_of(unsigned row, unsigned rows)
{
	return row == 0 ? "2^32 " : row == rows - 1 ? "   0 " : "     ";
}

static void add_row(struct text *out, const struct canvas *picture, unsigned row, bool ascii)
{
	const char *side = ascii ? "|" : "│";

	text_add(out, scale_of(row, picture->rows));
	text_add(out, side);
	canvas_add_row(picture, row, ascii, out);
	text_add(out, side);
}

void isn_plot_add(struct text *out, const struct tcphs_isn_point *point, size_t count,
                  unsigned width, unsigned rows, bool ascii)
{
	const unsigned taken = 2 * (BEFORE + FRAME) + GAP;
	const unsigned columns = width > taken + 20 ? (width - taken) / 2 : 10;
	struct canvas picture[2];
	char span[32];

	for (int i = 0; i < 2; i++)
		canvas_clear(&picture[i], columns, rows);
	draw_over_time(&picture[0], point, count);
	draw_phase_space(&picture[1], point, count);
	for (int line = -1; line <= (int)picture[0].rows; line++) {
		for (int i = 0; i < 2; i++) {
			if (i == 1)
				add_times(out, " ", GAP);
			if (line >= 0 && line < (int)picture[i].rows) {
				add_row(out, &picture[i], (unsigned)line, ascii);
				continue;
			}
			add_times(out, " ", BEFORE);
			add_edge(out, ascii, line < 0, picture[i].columns);
		}
		text_add(out, "\n");
	}
	duration_text(point[count - 1].time - point[0].time, " ", span, sizeof(span));
	add_times(out, " ", BEFORE + 1);
	add_caption(out, "ISN over time", span, picture[0].columns);
	add_times(out, " ", BEFORE + FRAME + GAP);
	add_caption(out, "x: difference", "y: the next", picture[1].columns);
	text_add(out, "\n");
}
