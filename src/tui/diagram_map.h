/* SPDX-License-Identifier: BSD-3-Clause */
/* RFC 9293 Figure 5 as cells: where each state stands and how each arrow runs. */
#ifndef TUI_DIAGRAM_MAP_H
#define TUI_DIAGRAM_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* CLOSED stands twice: where it begins, which is the first of them, and where it ends. */
struct diagram_state {
	uint8_t state; /* enum tcphs_state */
	uint8_t y, x;
};

/* A stroke of an arrow or its label; an arrow has several. */
struct diagram_piece {
	uint8_t from, to; /* enum tcphs_state: which arrow */
	uint8_t y, x;
	bool down; /* the characters stand below each other */
	const char *text;
};

struct diagram_map {
	int height, width;
	size_t states, pieces; /* counts */
	const struct diagram_state *state;
	const struct diagram_piece *piece;
};
/* The most telling one that fits in so many cells; the smallest, if none does. */
const struct diagram_map *diagram_map_for(int height, int width);

#endif
