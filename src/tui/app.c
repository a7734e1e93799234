/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/app.h"

#include "tui/screens.h"

#include <stdarg.h>
#include <stdio.h>

void app_push(struct app *app, struct screen *screen)
{
	screen->app = app;
	screen->below = app->top;
	app->top = screen;
	app->dirty = true;
}

void app_pop(struct app *app)
{
	struct screen *screen = app->top;

	app->top = screen->below;
	screen->ops->close(screen);
	app->dirty = true;
	if (app->top == NULL)
		app->quit = true;
}

void app_message(struct app *app, unsigned style, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(app->message, sizeof(app->message), format, args);
	va_end(args);
	app->message_style = style;
	app->dirty = true;
}

size_t app_find(const struct app *app, uint64_t id)
{
	return rows_find(&app->rows, id);
}

static void next_theme(struct app *app)
{
	size_t next = theme_name(app->theme.index + 1) != NULL ? app->theme.index + 1 : 0;

	app->chosen_theme = true;
	theme_use(&app->theme, next, app->term.color);
	app_message(app, TCPHS_S_DIM, "theme %s%s", theme_name(next),
	            app->term.color ? "" : ", without colours here");
}

static void run_command(struct app *app, enum command command)
{
	if (command == CMD_NONE || app->top->ops->command(app->top, command))
		return;
	if (command == CMD_BACK)
		app_pop(app);
	else if (command == CMD_QUIT)
		app->quit = true;
	else if (command == CMD_THEME)
		next_theme(app);
	else if (command == CMD_HELP)
		screen_help_open(app, app->top->ops->place);
	else if (command == CMD_REDRAW)
		clearok(curscr, TRUE);
}

static void take_mouse(struct app *app)
{
	MEVENT event;
	enum mouse mouse = MOUSE_PRESS;

	if (getmouse(&event) != OK || app->prompt.kind != NULL || app->top->ops->mouse == NULL ||
	    event.y >= app_screen_height(app))
		return;
	if (event.bstate & BUTTON4_PRESSED)
		mouse = MOUSE_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		mouse = MOUSE_WHEEL_DOWN;
	else if (event.bstate & BUTTON1_DOUBLE_CLICKED)
		mouse = MOUSE_DOUBLE;
	else if (!(event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)))
		return;
	app->top->ops->mouse(app->top, mouse, event.y, event.x);
}

void app_take_key(struct app *app, int key)
{
	unsigned place;

	app->dirty = true;
	if (key == TERM_BACKGROUND) {
		if (!app->chosen_theme)
			theme_use(&app->theme, theme_for_background(app->term.light),
			          app->term.color);
		return;
	}
	if (key == TERM_KEY(KEY_RESIZE))
		return;
	app->message[0] = '\0';
	if (key == TERM_KEY(KEY_MOUSE)) {
		take_mouse(app);
	} else if (app->prompt.kind != NULL) {
		prompt_key(app, key);
	} else {
		place = app->top->ops->place | (app->live ? (unsigned)IN_LIVE : 0);
		run_command(app, keymap_find(&app->config.keys, place, key));
	}
}
