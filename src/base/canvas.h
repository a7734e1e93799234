/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Dots on a grid of terminal cells: each cell is a braille character of 2 × 4 dots, or in
 * ASCII one of " .:*#" by how many of its dots are set. x and y run from 0 to 1, y upwards.
 */
#ifndef BASE_CANVAS_H
#define BASE_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/text.h"

#define CANVAS_COLUMNS_MAX 200
#define CANVAS_ROWS_MAX    60

struct canvas {
	unsigned columns, rows; /* cells */
	uint8_t cell[CANVAS_ROWS_MAX][CANVAS_COLUMNS_MAX];
};

void canvas_clear(struct canvas *canvas, unsigned columns, unsigned rows);
void canvas_dot(struct canvas *canvas, double x, double y);
/* Adds row `row` (0: the top), exactly `columns` cells wide. */
void canvas_add_row(const struct canvas *canvas, unsigned row, bool ascii, struct text *out);

#endif
