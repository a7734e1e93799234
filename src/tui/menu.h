/* SPDX-License-Identifier: BSD-3-Clause */
/* A menu on top of another screen, which goes on below it. */
#ifndef TUI_MENU_H
#define TUI_MENU_H

#include "tui/app.h"

struct menu_kind {
	const char *title;
	unsigned place;    /* enum place, beside IN_MENU */
	enum command next; /* this key also moves on to the next item; or CMD_NONE */
	size_t (*count)(const void *context);
	/* The line of an item; as snprintf. */
	void (*text)(const void *context, size_t item, char *text, size_t size);
	/* The selection has come to this item. May be NULL. */
	void (*selected)(void *context, size_t item);
	/* Another command on this item: false if it is none of the menu's. *item may be changed:
	 * that one is selected then. May be NULL. */
	bool (*command)(void *context, size_t *item, enum command command);
	/* The menu closes. May be NULL. */
	void (*closed)(void *context);
};

/* False: memory exhausted. `context` must live as long as the screen below. */
bool screen_menu_open(struct app *app, const struct menu_kind *kind, void *context,
                      size_t selected);

#endif
