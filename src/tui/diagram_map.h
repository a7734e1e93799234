/* SPDX-License-Identifier: BSD-3-Clause */
/* RFC 9293 Figure 5 as cells: where each state stands and how each arrow runs. */
#ifndef TUI_DIAGRAM_MAP_H
#define TUI_DIAGRAM_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIAGRAM_HEIGHT 19
#define DIAGRAM_WIDTH  76

struct diagram_state {
	uint8_t state; /* enum tcphs_state */
	uint8_t y, x;
};
/* NULL past the last. CLOSED stands twice: where it begins and where it ends. */
const struct diagram_state *diagram_state_at(size_t index);

/* A stroke of an arrow or its label; an arrow has several. */
struct diagram_piece {
	uint8_t from, to; /* enum tcphs_state: which arrow */
	uint8_t y, x;
	bool down; /* the characters stand below each other */
	const char *text;
};
const struct diagram_piece *diagram_piece_at(size_t index);

#endif
