/* SPDX-License-Identifier: BSD-3-Clause */
/* The way of an endpoint through the state diagram, up to the selected line of the ladder. */
#ifndef TUI_DIAGRAM_PATH_H
#define TUI_DIAGRAM_PATH_H

#include "tui/ladder.h"

/* What one endpoint has been through. */
struct diagram_path {
	bool lit[TCPHS_STATE_COUNT][TCPHS_STATE_COUNT];
	bool been[TCPHS_STATE_COUNT];
	uint8_t now;
	uint8_t first; /* state */
	bool closed;   /* came back to CLOSED */
	bool moved, certain;
	char words[512];
};

void diagram_follow(const struct ladder_view *view, int side, struct diagram_path *path);

#endif
