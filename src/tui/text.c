/* SPDX-License-Identifier: BSD-3-Clause */
/* A screen to read on: help and explanations. */
#include "tui/app.h"
#include "tui/screens.h"
#include "tui/wrap.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text_view {
	struct screen screen;
	char title[80];
	char *text; /* owned */
	int top, lines, height, indent;
};

static void draw(struct screen *screen, const struct canvas *canvas)
{
	struct text_view *view = (struct text_view *)screen;
	struct canvas body = canvas_part(canvas, 2, canvas->height - 2);
	struct canvas nothing = canvas_part(canvas, 0, 0);

	if (body.width > 100) /* longer lines are hard to read */
		body.width = nothing.width = 100;
	canvas_text(canvas, 0, 1, TCPHS_S_TITLE, view->title);
	view->height = body.height;
	view->lines = wrap_draw(&nothing, view->text, view->indent, 0);
	if (view->top > view->lines - view->height)
		view->top = view->lines - view->height;
	if (view->top < 0)
		view->top = 0;
	wrap_draw(&body, view->text, view->indent, view->top);
	body.width = canvas->width;
	canvas_scrollbar(&body, (size_t)view->top, (size_t)view->height, (size_t)view->lines);
}

static bool command(struct screen *screen, enum command command)
{
	struct text_view *view = (struct text_view *)screen;
	const struct {
		enum command command;
		int by;
	} moves[] = {
	    {CMD_UP, -1},
	    {CMD_DOWN, 1},
	    {CMD_PAGE_UP, -view->height},
	    {CMD_PAGE_DOWN, view->height},
	    {CMD_HOME, -view->lines},
	    {CMD_END, view->lines},
	};

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].command == command) {
			view->top += moves[i].by;
			return true;
		}
	}
	return false;
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	struct text_view *view = (struct text_view *)screen;

	(void)y;
	(void)x;
	view->top += mouse == MOUSE_WHEEL_UP ? -3 : mouse == MOUSE_WHEEL_DOWN ? 3 : 0;
}

static void close_text(struct screen *screen)
{
	struct text_view *view = (struct text_view *)screen;

	free(view->text);
	free(view);
}

static const struct screen_ops text_ops = {
    .place = IN_TEXT,
    .draw = draw,
    .command = command,
    .mouse = mouse,
    .close = close_text,
};

bool screen_text_open(struct app *app, const char *title, const char *text, int indent)
{
	struct text_view *view = calloc(1, sizeof(*view));

	if (view == NULL || (view->text = strdup(text)) == NULL) {
		free(view);
		return false;
	}
	view->screen.ops = &text_ops;
	view->indent = indent;
	snprintf(view->title, sizeof(view->title), "%s", title);
	app_push(app, &view->screen);
	return true;
}

/* "Enter Right l", as they are bound now. */
static void add_keys(struct text *text, const struct keymap *map, enum command command)
{
	char keys[64] = "", name[32];
	size_t at = 0;

	for (size_t i = 0; i < KEYS_PER_COMMAND && map->key[command][i] != 0; i++) {
		keymap_key_name(map->key[command][i], name, sizeof(name));
		if (at + strlen(name) + 2 >= sizeof(keys))
			break;
		at +=
		    (size_t)snprintf(keys + at, sizeof(keys) - at, "%s%s", i > 0 ? "  " : "", name);
	}
	text_addf(text, "%-16s", keys);
}

/* What `bind` calls the commands above, in their order. */
static void add_names(struct text *text, unsigned place)
{
	const struct key_entry *entry;

	text_add(text,
	         "Other keys        in that file, 'bind NAME KEY'; the names of those above:");
	for (size_t i = 0; (entry = key_entry_at(i)) != NULL; i++) {
		if (entry->where & place)
			text_addf(text, " %s", entry->name);
	}
	text_add(text, "\n");
}

bool screen_help_open(struct app *app, unsigned place)
{
	const struct key_entry *entry;
	struct text text = {0};
	bool opened;

	for (size_t i = 0; (entry = key_entry_at(i)) != NULL; i++) {
		if (!(entry->where & place))
			continue;
		add_keys(&text, &app->config.keys, entry->command);
		text_addf(&text, "  %s\n", entry->help);
	}
	text_add(&text,
	         "\nMouse             a click selects, a second one opens, one on a column's head "
	         "sorts; the wheel scrolls; Shift-drag selects text\n"
	         "Configuration     keys, theme, columns and more are set in "
	         "$XDG_CONFIG_HOME/tcphs/config: see tcphs(1)\n");
	add_names(&text, place);
	if (app->options->sandbox != NULL)
		text_addf(&text, "Sandbox: %s.\n", app->options->sandbox);
	opened = !text.failed && screen_text_open(app, "Keys", text.data, 18);
	text_free(&text);
	return opened;
}
