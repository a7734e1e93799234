/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A rectangle of the screen to draw on, with the theme and the alphabet to draw with. All
 * text that reaches the terminal goes through canvas_text(): UTF-8, control characters never.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include "tui/font.h"
#include "tui/theme.h"

struct canvas {
	const struct theme *theme;
	const struct font *font; /* NULL: it has everything */
	bool ascii;
	bool selected; /* draw with the background of the selected row */
	int y, x, height, width;
	int shift_y, shift_x; /* of what is larger than the canvas: its part that is seen */
};

/* A part of a canvas; it may lie outside and be empty then. */
struct canvas canvas_part(const struct canvas *canvas, int y, int height);

/* Draws at most `room` cells of text[0..length) and returns the cells taken. */
int canvas_octets(const struct canvas *canvas, int y, int x, int room, unsigned style,
                  const char *text, size_t length);
/* As that, of a string, as far as the canvas is wide. Returns the column after it. */
int canvas_text(const struct canvas *canvas, int y, int x, unsigned style, const char *text);
/* The same within `room` cells; what does not fit ends in …; right: at the right of the room. */
void canvas_field(const struct canvas *canvas, int y, int x, int room, bool right, unsigned style,
                  const char *text);
int canvas_textf(const struct canvas *canvas, int y, int x, unsigned style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void canvas_spans(const struct canvas *canvas, int y, const struct tcphs_spans *spans);
/* Blanks line `y` (with the selection's background where it is selected). */
void canvas_blank(const struct canvas *canvas, int y);
/* A horizontal rule over line `y`. */
void canvas_rule(const struct canvas *canvas, int y);
/* A scroll bar in the last column: `shown` of `total` lines from `top`. */
void canvas_scrollbar(const struct canvas *canvas, size_t top, size_t shown, size_t total);
/* Cells of a string as this canvas would draw it. */
int canvas_columns(const struct canvas *canvas, const char *text);
/* How many octets of text[0..length) it would draw in `room` cells. */
size_t canvas_fit(const struct canvas *canvas, const char *text, size_t length, size_t room);

#endif
