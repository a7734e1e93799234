/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/canvas.h"

#include <string.h>

#include "base/utf8.h"

#define DOTS_ACROSS 2
#define DOTS_DOWN   4
#define BRAILLE     0x2800u

/* The bits of a braille character, [down][across] (Unicode 15, chapter 21.1). */
static const uint8_t bit[DOTS_DOWN][DOTS_ACROSS] = {
    {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

void canvas_clear(struct canvas *canvas, unsigned columns, unsigned rows)
{
	canvas->columns = columns < CANVAS_COLUMNS_MAX ? columns : CANVAS_COLUMNS_MAX;
	canvas->rows = rows < CANVAS_ROWS_MAX ? rows : CANVAS_ROWS_MAX;
	memset(canvas->cell, 0, sizeof(canvas->cell));
}

/* 0 ≤ at ≤ 1 to one of `dots`. */
static unsigned place(double at, unsigned dots)
{
	const double scaled = at * dots;

	if (!(scaled > 0))
		return 0;
	return scaled >= dots ? dots - 1 : (unsigned)scaled;
}

void canvas_dot(struct canvas *canvas, double x, double y)
{
	unsigned across, down;

	if (canvas->columns == 0 || canvas->rows == 0)
		return;
	across = place(x, canvas->columns * DOTS_ACROSS);
	down = canvas->rows * DOTS_DOWN - 1 - place(y, canvas->rows * DOTS_DOWN);
	canvas->cell[down / DOTS_DOWN][across / DOTS_ACROSS] |=
	    bit[down % DOTS_DOWN][across % DOTS_ACROSS];
}

static unsigned count_dots(uint8_t cell)
{
	unsigned dots = 0;

	for (; cell != 0; cell &= (uint8_t)(cell - 1))
		dots++;
	return dots;
}

void canvas_add_row(const struct canvas *canvas, unsigned row, bool ascii, struct text *out)
{
	static const char shade[] = " .::**###";
	char character[4];

	for (unsigned i = 0; i < canvas->columns; i++) {
		const uint8_t cell = canvas->cell[row][i];

		if (cell == 0)
			text_add(out, " ");
		else if (ascii)
			text_add_octets(out, &shade[count_dots(cell)], 1);
		else
			text_add_octets(out, character, utf8_put(BRAILLE + cell, character));
	}
}
