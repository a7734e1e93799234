/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The view's configuration file, $XDG_CONFIG_HOME/tcphs/config (or ~/.config/tcphs/config):
 *
 *	# a comment
 *	theme   light
 *	columns id client:24 server:24 open close packets bytes rtt finding
 *	numbers raw
 *	time    delta
 *	gaps    scale
 *	large   no
 *	mouse   no
 *	bind    sort S
 */
#ifndef TUI_CONFIG_H
#define TUI_CONFIG_H

#include "tui/columns.h"
#include "tui/keys.h"

#include <tcphs/ladder.h>

struct config {
	struct keymap keys;
	char theme[16]; /* "": by the terminal */
	uint8_t column[COL_COUNT];
	size_t columns;           /* 0: by the width */
	uint8_t width[COL_COUNT]; /* by column; 0: by what it holds */
	bool raw, mouse, large;
	uint8_t gaps; /* enum tcphs_gaps */
	enum tcphs_time_mode time;
	char note[300]; /* to be shown when the view opens, or "" */
};

/* The defaults, and then the file if there is one. An error names file, line and cure. */
enum tcphs_status config_load(struct config *config, struct tcphs_error *error);
/* The same from the text of a file called `name`. */
enum tcphs_status config_parse(struct config *config, const char *name, char *text,
                               struct tcphs_error *error);

#endif
