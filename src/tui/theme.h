/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Themes: what each style looks like on a terminal. The styles of the ladder come first, the
 * view's own follow. Colour never says anything alone: the glyphs and words say it too.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <curses.h>
#include <stdbool.h>
#include <tcphs/ladder.h>

enum view_style {
	VIEW_BAR = TCPHS_S_COUNT, /* the top line */
	VIEW_KEY,                 /* a key in the keys bar */
	VIEW_HEAD,                /* column heads */
	VIEW_RULE,
	VIEW_CURSOR, /* the mark of the selected row */
	VIEW_MATCH,
	VIEW_OPENED, /* outcomes, in the list and its bar */
	VIEW_REFUSED,
	VIEW_UNANSWERED,
	VIEW_BROKEN,
	VIEW_OTHER,
	VIEW_STYLES,
};

struct theme {
	size_t index;
	bool color; /* the terminal has colours and they are wanted */
	attr_t plain[VIEW_STYLES];
	attr_t selected[VIEW_STYLES]; /* on the row of the selection */
	short plain_pair[VIEW_STYLES], selected_pair[VIEW_STYLES];
};

/* The themes' names in order; NULL past the last. */
const char *theme_name(size_t index);
/* The theme called `name`, or the number of themes. */
size_t theme_find(const char *name);
/* Makes theme `index` the one of *theme; after curses has started. */
void theme_use(struct theme *theme, size_t index, bool color);
/* The theme for a terminal whose background is light or dark. */
size_t theme_for_background(bool light);

#endif
